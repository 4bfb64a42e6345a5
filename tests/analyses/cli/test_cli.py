"""The command line, run as its users run it: what it prints, and one line on standard error when it cannot."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import games
from analyses.cli import main
from games import solve
from games.catalog import catalog, load
from laws.models import every_name

NUMBER = re.compile(r"-?\d+(/[1-9]\d*)?")
BESIDE = Path(sys.executable).with_name("parley")


@dataclass(frozen=True)
class Run:
    arguments: tuple[str, ...]
    code: int
    out: str
    err: str


def process(
    *arguments: str, cwd: Path, command: Sequence[str] = (sys.executable, "-m", "analyses"), **environment: str
) -> Run:
    done = subprocess.run(
        [*command, *arguments],
        capture_output=True,
        cwd=cwd,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "COLUMNS": "200", **environment},
    )
    return Run(tuple(arguments), done.returncode, done.stdout.decode(), done.stderr.decode())


DILEMMA = """
question = "Does retaliation pay?"
assumptions = ["cost >= 0"]

[parameters]
cost = { default = 0.4, low = 0, high = 2, meaning = "cost of retaliating" }
self = { default = 1, low = 0, high = 2, meaning = "a name that Python uses, too" }

[strategies]
Japan = ["Sanction", "Abstain"]
Russia = ["Retaliate", "Yield"]

