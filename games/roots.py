"""Real roots in exact arithmetic: algebraic numbers, and the signs of a polynomial in one variable on an interval.

A polynomial is its coefficients, the constant first, without zeros at the end; the empty one is zero. Coefficients are
fractions, or numbers of one field Q(α), where α is a root of an irreducible polynomial, told from the others by an
interval. Sturm's theorem counts roots; Yun (1976), ACM Symposium on Symbolic and Algebraic Computation, splits a
polynomial by the multiplicity of its roots.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import floor, gcd, lcm
from typing import Any, TypeAlias, Union

from games.exact import Number

Real: TypeAlias = Union[Fraction, "Algebraic"]
"""An exact real number."""

LONGEST_ROOT = 50
"""The most characters in which a reader is told of which polynomial a number is a root."""

Polynomial: TypeAlias = tuple[Real, ...]


@dataclass(eq=False)
class Root:
    """A root of a monic irreducible polynomial over the fractions: the only one between ``low`` and ``high``.

    The two narrow down as signs are asked for; which root it is stays the same.
    """

    polynomial: tuple[Fraction, ...]
    low: Fraction
    high: Fraction

    def halve(self) -> None:
        """Halves the interval."""
        middle = (self.low + self.high) / 2
        if sign(value(self.polynomial, middle)) == sign(value(self.polynomial, self.high)):
            self.high = middle
        else:
            self.low = middle


@dataclass(frozen=True, eq=False)
class Algebraic:
    """A number of the field of a root: a polynomial in the root, of a degree below that of its own polynomial."""

    root: Root
    parts: tuple[Fraction, ...]

    def _with(self, other: "Real | Number") -> tuple[Fraction, ...]:
        if isinstance(other, Algebraic):
            if other.root is not self.root:
                raise ValueError("numbers of two fields have no arithmetic here")
            return other.parts
        return _trimmed((Fraction(other),))  # type: ignore[return-value]

    def _made(self, parts: Sequence[Real]) -> "Algebraic":
        remainder = divided(_trimmed(parts), self.root.polynomial)[1]
        return Algebraic(self.root, remainder)  # type: ignore[arg-type]

    def __add__(self, other: "Real | Number") -> "Algebraic":
        return Algebraic(self.root, added(self.parts, self._with(other)))  # type: ignore[arg-type]

    __radd__ = __add__

    def __neg__(self) -> "Algebraic":
        return Algebraic(self.root, tuple(-part for part in self.parts))

    def __sub__(self, other: "Real | Number") -> "Algebraic":
        return self + -other

    def __rsub__(self, other: "Real | Number") -> "Algebraic":
        return -self + other

    def __mul__(self, other: "Real | Number") -> "Algebraic":
        return self._made(multiplied(self.parts, self._with(other)))

    __rmul__ = __mul__

    def __truediv__(self, other: "Real | Number") -> "Algebraic":
        if isinstance(other, Algebraic):
            return self * other.inverse()
        return self * (1 / Fraction(other))

    def __rtruediv__(self, other: Number) -> "Algebraic":
        return self.inverse() * other

    def inverse(self) -> "Algebraic":
        """One divided by it; raises `ZeroDivisionError` for zero."""
        if not self.parts:
            raise ZeroDivisionError
        return self._made(bezout(self.parts, self.root.polynomial))

    def between(self) -> tuple[Fraction, Fraction]:
        """Two numbers between which it lies, as near to each other as the root's interval allows."""
        low = high = Fraction(0)
        for part in reversed(self.parts):
            ends = [a * b for a in (low, high) for b in (self.root.low, self.root.high)]
            low, high = min(ends) + part, max(ends) + part
        return low, high

    def sign(self) -> int:
        """Whether it is above zero (1), zero (0) or below (−1)."""
        if not self.parts:
            return 0
        low, high = self.between()
        while low <= 0 <= high:
            self.root.halve()
            low, high = self.between()
        return 1 if low > 0 else -1

    def near(self, width: Fraction) -> Fraction:
        """A fraction that is no farther from it than ``width``."""
        low, high = self.between()
        while high - low > width:
            self.root.halve()
            low, high = self.between()
        return (low + high) / 2

    def __float__(self) -> float:
        """The nearest float, give or take its last digit."""
        if not self.parts:
            return 0.0
        self.sign()
        low, high = self.between()
        while (high - low) * 2**60 > max(abs(low), abs(high)):
            self.root.halve()
            low, high = self.between()
        return float((low + high) / 2)


def sign(number: Real) -> int:
    """1 above zero, 0 at zero, −1 below."""
    return number.sign() if isinstance(number, Algebraic) else (number > 0) - (number < 0)


APART = Fraction(1, 2**400)
"""Numbers of two fields that are nearer to each other than this are not told apart."""


def compared(one: Real, other: Real) -> int | None:
    """The sign of one less the other; None where they belong to two fields and are as good as the same."""
    if isinstance(one, Algebraic) and isinstance(other, Algebraic) and one.root is not other.root:
        if len(one.parts) > 1 and len(other.parts) > 1:
            width = Fraction(1)
            while width > APART:
                difference = one.near(width) - other.near(width)
                if abs(difference) > width:
                    return 1 if difference > 0 else -1
                width /= 2**20
            return None
        one, other = ((n.parts[0] if n.parts else Fraction(0)) if len(n.parts) <= 1 else n for n in (one, other))
    return sign(one - other)


