"""Grim trigger in the repeated prisoner's dilemma: Friedman (1971), Review of Economic Studies 38.

Cooperation is subgame-perfect exactly if the discount factor is at least (T − R)/(T − P).
"""

from fractions import Fraction

import pytest
from sympy import symbols

from games import StrategicGame, solve
from games.forms.repeated import RepeatedGame, trigger_strategies
from games.solvers.repeated.grim_trigger import conditions

T, R, P, S, delta = symbols("T R P S delta")
ACTIONS = {"One": ("C", "D"), "Other": ("C", "D")}
BOTH, NEITHER = {"stage": ("C", "C")}, {"stage": ("D", "D")}


def repeated(t: object, r: object, p: object, s: object, patience: object) -> RepeatedGame:
    stage = StrategicGame.bimatrix([[r, s], [t, p]], [[r, t], [s, p]], ACTIONS)
    return RepeatedGame({"stage": stage}, dict.fromkeys(ACTIONS, patience))


@pytest.mark.parametrize(("patience", "count"), [("1/2", 2), ("499999/1000000", 1), ("0", 1), ("99/100", 2)])
def test_cooperation_needs_a_discount_factor_of_one_half(patience: str, count: int) -> None:
    found = solve(repeated(5, 3, 1, 0, patience))
    cooperating = [e for e in found if e.outcomes[0].path == ("stage: C, C",)]
    assert len(found) == count
    assert [e.payoffs["One"] for e in cooperating] == [3] * (count - 1)


def test_the_critical_discount_factor_as_a_formula() -> None:
    game = repeated(T, R, P, S, delta)
    agreed, after, *_ = conditions(game, trigger_strategies(game, BOTH, NEITHER))
    assert (agreed - (delta * (T - P) - (T - R))).expand() == 0
    assert after == P - S
    at = agreed.subs({T: 5, R: 3, P: 1})
    assert at.subs(delta, Fraction(1, 2)) == 0
