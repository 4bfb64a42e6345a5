"""``parley along`` and ``parley map``, as a user calls them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analyses.cli import main

ROOT = Path(__file__).parents[3]


def test_along_in_a_process_of_its_own(tmp_path: Path) -> None:
    figure, rows = tmp_path / "curves.svg", tmp_path / "curves.csv"
    asked = ["along", "sanction-encounter", "E", "--set", "beta=1", "--figure", str(figure), "--out", str(rows)]
    done = subprocess.run(
        [sys.executable, "-m", "analyses", *asked],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "exists for 1 ≤ E < 1.25; there Japan plays\n   None with probability 25/9 - 20*E/9" in done.stdout
    assert "At E = 1.25: below it 1, 2 and 3, there 1, 3 and 5, above it 3." in done.stdout
    assert figure.read_bytes().lstrip().startswith(b"<?xml")
    assert rows.read_text("utf-8").startswith("branch,equilibrium,value,exact value,quantity")


def test_map_of_the_parameters_that_the_model_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figure = tmp_path / "map.png"
    assert main(["map", "korea-rapprochement", "--figure", str(figure), "--shade", "Japan: Move"]) == 0
    said = capsys.readouterr().out
    assert "Just 3 exists on 75.0 % of the admissible plane." in said
    assert figure.read_bytes().startswith(b"\x89PNG")


def test_a_premise_and_a_concept_are_heard(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["along", "inspection", "b_2", "--premise", "b_2 > -2", "--concept", "pure-nash", "--format", "json"]
    assert main(asked) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["concept"] == "pure-nash"
    assert [(each["low"]["exact"], each["has_low"]) for each in found["admissible"]] == [("-2", False)]
    assert found["branches"] == []
    assert found["uncovered"] == found["admissible"]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (["along", "inspection"], "the following arguments are required: PARAMETER"),
        (["along", "inspection", "zz"], "inspection has no parameter 'zz'"),
        (["along", "inspection", "b_2", "--set", "b_2=-2"], "b_2 is free and has a value as well"),
        (["along", "inspection", "b_2", "--figure", "x.gif"], "a figure is written as .svg, .png, .pdf"),
        (["along", "inspection", "b_2", "--concept", "logit"], "is not solved with free parameters"),
        (["map", "inspection", "b_2"], "a map is over two parameters, not 1"),
        (["map", "inspection", "b_2", "b_2"], "b_2 is named twice"),
        (["map", "trade-war"], "names no parameters for its map"),
        (["map", "inspection", "--shade", "Target: Comply"], "--shade colours a figure"),
        (["along", "sanction-encounter", "E", "--premise", "E > 5"], "nothing is admissible"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    asked: list[str], message: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(asked) == 2
    told = capsys.readouterr()
    assert message in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""
    assert list(tmp_path.iterdir()) == []
