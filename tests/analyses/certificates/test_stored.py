"""Stored proofs: what they show is verified, and what they do not show is not believed."""

import gzip
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from analyses.certificates import stored, verify
from analyses.certificates.backing import Wanted, backed
from analyses.certificates.crosscheck import DisagreementError
from analyses.certificates.degrees import LEGEND, Degree, degree_in_words
from analyses.certificates.make import Certificate, certify
from analyses.claims import Claim, Proved, Refuted, Unsettled, check
from analyses.claims.verdicts import Kind
from analyses.commentary import CASE
from certificates_questions import PROVED, REFUTED

CLAIMS = (PROVED[0], REFUTED[0], REFUTED[3])
Record = dict[str, Any]


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("proofs")
    assert stored.store(CLAIMS, folder) == {}
    return folder


@pytest.fixture
def folder(once: Path, tmp_path: Path) -> Path:
    return copytree(once, tmp_path / "proofs")


def _change(folder: Path, claim: Claim, change: Callable[[Record], None]) -> None:
    path = folder / stored.RECORD
    records = json.loads(path.read_text())
    change(records[claim.name])
    path.write_text(json.dumps(records))
    stored._records.cache_clear()


def _without_certificate(folder: Path, claim: Claim) -> None:
    (folder / stored.file_of(claim)).unlink()


def test_what_is_stored_gives_the_verdicts_that_are_found_anew(folder: Path) -> None:
    for claim in CLAIMS:
        found = stored.recalled(claim, folder)
        assert found is not None
        assert found.degree is Degree.CERTIFIED
        assert found.verdict == check(claim)


