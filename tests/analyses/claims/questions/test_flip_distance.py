"""The least change that overturns a conclusion: distances known by hand, and none nearer at random payoffs."""

import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import sympy
from sympy import Eq, Rational, symbols

from analyses.claims import (
    Chosen,
    Claim,
    Exists,
    Holds,
    Monotone,
    Payoff,
    Proved,
    Reach,
    Unique,
    always,
    check,
    flip_distance,
    never,
    sometimes,
)
from games import Decision, ExtensiveGame, InputError, Outcome, StrategicGame
from games.model import Assumption, Model
from games.parameters import Parameter, Unit
from games.sanctions import retaliation
from games.sources import Assumed

SEED = 1965

x, y, v = symbols("x y v")


def parameter(symbol: sympy.Symbol, default: str, low: str = "0", high: str = "1") -> Parameter:
    return Parameter(
        symbol,
        meaning=f"meaning of {symbol}",
        default=default,
        low=low,
        high=high,
        unit=Unit.PAYOFF,
        source=Assumed("for a test"),
    )


def leaf(*payoffs: Any) -> Outcome:
    return Outcome(tuple(sympy.sympify(payoff) for payoff in payoffs))


def choice(a: Any, b: Any, *parameters: Parameter, assumptions: tuple[Assumption, ...] = ()) -> Model:
    tree = ExtensiveGame(("A", "B"), Decision("A", {"a": leaf(a, 0), "b": leaf(b, 0)}))
    return Model("choice", "Choice", tree, parameters, assumptions)


X, Y = parameter(x, "1/4"), parameter(y, "3/4")
PLAIN = choice(x, y, X, Y)
WIDE = choice(x, y, parameter(x, "1/4", "0", "10"), Y)
STUCK = choice(x, y, parameter(x, "1/4", "1/4", "1/4"), Y)
ORDERED = choice(x, y, X, Y, assumptions=(Assumption(x <= Rational(3, 10), "for a test"),))
STOPPED_EARLY = replace(choice(x, y, parameter(x, "1/4", "0", "1/2"), Y), name="narrow")
PENNIES = Model(
    "pennies",
    "Pennies",
    StrategicGame.bimatrix([[x, -1], [-1, 1]], [[-1, 1], [1, -1]]),
    (parameter(x, "1", "-3", "3"),),
)

MIXES = Holds(v <= Rational(3, 5), {v: Chosen({"Column": "1"})})


def claim(model: Model, conclusion: Any, *premises: Any, **options: Any) -> Claim:
    return Claim("test", "A claim for a test.", model, conclusion, premises, **options)


@pytest.mark.parametrize(
    ("made", "at", "expected"),
    [
        pytest.param(claim(PLAIN, never(("a",))), {}, "1/4", id="both move half of the gap"),
        pytest.param(claim(PLAIN, never(("a",))), {"x": "1/2", "y": "1/2"}, None, id="no gap"),
        pytest.param(claim(PLAIN, never(("a",))), {"x": "0", "y": "1"}, "1/2", id="from the corner"),
        pytest.param(claim(WIDE, never(("a",))), {}, "1/22", id="a wide range moves further"),
        pytest.param(claim(STUCK, never(("a",))), {}, "1/2", id="a fixed parameter does not move"),
        pytest.param(claim(ORDERED, never(("a",))), {}, "9/20", id="an assumption stops one of them"),
        pytest.param(claim(PLAIN, never(("a",)), Eq(x + y, 1)), {}, "1/4", id="along a line"),
        pytest.param(claim(PLAIN, never(("a",)), x <= Rational(2, 5)), {}, "7/20", id="a premise does"),
        pytest.param(claim(PLAIN, always(("b",)), every=False), {}, "1/4+", id="some equilibrium keeps it at a tie"),
        pytest.param(claim(PLAIN, Holds(v > Rational(1, 2), {v: Payoff("A")})), {}, "1/4", id="a payoff falls"),
        pytest.param(claim(PLAIN, Unique()), {}, "1/4", id="a tie makes two"),
        pytest.param(claim(PENNIES, Exists(), concept="pure-nash"), {"x": "-2"}, "1/6+", id="pure equilibria vanish"),
        pytest.param(claim(PENNIES, MIXES), {}, "1/9+", id="mixtures"),
    ],
)  # fmt: skip
def test_distances_known_by_hand(made: Claim, at: dict[str, str], expected: str | None) -> None:
    """A + says that the distance is approached, not reached; pennies: 2/(x + 3) > 3/5 below x = 1/3."""
    if expected is None:
        with pytest.raises(InputError, match="already fails"):
            flip_distance(made, at)
        return
    known = Fraction(expected.strip("+"))
    found = flip_distance(made, at)
    assert found.settled, found
    assert found.upper is not None
    assert found.lower <= known <= found.upper, found
    assert 0 <= found.upper - found.lower <= Fraction(1, 1000)
    if expected.endswith("+"):
        assert found.upper > known
    fine = flip_distance(made, at, precision="1/1000000")
    assert fine.settled
    assert fine.upper is not None
    assert abs(fine.upper - known) <= Fraction(1, 10**6)


