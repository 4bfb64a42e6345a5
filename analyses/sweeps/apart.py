"""Which of two ways to play at a point pays more, as far as that is certain; what is the same formula pays the same."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from games.bounds import Flags
from games.bulk import UNKNOWN, Rows

ROUNDED = 2.0**-30
"""The largest part of a payoff (or of 1) by which floats may be off; what is less certain is worked out exactly."""


def too_rough(value: NDArray[np.float64], error: Any) -> Flags:
    """Which of the values are less certain than that."""
    rough: Flags = ~(error <= ROUNDED * np.maximum(1.0, np.abs(value)))
    return rough


def told_apart(
    index: Rows, value: NDArray[np.float64], error: NDArray[np.float64], formula: Rows
) -> tuple[NDArray[np.float64], Rows]:
    """The values, so that two rows of a point differ just as far as the exact ones do; and the points that are open.

    ``index`` is the point of each row. Rows that share a ``formula`` other than `UNKNOWN` have the same exact value.
    """
    order = np.lexsort([value, index])
    before, after = order[:-1], order[1:]
    same_point = index[before] == index[after]
    equal = (formula[before] == formula[after]) & (formula[before] != UNKNOWN)
    equal |= (value[before] == value[after]) & (error[before] == 0) & (error[after] == 0)
    apart = value[after] - value[before] > 1.01 * (error[before] + error[after])
    # What is equal may have been rounded in different ways: the first of a run stands for all of it.
    first = np.concatenate([[True], ~(same_point & equal)])
    leader = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
    found = np.empty(len(order))
    found[order] = value[order[leader]]
    return found, index[after[same_point & ~equal & ~apart]]
