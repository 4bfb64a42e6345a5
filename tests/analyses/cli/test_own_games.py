"""The commands for a game of one's own: what they print, their exit codes, and one line where they cannot."""

import io
import json
import sys
import types
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from analyses.cli import main
from analyses.cli.commands import parsers
from games.formats.files import read_game

TRUST = """
[parameters]
gain = { default = 2, low = 0, high = 4, meaning = "what trust earns" }

[tree]
player = "A"

[tree.actions]
Refuse = { payoffs = [1, 1] }

[tree.actions.Trust]
player = "B"
actions = { Honour = { payoffs = ["gain", "gain"] }, Betray = { payoffs = [0, 3] } }
"""
GAME = 'players = ["A", "B"]\n' + TRUST

HONOUR = '[strategies]\n"A at the start" = "Trust"\n"B after Trust" = "Honour"\n'
BETRAY = '[strategies]\nA = {"A at the start" = "Refuse"}\nB = {"B after Trust" = {Betray = 1}}\n'
NUMBERS = "[strategies]\nA = ['l', 'r']\n[payoffs]\nA = [1, 0]\n"

Shown = Callable[..., tuple[int, str, str]]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    texts = {"trust.toml": GAME, "honour.toml": HONOUR, "betray.toml": BETRAY, "numbers.toml": NUMBERS}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(desk: Path, capsys: pytest.CaptureFixture[str]) -> Shown:
    def of(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return of


def test_what_if_begins_with_words(run: Shown) -> None:
    code, out, _ = run("what-if", "trust.toml", "--set", "gain=4")
    assert code == 0
    first = " ".join(out.split("\n\n")[0].split())
    assert first.startswith("With gain = 4 instead of 2, what happens is “Trust, Honour”. Before, it was “Refuse”.")
    assert "A gains 3, 4 instead of 1; B gains 3, 4 instead of 1." in first
    assert max(map(len, out.splitlines())) <= 80


def test_a_profile_that_is_no_equilibrium_ends_with_code_1(run: Shown) -> None:
    assert run("verify-profile", "trust.toml", "betray.toml")[0] == 0
    code, out, err = run("verify-profile", "trust.toml", "honour.toml")
    assert (code, err) == (1, "")
    assert out.startswith("No, this is no subgame-perfect equilibrium.\n")
    assert "with Betray (B after Trust) it would get 3, which is 1 more" in out.replace("\n", " ")
    assert run("verify-profile", "trust.toml", "honour.toml", "--set", "gain=7/2")[0] == 0
    answer = json.loads(run("verify-profile", "trust.toml", "honour.toml", "--format", "json")[1])
    assert (answer["holds"], answer["regrets"], answer["values"]) == (False, {"A": "0", "B": "1"}, {"gain": "2"})


def test_what_dominance_leaves_is_a_file_that_solves(run: Shown, desk: Path) -> None:
    code, out, _ = run("reduce", "trust.toml", "--by", "weak", "--out", "left.toml")
    assert code == 0
    assert "B's Honour is weakly dominated by Betray" in out
    assert read_game(desk / "left.toml").game.places == {"A": ("Refuse",), "B": ("Betray",)}
    assert run("solve", "left.toml")[0] == 0


def test_sensitivity_tells_thresholds_and_draws_bars(run: Shown, desk: Path) -> None:
    code, out, _ = run("sensitivity", "trust.toml", "--figure", "bars.svg")
    assert code == 0
    assert "  below 3: “Refuse” (now)\n  above 3: “Trust, Honour”" in out
    assert (desk / "bars.svg").read_bytes().startswith(b"<?xml")


def test_every_command_that_takes_a_game_takes_it_from_standard_input() -> None:
    _, commands = parsers()
    taking = {
        name: {flag for action in parser._actions for flag in action.option_strings}
        for name, parser in commands.choices.items()
        if any(action.metavar in ("GAME", "MODEL") for action in parser._actions)
    }
    assert {"solve", "when", "report", "decompose", "reduce"} < taking.keys()
    assert all("--as" in flags for flags in taking.values())


LIGHT: Mapping[str, tuple[str, ...]] = {
    "show": (),
    "compare": (),
    "explain": (),
    "sensitivity": (),
    "reduce": (),
    "what-if": ("--set", "gain=4"),
    "verify-profile": ("betray.toml",),
    "along": ("gain",),
}


@pytest.mark.parametrize("command", LIGHT)
def test_standard_input_is_read_as_a_file_is(command: str, run: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(GAME.encode())))
    code, out, err = run(command, "-", *LIGHT[command], "--as", "toml")
    assert (code, err) == (0, "")
    assert out.replace("standard-input", "trust") == run(command, "trust.toml", *LIGHT[command])[1]


def test_without_a_command_there_is_help(run: Shown) -> None:
    code, out, err = run()
    assert (code, err) == (0, "")
    assert out.startswith("usage: parley")
    assert "verify-profile" in out


def test_completion_needs_its_library_and_uses_it(run: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "shtab", None)
    code, _, err = run("completion", "bash")
    assert (code, err.count("\n")) == (2, 1)
    assert "pip install shtab" in err
    library = types.SimpleNamespace(complete=lambda parser, shell: f"{shell} of {parser.prog}")
    monkeypatch.setitem(sys.modules, "shtab", library)
    assert run("completion", "zsh")[:2] == (0, "zsh of parley\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("what-if trust.toml", "give some, such as --set beta=1"),
        ("what-if trust.toml --set gain=2", "nothing changes"),
        ("what-if trust.toml --set gain", "is not of the form NAME=VALUE"),
        ("what-if trust.toml --set gain=3 --before x=1", "has no parameter 'x'"),
        ("what-if trust.toml --set gain=nan", "not a finite number"),
        ("what-if trust.toml --set gain=3 --concept none", "concept"),
        ("what-if trust.toml --set gain=3 --option game=x", "stand alone"),
        ("verify-profile trust.toml", "FILE"),
        ("verify-profile trust.toml nowhere.toml", "there is no such file"),
        ("verify-profile trust.toml trust.toml", "unknown key"),
        ("verify-profile trust.toml numbers.toml", "unknown key 'payoffs'"),
        ("verify-profile numbers.toml honour.toml", "there is no player 'A at the start'"),
        ("verify-profile trust.toml honour.toml --concept proper", "is judged as nash, subgame-perfect"),
        ("verify-profile trust.toml honour.toml --concept weak-sequential --concept nash", "given twice"),
        ("verify-profile standoff honour.toml", "not in a graph model"),
        ("reduce trust.toml --by none", "invalid choice"),
        ("reduce trust.toml --out left.efg", "not a game in strategic form"),
        ("reduce trust.toml --out left", "its name must end in one of"),
        ("reduce trade-war", "in a game in strategic form or a tree"),
        ("reduce trust.toml --time-limit 0", "time limit"),
        ("sensitivity numbers.toml", "has no parameters whose values could change"),
        ("sensitivity trust.toml --figure bars.gif", "a figure is written as"),
        ("sensitivity sanction-threat", "`parley along`, `parley map`"),
        ("decompose - - --as toml", "give - once"),
        ("decompose trust.toml --as toml", "leave --as out"),
        ("report --as toml", "no MODEL is given"),
        ("completion fish", "invalid choice"),
        ("completion", "shell"),
    ],
)
def test_wrong_input_ends_in_one_line(line: str, said: str, run: Shown, desk: Path) -> None:
    before = sorted(desk.iterdir())
    code, out, err = run(*line.split())
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert said in err
    assert sorted(desk.iterdir()) == before
