"""What observed play reveals: ranges known by hand, and no play outside them on a grid."""

import random
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import sympy
from sympy import Eq, Rational, symbols

from analyses.claims import Claim, Refuted, check, never, revealed
from analyses.claims.questions.revealed import End, simplest
from games import Chance, Decision, ExtensiveGame, InputError, Outcome, StrategicGame
from games.catalog import load
from games.forms.extensive import Node
from games.formulas.relations import holds_at, relation
from games.formulas.values import evaluate
from games.model import Model
from games.parameters import Parameter, Unit
from games.sanctions import retaliation
from games.sources import Assumed

SEED = 1965
TREES = 12

x, y = symbols("x y")


def parameter(symbol: sympy.Symbol, low: str = "0", high: str = "1") -> Parameter:
    return Parameter(
        symbol,
        meaning=f"meaning of {symbol}",
        default=low,
        low=low,
        high=high,
        unit=Unit.PAYOFF,
        source=Assumed("for a test"),
    )


def leaf(*payoffs: Any) -> Outcome:
    return Outcome(tuple(sympy.sympify(payoff) for payoff in payoffs))


def choice(a: Any, b: Any, *parameters: Parameter) -> Model:
    tree = ExtensiveGame(("A", "B"), Decision("A", {"a": leaf(a, 0), "b": leaf(b, 0)}))
    return Model("choice", "Choice", tree, parameters or (parameter(x), parameter(y)))


def closed(value: str) -> End:
    return End(Fraction(value), Fraction(value), True)


def opened(value: str) -> End:
    return End(Fraction(value), None, True)


@pytest.mark.parametrize(
    ("model", "premises", "low", "high"),
    [
        pytest.param(choice(x, y), (), closed("0"), closed("1"), id="a tie at the lowest"),
        pytest.param(choice(x, y), (y >= Rational(1, 4),), closed("1/4"), closed("1"), id="at least as good"),
        pytest.param(choice(x, y), (y > Rational(1, 4),), opened("1/4"), closed("1"), id="better than that"),
        pytest.param(choice(x, 2 * x - 1), (), closed("0"), closed("1"), id="the end of the range"),
        pytest.param(choice(Rational(1, 3), x), (), closed("0"), closed("1/3"), id="from above"),
        pytest.param(choice(Rational(1, 3), x + y), (y > 0,), closed("0"), opened("1/3"), id="open above"),
        pytest.param(choice(x * y, Rational(1, 4)), (), closed("1/4"), closed("1"), id="a product at its corner"),
        pytest.param(choice(x * x, Rational(1, 4)), (), closed("1/2"), closed("1"), id="a rational root"),
    ],
)
def test_ends_known_by_hand(model: Model, premises: tuple[Any, ...], low: End, high: End) -> None:
    found = revealed(model, ("a",), premises=premises)["x"]
    assert (found.low, found.high) == (low, high), found
    assert found.low.closed == (low.reached is not None)


def test_an_irrational_end_is_enclosed() -> None:
    found = revealed(choice(x * x, Rational(1, 2)), ("a",), parameters=["x"])["x"]
    assert not found.low.exact
    assert found.low.value is not None
    assert found.low.reached is not None
    assert found.low.value < Rational(1, 2) ** Rational(1, 2) < found.low.reached
    assert found.low.reached - found.low.value < Fraction(1, 1000)
    said = repr(revealed(choice(x * x, Rational(1, 2)), ("a",), parameters=["x"]))
    assert "numeric" in said


@pytest.mark.parametrize(
    ("formula", "premises", "low", "high"),
    [
        pytest.param(sympy.Min(x, y), (y >= Rational(1, 4),), closed("1/4"), closed("1"), id="a minimum"),
        pytest.param(sympy.Max(y, 1 - x), (), closed("0"), closed("1"), id="a maximum"),
        pytest.param(x / (y + 1), (y >= Rational(1, 3),), closed("1/4"), closed("3/4"), id="a quotient"),
        pytest.param(1 / (x - 2), (y >= Rational(1, 2),), closed("-1"), closed("-2/3"), id="a negative divisor"),
        pytest.param(1 / y, (y > 0,), closed("1"), End(None, None, False), id="a divisor that may vanish"),
    ],
)
def test_minima_and_quotients_have_ranges(formula: Any, premises: tuple[Any, ...], low: End, high: End) -> None:
    """With a played, x ≥ y."""
    found = revealed(choice(x, y), ("a",), parameters=[], premises=premises, differences={"d": formula})["d"]
    assert found.low == low, found
    assert found.high == high or (high.value is None and found.high.value is None), found


