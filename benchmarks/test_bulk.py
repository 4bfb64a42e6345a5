"""All equilibria of many random games at once, beside Nashpy and QuantEcon.py in the same run.

Games have payoffs drawn from a normal distribution; everybody lists all equilibria with their probabilities.
Microseconds a game are of the processor, one thread, the median over several passes; Nashpy and QuantEcon.py get the
same first games, already as their own kind of game. Ratios are those to Nashpy's support enumeration, which on many of
these games misses an equilibrium by round-off: how many is counted. The rows of digits are tie-ridden: whole numbers
from 0 to 9, and thirds of 0 to 2 as floats, which nearly tie.
"""

import time
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median
from typing import Any

import nashpy
import numpy as np
import pytest
from numpy.typing import NDArray
from quantecon.game_theory import NormalFormGame, Player, support_enumeration

from games.bounds import Bounded
from games.bulk import in_order
from games.kernels import compiled, equilibria_in_bulk, pure_equilibria_in_bulk
from games.kernels.backward import Paid, outcomes_in_bulk
from games.kernels.compiled import backward as compiled_backward
from games.ordered import ordered
from games.play.quantities import Payoff, Reach
from games.solvers.refinements.subgame_perfect import cases
from games.terms import var
from laws.games_in_bulk import kinds, same, solved
from laws.trees_in_bulk import Shape, game, numbered

SEED = 7
PASSES = 7
GAMES = 100_000
NASHPY_GAMES = {2: 300, 3: 100, 4: 40, 5: 15}
WANTED = {2: (300, 10_000, 200), 3: (300, 20_000, 150), 4: (0, 25_000, 100), 5: (0, 10_000, 25)}
"""The least ratios wanted: plain numpy and compiled to Nashpy, compiled to QuantEcon.py."""

Pair = tuple[NDArray[Any], NDArray[Any]]


def microseconds(
    work: Callable[[], object], count: int, passes: int = PASSES, clock: Callable[[], float] = time.process_time
) -> float:
    """For one game, of the processor unless another clock is given; what is done once, as compiling, is not counted."""
    work()
    seconds = []
    for _ in range(passes):
        started = clock()
        work()
        seconds.append(clock() - started)
    return 1e6 * median(seconds) / count


