"""Games go to Nashpy as floats and come back as the decimals that the floats were typed as."""

from fractions import Fraction

import nashpy
import numpy as np
import pytest
from sympy import symbols

from games import InputError, StrategicGame
from games.formats.nashpy import from_nashpy, to_nashpy

LABELS = {"Japan": ("Sanction", "Abstain"), "Russia": ("Retaliate", "Ignore", "Yield")}
GAME = StrategicGame.bimatrix([["0.1", 2, "-3/4"], [0, 1, "1e20"]], [[3, "0.3", 0], [-1, "2.5", 7]], LABELS)


def test_there_and_back() -> None:
    sent = to_nashpy(GAME)
    assert [matrix.dtype for matrix in sent.payoff_matrices] == [float, float]
    assert sent.payoff_matrices[0].tolist() == [[0.1, 2.0, -0.75], [0.0, 1.0, 1e20]]
    assert from_nashpy(sent, LABELS) == GAME


def test_a_float_is_read_as_its_shortest_decimal() -> None:
    for kind in (np.float64, np.float32):
        game = from_nashpy(nashpy.Game(np.array([[0.1]], dtype=kind), np.array([[0.3]], dtype=kind)))
        assert game.entries == (Fraction(1, 10), Fraction(3, 10))


def test_integers_stay_exact_and_players_are_row_and_column() -> None:
    game = from_nashpy(nashpy.Game([[2**60 + 1, 0]], [[1, -1]]))
    assert game == StrategicGame.bimatrix([[2**60 + 1, 0]], [[1, -1]])
    assert from_nashpy(nashpy.Game([[1, 2]])).matrix("Column") == [[-1, -2]]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), True, 1j])
def test_what_is_no_payoff_is_refused(value: object) -> None:
    with pytest.raises(InputError, match="payoff of the row player"):
        from_nashpy(nashpy.Game([[value]], [[1]]))


def test_games_that_do_not_fit_are_refused() -> None:
    with pytest.raises(InputError, match="two players"):
        to_nashpy(StrategicGame({"A": ("a",)}, {("a",): (1,)}))
    with pytest.raises(InputError, match="formulas"):
        to_nashpy(StrategicGame.bimatrix([[symbols("x")]], [[1]]))
    with pytest.raises(InputError, match="range of a float"):
        to_nashpy(StrategicGame.bimatrix([[Fraction(10**400)]], [[1]]))
    with pytest.raises(InputError, match="matrices"):
        from_nashpy(nashpy.Game(np.zeros((1, 1, 2)), np.zeros((1, 1, 2))))
    with pytest.raises(InputError, match="labels"):
        from_nashpy(to_nashpy(GAME), {"Japan": ["a"], "Russia": ["b"]})
