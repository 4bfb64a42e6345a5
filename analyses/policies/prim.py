"""PRIM: boxes in which something holds more often than elsewhere, found by patient peeling and pasting.

From the box that holds all points a thin slice is peeled off, the one whose removal gains most, again and again; then
slices are pasted back on as long as that gains. A point of the trajectory is a box, with its *density* (the part of its
points at which it holds) and its *coverage* (the part of all points at which it holds that lie in it). Source: Friedman
& Fisher (1999), Bump hunting in high-dimensional data, Statistics and Computing 9; for scenarios Bryant & Lempert
(2010), Technological Forecasting and Social Change 77.

Of slices the one is taken that gains most in density for each point removed; of several, one after which more
parameters are free, then the first, upper ends before lower ones. A slice ends half-way between two points. So the
trajectory is that of the EMA workbench (Kwakkel 2017, Environmental Modelling & Software 96), which tests compare.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from games.errors import InputError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

PART = 0.05
"""The part of the points that a slice takes."""

LEAST = 0.05
"""The least part of all points that a box keeps."""


@dataclass(frozen=True, eq=False)
class Box:
    """One box of a trajectory: its ``low`` and ``high`` ends by column, how many ``points`` it has, and at how many of
    these it ``holds``. ``of`` are the same two numbers of all points; ``restricted`` the columns that it limits.

    >>> import numpy as np
    >>> from analyses.policies import prim
    >>> points = np.random.default_rng(0).random((400, 2))
    >>> whole = prim(points, points[:, 0] > 0.6)[0]
    >>> whole.points, whole.coverage, whole.density
    (400, 1.0, 0.4575)
    """

    low: Floats
    high: Floats
    points: int
    holds: int
    of: tuple[int, int]
    restricted: tuple[int, ...]

    @property
    def density(self) -> float:
        """The part of its points at which it holds."""
        return self.holds / self.points

    @property
    def coverage(self) -> float:
        """The part of the points at which it holds that lie in the box."""
        return self.holds / self.of[1]

    @property
    def mass(self) -> float:
        """The part of all points that lie in the box."""
        return self.points / self.of[0]

    def inside(self, points: Floats) -> Flags:
        """Which of the ``points``, of shape (points, columns), lie in it."""
        return np.asarray(((points >= self.low) & (points <= self.high)).all(axis=1))


def prim(points: Floats, holds: Flags, part: float = PART, least: float = LEAST) -> tuple[Box, ...]:
    """The trajectory: boxes from the whole one on, first peeled, then pasted.

    ``points`` are of shape (points, columns), ``holds`` tells of each whether what is looked for holds there. Raises
    `InputError` for arrays that do not agree, parts that are none, and where it holds at no point.

    >>> import numpy as np
    >>> from analyses.policies import prim
    >>> points = np.random.default_rng(0).random((400, 2))
    >>> boxes = prim(points, points[:, 0] > 0.6)
    >>> round(boxes[-1].density, 2), boxes[-1].restricted
    (1.0, (0,))
    """
    x, y = np.asarray(points, dtype=float), np.asarray(holds, dtype=bool)
    if x.ndim != 2 or y.shape != (len(x),) or not x.size:
        raise InputError("PRIM takes an array of shape (points, columns) and a flag for each point")
    if not 0 < part < 0.5 or not 0 < least < 1:
        raise InputError(f"a slice takes {part:g} and a box keeps {least:g}; give parts between 0 and 1/2, 0 and 1")
    if not y.any():
        raise InputError("what is looked for holds at no point, so that there is no box to find")
    return tuple(_Search(x, y, part, least).trajectory())


class _Search:
    def __init__(self, x: Floats, y: Flags, part: float, least: float) -> None:
        self.x, self.y, self.part, self.least = x, y, part, least
        self.first, self.last = x.min(axis=0), x.max(axis=0)

    def trajectory(self) -> Iterator[Box]:
        box = self._box(self.first, self.last, np.ones(len(self.x), dtype=bool))
        yield box
        inside = np.ones(len(self.x), dtype=bool)
        for is_peel in (True, False):
            while True:
                found = self._best(box, self._peels(box, inside) if is_peel else self._pastes(box))
                if found is None:
                    break
                box, inside = found
                yield box

    def _box(self, low: Floats, high: Floats, inside: Flags) -> Box:
        restricted = np.flatnonzero((low != self.first) | (high != self.last))
        of = (len(self.y), int(self.y.sum()))
        return Box(low, high, int(inside.sum()), int(self.y[inside].sum()), of, tuple(restricted.tolist()))

    def _best(self, old: Box, candidates: Iterator[tuple[Floats, Floats, Flags]]) -> tuple[Box, Flags] | None:
        """The candidate that gains most in density for each point that it loses or wins."""
        best: tuple[tuple[float, int], Box, Flags] | None = None
        for low, high, inside in candidates:
            new = self._box(low, high, inside)
            changed = abs(old.points - new.points)
            gain = (new.density - old.density) / changed if changed and new.points else 0.0
            score = (gain, -len(new.restricted))
            if best is None or score > best[0]:
                best = score, new, inside
        if best is None or best[0][0] <= 0 or best[1].mass < self.least:
            return None
        return best[1], best[2]

    def _peels(self, box: Box, inside: Flags) -> Iterator[tuple[Floats, Floats, Flags]]:
        for k in range(self.x.shape[1]):
            column = self.x[:, k]
            own = np.sort(column[inside])
            at = _quantile(own, 1 - self.part)
            yield box.low, _with(box.high, k, at), inside & (column <= at)
            at = _quantile(own, self.part)
            yield _with(box.low, k, at), box.high, inside & (column >= at)

    def _pastes(self, box: Box) -> Iterator[tuple[Floats, Floats, Flags]]:
        for k in box.restricted:
            column = self.x[:, k]
            others = [j for j in box.restricted if j != k]
            beside = ((self.x[:, others] >= box.low[others]) & (self.x[:, others] <= box.high[others])).all(axis=1)
            below = np.sort(column[beside & (column <= box.low[k])])
            at = _quantile(below, 1 - self.part) if len(below) else self.first[k]
            yield _with(box.low, k, at), box.high, beside & (column >= at) & (column <= box.high[k])
            above = np.sort(column[beside & (column >= box.high[k])])
            at = _quantile(above, self.part) if len(above) else self.last[k]
            yield box.low, _with(box.high, k, at), beside & (column >= box.low[k]) & (column <= at)


def _with(ends: Floats, k: int, at: float) -> Floats:
    changed = ends.copy()
    changed[k] = at
    return changed


def _quantile(ordered: Sequence[float] | Floats, part: float) -> float:
    """Half-way between the two values beside the quantile; past equal ones, so that a slice takes some point."""
    place = (len(ordered) - 1) * part
    low, high = floor(place), ceil(place)
    if part > 0.5:
        while ordered[low] == ordered[high] and low > 0:
            low -= 1
    else:
        while ordered[low] == ordered[high] and high < len(ordered) - 1:
            high += 1
    return float((ordered[low] + ordered[high]) / 2)
