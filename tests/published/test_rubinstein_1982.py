"""Alternating offers without end: Rubinstein (1982), Econometrica 50.

Over a surplus of one the first to propose gets (1 − δ₂)/(1 − δ₁δ₂). The partition model bargains in just this way over
its best package, and its finite trees approach the same share.
"""

from fractions import Fraction

import pytest

from games.territory.partition import bargain

A_SURPLUS_OF_ONE = {
    "V_J": 0, "L": 0, "omega": 0, "ell": 0, "z_J": 1, "z_R": 0, "alpha_J": 0, "tau": 0, "a": 0, "h": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("delta_1", "delta_2", "share"),
    [("9/10", "8/10", "5/7"), ("9/10", "9/10", "10/19"), ("0", "1/2", "1/2"), ("1/2", "0", "1")],
)
def test_the_first_proposers_share(delta_1: str, delta_2: str, share: str) -> None:
    struck = bargain(**A_SURPLUS_OF_ONE, delta_J=delta_1, delta_R=delta_2)
    assert struck.surplus == 1
    assert (struck.japan, struck.russia) == (Fraction(share), 1 - Fraction(share))


def test_the_share_printed_to_ten_digits() -> None:
    struck = bargain(**A_SURPLUS_OF_ONE, delta_J="0.9", delta_R="0.8")
    assert round(struck.japan, 10) == Fraction("0.7142857143")
