"""The Kalai–Smorodinsky solution: everybody gets the same part of the most that it could gain.

Definition: Kalai & Smorodinsky (1975), Econometrica 43. The most that a player could gain is what the agreement that it
likes best, among those by which nobody loses, gives it over disagreement. The solution is on the way from the
disagreement point to these ideal payoffs, as far as agreements go; of two players it is the only efficient, symmetric
solution that does not hang on units and by which a player never loses when the set grows in its favour.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from games.exact import readable
from games.forms.bargaining import BargainingProblem
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.methods.agreements import (
    CONVEX,
    NOUN,
    gains_of,
    in_proportion,
    is_agreed,
    on_frontier,
    on_points,
    told_of_none,
)
from games.solvers.methods.feasible_payoffs import Feasible
from games.solvers.methods.frontiers import Frontier, Point, sign_change, value

NAME = "kalai-smorodinsky"


def reasons(game: BargainingProblem, equilibrium: Equilibrium, _settings: Mapping[str, Any]) -> Iterator[str]:
    """Which part of the most that it could gain each gets."""
    if not is_agreed(equilibrium):
        yield told_of_none()
        return
    most: Mapping[str, Any] = dict(zip(game.players, ideal_gains(game), strict=True))
    for player, gain in gains_of(game, equilibrium).items():
        part = f", {readable(gain / most[player])} of it" if most[player] else ""
        yield f"{player} could gain {readable(most[player])} at the most, and gains {readable(gain)}{part}."
    yield "No agreement gives everybody a greater part."


def ideal_gains(game: BargainingProblem) -> tuple[Any, ...]:
    """The most that each could gain by an agreement by which nobody loses; floats where it is irrational."""
    if not game.frontier:
        return Feasible.of(game).most
    return tuple(low if low == high else float((low + high) / 2) for low, high in _ideal(Frontier(game)))


def _ideal(frontier: Frontier) -> list[tuple[Fraction, Fraction]]:
    """Bounds on the most that each could gain: the first at the start of what is worth it to both, the second last."""
    assert frontier.within is not None
    start, end = map(frontier.point, frontier.within)
    return [start.gains[0], end.gains[1]]


def _on_way(frontier: Frontier) -> list[Point]:
    """The point at which both get the same part of the most that they could gain."""
    assert frontier.within is not None
    (least, most), (low, high) = _ideal(frontier)
    if least == most and low == high:
        return frontier.in_proportion((least, low))
    # Bounds on irrational ideals are so near that the sign is sure until the root is as near.
    one, other = (least + most) / 2, (low + high) / 2
    first, second = frontier.gains
    start, end = frontier.within
    root = sign_change(lambda t: value(first, t) * other - value(second, t) * one, (), start.high, end.low)
    return [frontier.point(root)]


@solution_concept(NAME, form=BargainingProblem, noun=NOUN, no_cases_because=CONVEX, reasons=reasons, no_regret=False)
def kalai_smorodinsky(game: BargainingProblem) -> Equilibria:
    """The Kalai–Smorodinsky solution: exact, unless a frontier makes it irrational.

    Without free disposal three players and more may have no agreement on the way to their ideal payoffs, and no
    solution then.
    """
    if game.frontier:
        return on_frontier(game, NAME, _on_way)
    return on_points(game, NAME, lambda feasible: in_proportion(game, feasible, feasible.most))
