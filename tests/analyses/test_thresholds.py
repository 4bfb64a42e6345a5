"""Sensitivity in words and as data, against what is played at points between the thresholds."""

import json
from fractions import Fraction
from itertools import pairwise

import sympy

from analyses.outcomes import outcomes_in_words
from analyses.sensitivity import sensitivity
from analyses.thresholds import as_json, in_sentences, swing_table
from games import Decision, ExtensiveGame, Outcome, solve
from games.catalog import load
from games.model import Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

x = sympy.Symbol("x")


def chooser(payoffs: dict[str, object], default: str = "1/2") -> Model:
    """One player chooses among actions with these payoffs in x, from 0 to 2."""
    game = ExtensiveGame(("A",), Decision("A", {label: Outcome((paid,)) for label, paid in payoffs.items()}))
    parameter = Parameter(
        x, meaning="what it is", default=default, low=0, high=2, unit=Unit.PAYOFF, source=Assumed("for a test")
    )
    return Model("chooser", "Chooser", game, (parameter,))


def test_what_happens_beyond_each_threshold_is_told_in_order() -> None:
    first, second = in_sentences(sensitivity(chooser({"low": 1 - x, "middle": sympy.Rational(1, 4), "high": x - 1})))
    assert first == "At these values what happens is “low”."
    assert second.splitlines() == [
        "x (what it is) is 0.5, in 0 to 2:",
        "  below 0.75: “low” (now)",
        "  from 0.75 to 1.25: “middle”",
        "  above 1.25: “high”",
    ]


def test_a_present_value_on_a_threshold_is_said_to_be_there() -> None:
    _, told = in_sentences(sensitivity(chooser({"low": 1 - x, "high": x - 1}, default="1")))
    assert told.splitlines()[1:] == [
        "  below 1: “low”",
        "  above 1: “high”",
        "  exactly at 1, as it is now: “high” or “low”",
    ]


def test_an_irrational_threshold_is_a_root_with_its_digits() -> None:
    found = sensitivity(chooser({"low": 1, "high": x**2 - 1}))
    assert "  below sqrt(2) ≈ 1.41421: “low” (now)" in in_sentences(found)[1].splitlines()
    (threshold,) = as_json(found)["thresholds"]
    assert threshold["value"] == {"exact": "sqrt(2)", "about": 2**0.5}


def test_what_changes_nothing_is_named() -> None:
    told = in_sentences(sensitivity(chooser({"low": -1 - x, "high": x})))
    assert told[-1].endswith("but perhaps where payoffs tie: x.")
    assert "no equilibrium in pure strategies" in in_sentences(sensitivity(load("inspection")))[0]


def test_between_thresholds_the_game_is_played_as_told() -> None:
    model = load("conflict-expectations")
    found = sensitivity(model)
    data = json.loads(json.dumps(as_json(found)))
    for name, ends in data["ranges"].items():
        own = [t for t in data["thresholds"] if t["parameter"] == name]
        cuts = [ends[0]["about"], *(t["value"]["about"] for t in own), ends[1]["about"]]
        told = [own[0]["below"], *(t["above"] for t in own)] if own else [data["outcomes"]]
        for (low, high), outcomes in zip(pairwise(cuts), told, strict=True):
            point = Fraction(str((low + high) / 2))
            assert list(outcomes_in_words(model, solve(model.at(**{name: point})))) == outcomes, (name, point)


def test_the_widest_swing_stands_first() -> None:
    table = swing_table(sensitivity(load("conflict-expectations")))
    assert table.rows[0][0].text == "D"
    assert table.rows[0][1].text == "0 to 3.5"
