"""Formulas and relations as polynomials and conditions, without a division and without a variable that nothing binds.

A formula is read as *ways*: each has a guard, a numerator and a denominator, and the guards cover: ``min`` and ``max``
have one way for each argument. So whoever quantifies over what a formula speaks of has nothing else to quantify over. A
relation that divides by zero does not hold; its denial does.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

import sympy

from games.errors import InputError
from games.exact import Number
from games.formulas.relations import Denied, Every, Implied, Related, Relation, Some, divisors_of
from games.formulas.values import evaluate
from games.terms import (
    ONE,
    ZERO,
    Atom,
    Condition,
    Op,
    Poly,
    Ratio,
    Sign,
    denied,
    equal,
    every,
    mapped,
    names_in,
    poly,
    product_of,
    quotient_sign,
    sign,
    some,
    var,
)

ORDERS: Mapping[str, tuple[Op, int]] = {
    ">": (">", 1),
    ">=": (">=", 1),
    "<": (">", -1),
    "<=": (">=", -1),
    "==": ("==", 1),
    "!=": ("!=", 1),
}
"""Each relation as one of a difference to zero, and whether the difference is taken the other way round."""


@dataclass(frozen=True)
class Way:
    """Where ``guard`` holds, the formula is num / den."""

    guard: Condition
    num: Poly
    den: Poly


def expression(of: Poly, symbols: Mapping[str, sympy.Symbol] | None = None) -> sympy.Expr:
    """The formula that the polynomial is, with ``symbols`` for its variables, else new ones of these names."""
    known = {name: sympy.Symbol(name) for name in of.names} if symbols is None else symbols
    return sympy.Add(
        *(
            sympy.Rational(Fraction(coefficient)) * sympy.Mul(*(known[name] for name in monomial))
            for monomial, coefficient in of.terms.items()
        )
    )


def stated(part: Sign, symbols: Mapping[str, sympy.Symbol]) -> Related:
    """The comparison with zero that the sign of a polynomial is."""
    return Related(expression(part.of, symbols), part.op, sympy.Integer(0))


class Reader:
    """Reads sympy's formulas; ``values`` stand for some of the symbols, by name."""

    def __init__(self, values: Mapping[str, Poly | Ratio] | None = None) -> None:
        self.values = dict(values or {})
        self._known: dict[Any, tuple[Way, ...]] = {}

    def ways(self, formula: Any) -> tuple[Way, ...]:
        """The ways of the formula. Raises `InputError` for what is no formula of Parley's."""
        if formula not in self._known:
            self._known[formula] = tuple(self._ways(formula))
        return self._known[formula]

    def _ways(self, formula: Any) -> Iterator[Way]:
        if isinstance(formula, int | Fraction):
            yield Way(True, poly(formula), ONE)
        elif formula.is_Symbol:
            value = self.values.get(formula.name, var(formula.name))
            yield Way(True, value.num, value.den) if isinstance(value, Ratio) else Way(True, value, ONE)
        elif formula.is_Rational:
            yield Way(True, poly(Fraction(int(formula.p), int(formula.q))), ONE)
        elif formula.is_Add or formula.is_Mul:
            yield from self._joined(formula.args, formula.is_Add)
        elif formula.is_Pow and formula.exp.is_Integer:
            for way in self.ways(formula.base):
                yield _power(way, int(formula.exp))
        elif isinstance(formula, sympy.Min | sympy.Max):
            yield from self._extreme(formula.args, 1 if isinstance(formula, sympy.Min) else -1)
        else:
            raise InputError(f"{formula} is no formula of numbers, + - * /, whole powers, min and max; claims need one")

    def _joined(self, parts: Iterable[Any], added: bool) -> Iterator[Way]:
        """The sum or the product of the parts."""
        result = [Way(True, poly(0 if added else 1), ONE)]
        for part in parts:
            further = self.ways(part)
            result = [(_sum if added else _product)(one, other) for one in result for other in further]
        yield from result

    def _extreme(self, parts: Iterable[Any], order: int) -> Iterator[Way]:
        """The least of the parts, or for an ``order`` of -1 the greatest: whichever way of a part it is."""
        ways = [way for part in parts for way in self.ways(part)]
        for k, own in enumerate(ways):
            beyond = [
                some([denied(other.guard), quotient_sign(*_difference(other, own, order), ">=")])
                for j, other in enumerate(ways)
                if j != k
            ]
            yield Way(every([own.guard, *beyond]), own.num, own.den)

    def poly(self, formula: Any) -> Poly | None:
        """The formula as a polynomial, None where it has several ways or divides by something."""
        first, *others = self.ways(formula)
        if others or first.guard is not True or first.den.constant is None:
            return None
        return first.num * (1 / Fraction(first.den.constant))

    def condition(self, said: Relation) -> Condition:
        """A relation as a condition."""
        match said:
            case Related(left, sign_, right):
                op, order = ORDERS[sign_]
                holds = some(
                    every([one.guard, other.guard, quotient_sign(*_difference(one, other, order), op)])
                    for one in self.ways(left)
                    for other in self.ways(right)
                )
                return every([*map(self._other_than_zero, divisors_of(said)), holds])
            case Every(parts):
                return every(map(self.condition, parts))
            case Some(parts):
                return some(map(self.condition, parts))
            case Denied(part):
                return denied(self.condition(part))
            case Implied(first, second):
                return some([denied(self.condition(first)), self.condition(second)])

    def _other_than_zero(self, divisor: Any) -> Condition:
        return some(every([way.guard, quotient_sign(way.num, way.den, "!=")]) for way in self.ways(divisor))


