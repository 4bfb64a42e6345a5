"""The strategic form: what it accepts and refuses, its numbers, and how it shows itself."""

import random
import re
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
import sympy

from games import InputError, StrategicGame

SEED = 1944
LABELS = {"A": ("a", "b"), "B": ("c", "d")}
PAYOFFS: dict[tuple[str, ...], Any] = {("a", "c"): (1, 2), ("a", "d"): (3, 4), ("b", "c"): (5, 6), ("b", "d"): (7, 8)}
HOSTILE = "<script>alert(1)</script>"


def with_row(row: object) -> StrategicGame:
    return StrategicGame(LABELS, {**PAYOFFS, ("a", "d"): row})  # type: ignore[dict-item]


def with_payoff(value: object) -> StrategicGame:
    return with_row((value, 4))


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "no players": (lambda: StrategicGame({}, {}), "the list of players is empty"),
    "players no mapping": (lambda: StrategicGame(None, {}), "the list of players must be a list of labels"),  # type: ignore[arg-type]
    "a blank player": (lambda: StrategicGame({" ": ("a",)}, {}), "the list of players has ' '"),
    "no strategies": (lambda: StrategicGame({"A": ()}, {}), "the strategies of A is empty"),
    "strategies as text": (lambda: StrategicGame({"A": "ab"}, {}), "the strategies of A must be a list"),  # type: ignore[dict-item]
    "a number as a label": (lambda: StrategicGame({"A": ("a", 1)}, {}), "the strategies of A has '1'"),  # type: ignore[dict-item]
    "a label twice": (lambda: StrategicGame({"A": ("a", "a")}, {}), "has the label 'a' twice"),
    "a label too long": (lambda: StrategicGame({"A": ("a" * 201,)}, {}), "a label of 201 characters"),
    "a profile missing": (lambda: StrategicGame(LABELS, {}), "no payoffs are given for (A: a, B: c)"),
    "a profile too many": (lambda: StrategicGame(LABELS, {**PAYOFFS, ("a", "z"): (0, 0)}), "which is no profile"),
    "a profile too long": (lambda: StrategicGame(LABELS, {**PAYOFFS, ("a", "c", "c"): (0, 0)}), "which is no profile"),
    "too few payoffs": (lambda: with_row((1,)), "1 payoffs are given for (A: a, B: d); 2 players need as many"),
    "too many payoffs": (lambda: with_row((1, 2, 3)), "3 payoffs are given for (A: a, B: d)"),
    "too many profiles": (
        lambda: StrategicGame({f"P{k}": tuple("abcdefghij") for k in range(7)}, {}),
        "more than 1000000 profiles",
    ),
    "a float": (
        lambda: with_payoff(0.1),
        'the payoff of A at (A: a, B: d) is the float 0.1, which is not exact; write "0.1"',
    ),
    "infinity": (
        lambda: with_payoff(float("inf")),
        "the payoff of A at (A: a, B: d) is inf; a finite number is needed",
    ),
    "not a number": (lambda: with_payoff(float("nan")), "is nan; a finite number is needed"),
    "a truth value": (lambda: with_payoff(True), "is True; give a number"),
    "nothing": (lambda: with_payoff(None), "is 'None', not a number"),
    "words": (lambda: with_payoff("much"), "is 'much', not a finite number"),
    "division by zero": (lambda: with_payoff("1/0"), "'1/0', which divides by zero"),
    "a float in a formula": (lambda: with_payoff(0.5 * sympy.Symbol("x")), "no formula of exact numbers"),
    "a ragged matrix": (lambda: StrategicGame.bimatrix([[1, 2], [3]], [[1, 2], [3, 4]]), "matrix of 2 × 2"),
    "matrices of two shapes": (lambda: StrategicGame.bimatrix([[1, 2]], [[1], [2]]), "second player's payoffs"),
    "no matrix at all": (lambda: StrategicGame.bimatrix([], []), "the strategies of Row is empty"),
    "labels for another shape": (
        lambda: StrategicGame.bimatrix([[1]], [[1]], LABELS),
        "name 2 × 2 strategies, the matrices have 1 × 1",
    ),
    "labels for three players": (
        lambda: StrategicGame.bimatrix([[1]], [[1]], {"A": "a", "B": "b", "C": "c"}),
        "a bimatrix has two players, not 3",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_is_refused_in_one_line(case: str) -> None:
    build, message = REFUSED[case]
    with pytest.raises(InputError) as error:
        build()
    assert message in str(error.value)
    assert len(str(error.value).splitlines()) == 1


@pytest.mark.parametrize("row", [None, 3, sympy.Symbol("x")], ids=str)
def test_payoffs_that_are_no_list_are_refused(row: object) -> None:
    with pytest.raises(InputError, match=re.escape("(A: a, B: d)")):
        with_row(row)


def test_payoffs_as_one_text_are_not_read_digit_by_digit() -> None:
    with pytest.raises(InputError, match=re.escape("(A: a, B: d)")):
        with_row("12")


@pytest.mark.parametrize(
    "value",
    [sympy.oo, sympy.nan, sympy.zoo, sympy.sqrt(2), sympy.pi, sympy.I, sympy.Symbol("x") > 1],
    ids=str,
)
def test_an_expression_that_is_neither_an_exact_number_nor_a_formula_is_refused(value: object) -> None:
    with pytest.raises(InputError, match="the payoff of A"):
        with_payoff(value)


@pytest.mark.parametrize("label", ["two\nlines", "a\rb", "tab\t", "bell\x07", "line\u2028separator"], ids=repr)
def test_a_message_about_a_label_with_control_characters_stays_one_line(label: str) -> None:
    games: list[Callable[[], object]] = [
        lambda: StrategicGame({label: ("a",)}, {}),
        lambda: StrategicGame({"A": (label,)}, {}),
        lambda: StrategicGame({"A": (label,)}, {(label,): (0.5,)}),
        lambda: StrategicGame({label: ("a", "a")}, {}),
    ]
    for build in games:
        with pytest.raises(InputError) as error:
            build()
        assert len(str(error.value).splitlines()) == 1
        assert "\x07" not in str(error.value)


@pytest.mark.parametrize("count", [0, 7, 9])
def test_another_number_of_entries_is_refused(count: int) -> None:
    with pytest.raises(InputError):
        StrategicGame(LABELS, PAYOFFS).with_entries(range(count))


def test_a_float_of_numpy_is_refused_with_text_that_can_be_pasted() -> None:
    with pytest.raises(InputError) as error:
        StrategicGame.bimatrix(np.array([[0.5]]), np.array([[1]]))
    assert 'write "0.5"' in str(error.value)


def test_numbers_become_exact() -> None:
    game = StrategicGame.bimatrix(
        [["0.1", "1/3"], [2, Fraction(5, 7)]], [[sympy.Rational(1, 2), "-3e-1"], [np.int64(4), 0]]
    )
    assert game.entries == (
        Fraction(1, 10), Fraction(1, 2), Fraction(1, 3), Fraction(-3, 10), 2, 4, Fraction(5, 7), 0,
    )  # fmt: skip
    assert {type(entry) for entry in game.entries} == {int, Fraction}
    assert game.is_exact


def test_formulas_stay_formulas() -> None:
    x = sympy.Symbol("x")
    game = StrategicGame.bimatrix([[x + 1]], [[0]])
    assert game.entries == (x + 1, 0)
    assert not game.is_exact
    assert game.with_entries([4, 0]).is_exact


def test_entries_go_profile_by_profile_and_back() -> None:
    game = StrategicGame(LABELS, dict(reversed(PAYOFFS.items())))
    assert list(game.profiles) == [("a", "c"), ("a", "d"), ("b", "c"), ("b", "d")]
    assert game.entries == (1, 2, 3, 4, 5, 6, 7, 8)
    assert game.with_entries(game.entries) == game
    doubled = game.with_entries(2 * entry for entry in game.entries)
    assert doubled.payoffs == {p: (2 * u, 2 * v) for p, (u, v) in PAYOFFS.items()}
    assert game.entries == (1, 2, 3, 4, 5, 6, 7, 8), "the game itself must not change"


def test_the_round_trip_of_random_games() -> None:
    rng = random.Random(SEED)
    for _ in range(50):
        sizes = [rng.randint(1, 3) for _ in range(rng.randint(1, 4))]
        menus = {f"P{k}": tuple(f"s{j}" for j in range(size)) for k, size in enumerate(sizes)}
        blank = StrategicGame(menus, dict.fromkeys(product(*menus.values()), (0,) * len(sizes)))
        numbers = [Fraction(rng.randint(-9, 9), rng.randint(1, 9)) for _ in blank.entries]
        game = blank.with_entries(numbers)
        assert list(game.entries) == numbers, SEED
        assert game.with_entries(game.entries) == game
        for profile, row in game.payoffs.items():
            assert [game.payoff(profile, player) for player in game.players] == list(row)


def test_the_bimatrix_has_the_matrices_it_was_made_of() -> None:
    rows, columns = [[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [10, 11, 12]]
    game = StrategicGame.bimatrix(rows, columns, {"R": ("Up", "Down"), "C": ("l", "m", "r")})
    assert game.matrix("R") == rows
    assert game.matrix("C") == columns
    assert game.payoff(("Down", "l"), "C") == 10
    assert StrategicGame.bimatrix(rows, columns).strategies == {"Row": ("1", "2"), "Column": ("1", "2", "3")}


def test_alternatives_and_best_responses() -> None:
    game = StrategicGame(LABELS, PAYOFFS)
    assert list(game.alternatives(("a", "c"), "A")) == [("b", "c")]
    assert list(game.alternatives(("a", "c"), "B")) == [("a", "d")]
    assert [game.is_best_response(profile, "A") for profile in game.profiles] == [False, False, True, True]
    assert [game.is_best_response(profile, "B") for profile in game.profiles] == [False, True, False, True]
    tied = game.with_entries([1, 0, 1, 0, 1, 5, 0, 4])
    assert [tied.is_best_response(profile, "A") for profile in tied.profiles] == [True, True, True, False]
    assert [tied.is_best_response(profile, "B") for profile in tied.profiles] == [True, True, True, False]


def test_the_game_cannot_be_changed() -> None:
    game = StrategicGame(LABELS, PAYOFFS)
    with pytest.raises(AttributeError):
        game.payoffs = {}  # type: ignore[misc]
    given = dict(PAYOFFS)
    copy = StrategicGame(LABELS, given)
    given[("a", "c")] = (99, 99)
    assert copy == game


def test_the_table_of_two_players_marks_best_responses() -> None:
    table = StrategicGame(LABELS, PAYOFFS).table()
    assert table.header == ("A \\ B", "c", "", "d", "")
    assert [[(c.text, c.marked) for c in row] for row in table.rows] == [
        [("a", False), ("1", False), ("2", False), ("3", False), ("4", True)],
        [("b", False), ("5", True), ("6", False), ("7", True), ("8", True)],
    ]


def test_the_table_of_four_players_lists_profiles() -> None:
    menus = {"A": ("x",), "B": ("y", "z"), "C": ("w",), "D": ("v",)}
    game = StrategicGame(menus, {("x", "y", "w", "v"): (1, 0, 5, 2), ("x", "z", "w", "v"): (1, "1/3", 5, 2)})
    table = game.table()
    assert table.header == ("A", "B", "C", "D", *(f"payoff of {player}" for player in "ABCD"))
    assert [[(c.text, c.marked) for c in row[4:]] for row in table.rows] == [
        [("1", True), ("0", False), ("5", True), ("2", True)],
        [("1", True), ("1/3", True), ("5", True), ("2", True)],
    ]


def test_a_game_in_formulas_marks_nothing() -> None:
    x = sympy.Symbol("x")
    table = StrategicGame.bimatrix([[x], [1]], [[0], [x**2]]).table()
    assert [cell.text for row in table.rows for cell in row] == ["1", "x", "0", "2", "1", "x**2"]
    assert not any(cell.marked for row in table.rows for cell in row)
    assert "marked" not in table.caption


def test_html_escapes_labels_and_needs_no_style_sheet() -> None:
    game = StrategicGame.bimatrix([[1, 0]], [[0, 1]], {HOSTILE: ("'\"&",), "B": (HOSTILE, "<b>")})
    shown = game._repr_html_()
    assert not re.search(r"<(style|svg|script|b)\b", shown)
    assert shown.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 2
    assert "&#x27;&quot;&amp;" in shown
    assert re.findall(r"<strong><u>([^<]*)</u></strong>", shown) == ["1", "0", "1"]
    assert "1*" in str(game)
    assert "on" not in {name.lower()[:2] for name in re.findall(r"\s([a-z]+)=", shown)}, "no event handlers"


def test_one_matrix_alone_makes_a_zero_sum_game() -> None:
    game = StrategicGame.bimatrix([["1/2", -1], [0, 3]])
    assert game == StrategicGame.bimatrix([["1/2", -1], [0, 3]], [["-1/2", 1], [0, -3]])
    with pytest.raises(InputError, match="must form a matrix"):
        StrategicGame.bimatrix([[1, 2], [3]])
    with pytest.raises(InputError, match="a payoff of the first player is the float"):
        StrategicGame.bimatrix([[0.5]])
