"""Payoffs of the repeated prisoner's dilemma by discount factor: Stahl (1991), Games and Economic Behavior 3.

Payoffs are (1, 1) if both cooperate, (0, 0) if both defect, and 1 + g to who defects alone, −l to who cooperates alone;
0 < l, 0 < g < 1 + l, so that cooperation is efficient. Both can guarantee themselves 0, which (0, 0) for ever pays. So
a profile is enforced by promises of (1 − δ)/δ times the gains: of g to both for (1, 1), of l to the one who cooperates.

The feasible payoffs of at least 0 are the hull of (0, 0), (1, 1), (x, 0) and (0, x), x = (1 + g + l)/(1 + l). Promising
(1, 1) itself, (1, 1) is enforced if δ ≥ g/(1 + g). A point on the side from (1, 1) to (x, 0) is what defecting alone
pays now together with a point of that side; (x, 0) needs the promise (1 − δ) l/δ to the other, which is just enough to
enforce it and lies on the side if it is at most 1, or δ ≥ l/(1 + l). So the set is all of these payoffs (with a public
lottery) if δ ≥ max(g, l)/(1 + max(g, l)).

Let g ≥ l and δ < l/(1 + l). Then (1, 1) is not enforced: it needs promises of more than 1 to both. Whoever cooperates
alone needs a promise of more than 1, but the sum of payoffs without cooperation by both is at most 1 + g − l. With
g = l that leaves less than 0 for the other; so then nothing but (0, 0) is an equilibrium payoff. Sorin (1986),
Mathematics of Operations Research 11, has the sets for great δ.
"""

from fractions import Fraction
from typing import Any

import pytest

from games import RepeatedGame, StrategicGame
from games.solvers.repeated.payoff_set import payoff_set


def dilemma(g: Fraction, l: Fraction, factor: Any) -> RepeatedGame:  # noqa: E741
    rows: Any = [[1, -l], [1 + g, 0]]
    columns: Any = [[1, 1 + g], [-l, 0]]
    stage = StrategicGame.bimatrix(rows, columns, {"One": ("C", "D"), "Other": ("C", "D")})
    return RepeatedGame({"round": stage}, {"One": factor, "Other": factor})


@pytest.mark.parametrize(("g", "l"), [("1/2", "1/2"), ("1", "1/4"), ("1/3", "2"), ("3/2", "3/2")])
@pytest.mark.parametrize("more", ["0", "1/100", "1/5"])
def test_patience_makes_every_rational_payoff_an_equilibrium(g: str, l: str, more: str) -> None:  # noqa: E741
    gain, loss = Fraction(g), Fraction(l)
    greatest = max(gain, loss)
    factor = min(greatest / (1 + greatest) + Fraction(more), Fraction(99, 100))
    found = payoff_set(dilemma(gain, loss, factor))
    x = (1 + gain + loss) / (1 + loss)
    assert found.is_exact
    assert set(found.vertices) == {(0, 0), (1, 1), (x, 0), (0, x)}
    assert found.minmax == {"One": 0, "Other": 0}


@pytest.mark.parametrize("gain", [Fraction(1, 2), Fraction(1), Fraction(4)])
@pytest.mark.parametrize("less", [Fraction(1, 10**6), Fraction(1, 20)])
def test_below_the_threshold_both_defect(gain: Fraction, less: Fraction) -> None:
    factor = gain / (1 + gain) - less
    for lottery in (True, False):
        found = payoff_set(dilemma(gain, gain, factor), lottery)
        assert found.inner == ((0, 0),)
        assert found.is_exact
        assert found.contains((1, 1)) is False


def test_without_a_lottery_the_corners_are_the_same() -> None:
    """(0, 0) and (1, 1) for ever pay so; the corner (x, 0) needs a path of its own, which nothing excludes."""
    found = payoff_set(dilemma(Fraction(1, 2), Fraction(1, 2), "3/5"), public_randomisation=False)
    assert found.contains((0, 0)) is True
    assert found.contains((1, 1)) is True
    assert found.contains(("4/3", 0)) is not False
    assert not found.is_exact
    assert found.distance is not None
    assert found.distance < Fraction(1, 10)
