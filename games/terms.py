"""The one arithmetic in which a solution concept is written: polynomials, and conditions on their signs.

A definition runs once, over `Poly`; all else reads what came out. `Poly.at` takes numbers of any kind that know + and *
(fractions, arrays, terms of a solver), so no definition is ever run twice. A condition is data: a `Sign`, a `Taken`, or
several of them joined by `every` and `some`; True and False stand for themselves. Nothing here branches on the value of
a polynomial that has variables.

Names: a parameter has no space in its name, whatever a solution concept makes up has one, so the two never meet.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm
from typing import Any, Literal, TypeAlias

from games.exact import Number

Monomial: TypeAlias = tuple[str, ...]
"""The variables of a product in alphabetical order, each as often as its power; () is the constant's."""

Op: TypeAlias = Literal[">", ">=", "==", "!="]
"""How a polynomial stands to zero; "<" and "<=" are those of its negative."""

DENIAL: Mapping[Op, Op] = {">": ">=", ">=": ">", "==": "!=", "!=": "=="}
"""The denial of each: for an order, of the negative."""

HOLDS: Mapping[Op, Callable[[Any], Any]] = {
    ">": lambda value: value > 0,
    ">=": lambda value: value >= 0,
    "==": lambda value: value == 0,
    "!=": lambda value: value != 0,
}
"""What each says of a value; of an array, entry by entry."""


class Poly:
    """A polynomial: exact coefficients by monomial, none of them zero. Immutable; equal by value."""

    __slots__ = ("_hash", "terms")

    def __init__(self, terms: Mapping[Monomial, Number]) -> None:
        self.terms = terms
        self._hash: int | None = None

    def __add__(self, other: "Poly | Number") -> "Poly":
        longer, shorter = self.terms, poly(other).terms
        if len(longer) < len(shorter):
            longer, shorter = shorter, longer
        terms = dict(longer)
        for monomial, coefficient in shorter.items():
            if coefficient := terms.pop(monomial, 0) + coefficient:
                terms[monomial] = coefficient
        return Poly(terms)

    __radd__ = __add__

    def __neg__(self) -> "Poly":
        return Poly({monomial: -coefficient for monomial, coefficient in self.terms.items()})

    def __sub__(self, other: "Poly | Number") -> "Poly":
        return self + -poly(other)

    def __rsub__(self, other: "Poly | Number") -> "Poly":
        return poly(other) + -self

    def __mul__(self, other: "Poly | Number") -> "Poly":
        terms: dict[Monomial, Number] = {}
        for monomial, coefficient in self.terms.items():
            for further, factor in poly(other).terms.items():
                both = tuple(sorted(monomial + further)) if monomial and further else monomial or further
                if total := terms.pop(both, 0) + coefficient * factor:
                    terms[both] = total
        return Poly(terms)

    __rmul__ = __mul__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Poly) and self.terms == other.terms

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self.terms.items()))
        return self._hash

    def __repr__(self) -> str:
        parts = [
            "·".join([*([] if coefficient == 1 and monomial else [str(coefficient)]), *monomial])
            for monomial, coefficient in sorted(self.terms.items())
        ]
        return " + ".join(parts) or "0"

    @property
    def constant(self) -> Number | None:
        """The number that it is, None if it has variables."""
        if not self.terms:
            return 0
        return self.terms[()] if len(self.terms) == 1 and () in self.terms else None

    @property
    def names(self) -> set[str]:
        """Its variables."""
        return {name for monomial in self.terms for name in monomial}

    @property
    def free_symbols(self) -> set[str]:
        """Its variables, under the name by which a form tells a formula from a number."""
        return self.names

    def expand(self) -> "Poly | Number":
        """The number that it is, or itself, which is always multiplied out."""
        return self if self.constant is None else self.constant

    def at(self, values: Mapping[str, Any], known: dict[Monomial, Any] | None = None) -> Any:
        """Its value over whatever numbers ``values`` holds; ``known`` shares products between many polynomials."""
        known = {} if known is None else known
        total: Any = self.terms.get((), 0)
        for monomial, coefficient in self.terms.items():
            if monomial:
                if monomial not in known:
                    product = values[monomial[0]]
                    for name in monomial[1:]:
                        product = product * values[name]
                    known[monomial] = product
                total = total + (known[monomial] if coefficient == 1 else known[monomial] * coefficient)
        return total

    def put(self, given: Mapping[str, "Poly"]) -> "Poly":
        """With polynomials in place of some variables."""
        if given.keys().isdisjoint(self.names):
            return self
        total = ZERO
        for monomial, coefficient in self.terms.items():
            part = Poly({tuple(name for name in monomial if name not in given): coefficient})
            for name in monomial:
                if name in given:
                    part = part * given[name]
            total = total + part
        return total


