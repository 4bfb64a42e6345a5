"""How sure a verdict is: what stands behind it, from a proof that anyone can check down to one solver's word."""

from enum import StrEnum

from analyses.claims import Refuted, Verdict


class Degree(StrEnum):
    """What stands behind a verdict; the surest first."""

    CERTIFIED = "certified"
    """A certificate of it was accepted by the checker, which trusts no solver."""

    CROSS_CHECKED = "cross-checked"
    """Two independent solvers, Z3 and cvc5, came to it here."""

    ON_RECORD = "cross-checked on record"
    """Two independent solvers came to it when the proofs were stored, from the same game, claim, code and versions."""

    BY_ONE_SOLVER = "proved by Z3"
    """Z3 came to it; a refutation is confirmed at its payoffs by the ordinary solvers."""


LEGEND = {
    Degree.CERTIFIED: "a checker that trusts no solver has accepted a certificate of it",
    Degree.CROSS_CHECKED: "two independent solvers, Z3 and cvc5, agree",
    Degree.ON_RECORD: "two independent solvers agreed when the proofs were stored, and nothing has changed since",
    Degree.BY_ONE_SOLVER: "by one solver, Z3; a refutation is confirmed at its payoffs by the solvers of games",
}
"""What each degree means."""


def degree_in_words(degree: Degree | None, verdict: Verdict) -> str:
    """The degree of this verdict in a few words; empty for what is unsettled."""
    match degree:
        case None:
            return ""
        case Degree.ON_RECORD:
            return "cross-checked on record, not proved again here"
        case Degree.BY_ONE_SOLVER if isinstance(verdict, Refuted):
            return "refuted by Z3, confirmed by the solvers of games"
    return degree.value
