"""Vertices that floats propose and a proof settles, against those that all exact bases give."""

import random

import numpy as np
import pytest

from games.solvers.limits import time_limit
from games.solvers.methods import simple_polytopes
from games.solvers.methods.pivoting import vertices
from games.solvers.methods.simple_polytopes import binding, most_vertices


def random_matrix(seed: int, high: int) -> list[list[int]]:
    rng = random.Random(seed)
    m, n = rng.randint(1, 7), rng.randint(2, 7)
    return [[rng.randint(1, high) for _ in range(n)] for _ in range(m)]


def exact(matrix: list[list[int]]) -> set[int]:
    m, n = len(matrix), len(matrix[0])
    found, complete = vertices(matrix, range(m), range(m, m + n), 10**6)
    assert complete
    return set(found)


def labels(matrix: list[list[int]]) -> set[int] | None:
    m, n = len(matrix), len(matrix[0])
    return binding(matrix, range(m), range(m, m + n))


@pytest.mark.parametrize("high", [1, 2, 3, 9, 1000, 10**15])
def test_the_labels_are_those_of_all_exact_bases(high: int) -> None:
    """Degenerate polytopes among them, down to those whose rows are all alike."""
    settled = 0
    for seed in range(60):
        matrix = random_matrix(1000 * high + seed, high)
        found = labels(matrix)
        assert found is None or found == exact(matrix)
        settled += found is not None
    assert settled >= 50


@pytest.mark.parametrize("scale", [1, 10**3, 10**9])
def test_vertices_closer_than_rounding_are_told_apart_or_left(scale: int) -> None:
    """Rows that differ by one part in the scale squared: where floats cannot tell, whole numbers do."""
    for seed in range(20):
        rng = random.Random(seed)
        base = [[rng.randint(1, 9) * scale for _ in range(4)] for _ in range(3)]
        near = [[entry + rng.randint(0, 1) for entry in row] for row in base]
        found = labels([*base, *near])
        assert found is None or found == exact([*base, *near])


def test_a_basis_that_is_left_out_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hull without one of its vertices, or with a neighbour that is none, proves nothing."""
    hull = simple_polytopes._hull
    matrix = random_matrix(5, 1000)
    assert labels(matrix) is not None
    for wrong in range(2):

        def tampered(*given: np.ndarray, wrong: int = wrong) -> tuple[np.ndarray, np.ndarray]:
            bases, neighbours = hull(*given)  # type: ignore[misc]
            if wrong:
                return bases, np.roll(neighbours, 1, axis=0)
            return bases[:-1], np.where(neighbours[:-1] == len(bases) - 1, 0, neighbours[:-1])

        monkeypatch.setattr(simple_polytopes, "_hull", tampered)
        assert labels(matrix) is None


def test_a_set_that_is_no_basis_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bases of another polytope, which are as well connected."""
    matrix = random_matrix(5, 1000)
    other = [row[::-1] for row in matrix]
    assert exact(matrix) != exact(other)
    hull = simple_polytopes._hull
    wrong = hull(np.array(other, dtype=float) / 1024, np.ones(len(other)))
    monkeypatch.setattr(simple_polytopes, "_hull", lambda *_: wrong)
    assert labels(matrix) is None


def test_what_is_too_large_or_late_is_left_to_others() -> None:
    assert labels([[1] * 40] * 40) is None
    assert labels([[2**53, 1], [1, 2]]) is None
    with time_limit(1e-9):
        assert labels(random_matrix(5, 1000)) is None


def test_the_bound_on_vertices_is_that_of_cyclic_polytopes() -> None:
    """A cube has 8 vertices, and no polytope of six facets in space more; of n facets, 2n − 4 (Euler)."""
    assert [most_vertices(3, facets) for facets in range(4, 9)] == [4, 6, 8, 10, 12]
    assert [most_vertices(2, edges) for edges in range(3, 8)] == [3, 4, 5, 6, 7]
    assert most_vertices(4, 7) == 14
