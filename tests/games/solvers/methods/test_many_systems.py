"""Many systems at once, against fractions one by one."""

import random
from itertools import permutations
from math import gcd, prod

import pytest
import sympy

from games.solvers.methods.many_systems import best_payoffs, determinant_signs, solutions_in_whole


def matrices(high: int, count: int) -> list[tuple[list[list[int]], list[tuple[list[int], list[int]]]]]:
    rng = random.Random(f"systems {high}")
    found = []
    for _ in range(count):
        m, n = rng.randint(1, 7), rng.randint(1, 7)
        matrix = [[rng.randint(1, high) for _ in range(n)] for _ in range(m)]
        sizes = [rng.randint(1, min(m, n)) for _ in range(20)]
        chosen = [(sorted(rng.sample(range(m), size)), sorted(rng.sample(range(n), size))) for size in sizes]
        found.append((matrix, chosen))
    return found


@pytest.mark.parametrize("high", [2, 9, 10**6, 10**20])
def test_what_is_solved_is_the_solution(high: int) -> None:
    told = 0
    for matrix, chosen in matrices(high, 15):
        for (rows, columns), found in zip(chosen, solutions_in_whole(matrix, chosen), strict=True):
            if found is None:
                continue
            told += 1
            pays = {sum(matrix[i][j] * weight for j, weight in zip(columns, found, strict=True)) for i in rows}
            assert len(pays) == 1
            assert min(found) > 0
            assert gcd(*found, *pays) == 1
    assert told > 20 if high < 10**7 else told == 0


def by_permutations(matrix: list[list[int]], rows: list[int], columns: list[int]) -> int:
    """The sign of the determinant by its definition."""
    total = 0
    for order in permutations(range(len(rows))):
        turned = sum(a > b for k, b in enumerate(order) for a in order[:k])
        total += (-1) ** turned * prod(matrix[i][columns[k]] for i, k in zip(rows, order, strict=True))
    return (total > 0) - (total < 0)


@pytest.mark.parametrize("high", [2, 9, 10**6])
def test_the_signs_of_determinants(high: int) -> None:
    told = 0
    for matrix, chosen in matrices(high, 6):
        small = [(rows, columns) for rows, columns in chosen if len(rows) < 6]
        for (rows, columns), sign in zip(small, determinant_signs(matrix, small), strict=True):
            assert sign in (None, by_permutations(matrix, rows, columns))
            told += sign is not None
    assert told > 40


def test_no_sign_is_told_where_rounding_decides() -> None:
    """Of a Hilbert matrix the determinant is 10⁻⁵³ times its entries' power; of a singular one nothing is told."""
    size = 10
    hilbert = [[int(sympy.ilcm(*range(1, 20))) // (i + j + 1) for j in range(size)] for i in range(size)]
    every = list(range(size))
    assert determinant_signs(hilbert, [(every, every)]) == [None]
    assert determinant_signs([[1, 2], [2, 4]], [([0, 1], [0, 1])]) == [None]
    assert solutions_in_whole([[1, 2], [2, 4]], [([0, 1], [0, 1])]) == [None]


def test_best_payoffs() -> None:
    matrix = [[3, 0], [0, 2]]
    assert best_payoffs(matrix, [(1, 0), (2, 3)], [(1, 0), (2, 3)]) == [3, 6]
    assert best_payoffs(matrix, [(0, 1)], [(1, 0)]) is None
    assert best_payoffs([[10**17]], [(1,)], [(1,)]) is None
    assert best_payoffs(matrix, [], []) is None
