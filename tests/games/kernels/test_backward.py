"""Backward induction in bulk: numpy and its compiled twin, against the exact solver on the same trees."""

import re
from pathlib import Path
from random import Random

import numpy as np
import pytest

from games import InputError
from games.kernels.backward import Paid, Tree, outcomes_in_bulk
from games.kernels.compiled import backward as compiled
from games.kernels.compiled.backward_source import backward_source
from laws.trees_in_bulk import Shape, draws, numbered, random_shape, reached, size

SEED = 1953
KINDS = ["floats", "digits", "near ties"]
THREE: Shape = (0, [(1, [None, None]), (2, [None, (0, [None, None, None])]), None])
"""Three players, one of whom moves twice, and decisions of two and of three actions."""


def different(players: int, tree: Tree) -> np.ndarray[tuple[int, int], np.dtype[np.intp]]:
    """No two outcomes are known to pay the same."""
    return np.arange(players * tree.outcomes).reshape(players, tree.outcomes)


def some_shapes(count: int, players: int) -> list[Shape]:
    rng = Random(SEED)
    shapes = (random_shape(rng, 3, players) for _ in range(1_000))
    return [shape for shape in shapes if size(shape) <= 8][:count]


@pytest.mark.parametrize("kind", KINDS)
def test_the_outcomes_of_the_exact_solver(kind: str) -> None:
    rng = np.random.default_rng(SEED)
    ties = 0
    for shape in [THREE, *some_shapes(12, 3)]:
        tree = numbered(shape)
        values = draws(rng, (3, tree.outcomes, 25))[kind]
        found, open_ = outcomes_in_bulk(tree, Paid(values, None, different(3, tree)))
        assert not open_.any()
        for k in range(25):
            assert found[:, k].tolist() == reached(shape, values[:, :, k]), (shape, values[:, :, k])
        ties += int((found.sum(axis=0) > 1).sum())
    assert (ties > 0) == (kind != "floats")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_said_of_payoffs_within_bounds_holds_of_all_of_them(kind: str) -> None:
    """The payoffs that are meant lie anywhere within the bounds, often at their ends."""
    rng = np.random.default_rng(SEED)
    certain = unknown = 0
    for shape in [THREE, *some_shapes(12, 3)]:
        tree = numbered(shape)
        meant = draws(rng, (3, tree.outcomes, 25))[kind]
        off = rng.choice([0.0, 2.0**-54, 0.25], meant.shape, p=[0.3, 0.5, 0.2])
        given = meant + off * rng.choice([-1.0, 1.0, 0.5], meant.shape)
        off = np.maximum(off, np.abs(given - meant) * 1.001)
        found, open_ = outcomes_in_bulk(tree, Paid(given, off, different(3, tree)))
        for k in np.flatnonzero(~open_).tolist():
            assert found[:, k].tolist() == reached(shape, meant[:, :, k]), (shape, meant[:, :, k])
        certain, unknown = certain + int((~open_).sum()), unknown + int(open_.sum())
    assert min(certain, unknown) > 20


def test_what_is_alike_ties_whatever_its_bounds() -> None:
    rng = np.random.default_rng(SEED)
    tree = numbered(THREE)
    formulas = rng.integers(0, 4, (3, tree.outcomes))
    values = rng.standard_normal((4, 40))[formulas]
    off = np.full(values.shape, 1e-12)
    found, open_ = outcomes_in_bulk(tree, Paid(values, off, formulas))
    assert not open_.any()
    assert (found.sum(axis=0) > 1).any()
    for k in range(40):
        assert found[:, k].tolist() == reached(THREE, values[:, :, k])
    assert outcomes_in_bulk(tree, Paid(values, off, different(3, tree)))[1].any()


def test_one_outcome_and_no_games() -> None:
    alone = Paid(np.zeros((2, 1, 3)), None, np.zeros((2, 1), dtype=np.intp))
    assert outcomes_in_bulk(Tree(1, ()), alone)[0].all()
    nothing = Paid(np.zeros((2, 1, 0)), None, np.zeros((2, 1), dtype=np.intp))
    assert outcomes_in_bulk(Tree(1, ()), nothing)[0].shape == (1, 0)


@pytest.mark.untraced
def test_the_twins_agree() -> None:
    pytest.importorskip("numba")
    rng = np.random.default_rng(SEED)
    tree = numbered(THREE)
    alike = different(3, tree)
    alike[0, 5] = alike[0, 0]
    alike[0, 6] = alike[0, 4]
    for count in (0, 1, 700):
        for kind in KINDS:
            values = draws(rng, (3, tree.outcomes, count))[kind]
            values[0, 5], values[0, 6] = values[0, 0], values[0, 4]
            off = rng.choice([0.0, 2.0**-54, 0.25], values.shape)
            for paid in (Paid(values, None, alike), Paid(values, off, alike), Paid(values[:, :, ::-1], None, alike)):
                for one, other in zip(outcomes_in_bulk(tree, paid), compiled.outcomes_in_bulk(tree, paid), strict=True):
                    assert np.array_equal(one, other), (count, kind)


def test_numpy_serves_large_trees_and_where_nothing_can_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba")
    taken = tmp_path / "file"
    taken.write_text("", encoding="ascii")
    monkeypatch.setattr("games.kernels.compiled.cached.cache_folder", lambda: taken / "kernels")
    for tree in (Tree(2, ((0, (0, 1, 2)),)), Tree(200, ((0, tuple(range(201))),))):
        values = np.random.default_rng(SEED).integers(0, 9, (1, tree.outcomes, 50)).astype(float)
        paid = Paid(values, None, different(1, tree) + 7)
        assert np.array_equal(compiled.outcomes_in_bulk(tree, paid)[0], values[0] == values[0].max(axis=0))
    compiled._module.cache_clear()


def test_without_numba_it_says_who_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("games.kernels.compiled.cached.find_spec", lambda _name: None)
    with pytest.raises(InputError, match="without it"):
        compiled.outcomes_in_bulk(Tree(1, ()), Paid(np.zeros((1, 1, 1)), None, np.zeros((1, 1), dtype=np.intp)))


def test_the_source_holds_positions_alone() -> None:
    for shape in [THREE, None, *some_shapes(20, 3)]:
        tree = numbered(shape)
        for alike in ([list(range(tree.outcomes))] * 3, [[0] * tree.outcomes] * 3):
            text = backward_source(tree, alike)
            assert re.fullmatch(r"[A-Za-z0-9_ \n.,:()\[\]{}=+\-*/<>&|!@\"]*", text)
            assert set(re.findall(r'"[^"]*"', text)) == {'"numpy"'}
            assert not set(re.findall(r"\d+\.\d*", text)) - {"0.0"}
            compile(text, "kernel", "exec")
