"""Dominated strategies: cases by hand, and agreement with a linear-programming library on random games."""

import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
import sympy
from scipy.optimize import linprog

from games import StrategicGame, solve
from games.solvers.methods.elimination import Step, dominating, eliminate, elimination_conditions

SEED = 1957


def random_game(rng: random.Random, sizes: tuple[int, ...], high: int) -> StrategicGame:
    strategies = {f"P{k}": tuple(f"s{i}" for i in range(size)) for k, size in enumerate(sizes)}
    payoffs = {p: tuple(rng.randint(0, high) for _ in sizes) for p in product(*strategies.values())}
    return StrategicGame(strategies, payoffs)


def random_games(count: int, high: int = 9) -> Iterator[StrategicGame]:
    rng = random.Random(SEED)
    for k in range(count):
        yield random_game(rng, ((2, 3), (3, 3), (4, 3), (4, 4), (2, 2, 3), (3, 2, 2))[k % 6], high)


def payoffs_of(game: StrategicGame, player: str, strategy: str, others: Mapping[str, tuple[str, ...]]) -> list[Any]:
    menus = [(strategy,) if p == player else others[p] for p in game.players]
    return [game.payoff(profile, player) for profile in product(*menus)]


def against(game: StrategicGame, player: str, strategy: str, mix: Mapping[str, Fraction]) -> list[Fraction]:
    """What ``mix`` pays more than ``strategy``, profile of the others by profile."""
    own = payoffs_of(game, player, strategy, game.strategies)
    rivals = [[w * v for v in payoffs_of(game, player, label, game.strategies)] for label, w in mix.items()]
    return [sum(values, Fraction(0)) - victim for victim, *values in zip(own, *rivals, strict=True)]


def best_gain(game: StrategicGame, player: str, strategy: str, strict: bool) -> float:
    """By linear program in floats: the greatest least gain of a mixture, or, weakly, the greatest sum of gains ≥ 0."""
    rivals = [s for s in game.strategies[player] if s != strategy]
    own = payoffs_of(game, player, strategy, game.strategies)
    gains = np.array([payoffs_of(game, player, r, game.strategies) for r in rivals], dtype=float) - np.array(own, float)
    if strict:
        objective = [*([0.0] * len(rivals)), -1.0]
        rows = np.column_stack([-gains.T, np.ones(len(own))])
        total = [[*([1.0] * len(rivals)), 0.0]]
        bounds: list[tuple[float | None, None]] = [*([(0.0, None)] * len(rivals)), (None, None)]
    else:
        objective, rows, total = list(-gains.sum(axis=1)), -gains.T, [[1.0] * len(rivals)]
        bounds = [(0.0, None)] * len(rivals)
    solution = linprog(objective, rows, np.zeros(len(own)), total, [1.0], bounds=bounds)
    return -solution.fun if solution.success else -np.inf


@pytest.mark.untraced
@pytest.mark.parametrize("count", [60, pytest.param(200, marks=pytest.mark.long)])
@pytest.mark.parametrize("weak", [False, True], ids=["strict", "weak"])
def test_dominated_strategies_are_those_that_a_linear_program_finds(weak: bool, count: int) -> None:
    dominated = undominated = by_mixture = 0
    for game in random_games(count, high=3 if weak else 9):
        for player, own in game.strategies.items():
            for strategy in own:
                rivals = [s for s in own if s != strategy]
                found = dominating(game, game.strategies, player, strategy, rivals, weak)
                gain = best_gain(game, player, strategy, strict=not weak)
                assert (found is not None) == (gain > 1e-9), (SEED, game, player, strategy)
                if found is None:
                    undominated += 1
                    continue
                dominated += 1
                mix, strict = found
                by_mixture += len(mix) > 1
                assert sum(mix.values()) == 1
                assert min(mix.values()) > 0
                assert strategy not in mix
                more = against(game, player, strategy, mix)
                assert min(more) > 0 if strict else min(more) >= 0 and max(more) > 0, (SEED, game, player, strategy)
                assert strict == (best_gain(game, player, strategy, strict=True) > 1e-9), (SEED, game, player, strategy)
    assert min(dominated, undominated, by_mixture) > count / 10


