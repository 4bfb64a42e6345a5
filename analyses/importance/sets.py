"""Sobol indices of which set a point belongs to, from the numbers of the sets alone.

The set is one output for each that there is, which is 1 at its points and 0 elsewhere; the variances of these are added
(`analyses.importance.variance`). Sums over all these outputs, of which there may be hundreds, are told by which of the
sets are the same.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from analyses.importance.intervals import NOTHING, Floats
from analyses.importance.variance import Indices, estimated, is_too_few, sums

Kinds = NDArray[np.int64]


def indices_of_sets(
    A: Kinds, B: Kinds, AB: Sequence[Kinds], weights: Floats, BA: Sequence[Kinds] | None = None
) -> Indices:
    """The indices of the set at the points of A and B and of each group's AB, given by numbers from 0 on.

    ``weights`` are those of a bootstrap, of shape (resamples, points). With ``BA`` the second ones, too.
    """
    pairs = [] if BA is None else list(combinations(range(len(AB)), 2))
    everywhere = (A, B, *AB, *(BA or ()))
    still, still_both = (NOTHING,) * len(AB), (NOTHING,) * len(pairs)
    if all((each == A[0]).all() for each in everywhere):
        return Indices(still, still, still_both, constant=1.0)
    count = 1 + int(max(each.max() for each in everywhere))
    points = np.bincount(np.concatenate([A, B]), minlength=count)
    if is_too_few(2 * len(A) - int(points.max()), 2 * len(A)):
        return Indices(still, still, still_both, rare=True)
    centre = points / (2 * len(A))

    def products(one: Kinds, other: Kinds) -> Floats:
        """Of two points' outputs less their means, summed over all sets, but for what is the same for all."""
        found: Floats = 1.0 * (one == other) - centre[one] - centre[other]
        return found

    first = np.stack([products(each, B) - products(A, B) for each in AB], axis=1)
    total = np.stack([1.0 * (each != A) for each in AB], axis=1)
    squares = 1 + centre @ centre - centre[A] - centre[B]
    means = 0.5 * (_shares(A, weights, count) + _shares(B, weights, count)) - centre
    second = np.empty((len(A), 0))
    if BA is not None:
        both = [products(AB[i], BA[j]) - products(A, B) for i, j in pairs]
        second = np.stack(both, axis=1) - sums(first, pairs) if both else second
    return estimated(first, total, squares, means, weights, second)


def _shares(kinds: Kinds, weights: Floats, count: int) -> Floats:
    """The part of the weight that each set has in each resample, of shape (resamples, sets)."""
    order = np.argsort(kinds, kind="stable")
    present, starts = np.unique(kinds[order], return_index=True)
    found = np.zeros((len(weights), count))
    found[:, present] = np.add.reduceat(weights[:, order], starts, axis=1)
    return found
