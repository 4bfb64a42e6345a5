"""The vertices of polytopes of mixtures: by hand, and against the definition of a vertex."""

import random
from fractions import Fraction

import numpy as np
from scipy.optimize import linprog

from games.solvers.methods.double_description import extreme_mixtures

SEED = 1928


def test_extreme_mixtures_of_a_simplex_a_cut_and_nothing() -> None:
    assert sorted(extreme_mixtures([], [], 2) or ()) == [(0, 1), (1, 0)]
    half = Fraction(1, 2)
    assert sorted(extreme_mixtures([[1, -1, 0]], [], 3) or ()) == [(0, 0, 1), (0, 1, 0), (half, half, 0)]
    assert extreme_mixtures([], [[1, -2]], 2) == [(Fraction(2, 3), Fraction(1, 3))]
    assert extreme_mixtures([[1, 1]], [], 2) == []


def test_extreme_mixtures_are_the_vertices() -> None:
    """Each satisfies the rows, and the constraints that bind there have full rank, so that it is a vertex; a random
    direction is greatest at one of them."""
    rng = random.Random(SEED)
    for _ in range(60):
        n = rng.randint(2, 5)
        rows = [[rng.randint(-3, 3) for _ in range(n)] for _ in range(rng.randint(0, 4))]
        corners = extreme_mixtures(rows, [], n)
        assert corners is not None
        assert len(set(corners)) == len(corners)
        for corner in corners:
            binding = [[1] * n] + [[int(i == k) for i in range(n)] for k in range(n) if not corner[k]]
            for row in rows:
                level = sum(a * w for a, w in zip(row, corner, strict=True))
                assert level <= 0
                binding += [row] if level == 0 else []
            assert np.linalg.matrix_rank(np.array(binding, float)) == n
        aim = np.array([rng.uniform(-1, 1) for _ in range(n)])
        best = linprog(-aim, np.array(rows or [[0] * n], float), np.zeros(max(1, len(rows))), np.ones((1, n)), [1.0])
        assert best.success == bool(corners)
        if corners:
            assert abs(max(float(aim @ np.array(c, float)) for c in corners) + best.fun) < 1e-7
