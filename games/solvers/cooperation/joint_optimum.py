"""The joint optimum of a game of continuous choice: the choices that pay all players together the most.

What players would agree on if they could commit themselves and make up for losses by payments among them: the benchmark
of cooperation, such as free trade among countries or a cartel among firms (Nash 1953, Econometrica 21, with
transferable payoffs). It is no equilibrium of the game. The sum of the payoffs is greatest at the ends of the
intervals, or where its slopes are zero; all such profiles are found and compared exactly.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from games.exact import readable
from games.forms.continuous import ContinuousGame, Powers, value_at
from games.roots import compared
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.limits import STOPPED
from games.solvers.methods.first_order import Numbers, played, stationary

ROUNDED = "irrational choices are rounded; that they are optima was decided exactly"
AS_GOOD = "some choices pay all together as much, as far as was decided"


def together(game: ContinuousGame) -> dict[Powers, Any]:
    """The sum of all payoffs, by powers of the choices."""
    summed: dict[Powers, Any] = {}
    for paid in game.payoffs.values():
        for powers, value in paid.items():
            summed[powers] = summed.get(powers, Fraction(0)) + value
    return {powers: value for powers, value in summed.items() if value}


def reasons(game: ContinuousGame, equilibrium: Equilibrium, _settings: Mapping[str, Any]) -> Iterator[str]:
    """What all get together, and what it is made of."""
    paid = [f"{player} {readable(equilibrium.payoffs[player])}" for player in game.players]
    total = sum(equilibrium.payoffs.values())
    chosen = [f"{own.name} = {readable(equilibrium.choices[player])}" for player, own in game.choices.items()]
    yield (
        f"With {', '.join(chosen)} the players get {readable(total)} together, the most that any choices pay: "
        f"{', '.join(paid)}."
    )


@solution_concept(
    "joint-optimum",
    form=ContinuousGame,
    noun=("profile", "profiles"),
    title="joint optimum",
    no_regret=False,
    own_units=False,
    no_cases_because="that no choices pay all together more is a condition on all choices",
    reasons=reasons,
)
def joint_optimum(game: ContinuousGame) -> Equilibria:
    """Every profile of numbers at which the sum of the payoffs is greatest.

    Where first-order conditions of a degree above one have a continuum of solutions or are too large, none is listed,
    since the greatest sum may be there; where linear ones have, the sum is as great at an end, which is listed.
    """
    summed = together(game)
    candidates, doubts = stationary(game, lambda _: summed)
    linear = max((sum(powers) for powers in summed), default=0) <= 2
    if doubts and (STOPPED in doubts or not linear):
        remarks = [
            f"{doubt}; the greatest sum of the payoffs may be there" if doubt != STOPPED else doubt for doubt in doubts
        ]
        return Equilibria(game, "joint-optimum", (), complete=False, remarks=tuple(remarks))
    best, doubtful = _greatest(candidates, summed)
    found = sorted((played(game, numbers) for numbers in best), key=lambda one: list(map(float, one.choices.values())))
    exact = not any(one.is_numeric for one in found)
    remarks = [f"{doubt}; there may be more as good as those listed" for doubt in doubts]
    remarks += [AS_GOOD] if doubtful else []
    remarks += [] if exact else [ROUNDED]
    return Equilibria(game, "joint-optimum", tuple(found), not doubts and not doubtful, exact, remarks=tuple(remarks))


def _greatest(candidates: list[Numbers], summed: Mapping[Powers, Any]) -> tuple[list[Numbers], bool]:
    """The profiles with the greatest sum, and whether some are taken for as good as they could not be told apart."""
    best: list[Numbers] = []
    doubtful = False
    for numbers in candidates:
        order = compared(value_at(summed, numbers), value_at(summed, best[0])) if best else 1
        if order is None:
            doubtful, order = True, 0
        if order > 0:
            best, doubtful = [numbers], False
        elif order == 0:
            best.append(numbers)
    return best, doubtful
