"""``parley policies``: what it prints and writes, and how it refuses."""

import json
from pathlib import Path

import pytest

from analyses.cli import main
from analyses.policies import policies
from games.catalog import load

GAME = "sanction-retaliation"
FEW = ("--free", "A_F,h_F", "--samples", "64")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = main(["policies", *arguments])
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_a_sentence_first_then_the_table_then_boxes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out, figure = tmp_path / "points.csv", tmp_path / "figure.png"
    code, said, err = run(
        capsys, GAME, "Japan", *FEW, "--outcome", "Russia concedes", "--out", str(out), "--figure", str(figure)
    )
    assert (code, err) == (0, "")
    found = policies(load(GAME), "Japan", names=["A_F", "h_F"], samples=64)
    assert said.startswith(f"{found}\n\n{found.table()}\n")
    assert "At the model's own values:\n“Full” stays best" in said
    assert "“Symbolic” is best nowhere, but where payoffs tie." in said
    assert "Inside this box “Russia concedes” is played after “Full”: proved" in said
    assert out.read_text(encoding="utf-8") == found.csv()
    assert {path.name for path in tmp_path.iterdir()} == {
        "points.csv", "figure.png", "figure-boxes.png", "figure-map.png",
    }  # fmt: skip
    after = said[said.index("At the model's own values") : said.index(str(out))]
    assert max(map(len, after.splitlines())) <= 100


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, said, err = run(capsys, GAME, "Japan", *FEW, "--format", "json", "--seed", "3", "--set", "E=0")
    assert (code, err) == (0, "")
    (data,) = json.loads(said)["decisions"]
    assert (data["player"], data["decision"], data["seed"]) == ("Japan", "Japan at the start", 3)
    assert [each["policy"] for each in data["policies"]] == ["None", "Symbolic", "Full"]
    assert data["best_sets"]["complete"]


@pytest.mark.long
def test_each_first_decision(capsys: pytest.CaptureFixture[str]) -> None:
    code, said, err = run(capsys, GAME, "Russia", "--free", "h_F", "--samples", "16", "--format", "json")
    assert (code, err) == (0, "")
    assert [each["decision"] for each in json.loads(said)["decisions"]] == [
        "Russia after None", "Russia after Symbolic", "Russia after Full",
    ]  # fmt: skip


def test_a_game_of_your_own_in_strategic_form(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    game = tmp_path / "game.toml"
    game.write_text(
        'title = "G"\n[parameters]\nc = { default = "0.3", low = 0, high = 1, meaning = "cost" }\n'
        '[strategies]\nA = ["Go", "Stay"]\nB = ["Yes", "No"]\n'
        '[payoffs]\nA = [["1 - c", "-c"], [0, 0]]\nB = [[1, 0], [0, 0]]\n',
        encoding="utf-8",
    )
    code, said, err = run(capsys, str(game), "A", "--samples", "16", "--outcome", "Go, Yes")
    assert (code, err) == (0, "")
    assert "“Go” has the least to regret for A" in said
    assert "“Go, Yes” is played after “Go” at all allowed payoffs: proved." in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([GAME], "the following arguments are required: PLAYER"),
        ([GAME, "Ruritania"], "has no player 'Ruritania'"),
        ([GAME, "Japan", "--at", "Moscow"], "Japan does not decide at 'Moscow'"),
        ([GAME, "Japan", "--free", ","], "name at least one free parameter"),
        ([GAME, "Japan", "--samples", "many"], "give a whole number"),
        ([GAME, "Japan", "--figure", "picture.doc"], "a figure is written as .svg, .png, .pdf"),
        ([GAME, "Japan", *FEW, "--outcome", "Peace"], "has no outcome 'Peace'"),
        ([GAME, "Japan", "--out", f"{__file__}/points.csv"], "is a file; choose another folder"),
        (["freeze-and-thaw", "Japan"], "a commitment takes a tree or a game in strategic form"),
        ([GAME, "Japan", "--selection", "middling"], "the selection is 'middling'"),
    ],
)
def test_refusals(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
