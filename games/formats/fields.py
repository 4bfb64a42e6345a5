"""What a document holds, checked for its kind: each function returns the value, or says what it is and what it must be.

A label (of a player, a strategy, an action, an event) is one line of text, so that it can stand in any message.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias
from unicodedata import category

from games.errors import InputError, listed, quoted
from games.forms import UNSEEN, Entry, labels

EntryReader: TypeAlias = Callable[[object, str], Entry]
"""Makes an entry of a game from a number or a formula; the text says in an error what it is."""

UNNAMED = ("Row", "Column")
"""What two players are called whom a file does not name."""

LONGEST_LINE = 200
"""The most characters of a text of one line."""

LONGEST_PROSE = 20_000
"""The most characters of a text of several lines."""

_CONTROL = frozenset({"Cc", "Cs"})


def kind(value: object) -> str:
    """What ``value`` is, in the words of a document."""
    match value:
        case Mapping():
            return "a table"
        case list():
            return "a list"
        case str():
            return f"the text {quoted(value)}"
        case bool() | None:
            return {True: "true", False: "false", None: "null"}[value]
        case int() | Fraction():
            return f"the number {quoted(value)[1:-1]}"
    return f"a {type(value).__name__}"


def table(value: object, what: str, contents: str) -> Mapping[str, Any]:
    """``value`` if it is a table; ``contents`` says what the table should hold."""
    if not isinstance(value, Mapping):
        raise InputError(f"{what} must be a table of {contents}, not {kind(value)}")
    return value


def sequence(value: object, what: str, contents: str) -> list[Any]:
    """``value`` if it is a list; ``contents`` says what the list should hold."""
    if not isinstance(value, list):
        raise InputError(f"{what} must be a list of {contents}, not {kind(value)}")
    return value


def only(given: Mapping[str, Any], allowed: Iterable[str], what: str) -> None:
    """Refuses a key of ``given`` that is not ``allowed``."""
    for key in given:
        if key not in allowed:
            raise InputError(f"{what} has the unknown key {quoted(key)}; allowed are {listed(allowed)}")


def needed(given: Mapping[str, Any], key: str, what: str) -> Any:
    """What ``given`` has under ``key``, which it must have."""
    if key not in given:
        raise InputError(f"{what} has no {quoted(key)}; give it")
    return given[key]


def prose(value: object, what: str) -> str:
    """Text of any number of lines."""
    return _text(value, what, LONGEST_PROSE, _CONTROL, allowed="\n\r\t")


def line(value: object, what: str) -> str:
    """Text of one line, without spaces around it."""
    text = _text(value, what, LONGEST_LINE, UNSEEN)
    if not text.strip():
        raise InputError(f"{what} is blank; give a text")
    if text != text.strip():
        raise InputError(f"{what} {quoted(text)} has spaces around it; leave them out")
    return text


def _text(value: object, what: str, longest: int, refused: frozenset[str], allowed: str = "") -> str:
    if not isinstance(value, str):
        raise InputError(f"{what} must be text, not {kind(value)}")
    if len(value) > longest:
        raise InputError(f"{what} has {len(value)} characters; at most {longest} are allowed")
    if any(category(character) in refused and character not in allowed for character in value):
        raise InputError(
            f"{what} {quoted(value)} has a line break or a control character, or one that cannot be seen; leave it out"
        )
    return value


def names(value: object, what: str) -> tuple[str, ...]:
    """Distinct labels: a list of them, or the keys of a table."""
    given = list(value) if isinstance(value, Mapping) else sequence(value, what, "labels")
    return labels([line(name, f"a label in {what}") for name in given], what)


def one_for_each(value: object, players: Sequence[str], entry: EntryReader, where: str) -> tuple[Entry, ...]:
    """One payoff for each player: a list in the order of the players, or a table from player to payoff."""
    if isinstance(value, Mapping):
        only(value, players, f"the table of payoffs {where}")
        value = [needed(value, player, f"the table of payoffs {where}") for player in players]
    given = sequence(value, f"what stands for the payoffs {where}", f"payoffs for {listed(players)}")
    if len(given) != len(players):
        raise InputError(
            f"{len(given)} payoffs are given {where}; {len(players)} are needed, for {listed(players)} in this order"
        )
    return tuple(
        entry(payoff, f"the payoff of {player} {where}") for player, payoff in zip(players, given, strict=True)
    )
