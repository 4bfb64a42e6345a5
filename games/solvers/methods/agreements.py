"""The answers of the axiomatic solutions: what is agreed, as a lottery over points or as a point of the frontier."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from games.errors import InputError, listed, quoted
from games.exact import Number, exact, readable
from games.forms.bargaining import AGREEMENT, NONE, ON_THE_FRONTIER, BargainingProblem
from games.play.payoffs import Reached
from games.roots import Polynomial
from games.solvers.equilibria import Equilibria, Equilibrium, as_float
from games.solvers.methods.feasible_payoffs import Agreed, Feasible, Gains
from games.solvers.methods.frontiers import Frontier, Point, Root, in_sympy

NOUN = ("solution", "solutions")
"""What one and several answers are called."""

NOT_WORTH_IT = "no agreement is worth it to everybody, so that none is made"

NO_GAIN = "nobody can gain by an agreement by which nobody loses"

WEAKLY = "everybody may get as much and somebody more: what is equal for all, or in proportion, is not all there is"

NO_PROPORTION = "no agreement gives gains in this proportion, and nothing can be thrown away"

CORRECT = Fraction(1, 10**20)
"""How near the bounds of an irrational payoff are at least."""

CONVEX = "that nothing in the set is better is a condition on every lottery over the points"
"""Why the solutions have no cases."""


def weights_of(game: BargainingProblem, given: Mapping[str, object] | str | None) -> dict[str, Fraction]:
    """One weight above 0 for each player: 1 unless given, by player, or as text such as "2, 1" in their order."""
    if given is None:
        return dict.fromkeys(game.players, Fraction(1))
    if isinstance(given, str):
        parts = given.split(",")
        if len(parts) != len(game.players):
            raise InputError(f"the weights are {quoted(given)}; give one for each of {listed(game.players)}")
        given = dict(zip(game.players, parts, strict=True))
    if not isinstance(given, Mapping) or set(given) != set(game.players):
        raise InputError(f"the weights are {quoted(given)}; give one for each of {listed(game.players)}")
    found = {player: exact(given[player], f"the weight of {player}") for player in game.players}
    if low := [player for player, weight in found.items() if weight <= 0]:
        raise InputError(f"the weight of {low[0]} is {found[low[0]]}; it must be above 0")
    return found


def gains_of(game: BargainingProblem, equilibrium: Equilibrium) -> dict[str, Any]:
    """What each player gets beyond its disagreement payoff."""
    return {player: value - game.disagreement[player] for player, value in equilibrium.payoffs.items()}


def in_words(gains: Mapping[str, Number | float]) -> str:
    """The gains for a reader."""
    return ", ".join(f"{player} {readable(value)}" for player, value in gains.items())


def told_of_none() -> str:
    """Why nothing is agreed, as a sentence."""
    return f"{NOT_WORTH_IT[0].upper()}{NOT_WORTH_IT[1:]}."


def in_proportion(
    game: BargainingProblem, feasible: Feasible, direction: Gains
) -> tuple[list[Equilibrium], list[str], bool]:
    """Gains in proportion to the direction, as great as possible, with remarks; that is the only such solution."""
    found = feasible.along(direction)
    if found is None:
        return [], [NO_PROPORTION], True
    steps, agreed = found
    gains = tuple(steps * part for part in direction)
    return [by_lottery(game, agreed, gains)], [] if feasible.is_efficient(gains) else [WEAKLY], True


def no_agreement(game: BargainingProblem) -> Equilibrium:
    """Everybody gets its disagreement payoff."""
    return _made(game, {NONE: Fraction(1)}, [Fraction(value) for value in game.disagreement.values()])


def is_agreed(equilibrium: Equilibrium) -> bool:
    """Whether something is agreed."""
    return not equilibrium.strategies[AGREEMENT][NONE]


def by_lottery(game: BargainingProblem, agreed: Agreed, gains: Gains | None = None) -> Equilibrium:
    """The lottery; under free disposal somebody may get less than by it, which the ``gains`` then say."""
    paid = zip(game.disagreement.values(), agreed.gains if gains is None else gains, strict=True)
    return _made(game, agreed.weights, [Fraction(base) + gain for base, gain in paid])


def numerically(game: BargainingProblem, agreed: Agreed) -> Equilibrium:
    """The same in floats."""
    found = by_lottery(game, agreed)
    return Equilibrium(
        {AGREEMENT: {name: float(weight) for name, weight in found.strategies[AGREEMENT].items()}},
        {player: as_float(Fraction(value)) for player, value in found.payoffs.items()},
        tuple(Reached(one.path, float(one.probability)) for one in found.outcomes),
    )


def _made(game: BargainingProblem, weights: Mapping[str, Fraction], paid: Sequence[Number | float]) -> Equilibrium:
    told = {name: weights.get(name, Fraction(0)) for name in game.places[AGREEMENT]}
    reached = tuple(Reached((name,), weight) for name, weight in told.items() if weight)
    return Equilibrium({AGREEMENT: told}, dict(zip(game.players, paid, strict=True)), reached)


def on_points(
    game: BargainingProblem,
    concept: str,
    chosen: Callable[[Feasible], tuple[Sequence[Equilibrium], Sequence[str], bool]],
    settings: Mapping[str, Any] | None = None,
) -> Equilibria:
    """The answer for a polytope: the solutions ``chosen``, remarks, and whether these are all."""
    feasible, told = Feasible.of(game), settings or {}
    if not feasible.is_worth_it:
        return Equilibria(game, concept, (no_agreement(game),), True, remarks=(NOT_WORTH_IT,), settings=told)
    if not any(feasible.most):
        nothing = feasible.best([Fraction(1)] * len(feasible.gains))
        assert nothing is not None
        return Equilibria(
            game, concept, (by_lottery(game, nothing),), True, remarks=(NO_GAIN,), settings=settings or {}
        )
    found, remarks, complete = chosen(feasible)
    is_exact = not any(one.is_numeric for one in found)
    return Equilibria(game, concept, tuple(found), complete, is_exact, (), tuple(remarks), told)


def on_frontier(
    game: BargainingProblem,
    concept: str,
    chosen: Callable[[Frontier], Sequence[Point]],
    settings: Mapping[str, Any] | None = None,
) -> Equilibria:
    """The answer for a smooth frontier: the points ``chosen``, of which several are the ends of a stretch."""
    frontier = Frontier(game)
    told = settings or {}
    if frontier.within is None:
        return Equilibria(game, concept, (no_agreement(game),), True, remarks=(NOT_WORTH_IT,), settings=told)
    points = chosen(frontier)
    found = tuple(_at(game, frontier, point) for point in points)
    remarks = [said for point in points for said in _how_near(game, frontier, point)]
    if len(points) > 1:
        remarks.append("every point of the frontier between those listed is a solution, too")
    if not points:
        remarks.append(NO_PROPORTION)
    is_exact = all(point.is_exact for point in points)
    return Equilibria(game, concept, found, len(points) < 2, is_exact, (), tuple(remarks), told)


def _at(game: BargainingProblem, frontier: Frontier, point: Point) -> Equilibrium:
    """The point, in floats where it is irrational."""
    middle = [base + (low + high) / 2 for base, (low, high) in zip(frontier.base, point.gains, strict=True)]
    if point.is_exact:
        return _made(game, {ON_THE_FRONTIER: Fraction(1)}, middle)
    made = _made(game, {ON_THE_FRONTIER: Fraction(1)}, [as_float(value) for value in middle])
    mix = {name: float(weight) for name, weight in made.strategies[AGREEMENT].items()}
    return Equilibrium({AGREEMENT: mix}, made.payoffs, (Reached((ON_THE_FRONTIER,), 1.0),))


def _how_near(game: BargainingProblem, frontier: Frontier, point: Point) -> list[str]:
    """How near the decimals of an irrational point are, and what it is exactly, where that is a square root."""
    if point.is_exact:
        return []
    assert max(high - low for low, high in point.gains) < CORRECT
    said = "the payoffs are irrational; the decimals are the nearest floats to them, correct to 15 digits"
    if len(point.root.of) != 3 or point.gains != frontier.point(point.root).gains:
        return [said]
    exactly = (_exactly(paid, point.root) for paid in frontier.paid)
    told = ", ".join(f"{player} {value}" for player, value in zip(game.players, exactly, strict=True))
    return [f"{said}; exactly: {told}"]


def _exactly(paid: Polynomial, root: Root) -> str:
    """The payoff at the root of a quadratic equation, in square roots."""
    import sympy

    from games.formulas.allowed import rational

    middle = rational((root.low + root.high) / 2)
    at = min(in_sympy(root.of).real_roots(), key=lambda one: abs(sympy.N(one - middle, 60)))
    found = in_sympy(paid).as_expr().subs(sympy.Symbol("t"), at)
    return str(sympy.sstr(sympy.radsimp(sympy.expand(found)))).replace("sqrt", "√")
