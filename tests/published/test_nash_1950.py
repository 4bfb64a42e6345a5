"""The Nash solution: Nash (1950), Econometrica 18.

On the frontier u₂ = √(1 − u₁), which is u₁ = 1 − t², u₂ = t, it gives u₁ = 2/3 with nothing in disagreement, and
.6175424651 with disagreement payoffs (.1, .2). The example of the paper is a barter of ten goods, by lotteries.
"""

from fractions import Fraction
from itertools import product

import pytest

from games import BargainingProblem, Equilibria, solve

CURVE = {"One": "1 - t**2", "Two": "t"}


def nash(d_1: str, d_2: str) -> Equilibria:
    equilibria = solve(BargainingProblem.along(CURVE, {"One": d_1, "Two": d_2}))
    assert equilibria.complete
    assert not equilibria.exact
    return equilibria


@pytest.mark.parametrize(
    ("d_1", "d_2", "first", "exactly"),
    [
        ("0", "0", 2 / 3, "One 2/3, Two √(3)/3"),
        ("0.1", "0.2", 0.6175424651, "One 311/450 - √(274)/225, Two 1/15 + √(274)/30"),
    ],
)
def test_on_a_smooth_frontier(d_1: str, d_2: str, first: float, exactly: str) -> None:
    (found,) = equilibria = nash(d_1, d_2)
    assert found.payoffs["One"] == pytest.approx(first, abs=5e-11)
    assert found.payoffs["Two"] == pytest.approx((1 - first) ** 0.5, abs=1e-10)
    assert equilibria.remarks[0].endswith(f"exactly: {exactly}")


def test_where_the_root_is_rational_the_answer_is_exact() -> None:
    """On u₂ = 1 − u₁² with disagreement payoffs (0, 1/4) the condition is 3/4 = 3u₁²."""
    equilibria = solve(BargainingProblem.along({"One": "t", "Two": "1 - t**2"}, {"One": "0", "Two": "1/4"}))
    assert equilibria.exact
    assert equilibria[0].payoffs == {"One": Fraction(1, 2), "Two": Fraction(3, 4)}


BILL = {"book": (2, 4), "whip": (2, 2), "ball": (2, 1), "bat": (2, 2), "box": (4, 1)}
JACK = {"pen": (10, 1), "toy": (4, 1), "knife": (6, 2), "hat": (2, 2)}
"""What each owns, and what it is worth to Bill and to Jack."""


def test_the_barter_of_the_paper() -> None:
    """Bill gives the book, whip, ball and bat, and gets the pen, toy and knife: gains of 12 and 5, by no lottery."""
    points = {}
    for given in product((False, True), repeat=len(BILL)):
        for got in product((False, True), repeat=len(JACK)):
            lost = [worth for worth, away in zip(BILL.values(), given, strict=True) if away]
            won = [worth for worth, away in zip(JACK.values(), got, strict=True) if away]
            points[" ".join(str(int(one)) for one in (*given, *got))] = (
                sum(w[0] for w in won) - sum(w[0] for w in lost),
                sum(w[1] for w in lost) - sum(w[1] for w in won),
            )
    # Only bargains that no other one beats can be agreed.
    undominated = {
        name: paid
        for name, paid in points.items()
        if not any(other != paid and other[0] >= paid[0] and other[1] >= paid[1] for other in points.values())
    }
    equilibria = solve(BargainingProblem({"Bill": 0, "Jack": 0}, undominated))
    assert equilibria.exact
    (found,) = equilibria
    assert found.payoffs == {"Bill": 12, "Jack": 5}
    assert {path.path[0] for path in found.outcomes} == {"1 1 1 1 0 1 1 1 0"}
