"""Proofs that are stored with a case: a certificate for each claim, and a record of what a certificate does not say.

What is stored is never trusted as it lies there. A certificate counts where its statement is that of the claim as it
stands now, and the checker accepts it; a refutation is besides confirmed anew at its payoffs. What no certificate
shows, such as that no fewer premises are enough, or where else a refuted claim fails, is taken from the record only
while the game, the claim, the code of concepts and prover, and the solver's version are those that it was made from, as
their hash tells; so is a verdict that has no certificate, and then only if a second solver agreed.
"""

import gzip
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import games
from analyses.certificates import verify
from analyses.certificates.argument import premises_used
from analyses.certificates.crosscheck import Agreement, crosscheck
from analyses.certificates.degrees import Degree
from analyses.certificates.make import Certificate, certify
from analyses.certificates.second_solver import solver_version
from analyses.certificates.smtlib import questions_of
from analyses.certificates.statement import UnwrittenError, statement
from analyses.claims import Claim, Proved, Refuted, Verdict, check
from analyses.claims.check import Proof
from analyses.claims.confirm import verified
from analyses.claims.kinds import with_kind
from analyses.claims.setting import Setting
from analyses.claims.verdicts import Kind
from analyses.writing import write_files
from games.errors import InputError
from games.solvers.limits import OutOfTimeError

RECORD = "record.json"
"""The file beside the certificates that holds the rest."""

ASKING = ("smtlib", "second_solver", "crosscheck")
SOURCES = ("games/**", "analyses/proof", "analyses/claims/**", "analyses/sampling", "analyses/certificates")
NO_SOURCES = ("games/sanctions/", "games/territory/", "games/classics/", "games/formats/")
"""Where the code of concepts and provers lies: of this folder the files that ask a second solver. Models are part of
what a claim states."""


@dataclass(frozen=True)
class Recalled:
    """A verdict found among what is stored, its degree, and the certificate that was accepted, if there is one."""

    verdict: Verdict
    degree: Degree
    certificate: Mapping[str, Any] | None = None


def accepted(claim: Claim, folder: Path) -> Mapping[str, Any] | None:
    """The stored certificate of the claim if it states the claim as it stands, and the checker accepts it."""
    path = folder / file_of(claim)
    if not path.is_file():
        return None
    try:
        document = verify.load(str(path))
        stated = statement(claim)
    except (verify.RefusedError, UnwrittenError):
        return None
    if not isinstance(document, dict) or document.get("statement") != stated:
        return None
    return document if isinstance(verify.check(document), verify.Verified) else None


def recalled(claim: Claim, folder: Path) -> Recalled | None:
    """The verdict on the claim as far as what is stored shows it; None where it must be found anew."""
    record = _records(folder).get(claim.name)
    if not isinstance(record, dict):
        return None
    document = accepted(claim, folder)
    current = record.get("key") == key_of(claim)
    if document is None and not (current and _second_agreed(record)):
        return None
    if document is not None and document["verdict"] != record.get("verdict"):
        return None
    try:
        verdict = _restored(claim, record, current, document)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, InputError, OutOfTimeError):
        # A record that is not as it was written counts as none.
        return None
    if verdict is None:
        return None
    return Recalled(verdict, Degree.ON_RECORD if document is None else Degree.CERTIFIED, document)


def _second_agreed(record: Mapping[str, Any]) -> bool:
    """Whether a second solver agreed, and no other version of it is installed here."""
    second = record.get("second")
    return bool(second) and solver_version() in ("", second)


def _restored(
    claim: Claim, record: Mapping[str, Any], current: bool, document: Mapping[str, Any] | None
) -> Verdict | None:
    if record["verdict"] == "refuted":
        return _refuted(claim, record, current)
    if current:
        used = tuple(claim.premises[k] for k in record["used"])
        return Proved(record["method"], used, record["says_nothing"], _point(record["empty_at"]))
    if document is None or (not claim.exists_because and claim.broken_by_one):
        # Whether there is an equilibrium at all is no part of the certificate.
        return None
    places = premises_used(document)
    said = zip(claim.premises, claim.stand_ins, strict=True)
    return Proved(record["method"], tuple(premise for premise, own in said if places.intersection(own)))


