"""Exact numbers: how they are read, and how they are written for a reader.

A payoff given as ``0.1`` in Python is not one tenth but the nearest binary fraction; an answer computed from it may
differ from the answer for one tenth wherever two payoffs tie. So a number enters Parley as an integer, a fraction or
text, and a float is refused with the text that was probably meant.
"""

import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from math import isfinite, log10
from numbers import Rational
from typing import TypeAlias

from games.errors import InputError, quoted

Number: TypeAlias = int | Fraction
"""An exact number: what payoffs, probabilities and parameter values are."""

LONGEST = 400
"""The longest accepted number, in characters; one exponent may add as many digits."""

NEXT_TO_ZERO = 1e-9
"""Of a numeric answer nearer to zero than this, no digits are shown: they would say more than is known."""

SHORT = 9
"""The most characters of a fraction that is written out among other numbers."""

_FRACTION = re.compile(r"[+-]?\d+\s*/\s*\d+")
_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?")


def exact(value: object, name: str = "the number") -> Fraction:
    """The exact value of an integer, a fraction, or text such as ``"3/10"``, ``"0.3"`` or ``"3e-1"``.

    A minus sign may be a hyphen or ``−``, as `readable` writes it.

    Raises `InputError` for a float, a boolean, infinity, NaN, a zero denominator, and anything longer than
    `LONGEST` characters; ``name`` says in the message what the number is.
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool):
        raise InputError(f'{name} is {value}; give a number such as 2, "3/10" or "0.3"')
    if isinstance(value, Rational):
        return Fraction(int(value.numerator), int(value.denominator))
    if isinstance(value, float):
        number = float(value)
        if not isfinite(number):
            raise InputError(f"{name} is {number}; a finite number is needed")
        raise InputError(f'{name} is the float {number!r}, which is not exact; write "{number!r}" or a Fraction')
    if not isinstance(value, str):
        raise InputError(f'{name} is {quoted(value)}, not a number; write it as 2, "3/10" or "0.3"')
    text = value.strip().replace("−", "-")
    if len(text) > LONGEST:
        raise InputError(f"{name} has {len(text)} characters; at most {LONGEST} are allowed")
    if _FRACTION.fullmatch(text):
        numerator, denominator = text.split("/")
        if int(denominator) == 0:
            raise InputError(f"{name} is {quoted(text)}, which divides by zero")
        return Fraction(int(numerator), int(denominator))
    if _DECIMAL.fullmatch(text):
        _, _, exponent = text.lower().partition("e")
        if exponent and abs(int(exponent)) > LONGEST:
            raise InputError(f"{name} is {quoted(text)}; its exponent must lie between -{LONGEST} and {LONGEST}")
        return Fraction(text)
    raise InputError(f'{name} is {quoted(text)}, not a finite number; write it as 2, "3/10" or "0.3"')


def numeric(value: object, name: str = "the number") -> Fraction:
    """What `exact` reads, and finite floats, too: an option of a numeric method, on whose last bit nothing hangs."""
    return Fraction(value) if isinstance(value, float) and isfinite(value) else exact(value, name)


def brief(value: Number) -> str:
    """``value`` for an error message: exact if short, else about as much."""
    value = Fraction(value)
    if max(abs(value.numerator), value.denominator).bit_length() <= 128:
        return str(value)
    try:
        return f"about {value.numerator / value.denominator:.6g}"
    except OverflowError:
        return f"a number of more than 300 digits{' below zero' if value < 0 else ''}"


def counted(number: int) -> str:
    """A count for a reader: in full up to 15 digits, else its order of magnitude, as in ``about 10^1203``."""
    if number < 10**15:
        return str(number)
    return f"about 10^{round(log10(number))}"


def amount(number: int, noun: str) -> str:
    """So many of what the noun names, whose plural ends in s: "1 region", "3 regions"."""
    return f"{counted(number)} {noun}{'' if number == 1 else 's'}"


def readable(value: Number | float, digits: int = 4) -> str:
    """``value`` for a reader: a decimal where one of at most ``digits`` places is exact, else ``p/q``.

    A float, which is a numeric answer, is rounded to six significant digits; next to zero it is only said to be so.

    >>> from fractions import Fraction
    >>> from games.exact import readable
    >>> readable(Fraction(1, 2)), readable(Fraction(1, 3)), readable(Fraction(-3))
    ('0.5', '1/3', '−3')
    """
    if isinstance(value, float):
        if 0 < abs(value) < NEXT_TO_ZERO:
            return "<1e−9" if value > 0 else ">−1e−9"
        return f"{value:.6g}".replace("-", "−")
    value = Fraction(value)
    for places in range(digits + 1):
        scaled = value * 10**places
        if scaled.denominator == 1:
            whole, part = divmod(abs(scaled.numerator), 10**places)
            sign = "−" if value < 0 else ""
            return f"{sign}{whole}.{part:0{places}d}" if places else f"{sign}{whole}"
    return f"{'−' if value < 0 else ''}{abs(value.numerator)}/{value.denominator}"


def alike(values: Iterable[Number | float], digits: int = 4) -> Callable[[Number | float], str]:
    """How numbers that stand side by side are written in one style.

    Decimals where each number is one of at most ``digits`` places; fractions where all are exact and short; else
    decimals, with ≈ before those that are rounded.

    >>> [alike([Fraction(1, 3), Fraction(1, 2)])(value) for value in (Fraction(1, 3), Fraction(1, 2), 2)]
    ['1/3', '1/2', '2']
    """
    given = list(values)
    if all(_is_decimal(value, digits) for value in given):
        places = digits
    elif all(not isinstance(value, float) and len(str(value)) <= SHORT for value in given):
        places = 0
    else:
        return lambda value: _rounded(value, digits)
    return lambda value: _rounded(value, digits) if isinstance(value, float) else readable(value, places)


def _is_decimal(value: Number | float, digits: int) -> bool:
    return not isinstance(value, float) and (Fraction(value) * 10**digits).denominator == 1


def _rounded(value: Number | float, digits: int) -> str:
    """The decimal, marked where it is not exact; a fraction beyond all floats is written out."""
    if _is_decimal(value, digits):
        return readable(value, digits)
    try:
        shown = readable(float(value))
    except OverflowError:
        return readable(value)
    return shown if shown[0] in "<>" else f"≈{shown}"
