"""The egalitarian solution: everybody gains the same over disagreement, and as much as is possible so.

Definition: Kalai (1977), Econometrica 45, where gains are in given proportions, which are the weights here. It is the
only weakly efficient, symmetric solution by which nobody loses when more becomes possible. It compares the payoffs of
different players, so that it hangs on their units.
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
    weights_of,
)

NAME = "egalitarian"


def reasons(game: BargainingProblem, equilibrium: Equilibrium, settings: Mapping[str, Any]) -> Iterator[str]:
    """That everybody gains the same, in units of its weight, and that more is not possible so."""
    if not is_agreed(equilibrium):
        yield told_of_none()
        return
    weights = settings.get("weights") or dict.fromkeys(game.players, Fraction(1))
    for player, gain in gains_of(game, equilibrium).items():
        part = f", which is {readable(gain / weights[player])} times its weight" if settings.get("weights") else ""
        yield f"{player} gains {readable(gain)} over disagreement{part}."
    yield "No agreement gives everybody more in the same proportion."


@solution_concept(
    NAME, form=BargainingProblem, noun=NOUN, no_cases_because=CONVEX, reasons=reasons, no_regret=False, own_units=False
)
def egalitarian(game: BargainingProblem, weights: Mapping[str, object] | str | None = None) -> Equilibria:
    """The egalitarian solution, or with ``weights`` the proportional one; exact unless a frontier makes it irrational.

    Without free disposal there is none where no agreement gives gains in this proportion. Raises `InputError` for
    weights that are not one above 0 for each player.
    """
    parts = weights_of(game, weights)
    settings = {} if weights is None else {"weights": parts}
    direction = tuple(parts.values())
    if game.frontier:
        return on_frontier(game, NAME, lambda frontier: frontier.in_proportion(direction), settings)
    return on_points(game, NAME, lambda feasible: in_proportion(game, feasible, direction), settings)
