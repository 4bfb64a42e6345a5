"""Talks that may break down: Binmore, Rubinstein & Wolinsky (1986), RAND Journal of Economics 17.

Nobody minds waiting, but every refusal ends talks with probability p, and b is what is then paid. The first to propose
gets b₁ + (1 − b₁ − b₂)/(2 − p); as the risk vanishes this tends to the Nash solution with b as disagreement point.
"""

import random
from fractions import Fraction

import pytest

from games import AlternatingOffers, Equilibrium, solve
from laws.counts import long

SEED = 1986


def talks(risk: str | Fraction, b_1: str | Fraction, b_2: str | Fraction) -> Equilibrium:
    game = AlternatingOffers(
        ("One", "Two"), {"One": 1, "Two": 1}, breakdown_risk=risk, breakdown={"One": b_1, "Two": b_2}
    )
    equilibria = solve(game)
    assert equilibria.exact
    assert equilibria.complete
    (only,) = equilibria
    return only


def test_the_share_printed_to_ten_digits() -> None:
    share = Fraction(talks("0.1", "0.2", "0.1").payoffs["One"])
    assert share == Fraction(54, 95)
    assert round(share, 10) == Fraction("0.5684210526")


@pytest.mark.parametrize("draws", [100, long(2_000)])
def test_the_closed_form(draws: int) -> None:
    rng = random.Random(SEED)
    for _ in range(draws):
        p, b_1 = Fraction(rng.randint(1, 1000), 1000), Fraction(rng.randint(-999, 999), 1000)
        b_2 = Fraction(rng.randint(-999, 999), 1000)
        if b_1 + b_2 >= 1:
            continue
        found = talks(p, b_1, b_2)
        assert found.payoffs["One"] == b_1 + (1 - b_1 - b_2) / (2 - p), (SEED, p, b_1, b_2)
        assert found.outcomes[0].path == ("One proposes", "Agreement")


def test_as_the_risk_vanishes_both_gain_alike() -> None:
    gaps = []
    for k in range(1, 7):
        paid = talks(Fraction(1, 10**k), "1/5", "1/10").payoffs
        gaps.append((paid["One"] - Fraction(1, 5)) - (paid["Two"] - Fraction(1, 10)))
    assert gaps == sorted(gaps, reverse=True)
    assert 0 < gaps[-1] < Fraction(1, 10**6)
