"""Sobol indices against closed forms, against scipy, and where nothing varies."""

from collections.abc import Callable
from math import pi
from typing import Any

import numpy as np
import pytest
from scipy.stats import qmc, sobol_indices

from analyses.importance.intervals import weights
from analyses.importance.variance import Indices, indices, of_function, swapped

Floats = Any
SEED = 1993


def pair(dimensions: int, count: int, seed: int = SEED) -> tuple[Floats, Floats, Floats]:
    """Points of A and B, and the weights of a bootstrap."""
    both = qmc.Sobol(2 * dimensions, rng=np.random.default_rng(seed)).random(count)
    own = weights(np.arange(count), np.random.default_rng(seed))
    return both[:, :dimensions], both[:, dimensions:], own


def ishigami(points: Floats) -> Floats:
    a, b, c = (pi * (2 * points - 1)).T
    return np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)


def ishigami_indices() -> tuple[list[float], list[float]]:
    """Ishigami & Homma 1990: the parts of the variance of x1, x2, and x1 with x3."""
    one = 0.5 * (1 + 0.1 * pi**4 / 5) ** 2
    two = 7**2 / 8
    both = 0.1**2 * pi**8 * (1 / 18 - 1 / 50)
    whole = one + two + both
    return [one / whole, two / whole, 0.0], [(one + both) / whole, two / whole, both / whole]


COEFFICIENTS = np.array([0.0, 1.0, 4.5, 9.0, 99.0])


def sobol_g(points: Floats) -> Floats:
    return np.prod((np.abs(4 * points - 2) + COEFFICIENTS) / (1 + COEFFICIENTS), axis=1)


def sobol_g_indices() -> tuple[list[float], list[float]]:
    """Saltelli & Sobol 1995: a product of independent factors with mean 1 and these variances."""
    own = 1 / (3 * (1 + COEFFICIENTS) ** 2)
    whole = np.prod(1 + own) - 1
    others = np.array([np.prod(np.delete(1 + own, k)) for k in range(len(own))])
    return list(own / whole), list(own * others / whole)


def step(points: Floats) -> Floats:
    """1 where x1 > 3/4: x1 alone decides."""
    return (points[:, 0] > 0.75).astype(float)


def either(points: Floats) -> Floats:
    """1 where just one of two halves is entered: each decides, but none alone."""
    return ((points[:, 0] > 0.5) != (points[:, 1] > 0.5)).astype(float)


def both(points: Floats) -> Floats:
    """1 where x1 > 1/2 and x2 > 1/2: variance 3/16, of which 1/16 each alone and 1/16 together."""
    return ((points[:, 0] > 0.5) & (points[:, 1] > 0.5)).astype(float)


CLOSED: list[tuple[Callable[[Floats], Floats], list[float], list[float]]] = [
    (ishigami, *ishigami_indices()),
    (sobol_g, *sobol_g_indices()),
    (step, [1.0, 0.0], [1.0, 0.0]),
    (either, [0.0, 0.0], [1.0, 1.0]),
    (both, [1 / 3, 1 / 3], [2 / 3, 2 / 3]),
]


@pytest.mark.parametrize(("function", "first", "total"), CLOSED, ids=lambda value: getattr(value, "__name__", ""))
def test_the_closed_form_is_found(function: Any, first: list[float], total: list[float]) -> None:
    A, B, own = pair(len(first), 4_096)
    found = of_function(function, A, B, own)
    for estimates, truth in ((found.first, first), (found.total, total)):
        assert [estimate.value for estimate in estimates] == pytest.approx(truth, abs=0.03)
        for estimate, value in zip(estimates, truth, strict=True):
            assert estimate.low - 0.005 <= value <= estimate.high + 0.005, (function.__name__, str(estimate), value)
            assert estimate.low <= estimate.value <= estimate.high


def test_the_estimators_are_those_of_scipy() -> None:
    A, B, own = pair(5, 512)
    f_AB = np.stack([sobol_g(swapped(A, B, [k])) for k in range(5)])
    found = of_function(sobol_g, A, B, own)
    theirs = sobol_indices(func={"f_A": sobol_g(A)[None], "f_B": sobol_g(B)[None], "f_AB": f_AB[:, None]}, n=512)
    assert [each.value for each in found.first] == pytest.approx(theirs.first_order.ravel().tolist(), rel=1e-9)
    assert [each.value for each in found.total] == pytest.approx(theirs.total_order.ravel().tolist(), rel=1e-9)


def test_second_indices_are_what_two_decide_together() -> None:
    A, B, own = pair(3, 4_096)
    first, total = ishigami_indices()
    found = of_function(ishigami, A, B, own)
    truth = [0.0, total[0] - first[0], 0.0]
    for index, value in zip(found.second, truth, strict=True):
        assert index.value == pytest.approx(value, abs=0.04)
        assert index.low - 0.01 <= value <= index.high + 0.01
    halves = of_function(either, *pair(2, 4_096))
    assert halves.second[0].value == pytest.approx(1, abs=0.04)


