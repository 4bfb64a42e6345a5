"""Risk dominance in a stag hunt: Harsanyi & Selten (1988), A General Theory of Equilibrium Selection in Games.

Of two strict equilibria of a symmetric 2×2 game, the one with the greater product of the players' losses from
deviating risk-dominates the other.
"""

from fractions import Fraction

from games import StrategicGame, solve
from games.solvers.refinements.risk_dominant import nash_product

HUNT = StrategicGame.bimatrix([[9, 0], [8, 7]], [[9, 8], [0, 7]], {"One": ("Stag", "Hare"), "Other": ("Stag", "Hare")})


def test_the_mixed_equilibrium_hunts_the_stag_with_probability_seven_eighths() -> None:
    equilibria = solve(HUNT)
    assert (len(equilibria), equilibria.complete) == (3, True)
    (mixed,) = [e for e in equilibria if 1 not in e["One"].values()]
    assert mixed["One"] == mixed["Other"] == {"Stag": Fraction(7, 8), "Hare": Fraction(1, 8)}
    assert mixed.payoffs == {"One": Fraction(63, 8), "Other": Fraction(63, 8)}


def test_hare_risk_dominates_by_49_to_1() -> None:
    at, other = {a: (a, a) for a in ("Stag", "Hare")}, {"Stag": "Hare", "Hare": "Stag"}
    losses = {action: nash_product(HUNT, at[action], at[other[action]]) for action in at}
    assert losses == {"Stag": 1, "Hare": 49}
    best = max(solve(HUNT), key=lambda e: e.payoffs["One"])
    assert best["One"]["Stag"] == 1, "the payoff-dominant equilibrium is the other one"


def test_the_risk_dominant_one_is_the_limit_of_quantal_responses() -> None:
    """The branch from even mixtures on leads to hare; so does the selection by risk dominance."""
    (limit,) = solve(HUNT, "logit")
    assert limit["One"] == limit["Other"] == {"Stag": 0, "Hare": 1}
    (selected,) = solve(HUNT, "risk-dominant")
    assert selected.strategies == limit.strategies
