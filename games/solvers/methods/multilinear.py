"""Certified solutions of indifference equations of three or more mixing players.

Where every player mixes over a known support, indifference is a square system: player i's payoff differences vanish,
and each is linear in the mixture of every other player. The solver covers the whole product of simplices with boxes
and drops a box only when bounds exclude a zero there; a box is settled when Krawczyk's test proves exactly one zero in
a neighbourhood of it. The search runs in floats with a margin far above their rounding; what it finds is refined and
proved again in exact rational arithmetic. What it can neither exclude nor settle is handed back as unresolved.

Sources: Krawczyk (1969), Computing 4; Moore (1977), SIAM Journal on Numerical Analysis 14; Neumaier (1990), Interval
Methods for Systems of Equations.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

from games.solvers.limits import expired
from games.solvers.methods.linear_systems import square_solution

MARGIN = 1e-10
"""What a bound in floats must clear, payoffs being scaled to at most 1; rounding stays below 1e-13."""

SMALLEST = 2.0**-18
"""Boxes narrower than this are handed back as unresolved.

The test settles a box around a regular zero long before; near a singular zero, or on a continuum, it never does, and
every further halving would only multiply the boxes.
"""

MOST_BOXES = 60_000
"""The most boxes under consideration at once."""

BATCH = 4_096
"""How many boxes are treated at once, which bounds the memory of their Jacobians."""

SIMPLEST = 10**15
"""The greatest denominator of a coordinate that is recognised as a fraction.

