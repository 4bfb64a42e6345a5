"""Claims that some equilibrium is as they say."""

from analyses.certificates import verify
from analyses.certificates.proofs import proof_of
from analyses.certificates.relaxed import TooHardError
from analyses.certificates.statement import Written
from analyses.claims.verdicts import Refuted


def proof_of_some(stated: dict[str, Written], effort: int) -> Written:
    """A proof that some equilibrium is so wherever the statement speaks of.

    Where a theorem says that there always is one, that every one is so; else formulas for equilibria.
    """
    if stated["conclusion"] == ["and"]:
        return {"theorem": True}
    return {"theorem": True, "every": proof_of(verify.obligation(stated), effort)}


def refutation_of_some(stated: dict[str, Written], verdict: Refuted, effort: int) -> dict[str, Written]:
    """The payoffs at which none is so, and a proof that none is."""
    at = {name: str(value) for name, value in sorted(verdict.at.items())}
    proof = proof_of(verify.obligation(stated, at=at), effort)
    return {"witness": {"at": at}, "proof": proof}