[payoffs]
Japan = [["-self", 2], [-1, 0]]
Russia = [["1 - cost", -2], ["-cost", 0]]
"""

CHANCE = {
    "players": ["A", "B"],
    "tree": {
        "chance": {
            "calm": {
                "probability": "1/3",
                "then": {"player": "A", "actions": {"l": {"payoffs": [1, 0]}, "r": {"payoffs": ["1/7", 5]}}},
            },
            "storm": {"probability": "2/3", "then": {"payoffs": [0.1, "-2"]}},
        }
    },
}

PENNIES = "A \\ B,heads,,tails,\nheads,3,-3,-1,1\ntails,-1,1,1,-1\n"


def with_payoff(payoff: str, head: str = "") -> str:
    return f"{head}\n[strategies]\nA = ['l', 'r']\n[payoffs]\nA = [{payoff}, 0]\n"


def with_probabilities(first: str, second: str) -> str:
    events = [
        {"probability": probability, "then": {"player": "A", "actions": {"l": {"payoffs": [0]}}}}
        for probability in (first, second)
    ]
    return json.dumps({"players": ["A"], "tree": {"chance": dict(zip("xy", events, strict=True))}})


FILES: Mapping[str, bytes] = {
    name: content if isinstance(content, bytes) else content.encode()
    for name, content in {
        "dilemma.toml": DILEMMA,
        "chance.json": json.dumps(CHANCE),
        "pennies.csv": PENNIES,
        "hostile.toml": with_payoff("\"__import__('os').system('touch pwned')\""),
        "attribute.toml": with_payoff("'(1).__class__'"),
        "undeclared.toml": with_payoff("'k'"),
        "power.toml": with_payoff("'9**9**9**9'"),
        "name.toml": with_payoff("1", "[parameters]\n'x; touch pwned' = 1"),
        "duplicate.toml": "[strategies]\nA = ['l', 'l']\n[payoffs]\nA = [1, 0]\n",
        "nan.toml": with_payoff("nan"),
        "infinity.toml": with_payoff("-inf"),
        "short.toml": "[strategies]\nA = ['l', 'r']\n[payoffs]\nA = [1]\n",
        "broken.toml": "[payoffs\n",
        "deep.toml": f"[{'.'.join('a' * 100)}]\nx = 1\n",
        "deep-tree.toml": "players = ['A']\n" + f"[tree{'.actions.go' * 120}]\npayoffs = [1]\n",
        "nan.json": '{"payoffs": [[[NaN, 0]]]}',
        "infinity.json": '{"payoffs": [[[1e999, 0]]]}',
        "twice.json": '{"payoffs": [[[1, 0]]], "payoffs": [[[2, 0]]]}',
        "nested.json": "[" * 100_000,
        "list.json": "[1, 2]",
        "sum.json": with_probabilities("1/2", "1/3"),
        "negative.json": with_probabilities("-1/2", "3/2"),
        "ragged.csv": "A \\ B,x,,y,\nx,1,2,3,4\ny,1,2\n",
        "words.csv": "A \\ B,x,,y,\nx,1,2,3,4\ny,1,2,nan,4\n",
        "twins.csv": "A \\ B,x,,x,\nx,1,2,3,4\ny,1,2,3,4\n",
        "empty.toml": "",
        "empty.json": "",
        "empty.csv": "\n\n",
        "binary.json": b"\x00\x01\x02",
        "latin.csv": "A \\ B,\u00e9\nx,1 2\n".encode("latin-1"),
        "wide.csv": PENNIES.encode("utf-16"),
        "yaml.yaml": "payoffs: 1",
        "no_suffix": "payoffs",
        "escape.toml": with_payoff("1", 'players = ["\\u001b[31mred"]'),
        "lines.toml": with_payoff("'1 +\\n\\n* 2'"),
        "taken": "a file",
    }.items()
}

MODEL = "sanction-retaliation"

REFUSED: Mapping[str, tuple[tuple[str, ...], str]] = {
    "unknown command": (("frobnicate",), "frobnicate"),
    "unknown option": (("list", "--frobnicate"), "--frobnicate"),
    "option in two lines": (("list", "--a\nb"), "--a b"),
    "no game": (("solve",), "GAME"),
    "two games": (("show", MODEL, "another"), "another"),
    "unknown format": (("list", "--format", "xml"), "'xml'"),
    "format without value": (("list", "--format"), "--format"),
    "unknown game": (("solve", "no-such-game"), "there is no game 'no-such-game'"),
    "unknown game to show": (("show", "no-such-game"), "sanction-retaliation"),
    "unknown model of a report": (("report", "no-such-game"), "no-such-game"),
    "game with a long name": (("solve", "g" * 5_000), "parley:"),
    "empty name": (("solve", ""), "parley:"),
    "unknown parameter": (("solve", MODEL, "--set", "zeta=1"), "no parameter 'zeta'"),
    "unknown parameter of a report": (("report", "--set", "zeta=1"), "'zeta'"),
    "parameter called self": (("solve", MODEL, "--set", "self=1"), "no parameter 'self'"),
    "parameter called self to show": (("show", MODEL, "--set", "self=1"), "no parameter 'self'"),
    "assignment without sign": (("solve", MODEL, "--set", "beta"), "NAME=VALUE"),
    "assignment without name": (("solve", MODEL, "--set", "=1"), "NAME=VALUE"),
    "assignment without value": (("solve", MODEL, "--set", "beta="), "NAME=VALUE"),
    "assignment twice": (("solve", MODEL, "--set", "beta=1", "--set", "beta=2"), "'beta' twice"),
    "assignment missing": (("solve", MODEL, "--set"), "--set"),
    **{
        f"value {value}": (("solve", MODEL, "--set", f"beta={value}"), "beta is ")
        for value in ("nan", "inf", "-Infinity", "1e999999999", "0.1.2", "1/0", "1/2/3", "0x10", "1_000", "½", "ten")
    },
    "value with a formula": (("solve", MODEL, "--set", "beta=alpha+1"), "beta is 'alpha+1'"),
    "value in two lines": (("solve", MODEL, "--set", "beta=1\n2"), "beta is"),
    "value that is long": (("solve", MODEL, "--set", f"beta={'1' * 10_000}"), "beta has 10000 characters"),
    "broken assumption": (("solve", MODEL, "--set", "k_Y=2"), "assumes k_Y ≤ k_F"),
    "broken assumption to show": (("show", MODEL, "--set", "k_Y=2"), "assumes k_Y ≤ k_F"),
    "broken assumption of a report": (("report", MODEL, "--set", "k_Y=2"), "assumes k_Y ≤ k_F"),
    "unknown concept": (("solve", MODEL, "--concept", "trembling"), "there is no solution concept 'trembling'"),
    "concept for trees": (("solve", "sanction-encounter", "--concept", "subgame-perfect"), "does not apply"),
    "report into a file": (("report", MODEL, "--out", "taken"), "'taken' is a file"),
    "report below a file": (("report", MODEL, "--out", "taken/below"), "taken' is a file"),
    "report into a long name": (("report", MODEL, "--out", "g" * 5_000), "parley:"),
    "file that is not there": (("solve", "nowhere.toml"), "there is no such file"),
    "directory": (("solve", "folder.toml"), "directory"),
    "directory without suffix": (("solve", "."), "parley:"),
    "model file of a report": (("report", "hostile.toml", "--out", "made"), "not allowed"),
    **{
        f"file {name}": (("solve", name), message)
        for name, message in {
            "hostile.toml": "not allowed",
            "attribute.toml": "not allowed",
            "undeclared.toml": "'k', which is not declared",
            "power.toml": "exponent",
            "name.toml": "cannot name a parameter",
            "duplicate.toml": "'l' twice",
            "nan.toml": "nan",
            "infinity.toml": "inf",
            "short.toml": "needed",
            "broken.toml": "TOML",
            "deep.toml": "unknown key 'a'",
            "deep-tree.toml": "deeper than",
            "nan.json": "NaN",
            "infinity.json": "1e999",
            "twice.json": "twice",
            "nested.json": "nested",
            "list.json": "object",
            "sum.json": "sum to 5/6",
            "negative.json": "between 0 and 1",
            "ragged.csv": "line 3",
            "words.csv": "'nan'",
            "twins.csv": "'x' twice",
            "empty.toml": "empty",
            "empty.json": "empty",
            "empty.csv": "empty",
            "binary.json": "binary",
            "latin.csv": "line 1 is not UTF-8",
            "wide.csv": "UTF-16",
            "yaml.yaml": ".toml, .json",
            "no_suffix": "suffix",
            "escape.toml": "control character",
            "lines.toml": "parley:",
        }.items()
    },
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files above."""
    folder = tmp_path_factory.mktemp("desk")
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    (folder / "folder.toml").mkdir()
    return folder


