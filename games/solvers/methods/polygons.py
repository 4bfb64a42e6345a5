"""Convex polygons in exact arithmetic: hulls, cuts by half-planes, and distances.

A polygon is the tuple of its corners, counter-clockwise from the least one; it may be a segment, a point or empty. The
hull is that of Andrew (1979), Information Processing Letters 9; a cut that of Sutherland & Hodgman (1974),
Communications of the ACM 17.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import TypeAlias

Point: TypeAlias = tuple[Fraction, Fraction]

Polygon: TypeAlias = tuple[Point, ...]
"""Corners, counter-clockwise from the least one; no corner lies between others."""


def hull(points: Iterable[Point]) -> Polygon:
    """The least polygon that holds the points."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return tuple(ordered)
    lower, upper = _chain(ordered), _chain(reversed(ordered))
    return tuple(lower[:-1] + upper[:-1])


def _chain(points: Iterable[Point]) -> list[Point]:
    """What turns left all the way, from the first of the points to the last."""
    kept: list[Point] = []
    for point in points:
        while len(kept) > 1 and turn(kept[-2], kept[-1], point) <= 0:
            kept.pop()
        kept.append(point)
    return kept


def turn(a: Point, b: Point, c: Point) -> Fraction:
    """Positive if the way from a through b to c turns left, 0 if it is straight."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def sides(polygon: Polygon) -> Iterator[tuple[Point, Point]]:
    """From each corner to the next; none of a point."""
    for k, corner in enumerate(polygon):
        if len(polygon) > 1:
            yield corner, polygon[(k + 1) % len(polygon)]


def cut(polygon: Polygon, normal: Point, bound: Fraction) -> Polygon:
    """The part in which normal · x is at least the bound."""
    over = [normal[0] * x + normal[1] * y - bound for x, y in polygon]
    if all(value >= 0 for value in over):
        return polygon
    kept = [point for point, value in zip(polygon, over, strict=True) if value >= 0]
    for k, after in enumerate([*over[1:], *over[:1]]):
        here = over[k]
        if (here < 0 < after) or (after < 0 < here):
            share = here / (here - after)
            start, end = polygon[k], polygon[(k + 1) % len(polygon)]
            kept.append((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])))
    return hull(kept)


def meet(one: Polygon, other: Polygon) -> Polygon:
    """What lies in both."""
    if len(other) == 1:
        return other if holds(one, other[0]) else ()
    if len(other) == 2:
        # A segment is cut out of its line by half-planes across its ends.
        (a, b), (c, d) = other
        along = (c - a, d - b)
        one = cut(one, along, along[0] * a + along[1] * b)
        one = cut(one, (-along[0], -along[1]), -along[0] * c - along[1] * d)
    for (a, b), (c, d) in sides(other):
        normal = (b - d, c - a)
        one = cut(one, normal, normal[0] * a + normal[1] * b)
    return one if other else ()


def holds(polygon: Polygon, point: Point) -> bool:
    """Whether the point lies in the polygon, its border included."""
    if len(polygon) < 3:
        return bool(polygon) and hull((*polygon, point)) == polygon
    return all(turn(start, end, point) >= 0 for start, end in sides(polygon))


def gap(polygon: Polygon, point: Point) -> Fraction:
    """How far the point lies from the polygon, which is not empty: the greater difference of the two coordinates."""
    if holds(polygon, point):
        return Fraction(0)
    if len(polygon) == 1:
        return max(abs(point[0] - polygon[0][0]), abs(point[1] - polygon[0][1]))
    return min(_gap_to_side(start, end, point) for start, end in sides(polygon))


def _gap_to_side(start: Point, end: Point, point: Point) -> Fraction:
    """The same for a segment: the least is at an end, or where one of the differences is 0 or both are as great."""
    x, y = start[0] - point[0], start[1] - point[1]
    along, up = end[0] - start[0], end[1] - start[1]
    turning = ((x, along), (y, up), (x - y, along - up), (x + y, along + up))
    places = [Fraction(0), Fraction(1), *(-at / slope for at, slope in turning if slope)]
    return min(max(abs(x + t * along), abs(y + t * up)) for t in places if 0 <= t <= 1)


def farthest(outer: Polygon, inner: Polygon) -> Fraction:
    """The Hausdorff distance of a polygon from one that it holds: by the greater difference of the coordinates."""
    return max((gap(inner, corner) for corner in outer), default=Fraction(0))


def rounded_out(polygon: Polygon, parts: tuple[Fraction, Fraction]) -> Polygon:
    """A polygon that holds this one and has whole multiples of ``parts`` for coordinates."""
    return hull(
        (parts[0] * x, parts[1] * y)
        for corner in polygon
        for x in {floor(corner[0] / parts[0]), ceil(corner[0] / parts[0])}
        for y in {floor(corner[1] / parts[1]), ceil(corner[1] / parts[1])}
    )


def centre(polygon: Polygon) -> Point:
    """The average of the corners."""
    count = len(polygon)
    return (sum(x for x, _ in polygon) / Fraction(count), sum(y for _, y in polygon) / Fraction(count))


def shares_of(polygon: Polygon, point: Point) -> list[tuple[Fraction, Point]]:
    """Corners of the polygon, at most three, and the weights with which they average to the point.

    Raises `ValueError` for a point that does not lie in the polygon.
    """
    if not holds(polygon, point):
        raise ValueError("the point does not lie in the polygon")
    if len(polygon) == 1:
        return [(Fraction(1), point)]
    first = polygon[0]
    if len(polygon) == 2:
        second = polygon[1]
        k = 0 if first[0] != second[0] else 1
        share = (point[k] - first[k]) / (second[k] - first[k])
        return _positive([(1 - share, first), (share, second)])
    for second, third in pairwise(polygon[1:]):
        whole = turn(first, second, third)
        parts = turn(point, second, third), turn(first, point, third), turn(first, second, point)
        if min(parts) >= 0:
            break
    return _positive([(part / whole, corner) for part, corner in zip(parts, (first, second, third), strict=True)])


def _positive(weights: list[tuple[Fraction, Point]]) -> list[tuple[Fraction, Point]]:
    return [(weight, corner) for weight, corner in weights if weight]
