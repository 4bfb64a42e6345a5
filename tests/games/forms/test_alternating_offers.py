"""The form of alternating offers: what it holds, what it refuses, and how it prints."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
import sympy

from games import AlternatingOffers, InputError, solve
from games.forms.alternating_offers import AGREEMENT, BREAKDOWN, DEADLINE, NEVER, REFUSED, WALKED

PATIENCE = {"Japan": "9/10", "Russia": "4/5"}
PLAIN = AlternatingOffers(("Japan", "Russia"), PATIENCE)
FULL = AlternatingOffers(
    ("Japan", "Russia", "Japan"),
    PATIENCE,
    4,
    2,
    "1/10",
    {"Japan": 0, "Russia": "-1/2"},
    {"Sanctions": {"Japan": "-1/10", "Russia": "-3/10"}, "None": {"Japan": 0, "Russia": 0}},
    "Japan",
    {"Japan": "1/5", "Russia": "1/4"},
    ("Russia",),
    {"Japan": "1/3"},
    {"Japan": 0, "Russia": 0},
)


def test_what_is_left_out_is_nothing() -> None:
    assert PLAIN.players == ("Japan", "Russia")
    assert list(PLAIN.states) == ["Japan proposes", "Russia proposes"]
    assert PLAIN.entries == (1, Fraction(9, 10), Fraction(4, 5), 0, 0, 0, 0, 0)
    assert dict(PLAIN.places) == dict.fromkeys(PLAIN.states, ("Acceptable offer", "Unacceptable offer"))
    assert list(PLAIN.paths) == [
        ("Japan proposes", AGREEMENT),
        ("Russia proposes", AGREEMENT),
        (BREAKDOWN,),
        (NEVER,),
    ]


def test_turns_come_over_and_over_until_the_last_round() -> None:
    assert list(FULL.states.values()) == ["Japan", "Russia", "Japan", "Japan"]
    assert [FULL.following(state) for state in FULL.states] == [*list(FULL.states)[1:], None]
    assert PLAIN.following("Russia proposes") == "Japan proposes"
    assert list(replace(FULL, rounds=None, deadline={}).states)[1:] == [
        "Turn 2: Russia proposes",
        "Turn 3: Japan proposes",
    ]


def test_only_who_may_walk_away_does() -> None:
    first, second, *_ = FULL.states
    assert list(FULL.places_in(first)) == [first, f"{first}; Russia refuses", f"{first}; talks go on"]
    assert list(FULL.places_in(second)) == [second, f"{second}; talks go on"]
    assert (first, WALKED) in FULL.paths
    assert (second, WALKED) not in FULL.paths
    assert (DEADLINE,) in FULL.paths


@pytest.mark.parametrize("game", [PLAIN, FULL])
def test_a_game_with_the_same_numbers_is_the_same_game(game: AlternatingOffers) -> None:
    assert game.with_entries(game.entries) == game
    with pytest.raises(InputError, match="entries are given"):
        game.with_entries(game.entries[1:])
    for equilibrium in solve(game):
        assert list(equilibrium.strategies) == list(game.places)
        assert all(list(mix) == list(game.places[place]) for place, mix in equilibrium.strategies.items())


def test_it_may_be_in_formulas() -> None:
    delta = sympy.Symbol("delta")
    game = AlternatingOffers(("A", "B"), {"A": delta, "B": delta})
    assert not game.is_exact
    assert game.with_entries([1, *2 * [Fraction(1, 2)], *5 * [0]]).is_exact
    assert "delta" in repr(game)
    with pytest.raises(InputError, match=r"free parameters \(delta\)"):
        solve(game)


def test_what_is_compared_about_it() -> None:
    assert list(PLAIN.payoff_differences()) == [1, 1, 0, 0]
    assert len(list(FULL.payoff_differences())) == 4 + 2 * (0 + 1 + 2 + 3)


@pytest.mark.parametrize(
    ("further", "message"),
    [
        ({"proposers": ()}, "0 proposers are given; give from 1 to 1000"),
        ({"proposers": ("Japan", "China")}, "proposers has 'China', who is no player; these are Japan, Russia"),
        ({"discounts": {"Japan": "11/10", "Russia": 0}}, "the discount factor of Japan is 11/10; it must be at least"),
        ({"discounts": {"Japan": 1, "Russia": 0}}, "the discount factor of Japan is 1 and talks neither break down"),
        ({"discounts": {"Japan": 0.9, "Russia": 0}}, "is the float 0.9"),
        ({"breakdown_risk": 2}, "the risk of breakdown is 2"),
        ({"breakdown": {"Japan": 1}}, "breakdown is .*; give one number for each of Japan, Russia"),
        ({"inside": {"A": {"Japan": 0, "Russia": 0}, "B": {"Japan": 0, "Russia": 0}}}, "somebody must choose"),
        ({"presser": "Japan"}, "there are 1 inside options and the presser is 'Japan'"),
        ({"leavers": ("Japan",)}, "Japan may walk away, but no outside option is given"),
        ({"outside": {"Japan": 0, "Russia": 0}, "leavers": ("China",)}, "leavers has 'China'"),
        ({"floors": {"China": 0}}, "floors has 'China'"),
        ({"rounds": 0}, "the number of rounds is '0'; give one from 1 to 1000, or none"),
        ({"rounds": True}, "the number of rounds is 'True'"),
        ({"deadline": {"Japan": 0, "Russia": 0}}, "a deadline is given, but no number of rounds"),
    ],
)
def test_what_does_not_fit_is_refused(further: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        replace(PLAIN, **further)


def test_a_deadline_must_be_given_where_inside_options_may_be_chosen() -> None:
    with pytest.raises(InputError, match="say by deadline what is paid after the last round"):
        replace(FULL, deadline={})


@pytest.mark.parametrize(
    ("path", "after", "message"),
    [
        (("Nowhere",), (), "'Nowhere' is no outcome; there are Japan proposes, Russia proposes"),
        ((), ("Nowhere",), "Nowhere is no history of a game of alternating offers"),
        ((AGREEMENT,), ("Japan proposes",), "payoffs are told after a state, or after it and 'Refused'"),
    ],
)
def test_unknown_histories_are_refused(path: tuple[str, ...], after: tuple[str, ...], message: str) -> None:
    PLAIN.check_path(("Japan proposes",))
    PLAIN.check_path((), ("Russia proposes", REFUSED))
    with pytest.raises(InputError, match=message):
        PLAIN.check_path(path, after)


def test_how_it_prints() -> None:
    assert repr(PLAIN).splitlines()[0] == ("Offers over a pie of 1, without a last round, by Japan, Russia in turn.")
    shown = repr(FULL)
    for said in ("in at most 4 rounds", "ends talks with probability 0.1; Russia may walk away; Japan chooses"):
        assert said in shown
    assert "inside option: Sanctions" in shown
    answers = repr(solve(PLAIN))
    assert "Acceptable offer" in answers
    assert "5/7" in answers
    assert "if refused: Russia" in answers
