"""Draws from what relations allow: uniform, exact, in every piece, and the same for the same seed."""

from fractions import Fraction
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest
import sympy
from sympy import Eq, Rational, symbols

from analyses.sampling.draws import STEPS, Drawing
from analyses.sampling.hit_and_run import Walk, middle
from analyses.sampling.linear import Linear, form_of
from analyses.sampling.orders import LinesUp
from analyses.sampling.premise_set import PremiseSet
from games import InputError
from games.formulas.relations import holds_at, related, relation
from games.parameters import Parameter, Unit
from games.sources import Assumed
from games.terms import poly, var

SEED = 1965

a, b, c, d = symbols("a b c d")


def parameter(symbol: sympy.Symbol, low: str = "0", high: str = "1") -> Parameter:
    return Parameter(
        symbol,
        meaning=f"meaning of {symbol}",
        default=low,
        low=low,
        high=high,
        unit=Unit.PAYOFF,
        source=Assumed("for a test"),
    )


def premises(*said: Any, ranges: tuple[Parameter, ...] = (parameter(a), parameter(b), parameter(c))) -> PremiseSet:
    return PremiseSet(ranges, map(relation, said))


@pytest.mark.parametrize(
    "said",
    [
        (),
        (a < b, b <= c),
        (a + b > c, a * b < Rational(1, 2)),
        (Eq(a + b, c),),
        (Eq(a, Rational(1, 3)), sympy.Or(b < a, b > 2 * a)),
        (related(a / b, "==", Rational(1, 2)),),
        (related(c / (a - b), ">=", 1),),
        (sympy.Min(a, b) > Rational(1, 4), sympy.Max(b, c) < Rational(3, 4)),
        (a <= b, b <= a),
        (a > b + Rational(999, 1000),),
    ],
    ids=str,
)
def test_every_draw_satisfies_the_relations_exactly(said: tuple[Any, ...]) -> None:
    allowed = premises(*said)
    batches = list(Drawing(allowed, SEED).batches(60))
    assert sum(map(len, batches)) == 60
    draws = batches[0]
    for row in range(len(draws)):
        point = draws.point(row)
        assert set(point) == {a, b, c}
        assert all(0 <= value <= 1 for value in point.values())
        assert all(holds_at(relation(one), point) for one in said), f"seed {SEED}: {point}"
        for symbol, column in draws.columns.items():
            value = np.broadcast_to(column.value, len(draws))[row]
            assert abs(Fraction(float(value)) - point[symbol]) <= Fraction(float(np.max(column.error)))
    again, other = (next(iter(Drawing(allowed, seed).batches(60))) for seed in (SEED, SEED + 1))
    assert (again.odd == draws.odd).all()
    assert not np.array_equal(other.odd, draws.odd)


def test_equations_are_solved_for_the_last_of_their_parameters() -> None:
    allowed = premises(Eq(a + 2 * b, c), Eq(b, Rational(1, 4)))
    assert allowed.free == [a]
    assert allowed.solved == {c: a + Rational(1, 2), b: Rational(1, 4)}
    assert allowed.point([Fraction(1, 4)]) == {a: Fraction(1, 4), b: Fraction(1, 4), c: Fraction(3, 4)}
    flat = premises(a + b + c >= 3)
    assert flat.free == []


def test_both_pieces_of_a_set_have_their_part() -> None:
    """Two squares, one nine times as large as the other, that no path joins."""
    low = sympy.And(a <= Rational(1, 10), b <= Rational(1, 10))
    high = sympy.And(a >= Rational(7, 10), b >= Rational(7, 10))
    drawing = Drawing(premises(sympy.Or(low, high)), SEED)
    drawn = np.concatenate([draws.named["a"].value for draws in drawing.batches(2_000)])
    assert len(drawn) == 2_000
    part = np.mean(drawn > 0.5)
    assert abs(part - 0.9) < 4 * (0.9 * 0.1 / 2_000) ** 0.5, f"seed {SEED}: {part}"


def test_linear_parts_of_a_relation_spare_rejection() -> None:
    """c ≠ a stands beside a < b, which is drawn from by sorting."""
    allowed = premises(sympy.And(a < b, sympy.Ne(a, c)))
    drawing = Drawing(allowed, SEED)
    assert len(next(iter(drawing.batches(500)))) == 500
    assert drawing.acceptance == 1
    assert drawing.methods == ["orders of 2 parameters by sorting", "1 other condition by rejection"]


def test_orders_draw_each_line_equally_often() -> None:
    """a below b and c: six ways for four elements that are free otherwise, each equally likely."""
    lines = LinesUp.of(4, [(0, 1), (0, 2)])
    assert lines is not None
    rng = np.random.default_rng(SEED)
    numbers = lines.arrange(rng.integers(0, STEPS, (8_000, 4)), rng)
    found, counts = np.unique(np.argsort(numbers, axis=1), axis=0, return_counts=True)
    assert len(found) == lines.ways[0] == 8
    assert (abs(counts - 1_000) < 4 * 1_000**0.5).all(), f"seed {SEED}: {counts}"