def assert_refused(run: Run, message: str) -> None:
    assert run.code == 2, run.err[-2_000:]
    assert run.out == ""
    assert run.err.endswith("\n")
    assert run.err.startswith("parley: ")
    assert len(run.err.splitlines()) == 1, run.err[-2_000:]
    assert all(character.isprintable() for character in run.err[:-1]), ascii(run.err)
    assert message in run.err
    assert len(run.err) < 1_000


@pytest.fixture
def here(desk: Path, parley: Callable[..., subprocess.CompletedProcess[str]]) -> Callable[..., Run]:
    """Runs the command on the desk, within this process."""

    def run(*arguments: str) -> Run:
        done = parley(*arguments, cwd=desk)
        return Run(arguments, done.returncode, done.stdout, done.stderr)

    return run


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_done_is_refused_in_one_line(name: str, here: Callable[..., Run], desk: Path) -> None:
    """And leaves nothing behind."""
    arguments, message = REFUSED[name]
    assert_refused(here(*arguments), message)
    assert_untouched(desk)


AS_A_PROCESS = (
    "unknown game",
    "value that is long",
    "report into a file",
    "file nested.json",
    "file escape.toml",
)
SELDOM_A_PROCESS = (
    "unknown option",
    "parameter called self",
    "value nan",
    "broken assumption",
    "unknown concept",
    "file hostile.toml",
    "file deep-tree.toml",
)


@pytest.mark.parametrize(
    "name", [*AS_A_PROCESS, *(pytest.param(name, marks=pytest.mark.long) for name in SELDOM_A_PROCESS)]
)
@pytest.mark.untraced
def test_a_process_that_refuses_ends_with_one_line_and_exit_code_2(name: str, desk: Path) -> None:
    assert_refused(process(*REFUSED[name][0], cwd=desk), REFUSED[name][1])
    assert_untouched(desk)