def test_a_strategy_that_only_a_mixture_dominates() -> None:
    game = StrategicGame.bimatrix(
        [[3, 0], [0, 3], [1, 1]], [[0, 1], [1, 0], [0, 0]], {"R": ("Top", "Middle", "Bottom"), "C": ("l", "r")}
    )
    (step,) = eliminate(game).steps
    assert (step.player, step.strategy, step.strict) == ("R", "Bottom", True)
    assert set(step.dominator) == {"Top", "Middle"}
    assert min(against(game, "R", "Bottom", step.dominator)) > 0
    assert all(w > Fraction(1, 3) for w in step.dominator.values())


def test_equal_strategies_do_not_dominate_each_other() -> None:
    game = StrategicGame.bimatrix([[1, 2], [1, 2]], [[0, 0], [0, 0]])
    assert eliminate(game, weak=True).steps == ()


def test_a_chain_of_weak_dominance_goes_in_one_round() -> None:
    """a pays at least as much as b, and b as c: both fall to a, the one that stays."""
    game = StrategicGame.bimatrix([[2, 2], [2, 1], [2, 0]], [[0, 0]] * 3, {"R": ("a", "b", "c"), "C": ("l", "r")})
    steps = eliminate(game, weak=True).steps
    assert [(s.round, s.strategy, dict(s.dominator)) for s in steps] == [(1, "b", {"a": 1}), (1, "c", {"a": 1})]


def test_dominators_use_only_strategies_that_the_round_leaves() -> None:
    rounds = 0
    for weak in (False, True):
        for game in random_games(200, high=4):
            steps = eliminate(game, weak).steps
            rounds = max(rounds, *(step.round for step in steps), 0)
            for step in steps:
                gone = {s.strategy for s in steps if s.player == step.player and s.round <= step.round}
                assert not gone & set(step.dominator), (SEED, game)
    assert rounds >= 3


def test_strict_elimination_keeps_every_strategy_of_an_equilibrium() -> None:
    eliminated = 0
    for game in random_games(200, high=5):
        elimination = eliminate(game)
        eliminated += len(elimination.steps)
        concept = "nash" if len(game.players) == 2 else "pure-nash"
        equilibria = solve(game, concept)
        played = {(p, s) for e in equilibria for p in game.players for s, weight in e[p].items() if weight}
        assert not played & {(step.player, step.strategy) for step in elimination.steps}, (SEED, game)
        left = solve(elimination.game, concept)
        assert [sorted(e.payoffs.values()) for e in sorted(left, key=str)] == [
            sorted(e.payoffs.values()) for e in sorted(equilibria, key=str)
        ], (SEED, game)
    assert eliminated > 50


def test_the_survivors_of_strict_elimination_do_not_depend_on_the_order() -> None:
    rng = random.Random(SEED)
    for game in random_games(150, high=5):
        shuffled = StrategicGame({p: tuple(rng.sample(s, len(s))) for p, s in game.strategies.items()}, game.payoffs)
        ours, theirs = eliminate(game).survivors, eliminate(shuffled).survivors
        assert {p: set(s) for p, s in ours.items()} == {p: set(s) for p, s in theirs.items()}, (SEED, game)


def test_the_conditions_of_a_strict_elimination_are_positive() -> None:
    counted = 0
    for game in random_games(150, high=5):
        steps = eliminate(game).steps
        conditions = elimination_conditions(game, steps)
        assert all(condition > 0 for condition in conditions), (SEED, game)
        assert bool(conditions) == bool(steps)
        counted += len(conditions)
    assert counted > 100


def test_the_conditions_of_one_weak_step_are_not_negative_and_not_all_zero() -> None:
    seen = 0
    for game in random_games(150, high=2):
        for step in eliminate(game, weak=True).steps:
            if step.round == 1 and not step.strict:
                conditions = elimination_conditions(game, [step])
                assert min(conditions) == 0 < max(conditions), (SEED, game)
                seen += 1
    assert seen > 20


def test_conditions_of_a_game_in_formulas() -> None:
    x = sympy.Symbol("x")
    game = StrategicGame.bimatrix([[x, 0], [1, -1]], [[2, 1], [0, 3]])
    step = Step(1, "Row", "2", {"1": Fraction(1)}, True)
    later = Step(2, "Column", "2", {"1": Fraction(1)}, True)
    assert elimination_conditions(game, [step]) == (x - 1, 1)
    assert elimination_conditions(game, [step, later]) == (x - 1, 1, 1)