def each(enumerate_all: Callable[[Any], Any], games: Sequence[Any]) -> list[int]:
    """How many equilibria are listed of each game; warnings about degenerate games are not shown."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [len(list(enumerate_all(game))) for game in games]


def normal(size: int) -> Pair:
    rng = np.random.default_rng(SEED)
    return rng.standard_normal((GAMES, size, size)), rng.standard_normal((GAMES, size, size))


@pytest.mark.parametrize("size", NASHPY_GAMES)
def test_bulk_beside_two_libraries(size: int) -> None:
    A, B = normal(size)
    count = NASHPY_GAMES[size]
    found = equilibria_in_bulk(A, B)
    with_nashpy = [nashpy.Game(a, b) for a, b in zip(A[:count], B[:count], strict=True)]
    with_quantecon = [
        NormalFormGame((Player(a), Player(np.ascontiguousarray(b.T))))
        for a, b in zip(A[:count], B[:count], strict=True)
    ]
    of_nashpy = microseconds(lambda: each(lambda game: game.support_enumeration(), with_nashpy), count, passes=3)
    of_quantecon = microseconds(lambda: each(support_enumeration, with_quantecon), count, passes=3)
    of_numpy = microseconds(lambda: equilibria_in_bulk(A, B), GAMES)
    of_compiled = microseconds(lambda: compiled.equilibria_in_bulk(A, B, threads=1), GAMES)
    alone, together = (
        microseconds(lambda threads=threads: compiled.equilibria_in_bulk(A, B, threads), GAMES, clock=time.perf_counter)
        for threads in (1, None)
    )
    ours = found.counts[:count].tolist()
    missed = sum(a != b for a, b in zip(each(lambda g: g.support_enumeration(), with_nashpy), ours, strict=True))
    assert each(support_enumeration, with_quantecon) == ours
    wanted = WANTED[size]
    print(
        f"\n{size}×{size}: Nashpy {of_nashpy:,.0f} µs (wrong on {missed} of {count}), "
        f"QuantEcon {of_quantecon:,.1f} µs, numpy {of_numpy:.3f} µs, "
        f"compiled {of_compiled:.3f} µs, by the clock {alone:.3f} µs in one thread, {together:.3f} in all; "
        f"{of_nashpy / of_numpy:,.0f}× and {of_nashpy / of_compiled:,.0f}× Nashpy (wanted: {wanted[0]:,}× and "
        f"{wanted[1]:,}×), {of_quantecon / of_numpy:,.0f}× and {of_quantecon / of_compiled:,.0f}× QuantEcon "
        f"(wanted: {wanted[2]:,}×); {found.solved_exactly} of {GAMES:,} solved one by one"
    )


@pytest.mark.parametrize("size", NASHPY_GAMES)
def test_games_with_ties(size: int) -> None:
    rng = np.random.default_rng(SEED)
    count = GAMES // 10
    digits = rng.integers(0, 10, (2, count, size, size))
    thirds = rng.integers(0, 3, (2, count // 20, size, size)) / 3
    for name, (A, B) in (("digits", digits), ("thirds as floats", thirds)):
        found = equilibria_in_bulk(A, B)
        took = microseconds(lambda A=A, B=B: equilibria_in_bulk(A, B), len(A), passes=3)
        print(
            f"\n{size}×{size}, {name}: numpy {took:,.2f} µs a game; ties matter in "
            f"{found.tied.mean():.0%}, solved one by one {found.flagged.mean():.0%}"
        )
        assert not found.exact or not found.flagged.any()


@pytest.mark.parametrize("kind", ["floats", "few digits"])
@pytest.mark.parametrize("size", [2, 3, 4])
def test_the_same_sets_as_the_exact_solver(size: int, kind: str) -> None:
    """All games of a shape one by one, which takes minutes."""
    A, B = kinds(np.random.default_rng(SEED))[kind]((GAMES, size, size))
    found = compiled.equilibria_in_bulk(A, B)
    wrong = sum(not same(found, k, solved(A[k], B[k])) for k in range(GAMES))
    print(f"\n{size}×{size}, {kind}: {GAMES:,} games, {wrong} unlike the exact solver's answer")
    assert not wrong


def test_pure_equilibria() -> None:
    for size in NASHPY_GAMES:
        A, B = normal(size)
        took = [
            1e3 * microseconds(lambda A=A, B=B, of=of: of([A, B]), GAMES)
            for of in (pure_equilibria_in_bulk, compiled.pure_equilibria_in_bulk)
        ]
        print(f"\n{size}×{size}, pure equilibria: numpy {took[0]:.0f} ns a game, compiled {took[1]:.0f}", end="")
    print()


@pytest.mark.parametrize("depth", [2, 3, 4])
def test_backward_induction_beside_cases_in_order(depth: int) -> None:
    """Two players move in turn; each payoff is a parameter of its own, given as it is or with an error bound."""
    shape: Shape = None
    for level in range(depth):
        shape = ((depth - 1 - level) % 2, [shape, shape])
    tree, count = numbered(shape), 2**14
    values = np.random.default_rng(SEED).standard_normal((2, tree.outcomes, count))
    names = [[f"p{k}_{i}" for i in range(tree.outcomes)] for k in range(2)]
    labelled = game(shape, [[var(name) for name in own] for own in zip(*names, strict=True)])
    quantities = [*map(Payoff, labelled.players), *map(Reach, labelled.outcomes)]
    read = ordered(cases(labelled, quantities))
    assert read is not None
    for kind, off in (("exact", None), ("with error bounds", np.abs(values) * 2.0**-52)):
        error = np.zeros(values.shape) if off is None else off
        columns = {names[k][i]: Bounded(values[k, i], error[k, i]) for k in range(2) for i in range(tree.outcomes)}
        paid = Paid(values, off, np.arange(values[:, :, 0].size).reshape(values.shape[:2]))
        of_cases, of_numpy, of_compiled = (
            1e3 * microseconds(work, count)
            for work in (
                partial(in_order, read, columns, count),
                partial(outcomes_in_bulk, tree, paid),
                partial(compiled_backward.outcomes_in_bulk, tree, paid),
            )
        )
        print(
            f"\n{tree.outcomes} outcomes, {kind}: by cases {of_cases:.0f} ns a tree, numpy {of_numpy:.0f}, compiled "
            f"{of_compiled:.0f}: {of_cases / of_compiled:.0f}× cases (wanted with 8 outcomes: 8×), "
            f"{of_numpy / of_compiled:.1f}× numpy"
        )
