"""Points that premises allow: a deterministic sample of exact ones, and conditions read at all of them at once.

All values are whole multiples of one unit, so that sums and products are exact in integers. Where the premises allow
more than a few of all points within the ranges, these are drawn independently (`drawn`). Else the sample is that of a
random walk with a fixed seed (`walked`), slice sampling with shrinking (Neal 2003): each step moves a point along a
line, to any place on the line within the ranges with the same probability; where the premises no longer hold there, the
line is cut short at that place, and another place is drawn. In the long run every admissible point of the grid is as
likely as any other that the walk can reach: in a convex set all of them, in one of several pieces perhaps those of the
piece in which it started.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce
from math import lcm
from typing import Any, Protocol, Self, TypeAlias

import numpy as np
import sympy
from numpy.typing import NDArray

from games.bounds import Bounded, Flags
from games.errors import InputError
from games.model import Point
from games.solvers.limits import unless_expired
from games.terms import HOLDS, Condition, Joined, Monomial, Poly, Sign, Taken, conjuncts, names_in, signs, var

GRID = 240
"""A unit of payoff has at least as many steps."""

SWEEPS = 12
"""How often each point is moved along every line before it counts."""

SHRINKS = 10
"""How often a line is cut short before a point stays where it is."""

LONGEST_WALK = 2**1_000
"""The most steps from zero to the end of a range: more than floats can count."""

SEED = 1956

BATCH = 20_000
BATCHES = 20
"""How many points are drawn together, and how often, before a walk takes their place."""

MACHINE = 2**62
"""Whole numbers below are sure to be held by a machine's."""

FINEST = 2**53
"""The parts into which a float divides one."""

UNIT = "unit of the grid"
"""The name under which the unit stands in a polynomial that is multiplied out by it."""

Ranges: TypeAlias = Mapping[sympy.Symbol, tuple[Fraction, Fraction]]


class Sample(Protocol):
    """Points with exact values, and with all values of a parameter as floats that know how far they may be off."""

    @property
    def columns(self) -> Mapping[sympy.Symbol, Bounded]:
        """The values of each parameter."""

    def __len__(self) -> int: ...

    def point(self, number: int) -> Point:
        """The exact values of one point."""

    def where(self, chosen: Any) -> Self:
        """Those points alone that ``chosen``, an index of numpy, selects."""


class Points:
    """Points in the parameters' space: ``numbers`` has a row of whole numbers for each symbol, multiples of 1/unit."""

    def __init__(self, symbols: Sequence[sympy.Symbol], unit: int, numbers: NDArray[Any]) -> None:
        self.symbols = tuple(symbols)
        self.unit = unit
        self.numbers = numbers
        ends = (int(numbers.max()), int(numbers.min())) if numbers.size else ()
        self._most = max([unit, *map(abs, ends)])
        self._products: dict[bool, dict[Monomial, Any]] = {False: {}, True: {}}
        self._rows: dict[bool, dict[str, Any]] = {}

    def __len__(self) -> int:
        return int(self.numbers.shape[1])

    def point(self, number: int) -> dict[sympy.Symbol, Fraction]:
        """The exact values of one point."""
        return {s: Fraction(int(k), self.unit) for s, k in zip(self.symbols, self.numbers[:, number], strict=True)}

    def where(self, chosen: Any) -> "Points":
        """Those points alone that ``chosen``, an index of numpy, selects."""
        return Points(self.symbols, self.unit, self.numbers[:, chosen])

    @cached_property
    def columns(self) -> dict[sympy.Symbol, Bounded]:
        """The parameters in floats with their error bounds."""
        shares = (row.astype(float) / self.unit for row in self.numbers)
        return {
            symbol: Bounded(share, np.abs(share) * 2.0**-52) for symbol, share in zip(self.symbols, shares, strict=True)
        }

    def truth(self, condition: Condition) -> Flags:
        """For each point whether the condition, which speaks of parameters alone, holds there."""
        match condition:
            case Sign(of, op):
                found: Flags = np.broadcast_to(np.asarray(HOLDS[op](self._times_unit(of)), dtype=bool), (len(self),))
                return found
            case Joined(parts, all_):
                return reduce(np.logical_and if all_ else np.logical_or, map(self.truth, parts))
            case Taken():
                raise TypeError("a choice is not made by points alone")
        return np.full(len(self), condition)

    def signs(self, of: Poly) -> NDArray[np.int8]:
        """For each point whether the polynomial is positive (1), zero or negative (−1) there."""
        found: NDArray[np.int8] = np.broadcast_to(np.sign(self._times_unit(of)), (len(self),)).astype(np.int8)
        return found

    def _times_unit(self, of: Poly) -> Any:
        """The polynomial's value times a positive number, exactly: in machine's numbers where they hold it."""
        whole, degree = _whole(of)
        most = sum(abs(int(coefficient)) for coefficient in whole.terms.values()) * self._most**degree
        wide = most >= MACHINE or self.numbers.dtype == object
        if wide not in self._rows:
            numbers = self.numbers.astype(object) if wide else self.numbers
            self._rows[wide] = {s.name: row for s, row in zip(self.symbols, numbers, strict=True)} | {UNIT: self.unit}
        return whole.at(self._rows[wide], self._products[wide])