ZERO = Poly({})


def poly(value: Poly | Number) -> Poly:
    """The value as a polynomial; a number as a constant one."""
    if isinstance(value, Poly):
        return value
    number = value if isinstance(value, int) else _slim(Fraction(value))
    return Poly({(): number} if number else {})


ONE = poly(1)


def _slim(value: Fraction) -> Number:
    """An integer where it is one: sums of those take a fraction of the time."""
    return value.numerator if value.denominator == 1 else value


def var(name: str) -> Poly:
    """The variable of that name."""
    return Poly({(name,): 1})


def total(parts: Iterable[Poly | Number]) -> Poly:
    """The sum of the parts."""
    result = ZERO
    for part in parts:
        result = result + part
    return result


def product_of(parts: Iterable[Poly | Number]) -> Poly:
    """The product of the parts."""
    result = ONE
    for part in parts:
        result = result * part
    return result


@dataclass(frozen=True)
class Ratio:
    """A quotient of polynomials; where ``den`` is zero it has no value."""

    num: Poly
    den: Poly


@dataclass(frozen=True)
class Sign:
    """``of`` is > 0, >= 0, == 0 or != 0, as ``op`` says; made by `sign`, which decides constants."""

    of: Poly
    op: Op


@dataclass(frozen=True)
class Taken:
    """The option of a choice is taken; or, not ``so``, is not."""

    choice: str
    option: str
    so: bool = True


@dataclass(frozen=True)
class Joined:
    """All of the parts hold, or, not ``all``, at least one of them."""

    parts: tuple["Condition", ...]
    all: bool

    @cached_property
    def _kept_hash(self) -> int:
        return hash((self.parts, self.all))

    def __hash__(self) -> int:
        return self._kept_hash


Atom: TypeAlias = Sign | Taken
Condition: TypeAlias = bool | Sign | Taken | Joined


