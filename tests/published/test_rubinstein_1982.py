"""Alternating offers without end: Rubinstein (1982), Econometrica 50.

Over a surplus of one the first to propose gets (1 − δ₂)/(1 − δ₁δ₂). The partition model bargains in just this way over
its best package.
"""

import random
from fractions import Fraction

import pytest

from games import AlternatingOffers, Equilibrium, solve
from games.territory.partition import bargain
from games.territory.partition import talks as talks_over_the_islands
from laws.counts import long

SEED = 1982
SHARES = [("9/10", "8/10", "5/7"), ("9/10", "9/10", "10/19"), ("0", "1/2", "1/2"), ("1/2", "0", "1")]
A_SURPLUS_OF_ONE = {
    "V_J": 0, "L": 0, "omega": 0, "ell": 0, "z_J": 1, "z_R": 0, "alpha_J": 0, "tau": 0, "a": 0, "h": 0,
}  # fmt: skip


def talks(delta_1: str | Fraction, delta_2: str | Fraction) -> Equilibrium:
    equilibria = solve(AlternatingOffers(("One", "Two"), {"One": delta_1, "Two": delta_2}))
    assert equilibria.exact
    assert equilibria.complete
    assert "nothing else is subgame-perfect" in equilibria.remarks[0]
    (only,) = equilibria
    return only


@pytest.mark.parametrize(("delta_1", "delta_2", "share"), SHARES)
def test_the_first_proposers_share(delta_1: str, delta_2: str, share: str) -> None:
    found = talks(delta_1, delta_2)
    assert found.payoffs == {"One": Fraction(share), "Two": 1 - Fraction(share)}
    assert found.outcomes[0].path == ("One proposes", "Agreement")


@pytest.mark.parametrize("draws", [100, long(2_000)])
def test_the_closed_form(draws: int) -> None:
    rng = random.Random(SEED)
    for _ in range(draws):
        d_1, d_2 = (Fraction(rng.randint(0, 999), 1000) for _ in range(2))
        assert talks(d_1, d_2).payoffs["One"] == (1 - d_2) / (1 - d_1 * d_2), (SEED, d_1, d_2)


def test_the_share_printed_to_ten_digits() -> None:
    assert round(Fraction(talks("0.9", "0.8").payoffs["One"]), 10) == Fraction("0.7142857143")


@pytest.mark.parametrize(("delta_1", "delta_2", "share"), SHARES)
def test_the_bargain_over_the_islands_is_this_one(delta_1: str, delta_2: str, share: str) -> None:
    struck = bargain(**A_SURPLUS_OF_ONE, delta_J=delta_1, delta_R=delta_2)
    assert struck.surplus == 1
    assert (struck.japan, struck.russia) == (Fraction(share), 1 - Fraction(share))
    (found,) = solve(talks_over_the_islands(**A_SURPLUS_OF_ONE, delta_J=delta_1, delta_R=delta_2))
    assert found.payoffs == {"Japan": struck.japan, "Russia": struck.russia}