def _whole(of: Poly) -> tuple[Poly, int]:
    """The polynomial with whole coefficients, each product with the unit as often as it takes to be of one degree."""
    degree = max(map(len, of.terms), default=0)
    scale = lcm(*(Fraction(coefficient).denominator for coefficient in of.terms.values()))
    padded = {
        tuple(sorted((*monomial, *[UNIT] * (degree - len(monomial))))): int(coefficient * scale)
        for monomial, coefficient in of.terms.items()
    }
    return Poly(padded), degree


@dataclass(frozen=True)
class Demand:
    """What points must meet: the parameters that it hangs on, and at which of several points it is met."""

    names: frozenset[str]
    met: Callable[[Points], Flags]
    cost: int = 0

    @staticmethod
    def of(condition: Condition) -> "Demand":
        """That a condition holds."""
        cost = sum(len(each.of.terms) for each in signs(condition))
        return Demand(frozenset(names_in(condition)), lambda points: points.truth(condition), cost)


def demanded(conditions: Sequence[Condition]) -> tuple[list[Demand], list[Poly]]:
    """What points must meet where the conditions hold, and the linear polynomials that they say to be zero."""
    parts = (part for condition in conditions for part in conjuncts(condition))
    return [Demand.of(condition) for condition in conditions], [of for part in parts for of in _equated(part)]


def _equated(part: Condition) -> Iterator[Poly]:
    """What a linear equation says to be zero."""
    if isinstance(part, Sign) and part.op == "==" and all(len(monomial) < 2 for monomial in part.of.terms):
        yield part.of


def is_one_piece(conditions: Sequence[Condition]) -> bool:
    """Whether the conditions are seen to hold in one piece: linear inequalities leave a convex set.

    That two things differ leaves out a set without a volume, which a walk steps over.
    """
    parts = [part for condition in conditions for part in conjuncts(condition)]
    return all(isinstance(part, Sign) and all(len(monomial) < 2 for monomial in part.of.terms) for part in parts)