@pytest.mark.parametrize(
    "made",
    [
        claim(PLAIN, never(("a",)), x < y),
        claim(PLAIN, Exists()),
        claim(PENNIES, Exists()),
        claim(PENNIES, Unique(), x > -1),
        claim(choice(0, 1, X), never(("a",))),
    ],
    ids=["premise", "trees have equilibria", "so have games", "inside", "no parameter matters"],
)
def test_what_no_change_overturns(made: Claim) -> None:
    found = flip_distance(made)
    assert (found.upper, found.flips, found.settled) == (None, None, True), found
    assert "No change within the ranges" in repr(found)


def test_products_are_flipped_too() -> None:
    """(1/4 + d)(3/4 + d) = 1/4 at d = (−1 + √(5/4))/2."""
    found = flip_distance(claim(choice(x * y, Rational(1, 4), X, Y), never(("a",))))
    known = (-1 + (5 / 4) ** 0.5) / 2
    assert found.settled
    assert found.upper is not None
    assert float(found.lower) <= known <= float(found.upper)


h, p, q = symbols("h p q")


def three_that_meet(*parameters: Parameter) -> Model:
    """Each of three gets 1 for "in" where both others are in, and h for "out": where all mix, at √h."""
    labels = ("in", "out")
    payoffs = {}
    for profile in product(labels, repeat=3):
        met = [all(other == "in" for k, other in enumerate(profile) if k != who) for who in range(3)]
        payoffs[profile] = tuple(int(met[who]) if profile[who] == "in" else h for who in range(3))
    game = StrategicGame(dict.fromkeys("ABC", labels), payoffs)
    return Model("meeting", "Meeting", game, parameters)


MEETING = three_that_meet(parameter(h, "1/2", "1/4", "3/4"), parameter(y, "3/4"))
WHERE = {p: Chosen({"A": "in"}), q: Chosen({"B": "in"})}


@pytest.mark.parametrize(
    "formula",
    [sympy.Or(p <= 0, p >= 1, Eq(q**2, h)), sympy.Or(p <= 0, p >= 1, sympy.And(q**2 <= h, q**2 >= h))],
    ids=["an equality", "two inequalities"],
)
def test_equilibria_of_roots_never_contradict_a_proof(formula: Any) -> None:
    made = claim(MEETING, Holds(formula, WHERE))
    assert isinstance(check(made), Proved)
    found = flip_distance(made)
    assert (found.flips, found.settled) == (None, True), found


def test_equilibria_of_roots_have_their_distance() -> None:
    """√(1/2 + d/2) exceeds 3/4 − d beyond d = 1 − √(15/16)."""
    found = flip_distance(claim(MEETING, Holds(sympy.Or(p <= 0, p >= 1, q <= y), WHERE)))
    assert found.settled, found
    assert found.upper is not None
    assert float(found.lower) <= 1 - (15 / 16) ** 0.5 <= float(found.upper)


def test_a_parameter_of_two_models_keeps_to_both_ranges() -> None:
    """x from 0 to 10 in one model and to 1 in the other: from x = 1/4 the way to y = 3/4 is half of [0, 1]."""
    other = replace(PLAIN, name="other")
    wide = replace(WIDE, parameters=(parameter(x, "9", "0", "10"), parameter(y, "3/4", "3/4", "3/4")))
    made = claim(wide, Holds(v <= 0, {v: Reach(("a",))}), also=(other,))
    found = flip_distance(made, {"x": "1/4"})
    assert found.settled
    assert found.upper is not None
    assert found.lower <= Fraction(1, 2) <= found.upper
    assert found.flips is not None
    assert found.flips["x"] == Fraction(3, 4)
    with pytest.raises(InputError, match="outside its range 0 to 1"):
        flip_distance(made, {"x": "9"})
    nearer = flip_distance(claim(wide, Holds(v <= 0, {v: Reach(("a",))}), also=(STOPPED_EARLY,)), {"x": "1/4"})
    assert (nearer.flips, nearer.settled) == (None, True)


