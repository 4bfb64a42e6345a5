"""Grim trigger in the repeated prisoner's dilemma: Friedman (1971), Review of Economic Studies 38.

Cooperation is subgame-perfect exactly if the discount factor is at least (T − R)/(T − P).
"""

import pytest

from games import StrategicGame, solve
from games.forms.repeated import AGREED, BREACH, RepeatedGame, key
from games.play.quantities import Chosen
from games.solvers.repeated.grim_trigger import cases
from games.terms import every, poly, sign, var

T, R, P, S, delta = map(var, ("T", "R", "P", "S", "delta"))
ACTIONS = {"One": ("C", "D"), "Other": ("C", "D")}


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
    """The case in which both cooperate until someone defects, and defect ever after."""
    kept = [Chosen({key(who, AGREED, "stage"): "C"}) for who in ACTIONS]
    broken = [Chosen({key(who, BREACH, "stage"): "D"}) for who in ACTIONS]
    found = cases(repeated(T, R, P, S, delta), [*kept, *broken])
    holding = []
    for taken in found.expanded():
        given = found.given(taken)
        if all(found.values[quantity].put(given) == poly(1) for quantity in (*kept, *broken)):
            holding.append(every(condition for _, condition in found.case(taken)))
    # The discount factor is less than 1.
    assert holding == [every([sign((1 - delta) * (P - S), ">="), sign(delta * (T - P) - (T - R), ">=")])]
