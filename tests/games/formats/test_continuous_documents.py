"""Games of continuous choice in documents: as the same game in Python, and refused by name where they are none."""

from typing import Any

import pytest
import sympy

from games import ContinuousGame, InputError, solve
from games.formats.documents import model

DUOPOLY: dict[str, Any] = {
    "parameters": {"a": {"default": 10, "low": 8, "high": 12}},
    "choices": {"First": {"name": "q", "low": 0, "high": "a"}, "Second": {"name": "r", "low": 0, "high": 10}},
    "payoffs": {"First": "(a - q - r)*q", "Second": "(a - q - r)*r"},
}


def test_a_document_is_the_game_in_python() -> None:
    a, q, r = sympy.symbols("a q r")
    read = model(DUOPOLY, "duopoly")
    price = a - q - r
    assert read.game == ContinuousGame.of(
        {"First": (q, 0, a), "Second": (r, 0, 10)}, {"First": price * q, "Second": price * r}
    )
    (only,) = solve(read.at(a=9))
    assert set(only.choices.values()) == {3}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"payoffs": {"First": "q"}}, "payoffs are given for First; give one for each of First, Second"),
        ({"payoffs": {"First": "1/q", "Second": 0}}, "no polynomial in q, r"),
        ({"payoffs": {"First": "max(q, r)", "Second": 0}}, "no polynomial in q, r"),
        ({"payoffs": {"First": "s", "Second": 0}}, "the payoff of First"),
        ({"payoffs": {"First": [1], "Second": 0}}, "the payoff of First must be a number or a formula"),
        ({"choices": {"First": {"name": "q", "low": 0}, "Second": {}}}, "the choice of First has no 'high'"),
        ({"choices": {"First": {"name": "a", "low": 0, "high": 1}}}, "'a', which is the name of a parameter"),
        ({"choices": {"First": {"name": "q q", "low": 0, "high": 1}}}, "q q"),
        ({"choices": {"First": {"name": "q", "low": 0, "high": 1, "step": 1}}}, "unknown key 'step'"),
        ({"choices": {"First": {"name": "q", "low": "r", "high": 1}}}, "the low end of the choice of First"),
        ({"choices": {}}, "choices"),
        ({"strategies": {}}, "both choices and strategies"),
    ],
)
def test_what_is_no_game_is_refused_by_name(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        model({**DUOPOLY, **change}, "duopoly")


def test_without_payoffs_there_is_no_game() -> None:
    with pytest.raises(InputError, match="has no 'payoffs'"):
        model({key: value for key, value in DUOPOLY.items() if key != "payoffs"}, "duopoly")
