"""The one error a user causes and can mend."""


class InputError(ValueError):
    """Says in one line what was given, what is allowed and what to do.

    The command line prints it and exits with code 2; in Python it is an ordinary ``ValueError``.
    """


def quoted(text: object, limit: int = 60) -> str:
    """``text`` as it may stand in a one-line message: quoted, with control characters escaped, cut at ``limit``."""
    shown = repr(str(text))
    return shown if len(shown) <= limit else f"{shown[:limit]}…'"


def listed(names: object, limit: int = 30) -> str:
    """The names, comma-separated, cut after ``limit`` of them."""
    every = [str(name) for name in names]  # type: ignore[attr-defined]
    return ", ".join(every[:limit]) + (f", … ({len(every) - limit} more)" if len(every) > limit else "")
