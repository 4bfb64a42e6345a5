"""The stationary war of attrition: Fudenberg & Tirole (1991), Game Theory, section 4.5.2.

In every round both players fight or quit. Who fights on alone wins a prize worth v to it, and the war is over; where
both fight, each pays a cost and the war goes on. Let p be the probability with which the rival quits in a round. To
fight is worth w = p v + (1 − p)(−c + δ max(w, 0)) from now on, to quit 0. Who mixes has w = 0, so that p v = (1 − p) c:
the rival quits with c/(c + v), whatever the discount factor. Who quits for sure makes the other one fight for sure,
since v > 0, and fighting against that is worth −c < 0. So there are three equilibria in play by state: one of the two
always fights while the other quits at once, or both mix, and then nobody gets anything.
"""

from fractions import Fraction
from typing import Any

import pytest

from games import StochasticGame, StrategicGame, solve

CHOICES = {"One": ("Fight", "Quit"), "Other": ("Fight", "Quit")}
CERTAIN = ({"Fight": 1, "Quit": 0}, {"Fight": 0, "Quit": 1})


def war(prizes: tuple[Any, Any], costs: tuple[Any, Any], factor: str) -> StochasticGame:
    fighting = StrategicGame(
        CHOICES,
        {
            ("Fight", "Fight"): tuple(-Fraction(cost) for cost in costs),
            ("Fight", "Quit"): (prizes[0], 0),
            ("Quit", "Fight"): (0, prizes[1]),
            ("Quit", "Quit"): (0, 0),
        },
    )
    over = StrategicGame({"One": ("wait",), "Other": ("wait",)}, {("wait", "wait"): (0, 0)})
    ends = {profile: {"over": 1} for profile in fighting.payoffs if profile != ("Fight", "Fight")}
    return StochasticGame({"war": fighting, "over": over}, {"war": ends}, factor)


@pytest.mark.parametrize("factor", ["0", "1/3", "9/10", "999/1000"])
@pytest.mark.parametrize(
    ("prizes", "costs"), [((2, 2), (1, 1)), (("7/2", 1), (1, 3)), (("1/10", 40), ("1/5", "1/7")), ((1, 1), (5, 5))]
)
def test_one_gives_in_at_once_or_both_quit_at_random(prizes: Any, costs: Any, factor: str) -> None:
    found = solve(war(prizes, costs, factor), "markov-perfect")
    quits = [Fraction(c) / (Fraction(c) + Fraction(v)) for v, c in zip(prizes, costs, strict=True)]
    # Each makes the other indifferent.
    both_mix = tuple({"Fight": 1 - p, "Quit": p} for p in reversed(quits))
    plays = [(one["One in war"], one["Other in war"]) for one in found]
    assert found.exact
    assert len(plays) == 3
    assert all(play in plays for play in (CERTAIN, CERTAIN[::-1], both_mix))
    paid = {plays.index(play): paid for play, paid in ((CERTAIN, (prizes[0], 0)), (both_mix, (0, 0)))}
    for number, (one, other) in paid.items():
        # As averages of a round.
        today = 1 - Fraction(factor)
        assert found[number].payoffs == {"One": today * Fraction(one), "Other": today * Fraction(other)}
