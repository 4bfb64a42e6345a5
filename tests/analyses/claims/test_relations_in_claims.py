"""Relations in claims: division by zero, ranges that models share, numbers of any size, and what Python may write."""

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from typing import Any

import pytest
import sympy
from sympy import Rational, Symbol, symbols

from analyses.claims import (
    Claim,
    Holds,
    Payoff,
    Proved,
    Refuted,
    check,
    compatible,
    flip_distance,
    hidden_premises,
    never,
    share,
)
from games import InputError, StrategicGame
from games.formulas.relations import Related, Relation, Some, related
from games.formulas.text import parse_relation
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

a, b, u = symbols("a b u")
SYMBOLS = {"a": a, "b": b}


def parameter(symbol: Symbol, low: str = "0", high: str = "2", default: str = "1/2") -> Parameter:
    return Parameter(
        symbol,
        meaning=f"meaning of {symbol}",
        default=default,
        low=low,
        high=high,
        unit=Unit.PAYOFF,
        source=Assumed("for a test"),
    )


def alone(first: Any, second: Any, *parameters: Parameter, name: str = "alone") -> Model:
    """Row alone decides between two payoffs."""
    game = StrategicGame({"Row": ("U", "D"), "Column": ("L",)}, {("U", "L"): (first, 0), ("D", "L"): (second, 0)})
    return Model(name, name, game, parameters or (parameter(a), parameter(b)))


def claim(conclusion: Any, *premises: Any, model: Model | None = None, also: tuple[Model, ...] = ()) -> Claim:
    return Claim("test", "A claim for a test.", model or alone(a, b), conclusion, premises, also=also)


NO_INVERSE_ABOVE_ONE = (
    "not (1/b > 1)",
    "not (1/b > 1 and a >= 0)",
    "not (1 < 1/b)",
    "implies(1/b > 1, a < 0)",
    "not (1/b > 1) or a < 0",
    "not (1/b > 1 and b/b >= 1)",
)


@pytest.mark.parametrize("text", NO_INVERSE_ABOVE_ONE)
def test_a_premise_that_denies_a_quotient_allows_zero_however_it_is_written(text: str) -> None:
    verdict = check(claim(Holds(b >= 1), parse_relation(text, SYMBOLS)))
    assert isinstance(verdict, Refuted)
    assert verdict.at["b"] == 0
    assert isinstance(check(claim(Holds(Some((b >= 1, Related(b, "==", 0)))), parse_relation(text, SYMBOLS))), Proved)


@pytest.mark.parametrize("text", ["1/b <= 1", "b/b <= b", "0*(1/b) < b and b >= 1", "(1/b)**0 == 1 and b >= 1"])
def test_a_premise_that_divides_excludes_zero_even_where_the_division_cancels(text: str) -> None:
    assert isinstance(check(claim(Holds(b >= 1), parse_relation(text, SYMBOLS))), Proved)


def test_a_conclusion_whose_division_cancels_fails_at_zero() -> None:
    always_but_at_zero = claim(Holds(parse_relation("b/b >= 1", SYMBOLS)))
    verdict = check(always_but_at_zero)
    assert isinstance(verdict, Refuted)
    assert verdict.at["b"] == 0
    assert share(always_but_at_zero, samples=100).value == 1
    assert flip_distance(always_but_at_zero, {"a": "1", "b": "1/2"}).upper == Fraction(1, 4)
    assert hidden_premises(always_but_at_zero).found[0].is_exact


def test_what_divides_in_an_equation_is_not_lost_when_it_is_solved() -> None:
    solved = claim(never({"Row": "U"}), parse_relation("a*b/b == b", SYMBOLS))
    found = share(solved, samples=200)
    assert found.draws or found.exact
    zero = claim(Holds(a >= 0), parse_relation("a/a == b + 1", SYMBOLS), parse_relation("a == 0", SYMBOLS))
    with pytest.raises(InputError, match="contradict each other"):
        share(zero)


def shared(low: str, high: str, default: str) -> Model:
    return alone(a, 1, parameter(a, low, high, default), name="second")


WIDE = alone(a, 1, parameter(a, "0", "10", "9"), name="first")


def test_a_parameter_of_two_models_keeps_to_the_ranges_of_both() -> None:
    model, narrow = WIDE, shared("0", "1", "1/2")
    for asked in (claim(Holds(a < 1), model=model, also=(narrow,)), claim(Holds(a < 1), model=narrow, also=(model,))):
        (found,) = asked.parameters.values()
        assert (found.low, found.high) == (0, 1)
        verdict = check(asked)
        assert isinstance(verdict, Refuted)
        assert verdict.at == {"a": 1}
        assert share(asked).value == 1
        assert flip_distance(asked, {"a": "1/4"}).upper == Fraction(3, 4)
        assert compatible([asked]).together[0].at["a"] < 1
    assert claim(Holds(a < 1), model=model, also=(narrow,)).parameters[a].default == 1
    assert claim(Holds(a < 1), model=narrow, also=(model,)).parameters[a].default == Fraction(1, 2)
    assert isinstance(check(claim(Holds(a <= 1), model=model, also=(narrow,))), Proved)


