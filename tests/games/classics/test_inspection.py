"""Sanctions as inspection: the only equilibrium is mixed, and each side's part hangs on the other's payoffs alone."""

import random
from fractions import Fraction
from typing import Any

import pytest

from games import Equilibrium, solve
from games.classics.inspection import COMPLY, MODEL, REFRAIN, SANCTION, SENDER, TARGET, VIOLATE, outcome_words

SEED = 1990


def only(**values: Any) -> Equilibrium:
    equilibria = solve(MODEL.at(**values))
    assert equilibria.complete
    (one,) = equilibria
    return one


def odds(one: Equilibrium) -> tuple[Any, Any]:
    return one[TARGET][VIOLATE], one[SENDER][SANCTION]


def test_the_instance_and_a_harsher_sanction() -> None:
    """Violations stay at 1/4; sanctions fall from 1/3 to 1/6."""
    assert odds(only()) == (Fraction(1, 4), Fraction(1, 3))
    assert odds(only(a_1=-10)) == (Fraction(1, 4), Fraction(1, 6))


@pytest.mark.untraced
def test_the_mixtures_of_the_closed_form() -> None:
    rng = random.Random(SEED)
    for _ in range(2000):
        v = {name: Fraction(rng.randint(-600, 600), 100) for name in MODEL.by_name}
        v["b_1"], v["d_1"] = v["d_1"] + abs(v["b_1"]) + 1, v["d_1"]
        v["c_1"], v["a_1"] = v["a_1"] + abs(v["c_1"]) + 1, v["a_1"]
        v["a_2"], v["b_2"] = v["b_2"] + abs(v["a_2"]) + 1, v["b_2"]
        v["d_2"], v["c_2"] = v["c_2"] + abs(v["d_2"]) + 1, v["c_2"]
        tempted, obeys = v["b_1"] - v["d_1"], v["c_1"] - v["a_1"]
        punishes, spares = v["a_2"] - v["b_2"], v["d_2"] - v["c_2"]
        expected = spares / (punishes + spares), tempted / (tempted + obeys)
        assert odds(only(**v)) == expected, (SEED, v)


def test_profiles_in_words() -> None:
    assert outcome_words((VIOLATE, SANCTION)) == "A violation, sanctioned"
    assert outcome_words((COMPLY, REFRAIN)) == "Compliance, not sanctioned"
