"""Cases on arrays, against what is played at each point by itself."""

import random
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
from sympy import Integer, Rational, symbols

from games import Chance, Decision, ExtensiveGame, GraphModel, Outcome, RepeatedGame, StrategicGame
from games.bounds import Bounded
from games.bulk import MOST_WAYS, Bulk, in_order
from games.cases import Cases, Choice, Option, one_of
from games.forms.extensive import Node
from games.forms.game import Game
from games.formulas.polynomials import Entries
from games.ordered import Ordered, ordered
from games.play.quantities import Chosen, Payoff, Quantity, Reach
from games.solvers.concept import concept_for
from games.terms import ONE, ZERO, Ratio, Taken, at_least, equal, every, some, var

SEED = 1963
x, y, z = symbols("x y z")
GRID = [Fraction(k, 4) for k in range(-4, 9)]
THIRDS = [Fraction(k, 3) for k in range(-3, 7)]


def read(game: Game, concept: str, asked: list[Quantity]) -> Ordered:
    entries = Entries()
    definition = concept_for(game, concept).cases
    assert definition is not None
    found = ordered(definition(game.with_entries([entries(value) for value in game.entries]), asked))
    assert found is not None
    return found


def entry(rng: random.Random) -> Any:
    return rng.choice((x, y, z, x + y, 2 * x - z, x * y, Integer(0), Integer(1), Rational(1, 2)))


def node(rng: random.Random, depth: int) -> Node:
    if depth == 0 or (depth < 3 and rng.random() < 0.15):
        return Outcome((entry(rng), entry(rng)))
    if depth < 3 and rng.random() < 0.25:
        return Chance({"one": (Rational(1, 4), node(rng, depth - 1)), "two": (Rational(3, 4), node(rng, depth - 1))})
    return Decision(rng.choice("AB"), {f"m{k}": node(rng, depth - 1) for k in range(rng.choice((2, 2, 3)))})


def made(form: str, rng: random.Random) -> tuple[Game, str, list[Quantity]]:
    """A game, a concept and some quantities."""
    if form == "tree":
        tree = ExtensiveGame(("A", "B"), Decision("A", {"m0": node(rng, 2), "m1": node(rng, 2)}))
        places: list[Quantity] = [Reach(path) for path in tree.outcomes]
        return tree, "subgame-perfect", [Payoff("A"), Payoff("B"), *rng.sample(places, min(3, len(places)))]
    profiles = list(product(("a", "b", "c"), ("d", "e")))
    table = {profile: (entry(rng), entry(rng)) for profile in profiles}
    strategic = StrategicGame({"A": ("a", "b", "c"), "B": ("d", "e")}, table)
    if form == "strategic":
        concept = rng.choice(("pure-nash", "payoff-dominant"))
        return strategic, concept, [Payoff("A"), Chosen({"A": "a", "B": "d"}), Chosen({"B": "e"})]
    if form == "graph":
        states = ("s", "t", "u")
        moves = {p: {a: tuple(b for b in states if a != b and rng.random() < 0.6) for a in states} for p in "AB"}
        graph = GraphModel({state: (entry(rng), entry(rng)) for state in states}, moves)
        return graph, rng.choice(("nash-stable", "sequentially-stable")), [Payoff("B"), Reach(("s",))]
    stage = StrategicGame({"A": ("a", "b"), "B": ("d", "e")}, {p: table[p] for p in profiles if p[0] != "c"})
    repeated = RepeatedGame({"only": stage}, {"A": Rational(1, 2), "B": Rational(1, 4)})
    return repeated, "grim-trigger", [Payoff("A"), Reach(("only: a, d",))]


def columns(points: list[dict[str, Fraction]], dyadic: bool) -> dict[str, Bounded]:
    """With the knowledge that 53 bits hold all of it, or without."""
    found = {}
    for name in "xyz":
        exact = [Bounded.exactly(point[name]) for point in points]
        value = np.array([one.value for one in exact])
        found[name] = Bounded(value, 0.0, 2, 4.0) if dyadic else Bounded(value, np.array([one.error for one in exact]))
    return found


