"""Convex polytopes with rational corners: cut by half-spaces, their centre and their exact volume.

A corner knows the facets on which it lies. Two corners share an edge if no third lies on every facet that they have in
common (Fukuda & Prodon 1996); the volume is that of the cones from one corner over the facets that it is not on, each
in turn made of cones (Cohen & Hickey 1979, Journal of the ACM 26).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import factorial
from typing import TypeAlias

Point: TypeAlias = tuple[Fraction, ...]

ZERO = Fraction(0)


@dataclass(frozen=True)
class HalfSpace:
    """The points x with normal · x + offset ≥ 0."""

    normal: Point
    offset: Fraction

    def __call__(self, point: Point) -> Fraction:
        return sum((a * x for a, x in zip(self.normal, point, strict=True)), self.offset)

    @property
    def opposite(self) -> "HalfSpace":
        return HalfSpace(tuple(-a for a in self.normal), -self.offset)


@dataclass(frozen=True)
class Polytope:
    """Corners, each with the numbers of the facets on which it lies; at least one dimension, and full in it."""

    corners: tuple[tuple[Point, frozenset[int]], ...]
    facets: int

    @property
    def dimension(self) -> int:
        return len(self.corners[0][0])

    @property
    def centre(self) -> Point:
        """The mean of the corners, which lies inside."""
        count = len(self.corners)
        return tuple(sum((x[k] for x, _ in self.corners), ZERO) / count for k in range(self.dimension))

    def crosses(self, half_space: HalfSpace) -> bool:
        """Whether the boundary of the half-space goes through the inside."""
        values = [half_space(x) for x, _ in self.corners]
        return min(values) < 0 < max(values)

    def within(self, half_space: HalfSpace) -> "Polytope | None":
        """The part in the half-space; None if it has no inside."""
        values = [half_space(x) for x, _ in self.corners]
        if max(values) <= 0:
            return None
        if min(values) >= 0:
            return self
        new = self.facets
        kept: dict[Point, frozenset[int]] = {}
        for (x, on), value in zip(self.corners, values, strict=True):
            if value >= 0:
                kept[x] = on | {new} if value == 0 else on
        above = [corner for corner, value in zip(self.corners, values, strict=True) if value > 0]
        below = [corner for corner, value in zip(self.corners, values, strict=True) if value < 0]
        for first, second in product(above, below):
            shared = first[1] & second[1]
            if sum(shared <= on for _, on in self.corners) == 2:
                a, b = half_space(first[0]), half_space(second[0])
                part = a / (a - b)
                x = tuple(p + part * (q - p) for p, q in zip(first[0], second[0], strict=True))
                kept[x] = kept.get(x, frozenset()) | shared | {new}
        return Polytope(tuple(kept.items()), new + 1)

    @property
    def volume(self) -> Fraction:
        """The exact length, area, or volume."""
        return sum((volume for _, volume in self.simplices), ZERO)

    @property
    def simplices(self) -> list[tuple[tuple[Point, ...], Fraction]]:
        """Simplices that make it up, by their corners, each with its exact volume."""
        found = []
        for simplex in _simplices(self.corners, self.dimension):
            rows = [tuple(a - b for a, b in zip(x, simplex[0], strict=True)) for x in simplex[1:]]
            found.append((simplex, abs(_determinant(rows)) / factorial(self.dimension)))
        return found

    @property
    def half_spaces(self) -> list[HalfSpace]:
        """Half-spaces whose common part it is, one for each facet."""
        centre = self.centre
        found: dict[frozenset[Point], HalfSpace] = {}
        for facet in frozenset().union(*(on for _, on in self.corners)):
            side = [x for x, on in self.corners if facet in on]
            if frozenset(side) not in found and _rank(side) == self.dimension - 1:
                plane = _through(side)
                found[frozenset(side)] = plane if plane(centre) > 0 else plane.opposite
        return list(found.values())


def box(bounds: Sequence[tuple[Fraction, Fraction]]) -> Polytope:
    """The points between the bounds in every coordinate; every lower one is less than the upper."""
    corners = []
    for sides in product((0, 1), repeat=len(bounds)):
        point = tuple(bound[side] for bound, side in zip(bounds, sides, strict=True))
        corners.append((point, frozenset(2 * k + side for k, side in enumerate(sides))))
    return Polytope(tuple(corners), 2 * len(bounds))


def _simplices(corners: Sequence[tuple[Point, frozenset[int]]], dimension: int) -> list[tuple[Point, ...]]:
    """Simplices that make up the convex hull of the corners, which has this dimension."""
    if dimension == 0:
        return [(corners[0][0],)]
    (apex, own), *others = corners
    found: list[tuple[Point, ...]] = []
    seen: set[frozenset[Point]] = set()
    for facet in frozenset().union(*(on for _, on in others)) - own:
        side = [corner for corner in others if facet in corner[1]]
        name = frozenset(x for x, _ in side)
        if name in seen or _rank([x for x, _ in side]) < dimension - 1:
            continue
        seen.add(name)
        found += [(apex, *simplex) for simplex in _simplices(side, dimension - 1)]
    return found


def _through(points: Sequence[Point]) -> HalfSpace:
    """One side of the hyperplane through the points, which span it."""
    origin = points[0]
    chosen = [origin]
    for x in points[1:]:
        if _rank([*chosen, x]) == len(chosen):
            chosen.append(x)
    rows = [[a - b for a, b in zip(x, origin, strict=True)] for x in chosen[1:]]
    sides = range(len(origin))
    minors = [[[*row[:k], *row[k + 1 :]] for row in rows] for k in sides]
    normal = tuple((-1) ** k * _determinant(minors[k]) if rows else Fraction(1) for k in sides)
    return HalfSpace(normal, -sum((a * x for a, x in zip(normal, origin, strict=True)), ZERO))


def _rank(points: Sequence[Point]) -> int:
    """The dimension of the points' affine hull."""
    rows = [[a - b for a, b in zip(x, points[0], strict=True)] for x in points[1:]]
    rank = 0
    while rows:
        pivot = next((k for k in range(len(rows[0])) if any(row[k] for row in rows)), None)
        if pivot is None:
            break
        rank += 1
        at = next(number for number, row in enumerate(rows) if row[pivot])
        chosen = rows.pop(at)
        rows = [[a - row[pivot] / chosen[pivot] * b for a, b in zip(row, chosen, strict=True)] for row in rows]
    return rank


def _determinant(rows: Sequence[Sequence[Fraction]]) -> Fraction:
    if len(rows) == 1:
        return rows[0][0]
    total = ZERO
    for k, first in enumerate(rows[0]):
        if first:
            minor = [[*row[:k], *row[k + 1 :]] for row in rows[1:]]
            total += (-1) ** k * first * _determinant(minor)
    return total
