"""Formulas and relations in text, read a second time: at exact numbers, at intervals, or along a line.

The toolkit has a parser of its own; this one shares nothing with it. A formula is what Python's grammar makes of it,
with ``min``, ``max`` and ``implies`` as functions. A relation that divides by zero does not hold, and so its denial
does: that is how the toolkit documents it.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import pairwise, product
from typing import Any, TypeAlias

Number: TypeAlias = Any
"""Whatever adds and multiplies: a `Fraction`, an `Interval`, a `Ratio`."""


@cache
def _tree(text: str) -> ast.expr:
    return ast.parse(text.strip(), mode="eval").body


def value(text: str, at: Mapping[str, Number]) -> Number:
    """The value of a formula; raises ``ZeroDivisionError`` where it has none."""
    return _value(_tree(text), at)


def _value(node: ast.expr, at: Mapping[str, Number]) -> Number:
    match node:
        case ast.Constant(value=int(number)):
            return Fraction(number)
        case ast.Name(id=name):
            return at[name]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_value(inner, at)
        case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant(value=int(power))):
            base, result = _value(left, at), Fraction(1)
            for _ in range(power):
                result = result * base
            return result
        case ast.BinOp(left=left, op=operator, right=right):
            one, other = _value(left, at), _value(right, at)
            match operator:
                case ast.Add():
                    return one + other
                case ast.Sub():
                    return one - other
                case ast.Mult():
                    return one * other
                case ast.Div():
                    return one / other
        case ast.Call(func=ast.Name(id="min" | "max" as name), args=arguments):
            given = [_value(argument, at) for argument in arguments]
            if any(isinstance(one, Interval) for one in given):
                pick = min if name == "min" else max
                ends = [one if isinstance(one, Interval) else Interval(one, one) for one in given]
                return Interval(pick(one.low for one in ends), pick(one.high for one in ends))
            return min(given) if name == "min" else max(given)
    raise ValueError(f"no formula: {ast.unparse(node)}")


def truth(text: str, at: Mapping[str, Number]) -> bool | None:
    """Whether a relation, or relations joined, hold; None where intervals leave it open."""
    return _truth(_tree(text), at)


def _truth(node: ast.expr, at: Mapping[str, Number]) -> bool | None:
    match node:
        case ast.BoolOp(op=operator, values=parts):
            told = [_truth(part, at) for part in parts]
            decisive = isinstance(operator, ast.Or)
            return decisive if decisive in told else None if None in told else not decisive
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            told = _truth(inner, at)
            return None if told is None else not told
        case ast.Call(func=ast.Name(id="implies"), args=[first, second]):
            given, then = _truth(first, at), _truth(second, at)
            return True if given is False or then is True else None if None in (given, then) else False
        case ast.Compare(left=left, ops=signs, comparators=others):
            sides = [left, *others]
            told = [_related(a, sign, b, at) for a, sign, b in zip(sides, signs, others, strict=False)]
            return False if False in told else None if None in told else True
    raise ValueError(f"no relation: {ast.unparse(node)}")


def _related(left: ast.expr, sign: ast.cmpop, right: ast.expr, at: Mapping[str, Number]) -> bool | None:
    try:
        margin = _value(left, at) - _value(right, at)
    except ZeroDivisionError:
        return False
    except UndecidedError:
        return None
    low, high = (margin.low, margin.high) if isinstance(margin, Interval) else (margin, margin)
    match sign:
        case ast.LtE():
            return True if high <= 0 else False if low > 0 else None
        case ast.Lt():
            return True if high < 0 else False if low >= 0 else None
        case ast.GtE():
            return True if low >= 0 else False if high < 0 else None
        case ast.Gt():
            return True if low > 0 else False if high <= 0 else None
        case ast.Eq():
            return False if low > 0 or high < 0 else True if low == high else None
        case ast.NotEq():
            return True if low > 0 or high < 0 else False if low == high else None
    raise ValueError(f"no sign: {sign}")


class UndecidedError(ArithmeticError):
    """A division by an interval around zero."""


@dataclass(frozen=True)
class Interval:
    """All numbers from ``low`` to ``high``: where a number is irrational, what is known of it (Moore 1966)."""

    low: Fraction
    high: Fraction

    def __add__(self, other: Number) -> "Interval":
        other = _interval(other)
        return Interval(self.low + other.low, self.high + other.high)

    def __neg__(self) -> "Interval":
        return Interval(-self.high, -self.low)

    def __sub__(self, other: Number) -> "Interval":
        return self + -_interval(other)

    def __rsub__(self, other: Number) -> "Interval":
        return _interval(other) - self

    def __mul__(self, other: Number) -> "Interval":
        other = _interval(other)
        ends = [x * y for x in (self.low, self.high) for y in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: Number) -> "Interval":
        other = _interval(other)
        if other.low == other.high == 0:
            raise ZeroDivisionError
        if other.low <= 0 <= other.high:
            raise UndecidedError
        return self * Interval(1 / other.high, 1 / other.low)

    def __rtruediv__(self, other: Number) -> "Interval":
        return _interval(other) / self

    __radd__ = __add__
    __rmul__ = __mul__


def _interval(number: Number) -> Interval:
    return number if isinstance(number, Interval) else Interval(Fraction(number), Fraction(number))


Poly: TypeAlias = tuple[Fraction, ...]
"""A polynomial in one variable t: its coefficients, the constant first; the last is not zero."""


def _trimmed(coefficients: list[Fraction]) -> Poly:
    while coefficients and coefficients[-1] == 0:
        coefficients.pop()
    return tuple(coefficients)


def added(one: Poly, other: Poly) -> Poly:
    size = max(len(one), len(other))
    return _trimmed([sum((p[k] for p in (one, other) if k < len(p)), Fraction(0)) for k in range(size)])


def times(one: Poly, other: Poly) -> Poly:
    result = [Fraction(0)] * (len(one) + len(other))
    for i, x in enumerate(one):
        for j, y in enumerate(other):
            result[i + j] += x * y
    return _trimmed(result)


def at_number(poly: Poly, t: Fraction) -> Fraction:
    result = Fraction(0)
    for coefficient in reversed(poly):
        result = result * t + coefficient
    return result


@dataclass(frozen=True)
class Ratio:
    """One polynomial in t over another: what a formula is along a line."""

    above: Poly
    below: Poly = (Fraction(1),)

    def __add__(self, other: Number) -> "Ratio":
        other = ratio(other)
        if self.below == other.below:
            return Ratio(added(self.above, other.above), self.below)
        above = added(times(self.above, other.below), times(other.above, self.below))
        return Ratio(above, times(self.below, other.below))

    def __neg__(self) -> "Ratio":
        return Ratio(tuple(-x for x in self.above), self.below)

    def __sub__(self, other: Number) -> "Ratio":
        return self + -ratio(other)

    def __rsub__(self, other: Number) -> "Ratio":
        return ratio(other) - self

    def __mul__(self, other: Number) -> "Ratio":
        other = ratio(other)
        return Ratio(times(self.above, other.above), times(self.below, other.below))

    def __truediv__(self, other: Number) -> "Ratio":
        other = ratio(other)
        if not other.above:
            raise ZeroDivisionError
        return Ratio(times(self.above, other.below), times(self.below, other.above))

    def __rtruediv__(self, other: Number) -> "Ratio":
        return ratio(other) / self

    __radd__ = __add__
    __rmul__ = __mul__


def ratio(number: Number) -> Ratio:
    return number if isinstance(number, Ratio) else Ratio(_trimmed([Fraction(number)]))


def critical(text: str, at: Mapping[str, Number]) -> Iterator[Poly]:
    """Polynomials in t between whose roots every part of the relation keeps its truth; values in ``at`` are ratios."""
    for node in ast.walk(_tree(text)):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            for left, right in pairwise(sides):
                for one, other in product(_variants(left, at), _variants(right, at)):
                    yield from _ends(one - other)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("min", "max"):
            ways = [list(_variants(argument, at)) for argument in node.args]
            for k, own in enumerate(ways):
                for others in ways[:k]:
                    for one, other in product(own, others):
                        yield from _ends(one - other)


def _ends(margin: Ratio) -> Iterator[Poly]:
    yield margin.above
    yield margin.below


def _variants(node: ast.expr, at: Mapping[str, Number]) -> Iterator[Ratio]:
    """The formula with one argument in the place of each ``min`` and ``max``, in every way; divisors that are zero
    throughout leave a way out."""
    places = [
        part
        for part in ast.walk(node)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in ("min", "max")
    ]
    for chosen in product(*(range(len(place.args)) for place in places)):
        picked = {id(place): number for place, number in zip(places, chosen, strict=True)}
        try:
            yield ratio(_value_picked(node, at, picked))
        except ZeroDivisionError:
            continue


def _value_picked(node: ast.expr, at: Mapping[str, Number], picked: Mapping[int, int]) -> Number:
    if isinstance(node, ast.Call):
        return _value_picked(node.args[picked[id(node)]], at, picked)
    if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Pow):
        parts = {
            "left": _value_picked(node.left, at, picked),
            "right": _value_picked(node.right, at, picked),
        }
        plain = ast.BinOp(ast.Name("left"), node.op, ast.Name("right"))
        return _value(plain, parts)
    if isinstance(node, ast.UnaryOp):
        return -_value_picked(node.operand, at, picked)
    if isinstance(node, ast.BinOp) and isinstance(node.right, ast.Constant):
        inner = _value_picked(node.left, at, picked)
        return _value(ast.BinOp(ast.Name("inner"), ast.Pow(), node.right), {"inner": inner})
    return _value(node, at)


def roots(poly: Poly, low: Fraction, high: Fraction, width: Fraction = Fraction(1, 2**80)) -> list[Interval]:
    """The real roots from ``low`` to ``high``, each in an interval of its own; a rational root as a point.

    By Sturm's theorem (1829) and bisection. A rational root has a small denominator here, so that the fraction nearest
    to the middle of a narrow interval is tried.
    """
    if len(poly) < 2:
        return []
    chain = _sturm(poly)

    def changes(t: Fraction) -> int:
        signs = [x for x in (at_number(p, t) for p in chain) if x]
        return sum((x > 0) != (y > 0) for x, y in pairwise(signs))

    found = [Interval(low, low)] if at_number(poly, low) == 0 else []
    waiting = [(low, high)]
    while waiting:
        left, right = waiting.pop()
        count = changes(left) - changes(right)
        if count == 0:
            continue
        if count == 1 and right - left <= width:
            near = ((left + right) / 2).limit_denominator(10**9)
            exact = left <= near <= right and at_number(poly, near) == 0
            found.append(Interval(near, near) if exact else Interval(left, right))
            continue
        middle = (left + right) / 2
        if count == 1:
            near = middle.limit_denominator(10**6)
            if left < near <= right and at_number(poly, near) == 0:
                found.append(Interval(near, near))
                continue
        waiting += [(left, middle), (middle, right)]
    return sorted(found, key=lambda root: root.low)


def _sturm(poly: Poly) -> list[Poly]:
    chain = [poly, _trimmed([k * c for k, c in enumerate(poly)][1:])]
    while len(chain[-1]) > 1:
        rest = _remainder(chain[-2], chain[-1])
        if not rest:
            break
        chain.append(tuple(-c for c in rest))
    return [p for p in chain if p]


def _remainder(one: Poly, other: Poly) -> Poly:
    left = list(one)
    while len(left) >= len(other):
        factor = left[-1] / other[-1]
        for k, c in enumerate(other):
            left[len(left) - len(other) + k] -= factor * c
        left.pop()
    return _trimmed(left)


@dataclass(frozen=True)
class Along:
    """What is true along a line: values of t where a relation holds, and where not; and whether that is all."""

    holds: list[Fraction]
    fails: list[Fraction]
    complete: bool


def along(text: str, at: Callable[[Fraction], Mapping[str, Number]], path: Mapping[str, Number]) -> Along:
    """Where the relation holds for t from 0 to 1; ``path`` gives the names as ratios, ``at`` their values at a t.

    Between neighbouring roots of the critical polynomials it is the same everywhere, so that one t there decides; a
    root is looked at itself if it is rational. Irrational ones are left open.
    """
    marks = {Fraction(0), Fraction(1)}
    irrational: list[Interval] = []
    for poly in set(critical(text, path)):
        for root in roots(poly, Fraction(0), Fraction(1)):
            if root.low == root.high:
                marks.add(root.low)
            else:
                irrational.append(root)
    fences = sorted([*(Interval(m, m) for m in marks), *irrational], key=lambda root: root.low)
    between = [(a.high + b.low) / 2 for a, b in pairwise(fences) if a.high < b.low]
    told = {t: truth(text, at(t)) for t in [*marks, *between]}
    return Along(
        [t for t, holds in told.items() if holds], [t for t, holds in told.items() if not holds], not irrational
    )
