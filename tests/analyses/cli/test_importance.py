"""``parley importance``: what it prints and writes, and how it refuses."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from analyses.cli import main
from analyses.importance import importance
from games.catalog import load

GAME = "agenda-at-home"


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Run:
    try:
        code = main(["importance", *arguments])
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    captured = capsys.readouterr()
    return Run(code, captured.out, captured.err)


def test_importance(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "indices.csv"
    done = run(capsys, GAME, "--samples", "64", "--out", str(out))
    found = importance(load(GAME), samples=64)
    assert (done.code, done.err) == (0, "")
    assert done.out == f"{found}\n\n{found.table()}\n\n{out}\n"
    assert out.read_text(encoding="utf-8") == found.csv()
    data = json.loads(run(capsys, GAME, "--samples", "64", "--format", "json").out)
    assert data["pairs"] == 64


def test_measures_and_groups(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--free", "beta,h_F,c_1", "--samples", "32", "--group", "both = beta, h_F", "--measure", "second-order"]
    done = run(capsys, "sanction-retaliation", *given, "--measure", "morris")
    found = importance(
        load("sanction-retaliation"),
        names=["beta", "h_F", "c_1"],
        samples=32,
        groups={"both": ["beta", "h_F"]},
        measures=["second-order", "morris"],
    )
    assert (done.code, done.err) == (0, "")
    assert done.out == f"{found}\n" + "".join(f"\n{table}\n" for table in found.tables())


def test_indices_as_a_figure(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    figure = tmp_path / "bars.svg"
    done = run(capsys, GAME, "--samples", "32", "--figure", str(figure))
    assert (done.code, done.err) == (0, "")
    assert str(figure) in done.out
    assert figure.read_text(encoding="utf-8").count("<svg") == 1


WRONG = [
    ((GAME, "--group", "g=A,A"), "names a parameter twice"),
    ((GAME, "--figure", "bars.gif"), ".svg, .png, .pdf"),
    ((GAME, "--design", "grid"), "a grid is none"),
    ((GAME, "--samples", "3"), "at least 16"),
    ((GAME, "--measure", "nosuch"), "no measure 'nosuch'"),
    ((GAME, "--group", "A"), "NAME=PARAMETERS"),
    ((GAME, "--group", "g=A,,m"), "which does not move"),
    ((GAME, "--group", "g=A", "--group", "g=m"), "given twice"),
    ((GAME, "--group", "g=zzz"), "does not move by itself"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_it_refuses_in_one_line(arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    done = run(capsys, *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert said in done.err
