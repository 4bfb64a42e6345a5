"""Which constraints bind at the vertices of a best-response polytope: from floats, and proved.

A convex hull in floats (Barber, Dobkin & Huhdanpaa 1996, ACM Transactions on Mathematical Software 22) of the dual
polytope proposes the sets of n binding constraints, the bases, and which of them are neighbours. That these are the
vertices, and all of them, is then proved, rounding included.

Why all: bounds are raised by amounts in proportion to t > 0, random ones, so that for small t exactly n constraints
bind at every vertex. There begin n edges, each given by n − 1 of them, and another vertex at which these n − 1 bind is
the edge's other end. So a set of bases that holds for each of them and for each of its edges another one with these
constraints is closed under the edges, and these connect all vertices (Balinski 1961, Pacific Journal of Mathematics
11). A set of constraints is such a basis for all small t if every other constraint has room at its solution, or none
at t = 0 and then some: by floats with a bound on their errors, and exactly where these do not tell whether it is zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING, Any, TypeAlias

from games.solvers.limits import expired, remaining
from games.solvers.methods.linear_systems import only_solution

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

Array: TypeAlias = "NDArray[float64]"

MOST_LABELS = 62
"""The most constraints, each a bit of one of the machine's integers."""

LARGEST = 2**53
"""Whole numbers below are exact in floats."""

MOST_VERTICES = 1_000_000
"""The largest bound on the number of vertices for which a hull is looked for; there usually are a tenth as many."""

MOST_IN_A_HURRY = 400_000
"""The same where there is a time limit, since the search for a hull does not look at the clock."""

MOST_DEGENERATE = 1_000
"""The most bases of degenerate vertices, or nearly so, that are looked at exactly."""

AT_ONCE = 4_096
"""So many bases are proved at once, which bounds the memory."""

UNIT = 2.0**-53
"""The greatest relative error of one operation in floats."""

RAISED = 2.0**-32
"""How far bounds are raised for the hull, times 1 to 2; they are 1."""

SEED = 1


def most_vertices(dimension: int, constraints: int) -> int:
    """The most vertices of a polytope (McMullen 1970, Mathematika 17)."""
    half, odd = divmod(dimension, 2)
    free = constraints - half - 1
    if odd:
        return 2 * comb(free, half)
    return comb(free + 1, half) + (comb(free, half - 1) if half else 0)


def binding(matrix: Sequence[Sequence[int]], slack: Sequence[int], variable: Sequence[int]) -> set[int] | None:
    """The labels of every vertex of {x ≥ 0, Mx ≤ 1} but 0, M positive of shape (m, n), as bit masks.

    Bit ``slack[i]`` is set where row i holds with equality, bit ``variable[j]`` where x_j = 0. None where this way does
    not say: beyond the limits above, where the time is up, or if rounding is in the way.
    """
    import numpy as np

    m, n = len(matrix), len(variable)
    greatest = max(map(max, matrix))
    allowed = MOST_VERTICES if remaining() == float("inf") else MOST_IN_A_HURRY
    if n < 2 or m + n > MOST_LABELS or greatest >= LARGEST or most_vertices(n, m + n) > allowed:
        return None
    # A power of two keeps the numbers exact.
    rows = np.array(matrix, dtype=float) * 2.0 ** -greatest.bit_length()
    raised = 1 + np.random.default_rng(SEED).random(m)
    hull = _hull(rows, 1 + RAISED * raised)
    if hull is None:
        return None
    bases, neighbours = hull
    bits = np.array([1 << label for label in (*slack, *variable)], dtype=np.uint64)
    masks = np.bitwise_or.reduce(bits[bases], axis=1)
    if not _are_closed(masks, bits[bases], neighbours):
        return None
    extra = _Proof(rows, raised, bases, 1 << greatest.bit_length()).extra()
    if extra is None:
        return None
    for number, labels in extra.items():
        masks[number] |= np.bitwise_or.reduce(bits[labels])
    return set(masks.tolist()) - {int(np.bitwise_or.reduce(bits[m:]))}


def _hull(rows: Array, bounds: Array) -> tuple[Any, Any] | None:
    """For each vertex that floats find, the constraints that bind and, for each of these, the neighbour without it."""
    import numpy as np
    from scipy.spatial import ConvexHull, QhullError

    n = rows.shape[1]
    inside = np.full(n, 1 / (2 * rows.sum(axis=1).max()))
    normals = np.vstack([rows, -np.eye(n)])
    room = np.append(bounds, np.zeros(n)) - normals @ inside
    try:
        hull = ConvexHull(normals / room[:, None])
    except QhullError:
        return None
    return hull.simplices, hull.neighbors


