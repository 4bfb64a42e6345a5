"""Striking for a bargain: Fernandez & Glazer (1991), American Economic Review 81; Haller & Holden (1990).

A union and a firm divide a pie of one each round, the union getting an old wage w as long as it works without a new
contract, and nothing, as the firm, if it strikes. The union decides anew after every refusal. Wages from w to
(1 + δw)/(1 + δ), the most that the union can get when it proposes first, are agreed in some equilibrium; the most is
had by striking after its own offer is refused, and by working after it has refused the firm's.
"""

import random
from fractions import Fraction

import pytest

from games import AlternatingOffers, Equilibria, solve
from laws.counts import long

SEED = 1991
UNION, FIRM = "Union", "Firm"


def talks(delta: str | Fraction, w: str | Fraction) -> Equilibria:
    old = {UNION: w, FIRM: 1 - Fraction(w)}
    game = AlternatingOffers(
        (UNION, FIRM),
        {UNION: delta, FIRM: delta},
        inside={"Strike": {UNION: 0, FIRM: 0}, "Work": old},
        presser=UNION,
    )
    return solve(game, "pressure-trigger")


def test_the_instance() -> None:
    """δ = .9, w = .3: 127/190, with 12/19 when the firm proposes; the strike is credible as δ·12/19 ≥ w."""
    equilibria = talks("0.9", "0.3")
    assert {one.payoffs[UNION] for one in equilibria} == {Fraction(127, 190), Fraction(10, 19), Fraction(3, 10)}
    best = max(equilibria, key=lambda one: one.payoffs[UNION])
    assert best.continuations["Firm proposes",][UNION] == Fraction(12, 19)
    assert best["Union proposes; talks go on"]["Strike"] == 1
    assert best["Firm proposes; talks go on"]["Work"] == 1
    assert Fraction(9, 10) * Fraction(12, 19) >= Fraction(3, 10)


def test_without_a_name_to_lose_the_union_gets_the_old_wage() -> None:
    found = solve(talks("0.9", "0.3").game)
    assert {one.payoffs[UNION] for one in found} == {Fraction(3, 10)}
    assert {one["Union proposes; talks go on"]["Strike"] for one in found} == {0}


@pytest.mark.parametrize("draws", [60, long(2_000)])
def test_the_closed_form(draws: int) -> None:
    """The most is x = (1 + δw)/(1 + δ) where the strike is credible, δ((1 − δ)w + δx) ≥ w; the least is w."""
    rng = random.Random(SEED)
    credible = 0
    for _ in range(draws):
        delta, w = Fraction(rng.randint(1, 99), 100), Fraction(rng.randint(1, 996), 997)
        wages = [one.payoffs[UNION] for one in talks(delta, w)]
        most = (1 + delta * w) / (1 + delta)
        counter = (1 - delta) * w + delta * most
        holds = delta * counter >= w
        credible += holds
        assert min(wages) == w, (SEED, delta, w)
        assert max(wages) == (most if holds else w), (SEED, delta, w)
    assert draws // 5 < credible < draws
