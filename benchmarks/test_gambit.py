"""The equilibria that Gambit finds, beside Parley's, on a thousand seeded games; skipped without pygambit.

- 500 games of two players with up to five strategies each, every other one with so few different payoffs that ties
  abound: both list all extreme equilibria in exact arithmetic, and the two sets must be the same.
- 200 games of three players, 2×2×2 and 3×2×2, half of them with ties: Gambit solves the polynomial equations of every
  support in floats, and each equilibrium it reports must be among Parley's, or lie in a component of which Parley says
  that it has a continuum. Where payoffs tie, roots are multiple and Gambit's floats are off by more.
- 300 games 2×2×2 whose payoffs hardly ever tie: the number of equilibria is odd (Wilson 1971; Harsanyi 1973), and a
  search from many random starts, which shares nothing with either, finds the same list.
- Games of two players whose payoffs are whole numbers, many at once, with ties and almost without: the same extreme
  equilibria, and how long either takes for one.
"""

import random
import time
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path
from runpy import run_path
from statistics import median
from typing import Any

import numpy as np
import pytest

from games import Equilibria, StrategicGame, solve
from games.formats.pygambit import to_pygambit
from games.kernels import compiled

gambit = pytest.importorskip("pygambit")

SEED = 1979
NEAR = 1e-6
"""How far a float of Gambit may lie from the number it stands for."""

FEW = 60
"""So many of the games that are solved in bulk are solved by Gambit, too."""

BLURRED = 1e-4
"""The same at a multiple root, in a game of which Parley says that its list is not complete."""

MANY_PLAYERS = run_path(
    str(Path(__file__).parents[1] / "tests" / "games" / "solvers" / "methods" / "test_many_players.py")
)
"""The test that holds the search from many starts."""


def random_game(rng: random.Random, sizes: tuple[int, ...], low: int, high: int) -> StrategicGame:
    strategies = {f"P{k}": tuple(f"{chr(97 + k)}{i}" for i in range(size)) for k, size in enumerate(sizes)}
    payoffs = {p: tuple(rng.randint(low, high) for _ in sizes) for p in product(*strategies.values())}
    return StrategicGame(strategies, payoffs)


def listed(equilibria: Equilibria) -> set[tuple[Any, ...]]:
    return {tuple(w for mix in e.strategies.values() for w in mix.values()) for e in equilibria}


def reported(game: StrategicGame, answer: Any) -> Iterator[tuple[Any, ...]]:
    """Gambit's equilibria, as the probabilities in the order of ``game``."""
    for profile in answer.equilibria:
        yield tuple(profile[player][strategy] for player, own in game.strategies.items() for strategy in own)


def test_two_players() -> None:
    rng = random.Random(SEED)
    tied = total = 0
    seconds = {"Parley": 0.0, "Gambit": 0.0}
    for number in range(500):
        high = rng.choice((1, 2)) if number % 2 else 99
        game = random_game(rng, (rng.randint(1, 5), rng.randint(1, 5)), 0, high)
        sent = to_pygambit(game)
        started = time.perf_counter()
        ours = solve(game)
        between = time.perf_counter()
        answer = gambit.nash.enummixed_solve(sent, rational=True)
        seconds["Parley"] += between - started
        seconds["Gambit"] += time.perf_counter() - between
        assert ours.complete
        assert ours.exact
        theirs = {tuple(Fraction(w.numerator, w.denominator) for w in point) for point in reported(game, answer)}
        assert listed(ours) == theirs, (SEED, number, game)
        tied += any(not component.is_point for component in ours.components)
        total += len(ours)
    print(
        f"\n500 games of two players up to 5×5, {tied} with a continuum of equilibria: the same {total:,} extreme "
        f"equilibria in all; Parley {seconds['Parley']:.1f} s, Gambit {seconds['Gambit']:.1f} s"
    )


def in_a_continuum(equilibria: Equilibria, point: tuple[float, ...]) -> bool:
    """Whether a listed component with a continuum has the support of ``point``, or one that holds it."""
    played = {k for k, weight in enumerate(point) if weight > BLURRED}
    supports = []
    for component in equilibria.components:
        if not component.is_point:
            members = [equilibria[k] for k in component.members]
            supports.append(
                {
                    k
                    for e in members
                    for k, w in enumerate(w for mix in e.strategies.values() for w in mix.values())
                    if w
                }
            )
    return any(played <= support for support in supports)


