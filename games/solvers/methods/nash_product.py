"""The greatest weighted product of gains over a polytope: exactly, or as near as is proved.

Gains u, all positive, have the greatest product Π uᵢ^wᵢ among lotteries over points with gains g exactly if no point
has Σ wᵢ gᵢ/uᵢ > Σ wᵢ: the logarithm of the product is concave, and this is its slope. If the left side exceeds the
right by ε at most, the maximum u* is near: with rᵢ = u*ᵢ/uᵢ both Σ wᵢ(rᵢ − 1) ≤ ε and, as u* is a maximum,
Σ wᵢ(1/rᵢ − 1) ≤ 0, so that Σ wᵢ(rᵢ − 1)²/rᵢ ≤ ε.

Of two players the maximum is at a point or on the segment between two, where the slope is linear. Of more, points are
found from which to go towards, and away, until the excess is small (Frank & Wolfe 1956, Naval Research Logistics
Quarterly 3; with steps away Wolfe 1970); Newton's method in fractions then does the rest. Where the weights of the
points are simple fractions, or the maximum lies on a facet, it is rational, and found exactly; elsewhere it may be
irrational.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import isqrt

from games.exact import Number
from games.solvers.limits import expired
from games.solvers.methods.feasible_payoffs import Agreed, Feasible, Gains
from games.solvers.methods.linear_systems import only_solution, rank

MOST_STEPS = 20_000
"""The most steps towards and away from points, in floats."""

SMALL = 1e-13
"""The excess, as a share of the sum of weights, at which these steps end."""

CLEARLY = 1e-7
"""The weight from which on a point counts as one of those that the lottery is over."""

GRAIN = 2**200
"""Newton's method rounds to whole multiples of one over this."""

SIMPLE = 10**6
"""The greatest denominator of a weight that is tried as the exact one."""


@dataclass(frozen=True)
class Greatest:
    """The lottery, and how far each gain may be from that of the greatest product, as a share of it; 0 if exact."""

    agreed: Agreed
    error: Fraction


def greatest_product(feasible: Feasible, weights: Gains) -> Greatest | None:
    """The lottery with the greatest product of gains, where all may gain; None if the time is up."""
    if feasible.count <= 2:
        return Greatest(_of_two(feasible, weights), Fraction(0))
    shares = _in_floats(feasible, weights)
    if shares is None:
        return None
    start = {name: Fraction(share) for name, share in zip(feasible.gains, shares, strict=True) if share > CLEARLY}
    found = _best_of([_agreed(feasible, start), *_refined(feasible, start, weights)], feasible, weights)
    excess = _excess(feasible, found.gains, weights)
    return Greatest(found, _error(excess, weights))


def _excess(feasible: Feasible, gains: Gains, weights: Gains) -> Fraction:
    """By how much some point's slope exceeds that of the gains themselves, which are positive."""
    prices = [w / gain for w, gain in zip(weights, gains, strict=True)]
    most = max(sum((p * g for p, g in zip(prices, row, strict=True)), Fraction(0)) for row in feasible.gains.values())
    return most - sum(weights)


def _error(excess: Fraction, weights: Gains) -> Fraction:
    """A bound on |rᵢ − 1| from (rᵢ − 1)²/rᵢ ≤ ε/wᵢ: at most 2√(ε/wᵢ) while that is at most 1."""
    if excess <= 0:
        return Fraction(0)
    of = excess / min(weights)
    return 2 * Fraction(isqrt(int(of * GRAIN**2)) + 1, GRAIN)


def _agreed(feasible: Feasible, weights: dict[str, Fraction]) -> Agreed:
    total = sum(weights.values())
    shares = {name: weights.get(name, Fraction(0)) / total for name in feasible.gains}
    return Agreed(shares, feasible.gained(shares))


def _best_of(several: Sequence[Agreed], feasible: Feasible, weights: Gains) -> Agreed:
    """The lottery with the least excess, of those that leave everybody a gain."""
    allowed = [one for one in several if min(one.gains) > 0 and min(one.weights.values()) >= 0]
    return min(allowed, key=lambda one: _excess(feasible, one.gains, weights))


def _of_two(feasible: Feasible, weights: Gains) -> Agreed:
    """At a point, or between two: there the slope is zero where it is for the product along the segment."""
    for name, gains in feasible.gains.items():
        if min(gains) > 0 and _excess(feasible, gains, weights) <= 0:
            return _agreed(feasible, {name: Fraction(1)})
    for (name, one), (other, two) in combinations(feasible.gains.items(), 2):
        share = _between(one, two, weights)
        if share is not None and 0 < share < 1:
            found = _agreed(feasible, {name: 1 - share, other: share})
            if min(found.gains) > 0 and _excess(feasible, found.gains, weights) <= 0:
                return found
    raise AssertionError("the product has a maximum where all may gain")


def _between(one: Gains, two: Gains, weights: Gains) -> Fraction | None:
    """The weight of the second at which w₁d₁u₂ + w₂d₂u₁ = 0, u being the gains and d their change along the segment."""
    changes = [b - a for a, b in zip(one, two, strict=True)]
    if len(one) == 1 or changes[0] * changes[1] >= 0:
        return None
    slope = weights[0] * changes[0] * one[1] + weights[1] * changes[1] * one[0]
    return -slope / (sum(weights) * changes[0] * changes[1])


