"""How long exact enumeration takes, beside Nashpy and QuantEcon.py in the same run.

Times are medians over several passes, on one core, of `solve` from a finished game to labelled strategies in fractions.
The other two work in floats and return arrays. On degenerate games, which small integers often make, they miss
equilibria, add false ones or fail; the table counts on how many games the number of equilibria came out differently.
"""

import random
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from runpy import run_path
from statistics import median
from typing import Any

import nashpy
import numpy as np
from quantecon.game_theory import NormalFormGame, Player, support_enumeration, vertex_enumeration

from games import StrategicGame, solve

SEED = 6
PASSES = 5
GAMES = {2: 200, 3: 200, 4: 100, 5: 50, 6: 25}

VON_STENGEL = run_path(str(Path(__file__).parents[1] / "tests" / "published" / "test_von_stengel_1999.py"))
"""The test that holds the payoffs of the 6×6 game with 75 equilibria."""


def random_matrices(rng: random.Random, size: int, high: int) -> tuple[list[list[int]], list[list[int]]]:
    A, B = ([[rng.randint(0, high) for _ in range(size)] for _ in range(size)] for _ in range(2))
    return A, B


def timed(work: Callable[[Any], object], items: Sequence[Any], passes: int = PASSES) -> float:
    """Microseconds for one item: the median over the passes."""
    seconds = []
    for _ in range(passes):
        started = time.perf_counter()
        for item in items:
            work(item)
        seconds.append(time.perf_counter() - started)
    return 1e6 * median(seconds) / len(items)


def counted(enumerate_all: Callable[[Any], Any], item: Any) -> int:
    """How many equilibria a library lists, −1 where it fails; its warnings about degenerate games are not shown."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return len(list(enumerate_all(item)))
        except Exception:
            return -1


def test_exact_enumeration_beside_two_libraries() -> None:
    rng = random.Random(SEED)
    counted(support_enumeration, NormalFormGame([[(1, 0), (0, 1)], [(0, 1), (1, 0)]]))
    others: dict[str, tuple[Callable[[Any, Any], Any], Callable[[Any], Any]]] = {
        "Nashpy vertices": (nashpy.Game, lambda game: game.vertex_enumeration()),
        "QuantEcon vertices": (lambda A, B: NormalFormGame((Player(A), Player(B.T))), vertex_enumeration),
        "QuantEcon supports": (lambda A, B: NormalFormGame((Player(A), Player(B.T))), support_enumeration),
    }
    print(
        f"\n{'shape':>6} {'exact µs':>9}"
        + "".join(f" {name + ' µs':>21} {'ratio':>7} {'differ':>7}" for name in others)
    )
    for size, count in GAMES.items():
        matrices = [random_matrices(rng, size, 9) for _ in range(count)]
        games = [StrategicGame.bimatrix(A, B) for A, B in matrices]
        own = timed(solve, games)
        answers = [len(solve(game)) for game in games]
        assert min(answers) >= 1
        line = f"{f'{size}×{size}':>6} {own:9.0f}"
        for build, enumerate_all in others.values():
            built = [build(np.array(A, dtype=float), np.array(B, dtype=float)) for A, B in matrices]
            found = [counted(enumerate_all, game) for game in built]
            theirs = timed(lambda game, e=enumerate_all: counted(e, game), built, passes=1 if size > 4 else 3)
            differ = sum(a != b for a, b in zip(found, answers, strict=True))
            line += f" {theirs:21.0f} {theirs / own:6.1f}× {differ:3d}/{count:3d}"
        print(line)


def test_the_game_with_75_equilibria() -> None:
    game = StrategicGame.bimatrix(VON_STENGEL["ROW_PLAYER"], VON_STENGEL["COLUMN_PLAYER"])
    assert len(solve(game)) == 75
    print(f"\n6×6 with 75 equilibria: {timed(solve, [game]) / 1e3:.1f} ms")


def test_games_of_twelve_by_twelve() -> None:
    rng = random.Random(SEED)
    for high in (2, 9, 99):
        game = StrategicGame.bimatrix(*random_matrices(rng, 12, high))
        equilibria = solve(game)
        points = sum(component.is_point for component in equilibria.components)
        print(
            f"\n12×12, payoffs 0 to {high}: {timed(solve, [game], passes=1) / 1e6:.2f} s, {equilibria.heading}, "
            f"{len(equilibria.components)} components, {points} of them points",
            end="",
        )
        assert len(equilibria) >= 1
    print()
