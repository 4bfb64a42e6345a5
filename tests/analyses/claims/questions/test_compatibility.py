"""Which claims can hold together: the core result, and random claims judged on a grid."""

import random
from collections.abc import Callable
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
    Reach,
    Unique,
    always,
    never,
    sometimes,
)
from analyses.claims.questions.compatibility import compatible, is_true
from games import Decision, ExtensiveGame, InputError, Outcome, StrategicGame
from games.forms.extensive import Node
from games.formulas.relations import holds_at
from games.model import Model
from games.parameters import Parameter, Unit
from games.sanctions import retaliation as r
from games.solvers.limits import OutOfTimeError
from games.sources import Assumed

SEED = 1951
FAMILIES = 12
GRID = [Fraction(k, 2) for k in range(-4, 5)]

x, y = symbols("x y")
Plays = Callable[[ExtensiveGame], set[Any]]


def parameter(symbol: sympy.Symbol, low: str = "-2", high: str = "2") -> Parameter:
    return Parameter(
        symbol, meaning="for a test", default=low, low=low, high=high, unit=Unit.PAYOFF, source=Assumed("for a test")
    )


def leaf(*payoffs: Any) -> Outcome:
    return Outcome(tuple(sympy.sympify(payoff) for payoff in payoffs))


def tree(name: str, root: Node, *parameters: Parameter) -> Model:
    return Model(name, name, ExtensiveGame(("A", "B"), root), parameters or (parameter(x), parameter(y)))


CHOICE = Decision("A", {"left": leaf(x, 0), "right": leaf(y, 0)})
ENTRY = Decision("A", {"enter": Decision("B", {"fight": leaf(-1, x), "yield": leaf(1, 0)}), "out": leaf(0, y)})


def claim(name: str, model: Model, conclusion: Any, *premises: Any, **more: Any) -> Claim:
    return Claim(name, "A claim for a test.", model, conclusion, premises, **more)


def test_an_ally_first_and_a_concession_by_force_contradict_each_other() -> None:
    """Biased to the alliance (e > beta) and forcing Russia to concede cannot both hold of one Japan."""
    ally = claim("A7", r.MODEL, Holds(r.A_F - r.k_F > r.beta))
    force = claim("A2", r.MODEL, always(("Concede",), ("Full",)), Eq(r.E, 0))
    futile = claim("A3", r.MODEL, never(("Concede",), ("Full",)))
    harmful = claim("A16", r.MODEL, Holds(r.h_F >= 2))
    result = compatible([ally, force, futile, harmful], seconds=60)
    assert result.complete
    assert result.contradictions == (("A7", "A2"), ("A2", "A3"))
    assert {each.claims for each in result.together} == {("A7", "A3", "A16"), ("A2", "A16")}
    assert all(each.confirmed for each in result.together)
    assert "A7 and A2 cannot both hold" in str(result)


def test_models_that_share_a_parameter_share_the_payoff() -> None:
    first, second = tree("choice", CHOICE), tree("entry", ENTRY)
    goes_left = claim("left", first, always(("left",)), x <= 0)
    deterred = claim("deterred", second, never(("enter",)))
    low = claim("low", second, Holds(y >= 1))
    result = compatible([goes_left, deterred, low])
    assert set(result.contradictions) == {("left", "deterred"), ("left", "low")}
    assert {each.claims for each in result.together} == {("left",), ("deterred", "low")}


def test_each_claim_keeps_to_the_ranges_of_its_own_model() -> None:
    narrow = tree("narrow", CHOICE, parameter(x, "0", "1"), parameter(y))
    wide = tree("wide", CHOICE)
    result = compatible([claim("narrow", narrow, Holds(y <= 2)), claim("wide", wide, Holds(x > 1))])
    assert result.contradictions == (("narrow", "wide"),)


def pennies(name: str) -> Model:
    """A game without an equilibrium in pure strategies wherever x > −1."""
    game = StrategicGame.bimatrix([[x, -1], [-1, x]], [[-1, 1], [1, -1]])
    return Model(name, name, game, (parameter(x),))


