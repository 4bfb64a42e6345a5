"""Random claims about small strategic games, judged independently by solving the game at every point of a grid.

A claim that fails at a grid point must not be proved; one that is refuted must fail at the payoffs named, which is
checked here from the definition of an equilibrium, without the code that made the verdict.
"""

import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any

import pytest
import sympy
from sympy import Integer, Rational, symbols

from analyses.claims import Chosen, Claim, Holds, Payoff, Proved, Refuted, Unique, Unsettled, always, check, never
from games import StrategicGame, solve
from games.formulas.relations import holds_at
from games.model import Model
from games.parameters import Parameter, Unit
from games.sources import Assumed

SEED = 1951
CLAIMS = 300
PIECES = 15
"""The claims are dealt out to this many tests, so that they can run side by side."""

x, y, q, r = symbols("x y q r")
GRID = [Fraction(k, 2) for k in range(-2, 5)]

Point = dict[sympy.Symbol, Fraction]


def parameter(symbol: sympy.Symbol) -> Parameter:
    return Parameter(
        symbol,
        meaning=f"meaning of {symbol}",
        default="1/2",
        low="-1",
        high="2",
        unit=Unit.PAYOFF,
        source=Assumed("for a test"),
    )


def random_entry(rng: random.Random) -> Any:
    choice = rng.random()
    if choice < 0.45:
        return Integer(rng.randint(-1, 2))
    if choice < 0.75:
        return rng.choice([x, y])
    return rng.choice([x + y, x - y, 2 * x - 1, 1 - y, x * y, y - Rational(1, 2)])


def random_model(rng: random.Random) -> Model:
    rows, columns = rng.choice([(2, 2), (2, 2), (2, 3), (3, 2)])
    first, second = ([[random_entry(rng) for _ in range(columns)] for _ in range(rows)] for _ in range(2))
    return Model("random", "Random", StrategicGame.bimatrix(first, second), (parameter(x), parameter(y)))


def random_premises(rng: random.Random) -> tuple[Any, ...]:
    offered = [x > y, x <= y, x > 0, y < 1, x + y <= 1, x >= Rational(1, 2), y >= 0, sympy.Ne(x, y), x * y > 0]
    return tuple(rng.sample(offered, rng.choice([0, 1, 1, 2])))


def random_conclusion(rng: random.Random, game: StrategicGame) -> Any:
    who = rng.choice(game.players)
    own = rng.choice(game.strategies[who])
    profile = {player: rng.choice(labels) for player, labels in game.strategies.items()}
    bound = rng.choice([Rational(1, 2), Rational(1, 3), Rational(3, 4)])
    return rng.choice(
        [
            never({who: own}),
            always({who: own}),
            never(profile),
            Holds(q <= bound, {q: Chosen({who: own})}),
            Holds(q >= bound, {q: Chosen({who: own})}),
            Holds(q <= bound, {q: Chosen(profile)}),
            Holds(q >= rng.choice([Integer(0), x, y]), {q: Payoff(who)}),
            Holds(q >= r, {q: Payoff("Row"), r: Payoff("Column")}),
            Holds(sympy.Implies(q > 0, r > 0), {q: Chosen({who: own}), r: Payoff(who)}),
            Unique(),
        ]
    )


def random_claim(number: int) -> Claim:
    rng = random.Random(f"{SEED} {number}")
    model = random_model(rng)
    concept, every = rng.choice([("nash", True), ("nash", True), ("nash", False), ("pure-nash", True)])
    premises = random_premises(rng)
    return Claim(f"random {number}", "A claim.", model, random_conclusion(rng, model.game), premises, concept, every)


def admissible(claim: Claim) -> Iterator[Point]:
    for values in product(GRID, repeat=2):
        point = dict(zip((x, y), values, strict=True))
        if all(holds_at(premise, point) for premise in claim.premises):
            yield point


