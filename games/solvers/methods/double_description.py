"""The vertices of a polytope of mixtures, by the double description method.

Source: Motzkin, Raiffa, Thompson & Thrall (1953), Contributions to the Theory of Games II.
"""

from fractions import Fraction
from math import gcd, lcm

from games.solvers.limits import expired
from games.solvers.methods.bimatrix import Payoffs
from games.solvers.methods.mixtures import Mixture

MOST_CORNERS = 1_000
"""The most vertices met in the search for all maximin strategies of a player."""


def extreme_mixtures(rows: Payoffs, equal: Payoffs, count: int) -> list[Mixture] | None:
    """The vertices of {y ≥ 0, Σy = 1, row · y ≤ 0 for all ``rows``, and = 0 for all ``equal``}, y of length ``count``.

    None if there are too many, or the time is up. The method keeps the extreme rays of the cone over this polytope
    while it adds one row after the other: a row keeps the rays that satisfy it, and cuts the edges between a ray that
    does and one that does not. Two rays span an edge exactly if no third one meets every constraint with equality that
    both of them do; these constraints are a bit mask.
    """
    rays = [(tuple(int(i == k) for i in range(count)), (1 << count) - 1 - (1 << k)) for k in range(count)]
    bit = 1 << count
    for row, equality in [*((row, True) for row in equal), *((row, False) for row in rows)]:
        scale = lcm(*(Fraction(entry).denominator for entry in row))
        whole = [int(entry * scale) for entry in row]
        sides = [(sum(a * w for a, w in zip(whole, ray, strict=True)), ray, tight) for ray, tight in rays]
        above, below = ([s for s in sides if sign * s[0] > 0] for sign in (1, -1))
        cut = [(ray, tight | bit) for side, ray, tight in sides if not side]
        for high, p, tight_p in above:
            if expired():
                return None
            for low, q, tight_q in below:
                shared = tight_p & tight_q
                if sum(tight & shared == shared for _, tight in rays) == 2:
                    between = [high * b - low * a for a, b in zip(p, q, strict=True)]
                    common = gcd(*between)
                    cut.append((tuple(weight // common for weight in between), shared | bit))
        rays = cut if equality else [*cut, *((ray, tight) for _, ray, tight in below)]
        bit <<= 1
        if len(rays) > MOST_CORNERS:
            return None
    return [tuple(Fraction(weight, sum(ray)) for weight in ray) for ray, _ in rays]
