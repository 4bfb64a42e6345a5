"""Solutions of polynomial equations, against systems made to have given ones."""

import random
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from scipy.optimize import root

from games.roots import sign
from games.solvers.methods.polynomial_systems import CONTINUUM, TOO_LARGE, UnsettledError, solutions

SEED = 1974


def terms_of(roots: list[int], at: int, unknowns: int) -> dict[tuple[int, ...], Fraction]:
    """The product of (x − root) over the ``roots``, x being the unknown at a position."""
    parts = [Fraction(1)]
    for each in roots:
        parts = [a - each * b for a, b in zip([Fraction(0), *parts], [*parts, Fraction(0)], strict=True)]
    return {tuple(k if j == at else 0 for j in range(unknowns)): part for k, part in enumerate(parts)}


def residual(terms: dict[tuple[int, ...], Fraction], point: Any) -> Any:
    total: Any = Fraction(0)
    for powers, value in terms.items():
        part: Any = Fraction(value)
        for number, power in zip(point, powers, strict=True):
            for _ in range(power):
                part = part * number
        total = total + part
    return total


def test_products_of_factors_have_every_combination_of_roots() -> None:
    rng = random.Random(SEED)
    for _ in range(10):
        roots = [rng.sample(range(-4, 5), rng.randint(1, 3)) for _ in range(2)]
        equations = [terms_of(own, k, 2) for k, own in enumerate(roots)]
        assert set(solutions(equations, 2)) == set(product(*roots))


def test_every_solution_solves_and_none_is_left_out() -> None:
    """Random conics; a numerical solver from many starts meets no other point."""
    rng = random.Random(SEED)
    settled = 0
    for _ in range(12):
        equations = [
            {powers: Fraction(rng.randint(-3, 3)) for powers in ((2, 0), (1, 1), (0, 2), (1, 0), (0, 1), (0, 0))}
            for _ in range(2)
        ]
        try:
            found = list(solutions(equations, 2))
        except UnsettledError:
            continue
        settled += 1
        for point in found:
            assert all(sign(residual(terms, point)) == 0 for terms in equations), (SEED, equations)

        def off(at: Any, of: Any = equations) -> list[float]:
            return [sum(float(v) * at[0] ** p[0] * at[1] ** p[1] for p, v in terms.items()) for terms in of]

        met = [tuple(map(float, point)) for point in found]
        for start in product((-3, -1, 0.5, 2), repeat=2):
            done = root(off, start, tol=1e-12)
            if done.success and max(map(abs, off(done.x))) < 1e-11:
                assert min(max(abs(a - b) for a, b in zip(done.x, m, strict=True)) for m in met) < 1e-4, equations
    assert settled > 8


def test_a_double_solution_is_listed_once() -> None:
    """(x − y)² = 0 and x = 1."""
    square = {(2, 0): Fraction(1), (1, 1): Fraction(-2), (0, 2): Fraction(1)}
    assert list(solutions([square, {(1, 0): Fraction(1), (0, 0): Fraction(-1)}], 2)) == [(1, 1)]


def test_irrational_solutions_are_numbers_of_a_field() -> None:
    """x² = 2 and y = x: two solutions, each exactly on the diagonal."""
    equations = [{(2, 0): Fraction(1), (0, 0): Fraction(-2)}, {(1, 0): Fraction(1), (0, 1): Fraction(-1)}]
    found = list(solutions(equations, 2))
    assert sorted(round(float(x), 9) for x, _ in found) == [-1.414213562, 1.414213562]
    assert all(sign(x - y) == 0 for x, y in found)


@pytest.mark.parametrize(
    ("equations", "unknowns", "message"),
    [
        ([{(1, 1): Fraction(1)}, {(1, 1): Fraction(2)}], 2, CONTINUUM),
        ([{(1, 1): Fraction(1), (0, 0): Fraction(0)}, {}], 2, CONTINUUM),
        ([{(1, 0): Fraction(1)}, {(2, 0): Fraction(0), (1, 0): Fraction(1)}], 2, CONTINUUM),
        ([{(9, 0): Fraction(1), (0, 0): Fraction(1)}, {(0, 9): Fraction(1), (0, 0): Fraction(1)}], 2, TOO_LARGE),
    ],
)
def test_what_is_not_settled_is_said(equations: Any, unknowns: int, message: str) -> None:
    with pytest.raises(UnsettledError, match=message):
        list(solutions(equations, unknowns))


def test_equations_without_a_solution() -> None:
    assert list(solutions([{(1,): Fraction(0), (0,): Fraction(1)}], 1)) == []
    assert list(solutions([{(2,): Fraction(1), (0,): Fraction(1)}], 1)) == []
    parallel = [{(1, 1): Fraction(0), (1, 0): Fraction(1), (0, 0): Fraction(k)} for k in range(2)]
    assert list(solutions(parallel, 2)) == []
    assert list(solutions([], 0)) == [()]
