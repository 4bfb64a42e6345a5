"""Unknowns solved for in the equations that define them, without a division: conditions on parameters are left."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from games.exact import Number
from games.terms import (
    ONE,
    ZERO,
    Atom,
    Condition,
    Joined,
    Poly,
    Sign,
    conjuncts,
    every,
    holds,
    mapped,
    names_in,
    poly,
    put,
    sign,
    signs,
)

MOST_BOUNDS = 60
"""The most pairs of bounds of an unknown that are compared."""


@dataclass(frozen=True)
class Solved:
    """What is left of conditions once unknowns are solved for.

    ``unknowns`` are their values as (numerator, denominator); ``left_out`` is where a denominator is zero, which
    ``region`` excludes; ``free`` are the unknowns that no equation fixes.
    """

    region: Condition
    unknowns: Mapping[str, tuple[Poly, Poly]]
    left_out: tuple[Condition, ...]
    free: frozenset[str]


Bound: TypeAlias = tuple[Poly, Poly]
"""What a bound of an unknown is: (numerator, denominator), the denominator above zero around the point."""


@dataclass(frozen=True)
class Projected:
    """A condition without an unknown, and the bounds between which the unknown lies."""

    region: Condition
    lower: tuple[Bound, ...]
    upper: tuple[Bound, ...]


@dataclass(frozen=True)
class Eliminated:
    """A ``region`` of parameters around a point, and what the unknowns are there.

    ``unknowns`` are fixed, as (numerator, denominator) in parameters and in those ``between`` bounds, which may take
    any value between theirs; the bounds of each may speak of unknowns after it.
    """

    region: Condition
    unknowns: Mapping[str, tuple[Poly, Poly]]
    between: Mapping[str, Projected]


def solved(condition: Condition, unknowns: frozenset[str], around: Mapping[str, Number] | None = None) -> Solved:
    """The condition with unknowns solved for, one after another.

    An equation serves if an unknown occurs in it linearly, times something without unknowns; and with a point
    ``around`` which a region is wanted, if that is not zero there.
    """
    parts = list(conjuncts(condition))
    values: dict[str, tuple[Poly, Poly]] = {}
    left_out: list[Condition] = []
    while (step := _serving(parts, unknowns, around or {})) is not None:
        equation, name, factor, rest = step
        if factor.constant is None:
            left_out.append(every([sign(factor, "=="), sign(rest, "==")]))
            parts.append(sign(factor, "!="))
        values = {n: _substituted(value, name, -rest, factor) for n, value in values.items()}
        values[name] = (-rest, factor)
        parts = [_without(part, name, factor, rest) for part in parts if part is not equation]
        if False in parts:
            return Solved(False, values, tuple(left_out), frozenset())
    region = every(parts)
    free = frozenset(name for part in signs(region) for name in part.of.names) & unknowns
    return Solved(region, values, tuple(left_out), free)


def eliminated(condition: Condition, unknowns: frozenset[str], point: Mapping[str, Number]) -> Eliminated | None:
    """The region around the ``point``, which has values for the unknowns, too; None if an unknown has powers there."""
    found = solved(condition, unknowns, point)
    region, between = found.region, {}
    for name in sorted(found.free):
        step = projected(region, name, point)
        if step is None:
            return None
        region, between[name] = step.region, step
    return Eliminated(region, found.unknowns, between)


def without(
    condition: Condition, unknowns: Mapping[str, Fraction | None], point: Mapping[str, Number] | None = None
) -> Condition | None:
    """A condition on parameters that implies that some values of the unknowns satisfy ``condition``.

    Of an unknown that no equation fixes the bounds are compared with each other (`projected`), around the ``point``
    where one is given; one of which that cannot be keeps the value given. None if one has no value there.
    """
    found = solved(condition, frozenset(unknowns), point)
    region = found.region
    values = {**(point or {}), **{name: value for name, value in unknowns.items() if value is not None}}
    for name in _at_an_end(region, found.free, values):
        region = put(region, {name: poly(values[name])})
    for name in sorted(found.free & names_in(region)):
        narrowed = projected(region, name, values) if point is not None else None
        if narrowed is not None:
            region = narrowed.region
        elif unknowns[name] is None:
            return None
        else:
            region = put(region, {name: poly(values[name])})
    return region


def _at_an_end(condition: Condition, unknowns: frozenset[str], values: Mapping[str, Number]) -> list[str]:
    """The unknowns that have the least or the greatest value of their own range."""
    ends = (part.of for part in conjuncts(condition) if isinstance(part, Sign) and len(part.of.names) == 1)
    return sorted({name for end in ends for name in end.names & unknowns & values.keys() if end.at(values) == 0})


def projected(condition: Condition, name: str, values: Mapping[str, Number]) -> Projected | None:
    """A condition without the unknown that implies that some value of it satisfies ``condition``; it holds at the
    ``values`` of everything else.

    Of alternatives that speak of the unknown the one that holds there is taken. What is left are bounds from above and
    from below, times factors that keep their signs there: each lower one has to lie below each upper one (Fourier &
    Motzkin). None where the unknown has powers, a value is missing, or there are too many bounds.
    """
    parts = list(_chosen(condition, name, values))
    own = [part for part in parts if isinstance(part, Sign) and name in part.of.names]
    if False in parts or any(_degree(part.of, name) > 1 or not _known(part, values) for part in own):
        return None
    kept = [part for part in parts if part not in own]
    lower: list[tuple[Poly, Poly, bool]] = []
    upper: list[tuple[Poly, Poly, bool]] = []
    for part in own:
        factor, rest = factor_of(part.of, name)
        times = factor.at(values)
        order = 1 if times > 0 else -1
        if times == 0:
            kept += [sign(factor, "=="), sign(rest, part.op)]
            continue
        kept.append(sign(factor * order, ">"))
        if part.op in (">", ">=", "=="):
            (lower if order > 0 else upper).append((factor * order, rest * order, part.op == ">"))
        if part.op == "==":
            (upper if order > 0 else lower).append((factor * order, rest * order, False))
        if part.op == "!=":
            above = order * (times * values[name] + rest.at(values)) > 0
            (lower if above else upper).append((factor * order, rest * order, True))
    if len(lower) * len(upper) > MOST_BOUNDS:
        return None
    for below, under, strictly in lower:
        for beyond, over, also in upper:
            gap = under * beyond - over * below
            kept.append(sign(gap, ">" if strictly or also else ">="))
    ends = [tuple((-rest, factor) for factor, rest, _ in side) for side in (lower, upper)]
    return Projected(every(kept), ends[0], ends[1])


def _chosen(condition: Condition, name: str, values: Mapping[str, Number]) -> Iterator[Condition]:
    """The conjuncts, with the alternative that holds at the values for each that speaks of ``name``."""
    for part in conjuncts(condition):
        if isinstance(part, Joined) and name in names_in(part):
            way = part if part.all else next((w for w in part.parts if _known(w, values) and holds(w, values)), False)
            yield from _chosen(way, name, values)
        else:
            yield part


def _known(condition: Condition, values: Mapping[str, Number]) -> bool:
    return names_in(condition) <= values.keys()


def factor_of(of: Poly, name: str) -> tuple[Poly, Poly]:
    """The factor of ``name``, and what is left."""
    factor = Poly({tuple(n for n in m if n != name): c for m, c in of.terms.items() if name in m})
    return factor, Poly({m: c for m, c in of.terms.items() if name not in m})


def _serving(
    parts: list[Condition], unknowns: frozenset[str], around: Mapping[str, Number]
) -> tuple[Sign, str, Poly, Poly] | None:
    """An equation, an unknown in it, the unknown's factor, and what is left; with a constant factor where possible."""
    best = None
    for equation in (part for part in parts if isinstance(part, Sign) and part.op == "=="):
        for name in sorted(equation.of.names & unknowns):
            if any(monomial.count(name) > 1 for monomial in equation.of.terms):
                continue
            factor, rest = factor_of(equation.of, name)
            if factor.names & unknowns or (factor.names <= around.keys() and factor.at(around) == 0):
                continue
            if factor.constant is not None:
                return equation, name, factor, rest
            best = best or (equation, name, factor, rest)
    return best


