"""Rapprochement: the closed forms of the stag hunt, found again by the solvers."""

import random
from collections import Counter
from fractions import Fraction

import pytest

from games import InputError, StrategicGame, solve
from games.territory.rapprochement import MODEL, outcome_words

SEED = 1965
BOTH = ("Move", "Move")
NEITHER = ("Stay", "Stay")


def drawn(rng: random.Random, grain: int) -> dict[str, Fraction]:
    """Values within the ranges; with a coarse grain, costs and benefits tie now and then."""

    def part(low: int | Fraction, high: int) -> Fraction:
        return low + (high - low) * Fraction(rng.randint(0, grain), grain)

    half = Fraction(1, 2)
    values = {"b_J": part(half, 3), "b_K": part(half, 3), "d_J": part(0, 2), "d_K": part(0, 2)}
    return values | {"r": part(0, 1), "c": part(0, 1)}


def wanted(v: dict[str, Fraction]) -> Fraction:
    """What a rapprochement is worth to Japan, bad neighbours and all."""
    return v["b_J"] + v["r"] + v["c"]


def hunt(values: dict[str, Fraction]) -> StrategicGame:
    game = MODEL.at(**values)
    assert isinstance(game, StrategicGame)
    return game


def pure(game: StrategicGame, concept: str) -> set[tuple[str, ...]]:
    """The equilibria in pure strategies, as profiles."""
    return {
        tuple(next(label for label, weight in mix.items() if weight) for mix in equilibrium.strategies.values())
        for equilibrium in solve(game, concept)
        if all(1 in mix.values() for mix in equilibrium.strategies.values())
    }


@pytest.mark.parametrize(("grain", "draws"), [(10**6, 1000), (8, 1000)], ids=["untied", "with ties"])
def test_moving_together_is_an_equilibrium_iff_no_cost_exceeds_its_benefit(grain: int, draws: int) -> None:
    rng = random.Random(SEED)
    seen: Counter[bool] = Counter()
    for _ in range(draws):
        v = drawn(rng, grain)
        expected = v["d_J"] <= wanted(v) and v["d_K"] <= v["b_K"]
        game = hunt(v)
        assert (BOTH in pure(game, "nash")) == (BOTH in pure(game, "pure-nash")) == expected, (SEED, v)
        assert NEITHER in pure(game, "nash"), (SEED, v)
        seen[expected] += 1
    assert min(seen[True], seen[False]) > draws // 10


def test_it_is_risk_dominant_iff_the_needed_beliefs_add_up_to_less_than_one() -> None:
    rng = random.Random(SEED)
    seen: Counter[int] = Counter()
    for number in range(2500):
        v = drawn(rng, 10**6)
        if number % 10 == 0 and v["d_J"] < wanted(v):
            v["d_K"] = v["b_K"] * (1 - v["d_J"] / wanted(v))
        strict = 0 < v["d_J"] < wanted(v) and 0 < v["d_K"] < v["b_K"]
        if not strict:
            continue
        doubt = v["d_J"] / wanted(v) + v["d_K"] / v["b_K"]
        expected = {BOTH} if doubt < 1 else {NEITHER} if doubt > 1 else {BOTH, NEITHER}
        assert pure(hunt(v), "risk-dominant") == expected, (SEED, v)
        seen[(doubt > 1) - (doubt < 1)] += 1
    assert min(seen[-1], seen[0], seen[1]) > 100


def test_each_side_must_believe_in_the_other_with_probability_cost_over_benefit() -> None:
    rng = random.Random(SEED)
    for _ in range(50):
        v = drawn(rng, 997)
        if not (0 < v["d_J"] < wanted(v) and 0 < v["d_K"] < v["b_K"]):
            continue
        (mixed,) = [e for e in solve(hunt(v)) if 1 not in e["Japan"].values()]
        assert mixed["South Korea"]["Move"] == v["d_J"] / wanted(v)
        assert mixed["Japan"]["Move"] == v["d_K"] / v["b_K"]


def test_no_benefit_to_japan_suffices_where_the_cost_to_south_korea_exceeds_its_benefit() -> None:
    for benefit in (1, 3, 10**6):
        game = hunt({"b_J": Fraction(benefit), "b_K": Fraction(1), "d_J": Fraction(0), "d_K": Fraction(11, 10)})
        assert BOTH not in pure(game, "nash")
        with pytest.raises(InputError, match="risk-dominant compares two or more strict equilibria"):
            solve(game, "risk-dominant")


def test_both_moving_is_what_both_prefer() -> None:
    assert pure(hunt({}), "payoff-dominant") == {BOTH}
    assert pure(hunt({}), "risk-dominant") == {NEITHER}, "at the defaults 3/10 + 4/5 exceeds one"


def test_every_profile_has_words_of_its_own() -> None:
    assert len({outcome_words(profile) for profile in hunt({}).profiles}) == 4