def _trimmed(parts: Sequence[Real]) -> Polynomial:
    end = len(parts)
    while end and not sign(parts[end - 1]):
        end -= 1
    return tuple(parts[:end])


def polynomial(parts: Sequence[Real | Number]) -> Polynomial:
    """The polynomial with these coefficients, the constant first."""
    return _trimmed([Fraction(part) if isinstance(part, int) else part for part in parts])


def value(of: Polynomial, at: Real) -> Real:
    """Its value."""
    total: Real = Fraction(0)
    for part in reversed(of):
        total = total * at + part
    return total


def added(one: Polynomial, other: Polynomial) -> Polynomial:
    """The sum."""
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    return _trimmed([*(a + b for a, b in zip(longer, shorter, strict=False)), *longer[len(shorter) :]])


def negative(of: Polynomial) -> Polynomial:
    """Its negative."""
    return tuple(-part for part in of)


def multiplied(one: Polynomial, other: Polynomial) -> Polynomial:
    """The product."""
    parts: list[Real] = [Fraction(0)] * max(len(one) + len(other) - 1, 0)
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            parts[i + j] = parts[i + j] + a * b
    return _trimmed(parts)


def derivative(of: Polynomial) -> Polynomial:
    """Its derivative."""
    return _trimmed([part * power for power, part in enumerate(of)][1:])


