"""Exact arithmetic with real roots, against floats and against polynomials whose roots are known."""

import pickle
import random
from fractions import Fraction
from itertools import pairwise
from math import prod
from typing import Any

import numpy as np
import pytest
import sympy

from games.roots import (
    Algebraic,
    Irrational,
    Root,
    bound,
    brackets,
    common,
    compared,
    divided,
    irrational,
    is_never_negative,
    multiplied,
    odd_part,
    polynomial,
    real_roots,
    sign,
    value,
)

SEED = 1829
SQUARE = (Fraction(-2), Fraction(0), Fraction(1))


def with_roots(roots: list[Fraction]) -> tuple[Fraction, ...]:
    found = polynomial([1])
    for root in roots:
        found = multiplied(found, polynomial([-root, 1]))
    return tuple(map(Fraction, found))  # type: ignore[arg-type]


def numbers(rng: random.Random, count: int) -> list[Fraction]:
    return [Fraction(rng.randint(-12, 12), rng.choice((1, 2, 3))) for _ in range(count)]


def root_of_two() -> Algebraic:
    ((low, high),) = brackets(SQUARE, Fraction(0), Fraction(2))
    return Algebraic(Root(SQUARE, low, high), (Fraction(0), Fraction(1)))


def test_every_root_is_bracketed_alone() -> None:
    rng = random.Random(SEED)
    for _ in range(200):
        roots = sorted(set(numbers(rng, rng.randint(1, 5))))
        low, high = Fraction(-5), Fraction(5)
        of = with_roots(roots)
        found = list(brackets(of, low, high))
        inside = [root for root in roots if low <= root <= high]
        assert len(found) == len(inside), (SEED, roots)
        for (one, other), root in zip(found, inside, strict=True):
            assert one == root == other or one < root < other, (SEED, roots)
            assert sum(one <= other_root <= other for other_root in roots) == 1
        assert all(abs(root) < bound(of) for root in roots)


def test_a_polynomial_is_never_negative_exactly_where_no_odd_root_lies_inside() -> None:
    rng = random.Random(SEED)
    seen = set()
    for _ in range(400):
        roots, factor = numbers(rng, rng.randint(0, 3)), rng.choice((-1, 1))
        roots += rng.choice(([], roots))
        of = multiplied(with_roots(roots), polynomial([factor]))
        low = Fraction(rng.randint(-5, 3))
        high = low + rng.randint(1, 4)
        cuts = sorted({low, high, *(root for root in roots if low < root < high)})
        middles = [(a + b) / 2 for a, b in pairwise(cuts)]
        expected = all(factor * prod((at - root for root in roots), start=Fraction(1)) >= 0 for at in middles)
        assert is_never_negative(of, low, high) is expected, (SEED, roots, low, high)
        seen.add(expected)
    assert seen == {True, False}
    assert is_never_negative((), Fraction(0), Fraction(1))


def test_where_a_polynomial_changes_its_sign() -> None:
    third, one = Fraction(1, 3), Fraction(1)
    assert odd_part(with_roots([third] * 3 + [one] * 2)) == with_roots([third])
    assert odd_part(with_roots([third, one, one, one])) == with_roots([third, one])
    assert len(odd_part(with_roots([one] * 4))) == 1


def test_division_and_common_divisors() -> None:
    rng = random.Random(SEED)
    for _ in range(100):
        shared, one, other = (numbers(rng, k) for k in (2, 2, 3))
        if set(one) & set(other):
            continue
        assert common(with_roots(shared + one), with_roots(shared + other)) == with_roots(shared)
        assert divided(with_roots(shared + one), with_roots(one)) == (with_roots(shared), ())
    with pytest.raises(ZeroDivisionError):
        divided(polynomial([1, 1]), ())


def test_numbers_of_a_field_are_computed_exactly() -> None:
    root = root_of_two()
    assert (root * root - 2).sign() == 0
    assert [sign(value_) for value_ in (root - Fraction(3, 2), root - Fraction(7, 5), root - root)] == [-1, 1, 0]
    assert float(1 / root) == pytest.approx(2**-0.5, abs=0, rel=1e-15)
    assert (root / 2 - 1 / root).sign() == 0
    assert (2 - root).sign() == 1
    assert ((1 + root) * (root - 1) - 1).sign() == 0
    with pytest.raises(ZeroDivisionError):
        (root - root).inverse()