def test_products_that_do_not_concern_an_end_leave_it_exact() -> None:
    """B's payoffs are products; x > 1/4 hangs on A's alone."""
    answers = Decision("B", {"c": leaf(x, x * y), "d": leaf(x, y * y)})
    tree = Decision("A", {"a": answers, "b": leaf(Rational(1, 8), 0)})
    model = Model("products", "Products", ExtensiveGame(("A", "B"), tree), (parameter(x), parameter(y)))
    found = revealed(model, ("a",), premises=(x > Rational(1, 4),), parameters=["x"])["x"]
    assert (found.low, found.high) == (opened("1/4"), closed("1")), found


def random_tree(rng: random.Random, depth: int) -> Node:
    if depth == 0:
        a, b, c, d = (rng.choice((-2, -1, 0, 0, 1, 2)) for _ in range(4))
        return leaf(a * x + b * y + rng.randint(-2, 2), c * x + d * y + rng.randint(-2, 2))
    if depth == 1 and rng.random() < 0.3:
        return Chance({k: (Rational(1, 2), random_tree(rng, 0)) for k in ("e", "f")})
    return Decision(rng.choice("AB"), {f"m{k}": random_tree(rng, depth - 1) for k in range(2)})


@pytest.mark.untraced
def test_no_play_lies_outside_the_ranges_and_their_ends_are_reached(plays_at: Callable[..., set[Any]]) -> None:
    """Random trees with linear payoffs: a grid lies within, and proofs confirm either end."""
    rng = random.Random(SEED)
    steps = [Fraction(k) for k in range(-2, 3)]
    narrowed = 0
    for number in range(TREES):
        root = random_tree(rng, 2)
        if isinstance(root, Outcome):
            continue
        model = Model(
            "tree", "Tree", ExtensiveGame(("A", "B"), root), (parameter(x, "-2", "2"), parameter(y, "-2", "2"))
        )
        path = rng.choice([one for one in model.game.nodes if one])
        premises = rng.choice([(), (relation(x > y),), (relation(x + y <= 1),)])
        said = f"seed {SEED}, tree {number}: {path} under {premises}"
        seen = [
            {"x": a, "y": b}
            for a, b in product(steps, steps)
            if all(holds_at(premise, {x: a, y: b}) for premise in premises)
            and any(one[: len(path)] == path for _, paths in plays_at(model, {"x": a, "y": b}) for one in paths)
        ]
        try:
            found = revealed(model, path, differences={"gap": x - y}, premises=premises)
        except InputError:
            assert seen == [], said
            continue
        narrowed += any(any(one.narrowed) for one in found.ranges)
        for one, formula in zip(found.ranges, (x, y, x - y), strict=True):
            for end, sign in ((one.low, 1), (one.high, -1)):
                assert end.exact, said
                assert end.value is not None
                bound = Rational(end.value.numerator, end.value.denominator)
                for at in seen:
                    value = evaluate(formula, {x: at["x"], y: at["y"]})
                    assert sign * value >= sign * end.value, said
                    assert end.closed or value != end.value, said
                near = Eq(formula, bound) if end.closed else sign * (formula - bound) < Rational(1, 10**6)
                verdict = check(Claim("end", "Not played there.", model, never(path), (*premises, near)))
                assert isinstance(verdict, Refuted), said
    assert narrowed >= 4, f"seed {SEED}: {narrowed}"


def test_a_concession_reveals_the_window() -> None:
    """Full sanctions and a concession, nothing paid: −b ≤ e ≤ beta and h ≥ V_R + G on every rung."""
    r = retaliation
    e = r.SANCTIONS["Full"][0]
    harms = {rung: r.h_F - r.V_R - r.net_benefit("Full", rung) for rung in r.RUNGS}
    found = revealed(
        r.MODEL,
        {"Japan": "Full", "Russia": "Concede"},
        parameters=["h_F", "E"],
        differences={"e - beta": e - r.beta, "e + b": e + r.b, **harms},
        premises=(Eq(r.E, 0),),
    )
    assert found["e - beta"].high == closed("0")
    assert found["e + b"].low == closed("0")
    assert all(found[rung].low == closed("0") for rung in r.RUNGS)
    assert found["h_F"].low == closed("1/2")
    assert found.play == "Full sanctions, Russia concedes"
    sentence = next(one for one in found.findings() if "e - beta" in one)
    assert sentence == (
        "For “Full sanctions, Russia concedes” to be played in some subgame-perfect equilibrium, e - beta must be "
        "at most 0 (2 without the observation)."
    )


