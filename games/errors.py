"""The one error a user causes and can mend."""

from collections.abc import Iterable
from difflib import get_close_matches


class InputError(ValueError):
    """Says in one line what was given, what is allowed and what to do.

    The command line prints it and exits with code 2; in Python it is an ordinary ``ValueError``.

    >>> from games import InputError
    >>> from games.catalog import load
    >>> try:
    ...     load("sanction-encounter").at(beta=0.1)
    ... except InputError as error:
    ...     print(error)
    beta is the float 0.1, which is not exact; write "0.1" or a Fraction
    """


def quoted(text: object, limit: int = 60) -> str:
    """``text`` as it may stand in a one-line message: quoted, with control characters escaped, cut at ``limit``."""
    shown = repr(str(text))
    return shown if len(shown) <= limit else f"{shown[:limit]}…'"


def check_kind(value: object, kind: type | tuple[type, ...], what: str, give: str) -> None:
    """Raises `InputError` for a value of another kind than Python is to be given: ``what`` it is, and what to give."""
    if not isinstance(value, kind):
        short = isinstance(value, str | int | float) or value is None
        shown = quoted(value) if isinstance(value, str) else str(value) if short else f"a {type(value).__name__}"
        raise InputError(f"{what} is {shown}; give {give}")


def meant(name: str, names: Iterable[str]) -> str:
    """For the end of a message: which of the ``names`` may be meant by ``name``, nothing if none is close."""
    near = get_close_matches(name.lower(), list(names), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def listed(names: object, limit: int = 30) -> str:
    """The names, comma-separated, cut after ``limit`` of them."""
    every = [str(name) for name in names]  # type: ignore[attr-defined]
    return ", ".join(every[:limit]) + (f", … ({len(every) - limit} more)" if len(every) > limit else "")