@pytest.mark.parametrize("form", ["tree", "strategic", "graph", "repeated"])
@pytest.mark.parametrize("dyadic", [True, False])
def test_arrays_agree_with_single_points_where_payoffs_tie_everywhere(form: str, dyadic: bool) -> None:
    rng = random.Random(SEED)
    settled = unsure = several = 0
    for number in range(12):
        game, concept, asked = made(form, rng)
        reading = read(game, concept, asked)
        grid = GRID if dyadic else THIRDS
        points = [{name: rng.choice(grid) for name in "xyz"} for _ in range(40)]
        bulk = in_order(reading, columns(points, dyadic), len(points))
        told = [bulk.value(reading.cases.values[quantity]) for quantity in asked]
        rows = [np.broadcast_to(value.value, len(bulk)) for value in told]
        for place, point in enumerate(points):
            known = {tuple(p.value(q) for q in asked) for p in reading.played(point, 1_000)}
            own = np.flatnonzero(bulk.index == place)
            found = [tuple(float(row[k]) for row in rows) for k in own]
            where = f"seed {SEED}, {form} {number}, {concept} at {point}"
            if bulk.unsure[place]:
                unsure += 1
                assert len(found) <= len(known), where
            else:
                settled += 1
                assert len(found) >= len(known), where
                nearest = {min(known, key=lambda k, f=one: distance(k, f)) for one in found}
                assert nearest == known, where
                several += len(known) > 1
            assert all(min(distance(k, one) for k in known) < 1e-9 for one in found), where
    assert several > 20, f"seed {SEED}"
    assert settled > 2 * unsure, f"seed {SEED}: {unsure} unsure"
    if dyadic and form != "repeated":
        assert unsure == 0, f"seed {SEED}: on a dyadic grid nothing is rounded"


def distance(known: tuple[Fraction, ...], found: tuple[float, ...]) -> float:
    return max(abs(float(a) - b) for a, b in zip(known, found, strict=True))


def test_the_same_formula_ties_however_it_is_reached() -> None:
    """Through a chance move, a later decision, and a sum: no float tells, and no point is unsure."""
    lottery = Chance({"a": (Rational(1, 3), Outcome((x, y))), "b": (Rational(2, 3), Outcome((x, z)))})
    later = Decision("B", {"c": Outcome((x, y)), "d": Outcome((x, z))})
    game = ExtensiveGame(("A", "B"), Decision("A", {"lottery": lottery, "later": later, "sure": Outcome((x, y + z))}))
    asked: list[Quantity] = [Payoff("A"), Payoff("B"), Reach(("sure",))]
    reading = read(game, "subgame-perfect", asked)
    random_ = np.random.default_rng(SEED)
    given = {name: Bounded(random_.random(500) + 0.1, np.full(500, 2.0**-54)) for name in "xyz"}
    bulk = in_order(reading, given, 500)
    assert not bulk.unsure.any()
    assert (np.bincount(bulk.index) == 3).all()
    only = in_order(read(game, "subgame-perfect", [Payoff("A")]), given, 500)
    assert len(only) == 500, "rows that differ in nothing asked for are one"


def test_conditions_hold_where_they_do_and_are_certain_of_it() -> None:
    count = 200
    given = {
        name: Bounded(np.random.default_rng(SEED).integers(-3, 4, count).astype(float), 0.0, 0, 3.0) for name in "xy"
    }
    choice = Choice("which", {"low": Option(at_least(0, var("x")), {"v w": ZERO}), "high": Option(True, {"v w": ONE})})
    reading = ordered(Cases((choice,), values={Payoff("A"): var("v w")}), kept=["v w", "x", "y"])
    assert reading is not None
    bulk = in_order(reading, given, count)
    a, b, v = (bulk.value(var(name)).value for name in ("x", "y", "v w"))
    for condition, held in (
        (at_least(var("x"), var("y")), a >= b),
        (equal(var("x"), var("y")), a == b),
        (every([at_least(var("v w"), 1), at_least(var("x"), 1)]), (v >= 1) & (a >= 1)),
        (some([equal(var("x") * var("y"), 0), Taken("which", "low")]), (a * b == 0) | (v == 0)),
        (Taken("which", "high", so=False), v == 0),
        (True, np.ones(len(bulk), dtype=bool)),
    ):
        truth = bulk.truth(condition)
        assert np.all(truth.sure)
        assert (np.broadcast_to(truth.held, len(bulk)) == held).all()


