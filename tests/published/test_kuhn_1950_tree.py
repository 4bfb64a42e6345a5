"""Kuhn's poker as a tree: the first player loses 1/18 a hand (Kuhn 1950, Contributions to the Theory of Games)."""

from fractions import Fraction
from itertools import permutations

from games import Chance, Decision, ExtensiveGame, Outcome, solve
from games.forms.reduced import plans
from games.solvers.sequence_form import one_equilibrium


def hand(mine: int, yours: int) -> Decision:
    sign = 1 if mine > yours else -1

    def end(amount: int) -> Outcome:
        return Outcome((amount, -amount))

    called = Decision("1", {"fold": end(-1), "call": end(2 * sign)}, f"1 holds {mine}, has passed and sees a bet")
    return Decision(
        "1",
        {
            "pass": Decision("2", {"pass": end(sign), "bet": called}, f"2 holds {yours} and sees a pass"),
            "bet": Decision("2", {"fold": end(1), "call": end(2 * sign)}, f"2 holds {yours} and sees a bet"),
        },
        f"1 holds {mine}",
    )


POKER = ExtensiveGame(("1", "2"), Chance({f"{a} and {b}": ("1/6", hand(a, b)) for a, b in permutations((1, 2, 3), 2)}))


def test_the_value_is_minus_one_eighteenth() -> None:
    for found in (one_equilibrium(POKER), solve(POKER, "nash")):
        assert found.exact
        assert {one.payoffs["1"] for one in found} == {Fraction(-1, 18)}


def test_the_game_has_27_and_64_reduced_strategies() -> None:
    assert (len(plans(POKER, "1")), len(plans(POKER, "2"))) == (27, 64)


def test_bluffing_and_slow_play_are_in_the_known_ratio() -> None:
    """With a in [0, 1/3] the chance to bluff, the king is bet with chance 3a and the queen calls with a + 1/3."""
    (one,) = one_equilibrium(POKER)
    a = one["1 holds 1"]["bet"]
    assert 0 <= a <= Fraction(1, 3)
    assert one["1 holds 3"]["bet"] == 3 * a
    assert one["1 holds 2, has passed and sees a bet"]["call"] == a + Fraction(1, 3)
    assert one["2 holds 2 and sees a bet"]["call"] == Fraction(1, 3)
    assert one["2 holds 1 and sees a pass"]["bet"] == Fraction(1, 3)