def test_what_was_observed_may_be_said_in_several_ways() -> None:
    model = retaliation.MODEL
    paths: list[Any] = [
        ("Full", "Patrol"),
        {"Japan": "Full", "Russia": "Patrol"},
        [("Full",), ("Full", "Patrol")],
        {"Japan at the start": "Full", "Russia after Full": "Patrol"},
    ]
    gain = {"gain": retaliation.gamma_3 - retaliation.c_3}
    found = [revealed(model, play, parameters=["A_F"], differences=gain).ranges for play in paths]
    assert found == [found[0]] * 4
    pennies = StrategicGame.bimatrix([[x, -1], [-1, 1]], [[-1, 1], [1, -1]])
    game = Model("pennies", "Pennies", pennies, (parameter(x, "-3", "3"),))
    pure = [revealed(game, play, concept="pure-nash").ranges for play in (("2", "1"), {"Row": "2", "Column": "1"})]
    assert pure[0] == pure[1]
    assert (pure[0][0].low, pure[0][0].high) == (closed("-3"), closed("-1"))
    mixed = revealed(game, ("1", "1"))["x"]
    assert mixed.low == closed("-1")


def test_the_encounter_reveals_the_sign_of_the_net_payoff() -> None:
    e = retaliation.SANCTIONS["Full"][0]
    found = revealed(load("sanction-encounter"), {"Japan": "Full", "Russia": "Patrol"}, parameters=[], differences=[e])
    (one,) = found.ranges
    assert one.low == closed("0")
    assert one.narrowed == (True, False)


def test_revealed_ranges_print_themselves() -> None:
    found = revealed(choice(x, y), ("a",), premises=(y > Rational(1, 4),))
    assert "x must be more than 0.25 (0 without the observation)" in repr(found)
    assert "(0.25, 1]*" in found.table().text()
    assert found.as_json()["ranges"][0]["low"] == {"value": "1/4", "reached": None, "exact": True}  # type: ignore[index]
    assert "<table" in found._repr_html_()
    with pytest.raises(InputError, match="no range of 'z'"):
        found["z"]


def test_a_short_time_is_said() -> None:
    found = revealed(retaliation.MODEL, ("Full", "Patrol"), seconds=0.1)
    assert len(found.ranges) < 21
    assert "The time was up" in found.remarks[0]


def test_the_simplest_fraction_between() -> None:
    assert simplest(Fraction(1, 3), Fraction(1, 2)) == Fraction(1, 2)
    assert simplest(Fraction(3, 10), Fraction(34, 100)) == Fraction(1, 3)
    assert simplest(Fraction(-34, 100), Fraction(-3, 10)) == Fraction(-1, 3)
    assert simplest(Fraction(-1), Fraction(5)) == -1


@pytest.mark.parametrize(
    ("observed", "options", "message"),
    [
        (("a",), {"premises": (x < y,)}, "no admissible payoffs make the observed play"),
        (("a",), {"premises": (x > 2,)}, "contradict"),
        (("c",), {}, "there is no action 'c'"),
        ((), {}, "observed play"),
        ("a", {}, "observed play"),
        ({}, {}, "observed play"),
        ({"A": "c"}, {}, "do not single out"),
        ({"C": "a"}, {}, "no information set 'C'"),
        (("a",), {"parameters": ["z"]}, "no parameter 'z'"),
        (("a",), {"differences": {"d": symbols("z") - x}}, "unknown parameter 'z'"),
        (("a",), {"differences": {"d": "x - y"}}, "give a formula"),
        (("a",), {"differences": {"d": 0.5 * x}}, "a float"),
        (("a",), {"concept": "pure-nash"}, "does not apply"),
        (("a",), {"seconds": 0}, "time limit"),
        ([("a",), ("b",)], {"premises": (x > y,)}, "no admissible payoffs"),
    ],
)
def test_bad_input_is_refused_in_one_line(observed: Any, options: Any, message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        revealed(choice(x, y), observed, **options)
    assert "\n" not in str(error.value)
