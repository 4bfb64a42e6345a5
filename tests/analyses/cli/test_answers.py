"""What all answers have in common: the page about them, verdicts that are expected, and files by suffix."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analyses.cli import main
from analyses.schemas import described, schema

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "json.md").read_text("utf-8")


def shapes(command: str) -> list[set[str]]:
    """The keys that each shape of the command's answer has beside the envelope."""
    own = schema(command)
    parts = [own["$defs"][part["$ref"].rpartition("/")[2]] for part in own["anyOf"]] if "anyOf" in own else [own]
    return [set(part["properties"]) - set(schema("envelope")["properties"]) for part in parts]


@pytest.mark.parametrize("command", described())
def test_the_page_names_the_keys_of_every_command(command: str) -> None:
    (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{command}` | ")]
    told = [set(part.replace("`", "").split(", ")) for part in row.split(" | ")[1].removesuffix(" |").split("<br>")]
    assert told == shapes(command)


def test_the_example_of_the_page_is_what_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", "preventive-war", "--format", "json"]) == 0
    shown = json.loads(PAGE.partition("```json\n")[2].partition("```")[0])
    assert json.loads(capsys.readouterr().out) | {"seconds": 0} == shown | {"seconds": 0}


def test_a_verdict_that_differs_from_what_is_expected_makes_the_exit_code_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "core-full", "--expect", "proved"]) == 0
    capsys.readouterr()
    assert main(["check", "core-full", "--expect", "refuted"]) == 1
    assert capsys.readouterr().out.endswith("differs: core-full is proved, expected was refuted\n")
    assert main(["check", "core-full", "--expect", "refuted", "--format", "json"]) == 1
    answer = capsys.readouterr().out
    assert json.loads(answer)["differences"] == [{"claim": "core-full", "expected": "refuted", "found": "proved"}]
    (tmp_path / "before.json").write_text(answer, "utf-8")
    (tmp_path / "own.toml").write_text('core-full = "unsettled"\nA2-bare = "refuted"\n', "utf-8")
    assert main(["check", "core-full", "--expect", str(tmp_path / "before.json")]) == 0
    assert main(["check", "core-full", "--expect", str(tmp_path / "own.toml")]) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('core-ful = "proved"', "there is no such claim; did you mean core-full?"),
        ('core-full = "true"', "give one of proved, refuted, unsettled"),
        ('A2-bare = "proved"', "does not say what is expected of core-full"),
        ("core-full = proved", "cannot be read"),
    ],
)
def test_what_cannot_be_expected_is_refused(
    content: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "wanted.toml").write_text(content, "utf-8")
    assert main(["check", "core-full", "--expect", str(tmp_path / "wanted.toml")]) == 2
    assert message in capsys.readouterr().err


def test_a_claim_that_is_misspelt_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "core-fulll"]) == 2
    assert "did you mean core-full?" in capsys.readouterr().err


def test_a_table_goes_into_a_file_as_its_name_ends(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for suffix in ("csv", "json", "tex", "parquet"):
        assert main(["solve", "inspection", "--out", str(tmp_path / f"found.{suffix}")]) == 0
        assert capsys.readouterr().out.endswith(f"found.{suffix}\n")
    (row,) = csv.DictReader((tmp_path / "found.csv").read_text("utf-8").splitlines())
    assert row["payoff of Sender"] == "-0.5"
    assert json.loads((tmp_path / "found.json").read_text("utf-8")) == [row]
    assert (tmp_path / "found.tex").read_text("utf-8").startswith(r"\begin{table}")
    from pandas import read_parquet

    assert read_parquet(tmp_path / "found.parquet")["payoff of Sender"].tolist() == [-0.5]


def test_a_figure_goes_there_too_and_is_refused_where_there_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["map", "korea-rapprochement", "--out", str(tmp_path / "map.svg"), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["files"] == [str(tmp_path / "map.svg")]
    for command in ("solve", "sweep"):
        assert main([command, "korea-rapprochement", "--out", str(tmp_path / "x.png")]) == 2
        assert ".csv, .parquet, .tex, .json (it has no figure)" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["map.svg"]


@pytest.mark.untraced
def test_the_order_of_hashes_changes_nothing() -> None:
    answers = []
    for seed in ("1", "2"):
        asked = [sys.executable, "-m", "analyses", "explain", "sanction-threat", "--format", "json"]
        done = subprocess.run(
            asked, env={**os.environ, "PYTHONHASHSEED": seed}, cwd=ROOT, capture_output=True, text=True, check=True
        )
        answers.append(done.stdout.partition('"seconds"')[0])
    assert answers[0] == answers[1]
