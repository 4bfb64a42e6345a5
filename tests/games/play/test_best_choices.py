"""Best numbers and regret, against a fine grid."""

import random
from fractions import Fraction

import numpy as np
import pytest

from games import ContinuousGame
from games.forms.continuous import Interval
from games.play.best_choices import choice_regret, critical_points, is_best
from games.roots import polynomial

SEED = 1838


def drawn(rng: random.Random, degree: int) -> tuple[ContinuousGame, dict[str, Fraction]]:
    """A game of two players whose payoffs have random coefficients, and numbers that are chosen in it."""
    choices = {p: Interval(p.lower(), Fraction(rng.randint(-4, 0), 2), Fraction(rng.randint(1, 4), 2)) for p in "AB"}
    powers = [(i, j) for i in range(degree + 1) for j in range(degree + 1 - i)]
    payoffs = {p: {own: Fraction(rng.randint(-6, 6), rng.choice((1, 2))) for own in powers} for p in "AB"}
    game = ContinuousGame(choices, payoffs)
    numbers = {
        p: rng.choice((i.low, i.high, i.low + (i.high - i.low) * Fraction(rng.randint(0, 8), 8)))
        for p, i in choices.items()
    }
    return game, numbers


def on_a_grid(game: ContinuousGame, numbers: dict[str, Fraction], player: str) -> float:
    interval = game.choices[player]
    own = game.players.index(player)
    at = [np.full(2_001, float(numbers[other])) for other in game.players]
    at[own] = np.linspace(float(interval.low), float(interval.high), 2_001)
    paid = sum(
        float(v) * np.prod([c**k for c, k in zip(at, p, strict=True)], axis=0) for p, v in game.payoffs[player].items()
    )
    return float(np.max(paid)) - float(game.payoff(list(numbers.values()), player))


@pytest.mark.parametrize("degree", [1, 2, 3, 5])
def test_regret_is_what_a_grid_finds(degree: int) -> None:
    rng = random.Random(SEED + degree)
    none = 0
    for _ in range(40):
        game, numbers = drawn(rng, degree)
        regret = choice_regret(game, numbers)
        for player in game.players:
            on_grid = on_a_grid(game, numbers, player)
            assert float(regret[player]) == pytest.approx(on_grid, abs=1e-3), (SEED, degree, numbers)
            assert float(regret[player]) >= on_grid - 1e-12
            assert is_best(game, list(numbers.values()), player) is (regret[player] == 0)
            none += regret[player] == 0
    assert none > 3


def test_critical_points_are_the_ends_and_where_the_slope_is_zero() -> None:
    """x³ − 2x has slopes of zero at ±√(2/3), (x − 1)² one at 1."""
    found = critical_points(polynomial([0, -2, 0, 1]), Fraction(-1), Fraction(2))
    assert found[:2] == [-1, 2]
    assert [abs(at * at - Fraction(2, 3)) < Fraction(1, 10**30) for at in found[2:]] == [True, True]
    assert critical_points(polynomial([1, -2, 1]), Fraction(0), Fraction(2)) == [0, 2, 1]
