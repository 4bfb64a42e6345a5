"""Indices of sets, against those of one output for each set."""

import numpy as np
import pytest

from analyses.importance.intervals import Index, weights
from analyses.importance.sets import indices_of_sets
from analyses.importance.variance import indices

SEED = 1993


@pytest.mark.parametrize("sets", [2, 3, 40])
def test_the_same_as_with_an_output_for_each_set(sets: int) -> None:
    random = np.random.default_rng(SEED)
    A, B, first, second = random.integers(0, sets, (4, 200))
    # Where a group changes nothing, where it always does so, and where it brings the set of B.
    parts = [A, (A + 1) % sets, B, np.where(first < 1, second, A)]
    own = weights(np.arange(200), random, 50)
    shown = np.eye(sets)
    others = [B, (B + 1) % sets, A, np.where(first < 1, second, B)]
    f_AB, f_BA = (np.stack([shown[each] for each in several]) for several in (parts, others))
    judged = indices(shown[A], shown[B], f_AB, own, f_BA=f_BA)
    found = indices_of_sets(A, B, parts, own, others)
    pairs = ((found.first, judged.first), (found.total, judged.total), (found.second, judged.second))
    assert len(found.second) == 6
    for mine, theirs in pairs:
        for one, other in zip(mine, theirs, strict=True):
            assert one.ends == pytest.approx(other.ends, abs=1e-12)
    assert found.total[0] == Index(0, 0, 0)


def test_sets_that_do_not_vary() -> None:
    same = np.full(20, 3)
    own = weights(np.arange(20), np.random.default_rng(SEED), 10)
    assert indices_of_sets(same, same, [same], own).constant == 1
    assert indices_of_sets(same, same, [np.arange(20)], own).rare


def test_of_a_set_met_at_few_points_no_index_is_claimed() -> None:
    """The only point that leaves the common set happens not to move: an index of 0, within 0 and 0, would be wrong."""
    A, B = np.zeros(128, dtype=np.int64), np.zeros(128, dtype=np.int64)
    B[5] = 1
    own = weights(np.arange(128), np.random.default_rng(SEED), 10)
    shown = np.eye(2)
    assert indices_of_sets(A, B, [A, A], own).rare
    assert indices(shown[A], shown[B], shown[np.stack([A, A])], own).rare
    B[5:15] = 1
    assert not indices_of_sets(A, B, [A, A], own).rare
    assert not indices(shown[A], shown[B], shown[np.stack([A, A])], own).rare
