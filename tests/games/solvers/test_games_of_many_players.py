"""All equilibria of small games of three or more players, against a search that shares nothing with the solver."""

import random
from collections.abc import Sequence
from itertools import combinations, product

import numpy as np
import pytest
from scipy.optimize import root

from games import Equilibria, StrategicGame, solve
from games.solvers.regret import regret

SEED = 20040


def random_game(seed: int, shape: Sequence[int], size: int) -> StrategicGame:
    source = random.Random(f"{SEED} {seed} {shape}")
    own = {f"P{k}": tuple("abcd"[:count]) for k, count in enumerate(shape)}
    return StrategicGame(own, {p: tuple(source.randint(-size, size) for _ in shape) for p in product(*own.values())})


def vectors(found: Equilibria) -> list[np.ndarray]:
    return [np.array([float(w) for mix in one.strategies.values() for w in mix.values()]) for one in found]


def by_many_starts(game: StrategicGame, starts: int) -> list[np.ndarray]:
    """Equilibria from Newton-like steps on the indifference equations of every support, from random starts."""
    shape = [len(own) for own in game.strategies.values()]
    payoffs = np.array([[float(v) for v in row] for row in game.payoffs.values()]).reshape(*shape, len(shape))
    source = np.random.default_rng(SEED)

    def pays(mixes: list[np.ndarray], player: int) -> np.ndarray:
        value = payoffs[..., player]
        for k in reversed(range(len(shape))):
            if k != player:
                value = np.tensordot(value, mixes[k], axes=(k, 0))
        return value

    found: list[np.ndarray] = []
    choices = [[c for n in range(1, m + 1) for c in combinations(range(m), n)] for m in shape]
    for support in product(*choices):

        def spread(x: np.ndarray, support: tuple[tuple[int, ...], ...] = support) -> list[np.ndarray]:
            mixes, position = [], 0
            for played, count in zip(support, shape, strict=True):
                mix = np.zeros(count)
                mix[list(played)] = x[position : position + len(played)]
                position += len(played)
                mixes.append(mix)
            return mixes

        def gap(x: np.ndarray, support: tuple[tuple[int, ...], ...] = support) -> np.ndarray:
            mixes = spread(x, support)
            rows = [mix.sum() - 1 for mix in mixes]
            for player, played in enumerate(support):
                value = pays(mixes, player)
                rows += [value[s] - value[played[0]] for s in played[1:]]
            return np.array(rows)

        mixing = sum(len(played) > 1 for played in support)
        for _ in range(starts if mixing > 1 else 1):
            x = np.concatenate([source.dirichlet(np.ones(len(played))) for played in support])
            done = root(gap, x)
            if not done.success or (done.x < 1e-9).any():
                continue
            mixes = spread(done.x)
            if all(pays(mixes, k).max() - pays(mixes, k) @ mixes[k] < 1e-7 for k in range(len(shape))):
                vector = np.concatenate(mixes)
                if all(np.abs(vector - known).max() > 1e-6 for known in found):
                    found.append(vector)
    return found


@pytest.mark.parametrize("block", range(6))
def test_generic_games_have_an_odd_number_of_equilibria_without_regret(block: int) -> None:
    for number in range(50):
        game = random_game(50 * block + number, (2, 2, 2), 10_000)
        found = solve(game)
        where = f"seed {SEED}, game {50 * block + number}"
        if found.complete:
            assert len(found) % 2 == 1, where
        for one in found:
            worst = max(regret(game, one.strategies).values())
            assert worst == 0 if found.exact else worst < 1e-8, where


@pytest.mark.parametrize(("shape", "games", "starts"), [((2, 2, 2), 40, 12), ((3, 2, 2), 6, 12), ((2, 2, 2, 2), 4, 15)])
def test_nothing_is_missed_that_many_random_starts_find(shape: tuple[int, ...], games: int, starts: int) -> None:
    for number in range(games):
        game = random_game(1_000 + number, shape, 1_000)
        found = solve(game)
        listed = vectors(found)
        for vector in by_many_starts(game, starts):
            near = min((np.abs(vector - known).max() for known in listed), default=1.0)
            assert near < 1e-6 or not found.complete, f"seed {SEED}, game {1_000 + number}: {vector}"


def test_three_players_of_three_strategies() -> None:
    game = random_game(7, (3, 3, 3), 1_000)
    found = solve(game)
    assert found.complete
    assert len(found) % 2 == 1
    assert all(max(regret(game, one.strategies).values()) < 1e-8 for one in found)


def test_ties_are_ordinary_and_the_answer_is_honest_about_continua() -> None:
    for number in range(60):
        game = random_game(2_000 + number, (2, 2, 2), 1)
        found = solve(game)
        for one in found:
            assert max(regret(game, one.strategies).values()) < 1e-8, f"seed {SEED}, game {2_000 + number}"
        if any(not component.is_point for component in found.components):
            assert not found.complete


def test_a_game_too_large_says_so_and_names_the_method_that_finds_one() -> None:
    game = random_game(3, (4, 4, 4, 4), 100)
    found = solve(game)
    assert not found.complete
    assert any("nash-search" in remark for remark in found.remarks)
    (one,) = solve(game, "nash-search")
    assert max(float(v) for v in regret(game, one.strategies).values()) < 1e-4


def test_a_time_limit_stops_with_what_was_found() -> None:
    found = solve(random_game(4, (3, 3, 3), 1_000), time_limit=1e-6)
    assert not found.complete
    assert any("stopped" in remark for remark in found.remarks)
