"""Best responses and optima as formulas, against the solver at random values of the parameters."""

import random
from fractions import Fraction

import pytest
import sympy

from games import ContinuousGame, InputError, solve
from games.formulas.values import evaluate
from games.play.best_choices import is_best
from games.play.first_order import best_response, equilibrium_formulas, joint_optimum_formulas, payoffs_at

SEED = 1838
x, y, z, a, b = sympy.symbols("x y z a b")
WIDE = {"A": (x, -100, 100), "B": (y, -100, 100), "C": (z, -100, 100)}
GAME = ContinuousGame.of(
    WIDE,
    {
        "A": -(x**2) * (2 + a**2) + x * (a + y / 2 - b * z / 3) / (1 + b**2),
        "B": -2 * y**2 + y * (b - x / 2 + z / 4),
        "C": -(z**2) + z * (a * b + x / 3 - y / 3),
    },
)


def at(point: dict[sympy.Symbol, Fraction]) -> ContinuousGame:
    return GAME.with_entries([evaluate(entry, point) for entry in GAME.entries])


def points(count: int) -> list[dict[sympy.Symbol, Fraction]]:
    rng = random.Random(SEED)
    return [{symbol: Fraction(rng.randint(-20, 20), 10) for symbol in (a, b)} for _ in range(count)]


def test_formulas_of_an_equilibrium_and_of_the_optimum_are_what_is_solved() -> None:
    war, best = equilibrium_formulas(GAME), joint_optimum_formulas(GAME)
    paid = payoffs_at(GAME, war)
    for point in points(20):
        (only,) = solve(at(point))
        assert only.choices == {player: evaluate(formula, point) for player, formula in war.items()}
        assert only.payoffs == {player: evaluate(formula, point) for player, formula in paid.items()}
        (joint,) = solve(at(point), "joint-optimum")
        assert joint.choices == {player: evaluate(formula, point) for player, formula in best.items()}


def test_the_formula_of_a_best_response_is_best_against_any_numbers() -> None:
    rng = random.Random(SEED)
    formulas = {player: best_response(GAME, player) for player in GAME.players}
    for point in points(10):
        game = at(point)
        others = {symbol: Fraction(rng.randint(-9, 9), 3) for symbol in (x, y, z)}
        for k, player in enumerate(GAME.players):
            numbers = list(others.values())
            numbers[k] = evaluate(formulas[player], {**point, **others})
            assert is_best(game, numbers, player)
            numbers[k] += Fraction(1, 10**6)
            assert not is_best(game, numbers, player)


def test_what_has_no_formula_is_refused() -> None:
    one = {"A": (x, 0, 1)}
    with pytest.raises(InputError, match="not quadratic in its own choice"):
        best_response(ContinuousGame.of(one, {"A": x**3}), "A")
    with pytest.raises(InputError, match="not linear"):
        equilibrium_formulas(ContinuousGame.of(one, {"A": x**3}))
    with pytest.raises(InputError, match="no one solution"):
        equilibrium_formulas(ContinuousGame.of(one, {"A": a * x}))
    with pytest.raises(InputError, match="no quotient of polynomials"):
        equilibrium_formulas(ContinuousGame.of(one, {"A": sympy.Max(a, b) * x - x**2}))
