"""Two parameters at a time: the regions of the plane in which the outcome is the same.

Around a point the same is played as long as no deciding margin changes its sign. Where the margins are products of
factors that are linear in the two parameters, that is a convex polygon with rational corners; cutting polygons out
until nothing is left covers the plane exactly. Where a margin has another factor, the plane is cut into narrow columns,
each settled exactly along its middle line. `analyses.maps.map_over` is the map of every equilibrium, mixed ones too,
with curved boundaries exact.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import sympy

from analyses.outcomes import Slice, slice_of
from analyses.sensitivity import intervals
from games.errors import InputError
from games.model import Model, check_is_model
from games.tables import Cell, Table, Tabular

Point: TypeAlias = tuple[Fraction, Fraction]
Polygon: TypeAlias = tuple[Point, ...]
"""The corners of a convex polygon in counter-clockwise order."""

COLUMNS = 96
"""How many columns cut the plane where a margin is not linear."""


@dataclass(frozen=True)
class Region:
    """All points with the same outcomes: convex polygons, and which part of the admissible rectangle they cover.

    ``share`` is exact where the map is.
    """

    outcomes: tuple[str, ...]
    polygons: tuple[Polygon, ...]
    share: Fraction

    @property
    def label(self) -> str:
        return " or ".join(self.outcomes)


@dataclass(frozen=True, repr=False)
class Regions(Tabular):
    """The regions of two parameters' plane, the other parameters held at ``values``.

    ``values`` has all parameters; those of the two axes are the present point of the map. ``bounds`` are the ranges of
    the two. ``exact`` tells whether every boundary is exact; otherwise boundaries are exact along `COLUMNS` lines and
    drawn as steps between them.

    >>> from analyses.regions import regions
    >>> from games.catalog import load
    >>> window = regions(load("conflict-expectations"), ("D", "c_t"))
    >>> [(region.label, region.share) for region in window.regions][1:]
    [('Nothing changes', Fraction(1, 3)), ('The target concedes', Fraction(14, 45))]
    """

    model: Model
    concept: str
    axes: tuple[str, str]
    bounds: tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]]
    values: dict[str, Fraction]
    regions: tuple[Region, ...]
    exact: bool

    def region_at(self, x: Fraction, y: Fraction) -> Region | None:
        """The region that holds the point in its interior or on its edge; None where the assumptions fail."""
        for region in self.regions:
            if any(_holds(polygon, (x, y)) for polygon in region.polygons):
                return region
        return None

    def findings(self) -> tuple[str, ...]:
        """How much of the map each outcome covers, in sentences."""
        about = "" if self.exact else "about "
        return tuple(
            f"“{region.label}” covers {about}{float(100 * region.share):.1f} % of the admissible plane of "
            f"{self.axes[0]} and {self.axes[1]}."
            for region in self.regions
        )

    def table(self) -> Table:
        """One row for each region, the largest first."""
        rows = tuple(
            (Cell(str(number)), Cell(region.label), Cell(f"{float(100 * region.share):.1f} %"))
            for number, region in enumerate(self.regions, start=1)
        )
        return Table(("", "Outcome", "Part of the map"), rows, numeric=frozenset({2}))

    def __repr__(self) -> str:
        return "\n".join(self.findings())

    def _repr_html_(self) -> str:
        return self.table().html()


def regions(
    model: Model,
    axes: tuple[str, str] | None = None,
    values: Mapping[str, object] | None = None,
    concept: str | None = None,
) -> Regions:
    """The region map of ``model`` over two parameters' ranges, by default those that the model names.

    >>> from analyses.regions import regions
    >>> from games.catalog import load
    >>> regions(load("conflict-expectations"), ("D", "c_t"))
    “Sanctions are imposed and the target stands firm” covers 35.6 % of the admissible plane of D and c_t.
    “Nothing changes” covers 33.3 % of the admissible plane of D and c_t.
    “The target concedes” covers 31.1 % of the admissible plane of D and c_t.

    Raises `InputError` for unknown parameters, or payoffs that are no polynomials in the two.
    """
    check_is_model(model)
    chosen = axes or model.axes
    if chosen is None:
        raise InputError(
            f"{model.name} names no parameters for its region map; choose two of {', '.join(model.by_name)}"
        )
    if len(chosen) != 2:
        raise InputError(
            f"a region map has two parameters, not {len(chosen)}; choose two of {', '.join(model.by_name)}"
        )
    plane = slice_of(model, chosen, values, concept)
    try:
        pieces, exact = list(_polygons(plane)), True
    except _NotLinearError:
        pieces, exact = list(_columns(plane)), False
    total = sum((area(polygon) for _, polygon in pieces), Fraction(0))
    if not total:
        raise InputError(f"{model.name}: no point of the map satisfies the assumptions; choose other values")
    gathered: dict[tuple[str, ...], list[Polygon]] = {}
    for outcomes, polygon in pieces:
        gathered.setdefault(outcomes, []).append(polygon)
    found = [
        Region(outcomes, tuple(polygons), sum((area(p) for p in polygons), Fraction(0)) / total)
        for outcomes, polygons in gathered.items()
    ]
    found.sort(key=lambda region: (-region.share, region.outcomes))
    return Regions(
        model,
        plane.concept,
        (chosen[0], chosen[1]),
        (plane.bounds[0], plane.bounds[1]),
        {symbol.name: value for symbol, value in plane.point.items()},
        tuple(found),
        exact,
    )


class _NotLinearError(Exception):
    """A margin is not linear in the two parameters."""


@dataclass(frozen=True)
class _HalfPlane:
    """The points with a·x + b·y + c ≥ 0."""

    a: Fraction
    b: Fraction
    c: Fraction

    def __call__(self, point: Point) -> Fraction:
        return self.a * point[0] + self.b * point[1] + self.c

    def flipped(self) -> "_HalfPlane":
        return _HalfPlane(-self.a, -self.b, -self.c)


def _half_planes(polynomials: Iterable[sympy.Poly]) -> Iterator[_HalfPlane]:
    for polynomial in polynomials:
        if polynomial.total_degree() > 1:
            raise _NotLinearError
        a, b, c = (polynomial.coeff_monomial(powers) for powers in ((1, 0), (0, 1), (0, 0)))
        yield _HalfPlane(*(Fraction(int(value.p), int(value.q)) for value in (a, b, c)))


def _factors(polynomials: Iterable[sympy.Poly]) -> Iterator[sympy.Poly]:
    """The irreducible factors, each once: a product keeps its sign where all of its factors do."""
    known: dict[sympy.Poly, None] = {}
    for polynomial in polynomials:
        factors = [polynomial] if polynomial.total_degree() <= 1 else [f for f, _ in polynomial.factor_list()[1]]
        known.update(dict.fromkeys(factors))
    yield from known


def _polygons(plane: Slice) -> Iterator[tuple[tuple[str, ...], Polygon]]:
    """Convex polygons that cover the admissible rectangle, each with the outcomes inside it."""
    (left, right), (bottom, top) = plane.bounds
    rectangle: Polygon = ((left, bottom), (right, bottom), (right, top), (left, top))
    for half_plane in _half_planes(plane.assumptions):
        rectangle = _clip(rectangle, half_plane)
    unsettled = [rectangle]
    while unsettled:
        polygon = unsettled.pop()
        if area(polygon) == 0:
            continue
        middle = _interior(polygon)
        found = plane.around(middle)
        cuts = [cut for cut in _half_planes(_factors(plane.margins(found))) if _crosses(cut, polygon)]
        if through := [cut for cut in cuts if cut(middle) == 0]:
            unsettled += [_clip(polygon, through[0]), _clip(polygon, through[0].flipped())]
            continue
        for cut in cuts:
            inside = cut if cut(middle) > 0 else cut.flipped()
            unsettled.append(_clip(polygon, inside.flipped()))
            polygon = _clip(polygon, inside)
        yield plane.outcomes(found, middle), polygon


def _columns(plane: Slice) -> Iterator[tuple[tuple[str, ...], Polygon]]:
    """Rectangles of one column each, settled exactly along the column's middle line."""
    left, right = plane.bounds[0]
    width = (right - left) / COLUMNS
    for column in range(COLUMNS):
        low = left + column * width
        point = {**plane.point, plane.symbols[0]: low + width / 2}
        line = Slice(plane.model, plane.concept, point, (plane.free[1],))
        for cell in intervals(line):
            bottom, top = (_rational(edge) for edge in (cell.low, cell.high))
            yield cell.outcomes, ((low, bottom), (low + width, bottom), (low + width, top), (low, top))


