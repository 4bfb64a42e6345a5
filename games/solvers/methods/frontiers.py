"""Points of a smooth frontier, u(t) in polynomials, where something changes its sign: exact, or between close bounds.

What a solution asks for is where a polynomial in t changes its sign, once, on a known side of a known point. That is
found by bisection in fractions. The root is exact where it is rational, which the factors of the polynomial tell; else
both payoffs, which rise or fall all along the frontier, lie between their values at the ends of an interval that is
shorter than `WIDTH`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from games import roots
from games.errors import InputError, listed
from games.forms.bargaining import BargainingProblem
from games.roots import Polynomial, added, derivative
from games.roots import multiplied as times

WIDTH = Fraction(1, 2**120)
"""The length of the interval in which an irrational root is found."""


@dataclass(frozen=True)
class Root:
    """Where a polynomial is zero: between two bounds, which are the same if the root is rational.

    ``of`` is the factor over the rational numbers of which it is a root.
    """

    low: Fraction
    high: Fraction
    of: Polynomial = ()

    @property
    def is_exact(self) -> bool:
        """Whether it is rational."""
        return self.low == self.high


@dataclass(frozen=True)
class Point:
    """A point of the frontier, or below it where something is thrown away: the least and the most each may gain."""

    root: Root
    gains: tuple[tuple[Fraction, Fraction], ...]

    @property
    def is_exact(self) -> bool:
        """Whether both gains are rational."""
        return all(low == high for low, high in self.gains)


class Frontier:
    """The frontier of a problem in numbers: along it the first player's payoff falls and the second's rises.

    Raises `InputError` unless it is so, and is concave: else some agreement on it is worse for both than a lottery.
    """

    def __init__(self, game: BargainingProblem) -> None:
        self.game = game
        first, second = (roots.polynomial(game.frontier[player]) for player in game.players)
        low, high = map(Fraction, game.ends)
        if value(derivative(first), (low + high) / 2) > 0:
            # Along −t everything runs the other way round.
            first, second = (tuple(c if k % 2 == 0 else -c for k, c in enumerate(each)) for each in (first, second))
            low, high = -high, -low
        self.paid, self.low, self.high = (first, second), low, high
        self.base = tuple(map(Fraction, game.disagreement.values()))
        self.gains = tuple(added(each, (-less,)) for each, less in zip(self.paid, self.base, strict=True))
        self._check()

    def _check(self) -> None:
        falls, rises = map(derivative, self.paid)
        if not falls or not rises:
            raise InputError("along the frontier both payoffs must change")
        bends = added(times(falls, derivative(rises)), roots.negative(times(rises, derivative(falls))))
        signs = {"one payoff falls": roots.negative(falls), "the other rises": rises, "it is concave": bends}
        for said, sign in signs.items():
            if not roots.is_never_negative(sign, self.low, self.high):
                raise InputError(
                    f"the frontier of {listed(self.game.players)} must be such that {said} all along it; give another "
                    "curve, or points"
                )

    @cached_property
    def within(self) -> tuple[Root, Root] | None:
        """Between where and where nobody loses by agreeing; None if somebody always does."""
        first, second = self.gains
        if value(second, self.high) < 0 or value(first, self.low) < 0:
            return None
        start, end = Root(self.low, self.low), Root(self.high, self.high)
        if value(second, self.low) < 0:
            start = self._crossing(second) if value(second, self.high) > 0 else end
        if value(first, self.high) < 0:
            end = self._crossing(first) if value(first, self.low) > 0 else Root(self.low, self.low)
        if start.is_exact and end.is_exact:
            return (start, end) if start.low <= end.low else None
        if start.low <= end.high and end.low <= start.high:
            raise InputError("the disagreement point is too near to the frontier to be told from it; move it a little")
        return (start, end) if start.high < end.low else None

    def _crossing(self, gain: Polynomial) -> Root:
        """Where the gain changes its sign, which it does between the ends."""
        upwards = 1 if value(gain, self.low) < 0 else -1
        return sign_change(lambda t: -upwards * value(gain, t), gain, self.low, self.high)

    def where(self, polynomial: Polynomial) -> Root:
        """Where a polynomial that is first at least 0 and then at most 0 between the bounds changes its sign."""
        assert self.within is not None
        start, end = self.within
        if value(polynomial, start.high) <= 0:
            return start
        if value(polynomial, end.low) >= 0:
            return end
        return sign_change(lambda t: value(polynomial, t), polynomial, start.high, end.low)

    def point(self, root: Root) -> Point:
        """What both gain there, between the values at the two bounds of the root."""
        first, second = self.gains
        return Point(
            root,
            ((value(first, root.high), value(first, root.low)), (value(second, root.low), value(second, root.high))),
        )

    def in_proportion(self, parts: Sequence[Fraction]) -> list[Point]:
        """Where gains are in this proportion; below the frontier, if it has no such point and something may be lost."""
        one, other = parts
        first, second = self.gains
        root = self.where(added(times((other,), first), times((-one,), second)))
        found = self.point(root)
        (low, high), (least, most) = found.gains
        if low * other <= most * one and least * one <= high * other:
            return [found]
        if not self.game.free_disposal:
            return []
        if high * other < least * one:
            return [Point(root, ((low, high), (low * other / one, high * other / one)))]
        return [Point(root, ((least * one / other, most * one / other), (least, most)))]


def sign_change(sign: Callable[[Fraction], Any], of: Polynomial, low: Fraction, high: Fraction) -> Root:
    """The root of the polynomial at which ``sign``, positive at ``low`` and negative at ``high``, changes.

    ``of`` may be empty, where what changes its sign is no polynomial: then the root is taken to be irrational.
    """
    while high - low > WIDTH:
        middle = (low + high) / 2
        at = sign(middle)
        if not at:
            return Root(middle, middle)
        low, high = (middle, high) if at > 0 else (low, middle)
    for factor in factors(of) if of else ():
        if len(factor) == 2:
            exact = Fraction(-factor[0] / factor[1])  # type: ignore[arg-type]
            if low <= exact <= high:
                return Root(exact, exact)
        elif value(factor, low) * value(factor, high) <= 0:
            return Root(low, high, factor)
    return Root(low, high)


def value(of: Polynomial, t: Fraction) -> Fraction:
    """A polynomial in fractions at t."""
    return Fraction(roots.value(of, t))  # type: ignore[arg-type]


def factors(polynomial: Polynomial) -> list[Polynomial]:
    """The factors over the rational numbers that are not constant, each once."""
    return [_coefficients(factor) for factor, _ in in_sympy(polynomial).factor_list()[1] if factor.degree() > 0]


def in_sympy(polynomial: Polynomial) -> Any:
    """The polynomial in sympy's terms, in the symbol t."""
    import sympy

    from games.formulas.allowed import rational

    coefficients = [rational(Fraction(c)) for c in reversed(polynomial)]  # type: ignore[arg-type]
    return sympy.Poly(coefficients, sympy.Symbol("t"), domain="QQ")


def _coefficients(poly: Any) -> Polynomial:
    return tuple(Fraction(str(c)) for c in reversed(poly.all_coeffs()))