def assert_untouched(desk: Path) -> None:
    assert sorted(path.name for path in desk.iterdir()) == sorted([*FILES, "folder.toml"])
    assert {path.name: path.read_bytes() for path in desk.iterdir() if path.is_file()} == FILES


def assert_schema(data: Any, name: str, form: str) -> None:
    """The documented keys, and exact numbers as text."""
    assert list(data) == [
        *("parley", "command", "model", "values", "files"),
        *("concept", "exact", "complete", "equilibria", "components", "told", "remarks", "seconds"),
    ]
    assert data["model"] == name
    assert isinstance(data["concept"], str)
    assert data["exact"] is True
    assert isinstance(data["complete"], bool)
    assert all(isinstance(remark, str) for remark in data["remarks"])
    for component in data["components"]:
        assert all(0 <= member < len(data["equilibria"]) for member in component)
    further: dict[str, set[str]] = {
        "strategic": set(),
        "stochastic": {"continuations"},
        "continuous": {"outcomes", "choices"},
        "alternating offers": {"outcomes", "continuations"},
    }
    for equilibrium in data["equilibria"]:
        assert set(equilibrium) == {"strategies", "payoffs", "words", "happens"} | further.get(form, {"outcomes"})
        assert all(NUMBER.fullmatch(number) for number in equilibrium.get("choices", {}).values())
        for mix in equilibrium["strategies"].values():
            assert all(NUMBER.fullmatch(weight) for weight in mix.values())
            assert sum(map(Fraction, mix.values())) == 1
        assert all(NUMBER.fullmatch(payoff) for payoff in equilibrium["payoffs"].values())
        for outcome in equilibrium.get("outcomes", ()):
            assert set(outcome) == {"path", "probability"}
            assert all(isinstance(action, str) for action in outcome["path"])
            assert NUMBER.fullmatch(outcome["probability"])
        if form not in further:
            assert sum(Fraction(outcome["probability"]) for outcome in equilibrium["outcomes"]) == 1


def answer(run: Run) -> Any:
    assert (run.code, run.err) == (0, ""), run
    return json.loads(run.out)


@every_name
def test_the_json_of_a_solution_is_the_solution(name: str, here: Callable[..., Run]) -> None:
    data = answer(here("solve", name, "--format", "json"))
    game = load(name).at()
    assert_schema(data, name, game.form)
    equilibria = solve(game)
    assert data["concept"] == equilibria.concept
    assert [{k: Fraction(v) for k, v in one["payoffs"].items()} for one in data["equilibria"]] == [
        dict(one.payoffs) for one in equilibria
    ]


def test_a_tree_in_a_file_is_solved_exactly(here: Callable[..., Run]) -> None:
    data = answer(here("solve", "chance.json", "--format", "json"))
    assert_schema(data, "chance", "extensive")
    (only,) = data["equilibria"]
    assert only["payoffs"] == {"A": "2/5", "B": "-4/3"}
    assert only["outcomes"] == [
        {"path": ["calm", "l"], "probability": "1/3"},
        {"path": ["storm"], "probability": "2/3"},
    ]
    assert only["strategies"] == {"A after calm": {"l": "1", "r": "0"}}


def test_a_spreadsheet_is_solved_exactly(here: Callable[..., Run]) -> None:
    """Matching pennies with 3 on heads: probabilities and value by the indifference conditions."""
    data = answer(here("solve", "pennies.csv", "--format", "json"))
    assert_schema(data, "pennies", "strategic")
    (only,) = data["equilibria"]
    assert only["strategies"] == {player: {"heads": "1/3", "tails": "2/3"} for player in "AB"}
    assert only["payoffs"] == {"A": "1/3", "B": "-1/3"}
    assert data["complete"] is True
    assert data["components"] == [[0]]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((), {"Japan": "-1", "Russia": "3/5"}),
        (("cost=1e-1", "self=1/3"), {"Japan": "-1/3", "Russia": "9/10"}),
        (("cost= 3 ", "self=2"), {"Japan": "2", "Russia": "-2"}),
    ],
    ids=str,
)
def test_values_are_set_exactly(given: tuple[str, ...], expected: dict[str, str], here: Callable[..., Run]) -> None:
    """Russia answers sanctions by retaliating until that costs 3; what retaliation costs Japan is called ``self``."""
    options = [part for assignment in given for part in ("--set", assignment)]
    data = answer(here("solve", "dilemma.toml", "--concept", "pure-nash", "--format", "json", *options))
    assert_schema(data, "dilemma", "strategic")
    assert expected in [one["payoffs"] for one in data["equilibria"]]


