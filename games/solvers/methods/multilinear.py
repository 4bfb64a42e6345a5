"""From a point in floats to the zero of indifference equations near it, proved in exact arithmetic.

Where every player who mixes does so over a known support, indifference is a square system: payoff differences vanish,
and each is linear in the mixture of every other player. Newton's method leads to a zero; where its coordinates are
fractions with moderate denominators they are recognised, and the zero is exact; elsewhere Krawczyk's test proves that
there is exactly one zero within a tiny distance. All decisions are made in whole numbers.

Sources: Krawczyk (1969), Computing 4; Moore (1977), SIAM Journal on Numerical Analysis 14.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

from games.solvers.methods.incentives import averaged

Mixtures: TypeAlias = tuple[tuple[Fraction, ...], ...]
"""The weights of each player who mixes."""

SIMPLEST = 10**15
"""The greatest denominator of a coordinate that is recognised as a fraction.

Two such fractions differ by at least 10⁻³⁰, far more than the 2⁻¹¹⁰ to which a solution is known, so that at most one
can be meant; whether it is one is then decided exactly.
"""

DIGITS = 120
"""Solutions are refined to about 2 to the power of minus this."""

ONE = 1 << (DIGITS + 40)
"""Coordinates are kept as whole multiples of its inverse while Newton's method converges."""

COARSE = 1 << 60
"""Entries of the approximate inverse are kept as whole multiples of its inverse."""

ROUNDS = 40
"""The most rounds of Newton's method; from a point near a regular zero a dozen do."""


@dataclass(frozen=True)
class Solution:
    """One zero: exact mixtures if ``radius`` is 0, else mixtures within ``radius`` of the only zero nearby."""

    mixtures: Mixtures
    radius: Fraction

    def is_close_to(self, other: "Solution") -> bool:
        """Whether the two are within each other's reach: brackets of one zero, not two."""
        reach = self.radius + other.radius
        return all(
            abs(a - b) <= reach
            for one, another in zip(self.mixtures, other.mixtures, strict=True)
            for a, b in zip(one, another, strict=True)
        )


class System:
    """The indifference equations of players who mix over ``sizes`` strategies each.

    ``equations`` are arrays of exact numbers with an axis for each of these players, of length 1 for a player who does
    not matter. There are as many as probabilities left open, Σ (size − 1).
    """

    def __init__(self, sizes: Sequence[int], equations: Sequence[Any]) -> None:
        self.sizes = tuple(sizes)
        self.equations = [_whole(equation) for equation in equations]
        self.scales = [max((abs(entry) for entry in equation.flat), default=0) for equation in self.equations]

    def values(self, mixtures: Sequence[Any]) -> list[int]:
        """The equations at weights that are whole multiples of a common unit, in powers of it."""
        return [averaged(equation, mixtures) for equation in self.equations]

    def jacobian(self, mixtures: Sequence[Any], one: int) -> list[list[int]]:
        """The derivatives by all free weights; a free weight grows at the cost of its player's first."""
        rows = []
        for equation in self.equations:
            row: list[int] = []
            for j, size in enumerate(self.sizes):
                along = _along(equation, mixtures, j)
                row += [0] * (size - 1) if len(along) == 1 else [one * (value - along[0]) for value in along[1:]]
            rows.append(row)
        return rows

    def approached(self, start: Sequence[Sequence[float]]) -> tuple[list[Any], Any] | None:
        """Where Newton's method in floats leads, and the inverse of the Jacobian there; None if nowhere."""
        import numpy as np

        equations = [(e / (scale or 1)).astype(float) for e, scale in zip(self.equations, self.scales, strict=True)]
        point = [np.array(mixture, dtype=float) for mixture in start]
        with np.errstate(all="ignore"):
            for _ in range(ROUNDS):
                values = np.array([float(averaged(equation, point)) for equation in equations])
                slopes = np.zeros((len(equations), len(equations)))
                for k, equation in enumerate(equations):
                    column = 0
                    for j, size in enumerate(self.sizes):
                        along = _along(equation, point, j)
                        slopes[k, column : column + size - 1] = 0 if len(along) == 1 else along[1:] - along[0]
                        column += size - 1
                try:
                    inverse = np.linalg.inv(slopes)
                except np.linalg.LinAlgError:
                    return None
                step = inverse @ values
                if not np.isfinite(step).all() or abs(step).max() > 1e6:
                    return None
                point = self._moved(point, step)
                if abs(step).max() < 1e-12:
                    return point, inverse
        return None

    def _moved(self, point: Sequence[Any], step: Any) -> list[Any]:
        import numpy as np

        moved, first = [], 0
        for mixture in point:
            free = mixture[1:] - step[first : first + len(mixture) - 1]
            first += len(mixture) - 1
            moved.append(np.concatenate([[1 - free.sum()], free]))
        return moved