def test_storing_twice_writes_the_same_and_drops_what_is_no_more(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "gone.json.gz").write_bytes(b"")
    stored.store(CLAIMS, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def _other_premise(document: Record) -> None:
    document["statement"]["premises"].append(["b", ">", "1"])


def _other_verdict(document: Record) -> None:
    document["verdict"] = "refuted"


def _no_proof(document: Record) -> None:
    document["proof"] = ["sum", []]


@pytest.mark.parametrize("change", [_other_premise, _other_verdict, _no_proof])
def test_a_certificate_that_was_changed_counts_as_none(folder: Path, change: Callable[[Record], None]) -> None:
    claim = PROVED[0]
    path = folder / stored.file_of(claim)
    document = json.loads(gzip.decompress(path.read_bytes()))
    change(document)
    path.write_bytes(stored.compressed(document))
    assert stored.accepted(claim, folder) is None
    assert stored.recalled(claim, folder) is None
    found = backed(claim, None, folder, Wanted())
    assert found.verdict.verdict == "proved"
    assert found.degree is Degree.BY_ONE_SOLVER


def test_files_that_are_none_count_as_none(folder: Path) -> None:
    (folder / stored.file_of(PROVED[0])).write_bytes(b"no certificate")
    assert stored.recalled(PROVED[0], folder) is None
    for text in ("{", "[]", '{"never": 1}', '{"never": {"verdict": "proved", "key": 1}}', "[" * 100_000):
        (folder / stored.RECORD).write_text(text)
        stored._records.cache_clear()
        assert stored.recalled(PROVED[0], folder) is None


def test_another_claim_of_the_name_is_proved_anew(folder: Path) -> None:
    weaker = PROVED[0].with_premises(PROVED[0].premises[0])
    assert stored.recalled(weaker, folder) is None
    assert backed(weaker, None, folder, Wanted()).verdict.verdict == "refuted"


def test_the_record_is_believed_only_while_nothing_has_changed(folder: Path) -> None:
    claim = REFUTED[0]
    found = check(claim)
    assert isinstance(found, Refuted)
    assert found.kind is Kind.REGION

    def forged(record: Record) -> None:
        record.update(key="0" * 64, kind=Kind.BOUNDARY.value)

    _change(folder, claim, forged)
    recalled = stored.recalled(claim, folder)
    assert recalled is not None
    assert recalled.verdict == found


def test_payoffs_on_record_are_confirmed_anew(folder: Path) -> None:
    _change(folder, REFUTED[0], lambda record: record["at"].update(a="0", b="-1"))
    assert stored.recalled(REFUTED[0], folder) is None


def test_without_a_certificate_a_second_solver_must_have_agreed_and_nothing_have_changed(folder: Path) -> None:
    claim = PROVED[0]
    _without_certificate(folder, claim)
    assert stored.recalled(claim, folder) is None
    _change(folder, claim, lambda record: record.update(second=stored.solver_version() or "1.4.2"))
    found = stored.recalled(claim, folder)
    assert found is not None
    assert found.degree is Degree.ON_RECORD
    assert degree_in_words(found.degree, found.verdict) == "cross-checked on record, not proved again here"
    _change(folder, claim, lambda record: record.update(key="0" * 64))
    assert stored.recalled(claim, folder) is None


def test_another_version_of_the_solver_is_another_hash(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = stored.key_of(PROVED[0])
    assert stored.key_of(PROVED[1]) != before
    monkeypatch.setattr(stored, "version", lambda name: "0.1")
    assert stored.key_of(PROVED[0]) != before


def test_checking_proves_anew_and_a_certificate_that_contradicts_is_an_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = backed(PROVED[0], None, folder, Wanted(anew=True))
    assert (found.verdict.verdict, found.degree) == ("proved", Degree.CERTIFIED)
    monkeypatch.setattr("analyses.certificates.backing.check", lambda claim, seconds: Refuted({}))
    with pytest.raises(DisagreementError, match="the claim never is refuted here, and a certificate"):
        backed(PROVED[0], None, folder, Wanted(anew=True))
    monkeypatch.setattr("analyses.certificates.backing.check", lambda claim, seconds: Unsettled("no time"))
    assert backed(PROVED[0], None, folder, Wanted(anew=True)).degree is None


def test_each_degree_is_named_and_explained() -> None:
    assert set(LEGEND) == set(Degree)
    assert degree_in_words(None, Unsettled("no time")) == ""
    assert "confirmed" in degree_in_words(Degree.BY_ONE_SOLVER, Refuted({}))
    assert len({degree_in_words(degree, Proved("here")) for degree in Degree}) == len(Degree)


def test_only_premises_that_the_proof_refers_to_are_said_to_be_used(folder: Path) -> None:
    claim = replace(PROVED[0], premises=(*PROVED[0].premises, *REFUTED[2].premises[1:]))
    assert isinstance(check(PROVED[0]), Proved)
    document = stored.accepted(PROVED[0], folder)
    assert document is not None
    assert stored.premises_used(document) <= set(range(len(claim.premises)))


SHIPPED = sorted(CASE.proofs.glob("*.json.gz")) if CASE.proofs else []


def test_the_proofs_of_the_case_are_accepted_and_small() -> None:
    claims = {stored.file_of(statement.claim): statement.claim for statement in CASE.statements}
    assert {path.name for path in SHIPPED} <= claims.keys()
    assert sum(path.stat().st_size for path in SHIPPED) < 1_000_000
    few = SHIPPED[::10]
    assert all(isinstance(verify.check_file(str(path)), verify.Verified) for path in few)


@pytest.mark.long
def test_every_proof_of_the_case_is_accepted_for_its_claim_as_it_stands() -> None:
    assert CASE.proofs is not None
    if not SHIPPED:
        pytest.skip("no proofs are stored; make proofs stores them")
    kept = {stored.file_of(s.claim) for s in CASE.statements if stored.accepted(s.claim, CASE.proofs) is not None}
    assert kept == {path.name for path in SHIPPED}


ANEW = int(os.environ.get("PROVED_ANEW", "12"))
"""How many claims of the case are proved anew; a few, unless told otherwise."""


@pytest.mark.long
def test_claims_proved_anew_have_accepted_certificates_of_the_verdicts_stored() -> None:
    assert CASE.proofs is not None
    step = max(1, len(SHIPPED) // ANEW)
    names = {path.name for path in SHIPPED[::step]}
    for claim in (s.claim for s in CASE.statements if stored.file_of(s.claim) in names):
        kept, made = stored.accepted(claim, CASE.proofs), certify(claim, check(claim))
        assert isinstance(made, Certificate), claim.name
        assert kept is not None
        assert kept["verdict"] == made.document["verdict"]
