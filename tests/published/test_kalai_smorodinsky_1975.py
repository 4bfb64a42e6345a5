"""The Kalai–Smorodinsky solution: Kalai & Smorodinsky (1975), Econometrica 43.

On the frontier u₂ = √(1 − u₁) it gives (√5 − 1)/2 to both with nothing in disagreement, and .5982982182 to the first
with disagreement payoffs (.1, .2). The paper's complaint about the Nash solution: a player may lose by it when all
that could be agreed on becomes better for it.
"""

from fractions import Fraction

import pytest

from games import BargainingProblem, solve

NAME = "kalai-smorodinsky"


@pytest.mark.parametrize(("d_1", "d_2", "first"), [("0", "0", (5**0.5 - 1) / 2), ("0.1", "0.2", 0.5982982182)])
def test_on_a_smooth_frontier(d_1: str, d_2: str, first: float) -> None:
    game = BargainingProblem.along({"One": "1 - t**2", "Two": "t"}, {"One": d_1, "Two": d_2})
    equilibria = solve(game, NAME)
    assert equilibria.complete
    (found,) = equilibria
    assert found.payoffs["One"] == pytest.approx(first, abs=5e-11)


def test_a_player_never_loses_by_what_is_better_for_it() -> None:
    """From the hull of (1, 0), (3/4, 3/4), (0, 1) to that with (1, 7/10): the second loses by the Nash solution."""
    nothing = {"One": 0, "Two": 0}
    small = BargainingProblem(nothing, {"a": (1, 0), "b": ("3/4", "3/4"), "c": (0, 1)})
    large = BargainingProblem(nothing, {"a": (1, "7/10"), "c": (0, 1)})
    nash = [solve(game)[0].payoffs["Two"] for game in (small, large)]
    assert nash == [Fraction(3, 4), Fraction(7, 10)]
    monotone = [solve(game, NAME)[0].payoffs["Two"] for game in (small, large)]
    assert monotone == [Fraction(3, 4), Fraction(10, 13)]