Two such fractions differ by at least 10⁻³⁰, far more than the 2⁻¹¹⁰ to which a solution is known, so that at most one
can be meant; whether it is one is then decided exactly.
"""

DIGITS = 120
"""Solutions are refined to about 2 to the power of minus this."""


@dataclass(frozen=True)
class System:
    """The indifference equations of players 0 to k−1, who mix over ``sizes`` strategies each.

    ``tensors[i][s]`` is what player i's strategy s+1 pays more than strategy 0, by the others' pure strategies: a
    mapping from tuples (one index for each other player, in order) to exact numbers, scaled to at most 1. There are as
    many equations as probabilities left open, Σ (size − 1).
    """

    sizes: tuple[int, ...]
    tensors: tuple[tuple[dict[tuple[int, ...], Fraction], ...], ...]


@dataclass(frozen=True)
class Solution:
    """One zero: exact mixtures if ``radius`` is 0, else mixtures within ``radius`` of the only zero nearby."""

    mixtures: tuple[tuple[Fraction, ...], ...]
    radius: Fraction


@dataclass(frozen=True)
class Solutions:
    """All zeros found, and mixtures near which something is unresolved; with none of these the list is complete."""

    found: tuple[Solution, ...]
    unresolved: tuple[tuple[tuple[float, ...], ...], ...]
    stopped: bool


def solutions(system: System) -> Solutions:
    """Every zero of the system in the product of simplices."""
    import numpy as np

    search = _Search(system)
    low, high = np.zeros((1, search.total)), np.ones((1, search.total))
    found: list[Solution] = []
    unresolved: list[tuple[tuple[float, ...], ...]] = []
    while len(low):
        if expired() or len(low) > MOST_BOXES or len(unresolved) > 200:
            return Solutions(tuple(found), tuple(unresolved), stopped=True)
        parts = []
        for start in range(0, len(low), BATCH):
            parts.append(search.step(low[start : start + BATCH], high[start : start + BATCH]))
        for settled, stuck, _, _ in parts:
            for point in settled:
                solution = refined(system, _mixtures(system.sizes, [Fraction(float(v)) for v in point]))
                if solution is None:
                    unresolved.append(_floats(_mixtures(system.sizes, [Fraction(float(v)) for v in point])))
                elif not any(_same(solution, known) for known in found):
                    found.append(solution)
            unresolved += [_floats(_mixtures(system.sizes, [Fraction(float(v)) for v in point])) for point in stuck]
        low = np.concatenate([part[2] for part in parts])
        high = np.concatenate([part[3] for part in parts])
    return Solutions(tuple(found), tuple(unresolved), stopped=False)


def _same(first: Solution, second: Solution) -> bool:
    reach = first.radius + second.radius + Fraction(1, 2**80)
    return all(
        abs(a - b) <= reach
        for one, other in zip(first.mixtures, second.mixtures, strict=True)
        for a, b in zip(one, other, strict=True)
    )


class _Search:
    """The branch-and-prune steps on arrays of boxes: one row for each box, one column for each strategy."""

    def __init__(self, system: System) -> None:
        import numpy as np

        self.np = np
        self.sizes = system.sizes
        self.total = sum(system.sizes)
        edges = np.concatenate([[0], np.cumsum(system.sizes)])
        self.columns = [slice(int(a), int(b)) for a, b in pairwise(edges)]
        self.free = [c for part in self.columns for c in range(part.start + 1, part.stop)]
        self.players = range(len(system.sizes))
        self.equations: list[tuple[int, Any]] = []
        for i, rows in enumerate(system.tensors):
            shape = tuple(size for j, size in enumerate(system.sizes) if j != i)
            for tensor in rows:
                array = np.zeros(shape)
                for index, value in tensor.items():
                    array[index] = float(value)
                self.equations.append((i, array))

    def step(self, low: Any, high: Any) -> tuple[Any, Any, Any, Any]:
        """Points of settled boxes, points of boxes too small to go on with, and the boxes that remain, halved."""
        np = self.np
        low, high = self._within_simplices(low, high)
        keep = (low <= high + 1e-15).all(axis=1)
        low, high = low[keep], high[keep]
        for i, array in self.equations:
            if not len(low):
                break
            least, most = self._range(array, i, low, high)
            keep = (least <= MARGIN) & (most >= -MARGIN)
            low, high = low[keep], high[keep]
        if not len(low):
            none = np.zeros((0, self.total))
            return none, none, none, none
        settled, low, high = self._krawczyk(low, high)
        width = (high - low)[:, self.free]
        small = width.max(axis=1, initial=0.0) < SMALLEST
        stuck = ((low + high) / 2)[small]
        return settled, stuck, *self._halved(low[~small], high[~small])

    def _within_simplices(self, low: Any, high: Any) -> tuple[Any, Any]:
        """The boxes cut down to what probabilities that sum to one can reach."""
        np = self.np
        low, high = low.copy(), high.copy()
        for part in self.columns:
            a, b = low[:, part].copy(), high[:, part].copy()
            low[:, part] = np.maximum(a, 1 - (b.sum(axis=1, keepdims=True) - b) - 1e-15)
            high[:, part] = np.minimum(b, 1 - (a.sum(axis=1, keepdims=True) - a) + 1e-15)
        return low, high

    def _range(self, array: Any, i: int, low: Any, high: Any) -> tuple[Any, Any]:
        """Bounds of one equation over each box: player by player, the least and the greatest mixture of bounds."""
        np = self.np
        others = [j for j in self.players if j != i]
        least = np.broadcast_to(array, (len(low), *array.shape))
        most = least
        for j in reversed(others):
            bounds = low[:, self.columns[j]], high[:, self.columns[j]]
            least = self._extreme(least, *bounds)
            most = -self._extreme(-most, *bounds)
        return least, most

    def _extreme(self, values: Any, low: Any, high: Any) -> Any:
        """The least mixture along the last axis with weights between ``low`` and ``high`` that sum to one."""
        np = self.np
        order = np.argsort(values, axis=-1)
        shape = (len(low), *([1] * (values.ndim - 2)), low.shape[1])
        certain = np.take_along_axis(np.broadcast_to(low.reshape(shape), values.shape), order, axis=-1)
        room = np.take_along_axis(np.broadcast_to((high - low).reshape(shape), values.shape), order, axis=-1)
        left = 1 - low.sum(axis=1).reshape(shape[:-1])
        before = np.cumsum(room, axis=-1) - room
        weights = certain + np.clip(left[..., None] - before, 0, room)
        return (weights * np.take_along_axis(values, order, axis=-1)).sum(axis=-1)

    def _krawczyk(self, low: Any, high: Any) -> tuple[Any, Any, Any]:
        """Settles the boxes around which the test succeeds, and cuts the others to where a zero could be.

        Krawczyk's operator on the box X around m, with any matrix Y, is K(X) = m − Y f(m) + (I − Y F′(X))(X − m), where
        F′(X) bounds the Jacobian over X. Every zero in X lies in K(X) (the mean value theorem); if K(X) lies in the
        interior of X there is a zero in X (Brouwer), and only one, since I − Y F′(X) then contracts (Krawczyk 1969;
        Moore 1977). Here K(X) is ``centre_of_zero`` ± ``reach``, in the free weights.
        """
        np = self.np
        middle = (low + high) / 2
        # Only the free weights are unknown: the middle must be a point at which each player's weights sum to one.
        for part in self.columns:
            middle[:, part.start] = 1 - middle[:, part.start + 1 : part.stop].sum(axis=1)
        # X is half as wide again as the box: a zero on the common face of two boxes lies inside both neighbourhoods,
        # where the test on the boxes themselves would fail for ever. X may stick out of the simplices, where the
        # equations are still defined.
        radius = 0.75 * (high - low)[:, self.free] + 1e-12
        values = np.stack([self._at(array, i, middle) for i, array in self.equations], axis=1)
        centre, spread = self._slopes(middle, radius)
        with np.errstate(all="ignore"):
            # One singular matrix makes `inv` refuse all. The theorem holds for every Y, so that no inverse need be
            # right: a bad one only fails to settle its box.
            try:
                inverse = np.linalg.inv(centre)
            except np.linalg.LinAlgError:
                inverse = np.linalg.pinv(centre)
            newton = np.einsum("bij,bj->bi", inverse, values)
            growth = np.abs(np.eye(len(self.free)) - inverse @ centre) + np.abs(inverse) @ spread
            reach = np.einsum("bij,bj->bi", growth, radius) + 1e-13
        # The constants 1e-13 and 1e-12 are above the rounding of equations scaled to at most 1, with an inverse of
        # moderate size, and far below the width of any box. What is proved here is proved again exactly (`refined`).
        sound = np.isfinite(newton).all(axis=1) & np.isfinite(reach).all(axis=1)
        newton, reach = np.where(sound[:, None], newton, 0), np.where(sound[:, None], reach, np.inf)
        proved = sound & (np.abs(newton) + reach < radius).all(axis=1)
        centre_of_zero = middle[:, self.free] - newton
        # A zero that is proved, and lies beyond the box, is its neighbour's to report.
        apart = sound & (
            (centre_of_zero - reach > high[:, self.free] + 1e-12) | (centre_of_zero + reach < low[:, self.free] - 1e-12)
        ).any(axis=1)
        point = middle.copy()
        point[:, self.free] = centre_of_zero
        for part in self.columns:
            point[:, part.start] = 1 - point[:, part.start + 1 : part.stop].sum(axis=1)
        low, high = low.copy(), high.copy()
        low[:, self.free] = np.maximum(low[:, self.free], centre_of_zero - reach - 1e-12)
        high[:, self.free] = np.minimum(high[:, self.free], centre_of_zero + reach + 1e-12)
        rest = ~proved & ~apart
        return point[proved & ~apart], low[rest], high[rest]

    def _at(self, array: Any, i: int, points: Any) -> Any:
        """One equation at each point."""
        np = self.np
        value = np.broadcast_to(array, (len(points), *array.shape))
        for j in reversed([j for j in self.players if j != i]):
            weights = points[:, self.columns[j]]
            value = (value * weights.reshape(len(points), *([1] * (value.ndim - 2)), -1)).sum(axis=-1)
        return value

    def _slopes(self, middle: Any, radius: Any) -> tuple[Any, Any]:
        """The Jacobian at the middle of each box, and how far it may differ within ``radius``."""
        np = self.np
        count = len(self.free)
        centre, spread = np.zeros((len(middle), count, count)), np.zeros((len(middle), count, count))
        offsets = np.zeros((len(middle), self.total))
        offsets[:, self.free] = radius
        for row, (i, array) in enumerate(self.equations):
            others = [j for j in self.players if j != i]
            for axis, j in enumerate(others):
                rest = [k for k in others if k != j]
                base = np.take(array, [0], axis=axis)
                for t in range(1, self.sizes[j]):
                    slope = np.squeeze(np.take(array, [t], axis=axis) - base, axis=axis)
                    column = self.free.index(self.columns[j].start + t)
                    value, error = self._with_error(slope, rest, middle, offsets)
                    centre[:, row, column], spread[:, row, column] = value, error
        return centre, spread

    def _with_error(self, array: Any, others: list[int], middle: Any, offsets: Any) -> tuple[Any, Any]:
        """A multilinear form at the middle, and a bound of how far it moves when the free weights move."""
        np = self.np
        value = np.broadcast_to(array, (len(middle), *array.shape))
        error = np.zeros_like(value)
        for j in reversed(others):
            part = self.columns[j]
            shape = (len(middle), *([1] * (value.ndim - 2)), -1)
            weights = middle[:, part].reshape(shape)
            moves = offsets[:, part.start + 1 : part.stop].reshape(shape)
            relative = np.abs(value[..., 1:] - value[..., :1])
            relative_error = error[..., 1:] + error[..., :1]
            new_error = (np.abs(weights) * error).sum(axis=-1) + (moves * (relative + relative_error)).sum(axis=-1)
            value = (weights * value).sum(axis=-1)
            error = new_error
        return value, error

    def _halved(self, low: Any, high: Any) -> tuple[Any, Any]:
        """Each box cut in two across its widest side, not quite in the middle: zeros like to lie at a half."""
        np = self.np
        if not len(low):
            return low, high
        columns = np.array(self.free)[(high - low)[:, self.free].argmax(axis=1)]
        rows = np.arange(len(low))
        cut = low[rows, columns] + 0.487 * (high - low)[rows, columns]
        left_high, right_low = high.copy(), low.copy()
        left_high[rows, columns] = cut
        right_low[rows, columns] = cut
        return np.concatenate([low, right_low]), np.concatenate([left_high, high])


def refined(system: System, start: Sequence[Sequence[Fraction]]) -> Solution | None:
    """The zero near ``start``, by Newton's method and then Krawczyk's test in exact arithmetic; None if it fails.

    A zero whose coordinates are fractions with small denominators is recognised, and is exact.
    """
    point = [weight for mixture in start for weight in mixture[1:]]
    for _ in range(12):
        mixtures = _mixtures_of_free(system.sizes, point)
        step = square_solution(_jacobian(system, mixtures), _values(system, mixtures))
        if step is None:
            return None
        point = [_rounded(x - s) for x, s in zip(point, step, strict=True)]
        if all(abs(s) < Fraction(1, 2 ** (DIGITS + 10)) for s in step):
            break
    simple = [x.limit_denominator(SIMPLEST) for x in point]
    candidate = _mixtures_of_free(system.sizes, simple)
    if not any(_values(system, candidate)) and all(
        abs(a - b) < Fraction(1, 2**60) for a, b in zip(simple, point, strict=True)
    ):
        return Solution(candidate, Fraction(0))
    mixtures = _mixtures_of_free(system.sizes, point)
    radius = Fraction(1, 2 ** (DIGITS - 10))
    return Solution(mixtures, radius * max(system.sizes)) if _unique_within(system, mixtures, radius) else None


def _unique_within(system: System, mixtures: Sequence[Sequence[Fraction]], radius: Fraction) -> bool:
    """Krawczyk's test, exact: whether there is exactly one zero whose free weights lie within ``radius``."""
    jacobian = _jacobian(system, mixtures)
    values = _values(system, mixtures)
    newton = square_solution(jacobian, values)
    if newton is None:
        return False
    count = len(values)
    columns = [square_solution(jacobian, [Fraction(int(k == j)) for k in range(count)]) for j in range(count)]
    largest = max(sum(abs(column[k]) for column in columns if column is not None) for k in range(count))
    # With Y the exact inverse at the middle, I − Y F′(X) = Y (F′(m) − F′(X)), so that only the spread of F′ counts.
    # Each slope is a multilinear form with coefficients of at most 2 in k−2 mixtures; when free weights move by at most
    # r, a mixture of n weights moves by at most 2(n−1)r in sum, so the slope by at most 2·Σ 2(n−1)r·(1 + small).
    spread = 2 * sum(2 * (size - 1) for size in system.sizes) * radius * 2
    return all(abs(step) + largest * spread * count * radius < radius for step in newton)