def test_signs_in_a_field_are_those_in_floats() -> None:
    rng = random.Random(SEED)
    cubic = (Fraction(-1), Fraction(-1), Fraction(0), Fraction(1))
    ((low, high),) = list(brackets(cubic, Fraction(-9), Fraction(9)))
    at = max(np.roots([1, 0, -1, -1]), key=lambda z: z.real).real
    for _ in range(100):
        root = Root(cubic, low, high)
        parts = tuple(numbers(rng, 3))
        number = Algebraic(root, parts if parts[-1] else (*parts[:2], Fraction(1)))
        expected = sum(float(part) * at**k for k, part in enumerate(number.parts))
        assert number.sign() == np.sign(expected)
        assert float(number) == pytest.approx(expected, rel=1e-9)
        assert float(number * number.inverse()) == 1
        assert abs(number.near(Fraction(1, 10**6)) - Fraction(expected)) < Fraction(2, 10**6)


def test_numbers_of_two_fields_are_compared_as_far_as_they_differ() -> None:
    two, again = root_of_two(), root_of_two()
    assert compared(two, two) == 0
    assert compared(two, again) is None
    assert compared(two, again + Fraction(1, 10**9)) == -1
    assert compared(two * two, again * again) == 0
    assert compared(Fraction(3, 2), again) == 1
    with pytest.raises(ValueError, match="two fields"):
        two + again


def test_a_polynomial_over_a_field_is_judged_exactly() -> None:
    """(x − √2)² is never negative, x − √2 is from √2 on, and no float tells which."""
    root = root_of_two()
    double = polynomial([root * root, -2 * root, 1])
    assert is_never_negative(double, Fraction(0), Fraction(2))
    assert not is_never_negative(polynomial([-root, 1]), Fraction(0), Fraction(2))
    assert is_never_negative(polynomial([-root, 1]), Fraction(3, 2), Fraction(2))
    tiny = Fraction(1, 10**40)
    assert not is_never_negative(polynomial([root * root - tiny, -2 * root, 1]), Fraction(0), Fraction(2))
    assert sign(value(double, Fraction(1))) == 1


@pytest.mark.parametrize(
    ("of", "parts"),
    [
        ((-2, 0, 1), (1, 3)),
        ((-2, 0, 0, 1), (0, 0, 1)),
        ((1, -3, 0, 1), ("1/2", "-2/3", 5)),
        ((-5, 0, 0, 0, 1), (7, 0, "1/3")),
        ((-1, -1, 0, 0, 0, 1), (0, 1, 1)),
    ],
)
def test_the_polynomial_of_a_number_is_its_least_one(of: tuple[int, ...], parts: tuple[Any, ...]) -> None:
    """By sympy, which takes resultants instead."""
    x, y = sympy.symbols("x y")
    for root in real_roots(tuple(map(Fraction, of))):
        assert isinstance(root, Root)
        number = Algebraic(root, tuple(map(Fraction, parts)))
        told = irrational(number)
        assert isinstance(told, Irrational)
        formula = sum(sympy.Rational(str(part)) * y**k for k, part in enumerate(parts))
        modulus = sum(part * y**k for k, part in enumerate(of))
        factors = sympy.factor_list(sympy.resultant(x - formula, modulus, y), x)[1]
        ours = sympy.Poly(list(reversed(told.polynomial)), x)
        assert any(sympy.Poly(factor, x).primitive()[1] in (ours, -ours) for factor, _ in factors)
        assert told.low < float(number) < told.high
        assert ours.count_roots(*(sympy.Rational(end.numerator, end.denominator) for end in (told.low, told.high))) == 1
        assert (told, told.polynomial) == (float(number), pickle.loads(pickle.dumps(told)).polynomial)


def test_a_rational_number_of_a_field_is_a_fraction() -> None:
    for root in real_roots(SQUARE):
        assert isinstance(root, Root)
        assert irrational(Algebraic(root, (Fraction(2, 3),))) == Fraction(2, 3)
        assert irrational(Algebraic(root, ())) == 0


def test_a_long_polynomial_is_left_to_the_data() -> None:
    short = Irrational(0.5, (-1, 0, 7), Fraction(0), Fraction(1))
    assert short.in_brackets == " (root of 7x² − 1)"
    assert Irrational(0.5, (-(10**60), 1, 1), Fraction(0), Fraction(1)).in_brackets == ""
