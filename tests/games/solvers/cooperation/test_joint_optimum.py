"""The joint optimum, against a grid and known games."""

import random
from fractions import Fraction
from itertools import product

import pytest
import sympy

from games import ContinuousGame, solve
from games.forms.continuous import Interval
from games.solvers.limits import STOPPED, time_limit

SEED = 1953
x, y = sympy.symbols("x y")
UNIT = {"A": (x, 0, 1), "B": (y, 0, 1)}


def test_a_cartel_sells_less_than_rivals() -> None:
    differing = ContinuousGame.of(UNIT, {"A": (1 - x - y / 2) * x, "B": (1 - y - x / 2) * y})
    (cartel,) = solve(differing, "joint-optimum")
    (rivals,) = solve(differing)
    assert cartel.choices == {"A": Fraction(1, 3), "B": Fraction(1, 3)}
    assert rivals.choices == {"A": Fraction(2, 5), "B": Fraction(2, 5)}
    assert sum(map(Fraction, cartel.payoffs.values())) > sum(map(Fraction, rivals.payoffs.values()))


def test_where_only_the_sum_of_choices_counts_the_ends_are_listed_and_more_is_said_to_be_there() -> None:
    found = solve(ContinuousGame.of(UNIT, {"A": (1 - x - y) * x, "B": (1 - x - y) * y}), "joint-optimum")
    assert [tuple(one.choices.values()) for one in found] == [(0, Fraction(1, 2)), (Fraction(1, 2), 0)]
    assert not found.complete
    assert "there may be more as good" in found.remarks[0]


def test_where_the_greatest_sum_may_be_elsewhere_none_is_listed() -> None:
    """The sum is greatest on the circle x² + y² = 1/2, which is not listed; no end is as good."""
    circle = ContinuousGame.of(UNIT, {"A": -((x**2 + y**2 - sympy.Rational(1, 2)) ** 2), "B": 0})
    found = solve(circle, "joint-optimum")
    assert (len(found), found.complete) == (0, False)
    assert "the greatest sum of the payoffs may be there" in found.remarks[0]


def test_irrational_optima_are_compared_exactly() -> None:
    game = ContinuousGame.of({"A": (x, -2, 2)}, {"A": -((x**2 - 2) ** 2)})
    found = solve(game, "joint-optimum")
    assert [one.choices["A"] for one in found] == pytest.approx([-(2**0.5), 2**0.5])
    assert (found.exact, found.complete) == (False, True)
    tilted = ContinuousGame.of({"A": (x, -2, 2)}, {"A": -((x**2 - 2) ** 2) + x * sympy.Rational(1, 10**30)})
    (only,) = solve(tilted, "joint-optimum")
    assert only.choices["A"] == pytest.approx(2**0.5)


def test_no_point_of_a_grid_pays_all_together_more() -> None:
    rng = random.Random(SEED)
    powers = [(i, j) for i in range(3) for j in range(3 - i)]
    for number in range(60):
        payoffs = {p: {own: Fraction(rng.randint(-3, 3)) for own in powers} for p in "AB"}
        game = ContinuousGame({p: Interval(p.lower(), Fraction(-1), Fraction(1)) for p in "AB"}, payoffs)
        found = solve(game, "joint-optimum")
        grid = product([Fraction(k, 8) for k in range(-8, 9)], repeat=2)
        most = max(sum(game.payoff(point, p) for p in "AB") for point in grid)
        assert {sum(map(Fraction, one.payoffs.values())) >= most for one in found} == {True}, (SEED, number)
        assert len({sum(map(Fraction, one.payoffs.values())) for one in found}) == 1


def test_the_search_stops_when_the_time_is_up() -> None:
    with time_limit(1e-9):
        found = solve(ContinuousGame.of(UNIT, {"A": x, "B": y}), "joint-optimum")
    assert (len(found), found.complete, found.remarks) == (0, False, (STOPPED,))
