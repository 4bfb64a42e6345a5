"""Designs: which are suited, copies that are independent, and the points that a narrowed range leaves."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy
from sympy import Rational, symbols

from analyses.sampling.designs import DESIGNS, design_named, drawings, suited
from analyses.sampling.draws import STEPS
from analyses.sampling.premise_set import PremiseSet
from games import InputError
from games.formulas.relations import relation
from games.parameters import Parameter, Unit
from games.sources import Assumed

SEED = 1967

a, b, c = symbols("a b c")


def parameter(symbol: sympy.Symbol, low: str = "0", high: str = "1") -> Parameter:
    return Parameter(
        symbol,
        meaning=f"meaning of {symbol}",
        default=low,
        low=low,
        high=high,
        unit=Unit.PAYOFF,
        source=Assumed("for a test"),
    )


def premises(*said: Any) -> PremiseSet:
    return PremiseSet((parameter(a), parameter(b), parameter(c)), map(relation, said)).narrowed()


@pytest.mark.parametrize(
    ("said", "design"),
    [
        ((), "sobol"),
        ((a < b,), "sobol"),
        ((a > Rational(1, 3),), "sobol"),
        ((sympy.Eq(a, b),), "sobol"),
        ((a + b < 1,), "random"),
        ((a * b < Rational(1, 2),), "random"),
        ((a < b, a > Rational(1, 3)), "random"),
    ],
)
def test_the_design_that_is_suited(said: tuple[Any, ...], design: str) -> None:
    assert suited(premises(*said)) == design


@pytest.mark.parametrize("design", ["sobol", "latin", "random"])
def test_copies_are_independent(design: str) -> None:
    first, second = drawings(premises(), design, 2_000, SEED, copies=2)
    A, B = (np.concatenate([batch.odd for batch in one.batches(2_000)]) / STEPS for one in (first, second))
    assert A.shape == B.shape == (2_000, 3)
    together = np.corrcoef(np.concatenate([A, B], axis=1).T) - np.eye(6)
    assert np.abs(together).max() < 0.08
    assert A.mean(axis=0) == pytest.approx([0.5] * 3, abs=0.02)


def test_ranges_are_narrowed_to_what_is_said_of_one_parameter() -> None:
    allowed = premises(3 * a >= 1, 4 * b < 3, b > Rational(1, 8))
    assert allowed.ranges[a] == (Fraction(1, 3), Fraction(1))
    assert allowed.ranges[b] == (Fraction(1, 8), Fraction(3, 4))
    assert allowed.ranges[c] == (Fraction(0), Fraction(1))
    assert not allowed.linear
    assert premises(a < b).ranges[a] == (Fraction(0), Fraction(1))


def test_a_grid_has_as_many_levels_as_halving_gives() -> None:
    for count, levels in ((8, 2), (26, 2), (27, 3), (124, 3), (125, 5), (729, 9)):
        (drawing,) = drawings(premises(), "grid", count, SEED)
        points = np.concatenate([batch.odd for batch in drawing.batches(count)])
        assert [len(np.unique(column)) for column in points.T] == [levels] * 3
        assert len(np.unique(points, axis=0)) == len(points) == levels**3
    with pytest.raises(InputError, match="name fewer parameters"):
        drawings(premises(), "grid", 7, SEED)


def test_a_name_that_no_design_has() -> None:
    with pytest.raises(InputError, match=", ".join(DESIGNS)):
        design_named("lattice")
