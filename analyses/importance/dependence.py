"""Dependence of the set of outcomes on a parameter by the Hilbert–Schmidt independence criterion, HSIC.

HSIC is the squared norm of the covariance between features of the parameter and features of the set (Gretton et al.
2005, Algorithmic Learning Theory); over the root of those of each with itself it lies between 0 and 1 (Da Veiga 2015,
Journal of Statistical Computation and Simulation 85). The features of a set say which it is; those of a parameter, in
parts of its range, are cosines, √2 cos(πmx) / πm up to m = `COSINES`, the beginning of the Sobolev kernel of first
order less its mean. What chance would give is had by giving the sets to the points anew: the *p-value* is the part of
these permutations, the data counted among them, that depend as much. Intervals are two-sided normal ones, with the
standard error of a bootstrap.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyses.importance.intervals import NOTHING, Floats, Index, weights
from games.bulk import Rows

COSINES = 16
PERMUTATIONS = 499
RESAMPLES = 100
MOST_POINTS = 2_000
"""More points than these are not looked at."""

NORMAL = 1.959964
"""The quantile of the normal distribution for 95 %."""


@dataclass(frozen=True)
class Dependence:
    """The normalised HSIC of the set with one parameter, and its p-value against independence."""

    index: Index
    p_value: float


def features(x: Floats) -> Floats:
    """Of parts of a range, of shape (points, `COSINES`)."""
    m = np.arange(1, COSINES + 1)
    found: Floats = np.sqrt(2) * np.cos(np.pi * m * x[:, None]) / (np.pi * m)
    return found


def dependence(
    parts: Floats, kinds: NDArray[np.int64], clusters: NDArray[np.int64], random: np.random.Generator
) -> tuple[Dependence, ...]:
    """Of the set on each parameter, a column of ``parts``; ``kinds`` are numbered from 0."""
    parts, kinds, clusters = parts[:MOST_POINTS], kinds[:MOST_POINTS], clusters[:MOST_POINTS]
    if len(np.unique(kinds)) < 2:
        return (Dependence(NOTHING, 1.0),) * int(parts.shape[1])
    # Points with the same set stand together, so that their features are added up at once.
    order = np.argsort(kinds, kind="stable")
    starts = np.flatnonzero(np.diff(kinds[order], prepend=-1))
    phi = np.concatenate([features(column) for column in parts[order].T], axis=1)
    even = np.full(len(kinds), 1 / len(kinds))
    # Of what stands still the covariance is nothing but rounding.
    moves = np.ptp(parts, axis=0) > 0
    values = np.where(moves, _normalised(phi, starts, even), 0.0)
    resampled = [_normalised(phi, starts, each) for each in weights(clusters[order], random, RESAMPLES)]
    errors = np.where(moves, NORMAL * np.std(resampled, axis=0), 0.0)
    p_values = np.where(moves, _p_values(phi, starts, even, random), 1.0)
    found: list[Dependence] = []
    for value, error, p_value in np.stack([values, errors, p_values], axis=1).tolist():
        found.append(Dependence(Index(value, max(value - error, 0.0), min(value + error, 1.0)), p_value))
    return tuple(found)


def _normalised(phi: Floats, starts: Rows, weight: Floats) -> Floats:
    """HSIC of each parameter over the root of those of parameter and set with themselves, with weighted points."""
    sizes = np.add.reduceat(weight, starts)
    itself = np.sum((np.diag(sizes) - np.outer(sizes, sizes)) ** 2)
    centred = phi - weight @ phi
    own = centred.reshape(len(phi), -1, COSINES).transpose(1, 2, 0)
    alone = np.sum(((own * weight) @ own.transpose(0, 2, 1)) ** 2, axis=(1, 2))
    scale = np.sqrt(alone * itself)
    found: Floats = np.divide(_hsic(centred, starts, weight), scale, out=np.zeros_like(scale), where=scale > 0)
    return found


def _hsic(centred: Floats, starts: Rows, weight: Floats) -> Floats:
    """Of each parameter, whose features stand side by side and have the mean 0."""
    covariance = np.add.reduceat(centred * weight[:, None], starts, axis=0)
    squares: Floats = (covariance**2).sum(axis=0).reshape(-1, COSINES).sum(axis=1)
    return squares


def _p_values(phi: Floats, starts: Rows, even: Floats, random: np.random.Generator) -> Floats:
    centred = phi - phi.mean(axis=0)
    found = _hsic(centred, starts, even)
    as_much = np.ones(len(found))
    for _ in range(PERMUTATIONS):
        # Equal up to the rounding of sums is as much: this can only make a p-value larger.
        as_much += _hsic(centred[random.permutation(len(centred))], starts, even) >= found * (1 - 1e-12)
    p_values: Floats = as_much / (PERMUTATIONS + 1)
    return p_values