def played(plays: set[Any], path: tuple[str, ...]) -> bool:
    return any(one[: len(path)] == path for _, paths in plays for one in paths)


def test_the_threshold_of_relief_that_is_not_credible(plays_at: Callable[..., set[Any]]) -> None:
    """With e = A_F − k_F = 0.8 and beta = 0.25, moving all three by d of their ranges meets at d = 0.11.

    Nothing nearer, at random, has a concession; the flipping payoffs have one.
    """
    model = retaliation.MODEL
    found = flip_distance(claim(model, never(("Full", "Concede"))))
    assert found.upper is not None
    assert found.flips is not None
    assert found.lower <= Fraction(11, 100) <= found.upper
    assert found.settled
    assert set(found.moved) == {"A_F", "k_F", "beta"}
    assert played(plays_at(model, found.flips), ("Full", "Concede"))
    rng = random.Random(SEED)
    tried = 0
    for _ in range(150):
        values = {}
        for p in model.parameters:
            reach = found.lower * (p.high - p.low)
            moved = found.at[p.name] + reach * Fraction(rng.choice((-1, 1, rng.randint(-8, 8) / 8)))
            values[p.name] = min(max(moved, p.low), p.high)
        if model.broken(model.point(**values)) is None:
            tried += 1
            assert not played(plays_at(model, values), ("Full", "Concede")), f"seed {SEED}: {values}"
    assert tried >= 10, f"seed {SEED}: {tried}"


def test_a_flip_keeps_to_the_premises() -> None:
    """With e > beta and nothing changed about it, only a payment for the islands brings a concession."""
    model = retaliation.MODEL
    e = retaliation.SANCTIONS["Full"][0]
    found = flip_distance(claim(model, never(("Concede",), after=("Full",)), e > retaliation.beta))
    assert found.flips is not None
    assert found.flips["A_F"] - found.flips["k_F"] > found.flips["beta"]
    assert found.flips["E"] >= found.flips["V_R"]
    assert set(found.moved) <= {"E", "V_R", "gamma_1", "gamma_2", "gamma_3", "c_1", "c_2", "c_3"}
    none = flip_distance(claim(model, never(("Concede",), after=("Full",)), e > retaliation.beta, Eq(retaliation.E, 0)))
    assert none.flips is None
    assert none.settled


def test_a_short_time_leaves_bounds_that_are_true() -> None:
    found = flip_distance(claim(retaliation.MODEL, never(("Full", "Concede"))), seconds=0.05)
    assert not found.settled
    assert found.lower <= Fraction(11, 100)
    assert found.upper is None or found.upper >= Fraction(109, 1000)
    assert found.remarks
    assert "not settled" in repr(found)


def test_a_distance_prints_itself() -> None:
    found = flip_distance(claim(PLAIN, never(("a",))))
    assert "x from 0.25 to 0.5" in repr(found)
    assert "Part of the range" in found.table().text()
    assert found.as_json()["upper"] == "1/4"
    assert "<table" in found._repr_html_()
    assert found == flip_distance(claim(PLAIN, never(("a",))))


@pytest.mark.parametrize(
    ("made", "options", "message"),
    [
        (claim(PLAIN, sometimes(("a",))), {}, "already fails"),
        (claim(PLAIN, never(("a",))), {"at": {"z": "1"}}, "no parameter 'z'"),
        (claim(PLAIN, never(("a",))), {"at": {"x": "2"}}, "outside its range"),
        (claim(PLAIN, never(("a",))), {"at": {"x": 0.5}}, "float"),
        (claim(ORDERED, never(("a",))), {"at": {"x": "1/2"}}, "assumes"),
        (claim(PLAIN, never(("a",)), x > Rational(1, 2)), {}, "does not hold at these payoffs"),
        (claim(PLAIN, never(("a",)), x > 2), {}, "does not hold at these payoffs"),
        (claim(PLAIN, never(("a",))), {"precision": "0"}, "precision"),
        (claim(PLAIN, never(("a",))), {"precision": "2"}, "precision"),
        (claim(PLAIN, Monotone(Reach(("a",)), "x")), {}, "monotone"),
        (claim(PLAIN, never(("a",)), bounded=False), {}, "leave their ranges"),
        (claim(PLAIN, never(("a",))), {"seconds": -1}, "time limit"),
    ],
)
def test_bad_input_is_refused_in_one_line(made: Claim, options: Any, message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        flip_distance(made, **options)
    assert "\n" not in str(error.value)
