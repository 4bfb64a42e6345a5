"""Certified zeros of multilinear systems whose zeros are known beforehand, and the certificates themselves.

The systems are enclosed in floats (`subdivision`), and what was settled there is proved (`multilinear`).
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import isqrt

import mpmath
import numpy as np
import pytest

from games.solvers.limits import time_limit
from games.solvers.methods.incentives import Incentives
from games.solvers.methods.multilinear import Solution, System, refined
from games.solvers.methods.subdivision import enclose

Mixtures = Sequence[Sequence[Fraction]]
HALF = Fraction(1, 2)


@dataclass
class Equations:
    """``tensors[i][s]``: what player i's strategy s+1 pays more than strategy 0, by the others' pure strategies."""

    sizes: tuple[int, ...]
    tensors: tuple[tuple[dict[tuple[int, ...], Fraction], ...], ...]

    def payoffs(self) -> list[object]:
        """A game in which every first strategy pays nothing."""
        arrays = []
        for i, rows in enumerate(self.tensors):
            array = np.full(self.sizes, Fraction(0), dtype=object)
            for profile in product(*map(range, self.sizes)):
                others = (*profile[:i], *profile[i + 1 :])
                if profile[i]:
                    array[profile] = rows[profile[i] - 1].get(others, Fraction(0))
            arrays.append(array)
        return arrays


@dataclass
class Zeros:
    found: list[Solution]
    unresolved: list[tuple[tuple[float, ...], ...]]
    stopped: bool


def solutions(equations: Equations) -> Zeros:
    """Every zero in the product of simplices, as the solver of many players finds and proves them."""
    incentives = Incentives(equations.payoffs())
    support = tuple(tuple(range(size)) for size in equations.sizes)
    enclosed = enclose(incentives, [support])
    order = sorted(range(len(support)), key=lambda i: len(support[i]))
    system = System([len(support[i]) for i in order], incentives.exact(support)[0])
    zeros = Zeros([], [point for points in enclosed.open.values() for point in points], enclosed.stopped)
    proved: list[Solution] = []
    for settled in enclosed.settled:
        solution = refined(system, settled.near)
        assert solution is not None
        assert settled.holds(solution.mixtures)
        if any(solution.is_close_to(known) for known in proved) or min(map(min, solution.mixtures)) < 0:
            continue
        proved.append(solution)
        mixtures = dict(zip(order, solution.mixtures, strict=True))
        zeros.found.append(Solution(tuple(mixtures[i] for i in range(len(support))), solution.radius))
    return zeros


def corners(form: Callable[[Fraction, Fraction], Fraction]) -> dict[tuple[int, ...], Fraction]:
    """A form in the weights of the second strategies of two others, by their pure strategies."""
    return {(i, j): form(Fraction(i), Fraction(j)) for i, j in product(range(2), repeat=2)}


def diagonal(quadratic: tuple[object, object, object]) -> Equations:
    """Three players with two strategies each, whose zeros have x = y = z with a·z² + b·z + c = 0."""
    a, b, c = (Fraction(str(part)) for part in quadratic)
    scale = 4 * max(map(abs, (a, b, c)))
    return Equations(
        (2, 2, 2),
        (
            (corners(lambda y, z: (y - z) / 2),),
            (corners(lambda x, z: (x - z) / 2),),
            (corners(lambda x, y: (a * x * y + b * x / 2 + b * y / 2 + c) / scale),),
        ),
    )


def equations(system: Equations, mixtures: Mixtures) -> list[Fraction]:
    """Every equation, summed over all pure profiles of the others."""
    result = []
    for player, tensors in enumerate(system.tensors):
        others = [mixture for k, mixture in enumerate(mixtures) if k != player]
        for tensor in tensors:
            total = Fraction(0)
            for profile in product(*(range(len(mixture)) for mixture in others)):
                weight = Fraction(1)
                for mixture, k in zip(others, profile, strict=True):
                    weight *= mixture[k]
                total += weight * tensor.get(profile, Fraction(0))
            result.append(total)
    return result


def on_the_diagonal(solution: Solution) -> Fraction:
    first = solution.mixtures[0][1]
    for mixture in solution.mixtures:
        assert sum(mixture) == 1
        assert abs(mixture[1] - first) <= 2 * solution.radius
    return first


def root(a: int, b: int, c: int, digits: int, sign: int) -> tuple[Fraction, Fraction]:
    """Bounds of a root of a·z² + b·z + c from the whole square root of its discriminant."""
    scale = 10**digits
    low = isqrt((b * b - 4 * a * c) * scale * scale)
    ends = [Fraction(-b * scale + sign * end, 2 * a * scale) for end in (low, low + 1)]
    return min(ends), max(ends)


@pytest.mark.parametrize(
    ("quadratic", "roots"),
    [
        pytest.param((4, 0, -1), ["1/2"], id="one, at a half"),
        pytest.param((16, -16, 3), ["1/4", "3/4"], id="two"),
        pytest.param((6, -5, 1), ["1/3", "1/2"], id="a third and a half"),
        pytest.param((1, "-1001/1000", "0.001"), ["1/1000", "1"], id="near one corner, and at the other"),
        pytest.param((2, -1, 0), ["0", "1/2"], id="a corner and a half"),
        pytest.param((10_000, -10_000, 2499), ["49/100", "51/100"], id="two that lie close"),
    ],
)
def test_rational_zeros_are_exact(quadratic: tuple[object, object, object], roots: list[str]) -> None:
    system = diagonal(quadratic)
    solved = solutions(system)
    assert not solved.unresolved
    assert not solved.stopped
    assert {on_the_diagonal(solution) for solution in solved.found} == {Fraction(r) for r in roots}
    assert len(solved.found) == len(roots)
    for solution in solved.found:
        assert solution.radius == 0
        assert not any(equations(system, solution.mixtures))


@pytest.mark.parametrize(
    ("a", "b", "c", "signs"),
    [
        pytest.param(2, 0, -1, [1], id="1/√2"),
        pytest.param(1, 1, -1, [1], id="the golden ratio"),
        pytest.param(5, -5, 1, [-1, 1], id="two, conjugate"),
        pytest.param(10**6, -(10**6), 249_998, [-1, 1], id="two, three thousandths apart"),
        pytest.param(10**9, 0, -2, [1], id="one near zero"),
    ],
)
def test_irrational_zeros_lie_within_their_radius(a: int, b: int, c: int, signs: list[int]) -> None:
    system = diagonal((a, b, c))
    solved = solutions(system)
    assert not solved.unresolved
    assert not solved.stopped
    found = sorted(solved.found, key=on_the_diagonal)
    assert len(found) == len(signs)
    for solution, sign in zip(found, signs, strict=True):
        low, high = root(a, b, c, 60, sign)
        assert 0 < solution.radius < Fraction(1, 10**25)
        for mixture in solution.mixtures:
            assert abs(mixture[1] - low) < solution.radius
            assert abs(mixture[1] - high) < solution.radius
        assert max(map(abs, equations(system, solution.mixtures))) <= 4 * solution.radius


@pytest.mark.parametrize("quadratic", [(2, -2, 1), (1, 1, 1), (1, 0, -2), ("1", "-1", "0.26")])
def test_where_there_is_no_zero_nothing_is_found(quadratic: tuple[object, object, object]) -> None:
    solved = solutions(diagonal(quadratic))
    assert solved == Zeros([], [], stopped=False)


@pytest.mark.parametrize("double", ["1/2", "1/3", "0.7"])
def test_a_double_zero_is_handed_back_not_lost(double: str) -> None:
    at = Fraction(double)
    solved = solutions(diagonal((1, -2 * at, at * at)))
    assert not solved.found, "a singular zero cannot be certified"
    assert solved.unresolved
    assert any(all(abs(mixture[1] - float(at)) < 1e-3 for mixture in point) for point in solved.unresolved)


@pytest.mark.parametrize("exponent", [4, 6, 8, 10, 12, 14, 16])
def test_two_zeros_that_nearly_meet_are_found_or_handed_back(exponent: int) -> None:
    gap = Fraction(1, 10**exponent)
    solved = solutions(diagonal((1, -1, Fraction(1, 4) - gap)))
    distance = mpmath.sqrt(mpmath.mpf(gap.numerator) / gap.denominator)
    for zero in (float(0.5 - distance), float(0.5 + distance)):
        near = [s for s in solved.found if abs(float(on_the_diagonal(s)) - zero) < 1e-9]
        left = [p for p in solved.unresolved if all(abs(mixture[1] - zero) < 1e-3 for mixture in p)]
        assert near or left or solved.stopped
    apart = solutions(diagonal((1, -1, Fraction(1, 4) + gap)))
    assert not apart.found


def test_a_curve_of_zeros_is_handed_back_soon() -> None:
    same = corners(lambda y, z: (y - z) / 2)
    solved = solutions(Equations((2, 2, 2), ((same,), (same,), ({},))))
    assert not solved.found
    assert solved.stopped or solved.unresolved


def planted(rng: random.Random, sizes: tuple[int, ...]) -> tuple[Equations, list[list[Fraction]]]:
    """A random system with a zero at mixtures of small denominators."""
    mixtures = []
    for size in sizes:
        parts = [rng.randint(1, 9) for _ in range(size)]
        mixtures.append([Fraction(part, sum(parts)) for part in parts])
    tensors = []
    for player, size in enumerate(sizes):
        others = [s for k, s in enumerate(sizes) if k != player]
        rows = []
        for _ in range(size - 1):
            tensor = {index: Fraction(rng.randint(-50, 50)) for index in product(*map(range, others))}
            rows.append(tensor)
        tensors.append(tuple(rows))
    system = Equations(sizes, tuple(tensors))
    values = iter(equations(system, mixtures))
    moved = []
    for rows in tensors:
        fixed = []
        for tensor in rows:
            value = next(values)
            fixed.append({index: (entry - value) / 200 for index, entry in tensor.items()})
        moved.append(tuple(fixed))
    return Equations(sizes, tuple(moved)), mixtures


@pytest.mark.parametrize(
    ("sizes", "count", "seed"),
    [((2, 2, 2), 40, 1), ((3, 2, 2), 12, 2), ((2, 2, 2, 2), 4, 3), ((3, 3, 2), 4, 4)],
    ids=["2×2×2", "3×2×2", "2×2×2×2", "3×3×2"],
)
def test_a_planted_rational_zero_is_found_exactly_among_others(sizes: tuple[int, ...], count: int, seed: int) -> None:
    print(f"seed {seed}")
    rng = random.Random(seed)
    others = 0
    for _ in range(count):
        system, mixtures = planted(rng, sizes)
        assert not any(equations(system, mixtures))
        solved = solutions(system)
        assert not solved.unresolved
        assert not solved.stopped
        exact = [[list(m) for m in solution.mixtures] for solution in solved.found if solution.radius == 0]
        assert exact.count(mixtures) == 1
        for solution in solved.found:
            confirm(system, solution)
        others += len(solved.found) - 1
    assert others or sizes != (2, 2, 2), "a quadratic with one zero in the square often has the other there, too"


def confirm(system: Equations, solution: Solution) -> None:
    """Newton's method in eighty digits from the solution leads to a zero that lies within its radius."""
    with mpmath.workdps(80):
        free = [mpmath.mpf(w.numerator) / w.denominator for mixture in solution.mixtures for w in mixture[1:]]

        def at(*weights: mpmath.mpf) -> list[mpmath.mpf]:
            mixtures, position = [], 0
            for size in system.sizes:
                own = list(weights[position : position + size - 1])
                mixtures.append([1 - sum(own), *own])
                position += size - 1
            result = []
            for player, tensors in enumerate(system.tensors):
                others = [mixture for k, mixture in enumerate(mixtures) if k != player]
                for tensor in tensors:
                    total = mpmath.mpf(0)
                    for index, entry in tensor.items():
                        term = mpmath.mpf(entry.numerator) / entry.denominator
                        for mixture, k in zip(others, index, strict=True):
                            term *= mixture[k]
                        total += term
                    result.append(total)
            return result

        if solution.radius:
            zero = mpmath.findroot(at, free, tol=mpmath.mpf(10) ** -70)
            furthest = max(abs(z - w) for z, w in zip(zero, free, strict=True))
            assert furthest <= mpmath.mpf(solution.radius.numerator) / solution.radius.denominator
        else:
            assert not any(equations(system, solution.mixtures))
    assert all(sum(mixture) == 1 for mixture in solution.mixtures)


def test_a_search_out_of_time_says_that_it_stopped() -> None:
    system, _ = planted(random.Random(9), (3, 3, 3))
    with time_limit(1e-6):
        solved = solutions(system)
    assert solved.stopped
