"""Polygons in exact arithmetic, against averages of points found by brute force."""

import random
from fractions import Fraction

import pytest

from games.solvers.methods.polygons import Point, cut, farthest, gap, holds, hull, meet, rounded_out, shares_of
from judges.promises import is_average

SEED = 1979


def points(rng: random.Random, count: int, high: int = 5) -> list[Point]:
    return [(Fraction(rng.randint(0, high)), Fraction(rng.randint(0, high))) for _ in range(count)]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8])
def test_hulls_cuts_and_what_two_share(count: int) -> None:
    """A point lies in a hull, or in both, or on this side, exactly if it is such an average."""
    rng = random.Random(f"{SEED} {count}")
    for _ in range(25):
        first, second = points(rng, count), points(rng, rng.randint(1, 4))
        one, other = hull(first), hull(second)
        normal, bound = (Fraction(rng.randint(-2, 2)), Fraction(rng.randint(1, 2))), Fraction(rng.randint(0, 6))
        shared, half = meet(one, other), cut(one, normal, bound)
        assert hull(one) == one
        for point in points(rng, 6):
            inside = is_average(point, first)
            assert holds(one, point) == inside == (gap(one, point) == 0)
            assert holds(shared, point) == (inside and is_average(point, second))
            assert holds(half, point) == (inside and normal[0] * point[0] + normal[1] * point[1] >= bound)
            if inside:
                weights = shares_of(one, point)
                assert sum(weight for weight, _ in weights) == 1
                assert all(weight > 0 for weight, _ in weights)
                assert tuple(sum(w * corner[k] for w, corner in weights) for k in (0, 1)) == point
            else:
                with pytest.raises(ValueError, match="not lie"):
                    shares_of(one, point)


def test_distances_are_those_of_the_greater_difference() -> None:
    rng = random.Random(SEED)
    for _ in range(40):
        polygon, (point,) = hull(points(rng, 4)), points(rng, 1, 9)
        distance = gap(polygon, point)
        for step in (-1, 1):
            # The square around the point that reaches so far meets the polygon; one a little smaller does not.
            size = distance + step * Fraction(1, 1000)
            around = [(point[0] + x * size, point[1] + y * size) for x in (-1, 1) for y in (-1, 1)]
            if size >= 0 and distance:
                assert bool(meet(polygon, hull(around))) == (step > 0)
        assert farthest(hull([*polygon, point]), polygon) == distance


def test_rounding_outwards_loses_nothing() -> None:
    rng = random.Random(SEED)
    part = Fraction(1, 10)
    for _ in range(20):
        polygon = hull((x / 7, y / 3) for x, y in points(rng, 5, 99))
        wide = rounded_out(polygon, (part, part))
        assert all(holds(wide, corner) for corner in polygon)
        assert all((value / part).denominator == 1 for corner in wide for value in corner)
        assert farthest(wide, polygon) <= part
