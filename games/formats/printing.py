"""Plain tables as the text of a document, in TOML or JSON: the inverse of `games.formats.syntax`.

A table holds text, truth values, whole numbers, decimals, lists and tables. What is no table stands before the tables
within it. The order of keys is kept. Source: TOML 1.0.0, https://toml.io/en/v1.0.0.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

WIDE = 100
"""From how many characters on a list is broken into lines."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_FLAT_LIST = re.compile(r"\[\n\s+([^\[\]{}]*?)\n\s*\]")


def json_text(document: Mapping[str, Any]) -> str:
    """The table as JSON, a list of numbers or texts on one line."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    # A line break within a text is escaped, so that these are breaks between values.
    return _FLAT_LIST.sub(lambda found: "[" + re.sub(r",\n\s+", ", ", found[1]) + "]", text) + "\n"


def toml_text(document: Mapping[str, Any]) -> str:
    """The table as TOML: tables within one another under headings, the innermost in braces."""
    return "\n".join(_lines(document, ())).strip() + "\n"


def _lines(table: Mapping[str, Any], place: tuple[str, ...]) -> Iterator[str]:
    inline, headed = _split(table, place)
    if place and (inline or not headed):
        yield ""
        yield f"[{'.'.join(map(_key, place))}]"
    yield from (f"{_key(key)} = {_value(value)}" for key, value in inline.items())
    for key, value in headed.items():
        yield from _lines(value, (*place, key))


def _split(table: Mapping[str, Any], place: tuple[str, ...]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What stands in the table itself, and what under headings of its own: from the first table that needs one on.

    A table needs one that holds tables, or that is more than twice as long as a line.
    """
    inline: dict[str, Any] = {}
    headed: dict[str, Any] = {}
    for key, value in table.items():
        is_table = isinstance(value, Mapping)
        needs_heading = is_table and (
            not place or any(isinstance(part, Mapping) for part in value.values()) or len(_value(value)) > 2 * WIDE
        )
        (headed if needs_heading or (is_table and headed) else inline)[key] = value
    return inline, headed


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _text(text: str) -> str:
    if "\n" in text:
        return '"""\n' + "\n".join(_text(line)[1:-1] for line in text.split("\n")) + '"""'
    # JSON escapes what TOML must, but for the one control character that it leaves.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    match value:
        case str():
            return _text(value)
        case Mapping():
            return "{ " + ", ".join(f"{_key(key)} = {_value(part)}" for key, part in value.items()) + " }"
        case list() | tuple():
            return _list(value)
    return json.dumps(value)


def _list(values: Sequence[Any]) -> str:
    parts = [_value(value) for value in values]
    short = f"[{', '.join(parts)}]"
    if len(short) <= WIDE:
        return short
    return "[\n" + "".join(f"  {part},\n" for part in parts) + "]"