def test_every_model_of_a_claim_counts() -> None:
    """There is no pure equilibrium of both games where the second has none."""
    first = Model("one", "One", StrategicGame.bimatrix([[x, 0]], [[1, 0]]), (parameter(x),))
    for models in ((first, pennies("two")), (pennies("two"), first)):
        exists = claim("both", models[0], Exists(), x > -1, concept="pure-nash", also=models[1:])
        assert compatible([exists]).contradictions == (("both",),)
    anywhere = claim("both", first, Exists(), concept="pure-nash", also=(pennies("two"),))
    result = compatible([anywhere])
    assert result.together[0].confirmed
    assert result.together[0].at["x"] <= -1


def test_what_several_claims_share_lies_in_all_their_ranges() -> None:
    """The default of the first model is out of the second's range."""
    wide, narrow = tree("wide", CHOICE), tree("narrow", CHOICE, parameter(x, "0", "1"), parameter(y))
    for models in ((wide, narrow), (narrow, wide)):
        result = compatible([claim(model.name, model, always(("left",))) for model in models])
        assert result.complete
        (together,) = result.together
        assert together.confirmed
        assert 0 <= together.at["x"] <= 1
        assert together.at["y"] < together.at["x"]


def test_a_claim_without_ranges_leaves_those_of_the_others() -> None:
    free = claim("free", tree("choice", CHOICE), Holds(y > 5), x > 1, bounded=False)
    low = claim("low", tree("other", CHOICE, parameter(x, "-2", "1"), parameter(y, "-9", "9")), Holds(x <= 1))
    result = compatible([free, low])
    assert result.contradictions == (("free", "low"),)
    alone = compatible([free]).together[0]
    assert alone.confirmed
    assert alone.at["y"] > 5


def test_claims_about_some_equilibrium() -> None:
    """At x = y A goes either way: then both may happen, and neither always does."""
    model = tree("choice", CHOICE)
    left, right = (claim(way, model, sometimes((way,)), every=False) for way in ("left", "right"))
    surely = claim("surely", model, always(("left",)))
    result = compatible([left, right, surely])
    assert result.contradictions == (("right", "surely"),)
    assert {each.claims for each in result.together} == {("left", "right"), ("left", "surely")}
    (tied,) = (each for each in result.together if "right" in each.claims)
    assert tied.at["x"] == tied.at["y"]


def test_a_claim_that_is_never_true_contradicts_itself() -> None:
    model = tree("choice", CHOICE)
    result = compatible([claim("odd", model, Holds(x > 3)), claim("even", model, Exists())])
    assert result.contradictions == (("odd",),)
    assert [each.claims for each in result.together] == [("even",)]
    assert "odd holds at no payoffs" in str(result)


def test_a_conclusion_about_no_equilibrium_is_no_truth() -> None:
    model = pennies("pennies")
    first, second = model.game.players
    assert isinstance(model.game, StrategicGame)
    up = never({first: model.game.strategies[first][0], second: model.game.strategies[second][1]})
    pure = claim("pure", model, up, x > 0, concept="pure-nash")
    assert compatible([pure]).contradictions == (("pure",),)
    assert compatible([claim("some", model, Exists(), concept="pure-nash")]).contradictions == ()


def test_mixed_equilibria_and_uniqueness() -> None:
    game = StrategicGame.bimatrix([[x, 0], [0, 1]], [[0, 1], [1, 0]])
    model = Model("pennies", "Pennies", game, (parameter(x, "1/2", "3"),))
    second = game.players[1]
    chance = symbols("chance")
    # The column player takes the first column with the probability 1/(1 + x).
    rare = Holds(chance <= Rational(1, 3), {chance: Chosen({second: game.strategies[second][0]})})
    claims = [
        claim("rare", model, rare, concept="nash"),
        claim("low", model, Holds(x < Rational(3, 2)), concept="nash"),
        claim("unique", model, Unique(), concept="nash"),
    ]
    result = compatible(claims, seconds=30)
    assert result.contradictions == (("rare", "low"),)
    assert {each.claims for each in result.together} == {("rare", "unique"), ("low", "unique")}
    assert all(each.confirmed for each in result.together)


