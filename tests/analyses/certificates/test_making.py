"""Certificates that are made: of the ledger's claims, of random ones, and of none that is false."""

import json
import os
from collections import Counter
from fractions import Fraction

import pytest

from analyses.certificates import verify
from analyses.certificates.make import Certificate, Uncertified, certify
from analyses.certificates.proofs import proof_of
from analyses.certificates.relaxed import TooHardError
from analyses.certificates.statement import statement
from analyses.claims import check
from analyses.claims.claim import Claim
from analyses.claims.verdicts import Proved, Refuted, Unsettled
from analyses.commentary import CASE
from games import InputError
from judges.as_claims import as_claim
from judges.random_claims import FORMS, random_claim

FEW = ("strategic", 1), ("three players", 3), ("tree", 0), ("tree", 3), ("repeated", 1), ("graph", 0), ("graph", 1)
"""The random claims that are certified in the suite."""

MANY = int(os.environ.get("CERTIFIED_CLAIMS", "4"))
"""How many of each form are in the long run."""

COVERED = frozenset(verify.CONCEPTS)

UNCERTIFIED = 0.1
"""The largest part of the proofs with linear questions alone that may be without a certificate."""

PROVED = ("A2-window-full", "A3-biased", "A6-backfires", "A8-spared", "A12-sanctions", "A14-restrained", "A12-possible")
REFUTED = ("A2-bare", "A12-forced", "A12-easy", "A11-one-outcome", "A14-worsening", "A4-short-wars")


def named(name: str) -> Claim:
    return next(claim for argument in CASE.arguments for claim in argument.claims if claim.name == name)


@pytest.mark.parametrize("name", PROVED)
def test_a_proved_claim_of_the_ledger_is_certified(name: str) -> None:
    certificate = certify(named(name), Proved("said to be"))
    assert isinstance(certificate, Certificate), certificate
    assert (certificate.document["verdict"], certificate.verified.verdict) == ("proved", "proved")
    again = json.loads(certificate.text())
    assert isinstance(verify.check(again), verify.Verified)


@pytest.mark.parametrize("name", REFUTED)
def test_a_refuted_claim_of_the_ledger_is_certified_by_its_counterexample(name: str) -> None:
    claim = named(name)
    verdict = check(claim)
    assert isinstance(verdict, Refuted)
    certificate = certify(claim, verdict)
    assert isinstance(certificate, Certificate), certificate
    shown = certificate.document["witness"]
    values = shown.get("values") or shown["at"]
    for parameter, value in verdict.at.items():
        assert Fraction(values.get(parameter, value)) == value


def test_the_same_claim_has_the_same_certificate() -> None:
    one, other = (certify(named("A3-blame"), Proved("said to be")) for _ in range(2))
    assert isinstance(one, Certificate)
    assert isinstance(other, Certificate)
    assert one.text() == other.text()


@pytest.mark.parametrize("name", REFUTED[:4])
def test_no_proof_is_found_of_what_is_false(name: str) -> None:
    """A verdict that is wrong has no certificate: its obligation can be met."""
    found = certify(named(name), Proved("said to be"))
    assert isinstance(found, Uncertified)


def test_no_witness_is_found_against_what_is_true() -> None:
    claim = named("A3-biased")
    at = {symbol.name: parameter.default for symbol, parameter in claim.parameters.items()}
    assert isinstance(certify(claim, Refuted(at)), Uncertified)


def test_what_is_unsettled_or_not_covered_has_no_certificate_and_says_why() -> None:
    assert certify(named("A3-biased"), Unsettled("the time was up")) == Uncertified("the claim is unsettled")
    offers = certify(named("A4-no-room"), Proved("said to be"))
    assert isinstance(offers, Uncertified)
    assert "alternating offers" in offers.because


def test_an_effort_too_small_is_said() -> None:
    found = certify(named("A2-window-full"), Proved("said to be"), effort=3)
    assert isinstance(found, Uncertified)
    assert "more than 3 questions" in found.because


def certified(form: str, number: int, found: Counter[str]) -> None:
    """Certifies a random claim; every refutation must be, and what is not must be of a kind that may be left out."""
    drawn = random_claim(form, number)
    try:
        claim = as_claim(drawn)
        verdict = check(claim)
    except InputError:
        return
    form_of_game = claim.model.game.written_out.form
    if isinstance(verdict, Unsettled) or (form_of_game, claim.plain.concept_of(claim.model).name) not in COVERED:
        return
    certificate = certify(claim, verdict)
    is_made = isinstance(certificate, Certificate)
    assert is_made or not isinstance(verdict, Refuted), (form, number, certificate)
    is_linear = isinstance(verdict, Proved) and "nonlinear" not in verdict.method
    kind = "refuted" if isinstance(verdict, Refuted) else "linear" if is_linear else "nonlinear"
    found[f"{kind} {'certified' if is_made else 'not'}"] += 1
    if not is_made:
        print(form, number, drawn.kind, drawn.concept, kind, certificate)


@pytest.mark.parametrize(("form", "number"), FEW)
def test_random_claims_are_certified(form: str, number: int) -> None:
    found: Counter[str] = Counter()
    certified(form, number, found)
    assert not found["linear not"]


@pytest.mark.long
def test_many_random_claims_are_certified() -> None:
    found: Counter[str] = Counter()
    for form in FORMS:
        for number in range(1, MANY + 1):
            certified(form, number, found)
    print(dict(found))
    assert found["refuted certified"] > 0
    assert found["linear not"] <= UNCERTIFIED * (found["linear certified"] + found["linear not"])


@pytest.mark.parametrize("name", ["A2-bare", "A12-forced"])
def test_a_proof_of_the_obligation_that_a_witness_meets_is_never_found(name: str) -> None:
    with pytest.raises(TooHardError):
        proof_of(verify.obligation(statement(named(name))), 500)
