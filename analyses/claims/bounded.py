"""Floats that know how far they may be off: a running error analysis, for many points at once.

Beside each value stands a bound on its distance from the exact one, which every operation widens by its own rounding
(Wilkinson 1963, Rounding Errors in Algebraic Processes). A sign that the bound leaves open is for exact arithmetic.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import sympy
from numpy.typing import NDArray

from games.formulas.relations import SIGNS, Denied, Every, Implied, Related, Relation, Some, denied, divisors_of

Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

ROUNDING = 1.1 * 2.0**-53
"""A little more than the relative error of one operation, which pays for the rounding of the bounds themselves."""


@dataclass(frozen=True)
class Bounded:
    """Values, and how far each may be from the exact one; both of shape (points,) or plain numbers."""

    value: Any
    error: Any

    @staticmethod
    def exactly(number: Fraction | int) -> "Bounded":
        """The number in floats; one that is too large for them may be anything, so that no sign of it is certain."""
        try:
            nearest = float(number)
        except OverflowError:
            return Bounded(0.0, np.nan)
        return Bounded(nearest, 0.0 if Fraction(nearest) == number else ROUNDING * abs(nearest))

    def __add__(self, other: "Bounded") -> "Bounded":
        value = self.value + other.value
        return Bounded(value, (self.error + other.error) * (1 + ROUNDING) + ROUNDING * np.abs(value))

    def __sub__(self, other: "Bounded") -> "Bounded":
        return self + Bounded(-other.value, other.error)

    def __mul__(self, other: "Bounded") -> "Bounded":
        value = self.value * other.value
        spread = np.abs(self.value) * other.error + np.abs(other.value) * self.error + self.error * other.error
        return Bounded(value, spread * (1 + 4 * ROUNDING) + ROUNDING * np.abs(value))

    def inverse(self) -> "Bounded":
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            value = 1 / np.asarray(self.value, dtype=float)
            size = np.abs(self.value)
            room = np.where(size > 2 * self.error, size - self.error, 0.0)
            error = self.error / (size * room) * (1 + 4 * ROUNDING) + ROUNDING * np.abs(value)
        return Bounded(value, np.where(room > 0, error, np.inf))

    def chosen(self, where: Flags, other: "Bounded") -> "Bounded":
        """This one ``where`` true, the ``other`` elsewhere."""
        return Bounded(np.where(where, self.value, other.value), np.where(where, self.error, other.error))

    @property
    def positive(self) -> Any:
        """Where the exact value is certainly above zero."""
        return self.value > self.error

    @property
    def negative(self) -> Any:
        return -self.value > self.error

    @property
    def zero(self) -> Any:
        """Where the exact value is certainly zero."""
        return (self.value == 0) & (self.error == 0)


def bounded(expression: Any, columns: Mapping[Any, Bounded], known: dict[Any, Bounded]) -> Bounded:
    """The expression at all points of ``columns`` (by symbol); ``known`` keeps parts worked out before."""
    if isinstance(expression, int | Fraction):
        return Bounded.exactly(expression)
    if expression not in known:
        known[expression] = _worked_out(expression, columns, known)
    return known[expression]


def _worked_out(expression: Any, columns: Mapping[Any, Bounded], known: dict[Any, Bounded]) -> Bounded:
    if expression.is_Symbol:
        return columns[expression]
    if expression.is_Rational:
        return Bounded.exactly(Fraction(int(expression.p), int(expression.q)))
    parts = [bounded(part, columns, known) for part in expression.args]
    result = parts[0]
    if expression.is_Add:
        for part in parts[1:]:
            result = result + part
        return result
    if expression.is_Mul:
        for part in parts[1:]:
            result = result * part
        return result
    if expression.is_Pow and expression.exp.is_Integer:
        base, power = parts[0], abs(int(expression.exp))
        for _ in range(power - 1):
            result = result * base
        return result if expression.exp > 0 else result.inverse()
    if isinstance(expression, sympy.Min | sympy.Max):
        choose = np.minimum if isinstance(expression, sympy.Min) else np.maximum
        for part in parts[1:]:
            result = Bounded(choose(result.value, part.value), np.maximum(result.error, part.error))
        return result
    raise TypeError(f"{expression} is not a formula of exact numbers, + - * /, whole powers, Min and Max")


def truth(said: Relation, columns: Mapping[Any, Bounded], known: dict[Any, Bounded]) -> tuple[Any, Any]:
    """Where the relation holds, and where that is certain.

    Nothing is certain where floats leave open whether a comparison divides by zero.
    """
    match said:
        case Related(left, sign, right):
            margin = bounded(left, columns, known) - bounded(right, columns, known)
            above, below, level = margin.positive, margin.negative, margin.zero
            holds = SIGNS[sign].holds
            held = above & holds(1, 0) | level & holds(0, 0) | below & holds(-1, 0)
            certain = above | below | level
            for divisor in divisors_of(said):
                value = bounded(divisor, columns, known)
                held = np.logical_and(held, np.logical_not(value.zero))
                certain = certain & (value.positive | value.negative) | value.zero
            return held, certain
        case Denied(part):
            held, certain = truth(part, columns, known)
            return np.logical_not(held), certain
        case Implied(first, second):
            return truth(Some((denied(first), second)), columns, known)
        case Every(parts) | Some(parts):
            if not parts:
                return np.bool_(isinstance(said, Every)), np.bool_(True)
            found = [truth(part, columns, known) for part in parts]
            joined = np.logical_and if isinstance(said, Every) else np.logical_or
            return tuple(
                reduced.reduce(np.broadcast_arrays(*values))
                for reduced, values in zip((joined, np.logical_and), zip(*found, strict=True), strict=True)
            )
