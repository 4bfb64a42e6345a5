"""How sure a verdict is: what stands behind it, from a proof that anyone can check down to one solver's word."""

from dataclasses import dataclass
from enum import StrEnum

from analyses.claims import Refuted, Unsettled, Verdict


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


@dataclass(frozen=True)
class Backing:
    """The ``degree`` of a verdict, None for what is unsettled; ``because`` says why it is not certified, if known."""

    degree: Degree | None = None
    because: str = ""

    def in_words(self, verdict: Verdict) -> str:
        """The degree in a few words; empty where nothing is settled."""
        return "" if self.degree is None else in_words(self.degree, verdict)


def in_words(degree: Degree, verdict: Verdict) -> str:
    """The degree of this verdict, in a few words."""
    match degree:
        case Degree.ON_RECORD:
            return "cross-checked on record, not proved again here"
        case Degree.BY_ONE_SOLVER if isinstance(verdict, Refuted):
            return "refuted by Z3, confirmed by the solvers"
    return degree.value


LEGEND = {
    Degree.CERTIFIED: "a certificate of it was accepted by a checker that trusts no solver",
    Degree.CROSS_CHECKED: "two independent solvers, Z3 and cvc5, agree",
    Degree.ON_RECORD: "two independent solvers agreed when the proofs were stored, and nothing has changed since",
    Degree.BY_ONE_SOLVER: "by one solver, Z3; a refutation is confirmed at its payoffs by the solvers of games",
}
"""What each degree means."""


def degree_of(verdict: Verdict, accepted: bool = False, agreed: bool = False) -> Degree | None:
    """The degree of a verdict that was found here: whether a certificate is ``accepted``, and a second solver
    ``agreed``."""
    if isinstance(verdict, Unsettled):
        return None
    return Degree.CERTIFIED if accepted else Degree.CROSS_CHECKED if agreed else Degree.BY_ONE_SOLVER
