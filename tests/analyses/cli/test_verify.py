"""``parley verify``, and what ``parley check`` writes for it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from analyses.certificates import verify
from analyses.cli import main


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    certificates, questions = str(folder / "certificates"), str(folder / "questions")
    assert main(["check", "core-full", "A2-bare", "--certificates", certificates, "--smtlib", questions]) == 0
    return folder


def test_check_writes_what_verify_accepts(written: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(map(str, (written / "certificates").iterdir()))
    assert [Path(name).name for name in files] == ["A2-bare.json.gz", "core-full.json.gz"]
    code, out, _ = _run(capsys, "verify", *files)
    assert code == 0
    assert "core-full.json.gz: accepted: proved: " in out
    assert "2 of 2 accepted" in out
    assert "python3 -I -S verify.py" in out


def test_the_checker_alone_accepts_them_too(written: Path) -> None:
    files = map(str, (written / "certificates").iterdir())
    command = [sys.executable, "-I", "-S", verify.__file__, *files]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.endswith("2 of 2 accepted\n")


def test_one_that_is_not_accepted_makes_the_exit_code_1(
    written: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "junk.json").write_text("{}")
    good = str(written / "certificates" / "core-full.json.gz")
    code, out, _ = _run(capsys, "verify", "--format", "json", good, str(tmp_path / "junk.json"))
    assert code == 1
    first, second = json.loads(out)["certificates"]
    assert (first["accepted"], first["verdict"]) == (True, "proved")
    assert not second["accepted"]
    assert second["why"]
    assert second["place"]


@pytest.mark.parametrize("name", ["none.json", ".", "bad\0name"])
def test_what_is_no_file_is_bad_input_and_no_verdict(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = _run(capsys, "verify", name)
    assert (code, out) == (2, "")
    assert "cannot be read" in err


def test_the_questions_are_written(written: Path) -> None:
    names = {path.name for path in (written / "questions").iterdir()}
    assert names == {f"{name}{end}.smt2" for name in ("core-full", "A2-bare") for end in ("", "-premises")}


def test_why_tells_the_argument_and_each_verdict_has_a_degree(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capsys, "check", "core-full", "--why")
    assert code == 0
    assert "  Degree: certified\n  Why:\n" in out
    assert "pays Japan e - beta more than “Lift”" in " ".join(out.split())
    _, out, _ = _run(capsys, "check", "core-full", "--why", "--format", "json")
    (entry,) = json.loads(out)["claims"]
    assert entry["degree"] == "certified"
    assert len(entry["why"]) > 3


def test_folders_that_cannot_be_written_are_refused_before_anything_is_proved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    for flag in ("--certificates", "--smtlib"):
        for folder in (str(tmp_path / "file"), " "):
            code, out, err = _run(capsys, "check", "core-full", flag, folder)
            assert (code, out) == (2, "")
            assert "folder" in err