def random_tree(rng: random.Random, depth: int) -> Node:
    if depth == 0:
        numbers = [rng.choice((-2, -1, 0, 0, 1, 2)) for _ in range(6)]
        return leaf(*(a * x + b * y + c for a, b, c in (numbers[:3], numbers[3:])))
    return Decision(rng.choice("AB"), {f"m{k}": random_tree(rng, depth - 1) for k in range(2)})


def random_claim(rng: random.Random, name: str) -> tuple[Claim, Any, Any]:
    """A claim, and the path and the kind of its conclusion."""
    model = tree(name, random_tree(rng, 2))
    assert isinstance(model.game, ExtensiveGame)
    play = rng.choice([path for path in model.game.nodes if path])
    kind = rng.choice((never, always, sometimes))
    side = rng.choice((x, y, x + y, x - y)) - Rational(rng.randint(-4, 4), 2)
    return claim(name, model, kind(play), side > 0, every=rng.random() < 0.7), play, kind


def test_random_claims_against_a_grid(plays_of: Plays) -> None:
    """What is said to contradict never holds together on the grid, and the payoffs given are true of every claim."""
    rng = random.Random(SEED)
    contradictions = together = 0
    for number in range(FAMILIES):
        family = [random_claim(rng, name) for name in "CDE"]
        result = compatible([each for each, _, _ in family])
        said = f"seed {SEED}, family {number}: {[each for each, _, _ in family]}\n{result}"
        assert result.complete, said

        def is_so(asked: Claim, play: Any, kind: Any, point: Any) -> bool:
            if not all(holds_at(premise, point) for premise in asked.premises):
                return False
            plays = plays_of(asked.model.game_at(point))
            reached = [any(path[: len(play)] == play for path in paths) for _, paths in plays]
            held = [not each if kind is never else each for each in reached]
            return all(held) if asked.every else any(held)

        for a, b in product(GRID, GRID):
            true = {asked.name for asked, play, kind in family if is_so(asked, play, kind, {x: a, y: b})}
            assert not any(set(each) <= true for each in result.contradictions), f"{said}\nat {a}, {b}"
            assert any(true <= set(each.claims) for each in result.together) or not true, f"{said}\nat {a}, {b}"
        for each in result.together:
            point = {x: each.at["x"], y: each.at["y"]}
            assert each.confirmed, said
            assert all(is_so(c, play, kind, point) for c, play, kind in family if c.name in each.claims), said
            assert all(is_true(c, point) for c, _, _ in family if c.name in each.claims), said
        contradictions += len(result.contradictions)
        together += len(result.together)
    assert contradictions >= 8
    assert together >= FAMILIES


def test_what_is_refused() -> None:
    model = tree("choice", CHOICE)
    with pytest.raises(InputError, match="at least one claim"):
        compatible([])
    with pytest.raises(InputError, match="name of its own"):
        compatible([claim("same", model, Exists()), claim("same", model, Exists())])
    with pytest.raises(InputError, match="monotone"):
        compatible([claim("more", model, Monotone(Reach(("left",)), "x"))])


def test_a_short_time_is_admitted() -> None:
    claims = [claim(name, r.MODEL, always((name,))) for name in ("None", "Symbolic", "Full")]
    result = compatible(claims, seconds=0.01)
    assert not result.complete or result.contradictions
    assert result.remarks or result.complete


def test_the_result_is_plain_data() -> None:
    model = tree("choice", CHOICE)
    result = compatible([claim("left", model, always(("left",))), claim("right", model, always(("right",)))])
    assert result.as_json()["contradictions"] == [["left", "right"]]
    assert [len(row) for row in result.table().rows] == [4, 4]
    assert "<table" in result._repr_html_()


def test_what_time_does_not_allow_to_confirm_is_shown_unconfirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: Any) -> bool:
        raise OutOfTimeError

    monkeypatch.setattr("analyses.claims.questions.compatibility.is_true", late)
    relief = Claim("relief", "It concedes.", r.MODEL, sometimes(("Concede",), ("Full",)), (Eq(r.E, 0),))
    found = compatible([relief])
    assert [(each.claims, each.confirmed) for each in found.together] == [(("relief",), False)]
