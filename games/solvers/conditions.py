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
    return _joined(conditions, settled_by=False)


def some(conditions: Iterable[Condition]) -> Condition:
    """Whether at least one condition holds."""
    return _joined(conditions, settled_by=True)


def _joined(conditions: Iterable[Condition], settled_by: bool) -> Condition:
    """Joined by "or" if one that is true settles them all, by "and" if one that is false does."""
    left_open = []
    for condition in conditions:
        if condition is settled_by:
            return settled_by
        if not isinstance(condition, bool):
            left_open.append(condition)
    if not left_open:
        return not settled_by
    from sympy import And, Or

    return _plain((Or if settled_by else And)(*left_open))


def _plain(condition: Any) -> Condition:
    from sympy.logic.boolalg import BooleanFalse, BooleanTrue

    return bool(condition) if isinstance(condition, BooleanTrue | BooleanFalse) else condition