def drawn(ranges: Ranges, demands: Sequence[Demand], equations: Sequence[Poly], count: int) -> Points | None:
    """So many independent points that meet the ``demands``; None where too few of those within the ranges do.

    ``equations`` are linear polynomials that the demands say to be zero: some parameters are worked out from the
    others, and those that then leave their ranges are rejected with the rest.
    """
    symbols = tuple(ranges)
    unit = lcm(GRID, *(bound.denominator for bounds in ranges.values() for bound in bounds))
    solved = _solved(equations)
    names = [symbol.name for symbol in symbols]
    free = [row for row, name in enumerate(names) if name not in solved]
    coefficients = [value for form in solved.values() for value in form.terms.values()]
    scale = lcm(*(Fraction(value).denominator for value in coefficients))
    low, high = ([int(bounds[k] * unit) for bounds in ranges.values()] for k in (0, 1))
    reach = sum(abs(Fraction(value)) for value in [1, *coefficients]) * scale
    if max(map(abs, [unit, *low, *high])) * reach >= MACHINE:
        return None
    rng = np.random.default_rng(SEED)
    found: list[NDArray[Any]] = []
    for _ in range(BATCHES):
        numbers = np.zeros((len(symbols), BATCH), dtype=np.int64)
        for row in free:
            numbers[row] = scale * rng.integers(low[row], high[row], BATCH, endpoint=True)
        for name, form in solved.items():
            numbers[names.index(name)] = sum(
                (numbers[names.index(of)] // scale if of else unit) * int(value * scale)
                for (of,), value in ((monomial or ("",), value) for monomial, value in form.terms.items())
            )
        within = [
            (numbers[row] >= scale * low[row]) & (numbers[row] <= scale * high[row]) for row in range(len(symbols))
        ]
        points = Points(symbols, unit * scale, numbers[:, np.logical_and.reduce(within)])
        for demand in sorted(demands, key=lambda demand: demand.cost):
            points = points.where(demand.met(points))
        found.append(points.numbers)
        if sum(numbers.shape[1] for numbers in found) >= count:
            return Points(symbols, unit * scale, np.concatenate(found, axis=1)[:, :count])
    return None


def _solved(equations: Sequence[Poly]) -> dict[str, Poly]:
    """Some parameters as linear polynomials of the others, by the equations."""
    solved: dict[str, Poly] = {}
    for equation in equations:
        left = equation.put(solved)
        if left.names:
            name = max(left.names)
            factor = Fraction(left.terms[name,])
            value = (left - var(name) * left.terms[name,]) * (-1 / factor)
            solved = {n: form.put({name: value}) for n, form in solved.items()} | {name: value}
    return solved


def walked(
    start: Sequence[Point], ranges: Ranges, demands: Sequence[Demand], equations: Sequence[Poly], count: int
) -> Points:
    """A sample of ``count`` points that meet the ``demands``.

    The walk begins at ``start``, which do. ``equations`` are linear polynomials that are zero at all points looked for;
    the lines run within them. Raises `OutOfTimeError`.
    """
    symbols = tuple(ranges)
    values = [number for point in start for number in point.values()]
    values += [bound for bounds in ranges.values() for bound in bounds]
    unit = lcm(GRID, *(value.denominator for value in values))
    if max(map(abs, values)) * unit >= LONGEST_WALK:
        raise InputError("points cannot be drawn among numbers so large or fine; give numbers of fewer digits")
    kind = np.int64 if unit < 2**40 else object
    first = np.array([[int(point[symbol] * unit) for point in start] for symbol in symbols], dtype=kind)
    points = first[:, np.arange(count) % len(start)]
    low, high = (np.array([[int(bounds[k] * unit)] for bounds in ranges.values()], dtype=kind) for k in (0, 1))
    rng = np.random.default_rng(SEED)
    moves = []
    for line in _lines(symbols, equations):
        rows = np.flatnonzero(line)
        if all(low[row] < high[row] for row in rows):
            moved = {symbols[row].name for row in rows}
            concerned = sorted((demand for demand in demands if demand.names & moved), key=lambda demand: demand.cost)
            moves.append((rows, line[rows][:, None].astype(kind), concerned))
    for _ in range(SWEEPS):
        for rows, steps, concerned in moves:
            unless_expired()
            below, above = ((points[rows] - low[rows]) // abs(steps), (high[rows] - points[rows]) // abs(steps))
            most = np.where(steps > 0, above, below).min(axis=0)
            least = -np.where(steps > 0, below, above).min(axis=0)
            left = np.arange(count)
            for _ in range(SHRINKS):
                move = _somewhere(rng, least[left], most[left])
                at = points[:, left]
                at[rows] += steps * move
                fine = np.arange(len(left))
                for demand in concerned:
                    fine = fine[demand.met(Points(symbols, unit, at[:, fine]))]
                points[:, left[fine]] = at[:, fine]
                most[left] = np.where(move > 0, move, most[left])
                least[left] = np.where(move < 0, move, least[left])
                left = np.delete(left, fine)
                if not len(left):
                    break
    return Points(symbols, unit, points)


def _somewhere(rng: np.random.Generator, least: NDArray[Any], most: NDArray[Any]) -> NDArray[Any]:
    """Whole numbers between the ends given, as good as evenly."""
    part, width = rng.random(len(least)), most - least + 1
    if least.dtype == object:
        # A float times a number of this size would be one, too, and no whole number.
        fine = (part * FINEST).astype(np.int64).astype(object)
        wide: NDArray[Any] = least + fine * width // FINEST
        return wide
    moved: NDArray[Any] = least + np.floor(part * width.astype(float)).astype(least.dtype)
    return moved


def _lines(symbols: Sequence[sympy.Symbol], equations: Sequence[Poly]) -> list[NDArray[np.int64]]:
    """Directions of whole numbers, along the axes as far as the equations allow."""
    used = sorted({name for equation in equations for name in equation.names})
    lines = []
    for row, symbol in enumerate(symbols):
        if symbol.name not in used:
            lines.append(np.array([int(k == row) for k in range(len(symbols))]))
    if used:
        matrix = sympy.Matrix(
            [[sympy.Rational(equation.terms.get((name,), 0)) for name in used] for equation in equations]
        )
        for vector in matrix.nullspace():
            scale = lcm(*(int(value.q) for value in vector))
            by_name = dict(zip(used, (int(value * scale) for value in vector), strict=True))
            lines.append(np.array([by_name.get(symbol.name, 0) for symbol in symbols]))
    return lines
