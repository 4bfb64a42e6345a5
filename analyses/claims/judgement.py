"""Whether a claim's conclusion holds at given payoffs, by the ordinary solvers; at many, in floats wherever these
decide.

Trees of perfect information are worked out backwards for all points at once, with bounds on what rounding may have
done; so are the profiles of a game in strategic form for its pure equilibria. Wherever two actions may tie, but for
those that end with the very same payoffs, or the conclusion hangs on a sign that the bounds leave open, the point is
solved exactly, like every point for any other concept.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from analyses.claims.bounded import Bounded, bounded, truth
from analyses.claims.claim import Claim, Exists, Holds, Unique
from analyses.claims.confirm import SOLVED_AS, is_solved_backwards, lists_all, told_at
from analyses.claims.played import ways_to_play
from analyses.claims.premise_set import Draws
from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome, Path
from games.forms.game import Game
from games.forms.strategic import StrategicGame
from games.formulas.relations import ORDERED, Every, Related, Some, holds_at
from games.model import Point
from games.play.quantities import Chosen, Payoff, Quantity
from games.solvers.concept import solve
from games.solvers.equilibria import Equilibria
from games.solvers.limits import expired, remaining

HOLDS, FAILS, OPEN, UNSEEN = 1, 0, -1, -2
"""What is known of a point: `OPEN` where not all equilibria were found, `UNSEEN` where the time was up before."""

LONGEST = 10.0
"""The most seconds that one point may take."""

MOST_SELECTIONS = 256
"""The most ways to break ties that are followed at all points at once."""


def judged(claim: Claim, point: Point) -> bool | None:
    """Whether the conclusion holds at ``point``; None if the solver does not find out all that it depends on.

    Where there are more equilibria than those listed, these may still settle the question. Of a component of Nash
    equilibria the extreme ones do if the conclusion compares quantities: probabilities and payoffs are linear in each
    player's strategy, so that none in between goes beyond all of the extreme ones.
    """
    games = [model.game_at(point) for model in claim.models]
    if isinstance(claim.conclusion, Holds) and is_solved_backwards(claim):
        return _judged_backwards(claim, point, games)
    concept = SOLVED_AS.get(claim.concept, claim.concept)
    solved = [solve(game, concept, time_limit=min(remaining(), LONGEST)) for game in games]
    whole = all(map(lists_all, solved))
    match claim.conclusion:
        case Holds(formula=formula):
            forms = [found.game for found in solved]
            kept = (holds_at(formula, {**point, **told_at(claim, games, forms, c)}) for c in product(*solved))
            settled = next((k for k in kept if k is not claim.every), None)
            if settled is not None:
                return settled
            return claim.every if whole or _extremes_tell(claim, solved) else None
        case Exists():
            return True if solved[0].found else (False if whole else None)
        case Unique():
            return False if len(solved[0]) > 1 else (True if whole else None)
    raise AssertionError("a claim about a monotone dependence is first made one about two models")


def _judged_backwards(claim: Claim, point: Point, games: Sequence[Game]) -> bool | None:
    """The same for trees of perfect information, by the ways in which their pure equilibria come out."""
    assert isinstance(claim.conclusion, Holds)
    told: list[list[dict[sympy.Symbol, Fraction]]] = []
    for model, game in zip(claim.models, games, strict=True):
        assert isinstance(game, ExtensiveGame)
        own = {s: q for s, q in claim.conclusion.where.items() if claim.model_of(q) is model}
        ways = ways_to_play(game, list(own.values()))
        if ways is None:
            return None
        told.append([{s: way.values[q] for s, q in own.items()} for way in ways])
    for chosen in product(*told):
        values = {s: value for each in chosen for s, value in each.items()}
        if holds_at(claim.conclusion.formula, {**point, **values}) is not claim.every:
            return not claim.every
    return claim.every


def _extremes_tell(claim: Claim, solved: Sequence[Equilibria]) -> bool:
    """Whether the extreme equilibria, all of which are listed, settle what is said of every one (or of some)."""
    assert isinstance(claim.conclusion, Holds)
    joined = Every if claim.every else Some
    formula = claim.conclusion.formula
    relations = formula.parts if isinstance(formula, joined) else (formula,)
    return (
        claim.concept == "nash"
        and all(found.exact and found.complete for found in solved)
        and all(isinstance(model.game, StrategicGame) for model in claim.models)
        and all(isinstance(each, Related) and each.sign in ORDERED and not each.cancelled for each in relations)
        and all(_is_linear(each, claim.conclusion.where) for each in relations)
    )


def _is_linear(relation: Any, where: Mapping[sympy.Symbol, Quantity]) -> bool:
    """Whether the relation compares a sum of multiples of single quantities."""
    try:
        return int(sympy.Poly(relation.left - relation.right, *where).total_degree()) <= 1
    except (sympy.PolynomialError, sympy.GeneratorsError):
        return False


def judged_all(claim: Claim, draws: Draws) -> NDArray[np.int8]:
    """`HOLDS`, `FAILS`, `OPEN` or `UNSEEN` for each of the draws."""
    result = np.full(len(draws), UNSEEN, dtype=np.int8)
    held, certain = _in_bulk(claim, draws)
    result[certain] = np.where(held[certain], HOLDS, FAILS)
    for row in np.flatnonzero(~certain):
        if expired():
            break
        verdict = judged(claim, draws.point(int(row)))
        result[row] = OPEN if verdict is None else HOLDS if verdict else FAILS
    return result


def _in_bulk(claim: Claim, draws: Draws) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether the conclusion holds, and where floats are certain of it."""
    nowhere = np.zeros(len(draws), dtype=bool)
    if not isinstance(claim.conclusion, Holds) or not len(draws):
        return nowhere, nowhere
    if is_solved_backwards(claim):
        return _of_trees(claim, draws)
    if claim.concept == "pure-nash" and len(claim.models) == 1:
        return _of_profiles(claim, draws)
    return nowhere, nowhere