def sign(value: Poly | Number, op: Op) -> Condition:
    """How the value stands to zero: True or False for a number, else with whole coefficients without a common factor.

    So conditions that are positive multiples of each other are one.
    """
    of = poly(value)
    constant = of.constant
    if constant is not None:
        return bool(HOLDS[op](constant))
    denominator = lcm(*(coefficient.denominator for coefficient in of.terms.values()))
    whole = {monomial: int(coefficient * denominator) for monomial, coefficient in of.terms.items()}
    factor = gcd(*whole.values())
    if op in ("==", "!=") and whole[min(whole)] < 0:
        factor = -factor
    if factor != 1:
        whole = {monomial: coefficient // factor for monomial, coefficient in whole.items()}
    return Sign(Poly(whole), op)


def at_least(first: Poly | Number, second: Poly | Number) -> Condition:
    """first ≥ second."""
    return sign(poly(first) - second, ">=")


def above(first: Poly | Number, second: Poly | Number) -> Condition:
    """first > second."""
    return sign(poly(first) - second, ">")


def equal(first: Poly | Number, second: Poly | Number) -> Condition:
    """first = second."""
    return sign(poly(first) - second, "==")


def every(parts: Iterable[Condition]) -> Condition:
    """All of them hold."""
    return _joined(parts, True)


def some(parts: Iterable[Condition]) -> Condition:
    """At least one of them holds."""
    return _joined(parts, False)


def _joined(parts: Iterable[Condition], all_: bool) -> Condition:
    """Flat, each part once; decided as soon as one part decides it."""
    kept: dict[Condition, None] = {}
    for part in parts:
        if part is (not all_):
            return part
        if isinstance(part, Joined) and part.all is all_:
            kept.update(dict.fromkeys(part.parts))
        elif part is not all_:
            kept[part] = None
    if not kept:
        return all_
    return next(iter(kept)) if len(kept) == 1 else Joined(tuple(kept), all_)


def denied(condition: Condition) -> Condition:
    """That it does not hold; parts that occur several times are denied once."""
    known: dict[Joined, Condition] = {}

    def otherwise(part: Condition) -> Condition:
        match part:
            case Sign(of, op):
                return Sign(of if op in ("==", "!=") else -of, DENIAL[op])
            case Taken(choice, option, so):
                return Taken(choice, option, not so)
            case Joined(parts, all_):
                if part not in known:
                    known[part] = _joined(map(otherwise, parts), not all_)
                return known[part]
        return not part

    return otherwise(condition)


def conjuncts(condition: Condition) -> tuple[Condition, ...]:
    """The conditions that it says to hold together: its parts, itself, or none where it is True."""
    if condition is True:
        return ()
    return condition.parts if isinstance(condition, Joined) and condition.all else (condition,)


def mapped(condition: Condition, read: Callable[[Atom], Condition]) -> Condition:
    """With each `Sign` and `Taken` read anew; parts that occur several times are read once."""
    known: dict[Joined, Condition] = {}

    def anew(part: Condition) -> Condition:
        match part:
            case Joined(parts, all_):
                if part not in known:
                    known[part] = _joined(map(anew, parts), all_)
                return known[part]
            case Sign() | Taken():
                return read(part)
        return part

    return anew(condition)


def atoms(condition: Condition) -> Iterator[Atom]:
    """Each `Sign` and `Taken` in it; those of a part that occurs several times only once."""
    seen: set[Joined] = set()
    waiting = [condition]
    while waiting:
        part = waiting.pop()
        match part:
            case Joined(parts):
                if part not in seen:
                    seen.add(part)
                    waiting += reversed(parts)
            case Sign() | Taken():
                yield part


def signs(condition: Condition) -> Iterator[Sign]:
    """Each `Sign` in it."""
    return (atom for atom in atoms(condition) if isinstance(atom, Sign))


def names_in(condition: Condition) -> set[str]:
    """The variables that it speaks of."""
    return {name for atom in signs(condition) for name in atom.of.names}


def holding(condition: Condition, values: Mapping[str, Number], otherwise: bool = False) -> Condition:
    """The condition with, of each "or", the first alternative that holds at exact values, ``otherwise`` where none."""
    if not isinstance(condition, Joined):
        return condition
    if condition.all:
        return every(holding(part, values, otherwise) for part in condition.parts)
    known = (part for part in condition.parts if names_in(part) <= values.keys() and holds(part, values))
    return holding(next(known, otherwise), values, otherwise)


def holds(
    condition: Condition,
    values: Mapping[str, Number],
    taken: Mapping[str, str] | None = None,
    known: dict[Monomial, Number] | None = None,
) -> bool:
    """Whether it holds at exact ``values``; ``taken`` are the options by choice."""
    match condition:
        case Sign(of, op):
            return bool(HOLDS[op](of.at(values, known)))
        case Taken(choice, option, so):
            return ((taken or {})[choice] == option) is so
        case Joined(parts, all_):
            return (all if all_ else any)(holds(part, values, taken, known) for part in parts)
    return condition


def put(condition: Condition, given: Mapping[str, Poly], taken: Mapping[str, str] | None = None) -> Condition:
    """With polynomials for variables, and with the options that are taken."""

    def read(atom: Atom) -> Condition:
        if isinstance(atom, Sign):
            new = atom.of.put(given)
            return atom if new is atom.of else sign(new, atom.op)
        if taken is None or atom.choice not in taken:
            return atom
        return (taken[atom.choice] == atom.option) is atom.so

    return mapped(condition, read)


def quotient_sign(num: Poly, den: Poly, op: Op) -> Condition:
    """How num / den stands to zero; where it has no value the relation does not hold."""
    if den.constant is not None:
        return den.constant != 0 and sign(num * den.constant, op)
    return every([sign(den, "!="), sign(num if op in ("==", "!=") else num * den, op)])