def test_ranges_without_a_value_in_common_are_refused() -> None:
    apart = shared("11", "12", "11")
    with pytest.raises(
        InputError, match="no value for a: in second it lies between 11 and 12, elsewhere between 0 and 10"
    ):
        claim(Holds(a < 1), model=WIDE, also=(apart,))
    free = Claim("free", "A claim.", WIDE, Holds(a < 1), also=(apart,), bounded=False)
    assert isinstance(check(free), Refuted)


BIG = sympy.Integer(10) ** 310


OF_ANY_SIZE = {
    "a payoff": (claim(never({"Row": "D"}), Related(a, ">", 1), model=alone(BIG * a, b)), Proved),
    "a payoff near a tie": (claim(never({"Row": "D"}), Related(a, ">", 0), model=alone(BIG * a, b)), Refuted),
    "the payoff of a conclusion": (claim(Holds(u * BIG >= b, {u: Payoff("Row")}), model=alone(a, b)), Proved),
    "a conclusion": (claim(Holds(a * BIG >= b), a > 0), Refuted),
    "a premise": (claim(Holds(a > 0), a * BIG >= b, b / BIG > 0), Proved),
}


@pytest.mark.parametrize("case", OF_ANY_SIZE)
@pytest.mark.filterwarnings("error")
def test_numbers_beyond_floats_are_decided_or_refused(case: str) -> None:
    asked, verdict = OF_ANY_SIZE[case]
    assert isinstance(check(asked), verdict)
    assert share(asked, samples=50, exact=False).draws
    for ask in (hidden_premises, lambda about: flip_distance(about, {"a": "1", "b": "1"})):
        with suppress(InputError):
            ask(asked)


POSITIVE = Symbol("a", positive=True)

WRITTEN: dict[str, tuple[Callable[[], object], str]] = {
    "a root in a payoff": (lambda: alone(sympy.sqrt(a), b), "has sqrt(a), a root"),
    "infinity in a payoff": (lambda: alone(a + sympy.zoo, b), "zoo"),
    "a float in a payoff": (lambda: alone(0.5 * a, b), "0.5 is a float"),
    "a positive symbol in a payoff": (lambda: alone(POSITIVE, b), "sympy assumes to be positive"),
    "the place of a payoff": (lambda: alone(a, sympy.sqrt(b)), "the payoff of Row at (Row: D, Column: L)"),
    "a degree in a payoff": (lambda: alone(a**65, b), "degree 65"),
    "a positive parameter": (lambda: parameter(POSITIVE), "the parameter a has the symbol a that sympy assumes"),
    "a root in a premise": (lambda: claim(Holds(a > 0), sympy.sqrt(a) > 1), "the premise 'sqrt(a) > 1'"),
    "a positive symbol in a premise": (lambda: claim(Holds(a > 0), POSITIVE < 1), "the premise 'a < 1'"),
    "a quotient in a premise": (lambda: claim(Holds(a > 0), 1 / a > 1), 'write related(1/a, ">", 1)'),
    "a root in a conclusion": (lambda: Holds(sympy.sqrt(a) > 1), "the conclusion 'sqrt(a) > 1'"),
    "a quotient in a conclusion": (lambda: Holds(1 / a > 1), "the conclusion 1/a > 1 divides by a"),
    "an unknown symbol in a conclusion": (lambda: claim(Holds(u > 1)), "unknown parameter 'u'"),
    "an unknown symbol that cancels": (
        lambda: claim(Holds(related(a, ">", 1, divided_by=[u]))),
        "unknown parameter 'u'",
    ),
    "a float in an assumption": (lambda: Assumption(a > 0.5, "why"), "the assumption 'a > 0.5'"),
    "an equation as an assumption": (lambda: Assumption(sympy.Eq(a, b), "why"), "must be one inequality"),
}


@pytest.mark.parametrize("case", WRITTEN)
def test_what_python_wrote_is_refused_with_the_place_and_what_to_write(case: str) -> None:
    build, message = WRITTEN[case]
    with pytest.raises(InputError) as error:
        build()
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_an_assumption_that_divides_by_zero_is_broken() -> None:
    assumed = Assumption(related(1 / a, ">=", 0), "why")
    assert assumed.holds({a: Fraction(1)})
    assert not assumed.holds({a: Fraction(0)})
    model = Model("m", "m", alone(a, b).game, (parameter(a), parameter(b)), (assumed,))
    with pytest.raises(InputError, match="m assumes 1/a ≥ 0"):
        model.at(a=0)
    verdict = check(claim(Holds(a > 0), model=model))
    assert isinstance(verdict, Proved)


def test_premises_and_conclusions_are_relations_whatever_they_were_written_as() -> None:
    asked = claim(Holds(sympy.Or(a > b, sympy.Eq(a, 0))), sympy.And(a > 0, b <= Rational(1, 2)))
    for said in (*asked.premises, asked.conclusion.formula):
        assert isinstance(said, Relation)