def test_one_certain_part_settles_what_the_others_leave_open() -> None:
    bulk = Bulk({"x": Bounded(np.zeros(1), np.ones(1)), "y": Bounded(np.ones(1), 0.0)}, 1)
    for condition, held, sure in (
        (at_least(var("x"), 0), False, False),
        (every([at_least(var("x"), 0), at_least(-1 * var("y"), 0)]), False, True),
        (some([at_least(var("x"), 0), at_least(var("y"), 0)]), True, True),
        (some([at_least(var("x"), 0), at_least(-1 * var("y"), 0)]), False, False),
    ):
        truth = bulk.truth(condition)
        assert (bool(np.all(truth.held)), bool(np.all(truth.sure))) == (held, sure), condition


def test_more_ways_than_are_followed_leave_a_point_to_exact_numbers() -> None:
    """Nine pairs that tie where x = 0 make 512 ways; at the other points there is one."""
    tied = Chance(
        {str(k): (Rational(1, 9), Decision("A", {"l": Outcome((0, k)), "r": Outcome((x, 0))})) for k in range(9)}
    )
    game = ExtensiveGame(("A", "B"), Decision("A", {"go": tied}))
    asked: list[Quantity] = [Reach(("go", str(k), "l")) for k in range(9)]
    values = np.array([0.0, 1.0, -1.0, 0.5] * 8)
    bulk = in_order(read(game, "subgame-perfect", asked), {"x": Bounded(values, 0.0, 1, 1.0)}, 32)
    assert MOST_WAYS < 2**9
    assert (bulk.unsure == (values == 0)).all()
    assert sorted(bulk.index) == [k for k in range(32) if values[k]]


def test_a_quotient_that_may_divide_by_zero_is_left_open_there() -> None:
    cases = one_of("only", {"one": True}, [Payoff("A")], lambda *_: Ratio(var("x"), var("y")))
    reading = ordered(cases)
    assert reading is not None
    given = {"x": Bounded(np.ones(3), 0.0), "y": Bounded(np.array([2.0, 0.0, 1e-30]), np.array([0.0, 0.0, 1e-20]))}
    bulk = in_order(reading, given, 3)
    assert list(bulk.index) == [0]
    assert list(bulk.unsure) == [False, False, True]
    assert bulk.value(cases.values[Payoff("A")]).value == 0.5


def test_bounds_hold_and_nothing_is_widened_on_a_dyadic_grid() -> None:
    rng = random.Random(SEED)
    for _ in range(300):
        dyadic = rng.random() < 0.5
        numbers = [
            Fraction(rng.randint(-50, 50), rng.choice((1, 2, 8)) if dyadic else rng.choice((3, 7, 10)))
            for _ in range(4)
        ]
        a, b, c, d = numbers
        one, two, three, four = map(Bounded.exactly, numbers)
        for exact, found in (
            (a * b + c - d, one * two + three - four),
            ((a + b) * (c - 2 * d), (one + two) * (three - four * 2)),
            (a * a * b * c, one * one * two * three),
            (-a + 3, -one + 3),
        ):
            assert abs(Fraction(float(found.value)) - exact) <= Fraction(float(found.error))
            if dyadic:
                assert found.error == 0
                assert found.grain is not None
                assert found.zero == (exact == 0)


def test_bits_that_do_not_fit_are_rounded_and_bounded() -> None:
    large = Bounded.exactly(2**40 + 1)
    product_ = large * large
    assert product_.grain is None
    assert abs(Fraction(float(product_.value)) - (2**40 + 1) ** 2) <= Fraction(float(product_.error))
    assert Bounded.exactly(Fraction(10) ** 400).error == np.inf
    assert not Bounded.exactly(Fraction(1, 10**400)).zero
    assert Bounded(np.array([0.0]), np.array([0.5])).inverse().error == np.inf
