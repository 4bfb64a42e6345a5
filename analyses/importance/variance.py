"""Sobol indices: which part of a variance goes back to each group of inputs that vary independently of the others.

With f of independent inputs and f_AB the value at the point of A with the inputs of one group taken from B, the *first*
index Var(E[f | group]) / Var f is estimated by Saltelli et al. (2010, Computer Physics Communications 181), the *total*
index E[Var(f | all others)] / Var f by Jansen (1999, Computer Physics Communications 117): the estimators of
`scipy.stats.sobol_indices`, whose interface takes neither groups, nor any number of points but a power of two.

Of several outputs together the variances are added (Gamboa, Janon, Klein & Lagnoux 2014, Electronic Journal of
Statistics 8). If these say which set a point belongs to, the total index is the probability that moving the group alone
changes the set, over that of two points having different sets.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analyses.importance.intervals import NOTHING, Floats, Index, percentiles


@dataclass(frozen=True)
class Indices:
    """The indices of one output by group.

    ``constant`` is its value where it does not vary, ``rare`` says that it varies, if nowhere among the points of A and
    B; the indices are 0 then.
    """

    first: tuple[Index, ...]
    total: tuple[Index, ...]
    constant: float | None = None
    rare: bool = False


def indices(f_A: Floats, f_B: Floats, f_AB: Floats, weights: Floats, rounding: float = 0.0) -> Indices:
    """The indices of f, given at the points of A and B, of shape (points, outputs), and of each group's AB, of shape
    (groups, points, outputs).

    ``weights`` are those of a bootstrap, of shape (resamples, points). An output that nowhere differs by more than
    ``rounding`` is constant.
    """
    everywhere = np.concatenate([f_A[None], f_B[None], f_AB])
    groups, shape = len(f_AB), everywhere.shape[2]
    spread = np.ptp(everywhere.reshape(-1, shape), axis=0)
    pooled = np.concatenate([f_A, f_B])
    still = (NOTHING,) * groups
    if (spread <= rounding).all():
        return Indices(still, still, float(f_A[0, 0]))
    if (np.ptp(pooled, axis=0) <= rounding).all():
        return Indices(still, still, rare=True)
    centre = pooled.mean(axis=0)
    a, b = f_A - centre, f_B - centre
    moved = f_AB - f_A
    first = np.einsum("ns,gns->ng", b, moved)
    total = 0.5 * np.einsum("gns,gns->ng", moved, moved)
    squares = 0.5 * np.einsum("ns,ns->n", a, a) + 0.5 * np.einsum("ns,ns->n", b, b)
    whole = squares.mean()
    means = weights @ (0.5 * (a + b))
    variances = weights @ squares - np.einsum("rs,rs->r", means, means)
    # A resample in which nothing varies says nothing.
    kept = variances > 1e-9 * whole
    variances = variances[kept, None]
    return Indices(
        _with_ends(first.mean(axis=0) / whole, weights[kept] @ first / variances),
        _with_ends(total.mean(axis=0) / whole, weights[kept] @ total / variances),
    )


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
    moved = np.stack([function(swapped(A, B, group))[:, None] for group in groups])
    return indices(function(A)[:, None], function(B)[:, None], moved, weights)
