"""Repeated games with states: what they hold, and what they refuse."""

from fractions import Fraction
from typing import Any

import pytest
from sympy import symbols

from games import InputError, StrategicGame, solve
from games.forms.repeated import AGREED, BREACH, RepeatedGame, key, trigger_plans, trigger_strategies

delta, epsilon = symbols("delta epsilon")

DILEMMA = StrategicGame.bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]], {"A": ("C", "D"), "B": ("C", "D")})
IDLE = StrategicGame.bimatrix([[1]], [[2]], {"A": ("wait",), "B": ("wait",)})
GAME = RepeatedGame(
    {"calm": DILEMMA, "war": IDLE},
    {"A": "9/10", "B": "4/5"},
    {
        "calm": {
            profile: {"calm": "1/2", "war": "1/2"} if profile == ("D", "D") else {"calm": 1}
            for profile in DILEMMA.profiles
        },
        "war": {"calm": "1/4", "war": "3/4"},
    },
)
FOREVER = RepeatedGame({"stage": DILEMMA}, {"A": delta, "B": delta})


def test_what_is_left_out_is_filled_in() -> None:
    assert FOREVER.start == "stage"
    assert FOREVER.transitions == {"stage": {profile: {"stage": 1} for profile in DILEMMA.profiles}}
    assert GAME.transitions["war"] == {("wait", "wait"): {"calm": Fraction(1, 4), "war": Fraction(3, 4)}}
    assert GAME.transitions["calm"]["C", "D"] == {"calm": 1}
    assert (GAME.players, GAME.states, GAME.start) == (("A", "B"), ("calm", "war"), "calm")


def test_entries_are_discounts_then_payoffs_and_odds_by_state() -> None:
    half, quarter = Fraction(1, 2), Fraction(1, 4)
    assert GAME.entries == (
        *(Fraction(9, 10), Fraction(4, 5)),
        *(3, 3, 0, 5, 5, 0, 1, 1),
        *(1, 1, 1, half, half),
        *(1, 2),
        *(quarter, 3 * quarter),
    )
    assert GAME.with_entries(GAME.entries) == GAME
    assert not FOREVER.is_exact
    assert FOREVER.with_entries([delta, delta, *DILEMMA.entries, 1, 1, 1, 1]) == FOREVER
    with pytest.raises(InputError, match="18 entries are given; the game has 19"):
        GAME.with_entries(GAME.entries[1:])


def test_plans_and_their_paths() -> None:
    plans = list(GAME.plans)
    assert len(plans) == GAME.plan_count == 4
    assert [GAME.path(plan) for plan in plans[:2]] == [
        ("calm: C, C", "war: wait, wait"),
        ("calm: C, D", "war: wait, wait"),
    ]


def test_trigger_strategies_and_back() -> None:
    agreement, _, _, threat = GAME.plans
    strategies = trigger_strategies(GAME, agreement, threat)
    assert strategies[key("A", AGREED, "calm")] == {"C": 1, "D": 0}
    assert strategies["A, after a breach: calm"] == {"C": 0, "D": 1}
    assert trigger_plans(GAME, strategies) == (agreement, threat)
    mixed = {**strategies, key("B", BREACH, "calm"): {"C": Fraction(1, 2), "D": Fraction(1, 2)}}
    with pytest.raises(InputError, match="one action for 'B, after a breach: calm'"):
        trigger_plans(GAME, mixed)


def test_the_table_shows_rounds_and_odds() -> None:
    text = str(GAME)
    assert "Discount factors: A 0.9, B 0.8" in text
    assert "calm 0.5, war 0.5" in text
    assert "<table" in GAME._repr_html_()
    assert "delta" in str(FOREVER)


BAD: list[tuple[dict[str, Any], str]] = [
    ({"stages": {}}, "the list of states is empty"),
    ({"discounts": {"A": 1, "B": 0}}, "the discount factor of A is 1; it must be at least 0 and below 1"),
    ({"discounts": {"A": "-1/2", "B": 0}}, "the discount factor of A is -1/2"),
    ({"discounts": {"A": 0.5, "B": 0}}, "is not exact"),
    ({"discounts": {"A": "1/2"}}, "give one for A, B"),
    ({"start": "peace"}, "the game starts in 'peace', which is no state; these are calm, war"),
    ({"transitions": {"peace": {"calm": 1}}}, "'peace' is no state"),
    ({"transitions": {"war": {"peace": 1}}}, "'peace', a next state from war after wait, wait, is no state"),
    ({"transitions": {"war": {"calm": "1/2"}}}, "the odds from war after wait, wait sum to 1/2; they must sum to 1"),
    ({"transitions": {"war": {"calm": 2, "war": -1}}}, "which is not between 0 and 1"),
    ({"transitions": {"war": {"calm": epsilon, "war": epsilon}}}, r"sum to 2\*epsilon; they must sum to 1 whatever"),
    ({"transitions": {"war": 3}}, "give a dictionary"),
    ({"transitions": {"calm": {("C", "C"): {"calm": 1}}}}, "no transition is given from calm after C, D"),
    ({"transitions": {"calm": {("C", "C"): {"calm": 1}, ("C", "X"): {}}}}, "which is no profile"),
    ({"stages": {"calm": DILEMMA, "war": StrategicGame({"A": ("x",)}, {("x",): (1,)})}}, "they must be the same"),
]


@pytest.mark.parametrize(("changed", "message"), BAD, ids=[message for _, message in BAD])
def test_what_is_no_repeated_game_is_refused_in_one_line(changed: dict[str, Any], message: str) -> None:
    given: dict[str, Any] = {"stages": {"calm": DILEMMA, "war": IDLE}, "discounts": {"A": 0, "B": 0}}
    with pytest.raises(InputError, match=message) as error:
        RepeatedGame(**{**given, **changed})
    assert "\n" not in str(error.value)


def test_only_concepts_of_repeated_games_apply() -> None:
    with pytest.raises(InputError, match="does not apply to a repeated game; those that do are grim-trigger"):
        solve(GAME, "nash")
    with pytest.raises(InputError, match=r"free parameters \(delta\)"):
        solve(FOREVER)
