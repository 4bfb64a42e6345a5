"""Pure equilibria in bulk, against the exact solver on the same games."""

from itertools import product
from typing import Any

import numpy as np
import pytest

from games import InputError, StrategicGame, solve
from games.kernels import pure_equilibria_in_bulk
from laws.games_in_bulk import KINDS, exactly, kinds

SEED = 1950


def pure(payoffs: list[Any], game: int) -> set[tuple[int, ...]]:
    """What the exact solver lists, as positions."""
    shape = payoffs[0].shape[1:]
    own = {f"P{k}": tuple(map(str, range(size))) for k, size in enumerate(shape)}
    flat = [exactly(each[game].reshape(1, -1))[0] for each in payoffs]
    table = dict(zip(product(*own.values()), zip(*flat, strict=True), strict=True))
    found = solve(StrategicGame(own, table), "pure-nash")
    return {tuple(int(label) for mix in e.strategies.values() for label in mix if mix[label]) for e in found}


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_equilibria_as_the_exact_solver(kind: str) -> None:
    rng = np.random.default_rng(SEED)
    for sizes in ((3,), (2, 2), (3, 6), (2, 3, 2), (2, 1, 2, 2)):
        drawn = kinds(rng)[kind]
        shape = (40, sizes[0], int(np.prod(sizes[1:])))
        payoffs = [drawn(shape)[0].reshape(40, *sizes) for _ in sizes]
        found = pure_equilibria_in_bulk(payoffs)
        for game in range(40):
            listed = {tuple(int(at) for at in place) for place in np.argwhere(found[game])}
            assert listed == pure(payoffs, game), (kind, sizes, game)


def test_blocks_change_nothing() -> None:
    payoffs = list(np.random.default_rng(SEED).integers(0, 4, (3, 10_000, 2, 3, 2)))
    whole = pure_equilibria_in_bulk(payoffs)
    assert whole.shape == (10_000, 2, 3, 2)
    for start in range(0, 10_000, 999):
        part = pure_equilibria_in_bulk([own[start : start + 999] for own in payoffs])
        assert np.array_equal(whole[start : start + 999], part)


A = np.zeros((1, 2, 2))
FAULTS: dict[str, tuple[Any, str]] = {
    "one array": (A, "the payoffs are one array; give a list of arrays, one for each player"),
    "nothing": (None, "a NoneType; give a list"),
    "an empty list": ([], "an empty list"),
    "a list of lists": ([[[1, 2]]], "the payoffs of player 1 is a list"),
    "another shape": ([A, A[:, :1]], r"the shapes \(1, 2, 2\) and \(1, 1, 2\)"),
    "too many players": ([A, A, A], "of 3 players they are of shape"),
    "no strategies": ([A[:, :0], A[:, :0]], "each player needs a strategy"),
    "no number": ([A, A + np.nan], "the payoffs of player 2 hold nan"),
    "objects": ([A.astype(object), A], "of the type object"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_read_is_told(fault: str) -> None:
    payoffs, message = FAULTS[fault]
    with pytest.raises(InputError, match=message):
        pure_equilibria_in_bulk(payoffs)
