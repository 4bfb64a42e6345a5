"""Linear equations, polytopes and matrix games in exact arithmetic, by brute force.

A corner of a polytope is the only solution of some of its inequalities taken as equations, together with its
equations (Schrijver 1986, Theory of Linear and Integer Programming, section 8.5); so all corners are found by trying
every choice. That is slow and short, which is what a judge should be.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

Row: TypeAlias = Sequence[Fraction]
"""Coefficients and, last, the right side."""


def solved(rows: Sequence[Row], size: int) -> list[Fraction] | None:
    """The only solution of the equations in ``size`` unknowns; None if there is none or more than one."""
    left = [list(row) for row in rows]
    for column in range(size):
        pivot = next((row for row in left[column:] if row[column]), None)
        if pivot is None:
            return None
        left.remove(pivot)
        pivot = [value / pivot[column] for value in pivot]
        left = [[x - row[column] * y for x, y in zip(row, pivot, strict=True)] if row[column] else row for row in left]
        left.insert(column, pivot)
    if any(row[-1] for row in left[size:]):
        return None
    return [row[-1] for row in left[:size]]


def corners(at_most: Sequence[Row], equal: Sequence[Row], size: int) -> list[tuple[Fraction, ...]]:
    """The corners of the set of x with row · x ≤ right side for each row in ``at_most``, = for each in ``equal``."""
    found: dict[tuple[Fraction, ...], None] = {}
    for chosen in combinations(at_most, size - len(equal)):
        x = solved([*equal, *chosen], size)
        if x is not None and all(_times(row, x) <= row[-1] for row in at_most):
            found[tuple(x)] = None
    return list(found)


def _times(row: Row, x: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(row, x, strict=False)), Fraction(0))


def probabilities(size: int, further: int = 0) -> tuple[list[Row], list[Row]]:
    """The inequalities and the equation that make the first ``size`` of the unknowns probabilities."""
    zero, one = Fraction(0), Fraction(1)
    total = size + further
    nonnegative = [[-one if k == j else zero for j in range(total)] + [zero] for k in range(size)]
    return nonnegative, [[one] * size + [zero] * further + [one]]


def some_weights(margins: Sequence[Sequence[Fraction]], size: int) -> tuple[Fraction, ...] | None:
    """Probabilities at which none of the ``margins`` is negative in expectation; None if there are none."""
    nonnegative, sums_to_one = probabilities(size)
    rows = [*nonnegative, *([-x for x in margin] + [Fraction(0)] for margin in margins)]
    return next(iter(corners(rows, sums_to_one, size)), None)


def matrix_value(rows: Sequence[Sequence[Fraction]]) -> Fraction:
    """The value of the zero-sum game in which the first player gets ``rows`` (von Neumann 1928)."""
    size = len(rows)
    nonnegative, sums_to_one = probabilities(size, 1)
    # The last unknown is what the mixture guarantees; it is bounded above, so that its most is at a corner.
    guarantees = [[-row[k] for row in rows] + [Fraction(1), Fraction(0)] for k in range(len(rows[0]))]
    return max(corner[-1] for corner in corners([*nonnegative, *guarantees], sums_to_one, size + 1))