def test_a_tie_is_met_exactly_and_not_a_hair_beside_it(here: Callable[..., Run]) -> None:
    """At beta = e_F = 4/5 Japan may keep its word; a billionth below it never does."""
    on, below = (
        answer(here("solve", MODEL, "--set", f"beta={value}", "--format", "json")) for value in ("0.8", "0.799999999")
    )
    assert (len(on["equilibria"]), on["complete"]) == (2, False)
    assert "after Full, Concede" in on["remarks"][0]
    assert (len(below["equilibria"]), below["complete"]) == (1, True)


def test_values_outside_the_range_are_remarked_on(here: Callable[..., Run]) -> None:
    data = answer(here("solve", MODEL, "--set", "A_F=7", "--format", "json"))
    assert data["remarks"] == ["A_F = 7 lies outside the range 0 to 2 that the analyses cover"]
    shown = here("solve", MODEL, "--set", "A_F=7")
    assert "A_F = 7 lies outside the range" in shown.out


def test_the_list_names_every_model(here: Callable[..., Run]) -> None:
    data = answer(here("list", "--format", "json"))
    assert [entry["name"] for entry in data["models"]] == list(catalog())
    assert all(set(entry) == {"name", "family", "title", "question"} for entry in data["models"])
    shown = here("list")
    assert (shown.code, shown.err) == (0, "")
    for model in catalog().values():
        assert f"{model.name} " in shown.out
        assert model.question in shown.out


def test_a_game_is_shown_with_its_parameters_and_payoffs(here: Callable[..., Run]) -> None:
    shown = here("show", "sanction-encounter", "--set", "A_F=3/2")
    assert (shown.code, shown.err) == (0, "")
    model = load("sanction-encounter")
    assert model.question in shown.out
    assert re.search(r"^A_F .* 1\.5\*", shown.out, re.MULTILINE)
    for assumption in model.assumptions:
        assert str(assumption) in shown.out
    formulas = here("show", "dilemma.toml")
    assert (formulas.code, formulas.err) == (0, "")
    assert "1 - cost" in formulas.out
    assert "Does retaliation pay?" in formulas.out


def test_an_answer_as_a_table_says_how_it_was_obtained(here: Callable[..., Run]) -> None:
    shown = here("solve", MODEL)
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("1 subgame-perfect equilibrium, exact, complete\n")
    assert re.search(r"Japan at the start +Full\* +0\.4 +−1\.25", shown.out)


@pytest.mark.untraced
def test_a_report_prints_its_findings_and_its_files(desk: Path, tmp_path: Path) -> None:
    run = process("report", "sanction-encounter", "--out", str(tmp_path / "made"), "--set", "E=1/3", cwd=desk)
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("What if neither side can watch the other before it moves?\n\nWith the numbers given, ")
    paths = run.out.split("\n\n")[-1].split()
    assert paths == [str(tmp_path / "made" / name) for name in ("report.json", "report.pdf", "report.html")]
    assert all(Path(path).stat().st_size > 1_000 for path in paths)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made"]


@pytest.mark.skipif(not BESIDE.exists(), reason=f"no parley command is installed beside {sys.executable}")
@pytest.mark.untraced
def test_the_installed_command_is_the_same_program(desk: Path) -> None:
    installed = process("solve", MODEL, "--format", "json", cwd=desk, command=[str(BESIDE)])
    same = process("solve", MODEL, "--format", "json", cwd=desk)
    assert json.loads(installed.out) | {"seconds": 0} == json.loads(same.out) | {"seconds": 0}
    refused = process("solve", "no-such-game", cwd=desk, command=[str(BESIDE)])
    assert (refused.code, refused.out, len(refused.err.splitlines())) == (2, "", 1)


