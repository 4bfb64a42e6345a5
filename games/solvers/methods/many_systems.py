"""Many small linear systems in whole numbers at once: proposed by floats, and checked exactly.

What floats do not settle is left to the caller, which solves it exactly one by one.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from games.solvers.limits import expired

if TYPE_CHECKING:
    pass

Matrix = Sequence[Sequence[int]]
"""Whole numbers."""

AT_ONCE = 4_096
"""So many systems are solved at once, which bounds the memory."""

LARGEST = 2**62
"""No sum of products of whole numbers may reach it."""

UNIT = 2.0**-53
"""The greatest relative error of one operation in floats."""


def solutions_in_whole(matrix: Matrix, chosen: Sequence[tuple[list[int], list[int]]]) -> list[list[int] | None]:
    """For each choice of rows and of as many columns, whole numbers in proportion to the solution of Mx = 1 there.

    Without a common factor, one for each column; by Cramer's rule the solution times the determinant is whole. None
    where rounding is in the way, or where there is no positive solution. That a solution is the only one is not
    looked at.
    """
    import numpy as np

    found: list[list[int] | None] = [None] * len(chosen)
    whole = _as_array(matrix)
    for places, rows, columns in _alike(chosen if whole is not None else []):
        parts = whole[rows[:, :, None], columns[:, None, :]]
        with np.errstate(all="ignore"):
            determinant = np.linalg.det(parts.astype(float))
            try:
                values = np.linalg.solve(parts.astype(float), np.ones((*rows.shape, 1)))[:, :, 0]
            except np.linalg.LinAlgError:
                continue
            scaled = np.column_stack([values * determinant[:, None], determinant])
        most = LARGEST / (rows.shape[1] * max(1, int(abs(whole).max())))
        small = np.isfinite(scaled).all(axis=1) & (abs(scaled) < min(most, 2.0**52)).all(axis=1)
        numbers = np.rint(np.where(small[:, None], scaled, 0)).astype(np.int64)
        numbers *= np.where(numbers[:, -1:] < 0, -1, 1)
        met = (parts @ numbers[:, :-1, None])[:, :, 0] == numbers[:, -1:]
        right = small & met.all(axis=1) & (numbers > 0).all(axis=1)
        numbers //= np.maximum(np.gcd.reduce(numbers, axis=1), 1)[:, None]
        for place, is_right, row in zip(places, right.tolist(), numbers.tolist(), strict=True):
            found[place] = row[:-1] if is_right else None
    return found


def determinant_signs(matrix: Matrix, chosen: Sequence[tuple[list[int], list[int]]]) -> list[int | None]:
    """The sign of the determinant at each choice of rows and of as many columns; None where rounding is in the way.

    Gaussian elimination with pivots in floats is exact for a matrix that differs by E, each entry of it at most
    n 2ⁿ roundings of the greatest one (Higham 2002, Accuracy and Stability of Numerical Algorithms, theorems 9.3 and
    9.5). With R near the inverse of A and ‖I − RA‖ ≤ 1/2, none of the matrices between is singular if ‖R‖ ‖E‖ < 1/4, so
    that all have the same sign.
    """
    import numpy as np

    found: list[int | None] = [None] * len(chosen)
    whole = _as_array(matrix)
    for places, rows, columns in _alike(chosen if whole is not None else []):
        parts = whole[rows[:, :, None], columns[:, None, :]].astype(float)
        count = rows.shape[1]
        try:
            inverse = np.linalg.inv(parts)
        except np.linalg.LinAlgError:
            continue
        size = abs(inverse).sum(axis=2).max(axis=1)
        greatest = abs(parts).max(axis=(1, 2))
        off = 2 * (count + 2) * UNIT
        missed = abs(np.eye(count) - inverse @ parts).sum(axis=2).max(axis=1) + off * (size * greatest * count + 1)
        error = count * (2 * count * 2.0**count * UNIT * greatest)
        signs = np.linalg.slogdet(parts)[0]
        sure = (missed < 0.5) & (size * error < 0.25)
        for place, is_sure, sign in zip(places, sure.tolist(), signs.tolist(), strict=True):
            found[place] = int(sign) if is_sure else None
    return found


def _as_array(matrix: Matrix) -> Any:
    """None if a number is too large for a float to hold all its digits."""
    import numpy as np

    return np.array(matrix, dtype=np.int64) if max(abs(entry) for row in matrix for entry in row) < 2**52 else None


def _alike(chosen: Sequence[tuple[list[int], list[int]]]) -> Any:
    """The choices by their size, a bounded number at once: places, rows, columns, as arrays; until the time is up."""
    import numpy as np

    by_size: dict[int, list[int]] = {}
    for place, (rows, columns) in enumerate(chosen):
        if len(rows) == len(columns):
            by_size.setdefault(len(rows), []).append(place)
    for places in by_size.values():
        for start in range(0, len(places), AT_ONCE):
            if expired():
                return
            some = places[start : start + AT_ONCE]
            yield some, np.array([chosen[k][0] for k in some]), np.array([chosen[k][1] for k in some])


def best_payoffs(matrix: Matrix, own: Sequence[Sequence[int]], others: Sequence[Sequence[int]]) -> list[int] | None:
    """What is best against each of the others' weights, if just that is played with each of the own; else None.

    None, too, where numbers are too large.
    """
    import numpy as np

    whole = _as_array(matrix)
    if whole is None or not own or max(map(max, others)) * int(abs(whole).max()) * len(whole[0]) >= LARGEST:
        return None
    pays = np.array(others, dtype=np.int64) @ whole.T
    best = pays.max(axis=1)
    played = np.array([[weight > 0 for weight in weights] for weights in own])
    return best.tolist() if (pays == best[:, None])[played].all() else None
