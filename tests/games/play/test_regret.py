"""Regret, by hand."""

from fractions import Fraction

import pytest

from games import Chance, Decision, ExtensiveGame, InputError, Outcome, StrategicGame
from games.play.payoffs import strategy_payoffs
from games.play.regret import best_responses, regret

HALF = Fraction(1, 2)
BATTLE = StrategicGame.bimatrix([[3, 0], [0, 2]], [[2, 0], [0, 3]], {"She": ("o", "m"), "He": ("o", "m")})


def test_strategy_payoffs_against_a_mixture() -> None:
    mixed = {"She": {"o": Fraction(1, 4), "m": Fraction(3, 4)}, "He": {"o": HALF, "m": HALF}}
    assert strategy_payoffs(BATTLE, mixed, "She") == {"o": Fraction(3, 2), "m": 1}
    assert strategy_payoffs(BATTLE, mixed, "He") == {"o": HALF, "m": Fraction(9, 4)}
    assert best_responses(BATTLE, mixed, "She") == ("o",)
    assert best_responses(BATTLE, mixed, "He") == ("m",)


def test_regret_of_a_mixture() -> None:
    """She gets 1/4·3/2 + 3/4·1 = 9/8 and could have 3/2; he gets 1/2·1/2 + 1/2·9/4 = 11/8 and could have 9/4."""
    mixed = {"She": {"o": Fraction(1, 4), "m": Fraction(3, 4)}, "He": {"o": HALF, "m": HALF}}
    assert regret(BATTLE, mixed) == {"She": Fraction(3, 8), "He": Fraction(7, 8)}


def test_regret_of_a_miscoordination() -> None:
    missed = {"She": {"o": 1, "m": 0}, "He": {"o": 0, "m": 1}}
    assert regret(BATTLE, missed) == {"She": 2, "He": 2}


def test_a_strategy_left_out_has_no_weight() -> None:
    assert regret(BATTLE, {"She": {"o": 1}, "He": {"o": 1}}) == {"She": 0, "He": 0}


def test_all_ties_are_best_responses() -> None:
    game = StrategicGame.bimatrix([[1, 1], [1, 1]], [[0, 0], [0, 0]])
    assert best_responses(game, {"Row": {"1": 1}, "Column": {"1": 1}}, "Row") == ("1", "2")


def test_regret_among_three() -> None:
    """The majority wins 1 from the odd one out; C alone regrets, A and B each are in the majority."""
    labels = ("x", "y")
    payoffs = {
        (a, b, c): tuple(1 if [a, b, c].count(own) > 1 else -2 for own in (a, b, c))
        for a in labels
        for b in labels
        for c in labels
    }
    game = StrategicGame({"A": labels, "B": labels, "C": labels}, payoffs)
    assert regret(game, {"A": {"x": 1}, "B": {"x": 1}, "C": {"y": 1}}) == {"A": 0, "B": 0, "C": 3}


def entry(probability: object = HALF) -> ExtensiveGame:
    """The entrant stays out (0, 4) or enters; the incumbent fights (−2, −1) or shares (2, 1), or chance decides."""
    shared = Decision("Incumbent", {"Fight": Outcome((-2, -1)), "Share": Outcome((2, 1))})
    storm = Chance({"storm": (probability, Outcome((-4, 0))), "calm": (1 - Fraction(str(probability)), shared)})
    return ExtensiveGame(("Entrant", "Incumbent"), Decision("Entrant", {"Out": Outcome((0, 4)), "In": storm}))


def test_an_empty_threat_is_regretted_off_the_path() -> None:
    """Out against Fight is a Nash equilibrium, but in the subgame the incumbent would gain 1 − (−1) by sharing."""
    threat = {"Entrant at the start": {"Out": 1}, "Incumbent after In, calm": {"Fight": 1}}
    assert regret(entry(), threat) == {"Entrant": 0, "Incumbent": 2}


def test_regret_passes_through_a_chance_move() -> None:
    """Entering pays 1/4·(−4) + 3/4·2 = 1/2 against sharing, 1/4·(−4) + 3/4·(−2) = −5/2 against fighting."""
    game = entry(Fraction(1, 4))
    out = {"Entrant at the start": {"Out": 1}, "Incumbent after In, calm": {"Share": 1}}
    assert regret(game, out) == {"Entrant": HALF, "Incumbent": 0}
    into_a_fight = {"Entrant at the start": {"In": 1}, "Incumbent after In, calm": {"Fight": 1}}
    assert regret(game, into_a_fight) == {"Entrant": Fraction(5, 2), "Incumbent": 2}


def test_regret_counts_deviations_at_several_decisions_together() -> None:
    """Whoever plans to stop, and to leave had it gone on, gains 5 below by taking, and 4 from the start by both."""
    game = ExtensiveGame(
        ("A",),
        Decision("A", {"stop": Outcome((1,)), "go": Decision("A", {"take": Outcome((5,)), "leave": Outcome((0,))})}),
    )
    assert regret(game, {"A at the start": {"stop": 1}, "A after go": {"leave": 1}}) == {"A": 5}
    assert regret(game, {"A at the start": {"stop": 1}, "A after go": {"take": 1}}) == {"A": 4}
    assert regret(game, {"A at the start": {"go": 1}, "A after go": {"take": 1}}) == {"A": 0}


def test_mixing_among_unequal_actions_is_regretted() -> None:
    game = ExtensiveGame(("A",), Decision("A", {"x": Outcome((1,)), "y": Outcome((3,))}))
    assert regret(game, {"A at the start": {"x": HALF, "y": HALF}}) == {"A": 1}


def test_imperfect_information_is_refused() -> None:
    second = {k: Decision("B", {"l": Outcome((0, 0)), "r": Outcome((1, 1))}, "unseen") for k in "xy"}
    game = ExtensiveGame(("A", "B"), Decision("A", second))
    with pytest.raises(InputError, match="perfect information"):
        regret(game, {"A at the start": {"x": 1}, "unseen": {"l": 1}})
