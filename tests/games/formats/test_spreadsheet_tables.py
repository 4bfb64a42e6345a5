"""A bimatrix as a spreadsheet exports it: every layout is read exactly, and what is written is read back."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import symbols

from games import InputError, StrategicGame
from games.formats.spreadsheet import read_bimatrix, write_bimatrix

MEANT = StrategicGame(
    {"Japan": ("Sanction", "Abstain"), "Russia": ("Yield", "Retaliate, now")},
    {
        ("Sanction", "Yield"): (3, -1),
        ("Sanction", "Retaliate, now"): (Fraction(3, 2), 1),
        ("Abstain", "Yield"): (Fraction(-1, 10), Fraction(1, 4)),
        ("Abstain", "Retaliate, now"): (0, 0),
    },
)
TABLES = {
    "comma, quoted cells": (
        'Japan \\ Russia,Yield,"Retaliate, now"\nSanction,"3, -1","1.5, 1"\nAbstain,"-0.1, 1/4","0, 0"\n'
    ),
    "comma, spaces before quotes": (
        'Japan / Russia, Yield, "Retaliate, now"\nSanction, "3, -1", "3/2, 1"\nAbstain, "-1/10, .25", "0, 0"'
    ),
    "comma, unquoted semicolons": (
        'Japan/Russia,Yield,"Retaliate, now"\nSanction,3; -1,1.5;1\nAbstain,-0.1; 1/4,0 ;0\n'
    ),
    "comma, bars": ('Japan\\Russia,Yield,"Retaliate, now"\nSanction,3 | -1,3/2 | 1\nAbstain,-0.1 | 1/4,0|0\n'),
    "comma, brackets": (
        'Japan / Russia,Yield,"Retaliate, now"\nSanction,"(3, -1)","(3/2, 1)"\nAbstain,"(-0.1, 1/4)",(0; 0)\n'
    ),
    "comma, spaces": ('Japan / Russia,Yield,"Retaliate, now"\nSanction,3 -1,3/2 1\nAbstain,-1/10  0.25,0 0\n'),
    "semicolon": ("Japan / Russia;Yield;Retaliate, now\nSanction;3, -1;1.5, 1\nAbstain;-0.1, 1/4;0, 0\n"),
    "tab": ("Japan / Russia\tYield\tRetaliate, now\nSanction\t3, -1\t1.5; 1\nAbstain\t−0.1, 1/4\t0, 0\n"),
    "everything quoted": (
        '"Japan / Russia";"Yield";"Retaliate, now"\r\n"Sanction";"3, -1";"1.5, 1"\r\n"Abstain";"-0.1, 0.25";"0, 0"\r\n'
    ),
    "two columns": ('Japan \\ Russia,Yield,,"Retaliate, now",\nSanction,3,-1,1.5,1\nAbstain,-0.1,1/4,0,0\n'),
    "two columns, decimal commas": (
        "Japan / Russia;Yield;;Retaliate, now;\nSanction;3;-1;1,5;1,0\nAbstain;-0,1;0,250;0;0\n"
    ),
    "two columns, tabs": (
        "Japan / Russia\tYield\t\tRetaliate, now\nSanction\t3\t-1\t1,5\t1\nAbstain\t−0,1\t0,25\t0\t0"
    ),
    "blank margins": (
        'Japan / Russia,Yield,"Retaliate, now",,\n'
        'Sanction,"3, -1","3/2, 1",,\n'
        'Abstain,"-0.1, 1/4","0, 0",,\n'
        ",,,,\n"
        "\n"
        ",\n"
    ),
    "old line ends": ('Japan / Russia,Yield,"Retaliate, now"\rSanction,"3, -1","1.5, 1"\rAbstain,"-0.1, 1/4","0, 0"\r'),
}


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_every_layout_gives_the_same_game(text: str) -> None:
    assert read_bimatrix(text) == MEANT


@pytest.mark.parametrize("corner", ["", "Payoffs", "Row \\ Column"])
def test_players_without_names(corner: str) -> None:
    assert read_bimatrix(f"{corner},L\nU,1;2\n").players == ("Row", "Column")


@pytest.mark.parametrize(
    ("corner", "players"),
    [
        ("Row player \\ Column player", ("Row player", "Column player")),
        ("A/B \\ C", ("A/B", "C")),
        ("A / B/C", ("A", "B/C")),
        ("'@A \\ B", ("@A", "B")),
    ],
)
def test_players_in_the_corner(corner: str, players: tuple[str, str]) -> None:
    assert read_bimatrix(f"{corner},L\nU,1;2\n").players == players


def test_one_strategy_in_either_layout() -> None:
    single = StrategicGame.bimatrix([[1]], [[2]], {"Row": ["U"], "Column": ["L"]})
    assert read_bimatrix(",L\nU,1 2\n") == read_bimatrix(",L,\nU,1,2\n") == read_bimatrix(";L\nU;1,0;2\n") == single


def test_semicolons_in_labels_do_not_separate() -> None:
    assert read_bimatrix(',L; now,R\nU,"3, 1","2, 2"\n').strategies["Column"] == ("L; now", "R")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no table"),
        ("\n\n", "no table"),
        ("x", "no table"),
        (",L,R\n", "no table"),
        (",L,R\n1,2;3,4;5\n2,1;1\n", "line 3 has 1 cells after its label; 2 are needed, one for each of L, R"),
        (",L,R\nU,1;1,1;1,1;1\n", "line 2 has 3 cells"),
        (",L,R\n\nU,1;1,1;1\n", "line 2 is blank"),
        (",L,,R,\nU,1,2,3\n", "line 2 has 3 cells after its label; 4 are needed, two for each"),
        (",L,,R,\nU,1,2,,4\n", "line 2, R"),
        (",L,R,,S\nU,1,2,3,4\n", "first line"),
        (",,L\nU,1,2\n", "first line"),
        (",L,L\nU,1 1,1 1\n", "'L' twice"),
        (",L\nU,1 1\nU,1 1\n", "'U' twice"),
        (",L\n,1 1\n", "blank"),
        (',L\n"U\nV",1 1\n', "line break"),
        (',"L\nR"\nU,1 1\n', "line break"),
        (",L\nU,\n", "line 2"),
        (",L,R\nU,1 1,3\n", "line 2, R: '3' is not two payoffs"),
        (",L\nU,x y\n", "line 2, L is 'x', not a finite number"),
        (",L\nU,nan; 1\n", "not a finite number"),
        (",L\nU,1; inf\n", "not a finite number"),
        (",L\nU,1; 1e999999999\n", "not a finite number"),
        (",L\nU,1; 1/0\n", "divides by zero"),
        (",L\nU,1; 2; 3\n", "not two payoffs"),
        (",L\nU,1 2 3\n", "not two payoffs"),
        (",L\nU,3 - 1\n", "not two payoffs"),
        (';L\nU;"1,5; 2,5"\n', "a decimal comma needs two columns"),
        (";L;R\nU;1,5 2,5;1 1\n", "a decimal comma needs two columns"),
        (',L,\nU,"1,5",2\n', "write a point"),
        (";L;\nU;1,500;2\n", "thousands or decimals"),
        (";L;\nU;−1,500;2\n", "thousands or decimals"),
        (";L;\nU;1.500,5;2\n", "write all with a point"),
        (";L;\nU;1,5;2\nV;1;1.500\n", "line 2 has '1,5' and line 3 '1.500'; write all with a point"),
        (";L;\nU;1,5,0;2\n", "not a finite number"),
        (',L\nU,"1, 2', "line 2 is not comma-separated"),
        (',L\nU,"1, 2"x\n', "line 2 is not comma-separated"),
        ("A/B/C,L\nU,1 1\n", "must name two players"),
        ("A / A,L\nU,1 1\n", "'A' twice"),
        (" / A,L\nU,1 1\n", "blank"),
        ("A \\ ,L\nU,1 1\n", "blank"),
        (',L\nU,__import__("os").system("true") 1\n', "not a finite number"),
        (",L\nU,=1+1 1\n", "not a finite number"),
    ],
)
def test_tables_that_are_refused(text: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bimatrix(text)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert reason in message


def test_what_is_written() -> None:
    assert write_bimatrix(MEANT) == (
        '"Japan \\ Russia","Yield",,"Retaliate, now",\n"Sanction",3,-1,1.5,1\n"Abstain",-0.1,0.25,0,0\n'
    )


labels = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8) | st.sampled_from(
    ["a; b", "a, b", 'say "no"', "a\tb".replace("\t", " "), "=1+1", "+x", "-", "@now", "a | b", "1", "1,5", "sep=;"]
)
numbers = st.integers(-(10**20), 10**20) | st.fractions() | st.decimals(-1000, 1000, places=3).map(Fraction)


@st.composite
def games(draw: st.DrawFn) -> StrategicGame:
    players = draw(
        st.lists(labels.filter(lambda name: not set(name) & set("/\\'")), min_size=2, max_size=2, unique=True)
    )
    own = [
        draw(st.lists(labels.filter(lambda name: name[0] != "'"), min_size=1, max_size=3, unique=True)) for _ in players
    ]
    cells = {(row, column): (draw(numbers), draw(numbers)) for row in own[0] for column in own[1]}
    return StrategicGame(dict(zip(players, own, strict=True)), cells)


@settings(max_examples=200)
@given(games())
def test_what_is_written_is_read_back(game: StrategicGame) -> None:
    read = read_bimatrix(write_bimatrix(game))
    assert read == game
    assert read.players == game.players


def test_no_label_is_left_as_a_formula_of_the_spreadsheet() -> None:
    game = StrategicGame.bimatrix([[1]], [[2]], {"=A": ["+B"], "@C": ["-D"]})
    assert write_bimatrix(game) == '"\'=A \\ @C","\'-D",\n"\'+B",1,2\n'
    assert read_bimatrix(write_bimatrix(game)) == game


@pytest.mark.parametrize(
    ("game", "reason"),
    [
        (StrategicGame({"A": ("a",)}, {("a",): (1,)}), "two players"),
        (StrategicGame.bimatrix([[symbols("x")]], [[2]]), "formulas"),
        (StrategicGame.bimatrix([[1]], [[2]], {"A \\ B": ["a"], "C": ["c"]}), "cannot be written"),
        (StrategicGame.bimatrix([[1]], [[2]], {"A": [" a"], "C": ["c"]}), "cannot be written"),
        (StrategicGame.bimatrix([[1]], [[2]], {"A": ["'=a"], "C": ["c"]}), "cannot be written"),
        (StrategicGame.bimatrix([[10**500]], [[2]]), "cannot be written"),
    ],
)
def test_games_that_no_table_can_hold(game: StrategicGame, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        write_bimatrix(game)


def test_a_blank_line_between_rows_is_named() -> None:
    with pytest.raises(InputError, match="line 3 is blank, and rows of the table follow; delete it"):
        read_bimatrix("A / B,L,R\nU,3 -1,0 5\n\nD,5 0,1 1\n")