def _refuted(claim: Claim, record: Mapping[str, Any], current: bool) -> Refuted | None:
    """The refutation, confirmed anew at its payoffs; its kind is on record, or looked for."""
    point = _point(record["at"])
    setting = Setting(claim.plain)
    found = verified(setting, point, {}, record["method"]) if point is not None else ""
    if not isinstance(found, Refuted):
        return None
    return replace(found, kind=Kind(record["kind"])) if current else with_kind(Proof(setting), found)


def _point(written: Mapping[str, str] | None) -> dict[str, Fraction] | None:
    return None if written is None else {name: Fraction(value) for name, value in written.items()}


def file_of(claim: Claim) -> str:
    """The file of a claim's certificate."""
    return f"{claim.name}.json.gz"


@cache
def _records(folder: Path) -> Mapping[str, Any]:
    with suppress(OSError, ValueError, RecursionError):
        read = json.loads((folder / RECORD).read_text("utf-8"))
        if isinstance(read, dict):
            return read
    return {}


def key_of(claim: Claim) -> str:
    """A hash of the game, the claim, the code that finds its verdict, and the solver's version."""
    try:
        stated = json.dumps(statement(claim), sort_keys=True)
    except UnwrittenError:
        stated = "".join(question.text for question in questions_of(claim))
    return sha256("\0".join([stated, _code(), version("z3-solver")]).encode()).hexdigest()


@cache
def _code() -> str:
    """A hash of the code of concepts and prover."""
    root = Path(games.__file__).parents[1]
    found = sha256()
    for path in sorted(path for source in SOURCES for path in root.glob(f"{source}/*.py")):
        name = path.relative_to(root).as_posix()
        asks = path.parent.name != "certificates" or path.stem in ASKING
        if asks and not name.startswith(NO_SOURCES):
            found.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


# Storing.


def store(claims: Iterable[Claim], folder: Path) -> dict[str, str]:
    """Proves the claims anew and stores what shows them; for each without a certificate, why.

    Files of claims that are no more are removed.
    """
    contents: dict[str, bytes] = {}
    records: dict[str, Any] = {}
    missing: dict[str, str] = {}
    for claim in claims:
        verdict = check(claim)
        if not isinstance(verdict, Proved | Refuted):
            missing[claim.name] = "it is unsettled"
            continue
        made = certify(claim, verdict)
        record = _recorded(claim, verdict)
        if isinstance(made, Certificate):
            contents[file_of(claim)] = compressed(made.document)
        else:
            record["second"] = _second(claim, verdict)
            agreed = "cvc5 agrees" if record["second"] else "no second solver agreed"
            missing[claim.name] = f"{made.because} ({agreed})"
        records[claim.name] = record
    contents[RECORD] = (json.dumps(records, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
    write_files(folder, contents)
    for old in folder.glob("*.json.gz"):
        if old.name not in contents:
            old.unlink()
    _records.cache_clear()
    return missing


def _second(claim: Claim, verdict: Verdict) -> str:
    """The version of the second solver if it agrees; empty if it does not say, or is not installed."""
    if not solver_version():
        return ""
    return solver_version() if crosscheck(claim, verdict) is Agreement.AGREE else ""


def compressed(document: Mapping[str, Any]) -> bytes:
    """A certificate as a file, the same bytes for the same certificate."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"
    return gzip.compress(text.encode(), mtime=0)


def _recorded(claim: Claim, verdict: Proved | Refuted) -> dict[str, Any]:
    """What a certificate does not say."""
    shared = {"key": key_of(claim), "verdict": verdict.verdict, "method": verdict.method}
    if isinstance(verdict, Refuted):
        return {**shared, "at": _written(verdict.at), "kind": verdict.kind.value}
    used = [k for k, premise in enumerate(claim.premises) if premise in verdict.used]
    empty = None if verdict.empty_at is None else _written(verdict.empty_at)
    return {**shared, "used": used, "says_nothing": verdict.says_nothing, "empty_at": empty}


def _written(point: Mapping[str, Fraction]) -> dict[str, str]:
    return {name: str(value) for name, value in sorted(point.items())}
