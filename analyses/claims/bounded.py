"""Formulas and relations at many points, in floats that know how far they may be off (`games.bounds`)."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import sympy

from games.bounds import Bounded
from games.formulas.relations import SIGNS, Denied, Every, Implied, Related, Relation, Some, denied, divisors_of


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
