"""Preventive war: how far power may shift before the declining side fights comes back from the tree."""

import random
from collections import Counter
from fractions import Fraction

import pytest

from games import solve
from games.classics.preventive_war import MODEL, outcome_words

SEED = 1995


def played(**values: object) -> set[str]:
    return {outcome_words(end.path) for one in solve(MODEL.at(**values)) for end in one.outcomes}


WAR, PEACE = "War now, before power shifts", "Peace now and later"


def drawn(rng: random.Random) -> dict[str, Fraction]:
    """Values about the threshold of the shift, within the assumptions."""

    def part(low: Fraction | int, high: Fraction | int) -> Fraction:
        return low + (high - low) * Fraction(rng.randrange(1, 10**6), 10**6)

    while True:
        v = {name: part(0, 1) for name in ("p_1", "p_2", "c_A", "c_B", "delta", "phi")} | {"V": part(Fraction(1, 2), 2)}
        if v["p_1"] <= v["p_2"] and v["p_2"] * v["V"] + (1 - v["delta"]) * v["c_B"] <= v["V"]:
            return v


def compare_with_the_stated_region(draws: int) -> Counter[bool]:
    rng = random.Random(SEED)
    seen: Counter[bool] = Counter()
    for _ in range(draws):
        v = drawn(rng)
        fights = v["delta"] * v["p_2"] - v["p_1"] > v["c_B"] * (1 - v["delta"]) ** 2 / v["V"]
        assert played(**v) == {WAR if fights else PEACE}, (SEED, v)
        seen[fights] += 1
    return seen


def test_the_declining_side_fights_where_it_is_stated() -> None:
    seen = compare_with_the_stated_region(150)
    assert min(seen[True], seen[False]) > 10, seen


@pytest.mark.long
def test_the_declining_side_fights_where_it_is_stated_in_many_draws() -> None:
    compare_with_the_stated_region(2_000)


def test_by_default_power_shifts_too_far() -> None:
    assert played() == {WAR}


def test_neither_what_war_costs_the_other_side_nor_what_is_left_to_b_decides_on_war() -> None:
    for p_2, expected in (("34/100", WAR), ("33/100", PEACE)):
        for c_A, phi in (("0", "1/100"), ("2", "1/2")):
            assert played(p_2=p_2, c_A=c_A, phi=phi) == {expected}


def test_war_would_cost_both_more_than_a_division_that_neither_can_promise() -> None:
    """At the default values both could have more than by the war that is fought."""
    (only,) = solve(MODEL.at())
    assert sum(map(Fraction, only.payoffs.values())) == 1 - Fraction(1, 10)
