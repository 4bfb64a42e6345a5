"""Hawks and doves: Maynard Smith & Price (1973), Nature 246; the 2×2 form with value V and cost C of a fight."""

from fractions import Fraction
from typing import Any

import pytest
import sympy

from games import StrategicGame, solve
from games.cases import spelled
from games.solvers.evolution.evolutionarily_stable import cases as stable
from games.solvers.nash.nash import cases
from games.terms import Sign, conjuncts, every, sign, some, var

STRATEGIES = {"One": ("Hawk", "Dove"), "Other": ("Hawk", "Dove")}


def hawk_dove(V: Any, C: Any) -> StrategicGame:
    half = Fraction(1, 2)
    rows = [[(V - C) * half, V], [0, V * half]]
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


def test_the_probability_as_a_formula_solves_the_case_in_which_everybody_mixes() -> None:
    V, C = sympy.symbols("V C")
    both = spelled(("Hawk", "Dove"))
    found = cases(hawk_dove(var("V"), var("C")), [])
    shares = {"Hawk": V / C, "Dove": 1 - V / C}
    mixed = {f"probability of {action!r} at {who!r}": p for who in STRATEGIES for action, p in shares.items()}
    values = {"V": V, "C": C, **mixed, **{f"most {who}": V * (1 - V / C) / 2 for who in STRATEGIES}}
    equations = [
        condition
        for _, joined in found.case(dict.fromkeys(STRATEGIES, both))
        for condition in conjuncts(joined)
        if isinstance(condition, Sign) and condition.op == "=="
    ]
    assert len(equations) == 4
    assert all(sympy.simplify(condition.of.at(values)) == 0 for condition in equations)


def test_only_a_hawk_that_can_afford_the_fight_is_evolutionarily_stable() -> None:
    """Hawk is stable exactly if V ≥ C, at equality since it then is ahead against doves; Dove if 0 ≥ V."""
    V, C = var("V"), var("C")
    (choice,) = stable(hawk_dove(V, C), []).choices
    hawk, dove = choice.options["Hawk"].holds, choice.options["Dove"].holds
    assert hawk == every([sign(V - C, ">="), some([sign(V - C, ">"), sign(V, ">")])])
    assert dove == every([sign(-V, ">="), some([sign(-V, ">"), sign(C - V, ">")])])
    for value, cost, expected in ((3, 2, ["Hawk"]), (2, 2, ["Hawk"]), (2, 3, []), (0, 2, ["Dove"])):
        found = solve(hawk_dove(Fraction(value), Fraction(cost)), "evolutionarily-stable")
        assert [next(a for a, w in e["One"].items() if w) for e in found] == expected
        assert found.complete