def test_the_version_says_where_it_runs_from(desk: Path) -> None:
    run = process("--version", cwd=desk)
    assert (run.code, run.err) == (0, "")
    assert run.out == f"parley {games.__version__}, games from {Path(games.__file__).parent}\n"


@pytest.mark.parametrize("arguments", [(), ("list",), ("show",), ("solve",), ("report",)], ids=str)
def test_help_is_there_and_quick_to_read(arguments: tuple[str, ...], desk: Path) -> None:
    run = process(*arguments, "--help", cwd=desk)
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("usage: parley")
    assert all(name in run.out for name in (arguments or ("list", "show", "solve", "report")))


@pytest.mark.skipif(os.name != "posix", reason="pipes close in another way here")
@pytest.mark.parametrize(
    ("arguments", "unbuffered"),
    [
        (("list",), ""),
        (("solve", MODEL), "1"),
        (("solve", MODEL, "--format", "json"), ""),
        (("--version",), ""),
        (("--version",), "1"),
        (("--help",), ""),
    ],
    ids=str,
)
@pytest.mark.untraced
def test_a_reader_who_leaves_early_sees_no_traceback(arguments: tuple[str, ...], unbuffered: str, desk: Path) -> None:
    """As with ``parley list | head -1``: here the reading end is closed before the first word."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "analyses", *arguments],
        stdout=writing,
        stderr=subprocess.PIPE,
        cwd=desk,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    )
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode in (0, 141)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_an_error_in_one_line(desk: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "analyses", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=desk,
            timeout=120,
            check=False,
        )
    assert done.returncode not in (0, None)
    assert len(done.stderr.splitlines()) == 1, done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_without_the_letters_gets_an_answer_and_no_traceback(encoding: str, desk: Path) -> None:
    """A minus sign or an arrow that the terminal's encoding lacks must not cost the reader the answer."""
    run = subprocess.run(
        [sys.executable, "-m", "analyses", "solve", MODEL],
        capture_output=True,
        cwd=desk,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    assert b"Traceback" not in run.stderr
    assert run.returncode == 0
    assert b"Full" in run.stdout


def test_nothing_is_printed_in_colour_or_with_control_characters(desk: Path) -> None:
    out = process("show", MODEL, cwd=desk, FORCE_COLOR="1").out
    assert "sanction-retaliation" in out
    assert all(character.isprintable() or character == "\n" for character in out)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("solve", ""), "GAME is blank"),
        (("solve", " "), "GAME is blank"),
        (("solve", "sanction-retalation"), "did you mean sanction-retaliation?"),
        (("solve", MODEL, "--concept", "nash", "--concept", "dominance"), "--concept is given twice"),
        (("explain", MODEL, "--concept", "nash", "--concept", "nash"), "--concept is given twice"),
    ],
    ids=str,
)
def test_what_was_meant_is_asked_for(
    arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert message in capsys.readouterr().err


def test_a_printed_minus_sign_can_be_set(here: Callable[..., Run]) -> None:
    plain, printed = (
        answer(here("solve", "dilemma.toml", "--set", f"self={sign}1", "--format", "json"))
        for sign in ("-", "\N{MINUS SIGN}")
    )
    assert plain | {"seconds": 0} == printed | {"seconds": 0}


def test_tables_fit_the_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["show", "inspection"]) == 0
    table = capsys.readouterr().out.split("Assumptions:")[0].splitlines()
    rule = next(k for k, line in enumerate(table) if line.startswith("─"))
    assert max(map(len, table[rule - 1 :])) <= 80
    monkeypatch.setattr("sys.stdout.isatty", lambda: False)
    assert main(["show", "inspection"]) == 0
    assert max(map(len, capsys.readouterr().out.split("Assumptions:")[0].splitlines()[5:])) > 80
