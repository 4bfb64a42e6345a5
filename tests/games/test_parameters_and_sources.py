"""Parameters and where they come from."""

from fractions import Fraction
from typing import Any

import pytest
import sympy

from games.errors import InputError
from games.parameters import Parameter, Unit
from games.sources import Assumed, Derived, Quoted

SOURCE = Assumed("for the test")


def parameter(name: str = "v", default: Any = "1/2", low: Any = 0, high: Any = "1.5") -> Parameter:
    return Parameter(
        sympy.Symbol(name), meaning="a value", default=default, low=low, high=high, unit=Unit.PAYOFF, source=SOURCE
    )


def test_numbers_of_a_parameter_are_exact() -> None:
    v = parameter()
    assert (v.default, v.low, v.high) == (Fraction(1, 2), 0, Fraction(3, 2))
    assert {type(number) for number in (v.default, v.low, v.high)} == {Fraction}
    assert (v.name, v.meaning, str(v.unit), v.source) == ("v", "a value", "payoff", SOURCE)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"default": 0.5}, "default of v is the float 0.5"),
        ({"low": float("-inf")}, "low of v is -inf"),
        ({"high": "much"}, "high of v is 'much', not a finite number"),
        ({"default": 2}, "v: the default 2 lies outside its range 0 to 3/2"),
        ({"default": -1}, "v: the default -1 lies outside its range"),
        ({"low": 2, "high": 1, "default": 1}, "v: its range goes from 2 to 1"),
        ({"name": "lambda"}, "the parameter name 'lambda' is a reserved word"),
        ({"name": "x y"}, "'x y' cannot name a parameter"),
        ({"name": "__import__('os')"}, "cannot name a parameter"),
        ({"name": "max"}, "'max' is a reserved word"),
    ],
)
def test_a_bad_parameter_is_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as error:
        parameter(**values)
    assert message in str(error.value)
    assert len(str(error.value).splitlines()) == 1


def test_the_default_may_lie_on_the_edge_of_its_range() -> None:
    assert parameter(default=0).default == parameter(default=0, low=0, high=0).high == 0


def test_a_parameter_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        parameter().default = Fraction(1)  # type: ignore[misc]


def test_a_quotation_has_at_most_twelve_words() -> None:
    twelve = " ".join("abcdefghijkl")
    assert Quoted("Work", 3, twelve).phrase == twelve
    with pytest.raises(InputError, match="has more than 12 words; shorten it"):
        Quoted("Work", 3, twelve + " m")


def test_sources_in_words() -> None:
    assert str(Quoted("Work", 3, "a phrase")) == "Work, paragraph 3: “a phrase”"
    assert str(Derived("a - b", "what is left")) == "derived, a - b: what is left"
    assert str(Assumed("no datum fixes it")) == "assumed: no datum fixes it"
