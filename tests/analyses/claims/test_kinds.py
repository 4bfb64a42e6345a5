"""Where a refuted claim fails: everywhere, on a region, or on a boundary only.

The games are such that the answer is known by hand; the judge at random payoffs is the ordinary solver.
"""

import random
from fractions import Fraction
from typing import Any

import pytest
import sympy
from sympy import Eq, symbols

from analyses.claims import Claim, Refuted, check, never
from analyses.claims.verdicts import Kind
from games import Chance, Decision, ExtensiveGame, Outcome, StrategicGame, solve
from games.formulas.relations import holds_at
from games.model import Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

SEED = 1887
a, b, c, p = symbols("a b c p")


def parameter(symbol: sympy.Symbol, low: int = 0, high: int = 2) -> Parameter:
    return Parameter(
        symbol, meaning="a payoff", default=1, low=low, high=high, unit=Unit.PAYOFF, source=Assumed("for the test")
    )


def one_choice(left: Any, right: Any) -> Model:
    """A alone chooses left or right."""
    tree = ExtensiveGame(("A",), Decision("A", {"left": Outcome((left,)), "right": Outcome((right,))}))
    used = sorted({*sympy.sympify(left).free_symbols, *sympy.sympify(right).free_symbols}, key=str)
    return Model("choice", "A choice", tree, tuple(map(parameter, used)))


def kind_of(model: Model, *premises: Any, concept: str = "", play: Any = ("left",)) -> Kind:
    verdict = check(Claim("claim", "It is never played.", model, never(play), premises, concept))
    assert isinstance(verdict, Refuted), verdict
    return verdict.kind


@pytest.mark.parametrize(
    ("left", "right", "premises", "kind"),
    [
        (a, b, (), Kind.REGION),
        (a, b, (a > b,), Kind.EVERYWHERE),
        (a, b, (a <= b,), Kind.BOUNDARY),
        (a, b, (Eq(a, b),), Kind.EVERYWHERE),
        (a, a, (), Kind.EVERYWHERE),
        (a * b, b, (a <= 1,), Kind.BOUNDARY),
        (a * b, b, (a <= 1, Eq(b, 0)), Kind.EVERYWHERE),
        (a, b + c, (Eq(c, 0), a <= b), Kind.BOUNDARY),
        (a, b, (a >= b, a <= b), Kind.EVERYWHERE),
        (a, 2, (), Kind.BOUNDARY),
        (a**2, b**2, (a <= b,), Kind.BOUNDARY),
    ],
)
def test_of_one_choice(left: Any, right: Any, premises: tuple[Any, ...], kind: Kind) -> None:
    """A tie that holds as a formula, or by a premise's own equation, is no boundary; any other is."""
    assert kind_of(one_choice(left, right), *premises) is kind


def test_mixed_play_has_boundaries_too() -> None:
    """Left pays a and right b whatever the other does, so left is played where a ≥ b, mixed or not."""
    rows = {("left", "x"): (a, c), ("left", "y"): (a, 1), ("right", "x"): (b, 1), ("right", "y"): (b, c)}
    game = StrategicGame({"A": ("left", "right"), "B": ("x", "y")}, rows)
    model = Model("dominated", "A dominated row", game, tuple(map(parameter, (a, b, c))))
    left = {"A": "left"}
    assert kind_of(model, a <= b, concept="nash", play=left) is Kind.BOUNDARY
    assert kind_of(model, concept="nash", play=left) is Kind.REGION
    assert kind_of(model, a > b, concept="nash", play=left) is Kind.EVERYWHERE


def test_the_counterexample_is_off_the_boundary_where_the_claim_fails_on_a_region() -> None:
    """The defaults tie, and at a tie left may be played: a reader is shown payoffs at which it pays more."""
    verdict = check(Claim("claim", "", one_choice(a, b), never(("left",))))
    assert isinstance(verdict, Refuted)
    assert verdict.at["a"] > verdict.at["b"]


def random_tree(rng: random.Random) -> ExtensiveGame:
    """A moves, B answers on one side, chance on the other; payoffs are few formulas, so that some tie everywhere."""

    def leaf() -> Outcome:
        return Outcome((rng.choice((a, b, c, 1)), rng.choice((a, b, c, 1))))

    if rng.random() < 0.5:
        return ExtensiveGame(("A", "B"), Decision("A", {"left": leaf(), "right": leaf()}))
    answer = Decision("B", {"l": leaf(), "r": leaf()})
    lot = Chance({"heads": (Fraction(1, 2), leaf()), "tails": (Fraction(1, 2), leaf())})
    return ExtensiveGame(("A", "B"), Decision("A", {"left": answer, "right": lot}))


@pytest.mark.parametrize("count", [30, pytest.param(90, marks=pytest.mark.long)])
def test_kinds_at_random_against_the_solver(count: int) -> None:
    rng = random.Random(SEED)
    seen: dict[Kind, int] = dict.fromkeys(Kind, 0)
    for number in range(count):
        model = Model("tree", "A tree", random_tree(rng), tuple(map(parameter, (a, b, c))))
        first, second = rng.sample((a, b, c), 2)
        premises = rng.choice(((), (first <= second,), (first <= second, second <= c + 1), (Eq(first, second),)))
        play = rng.choice((("left",), ("right",)))
        claim = Claim("claim", "", model, never(play), premises)
        verdict = check(claim)
        if not isinstance(verdict, Refuted):
            continue
        seen[verdict.kind] += 1
        found = [fails_at(claim, play, point) for point in points_of(claim, rng, 30)]
        context = (SEED, number, verdict.kind, model.game, premises, play)
        if verdict.kind is Kind.EVERYWHERE:
            assert all(found), context
        if verdict.kind is Kind.BOUNDARY:
            assert not any(found), context
        if verdict.kind is Kind.REGION:
            assert not all(found), context
    assert seen[Kind.UNKNOWN] == 0, (SEED, seen)
    assert min(seen[kind] for kind in (Kind.EVERYWHERE, Kind.BOUNDARY, Kind.REGION)) > 1, (SEED, seen)


def points_of(claim: Claim, rng: random.Random, count: int) -> list[dict[sympy.Symbol, Fraction]]:
    """Admissible points in general position: no two values are equal but by a premise."""
    found = []
    while len(found) < count:
        point = {symbol: Fraction(rng.randrange(1, 2 * 10**6, 2), 10**6) for symbol in claim.parameters}
        for premise in claim.premises:
            if getattr(premise, "sign", "") == "==":
                point[premise.right] = point[premise.left]
        if all(holds_at(premise, point) for premise in claim.premises):
            found.append(point)
    return found


def fails_at(claim: Claim, play: tuple[str, ...], point: dict[sympy.Symbol, Fraction]) -> bool:
    game = claim.model.game_at(point)
    return any(outcome.path[: len(play)] == play for found in solve(game) for outcome in found.outcomes)
