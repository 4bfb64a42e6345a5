"""Exact pivoting on integer tableaux: the vertices of a polytope, and linear programs.

Both work on {x ≥ 0, Mx ≤ b} with whole numbers. A tableau is kept condensed (one column for each nonbasic variable)
and free of fractions: its entries are integers over one common denominator, the determinant of the basis, so that
every division below is exact. Sources: Edmonds (1967) and Bareiss (1968) on integer elimination; Avis (2000) on
lexicographic pivoting in vertex enumeration; Bland (1977) on the rule against cycling.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from games.solvers.limits import expired

Matrix = Sequence[Sequence[int]]


def vertices(
    matrix: Matrix, slack: Sequence[int], variable: Sequence[int], limit: int
) -> tuple[dict[int, tuple[int, ...]], bool]:
    """All vertices other than 0 of {x ≥ 0, Mx ≤ 1}, M positive of shape (m, n), and whether the list is complete.

    A vertex is keyed by its labels, a bit mask: bit ``slack[i]`` is set where row i holds with equality, bit
    ``variable[j]`` where x_j = 0. Its value is the vector x up to a positive factor. The labels of a vertex are all
    the constraints that bind there, so degenerate vertices appear once. At most ``limit`` bases are visited.

    The search walks the graph of lexicographically feasible bases, which is connected and covers every vertex. Since M
    is positive, the polytope is bounded and every column can enter.
    """
    n = len(variable)
    everything = 0
    for label in (*slack, *variable):
        everything |= 1 << label
    start = 0
    for label in slack:
        start |= 1 << label
    found: dict[int, tuple[int, ...]] = {}
    seen = {start}
    stack = [([[*row, 1] for row in matrix], list(slack), list(variable), 1, start)]
    visited, often = 0, 1 + 10_000 // (len(slack) * n)
    while stack:
        visited += 1
        if visited % often == 0 and expired(f"{len(seen)} bases seen"):
            return found, False
        rows, basic, nonbasic, denominator, basis = stack.pop()
        labels = everything & ~basis
        values = dict.fromkeys(variable, 0)
        for row, label in zip(rows, basic, strict=True):
            if not row[n]:
                labels |= 1 << label
            elif label in values:
                values[label] = row[n]
        if basis != start and labels not in found and any(values.values()):
            found[labels] = tuple(values.values())
        for column in range(n):
            r = leaving_row(rows, column, basic, nonbasic, slack)
            entered = basis ^ (1 << basic[r]) ^ (1 << nonbasic[column])
            if entered in seen:
                continue
            if len(seen) >= limit:
                return found, False
            seen.add(entered)
            tableau = pivoted(rows, r, column, denominator)
            new_basic, new_nonbasic = basic[:], nonbasic[:]
            new_basic[r], new_nonbasic[column] = nonbasic[column], basic[r]
            stack.append((tableau, new_basic, new_nonbasic, rows[r][column], entered))
    return found, True


def leaving_row(rows: list[list[int]], column: int, basic: list[int], nonbasic: list[int], slack: Sequence[int]) -> int:
    """The row that leaves when ``column`` enters: the lexicographically least ratio, never tied; −1 if none limits it.

    The last entry of a row is its bound. ``slack`` are the variables of the first basis, in the order of the rows.
    """
    best = -1
    least_value = least_entry = 0
    for r, row in enumerate(rows):
        entry = row[column]
        if entry <= 0:
            continue
        if best >= 0:
            difference = row[-1] * least_entry - least_value * entry
            if difference > 0 or (
                difference == 0 and not _lexicographically_less(rows, r, best, column, basic, nonbasic, slack)
            ):
                continue
        best, least_value, least_entry = r, row[-1], entry
    return best


def _lexicographically_less(
    rows: list[list[int]],
    r: int,
    best: int,
    column: int,
    basic: list[int],
    nonbasic: list[int],
    slack: Sequence[int],
) -> bool:
    """Whether row ``r`` over its entry in ``column`` comes before row ``best`` over its own, in the slack columns.

    A basic slack has a unit column, which only its own row sees; a nonbasic one has a column of the tableau.
    """
    mine, other = rows[r], rows[best]
    for label in slack:
        if label == basic[r]:
            return False
        if label == basic[best]:
            return True
        if label in nonbasic:
            k = nonbasic.index(label)
            difference = mine[k] * other[column] - other[k] * mine[column]
            if difference:
                return difference < 0
    raise AssertionError("two rows of a basis are proportional")


def pivoted(rows: list[list[int]], r: int, column: int, denominator: int) -> list[list[int]]:
    """The tableau after the variable of ``column`` has entered the basis in row ``r``.

    The absolute value of the entry at (r, column) becomes the new common denominator. The entering variable's column
    becomes that of the leaving one.
    """
    pivot_row = rows[r]
    pivot = pivot_row[column]
    result = []
    for i, row in enumerate(rows):
        if i == r:
            fresh = pivot_row[:]
            fresh[column] = denominator
        else:
            factor = row[column]
            if factor:
                fresh = [(a * pivot - factor * b) // denominator for a, b in zip(row, pivot_row, strict=True)]
                fresh[column] = -factor
            else:
                fresh = [a * pivot // denominator for a in row]
        result.append(fresh)
    return result if pivot > 0 else [[-a for a in row] for row in result]


def maximise(
    objective: Sequence[Fraction | int], rows: Sequence[Sequence[Fraction | int]], bounds: Sequence[int]
) -> tuple[Fraction, list[Fraction]]:
    """The maximum of c·x over {x ≥ 0, Mx ≤ b}, b ≥ 0, and a vertex x where it is reached; the maximum must be finite.

    Bland's rule: the first column that improves enters, the first row (by variable) of least ratio leaves.
    """
    n = len(objective)
    scale = lcm(1, *(Fraction(a).denominator for row in (*rows, objective) for a in row))
    tableau = [[int(a * scale) for a in row] + [b * scale] for row, b in zip(rows, bounds, strict=True)]
    tableau.append([-int(c * scale) for c in objective] + [0])
    basic, nonbasic, denominator = list(range(n, n + len(bounds))), list(range(n)), 1
    while True:
        improving = [k for k in range(n) if tableau[-1][k] < 0]
        if not improving:
            break
        column = min(improving, key=lambda k: nonbasic[k])
        candidates = [r for r in range(len(bounds)) if tableau[r][column] > 0]
        if not candidates:
            raise ValueError("the linear program is unbounded")
        r = min(candidates, key=lambda i: (Fraction(tableau[i][n], tableau[i][column]), basic[i]))
        pivot = tableau[r][column]
        tableau = pivoted(tableau, r, column, denominator)
        basic[r], nonbasic[column], denominator = nonbasic[column], basic[r], pivot
    solution = [Fraction(0)] * n
    for row, variable in zip(tableau, basic, strict=False):
        if variable < n:
            solution[variable] = Fraction(row[n], denominator)
    return sum((Fraction(c) * x for c, x in zip(objective, solution, strict=True)), Fraction(0)), solution


def determinant_sign(matrix: Matrix) -> int:
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