def _values(system: System, mixtures: Sequence[Sequence[Fraction]]) -> list[Fraction]:
    """All equations at the mixtures."""
    return [
        _form(tensor, [m for j, m in enumerate(mixtures) if j != i])
        for i, rows in enumerate(system.tensors)
        for tensor in rows
    ]


def _form(tensor: dict[tuple[int, ...], Fraction], mixtures: Sequence[Sequence[Fraction]]) -> Fraction:
    total = Fraction(0)
    for index in product(*(range(len(mixture)) for mixture in mixtures)):
        value = tensor.get(index)
        if value:
            for position, k in enumerate(index):
                value *= mixtures[position][k]
            total += value
    return total


def _jacobian(system: System, mixtures: Sequence[Sequence[Fraction]]) -> list[list[Fraction]]:
    """The derivatives of all equations by all free weights; a free weight grows at the cost of its player's first."""
    rows = []
    for i, tensors in enumerate(system.tensors):
        for tensor in tensors:
            row = []
            for j, size in enumerate(system.sizes):
                for t in range(1, size):
                    if j == i:
                        row.append(Fraction(0))
                        continue
                    moved = [
                        tuple(Fraction((k == t) - (k == 0)) for k in range(size)) if other == j else mixture
                        for other, mixture in enumerate(mixtures)
                        if other != i
                    ]
                    row.append(_form(tensor, moved))
            rows.append(row)
    return rows


def _rounded(value: Fraction) -> Fraction:
    """The value to `DIGITS` binary places and a few, so that numbers stay short while Newton's method converges."""
    scale = 2 ** (DIGITS + 40)
    return Fraction(round(value * scale), scale)


def _mixtures(sizes: Sequence[int], weights: Sequence[Fraction]) -> tuple[tuple[Fraction, ...], ...]:
    """All weights, player by player, the first of each player's set so that they sum to one."""
    free: list[Fraction] = []
    position = 0
    for size in sizes:
        free += weights[position + 1 : position + size]
        position += size
    return _mixtures_of_free(sizes, free)


def _mixtures_of_free(sizes: Sequence[int], free: Sequence[Fraction]) -> tuple[tuple[Fraction, ...], ...]:
    result, position = [], 0
    for size in sizes:
        own = tuple(free[position : position + size - 1])
        result.append((1 - sum(own, Fraction(0)), *own))
        position += size - 1
    return tuple(result)


def _floats(mixtures: Sequence[Sequence[Fraction]]) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(float(weight) for weight in mixture) for mixture in mixtures)
