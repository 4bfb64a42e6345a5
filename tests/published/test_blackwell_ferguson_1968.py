"""The Big Match: Blackwell & Ferguson (1968), Annals of Mathematical Statistics 39; discounted, as in Shapley (1953).

Every day the second player picks 0 or 1 and the first predicts it, for 1 if right and 0 if wrong. But once the first
has predicted 1, that day's payoff is what it gets for ever. Whatever the weight λ = 1 − δ of today, the game is worth
1/2; the first predicts 1 with probability λ/(1+λ), the second picks either with 1/2.
"""

from fractions import Fraction

import pytest

from games import StrategicGame
from games.forms.stochastic import StochasticGame
from games.solvers.repeated.discounted_value import value_of

DAYS = ("0", "1")


def big_match(today: Fraction) -> StochasticGame:
    stage = StrategicGame(
        {"First": DAYS, "Second": DAYS},
        {(said, picked): (int(said == picked), -int(said == picked)) for said in DAYS for picked in DAYS},
    )
    ends = {
        name: StrategicGame({"First": ("wait",), "Second": ("wait",)}, {("wait", "wait"): (paid, -paid)})
        for name, paid in (("right for ever", 1), ("wrong for ever", 0))
    }
    moves = {("1", "1"): {"right for ever": 1}, ("1", "0"): {"wrong for ever": 1}}
    return StochasticGame({"open": stage, **ends}, {"open": moves}, 1 - today)


@pytest.mark.parametrize("today", ["1", "1/2", "1/3", "1/10", "1/100", "1/1000", "3/7"])
def test_the_big_match_is_worth_one_half_for_every_discounting(today: str) -> None:
    weight = Fraction(today)
    found = value_of(big_match(weight))
    assert found.exact
    assert found.values == {"open": Fraction(1, 2), "right for ever": 1, "wrong for ever": 0}
    assert found.strategies["open"] == {
        "First": {"0": 1 / (1 + weight), "1": weight / (1 + weight)},
        "Second": {"0": Fraction(1, 2), "1": Fraction(1, 2)},
    }
