"""The egalitarian and proportional solutions: Kalai (1977), Econometrica 45.

On the frontier u₂ = √(1 − u₁) equal gains are (√5 − 1)/2 with nothing in disagreement, and give the first .5618950039
with disagreement payoffs (.1, .2). The solution can be reached in steps: agreeing first on less, and then from there.
"""

from fractions import Fraction

import pytest

from games import BargainingProblem, solve

NAME = "egalitarian"


@pytest.mark.parametrize(("d_1", "d_2", "first"), [("0", "0", (5**0.5 - 1) / 2), ("0.1", "0.2", 0.5618950039)])
def test_on_a_smooth_frontier(d_1: str, d_2: str, first: float) -> None:
    game = BargainingProblem.along({"One": "1 - t**2", "Two": "t"}, {"One": d_1, "Two": d_2})
    (found,) = equilibria = solve(game, NAME)
    assert found.payoffs["One"] == pytest.approx(first, abs=5e-11)
    assert found.payoffs["Two"] == pytest.approx(first + float(d_2) - float(d_1), abs=1e-10)
    assert equilibria.complete


def test_proportions() -> None:
    game = BargainingProblem({"One": 0, "Two": 0}, {"a": (6, 0), "b": (0, 6)})
    (found,) = solve(game, NAME, weights={"One": 2, "Two": 1})
    assert found.payoffs == {"One": 4, "Two": 2}


def test_it_may_be_reached_in_steps() -> None:
    points = {"a": (5, 0, 1), "b": (0, 4, 2), "c": (1, 2, 6)}
    whole = BargainingProblem({"One": 0, "Two": 0, "Three": 0}, points)
    (reached,) = solve(whole, NAME)
    halved = BargainingProblem(
        dict.fromkeys(whole.players, 0), {name: tuple(Fraction(v, 2) for v in row) for name, row in points.items()}
    )
    (first,) = solve(halved, NAME)
    (then,) = solve(BargainingProblem(first.payoffs, points), NAME)
    assert then.payoffs == reached.payoffs
