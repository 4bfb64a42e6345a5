"""Equilibria in play by state as zeros of equations: near many starts at once, at the end of a path, to many digits.

There is one equation for each action, between its weight x and the gain g of playing on. On a given support g is 0
inside and x is 0 outside. Levenberg and Marquardt's method, from many starts at once, leads to zeros, isolated or not.

With no support given, x g = μ w for every action, which is x + g = √(x² + g² + 2 μ w): what a player gets from the
logarithms of its weights keeps all of them positive. For great μ play is near w, and a path leads from there, through
folds, to an equilibrium at μ = 0, but in degenerate games (Herings & Peeters 2010, Economic Theory 42).
"""

from dataclasses import dataclass
from fractions import Fraction

from games.solvers.limits import expired
from games.solvers.methods.stationary import Array, Tables

ROUNDS = 60
"""The most steps from a start."""

PATIENCE = 6
"""A start is given up after so many steps in a row that each make the equations smaller by less than one part in 20."""

CLOSE = 1e-11
"""A point is a zero, for the search, if no equation is off by more; payoffs lie between 0 and 1."""

HEAVIEST = 1e6
"""The damping at which a start is given up."""

FAR = 100
"""No step leads so far from where weights and values can lie."""

FIRST, LAST = 3.0, -30.0
"""The logarithms of μ at which a path begins and ends."""

MOST_STEPS = 2_000
"""The most steps along a path."""

SHORTEST, LONGEST = 1e-6, 3.0
"""The lengths of a step along a path."""

DIGITS = 200
"""Zeros are refined to about 2 to the power of minus this."""

REFINEMENTS = 12
"""The most refinements of a zero; each adds some ten digits."""

SINGULAR = 1e-9
"""A zero counts as not isolated if the least singular value of the equations is below this."""


@dataclass(frozen=True)
class OnSupports:
    """The equations of an equilibrium whose supports are ``inside``: one row of booleans for each point."""

    tables: Tables
    inside: Array

    def at(self, points: Array) -> Array:
        """The equations at the points."""
        import numpy as np

        own = np.where(self.inside, self.tables.gains(points), points[:, : self.tables.count])
        return np.concatenate([own, self.tables.sums(points)], axis=1)

    def slopes(self, points: Array) -> Array:
        """Their derivatives: shape (points, equations, coordinates)."""
        inside = self.inside.astype(float)
        return _jacobian(self.tables, points, 1 - inside, inside)

    def only(self, chosen: Array) -> "OnSupports":
        """The equations of some of the points."""
        return OnSupports(self.tables, self.inside[chosen])

    def are_isolated(self, points: Array) -> Array:
        """Which of the zeros are known to be alone nearby."""
        import numpy as np

        return np.linalg.svd(self.slopes(points), compute_uv=False)[:, -1] > SINGULAR


def _jacobian(tables: Tables, points: Array, by_weight: Array, by_gain: Array) -> Array:
    """The derivatives of equations to which a change of a weight, and of a gain, adds so much."""
    import numpy as np

    result = np.zeros((len(points), tables.length, tables.length))
    result[:, : tables.count] = by_gain[..., None] * tables.slopes(points)
    own = np.arange(tables.count)
    result[:, own, own] += by_weight
    for s, places in enumerate(tables.weights):
        for i, columns in enumerate(places):
            result[:, tables.value(i).start + s, columns] = 1
    return result


def zeros_near(equations: OnSupports, starts: Array) -> tuple[Array, Array]:
    """Where the starts lead, and which of them have come to a zero."""
    import numpy as np

    points, values = starts.copy(), equations.at(starts)
    size = np.linalg.norm(values, axis=1)
    damping, stalled = np.full(len(points), 1e-2), np.zeros(len(points))
    for _ in range(ROUNDS):
        at_work = np.flatnonzero((size > CLOSE / 100) & (damping < HEAVIEST) & (stalled < PATIENCE))
        if not len(at_work) or expired():
            break
        some = equations.only(at_work)
        slopes = some.slopes(points[at_work])
        # The damping shrinks with the distance to a zero, so that the last steps are Newton's, also where zeros are not
        # isolated (Yamashita & Fukushima 2001, Computing Supplement 15).
        damped = (damping[at_work] * np.minimum(size[at_work], 1) ** 2 + 1e-13)[:, None, None] * np.eye(points.shape[1])
        turned = slopes.swapaxes(1, 2)
        steps = np.linalg.solve(turned @ slopes + damped, -(turned @ values[at_work][..., None]))[..., 0]
        tried = points[at_work] + steps
        new = some.at(tried)
        new_size = np.linalg.norm(new, axis=1)
        better = (new_size < size[at_work]) & (np.abs(tried).max(axis=1) < FAR)
        stalled[at_work] = np.where(better & (new_size < 0.95 * size[at_work]), 0, stalled[at_work] + better)
        kept = at_work[better]
        points[kept], values[kept], size[kept] = tried[better], new[better], new_size[better]
        # What cannot be bettered so near to a zero is one, to the last digits.
        worse = np.where(size[at_work] < CLOSE, HEAVIEST, damping[at_work] * 10)
        damping[at_work] = np.where(better, damping[at_work] / 5, worse)
    return points, np.abs(values).max(axis=1) < CLOSE


