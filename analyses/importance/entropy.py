"""Entropy explained: which part of the uncertainty about the set of outcomes one parameter takes away.

With K the set and X a parameter cut into slices of equally many points, it is I(X; K) / H(K), Shannon's mutual
information over the entropy (1948, Bell System Technical Journal 27; Theil's uncertainty coefficient): 0 where the set
does not depend on X, 1 where X alone decides it. Estimates from counts are too large on average by about (cells − 1) /
2N, which is taken off (Miller 1955, Information Theory in Psychology); in a bootstrap twice, since resamples of a
sample are off once more. It asks of X alone, so that parameters may depend on each other, and what X does only together
with others is not seen.
"""

import numpy as np
from numpy.typing import NDArray

from analyses.importance.intervals import NOTHING, RESAMPLES, Floats, Index, percentiles

MOST_SLICES, FEWEST_SLICES = 16, 4
PER_CELL = 8
"""How many points each cell of slice and set should have on average."""


def entropy_explained(x: Floats, kinds: NDArray[np.int64], effective: float, random: np.random.Generator) -> Index:
    """Of the entropy of the ``kinds``, numbered from 0; the points are worth ``effective`` independent ones."""
    count, kinds_in_all = len(kinds), int(kinds.max()) + 1
    slices = min(max(count // (PER_CELL * kinds_in_all), FEWEST_SLICES), MOST_SLICES)
    # Equal values have one rank, and so one slice.
    rank = np.searchsorted(np.sort(x), x)
    table = np.zeros((slices, kinds_in_all))
    np.add.at(table, (rank * slices // count, kinds), 1)
    whole = _entropy(table.sum(axis=0) / count)
    if not whole:
        return NOTHING
    bias = ((table > 0).sum() - (table.sum(axis=1) > 0).sum() - (table.sum(axis=0) > 0).sum() + 1) / (
        2 * max(effective, 1.0)
    )
    size = max(int(effective), 1)
    drawn = random.multinomial(size, table.ravel() / count, size=RESAMPLES).reshape(-1, *table.shape) / size
    resampled = [(_information(each) - 2 * bias) / entropy for each in drawn if (entropy := _entropy(each.sum(axis=0)))]
    value = (_information(table / count) - bias) / whole
    return percentiles(_part(value), np.clip(resampled, 0.0, 1.0))


def _part(value: float) -> float:
    return min(max(float(value), 0.0), 1.0)


def _entropy(odds: Floats) -> float:
    known = odds[odds > 0]
    return float(-(known * np.log(known)).sum()) if len(known) > 1 else 0.0


def _information(joint: Floats) -> float:
    return _entropy(joint.sum(axis=0)) + _entropy(joint.sum(axis=1)) - _entropy(joint.ravel())
