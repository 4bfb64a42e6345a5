"""The language of inequalities: terms, relations decided at once, and questions, against exact evaluation."""

import random
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import sympy
from sympy import Max, Min, Rational, symbols

from analyses.claims.inequalities import Inequalities, denominators
from games.errors import InputError
from games.formulas.relations import Denied, Every, Implied, Related, Some, holds_at, relation
from games.formulas.values import evaluate
from games.solvers.limits import time_limit

SEED = 1976
x, y, z = symbols("x y z")
RANGES = dict.fromkeys((x, y, z), (Fraction(-2), Fraction(2)))
GRID = [dict(zip((x, y, z), point, strict=True)) for point in product(map(Fraction, range(-2, 3)), repeat=3)]


def random_linear(rng: random.Random) -> Any:
    a, b, c, d = (Rational(rng.randint(-4, 4), rng.choice((1, 1, 2, 3))) for _ in range(4))
    return a * x + b * y + c * z + d


def random_relation(rng: random.Random, left: Any, right: Any) -> Related:
    return Related(left, rng.choice((">=", ">", "<=", "<", "==", "!=")), right)


def random_formula(rng: random.Random, curved: bool) -> Any:
    def side() -> Any:
        first, second = random_linear(rng), random_linear(rng)
        return (
            rng.choice((first * second, Min(first, second), Max(first, second), first / (x + 3))) if curved else first
        )

    one, other, third = (random_relation(rng, side(), random_linear(rng)) for _ in range(3))
    return rng.choice(
        (
            Every((one, other)),
            Some((Every((one, other)), third)),
            Implied(one, Every((other, third))),
            Denied(Some((one, other))),
        )
    )


@pytest.mark.untraced
@pytest.mark.parametrize(("curved", "count"), [(False, 60), (True, 40)], ids=["linear", "curved"])
def test_answers_agree_with_exact_evaluation_on_a_grid(curved: bool, count: int) -> None:
    rng = random.Random(SEED)
    counted = {"yes": 0, "no": 0, "unknown": 0}
    for number in range(count):
        formulas = [random_formula(rng, curved) for _ in range(2)]
        language = Inequalities(RANGES)
        with time_limit(5):
            answer = language.ask(*map(language.formula, formulas))
        said = f"seed {SEED}, question {number}: {formulas}"
        counted["yes" if answer.is_yes else "no" if answer.is_no else "unknown"] += 1
        if answer.is_yes:
            point = {symbol: answer.value(language.variable(symbol)) for symbol in (x, y, z)}
            if None not in point.values():
                assert all(-2 <= value <= 2 for value in point.values()), said
                assert all(holds_at(formula, point) for formula in formulas), said
        elif answer.is_no:
            assert not any(all(holds_at(formula, point) for formula in formulas) for point in GRID), said
    print(f"\nseed {SEED}: {counted}")
    assert counted["unknown"] <= (2 if curved else 0)
    assert counted["yes"] >= 15
    assert counted["no"] >= 1


@pytest.mark.untraced
def test_what_is_decided_at_once_is_true() -> None:
    """`compare` decides by the ranges, `related` by the premises as well; neither may decide wrongly."""
    rng = random.Random(SEED)
    decided = {"compare": 0, "related": 0}
    for number in range(60):
        premise = random_relation(rng, random_linear(rng), 0)
        language = Inequalities(RANGES)
        language.suppose(language.formula(premise))
        if not language.ask().is_yes:
            continue
        for _ in range(10):
            left, right = random_linear(rng), rng.choice((random_linear(rng), sympy.Integer(rng.randint(-20, 20))))
            sign = rng.choice((">=", ">", "<=", "<", "==", "!="))
            terms = language.term(left), language.term(right)
            for name, points in (
                ("compare", GRID),
                ("related", [point for point in GRID if holds_at(premise, point)]),
            ):
                truth = language.truth_of(getattr(language, name)(terms[0], sign, terms[1]))
                if truth is not None:
                    decided[name] += 1
                    said = Related(left, sign, right)
                    assert all(holds_at(said, point) == truth for point in points), f"seed {SEED}, {number}"
    print(f"\nseed {SEED}: {decided}")
    assert 20 <= decided["compare"] < decided["related"]


def test_multiples_of_one_relation_are_one_formula() -> None:
    language = Inequalities(RANGES)
    first = language.compare(language.term(2 * x + 4 * y), ">=", language.term(z))
    second = language.compare(language.term(z / 2), "<=", language.term(x + 2 * y))
    third = language.compare(language.term(-x - 2 * y), "<=", language.term(-z / 2))
    assert first.get_id() == second.get_id() == third.get_id()
    assert language.compare(language.term(2 * x + 4 * y), ">", language.term(z)).get_id() != first.get_id()


def test_sums_forget_what_cancels() -> None:
    language = Inequalities()
    one, other = language.term(x + y), language.term(x + y + 1)
    assert language.truth_of(language.compare(one, "<", other)) is True
    assert language.total([other, language.product([Fraction(-1), one])]) == 1


def test_terms_have_the_values_of_their_formulas() -> None:
    rng = random.Random(SEED)
    for _ in range(40):
        first, second = random_linear(rng), random_linear(rng)
        expression = rng.choice((first * second, Min(first, second), first / (x + 3), first**2 - second, first))
        point = rng.choice(GRID)
        language = Inequalities(RANGES)
        term = language.term(expression)
        fixed = [language.compare(language.variable(s), "==", value) for s, value in point.items()]
        expected = evaluate(expression, point)
        assert language.ask(*fixed, language.compare(term, "==", expected)).is_yes
        assert language.ask(*fixed, language.compare(term, "!=", expected)).is_no


def test_without_ranges_any_value_is_possible() -> None:
    language = Inequalities()
    assert language.ask(language.formula(relation(x > 10**9))).is_yes
    assert language.ask(language.formula(relation(sympy.false))).is_no


def test_used_premises_are_those_that_an_answer_rests_on() -> None:
    language = Inequalities(RANGES)
    language.suppose(language.formula(relation(y > 1)), language.formula(relation(x > 0)))
    assert language.ask().is_yes
    assert language.used == set()
    assert language.ask(language.formula(relation(x + 1 < 1))).is_no
    assert language.used == {1}


def test_once_the_time_is_up_nothing_is_known() -> None:
    language = Inequalities(RANGES)
    with time_limit(0.001):
        while not language.ask(language.formula(relation(x * y * z > x + y))).is_unknown:
            pass
        assert not language.excludes(language.formula(relation(x > 3)))
        assert language.truth_of(language.related(language.term(x), ">", language.term(y))) is None


@pytest.mark.parametrize("expression", [sympy.sqrt(x), sympy.sin(x), 2**x], ids=str)
def test_other_functions_are_refused(expression: Any) -> None:
    with pytest.raises(InputError, match="claims need one"):
        Inequalities().term(expression)


def test_quotients_are_seen_in_every_part_of_a_formula() -> None:
    assert list(denominators(1 / x)) == [x]
    assert list(denominators(y + Min(1, x / (1 + y)))) == [1 + y]
    assert not list(denominators(x**2 / 3 - y))
    assert not list(denominators(Fraction(1, 3)))