def _of_trees(claim: Claim, draws: Draws) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    conclusion = claim.conclusion
    assert isinstance(conclusion, Holds)
    known: dict[Any, Bounded] = {}
    plays = {}
    for model in claim.models:
        assert isinstance(model.game, ExtensiveGame)
        plays[model.name] = _Play(model.game, draws.columns, known, len(draws))
    certain = np.ones(len(draws), dtype=bool)
    tied: list[tuple[str, Path]] = []
    for quantity in conclusion.where.values():
        name = claim.model_of(quantity).name
        start, places = plays[name].looked_at(quantity)
        certain &= plays[name].settled[start]
        tied += [(name, path) for path in places if plays[name].ties[path].any()]
    tied = list(dict.fromkeys(tied))
    menus = [range(plays[name].ties[path].shape[0]) for name, path in tied]
    if prod(map(len, menus)) > MOST_SELECTIONS:
        return np.zeros(len(draws), dtype=bool), np.zeros(len(draws), dtype=bool)
    kept: list[Any] = []
    for chosen in product(*menus):
        taken = dict(zip(tied, chosen, strict=True))
        told = {}
        for symbol, quantity in conclusion.where.items():
            name = claim.model_of(quantity).name
            told[symbol] = plays[name].quantity(quantity, {p: a for (n, p), a in taken.items() if n == name})
        held, sure = truth(conclusion.formula, {**draws.columns, **told}, dict(told))
        kept.append(np.broadcast_to(held, len(draws)))
        certain = certain & sure
    return (np.all(kept, axis=0) if claim.every else np.any(kept, axis=0)), certain


