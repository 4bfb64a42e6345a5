"""Exact pivoting on integer tableaux: the vertices of a polytope, and linear programs.

Both work on {x ≥ 0, Mx ≤ b} with whole numbers. A tableau is kept condensed (one column for each nonbasic variable)
and free of fractions. For vertices its entries are integers over one common denominator, the determinant of the basis,
so that every division below is exact; for linear programs each row has a denominator of its own. Sources: Edmonds
(1967) and Bareiss (1968) on integer elimination; Avis (2000) on lexicographic pivoting in vertex enumeration; Dantzig,
Orden & Wolfe (1955), Pacific Journal of Mathematics 5, on the lexicographic rule against cycling.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm

from games.solvers.limits import OutOfTimeError, expired

Matrix = Sequence[Sequence[int]]
"""Rows of whole numbers, all of one length."""

MOST_BASES = 100_000
"""The most bases visited in each polytope, for small games."""

MOST_ENTRIES = 20_000_000
"""The most tableau entries computed in each polytope, which bounds the bases of large games."""


def most_bases(m: int, n: int) -> int:
    """The most bases of {x ≥ 0, Mx ≤ 1}, M of shape (m, n), that are visited in search of its vertices."""
    return min(MOST_BASES, MOST_ENTRIES // (m * n))


def vertices(
    matrix: Matrix, slack: Sequence[int], variable: Sequence[int], limit: int, enough: int | None = None
) -> tuple[dict[int, tuple[int, ...]], bool]:
    """All vertices other than 0 of {x ≥ 0, Mx ≤ 1}, M positive of shape (m, n), and whether the list is complete.

    A vertex is keyed by its labels, a bit mask: bit ``slack[i]`` is set where row i holds with equality, bit
    ``variable[j]`` where x_j = 0. Its value is the vector x up to a positive factor. The labels of a vertex are all
    the constraints that bind there, so degenerate vertices appear once. At most ``limit`` bases are visited, and none
    after a vertex with at least ``enough`` labels, which comes last.

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
            if enough is not None and labels.bit_count() >= enough:
                return found, False
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


def leaving_row(rows: Matrix, column: int, basic: Sequence[int], nonbasic: Sequence[int], slack: Sequence[int]) -> int:
    """The row that leaves when ``column`` enters: the lexicographically least ratio, never tied; −1 if none limits it.

    The last entry of a row is its bound. ``slack`` are the variables of the first basis, in the order of the rows.
    """
    # Ratios are compared crosswise, which keeps to whole numbers: both entries are positive. Whatever denominator a row
    # has cancels in its ratio.
    tied: list[int] = []
    least_value = least_entry = 0
    for r, row in enumerate(rows):
        entry = row[column]
        if entry <= 0:
            continue
        if tied:
            difference = row[-1] * least_entry - least_value * entry
            if difference > 0:
                continue
            if difference == 0:
                tied.append(r)
                continue
        tied, least_value, least_entry = [r], row[-1], entry
    if len(tied) < 2:
        return tied[0] if tied else -1
    return _lexicographically_least(rows, tied, column, basic, nonbasic, slack)


def _lexicographically_least(
    rows: Matrix, tied: list[int], column: int, basic: Sequence[int], nonbasic: Sequence[int], slack: Sequence[int]
) -> int:
    """The row of ``tied`` that is least in the slack columns, one after the other, over its entry in ``column``.

    A basic slack has a unit column, which only its own row sees; a nonbasic one has a column of the tableau.

    This is the ratio test after the bounds b are perturbed to b + (ε, ε², …) for small ε > 0 (Charnes 1952,
    Econometrica 20; Dantzig, Orden & Wolfe 1955): the slack columns of a tableau are the inverse of its basis, which is
    what the perturbations are multiplied by. No perturbed bound is ever zero, so that every pivot makes progress and no
    basis returns; and the bases met are those of a simple polytope, whose graph is connected.
    """
    place = {label: k for k, label in enumerate(nonbasic)}
    row_of = {basic[r]: r for r in tied}
    for label in slack:
        if label in row_of:
            # Its own row has a positive entry here and the other tied rows have zero: it is not the least.
            tied.remove(row_of.pop(label))
        elif label in place:
            k = place[label]
            least: list[int] = []
            for r in tied:
                difference = rows[r][k] * rows[least[0]][column] - rows[least[0]][k] * rows[r][column] if least else -1
                if difference < 0:
                    least = [r]
                elif difference == 0:
                    least.append(r)
            if len(least) < len(tied):
                tied = least
                row_of = {basic[r]: r for r in tied}
        if len(tied) == 1:
            return tied[0]
    # Rows tied in every slack column would be proportional rows of an inverse.
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
    objective: Sequence[Fraction | int],
    rows: Sequence[Sequence[Fraction | int]],
    bounds: Sequence[Fraction | int],
    stoppable: bool = False,
) -> tuple[Fraction, list[Fraction]]:
    """The maximum of c·x over {x ≥ 0, Mx ≤ b}, b ≥ 0, and a vertex x where it is reached.

    Raises ``ValueError`` if there is no maximum, and `OutOfTimeError` if it is ``stoppable`` and the time is up.
    """
    return _optimum(objective, rows, bounds, stoppable).point()