def test_three_players() -> None:
    rng = random.Random(SEED)
    found = blurred = beyond = failed = 0
    started = time.perf_counter()
    for number in range(200):
        sizes = ((2, 2, 2), (3, 2, 2))[number % 2]
        low, high = (0, 3) if number % 4 > 1 else (-99, 99)
        game = random_game(rng, sizes, low, high)
        ours = solve(game)
        points = [np.array(point, dtype=float) for point in listed(ours)]
        try:
            answer = gambit.nash.enumpoly_solve(to_pygambit(game))
        except (RuntimeError, ValueError):
            failed += 1
            continue
        for point in reported(game, answer):
            vector = np.array([float(w) for w in point])
            distance = min(np.abs(vector - known).max() for known in points)
            if distance < NEAR:
                found += 1
                continue
            assert not ours.complete, (SEED, number, vector)
            if distance < BLURRED:
                blurred += 1
            else:
                assert in_a_continuum(ours, tuple(vector)), (SEED, number, vector)
                beyond += 1
    print(
        f"\n200 games of three players: of Gambit's equilibria {found} are listed, {blurred} lie within {BLURRED} of a "
        f"listed one, {beyond} in a continuum that Parley names, none elsewhere; Gambit failed on {failed} games; "
        f"{time.perf_counter() - started:.0f} s"
    )
    assert failed < 20


def test_an_odd_number_and_a_search_from_many_starts() -> None:
    rng = random.Random(SEED)
    rows = [MANY_PLAYERS["random_rows"](rng, (2, 2, 2), -10_000, 10_000) for _ in range(300)]
    games = [MANY_PLAYERS["labelled"]((2, 2, 2), one) for one in rows]
    others = MANY_PLAYERS["Search"].of((2, 2, 2), rows, 25, SEED).equilibria()
    counts: dict[int, int] = {}
    agreeing = reached = total = 0
    for number, (game, search) in enumerate(zip(games, others, strict=True)):
        ours = solve(game)
        assert ours.complete
        assert len(ours) % 2 == 1, (SEED, number)
        counts[len(ours)] = counts.get(len(ours), 0) + 1
        assert not MANY_PLAYERS["unlisted"](search, ours), (SEED, number)
        assert not MANY_PLAYERS["unconfirmed"](ours, search), (SEED, number)
        theirs = [
            np.array([float(w) for w in p]) for p in reported(game, gambit.nash.enumpoly_solve(to_pygambit(game)))
        ]
        points = [np.array(point, dtype=float) for point in listed(ours)]
        assert all(any(np.abs(one - known).max() < NEAR for known in points) for one in theirs), (SEED, number)
        agreeing += len(theirs) == len(ours)
        reached += len(theirs)
        total += len(ours)
    spread = ", ".join(f"{count} with {size}" for size, count in sorted(counts.items()))
    print(
        f"\n300 games 2×2×2: {spread} equilibria; the search from many starts finds the same in all; Gambit the same "
        f"in {agreeing}, {reached} of {total} equilibria in total, none besides"
    )


@pytest.mark.parametrize("high", [10, 1_000])
@pytest.mark.parametrize("size", [2, 3, 4])
def test_whole_numbers_in_bulk(size: int, high: int) -> None:
    A, B = np.random.default_rng(SEED).integers(0, high, (2, 50_000, size, size))
    games = [StrategicGame.bimatrix(a.tolist(), b.tolist()) for a, b in zip(A[:FEW], B[:FEW], strict=True)]
    sent = [to_pygambit(game) for game in games]
    started = time.process_time()
    answers = [gambit.nash.enummixed_solve(game, rational=True) for game in sent]
    theirs = (time.process_time() - started) / FEW
    found = compiled.equilibria_in_bulk(A, B)
    for k, (game, answer) in enumerate(zip(games, answers, strict=True)):
        exact = {tuple(Fraction(w.numerator, w.denominator) for w in point) for point in reported(game, answer)}
        assert {(*x, *y) for x, y in found.of(k)} == exact, (SEED, size, high, k)
    times = []
    for _ in range(5):
        started = time.process_time()
        compiled.equilibria_in_bulk(A, B, threads=1)
        times.append((time.process_time() - started) / len(A))
    ours = median(times)
    print(
        f"\n{size}×{size}, whole numbers below {high:,}: ties matter in {found.tied.mean():.0%}; {1e6 * ours:.2f} µs a "
        f"game in bulk, Gambit's rational enumeration {1e6 * theirs:,.0f} µs: {theirs / ours:,.0f}× (wanted: 500×)"
    )
