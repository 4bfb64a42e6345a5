"""``parley compare`` and ``explain``, ``--option`` and ``--time-limit``: what they print, and how they refuse."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import games
from analyses.cli import main
from analyses.compare import compare
from analyses.explain import explain_all
from games import solve
from games.catalog import load
from games.formats.files import read_game
from games.solvers.concept import CONCEPTS
from laws.models import NAMES, lightly

ROOT = Path(games.__file__).parents[1]

PENNIES = "A \\ B,heads,,tails,\nheads,3,-3,-1,1\ntails,-1,1,1,-1\n"
GUESS = {
    "players": ["A", "B"],
    "tree": {
        "player": "A",
        "actions": {
            "out": {"payoffs": ["3/4", 0]},
            **{
                k: {
                    "player": "B",
                    "information_set": "dark",
                    "actions": {
                        "l": {"payoffs": [int(k == "x"), int(k == "y")]},
                        "r": {"payoffs": [int(k == "y"), int(k == "x")]},
                    },
                }
                for k in "xy"
            },
        },
    },
}


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "pennies.csv").write_text(PENNIES, encoding="utf-8")
    (tmp_path / "guess.json").write_text(json.dumps(GUESS), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Run:
    try:
        code = main(list(arguments))
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    captured = capsys.readouterr()
    return Run(code, captured.out, captured.err)


def refused(done: Run) -> str:
    """The one line on standard error of a command that could not be carried out."""
    assert done.code == 2
    assert done.out == ""
    assert done.err.startswith("parley: ")
    assert done.err.count("\n") == 1
    assert done.err.endswith("\n")
    assert len(done.err) < 1500
    assert "Traceback" not in done.err
    return done.err


@pytest.mark.parametrize("name", ["pennies.csv", "guess.json"])
def test_compare_prints_the_comparison(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = run(capsys, "compare", name)
    assert (done.code, done.err) == (0, "")
    model = read_game(name)
    game = model.at()
    assert done.out == f"{compare(game, model)}\n"
    rows = [line.split("  ")[0].strip() for line in done.out.splitlines()]
    assert [name for name in CONCEPTS if name in rows] == [n for n, c in CONCEPTS.items() if isinstance(game, c.form)]


@pytest.mark.untraced
@pytest.mark.parametrize("name", lightly(NAMES, ("alliance-deterrence", "reputation")))
def test_every_model_is_compared_and_explained(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    done = run(capsys, "compare", name)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Concept")
    done = run(capsys, "explain", name)
    assert (done.code, done.err) == (0, "")
    model = load(name)
    equilibria = solve(model.at())
    sentence, _, detail = done.out.partition("\n\n")
    assert sentence.endswith(".")
    assert detail.splitlines()[0] == equilibria.heading
    noun = CONCEPTS[equilibria.concept].noun[0].capitalize()
    assert done.out.count(f"\n{noun}: ") == len(equilibria)


@pytest.mark.parametrize(
    ("arguments", "concept"),
    [(("pennies.csv",), "nash"), (("guess.json",), "subgame-perfect"), (("guess.json", "--concept", "nash"), "nash")],
)
def test_explain_prints_each_explanation(
    arguments: tuple[str, ...], concept: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = run(capsys, "explain", *arguments)
    assert (done.code, done.err) == (0, "")
    model = read_game(arguments[0])
    equilibria = solve(model.at(), concept)
    expected = [equilibria.heading]
    for explanation in explain_all(equilibria, model):
        expected += ["", *repr(explanation).splitlines()]
    expected += [f"note: {remark}" for remark in equilibria.remarks]
    assert done.out.partition("\n\n")[2].splitlines() == expected


def test_explain_takes_values_and_warns_of_those_outside_their_range(capsys: pytest.CaptureFixture[str]) -> None:
    model = load("sanction-retaliation")
    name = model.parameters[0].name
    low, high = model.parameters[0].low, model.parameters[0].high
    inside = run(capsys, "explain", model.name, "--set", f"{name}={low + (high - low) / 3}")
    assert (inside.code, inside.err) == (0, "")
    assert "outside the range" not in inside.out
    beyond = run(capsys, "explain", model.name, "--set", f"{name}={high + 1}")
    if beyond.code == 0:
        assert f"note: {name} = " in beyond.out
        assert "outside the range" in beyond.out
    else:
        refused(beyond)


def test_a_generous_time_limit_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("solve", "compare", "explain"):
        assert run(capsys, command, "pennies.csv", "--time-limit", "60") == run(capsys, command, "pennies.csv")


def test_a_time_limit_may_be_any_exact_number(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("1/2", "0.5", "5e-1", " 3 ", "1e6"):
        assert run(capsys, "solve", "pennies.csv", "--time-limit", text).code == 0


@pytest.mark.parametrize("command", ["solve", "compare", "explain"])
@pytest.mark.parametrize(
    "limit",
    [
        "0",
        "-1",
        "-0.5",
        "abc",
        "",
        " ",
        "nan",
        "inf",
        "1/0",
        "1e10",
        "1e400",
        "-1e400",
        "9" * 500,
        "1e99999",
        "1 2",
        "0x10",
    ],
    ids=lambda text: repr(text)[:12],
)
def test_a_time_limit_that_is_none_is_refused_in_one_line(
    command: str, limit: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = refused(run(capsys, command, "pennies.csv", f"--time-limit={limit}"))
    assert "time limit" in line


@pytest.mark.parametrize("command", ["solve", "explain"])
@pytest.mark.parametrize(
    ("options", "says"),
    [
        pytest.param(["x=1"], "no option 'x'", id="unknown"),
        pytest.param(["x"], "NAME=VALUE", id="no value"),
        pytest.param(["x="], "NAME=VALUE", id="an empty value"),
        pytest.param(["=1"], "NAME=VALUE", id="no name"),
        pytest.param([""], "NAME=VALUE", id="nothing"),
        pytest.param(["x=1", "x=2"], "'x' twice", id="twice"),
        pytest.param(["game=1"], "no option 'game'", id="the game itself"),
        pytest.param(["concept=nash"], "no option 'concept'", id="the concept itself"),
        pytest.param(["time_limit=1"], "no option 'time_limit'", id="the time limit"),
        pytest.param(["options=1"], "no option 'options'", id="the options"),
        pytest.param(["self=1"], "no option 'self'", id="self"),
        pytest.param(["__class__=1"], "no option '__class__'", id="dunder"),
        pytest.param(["a\nb=1"], "no option", id="a line break"),
        pytest.param(["\x1b[31mx=1"], "no option", id="a control character"),
        pytest.param(["n" * 5000 + "=1"], "no option", id="a long name"),
    ],
)
def test_an_option_that_a_concept_lacks_is_refused_in_one_line(
    command: str, options: list[str], says: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [part for option in options for part in ("--option", option)]
    line = refused(run(capsys, command, "pennies.csv", "--concept", "pure-nash", *given))
    assert says in line
    assert "\x1b" not in line


@pytest.mark.parametrize(
    "arguments",
    [
        ("compare",),
        ("explain",),
        ("compare", "missing.csv"),
        ("explain", "missing.json"),
        ("compare", "nonsense"),
        ("explain", "pennies.csv", "--concept", "nonsense"),
        ("explain", "pennies.csv", "--concept", "subgame-perfect"),
        ("explain", "guess.json", "--concept", "dominance"),
        ("explain", "pennies.csv", "--set", "x=1"),
        ("compare", "pennies.csv", "--set", "x"),
        ("compare", "pennies.csv", "--concept", "nash"),
        ("compare", "pennies.csv", "--option", "x=1"),
        ("compare", "pennies.csv", "extra"),
        ("explain", "pennies.csv", "--time-limit"),
        ("explain", "."),
        ("explain", "pennies.csv", "--concept", "sequential"),
        ("solve", "pennies.csv", "--concept", "correlated", "--option", "objective=nobody"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_said_in_one_line(
    arguments: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(run(capsys, *arguments))


def test_an_option_reaches_its_concept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = run(capsys, "solve", "pennies.csv", "--concept", "correlated", "--option", "objective=worst")
    assert (done.code, done.err) == (0, "")
    assert "the least sum of payoffs" in done.out


def test_a_gambit_file_is_solved_and_an_error_names_its_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    game = 'NFG 1 R "x" { "Row" "Column" } { 2 2 }\n\n3 3 5 0 0 5 1 1\n'
    (folder / "game.nfg").write_text(game)
    (folder / "bad.nfg").write_text(game.replace("0 5 1", "oops 5 1"))
    done = run(capsys, "solve", "game.nfg", "--concept", "nash", "--format", "json")
    assert done.code == 0
    (only,) = json.loads(done.out)["equilibria"]
    assert only["strategies"] == {"Row": {"1": "0", "2": "1"}, "Column": {"1": "0", "2": "1"}}
    assert "line 3" in refused(run(capsys, "solve", "bad.nfg"))


def test_a_concept_without_equilibria_explains_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = run(capsys, "explain", "pennies.csv", "--concept", "dominance")
    assert done.code == 0
    assert done.out.splitlines()[0] == "pennies has no dominance equilibrium."
    assert "note: no strategy is strictly dominated" in done.out.splitlines()


@pytest.mark.parametrize("command", ["compare", "explain"])
@pytest.mark.untraced
def test_as_a_process_it_prints_the_same_and_survives_a_closed_pipe(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    call = [sys.executable, "-m", "analyses", command, "guess.json", "--time-limit", "30"]
    done = subprocess.run(call, cwd=folder, env=environment, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    if command == "explain":
        assert done.stdout.decode() == run(capsys, *call[3:]).out
    reader, writer = os.pipe()
    os.close(reader)
    try:
        closed = subprocess.run(
            call, cwd=folder, env=environment, stdout=writer, stderr=subprocess.PIPE, timeout=60, check=False
        )
    finally:
        os.close(writer)
    assert closed.returncode == 0
    assert b"Traceback" not in closed.stderr