def _in_floats(feasible: Feasible, weights: Gains) -> list[float] | None:
    """Weights of the points with nearly the greatest product, from lotteries that are best for somebody."""
    rows = [[float(value) for value in row] for row in feasible.gains.values()]
    w = [float(weight) for weight in weights]
    starts = [feasible.best(row) for row in feasible.by_player]
    shares = [0.0] * len(rows)
    for start in starts:
        assert start is not None
        shares = [s + float(v) / len(starts) for s, v in zip(shares, start.weights.values(), strict=True)]
    for number in range(MOST_STEPS):
        if number % 100 == 99 and expired(f"step {number} towards the greatest product"):
            return None
        gains = [sum(s * row[k] for s, row in zip(shares, rows, strict=True)) for k in range(len(w))]
        slopes = [sum(wk * g / u for wk, g, u in zip(w, row, gains, strict=True)) for row in rows]
        towards = max(range(len(rows)), key=slopes.__getitem__)
        if slopes[towards] - sum(w) <= SMALL * sum(w):
            break
        away = min((k for k, s in enumerate(shares) if s > 0), key=slopes.__getitem__)
        step = _step(gains, [a - b for a, b in zip(rows[towards], rows[away], strict=True)], w, shares[away])
        shares[towards] += step
        shares[away] -= step
        if shares[away] < 1e-15:
            shares[away] = 0.0
    return shares


def _step(gains: list[float], change: list[float], weights: list[float], most: float) -> float:
    """How far to go so that the product is greatest, by bisection of its slope."""

    def slope(t: float) -> float:
        found = [u + t * d for u, d in zip(gains, change, strict=True)]
        if min(found) <= 0:
            return -1.0
        return sum(w * d / u for w, d, u in zip(weights, change, found, strict=True))

    if slope(most) >= 0:
        return most
    low, high = 0.0, most
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) > 0 else (low, middle)
    return low


def _refined(feasible: Feasible, start: dict[str, Fraction], weights: Gains) -> Iterator[Agreed]:
    """Better lotteries near the one at the start: on a facet, nearly the maximum, and with simple weights."""
    kept = _independent(feasible, start)
    facet = _on_facet(feasible, list(kept), weights)
    if facet is not None:
        yield facet
    nearly = _newton(feasible, kept, weights)
    if nearly is not None:
        yield nearly
        simple = {name: nearly.weights[name].limit_denominator(SIMPLE) for name in kept}
        if min(simple.values()) >= 0 and sum(simple.values()) == 1:
            yield _agreed(feasible, simple)


def _independent(feasible: Feasible, start: dict[str, Fraction]) -> dict[str, Fraction]:
    """A lottery over points that span a simplex, with the same gains (Carathéodory)."""
    kept: dict[str, Fraction] = {}
    waiting = sorted(start, key=lambda name: start[name])
    left = dict(start)
    while waiting:
        name = waiting.pop()
        rows = {one: [*feasible.gains[one], Fraction(1)] for one in (*kept, name)}
        if rank(list(rows.values())) == len(rows):
            kept[name] = left[name]
            continue
        columns = zip(*(rows[one] for one in kept), rows[name], strict=True)
        parts = only_solution([list(column) for column in columns])
        assert parts is not None
        limits = [kept[one] / -part for one, part in zip(kept, parts, strict=True) if part < 0]
        moved = min(left[name], *limits) if limits else left[name]
        kept = {one: weight + moved * part for (one, weight), part in zip(kept.items(), parts, strict=True)}
        if moved < left[name]:
            left[name] -= moved
            waiting.append(name)
        kept = {one: weight for one, weight in kept.items() if weight}
    return kept


def _on_facet(feasible: Feasible, names: Sequence[str], weights: Gains) -> Agreed | None:
    """On the plane a·u = 1 through as many points as there are players: uᵢ = wᵢ/(aᵢ Σw), if some lottery gives that."""
    if len(names) != feasible.count:
        return None
    plane = only_solution([[*feasible.gains[name], 1] for name in names])
    if plane is None or min(plane) <= 0:
        return None
    gains = tuple(w / (a * sum(weights)) for w, a in zip(weights, plane, strict=True))
    found = feasible.along(gains)
    return found[1] if found is not None and found[1].gains == gains else None


def _newton(feasible: Feasible, start: dict[str, Fraction], weights: Gains) -> Agreed | None:
    """The maximum over the simplex of these points, in fractions that are rounded after every step.

    The unknowns are the weights but the first; the equations say that the product has no slope towards any other point.
    """
    first, *others = start
    base = feasible.gains[first]
    towards = [[b - a for a, b in zip(base, feasible.gains[name], strict=True)] for name in others]
    total = sum(start.values())
    shares = [start[name] / total for name in others]
    for _ in range(12):
        gains = [u + sum(s * d[k] for s, d in zip(shares, towards, strict=True)) for k, u in enumerate(base)]
        if min(gains) <= 0:
            return None
        slopes = [sum(w * d / u for w, d, u in zip(weights, row, gains, strict=True)) for row in towards]
        scaled = [[d / u for d, u in zip(row, gains, strict=True)] for row in towards]
        bends: list[list[Number]] = [
            [-sum(w * a * b for w, a, b in zip(weights, row, other, strict=True)) for other in scaled] for row in scaled
        ]
        step = only_solution([[*row, -slope] for row, slope in zip(bends, slopes, strict=True)]) if others else []
        if step is None:
            return None
        shares = [Fraction(round((s + d) * GRAIN), GRAIN) for s, d in zip(shares, step, strict=True)]
        if all(abs(d) * 2**150 < 1 for d in step):
            break
    found = {first: Fraction(1) - sum(shares), **dict(zip(others, shares, strict=True))}
    return None if min(found.values()) < 0 else _agreed(feasible, found)
