"""Games go to pygambit and come back as they were; Gambit reads what Parley writes, and Parley what Gambit writes."""

import importlib
import io
from fractions import Fraction
from typing import Any

import pytest
from sympy import symbols

from games import Chance, Decision, ExtensiveGame, InputError, Outcome, StrategicGame
from games.formats import pygambit as conversion
from games.formats.efg import extensive_game, write_efg
from games.formats.nfg import strategic_game, write_nfg
from games.formats.pygambit import from_pygambit, to_pygambit

TABLE = StrategicGame(
    {'Anna "A"': ("Up", "Down \\ out"), "Ben": ("{1}, 2", "50 %")},
    {
        ("Up", "{1}, 2"): (1, Fraction(1, 3)),
        ("Up", "50 %"): (Fraction(-1, 10), 10**30),
        ("Down \\ out", "{1}, 2"): (0, 0),
        ("Down \\ out", "50 %"): (Fraction(10**20, 7), 2),
    },
)
THREE = StrategicGame(
    {"A": ("a", "b"), "B": ("c", "d"), "C": ("e", "f")},
    {(a, b, c): (ord(a), ord(b) * ord(c), ord(c) - ord(a)) for a in "ab" for b in "cd" for c in "ef"},
)
TREE = ExtensiveGame(
    ("A", "B"),
    Decision(
        "A",
        {
            "in": Chance(
                {
                    "dry": (Fraction(1, 3), Decision("B", {"l": Outcome((1, 2)), "r": Outcome(("1/7", 0))}, "B's")),
                    "wet": (Fraction(2, 3), Decision("B", {"r": Outcome((0, 2)), "l": Outcome((3, "0.1"))}, "B's")),
                }
            ),
            "out": Outcome((0, 0)),
        },
    ),
)


@pytest.fixture
def library() -> Any:
    return pytest.importorskip("pygambit")


@pytest.fixture
def without_library(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(conversion, "import_module", missing)


@pytest.mark.parametrize("game", [TABLE, THREE, TREE], ids=["bimatrix", "three players", "tree"])
def test_there_and_back(library: Any, game: StrategicGame | ExtensiveGame) -> None:
    sent = to_pygambit(game, "A title")
    assert isinstance(sent, library.Game)
    assert sent.title == "A title"
    assert len(sent.players) == len(game.players)
    assert from_pygambit(sent) == game


def test_letters_beyond_ascii_arrive_or_are_refused(library: Any) -> None:
    game = StrategicGame({"Zoë": ("→",)}, {("→",): (1,)})
    if int(library.__version__.split(".")[0]) >= 17:
        assert from_pygambit(to_pygambit(game)) == game
    else:
        with pytest.raises(InputError, match="Gambit does not take the game"):
            to_pygambit(game)


def test_a_game_made_in_pygambit(library: Any) -> None:
    made = library.read_nfg(io.BytesIO(b'NFG 1 R "" { "Row" "Column" } { 2 2 } 3 3 5 0 0 5 1 1'))
    assert from_pygambit(made) == StrategicGame.bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    tree = library.read_efg(
        io.BytesIO(b'EFG 2 R "" { "A" } p "" 1 1 "" { "a" "b" } 5 "paid" { .5 } t "" 0 t "" 6 "more" { 1/2 }')
    )
    assert from_pygambit(tree).entries == (Fraction(1, 2), 1)


def test_payoffs_are_those_that_pygambit_sees(library: Any) -> None:
    written = library.read_nfg(io.BytesIO(write_nfg(THREE).encode()))
    assert strategic_game(written.to_nfg())[1] == THREE
    written = library.read_efg(io.BytesIO(write_efg(TREE).encode()))
    assert extensive_game(written.to_efg())[1] == TREE


@pytest.mark.parametrize("label", ["a\\", "a\\\\b", " a", "a  b", 'a\\"b'])
def test_labels_that_gambit_does_not_take_are_refused(library: Any, label: str) -> None:
    with pytest.raises(InputError, match="Gambit does not") as caught:
        to_pygambit(StrategicGame({label: ("x",)}, {("x",): (1,)}))
    assert len(str(caught.value).splitlines()) == 1


def test_what_is_no_game_is_refused(library: Any) -> None:
    with pytest.raises(InputError, match="no game of pygambit"):
        from_pygambit(TABLE)
    with pytest.raises(InputError, match="formulas"):
        to_pygambit(StrategicGame.bimatrix([[symbols("x")]], [[1]]))


@pytest.mark.usefixtures("without_library")
def test_without_pygambit_the_error_says_how_to_install_it() -> None:
    for call in (lambda: to_pygambit(TABLE), lambda: from_pygambit(object())):
        with pytest.raises(InputError, match="pip install --pre pygambit"):
            call()


def test_importing_the_conversion_does_not_import_pygambit() -> None:
    assert not hasattr(importlib.import_module("games.formats.pygambit"), "pygambit")
