"""The bordered minors of a payoff matrix, whose signs say which supports make equilibria.

Definition: for k + 1 rows R and k columns C of a matrix A, M(R, C) is the determinant of A_RC bordered by a column of
ones, which is that of the k × k differences of the first row of R to the others. If the rows I and the columns J are
equally many, the mixture y of J against which all of I pay the same is

    y_j in proportion to (−1)^q M(I, J without j), j being the q-th of J,

and what the row i outside pays less than those of I is in proportion to M(I with i, J), up to a sign that hangs on
where i stands among I alone. So each minor is worked out once, and serves every support that it is part of. Nothing is
divided: signs alone say whether a support makes an equilibrium. Source: Shapley & Snow (1950), Basic solutions of
discrete games, Annals of Mathematics Studies 24.

A minor is expanded by its last row into smaller ones. The same expansion serves floats, whole numbers and polynomials.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import factorial
from typing import TypeAlias

Lines: TypeAlias = tuple[int, ...]
"""Positions of rows, or of columns, in order."""

Signed: TypeAlias = tuple[int, int]
"""The number of a minor, and the sign that it is taken with."""

GREATEST = (1, 1, 1, 2, 3)
"""The greatest minor of k columns of a matrix of zeros and ones (Hadamard 1893; Williamson 1946)."""

ROUNDING = 1.01 * 2.0**-53
"""A little more than the relative error of one operation, which pays for what is of second order."""


@dataclass(frozen=True)
class Minor:
    """M(rows, columns): its number, and for more than one column its expansion.

    Each of the ``terms`` is a sign, the number of a difference and that of the smaller minor that it multiplies.
    """

    number: int
    rows: Lines
    columns: Lines
    terms: tuple[tuple[int, int, int], ...]


@cache
def minors(m: int, n: int) -> Mapping[tuple[Lines, Lines], Minor]:
    """Every minor of a matrix of shape (m, n) by rows and columns, smaller ones first.

    The differences come first, those of one pair of rows together.
    """
    found: dict[tuple[Lines, Lines], Minor] = {}
    for k in range(1, largest(m, n) + 1):
        for rows in combinations(range(m), k + 1):
            for columns in combinations(range(n), k):
                terms = () if k == 1 else tuple(_terms(found, rows, columns))
                found[rows, columns] = Minor(len(found), rows, columns, terms)
    return found


def _terms(found: Mapping[tuple[Lines, Lines], Minor], rows: Lines, columns: Lines) -> list[tuple[int, int, int]]:
    """The expansion by the last row."""
    terms = []
    for q, column in enumerate(columns):
        difference = found[(rows[0], rows[-1]), (column,)].number
        rest = found[rows[:-1], columns[:q] + columns[q + 1 :]].number
        terms.append(((-1) ** (len(columns) - 1 - q), difference, rest))
    return terms


def largest(m: int, n: int) -> int:
    """The most columns of a minor of a matrix of shape (m, n)."""
    return min(m - 1, n)


def differences(m: int, n: int) -> int:
    """How many minors are differences of two payoffs."""
    return m * (m - 1) // 2 * n


def weights(m: int, n: int, rows: Lines, columns: Lines) -> list[Signed]:
    """The mixture of ``columns`` against which all ``rows`` pay the same; the first sign is positive.

    Of one row and one column it is one, which no minor stands for: none is listed.
    """
    if len(rows) == 1:
        return []
    every = minors(m, n)
    return [(every[rows, columns[:q] + columns[q + 1 :]].number, (-1) ** q) for q in range(len(columns))]


def slacks(m: int, n: int, rows: Lines, columns: Lines) -> list[Signed]:
    """What each row outside ``rows`` pays less against this mixture, on the scale of `weights`."""
    every = minors(m, n)
    found = []
    for other in (i for i in range(m) if i not in rows):
        after = sum(row > other for row in rows)
        number = every[tuple(sorted((*rows, other))), columns].number
        found.append((number, (-1) ** (len(rows) - 1 + after)))
    return found


def greatest(k: int, apart: int) -> int:
    """The most that minors of up to k columns, sums on the way to them, and sums of weights can be in size.

    Payoffs are whole numbers that lie at most so far apart. A minor is linear in each payoff, so that it is greatest
    where each is the least or the greatest (Hadamard's problem: `GREATEST`). A sum has at most k + 1 terms, each a
    minor of k columns, or one of k − 1 times a difference.
    """
    return (k + 1) * GREATEST[k] * int(apart**k)


def rounding(k: int) -> float:
    """How far a minor of k columns may be off in floats, if no difference is greater than 1.

    A running error analysis (Wilkinson 1963), the same for all games, as in the filters of Fortune & Van Wyk (1996):
    each of k products has a factor that is off by so much and rounds once more, and their sum rounds k − 1 times.
    """
    off = 1.0
    for size in range(2, k + 1):
        off = size * off + factorial(size) * (size + 1)
    return off * ROUNDING


@dataclass(frozen=True)
class Supports:
    """Equally many strategies of either player: ``rows`` of the first, ``columns`` of the second."""

    rows: Lines
    columns: Lines


@cache
def supports(m: int, n: int) -> Sequence[Supports]:
    """Every pair of supports of equal size, small ones first, then in the order of strategies."""
    return [
        Supports(rows, columns)
        for k in range(1, min(m, n) + 1)
        for rows in combinations(range(m), k)
        for columns in combinations(range(n), k)
    ]
