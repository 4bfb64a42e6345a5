"""Exact numbers on a line: where polynomials have their roots, and what holds at a root, rational or not."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cmp_to_key

import sympy

from analyses.solution.supports import factors
from games.exact import readable
from games.roots import Algebraic, Real, Root, compared, real_roots
from games.roots import sign as order_of
from games.solvers.limits import unless_expired
from games.terms import HOLDS, Atom, Condition, Poly, Sign, mapped, sign

Place = Mapping[str, Real]
"""Exact values of parameters by name; irrational ones belong to one field."""


def holds_at(condition: Condition, place: Place) -> bool:
    """Whether a condition on parameters holds there."""

    def read(atom: Atom) -> Condition:
        assert isinstance(atom, Sign)
        return bool(HOLDS[atom.op](order_of(number_at(atom.of, place))))

    return mapped(condition, read) is True


def number_at(of: Poly, place: Place) -> Real:
    """The value of a polynomial there."""
    found: Real | int = of.at(place)
    return Fraction(found) if isinstance(found, int) else found


def irreducible(several: Iterable[Poly]) -> tuple[Poly, ...]:
    """The irreducible factors of all of them that are no numbers, each once."""
    found: dict[Poly, None] = {}
    for of in several:
        if of.constant is None:
            unless_expired()
            found.update(dict.fromkeys(_scaled(factor) for factor, _ in factors(of)[1] if factor.constant is None))
    return tuple(found)


def _scaled(of: Poly) -> Poly:
    """A multiple of it that is the same for all its multiples, with whole coefficients."""
    condition = sign(of, "==")
    assert isinstance(condition, Sign)
    return condition.of


def roots_between(several: Iterable[Poly], name: str, low: Fraction, high: Fraction) -> list[Real]:
    """The distinct real roots from ``low`` to ``high``, in order, of irreducible polynomials in that one variable."""
    found = [root for of in several for root in roots_of(of, name)]
    return in_order(root for root in found if compared(low, root) != 1 and compared(root, high) != 1)


def roots_of(of: Poly, name: str) -> list[Real]:
    """The real roots of an irreducible polynomial in one variable, in order."""
    return [_number_of(root) for root in real_roots(coefficients(of, name))]


def _number_of(root: Fraction | Root) -> Real:
    return root if isinstance(root, Fraction) else Algebraic(root, (Fraction(0), Fraction(1)))


def coefficients(of: Poly, name: str) -> tuple[Fraction, ...]:
    """Of a polynomial in one variable, the constant first."""
    degree = max(map(len, of.terms))
    return tuple(Fraction(of.terms.get((name,) * power, 0)) for power in range(degree + 1))


def in_order(numbers: Iterable[Real]) -> list[Real]:
    """From the least to the greatest, each once."""
    found: list[Real] = []
    for number in sorted(numbers, key=cmp_to_key(_order)):
        if not found or compared(found[-1], number) == -1:
            found.append(number)
    return found


def _order(one: Real, other: Real) -> int:
    return compared(one, other) or 0


def between(low: Real, high: Real) -> Fraction:
    """A fraction strictly between two numbers, the middle where both are fractions."""
    if isinstance(low, Fraction) and isinstance(high, Fraction):
        return (low + high) / 2
    width = Fraction(1)
    while True:
        near = [each if isinstance(each, Fraction) else each.near(width) for each in (low, high)]
        middle = (near[0] + near[1]) / 2
        short = middle.limit_denominator(int(4 / width))
        for candidate in (short, middle):
            if compared(low, candidate) == -1 and compared(candidate, high) == -1:
                return candidate
        width /= 16


NEAR = Fraction(1, 10**9)
DRAWN = Fraction(1, 2**36)
"""How far a fraction next to an irrational number, and a number in a drawing, may be from it."""


def inner_ends(low: Real, high: Real) -> tuple[Fraction, Fraction]:
    """Fractions next to two numbers, between them; the numbers themselves where they are fractions."""
    return _beside(low, high), _beside(high, low)


def _beside(end: Real, other: Real) -> Fraction:
    """A fraction next to ``end``, on the side of ``other``."""
    if isinstance(end, Fraction):
        return end
    width = NEAR
    while True:
        order = compared(end, other)
        found = end.near(width) - width * (order or 0)
        if compared(end, found) == order and compared(found, other) == order:
            return found
        width /= 16


def nearly(number: Real) -> float:
    """A float for a drawing."""
    return float(number if isinstance(number, Fraction) else number.near(DRAWN))


def sides(points: Sequence[Real]) -> list[tuple[Real, Real]]:
    """A line cut at these points: each point, as a pair of itself, and the gaps between them, in order."""
    found: list[tuple[Real, Real]] = []
    for k, point in enumerate(points):
        found.append((point, point))
        if k + 1 < len(points):
            found.append((point, points[k + 1]))
    return found


def sample(side: tuple[Real, Real]) -> Real:
    """A number of such a point or gap."""
    return side[0] if side[0] is side[1] else between(*side)


def written(number: Real) -> str:
    """A number for a reader: exact where it is rational or a square root gives it, with six digits where it is not."""
    if isinstance(number, Fraction):
        return readable(number)
    if len(number.parts) < 2:
        return readable(number.parts[0] if number.parts else Fraction(0))
    about = readable(float(number))
    if len(number.root.polynomial) == 3:
        return f"{sympy.sstr(_radical(number))} ≈ {about}"
    if number.parts == (Fraction(0), Fraction(1)):
        return f"the root ≈ {about} of {_monic(number.root)}"
    return f"≈ {about}"


def _radical(number: Algebraic) -> sympy.Expr:
    """A number of the field of a square root."""
    constant, linear, _ = map(sympy.Rational, number.root.polynomial)
    root = sympy.sqrt(linear**2 / 4 - constant)
    is_upper = compared(_number_of(number.root), -number.root.polynomial[1] / 2) == 1
    value = -linear / 2 + (root if is_upper else -root)
    return sympy.expand(sympy.Rational(number.parts[0]) + sympy.Rational(number.parts[1]) * value)


def _monic(root: Root) -> str:
    t = sympy.Symbol("t")
    return str(sympy.Add(*(sympy.Rational(part) * t**power for power, part in enumerate(root.polynomial))))
