"""The plane of two parameters in cells, on each of which the same equilibria exist, and the boundaries between them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from analyses.maps.columns import Band, Column, Edge, Plane, height_at, line_breaks
from analyses.maps.exact_lines import Place, between, holds_at, inner_ends, irreducible, roots_between, roots_of
from analyses.solution import Solution
from games.roots import Real, compared
from games.solvers.limits import unless_expired
from games.terms import Condition, Poly, every, poly, signs

Label: TypeAlias = tuple[int, ...] | None
"""The numbers of the equilibria at a point; None where it is not admissible."""

NODES = 16
"""At how many points the height of a curved band is taken for its area."""


@dataclass(frozen=True)
class MapCell:
    """All points at which just these ``equilibria`` exist, by number, in ``bands``; ``share`` of the admissible plane.

    The share is a `Fraction` where every edge is straight, else a float.

    >>> from analyses.maps import map_over
    >>> from games.catalog import load
    >>> cell = map_over(load("conflict-expectations"), ("D", "c_t")).cells[0]
    >>> cell.equilibria, cell.share
    ((2,), Fraction(16, 45))
    """

    equilibria: tuple[int, ...]
    bands: tuple[Band, ...] = field(repr=False)
    share: Fraction | float


@dataclass(frozen=True)
class Arc:
    """A piece of a curve over a column, or of a vertical line: which equilibria exist on its two sides, and on it.

    ``ends`` are those of the first parameter; those of the second where it is vertical, and ``edge`` is None.

    >>> from analyses.maps import map_over
    >>> from games.catalog import load
    >>> arc = map_over(load("conflict-expectations"), ("D", "c_t")).boundaries[0].arcs[0]
    >>> arc.before, arc.after
    ((3, 4), (1,))
    """

    ends: tuple[Real, Real]
    edge: Edge | None
    before: Label
    there: Label
    after: Label

    @property
    def separates(self) -> bool:
        """Whether other equilibria exist on one side than on the other; if not, there are more on the arc itself."""
        return self.before != self.after


@dataclass(frozen=True)
class Boundary:
    """Where ``polynomial`` is zero, as far as others exist there than beside it; a vertical line is ``at`` a value.

    >>> from analyses.maps import map_over
    >>> from games.catalog import load
    >>> found = map_over(load("conflict-expectations"), ("D", "c_t"))
    >>> [str(boundary.polynomial) for boundary in found.boundaries]
    ['2 + -1·c_t', '1 + 3·D + -2·c_t']
    """

    polynomial: Poly
    arcs: tuple[Arc, ...] = field(repr=False)
    at: Real | None = None

    @property
    def separates(self) -> bool:
        return any(arc.separates for arc in self.arcs)


@dataclass(frozen=True)
class Cutting:
    """The plane of the two parameters ``x`` and ``y`` of a solution."""

    solution: Solution
    x: str
    y: str

    @cached_property
    def plane(self) -> Plane:
        conditions = (self._stated, *(region.condition for region in self.solution.regions))
        margins = irreducible(part.of for condition in conditions for part in signs(condition))
        ends = [
            (self.solution.model.by_name[name].low, self.solution.model.by_name[name].high) for name in (self.x, self.y)
        ]
        return Plane(self.x, self.y, ends[0], ends[1], margins)

    @cached_property
    def _stated(self) -> Condition:
        return every(self.solution.posed.admissible)

    @cached_property
    def _columns(self) -> list[Column]:
        return list(self.plane.columns())

    def label(self, place: Place) -> Label:
        """The equilibria at an exact point."""
        unless_expired()
        if not holds_at(self._stated, place):
            return None
        regions = enumerate(self.solution.regions, start=1)
        return tuple(number for number, region in regions if holds_at(region.condition, place))

    def _at(self, x: Real, y: Real) -> Label:
        return self.label({self.x: x, self.y: y})

    @cached_property
    def _bands(self) -> list[list[tuple[Band, Label]]]:
        """The bands of each column, from below, with the equilibria that exist in each."""
        return [[(band, self._at(*band.inside)) for band in column.bands] for column in self._columns]

    @cached_property
    def cells(self) -> tuple[MapCell, ...]:
        """The cells, the largest first."""
        found: dict[tuple[int, ...], list[Band]] = {}
        for band, label in (each for column in self._bands for each in column):
            if label is not None:
                found.setdefault(label, []).append(band)
        areas = {label: [self._area(band) for band in bands] for label, bands in found.items()}
        whole = sum(area for several in areas.values() for area in several)
        cells = [MapCell(label, tuple(bands), sum(areas[label]) / whole) for label, bands in found.items()]
        return tuple(sorted(cells, key=lambda cell: (-float(cell.share), cell.equilibria)))

    def _area(self, band: Band) -> Fraction | float:
        """Exact between straight edges."""
        is_straight = band.bottom.is_straight and band.top.is_straight
        if is_straight and isinstance(band.low, Fraction) and isinstance(band.high, Fraction):
            height = self._height(band.top, band.inside[0]) - self._height(band.bottom, band.inside[0])
            assert isinstance(height, Fraction)
            return (band.high - band.low) * height
        low, high = float(band.low), float(band.high)
        nodes, weights = np.polynomial.legendre.leggauss(NODES)
        at = [Fraction(low + (high - low) * (node + 1) / 2) for node in nodes.tolist()]
        heights = [float(self._height(band.top, x)) - float(self._height(band.bottom, x)) for x in at]
        return float((high - low) * np.dot(weights, heights) / 2)

    def _height(self, edge: Edge, at: Fraction) -> Real:
        return height_at(edge, self.x, self.y, at)

    @property
    def boundaries(self) -> tuple[Boundary, ...]:
        """Where other equilibria exist than beside it: curves, then vertical lines."""
        return (*self._curved(), *self._vertical())

    def _curved(self) -> Iterator[Boundary]:
        found: dict[Poly, list[Arc]] = {}
        for column, bands in zip(self._columns, self._bands, strict=True):
            for k, ((_, before), (_, after)) in enumerate(pairwise(bands), start=1):
                there = self._at(column.middle, column.heights[k])
                if not before == there == after:
                    arc = Arc((column.low, column.high), column.edges[k], before, there, after)
                    found.setdefault(column.edges[k].polynomial, []).append(arc)
        yield from (Boundary(of, tuple(arcs)) for of, arcs in found.items())

    def _vertical(self) -> Iterator[Boundary]:
        low, high = self.plane.x_range
        for of in self.plane.verticals:
            for at in roots_of(of, self.x):
                if compared(low, at) == -1 and compared(at, high) == -1:
                    arcs = [arc for arc in self._on_line(at) if not arc.before == arc.there == arc.after]
                    if arcs:
                        yield Boundary(of, tuple(arcs), at)

    def _on_line(self, at: Real) -> Iterator[Arc]:
        """The pieces of a vertical line. At an irrational place they end next to where curves cross it."""
        near = at if isinstance(at, Fraction) else inner_ends(at, self.plane.x_range[1])[0]
        for low, high in pairwise(line_breaks(self.plane, near)):
            y = between(low, high)
            before, after = self._beside(at, y)
            yield Arc((low, high), None, before, self._at(at, y), after)

    def _beside(self, at: Real, y: Fraction) -> tuple[Label, Label]:
        """What exists just left and just right of a point of a vertical line, at its own height."""
        low, high = self.plane.x_range
        crossed = roots_between(
            irreducible(of.put({self.y: poly(y)}) for of in self.plane.polynomials), self.x, low, high
        )
        left = next((root for root in reversed(crossed) if compared(root, at) == -1), low)
        right = next((root for root in crossed if compared(at, root) == -1), high)
        return self._at(between(left, at), y), self._at(between(at, right), y)