class _Play:
    """Backward induction at all points.

    ``settled`` tells for each node where floats are certain of all choices in its subgame, but for ``ties``: those of
    actions that end with the very same payoffs for everybody, (actions, points) true for each best one.
    """

    def __init__(self, game: ExtensiveGame, columns: Any, known: dict[Any, Bounded], count: int) -> None:
        self.game, self.columns, self.known, self.count = game, columns, known, count
        self.pays: dict[Path, list[Bounded]] = {}
        self.chosen: dict[Path, NDArray[np.intp]] = {}
        self.settled: dict[Path, NDArray[np.bool_]] = {}
        self.ties: dict[Path, NDArray[np.bool_]] = {}
        self.names: dict[Any, int] = {}
        self.ends: dict[Path, NDArray[np.intp]] = {}
        self._solve(self.game.root, ())

    def _solve(self, node: Node, path: Path) -> None:
        steps = () if isinstance(node, Outcome) else node.actions if isinstance(node, Decision) else node.events
        for step in steps:
            self._solve(self.game.nodes[(*path, step)], (*path, step))
        below = [(*path, step) for step in steps]
        self.settled[path] = np.ones(self.count, dtype=bool)
        for child in below:
            self.settled[path] &= self.settled[child]
        match node:
            case Outcome(payoffs=payoffs):
                self.pays[path] = [self._value(payoff) for payoff in payoffs]
                self._end(path, payoffs)
            case Decision(player=player):
                self._choose(path, below, self.game.players.index(player))
            case Chance(events=events):
                weighed = [
                    [self._value(weight) * value for value in self.pays[(*path, event)]]
                    for event, (weight, _) in events.items()
                ]
                self.pays[path] = [sum(values[1:], values[0]) for values in zip(*weighed, strict=True)]
                self._end(path, path)

    def _end(self, path: Path, name: Any) -> None:
        """Notes which payoffs the node ends with: equal numbers mean equal formulas for everybody."""
        number = self.names.setdefault((type(self.game.nodes[path]), name), len(self.names))
        self.ends[path] = np.full(self.count, number)

    def _choose(self, path: Path, below: list[Path], mover: int) -> None:
        at = np.argmax([np.broadcast_to(self.pays[child][mover].value, self.count) for child in below], axis=0)
        best, end = self.pays[below[0]], self.ends[below[0]]
        for number, child in enumerate(below[1:], start=1):
            best = [new.chosen(at == number, old) for new, old in zip(self.pays[child], best, strict=True)]
            end = np.where(at == number, self.ends[child], end)
        alike = np.array([self.ends[child] == end for child in below])
        for number, child in enumerate(below):
            self.settled[path] &= alike[number] | (self.pays[child][mover] - best[mover]).negative
        self.pays[path], self.ends[path], self.chosen[path] = best, end, at
        self.ties[path] = alike & (alike.sum(axis=0) > 1)

    def _value(self, entry: Any) -> Bounded:
        return bounded(entry, self.columns, self.known)

    def looked_at(self, quantity: Quantity) -> tuple[Path, list[Path]]:
        """The start of the subgame that the quantity depends on, and the decisions on whose choice."""
        steps = self._steps(quantity)
        places = [path for path, _ in steps if isinstance(self.game.nodes[path], Decision)]
        if isinstance(quantity, Chosen):
            return (places[0] if len(places) == 1 else ()), places
        return quantity.after, places

    def _steps(self, quantity: Quantity) -> list[tuple[Path, str]]:
        match quantity:
            case Payoff():
                return []
            case Chosen(choices=choices):
                return [(self.game.information_sets[name].paths[0], action) for name, action in choices.items()]
        whole, start = (*quantity.after, *quantity.path), len(quantity.after)
        return [(whole[:k], whole[k]) for k in range(start, len(whole))]

    def quantity(self, quantity: Quantity, taken: Mapping[Path, int]) -> Bounded:
        """Its value, where ties are broken in favour of the actions ``taken``."""
        if isinstance(quantity, Payoff):
            return self.pays[quantity.after][self.game.players.index(quantity.player)]
        weight: Bounded | None = None
        along = np.ones(self.count, dtype=bool)
        for path, step in self._steps(quantity):
            node = self.game.nodes[path]
            if isinstance(node, Chance):
                factor = self._value(node.events[step][0])
                weight = factor if weight is None else weight * factor
                continue
            assert isinstance(node, Decision)
            at = self.chosen[path]
            if path in taken:
                at = np.where(self.ties[path][taken[path]], taken[path], at)
            along = along & (at == list(node.actions).index(step))
        # Zero and one are exact; a product with them is not rounded.
        return Bounded(1.0 * along, 0.0 * along) if weight is None else weight.chosen(along, Bounded(0.0, 0.0))


def _of_profiles(claim: Claim, draws: Draws) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    game = claim.model.game
    assert isinstance(claim.conclusion, Holds)
    assert isinstance(game, StrategicGame)
    known: dict[Any, Bounded] = {}
    pays = {p: [bounded(v, draws.columns, known) for v in row] for p, row in game.payoffs.items()}
    certain = np.ones(len(draws), dtype=bool)
    settled = np.zeros(len(draws), dtype=bool)
    for profile in game.profiles:
        stable = np.ones(len(draws), dtype=bool)
        for position, other in _deviations(game, profile):
            if game.payoffs[profile][position] == game.payoffs[other][position]:
                continue
            loss = pays[profile][position] - pays[other][position]
            stable &= loss.positive | loss.zero
            certain &= loss.positive | loss.negative | loss.zero
        told = {s: _at_profile(game, profile, pays, q) for s, q in claim.conclusion.where.items()}
        held, sure = truth(claim.conclusion.formula, {**draws.columns, **told}, dict(told))
        settled |= stable & (np.logical_not(held) if claim.every else held)
        certain &= ~stable | sure
    return (~settled if claim.every else settled), certain


def _deviations(game: StrategicGame, profile: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for position, player in enumerate(game.players):
        for other in game.alternatives(profile, player):
            yield position, other


def _at_profile(game: StrategicGame, profile: tuple[str, ...], pays: Any, quantity: Quantity) -> Bounded:
    if isinstance(quantity, Payoff):
        value: Bounded = pays[profile][game.players.index(quantity.player)]
        return value
    assert isinstance(quantity, Chosen)
    played = dict(zip(game.players, profile, strict=True))
    return Bounded(float(all(played[who] == own for who, own in quantity.choices.items())), 0.0)
