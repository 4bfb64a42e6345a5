"""Relations: laws of denial and division at random points, what is taken over from sympy, and what is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import And, Eq, Equivalent, Implies, Max, Min, Ne, Not, Or, Rational, Symbol, Xor, symbols

from games.errors import InputError
from games.formulas.relations import (
    ALWAYS,
    NEVER,
    SIGNS,
    Denied,
    Every,
    Implied,
    Related,
    Relation,
    Sign,
    Some,
    as_text,
    atoms_of,
    denied,
    divisors_of,
    every,
    holds_at,
    in_words,
    related,
    relation,
    some,
    substituted,
    symbols_of,
    truth_of,
)
from games.formulas.text import parse_formula, parse_relation

a, b, c = symbols("a b c")
SYMBOLS = {"a": a, "b": b, "c": c}
LAWS = settings(max_examples=60)

Point = Mapping[Symbol, Fraction]


@dataclass(frozen=True)
class Written:
    """Something written: an operator with what it joins, or a name or number alone."""

    operator: str
    parts: tuple[Any, ...] = ()

    @property
    def text(self) -> str:
        inner = [part.text for part in self.parts]
        match self.operator:
            case "min" | "max" | "implies":
                return f"{self.operator}({', '.join(inner)})"
            case "not":
                return f"not ({inner[0]})"
            case _ if inner:
                return f" {self.operator} ".join(f"({each})" for each in inner)
        return self.operator

    def value(self, point: Point) -> Fraction:
        """Worked out as it is written; raises ``ZeroDivisionError`` wherever a step divides by zero."""
        inner = [part.value(point) for part in self.parts]
        match self.operator:
            case "+":
                return inner[0] + inner[1]
            case "-":
                return inner[0] - inner[1]
            case "*":
                return inner[0] * inner[1]
            case "/":
                return inner[0] / inner[1]
            case "**":
                return Fraction(inner[0] ** int(inner[1]))
            case "min":
                return min(inner)
            case "max":
                return max(inner)
        return point[SYMBOLS[self.operator]] if self.operator in SYMBOLS else Fraction(self.operator)

    def truth(self, point: Point) -> bool:
        match self.operator:
            case "and":
                return all(part.truth(point) for part in self.parts)
            case "or":
                return any(part.truth(point) for part in self.parts)
            case "not":
                return not self.parts[0].truth(point)
            case "implies":
                return not self.parts[0].truth(point) or bool(self.parts[1].truth(point))
            case "same" | "other":
                alike = self.parts[0].truth(point) == self.parts[1].truth(point)
                return bool(alike == (self.operator == "same"))
        try:
            left, right = (part.value(point) for part in self.parts)
        except ZeroDivisionError:
            return False
        below, level = left < right, left == right
        return {
            "<": below,
            "<=": below or level,
            ">": not (below or level),
            ">=": not below,
            "==": level,
            "!=": not level,
        }[self.operator]

    def read(self) -> Relation | None:
        """As the parser has it; None where it refuses a comparison that divides by zero everywhere, or by nothing."""
        try:
            return parse_relation(self.text, SYMBOLS)
        except InputError as error:
            if not any(said in str(error) for said in ("divides by zero", "does not depend")):
                raise
            return None


def joining(inner: st.SearchStrategy[Written], *operators: str) -> st.SearchStrategy[Written]:
    return st.builds(lambda op, x, y: Written(op, (x, y)), st.sampled_from(operators), inner, inner)


NUMBERS = st.fractions(-2, 2, max_denominator=2)
POINTS = st.fixed_dictionaries({a: NUMBERS, b: NUMBERS, c: NUMBERS})
LEAVES = st.sampled_from(["a", "b", "c", "a", "b", "c", "0", "1", "2"]).map(Written)
POWERS = st.sampled_from(["2", "0", "-1"]).map(Written)
FORMULAS = st.recursive(
    LEAVES,
    lambda inner: (
        joining(inner, "+", "-", "*", "/", "/", "min", "max")
        | st.builds(lambda x, n: Written("**", (x, n)), inner, POWERS)
    ),
    max_leaves=4,
)
COMPARISONS = joining(FORMULAS, *SIGNS)
RELATIONS = st.recursive(
    COMPARISONS,
    lambda inner: joining(inner, "and", "or", "implies") | inner.map(lambda part: Written("not", (part,))),
    max_leaves=4,
)
UNDIVIDED = st.recursive(LEAVES, lambda inner: joining(inner, "+", "-", "*", "min", "max"), max_leaves=4)


@LAWS
@given(RELATIONS, POINTS)
def test_a_relation_holds_where_its_text_does_worked_out_as_written(written: Written, point: Point) -> None:
    """What the text divides by counts, whatever cancels when its formulas are built."""
    if (said := written.read()) is not None:
        assert holds_at(said, point) == written.truth(point), written.text


@LAWS
@given(RELATIONS, POINTS)
def test_the_denial_holds_exactly_where_the_relation_does_not(written: Written, point: Point) -> None:
    if (said := written.read()) is not None:
        assert holds_at(denied(said), point) is not holds_at(said, point)
        assert isinstance(said, Denied) or denied(denied(said)) == said
        assert holds_at(Denied(Denied(said)), point) == holds_at(said, point)


@LAWS
@given(RELATIONS, POINTS)
def test_a_relation_is_read_again_from_its_text(written: Written, point: Point) -> None:
    if (said := written.read()) is not None:
        again = parse_relation(as_text(said), SYMBOLS)
        assert again == said
        assert hash(again) == hash(said)
        assert in_words(again) == in_words(said)
        assert holds_at(again, point) == written.truth(point)


@pytest.mark.parametrize(
    "text", ["a <= (a + b)*(2/a)", "(a + b)*(a + c)*2 > 0", "-((a + b)/a) < 1", "1 + (a + b)/c*(2/3) >= max(a, b)*2"]
)
def test_a_number_beside_a_sum_is_read_again_where_it_stood(text: str) -> None:
    said = parse_relation(text, SYMBOLS)
    assert parse_relation(as_text(said), SYMBOLS) == said


@LAWS
@given(RELATIONS, POINTS, st.sets(st.sampled_from([a, b, c])), FORMULAS)
def test_putting_in_numbers_or_formulas_changes_no_truth(
    written: Written, point: Point, fixed: set[Symbol], put_in: Written
) -> None:
    if (said := written.read()) is None:
        return
    numbers = substituted(said, {s: Rational(point[s].numerator, point[s].denominator) for s in fixed})
    assert not symbols_of(numbers) & fixed
    assert holds_at(numbers, point) == holds_at(said, point)
    everywhere = substituted(said, {s: Rational(v.numerator, v.denominator) for s, v in point.items()})
    assert truth_of(everywhere) is holds_at(said, point)
    try:
        value, formula = put_in.value(point), parse_formula(put_in.text, SYMBOLS)
    except (ZeroDivisionError, InputError):
        return
    assert holds_at(substituted(said, {a: formula}), point) == holds_at(said, {**point, a: value})


def in_sympy(written: Written) -> Any:
    """The same written in Python with sympy."""
    inner = [in_sympy(part) for part in written.parts]
    match written.operator:
        case "+":
            return inner[0] + inner[1]
        case "-":
            return inner[0] - inner[1]
        case "*":
            return inner[0] * inner[1]
        case "min" | "max" | "and" | "or" | "not" | "implies" | "same" | "other":
            joins = {"min": Min, "max": Max, "and": And, "or": Or, "not": Not, "implies": Implies}
            return {**joins, "same": Equivalent, "other": Xor}[written.operator](*inner)
        case "==" | "!=":
            return (Eq if written.operator == "==" else Ne)(*inner)
        case "<" | "<=" | ">" | ">=":
            return sympy.Rel(*inner, written.operator)
    return SYMBOLS[written.operator] if written.operator in SYMBOLS else sympy.Integer(written.operator)


@LAWS
@given(
    st.recursive(
        joining(UNDIVIDED, *SIGNS),
        lambda inner: (
            joining(inner, "and", "or", "implies", "same", "other") | inner.map(lambda part: Written("not", (part,)))
        ),
        max_leaves=4,
    ),
    POINTS,
)
def test_what_sympy_wrote_is_taken_over(written: Written, point: Point) -> None:
    said = relation(in_sympy(written))
    assert holds_at(said, point) == written.truth(point), written.text
    assert relation(said) is said


@pytest.mark.parametrize("sign", SIGNS)
def test_the_six_signs_are_what_they_say(sign: Sign) -> None:
    meaning = SIGNS[sign]
    assert SIGNS[meaning.denial].denial == SIGNS[meaning.mirrored].mirrored == sign
    for left in (Fraction(-1, 2), Fraction(0), Fraction(1, 3)):
        for right in (Fraction(-1, 2), Fraction(0), Fraction(1, 3)):
            held = Written(sign, (Written(str(left)), Written(str(right)))).truth({})
            assert meaning.holds(left, right) is held
            assert SIGNS[meaning.denial].holds(left, right) is not held
            assert SIGNS[meaning.mirrored].holds(right, left) is held
            assert SIGNS[meaning.strict].holds(left, right) is (held and (left != right or sign == "=="))


def test_what_cancels_still_counts() -> None:
    said = parse_relation("c/c >= 1", SYMBOLS)
    assert isinstance(said, Related)
    assert (said.left, said.right, divisors_of(said)) == (1, 1, (c,))
    assert said == related(1, ">=", 1, divided_by=[c])
    assert [holds_at(said, {c: Fraction(value)}) for value in (-1, 0, 1)] == [True, False, True]
    assert in_words(said) == "1 ≥ 1 and c ≠ 0"
    assert symbols_of(said) == {c}
    assert truth_of(said) is None
    assert substituted(said, {c: sympy.Integer(0)}) == NEVER
    assert substituted(said, {c: sympy.Integer(2)}) == Related(1, ">=", 1)


def test_what_cancels_when_formulas_are_put_in_still_counts() -> None:
    said = related(a / b, ">", 0)
    assert substituted(said, {a: b}) == related(1, ">", 0, divided_by=[b])
    assert substituted(related(a * b, ">", 0), {a: 1 / b}) == related(1, ">", 0, divided_by=[b])
    assert substituted(said, {b: a - a}) == NEVER


def test_nothing_is_put_in_where_it_divides_by_zero_within() -> None:
    """Sympy cannot even make the lesser of zero and infinity."""
    within = parse_relation("c <= min(a, 1/a)**-1", SYMBOLS)
    assert substituted(within, {a: sympy.Integer(0)}) == NEVER
    assert substituted(parse_relation("c <= min(a, 1/a)**0", SYMBOLS), {a: sympy.Integer(0)}) == NEVER
    hidden = parse_relation("c <= (a + min(a, 1/a))/(a + min(a, 1/a))", SYMBOLS)
    assert substituted(hidden, {a: sympy.Integer(0)}) == NEVER


def test_divisors_are_told_factor_by_factor_and_once() -> None:
    said = related(1 / (a**2 * b) + a / (2 * b), "<", 1 / (1 + 1 / c), divided_by=[a * c, 3, b**2])
    assert set(divisors_of(said)) == {a, b, c, 1 + 1 / c}
    assert said.cancelled == ()
    assert divisors_of(related(a / 2, "<", b)) == ()


def test_a_relation_is_equal_however_it_was_written() -> None:
    assert parse_relation("1/b > 1", SYMBOLS) == related(1 / b, ">", 1)
    assert parse_relation("0 < a <= b", SYMBOLS) == Every((Related(0, "<", a), a <= b))
    assert every([Related(a, "<", b)]) == some([Related(a, "<", b)]) == relation(a < b)
    assert Every((Every((a < b, b < c)), a < b)) == Every((a < b, b < c))


def test_what_holds_always_or_never() -> None:
    assert relation(sympy.true) == relation(True) == ALWAYS
    assert relation(Rational(1, 2) > 1) == relation(False) == NEVER
    assert (truth_of(ALWAYS), truth_of(NEVER), truth_of(Denied(NEVER))) == (True, False, True)
    assert truth_of(Some((Related(1, "<", 2), Related(a, "<", b)))) is True
    assert truth_of(Every((Related(1, "<", 2), Related(a, "<", b)))) is None
    assert truth_of(Implied(Related(a, "<", b), Related(a - a, "==", 0))) is True
    assert (in_words(ALWAYS), in_words(NEVER)) == ("True", "False")
    assert holds_at(ALWAYS, {})
    assert not holds_at(NEVER, {})


def test_the_comparisons_of_a_relation() -> None:
    said = Implied(Every((a < b, Denied(b < c))), Some((a < b, related(1 / c, "!=", a))))
    assert atoms_of(said) == (relation(a < b), relation(b < c), related(1 / c, "!=", a))
    assert symbols_of(said) == {a, b, c}


def test_relations_in_words() -> None:
    said = Implied(Every((b < c, a < b)), Denied(Some((Eq(a, 0), Ne(b, 2 * a)))))
    assert in_words(said) == "(a < b and b < c) implies (not (a = 0 or b ≠ 2*a))"
    assert in_words(Related(a + b, "<=", Max(a, 1)), {a: "payoff of A"}) == "b + payoff of A ≤ Max(1, payoff of A)"
    assert str(Related(3, ">", a)) == "3 > a"


LARGE = sympy.Integer(10) ** 2_500

REFUSED: dict[str, tuple[Any, str]] = {
    "a quotient": (1 / b > 1, "divides by b, and sympy may have rewritten it"),
    "what a quotient is to be written as": (1 / b > 1, 'related(1/b, ">", 1)'),
    "a quotient as text": (And(a > 0, Max(a, 1 / b) >= 1), 'the text "max(a, 1/b) >= 1" in a file'),
    "a denied quotient": (Not(And(1 / b > 1, a >= 0)), "divides by b"),
    "a float": (a > 0.5, "0.5 is a float; write Rational(1, 2) for 0.5"),
    "a root": (sympy.sqrt(a) > 1, "has sqrt(a), a root"),
    "a root of a number": (a > sympy.sqrt(2), "has sqrt(2), a root"),
    "a power in a symbol": (2**a > 1, "has 2**a, a root or another power"),
    "infinity": (a < sympy.oo, "has oo, which is infinite"),
    "a function": (sympy.sin(a) > 0, "no formula of exact numbers"),
    "pi": (a > sympy.pi, "no formula of exact numbers"),
    "a complex number": (Eq(a, sympy.I), "no formula of exact numbers"),
    "a positive symbol": (Symbol("p", positive=True) > a, "the symbol p that sympy assumes to be positive"),
    "an integer symbol": (Symbol("n", integer=True) > a, "the symbol n that sympy assumes to be integer"),
    "a number too large": (a > LARGE, "more than 8192 bits"),
    "a degree too large": (a**65 > 1, "has the degree 65; at most 64 is allowed"),
    "a symbol alone": (a, "is a symbol and no inequality"),
    "a symbol in an or": (Or(a, b > 0), "is a symbol and no inequality"),
    "a formula": (a + b, "is no inequality or equation"),
    "text": ("a > b", "is text; write it with sympy's symbols, or in a file"),
    "text that does something": ("__import__('os').system('touch hacked')", "is text"),
    "a number": (1, "is no inequality or equation"),
    "nothing": (None, "is no inequality or equation"),
    "a tuple": ((a > 0,), "is no inequality or equation"),
    "a choice": (sympy.ITE(a > 0, b > 0, c > 0), "is no inequality or equation"),
    "an equation of truths": (Eq(a > 0, sympy.Symbol("t"), evaluate=False), ""),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_relation_is_refused_in_one_line(case: str) -> None:
    refused, reason = REFUSED[case]
    with pytest.raises(InputError) as error:
        relation(refused, "the premise")
    assert str(error.value).startswith("the premise ")
    assert reason in str(error.value)
    assert "\n" not in str(error.value)


def test_a_relation_is_made_of_formulas() -> None:
    for refused in (0.5, "a", None, sympy.sqrt(a), sympy.zoo, a > b, Symbol("p", positive=True)):
        with pytest.raises(InputError):
            related(refused, "<", a)
    with pytest.raises(InputError, match="the signs are <=, <, >=, >, ==, !="):
        related(a, "=", b)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="divides by zero"):
        related(a, "<", b, divided_by=[a - a])
