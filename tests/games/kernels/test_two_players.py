"""All equilibria in bulk, against the exact solver on the same games."""

from itertools import product
from typing import Any

import numpy as np
import pytest

from games import InputError
from games.kernels import equilibria_in_bulk
from games.kernels.payoffs import both
from games.kernels.scan import scan
from games.kernels.two_players import found_by
from games.solvers.limits import OutOfTimeError, time_limit
from laws.counts import third
from laws.games_in_bulk import KINDS, kinds, same, solved

SEED = 1964
ALL_SHAPES = list(product(range(1, 6), repeat=2))
SHAPES = [(1, 1), (1, 4), (2, 2), (2, 3), (3, 3), (4, 2), (3, 5), (4, 4), (5, 5)]
COUNT = 600
"""Games of each shape in the short run, all kinds together."""

PENNIES = np.array([[[1, -1], [-1, 1]]])
ANY: Any = None


def agree(kind: str, shape: tuple[int, int], count: int, seed: int) -> None:
    A, B = kinds(np.random.default_rng(seed))[kind]((count, *shape))
    found = equilibria_in_bulk(A, B)
    wrong = [k for k in range(count) if not same(found, k, solved(A[k], B[k]))]
    assert wrong == [], (kind, shape, seed, A[wrong[0]].tolist(), B[wrong[0]].tolist())


