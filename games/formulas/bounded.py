"""Formulas at many points, in floats that know how far they may be off (`games.bounds`)."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import sympy

from games.bounds import Bounded


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
