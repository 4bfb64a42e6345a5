"""One-sided crisis signalling after Schultz (1999), International Organization 53.

A government of unknown resolve challenges or not; the other side resists or yields; a challenger who is resisted fights
or backs down. A weak government backs down at a cost a; with worth 1 of the prize, w the other side's payoff from war
and mu the prior of a resolute government, the weak type bluffs with probability mu(−w)/(1−mu) and the other side
resists with probability 1/(1+a).
"""

from fractions import Fraction

from games import Chance, Decision, ExtensiveGame, Outcome, solve

A, W, MU = Fraction(1, 2), Fraction(-2, 5), Fraction(3, 10)


def government(resolute: bool) -> Decision:
    # The resolute type prefers war to backing down, the weak type backs down: its last choice is played out here.
    resisted = Outcome((Fraction(1, 10), W)) if resolute else Outcome((-A, 1))
    answer = Decision("Other", {"Resist": resisted, "Yield": Outcome((1, 0))}, "challenged")
    return Decision("Government", {"Challenge": answer, "Not": Outcome((0, 1))}, "resolute" if resolute else "weak")


CRISIS = ExtensiveGame(
    ("Government", "Other"), Chance({"resolute": (MU, government(True)), "weak": (1 - MU, government(False))})
)


def test_bluffing_and_resistance() -> None:
    found = solve(CRISIS, "sequential")
    mixed = [one for one in found if 0 < one["weak"]["Challenge"] < 1]
    assert len(mixed) == 1
    (one,) = mixed
    assert one["resolute"]["Challenge"] == 1
    assert one["challenged"]["Resist"] == 1 / (1 + A) == Fraction(2, 3)
    assert one["weak"]["Challenge"] == MU * -W / (1 - MU) == Fraction(6, 35)
    war = sum(o.probability for o in one.outcomes if o.path == ("resolute", "Challenge", "Resist"))
    assert war == Fraction(1, 5)
