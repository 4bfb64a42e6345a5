"""What a text that is no TOML has at the place where it stops being any, and what was probably meant.

The parser of the standard library says where it gave up; a hint is for the mistakes that writers of games make: quotes
left out around a text, a formula, a fraction or a name, and left open.
"""

import re

from games.errors import quoted

_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)")
_WORD = re.compile(r"[^\s,\]}#=]+")
_LONGEST = 100
"""The most characters of a line that are repeated."""


def said_of(text: str, message: str) -> str:
    """The parser's ``message`` about ``text``, with the line, what stands there, and a hint where there is one."""
    place = _PLACE.search(message)
    lines = text.replace("\r\n", "\n").split("\n")
    if place is None:
        last = text.rstrip().count("\n") + 1
        said = message.replace("at end of document", f"at line {last}, the end of the document")
        return f"{said}; a bracket or a quote is left open" if said != message else said
    number, column = int(place[1]), int(place[2])
    line = lines[number - 1] if number <= len(lines) else ""
    stands = f"; the line is {quoted(line.strip(), _LONGEST)}" if line.strip() else ""
    hint = _hint(message, line[: column - 1], line[column - 1 :])
    return f"{message}{stands}{f'; {hint}' if hint else ''}"


def _hint(message: str, before: str, rest: str) -> str:
    """What was probably meant by a line, of which the parser read ``before`` and not ``rest``."""
    line = before + rest
    if "Illegal character '\\n'" in message or message.startswith("Unterminated"):
        return "the quote that ends a text is missing, or the text has a line break"
    if message.startswith(("Expected '='", "Invalid initial character for a key", "Invalid statement", "Expected ']'")):
        return _of_names(line, message)
    if message.startswith("Invalid value"):
        word = _WORD.match(rest)
        return f"a text or a formula stands in quotes, such as {_as_text(word[0])}" if word else "a value is missing"
    if message.startswith(("Expected newline", "Unclosed")) and rest:
        if before.rstrip().endswith(('"', "'")):
            return 'within a text a quote is written \\", and between two values stands a comma'
        return 'a fraction or a formula stands in quotes, such as "1/3"'
    return ""


def _of_names(line: str, message: str) -> str:
    """What was probably meant where a name was expected."""
    quotes = "a name with anything but the letters a to z, digits, - and _ stands in quotes, such as"
    if message.startswith("Expected ']'"):
        return f'{quotes} [stages."First round"]'
    name, sign, _ = line.partition("=")
    if sign and name.strip():
        return f"{quotes} {_as_text(name.strip())} = …"
    return "a line has a name, = and a value"


def _as_text(word: str) -> str:
    bare = word.strip("\"'")[:_LONGEST]
    # What cannot be printed, such as another kind of line break, is escaped.
    return f'"{repr(bare)[1:-1]}"'