def _rational(edge: Any) -> Fraction:
    return edge if isinstance(edge, Fraction) else Fraction(str(sympy.N(edge, 20)))


def _clip(polygon: Polygon, half_plane: Callable[[Point], Fraction]) -> Polygon:
    """The part of a convex polygon in a half-plane (Sutherland & Hodgman 1974)."""
    kept: list[Point] = []
    for corner, following in zip(polygon, (*polygon[1:], *polygon[:1]), strict=True):
        here, there = half_plane(corner), half_plane(following)
        if here >= 0:
            kept.append(corner)
        if here * there < 0:
            part = here / (here - there)
            kept.append(tuple(c + part * (f - c) for c, f in zip(corner, following, strict=True)))  # type: ignore[arg-type]
    return tuple(dict.fromkeys(kept))


def _crosses(half_plane: _HalfPlane, polygon: Polygon) -> bool:
    signs = [half_plane(corner) for corner in polygon]
    return min(signs) < 0 < max(signs)


def area(polygon: Polygon) -> Fraction:
    """The exact area of a polygon."""
    following = (*polygon[1:], *polygon[:1])
    return sum((p[0] * q[1] - q[0] * p[1] for p, q in zip(polygon, following, strict=True)), Fraction(0)) / 2


def _interior(polygon: Polygon) -> Point:
    """The mean of the corners, which lies inside."""
    count = len(polygon)
    return (sum((p[0] for p in polygon), Fraction(0)) / count, sum((p[1] for p in polygon), Fraction(0)) / count)


def _holds(polygon: Polygon, point: Point) -> bool:
    following: Sequence[Point] = (*polygon[1:], *polygon[:1])
    return all(
        (q[0] - p[0]) * (point[1] - p[1]) - (q[1] - p[1]) * (point[0] - p[0]) >= 0
        for p, q in zip(polygon, following, strict=True)
    )


def region_point(region: Region) -> Point:
    """A point inside the region at which it may be solved or labelled: in the polygon nearest its centre of mass."""
    weights = [(area(polygon), _interior(polygon)) for polygon in region.polygons]
    total = sum(weight for weight, _ in weights)
    centre = [sum(weight * point[k] for weight, point in weights) / total for k in (0, 1)]
    largest = max(weight for weight, _ in weights)
    roomy = [point for weight, point in weights if 2 * weight >= largest]
    return min(roomy, key=lambda point: (point[0] - centre[0]) ** 2 + (point[1] - centre[1]) ** 2)
