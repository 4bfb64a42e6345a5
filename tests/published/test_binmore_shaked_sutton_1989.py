"""The outside option principle: Binmore, Shaked & Sutton (1989), Quarterly Journal of Economics 104.

Who has refused may walk away. An outside option changes nothing unless it is worth more than what is agreed without it,
and then it is all that its owner gets: the first to propose gets min(1/(1 + δ), 1 − w₂). Splitting the difference
above the outside option, as the Nash solution with it as disagreement point would, is not what is played.
"""

import random
from fractions import Fraction

import pytest

from games import AlternatingOffers, Equilibrium, solve
from laws.counts import long

SEED = 1989


def talks(delta: str | Fraction, outside: str | Fraction) -> Equilibrium:
    game = AlternatingOffers(
        ("One", "Two"), {"One": delta, "Two": delta}, outside={"One": 0, "Two": outside}, leavers=("Two",)
    )
    equilibria = solve(game)
    assert equilibria.exact
    assert equilibria.complete
    (only,) = equilibria
    assert "nothing else is subgame-perfect" in equilibria.remarks[0]
    return only


@pytest.mark.parametrize(("outside", "share"), [("0.3", "10/19"), ("0.6", "0.4")])
def test_an_outside_option_counts_where_it_is_worth_more(outside: str, share: str) -> None:
    found = talks("0.9", outside)
    assert found.payoffs["One"] == Fraction(share)
    leaves = found["One proposes; Two refuses"]["Walk away"]
    assert leaves == (1 if outside == "0.6" else 0)


def test_the_shares_printed_to_ten_digits() -> None:
    assert round(Fraction(talks("0.9", "0.3").payoffs["One"]), 10) == Fraction("0.5263157895")


@pytest.mark.parametrize("draws", [100, long(2_000)])
def test_the_closed_form(draws: int) -> None:
    rng = random.Random(SEED)
    bound = 0
    for _ in range(draws):
        delta, w = Fraction(rng.randint(0, 99), 100), Fraction(rng.randint(1, 996), 997)
        found = talks(delta, w)
        assert found.payoffs["One"] == min(1 / (1 + delta), 1 - w), (SEED, delta, w)
        bound += 1 - w < 1 / (1 + delta)
    assert draws // 5 < bound < draws * 4 // 5
