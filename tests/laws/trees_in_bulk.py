"""Random trees of perfect information with payoffs as arrays, and which outcomes the exact solver reaches in them."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from games import Decision, ExtensiveGame, Outcome, solve
from games.forms.extensive import Node
from games.kernels.backward import Tree

Shape: TypeAlias = "tuple[int, list[Shape]] | None"
"""A mover and what follows each action; None is an outcome."""


def random_shape(rng: Random, depth: int, players: int) -> Shape:
    if not depth:
        return None
    below = [random_shape(rng, depth - rng.randint(1, depth), players) for _ in range(rng.randint(1, 3))]
    return rng.randrange(players), below


def size(shape: Shape) -> int:
    return 1 if shape is None else sum(map(size, shape[1]))


def numbered(shape: Shape) -> Tree:
    decisions: list[tuple[int, tuple[int, ...]]] = []

    def walk(here: Shape, first: int) -> int:
        if here is None:
            return first + 1
        starts = [first]
        for after in here[1]:
            starts.append(walk(after, starts[-1]))
        decisions.append((here[0], tuple(starts)))
        return starts[-1]

    return Tree(walk(shape, 0), tuple(decisions))


def game(shape: Shape, paid: Sequence[Sequence[Any]]) -> ExtensiveGame:
    """``paid`` are the payoffs of the outcomes in order, one for each player."""
    left = iter(paid)

    def walk(here: Shape) -> Node:
        if here is None:
            return Outcome(tuple(next(left)))
        return Decision(f"P{here[0]}", {f"a{k}": walk(after) for k, after in enumerate(here[1])})

    return ExtensiveGame(tuple(f"P{k}" for k in range(len(paid[0]))), walk(shape))


def reached(shape: Shape, paid: NDArray[Any]) -> list[bool]:
    """Whether some equilibrium that the exact solver lists ends in each outcome; payoffs by player and outcome."""
    tree = game(shape, [[Fraction(value) for value in own] for own in paid.T.tolist()])
    paths = {outcome.path for equilibrium in solve(tree, "subgame-perfect") for outcome in equilibrium.outcomes}
    return [path in paths for path in tree.outcomes]


def draws(rng: np.random.Generator, shape: tuple[int, ...]) -> dict[str, NDArray[np.float64]]:
    """Payoffs of this shape: without ties, with many, and nearly tied."""
    thirds = rng.integers(0, 3, shape) / 3
    return {
        "floats": rng.standard_normal(shape),
        "digits": rng.integers(0, 3, shape).astype(float),
        "near ties": thirds + rng.integers(-2, 3, shape) * 2.0**-53,
    }
