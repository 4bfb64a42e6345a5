"""``parley check`` as its users run it; the lines that it prints to show a counterexample are run for real."""

import json
import shlex
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from analyses.commentary import CASE
from analyses.ledger import ledger

CLAIMS = """
[claims.complies]
argument = "The target complies."
model = "threat.toml"
always = ["Comply"]
after = ["Threaten"]

[claims.core]
argument = "Relief that is not credible buys nothing."
model = "sanction-retaliation"
premises = ["A_F - k_F > beta", "E == 0"]
never = ["Concede"]
after = ["Full"]
"""

THREAT = """
players = ["Sender", "Target"]

[parameters]
x = { default = "1/2", low = -1, high = 1 }

[tree]
player = "Sender"
actions.Refrain.payoffs = [0, 0]
actions.Threaten.player = "Target"
actions.Threaten.actions.Comply.payoffs = [1, "-1/4"]
actions.Threaten.actions.Resist.payoffs = ["-1/2", "x"]
"""


Parley: TypeAlias = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "claims.toml").write_text(CLAIMS)
    (tmp_path / "threat.toml").write_text(THREAT)
    (tmp_path / "again.toml").write_text(CLAIMS[CLAIMS.index("[claims.core]") :])
    (tmp_path / "broken.toml").write_text("[claims.x]\nmodel = 'nowhere'\nnever = ['a']\n")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "name a claim, a file of claims, or --all"),
        (("A99",), "there is no claim 'A99'"),
        (("--all", "A2"), "--all is every claim, 'A2' among them"),
        (("nowhere.toml",), "nowhere.toml"),
        (("broken.toml",), "there is no model 'nowhere'"),
        (("claims.toml", "again.toml"), "two claims are called 'core', in 'claims.toml' and in 'again.toml'"),
        (("A2", "--time-limit", "-1"), "the time limit is -1 seconds"),
        (("A2", "--format", "table"), "invalid choice"),
    ],
)
def test_what_cannot_be_checked_is_one_line_and_code_2(
    arguments: tuple[str, ...], message: str, desk: Path, parley: Parley
) -> None:
    run = parley("check", *arguments, cwd=desk)
    assert (run.returncode, run.stdout) == (2, "")
    assert len(run.stderr.splitlines()) == 1
    assert run.stderr.startswith("parley: ")
    assert message in run.stderr


def test_claims_of_the_commentary_in_text(desk: Path, parley: Parley) -> None:
    run = parley("check", "core-full", "A2-bare", cwd=desk)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("PROVED  core-full: ")
    assert "Rests on: keeping full sanctions pays Japan more" in run.stdout
    assert "REFUTED ON A REGION  A2-bare: " in run.stdout
    assert "  See: parley solve sanction-retaliation\n" in run.stdout
    assert run.stdout.endswith("2 claims: 1 proved, 1 refuted; of the verdicts 2 certified.\n")


def test_claims_of_a_file_and_the_line_that_shows_the_counterexample(desk: Path, parley: Parley) -> None:
    run = parley("check", "claims.toml", "--format", "json", cwd=desk)
    assert (run.returncode, run.stderr) == (0, "")
    first, second = json.loads(run.stdout)["claims"]
    assert (first["id"], first["verdict"], first["counterexample"]) == ("complies", "refuted", {"x": "1/2"})
    assert (second["id"], second["verdict"], second["share"]) == ("core", "proved", [1, 1, 1])
    shown = parley("check", str(desk / "claims.toml"), cwd=desk.parent).stdout
    (line,) = [line.partition("See: ")[2] for line in shown.splitlines() if "See: " in line]
    assert shlex.split(line) == ["parley", "solve", str(desk / "threat.toml")]
    assert solved(line, desk, parley)["equilibria"][0]["payoffs"] == {"Sender": "0", "Target": "0"}


def test_the_time_limit_says_what_was_not_decided(desk: Path, parley: Parley) -> None:
    run = parley("check", "A2", "--time-limit", "1/1000000", cwd=desk)
    assert (run.returncode, run.stderr) == (0, "")
    assert "UNSETTLED  A2-bare" in run.stdout
    assert "Open: " in run.stdout


def solved(line: str, desk: Path, parley: Parley) -> dict[str, Any]:
    command, *arguments = shlex.split(line)
    assert command == "parley"
    run = parley(*arguments, "--format", "json", cwd=desk)
    assert (run.returncode, run.stderr) == (0, "")
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def plays(information_set: str, action: str, probability: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda one: one["strategies"][information_set].get(action, "0") == probability


@pytest.mark.parametrize(
    ("id", "number", "breaks"),
    [
        ("A2-bare", 0, plays("Russia after Full", "Concede", "0")),
        ("core-bought", 0, plays("Russia after Full", "Concede", "1")),
        ("A7-inevitable", 0, plays("Japan at the start", "Full", "0")),
        ("A1-order", 0, plays("Russia after Full", "Claim sovereignty", "1")),
        ("A1-order", 1, plays("Russia at the start", "Claim sovereignty", "1")),
        ("A10-bare", 0, plays("Government at the start", "Keep it off the agenda", "0")),
        ("A12-forced", 0, plays("Japan", "Move", "0")),
    ],
)
def test_the_line_shows_the_equilibrium_that_breaks_the_claim(
    id: str, number: int, breaks: Callable[[Mapping[str, Any]], bool], desk: Path, parley: Parley
) -> None:
    (entry,) = ledger(CASE.named(id), samples=0).entries
    line = entry.solve_lines[number]
    assert any(map(breaks, solved(line, desk, parley)["equilibria"])), line
