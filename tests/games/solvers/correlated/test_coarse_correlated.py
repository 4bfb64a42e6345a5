"""Coarse correlated equilibria: agreement with a library, and the correlated equilibria among them."""

import random
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
import sympy
from scipy.optimize import linprog

from games import Equilibria, InputError, StrategicGame, solve
from games.solvers.correlated.coarse_correlated import margins
from games.solvers.correlated.correlated import margins as obedience

SEED = 1978


def random_game(rng: random.Random, sizes: tuple[int, ...], high: int) -> StrategicGame:
    strategies = {f"P{k}": tuple(f"{chr(97 + k)}{i}" for i in range(size)) for k, size in enumerate(sizes)}
    return StrategicGame(
        strategies, {p: tuple(rng.randint(0, high) for _ in sizes) for p in product(*strategies.values())}
    )


def total(equilibria: Equilibria) -> Fraction:
    return sum(map(Fraction, equilibria[0].payoffs.values()), Fraction(0))


def library_best(game: StrategicGame) -> float:
    rows = []
    for k, (player, own) in enumerate(game.strategies.items()):
        for label in own:
            departed = [tuple(label if i == k else s for i, s in enumerate(p)) for p in game.profiles]
            rows.append(
                [
                    float(game.payoff(d, player) - game.payoff(p, player))
                    for d, p in zip(departed, game.profiles, strict=True)
                ]
            )
    sums = np.array([float(sum(row)) for row in game.payoffs.values()])
    solution = linprog(-sums, np.array(rows), np.zeros(len(rows)), np.ones((1, len(sums))), [1.0])
    assert solution.success
    return float(-solution.fun)


def test_the_best_agrees_with_a_library_and_is_no_worse_than_the_best_correlated_one() -> None:
    rng = random.Random(SEED)
    better = 0
    for k in range(60):
        game = random_game(rng, ((2, 2), (3, 3), (2, 4), (2, 2, 2))[k % 4], 6)
        coarse, fine = solve(game, "coarse-correlated"), solve(game, "correlated")
        assert abs(float(total(coarse)) - library_best(game)) < 1e-7, (SEED, game)
        assert total(coarse) >= total(fine)
        assert min(margins(game, {r.path: r.probability for r in fine[0].outcomes})) >= 0
        assert min(margins(game, {r.path: r.probability for r in coarse[0].outcomes})) >= 0
        better += total(coarse) > total(fine)
    assert better > 0


def test_a_promise_given_in_advance_holds_where_an_order_received_would_not() -> None:
    """To play (1, 1) or (2, 2), evenly drawn: 3 pays less than following, 7/2, and more against 1, 6 instead of 5."""
    game = StrategicGame.bimatrix([[5, 0, 0], [0, 5, 0], [6, 1, "-9"]], [[5, 0, 6], [0, 5, 1], [0, 0, "-9"]])
    drawn = {("1", "1"): Fraction(1, 2), ("2", "2"): Fraction(1, 2)}
    assert min(margins(game, drawn)) == Fraction(3, 2)
    assert min(obedience(game, drawn)) == Fraction(-1, 2)
    assert total(solve(game, "coarse-correlated")) == 10


def test_the_margins_of_a_game_in_formulas() -> None:
    x, p = sympy.symbols("x p")
    game = StrategicGame.bimatrix([[x, 0], [1, 2]], [[1, 0], [0, 1]])
    found = margins(game, {("1", "1"): p, ("2", "2"): 1 - p})
    follows = p * x + 2 * (1 - p)
    expected = (follows - p * x, follows - p - 2 * (1 - p), 1 - p, p)
    assert [sympy.expand(c) for c in found] == [sympy.expand(e) for e in expected]


def test_a_player_by_name() -> None:
    chicken = StrategicGame.bimatrix([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    answer = solve(chicken, "coarse-correlated", objective="Column")
    assert answer[0].payoffs == {"Row": 2, "Column": 7}
    assert answer.remarks[0].startswith("the greatest payoff of Column in a coarse-correlated equilibrium is 7")
    with pytest.raises(InputError, match="the objective is 'Nobody'"):
        solve(chicken, "coarse-correlated", objective="Nobody")
