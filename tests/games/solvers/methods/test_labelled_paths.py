"""Equilibria that Lemke and Howson's paths reach, directly or through others, against all equilibria."""

import random

import pytest

from games import StrategicGame, solve
from games.play.regret import regret
from games.solvers.limits import time_limit
from games.solvers.methods import labelled_paths
from games.solvers.methods.labelled_paths import Labelled, reached


def random_game(seed: int, high: int) -> StrategicGame:
    rng = random.Random(seed)
    m, n = rng.randint(1, 6), rng.randint(1, 6)
    return StrategicGame.bimatrix(*([[rng.randint(-high, high) for _ in range(n)] for _ in range(m)] for _ in range(2)))


@pytest.mark.parametrize("high", [1, 2, 99])
def test_what_is_reached_are_equilibria_and_an_odd_number_of_generic_games(high: int) -> None:
    for seed in range(60):
        game = random_game(seed, high)
        ends, whole = reached(game)
        assert whole
        assert ends
        every = [one.strategies for one in solve(game)]
        for end in ends:
            assert not any(regret(game, end).values())
            assert end in every
        if high > 2:
            assert len(ends) % 2


def test_a_path_leads_back_from_its_other_end() -> None:
    for seed in range(20):
        start = Labelled.artificial(random_game(seed, 9))
        for label in range(sum(map(len, start.game.strategies.values()))):
            end = start.without(label)
            assert end.without(label).labels == start.labels
            assert start.mixed is None
            assert end.mixed is not None


def test_some_are_reached_through_others_alone() -> None:
    """Of the coordination game on three actions, the mixed ones."""
    rows = [[int(i == j) for j in range(3)] for i in range(3)]
    game = StrategicGame.bimatrix(rows, rows)
    ends, _ = reached(game)
    assert len(ends) == 7
    assert len(solve(game, "lemke-howson", initial="all")) == 3
    assert len(solve(game, "lemke-howson", initial="reached")) == 7


def test_cut_short_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    game = random_game(3, 99)
    with time_limit(1e-9):
        assert reached(game) == ([], False)
    monkeypatch.setattr(labelled_paths, "MOST_ENTRIES", 1)
    assert reached(game) == ([], False)


def test_a_game_too_large_for_all_gets_a_long_list() -> None:
    rng = random.Random(1)
    rows = [[[rng.randint(-99, 99) for _ in range(17)] for _ in range(17)] for _ in range(2)]
    game = StrategicGame.bimatrix(*rows)
    answer = solve(game, "nash")
    assert not answer.complete
    assert len(answer) > 10
    for one in answer:
        assert not any(regret(game, one.strategies).values())
