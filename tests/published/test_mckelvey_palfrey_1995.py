"""Quantal response equilibria for normal form games: McKelvey & Palfrey (1995), Games and Economic Behavior 10.

Matching pennies in which Row's payoff from one match is 9 instead of 1, played in the laboratory by Ochs (1995), Games
and Economic Behavior 10. Row's mixture in the only Nash equilibrium, one half, does not depend on the 9; in a logit
equilibrium Row plays the first strategy more often.
"""

from fractions import Fraction
from math import exp

import pytest

from games import StrategicGame, solve
from games.solvers.response.logit_branch import branch

PENNIES = StrategicGame.bimatrix([[9, 0], [0, 1]], [[0, 1], [1, 0]], {"Row": ("U", "D"), "Column": ("L", "R")})
HUNT = StrategicGame.bimatrix([[9, 0], [8, 7]], [[9, 8], [0, 7]], {"One": ("Stag", "Hare"), "Other": ("Stag", "Hare")})


@pytest.mark.parametrize(
    ("rationality", "up", "left"), [(1, 0.8935763306, 0.3127803750), (5, 0.7019842368, 0.1171352913)]
)
def test_the_logit_equilibrium_of_asymmetric_matching_pennies(rationality: int, up: float, left: float) -> None:
    (found,) = solve(PENNIES, "logit", rationality=rationality)
    assert found["Row"]["U"] == pytest.approx(up, abs=6e-11)
    assert found["Column"]["L"] == pytest.approx(left, abs=6e-11)
    p, q = found["Row"]["U"], found["Column"]["L"]
    assert p == pytest.approx(1 / (1 + exp(-rationality * (10 * q - 1))), abs=1e-12)
    assert q == pytest.approx(1 / (1 + exp(-rationality * (1 - 2 * p))), abs=1e-12)


def test_row_plays_the_favoured_strategy_more_often_at_every_rationality() -> None:
    points = branch(PENNIES)
    assert all(point.strategies["Row"]["U"] > 0.5 for point in points[1:])
    assert [point.rationality for point in points] == sorted(point.rationality for point in points)


def test_the_branch_ends_in_the_only_nash_equilibrium() -> None:
    limit = solve(PENNIES, "logit")
    assert limit.exact
    assert [limit[0].strategies] == [e.strategies for e in solve(PENNIES, "nash")]
    assert limit[0]["Row"]["U"] == Fraction(1, 2)


def test_the_branch_of_a_stag_hunt_ends_in_the_risk_dominant_equilibrium() -> None:
    assert solve(HUNT, "logit")[0]["One"] == {"Stag": 0, "Hare": 1}
