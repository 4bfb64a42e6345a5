"""Bertrand's duopoly: prices above cost and below Cournot's, as in Singh & Vives (1984), come back from the game."""

import random
from fractions import Fraction

import pytest
from scipy.optimize import minimize_scalar

from games import ContinuousGame, solve
from games.classics import bertrand, cournot
from games.classics.bertrand import FIRMS, MODEL, outcome_words, quantities
from games.formulas.values import evaluate

SEED = 1984


def drawn(rng: random.Random) -> dict[str, Fraction]:
    """Values within the assumptions: either firm can sell at its cost whatever the other charges."""

    def part(low: Fraction | int, high: Fraction | int) -> Fraction:
        return low + (high - low) * Fraction(rng.randrange(1, 1000), 1000)

    a, b = part(8, 20), part(1, 2)
    d = part(0, Fraction(9, 10)) * b
    highest = a * (b - d) / b
    return {"a": a, "b": b, "d": d, "c_1": part(0, highest), "c_2": part(0, highest)}


def game_at(**values: object) -> ContinuousGame:
    game = MODEL.at(**values)
    assert isinstance(game, ContinuousGame)
    return game


def expected(v: dict[str, Fraction]) -> list[Fraction]:
    """The prices at which both first-order conditions hold, from the demand in prices α − β p + γ p'."""
    a, b, d, c_1, c_2 = v.values()
    alpha, beta, gamma = a / (b + d), b / (b**2 - d**2), d / (b**2 - d**2)
    return [
        (2 * beta * (alpha + beta * own) + gamma * (alpha + beta * other)) / (4 * beta**2 - gamma**2)
        for own, other in ((c_1, c_2), (c_2, c_1))
    ]


def compare_with_the_stated_prices(draws: int) -> None:
    rng = random.Random(SEED)
    formulas = quantities().values()
    for _ in range(draws):
        v = drawn(rng)
        found = solve(game_at(**v))
        assert found.complete, (SEED, v)
        (only,) = found
        prices = [v["a"] * Fraction(choice) for choice in only.choices.values()]
        assert prices == expected(v), (SEED, v)
        assert prices[0] > v["c_1"]
        assert prices[1] > v["c_2"]
        point = MODEL.point(**v)
        told = [evaluate(formula, point) for formula in formulas]
        assert told == [*prices, *only.payoffs.values()], (SEED, v)


def test_prices_are_those_of_the_first_order_conditions() -> None:
    compare_with_the_stated_prices(150)


@pytest.mark.long
def test_prices_are_those_of_the_first_order_conditions_in_many_draws() -> None:
    compare_with_the_stated_prices(2_000)


def test_no_price_of_a_firm_pays_it_more() -> None:
    """By an optimiser that knows profits from inverse demand and nothing of the game."""
    v = {p.name: float(p.default) for p in MODEL.parameters}
    (only,) = solve(game_at())
    prices = [10 * float(choice) for choice in only.choices.values()]

    def profit(own: float, other: float, cost: float) -> float:
        sold = (v["a"] * (v["b"] - v["d"]) - v["b"] * own + v["d"] * other) / (v["b"] ** 2 - v["d"] ** 2)
        return (own - cost) * max(sold, 0)

    best = minimize_scalar(lambda p: -profit(p, prices[1], v["c_1"]), bounds=(0, 10), method="bounded")
    assert best.x == pytest.approx(prices[0], abs=1e-4)
    assert -best.fun == pytest.approx(float(only.payoffs[FIRMS[0]]))


def test_prices_are_lower_than_where_the_same_firms_choose_quantities() -> None:
    """Cournot's prices follow from its quantities; with d = 0 the two games have one outcome."""
    for d, lower in (("1/2", True), ("0", False)):
        (by_price,), (by_quantity,) = solve(game_at(d=d)), solve(cournot.MODEL.at(d=d))
        q_1, q_2 = map(Fraction, by_quantity.choices.values())
        cournots = 10 - q_1 - Fraction(d) * q_2
        assert (10 * Fraction(by_price.choices[FIRMS[0]]) < cournots) is lower
        assert (by_price.payoffs[FIRMS[0]] < by_quantity.payoffs[FIRMS[0]]) is lower


def test_the_demand_is_cournots_read_the_other_way() -> None:
    """At any quantities, the prices of the one sell these quantities in the other."""
    a, b, d = Fraction(10), Fraction(1), Fraction(1, 2)
    q_1, q_2 = Fraction(3), Fraction(5, 2)
    rates = [(a - b * own - d * other) / a for own, other in ((q_1, q_2), (q_2, q_1))]
    sold = bertrand.sales(bertrand.r_1, bertrand.r_2)
    point = {**MODEL.point(), bertrand.r_1: rates[0], bertrand.r_2: rates[1]}
    assert evaluate(sold, point) == q_1


def test_paths_in_words() -> None:
    assert outcome_words(("between", "between")) == "First firm charges a price, Second firm charges a price"
