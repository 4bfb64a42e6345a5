"""Claims that were once proved although they are false: what that reasoning would claim is not accepted.

Where values meet an obligation, no proof that it cannot be met is accepted, whatever is written in it.
"""

from pathlib import Path
from typing import Any

import pytest

from analyses.certificates import verify
from analyses.certificates.make import Certificate, Uncertified, certify
from analyses.certificates.proofs import facts_of
from analyses.certificates.statement import statement
from analyses.certificates.witness import hold, solution
from analyses.claims import check, read_claims
from analyses.claims.claim import Claim
from analyses.claims.verdicts import Proved, Refuted
from games import InputError

DATA = Path(__file__).parents[1] / "claims" / "data"
CLAIMS = {claim.name: claim for file in ("false_proofs", "quotients") for claim in read_claims(DATA / f"{file}.toml")}
FALSE = ("impossible", "impossible-odds", "wrong-belief")


@pytest.fixture(params=FALSE, scope="module")
def refuted(request: pytest.FixtureRequest) -> tuple[Claim, dict[str, Any]]:
    claim = CLAIMS[request.param]
    verdict = check(claim)
    assert isinstance(verdict, Refuted)
    certificate = certify(claim, verdict)
    assert isinstance(certificate, Certificate), certificate
    return claim, certificate.document


def test_the_refutation_is_certified_and_no_proof_is_made(refuted: tuple[Claim, dict[str, Any]]) -> None:
    claim, document = refuted
    assert document["verdict"] == "refuted"
    assert isinstance(certify(claim, Proved("as it was once said")), Uncertified)


def test_what_a_proof_would_have_to_refute_is_met_by_values(refuted: tuple[Claim, dict[str, Any]]) -> None:
    claim, document = refuted
    facts = facts_of(verify.obligation(statement(claim)).facts)
    values = solution(facts)
    assert values is not None
    assert hold(facts, values)
    for candidates in ([], [_candidate(document, "1/2")], [_candidate(document, "1"), _candidate(document, "0")]):
        facts = facts_of(verify.obligation(statement(claim), candidates=candidates).facts)
        values = solution(facts)
        assert values is not None
        assert hold(facts, values)


def test_the_certificates_of_the_old_reasoning_are_not_accepted(refuted: tuple[Claim, dict[str, Any]]) -> None:
    """Every equilibrium being so by the proof at a point, candidates that are none, or a theorem alone."""
    _, document = refuted
    proof = document["proof"]
    for forged in (
        {"theorem": True},
        {"theorem": True, "every": proof},
        {"candidates": [_candidate(document, "1/2")], "none": proof},
        {"candidates": [], "none": proof},
        proof,
    ):
        claimed = {key: document[key] for key in ("format", "statement")} | {"verdict": "proved", "proof": forged}
        assert isinstance(verify.check(claimed), verify.NotAccepted)


def test_no_theorem_gives_an_equilibrium_under_imperfect_recall() -> None:
    claim = CLAIMS["no-equilibrium"]
    with pytest.raises(InputError):
        check(claim)
    assert isinstance(certify(claim, Proved("by a theorem for perfect recall")), Uncertified)


def _candidate(document: dict[str, Any], value: str) -> dict[str, str]:
    """The same number for every variable of an equilibrium."""
    question = verify.Question(document["statement"])
    unknowns = verify.names_in(verify.every(question.kept().values())) - question.parameters
    return dict.fromkeys(sorted(unknowns), value)
