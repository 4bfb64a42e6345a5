"""The bargaining range and the causes of war: Fearon (1995), International Organization 49.

A proposes a division of a pie of one or fights; B accepts or fights. Fighting gives A the pie with probability p, less
its cost. With p = 1/2 and both costs 1/10 every division between 0.4 and 0.6 is better for both than war.
"""

from fractions import Fraction

import pytest

from games import Decision, Equilibria, ExtensiveGame, Outcome, solve
from games.classics import preventive_war
from games.classics.crisis_bargaining import MODEL
from games.forms.extensive import Node

HALF, COST = Fraction(1, 2), Fraction(1, 10)


def crisis(menu: tuple[str, ...]) -> Equilibria:
    war = Outcome((HALF - COST, HALF - COST))
    offers: dict[str, Node] = {
        share: Decision("B", {"Accept": Outcome((Fraction(share), 1 - Fraction(share))), "Fight": war})
        for share in menu
    }
    return solve(ExtensiveGame(("A", "B"), Decision("A", {**offers, "Fight": war})))


def shares_kept_in_peace(menu: tuple[str, ...]) -> set[str]:
    return {e.outcomes[0].path[0] for e in crisis(menu) if e.outcomes[0].path[-1] == "Accept"}


@pytest.mark.parametrize("menu", [("0", "1"), ("0", "0.36", "1")], ids=str)
def test_without_a_division_in_the_range_there_is_war(menu: tuple[str, ...]) -> None:
    assert shares_kept_in_peace(menu) == set()
    assert {e.payoffs["A"] for e in crisis(menu)} == {Fraction(2, 5)}


def test_one_division_in_the_range_keeps_the_peace() -> None:
    menu = ("0", "0.45", "1")
    assert shares_kept_in_peace(menu) == {"0.45"}
    (equilibrium,) = crisis(menu)
    assert equilibrium.payoffs == {"A": Fraction(9, 20), "B": Fraction(11, 20)}


def test_the_divisions_that_keep_the_peace_are_those_of_the_range() -> None:
    """Each alone on the menu: acceptable to B up to 0.6, preferred to war by A from 0.4 on."""
    for hundredths in range(101):
        share = f"{hundredths}/100"
        assert bool(shares_kept_in_peace((share,))) == (40 <= hundredths <= 60), share


@pytest.mark.parametrize(
    ("low", "high", "kept", "war"),
    [("0", "0.4", "0.65", "0.375"), ("0.1", "0.5", "0.7", "0.25")],
)
def test_a_demand_against_a_private_cost_of_war_weighs_risk_against_return(
    low: str, high: str, kept: str, war: str
) -> None:
    """B's cost uniform between the bounds: p + (high − c_A)/2, derived from the game and found here by the solver."""
    game = MODEL.at(p=HALF, c_A=COST, c_low=low, c_high=high)
    assert isinstance(game, ExtensiveGame)
    (only,) = solve(game)
    ends = [(end.probability, end.path[-1], game.outcomes[end.path].payoffs[0]) for end in only.outcomes]
    assert {payoff for _, answer, payoff in ends if answer == "Accept"} == {Fraction(kept)}
    assert sum(probability for probability, answer, _ in ends if answer == "Fight") == Fraction(war)


def test_power_that_shifts_too_far_is_fought_before_it_shifts() -> None:
    """δ = .9, p₁ = .3, c_B = .5: from p₂ = 61/180 on the declining side fights, who cannot be promised restraint."""
    threshold = Fraction(61, 180)
    assert round(float(threshold), 10) == 0.3388888889
    for p_2, expected in (
        (threshold - Fraction(1, 10**9), {"Settle later"}),
        (threshold, {"Settle later", "Fight"}),
        (threshold + Fraction(1, 10**9), {"Fight"}),
    ):
        found = solve(preventive_war.MODEL.at(delta="9/10", p_1="3/10", c_B="1/2", p_2=p_2))
        assert {end.path[-1] for one in found for end in one.outcomes} == expected
