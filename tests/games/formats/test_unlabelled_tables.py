"""A table without labels is read whole: no row or column of payoffs is taken for labels."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games import StrategicGame
from games.formats.files import read_game
from games.formats.spreadsheet import read_bimatrix

DILEMMA = StrategicGame.bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]])
SEPARATORS = (",", ";", "\t")


@pytest.mark.parametrize(
    "text",
    [
        '"3, 3","0, 5"\n"5, 0","1, 1"\n',
        "3 3;0 5\n5 0;1 1",
        "3 | 3\t0 | 5\n5 | 0\t1 | 1",
        "3,3,0,5\n5,0,1,1",
        "3;3;0;5\r\n5;0;1;1\r\n",
        "(3, 3);(0, 5)\n(5, 0);(1, 1)",
    ],
)
def test_all_of_a_table_is_payoffs(text: str) -> None:
    game = read_bimatrix(text)
    assert game == DILEMMA
    assert game.strategies == {"Row": ("1", "2"), "Column": ("1", "2")}


@pytest.mark.parametrize("corner", ["", "0", "Anna / Ben"])
def test_numbers_over_pairs_of_payoffs_are_labels(corner: str) -> None:
    game = read_bimatrix(f"{corner};10;20\n1;3 3;0 5\n2;5 0;1 1")
    assert list(game.strategies.values()) == [("1", "2"), ("10", "20")]
    assert game.entries == DILEMMA.entries


def test_numbers_over_two_columns_each_are_labels() -> None:
    game = read_bimatrix("0;10;;20;\n1;3;3;0;5\n2;5;0;1;1")
    assert list(game.strategies.values()) == [("1", "2"), ("10", "20")]
    assert game.entries == DILEMMA.entries


def test_how_it_was_read_is_said(tmp_path: Path) -> None:
    for text, how in (("3 3;0 5\n5 0;1 1", "both players' payoffs"), ("3,3,0,5\n5,0,1,1", "Two columns in turn")):
        (tmp_path / "game.csv").write_text(text)
        model = read_game(tmp_path / "game.csv")
        assert model.game == DILEMMA
        assert "no labels" in model.story
        assert how in model.story
        assert how in str(model)
    (tmp_path / "game.csv").write_text("x;L;R\nU;3 3;0 5\nD;5 0;1 1")
    assert read_game(tmp_path / "game.csv").story == ""


@settings(max_examples=150)
@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(
            st.lists(st.tuples(st.integers(-9, 30), st.integers(-9, 30)), min_size=width, max_size=width),
            min_size=1,
            max_size=5,
        )
    ),
    st.sampled_from(SEPARATORS),
    st.booleans(),
)
def test_any_table_without_labels(pairs: list[list[tuple[int, int]]], separator: str, split: bool) -> None:
    def cell(pair: tuple[int, int]) -> str:
        return separator.join(map(str, pair)) if split else f"{pair[0]} {pair[1]}"

    text = "\n".join(separator.join(map(cell, row)) for row in pairs)
    meant = StrategicGame.bimatrix([[a for a, _ in row] for row in pairs], [[b for _, b in row] for row in pairs])
    assert read_bimatrix(text) == meant
