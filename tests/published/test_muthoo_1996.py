"""Commitments that can be revoked at a cost: Muthoo (1996), Journal of Economic Theory 69.

Both sides at once announce which share of a pie of one they demand. Demands that add up to one at most are met, and the
rest is halved. Otherwise the two bargain, and the Nash solution decides, where whoever takes a share x below its demand
z loses k(z − x) besides. The only demands that hold each other up give the first (1 + k₁)/(2 + k₁ + k₂): the higher
the cost of revoking its own demand, the more a side gets. Here each pair of demands is a bargaining problem, solved as
such, and the demands are a game in strategic form on a grid.
"""

from fractions import Fraction
from functools import cache

import pytest

from games import BargainingProblem, StrategicGame, solve

Shares = tuple[Fraction, Fraction]


@cache
def shares(demands: Shares, costs: Shares) -> Shares:
    """What both get from these demands, costs of revoking them taken off."""
    one, two = demands
    if one + two <= 1:
        rest = (1 - one - two) / 2
        return one + rest, two + rest
    corners = {}
    for x in sorted({Fraction(0), 1 - two, one, Fraction(1)}):
        lost = costs[0] * max(0, one - x), costs[1] * max(0, two - (1 - x))
        corners[f"the first gets {x}"] = (x - lost[0], 1 - x - lost[1])
    equilibria = solve(BargainingProblem({"One": 0, "Two": 0}, corners))
    assert equilibria.exact
    paid = equilibria[0].payoffs
    return Fraction(paid["One"]), Fraction(paid["Two"])


def demand_game(costs: Shares, grid: int) -> StrategicGame:
    demands = [Fraction(k, grid) for k in range(grid + 1)]
    own = tuple(map(str, demands))
    return StrategicGame(
        {"One": own, "Two": own}, {(str(a), str(b)): shares((a, b), costs) for a in demands for b in demands}
    )


@pytest.mark.parametrize(
    ("k_1", "k_2", "share"), [("1", "1/4", "8/13"), ("1", "1", "1/2"), ("3", "1/2", "8/11"), ("0", "2", "1/4")]
)
def test_the_shares_that_hold_each_other_up(k_1: str, k_2: str, share: str) -> None:
    """On a grid that holds them: nobody gains by another demand, and no other division is held up."""
    costs, expected = (Fraction(k_1), Fraction(k_2)), Fraction(share)
    assert expected == (1 + costs[0]) / (2 + costs[0] + costs[1])
    equilibria = solve(demand_game(costs, expected.denominator * 2), "pure-nash")
    assert {one.payoffs["One"] for one in equilibria} == {expected}
    demanded = {str(one) for one in equilibria}
    assert f"One: {expected}, Two: {1 - expected}" in demanded


def test_the_share_printed_to_ten_digits() -> None:
    assert round(Fraction(8, 13), 10) == Fraction("0.6153846154")


def test_demands_that_fit_are_not_held_up_elsewhere() -> None:
    """At any other division somebody gains by demanding a little more."""
    costs = (Fraction(1), Fraction(1, 4))
    for k in range(1, 26):
        demands = (Fraction(k, 26), 1 - Fraction(k, 26))
        now = shares(demands, costs)
        step = Fraction(1, 1000)
        more = (
            shares((demands[0] + step, demands[1]), costs)[0],
            shares((demands[0], demands[1] + step), costs)[1],
        )
        assert (more[0] <= now[0] and more[1] <= now[1]) == (demands[0] == Fraction(8, 13)), k
