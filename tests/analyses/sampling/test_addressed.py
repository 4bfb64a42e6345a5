"""Parts of designs by number: Sobol points are those of the engine of scipy, slices are each hit once, parts differ."""

from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
import sympy
from scipy.stats import qmc
from sympy import symbols

from analyses.sampling.addressed import laid_points, part_of_design, permuted
from analyses.sampling.draws import STEPS
from analyses.sampling.premise_set import PremiseSet
from games import InputError
from games.formulas.relations import relation
from games.parameters import Parameter, Unit
from games.sources import Assumed

SEED = 1992

a, b, c = symbols("a b c")


def parameter(symbol: sympy.Symbol) -> Parameter:
    return Parameter(
        symbol, meaning="a number", default="0", low="0", high="1", unit=Unit.PAYOFF, source=Assumed("for a test")
    )


def premises(*said: Any) -> PremiseSet:
    return PremiseSet(map(parameter, (a, b, c)), map(relation, said))


def part(allowed: PremiseSet, design: str, count: int, number: int, points: range) -> Any:
    drawing = part_of_design(allowed, design, count, SEED, number, points)
    return np.concatenate([batch.odd for batch in drawing.batches(len(points))])


@pytest.mark.parametrize(("first", "last"), [(0, 1), (0, 100), (37, 1_001), (4_095, 4_096), (65_530, 65_541)])
def test_any_sobol_points_are_those_of_scipy(first: int, last: int) -> None:
    engine = qmc.Sobol(3, scramble=True, bits=24, rng=np.random.default_rng(SEED))
    expected = np.floor(engine.random_base2(17)[first:last] * 2**24) * 2 + 1
    assert (part(premises(), "sobol", 100_000, 9, range(first, last)) == expected).all()


def test_sobol_points_beyond_the_grid_fill_it_evenly() -> None:
    """A block of 2¹² points far out has one in each slice of every range, and in each box of 64 by 64."""
    found = part(premises(), "sobol", 2**28, 0, range(2**27 + 2**20, 2**27 + 2**20 + 2**12)) / STEPS
    for k in range(3):
        assert sorted(np.floor(found[:, k] * 2**12)) == list(range(2**12))
    boxes = np.floor(found[:, 0] * 64) * 64 + np.floor(found[:, 1] * 64)
    assert len(set(boxes)) == 2**12


def test_any_points_of_a_grid() -> None:
    expected = [[step * STEPS // 4 for step in steps] for steps in product(range(5), repeat=3)]
    assert laid_points(premises(), "grid", 200) == 125
    found = [
        part(premises(), "grid", 200, k, range(start, min(start + 30, 125))) for k, start in enumerate((0, 30, 60))
    ]
    assert np.concatenate(found).tolist() == expected[:90]


@pytest.mark.parametrize("count", [1, 2, 3, 10, 257, 4_096, 5_001])
def test_a_permutation_takes_each_number_once(count: int) -> None:
    keys = np.random.default_rng(SEED).integers(0, 2**63, (2, 6), dtype=np.uint64)
    one, other = (permuted(np.arange(count), count, key) for key in keys)
    assert sorted(one.tolist()) == sorted(other.tolist()) == list(range(count))
    assert permuted(np.arange(count - 1, count), count, keys[0]) == one[-1]
    if count > 250:
        assert abs(np.corrcoef([np.arange(count), one, other]) - np.eye(3)).max() < 0.15


def test_a_latin_design_hits_every_slice_once() -> None:
    count, rows = 1_000, 128
    starts = range(0, count, rows)
    parts = [part(premises(), "latin", count, k, range(s, min(s + rows, count))) for k, s in enumerate(starts)]
    found = np.concatenate(parts) / STEPS
    for k in range(3):
        assert sorted(np.floor(found[:, k] * count)) == list(range(count))
    assert abs(np.corrcoef(found.T) - np.eye(3)).max() < 0.1


def test_parts_of_random_draws_are_independent() -> None:
    parts = [part(premises(), "random", 3_000, number, range(1_000)) / STEPS for number in range(3)]
    again = part(premises(), "random", 3_000, 1, range(1_000)) / STEPS
    assert (again == parts[1]).all()
    for one, other in combinations(parts, 2):
        assert not set(one[:, 0]) & set(other[:, 0])
        assert abs(np.corrcoef(one.T, other.T) - np.eye(6)).max() < 0.15
    assert np.concatenate(parts).mean(axis=0) == pytest.approx([0.5] * 3, abs=0.03)


@pytest.mark.parametrize("design", ["sobol", "latin", "random"])
def test_what_premises_put_in_order_is_in_order(design: str) -> None:
    found = part(premises(a <= b), design, 1_000, 3, range(400, 700)) / STEPS
    assert len(found) == 300
    assert (found[:, 0] <= found[:, 1]).all()


def test_a_design_that_the_premises_do_not_allow_is_refused() -> None:
    with pytest.raises(InputError, match="use the design 'random'"):
        part(premises(a + b < 1), "sobol", 100, 0, range(100))
    with pytest.raises(InputError, match="'sobol', 'latin' or 'random'"):
        part(premises(a < b), "grid", 100, 0, range(100))
