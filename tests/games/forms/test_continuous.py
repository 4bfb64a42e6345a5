"""Games of continuous choice: how they are given, read off formulas, shown and refused."""

from fractions import Fraction
from typing import Any

import pytest
import sympy

from games import ContinuousGame, InputError
from games.forms.continuous import BETWEEN, HIGHEST, LOWEST, MOST_PLAYERS, Interval
from games.solvers.concept import solve

x, y, a, b = sympy.symbols("x y a b")
UNIT = {"A": (x, 0, 1), "B": (y, 0, 1)}


def duopoly() -> ContinuousGame:
    return ContinuousGame.of(UNIT, {"A": (1 - x - y) * x, "B": (1 - x - y) * y})


def test_the_coefficients_are_those_of_the_formula() -> None:
    game = ContinuousGame.of({"A": (x, 0, a), "B": (y, -1, 1)}, {"A": (a - x - y) * x / b, "B": 3})
    assert game.payoffs == {"A": {(2, 0): -1 / b, (1, 1): -1 / b, (1, 0): a / b}, "B": {(0, 0): 3}}
    assert game.entries == (0, a, -1, 1, -1 / b, -1 / b, a / b, 3)
    assert not game.is_exact
    assert game.with_entries(game.entries) == game


def test_a_polynomial_of_sympy_is_read_too() -> None:
    read = {player: sympy.Poly(sympy.expand((1 - x - y) * own), x, y) for player, own in (("A", x), ("B", y))}
    assert ContinuousGame.of(UNIT, read) == duopoly()
    with pytest.raises(InputError, match="is a polynomial in y"):
        ContinuousGame.of(UNIT, {"A": sympy.Poly(y, y), "B": 0})


def test_payoffs_and_degrees() -> None:
    game = duopoly()
    assert game.payoff((Fraction(1, 3), Fraction(1, 2)), "A") == Fraction(1, 18)
    assert game.along((Fraction(5), Fraction(1, 2)), "A") == [0, Fraction(1, 2), -1]
    assert game.degree("A") == 2
    assert [game.position("A", at) for at in (0, Fraction(1, 7), 1)] == [LOWEST, BETWEEN, HIGHEST]


def test_what_may_happen_is_where_the_choices_lie() -> None:
    game = duopoly()
    assert game.places == {"A": (LOWEST, BETWEEN, HIGHEST), "B": (LOWEST, BETWEEN, HIGHEST)}
    assert len(set(game.paths)) == 9
    game.check_path((LOWEST, HIGHEST))
    with pytest.raises(InputError, match="is no outcome"):
        game.check_path((LOWEST, "anywhere"))


def test_a_game_is_shown_with_its_formulas() -> None:
    shown = repr(ContinuousGame.of({"A": (x, 0, a), "B": (y, -1, "3/2")}, {"A": a * x - x**2 * y / 3, "B": -y}))
    assert "A       x" in shown
    assert "−1/3·x^2·y" in shown
    assert "a·x" in shown
    assert "(a − b)·x".replace("−", "-") in repr(ContinuousGame.of({"A": (x, 0, 1)}, {"A": (a - b) * x}))
    assert "−a·x" in repr(ContinuousGame.of({"A": (x, 0, 1)}, {"A": -a * x}))
    assert "−y" in shown
    assert "1.5" in repr(duopoly().with_entries([0, "3/2", *duopoly().entries[2:]]))
    answers = repr(solve(duopoly()))
    assert "A: x" in answers
    assert "1/3" in answers


@pytest.mark.parametrize(
    ("choices", "payoffs", "message"),
    [
        ({"A": (x, 1, 1)}, {"A": x}, "goes from 1 to 1; the second must be the greater"),
        ({"A": (x, 0, 1)}, {"A": 1 / x}, "no polynomial in x"),
        ({"A": (x, 0, 1)}, {"A": sympy.Max(x, a)}, "no polynomial in x"),
        ({"A": (x, 0, 1)}, {"A": x * sympy.Float("0.5")}, "is a float"),
        ({"A": (x, 0, 1)}, {"A": "x**2"}, "is the text"),
        ({"A": (x, 0, 1)}, {"A": x**17}, "has the degree 17"),
        ({"A": (x, 0, 1), "B": (x, 0, 1)}, {"A": x, "B": x}, "label 'x' twice"),
        ({"A": (x, 0, 1)}, {"B": x}, "payoffs are given for B"),
        ({"A": (x, 0, 0.5)}, {"A": x}, "is the float 0.5"),
    ],
)
def test_what_is_no_game_is_refused(choices: Any, payoffs: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        ContinuousGame.of(choices, payoffs)


def test_what_is_no_game_is_refused_in_parts() -> None:
    unit = {"A": Interval("x", 0, 1)}
    many = {f"P{k}": Interval(f"x{k}", 0, 1) for k in range(MOST_PLAYERS + 1)}
    with pytest.raises(InputError, match=f"at most {MOST_PLAYERS}"):
        ContinuousGame(many, {player: {} for player in many})
    with pytest.raises(InputError, match="give 1 whole numbers"):
        ContinuousGame(unit, {"A": {(1, 0): 1}})
    with pytest.raises(InputError, match="give a coefficient by powers"):
        ContinuousGame(unit, {"A": 3})  # type: ignore[dict-item]
    with pytest.raises(InputError, match="give an Interval"):
        ContinuousGame({"A": (0, 1)}, {"A": {(1,): 1}})  # type: ignore[dict-item]
