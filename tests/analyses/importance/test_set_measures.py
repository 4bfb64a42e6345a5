"""Entropy explained and HSIC: against channels that are known, and against a definition written out."""

from math import log
from typing import Any

import numpy as np
import pytest

from analyses.importance.dependence import COSINES, PERMUTATIONS, dependence
from analyses.importance.entropy import entropy_explained

SEED = 2005


def explained(x: Any, kinds: Any, effective: float | None = None) -> Any:
    return entropy_explained(x, kinds, float(len(x)) if effective is None else effective, np.random.default_rng(SEED))


def drawn(count: int = 2_048, seed: int = SEED) -> Any:
    return np.random.default_rng(seed).random(count)


def test_who_decides_alone_explains_all() -> None:
    x = drawn()
    found = explained(x, (x * 4).astype(int))
    assert found.value == pytest.approx(1, abs=0.03)
    assert found.low > 0.95


def test_who_decides_nothing_explains_nothing() -> None:
    values = []
    for seed in range(30):
        x, other = drawn(seed=seed), drawn(seed=seed + 1_000)
        found = explained(x, (other * 4).astype(int))
        assert found.low <= 0.01
        values.append(found.value)
    assert np.mean(values) < 0.005, "the bias of counts is not taken off"


def test_a_channel_with_noise() -> None:
    """The half of x is told rightly three times in four: log 2 − H(1/4) of log 2."""
    x, noise = drawn(20_000), drawn(20_000, SEED + 1)
    kinds = (x > 0.5).astype(int) ^ (noise < 0.25).astype(int)
    truth = 1 + (0.25 * log(0.25) + 0.75 * log(0.75)) / log(2)
    found = explained(x, kinds)
    assert found.value == pytest.approx(truth, abs=0.015)
    assert found.low <= truth <= found.high


def test_intervals_of_entropy_cover() -> None:
    truth = 1 + (0.25 * log(0.25) + 0.75 * log(0.75)) / log(2)
    missed = 0
    for seed in range(40):
        x, noise = drawn(600, seed), drawn(600, seed + 1_000)
        found = explained(x, (x > 0.5).astype(int) ^ (noise < 0.25).astype(int))
        missed += not found.low <= truth <= found.high
    assert missed <= 8


def test_intervals_cover_where_counts_are_few() -> None:
    """Eight slices are told rightly half the time and at random otherwise; resamples of few counts are biased twice."""
    right = 0.5 + 0.5 / 8
    truth = 1 + (right * log(right) + 7 * (0.5 / 8) * log(0.5 / 8)) / log(8)
    missed = 0
    for seed in range(40):
        random = np.random.default_rng(seed)
        x = (np.arange(1_024) + 0.5) / 1_024
        kinds = np.where(random.random(1_024) < 0.5, (x * 8).astype(int), random.integers(0, 8, 1_024))
        found = explained(x, kinds)
        missed += not found.low <= truth <= found.high
    assert missed <= 8, missed


def test_what_two_do_only_together_neither_explains() -> None:
    x, y = drawn(), drawn(seed=SEED + 1)
    assert explained(x, ((x > 0.5) != (y > 0.5)).astype(int)).value < 0.02


def test_one_set_has_no_entropy() -> None:
    found = explained(drawn(), np.zeros(2_048, dtype=int))
    assert found.ends == (0.0, 0.0, 0.0)


def test_levels_of_a_grid_are_not_torn_apart() -> None:
    x = np.repeat([0.0, 0.25, 0.5, 0.75], 64)
    found = explained(x, (x * 4).astype(int))
    assert found.value == pytest.approx(1, abs=0.01)


def test_fewer_independent_points_widen_the_interval() -> None:
    x, noise = drawn(), drawn(seed=SEED + 1)
    kinds = ((x + noise) > 1).astype(int)
    wide, narrow = explained(x, kinds, 200), explained(x, kinds)
    assert wide.high - wide.low > 2 * (narrow.high - narrow.low)


# HSIC.


def hsic(K: Any, L: Any) -> float:
    """The trace of K H L H over n²: the definition, with matrices of all pairs."""
    n = len(K)
    H = np.eye(n) - 1 / n
    return float(np.trace(K @ H @ L @ H)) / n**2


def kernel(x: Any) -> Any:
    m = np.arange(1, COSINES + 1)
    terms = np.cos(np.pi * m * x[:, None, None]) * np.cos(np.pi * m * x[None, :, None]) / (np.pi * m) ** 2
    return 2 * terms.sum(axis=2)


def test_the_index_is_that_of_the_definition() -> None:
    parts = np.random.default_rng(SEED).random((150, 2))
    kinds = (parts[:, 0] * 3).astype(int)
    found = dependence(parts, kinds, np.arange(150), np.random.default_rng(SEED))
    L = (kinds[:, None] == kinds[None]).astype(float)
    for k in range(2):
        K = kernel(parts[:, k])
        truth = hsic(K, L) / np.sqrt(hsic(K, K) * hsic(L, L))
        assert found[k].index.value == pytest.approx(truth, rel=1e-9)


def test_dependence_is_seen_and_independence_is_not() -> None:
    parts = np.random.default_rng(SEED).random((600, 3))
    kinds = ((parts[:, 0] - 0.5) ** 2 < 1 / 16).astype(int)
    middle, other, another = dependence(parts, kinds, np.arange(600), np.random.default_rng(SEED))
    assert middle.p_value == 1 / (PERMUTATIONS + 1)
    assert middle.index.low > 0.15
    for one in (other, another):
        assert one.p_value > 0.05
        assert one.index.value < 0.02


def test_p_values_are_uniform_where_nothing_depends() -> None:
    low = 0
    for seed in range(30):
        random = np.random.default_rng(seed)
        parts, kinds = random.random((60, 4)), random.integers(0, 3, 60)
        low += sum(one.p_value <= 0.1 for one in dependence(parts, kinds, np.arange(60), random))
    assert 3 <= low <= 24, f"{low} of 120 p-values are at most 0.1"


def test_nothing_depends_on_anything_where_nothing_varies() -> None:
    found = dependence(
        np.random.default_rng(SEED).random((50, 2)), np.zeros(50, dtype=int), np.arange(50), np.random.default_rng(SEED)
    )
    assert [(one.index.ends, one.p_value) for one in found] == [((0.0, 0.0, 0.0), 1.0)] * 2


def test_a_parameter_that_does_not_move_has_no_dependence() -> None:
    parts = np.random.default_rng(SEED).random((50, 2))
    parts[:, 1] = 0.5
    kinds = (parts[:, 0] > 0.5).astype(int)
    still = dependence(parts, kinds, np.arange(50), np.random.default_rng(SEED))[1]
    assert (still.index.value, still.p_value) == (0.0, 1.0)
