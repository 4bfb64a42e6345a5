"""The exact value of a formula."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from games.exact import Number

if TYPE_CHECKING:
    import sympy


def evaluate(expression: Any, values: "Mapping[sympy.Symbol, Fraction]") -> Fraction:
    """The exact value of ``expression`` at ``values``; a plain number is its own value.

    >>> import sympy
    >>> x = sympy.Symbol("x")
    >>> evaluate(x / 3 + 1, {x: Fraction(1, 10)})
    Fraction(31, 30)

    ``lambdify`` would turn rational constants into floats, so the expression is walked instead.
    Raises ``ZeroDivisionError`` where the expression has no value, ``TypeError`` where it has a float or a function
    other than ``Min`` and ``Max``.
    """
    return Fraction(_value(expression, values))


def _value(expression: Any, values: "Mapping[sympy.Symbol, Fraction]") -> Number:
    """The exact value, an integer where it is one: long sums of those take a fraction of the time."""
    if isinstance(expression, int | Fraction):
        return expression
    if expression.is_Symbol:
        value = values[expression]
        return value.numerator if value.denominator == 1 else value
    if expression.is_Rational:
        numerator, denominator = int(expression.p), int(expression.q)
        return numerator if denominator == 1 else Fraction(numerator, denominator)
    if expression.is_Add:
        return sum(_value(part, values) for part in expression.args)
    if expression.is_Mul:
        product: Number = 1
        for part in expression.args:
            product *= _value(part, values)
        return product
    if expression.is_Pow and expression.exp.is_Integer:
        return Fraction(_value(expression.base, values)) ** int(expression.exp)
    from sympy import Max, Min

    if isinstance(expression, Min | Max):
        choose = min if isinstance(expression, Min) else max
        return choose(_value(part, values) for part in expression.args)
    raise TypeError(f"{expression} is not a formula of exact numbers, + - * /, whole powers, Min and Max")
