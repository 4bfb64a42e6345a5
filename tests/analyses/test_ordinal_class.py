"""The command ``ordinal``, its findings and the map of the 144 games."""

from pathlib import Path

import pytest

from analyses.cli import main
from analyses.drawing.ordinal_map import draw_ordinal_map
from analyses.ordinal_class import classified
from games import InputError, StrategicGame, solve
from games.catalog import load
from games.model import Model
from games.ordinal import ordinal_class


def test_what_is_said_of_chicken() -> None:
    found = classified(load("chicken"), {})
    assert found.fellows == ("hawk-dove",)
    said = " ".join(found.findings())
    assert "The game is Chicken" in said
    assert "row 1, column 1" in said
    assert "by itself one of the 78" in said
    assert "(Straight, Swerve) with the ranks 4 and 2" in said
    near = {row[2].text: row[-1].text for row in found.neighbours_table().rows}
    assert near["Prisoner's Dilemma/Chicken"] == "called-bluff"
    assert near["Chicken/Prisoner's Dilemma"] == ""
    assert classified(load("called-bluff"), {}).exchanged == ()


def test_a_value_may_change_the_class() -> None:
    assert classified(load("risk-dominance"), {}).strict.name == "Stag Hunt"
    assert classified(load("risk-dominance"), {"safe_and_trusted": 4}).strict.name == "Assurance"


def test_with_the_players_exchanged_it_is_a_game_of_the_catalog() -> None:
    game = StrategicGame.bimatrix([[3, 2], [4, 1]], [[2, 4], [1, 3]])
    found = classified(Model(name="victim", title="A victim", game=game, question="Who yields?", story=""), {})
    assert (found.strict.name, found.fellows, found.exchanged) == ("Chicken/Deadlock", (), ("bully",))
    assert "with the players exchanged: bully." in found.findings()[-1]


@pytest.mark.parametrize("name", ["bully", "chicken", "penalty-kick", "prisoners-dilemma"])
def test_the_pure_equilibria_are_those_of_the_solver(name: str) -> None:
    model = load(name)
    solved = [
        tuple(label for own in each.strategies.values() for label, weight in own.items() if weight)
        for each in solve(model.at(), "pure-nash")
    ]
    assert sorted(classified(model, {}).equilibria) == sorted(solved)


def test_the_command_prints_and_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "map.svg"
    assert main(["ordinal", "bully", "--out", str(place)]) == 0
    shown = capsys.readouterr().out
    assert "Deadlock/Chicken" in shown
    assert "Prisoner's Dilemma/Chicken" in shown
    assert place.read_bytes().startswith(b"<?xml")
    assert main(["ordinal", "bully", "--out", str(tmp_path / "near.csv")]) == 0
    assert (tmp_path / "near.csv").read_text("utf-8").count("\n") == 7


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ordinal stag-hunt", "lies between 4 of them: Stag Hunt,"),
        ("ordinal rock-paper-scissors", "3 × 3 strategies"),
        ("ordinal entry-deterrence", "only a 2×2 game in strategic form"),
        ("ordinal chicken --out map.doc", "its name must end in one of"),
    ],
)
def test_what_cannot_be_classified_is_told_in_one_line(
    line: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(line.split()) == 2
    shown = capsys.readouterr()
    assert (shown.out, shown.err.count("\n")) == ("", 1)
    assert said in shown.err


def test_the_map_says_in_words_what_it_shows() -> None:
    drawing = draw_ordinal_map(mark=ordinal_class(load("chicken").at()))
    assert "144" in drawing.description
    assert "Marked: Chicken, row 1, column 1" in drawing.description
    assert "Marked" not in draw_ordinal_map().description
    texts = [text.get_text() for axes in drawing.figure.axes for text in axes.texts]
    assert texts.count("4,4") == 27
    assert "2,2" in texts
    with pytest.raises(InputError, match="give an OrdinalGame"):
        draw_ordinal_map(mark="chicken")  # type: ignore[arg-type]
