"""Equilibria on supports where conditions depend on the mixtures of several players and zeros are not isolated.

A point is looked for in floats, and made exact: as many weights as are left open are set to simple fractions, and the
others follow. What is found is proved to lie in a continuum where the equations that are left are independent, fewer
than the weights, and nothing outside the support is as good; or to be isolated where they are as many.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from games.solvers.methods.incentives import Incentives, Profile, Support, averaged, mixing, profile_on
from games.solvers.methods.linear_systems import rank

ROUNDS = 60
"""The most rounds of the Gauss-Newton method."""

SIMPLE = (1, 2, 3, 4, 6, 8, 12, 24, 60, 1_000, 10**6, 10**9)
"""The denominators to which weights are rounded, one after the other, until the point is an equilibrium."""

SINGULAR = 1e-6
"""Singular values below this part of the greatest count as zero where a rank is guessed, before it is decided."""

LARGE = 10**9 + 7
"""The denominator of random weights."""

SEED = 1
"""What the random point is drawn with."""


@dataclass(frozen=True)
class Curve:
    """An equilibrium on a support whose other equilibria are not all known.

    ``is_continuum``: equilibria near it are known to form a continuum. ``is_point``: it is known to be isolated among
    those of its support.
    """

    inner: Profile
    is_continuum: bool
    is_point: bool


def equilibrium_near(incentives: Incentives, support: Support, start: Sequence[Sequence[float]]) -> Curve | None:
    """An exact equilibrium on the support, looked for near ``start``; None if none is found."""
    import numpy as np

    inside, outside = incentives.exact(support)
    floats, _ = incentives.scaled(support)
    equations = [function for function in floats if abs(function).max(initial=0) > 0]
    sizes = [len(support[i]) for i in mixing(support)]
    point = np.concatenate([np.array(mixture[1:], dtype=float) for mixture in start])
    fixed = np.zeros(len(point), dtype=bool)
    for _ in range(len(point) + 1):
        arrived = _arrived(equations, sizes, point, fixed)
        if arrived is None:
            return None
        point, slopes = arrived
        for denominator in SIMPLE:
            exact = _with_denominator(sizes, point, denominator)
            if exact is not None and _is_equilibrium(inside, outside, exact):
                return _described(incentives, support, inside, outside, exact)
        loose = _loosest(slopes, fixed)
        if loose is None:
            return None
        fixed[loose] = True
        point[loose] = float(Fraction(point[loose]).limit_denominator(24))
    return None


def is_singular(incentives: Incentives, support: Support) -> bool:
    """Whether the derivatives of the indifference equations are singular everywhere, as they are at a random point.

    No zero of the equations on the support then is isolated and regular. Chance errs hardly ever, and never makes an
    answer complete that is not.
    """
    rng = Random(SEED)
    inside, _ = incentives.exact(support)
    sizes = [len(support[i]) for i in mixing(support)]
    mixtures = _mixtures(sizes, [Fraction(rng.randint(1, LARGE), LARGE) for _ in range(sum(sizes) - len(sizes))])
    slopes = [[Fraction(slope) for slope in _slopes(function, mixtures)] for function in inside]
    return rank(slopes) < sum(sizes) - len(sizes)


def joined_straight(incentives: Incentives, first: Profile, second: Profile) -> bool:
    """Whether all that lies straight between two equilibria is certainly an equilibrium."""
    support = tuple(
        tuple(k for k, (a, b) in enumerate(zip(one, other, strict=True)) if a or b)
        for one, other in zip(first, second, strict=True)
    )
    inside, outside = incentives.exact(support)
    order = mixing(support)
    ends = [[[profile[i][k] for k in support[i]] for i in order] for profile in (first, second)]
    return not any(any(_along(function, *ends)) for function in inside) and all(
        value <= 0 for function in outside for value in _along(function, *ends)
    )


def _along(function: Any, start: Sequence[Sequence[Fraction]], end: Sequence[Sequence[Fraction]]) -> list[Fraction]:
    """The coefficients, in Bernstein's form, of the function along the way from start to end.

    All its values lie between the least and the greatest of them.
    """
    tables: list[Any] = [function]
    for a, b in zip(reversed(start), reversed(end), strict=True):
        if tables[0].shape[-1] == 1:
            tables = [table[..., 0] for table in tables]
            continue
        at_start = [table @ a for table in tables]
        at_end = [table @ b for table in tables]
        degree = len(tables)
        # Multiplying by (1 − t) · value at the start + t · value at the end raises the degree by one.
        tables = [
            ((degree - k) * at_start[k] if k < degree else 0) + (k * at_end[k - 1] if k else 0)
            for k in range(degree + 1)
        ]
        tables = [table * Fraction(1, degree) for table in tables]
    return [Fraction(table.item() if hasattr(table, "item") else table) for table in tables]


def _mixtures(sizes: Sequence[int], free: Any) -> list[Any]:
    """All weights, given all but each player's first."""
    result, position = [], 0
    for size in sizes:
        own = list(free[position : position + size - 1])
        result.append([1 - sum(own), *own])
        position += size - 1
    return result


