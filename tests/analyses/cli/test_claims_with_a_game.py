"""Claims in the file of a game, or beside it: `parley check` and `parley report` find them."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from analyses.cli import main

GAME = """
title = "A promise"
players = ["Challenger", "Defender"]
parameters.c = { default = 1, low = 0, high = 2 }

[tree]
player = "Challenger"
actions.Refrain.payoffs = [0, 1]
actions.Attack.player = "Defender"
actions.Attack.actions."Give way".payoffs = [1, 0]
actions.Attack.actions.Fight.payoffs = ["1 - c", "c - 1"]
"""
INSIDE = """
[claims.fights]
argument = "A dear war is fought."
premises = ["c > 1"]
always = ["Fight"]
after = ["Attack"]
"""
BESIDE = """
[claims.peace]
argument = "Nobody attacks."
model = "crisis.toml"
never = ["Attack"]

[claims.elsewhere]
model = "inspection"
exists = true
"""

Shown = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shown:
    (tmp_path / "crisis.toml").write_text(GAME + INSIDE, "utf-8")
    (tmp_path / "my claims.toml").write_text(BESIDE, "utf-8")
    # Neither names the game's file with claims, so neither is read any further.
    (tmp_path / "notes.toml").write_text("crisis.toml = is no TOML", "utf-8")
    (tmp_path / "other.toml").write_text("[claims.x]\nmodel = 'unknown'", "utf-8")
    monkeypatch.chdir(tmp_path)

    def of(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return of


def test_claims_in_the_file_and_beside_it_are_checked(run: Shown) -> None:
    code, out, _ = run("check", "crisis.toml", "--format", "json")
    found = json.loads(out)["claims"]
    assert code == 0
    # For c > 1 the war pays the Defender c − 1 > 0; and at c = 1/2 giving way is better, so that an attack pays.
    assert [(each["id"], each["verdict"]) for each in found] == [("fights", "proved"), ("peace", "refuted")]


def test_they_go_into_the_report_of_the_game(run: Shown) -> None:
    assert run("report", "crisis.toml", "--out", "out")[0] == 0
    (ledger,) = [json.loads(Path("out/report.json").read_text("utf-8"))["ledger"]]
    (group,) = ledger["arguments"]
    assert [(claim["title"], claim["verdict"]) for claim in group["claims"]] == [
        ("A dear war is fought.", "proved"),
        ("Nobody attacks.", "refuted"),
    ]
    assert ledger["commands"] == ["parley check crisis.toml"]
    assert ledger["facts"] == []
    assert "stated with the game" in Path("out/report.html").read_text("utf-8")


def test_the_game_of_a_file_with_claims_is_read_as_any_other(run: Shown) -> None:
    assert run("solve", "crisis.toml", "--set", "c=2")[0] == 0
    text = json.dumps({"strategies": {"A": ["l", "r"]}, "payoffs": {"A": [1, 0]}, "claims": {"one": {"unique": True}}})
    Path("game.json").write_text(text, "utf-8")
    code, out, _ = run("check", "game.json", "--format", "json")
    assert (code, json.loads(out)["claims"][0]["verdict"]) == (0, "proved")


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("crisis.toml", GAME, "has a game and no claims, and no file beside it has any about it"),
        ("crisis.toml", GAME + INSIDE.replace("Attack", "Atack"), "the claim 'fights'"),
        ("crisis.toml", "claims = 3\n" + GAME, "claims must be a table of claims by their names"),
        ("crisis.toml", GAME + "[claim.fights]\nexists = true", "unknown key 'claim'"),
        ("more.toml", BESIDE.replace("peace", "fights"), "more.toml.*'fights' stands in another file"),
        ("more.toml", "[claims\ncrisis.toml", "more.toml.*this is not TOML"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(run: Shown, file: str, text: str, said: str) -> None:
    Path("my claims.toml").unlink()
    Path(file).write_text(text, "utf-8")
    code, out, err = run("check", "crisis.toml")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert re.search(said, err)


def test_claims_go_along_to_files_that_hold_them_and_are_named_where_they_do_not(run: Shown) -> None:
    for name in ("copy.json", "copy.toml"):
        assert "Nothing is lost." in run("convert", "crisis.toml", name)[1]
        found = json.loads(run("check", name, "--format", "json")[1])["claims"]
        assert [(each["id"], each["verdict"]) for each in found] == [("fights", "proved")]
    assert "1 claim." in " ".join(run("convert", "crisis.toml", "copy.efg")[1].split())
    assert "1 claim." in " ".join(run("convert", "crisis.toml", "numbers.toml", "--numbers")[1].split())
    assert "claims" not in Path("numbers.toml").read_text("utf-8")


def test_labels_with_underscores_are_names_in_a_report_and_parameters_are_symbols(run: Shown) -> None:
    text = GAME.replace("parameters.c ", "parameters.c_1 ").replace("1 - c", "1 - c_1").replace("c - 1", "c_1 - 1")
    Path("crisis.toml").write_text(text.replace("Fight", "fight_on").replace("Give way", "a_b, $x$"), "utf-8")
    Path("my claims.toml").unlink()
    assert run("report", "crisis.toml", "--out", "out")[0] == 0
    shown = Path("out/report.html").read_text("utf-8")
    assert "fight_on" in shown
    assert "fight<sub" not in shown
    assert "c</em><sub" in shown
