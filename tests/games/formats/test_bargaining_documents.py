"""Alternating offers and bargaining problems in documents: as in Python, and refused by name where they are none."""

import json
from typing import Any

import pytest
import sympy

from games import AlternatingOffers, BargainingProblem, InputError, solve
from games.formats.documents import from_json, from_toml, model

TALKS = """
proposers = ["Japan", "Russia"]
discounts = { Japan = "delta", Russia = 0.9 }
rounds = 6
pie = "S"
breakdown_risk = "1/10"
breakdown = { Japan = 0, Russia = "-1/4" }
presser = "Japan"
outside = { Japan = 0, Russia = 0.3 }
leavers = ["Russia"]
floors.Japan = "S/3"
deadline = { Japan = 0, Russia = 0 }

[parameters]
delta = { default = 0.8, low = 0, high = 1 }
S = 2

[inside.Sanctions]
Japan = "-1/10"
Russia = "-3/10"

[inside.None]
Japan = 0
Russia = 0
"""

PROBLEM: dict[str, Any] = {
    "parameters": {"k": {"default": 3, "low": 1, "high": 5}},
    "disagreement": {"Japan": 0, "Russia": "1/4"},
    "points": {"Two islands": [1, "k"], "Four islands": {"Russia": "1/2", "Japan": 2}},
}
CURVE = {"disagreement": {"A": 0, "B": 0}, "frontier": {"A": "1 - k*t**2", "B": "t"}, "parameters": {"k": 1}}


def test_talks_in_a_document_are_those_in_python() -> None:
    read = from_toml(TALKS, "talks")
    delta, S = sympy.symbols("delta S")
    assert read.game == AlternatingOffers(
        ("Japan", "Russia"),
        {"Japan": delta, "Russia": "9/10"},
        6,
        S,
        "1/10",
        {"Japan": 0, "Russia": "-1/4"},
        {"Sanctions": {"Japan": "-1/10", "Russia": "-3/10"}, "None": {"Japan": 0, "Russia": 0}},
        "Japan",
        {"Japan": 0, "Russia": "3/10"},
        ("Russia",),
        {"Japan": S / 3},
        {"Japan": 0, "Russia": 0},
    )
    assert solve(read.at(delta="1/2")).exact


def test_the_shortest_talks() -> None:
    read = from_json('{"proposers": ["A", "B"], "discounts": {"A": 0.9, "B": 0.8}, "inside": {"A": 0, "B": 0}}', "t")
    assert read.at() == AlternatingOffers(("A", "B"), {"A": "9/10", "B": "4/5"})


def test_problems_in_a_document_are_those_in_python() -> None:
    read = from_json(json.dumps(PROBLEM), "problem")
    k = sympy.Symbol("k")
    assert read.game == BargainingProblem(
        {"Japan": 0, "Russia": "1/4"}, {"Two islands": (1, k), "Four islands": (2, "1/2")}
    )
    curve = model({**CURVE, "free_disposal": False, "ends": [0, "1/2"]}, "curve")
    assert curve.game == BargainingProblem(
        {"A": 0, "B": 0}, frontier={"A": (1, 0, -k), "B": (0, 1)}, ends=(0, "1/2"), free_disposal=False
    )
    assert solve(curve.at())[0].payoffs["A"] == sympy.Rational(3, 4)


SHORT = {"proposers": ["A", "B"], "discounts": {"A": "1/2", "B": "1/2"}}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"proposers": ["A"]}, "the document has no 'discounts'; give it"),
        ({**SHORT, "proposers": "A"}, "proposers must be a list of those who propose in turn"),
        ({**SHORT, "proposers": ["C"]}, "proposers has 'C', who is no player"),
        ({**SHORT, "discounts": [1]}, "discounts must be a table of players and numbers, not a list"),
        ({**SHORT, "discounts": {"A": 2, "B": 0}}, "the discount factor of A is 2"),
        ({**SHORT, "rounds": "6"}, "rounds must be a whole number, not the text '6'"),
        ({**SHORT, "rounds": 0}, "the number of rounds is '0'"),
        ({**SHORT, "pie": []}, "pie must be a number or a formula, not a list"),
        ({**SHORT, "inside": {"A": 0}}, "give one number for each of A, B"),
        ({**SHORT, "inside": {"x": {"A": 0, "B": 0}, "y": 3}}, "the inside option y must be a table"),
        ({**SHORT, "floors": {"A": "r"}}, "uses the parameter 'r', which is not declared"),
        ({**SHORT, "leavers": ["A"]}, "A may walk away, but no outside option is given"),
        ({**SHORT, "payoffs": []}, "both proposers and"),
        ({"disagreement": {"A": 0}}, "either points or a frontier"),
        ({**PROBLEM, "frontier": {}}, "either points or a frontier"),
        ({**PROBLEM, "points": {"a": [1]}}, "1 payoffs are given from a; 2 are needed"),
        ({**PROBLEM, "points": {"No agreement": [1, 2]}}, "which is what no agreement is called"),
        ({**PROBLEM, "free_disposal": "no"}, "free_disposal must be true or false, not the text 'no'"),
        ({**CURVE, "parameters": {"t": 1, "k": 1}}, "call the parameter t something else"),
        ({**CURVE, "frontier": {"A": "1/t", "B": "t"}}, "is no polynomial in t"),
        ({**CURVE, "frontier": {"A": "s", "B": "t"}}, "uses the parameter 's'"),
        ({**CURVE, "ends": [1]}, "1 ends of the frontier are given; give two"),
        ({**CURVE, "rounds": 3}, "both disagreement and rounds"),
    ],
)
def test_what_is_no_game_is_refused_by_name(document: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        model(document, "game")