def _slopes(function: Any, mixtures: Sequence[Sequence[Any]]) -> list[Any]:
    """The derivatives by all free weights."""
    row: list[Any] = []
    for j, mixture in enumerate(mixtures):
        for t in range(1, len(mixture)):
            turned = [-1 if k == 0 else int(k == t) for k in range(len(mixture))]
            moved = [turned if k == j else other for k, other in enumerate(mixtures)]
            row.append(averaged(function, moved) if function.shape[j] > 1 else 0)
    return row


def _arrived(equations: Sequence[Any], sizes: Sequence[int], point: Any, fixed: Any) -> tuple[Any, Any] | None:
    """The zero to which Gauss and Newton's method leads, with the derivatives there; None if outside the simplices."""
    import numpy as np

    for _ in range(ROUNDS):
        mixtures = _mixtures(sizes, point.tolist())
        values = np.array([averaged(function, mixtures) for function in equations], dtype=float)
        slopes = np.array([_slopes(function, mixtures) for function in equations], dtype=float)
        slopes = slopes.reshape(len(equations), len(point))
        slopes[:, fixed] = 0
        step = np.linalg.lstsq(slopes, values, rcond=SINGULAR)[0] if len(equations) else np.zeros(len(point))
        point = point - step
        if not np.isfinite(point).all() or abs(point).max() > 10:
            return None
        if abs(step).max() < 1e-14:
            break
    mixtures = _mixtures(sizes, point.tolist())
    if min(map(min, mixtures)) < 1e-9 or any(abs(averaged(function, mixtures)) > 1e-9 for function in equations):
        return None
    return point, slopes


def _with_denominator(sizes: Sequence[int], point: Any, denominator: int) -> list[list[Fraction]] | None:
    """The point in fractions with denominators up to this, if all weights are positive."""
    free = [Fraction(float(weight)).limit_denominator(denominator) for weight in point]
    mixtures = _mixtures(sizes, free)
    return mixtures if min(map(min, mixtures)) > 0 else None


def _is_equilibrium(inside: Sequence[Any], outside: Sequence[Any], mixtures: Sequence[Sequence[Fraction]]) -> bool:
    return not any(averaged(function, mixtures) for function in inside) and all(
        averaged(function, mixtures) <= 0 for function in outside
    )


def _loosest(slopes: Any, fixed: Any) -> int | None:
    """A weight that is not bound by the equations, and most nearly free; None if all are bound."""
    import numpy as np

    count = len(fixed)
    if not len(slopes):
        free = np.flatnonzero(~fixed)
        return int(free[0]) if len(free) else None
    _, singular, turned = np.linalg.svd(slopes, full_matrices=True)
    known = int((singular > SINGULAR * singular.max(initial=0)).sum()) if singular.max(initial=0) else 0
    if known >= count - int(fixed.sum()):
        return None
    directions = turned[known:]
    freedom = np.where(fixed, -1, (directions**2).sum(axis=0))
    return int(freedom.argmax())


def _described(
    incentives: Incentives,
    support: Support,
    inside: Sequence[Any],
    outside: Sequence[Any],
    mixtures: Sequence[Sequence[Fraction]],
) -> Curve:
    """The equilibrium, and what is known of those near it."""
    left = [function for function in inside if any(function.flat)]
    unknowns = sum(len(mixture) - 1 for mixture in mixtures)
    bound = rank([[Fraction(slope) for slope in _slopes(function, mixtures)] for function in left])
    strict = all(averaged(function, mixtures) < 0 for function in outside)
    inner = profile_on(support, mixtures, incentives.sizes)
    return Curve(inner, strict and bound == len(left) < unknowns, bound == unknowns)
