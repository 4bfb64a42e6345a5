"""Linear complementarity problems by Lemke's algorithm: w = Mz + b, w, z ≥ 0, wᵀz = 0.

A covering vector d is given, such that w = b + d·t ≥ 0 for some t ≥ 0: the start of a path on which t falls to zero.
Exact in whole numbers, with the lexicographic rule against cycling; or in floats, with small random bounds instead.
Source: Lemke (1965), Management Science 11.
"""

from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

from games.solvers.limits import expired
from games.solvers.methods.pivoting import leaving_row, pivoted

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

Array: TypeAlias = "NDArray[float64]"

NUDGE = 1e-9
"""The most by which a bound is moved in floats; bounds and payoffs are about 1."""

LEAST_PIVOT = 1e-9
"""An entry below this counts as zero in floats."""

MOST_PIVOTS = 20_000
"""The most pivots in floats; about as many as there are variables are usual."""

SEED = 1


def complementary(matrix: list[list[int]], bound: list[int], covering: list[int]) -> list[Fraction] | None:
    """z of a solution, exact; None if stopped.

    Variables are numbered w 0 to n−1, z n to 2n−1, and the artificial one, t, 2n.
    """
    n = len(bound)
    rows = [[-a for a in row] + [-d, b] for row, d, b in zip(matrix, covering, bound, strict=True)]
    basic, nonbasic, denominator = list(range(n)), [*range(n, 2 * n), 2 * n], 1
    slack = range(n)
    if min(bound) < 0:
        # Under the perturbation (ε, ε², …) of the lexicographic rule, of several that need the same t the last needs
        # the most.
        needed = {i: Fraction(-b, d) for i, (d, b) in enumerate(zip(covering, bound, strict=True)) if d > 0}
        r, column = max(needed, key=lambda i: (needed[i], i)), n
        while True:
            if expired():
                return None
            pivot = rows[r][column]
            rows = pivoted(rows, r, column, denominator)
            denominator = abs(pivot)
            left = basic[r]
            basic[r], nonbasic[column] = nonbasic[column], left
            if left == 2 * n:
                break
            # What left was one of a complementary pair; only its partner may enter, so that wᵀz stays zero.
            column = nonbasic.index(left + n if left < n else left - n)
            r = leaving_row(rows, column, basic, nonbasic, slack)
            if r < 0:
                raise AssertionError("Lemke's algorithm ended on a ray, which these problems do not have")
    solution = [Fraction(0)] * n
    for row, label in zip(rows, basic, strict=True):
        if n <= label < 2 * n:
            solution[label - n] = Fraction(row[-1], denominator)
    return solution


def nearly_complementary(matrix: Array, bound: Array, covering: Array) -> "Array | None":
    """z of a solution of a problem with bounds `NUDGE` away, in floats; shapes (n, n), (n), (n), (n).

    None where it is stopped, or ends elsewhere. Where the bounds are not negative, z = 0 solves it.
    """
    import numpy as np

    n = len(bound)
    random = np.random.default_rng(SEED)
    bounds = bound + NUDGE * random.random(n)
    rows = np.column_stack([-matrix, -covering, bounds])
    basic, nonbasic = np.arange(n), np.append(np.arange(n, 2 * n), 2 * n)
    if bounds.min() >= 0:
        return np.zeros(n)
    needed = np.full(n, -np.inf)
    np.divide(-bounds, covering, out=needed, where=covering > LEAST_PIVOT)
    r, column = int(needed.argmax()), n
    for _ in range(MOST_PIVOTS):
        if r < 0 or expired():
            return None
        _pivot(rows, r, column)
        left = int(basic[r])
        basic[r], nonbasic[column] = nonbasic[column], left
        if left == 2 * n:
            solution = np.zeros(2 * n)
            solution[basic] = rows[:, -1]
            return solution[n:]
        column = int((nonbasic == (left + n if left < n else left - n)).argmax())
        r = _leaving(rows, column, basic == 2 * n)
    return None


def _pivot(rows: Array, r: int, column: int) -> None:
    """Exchanges the variable of the row with that of the column, in place."""
    import numpy as np

    pivot, entering = rows[r, column], rows[:, column].copy()
    rows[r] /= pivot
    entering[r] = 0
    rows -= np.outer(entering, rows[r])
    rows[:, column] = -entering / pivot
    rows[r, column] = 1 / pivot


def _leaving(rows: Array, column: int, artificial: Any) -> int:
    """The row of the least ratio, the artificial variable's where it ties; −1 if none limits the column."""
    import numpy as np

    limits = rows[:, column] > LEAST_PIVOT
    if not limits.any():
        return -1
    ratios = np.full(len(rows), np.inf)
    np.divide(rows[:, -1], rows[:, column], out=ratios, where=limits)
    first = int(ratios.argmin())
    at_end = int(artificial.argmax())
    return at_end if artificial[at_end] and ratios[at_end] <= ratios[first] * (1 + LEAST_PIVOT) else first
