"""``parley new``: each file that it writes is read, solved and reported as it is."""

import json
from pathlib import Path

import pytest

from analyses.cli import main
from games.formats.conversion import converted
from games.formats.documents import from_json, from_toml
from games.formats.starts import STARTS, start
from judges.structure import alike, structure

GAMES = [kind for kind in STARTS if kind != "claims"]


def test_every_kind_has_a_file_and_every_file_a_kind() -> None:
    import games.formats.starts as starts

    assert {path.stem for path in Path(starts.__file__).parent.glob("*.toml")} == set(STARTS)


@pytest.mark.parametrize("kind", GAMES)
def test_a_game_to_start_from_solves_and_reports(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "my game.toml"
    assert main(["new", kind, str(path)]) == 0
    assert f"parley solve '{path}'" in capsys.readouterr().out
    assert main(["solve", str(path), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["exact"], found["complete"], bool(found["equilibria"])) == (True, True, True)
    assert main(["report", str(path), "--out", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "report.pdf").read_bytes().startswith(b"%PDF")
    ledger = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))["ledger"]
    if kind == "agreement":  # no claims are about bargaining problems
        assert ledger is None
        return
    assert [claim["verdict"] for claim in ledger["arguments"][0]["claims"]] == ["proved"]
    capsys.readouterr()
    assert main(["check", str(path), "--format", "json"]) == 0
    assert [each["verdict"] for each in json.loads(capsys.readouterr().out)["claims"]] == ["proved"]


@pytest.mark.parametrize("kind", GAMES)
def test_a_game_to_start_from_comes_back_from_other_files(kind: str) -> None:
    model = from_toml(start(kind), kind)
    for suffix, reader in ((".toml", from_toml), (".json", from_json)):
        made = converted(model, suffix)
        again = reader(made.text, kind)
        assert alike(structure(again.game), structure(model.game))
        assert (again.parameters, made.lost) == (model.parameters, ())


def test_claims_to_start_from_are_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "claims.toml"
    assert main(["new", "claims", str(path)]) == 0
    capsys.readouterr()
    assert main(["check", str(path), "--format", "json"]) == 0
    assert [each["verdict"] for each in json.loads(capsys.readouterr().out)["claims"]] == ["proved", "refuted"]


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("mine")
    assert main(["new", "tree", str(path)]) == 2
    assert "is there already and stays as it is" in capsys.readouterr().err
    assert path.read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["tree", "game.json"], "must end in .toml"),
        (["chess", "game.toml"], "invalid choice: 'chess'"),
        (["tree", "file/game.toml"], "is a file; choose another folder"),
    ],
)
def test_wrong_input_is_told_in_one_line(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("")
    assert main(["new", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