def _are_closed(masks: Any, bits: Any, neighbours: Any) -> bool:
    """Whether across each edge of each basis there is another one; ``bits``: by basis, one for each constraint."""
    import numpy as np

    if len(np.unique(masks)) < len(masks):
        return False
    edges = masks[:, None] ^ bits
    others = masks[neighbours]
    return bool(((others & edges) == edges).all() and (others != masks[:, None]).all())


@dataclass
class _Proof:
    """That each set of n constraints is a basis: the first m are the ``rows``, whose bounds are 1; then x ≥ 0.

    ``raised``: by how much the bounds of rows are raised, times t. ``scale``: times it, the rows are whole numbers.
    """

    rows: Array
    raised: Array
    bases: Any
    scale: int

    def extra(self) -> dict[int, list[int]] | None:
        """By basis of a degenerate vertex, which other constraints bind there; None if some set is no basis."""
        import numpy as np

        m, n = self.rows.shape
        ordered = np.sort(self.bases, axis=1)
        tight = (ordered < m).sum(axis=1)
        found: dict[int, list[int]] = {}
        for count in range(1, n + 1):
            alike = np.flatnonzero(tight == count)
            for start in range(0, len(alike), AT_ONCE):
                if expired(f"{start} of {len(alike)} bases"):
                    return None
                numbers = alike[start : start + AT_ONCE]
                unclear = self._unclear(ordered[numbers], count)
                if unclear is None or len(found) + len(unclear) > MOST_DEGENERATE:
                    return None
                for place, rises in unclear:
                    zeros = self._zeros(ordered[numbers[place]].tolist(), count)
                    if zeros is None or not rises[zeros].all():
                        return None
                    found[int(numbers[place])] = zeros
        return found

    def _unclear(self, ordered: Any, count: int) -> list[tuple[int, Any]] | None:
        """The bases with another constraint that may bind, by place, and which constraints get room as bounds rise.

        ``count`` rows are among those of each basis, which thus leave as many variables x: Ax = 1 with A of this size.
        With R near the inverse of A and ‖I − RA‖ ≤ α < 1, the solution is within ‖R‖ ‖1 − Ay‖ / (1 − α) of any y. Sums
        of n products in floats are off by at most (n + 2) roundings of the sum of their sizes. None where α is large.
        """
        import numpy as np

        m, n = self.rows.shape
        off = 2 * (n + 2) * UNIT
        chosen, free = ordered[:, :count], np.ones((len(ordered), n), dtype=bool)
        np.put_along_axis(free, ordered[:, count:] - m, False, axis=1)
        used = np.nonzero(free)[1].reshape(-1, count)
        matrix = self.rows[chosen[:, :, None], used[:, None, :]]
        try:
            inverse = np.linalg.inv(matrix)
        except np.linalg.LinAlgError:
            return None
        size = abs(inverse).sum(axis=2).max(axis=1)
        height = abs(matrix).sum(axis=2).max(axis=1)
        missed = abs(np.eye(count) - inverse @ matrix).sum(axis=2).max(axis=1) + off * (size * height + 1)
        if not (missed < 0.5).all():
            return None
        room, sure = [], []
        for right in (np.ones(m), self.raised):
            bounds = right[chosen]
            point = (inverse @ bounds[:, :, None])[:, :, 0]
            largest = abs(point).max(axis=1)
            residual = abs(bounds - (matrix @ point[:, :, None])[:, :, 0]).max(axis=1) + off * (2 + height * largest)
            error = 4 * size * residual
            values = np.zeros((len(ordered), n))
            np.put_along_axis(values, used, point, axis=1)
            room.append(np.hstack([right - values @ self.rows.T, values]))
            reach = self.rows.sum(axis=1)
            sure.append(
                np.hstack(
                    [
                        2 * (error[:, None] * reach + off * (2 + largest[:, None] * reach)),
                        np.repeat(error[:, None], n, axis=1),
                    ]
                )
            )
        np.put_along_axis(room[0], ordered, np.inf, axis=1)
        if (room[0] < -sure[0]).any():
            return None
        rises = room[1] > sure[1]
        return [(int(place), rises[place]) for place in np.flatnonzero((room[0] <= sure[0]).any(axis=1))]

    def _zeros(self, basis: list[int], count: int) -> list[int] | None:
        """The other constraints that bind exactly at the solution of a set; None if one does not hold there."""
        m, n = self.rows.shape
        whole = [[int(entry * self.scale) for entry in row] for row in self.rows.tolist()]
        used = [j for j in range(n) if m + j not in set(basis[count:])]
        solution = only_solution([[*(whole[i][j] for j in used), self.scale] for i in basis[:count]])
        if solution is None:
            return None
        values = dict(zip(used, solution, strict=True))
        room = [1 - sum((row[j] * x for j, x in values.items()), Fraction(0)) / self.scale for row in whole]
        room += [values.get(j, Fraction(0)) for j in range(n)]
        if min(room) < 0:
            return None
        return [k for k, left in enumerate(room) if not left and k not in basis]
