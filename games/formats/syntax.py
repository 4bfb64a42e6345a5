"""The text of a document to plain values: tables, lists, text and exact numbers.

TOML and JSON are read by the standard library, with what it leaves open closed here: a decimal is the fraction it
writes (``0.1`` is one tenth), NaN and the infinities are refused, so is a key given twice, a number of more than
`games.exact.LONGEST` digits, and nesting deeper than `DEEPEST`.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, NoReturn

from games.errors import InputError, quoted
from games.exact import LONGEST, exact
from games.formats.toml_hints import said_of

DEEPEST = 300
"""The most tables and lists within one another: a tree of 90 moves needs up to three for each move."""

_KEY = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+"""
_ENDLESS_KEY = re.compile(rf"(?<![A-Za-z0-9_-])(?:{_KEY}\.[ \t]*+){{{DEEPEST}}}")
"""A dotted key nested too deeply, found beforehand because the time to parse it grows with its length squared."""


def parse_toml(text: str) -> Mapping[str, Any]:
    """The table that the TOML ``text`` writes; raises `InputError` with the line where it is malformed."""
    if _ENDLESS_KEY.search(text):
        raise InputError(f"a key has more than {DEEPEST} parts; the most levels allowed are {DEEPEST}")
    try:
        return _within_limits(tomllib.loads(text, parse_float=_decimal))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"this is not TOML: {said_of(text, str(error))}") from None
    except (RecursionError, ValueError) as error:
        _refuse(error)


def parse_json(text: str) -> Mapping[str, Any]:
    """The object that the JSON ``text`` writes; raises `InputError` with the line where it is malformed."""
    try:
        value = json.loads(
            text,
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_decimal,
            object_pairs_hook=_without_duplicates,
        )
        if not isinstance(value, dict):
            raise InputError('a game in JSON is one object: { "players": …, "payoffs": … }')
        return _within_limits(value)
    except json.JSONDecodeError as error:
        raise InputError(f"this is not JSON: {error.msg} (at line {error.lineno}, column {error.colno})") from None
    except (RecursionError, ValueError) as error:
        _refuse(error)


def _refuse(error: Exception) -> NoReturn:
    if isinstance(error, InputError):
        raise error
    if isinstance(error, RecursionError):
        raise InputError(f"the file is nested too deeply; the most levels allowed are {DEEPEST}") from None
    raise InputError(f"the file has a value out of range ({quoted(error)})") from None


def _decimal(text: str) -> Fraction:
    return exact(text.replace("_", ""), "a number in the file")


def _integer(text: str) -> int:
    if (digits := len(text.lstrip("-"))) > LONGEST:
        raise InputError(f"the file has a number of {digits} digits; at most {LONGEST} are allowed")
    return int(text)


def _without_duplicates(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for key, value in pairs:
        if key in table:
            raise InputError(f"the key {quoted(key)} is given twice in one object; give it once")
        table[key] = value
    return table


def _within_limits(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """``document``, unless it is nested too deeply or has an integer too long; walked without recursion."""
    waiting: list[tuple[Any, int]] = [(document, 1)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            raise InputError(f"the file is nested too deeply; the most levels allowed are {DEEPEST}")
        if isinstance(value, dict):
            waiting += [(part, depth + 1) for part in value.values()]
        elif isinstance(value, list):
            waiting += [(part, depth + 1) for part in value]
        elif isinstance(value, int) and abs(value) >= 10**LONGEST:
            raise InputError(f"the file has a number of more than {LONGEST} digits; at most {LONGEST} are allowed")
    return document
