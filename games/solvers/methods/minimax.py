"""The optimal mixtures of a matrix game: one by a linear program in exact arithmetic, all by double description."""

from fractions import Fraction

from games.solvers.methods.bimatrix import Payoffs
from games.solvers.methods.double_description import extreme_mixtures
from games.solvers.methods.mixtures import Mixture
from games.solvers.methods.pivoting import maximise


def minimax(rows: Payoffs) -> Mixture:
    """A mixture of the columns that holds the greatest row to the least possible, a vertex of the set of these."""
    shift = 1 - min(map(min, rows))
    _, weights = maximise([1] * len(rows[0]), [[entry + shift for entry in row] for row in rows], [1] * len(rows))
    total = sum(weights)
    return tuple(weight / total for weight in weights)


def every_minimax(rows: Payoffs, known: Mixture, against: Mixture, value: Fraction) -> tuple[list[Mixture], bool]:
    """Every extreme mixture of the columns that holds all rows to ``value``, and whether that is all.

    ``known`` is one of them, and ``against`` a mixture of the rows that holds all columns from below to ``value``. So
    a column above ``value`` against it is never used, and a row that it uses is never below ``value``.
    """
    level = expected(list(zip(*rows, strict=True)), against)
    used = [k for k, entry in enumerate(level) if entry == value]
    over = [[row[k] - value for k in used] for row in rows]
    equal = [row for row, weight in zip(over, against, strict=True) if weight]
    corners = extreme_mixtures(over, equal, len(used))
    if corners is None:
        return [known], False
    place = {k: i for i, k in enumerate(used)}
    zero = Fraction(0)
    return [tuple(c[place[k]] if k in place else zero for k in range(len(known))) for c in corners], True


def expected(rows: Payoffs, mix: Mixture) -> list[Fraction]:
    """What each row gives on average against the mixture of the columns."""
    return [sum((entry * w for entry, w in zip(row, mix, strict=True) if w), Fraction(0)) for row in rows]
