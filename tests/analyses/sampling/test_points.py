"""Points that premises allow: exact values at all of them, even walks, and pieces that weigh what they should."""

from fractions import Fraction
from typing import Any

import pytest
import sympy
from sympy import Eq, Max, Min, Rational, symbols

from analyses.sampling.points import Demand, drawn, is_one_piece, walked
from games.formulas.polynomials import Reader
from games.formulas.relations import holds_at, relation
from games.terms import ZERO, Condition

x, y = symbols("x y")


def condition(said: Any) -> Condition:
    return Reader().condition(relation(said))


def within(*said: Any) -> list[Demand]:
    return [Demand.of(condition(each)) for each in said]


RANGES = {symbol: (Fraction(-2), Fraction(2)) for symbol in (x, y)}


@pytest.mark.parametrize("scale", [1, 10**30])
def test_conditions_are_evaluated_exactly_at_many_points(scale: int) -> None:
    relations = [
        x * y >= Rational(1, 7),
        Max(x, y) - Min(x, 1) < x**2,
        Eq(3 * x, 2 * y) | (x > y),
        sympy.Implies(x > 0, x**5 * y**5 > Rational(1, 3)),
        sympy.Xor(x > 0, y > 0),
        sympy.Ne(x, y) & ~(x < -1),
        scale * x >= scale * y + Rational(1, scale),
    ]
    points = walked([{x: Fraction(0), y: Fraction(1, 7 * scale)}], RANGES, [], [], 300)
    for said in map(relation, relations):
        truth = points.truth(condition(said))
        assert [bool(t) for t in truth] == [holds_at(said, points.point(k)) for k in range(300)], said
    signs = points.signs(Reader().poly(x * y - Rational(1, 7)) or ZERO)
    values = [points.point(k)[x] * points.point(k)[y] - Fraction(1, 7) for k in range(300)]
    assert list(signs) == [(value > 0) - (value < 0) for value in values]


def test_the_walk_stays_within_the_premises_and_spreads_evenly() -> None:
    premises = [x <= y, x + y <= 1, x >= 0]
    points = walked([{x: Fraction(0), y: Fraction(0)}], RANGES, within(*premises), [], 2_000)
    every = [points.point(k) for k in range(2_000)]
    assert all(holds_at(relation(premise), point) for point in every for premise in premises)
    # In the triangle with the corners (0, 0), (0, 1) and (1/2, 1/2) half of the area lies where x < 1/2 − √(1/8).
    below = sum(float(point[x]) < 0.5 - 0.125**0.5 for point in every)
    assert 900 < below < 1_100
    sum_is_one = Reader().poly(x + y - 1)
    assert sum_is_one is not None
    line = walked([{x: Fraction(0), y: Fraction(1)}], RANGES, [], [sum_is_one], 200)
    assert all(sum(line.point(k).values()) == 1 for k in range(200))
    assert len({line.point(k)[x] for k in range(200)}) > 100


def test_independent_draws_weigh_pieces_by_their_size() -> None:
    pieces = ((x <= -1) & (y <= -1)) | ((x >= 0) & (y >= 0))
    points = drawn(RANGES, within(pieces), [], 2_000)
    assert points is not None
    assert 350 < sum(points.point(k)[x] < 0 for k in range(2_000)) < 450
    assert drawn(RANGES, within(Eq(x, y)), [], 2_000) is None


def test_only_what_is_seen_to_be_convex_counts_as_one_piece() -> None:
    assert is_one_piece([condition((x <= y) & (x + y < 1)), condition(sympy.Ne(x, y)), condition(Eq(x, 2 * y))])
    assert not is_one_piece([condition((x <= 0) | (y <= 0))])
    assert not is_one_piece([condition(x * y >= 1)])


def test_independent_draws_keep_to_equations() -> None:
    poly = Reader().poly(3 * x - 2 * y - Rational(1, 7))
    assert poly is not None
    points = drawn(RANGES, within(Eq(3 * x, 2 * y + Rational(1, 7)), y >= 0), [poly], 500)
    assert points is not None
    every = [points.point(k) for k in range(500)]
    assert all(3 * point[x] == 2 * point[y] + Fraction(1, 7) and 0 <= point[y] <= 2 for point in every)
    assert 220 < sum(point[y] < 1 for point in every) < 280