def _sum(one: Way, other: Way) -> Way:
    guard = every([one.guard, other.guard])
    if one.den == other.den:
        return Way(guard, one.num + other.num, one.den)
    return Way(guard, one.num * other.den + other.num * one.den, one.den * other.den)


def _product(one: Way, other: Way) -> Way:
    return Way(every([one.guard, other.guard]), one.num * other.num, one.den * other.den)


def _power(way: Way, exponent: int) -> Way:
    num, den = ONE, ONE
    for _ in range(abs(exponent)):
        num, den = num * way.num, den * way.den
    # The inverse of a quotient has no value where the quotient has none, so its denominator stays.
    return Way(way.guard, num, den) if exponent >= 0 else Way(way.guard, den * den, num * den)


def _difference(one: Way, other: Way, order: int) -> tuple[Poly, Poly]:
    """one - other as numerator and denominator; for an ``order`` of -1 the other way round."""
    if one.den == other.den:
        return order * (one.num - other.num), one.den
    return order * (one.num * other.den - other.num * one.den), one.den * other.den


class Entries:
    """Reads the entries of games: each a polynomial, or the name of a quotient or a minimum that is defined once.

    ``defined`` are the definitions, divisors other than zero included: they belong to what is given, since a game whose
    payoffs divide by zero is none. ``ways`` are those of each such entry by its name, ``formulas`` the entries.
    """

    def __init__(self) -> None:
        self.reader = Reader()
        self.defined: list[Condition] = []
        self.ways: dict[str, tuple[Way, ...]] = {}
        self.formulas: dict[str, Any] = {}
        self._named: dict[Any, Poly] = {}

    def __call__(self, entry: Any) -> Poly:
        if entry not in self._named:
            self._named[entry] = self._read(entry)
        return self._named[entry]

    def at(self, point: Mapping[str, Number]) -> Iterator[tuple[str, Number | None]]:
        """The value of each named entry at exact values of the parameters; None where it divides by zero."""
        values = {sympy.Symbol(name): Fraction(value) for name, value in point.items()}
        for entry, named in self._named.items():
            if self.reader.poly(entry) is None:
                try:
                    value: Number | None = evaluate(entry, values)
                except ZeroDivisionError:
                    value = None
                (name,) = named.names
                yield name, value

    def put_into(self, condition: Condition) -> Condition:
        """A condition that speaks of named entries, with what they stand for in their places."""

        def read(atom: Atom) -> Condition:
            named = [name for name in sorted(names_in(atom)) if name in self.ways]
            if not named or not isinstance(atom, Sign):
                return atom
            several = product(*(self.ways[name] for name in named))
            return some(_in_one_way(atom, dict(zip(named, ways, strict=True))) for ways in several)

        return mapped(condition, read)

    @property
    def undivided(self) -> list[Condition]:
        """That no entry divides by zero, without any name."""
        return [some(every([w.guard, sign(w.den, "!=")]) for w in ways) for ways in self.ways.values()]

    def _read(self, entry: Any) -> Poly:
        plain = self.reader.poly(entry)
        if plain is not None:
            return plain
        name = "[" + str(entry).replace(" ", "") + "]"
        ways = self.ways[name] = self.reader.ways(entry)
        self.formulas[name] = entry
        self.defined.append(
            some(every([way.guard, sign(way.den, "!="), equal(var(name) * way.den, way.num)]) for way in ways)
        )
        return var(name)


def _in_one_way(atom: Sign, ways: Mapping[str, Way]) -> Condition:
    """The sign of a polynomial in named entries where each is what one of its ways says."""
    degree = {name: max(monomial.count(name) for monomial in atom.of.terms) for name in ways}
    num = ZERO
    for monomial, coefficient in atom.of.terms.items():
        own = [ways[name].num for name in monomial if name in ways]
        rest = [var(name) for name in monomial if name not in ways]
        missing = [way.den for name, way in ways.items() for _ in range(degree[name] - monomial.count(name))]
        num = num + product_of([coefficient, *own, *rest, *missing])
    den = product_of(way.den for name, way in ways.items() for _ in range(degree[name]))
    return every([*(way.guard for way in ways.values()), quotient_sign(num, den, atom.op)])
