"""The utilitarian solution: the sum of gains is as great as an agreement by which nobody loses can make it.

The sum may be weighted. See Thomson (1994), Handbook of Game Theory, volume 2, on this and the other solutions. Since
an agreement needs everybody's consent, only those count that nobody likes less than disagreement. The solution compares
payoffs of different players, so that it hangs on their units, and there may be several.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from games.exact import readable
from games.forms.bargaining import BargainingProblem
from games.roots import added, derivative, multiplied
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.methods.agreements import (
    CONVEX,
    NOUN,
    by_lottery,
    gains_of,
    is_agreed,
    on_frontier,
    on_points,
    told_of_none,
    weights_of,
)
from games.solvers.methods.feasible_payoffs import Agreed, Feasible
from games.solvers.methods.frontiers import Frontier, Point

NAME = "utilitarian"


def reasons(game: BargainingProblem, equilibrium: Equilibrium, settings: Mapping[str, Any]) -> Iterator[str]:
    """What the sum of gains is."""
    if not is_agreed(equilibrium):
        yield told_of_none()
        return
    weights = settings.get("weights") or dict.fromkeys(game.players, Fraction(1))
    gains = gains_of(game, equilibrium)
    total = sum(weights[player] * gain for player, gain in gains.items())
    told = ", ".join(f"{player} {readable(gain)}" for player, gain in gains.items())
    weighted = "weighted " if settings.get("weights") else ""
    yield f"Gains over disagreement are {told}; their {weighted}sum is {readable(total)}."
    yield "No agreement by which nobody loses has a greater one."


@solution_concept(
    NAME, form=BargainingProblem, noun=NOUN, no_cases_because=CONVEX, reasons=reasons, no_regret=False, own_units=False
)
def utilitarian(game: BargainingProblem, weights: Mapping[str, object] | str | None = None) -> Equilibria:
    """The agreements by which nobody loses with the greatest sum of gains; exact unless a frontier is irrational there.

    Where several have it, those that give some player the most among them are listed, and all lotteries over these are
    solutions, too. Raises `InputError` for weights that are not one above 0 for each player.
    """
    parts = weights_of(game, weights)
    settings = {} if weights is None else {"weights": parts}
    if game.frontier:
        return on_frontier(game, NAME, lambda frontier: _points(frontier, tuple(parts.values())), settings)
    return on_points(game, NAME, lambda feasible: _lotteries(game, feasible, tuple(parts.values())), settings)


def _lotteries(
    game: BargainingProblem, feasible: Feasible, weights: Sequence[Fraction]
) -> tuple[list[Equilibrium], list[str], bool]:
    def worth(row: Sequence[Fraction]) -> Fraction:
        return sum((w * gain for w, gain in zip(weights, row, strict=True)), Fraction(0))

    rows = list(feasible.gains.values())
    best = feasible.best([worth(row) for row in rows])
    greatest = Fraction(0) if best is None else worth(best.gains)
    as_good = [[worth(row) - greatest for row in rows]]
    # Above 0 everywhere, so that the weights of a lottery that is best for somebody sum to one.
    least = [min(row) for row in feasible.by_player]
    several: dict[tuple[Fraction, ...], Agreed] = {}
    for row, low in zip(feasible.by_player, least, strict=True):
        found = feasible.best([value - low + 1 for value in row], as_good)
        assert found is not None
        several.setdefault(found.gains, found)
    remarks = [] if len(several) == 1 else ["every lottery over the solutions listed is one, too"]
    return [by_lottery(game, agreed) for agreed in several.values()], remarks, len(several) == 1


def _points(frontier: Frontier, weights: Sequence[Fraction]) -> list[Point]:
    assert frontier.within is not None
    first, second = (multiplied((w,), derivative(paid)) for w, paid in zip(weights, frontier.paid, strict=True))
    slope = added(first, second)
    if slope:
        return [frontier.point(frontier.where(slope))]
    return [frontier.point(end) for end in frontier.within]