def refined(system: System, start: Sequence[Sequence[float]]) -> Solution | None:
    """The zero near ``start``, proved; None where that fails.

    A zero whose coordinates are fractions with small denominators is recognised, and is exact.
    """
    arrived = system.approached(start)
    if arrived is None:
        return None
    near, inverse = arrived
    free = [round(Fraction(float(weight)) * ONE) for mixture in near for weight in mixture[1:]]
    for _ in range(ROUNDS):
        values = _scaled(system, _mixtures(system.sizes, free, ONE))
        step = [sum(y * value for y, value in zip(row, values, strict=True)) for row in inverse.tolist()]
        free = [x - round(s * ONE) for x, s in zip(free, step, strict=True)]
        if all(abs(s) < 2.0 ** -(DIGITS + 10) for s in step):
            break
    point = [Fraction(x, ONE) for x in free]
    exact = _recognised(system, point)
    if exact is not None:
        return Solution(exact, Fraction(0))
    radius = Fraction(1, 1 << (DIGITS - 10))
    if not _unique_within(system, free, inverse, radius):
        return None
    return Solution(_split(system.sizes, point), radius * max(system.sizes))


def _recognised(system: System, point: Sequence[Fraction]) -> Mixtures | None:
    """The zero in fractions with small denominators that the point is close to, if there is one."""
    simple = [x.limit_denominator(SIMPLEST) for x in point]
    if any(abs(a - b) >= Fraction(1, 2**60) for a, b in zip(simple, point, strict=True)):
        return None
    exact = _split(system.sizes, simple)
    return None if any(system.values([_whole_numbers(mixture) for mixture in exact])) else exact


def _unique_within(system: System, free: Sequence[int], inverse: Any, radius: Fraction) -> bool:
    """Krawczyk's test, exact: whether there is exactly one zero whose free weights lie within ``radius``.

    With Y near the inverse at the middle m, I − Y F′(X) = (I − Y F′(m)) + Y (F′(m) − F′(X)). Each slope is a form with
    coefficients of at most 2, equations being scaled to at most 1, in the mixtures of the others; when free weights
    move by at most r, a mixture of n weights moves by at most 2(n−1)r in sum, so that the slope moves by at most
    2·Σ 2(n−1)r·(1 + small), small being far below 1.
    """
    mixtures = _mixtures(system.sizes, free, ONE)
    count = len(free)
    near = [[Fraction(round(y * COARSE), COARSE) for y in row] for row in inverse.tolist()]
    values = [
        Fraction(value, (scale or 1) * ONE ** _degree(equation))
        for value, scale, equation in zip(system.values(mixtures), system.scales, system.equations, strict=True)
    ]
    slopes = [
        [Fraction(slope, (scale or 1) * ONE ** _degree(equation)) for slope in row]
        for row, scale, equation in zip(system.jacobian(mixtures, ONE), system.scales, system.equations, strict=True)
    ]
    largest = max(sum(map(abs, row)) for row in near)
    bend = largest * 2 * sum(2 * (size - 1) for size in system.sizes) * radius * 2 * count
    for k, row in enumerate(near):
        newton = abs(_dot(row, values))
        off = sum(abs((j == k) - _dot(row, [slope[j] for slope in slopes])) for j in range(count))
        if newton + (off + bend) * radius >= radius:
            return False
    return True


def _dot(row: Sequence[Fraction], column: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(row, column, strict=True)), Fraction(0))


def _whole(equation: Any) -> Any:
    """The equation in whole numbers, which moves no zero."""
    scale = lcm(*(Fraction(entry).denominator for entry in equation.flat))
    whole = equation * scale
    whole.flat = [int(entry) for entry in whole.flat]
    return whole


def _along(equation: Any, mixtures: Sequence[Any], j: int) -> Any:
    """The equation by the strategy of player j, the others mixing."""
    import numpy as np

    equation = np.moveaxis(equation, j, 0)
    for mixture in reversed([mixture for k, mixture in enumerate(mixtures) if k != j]):
        equation = equation[..., 0] if equation.shape[-1] == 1 else equation @ mixture
    return equation


def _degree(equation: Any) -> int:
    """How many players matter to it."""
    return sum(length > 1 for length in equation.shape)


def _scaled(system: System, mixtures: Sequence[Any]) -> list[float]:
    """The equations at weights in multiples of 1 / `ONE`, scaled to at most 1, as floats."""
    return [
        float(Fraction(value, (scale or 1) * ONE ** _degree(equation)))
        for value, scale, equation in zip(system.values(mixtures), system.scales, system.equations, strict=True)
    ]


def _mixtures(sizes: Sequence[int], free: Sequence[int], one: int) -> list[Any]:
    """All weights, player by player, in whole multiples of 1 / ``one``."""
    import numpy as np

    result, position = [], 0
    for size in sizes:
        own = list(free[position : position + size - 1])
        result.append(np.array([one - sum(own), *own], dtype=object))
        position += size - 1
    return result


def _whole_numbers(mixture: Sequence[Fraction]) -> Any:
    """Whole numbers in the proportions of the weights."""
    import numpy as np

    scale = lcm(*(weight.denominator for weight in mixture))
    return np.array([int(weight * scale) for weight in mixture], dtype=object)


def _split(sizes: Sequence[int], free: Sequence[Fraction]) -> Mixtures:
    """All weights, player by player, the first of each player's set so that they sum to one."""
    result, position = [], 0
    for size in sizes:
        own = tuple(free[position : position + size - 1])
        result.append((1 - sum(own, Fraction(0)), *own))
        position += size - 1
    return tuple(result)
