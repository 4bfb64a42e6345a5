"""What a game is: its players, what each may do, what each knows, and what each gets."""

from collections import Counter
from typing import Any, TypeAlias
from unicodedata import category

from games.errors import InputError, listed, quoted
from games.exact import exact

Entry: TypeAlias = Any
"""A number of a game: an exact one (``int`` or ``Fraction``), or a sympy expression in a model's parameters."""


LONGEST_LABEL = 200


def entry(value: object, name: str) -> Entry:
    """``value`` as an entry of a game: exact numbers and text become exact, formulas stay; floats are refused."""
    if type(value) is int:
        return value
    if hasattr(value, "free_symbols"):
        if getattr(value, "is_Rational", False):
            return exact(f"{value.p}/{value.q}", name)  # type: ignore[attr-defined]
        if value.has(_float_type()):  # type: ignore[attr-defined]
            raise InputError(f"{name} is {value}, which holds a float; write exact numbers such as Rational(1, 2)")
        return value
    return exact(value, name)


def _float_type() -> Any:
    from sympy import Float

    return Float


def labels(names: object, what: str) -> tuple[str, ...]:
    """``names`` as a tuple of distinct, non-empty labels; ``what`` says in an error what they name."""
    if isinstance(names, str) or not hasattr(names, "__iter__"):
        raise InputError(f"{what} must be a list of labels, not {quoted(names)}")
    given = tuple(names)
    if not given:
        raise InputError(f"{what} is empty; give at least one label")
    for name in given:
        if not isinstance(name, str) or not name.strip():
            raise InputError(f"{what} has {quoted(name)}; a label is text that is not blank")
        if len(name) > LONGEST_LABEL:
            raise InputError(f"{what} has a label of {len(name)} characters; at most {LONGEST_LABEL} are allowed")
        if any(category(character) in ("Cc", "Cs", "Zl", "Zp") for character in name):
            raise InputError(f"{what} has the label {quoted(name)}; a label is one line without control characters")
    if twice := [name for name, times in Counter(given).items() if times > 1]:
        raise InputError(f"{what} has the label {quoted(twice[0])} twice; labels must differ (given: {listed(given)})")
    return given
