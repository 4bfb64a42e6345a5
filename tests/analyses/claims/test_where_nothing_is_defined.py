"""Where a quotient has no value, or play cannot arrive: nothing is proved for lack of a case.

A relation that divides by zero does not hold, here as in exact evaluation; the other candidates and claims are judged
at such payoffs as everywhere.
"""

from fractions import Fraction
from typing import Any

import pytest
import sympy
from sympy import Rational, symbols

from analyses.claims import (
    Chosen,
    Claim,
    Holds,
    Payoff,
    Proved,
    Refuted,
    Unique,
    always,
    check,
    compatible,
    flip_distance,
    hidden_premises,
    never,
    revealed,
    share,
    sometimes,
)
from games import Chance, Decision, ExtensiveGame, Outcome, StrategicGame, solve
from games.formulas.relations import Every, Implied, Some, related
from games.model import Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

a, b, c, p, u, x = symbols("a b c p u x")


def parameter(symbol: sympy.Symbol, default: str = "1/2", high: str = "1") -> Parameter:
    return Parameter(
        symbol,
        meaning=f"meaning of {symbol}",
        default=default,
        low="0",
        high=high,
        unit=Unit.PAYOFF,
        source=Assumed("for a test"),
    )


def alone(first: Any, second: Any) -> Model:
    """Row alone decides between two payoffs."""
    game = StrategicGame({"Row": ("U", "D"), "Column": ("L",)}, {("U", "L"): (first, 0), ("D", "L"): (second, 0)})
    return Model("alone", "Alone", game, (parameter(a), parameter(b)))


CHOICE = alone(a, b)


def claim(model: Model, conclusion: Any, *premises: Any, concept: str = "", every: bool = True) -> Claim:
    return Claim("test", "A claim for a test.", model, conclusion, premises, concept, every)


@pytest.mark.parametrize("every", [True, False])
def test_a_quotient_by_a_payoff_excludes_no_other_payoffs(every: bool) -> None:
    """At a = 0 and b = 1 the one equilibrium pays 1, so 1/u is 1; that U would pay nothing is beside the point."""
    verdict = check(claim(CHOICE, Holds(Some((related(1 / u, ">=", 2), a > 0)), {u: Payoff("Row")}), every=every))
    assert isinstance(verdict, Refuted)
    assert verdict.at["a"] == 0
    assert verdict.at["b"] == 0 or verdict.at["b"] > Fraction(1, 2)


def test_a_quotient_in_an_implication_excludes_nothing() -> None:
    conclusion = Holds(Every((Implied(b > 0, related(x / b, ">=", 0)), b > 0)), {x: Chosen({"Row": "U"})})
    verdict = check(claim(CHOICE, conclusion))
    assert isinstance(verdict, Refuted)
    assert verdict.at["b"] == 0


def test_a_premise_that_allows_zero_in_so_many_words_does() -> None:
    verdict = check(claim(CHOICE, Holds(b > 0), Some((b <= 0, related(a / b, ">=", Rational(1, 2))))))
    assert isinstance(verdict, Refuted)
    assert verdict.at["b"] == 0


def test_a_premise_that_divides_counts_as_used() -> None:
    """The two choices tie only at a = 1/2, where 1/(2a − 1) has no value."""
    premise = related(1 / (2 * a - 1), "!=", 0)
    verdict = check(claim(alone(a - Rational(1, 2), 0), Unique(), premise))
    assert isinstance(verdict, Proved)
    assert verdict.used == (premise,)


def test_payoffs_that_have_no_value_are_left_out() -> None:
    model = alone(1 / a, b)
    assert isinstance(check(claim(model, always({"Row": "U"}), b < 1)), Proved)
    assert isinstance(check(claim(model, always({"Row": "U"}))), Refuted)


def test_a_quotient_of_one_claim_is_no_premise_of_another() -> None:
    zero = Claim("zero", "A claim.", CHOICE, never({"Row": "U"}), (sympy.Eq(a, 0),))
    inverse = Claim("inverse", "A claim.", CHOICE, Holds(related(1 / a, ">=", 1)))
    found = compatible([zero, inverse])
    assert "holds at no payoffs" not in " ".join(found.findings())


def test_probabilities_that_are_zero_end_in_no_traceback() -> None:
    conclusion = Holds(Some((related(a / x, ">=", 2), a > 0)), {x: Chosen({"Row": "U"})})
    for every in (True, False):
        asked = claim(CHOICE, conclusion, every=every)
        assert isinstance(check(asked), Refuted)
        assert share(asked, samples=200).value is not None
    gain = claim(alone(a - Rational(1, 2), 0), Holds(related(1 / u, ">=", -5), {u: Payoff("Row")}))
    far = flip_distance(gain, {"a": "1"})
    assert far.lower <= Fraction(1, 2)
    assert far.upper >= Fraction(1, 2)


def test_a_claim_that_fails_on_a_thin_set_alone_has_its_hidden_premise() -> None:
    found = hidden_premises(claim(alone(a - Rational(1, 2), 0), Unique()))
    assert {str(premise) for one in found.found for premise in one.premises} == {"2*a < 1", "2*a > 1"}


def signals() -> Model:
    """Chance may never send a type: then nobody arrives, and only beliefs tell what is best. B pays R more than A."""

    def answered(sign: int) -> Decision:
        return Decision("R", {"A": Outcome((5 * sign, 1)), "B": Outcome((4 * sign, 2))}, "q")

    def kind(sign: int) -> Decision:
        return Decision("S", {"Q": answered(sign), "W": Outcome((0, 0))})

    root = Chance({"Hi": (p, kind(1)), "Lo": (1 - p, kind(-1))})
    return Model("signals", "Signals", ExtensiveGame(("S", "R"), root), (parameter(p),))


def test_where_nobody_arrives_a_choice_still_needs_a_belief() -> None:
    model = signals()
    zero = sympy.Eq(p, 0)
    assert len(solve(model.at(p=0), "perfect-bayesian")) == 1
    for conclusion in (sometimes({"q": "A"}), always(("W",), after=("Hi",))):
        assert isinstance(check(claim(model, conclusion, zero, concept="perfect-bayesian", every=False)), Refuted)
    for conclusion in (never({"q": "A"}), always(("Q",), after=("Hi",)), Unique()):
        assert isinstance(check(claim(model, conclusion, concept="perfect-bayesian")), Proved)


@pytest.mark.parametrize(
    ("formula", "low"),
    [(a * b, Rational(1, 9)), (a**2, Rational(1, 9)), (a * b**2, Rational(1, 27)), (a / (b + 1), Rational(1, 4))],
    ids=str,
)
def test_the_range_of_a_product_reaches_only_what_occurs(formula: Any, low: Any) -> None:
    """U is played where a ≥ b; with b > 1/3 the products stay above what a = b = 1/3 makes of them."""
    found = revealed(CHOICE, {"Row": "U"}, premises=(b > Rational(1, 3),), differences={"d": formula}, parameters=[])
    end = found["d"].low
    assert end.reached is None or end.reached > low
    assert end.value is None or end.value <= low