def divided(one: Polynomial, other: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Quotient and remainder; raises `ZeroDivisionError` for a division by zero."""
    if not other:
        raise ZeroDivisionError
    rest: list[Real] = list(one)
    quotient: list[Real] = [Fraction(0)] * max(len(one) - len(other) + 1, 0)
    lead = 1 / other[-1]
    for shift in range(len(one) - len(other), -1, -1):
        factor = rest[shift + len(other) - 1] * lead
        quotient[shift] = factor
        for k, part in enumerate(other):
            rest[shift + k] = rest[shift + k] - factor * part
    return _trimmed(quotient), _trimmed(rest[: len(other) - 1])


def common(one: Polynomial, other: Polynomial) -> Polynomial:
    """The greatest common divisor, its first coefficient 1; zero for two zeros."""
    while other:
        one, other = other, divided(one, other)[1]
    return tuple(part / one[-1] for part in one)


def bezout(one: Polynomial, modulus: Polynomial) -> Polynomial:
    """What times ``one`` leaves 1 when divided by ``modulus``; the two have no common divisor."""
    now, after = one, modulus
    times: tuple[Polynomial, Polynomial] = ((Fraction(1),), ())
    while after:
        quotient, rest = divided(now, after)
        now, after = after, rest
        times = times[1], added(times[0], negative(multiplied(quotient, times[1])))
    return tuple(part / now[-1] for part in times[0])


def odd_part(of: Polynomial) -> Polynomial:
    """The product of its factors of odd multiplicity, each once: where its sign changes.

    By Yun's algorithm; ``of`` is not zero.
    """
    slope = derivative(of)
    shared = common(of, slope)
    whole, rest = divided(of, shared)[0], divided(slope, shared)[0]
    odd: Polynomial = (Fraction(1),)
    multiplicity = 1
    while len(whole) > 1:
        rest = added(rest, negative(derivative(whole)))
        factor = common(whole, rest)
        if multiplicity % 2:
            odd = multiplied(odd, factor)
        whole, rest = divided(whole, factor)[0], divided(rest, factor)[0]
        multiplicity += 1
    return odd


def sturm(of: Polynomial) -> list[Polynomial]:
    """Sturm's sequence of a polynomial other than zero."""
    found = [of, derivative(of)]
    while found[-1]:
        found.append(negative(divided(found[-2], found[-1])[1]))
    return found[:-1]


def _changes(sequence: Sequence[Polynomial], at: Real) -> int:
    signs = [s for s in (sign(value(of, at)) for of in sequence) if s]
    return sum(one != other for one, other in pairwise(signs))


def roots_after(sequence: Sequence[Polynomial], low: Real, high: Real) -> int:
    """How many roots the polynomial of a Sturm sequence has above ``low``, up to and with ``high``."""
    return _changes(sequence, low) - _changes(sequence, high)


def is_never_negative(of: Polynomial, low: Real, high: Real) -> bool:
    """Whether its value is at least zero everywhere from ``low`` to ``high``, where ``low`` < ``high``."""
    if sign(value(of, low)) < 0 or sign(value(of, high)) < 0:
        return False
    if not of:
        return True
    odd = odd_part(of)
    inside = roots_after(sturm(odd), low, high) - (sign(value(odd, high)) == 0) if len(odd) > 1 else 0
    # Without a change of sign inside, its sign at one point other than a root is its sign everywhere.
    return not inside and _sign_inside(of, low, high) > 0


def _sign_inside(of: Polynomial, low: Real, high: Real) -> int:
    """Its sign at some point between that is no root; one of as many points as its degree and one more is none."""
    for k in range(1, len(of) + 1):
        if found := sign(value(of, low + (high - low) * Fraction(k, len(of) + 1))):
            return found
    raise AssertionError("a polynomial other than zero has no more roots than its degree")


def brackets(of: tuple[Fraction, ...], low: Fraction, high: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    """For each root from ``low`` to ``high``, in order, an interval whose only root it is, open unless it is a point.

    ``of`` has no multiple roots; ends that are roots, and others that are met, come as points.
    """
    sequence = sturm(of)
    if sign(value(of, low)) == 0:
        yield low, low
    waiting = [(low, high)]
    while waiting:
        one, other = waiting.pop()
        count = roots_after(sequence, one, other)
        if count == 1 and sign(value(of, other)) == 0:
            yield other, other
        elif count == 1 and sign(value(of, one)):
            yield one, other
        elif count:
            middle = (one + other) / 2
            waiting += [(middle, other), (one, middle)]


def bound(of: tuple[Fraction, ...]) -> Fraction:
    """A number beyond the absolute value of every root (Cauchy); ``of`` is not constant."""
    return 1 + max(abs(part / of[-1]) for part in of[:-1])


def real_roots(of: tuple[Fraction, ...]) -> Iterator[Fraction | Root]:
    """The real roots of an irreducible polynomial over the fractions, in order."""
    monic = tuple(value / of[-1] for value in of)
    if len(monic) == 2:
        yield -monic[0]
        return
    limit = bound(monic)
    yield from (Root(monic, low, high) for low, high in brackets(monic, -limit, limit))


class Irrational(float):
    """A float that stands for a root of a polynomial, which it knows exactly.

    ``polynomial`` has whole coefficients without a common divisor, the constant first, and is irreducible; between the
    fractions ``low`` and ``high`` lies exactly one of its roots.
    """

    polynomial: tuple[int, ...]
    low: Fraction
    high: Fraction

    def __new__(cls, near: float, polynomial: tuple[int, ...], low: Fraction, high: Fraction) -> "Irrational":
        self = super().__new__(cls, near)
        self.polynomial, self.low, self.high = polynomial, low, high
        return self

    def __getnewargs__(self) -> tuple[Any, ...]:
        return float(self), self.polynomial, self.low, self.high

    @property
    def root(self) -> str:
        """What it is, in words: root of 3x² − 5x + 1."""
        parts = []
        for power in range(len(self.polynomial) - 1, -1, -1):
            if part := self.polynomial[power]:
                size = "" if abs(part) == 1 and power else str(abs(part))
                name = "" if not power else "x" if power == 1 else f"x{str(power).translate(_RAISED)}"
                parts.append((" − " if part < 0 else " + ") + size + name)
        return "root of " + "".join(parts).removeprefix(" + ")

    @property
    def in_brackets(self) -> str:
        """What it is, behind a blank and in brackets, if that is at most `LONGEST_ROOT` characters; else nothing."""
        return f" ({self.root})" if len(self.root) <= LONGEST_ROOT else ""


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def irrational(number: Algebraic) -> Fraction | Irrational:
    """The number for a reader: rational ones exact, others as a float with their polynomial."""
    least = minimal_polynomial(number)
    if len(least) == 2:
        return Fraction(-least[0], least[1])
    sequence, places = sturm(tuple(map(Fraction, least))), 3
    while True:
        step = Fraction(1, 10**places)
        low = step * floor(number.near(step / 10**3) / step)
        high = low + step
        if roots_after(sequence, low, high) == 1 and (number - low).sign() > 0 > (number - high).sign():
            return Irrational(float(number), least, low, high)
        places += 3


def minimal_polynomial(number: Algebraic) -> tuple[int, ...]:
    """The polynomial of least degree of which it is a root: whole coefficients, the constant first, the last positive.

    The first power of the number that earlier ones add up to gives it.
    """
    reduced: list[tuple[list[Fraction], list[Fraction]]] = []
    power = Algebraic(number.root, (Fraction(1),))
    while True:
        degree = len(reduced)
        rest = [*power.parts, *[Fraction(0)] * (len(number.root.polynomial) - 1 - len(power.parts))]
        made = [*[Fraction(0)] * degree, Fraction(1)]
        for row, of in reduced:
            lead = next(k for k, part in enumerate(row) if part)
            if factor := rest[lead] / row[lead]:
                rest = [a - factor * b for a, b in zip(rest, row, strict=True)]
                made = [a - factor * b for a, b in zip(made, [*of, *[Fraction(0)] * degree], strict=False)]
        if not any(rest):
            return _whole(made)
        reduced.append((rest, made))
        power = power * number


def _whole(parts: Sequence[Fraction]) -> tuple[int, ...]:
    """The coefficients times a positive number, whole and without a common divisor."""
    scale = lcm(*(part.denominator for part in parts))
    numbers = [int(part * scale) for part in parts]
    return tuple(number // gcd(*numbers) for number in numbers)