def told(claim: Claim, equilibrium: Any) -> Point:
    """The quantities of the conclusion at an equilibrium, from its strategies alone."""
    values = {}
    for symbol, quantity in claim.conclusion.where.items():
        if isinstance(quantity, Payoff):
            values[symbol] = Fraction(equilibrium.payoffs[quantity.player])
        else:
            values[symbol] = Fraction(1)
            for who, own in quantity.choices.items():
                values[symbol] *= equilibrium[who][own]
    return values


def is_true_at(claim: Claim, point: Point) -> bool | None:
    """Whether the claim holds at the point, by solving the game; None if a continuum of equilibria leaves it open."""
    found = solve(claim.model.game_at(point), claim.concept)
    continuum = any(not component.is_point for component in found.components)
    if isinstance(claim.conclusion, Unique):
        return len(found) <= 1 and not continuum
    verdicts = [holds_at(claim.conclusion.formula, {**point, **told(claim, e)}) for e in found]
    if claim.every:
        return False if not all(verdicts) else None if continuum else True
    return True if any(verdicts) else None if continuum else False


@cache
def numbers(piece: int) -> tuple[int, ...]:
    return tuple(range(piece, CLAIMS, PIECES))


@pytest.mark.untraced
@pytest.mark.parametrize("piece", [pytest.param(k, marks=[pytest.mark.long] if k > 2 else []) for k in range(PIECES)])
def test_no_false_claim_is_proved_and_no_true_one_refuted(piece: int) -> None:
    for number in numbers(piece):
        claim = random_claim(number)
        where = f"seed {SEED}, claim {number}: {claim!r}\n{claim.model.game!r}"
        points = list(admissible(claim))
        if not points:
            continue
        verdict = check(claim, seconds=5)
        on_grid = [is_true_at(claim, point) for point in points]
        if isinstance(verdict, Proved):
            assert False not in on_grid, where
        elif isinstance(verdict, Refuted):
            refuted_indeed(claim, verdict, where)
        else:
            assert isinstance(verdict, Unsettled)
            assert verdict.because, where


def refuted_indeed(claim: Claim, verdict: Refuted, where: str) -> None:
    """The payoffs named satisfy the premises, and there the claim fails."""
    point = {symbols(name): value for name, value in verdict.at.items()}
    assert all(-1 <= value <= 2 for value in point.values()), where
    assert all(holds_at(premise, point) for premise in claim.premises), where
    game = claim.model.game_at(point)
    if not verdict.equilibria:
        assert is_true_at(claim, point) is not True, where
        return
    for equilibrium in verdict.equilibria:
        assert is_nash(game, equilibrium.strategies), where
    if isinstance(claim.conclusion, Unique):
        assert len({str(e.strategies) for e in verdict.equilibria}) == 2, where
    else:
        assert not holds_at(claim.conclusion.formula, {**point, **told(claim, verdict.equilibria[0])}), where


def is_nash(game: StrategicGame, strategies: Mapping[str, Mapping[str, Any]]) -> bool:
    """From the definition: no pure deviation pays more."""
    first, second = game.players

    def expected(position: int, row: Mapping[str, Any], column: Mapping[str, Any]) -> Any:
        return sum(row[i] * column[j] * game.payoffs[i, j][position] for i in row for j in column)

    def only(labels: tuple[str, ...], chosen: str) -> dict[str, Fraction]:
        return {label: Fraction(label == chosen) for label in labels}

    row, column = strategies[first], strategies[second]
    return all(
        expected(0, only(game.strategies[first], own), column) <= expected(0, row, column)
        for own in game.strategies[first]
    ) and all(
        expected(1, row, only(game.strategies[second], own)) <= expected(1, row, column)
        for own in game.strategies[second]
    )


def test_most_random_claims_are_settled() -> None:
    """The tests above would pass if nothing were ever settled."""
    kinds: dict[str, int] = {}
    for number in range(0, CLAIMS, 10):
        claim = random_claim(number)
        if list(admissible(claim)):
            verdict = check(claim, seconds=5).verdict
            kinds[verdict] = kinds.get(verdict, 0) + 1
    assert kinds["proved"] >= 3, kinds
    assert kinds["refuted"] >= 8, kinds
    assert kinds.get("unsettled", 0) <= sum(kinds.values()) / 10, kinds
