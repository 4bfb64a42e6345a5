"""Inside options: Muthoo (1999), Bargaining Theory with Applications, chapter 6.

While talks last each side has something, worth g if it lasted for ever. The first to propose gets
g₁ + (1 − g₁ − g₂)(1 − δ₂)/(1 − δ₁δ₂): both keep what they have, and bargain over the rest.
"""

import random
from fractions import Fraction

import pytest

from games import AlternatingOffers, Equilibrium, solve
from laws.counts import long

SEED = 1999


def talks(d_1: str | Fraction, d_2: str | Fraction, g_1: str | Fraction, g_2: str | Fraction) -> Equilibrium:
    equilibria = solve(AlternatingOffers(("One", "Two"), {"One": d_1, "Two": d_2}, inside={"One": g_1, "Two": g_2}))
    assert equilibria.exact
    assert equilibria.complete
    (only,) = equilibria
    return only


def test_the_share_printed_to_ten_digits() -> None:
    share = Fraction(talks("0.9", "0.8", "0.1", "0.3").payoffs["One"])
    assert share == Fraction(37, 70)
    assert round(share, 10) == Fraction("0.5285714286")


@pytest.mark.parametrize("draws", [100, long(2_000)])
def test_the_closed_form(draws: int) -> None:
    rng = random.Random(SEED)
    for _ in range(draws):
        d_1, d_2 = (Fraction(rng.randint(0, 99), 100) for _ in range(2))
        g_1, g_2 = (Fraction(rng.randint(-99, 99), 100) for _ in range(2))
        if g_1 + g_2 >= 1:
            continue
        found = talks(d_1, d_2, g_1, g_2)
        assert found.payoffs["One"] == g_1 + (1 - g_1 - g_2) * (1 - d_2) / (1 - d_1 * d_2), (SEED, d_1, d_2, g_1, g_2)


def test_where_what_they_have_is_worth_more_than_the_pie_talks_go_on() -> None:
    found = talks("0.9", "0.8", "0.6", "0.5")
    assert found.payoffs == {"One": Fraction(3, 5), "Two": Fraction(1, 2)}
    assert found.outcomes[0].path == ("Talks for ever",)
