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

from analyses.claims.claim import is_plain

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
        nearest = float(number)
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


def truth(formula: Any, columns: Mapping[Any, Bounded], known: dict[Any, Bounded]) -> tuple[Any, Any]:
    """Where the formula holds, and where that is certain."""
    if is_plain(formula):
        return np.bool_(bool(formula)), np.bool_(True)
    if isinstance(formula, sympy.Rel):
        margin = bounded(formula.lhs, columns, known) - bounded(formula.rhs, columns, known)
        above, below, level = margin.positive, margin.negative, margin.zero
        holds = {
            "<=": below | level,
            "<": below,
            ">=": above | level,
            ">": above,
            "==": level,
            "!=": above | below,
        }[formula.rel_op]
        return holds, above | below | level
    parts = [truth(part, columns, known) for part in formula.args]
    certain = np.logical_and.reduce(np.broadcast_arrays(*(sure for _, sure in parts)))
    values = [held for held, _ in parts]
    match formula:
        case sympy.And():
            return np.logical_and.reduce(np.broadcast_arrays(*values)), certain
        case sympy.Or():
            return np.logical_or.reduce(np.broadcast_arrays(*values)), certain
        case sympy.Not():
            return np.logical_not(values[0]), certain
        case sympy.Implies():
            return np.logical_or(np.logical_not(values[0]), values[1]), certain
        case sympy.Equivalent() | sympy.Xor() if len(parts) == 2:
            alike = np.equal(values[0], values[1])
            return (alike if isinstance(formula, sympy.Equivalent) else np.logical_not(alike)), certain
    raise TypeError(f"{formula} is no relation, nor such joined by And, Or, Not, Implies, Equivalent and Xor")
