"""Degenerate games and others, against linear programs in floats over all supports, which share no code with it."""

import random
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from games import ExtensiveGame, InputError, Outcome, StrategicGame
from games.catalog import load
from games.solvers.limits import time_limit
from games.solvers.methods import pivoting
from games.solvers.nash.degeneracy import Degeneracy, degeneracy
from games.solvers.nash.nash import nash

SEED = 2002

bimatrix = StrategicGame.bimatrix


def random_game(rng: random.Random, m: int, n: int, high: int) -> StrategicGame:
    A, B = ([[rng.randint(0, high) for _ in range(n)] for _ in range(m)] for _ in range(2))
    return bimatrix(A, B)


def is_degenerate(paid: Sequence[Sequence[int]]) -> bool:
    """Whether some mixture of columns that plays k of them makes more than k rows best, support by support."""
    M = np.array(paid, dtype=float)
    rows, columns = M.shape
    for size in range(1, columns + 1):
        for support in combinations(range(columns), size):
            for best in combinations(range(rows), size + 1):
                # t is to be at most each weight, so that the support is played whole.
                head = M[best[0]][list(support)]
                equal = [*(np.append(M[r][list(support)] - head, 0.0) for r in best[1:]), np.append(np.ones(size), 0.0)]
                below = [np.append(M[r][list(support)] - head, 0.0) for r in range(rows)]
                below += [np.append(-np.eye(size)[k], 1.0) for k in range(size)]
                found = linprog(
                    np.append(np.zeros(size), -1.0),
                    A_ub=np.array(below),
                    b_ub=np.zeros(len(below)),
                    A_eq=np.array(equal),
                    b_eq=[*(0.0 for _ in best[1:]), 1.0],
                    bounds=[(0, None)] * size + [(None, 1)],
                )
                if found.status == 0 and -found.fun > 1e-7:
                    return True
    return False


def shows(game: StrategicGame, found: Degeneracy) -> bool:
    """Whether the witness is one, by plain sums."""
    assert found.player is not None
    assert found.mixed is not None
    first = found.player == game.players[0]
    other = game.players[1 if first else 0]
    pays = dict.fromkeys(game.strategies[other], Fraction(0))
    for own, weight in found.mixed.items():
        for label in pays:
            pays[label] += weight * game.payoff((own, label) if first else (label, own), other)
    best = tuple(label for label, value in pays.items() if value == max(pays.values()))
    played = tuple(label for label, weight in found.mixed.items() if weight)
    return (
        sum(found.mixed.values()) == 1
        and min(found.mixed.values()) >= 0
        and (found.support, found.responses) == (played, best)
        and len(best) > len(played)
    )


KNOWN: dict[str, tuple[StrategicGame, bool]] = {
    "a dilemma": (bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]]), False),
    "matching pennies": (bimatrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]]), False),
    "paper, scissors, stone": (
        bimatrix([[0, -1, 1], [1, 0, -1], [-1, 1, 0]], [[0, 1, -1], [-1, 0, 1], [1, -1, 0]]),
        False,
    ),
    "von Stengel's first game": (bimatrix([[3, 3], [2, 5], [0, 6]], [[3, 2], [2, 6], [3, 1]]), False),
    "von Stengel's, with a tie": (bimatrix([[3, 3], [2, 5], [0, 6]], [[3, 3], [2, 6], [3, 1]]), True),
    "everything ties": (bimatrix([[0, 0], [0, 0]], [[0, 0], [0, 0]]), True),
    "a tie that no equilibrium meets": (bimatrix([[1, 0], [0, 0]], [[1, 0], [0, 0]]), True),
    "three answers to a mixture of two": (bimatrix([[4, 0], [0, 4], [2, 2]], [[1, 0], [0, 1], [2, 3]]), True),
    "one against many": (bimatrix([[0, 1, 2]], [[5, 2, 4]]), False),
    "one against many, with a tie": (bimatrix([[0, 1, 2]], [[5, 2, 5]]), True),
}


@pytest.mark.parametrize("name", KNOWN)
def test_known_games(name: str) -> None:
    game, wanted = KNOWN[name]
    found = degeneracy(game)
    assert found.is_degenerate is wanted
    assert str(found).startswith("degenerate: " if wanted else "nondegenerate: ")
    assert not wanted or shows(game, found)


def test_the_witness_is_said_in_a_sentence() -> None:
    game, _ = KNOWN["three answers to a mixture of two"]
    found = degeneracy(game)
    assert found.player == "Column"
    assert found.mixed == {"1": Fraction(1, 2), "2": Fraction(1, 2)}
    assert found.responses == ("1", "2", "3")
    assert str(found) == "degenerate: Column's 0.5 1 + 0.5 2 plays 2 strategies and has 3 best responses, 1, 2 and 3"


@pytest.mark.untraced
def test_random_games_as_linear_programs_say() -> None:
    rng = random.Random(SEED)
    counts = {True: 0, False: 0}
    for _ in range(60):
        m, n = rng.randint(1, 3), rng.randint(1, 4)
        game = random_game(rng, m, n, rng.choice((2, 4, 9, 50)))
        found = degeneracy(game)
        A = [[int(value) for value in row] for row in game.matrix(game.players[0])]
        B = [[int(value) for value in column] for column in zip(*game.matrix(game.players[1]), strict=True)]
        assert found.is_degenerate is (is_degenerate(A) or is_degenerate(B)), (SEED, A, B)
        assert not found.is_degenerate or shows(game, found)
        counts[bool(found.is_degenerate)] += 1
    assert min(counts.values()) > 10


def test_a_game_in_general_position_has_an_odd_number_of_equilibria() -> None:
    rng = random.Random(SEED)
    for _ in range(10):
        game = random_game(rng, 4, 4, 10**6)
        assert degeneracy(game).is_degenerate is False
        equilibria = nash(game)
        assert len(equilibria) % 2 == 1
        assert all(component.is_point for component in equilibria.components)


def test_a_game_with_a_continuum_of_equilibria_is_degenerate() -> None:
    rng = random.Random(SEED)
    continua = 0
    for _ in range(60):
        game = random_game(rng, 3, 3, 2)
        if not all(component.is_point for component in nash(game).components):
            continua += 1
            assert degeneracy(game).is_degenerate is True
    assert continua > 5


def test_a_long_search_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    game = random_game(random.Random(SEED), 14, 14, 10**6)
    with time_limit(0.2):
        found = degeneracy(game)
    assert found.is_degenerate is None
    assert "the time was up" in str(found)
    monkeypatch.setattr(pivoting, "MOST_BASES", 3)
    found = degeneracy(random_game(random.Random(SEED), 4, 4, 10**6))
    assert found.is_degenerate is None
    assert "too many vertices" in str(found)


WRONG: dict[str, tuple[Any, str]] = {
    "three players": (
        StrategicGame(dict.fromkeys("ABC", ("x",)), {("x", "x", "x"): (0, 0, 0)}),
        "degeneracy needs two players, this game has 3",
    ),
    "a tree": (ExtensiveGame(("A", "B"), Outcome((0, 0))), "not about a tree; give a StrategicGame"),
    "a number": (3, "not about a value of type int; give a StrategicGame"),
    "free parameters": (load("sanction-encounter").game, "free parameters; give them values"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_game_of_two_players_is_refused(name: str) -> None:
    given, said = WRONG[name]
    with pytest.raises(InputError, match=said):
        degeneracy(given)
