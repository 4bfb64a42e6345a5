"""Ratification: when a floor on a side's share helps it, and when it leaves nothing to agree on."""

import random
from collections import Counter
from fractions import Fraction

import pytest

from games import Equilibrium, solve
from games.territory.ratification import MODEL, outcome_words
from laws.counts import long

SEED = 1988
COUNTS = pytest.mark.parametrize("draws", [150, long(2_000)])


def only(**values: object) -> Equilibrium:
    equilibria = solve(MODEL.at(**values))
    assert equilibria.exact
    assert equilibria.complete
    (found,) = equilibria
    return found


@pytest.mark.parametrize(("floor", "share"), [("0.4", "10/19"), ("0.6", "0.64"), ("0.8", "0.82")])
def test_the_instances(floor: str, share: str) -> None:
    assert only(r_J=floor, r_R=0).payoffs["Japan"] == Fraction(share)


@COUNTS
def test_a_floor_of_one_side(draws: int) -> None:
    """S/(1 + δ) as long as r ≤ δ/(1 + δ), else S(1 − δ(1 − r))."""
    rng = random.Random(SEED)
    binding: Counter[bool] = Counter()
    for _ in range(draws):
        delta, r = Fraction(rng.randint(1, 99), 100), Fraction(rng.randint(0, 1008), 1009)
        S = Fraction(rng.randint(50, 200), 100)
        binds = r > delta / (1 + delta)
        expected = S * (1 - delta * (1 - r)) if binds else S / (1 + delta)
        found = only(S=S, r_J=r, r_R=0, delta_J=delta, delta_R=delta)
        assert found.payoffs["Japan"] == expected, (SEED, S, delta, r)
        binding[binds] += 1
    assert min(binding.values()) > draws // 5


@COUNTS
def test_two_floors_leave_something_to_agree_on_or_not(draws: int) -> None:
    """An agreement exactly if they are no more than the whole; then each side gets its floor at least."""
    rng = random.Random(SEED)
    agreed: Counter[bool] = Counter()
    for _ in range(draws):
        r_J, r_R = (Fraction(rng.randint(0, 1009), 1009) for _ in range(2))
        d_J, d_R = (Fraction(rng.randint(1, 99), 100) for _ in range(2))
        if r_J + r_R == 1:
            continue
        found = only(r_J=r_J, r_R=r_R, delta_J=d_J, delta_R=d_R)
        words = outcome_words(found.outcomes[0].path)
        agreed[r_J + r_R < 1] += 1
        if r_J + r_R < 1:
            assert words == "Agreement on Japan's offer"
            assert found.payoffs["Japan"] >= r_J
            assert found.payoffs["Russia"] >= r_R
            assert sum(found.payoffs.values()) == 1
        else:
            assert words == "The freeze goes on"
            assert found.payoffs == {"Japan": 0, "Russia": 0}
    assert min(agreed.values()) > draws // 5


def test_by_default_the_floors_leave_nothing() -> None:
    found = only()
    assert outcome_words(found.outcomes[0].path) == "The freeze goes on"
    assert found.payoffs == {"Japan": 0, "Russia": 0}


def test_what_russia_gives_up_of_its_floor_opens_an_agreement() -> None:
    assert outcome_words(only(r_R="399/1000").outcomes[0].path) == "Agreement on Japan's offer"
    assert outcome_words(only(r_R="401/1000").outcomes[0].path) == "The freeze goes on"


def test_paths_in_words() -> None:
    assert {outcome_words(path) for path in MODEL.game.paths} == {
        "Agreement on Japan's offer",
        "Agreement on Russia's offer",
        "The freeze goes on",
    }
