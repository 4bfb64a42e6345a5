"""The bargaining problem as a form: what it holds, what it refuses, and how it prints."""

from fractions import Fraction
from typing import Any

import pytest
import sympy

from games import BargainingProblem, InputError, solve

NOTHING = {"Japan": 0, "Russia": "1/4"}
POINTS = BargainingProblem(NOTHING, {"Two islands": (2, 1), "Four islands": (3, "-1/2")})
CURVE = BargainingProblem.along({"Japan": "1 - t**2", "Russia": "2*t/3"}, NOTHING)


def test_what_it_holds() -> None:
    assert POINTS.players == ("Japan", "Russia")
    assert POINTS.entries == (0, Fraction(1, 4), 2, 1, 3, Fraction(-1, 2))
    assert dict(POINTS.places) == {"Agreement": ("Two islands", "Four islands", "No agreement")}
    assert list(POINTS.paths) == [("Two islands",), ("Four islands",), ("No agreement",)]
    assert list(POINTS.payoff_differences()) == [2, Fraction(3, 4), 3, Fraction(-3, 4)]
    assert CURVE.entries == (0, Fraction(1, 4), 1, 0, -1, 0, Fraction(2, 3), 0, 1)
    assert dict(CURVE.places) == {"Agreement": ("A point of the frontier", "No agreement")}


@pytest.mark.parametrize("game", [POINTS, CURVE])
def test_a_problem_with_the_same_numbers_is_the_same_problem(game: BargainingProblem) -> None:
    assert game.with_entries(game.entries) == game
    with pytest.raises(InputError, match="entries are given"):
        game.with_entries(game.entries[1:])
    for found in solve(game):
        assert list(found.strategies) == list(game.places)
        assert list(found.strategies["Agreement"]) == list(game.places["Agreement"])


def test_it_may_be_in_formulas() -> None:
    k = sympy.Symbol("k")
    game = BargainingProblem.along({"A": 1 - k * sympy.Symbol("t"), "B": "t"}, {"A": 0, "B": k})
    assert not game.is_exact
    assert game.entries == (0, k, 1, -k, 0, 1, 0, 1)
    assert "1 + (-k) t" in repr(game)
    assert solve(game.with_entries([0, 0, 1, -1, 0, 1, 0, 1]))[0].payoffs["B"] == Fraction(1, 2)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"points": {}}, "give the agreements either as points or as a frontier"),
        ({"points": {"a": (1, 1)}, "frontier": {"Japan": (1,), "Russia": (1,)}}, "either as points or as a frontier"),
        ({"points": {"a": (1,)}}, "the payoffs of 'a' are .*; give one for each of Japan, Russia"),
        ({"points": {"a": (1, 0.5)}}, "the payoff of Russia from a is the float 0.5"),
        ({"points": {"No agreement": (1, 1)}}, "which is what no agreement is called"),
        ({"points": {str(k): (1, 1) for k in range(1001)}}, "there are 1001 points; at most 1000 are allowed"),
        ({"frontier": {"Japan": (1,)}}, "a frontier is for two players; it is given for Japan"),
        ({"frontier": {"Japan": "t", "Russia": (1,)}}, "give from 1 to 16 coefficients"),
        ({"frontier": {"Japan": (0, 1), "Russia": (1, -1)}, "ends": (1, 1)}, "runs from 1 to 1; the lower end"),
        ({"frontier": {"Japan": (0, 1), "Russia": (1, -1)}, "ends": (1,)}, "give two numbers, low and high"),
    ],
)
def test_what_does_not_fit_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        BargainingProblem(NOTHING, **given)


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("1/t", "is no polynomial in t"),
        ("1 - s", "uses the parameter 's'"),
        ("sqrt(1 - t)", "a part that is not allowed"),
    ],
)
def test_a_frontier_is_of_polynomials(formula: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        BargainingProblem.along({"A": formula, "B": "t"}, {"A": 0, "B": 0})


def test_outcomes_are_what_the_lottery_may_lead_to() -> None:
    found = solve(BargainingProblem({"A": 0, "B": 0}, {"mine": (1, 0), "yours": (0, 1)}))
    assert [(one.path, one.probability) for one in found[0].outcomes] == [
        (("mine",), Fraction(1, 2)),
        (("yours",), Fraction(1, 2)),
    ]
    POINTS.check_path(("Two islands",))
    with pytest.raises(InputError, match="'Three islands' is no outcome"):
        POINTS.check_path(("Three islands",))


def test_how_it_prints() -> None:
    assert repr(POINTS).splitlines()[0] == "What all may agree on, lotteries included."
    assert "Frontier: t from 0 to 1." in repr(CURVE)
    assert "1 − t^2" in repr(CURVE)
    assert "2/3 t" in repr(CURVE)
    bound = BargainingProblem(NOTHING, POINTS.points, free_disposal=False)
    assert "No free disposal." in repr(bound)
    assert "1 nash-bargaining solution, exact, complete" in repr(solve(POINTS))
