"""Sobol indices: which part of a variance goes back to each group of inputs that vary independently of the others.

With f of independent inputs and f_AB the value at the point of A with the inputs of one group taken from B, the *first*
index Var(E[f | group]) / Var f is estimated by Saltelli et al. (2010, Computer Physics Communications 181), the *total*
index E[Var(f | all others)] / Var f by Jansen (1999, Computer Physics Communications 117): the estimators of
`scipy.stats.sobol_indices`, whose interface takes neither groups, nor any number of points but a power of two. The
*second* index of two groups, what they decide together beyond their first indices, needs f_BA as well (Saltelli 2002,
Computer Physics Communications 145).

Of several outputs together the variances are added (Gamboa, Janon, Klein & Lagnoux 2014, Electronic Journal of
Statistics 8). If these say which set a point belongs to, the total index is the probability that moving the group alone
changes the set, over that of two points having different sets.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analyses.importance.intervals import NOTHING, Floats, Index, percentiles

FEWEST = 5
"""What is not the commonest value at fewer points than these has no index: a bootstrap would know nothing of the rest.
"""


@dataclass(frozen=True)
class Indices:
    """The indices of one output by group, the ``second`` by pair of groups in the order of `combinations`.

    ``constant`` is its value where it does not vary, ``rare`` says that it varies, if too rarely for an index
    among the points of A and B (`is_too_few`); the indices are 0 then.
    """

    first: tuple[Index, ...]
    total: tuple[Index, ...]
    second: tuple[Index, ...] = ()
    constant: float | None = None
    rare: bool = False


def indices(
    f_A: Floats, f_B: Floats, f_AB: Floats, weights: Floats, rounding: float = 0.0, f_BA: Floats | None = None
) -> Indices:
    """The indices of f, given at the points of A and B, of shape (points, outputs), and of each group's AB, of shape
    (groups, points, outputs); with ``f_BA``, of the same shape, the second ones, too.

    ``weights`` are those of a bootstrap, of shape (resamples, points). An output that nowhere differs by more than
    ``rounding`` is constant.
    """
    crossed = f_AB[:0] if f_BA is None else f_BA
    everywhere = np.concatenate([f_A[None], f_B[None], f_AB, crossed])
    groups, shape = len(f_AB), everywhere.shape[2]
    spread = np.ptp(everywhere.reshape(-1, shape), axis=0)
    pooled = np.concatenate([f_A, f_B])
    pairs = list(combinations(range(groups), 2)) if f_BA is not None else []
    still, still_both = (NOTHING,) * groups, (NOTHING,) * len(pairs)
    if (spread <= rounding).all():
        return Indices(still, still, still_both, float(f_A[0, 0]))
    apart = (abs(pooled - np.median(pooled, axis=0)) > rounding).any(axis=1)
    if is_too_few(int(apart.sum()), len(pooled)):
        return Indices(still, still, still_both, rare=True)
    centre = pooled.mean(axis=0)
    a, b = f_A - centre, f_B - centre
    moved = f_AB - f_A
    first = np.einsum("ns,gns->ng", b, moved)
    total = 0.5 * np.einsum("gns,gns->ng", moved, moved)
    squares = 0.5 * np.einsum("ns,ns->n", a, a) + 0.5 * np.einsum("ns,ns->n", b, b)
    second = _both_alone(a, b, f_AB - centre, crossed - centre, pairs) - sums(first, pairs)
    return estimated(first, total, squares, weights @ (0.5 * (a + b)), weights, second)


def is_too_few(apart: int, points: int) -> bool:
    """Whether an output that is not the commonest at ``apart`` of so many points says too little: one in eight does."""
    return apart < FEWEST and 8 * apart < points


def sums(first: Floats, pairs: Sequence[tuple[int, int]]) -> Floats:
    """The sum of the two columns of each pair."""
    return np.stack([first[:, i] + first[:, j] for i, j in pairs], axis=1) if pairs else np.empty((len(first), 0))


def _both_alone(a: Floats, b: Floats, ab: Floats, ba: Floats, pairs: Sequence[tuple[int, int]]) -> Floats:
    """Of each pair of groups the variance that both decide alone, point by point: AB and BA share just these two."""
    without = np.einsum("ns,ns->n", a, b)
    found = [np.einsum("ns,ns->n", ab[i], ba[j]) - without for i, j in pairs]
    return np.stack(found, axis=1) if found else np.empty((len(a), 0))


def estimated(first: Floats, total: Floats, squares: Floats, means: Floats, weights: Floats, second: Floats) -> Indices:
    """The indices whose numerators are averages of ``first`` and ``total``, of shape (points, groups), and ``second``.

    ``squares``, of shape (points,), has the variance as its average; ``means`` are those of each output in each
    resample, less the mean of all points.
    """
    whole = squares.mean()
    parts = (first, total, second)
    # The weights are many and large, so that they are gone through but once.
    columns = np.concatenate([squares[:, None], *parts], axis=1)
    drawn, *resampled = np.split(weights @ columns, np.cumsum([1, *(part.shape[1] for part in parts[:-1])]), axis=1)
    variances = drawn - np.einsum("rs,rs->r", means, means)[:, None]
    # A resample in which nothing varies says nothing.
    kept = variances[:, 0] > 1e-9 * whole
    told = [
        _with_ends(part.mean(axis=0) / whole, ends[kept] / variances[kept])
        for part, ends in zip(parts, resampled, strict=True)
    ]
    return Indices(told[0], told[1], told[2])


def _with_ends(values: Floats, resampled: Floats) -> tuple[Index, ...]:
    return tuple(percentiles(float(value), column) for value, column in zip(values, resampled.T, strict=True))


def swapped(A: NDArray[Any], B: NDArray[Any], group: Sequence[int]) -> NDArray[Any]:
    """The points of A with the columns of the group taken from B."""
    mixed = A.copy()
    mixed[:, list(group)] = B[:, list(group)]
    return mixed


def of_function(
    function: Callable[[Floats], Floats],
    A: Floats,
    B: Floats,
    weights: Floats,
    groups: Sequence[Sequence[int]] | None = None,
) -> Indices:
    """The indices of a plain function of points, of shape (points, inputs), by group; by default each input is one."""
    groups = [[k] for k in range(A.shape[1])] if groups is None else groups
    f_AB, f_BA = (
        np.stack([function(swapped(own, other, group))[:, None] for group in groups]) for own, other in ((A, B), (B, A))
    )
    return indices(function(A)[:, None], function(B)[:, None], f_AB, weights, f_BA=f_BA)
