"""Linear equations in exact arithmetic: solutions that are known beforehand, determinants against computer algebra."""

import random
from fractions import Fraction

import pytest
import sympy

from games.solvers.methods.linear_systems import determinant_sign, only_solution, rank

SEED = 1977


@pytest.mark.parametrize(
    ("equations", "solution"),
    [
        ([[2, 0, 1], [0, 3, 1]], [Fraction(1, 2), Fraction(1, 3)]),
        ([[0, 1, 2], [1, 0, 5], [1, 1, 7]], [5, 2]),
        ([[1, 1, 1]], None),
        ([[1, 1, 1], [2, 2, 2]], None),
        ([[1, 1], [1, 2]], None),
        ([[Fraction(1, 3), Fraction(1, 7)]], [Fraction(3, 7)]),
        ([[0, 0]], None),
    ],
)
def test_the_only_solution_of_linear_equations(
    equations: list[list[Fraction]], solution: list[Fraction] | None
) -> None:
    assert only_solution(equations) == solution


def test_random_linear_equations() -> None:
    rng = random.Random(1968)
    for size in range(1, 12):
        expected = [Fraction(rng.randint(-9, 9), rng.randint(1, 9)) for _ in range(size)]
        rows = [[rng.randint(-5, 5) for _ in range(size)] for _ in range(size + 3)]
        equations = [[*row, sum(a * x for a, x in zip(row, expected, strict=True))] for row in rows]
        assert only_solution(equations) == expected
        equations[-1][-1] += 1
        assert only_solution(equations) is None


def test_the_sign_of_a_determinant_agrees_with_computer_algebra() -> None:
    rng = random.Random(SEED)
    signs = []
    for _ in range(300):
        size = rng.randint(1, 6)
        matrix = [[rng.choice((0, 0, 1, -1, rng.randint(-50, 50))) for _ in range(size)] for _ in range(size)]
        if rng.random() < 0.2:
            matrix[-1] = [3 * entry for entry in matrix[0]]
        expected = int(sympy.sign(sympy.Matrix(matrix).det()))
        assert determinant_sign(matrix) == expected, (SEED, matrix)
        signs.append(expected)
    assert min(signs.count(sign) for sign in (-1, 0, 1)) > 30


def test_the_determinant_of_nothing_is_one() -> None:
    assert determinant_sign([]) == 1


def test_ranks_and_square_systems_agree_with_computer_algebra() -> None:
    rng = random.Random(SEED)
    singular = 0
    for _ in range(100):
        size = rng.randint(1, 4)
        rows = [[Fraction(rng.randint(-2, 2), rng.randint(1, 3)) for _ in range(size)] for _ in range(size)]
        matrix = sympy.Matrix(rows)
        assert rank(rows) == matrix.rank()
        right = [Fraction(rng.randint(-5, 5)) for _ in range(size)]
        solution = only_solution([[*row, value] for row, value in zip(rows, right, strict=True)])
        assert (solution is None) == (matrix.det() == 0)
        singular += solution is None
        if solution is not None:
            assert [sum(a * x for a, x in zip(row, solution, strict=True)) for row in rows] == right
    assert 10 < singular < 90
    assert rank([]) == 0
