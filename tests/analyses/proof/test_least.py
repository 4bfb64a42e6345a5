"""Bounds of a polynomial over cases: never too high, and exact where they say so."""

import random
from fractions import Fraction
from itertools import product

import pytest

from analyses.proof.questions import Least, Questions
from games.cases import Cases, Choice, Option
from games.terms import Condition, Poly, above, at_least, equal, every, holds, some, var

SEED = 2015

x, y, z = var("x"), var("y"), var("z")
RANGES = dict.fromkeys("xyz", (Fraction(0), Fraction(1)))


@pytest.mark.parametrize(
    ("value", "conditions", "expected"),
    [
        (x, (), Least(Fraction(0), True, True)),
        (x + y, (at_least(x, Fraction(1, 3)), above(y, Fraction(1, 4))), Least(Fraction(7, 12), False, True)),
        (-x, (above(y, x), at_least(Fraction(1, 2), y)), Least(Fraction(-1, 2), False, True)),
        (x, (some([at_least(x, Fraction(1, 2)), at_least(y, 2)]),), Least(Fraction(1, 2), True, True)),
        (x, (above(x, Fraction(1, 4)), at_least(y * z, Fraction(1, 2))), Least(Fraction(1, 4), False, True)),
        (x, (equal(x, 2),), None),
    ],
    ids=["range", "open", "strict", "some", "product elsewhere", "impossible"],
)
def test_bounds_known_by_hand(value: Poly, conditions: tuple[Condition, ...], expected: Least | None) -> None:
    assert Questions(RANGES).least(value, *conditions) == expected
    assert Questions(RANGES, conditions).least(value) == expected
    assert Questions(RANGES, (), conditions).least(value) == expected


@pytest.mark.parametrize("product_", [x * y, x * x])
def test_products_have_bounds_that_may_be_too_low(product_: Poly) -> None:
    """Both products are at most x, so that x is at least 1/4; where x² is meant, it is at least 1/2."""
    found = Questions(RANGES).least(x, at_least(product_, Fraction(1, 4)))
    assert found is not None
    assert found.value == Fraction(1, 4)
    assert not (found.exact and product_ == x * x)


def test_what_is_unbounded_has_no_bound() -> None:
    assert Questions({"x": (None, Fraction(1))}).least(x) is None
    assert Questions({"x": (None, Fraction(1))}).least(-x) == Least(Fraction(-1), True, True)


def test_the_least_over_all_cases_is_the_least_of_the_best() -> None:
    """What is given by the option that pays more: the greater of x and y is least at its own bound."""
    choice = Choice(
        "which",
        {"first": Option(at_least(x, y), {"best paid": x}), "second": Option(at_least(y, x), {"best paid": y})},
    )
    questions = Questions(RANGES, [at_least(x + y, 1)], (), Cases((choice,)))
    assert questions.least(var("best paid")) == Least(Fraction(1, 2), True, True)
    assert questions.ask(equal(var("best paid"), Fraction(1, 2))).is_yes


def test_a_further_variable_keeps_to_its_range_in_every_question() -> None:
    questions = Questions(RANGES)
    far = questions.variable("[far]", (Fraction(0), Fraction(1, 8)))
    questions.give(at_least(far, x - Fraction(1, 2)), at_least(far, Fraction(1, 2) - x))
    assert questions.least(x) == Least(Fraction(3, 8), True, True)
    assert questions.ask(at_least(x * x, Fraction(2, 5))).is_no
    assert questions.ask(at_least(x * x, Fraction(38, 100))).is_yes


def test_no_point_of_a_grid_lies_below_a_bound() -> None:
    """Random conditions, some with products: exact bounds that are attained are met by a question."""
    rng = random.Random(SEED)
    grid = [Fraction(k, 6) for k in range(7)]
    exact = 0
    for number in range(40):
        terms = [x, y, z, x * y, x * z] if number % 2 else [x, y, z]

        def random_poly(terms: list[Poly] = terms) -> Poly:
            return sum((rng.randint(-2, 2) * term for term in terms), Poly({})) + Fraction(rng.randint(-6, 6), 6)

        condition = every([some([at_least(random_poly(), 0), above(random_poly(), 0)]), at_least(random_poly(), 0)])
        value = rng.choice([x, y - z, x + 2 * z])
        found = Questions(RANGES).least(value, condition)
        seen = [dict(zip("xyz", at, strict=True)) for at in product(grid, repeat=3)]
        values = [value.at(at) for at in seen if holds(condition, at)]
        said = f"seed {SEED}, {number}: {value} where {condition}"
        if found is None:
            assert not values, said
            continue
        assert all(one > found.value or (one == found.value and found.attained) for one in values) or not found.exact, (
            said
        )
        assert all(one >= found.value for one in values), said
        if found.exact:
            exact += 1
            there = Questions(RANGES).ask(condition, equal(value, found.value))
            assert there.is_yes is found.attained, said
            assert Questions(RANGES).ask(condition, at_least(found.value + Fraction(1, 1000), value)).is_yes, said
    assert exact >= 20, f"seed {SEED}: {exact}"
