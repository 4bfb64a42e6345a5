"""One-sided crisis signalling, after Schultz (1999), International Organization 53, "Do democratic institutions
constrain or inform?"

A challenger, whose resolve only it knows, may threaten; a target that resists finds out whether it meant it. Backing
down costs the challenger a, and war gives the target w < 0 where the good it may keep is worth 1. If the challenger is
strong with probability μ, the weak type bluffs with probability μ(−w)/(1−μ) and the target resists with 1/(1+a): the
first leaves the target, the second the weak challenger indifferent. These closed forms were derived from the game
below, which is solved here.
"""

from fractions import Fraction

import pytest

from games import Chance, Decision, Equilibria, ExtensiveGame, Outcome, solve
from games.classics.crisis_signalling import MODEL, THREATENED

CASES = [("1/2", "-2/5", "3/10"), ("3", "-1/10", "2/3"), ("1/10", "-9/10", "1/3")]


def crisis(a: Fraction, w: Fraction, mu: Fraction, settled: bool = False) -> ExtensiveGame:
    """The weak type would rather back down than fight, the strong one rather fight than leave things as they are.

    If the last choice is ``settled``, it is no choice any more: each type does what it would rather do.
    """

    def challenger(kind: str, war: Fraction) -> Decision:
        fight, back_down = Outcome((war, w)), Outcome((-a, 1))
        tested: Decision | Outcome = Decision(
            "Challenger", {"fight": fight, "back down": back_down}, f"{kind} after resistance"
        )
        if settled:
            tested = fight if kind == "strong" else back_down
        threat = Decision("Target", {"resist": tested, "concede": Outcome((1, 0))}, "threatened")
        return Decision("Challenger", {"threaten": threat, "accept": Outcome((0, 1))}, kind)

    types = {"strong": (mu, challenger("strong", Fraction(1, 5))), "weak": (1 - mu, challenger("weak", -a - 1))}
    return ExtensiveGame(("Challenger", "Target"), Chance(types))


def solved(a: str, w: str, mu: str, concept: str) -> Equilibria:
    return solve(crisis(Fraction(a), Fraction(w), Fraction(mu)), concept)


@pytest.mark.parametrize("concept", ["sequential", "perfect-bayesian", "subgame-perfect"])
def test_the_published_instance(concept: str) -> None:
    equilibria = solved("1/2", "-2/5", "3/10", concept)
    assert (len(equilibria), equilibria.complete, equilibria.exact) == (1, True, True)
    (equilibrium,) = equilibria
    assert round(float(equilibrium["threatened"]["resist"]), 10) == 0.6666666667
    assert round(float(equilibrium["weak"]["threaten"]), 10) == 0.1714285714
    war = sum(outcome.probability for outcome in equilibrium.outcomes if outcome.path[-1] == "fight")
    assert war == Fraction(1, 5)


@pytest.mark.parametrize(("a", "w", "mu"), CASES)
def test_the_closed_forms_hold_wherever_the_weak_type_bluffs_at_times(a: str, w: str, mu: str) -> None:
    cost, loss, strong = Fraction(a), Fraction(w), Fraction(mu)
    bluff = strong * -loss / (1 - strong)
    assert 0 < bluff < 1
    equilibria = solved(a, w, mu, "sequential")
    assert (len(equilibria), equilibria.complete) == (1, True)
    (equilibrium,) = equilibria
    assert equilibrium["threatened"] == {"resist": 1 / (1 + cost), "concede": cost / (1 + cost)}
    assert equilibrium["weak"] == {"threaten": bluff, "accept": 1 - bluff}
    assert equilibrium["strong"] == {"threaten": 1, "accept": 0}
    assert equilibrium["strong after resistance"]["fight"] == equilibrium["weak after resistance"]["back down"] == 1
    believed = equilibrium.beliefs["threatened"]
    assert believed[("strong", "threaten")] == strong / (strong + (1 - strong) * bluff)
    war = sum(outcome.probability for outcome in equilibrium.outcomes if outcome.path[-1] == "fight")
    assert war == strong / (1 + cost)


def test_the_model_of_the_catalog_is_this_game() -> None:
    (only,) = solve(MODEL.at(a="1/2", w="-2/5", mu="3/10"), "sequential")
    assert only[THREATENED]["Resist"] == Fraction(2, 3)
    assert only["Unresolved"]["Threaten"] == Fraction(6, 35)
    assert sum(end.probability for end in only.outcomes if end.path[-1] == "Fight") == Fraction(1, 5)


def test_settling_the_last_choice_in_advance_changes_nothing() -> None:
    instance = (Fraction("1/2"), Fraction("-2/5"), Fraction("3/10"))
    (whole,) = solve(crisis(*instance), "sequential")
    (short,) = solve(crisis(*instance, settled=True), "sequential")
    assert all(short[name] == whole[name] for name in ("strong", "weak", "threatened"))
    assert short.payoffs == whole.payoffs


def test_a_challenger_that_is_likely_strong_is_never_resisted_for_sure() -> None:
    """With μ(−w) > 1−μ the target would rather concede than resist even if every weak type threatened."""
    for equilibrium in solved("1/2", "-2/5", "4/5", "sequential"):
        assert equilibrium["threatened"]["concede"] == 1
        assert equilibrium["weak"]["threaten"] == equilibrium["strong"]["threaten"] == 1


def test_higher_audience_costs_make_threats_more_believed_and_wars_rarer() -> None:
    wars = []
    for a in ("1/10", "1", "2"):
        (equilibrium,) = solved(a, "-2/5", "3/10", "subgame-perfect")
        wars.append(sum(outcome.probability for outcome in equilibrium.outcomes if outcome.path[-1] == "fight"))
    assert wars == sorted(wars, reverse=True)
    assert len(set(wars)) == len(wars)