def test_orders_that_are_too_many_to_count_are_left_to_rejection(monkeypatch: pytest.MonkeyPatch) -> None:
    import analyses.sampling.orders as module

    monkeypatch.setattr(module, "MOST_LOWER_SETS", 3)
    drawing = Drawing(premises(a < b, b < c), SEED)
    assert drawing.methods == ["2 other conditions by rejection"]


def test_chains_fill_a_simplex_evenly() -> None:
    """The coordinates of a uniform point of the simplex in three dimensions have the mean 1/4."""
    A = np.vstack([np.eye(3), -np.ones(3)])
    offsets = np.array([0.0, 0.0, 0.0, 1.0])
    drawn = Walk(A, offsets, np.random.default_rng(SEED)).draw(4_000)
    assert drawn is not None
    assert (A @ drawn.T + offsets[:, None] >= -1e-12).all()
    assert (abs(drawn.mean(axis=0) - 0.25) < 0.02).all(), f"seed {SEED}"
    assert middle(A, offsets) == pytest.approx(np.full(3, 1 / (3 + 3**0.5)))
    with pytest.raises(InputError, match="too thin"):
        middle(np.vstack([np.eye(3), -np.eye(3)]), np.array([-1.0] * 6))


def test_a_parameter_of_many_is_drawn_within_its_own_range() -> None:
    ranges = (parameter(a, "-2", "5"), parameter(b, "1/3", "1/3"), parameter(c, "0", "10"), parameter(d))
    (draws,) = Drawing(premises(a < c, ranges=ranges), SEED).batches(200)
    for symbol, (low, high) in {a: (-2, 5), b: (Fraction(1, 3), Fraction(1, 3)), c: (0, 10), d: (0, 1)}.items():
        drawn = [draws.point(row)[symbol] for row in range(200)]
        assert low <= min(drawn) <= max(drawn) <= high
        assert low == high or max(drawn) - min(drawn) > Fraction(high - low) * 3 / 4


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ((a > 2,), "the premises contradict"),
        ((a < b, b < a), "contradict"),
        ((a**2 + b**2 < 0,), "contradict"),
        ((Eq(a**2, b),), "not linear"),
        ((Eq(sympy.Min(a, b), c),), "not linear"),
        ((related(1 / a, "==", b),), "not linear"),
    ],
)
def test_what_allows_nothing_or_a_curved_set_is_refused(said: tuple[Any, ...], message: str) -> None:
    with pytest.raises(InputError, match=message):
        premises(*said)


def test_linear_forms() -> None:
    x, y = var("a"), var("b")
    assert form_of(2 * x - y * Fraction(1, 3) + 1) == ({"a": 2, "b": Fraction(-1, 3)}, 1)
    assert form_of(x * y) is None
    assert form_of(poly(3)) == ({}, 3)
    huge = Linear({0: Fraction(10) ** 310, 1: Fraction(-1)}, Fraction(10) ** 309, True)
    assert huge.in_floats([0, 1]) == [1.0, pytest.approx(0), pytest.approx(0.1)]


def test_orders_of_many_have_their_means() -> None:
    """The k-th of 18 ordered parameters has the mean k/19; nothing is rejected."""
    many = symbols("a1:19")
    drawing = Drawing(
        premises(*(one < other for one, other in pairwise(many)), ranges=tuple(map(parameter, many))), SEED
    )
    (draws,) = drawing.batches(4_000)
    assert drawing.acceptance == 1
    for rank, symbol in enumerate(many, start=1):
        assert abs(float(np.mean(draws.columns[symbol].value)) - rank / 19) < 0.01, f"seed {SEED}: {symbol}"


def test_what_floats_leave_open_is_decided_exactly() -> None:
    """At thirds no float is exact, so that a tie on the diagonal is open to them; b = a stands as a formula."""
    allowed = premises(Eq(b, a), sympy.Or(3 * b > 3 * a, 3 * b <= 3 * a), a * b >= a * a)
    (draws,) = Drawing(allowed, SEED).batches(50)
    assert len(draws) == 50
    assert not any(
        allowed.admits_exactly({a: x, b: y, c: Fraction(0)}) for x, y in product([Fraction(2)], [Fraction(2)])
    )


def test_a_range_of_points_has_the_values_of_all() -> None:
    allowed = premises(Eq(a + b, c), a < Rational(1, 3), ranges=(parameter(a, "1/7"), parameter(b), parameter(c)))
    (drawn,) = Drawing(allowed, SEED).batches(100)
    fresh, whole = drawn.where(slice(10, 35)), drawn.named
    shared = drawn.where(slice(10, 35))
    for name, column in fresh.named.items():
        assert np.array_equal(shared.named[name].value, column.value)
        assert np.array_equal(np.broadcast_to(shared.named[name].error, 25), np.broadcast_to(column.error, 25))
        assert np.array_equal(whole[name].value[10:35], column.value)
