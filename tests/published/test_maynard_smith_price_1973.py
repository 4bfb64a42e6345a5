"""Hawks and doves: Maynard Smith & Price (1973), Nature 246; the 2×2 form with value V and cost C of a fight."""

from fractions import Fraction
from typing import Any

import pytest
import sympy

from games import StrategicGame, solve
from games.solvers.nash.pure_nash import conditions

STRATEGIES = {"One": ("Hawk", "Dove"), "Other": ("Hawk", "Dove")}


def hawk_dove(V: Any, C: Any) -> StrategicGame:
    rows = [[(V - C) / 2, V], [0, V / 2]]
    return StrategicGame.bimatrix(rows, [[rows[j][i] for j in range(2)] for i in range(2)], STRATEGIES)


@pytest.mark.parametrize(
    ("V", "C", "hawks", "payoff"), [("2", "5", "0.4", "0.6"), ("1", "3", "1/3", "1/3"), ("7", "8", "7/8", "7/16")]
)
def test_the_symmetric_equilibrium_plays_hawk_with_probability_value_over_cost(
    V: str, C: str, hawks: str, payoff: str
) -> None:
    game = hawk_dove(Fraction(V), Fraction(C))
    equilibria = solve(game)
    assert (len(equilibria), equilibria.complete) == (3, True)
    (symmetric,) = [e for e in equilibria if dict(e["One"]) == dict(e["Other"])]
    assert symmetric["One"]["Hawk"] == Fraction(hawks)
    assert symmetric.payoffs == {"One": Fraction(payoff), "Other": Fraction(payoff)}
    others = {(e["One"]["Hawk"], e["Other"]["Hawk"]) for e in equilibria if e is not symmetric}
    assert others == {(1, 0), (0, 1)}


def test_a_cheap_fight_makes_everybody_a_hawk() -> None:
    equilibria = solve(hawk_dove(Fraction(5), Fraction(2)))
    assert [(e["One"]["Hawk"], e["Other"]["Hawk"]) for e in equilibria] == [(1, 1)]


def test_the_probability_as_a_formula_solves_the_conditions() -> None:
    V, C = sympy.symbols("V C")
    half = {"Hawk": V / C, "Dove": 1 - V / C}
    for condition in conditions(hawk_dove(V, C), {"One": half, "Other": half}):
        assert sympy.simplify(condition) == 0
