"""Cournot's duopoly: the textbook's formulas come back from the game."""

import random
from fractions import Fraction

import pytest
from scipy.optimize import minimize_scalar

from games import ContinuousGame, solve
from games.classics.cournot import FIRMS, GAME, MODEL, outcome_words, quantities
from games.formulas.values import evaluate
from games.play.first_order import best_response

SEED = 1838


def drawn(rng: random.Random) -> dict[str, Fraction]:
    def part(low: int, high: int) -> Fraction:
        return low + (high - low) * Fraction(rng.randrange(1, 1000), 1000)

    slope = part(1, 2)
    return {"a": part(8, 20), "b": slope, "d": part(0, 1) * slope, "c_1": part(0, 8), "c_2": part(0, 8)}


def game_at(**values: object) -> ContinuousGame:
    game = MODEL.at(**values)
    assert isinstance(game, ContinuousGame)
    return game


def expected(v: dict[str, Fraction]) -> tuple[Fraction, Fraction]:
    """Both sell what the two first-order conditions say; where one is not positive, the other is a monopoly."""
    a, b, d, c_1, c_2 = v.values()
    first, second = (
        (2 * b * (a - own) - d * (a - other)) / (4 * b**2 - d**2) for own, other in ((c_1, c_2), (c_2, c_1))
    )
    if first <= 0:
        return Fraction(0), (a - c_2) / (2 * b)
    if second <= 0:
        return (a - c_1) / (2 * b), Fraction(0)
    return first, second


def compare_with_the_stated_formula(draws: int) -> set[tuple[str, ...]]:
    rng = random.Random(SEED)
    seen = set()
    for _ in range(draws):
        v = drawn(rng)
        found = solve(game_at(**v))
        assert found.complete, (SEED, v)
        (only,) = found
        assert tuple(only.choices.values()) == expected(v), (SEED, v)
        seen.add(only.outcomes[0].path)
    return seen


def test_quantities_are_those_of_the_textbook() -> None:
    assert len(compare_with_the_stated_formula(150)) == 3


@pytest.mark.long
def test_quantities_are_those_of_the_textbook_in_many_draws() -> None:
    compare_with_the_stated_formula(2_000)


def test_the_same_product_and_the_same_costs() -> None:
    """(a − c)/3b each, and price (a + 2c)/3; the formulas say the same as the solver."""
    values = {"a": "10", "b": "1", "d": "1", "c_1": "1", "c_2": "1"}
    (only,) = solve(game_at(**values))
    assert set(only.choices.values()) == {3}
    assert set(only.payoffs.values()) == {9}
    told = [evaluate(formula, MODEL.point(**values)) for formula in quantities().values()]
    assert told == [3, 3, 9, 9]


def test_best_responses_are_those_of_the_textbook() -> None:
    """(a − c − d q)/2b, and what an optimiser finds."""
    formula = best_response(GAME, FIRMS[0])
    point = MODEL.point()
    game = game_at()
    for other in (0, 2, 4):
        own = evaluate(formula.subs({"q_2": other}), point)
        assert own == (Fraction(9) - Fraction(other, 2)) / 2

        def loss(q: float, other: int = other) -> float:
            return -float(game.payoff((Fraction(q), Fraction(other)), FIRMS[0]))

        assert minimize_scalar(loss, bounds=(0, 10), method="bounded").x == pytest.approx(float(own), abs=1e-4)


def test_a_cartel_sells_less_and_earns_more() -> None:
    game = game_at()
    (rivals,), (cartel,) = solve(game), solve(game, "joint-optimum")
    assert set(rivals.choices.values()) == {Fraction(18, 5)}
    assert set(cartel.choices.values()) == {3}
    assert sum(map(Fraction, cartel.payoffs.values())) == 27 > sum(map(Fraction, rivals.payoffs.values()))


def test_paths_in_words() -> None:
    assert outcome_words(("between", "lowest")) == "First firm sells, Second firm sells nothing"
