"""Polynomials as a ring, and conditions that come out the same whatever they are read at."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy
import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from games.terms import (
    HOLDS,
    ONE,
    ZERO,
    Condition,
    Joined,
    Poly,
    Sign,
    Taken,
    above,
    at_least,
    atoms,
    conjuncts,
    denied,
    equal,
    every,
    holds,
    mapped,
    names_in,
    poly,
    product_of,
    put,
    quotient_sign,
    sign,
    signs,
    some,
    total,
    var,
)

SEED = 1202
NAMES = ("x", "y", "z")
OPTIONS = ("left", "right")

numbers = st.one_of(st.integers(-3, 3), st.fractions(-3, 3, max_denominator=4))
monomials = st.lists(st.sampled_from(NAMES), max_size=3).map(lambda names: tuple(sorted(names)))
polynomials = st.dictionaries(monomials, numbers, max_size=4).map(
    lambda terms: total(product_of(map(var, monomial)) * coefficient for monomial, coefficient in terms.items())
)
points = st.fixed_dictionaries({name: numbers.map(Fraction) for name in NAMES})
atomic = st.one_of(
    st.booleans(),
    st.builds(sign, polynomials, st.sampled_from(list(HOLDS))),
    st.builds(Taken, st.just("way"), st.sampled_from(OPTIONS), st.booleans()),
)
conditions = st.recursive(
    atomic,
    lambda inner: st.builds(
        lambda parts, together: (every if together else some)(parts), st.lists(inner, max_size=3), st.booleans()
    ),
    max_leaves=8,
)


some_examples = settings(max_examples=40)


@some_examples
@given(polynomials, polynomials, polynomials)
def test_polynomials_are_a_commutative_ring(p: Poly, q: Poly, r: Poly) -> None:
    assert p + q == q + p
    assert (p + q) + r == p + (q + r)
    assert p * q == q * p
    assert (p * q) * r == p * (q * r)
    assert p * (q + r) == p * q + p * r
    assert p + ZERO == p
    assert p * ONE == p
    assert p * ZERO == ZERO
    assert p - p == ZERO
    assert (-p) * -1 == p
    assert p - q == -(q - p)
    assert 2 - p == poly(2) - p
    assert Fraction(1, 2) * p + Fraction(1, 2) * p == p


@some_examples
@given(polynomials, polynomials)
def test_equal_polynomials_have_one_hash_and_no_zero_coefficient(p: Poly, q: Poly) -> None:
    assert hash(p + q - q) == hash(p)
    assert all(coefficient != 0 for coefficient in (p * q - q).terms.values())
    assert p.names == {name for monomial in p.terms for name in monomial}
    assert (p.constant is None) == bool(p.names)
    assert repr(p + q) == repr(q + p)


@some_examples
@given(polynomials, polynomials, points)
def test_the_value_of_a_sum_and_of_a_product(p: Poly, q: Poly, at: dict[str, Fraction]) -> None:
    assert (p + q).at(at) == p.at(at) + q.at(at)
    assert (p * q).at(at) == p.at(at) * q.at(at)
    known: dict[Any, Any] = {}
    assert [each.at(at, known) for each in (p, q, p * q)] == [each.at(at) for each in (p, q, p * q)]


@some_examples
@given(polynomials, polynomials, points)
def test_putting_in_and_then_the_value_is_the_value_there(p: Poly, q: Poly, at: dict[str, Fraction]) -> None:
    assert p.put({"x": q}).at(at) == p.at({**at, "x": q.at(at)})
    assert p.put({name: poly(value) for name, value in at.items()}) == poly(p.at(at))
    assert p.put({}) is p


@some_examples
@given(polynomials, points)
def test_a_polynomial_is_read_alike_at_numbers_arrays_solver_terms_and_formulas(
    p: Poly, at: dict[str, Fraction]
) -> None:
    expected = p.at(at)
    symbols = {name: sympy.Symbol(name) for name in NAMES}
    there = {symbols[name]: sympy.Rational(v.numerator, v.denominator) for name, v in at.items()}
    formula = sympy.sympify(p.at(symbols)).subs(there)
    assert Fraction(int(formula.p), int(formula.q)) == expected
    columns = {name: np.array([value, 2 * value], object) for name, value in at.items()}
    assert np.broadcast_to(p.at(columns), 2)[0] == expected
    reals = {name: z3.Real(name) for name in NAMES}
    term = p.at(reals, None) if not p.terms else total_of(p, reals)
    values = [(reals[name], z3.RealVal(str(value))) for name, value in at.items()]
    read = z3.simplify(z3.substitute(z3.RealVal(0) + term, *values))
    assert Fraction(read.numerator_as_long(), read.denominator_as_long()) == expected


def total_of(p: Poly, reals: dict[str, Any]) -> Any:
    """A term of the solver; its coefficients as numbers of the solver."""
    exact = Poly({monomial: z3.RealVal(str(c)) for monomial, c in p.terms.items()})  # type: ignore[misc]
    return exact.at(reals)


@some_examples
@given(st.dictionaries(monomials, st.integers(-4, 4), max_size=4), st.lists(st.integers(-8, 8), min_size=3, max_size=3))
def test_signs_on_whole_and_on_dyadic_arrays_are_exact(terms: dict[Any, int], corner: list[int]) -> None:
    p = Poly({monomial: value for monomial, value in terms.items() if value})
    for scale, dtype in ((1, np.int64), (4, np.float64)):
        exact = {name: Fraction(value, scale) for name, value in zip(NAMES, corner, strict=True)}
        arrays = {
            name: np.array([value, -value], dtype=float if scale > 1 else int).astype(dtype)
            for name, value in exact.items()
        }
        for op, test in HOLDS.items():
            assert bool(np.broadcast_to(test(p.at(arrays)), 2)[0]) == bool(HOLDS[op](p.at(exact)))


@some_examples
@given(conditions, points, st.sampled_from(OPTIONS))
def test_exactly_one_of_a_condition_and_its_denial_holds(said: Condition, at: dict[str, Fraction], way: str) -> None:
    taken = {"way": way}
    assert holds(said, at, taken) != holds(denied(said), at, taken)
    assert holds(denied(denied(said)), at, taken) == holds(said, at, taken)


@some_examples
@given(st.lists(conditions, max_size=4), points, st.sampled_from(OPTIONS))
def test_joined_conditions_hold_as_their_parts_do(parts: list[Condition], at: dict[str, Fraction], way: str) -> None:
    taken = {"way": way}
    each = [holds(part, at, taken) for part in parts]
    assert holds(every(parts), at, taken) == all(each)
    assert holds(some(parts), at, taken) == any(each)
    assert all(holds(part, at, taken) for part in conjuncts(every(parts))) == all(each)


@some_examples
@given(conditions, polynomials, points, st.sampled_from(OPTIONS))
def test_a_condition_with_values_and_options_put_in(
    said: Condition, q: Poly, at: dict[str, Fraction], way: str
) -> None:
    taken = {"way": way}
    expected = holds(said, {**at, "x": q.at(at)}, taken)
    assert holds(put(said, {"x": q}), at, taken) == expected
    settled = put(said, {"x": q}, taken)
    assert not [atom for atom in atoms(settled) if isinstance(atom, Taken)]
    assert holds(settled, at) == expected
    assert isinstance(put(said, {name: poly(value) for name, value in at.items()}, taken), bool)
    assert mapped(said, lambda atom: atom) == said
    assert names_in(said) == {name for one in signs(said) for name in one.of.names}


@some_examples
@given(conditions, points, st.sampled_from(OPTIONS))
def test_a_condition_is_read_alike_by_a_solver_of_inequalities_and_by_formulas(
    said: Condition, at: dict[str, Fraction], way: str
) -> None:
    expected = holds(said, at, {"way": way})
    reals = {name: z3.Real(name) for name in NAMES}
    symbols = {name: sympy.Symbol(name) for name in NAMES}

    def for_solver(condition: Condition) -> Any:
        match condition:
            case Sign(of, op):
                return HOLDS[op](total_of(of, reals))
            case Taken(_, option, so):
                return z3.BoolVal((option == way) is so)
            case Joined(parts, together):
                return (z3.And if together else z3.Or)([for_solver(part) for part in parts])
        return z3.BoolVal(condition)

    def for_formulas(condition: Condition) -> Any:
        relations = {">": sympy.Gt, ">=": sympy.Ge, "==": sympy.Eq, "!=": sympy.Ne}
        match condition:
            case Sign(of, op):
                return relations[op](of.at(symbols), 0)
            case Taken(_, option, so):
                return sympy.true if (option == way) is so else sympy.false
            case Joined(parts, together):
                return (sympy.And if together else sympy.Or)(*map(for_formulas, parts))
        return sympy.true if condition else sympy.false

    values = [(reals[name], z3.RealVal(str(value))) for name, value in at.items()]
    assert z3.is_true(z3.simplify(z3.substitute(for_solver(said), *values))) == expected
    there = {symbols[name]: sympy.Rational(v.numerator, v.denominator) for name, v in at.items()}
    assert bool(for_formulas(said).subs(there)) == expected


@some_examples
@given(
    polynomials, st.fractions(min_value=Fraction(1, 5), max_value=5, max_denominator=5), st.sampled_from(list(HOLDS))
)
def test_conditions_that_are_positive_multiples_are_one(p: Poly, factor: Fraction, op: Any) -> None:
    assert sign(p * factor, op) == sign(p, op)
    assert sign(p * -factor, "==") == sign(p, "==")
    assert sign(p * -factor, "!=") == sign(p, "!=")


@some_examples
@given(polynomials, polynomials, points, st.sampled_from(list(HOLDS)))
def test_a_relation_of_a_quotient_holds_nowhere_where_it_divides_by_zero(
    num: Poly, den: Poly, at: dict[str, Fraction], op: Any
) -> None:
    below = den.at(at)
    expected = below != 0 and bool(HOLDS[op](num.at(at) / below))
    assert holds(quotient_sign(num, den, op), at) == expected
    assert holds(denied(quotient_sign(num, den, op)), at) != expected


@some_examples
@given(polynomials, polynomials, points)
def test_comparisons_of_two_polynomials(p: Poly, q: Poly, at: dict[str, Fraction]) -> None:
    one, other = p.at(at), q.at(at)
    assert holds(at_least(p, q), at) == (one >= other)
    assert holds(above(p, q), at) == (one > other)
    assert holds(equal(p, q), at) == (one == other)


def test_constants_decide_themselves() -> None:
    assert sign(3, ">") is True
    assert sign(Fraction(-1, 2), ">=") is False
    assert every([]) is True
    assert some([]) is False
    assert every([True, Taken("way", "left")]) == Taken("way", "left")
    assert some([True, Taken("way", "left")]) is True
    assert conjuncts(True) == ()
    assert conjuncts(False) == (False,)
    assert var("x").expand() == var("x")
    assert (var("x") - var("x") + 2).expand() == 2


@pytest.mark.parametrize("value", [Fraction(4, 2), 2])
def test_a_fraction_that_is_whole_is_an_integer(value: Any) -> None:
    (coefficient,) = poly(value).terms.values()
    assert type(coefficient) is int