def _power(base: Poly, exponent: int) -> Poly:
    result = ONE
    for _ in range(exponent):
        result = result * base
    return result


def _raised(value: Poly, name: str, num: Poly, den: Poly, degree: int) -> Poly:
    """The polynomial at num / den in place of ``name``, times den to the power of ``degree``."""
    total = ZERO
    for monomial, coefficient in value.terms.items():
        count = monomial.count(name)
        part = Poly({tuple(n for n in monomial if n != name): coefficient})
        total = total + part * _power(num, count) * _power(den, degree - count)
    return total


def _degree(value: Poly, name: str) -> int:
    return max((monomial.count(name) for monomial in value.terms), default=0)


def _substituted(quotient: tuple[Poly, Poly], name: str, num: Poly, den: Poly) -> tuple[Poly, Poly]:
    degree = max(_degree(part, name) for part in quotient)
    upper, lower = quotient
    return _raised(upper, name, num, den, degree), _raised(lower, name, num, den, degree)


def _without(condition: Condition, name: str, factor: Poly, rest: Poly) -> Condition:
    """With -rest / factor in place of ``name``, multiplied out by an even power of the factor."""

    def read(atom: Atom) -> Condition:
        if not isinstance(atom, Sign) or name not in atom.of.names:
            return atom
        degree = _degree(atom.of, name)
        if atom.op in (">", ">="):
            degree += degree % 2
        return sign(_raised(atom.of, name, -rest, factor, degree), atom.op)

    return mapped(condition, read)
