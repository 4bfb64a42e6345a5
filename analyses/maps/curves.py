"""A quantity of an equilibrium as a function of the free parameters, exact at every exact point.

Where a continuum of mixtures is an equilibrium, a quantity is a band: the least and the greatest value that some of
these mixtures give. What stays open lies in a polytope at each point; a quantity that is affine in it is extreme at a
corner, and so is one that is affine in each part alone where the parts are bounded independently of each other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, islice
from typing import TypeAlias

import sympy

from analyses.maps.exact_lines import Place, holds_at, in_order, number_at
from analyses.solution.regions import Between
from games.formulas.polynomials import Reader, Way
from games.roots import Real, sign
from games.terms import Monomial, Poly

MOST_OPEN = 3
MOST_CORNERS = 400
"""How much may stay open in a quantity whose bounds are worked out, and how many corners are looked at."""

Affine: TypeAlias = dict[Monomial, Real]
"""A polynomial in what stays open: coefficients at a point by monomial."""


@dataclass(frozen=True)
class Curve:
    """A ``formula`` in the free parameters and in what stays ``open`` between bounds."""

    formula: sympy.Expr
    open: tuple[Between, ...] = ()

    @cached_property
    def is_band(self) -> bool:
        """Whether it has several values at one point."""
        return bool(self.spoken)

    @cached_property
    def spoken(self) -> tuple[Between, ...]:
        """What stays open in the formula, and in the bounds of that."""
        names, kept = set(self.formula.free_symbols), []
        for each in self.open:
            if each.symbol in names:
                kept.append(each)
                names |= set().union(*(bound.free_symbols for bound in (*each.low, *each.high)))
        return tuple(kept)

    @cached_property
    def _ways(self) -> tuple[Way, ...]:
        return Reader().ways(self.formula)

    @cached_property
    def _bounds(self) -> list[tuple[str, int, tuple[Way, ...]]]:
        """Of each that stays open, 1 or −1 for a bound from below or above, and the bound."""
        reader = Reader()
        return [
            (str(each.symbol), order, reader.ways(bound))
            for each in self.spoken
            for order, bounds in ((1, each.low), (-1, each.high))
            for bound in bounds
        ]

    def at(self, place: Place) -> tuple[Real, Real] | None:
        """The least and the greatest value there, the same but for a band; None where it has none that is known.

        A band's ends may be left out: where one is met only with a smaller support, that is another equilibrium.
        """
        if self.spoken:
            return self._band(place)
        for way in self._ways:
            if holds_at(way.guard, place):
                den = number_at(way.den, place)
                if sign(den) == 0:
                    return None
                value = number_at(way.num, place) / den
                return value, value
        return None

    def _band(self, place: Place) -> tuple[Real, Real] | None:
        names = [str(each.symbol) for each in self.spoken]
        read = _affine(self._ways, names, place)
        limits = [_limit(name, order, ways, names, place) for name, order, ways in self._bounds]
        known = [limit for limit in limits if limit is not None]
        if read is None or len(known) < len(limits) or len(names) > MOST_OPEN:
            return None
        alone = all(len({m for m in limit if m}) <= 1 for limit in known)
        straight = all(len(monomial) <= 1 for monomial in read)
        if not straight and not (alone and all(len(set(monomial)) == len(monomial) for monomial in read)):
            return None
        corners = list(islice(_corners(known, names), MOST_CORNERS + 1))
        if not corners or len(corners) > MOST_CORNERS:
            return None
        values = in_order(_value(read, corner) for corner in corners)
        return values[0], values[-1]


def _affine(ways: Sequence[Way], names: Sequence[str], place: Place) -> Affine | None:
    """A formula at a point, as a polynomial in what stays open; None where it is none."""
    (way, *others) = ways
    if others or way.guard is not True or way.den.names & set(names):
        return None
    den = number_at(way.den, place)
    if sign(den) == 0:
        return None
    parts: dict[Monomial, dict[Monomial, Fraction]] = {}
    for monomial, coefficient in way.num.terms.items():
        own = tuple(name for name in monomial if name in names)
        rest = tuple(name for name in monomial if name not in names)
        parts.setdefault(own, {})[rest] = Fraction(coefficient)
    return {own: number_at(Poly(terms), place) / den for own, terms in parts.items()}


def _limit(name: str, order: int, ways: Sequence[Way], names: Sequence[str], place: Place) -> Affine | None:
    """What is at least zero where the bound is kept; None where it is not affine."""
    read = _affine(ways, names, place)
    if read is None or any(len(monomial) > 1 for monomial in read):
        return None
    found = {monomial: -order * value for monomial, value in read.items()}
    found[(name,)] = found.get((name,), Fraction(0)) + order
    return {monomial: value for monomial, value in found.items() if sign(value) or not monomial}


def _corners(limits: Sequence[Affine], names: Sequence[str]) -> Iterator[Mapping[str, Real]]:
    """The corners of the polytope that the limits leave."""
    for chosen in combinations(limits, len(names)):
        corner = _crossing(chosen, names)
        if corner is not None and all(sign(_value(limit, corner)) >= 0 for limit in limits):
            yield corner


def _crossing(chosen: Sequence[Affine], names: Sequence[str]) -> dict[str, Real] | None:
    """Where as many limits as there are names are all zero; None where that is no one point."""
    zero = Fraction(0)
    rows: list[list[Real]] = [[*(row.get((n,), zero) for n in names), -row.get((), zero)] for row in chosen]
    for k in range(len(names)):
        pivot = next((row for row in rows[k:] if sign(row[k])), None)
        if pivot is None:
            return None
        rows.remove(pivot)
        scaled = [value / pivot[k] for value in pivot]
        rows = [[a - row[k] * b for a, b in zip(row, scaled, strict=True)] for row in rows]
        rows.insert(k, scaled)
    return {name: rows[k][-1] for k, name in enumerate(names)}


def _value(of: Affine, corner: Mapping[str, Real]) -> Real:
    total: Real = Fraction(0)
    for monomial, coefficient in of.items():
        for name in monomial:
            coefficient = coefficient * corner[name]
        total = total + coefficient
    return total
