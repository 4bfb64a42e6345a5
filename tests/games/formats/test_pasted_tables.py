"""Cells pasted from a spreadsheet are a bimatrix, with or without labels."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from games import InputError, StrategicGame
from games.formats.spreadsheet import read_pasted

MEANT = StrategicGame.bimatrix([[3, 0], [5, "1.5"]], [[-1, 5], [0, "1/4"]])
UNLABELLED = {
    "both in a cell": "3, -1\t0, 5\n5, 0\t1.5, 1/4\n",
    "both in a cell, minus sign": "3; −1\t0; 5\r\n5; 0\t1.5; 0.25\r\n",
    "some without a blank": "3,-1\t0,5\n5,0\t1.5,1/4",
    "brackets": "(3, -1)\t(0, 5)\n(5, 0)\t(3/2, 0.25)",
    "two cells": "3\t-1\t0\t5\n5\t0\t1.5\t0.25",
    "two cells, decimal commas": "3\t-1\t0\t5\n5\t0\t1,5\t0,25\n",
    "blank margins": "\n\n3\t−1\t0\t5\t\t\n5\t0\t3/2\t1/4\t\n\t\t\n\n",
}


@pytest.mark.parametrize("text", UNLABELLED.values(), ids=UNLABELLED)
def test_without_labels(text: str) -> None:
    game = read_pasted(text)
    assert game == MEANT
    assert game.players == ("Row", "Column")


LABELLED = {
    "both in a cell": "A / B\tL\tR\nU\t3, -1\t0, 5\nD\t5, 0\t1.5, 1/4\n",
    "two cells": "A / B\tL\t\tR\t\nU\t3\t-1\t0\t5\nD\t5\t0\t1,5\t0,25",
    "blank first lines": "\n\nA / B\tL\tR\nU\t3;-1\t0;5\nD\t5;0\t1.5;1/4\n",
}


@pytest.mark.parametrize("text", LABELLED.values(), ids=LABELLED)
def test_with_labels(text: str) -> None:
    game = read_pasted(text)
    assert (game.players, *game.strategies.values()) == (("A", "B"), ("U", "D"), ("L", "R"))
    assert game.entries == MEANT.entries


def test_labels_that_are_numbers() -> None:
    assert read_pasted("\t1\t2\n1\t3, -1\t0, 5\n2\t5, 0\t1.5, 1/4") == MEANT


def test_one_cell() -> None:
    assert read_pasted("3, -1") == read_pasted("3\t-1") == StrategicGame.bimatrix([[3]], [[-1]])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no table"),
        ("x", "no table"),
        ("L\tR", "no table"),
        ("1\t2\t3", "line 1 has 3 payoffs in as many cells; two are needed"),
        ("\n1, 2\t3, 4\n1, 2", "line 3 has 1 cells, line 2 has 2"),
        ("1, 2\n\n3, 4", "line 2 has 0 cells, line 1 has 1"),
        ("3,5\t1,5", "line 1: '3,5' may mean one payoff or two"),
        ("1,500\t2", "line 1: '1,500' may mean thousands or decimals"),
        ("1\t2\n1\tx", "line 2, 1 is 'x', not a finite number"),
        ("1, 2\t3, 4, 5", "line 1, 2: '3, 4, 5' is not two payoffs"),
        ("1\t2, 3", "line 1, 1"),
        ('"1, 2', "line 1 is not comma-separated"),
        ("1\t=1+1", "not a finite number"),
    ],
)
def test_cells_that_are_refused(text: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read_pasted(text)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert reason in message


@settings(max_examples=200)
@given(st.text("0123456789 ,;\t|()\"'/-.\n\\aeé−", max_size=40))
def test_any_cells(text: str) -> None:
    message = "read"
    try:
        read_pasted(text)
    except InputError as error:
        message = str(error)
    assert len(message.splitlines()) == 1