@pytest.mark.untraced
@pytest.mark.parametrize("kind", KINDS)
def test_the_same_equilibria_as_the_exact_solver(kind: str) -> None:
    for shape in SHAPES:
        agree(kind, shape, max(8, COUNT // len(KINDS) // (3 if max(shape) > 4 else 1)), SEED)


@pytest.mark.long
@pytest.mark.untraced
@pytest.mark.parametrize("shape", ALL_SHAPES, ids=str)
@pytest.mark.parametrize("kind", KINDS)
def test_the_same_equilibria_as_the_exact_solver_on_thousands(kind: str, shape: tuple[int, int]) -> None:
    agree(kind, shape, third(400 if max(shape) > 4 else 1_000), SEED + 1)


def test_a_continuum_is_listed_by_its_extreme_equilibria() -> None:
    """Whoever moves second may do anything if the first has ended the game."""
    found = equilibria_in_bulk(np.array([[[2, 2], [3, 1]]]), np.array([[[1, 1], [2, 0]]]))
    assert found.tied.tolist() == [True]
    assert found.solved_exactly == 0
    profiles = [tuple(tuple(map(str, mix)) for mix in one) for one in found.of(0)]
    assert profiles == [(("1", "0"), ("0", "1")), (("0", "1"), ("1", "0")), (("1", "0"), ("1/2", "1/2"))]
    assert found.components(0) == ((0, 2), (1,))
    assert found.counts.tolist() == [3]


def test_random_floats_are_settled_by_signs_alone() -> None:
    rng = np.random.default_rng(SEED)
    found = equilibria_in_bulk(rng.standard_normal((20_000, 3, 3)), rng.standard_normal((20_000, 3, 3)))
    assert not found.tied.any()
    assert found.solved_exactly < 5
    # In a nondegenerate game the number of equilibria is odd (Wilson 1971).
    assert (found.counts % 2 == 1).all()
    assert not found.exact
    assert isinstance(found.of(0)[0][0][0], float)


def test_whole_numbers_that_fit_need_no_exact_solver() -> None:
    rng = np.random.default_rng(SEED)
    for high, shape in product((1, 2, 9, 99), ((3, 3), (5, 5))):
        found = equilibria_in_bulk(rng.integers(0, high + 1, (300, *shape)), rng.integers(0, high + 1, (300, *shape)))
        assert found.exact
        assert found.solved_exactly == 0
        assert high > 9 or found.tied.any()


def test_ties_that_are_the_same_in_every_game_need_no_exact_solver() -> None:
    """A mover who ends the game leaves the other's choice without effect: payoffs are equal as formulas."""
    rng = np.random.default_rng(SEED)
    a, b, c = rng.standard_normal((3, 500))
    A = np.stack([np.stack([a, a], axis=1), np.stack([b, c], axis=1)], axis=1)
    B = np.stack([np.stack([c, c], axis=1), np.stack([b, a], axis=1)], axis=1)
    found = equilibria_in_bulk(A, B)
    assert 0 < found.tied.sum() < 500
    assert found.solved_exactly == 0


def test_a_sum_of_zero_does_not_hide_an_equilibrium() -> None:
    """A game whose first weight is zero, where the sign of the first weight would say nothing of the others."""
    A = np.array([[[0, 1, 0], [0, 0, 1], [0, 0, 0]]])
    found = equilibria_in_bulk(A, A)
    assert same(found, 0, solved(A[0], A[0]))


@pytest.mark.parametrize("kind", KINDS)
def test_blocks_change_nothing(kind: str) -> None:
    A, B = kinds(np.random.default_rng(SEED))[kind]((300, 3, 3))
    whole, parts = equilibria_in_bulk(A, B), found_by(scan, *both(A, B), block=37)
    for name in ("start", "supports", "rows", "columns", "tied", "flagged"):
        assert np.array_equal(getattr(whole, name), getattr(parts, name)), name
    assert whole.solved == parts.solved


def test_no_games_have_no_equilibria() -> None:
    found = equilibria_in_bulk(np.zeros((0, 2, 3)), np.zeros((0, 2, 3)))
    assert (len(found), len(found.rows), found.columns.shape) == (0, 0, (0, 3))


def test_what_is_given_is_not_changed() -> None:
    A = np.random.default_rng(SEED).choice([1e308, -1e308, 0.0], (50, 2, 2))
    kept = A.copy()
    equilibria_in_bulk(A, -A)
    assert np.array_equal(A, kept)


def test_views_and_other_byte_orders_are_read() -> None:
    A = np.random.default_rng(SEED).standard_normal((60, 3, 3))
    plain = equilibria_in_bulk(np.ascontiguousarray(A[::2]), np.ascontiguousarray(A[1::2].transpose(0, 2, 1)))
    for found in (
        equilibria_in_bulk(A[::2], A[1::2].transpose(0, 2, 1)),
        equilibria_in_bulk(A[::2].astype(">f8"), A[1::2].transpose(0, 2, 1).astype(">f8")),
    ):
        assert np.array_equal(found.rows, plain.rows)


def test_the_time_may_be_up() -> None:
    A = np.random.default_rng(SEED).integers(-(2**62), 2**62, (2_000, 5, 5))
    with time_limit(0.05), pytest.raises(OutOfTimeError):
        equilibria_in_bulk(A, -A)


def test_it_says_what_it_holds() -> None:
    found = equilibria_in_bulk(PENNIES, -PENNIES)
    assert repr(found) == "1 extreme equilibria of 1 games, exact; ties matter in 0, 0 solved one by one"
    assert found.of(-1) == found.of(np.int64(0))
    with pytest.raises(InputError, match="there is no game 1; there are 1"):
        found.of(1)
    with pytest.raises(InputError, match="give its number"):
        found.of(ANY)


FAULTS: dict[str, tuple[Any, Any, str]] = {
    "a list": ([[1, 2]], PENNIES, "the first player's payoffs is a list; give a numpy array"),
    "nothing": (PENNIES, None, "the second player's payoffs is None; give a numpy array"),
    "complex": (PENNIES * 1j, PENNIES, "of the type complex128; give floats of up to 64 bits, or integers"),
    "objects": (PENNIES.astype(object), PENNIES, "of the type object"),
    "flags": (PENNIES > 0, PENNIES, "of the type bool"),
    "text": (PENNIES.astype(str), PENNIES, "of the type <U"),
    "long floats": (PENNIES.astype(np.longdouble), PENNIES, "give floats of up to 64 bits"),
    "too large": (np.full((1, 2, 2), 2**63, dtype=np.uint64), PENNIES, "9223372036854775808; give integers below"),
    "no number": (np.array([[[1.0, 2], [3, np.nan]]]), PENNIES, r"hold nan at \(0, 1, 1\); give finite numbers"),
    "infinite": (PENNIES, np.array([[[1.0, -np.inf], [3, 2]]]), r"second player's payoffs hold -inf at \(0, 0, 1\)"),
    "one game": (PENNIES[0], PENNIES[0], r"have the shape \(2, 2\); give an array of shape \(games, m, n\)"),
    "two shapes": (PENNIES, PENNIES[:, :, :1], r"the shapes \(1, 2, 2\) and \(1, 2, 1\)"),
    "other numbers of games": (PENNIES, np.repeat(PENNIES, 2, axis=0), "give two of the same shape"),
    "six by six": (np.zeros((1, 6, 6)), np.zeros((1, 6, 6)), "6 × 6 strategies; in bulk each player has 1 to 5"),
    "no strategies": (np.zeros((1, 0, 2)), np.zeros((1, 0, 2)), "0 × 2 strategies"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_read_is_told(fault: str) -> None:
    A, B, message = FAULTS[fault]
    with pytest.raises(InputError, match=message):
        equilibria_in_bulk(A, B)
