"""A verdict with what stands behind it: found anew or recalled, certified, cross-checked, and told in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyses.certificates.crosscheck import Agreement, DisagreementError, crosscheck
from analyses.certificates.degrees import Degree
from analyses.certificates.make import Certificate, certify
from analyses.certificates.stored import accepted, recalled
from analyses.certificates.words import why
from analyses.claims import Claim, Unsettled, Verdict, check


@dataclass(frozen=True)
class Wanted:
    """What a verdict is to come with.

    ``anew``: it is found here, whatever is stored. ``certificates``: one is looked for where none is stored.
    ``second``: a second solver is asked where there is no certificate. ``argument``: it is told in words, which takes a
    certificate for what is proved.
    """

    anew: bool = False
    certificates: bool = False
    second: bool = False
    argument: bool = False


@dataclass(frozen=True)
class Backed:
    """A verdict, its degree (None where it is unsettled), its certificate, if any, and the argument in words.

    ``because`` says why a certificate was looked for in vain.
    """

    verdict: Verdict
    degree: Degree | None = None
    certificate: Mapping[str, Any] | None = None
    because: str = ""
    argument: tuple[str, ...] = ()


def backed(claim: Claim, seconds: float | None, folder: Path | None, wanted: Wanted) -> Backed:
    """The verdict on a claim with what stands behind it; ``folder`` has the stored proofs, if there are any.

    Raises `InputError` as `check` does, and `DisagreementError` where two ways to the verdict contradict each other.
    """
    known = recalled(claim, folder) if folder is not None and not wanted.anew else None
    if known is not None:
        told = _told(claim, known.verdict, known.certificate, wanted)
        return Backed(known.verdict, known.degree, known.certificate, argument=told)
    verdict = check(claim, seconds)
    if isinstance(verdict, Unsettled):
        return Backed(verdict)
    document = accepted(claim, folder) if folder is not None else None
    because = ""
    if document is None and wanted.certificates:
        made = certify(claim, verdict)
        if isinstance(made, Certificate):
            document = made.document
        else:
            because = made.because
    if document is not None and document["verdict"] != verdict.verdict:
        raise DisagreementError(
            f"the claim {claim.name} is {verdict.verdict} here, and a certificate that the checker accepts says that "
            f"it is {document['verdict']}; rely on neither, and report it"
        )
    degree = Degree.BY_ONE_SOLVER if document is None else Degree.CERTIFIED
    if document is None and wanted.second and crosscheck(claim, verdict) is Agreement.AGREE:
        degree = Degree.CROSS_CHECKED
    return Backed(verdict, degree, document, because, _told(claim, verdict, document, wanted))


def _told(claim: Claim, verdict: Verdict, document: Mapping[str, Any] | None, wanted: Wanted) -> tuple[str, ...]:
    return why(claim, verdict, document) if wanted.argument else ()
