"""Sanctions as a strike: what the old terms, a plan to suspend trade, and a threat to stop doing so are worth."""

import random
from collections import Counter
from fractions import Fraction

import pytest

from games import Equilibria, solve
from games.classics.strike import MODEL, SUSPEND, TRADE, outcome_words
from laws.counts import long

SEED = 1991
JAPAN_S, RUSSIA_S = "Japan proposes; talks go on", "Russia proposes; talks go on"


def held_up(**values: object) -> Equilibria:
    equilibria = solve(MODEL.at(**values), "pressure-trigger")
    assert equilibria.exact
    return equilibria


def test_the_instance_of_the_literature() -> None:
    """δ = .9, w = .3: the most is 127/190, 12/19 on the counter-offer, and credible as δ·12/19 ≥ w."""
    equilibria = held_up(w_R="7/10")
    best = max(equilibria, key=lambda one: one.payoffs["Japan"])
    assert best.payoffs["Japan"] == Fraction(127, 190)
    assert best.continuations["Russia proposes",]["Japan"] == Fraction(12, 19)
    assert best[JAPAN_S][SUSPEND] == best[RUSSIA_S][TRADE] == 1
    assert best.continuations["Japan proposes", "Refused"]["Japan"] == Fraction(9, 10) * Fraction(12, 19)
    assert min(one.payoffs["Japan"] for one in equilibria) == Fraction(3, 10)


def test_without_a_name_to_lose_trade_is_never_suspended() -> None:
    (found,) = solve(MODEL.at())
    assert found[JAPAN_S][TRADE] == found[RUSSIA_S][TRADE] == 1
    assert found.payoffs["Japan"] == Fraction(3, 10) + Fraction(1, 10) * Fraction(10, 19)
    assert {one.payoffs["Japan"] for one in solve(MODEL.at(w_R="7/10"))} == {Fraction(3, 10)}


@pytest.mark.parametrize("draws", [60, long(2_000)])
def test_the_most_that_a_threat_holds_up(draws: int) -> None:
    """(S + δw_J)/(1 + δ) where new terms only divide what the old ones give, as far as it is credible."""
    rng = random.Random(SEED)
    seen: Counter[bool] = Counter()
    for _ in range(draws):
        delta, S = Fraction(rng.randint(1, 99), 100), Fraction(rng.randint(50, 200), 100)
        w = S * Fraction(rng.randint(1, 996), 997)
        most = (S + delta * w) / (1 + delta)
        credible = delta * ((1 - delta) * w + delta * most) >= w
        found = held_up(S=S, w_J=w, w_R=S - w, delta_J=delta, delta_R=delta)
        assert max(one.payoffs["Japan"] for one in found) == (most if credible else w), (SEED, delta, S, w)
        seen[credible] += 1
    assert min(seen.values()) > draws // 8, seen


def test_paths_in_words() -> None:
    assert {outcome_words(path) for path in MODEL.game.paths} == {
        "New terms on Japan's offer",
        "New terms on Russia's offer",
        "No new terms",
        "Breakdown",
    }
