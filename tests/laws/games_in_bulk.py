"""Random games of many kinds as arrays, and what the exact solver lists for each of them."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from games import Equilibria, StrategicGame, solve
from games.kernels import EquilibriaInBulk

Array: TypeAlias = NDArray[Any]
Pair: TypeAlias = tuple[Array, Array]

NEAR = 1e-9
"""How far a float may be from the probability that it stands for."""


def both(draw: Callable[[tuple[int, ...]], Array]) -> Callable[[tuple[int, ...]], Pair]:
    return lambda shape: (draw(shape), draw(shape))


def kinds(rng: np.random.Generator) -> dict[str, Callable[[tuple[int, ...]], Pair]]:
    """What draws both players' payoffs, of a shape (games, m, n)."""

    def structural(shape: tuple[int, ...]) -> Array:
        """Few formulas for all payoffs, the same in every game, with values that are no round numbers."""
        formulas = rng.standard_normal((shape[0], 6))
        return formulas[:, rng.integers(0, 6, shape[1:])]

    def near_ties(shape: tuple[int, ...]) -> Array:
        """Thirds of small whole numbers, some of them off by a few units in the last place."""
        tied = rng.integers(0, 3, shape) / 3
        return tied + rng.integers(-2, 3, shape) * (rng.random(shape) < 0.3) * 2.0**-53

    def extreme(shape: tuple[int, ...]) -> Array:
        """Of very different sizes, game by game: no power of two that fits all, some beyond what floats can take."""
        size = 2.0 ** rng.integers(-1070, 1023, (shape[0], 1, 1))
        return rng.choice(np.array([-1.0, -0.5, 0.0, 0.3, 1.0]), shape) * size

    def outliers(shape: tuple[int, ...]) -> Array:
        """Of very different sizes within a game."""
        return rng.standard_normal(shape) * 10.0 ** rng.integers(-12, 13, shape)

    return {
        "floats": both(rng.standard_normal),
        "outliers": both(outliers),
        "floats around a large number": both(lambda shape: rng.random(shape) + 1e9),
        "digits": both(lambda shape: rng.integers(0, 10, shape)),
        "few digits": both(lambda shape: rng.integers(0, 3, shape)),
        "zero or one, in bytes": both(lambda shape: rng.integers(0, 2, shape).astype(np.uint8)),
        "quarters": both(lambda shape: rng.integers(-4, 5, shape) / 4),
        "tenths": both(lambda shape: rng.integers(0, 4, shape) / 10),
        "single precision": both(lambda shape: rng.random(shape).astype(np.float32)),
        "near ties": both(near_ties),
        "equal formulas": both(structural),
        "thousands": both(lambda shape: rng.integers(-9_999, 10_000, shape)),
        "large whole numbers": both(lambda shape: rng.integers(-(2**62), 2**62, shape)),
        "large multiples": both(lambda shape: rng.integers(-3, 4, shape) * 2**58),
        "of all sizes": both(extreme),
        "whole numbers and floats": lambda shape: (rng.integers(0, 5, shape), rng.standard_normal(shape)),
        "zero-sum": lambda shape: (lambda A: (A, -A))(rng.integers(-3, 4, shape)),
    }


KINDS = list(kinds(np.random.default_rng(0)))


def exactly(matrix: Array) -> list[list[Any]]:
    return [[Fraction(value) if isinstance(value, float) else value for value in row] for row in matrix.tolist()]


def solved(A: Array, B: Array) -> Equilibria:
    """What the exact solver lists for one game, floats being the fractions that they are."""
    return solve(StrategicGame.bimatrix(exactly(A), exactly(B)))


def profiles(equilibria: Equilibria) -> list[tuple[tuple[Fraction, ...], ...]]:
    return [tuple(tuple(map(Fraction, mix.values())) for mix in one.strategies.values()) for one in equilibria]


def same(found: EquilibriaInBulk, k: int, equilibria: Equilibria) -> bool:
    """Whether the same equilibria of game k are listed, in the same components, if exact in the same order."""
    theirs = profiles(equilibria)
    rows = slice(found.start[k], found.start[k + 1])
    supports = [[sum((p > 0) << i for i, p in enumerate(mix)) for mix in one] for one in theirs]
    if found.supports[rows].tolist() != supports:
        return False
    listed = list(zip(found.rows[rows].tolist(), found.columns[rows].tolist(), strict=True))
    exact = found.exact or bool(found.flagged[k])
    if exact and list(found.of(k)) != theirs:
        return False
    if not exact and list(found.of(k)) != [(tuple(x), tuple(y)) for x, y in listed]:
        return False
    # Where each of theirs stands among ours: of the same supports floats may be in another order.
    left, places = list(range(len(listed))), []
    for one, support in zip(theirs, supports, strict=True):
        place = next((p for p in left if supports[p] == support and close(listed[p], one)), None)
        if place is None:
            return False
        left.remove(place)
        places.append(place)
    components = {frozenset(places[member] for member in component.members) for component in equilibria.components}
    return {frozenset(component) for component in found.components(k)} == components and (
        not exact or found.components(k) == tuple(component.members for component in equilibria.components)
    )


def close(mine: Any, other: Any) -> bool:
    return all(abs(p - q) <= NEAR for x, y in zip(mine, other, strict=True) for p, q in zip(x, y, strict=True))
