"""Subgame-perfect equilibria of trees of perfect information, subgame by subgame.

What a subgame may yield is a list of cases, each a formula over the parameters and what it pays. At a decision the
mover's action must pay at least as much as *some* case of every other action; so a case of the larger subgame is a case
of the smaller one together with a disjunction for each rival, and there are never more cases than plays. Cases that the
premises exclude are dropped at once, and equal subgames are worked out once.

The equilibria are those in pure strategies. Where a mover is indifferent, mixtures are equilibria, too; they may reach
what no pure equilibrium reaches, and claims are not about them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, TypeAlias

from analyses.claims.assessments import subgame_perfect_candidates as in_every_subgame
from analyses.claims.candidates import Candidate, Question, TooLargeError, lists_candidates
from analyses.claims.claim import Chosen, Payoff, Quantity, Reach
from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome, Path
from games.solvers.limits import expired

MOST_CASES = 20_000

Marks: TypeAlias = tuple[Reach | Payoff, ...]
"""The quantities that are told at a node: those whose history or path leads through it, seen from there."""


@dataclass(frozen=True)
class _Case:
    """One way to play a subgame: where it is an equilibrium, what it pays, the values of the marks, in their order."""

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
    for case in _Search(question, game).cases(game.root, marks):
        known = dict(zip(marks, case.values, strict=True))
        values = {
            quantity: question.language.product(known[mark] for mark in each) for quantity, each in factors.items()
        }
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
        self.known: dict[tuple[int, Marks], list[_Case]] = {}
        self.numbers: dict[Any, int] = {}
        self.numbered: dict[int, int] = {}

    def number(self, node: Node) -> int:
        """The same number for equal subgames."""
        if id(node) not in self.numbered:
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

    def cases(self, node: Node, marks: Marks) -> list[_Case]:
        """Every way to play the subgame at ``node`` that the premises may allow."""
        key = (self.number(node), marks)
        if key not in self.known:
            self.known[key] = self._merged(self._cases(node, marks))
        return self.known[key]

    def _merged(self, cases: Iterator[_Case]) -> list[_Case]:
        """The cases that may hold, those that yield the same as one."""
        alike: dict[Any, list[_Case]] = {}
        for case in cases:
            name = tuple(
                term if isinstance(term, Fraction) else term.get_id() for term in (*case.payoffs, *case.values)
            )
            alike.setdefault(name, []).append(case)
            if len(alike) > MOST_CASES:
                raise TooLargeError(f"a subgame has more than {MOST_CASES:,} ways to come out, too many to go through")
        merged = [
            _Case(self.language.some(c.holds for c in same), same[0].payoffs, same[0].values) for same in alike.values()
        ]
        if len(merged) == 1:
            return merged
        return [case for case in merged if expired() or not self.excluded(case.holds)]

    def _cases(self, node: Node, marks: Marks) -> Iterator[_Case]:
        match node:
            case Outcome(payoffs=payoffs):
                paid = tuple(map(self.language.term, payoffs))
                yield _Case(self.language.every([]), paid, tuple(self._here(mark, paid) for mark in marks))
            case Decision() | Chance() if marks and all(mark.after for mark in marks):
                yield from self._independent(node, marks)
            case Decision(player=player, actions=actions):
                branches = {action: self._below(child, action, marks) for action, child in actions.items()}
                for action in actions:
                    yield from self._chosen(self.players.index(player), action, branches, marks)
            case _:
                weights = [self.language.term(weight) for weight, _ in node.events.values()]
                below = [self._below(child, event, marks) for event, (_, child) in node.events.items()]
                yield from self._drawn(tuple(node.events), weights, below, marks)

    def _independent(self, node: Decision | Chance, marks: Marks) -> Iterator[_Case]:
        """The cases of the subgames that the marks lead into, where nothing else about the play is asked.

        Every equilibrium of these subgames is part of one of the whole, so what else happens does not matter.
        """
        steps = node.actions if isinstance(node, Decision) else {e: child for e, (_, child) in node.events.items()}
        led_into = {mark.after[0]: self._below(steps[mark.after[0]], mark.after[0], marks) for mark in marks}
        for chosen in product(*(cases for cases, _ in led_into.values())):
            taken = {s: (case, places) for (s, (_, places)), case in zip(led_into.items(), chosen, strict=True)}
            values = tuple(self._told(mark, {}, taken, ()) for mark in marks)
            yield _Case(self.language.every(case.holds for case in chosen), (), values)

    def _below(self, child: Node, step: str, marks: Marks) -> tuple[list[_Case], dict[Reach | Payoff, int]]:
        """The cases of a child, and where in their values to find each mark that leads there."""
        seen = {mark: _seen_after(step, mark) for mark in marks}
        inner = tuple(dict.fromkeys(mark for mark in seen.values() if mark is not None))
        return self.cases(child, inner), {m: inner.index(s) for m, s in seen.items() if s is not None}

    def _chosen(self, mover: int, action: str, branches: Any, marks: Marks) -> Iterator[_Case]:
        """The cases in which ``action`` is taken: it pays the mover as much as a case of every rival.

        Where a quantity looks into a rival's subgame, its cases are told apart.
        """
        language = self.language
        own_cases, own_places = branches[action]
        rivals = {rival: cases for rival, cases in branches.items() if rival != action}
        looked_into = [r for r, (_, places) in rivals.items() if any(mark.after for mark in places)]
        for own in own_cases:
            beaten = [
                language.some(
                    language.every([case.holds, language.compare(own.payoffs[mover], ">=", case.payoffs[mover])])
                    for case in cases
                )
                for rival, (cases, _) in rivals.items()
                if rival not in looked_into
            ]
            for others in product(*(rivals[rival][0] for rival in looked_into)):
                compared = [language.compare(own.payoffs[mover], ">=", other.payoffs[mover]) for other in others]
                holds = language.every([own.holds, *beaten, *(other.holds for other in others), *compared])
                taken = {action: (own, own_places)}
                taken.update({r: (o, rivals[r][1]) for r, o in zip(looked_into, others, strict=True)})
                values = tuple(self._told(mark, {action: Fraction(1)}, taken, own.payoffs) for mark in marks)
                yield _Case(holds, own.payoffs, values)

    def _drawn(self, events: Sequence[str], weights: Sequence[Any], below: Any, marks: Marks) -> Iterator[_Case]:
        """The cases of a chance move: one for each combination of cases of what follows."""
        language = self.language
        chances = dict(zip(events, weights, strict=True))
        for chosen in product(*(cases for cases, _ in below)):
            pairs = list(zip(weights, chosen, strict=True))
            payoffs = tuple(
                language.total(language.product([weight, case.payoffs[k]]) for weight, case in pairs)
                for k in range(len(self.players))
            )
            taken = {e: (case, places) for e, case, (_, places) in zip(events, chosen, below, strict=True)}
            values = tuple(self._told(mark, chances, taken, payoffs) for mark in marks)
            yield _Case(language.every(case.holds for case in chosen), payoffs, values)

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
