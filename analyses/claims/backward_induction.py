"""Subgame-perfect equilibria of trees of perfect information, subgame by subgame.

What a subgame may yield is a list of cases, each a formula over the parameters and what it pays. At a decision the
mover's action must pay at least as much as *some* case of every other action; so a case of the larger subgame is a case
of the smaller one together with a disjunction for each rival, and there are never more cases than plays. Cases that the
premises exclude are dropped at once, and equal subgames are worked out once.

The equilibria are those in pure strategies. Where a mover is indifferent, mixtures are equilibria, too; they may reach
what no pure equilibrium reaches, and claims are not about them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, TypeAlias

from analyses.claims.assessments import subgame_perfect_candidates as in_every_subgame
from analyses.claims.candidates import Candidate, Question, TooLargeError, lists_candidates
from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome, Path
from games.play.quantities import Chosen, Payoff, Quantity, Reach
from games.solvers.limits import expired

MOST_CASES = 20_000

MOST_EXCLUDED = 50
MOST_EXCLUSIONS = 5_000
"""Cases of a subgame are put to the premises one by one while they are at most so many, so often in all."""

STOPPED = "the time was up before every way to play was found"

Marks: TypeAlias = tuple[Reach | Payoff, ...]
"""The quantities that are told at a node: those whose history or path leads through it, seen from there."""


@dataclass(frozen=True)
class _Asked:
    """What is asked of a subgame: the marks; the players whose payoffs matter; the marks that must not be zero."""

    marks: Marks = ()
    players: frozenset[int] = frozenset()
    positive: frozenset[Reach | Payoff] = frozenset()


@dataclass(frozen=True)
class _Case:
    """One way to play a subgame: where it is an equilibrium, what it pays, the values of the marks, in their order.

    Payoffs of players that nobody asks for are None.
    """

    holds: Any
    payoffs: tuple[Any, ...]
    values: tuple[Any, ...]


@lists_candidates(("subgame-perfect",), ExtensiveGame)
def subgame_perfect_candidates(question: Question) -> Iterator[Candidate]:
    """One candidate for each way in which the game may come out.

    Trees of imperfect information are left to `analyses.claims.assessments`.
    """
    game = question.game
    assert isinstance(game, ExtensiveGame)
    if not game.has_perfect_information:
        yield from in_every_subgame(question)
        return
    factors = {quantity: _factors(game, quantity) for quantity in question.quantities}
    marks = tuple(dict.fromkeys(mark for each in factors.values() for mark in each))
    probable = [quantity for quantity in question.quantities if not isinstance(quantity, Payoff)]
    only_positive = len(question.quantities) == len(probable) == 1 and not question.matters({probable[0]: Fraction(0)})
    asked = _Asked(marks, frozenset(), frozenset(marks if only_positive else ()))
    for case in _Search(question, game).cases(game.root, asked):
        known = dict(zip(marks, case.values, strict=True))
        values = {
            quantity: question.language.product(known[mark] for mark in each) for quantity, each in factors.items()
        }
        if question.matters(values):
            yield Candidate(case.holds, values)


def _factors(game: ExtensiveGame, quantity: Quantity) -> list[Reach | Payoff]:
    """What has to be told of each node so that the product is the quantity."""
    if isinstance(quantity, Chosen):
        return [Reach((action,), game.information_sets[name].paths[0]) for name, action in quantity.choices.items()]
    return [Reach(quantity.path, quantity.after) if isinstance(quantity, Reach) else quantity]


class _Search:
    """The cases of the subgames of one tree."""

    def __init__(self, question: Question, game: ExtensiveGame) -> None:
        self.language = question.language
        self.excluded = question.excluded
        self.players = game.players
        self.known: dict[tuple[int, _Asked], list[_Case]] = {}
        self.most: dict[tuple[int, int, Any], Any] = {}
        self.numbers: dict[Any, int] = {}
        self.numbered: dict[int, int] = {}
        self.exclusions = 0

    def number(self, node: Node) -> int:
        """The same number for equal subgames."""
        if id(node) not in self.numbered:
            if expired():
                raise TooLargeError(STOPPED)
            key: Any
            match node:
                case Outcome(payoffs=payoffs):
                    key = payoffs
                case Decision(player=player, actions=actions):
                    key = (player, *((action, self.number(child)) for action, child in actions.items()))
                case _:
                    key = tuple((event, weight, self.number(child)) for event, (weight, child) in node.events.items())
            self.numbered[id(node)] = self.numbers.setdefault((type(node), key), len(self.numbers))
        return self.numbered[id(node)]

    def cases(self, node: Node, asked: _Asked) -> list[_Case]:
        """Every way to play the subgame at ``node`` that the premises may allow and that matters."""
        key = (self.number(node), asked)
        if key not in self.known:
            self.known[key] = self._merged(self._cases(node, asked))
        return self.known[key]

    def _merged(self, cases: Iterator[_Case]) -> list[_Case]:
        """The cases that may hold, those that yield the same as one."""
        alike: dict[Any, list[_Case]] = {}
        for case in cases:
            if expired():
                raise TooLargeError(STOPPED)
            alike.setdefault(tuple(map(_name, (*case.payoffs, *case.values))), []).append(case)
            if len(alike) > MOST_CASES:
                raise TooLargeError(f"a subgame has more than {MOST_CASES:,} ways to come out, too many to go through")
        merged = [
            _Case(self.language.some(c.holds for c in same), same[0].payoffs, same[0].values) for same in alike.values()
        ]
        if len(merged) == 1 or len(merged) > MOST_EXCLUDED:
            return merged
        return [case for case in merged if not self._impossible(case.holds)]

    def _impossible(self, formula: Any) -> bool:
        """Whether the premises exclude the formula; not asked where the ranges tell, nor for ever."""
        decided = self.language.truth_of(formula)
        if decided is None and self.exclusions < MOST_EXCLUSIONS:
            self.exclusions += 1
            return self.excluded(formula)
        return decided is False

    def _cases(self, node: Node, asked: _Asked) -> Iterator[_Case]:
        match node:
            case Outcome(payoffs=entries):
                wanted = asked.players | self._told_here(asked)
                paid = tuple(self.language.term(e) if k in wanted else None for k, e in enumerate(entries))
                yield _Case(self.language.every([]), paid, tuple(self._here(mark, paid) for mark in asked.marks))
            case Decision() | Chance() if self._asks_only_below(asked):
                yield from self._independent(node, asked)
            case Decision(actions=actions):
                for action in actions:
                    if all(
                        m.after or not isinstance(m, Reach) or m.path[:1] in ((), (action,)) for m in asked.positive
                    ):
                        yield from self._chosen(node, action, asked)
            case _:
                yield from self._drawn(node, asked)

    def _told_here(self, asked: _Asked) -> set[int]:
        """The players whose payoffs at this very node are told."""
        return {self.players.index(m.player) for m in asked.marks if isinstance(m, Payoff) and not m.after}

    def _asks_only_below(self, asked: _Asked) -> bool:
        return bool(asked.marks) and not asked.players and all(mark.after for mark in asked.marks)

    def _independent(self, node: Decision | Chance, asked: _Asked) -> Iterator[_Case]:
        """The cases of the subgames that the marks lead into, where nothing else about the play is asked.

        Every equilibrium of these subgames is part of one of the whole, so what else happens does not matter.
        """
        steps = node.actions if isinstance(node, Decision) else {e: child for e, (_, child) in node.events.items()}
        led_into = {mark.after[0]: self._below(steps[mark.after[0]], mark.after[0], asked) for mark in asked.marks}
        for chosen in product(*(cases for cases, _ in led_into.values())):
            taken = {s: (case, places) for (s, (_, places)), case in zip(led_into.items(), chosen, strict=True)}
            values = tuple(self._told(mark, {}, taken, ()) for mark in asked.marks)
            yield _Case(self.language.every(case.holds for case in chosen), (None,) * len(self.players), values)

    def _below(
        self, child: Node, step: str, asked: _Asked, also: frozenset[int] = frozenset()
    ) -> tuple[list[_Case], dict[Reach | Payoff, int]]:
        """The cases of a child, and where in their values to find each mark that leads there.

        ``also`` are further players whose payoffs are needed.
        """
        seen = {mark: _seen_after(step, mark) for mark in asked.marks}
        inner = tuple(dict.fromkeys(mark for mark in seen.values() if mark is not None))
        positive = frozenset(s for m, s in seen.items() if s is not None and m in asked.positive)
        cases = self.cases(child, _Asked(inner, asked.players | also | self._told_here(asked), positive))
        return cases, {m: inner.index(s) for m, s in seen.items() if s is not None}

    def _chosen(self, node: Decision, action: str, asked: _Asked) -> Iterator[_Case]:
        """The cases in which ``action`` is taken: it pays the mover as much as a case of every rival.

        Where a quantity looks into a rival's subgame, its cases are told apart.
        """
        language = self.language
        mover = self.players.index(node.player)
        also = frozenset([mover])
        rivals = {rival: child for rival, child in node.actions.items() if rival != action}
        looked_into = {
            rival: self._below(child, rival, asked, also)
            for rival, child in rivals.items()
            if any(mark.after[:1] == (rival,) for mark in asked.marks)
        }
        own_cases, own_places = self._below(node.actions[action], action, asked, also)
        for own in own_cases:
            pays = own.payoffs[mover]
            beaten = self._all(
                self.pays_at_most(child, mover, pays) for rival, child in rivals.items() if rival not in looked_into
            )
            if language.truth_of(beaten) is False:
                continue
            for others in product(*(cases for cases, _ in looked_into.values())):
                compared = [language.related(pays, ">=", other.payoffs[mover]) for other in others]
                holds = language.every([own.holds, beaten, *(other.holds for other in others), *compared])
                if language.truth_of(holds) is False:
                    continue
                taken = {action: (own, own_places)}
                taken.update({r: (o, looked_into[r][1]) for r, o in zip(looked_into, others, strict=True)})
                values = tuple(self._told(mark, {action: Fraction(1)}, taken, own.payoffs) for mark in asked.marks)
                yield _Case(holds, self._asked_for(own.payoffs, asked), values)

    def pays_at_most(self, node: Node, player: int, most: Any) -> Any:
        """That some equilibrium of the subgame pays the player no more than ``most``.

        Where the player moves, that is so if it is so after every action.
        """
        key = (self.number(node), player, _name(most))
        if key not in self.most:
            if expired():
                raise TooLargeError(STOPPED)
            match node:
                case Outcome(payoffs=payoffs):
                    self.most[key] = self.language.related(most, ">=", self.language.term(payoffs[player]))
                case Decision(player=mover, actions=actions) if mover == self.players[player]:
                    self.most[key] = self._all(self.pays_at_most(child, player, most) for child in actions.values())
                case _:
                    self.most[key] = self._some_case_pays_at_most(node, player, most)
        return self.most[key]

    def _some_case_pays_at_most(self, node: Node, player: int, most: Any) -> Any:
        language = self.language
        cases = self.cases(node, _Asked(players=frozenset([player])))
        paid = [language.related(most, ">=", case.payoffs[player]) for case in cases]
        # Some case holds: an equilibrium exists. So it matters only which of them pay too much.
        if all(language.truth_of(one) is True for one in paid):
            # Without a case the suppositions contradict each other, and anything follows.
            return paid[0] if paid else language.every([])
        return language.some(language.every([case.holds, one]) for case, one in zip(cases, paid, strict=True))

    def _all(self, formulas: Iterator[Any]) -> Any:
        """All of them hold; once one cannot, the others are not looked at."""
        kept = []
        for formula in formulas:
            if self.language.truth_of(formula) is False:
                return formula
            kept.append(formula)
        return self.language.every(kept)

    def _drawn(self, node: Chance, asked: _Asked) -> Iterator[_Case]:
        """The cases of a chance move: one for each combination of cases of what follows."""
        language = self.language
        chances = {event: language.term(weight) for event, (weight, _) in node.events.items()}
        below = [self._below(child, event, asked) for event, (_, child) in node.events.items()]
        wanted = asked.players | self._told_here(asked)
        for chosen in product(*(cases for cases, _ in below)):
            pairs = list(zip(chances.values(), chosen, strict=True))
            payoffs = tuple(
                language.total(language.product([weight, case.payoffs[k]]) for weight, case in pairs)
                if k in wanted
                else None
                for k in range(len(self.players))
            )
            taken = {e: (case, places) for e, case, (_, places) in zip(chances, chosen, below, strict=True)}
            values = tuple(self._told(mark, chances, taken, payoffs) for mark in asked.marks)
            yield _Case(language.every(case.holds for case in chosen), self._asked_for(payoffs, asked), values)

    def _asked_for(self, payoffs: tuple[Any, ...], asked: _Asked) -> tuple[Any, ...]:
        """The payoffs without those that nobody asks for, so that more cases are alike."""
        return tuple(paid if k in asked.players else None for k, paid in enumerate(payoffs))

    def _told(self, mark: Reach | Payoff, chances: Any, taken: Any, payoffs: tuple[Any, ...]) -> Any:
        """The value of the mark at a node, from the probabilities of its steps and the cases below them."""
        step = mark.after[0] if mark.after else mark.path[0] if isinstance(mark, Reach) and mark.path else None
        if step is None:
            return self._here(mark, payoffs)
        if step not in taken:
            return Fraction(0)
        case, places = taken[step]
        value = case.values[places[mark]]
        return value if mark.after else self.language.product([chances.get(step, Fraction(0)), value])

    def _here(self, mark: Reach | Payoff, payoffs: tuple[Any, ...]) -> Any:
        """The value of a mark that leads no further."""
        return payoffs[self.players.index(mark.player)] if isinstance(mark, Payoff) else Fraction(1)


def _name(term: Any) -> Any:
    """The same for equal terms."""
    return term if term is None or isinstance(term, Fraction) else (term.get_id(),)


def _excludes_action(mark: Reach | Payoff, action: str) -> bool:
    """Whether the mark is zero where another action than its own is taken."""
    return isinstance(mark, Reach) and not mark.after and mark.path[:1] not in ((), (action,))


def _seen_after(step: str, mark: Reach | Payoff) -> Reach | Payoff | None:
    """The mark as seen from the node that ``step`` leads to; None if it does not lead there."""
    if mark.after:
        if mark.after[0] != step:
            return None
        after: Path = mark.after[1:]
        return Reach(mark.path, after) if isinstance(mark, Reach) else Payoff(mark.player, after)
    if isinstance(mark, Reach) and mark.path and mark.path[0] == step:
        return Reach(mark.path[1:])
    return None
