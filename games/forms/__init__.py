"""What a game is: its players, what each may do, what each knows, and what each gets."""

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, TypeAlias
from unicodedata import category

from games.errors import InputError, listed, quoted
from games.exact import exact
from games.terms import Poly

Entry: TypeAlias = Any
"""A number of a game: an exact one (``int`` or ``Fraction``), a sympy expression in a model's parameters, or the
polynomial that such a formula is read as."""

LONGEST_LABEL = 200
"""The most characters of a label."""

UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of characters that no label has: with one that has no width, or turns the direction of writing, two labels
look alike or a label reads as what it is not."""


def entry(value: object, name: str) -> Entry:
    """``value`` as an entry of a game: exact numbers and text become exact, formulas stay; anything else is refused.

    What a formula is made of is said in `games.formulas.allowed`.
    """
    if type(value) is int:
        return value
    if isinstance(value, Poly):
        return value.expand()
    if not hasattr(value, "free_symbols"):
        return exact(value, name)
    if getattr(value, "is_Rational", False):
        return Fraction(int(value.p), int(value.q))  # type: ignore[attr-defined]
    # Imported here, so that games in numbers do without sympy.
    from games.formulas.allowed import objection

    if said := objection(value):
        raise InputError(f"{name} is {quoted(value)}, which {said}")
    return value


def supply(entries: Iterable[Entry], count: int) -> Iterator[Entry]:
    """The entries one by one, after checking that there are ``count`` of them."""
    given = tuple(entries)
    if len(given) != count:
        raise InputError(f"{len(given)} entries are given; the game has {count}")
    return iter(given)


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
        if any(category(character) in UNSEEN for character in name):
            raise InputError(
                f"{what} has the label {quoted(name)}; a label is one line without control characters or characters "
                "that cannot be seen"
            )
    if twice := [name for name, times in Counter(given).items() if times > 1]:
        raise InputError(f"{what} has the label {quoted(twice[0])} twice; labels must differ (given: {listed(given)})")
    return given