@dataclass(frozen=True)
class Path:
    """The path of x g = μ w: a point, with the logarithm of μ as its last coordinate, goes from `FIRST` to `LAST`."""

    tables: Tables
    shares: Array

    def at(self, place: Array) -> tuple[Array, Array]:
        """The equations, and their derivatives by all coordinates."""
        import numpy as np

        tables, points = self.tables, place[None, :-1]
        smooth = np.exp(place[-1]) * self.shares
        weights, gains = points[0, : tables.count], tables.gains(points)[0]
        root = np.sqrt(weights**2 + gains**2 + 2 * smooth)
        values = np.concatenate([weights + gains - root, tables.sums(points)[0]])
        slopes = _jacobian(tables, points, (1 - weights / root)[None], (1 - gains / root)[None])[0]
        along = np.concatenate([-smooth / root, np.zeros(tables.length - tables.count)])
        return values, np.concatenate([slopes, along[:, None]], axis=1)

    def end(self) -> Array | None:
        """Where it leads, without the last coordinate; None if it is lost."""
        import numpy as np

        tables = self.tables
        start = tables.evaluated(self.shares[None])[0]
        # At great μ a player's values are its bonus, μ Σ w, for good.
        start[tables.count :] += np.exp(FIRST) / (1 - tables.factor)
        place = self._back(np.append(start, FIRST), fixed=True)
        if place is None:
            return None
        ahead, length = -np.eye(len(place))[-1], 0.1
        for step in range(MOST_STEPS):
            if (
                place[-1] < LAST
                or length < SHORTEST
                or expired(f"step {step + 1} of a path, μ {np.exp(place[-1]):.1e}")
            ):
                break
            ahead = _direction(self.at(place)[1], ahead)
            found = self._back(place + length * ahead)
            if found is None or np.linalg.norm(found - place) > 2 * length:
                length /= 3
                continue
            place, length = found, min(length * 1.5, LONGEST)
        return place[:-1] if place[-1] < LAST else None

    def _back(self, place: Array, fixed: bool = False) -> Array | None:
        """The point of the path near the place, with the same μ if it is ``fixed``; None if none is found."""
        import numpy as np

        for _ in range(60 if fixed else 8):
            values, slopes = self.at(place)
            if np.abs(values).max() < CLOSE * max(1, np.abs(place).max()):
                return place
            if fixed:
                slopes = slopes[:, :-1]
            step = np.linalg.lstsq(slopes, -values, rcond=None)[0]
            place = place + (np.append(step, 0) if fixed else step)
            if not np.isfinite(place).all():
                break
        return None


def _direction(slopes: Array, before: Array) -> Array:
    """The unit vector along the path that goes on in the direction from before."""
    import numpy as np

    last = np.linalg.svd(slopes)[2][-1]
    return last if last @ before >= 0 else -last


def refined(exact: Tables, floats: Tables, inside: Array, point: Array) -> list[Fraction] | None:
    """The isolated zero near the point to many digits, as fractions; None if it is not approached.

    Equations are exact; steps use the derivatives in floats.
    """
    import numpy as np

    inverse = np.linalg.inv(OnSupports(floats, inside[None]).slopes(point[None])[0])
    equations = OnSupports(exact, inside[None])
    place = np.array([Fraction(float(x)) for x in point], dtype=object)
    for _ in range(REFINEMENTS):
        values = equations.at(place[None])[0]
        largest = max(abs(value) for value in values)
        if largest < Fraction(1, 1 << (DIGITS - 20)):
            return list(place)
        # Divided by the largest of them, the values fit in floats, however small.
        step = inverse @ np.array([float(value / largest) for value in values])
        place = np.array([_short(x - Fraction(float(s)) * largest) for x, s in zip(place, step, strict=True)])
    return None


def _short(value: Fraction) -> Fraction:
    return Fraction(round(value * (1 << DIGITS)), 1 << DIGITS)
