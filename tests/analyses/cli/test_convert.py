"""``parley convert``, and games from standard input."""

import io
import json
from pathlib import Path

import pytest

from analyses.cli import main
from games.catalog import load
from games.formats.files import read_game


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_a_file_is_written_and_what_it_loses_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "game.nfg"
    assert main(["convert", "sanction-encounter", str(place), "--set", "beta=1"]) == 0
    assert read_game(place).game == load("sanction-encounter").at(beta=1)
    said = capsys.readouterr().out
    assert "beta = 1," in said.replace("\n", " ")
    assert "Not kept:" in said
    assert max(len(line) for line in said.splitlines() if str(tmp_path) not in line) <= 80


def test_through_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "game.toml", tmp_path / "game.JSON"
    assert main(["convert", "sanction-encounter", str(first)]) == 0
    typed(monkeypatch, first.read_text("utf-8"))
    assert main(["convert", "-", str(second), "--as", "toml"]) == 0
    assert read_game(second).at() == load("sanction-encounter").at()
    capsys.readouterr()
    typed(monkeypatch, second.read_text("utf-8"))
    assert main(["solve", "-", "--as", "json", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["model"] == "sanction-encounter"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("convert", "inspection", "x.doc"), "its name must end in one of .toml"),
        (("convert", "inspection", "."), "must end in one of"),
        (("convert", "inspection", "nowhere/\0/x.toml"), "null byte"),
        (("convert", "standoff", "x.efg"), "graph model"),
        (("convert", "inspection", "x.toml", "--set", "q=1"), "no parameter 'q'"),
        (("convert", "inspection", "x.csv", "--reduced"), "only a tree has a reduced strategic form"),
        (("convert", "crisis-bargaining", "x.nfg", "--reduced"), "at most 10000 are written"),
        (("convert", "nothing", "x.toml"), "there is no game 'nothing'"),
        (("solve", "-"), "say what it holds with --as"),
        (("solve", "inspection", "--as", "toml"), "leave --as out"),
        (("solve", "-", "--as", "yaml"), "invalid choice"),
        (("solve", "-", "--as", "toml"), "standard input: "),
    ],
)
def test_wrong_input_ends_in_one_line(
    arguments: tuple[str, ...],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    typed(monkeypatch, "[payoffs\n")
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert (shown.err.count("\n"), shown.out) == (1, "")
    assert list(tmp_path.iterdir()) == []
