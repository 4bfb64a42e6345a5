"""Points that premises allow: a deterministic sample of exact ones, and formulas evaluated at all of them at once.

All values are whole multiples of one unit, so that sums and products are exact in integers. The sample is that of a
random walk with a fixed seed, slice sampling with shrinking (Neal 2003): each step moves a point along a line, to any
place on the line within the ranges with the same probability; where the premises no longer hold there, the line is cut
short at that place, and another place is drawn. In the long run every admissible point of the grid is as likely as any
other that the walk can reach.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from math import lcm
from typing import Any, cast

import sympy

from games.errors import InputError
from games.formulas.relations import SIGNS, Sign

GRID = 240
"""A unit of payoff has at least as many steps."""

SWEEPS = 12
"""How often each point is moved along every line before it counts."""

SHRINKS = 10
"""How often a line is cut short before a point stays where it is."""

LONGEST_WALK = 2**1_000
"""The most steps from zero to the end of a range: more than floats can count."""

SEED = 1956


class Compiled:
    """A formula or term of the solver as a list of steps, each on the results of earlier ones, the last the result.

    A step is its kind, the places of what it works on, and a number or a symbol. Raises `InputError` for a formula
    that divides by a parameter. ``denominator`` is that of all its numbers.
    """

    def __init__(self, language: Any, formula: Any) -> None:
        self.steps: list[tuple[str, tuple[int, ...], Any]] = []
        self.symbols: set[sympy.Symbol] = set()
        self.denominator = 1
        # Kept, so that no other formula takes its name.
        self._formula = formula
        self._language = language
        self._names = {variable.get_id(): symbol for symbol, variable in language.variables.items()}
        self._place: dict[int, int] = {}
        stack = [formula]
        while stack:
            node = stack[-1]
            if node.get_id() in self._place:
                stack.pop()
                continue
            parts = self._parts(node)
            if missing := [part for part in parts if part.get_id() not in self._place]:
                stack += missing
                continue
            kind, value = self._kind(node)
            self._place[node.get_id()] = len(self.steps)
            self.steps.append((kind, tuple(self._place[part.get_id()] for part in parts), value))
            stack.pop()

    def _parts(self, node: Any) -> list[Any]:
        return list(self._language.factors(node) or node.children())

    def _kind(self, node: Any) -> tuple[str, Any]:
        import z3

        if node.get_id() in self._names:
            self.symbols.add(self._names[node.get_id()])
            return "symbol", self._names[node.get_id()]
        if z3.is_rational_value(node):
            value = Fraction(node.numerator_as_long(), node.denominator_as_long())
            self.denominator = lcm(self.denominator, value.denominator)
            return "number", value
        if self._language.factors(node):
            return "product", None
        kinds = {
            z3.Z3_OP_TRUE: "true",
            z3.Z3_OP_FALSE: "false",
            z3.Z3_OP_AND: "and",
            z3.Z3_OP_OR: "or",
            z3.Z3_OP_NOT: "not",
            z3.Z3_OP_IMPLIES: "implies",
            z3.Z3_OP_EQ: "same" if node.num_args() and z3.is_bool(node.arg(0)) else "==",
            z3.Z3_OP_DISTINCT: "other" if node.num_args() and z3.is_bool(node.arg(0)) else "!=",
            z3.Z3_OP_LE: "<=",
            z3.Z3_OP_LT: "<",
            z3.Z3_OP_GE: ">=",
            z3.Z3_OP_GT: ">",
            z3.Z3_OP_ADD: "sum",
            z3.Z3_OP_SUB: "difference",
            z3.Z3_OP_MUL: "product",
            z3.Z3_OP_UMINUS: "minus",
            z3.Z3_OP_ITE: "either",
        }
        if (kind := kinds.get(node.decl().kind())) is None:
            raise InputError("formulas that divide by a parameter cannot be evaluated at many points")
        return kind, None


@dataclass(frozen=True)
class _Values:
    """Whole numbers: the values of a term times the unit to the power ``degree``; none is larger than ``most``."""

    numbers: Any
    degree: int
    most: int

    def times(self, factor: int) -> "_Values":
        return self.product(_Values(factor, 0, abs(factor)))

    def product(self, other: "_Values") -> "_Values":
        most = self.most * other.most
        first, second = _wide(self.numbers, most), _wide(other.numbers, most)
        return _Values(first * second, self.degree + other.degree, most)

    def plus(self, other: "_Values", sign: int) -> "_Values":
        most = self.most + other.most
        first, second = _wide(self.numbers, most), _wide(other.numbers, most)
        return _Values(first + second if sign > 0 else first - second, self.degree, most)


def _wide(numbers: Any, most: int) -> Any:
    """The numbers, of unlimited size if what comes out of them may be larger than a machine's whole number."""
    if most < 2**62 or isinstance(numbers, int) or numbers.dtype == object:
        return numbers
    return numbers.astype(object)


