"""Unknowns solved for in the equations that define them, without a division: conditions on parameters are left."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from games.terms import (
    ONE,
    ZERO,
    Atom,
    Condition,
    Poly,
    Sign,
    conjuncts,
    every,
    mapped,
    poly,
    put,
    sign,
    signs,
)


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


def solved(condition: Condition, unknowns: frozenset[str]) -> Solved:
    """The condition with unknowns solved for, one after another.

    An equation serves if an unknown occurs in it linearly, times something without unknowns.
    """
    parts = list(conjuncts(condition))
    values: dict[str, tuple[Poly, Poly]] = {}
    left_out: list[Condition] = []
    while (step := _serving(parts, unknowns)) is not None:
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


def without(condition: Condition, unknowns: Mapping[str, Fraction | None]) -> Condition | None:
    """A condition on parameters that implies that some values of the unknowns satisfy ``condition``.

    Unknowns that no equation fixes keep the values given, those at the point at hand; None if one has no value there.
    """
    found = solved(condition, frozenset(unknowns))
    kept = {name: unknowns[name] for name in sorted(found.free)}
    if None in kept.values():
        return None
    return put(found.region, {name: poly(value) for name, value in kept.items() if value is not None})


def _serving(parts: list[Condition], unknowns: frozenset[str]) -> tuple[Sign, str, Poly, Poly] | None:
    """An equation, an unknown in it, the unknown's factor, and what is left; with a constant factor where possible."""
    best = None
    for equation in (part for part in parts if isinstance(part, Sign) and part.op == "=="):
        for name in sorted(equation.of.names & unknowns):
            if any(monomial.count(name) > 1 for monomial in equation.of.terms):
                continue
            factor = Poly({tuple(n for n in m if n != name): c for m, c in equation.of.terms.items() if name in m})
            if factor.names & unknowns:
                continue
            rest = Poly({m: c for m, c in equation.of.terms.items() if name not in m})
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