@pytest.mark.parametrize("function", [ishigami, sobol_g], ids=["ishigami", "g"])
def test_all_indices_are_those_of_salib(function: Callable[[Floats], Floats]) -> None:
    """On its own design, in its order: A, each AB, each BA, B."""
    from SALib.analyze import sobol as analyze
    from SALib.sample import sobol as sample

    count, n = (3 if function is ishigami else 5), 1_024
    problem = {"num_vars": count, "names": [f"x{k}" for k in range(count)], "bounds": [[0, 1]] * count}
    points = sample.sample(problem, n, seed=SEED).reshape(n, 2 * count + 2, count)
    values = function(points.reshape(-1, count))
    theirs = analyze.analyze(problem, values, seed=SEED)
    f = values.reshape(n, 2 * count + 2, 1).transpose(1, 0, 2)
    own = weights(np.arange(n), np.random.default_rng(SEED))
    found = indices(f[0], f[-1], f[1 : count + 1], own, f_BA=f[count + 1 : -1])
    assert [index.value for index in found.first] == pytest.approx(theirs["S1"].tolist(), abs=0.02)
    assert [index.value for index in found.total] == pytest.approx(theirs["ST"].tolist(), abs=0.01)
    second = [theirs["S2"][i, j] for i in range(count) for j in range(i + 1, count)]
    assert [index.value for index in found.second] == pytest.approx(second, abs=0.02)


def test_a_group_has_the_indices_of_its_inputs_together() -> None:
    A, B, own = pair(3, 4_096)
    first, total = ishigami_indices()
    found = of_function(ishigami, A, B, own, [[0, 2], [1]])
    assert found.first[0].value == pytest.approx(1 - first[1], abs=0.03)
    assert found.total[0].value == pytest.approx(1 - first[1], abs=0.03)
    assert found.total[1].value == pytest.approx(total[1], abs=0.03)


def test_of_a_set_the_total_index_is_how_often_it_changes() -> None:
    """Thirds of x1 decide which of three sets it is; x2 nothing."""
    A, B, own = pair(2, 1_024)

    def sets(points: Floats) -> Floats:
        return np.eye(3)[(points[:, 0] * 3).astype(int)]

    found = indices(sets(A), sets(B), np.stack([sets(swapped(A, B, [k])) for k in range(2)]), own)
    differ = np.mean(sets(A).argmax(axis=1) != sets(B).argmax(axis=1))
    pooled = np.concatenate([sets(A), sets(B)]).mean(axis=0)
    assert found.total[0].value == pytest.approx(differ / (1 - np.sum(pooled**2)))
    assert found.total[0].value == pytest.approx(1, abs=0.02)
    assert (found.total[1].value, found.total[1].low, found.total[1].high) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("value", [0.0, 0.3, -7.0])
def test_a_constant_has_indices_of_zero_and_says_so(value: float) -> None:
    A, B, own = pair(3, 64)
    found = of_function(lambda points: np.full(len(points), value), A, B, own)
    assert found.constant == value
    assert not found.rare
    assert {each.ends for each in (*found.first, *found.total)} == {(0.0, 0.0, 0.0)}


def test_what_only_rounding_moves_is_constant() -> None:
    A, B, own = pair(2, 64)
    found = indices(
        *(values[..., None] * 1e-16 for values in (A[:, 0], B[:, 0], np.stack([B[:, 0], A[:, 0]]))), own, 1e-15
    )
    assert found.constant is not None
    assert found.total[0].value == 0


def test_what_varies_between_the_points_alone_is_called_rare() -> None:
    ones = np.ones((32, 1))
    f_AB = np.stack([ones, ones])
    f_AB[0, 3] = 2
    found = indices(ones, ones, f_AB, weights(np.arange(32), np.random.default_rng(SEED)))
    assert found.rare
    assert found.constant is None
    assert {each.ends for each in found.total} == {(0.0, 0.0, 0.0)}


def test_no_number_is_missing_where_something_is_rare() -> None:
    """One point of 32 differs, so that in a third of the resamples nothing varies."""
    values = np.zeros((32, 1))
    values[3] = 1
    found = indices(
        values,
        np.zeros((32, 1)),
        np.stack([np.zeros((32, 1)), values]),
        weights(np.arange(32), np.random.default_rng(SEED)),
    )
    numbers = np.array([each.ends for each in (*found.first, *found.total)])
    assert np.isfinite(numbers).all()


def test_intervals_cover_the_truth_as_often_as_they_say() -> None:
    """Of 60 samples some three may miss; twelve would be an error."""
    first, total = ishigami_indices()
    missed = {"first": 0, "total": 0}
    for seed in range(60):
        random = np.random.default_rng(seed)
        A, B = random.random((2, 300, 3))
        found = of_function(ishigami, A, B, weights(np.arange(300), random, 200))
        missed["first"] += not found.first[0].low <= first[0] <= found.first[0].high
        missed["total"] += not found.total[0].low <= total[0] <= found.total[0].high
    assert max(missed.values()) <= 11, missed


def test_rows_that_depend_on_each_other_widen_the_interval() -> None:
    A, B, _ = pair(3, 64)
    A, B = (np.repeat(points, 8, axis=0) for points in (A, B))
    random = np.random.default_rng(SEED)
    apart = of_function(ishigami, A, B, weights(np.arange(512), random)).total[0]
    together = of_function(ishigami, A, B, weights(np.repeat(np.arange(64), 8), random)).total[0]
    assert together.high - together.low > 2 * (apart.high - apart.low)


def test_the_same_weights_give_the_same_indices() -> None:
    A, B, own = pair(3, 128)
    found: list[Indices] = [of_function(ishigami, A, B, own) for _ in range(2)]
    assert found[0] == found[1]
