"""Linear equations in exact arithmetic, by elimination: their only solution, their rank, the sign of a determinant,
and without division the adjugate.

On integers every division is exact (Bareiss 1968, Mathematics of Computation 22), so that entries grow no longer than
the determinants that they are; on fractions that are kept short, ordinary elimination does.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Any

from games.exact import Number
from games.solvers.limits import expired


def only_solution(equations: Sequence[Sequence[Number]]) -> list[Fraction] | None:
    """The only solution of linear equations, each given as its coefficients and its right-hand side; else None.

    Elimination on integers; every division is exact (Bareiss 1968). A row loses its first column in every round.
    """
    rows = []
    for equation in equations:
        scale = lcm(*(value.denominator for value in equation))
        rows.append([int(value * scale) for value in equation])
    unknowns, previous = len(rows[0]) - 1, 1
    for k in range(unknowns):
        chosen = next((i for i in range(k, len(rows)) if rows[i][0]), None)
        if chosen is None or expired():
            return None
        rows[k], rows[chosen] = rows[chosen], rows[k]
        pivot, *head = rows[k]
        for i, (factor, *row) in enumerate(rows):
            if i != k:
                rows[i] = [(a * pivot - factor * b) // previous for a, b in zip(row, head, strict=True)]
        rows[k], previous = head, pivot
    if any(right for (right,) in rows[unknowns:]):
        return None
    return [Fraction(right, previous) for (right,) in rows[:unknowns]]


def rank(rows: Sequence[Sequence[Fraction]]) -> int:
    """The rank of a matrix, given by its rows; 0 if it has none."""
    left = [list(row) for row in rows]
    found = 0
    for column in range(len(left[0]) if left else 0):
        chosen = next((r for r in range(found, len(left)) if left[r][column]), None)
        if chosen is None:
            continue
        left[found], left[chosen] = left[chosen], left[found]
        for r in range(found + 1, len(left)):
            factor = left[r][column] / left[found][column]
            left[r] = [a - factor * b for a, b in zip(left[r], left[found], strict=True)]
        found += 1
    return found


def determinant_sign(matrix: Sequence[Sequence[int]]) -> int:
    """The sign of the determinant of a square integer matrix, by fraction-free elimination."""
    rows = [list(row) for row in matrix]
    size, sign, previous = len(rows), 1, 1
    for k in range(size):
        chosen = next((i for i in range(k, size) if rows[i][k]), None)
        if chosen is None:
            return 0
        if chosen != k:
            rows[k], rows[chosen], sign = rows[chosen], rows[k], -sign
        for i in range(k + 1, size):
            rows[i] = [(rows[i][j] * rows[k][k] - rows[i][k] * rows[k][j]) // previous for j in range(size)]
        previous = rows[k][k]
    return sign if previous > 0 else -sign


def adjugate(matrix: list[list[Any]]) -> tuple[list[list[Any]], Any]:
    """The adjugate and the determinant of a square matrix; divides by whole numbers only (Faddeev & LeVerrier)."""
    size = len(matrix)
    current: list[list[Any]] = [[1 if i == j else 0 for j in range(size)] for i in range(size)]
    for step in range(1, size + 1):
        times = [
            [sum(matrix[i][k] * current[k][j] for k in range(size) if current[k][j] != 0) for j in range(size)]
            for i in range(size)
        ]
        coefficient = sum(times[i][i] for i in range(size)) * Fraction(-1, step)
        before = current
        current = [[times[i][j] + (coefficient if i == j else 0) for j in range(size)] for i in range(size)]
    sign = (-1) ** (size - 1)
    return [[sign * value for value in row] for row in before], -sign * coefficient
