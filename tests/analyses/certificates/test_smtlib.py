"""The questions behind verdicts, as a solver reads them from files."""

import re

import pytest
import z3

from analyses.certificates.crosscheck import Agreement, DisagreementError, crosscheck
from analyses.certificates.second_solver import ask
from analyses.certificates.smtlib import file_names, files, questions_of
from analyses.claims import Claim, Proved, Refuted, check
from analyses.commentary import CASE
from certificates_questions import HOSTILE, PROVED, REFUTED
from games.errors import InputError

OF_THE_CASE = ("core-full", "A2-bare", "A2-edge", "A4-possible", "A12-forced", "A15-locked", "A16-more", "A4-outlasts")


def _answer(text: str) -> z3.CheckSatResult:
    """What a solver says that reads the file by itself, in a world of its own."""
    solver = z3.Solver(ctx=z3.Context())
    solver.set("rlimit", 20_000_000)
    solver.from_string(text)
    return solver.check()


def _broken(claim: Claim) -> str:
    (question,) = (one for one in questions_of(claim) if one.broken)
    return question.text


@pytest.mark.parametrize("claim", PROVED + REFUTED, ids=lambda claim: claim.name)
def test_a_file_has_the_answer_that_the_verdict_is(claim: Claim) -> None:
    expected = z3.unsat if claim in PROVED else z3.sat
    assert check(claim).verdict == ("proved" if claim in PROVED else "refuted")
    assert _answer(_broken(claim)) == expected
    premises = questions_of(claim)[0]
    assert not premises.broken
    assert _answer(premises.text) == z3.sat


@pytest.mark.parametrize("name", OF_THE_CASE)
def test_files_of_the_case_have_their_answers(name: str) -> None:
    ((statement,),) = (argument.statements for argument in CASE.named(name))
    verdict = check(statement.claim)
    assert _answer(_broken(statement.claim)) == (z3.unsat if isinstance(verdict, Proved) else z3.sat)


def test_the_logic_is_stated_and_names_cannot_get_out_of_their_quotes() -> None:
    text = _broken(PROVED[0])
    assert "(set-logic QF_NRA)" in text
    assert HOSTILE not in "".join(line for line in text.splitlines() if not line.startswith(";"))
    assert all(re.fullmatch(r"[^|]*(\|[^|\\]*\|[^|]*)*", line) for line in text.splitlines() if line[0] != ";")
    linear = "".join(question.text for question in questions_of(CASE.named("core-full")[0].claims[0]))
    assert linear.count("(set-logic QF_LRA)") == 2
    assert f"; claim {PROVED[0].name}: {PROVED[0].argument}" in text


def test_names_of_files_are_plain_and_different() -> None:
    names = file_names(["A/b", "a_B", "..", "", "x" * 500, "A_b-2"], ".smt2")
    assert len({name.lower() for name in names}) == 6
    assert all(re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,90}", name.lstrip(".")) for name in names)
    assert list(files(PROVED[:1])) == ["never-premises.smt2", "never.smt2"]


def test_without_the_second_solver_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyses.certificates.second_solver.find_spec", lambda name: None)
    with pytest.raises(InputError, match="pip install cvc5"):
        crosscheck(PROVED[0], Proved("here"))


def test_two_solvers_that_contradict_each_other_are_an_error_that_names_the_claim(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for said, verdict in (("sat", Proved("here")), ("unsat", Refuted({}))):
        monkeypatch.setattr("analyses.certificates.crosscheck.ask", lambda text, steps, said=said: said)
        with pytest.raises(DisagreementError, match=r"two solvers disagree about the claim never"):
            crosscheck(PROVED[0], verdict)
    monkeypatch.setattr("analyses.certificates.crosscheck.ask", lambda text, steps: "unknown")
    assert crosscheck(PROVED[0], Proved("here")) is Agreement.OPEN


@pytest.mark.parametrize("claim", PROVED + REFUTED, ids=lambda claim: claim.name)
def test_a_second_solver_agrees(claim: Claim) -> None:
    pytest.importorskip("cvc5")
    verdict: Proved | Refuted = Proved("here") if claim in PROVED else Refuted({})
    assert crosscheck(claim, verdict) is Agreement.AGREE
    assert ask("(set-logic QF_LRA)(declare-fun x () Real)(assert (> x x))(check-sat)") == "unsat"
