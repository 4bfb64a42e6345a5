"""Subgame-perfect equilibria: by backward induction under perfect information, else subgame by subgame.

Definition: Selten (1965), Zeitschrift für die gesamte Staatswissenschaft 121; existence and backward induction: Kuhn
(1953). Every pure equilibrium is found, ties included: where a player is indifferent, each best action continues a
different equilibrium. A tie also lets the player randomise; every such mixture belongs to further, mixed equilibria,
so the pure list is the whole answer exactly if no decision is tied. Trees of imperfect information are solved by
`games.solvers.methods.subgames`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, TypeAlias

from games.cases import Cases, Choice, Option, spelled
from games.errors import InputError
from games.exact import Number
from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome, Path
from games.forms.reduced import check_perfect_recall
from games.play.payoffs import Strategies, continuation_payoffs, reached
from games.play.quantities import Payoff, Quantity, Reach
from games.play.regret import nash_regret, regret
from games.play.subgames import subgame_roots
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium, played_out
from games.solvers.limits import unless_expired
from games.solvers.methods.behaviour import rational_from_the_start_of
from games.solvers.methods.subgames import in_every_subgame
from games.terms import ONE, ZERO, Condition, Poly, Ratio, at_least, every, poly, product_of, total, var

MOST_EQUILIBRIA = 1_000
"""The most pure equilibria listed."""

Choices: TypeAlias = tuple[tuple[Path, str], ...]
"""The action at each decision of a subtree."""


@dataclass(frozen=True)
class _Continuation:
    """One pure equilibrium of a subtree: what each player gets there, and the choices that lead to it."""

    payoffs: tuple[Fraction, ...]
    choices: Choices


def cases(game: ExtensiveGame, asked: Sequence[Quantity]) -> Cases:
    """Under perfect information, the action at each decision: none pays its mover more. Else, behaviour by subgame.

    The former are equilibria in pure strategies: at a tie a mixture may reach what none of them does.
    """
    if game.has_perfect_information:
        return _Backwards(game).cases(asked)
    return rational_from_the_start_of(game, asked, subgame_roots(game))


def exists_because(game: ExtensiveGame) -> str:
    """Why there is one. Raises `InputError` for imperfect recall, under which there may be none."""
    check_perfect_recall(game)
    return "every finite game with perfect recall has one: Kuhn (1953), Selten (1965)"


class _Backwards:
    """The choices of a tree of perfect information, the last ones first, written as far as quantities need them."""

    def __init__(self, game: ExtensiveGame) -> None:
        self.game = game
        self.options: dict[Path, dict[str, Condition]] = {}
        self.gives: dict[Path, dict[str, dict[str, Poly]]] = {}
        self.paid: dict[tuple[Path, int], Poly] = {}
        self.known: dict[tuple[Path, Path], Poly] = {}

    def cases(self, asked: Sequence[Quantity]) -> Cases:
        values: dict[Quantity, Poly | Ratio] = {quantity: self.value(quantity) for quantity in asked}
        if not asked:
            for path, node in self.game.nodes.items():
                if isinstance(node, Decision):
                    self.decide(path)
        choices = tuple(
            Choice(
                self.game.information_set_at(path),
                {action: Option(holds, self.gives[path][action]) for action, holds in options.items()},
            )
            for path, options in self.options.items()
        )
        return Cases(choices, values=values)

    def value(self, quantity: Quantity) -> Poly:
        match quantity:
            case Payoff(player=player, after=after):
                return self.pays(after, self.game.players.index(player))
            case Reach(path=path, after=after):
                return self.reach(after, path)
        places = self.game.information_sets
        return product_of(self.reach(places[name].paths[0], (a,)) for name, a in quantity.choices.items())

    def decide(self, path: Path) -> None:
        """Writes down the choice at a decision, those after it first: an action that none pays its mover more than."""
        node = self.game.nodes[path]
        if path in self.options or not isinstance(node, Decision):
            return
        unless_expired()
        mover = self.game.players.index(node.player)
        paid = {action: self.pays((*path, action), mover) for action in node.actions}
        self.options[path] = {a: every(at_least(paid[a], other) for b, other in paid.items() if b != a) for a in paid}
        self.gives[path] = {action: {} for action in paid}

    def picked(self, path: Path, name: str, values: Mapping[str, Poly]) -> Poly:
        """What the action taken gives: a variable, or the value itself where all actions give the same."""
        first, *others = values.values()
        if all(value == first for value in others):
            return first
        self.decide(path)
        for action, value in values.items():
            self.gives[path][action][name] = value
        return var(name)

    def pays(self, path: Path, player: int) -> Poly:
        """What the player gets from the node on."""
        if (path, player) not in self.paid:
            node = self.game.nodes[path]
            match node:
                case Outcome(payoffs=payoffs):
                    value = poly(payoffs[player])
                case Chance(events=events):
                    value = total(poly(w) * self.pays((*path, e), player) for e, (w, _) in events.items())
                case Decision(actions=actions):
                    self.decide(path)
                    below = {action: self.pays((*path, action), player) for action in actions}
                    value = self.picked(path, f"payoff of {self.game.players[player]!r} after {spelled(path)}", below)
            self.paid[path, player] = value
        return self.paid[path, player]

    def reach(self, path: Path, rest: Path) -> Poly:
        """The probability that play goes on from the node along ``rest``."""
        if not rest:
            return ONE
        if (path, rest) not in self.known:
            node, then = self.game.nodes[path], self.reach((*path, rest[0]), rest[1:])
            if isinstance(node, Chance):
                self.known[path, rest] = poly(node.events[rest[0]][0]) * then
            else:
                assert isinstance(node, Decision)
                ends = {action: then if action == rest[0] else ZERO for action in node.actions}
                self.decide(path)
                self.known[path, rest] = self.picked(path, f"reach of {spelled(rest)} after {spelled(path)}", ends)
        return self.known[path, rest]


def deviations(game: ExtensiveGame, strategies: Strategies) -> Iterator[tuple[Path, str, Any]]:
    """Each decision's path, an action not surely chosen there, and by how much it pays the mover less than the play.

    Raises `InputError` under imperfect information, where single decisions are not what a player compares.
    """
    if not game.has_perfect_information:
        raise InputError("deviations at single decisions are listed for trees of perfect information only")
    value = continuation_payoffs(game, strategies)
    for path, node in game.nodes.items():
        if isinstance(node, Decision):
            mover = game.players.index(node.player)
            chosen = strategies[game.information_set_at(path)]
            for action in node.actions:
                if chosen.get(action, 0) != 1:
                    yield path, action, value[path][mover] - value[(*path, action)][mover]


def witness(game: ExtensiveGame, strategies: Strategies, values: Mapping[str, Number]) -> Equilibrium | None:
    """The strategies as an equilibrium, if nobody has any regret in any subgame."""
    if game.has_perfect_information:
        return None if any(regret(game, strategies).values()) else played_out(game, strategies)
    for root in subgame_roots(game):
        subgame = game.subgame(root) if root else game
        inside = {name: strategies[name] for name in subgame.information_sets}
        if subgame.information_sets and any(nash_regret(subgame, inside).values()):
            return None
    return played_out(game, strategies)


@solution_concept(
    "subgame-perfect",
    form=ExtensiveGame,
    cases=cases,
    exists_because=exists_because,
    witness=witness,
)
def subgame_perfect(game: ExtensiveGame) -> Equilibria:
    """All pure subgame-perfect equilibria of a tree of perfect information, each verified in every subgame.

    >>> threat = {"resist": Outcome((-1, 0)), "yield": Outcome((2, 1))}
    >>> sender = Decision("Sender", {"threaten": Decision("Target", threat), "refrain": Outcome((0, 2))})
    >>> print(subgame_perfect(ExtensiveGame(("Sender", "Target"), sender))[0])
    Sender at the start: threaten, Target after threaten: yield

    Under imperfect information: what all Nash equilibria of the subgames make up, mixed ones included. Not complete
    where a decision is tied (mixtures over the tied actions are equilibria, too; a remark says where), or where there
    are more than `MOST_EQUILIBRIA`. Raises `InputError` under imperfect recall.
    """
    if not game.has_perfect_information:
        return in_every_subgame(game)
    continuations, all_listed = _solutions(game.root, (), game.players)
    found = tuple(_equilibrium(game, continuation) for continuation in continuations)
    for equilibrium in found:
        if any(regret(game, equilibrium.strategies).values()):
            raise AssertionError(f"{equilibrium} was found as subgame-perfect and is not")
    tied = _tied(game, found)
    remarks = []
    if not all_listed:
        remarks.append(f"there are more pure equilibria than the {MOST_EQUILIBRIA} listed")
    if tied:
        shown = "; ".join(f"{where} ({' or '.join(actions)})" for where, actions in list(tied.items())[:5])
        more = f"; and at {len(tied) - 5} more" if len(tied) > 5 else ""
        remarks.append(
            f"{'every' if all_listed else 'not every'} pure equilibrium is listed; mixing adds more, since a mover is "
            f"indifferent at: {shown}{more}"
        )
    return Equilibria(game, "subgame-perfect", found, complete=all_listed and not tied, remarks=tuple(remarks))


def _solutions(node: Node, path: Path, players: tuple[str, ...]) -> tuple[list[_Continuation], bool]:
    """The pure equilibria of the subtree at ``path``, at most `MOST_EQUILIBRIA`, and whether these are all."""
    match node:
        case Outcome(payoffs=payoffs):
            return [_Continuation(tuple(Fraction(payoff) for payoff in payoffs), ())], True
        case Decision(player=player, actions=actions):
            solved = [_solutions(child, (*path, action), players) for action, child in actions.items()]
        case Chance(events=events):
            solved = [_solutions(child, (*path, event), players) for event, (_, child) in events.items()]
    complete = all(whole for _, whole in solved)
    branches = [continuations for continuations, _ in solved]
    result: list[_Continuation] = []
    for chosen in product(*branches):
        choices = tuple(choice for continuation in chosen for choice in continuation.choices)
        if isinstance(node, Chance):
            weights = [Fraction(probability) for probability, _ in node.events.values()]
            payoffs = tuple(
                sum((w * c.payoffs[k] for w, c in zip(weights, chosen, strict=True)), Fraction(0))
                for k in range(len(players))
            )
            result.append(_Continuation(payoffs, choices))
        else:
            mover = players.index(player)
            best = max(continuation.payoffs[mover] for continuation in chosen)
            for action, continuation in zip(actions, chosen, strict=True):
                if continuation.payoffs[mover] == best:
                    result.append(_Continuation(continuation.payoffs, ((path, action), *choices)))
        if len(result) > MOST_EQUILIBRIA:
            return result[:MOST_EQUILIBRIA], False
    return result, complete


def _equilibrium(game: ExtensiveGame, continuation: _Continuation) -> Equilibrium:
    chosen = dict(continuation.choices)
    strategies = {
        name: {action: Fraction(action == chosen[s.paths[0]]) for action in s.actions}
        for name, s in game.information_sets.items()
    }
    payoffs = dict(zip(game.players, continuation.payoffs, strict=True))
    return Equilibrium(strategies, payoffs, tuple(reached(game, strategies)))


def _tied(game: ExtensiveGame, found: tuple[Equilibrium, ...]) -> dict[str, list[str]]:
    """The information sets at which some equilibrium leaves the mover indifferent, with the tied actions.

    Two pure equilibria that differ at a decision while agreeing below it are tied there; with a complete pure list
    this is the same as a deviation that costs nothing.
    """
    tied: dict[str, list[str]] = {}
    for equilibrium in found:
        for path, action, difference in deviations(game, equilibrium.strategies):
            if difference == 0:
                name = game.information_set_at(path)
                chosen = next(a for a, weight in equilibrium.strategies[name].items() if weight)
                known = tied.setdefault(name, [])
                known += [a for a in (chosen, action) if a not in known]
    return tied
