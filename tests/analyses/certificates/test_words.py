"""The argument in words: what is told contradicts itself in every case, and reads as a person would say it."""

from typing import Any

import pytest
import z3
from sympy import symbols

from analyses.certificates.argument import Closed, Fact, told
from analyses.certificates.make import Certificate, certify
from analyses.certificates.words import formula_words, why
from analyses.claims import Claim, Refuted, Unsettled, check
from analyses.claims.conclusions import never
from analyses.commentary import CASE
from certificates_questions import PROVED, REFUTED
from games import Decision, ExtensiveGame, Outcome
from games.model import Model
from games.parameters import Parameter, Unit
from games.sources import Assumed
from games.terms import Poly, Sign

OF_THE_CASE = ("core-full", "A2-only-full", "A3-forgone", "A12-tries", "A14-restrained")


def _claim(name: str) -> Claim:
    return CASE.named(name)[0].claims[0]


def _document(claim: Claim) -> dict[str, Any]:
    made = certify(claim)
    assert isinstance(made, Certificate)
    return made.document


def _said(of: Sign) -> z3.BoolRef:
    value = z3.Sum([c.numerator * z3.Product([z3.Real(n) for n in m]) / c.denominator for m, c in of.of.terms.items()])
    return {">": value > 0, ">=": value >= 0, "==": value == 0}[of.op]


def _impossible(case: Closed) -> bool:
    """Whether a solver sees that what is told of a case cannot hold together."""
    solver = z3.Solver()
    facts: list[Fact] = [*case.facts, *case.equal]
    solver.add(*(_said(fact.of) for fact in facts))
    return solver.check() == z3.unsat


@pytest.mark.parametrize("name", OF_THE_CASE)
def test_what_is_told_of_each_case_cannot_hold_together(name: str) -> None:
    argument = told(_document(_claim(name)))
    assert argument is not None
    assert argument.cases
    assert all(map(_impossible, argument.cases))
    assert argument.ends >= len(argument.cases) + argument.trivial


def test_the_core_result_is_told_as_a_person_would() -> None:
    claim = _claim("core-full")
    sentences = why(claim, check(claim), _document(claim))
    text = " ".join(sentences)
    assert "(1) A_F - k_F > beta and (2) E = 0" in sentences[0]
    assert "“Keep” pays Japan e - beta more than “Lift”, which is positive by premise 1" in text
    assert "“Absorb” pays Russia V_R more than “Concede”, with E = 0 (premise 2)" in text
    assert "e = A_F - k_F" in sentences[-1]
    assert len(sentences) < 10


def test_a_refuted_claim_is_told_by_what_is_played_where_it_fails() -> None:
    claim = _claim("A2-bare")
    sentences = why(claim, check(claim), None)
    assert sentences[0].startswith("At the default payoffs, which the premises allow, it is not so")
    assert any(sentence.startswith("There this is played: ") for sentence in sentences)
    # What is done after other sanctions than those meant is not told.
    assert not any(sentence.startswith("After Symbolic") for sentence in sentences)


@pytest.mark.parametrize("claim", PROVED + REFUTED, ids=lambda claim: claim.name)
def test_every_kind_of_claim_has_words(claim: Claim) -> None:
    verdict, made = check(claim), certify(claim)
    document = made.document if isinstance(made, Certificate) else None
    sentences = why(claim, verdict, document)
    theorem = document is not None and told(document) is None
    assert sentences or theorem or (document is None and not isinstance(verdict, Refuted))
    assert all(sentence == sentence.strip() and sentence for sentence in sentences)


def test_nothing_is_told_of_what_is_not_settled_or_has_no_certificate() -> None:
    assert why(PROVED[0], Unsettled("no time"), None) == ()
    assert why(PROVED[0], check(PROVED[0]), None) == ()


def test_formulas_have_what_is_added_first() -> None:
    assert formula_words(Poly({("b",): -1, ("e",): 1})) == "e - b"
    assert formula_words(Poly({("b",): -1})) == "-b"
    assert formula_words(Poly({})) == "0"


def test_a_gain_is_told_as_large_as_it_is() -> None:
    """Conditions are kept without common factors; what a choice pays more is not."""
    half, whole = symbols("x y")
    game = ExtensiveGame(("A",), Decision("A", {"L": Outcome((half / 2,)), "R": Outcome((whole,))}, "A"))
    parameters = tuple(
        Parameter(each, meaning="", default="1", low="0", high="2", unit=Unit.PAYOFF, source=Assumed("a test"))
        for each in (half, whole)
    )
    claim = Claim("more", "", Model("g", "", game, parameters), never(("R",)), (half > 2 * whole,))
    said = " ".join(why(claim, check(claim), _document(claim)))
    assert "pays A x/2 - y more than “R”, which is positive by premise 1" in said
    assert "Here" not in said
