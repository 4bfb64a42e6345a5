"""Bordered minors: against determinants, and how far floats may be off."""

import random
from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
import sympy

from games.kernels.minors import GREATEST, differences, largest, minors, rounding, slacks, supports, weights
from games.kernels.payoffs import LONGEST_FLOAT, LONGEST_WHOLE, most_apart
from games.kernels.signs import bounds, expand, followed

SEED = 1950
SHAPES = list(product(range(1, 6), repeat=2))


def values(A: Sequence[Sequence[Any]], m: int, n: int) -> list[Any]:
    found: list[Any] = []
    for minor in minors(m, n).values():
        if minor.terms:
            found.append(sum(sign * found[difference] * found[rest] for sign, difference, rest in minor.terms))
        else:
            (i, other), (j,) = minor.rows, minor.columns
            found.append(A[i][j] - A[other][j])
    return found


def random_matrix(rng: random.Random, m: int, n: int) -> list[list[int]]:
    return [[rng.randint(-4, 4) for _ in range(n)] for _ in range(m)]


def test_a_minor_is_a_bordered_determinant() -> None:
    rng = random.Random(SEED)
    A = random_matrix(rng, 5, 5)
    for minor, value in zip(minors(5, 5).values(), values(A, 5, 5), strict=True):
        bordered = [[*(A[i][j] for j in minor.columns), 1] for i in minor.rows]
        assert sympy.Matrix(bordered).det() == value


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_weights_make_the_rows_pay_the_same_and_slacks_say_what_others_pay_less(shape: tuple[int, int]) -> None:
    m, n = shape
    rng = random.Random(SEED)
    assert sum(not minor.terms for minor in minors(m, n).values()) == differences(m, n)
    for _ in range(5):
        A = random_matrix(rng, m, n)
        found = values(A, m, n)
        for pair in supports(m, n):
            mix = [sign * found[number] for number, sign in weights(m, n, pair.rows, pair.columns)] or [1]
            pays = [sum(A[i][j] * weight for j, weight in zip(pair.columns, mix, strict=True)) for i in range(m)]
            best = pays[pair.rows[0]]
            assert {pays[i] for i in pair.rows} == {best}
            less = [sign * found[number] for number, sign in slacks(m, n, pair.rows, pair.columns)]
            assert less == [best - pays[i] for i in range(m) if i not in pair.rows]


def test_floats_are_off_by_no_more_than_the_bounds() -> None:
    rng = np.random.default_rng(SEED)
    A = rng.choice([0.0, 1.0, rng.random(), 0.1, 1 / 3, 2 / 3], (5, 5, 400))
    raw = np.stack([A[m.rows[0], m.columns[0]] - A[m.rows[1], m.columns[0]] for m in minors(5, 5).values()])
    found = raw.copy()
    expand(found, 5, 5)
    assert np.abs(raw[: differences(5, 5)]).max() <= 1
    worst = np.zeros(2)
    by_value = followed(found, 5, 5)
    for game in range(100):
        true = values([[Fraction(value) for value in row] for row in A[:, :, game].tolist()], 5, 5)
        off = [abs(Fraction(value) - exact) for value, exact in zip(found[:, game].tolist(), true, strict=True)]
        for k, allowed in enumerate((bounds(5, 5)[:, 0], by_value[:, game])):
            shares = [float(error / Fraction(most)) for error, most in zip(off, allowed.tolist(), strict=True)]
            worst[k] = max(worst[k], *shares)
    assert 0.01 < worst.min() <= worst.max() <= 1


def test_the_bound_grows_with_the_minor() -> None:
    assert [round(rounding(k) / rounding(1)) for k in range(1, 5)] == [1, 8, 48, 312]


@pytest.mark.parametrize("bits", [LONGEST_FLOAT, LONGEST_WHOLE])
def test_minors_of_payoffs_that_lie_no_further_apart_fit(bits: int) -> None:
    for m, n in SHAPES:
        apart = most_apart((m, n), bits)
        if largest(m, n) < 1:
            continue
        rng = random.Random(SEED)
        for _ in range(30):
            A = [[rng.choice((0, apart)) for _ in range(n)] for _ in range(m)]
            found = values(A, m, n)
            assert max(map(abs, found)) < 2**bits
            for pair in supports(m, n):
                assert sum(abs(found[number]) for number, _ in weights(m, n, pair.rows, pair.columns)) < 2**bits
    assert most_apart((5, 5), LONGEST_FLOAT) == 4950


@pytest.mark.parametrize("k", [1, 2, 3])
def test_the_greatest_minors_are_those_of_zeros_and_ones(k: int) -> None:
    every = product((0, 1), repeat=k * (k + 1))
    matrices = (np.column_stack([np.array(flat).reshape(k + 1, k), np.ones(k + 1)]) for flat in every)
    assert round(max(abs(np.linalg.det(matrix)) for matrix in matrices)) == GREATEST[k]