class Points:
    """Points in the parameters' space: ``columns`` has a row of whole numbers for each symbol, multiples of 1/unit."""

    def __init__(self, symbols: Sequence[sympy.Symbol], unit: int, columns: Any) -> None:
        self.symbols = tuple(symbols)
        self.unit = unit
        self.columns = columns
        self._row = {symbol: row for row, symbol in enumerate(self.symbols)}
        self._most = max((abs(int(value)) for value in (columns.max(), columns.min())), default=0) if len(self) else 0

    def __len__(self) -> int:
        return int(self.columns.shape[1])

    def point(self, number: int) -> dict[sympy.Symbol, Fraction]:
        return {s: Fraction(int(k), self.unit) for s, k in zip(self.symbols, self.columns[:, number], strict=True)}

    def where(self, chosen: Any) -> "Points":
        """Those points alone that ``chosen``, an array, selects."""
        return Points(self.symbols, self.unit, self.columns[:, chosen])

    def truth(self, formula: Compiled) -> Any:
        """For each point whether the formula holds there."""
        import numpy as np

        return np.broadcast_to(np.asarray(self._result(formula), dtype=bool), (len(self),))

    def signs(self, term: Compiled) -> Any:
        """For each point whether the term is positive (1), zero or negative (−1) there."""
        import numpy as np

        return np.broadcast_to(np.sign(self._result(term).numbers), (len(self),)).astype(np.int8)

    def _result(self, compiled: Compiled) -> Any:
        import numpy as np

        unit = lcm(self.unit, compiled.denominator)
        results: list[Any] = []
        for kind, places, value in compiled.steps:
            parts = [results[place] for place in places]
            match kind:
                case "symbol":
                    column = _Values(self.columns[self._row[value]], 1, self._most)
                    result: Any = column.times(unit // self.unit) if unit > self.unit else column
                case "number":
                    whole = value.denominator == 1
                    number = int(value if whole else value * unit)
                    result = _Values(number, 0 if whole else 1, abs(number))
                case "true" | "false":
                    result = kind == "true"
                case "and" | "or":
                    joined = np.logical_and if kind == "and" else np.logical_or
                    result = reduce(joined, parts)
                case "not":
                    result = np.logical_not(parts[0])
                case "implies":
                    result = np.logical_or(np.logical_not(parts[0]), parts[1])
                case "same" | "other":
                    result = np.equal(parts[0], parts[1]) == (kind == "same")
                case "product":
                    result = reduce(_Values.product, parts)
                case "minus":
                    result = parts[0].times(-1)
                case "sum" | "difference":
                    sign = 1 if kind == "sum" else -1
                    result, *others = _aligned(parts, unit)
                    for other in others:
                        result = result.plus(other, sign)
                case "either":
                    one, other = _aligned(parts[1:], unit)
                    chosen = np.where(parts[0], one.numbers, other.numbers)
                    result = _Values(chosen, one.degree, max(one.most, other.most))
                case _:
                    one, other = _aligned(parts, unit)
                    result = SIGNS[cast(Sign, kind)].holds(one.numbers, other.numbers)
            results.append(result)
        return results[-1]


def _aligned(values: Sequence[_Values], unit: int) -> list[_Values]:
    """The values, all multiplied by the same power of the unit."""
    degree = max(value.degree for value in values)
    return [
        value if value.degree == degree else replace(value.times(unit ** (degree - value.degree)), degree=degree)
        for value in values
    ]


def walked(
    start: Sequence[Mapping[sympy.Symbol, Fraction]],
    ranges: Mapping[sympy.Symbol, tuple[Fraction, Fraction]],
    relations: Sequence[Compiled],
    equations: Sequence[Any],
    count: int,
) -> Points:
    """A sample of ``count`` points at which all ``relations`` hold.

    The walk begins at ``start``, which satisfy them. ``equations`` are linear expressions that the relations say to be
    zero; the lines run within them.
    """
    import numpy as np

    symbols = tuple(ranges)
    values = [number for point in start for number in point.values()]
    values += [bound for bounds in ranges.values() for bound in bounds]
    unit = lcm(GRID, *(value.denominator for value in values), *(relation.denominator for relation in relations))
    if max(map(abs, values)) * unit >= LONGEST_WALK:
        raise InputError("points cannot be drawn among numbers so large or fine; give numbers of fewer digits")
    kind = np.int64 if unit < 2**40 else object
    first = np.array([[int(point[symbol] * unit) for point in start] for symbol in symbols], dtype=kind)
    points = first[:, np.arange(count) % len(start)]
    low, high = (np.array([[int(bounds[k] * unit)] for bounds in ranges.values()], dtype=kind) for k in (0, 1))
    rng = np.random.default_rng(SEED)
    lines = [line for line in _lines(symbols, equations) if all(low[r] < high[r] for r in np.flatnonzero(line))]
    moves = []
    for line in lines:
        moved = {symbols[row] for row in np.flatnonzero(line)}
        concerned = sorted((r for r in relations if r.symbols & moved), key=lambda relation: len(relation.steps))
        moves.append((np.flatnonzero(line), line[line != 0][:, None].astype(kind), concerned))
    for _ in range(SWEEPS):
        for rows, steps, concerned in moves:
            below, above = ((points[rows] - low[rows]) // abs(steps), (high[rows] - points[rows]) // abs(steps))
            most = np.where(steps > 0, above, below).min(axis=0)
            least = -np.where(steps > 0, below, above).min(axis=0)
            left = np.arange(count)
            for _ in range(SHRINKS):
                width = (most[left] - least[left] + 1).astype(float)
                move = least[left] + np.floor(rng.random(len(left)) * width).astype(kind)
                at = points[:, left]
                at[rows] += steps * move
                fine = np.arange(len(left))
                for relation in concerned:
                    fine = fine[Points(symbols, unit, at[:, fine]).truth(relation)]
                points[:, left[fine]] = at[:, fine]
                most[left] = np.where(move > 0, move, most[left])
                least[left] = np.where(move < 0, move, least[left])
                left = np.delete(left, fine)
                if not len(left):
                    break
    return Points(symbols, unit, points)


def _lines(symbols: Sequence[sympy.Symbol], equations: Sequence[Any]) -> list[Any]:
    """Directions of whole numbers, along the axes as far as the equations allow."""
    import numpy as np

    used = sorted({symbol for equation in equations for symbol in equation.free_symbols}, key=str)
    lines = []
    for row, symbol in enumerate(symbols):
        if symbol not in used:
            lines.append(np.array([int(k == row) for k in range(len(symbols))]))
    if used:
        matrix = sympy.Matrix([[equation.coeff(symbol) for symbol in used] for equation in equations])
        for vector in matrix.nullspace():
            scale = lcm(*(int(sympy.Rational(value).q) for value in vector))
            by_symbol = dict(zip(used, (int(value * scale) for value in vector), strict=True))
            lines.append(np.array([by_symbol.get(symbol, 0) for symbol in symbols]))
    return lines


def symbols_in(language: Any, formula: Any) -> set[sympy.Symbol]:
    """The parameters that stand in a formula of the solver, those in products among them."""
    names = {variable.get_id(): symbol for symbol, variable in language.variables.items()}
    seen: dict[int, Any] = {}
    stack = [formula]
    while stack:
        term = stack.pop()
        if term.get_id() not in seen:
            seen[term.get_id()] = term
            stack += language.factors(term) or term.children()
    return {names[name] for name in seen if name in names}
