"""The plane of two parameters cut by polynomials into columns, and each column into bands, on which all signs are kept.

Columns end where curves cross, turn back, run off or leave the frame: at the roots of resultants, discriminants and
leading coefficients. Within a column curves lie one above another without meeting, so a band between two of them is
told by one point of it. It is a cylindrical decomposition: G. E. Collins (1975), "Quantifier elimination for real
closed fields by cylindrical algebraic decomposition", Lecture Notes in Computer Science 33.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, pairwise
from typing import TypeAlias

import sympy

from analyses.maps.exact_lines import between, in_order, irreducible, roots_between, roots_of
from games.formulas.polynomials import Reader, expression
from games.roots import Real, compared
from games.solvers.limits import unless_expired
from games.terms import Poly, poly, var

Ends: TypeAlias = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Edge:
    """A curve over a column: the real root number ``index``, from 0, of ``polynomial`` in the second parameter."""

    polynomial: Poly
    index: int = 0

    @property
    def is_straight(self) -> bool:
        return all(len(monomial) <= 1 for monomial in self.polynomial.terms)


@dataclass(frozen=True)
class Band:
    """What lies between two edges over a column, and a point of it."""

    low: Real
    high: Real
    bottom: Edge
    top: Edge
    inside: tuple[Fraction, Fraction]

    @property
    def width(self) -> float:
        return float(self.high) - float(self.low)


@dataclass(frozen=True)
class Column:
    """The gap between two neighbouring cuts of the first parameter: its edges with their heights at ``middle``."""

    low: Real
    high: Real
    middle: Fraction
    edges: tuple[Edge, ...]
    heights: tuple[Real, ...]

    @property
    def bands(self) -> Iterator[Band]:
        for k, (bottom, top) in enumerate(pairwise(self.edges)):
            height = between(self.heights[k], self.heights[k + 1])
            yield Band(self.low, self.high, bottom, top, (self.middle, height))


@dataclass(frozen=True)
class Plane:
    """Two parameters within their ranges, and the irreducible polynomials in them whose signs matter."""

    x: str
    y: str
    x_range: Ends
    y_range: Ends
    polynomials: tuple[Poly, ...]

    @property
    def curves(self) -> tuple[Poly, ...]:
        """The polynomials that the second parameter is in."""
        return tuple(of for of in self.polynomials if self.y in of.names)

    @property
    def verticals(self) -> tuple[Poly, ...]:
        """Those in the first parameter alone."""
        return tuple(of for of in self.polynomials if self.y not in of.names)

    def columns(self) -> Iterator[Column]:
        """The columns from left to right."""
        low, high = self.x_range
        cuts = roots_between(irreducible(self._projected()), self.x, low, high)
        for left, right in pairwise(in_order([low, *cuts, high])):
            unless_expired()
            yield self._column(left, right)

    def _column(self, left: Real, right: Real) -> Column:
        middle = between(left, right)
        low, high = self.y_range
        found = [
            (height, Edge(of, index))
            for of in self.curves
            for index, height in enumerate(heights_of(of, self.x, self.y, middle))
            if compared(low, height) == -1 and compared(height, high) == -1
        ]
        by_height = {id(height): edge for height, edge in found}
        heights = in_order(height for height, _ in found)
        curves = [by_height[id(height)] for height in heights]
        edges = [Edge(var(self.y) - low), *curves, Edge(var(self.y) - high)]
        return Column(left, right, middle, tuple(edges), (low, *heights, high))

    def _projected(self) -> Iterator[Poly]:
        """Polynomials in the first parameter with a root wherever the order of the curves may change."""
        yield from self.verticals
        for of in self.curves:
            yield from (of.put({self.y: poly(level)}) for level in self.y_range)
            degree, parts = self._by_power(of)
            yield parts[degree]
            if degree > 1:
                yield self._read(self._sympy(of).discriminant())
        for one, other in combinations(self.curves, 2):
            unless_expired()
            yield self._resultant(one, other)

    def _resultant(self, one: Poly, other: Poly) -> Poly:
        (degree, a), (further, b) = self._by_power(one), self._by_power(other)
        if degree == further == 1:
            return a[1] * b[0] - a[0] * b[1]
        return self._read(self._sympy(one).resultant(self._sympy(other)))

    def _by_power(self, of: Poly) -> tuple[int, dict[int, Poly]]:
        """The degree in the second parameter, and the coefficient of each power up to it."""
        terms: dict[int, dict[tuple[str, ...], Fraction]] = {}
        for monomial, coefficient in of.terms.items():
            rest = tuple(name for name in monomial if name != self.y)
            terms.setdefault(len(monomial) - len(rest), {})[rest] = Fraction(coefficient)
        degree = max(terms)
        return degree, {power: Poly(terms.get(power, {})) for power in range(degree + 1)}

    def _sympy(self, of: Poly) -> sympy.Poly:
        return sympy.Poly(expression(of), sympy.Symbol(self.y), sympy.Symbol(self.x), domain="QQ")

    def _read(self, of: sympy.Poly) -> Poly:
        found = Reader().poly(of.as_expr())
        assert found is not None
        return found


@lru_cache(maxsize=4096)
def heights_of(of: Poly, x: str, y: str, at: Fraction) -> tuple[Real, ...]:
    """Where a curve passes above a value of the first parameter: all its real roots in the second, in order."""
    there = of.put({x: poly(at)})
    return tuple(in_order(root for factor in irreducible([there]) for root in roots_of(factor, y)))


def height_at(edge: Edge, x: str, y: str, at: Fraction) -> Real:
    """The height of an edge at a value of the first parameter within its column."""
    return heights_of(edge.polynomial, x, y, at)[edge.index]


def line_breaks(plane: Plane, at: Fraction) -> list[Real]:
    """Where a vertical line is crossed by curves, with the ends of the range."""
    low, high = plane.y_range
    crossing = irreducible(of.put({plane.x: poly(at)}) for of in plane.curves)
    return in_order([low, *roots_between(crossing, plane.y, low, high), high])
