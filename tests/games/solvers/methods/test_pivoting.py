"""Exact pivoting: linear programs against a library, vertices by brute force."""

import random
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
import sympy
from scipy.optimize import linprog

from games.solvers.limits import OutOfTimeError, time_limit
from games.solvers.methods.pivoting import maximise, maximise_and_price, vertices

SEED = 1977


@pytest.mark.parametrize("denominator", [1, 6], ids=["integers", "fractions"])
def test_a_linear_program_agrees_with_a_library(denominator: int) -> None:
    """Random programs, bounds of zero and hence degenerate ones among them; a box keeps the maximum finite."""
    rng = random.Random(SEED)
    at_origin = 0
    for _ in range(200):
        n, m = rng.randint(1, 5), rng.randint(0, 5)
        objective = [Fraction(rng.randint(-6, 9), rng.randint(1, denominator)) for _ in range(n)]
        rows = [[Fraction(rng.randint(-4, 4), rng.randint(1, denominator)) for _ in range(n)] for _ in range(m)]
        bounds = [rng.choice((0, 0, 1, 5, 12)) for _ in rows]
        rows += [[Fraction(j == k) for j in range(n)] for k in range(n)]
        bounds += [7] * n
        best, solution = maximise(objective, rows, bounds)
        assert sum(c * x for c, x in zip(objective, solution, strict=True)) == best
        assert min(solution) >= 0
        for row, bound in zip(rows, bounds, strict=True):
            assert sum(a * x for a, x in zip(row, solution, strict=True)) <= bound, SEED
        floats = linprog(-np.array(objective, float), np.array(rows, float), np.array(bounds, float))
        assert floats.success
        assert abs(float(best) + floats.fun) < 1e-7, (SEED, objective, rows, bounds)
        at_origin += best == 0
    assert 0 < at_origin < 150


def test_the_prices_solve_the_dual_program_of_a_degenerate_one() -> None:
    """Fractions with common factors in rows, bounds and objective; the same maximum from above proves it."""
    rng = random.Random(SEED)
    priced = 0
    for _ in range(200):
        n, m = rng.randint(1, 6), rng.randint(1, 6)
        objective = [Fraction(rng.randint(-6, 9), rng.randint(1, 6)) for _ in range(n)]
        rows = [[rng.choice((0, 6, Fraction(rng.randint(-9, 9), 4))) for _ in range(n)] for _ in range(m)]
        rows.append([Fraction(2, 3)] * n)
        bounds = [rng.choice((0, 0, Fraction(2, 7), 6)) for _ in range(m)] + [6]
        best, solution, prices = maximise_and_price(objective, rows, bounds)
        assert (best, solution) == maximise(objective, rows, bounds)
        assert min(prices) >= 0
        for k, c in enumerate(objective):
            assert sum(price * row[k] for price, row in zip(prices, rows, strict=True)) >= c, SEED
        assert sum(price * bound for price, bound in zip(prices, bounds, strict=True)) == best
        priced += len([price for price in prices if price]) > 1
    assert priced > 20


def test_a_program_out_of_time_has_no_answer() -> None:
    with time_limit(1e-9):
        with pytest.raises(OutOfTimeError):
            maximise_and_price([3, 5], [[1, 0], [0, 2], [3, 2]], [4, 12, 18])
        with pytest.raises(OutOfTimeError):
            maximise([3, 5], [[1, 0], [0, 2], [3, 2]], [4, 12, 18], stoppable=True)
        assert maximise([3, 5], [[1, 0], [0, 2], [3, 2]], [4, 12, 18]) == (36, [2, 6])


def test_a_linear_program_by_hand() -> None:
    """3x + 5y over x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18 is greatest, 36, at (2, 6)."""
    assert maximise([3, 5], [[1, 0], [0, 2], [3, 2]], [4, 12, 18]) == (36, [2, 6])


def test_the_program_on_which_the_greatest_improvement_cycles_ends() -> None:
    objective = [Fraction(3, 4), -150, Fraction(1, 50), -6]
    rows = [
        [Fraction(1, 4), -60, Fraction(-1, 25), 9],
        [Fraction(1, 2), -90, Fraction(-1, 50), 3],
        [0, 0, 1, 0],
    ]
    best, solution = maximise(objective, rows, [0, 0, 1])
    assert (best, solution) == (Fraction(1, 20), [Fraction(1, 25), 0, 1, 0])


def test_an_unbounded_program_is_refused() -> None:
    with pytest.raises(ValueError, match="unbounded"):
        maximise([1, 1], [[1, -1]], [3])


def test_nothing_to_gain_stays_at_the_origin() -> None:
    assert maximise([-1, 0], [[1, 1]], [1]) == (0, [0, 0])


def brute_force(matrix: list[list[int]]) -> dict[int, tuple[Fraction, ...]]:
    """Each vertex but 0 of {x ≥ 0, Mx ≤ 1}, keyed by what binds: bit i for row i, bit m + j for x_j = 0."""
    m, n = len(matrix), len(matrix[0])
    constraints = [(row, 1) for row in matrix] + [([int(j == k) for k in range(n)], 0) for j in range(n)]
    found = {}
    for chosen in combinations(constraints, n):
        system = sympy.Matrix([row for row, _ in chosen])
        if system.det() == 0:
            continue
        point = [Fraction(int(v.p), int(v.q)) for v in system.LUsolve(sympy.Matrix([b for _, b in chosen]))]
        values = [sum(a * x for a, x in zip(row, point, strict=True)) for row in matrix]
        if min(point) >= 0 and max(values) <= 1 and any(point):
            key = sum(1 << i for i, value in enumerate(values) if value == 1)
            found[key + sum(1 << m + j for j, x in enumerate(point) if x == 0)] = tuple(point)
    return found


@pytest.mark.parametrize("high", [1, 2, 30], ids=["very degenerate", "degenerate", "hardly ever degenerate"])
def test_the_vertices_are_those_of_brute_force(high: int) -> None:
    rng = random.Random(SEED)
    degenerate = 0
    for _ in range(25):
        m, n = rng.randint(1, 5), rng.randint(1, 4)
        matrix = [[rng.randint(1, high) for _ in range(n)] for _ in range(m)]
        found, complete = vertices(matrix, range(m), range(m, m + n), 10_000)
        expected = brute_force(matrix)
        assert complete
        assert set(found) == set(expected), (SEED, matrix)
        for labels, direction in found.items():
            top = max(sum(a * x for a, x in zip(row, direction, strict=True)) for row in matrix)
            assert tuple(Fraction(x, top) for x in direction) == expected[labels], (SEED, matrix)
        degenerate += any(labels.bit_count() > n for labels in found)
    assert (degenerate > 5) == (high < 30)


def test_a_limit_cuts_the_search_and_says_so() -> None:
    matrix = [[1, 2, 3], [3, 1, 2], [2, 3, 1]]
    every, complete = vertices(matrix, range(3), range(3, 6), 1_000)
    assert complete
    some, complete = vertices(matrix, range(3), range(3, 6), 4)
    assert not complete
    assert len(some) < len(every)
    assert some.items() <= every.items()
