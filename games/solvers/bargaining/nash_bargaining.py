"""The Nash solution of a bargaining problem: the product of gains over disagreement is as great as possible.

Definition: Nash (1950), Econometrica 18: the only efficient, symmetric solution that does not hang on units and does
not change when agreements that are not chosen become impossible. With weights the product is of powers of the gains
(Harsanyi & Selten 1972, Management Science 18). It is what players agree on who propose in turn, when hardly any time
passes between offers; the weights then are those of their patience (Binmore, Rubinstein & Wolinsky 1986, RAND Journal
of Economics 17).
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import floor, log10
from typing import Any

from games.cases import spelled
from games.exact import readable
from games.forms.bargaining import BargainingProblem
from games.roots import added, derivative, multiplied
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.limits import STOPPED
from games.solvers.methods.agreements import (
    CONVEX,
    NOUN,
    by_lottery,
    gains_of,
    is_agreed,
    numerically,
    on_frontier,
    on_points,
    told_of_none,
    weights_of,
)
from games.solvers.methods.feasible_payoffs import Agreed, Feasible
from games.solvers.methods.frontiers import Frontier, Point
from games.solvers.methods.nash_product import greatest_product

NAME = "nash-bargaining"


def reasons(game: BargainingProblem, equilibrium: Equilibrium, settings: Mapping[str, Any]) -> Iterator[str]:
    """What everybody gains, and that nothing else is better where gains count as they do in the product."""
    if not is_agreed(equilibrium):
        yield told_of_none()
        return
    weights = settings.get("weights") or dict.fromkeys(game.players, Fraction(1))
    gains = gains_of(game, equilibrium)
    told = ", ".join(f"{player} {readable(gain)}" for player, gain in gains.items())
    yield f"Gains over disagreement are {told}."
    prices = {player: weights[player] / gain for player, gain in gains.items() if gain}
    if prices:
        told = ", ".join(f"{player} {readable(price)}" for player, price in prices.items())
        over = "its weight" if settings.get("weights") else "one"
        yield (
            f"If each gain counts as much as {over} divided by it ({told}), no agreement gives more in sum than this "
            "one, so that the product of gains is greatest here."
        )


@solution_concept(NAME, form=BargainingProblem, noun=NOUN, no_cases_because=CONVEX, reasons=reasons, no_regret=False)
def nash_bargaining(game: BargainingProblem, weights: Mapping[str, object] | str | None = None) -> Equilibria:
    """The Nash solution, symmetric unless ``weights`` are given, by player or as text such as "2, 1".

    >>> game = BargainingProblem({"A": 0, "B": 0}, {"x": (4, 0), "y": (2, 3), "z": (0, 4)})
    >>> nash_bargaining(game)[0].payoffs
    {'A': Fraction(2, 1), 'B': Fraction(3, 1)}

    For two players and points it is exact. For more it is exact where it is found to be rational; elsewhere, and where
    a frontier makes it irrational, it is numeric, and a remark says how near. Players who cannot gain are left out of
    the product. Raises `InputError` for weights that are not one above 0 for each player.
    """
    parts = weights_of(game, weights)
    settings = {} if weights is None else {"weights": parts}
    if game.frontier:
        return on_frontier(game, NAME, lambda frontier: _point(frontier, tuple(parts.values())), settings)
    stopped: list[bool] = []

    def chosen(feasible: Feasible) -> tuple[list[Equilibrium], list[str], bool]:
        found, remarks = _lottery(game, feasible, parts)
        stopped.extend([True] * (not found))
        return found, remarks, bool(found)

    return on_points(game, NAME, chosen, settings)


def _lottery(
    game: BargainingProblem, feasible: Feasible, weights: Mapping[str, Fraction]
) -> tuple[list[Equilibrium], list[str]]:
    able = [k for k, most in enumerate(feasible.most) if most > 0]
    others = [player for k, player in enumerate(game.players) if k not in able]
    remarks = [f"{', '.join(others)} cannot gain and is left out of the product"] if others else []
    made = _without(feasible, able)
    among = Feasible({name: tuple(feasible.gained(lottery)[k] for k in able) for name, lottery in made.items()})
    found = greatest_product(among, tuple(weights[game.players[k]] for k in able))
    if found is None:
        return [], [STOPPED]
    shares = dict.fromkeys(feasible.gains, Fraction(0))
    for name, weight in found.agreed.weights.items():
        for point, share in made[name].items():
            shares[point] += weight * share
    agreed = Agreed(shares, feasible.gained(shares))
    if not found.error:
        return [by_lottery(game, agreed)], remarks
    digits = max(0, floor(-log10(found.error)))
    remarks.append(f"each gain is correct to {digits} significant digits, as far as floats are; it may be irrational")
    return [numerically(game, agreed)], remarks


def _without(feasible: Feasible, able: Sequence[int]) -> dict[str, dict[str, Fraction]]:
    """The lotteries over points of which all consist that give those who cannot gain just nothing.

    For each of them: points that give it nothing, and pairs of which one gives and the other takes.
    """
    made = {name: {name: Fraction(1)} for name in feasible.gains}
    for k in range(feasible.count):
        if k in able:
            continue
        gains = {name: feasible.gained(lottery)[k] for name, lottery in made.items()}
        fresh = {name: made[name] for name, gain in gains.items() if gain == 0}
        for (one, more), (other, less) in product(gains.items(), repeat=2):
            if more > 0 > less:
                mix = ((one, -less / (more - less)), (other, more / (more - less)))
                joined: dict[str, Fraction] = {}
                for name, share in mix:
                    for point, weight in made[name].items():
                        joined[point] = joined.get(point, Fraction(0)) + share * weight
                fresh[spelled((one, other))] = joined
        made = fresh
    return made


def _point(frontier: Frontier, weights: Sequence[Fraction]) -> list[Point]:
    """Where w₁u₁′(u₂ − d₂) + w₂u₂′(u₁ − d₁) changes its sign."""
    first, second = (
        multiplied((w,), multiplied(derivative(paid), gain))
        for w, paid, gain in zip(weights, frontier.paid, reversed(frontier.gains), strict=True)
    )
    return [frontier.point(frontier.where(added(first, second)))]
