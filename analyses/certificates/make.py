"""A certificate for a verdict: the claim written out whole, with a proof or a witness that the checker accepts.

The proof refutes the obligation that `analyses.certificates.verify` derives from the statement alone; nothing that
found the verdict takes part in it. So a verdict and its certificate rest on two definitions of the concept, and every
certificate made here has been checked before it is returned.
"""

import json
from dataclasses import dataclass

from analyses.certificates import verify
from analyses.certificates.existence import proof_of_some, refutation_of_some
from analyses.certificates.proofs import proof_of
from analyses.certificates.relaxed import TooHardError
from analyses.certificates.statement import UnwrittenError, Written, statement
from analyses.certificates.witness import NoWitnessError, witness
from analyses.claims.check import check
from analyses.claims.claim import Claim, check_is_claim
from analyses.claims.verdicts import Proved, Refuted, Verdict
from analyses.proof.solver import StuckError
from games.solvers.limits import OutOfTimeError

EFFORT = 15_000
"""How many linear questions one proof may take."""


@dataclass(frozen=True)
class Certificate:
    """A statement with its proof or witness, as JSON holds them, and what the checker says of it."""

    document: dict[str, Written]
    verified: verify.Verified

    def text(self) -> str:
        """The certificate's file, always the same for the same claim."""
        return json.dumps(self.document, ensure_ascii=False, separators=(",", ":")) + "\n"


@dataclass(frozen=True)
class Uncertified:
    """Why there is no certificate."""

    because: str


def certify(claim: Claim, verdict: Verdict | None = None, effort: int = EFFORT) -> Certificate | Uncertified:
    """A certificate of the claim's ``verdict``, which is looked for by `check` unless given; else why there is none.

    ``effort`` is how many linear questions the search may take: the same certificate is found on every machine.

    >>> from analyses.certificates.make import certify
    >>> from analyses.claims import Claim, never
    >>> from games.catalog import load
    >>> model = load("conflict-expectations")
    >>> c_s, c_t = model.by_name["c_s"].symbol, model.by_name["c_t"].symbol
    >>> claim = Claim("dear", "It wins no concession.", model, never(("Demand", "Concede")), (c_s > c_t,))
    >>> type(certify(claim)).__name__
    'Certificate'
    """
    check_is_claim(claim)
    verdict = check(claim) if verdict is None else verdict
    if not isinstance(verdict, Proved | Refuted):
        return Uncertified("the claim is unsettled")
    try:
        stated = statement(claim)
        shown = _proved(stated, effort) if isinstance(verdict, Proved) else _refuted(stated, claim, verdict, effort)
    except (StuckError, OutOfTimeError):
        return Uncertified("the time was up before a certificate was found")
    except (UnwrittenError, TooHardError, NoWitnessError) as error:
        return Uncertified(str(error))
    except verify.RefusedError as error:
        return Uncertified(error.why)
    document = {"format": verify.FORMAT, "statement": stated, "verdict": verdict.verdict, **shown}
    checked = verify.check(document)
    if isinstance(checked, verify.NotAccepted):
        return Uncertified(f"the checker does not accept what was found: {checked}")
    return Certificate(document, checked)


def _proved(stated: dict[str, Written], effort: int) -> dict[str, Written]:
    if stated["of"] == "some":
        return {"proof": proof_of_some(stated, effort)}
    return {"proof": proof_of(verify.obligation(stated), effort)}


def _refuted(stated: dict[str, Written], claim: Claim, verdict: Refuted, effort: int) -> dict[str, Written]:
    if stated["of"] == "some":
        return refutation_of_some(stated, verdict, effort)
    return {"witness": witness(verify.obligation(stated), claim, verdict)}