def maximise_and_price(
    objective: Sequence[Fraction | int], rows: Sequence[Sequence[Fraction | int]], bounds: Sequence[Fraction | int]
) -> tuple[Fraction, list[Fraction], list[Fraction]]:
    """As `maximise`, stoppable, with a price ≥ 0 of each row.

    The prices are a vertex of the dual program: those y ≥ 0 with yM ≥ c for which b·y is least, and equal to the
    maximum.
    """
    program = _optimum(objective, rows, bounds, stoppable=True)
    return (*program.point(), program.prices())


class _Program:
    """A linear program as a tableau that is pivoted in place.

    Each row stands for the equation: own entry · basic variable + entries · nonbasic variables = bound. It is a list of
    the entries, the own entry and the bound, whole numbers without a common factor, which keeps them far shorter than
    one denominator for all rows would, and leaves a row alone where the entering column has a zero.
    """

    def __init__(
        self,
        objective: Sequence[Fraction | int],
        rows: Sequence[Sequence[Fraction | int]],
        bounds: Sequence[Fraction | int],
    ) -> None:
        self.count = len(objective)
        self.scales: list[Fraction] = []
        self.rows: list[list[int]] = []
        for row, bound in zip(rows, bounds, strict=True):
            whole, scale = _without_common_factor([*row, bound])
            self.rows.append([*whole[:-1], 1, whole[-1]])
            self.scales.append(scale)
        aim, self.scale = _without_common_factor([-c for c in objective])
        self.aim = [*aim, 1, 0]
        self.slack = range(self.count, self.count + len(self.rows))
        self.basic, self.nonbasic = list(self.slack), list(range(self.count))

    def enter(self, column: int, r: int) -> None:
        """The variable of ``column`` takes the place of that of row ``r``."""
        pivot_row = self.rows[r]
        pivot, own = pivot_row[column], pivot_row[-2]
        pivot_row[column], pivot_row[-2] = own, 0
        for i, row in enumerate(self.rows):
            if i != r and row[column]:
                self.rows[i] = _cleared(row, pivot_row, column, pivot)
        self.aim = _cleared(self.aim, pivot_row, column, pivot)
        pivot_row[-2] = pivot
        self.basic[r], self.nonbasic[column] = self.nonbasic[column], self.basic[r]

    def point(self) -> tuple[Fraction, list[Fraction]]:
        solution = [Fraction(0)] * self.count
        for row, variable in zip(self.rows, self.basic, strict=True):
            if variable < self.count:
                solution[variable] = Fraction(row[-1], row[-2])
        return Fraction(self.aim[-1], self.aim[-2]) / self.scale, solution

    def prices(self) -> list[Fraction]:
        result = [Fraction(0)] * len(self.rows)
        for entry, variable in zip(self.aim, self.nonbasic, strict=False):
            if variable >= self.count:
                k = variable - self.count
                result[k] = Fraction(entry, self.aim[-2]) * self.scales[k] / self.scale
        return result


def _optimum(
    objective: Sequence[Fraction | int],
    rows: Sequence[Sequence[Fraction | int]],
    bounds: Sequence[Fraction | int],
    stoppable: bool = False,
) -> _Program:
    """The program at its optimum.

    The column that improves fastest enters, the lexicographically least row leaves, which rules out cycles whatever
    enters (Dantzig, Orden & Wolfe 1955).
    """
    program = _Program(objective, rows, bounds)
    number = 0
    while True:
        column = min(range(program.count), key=program.aim.__getitem__, default=-1)
        if column < 0 or program.aim[column] >= 0:
            return program
        number += 1
        # Most programs are short, and what calls them says how far it is.
        if stoppable and expired(f"step {number} of a linear program" if number % 50 == 0 else ""):
            raise OutOfTimeError
        r = leaving_row(program.rows, column, program.basic, program.nonbasic, program.slack)
        if r < 0:
            raise ValueError("the linear program is unbounded")
        program.enter(column, r)


def _without_common_factor(values: Sequence[Fraction | int]) -> tuple[list[int], Fraction]:
    """The values times the least positive number that makes them whole, and that number."""
    scale = lcm(1, *(value.denominator for value in values))
    whole = [value.numerator * (scale // value.denominator) for value in values]
    factor = gcd(*whole) or 1
    return ([value // factor for value in whole] if factor > 1 else whole), Fraction(scale, factor)


def _cleared(row: list[int], pivot_row: list[int], column: int, pivot: int) -> list[int]:
    """``row`` after a multiple of the pivot row has cleared the entering variable from it, without a common factor."""
    factor = row[column]
    common = gcd(pivot, factor)
    times, less = pivot // common, factor // common
    row[column] = 0
    if times == 1:
        fresh = [a - less * b for a, b in zip(row, pivot_row, strict=True)]
    else:
        fresh = [times * a - less * b for a, b in zip(row, pivot_row, strict=True)]
    common = gcd(*fresh)
    return [a // common for a in fresh] if common > 1 else fresh
