"""Conditions on payoffs that may take an "or": a margin that is ≥ 0 cannot say all of them.

In an exact game a condition is True or False; with payoffs in formulas it is a relation, or several joined by "and"
and "or".
"""

from collections.abc import Iterable
from typing import Any, TypeAlias

Condition: TypeAlias = Any
"""True, False, or a sympy relation or combination of relations."""


def above(first: Any, second: Any) -> Condition:
    """Whether ``first`` is greater than ``second``."""
    difference = first - second
    if not hasattr(difference, "free_symbols"):
        return bool(difference > 0)
    relation = difference.expand() > 0
    return relation if relation.free_symbols else bool(relation)


def at_most(first: Any, second: Any) -> Condition:
    """Whether ``first`` is no greater than ``second``."""
    difference = second - first
    if not hasattr(difference, "free_symbols"):
        return bool(difference >= 0)
    relation = difference.expand() >= 0
    return relation if relation.free_symbols else bool(relation)


def every(conditions: Iterable[Condition]) -> Condition:
    """Whether all conditions hold."""
    open_ones = []
    for condition in conditions:
        if condition is False:
            return False
        if condition is not True:
            open_ones.append(condition)
    if not open_ones:
        return True
    from sympy import And

    return _plain(And(*open_ones))


def some(conditions: Iterable[Condition]) -> Condition:
    """Whether at least one condition holds."""
    open_ones = []
    for condition in conditions:
        if condition is True:
            return True
        if condition is not False:
            open_ones.append(condition)
    if not open_ones:
        return False
    from sympy import Or

    return _plain(Or(*open_ones))


def _plain(condition: Any) -> Condition:
    from sympy.logic.boolalg import BooleanFalse, BooleanTrue

    return bool(condition) if isinstance(condition, BooleanTrue | BooleanFalse) else condition
