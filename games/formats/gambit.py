r"""What the two file formats of Gambit share: tokens, numbers, and labels, also where a file gives none.

A file is a list of words, numbers, quoted texts, braces and commas; blanks between them mean nothing. Within quotes,
``\"`` is a quotation mark and ``\\`` a backslash; before anything else a backslash stands for itself. Numbers are
exact: ``1/3``, ``0.1`` (one tenth), ``.5``, ``-2e3``. A comma may follow a payoff or a probability.

Labels are kept as they are written, except that those of one list must differ. A player, strategy, action or event
without a label is called by its number, ``Player 2`` or ``2``; one whose label stands earlier in the list has its
number added, ``Hold (3)``; a prime follows if that is taken. The title is set in one line and cut at `LONGEST_LINE`
characters; the comment becomes the story.

Source: Gambit manual, "Game representation formats", the conventions common to all file formats.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NoReturn, final
from unicodedata import category

from games.errors import InputError, quoted
from games.exact import LONGEST, exact
from games.formats.fields import LONGEST_LINE, line, prose
from games.forms import LONGEST_LABEL, UNSEEN, Entry
from games.forms.extensive import ExtensiveGame
from games.forms.strategic import StrategicGame

if TYPE_CHECKING:
    from games.model import Model

MOST_PLAYERS = 50
"""The most players of a file."""

_TOKEN = re.compile(r'\s*+(?:(?P<text>"(?:[^"\\]|\\.)*+")|(?P<mark>[{},])|(?P<word>[^\s{},"]++)|(?P<broken>"))', re.S)
_NUMBER = re.compile(r"[+-]?\.?\d")
_WHOLE = re.compile(r"[0-9]{1,9}")
_ESCAPED = re.compile(r'\\(["\\])')
_NEEDS_ESCAPE = re.compile(r'"|\\(?=["\\]|\Z)')


@dataclass(frozen=True)
class Heading:
    """What a file says of its game besides the game."""

    title: str
    comment: str


@final
class Tokens:
    """A file read token by token. Every method that takes one raises `InputError` with its line if it does not fit."""

    def __init__(self, text: str) -> None:
        self._text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip()
        self._position = 0
        self._reached = 0
        self.line = 1
        """The line on which the current token begins, or the last line if there is none left."""
        self._advance()

    def _advance(self) -> None:
        found = _TOKEN.match(self._text, self._position)
        self._kind, self._token = ("end", "")
        start = len(self._text)
        if found:
            self._kind = found.lastgroup or "end"
            self._token = found[self._kind]
            start, self._position = found.span(self._kind)
        self.line += self._text.count("\n", self._reached, start)
        self._reached = start
        if self._kind == "broken":
            raise InputError(f"line {self.line}: the quotation that begins here has no end")

    def refuse(self, expected: str) -> NoReturn:
        """Raises `InputError`: something else was ``expected`` here."""
        shown = "the end of the file" if self._kind == "end" else quoted(self._token)
        raise InputError(f"line {self.line}: expected {expected}, found {shown}")

    def at(self, mark: str) -> bool:
        """Whether the current token is this brace or comma."""
        return self._kind == "mark" and self._token == mark

    def at_text(self) -> bool:
        """Whether the current token is a quoted text."""
        return self._kind == "text"

    def mark(self, mark: str, what: str) -> None:
        """Takes this brace or comma."""
        if not self.at(mark):
            self.refuse(f"{mark} ({what})")
        self._advance()

    def word(self, allowed: Sequence[str], what: str) -> str:
        """One of the ``allowed`` words."""
        word = self._token
        if self._kind != "word" or word not in allowed:
            self.refuse(f"{what} ({' or '.join(allowed)})")
        self._advance()
        return word

    def text(self, what: str) -> str:
        """A quoted text, without its quotation marks."""
        if self._kind != "text":
            self.refuse(f"{what} in quotation marks")
        text = _ESCAPED.sub(r"\1", self._token[1:-1])
        self._advance()
        return text

    def label(self, what: str) -> str:
        """A quoted text that may serve as a label, or be blank."""
        number = self.line
        text = self.text(what)
        with on_line(number):
            _check_label(text, what)
        return text

    def number(self, what: str) -> Fraction:
        """An exact number, and the comma that may follow it."""
        if self._kind != "word" or not _NUMBER.match(self._token):
            self.refuse(f"a number, {what}")
        try:
            value = exact(self._token, what)
        except InputError as error:
            raise InputError(f"line {self.line}: {error}") from None
        self._advance()
        if self.at(","):
            self._advance()
        return value

    def whole(self, what: str, least: int) -> int:
        """A whole number of at most nine digits, at least ``least``."""
        if self._kind != "word" or not _WHOLE.fullmatch(self._token) or int(self._token) < least:
            self.refuse(f"a whole number from {least}, {what}")
        value = int(self._token)
        self._advance()
        return value

    def end(self, after: str) -> None:
        """Nothing but the end of the file."""
        if self._kind != "end":
            self.refuse(f"the end of the file after {after}")


@contextmanager
def on_line(number: int) -> Iterator[None]:
    """Puts the number of a line before what an `InputError` says."""
    try:
        yield
    except InputError as error:
        raise InputError(f"line {number}: {error}") from None


def read_title(tokens: Tokens, kind: str, version: str) -> str:
    """The first words of a file, of which only the title differs between files of one kind."""
    tokens.word([kind], "the kind of the file")
    tokens.word([version], f"the version of {kind} files")
    tokens.word(["R", "D"], "the kind of the numbers")
    number = tokens.line
    title = " ".join(tokens.text("the title").split())
    if not title:
        return ""
    with on_line(number):
        return line(title if len(title) <= LONGEST_LINE else f"{title[: LONGEST_LINE - 1].rstrip()}…", "the title")


def read_players(tokens: Tokens) -> tuple[str, ...]:
    """The names of the players in braces, at least one, at most `MOST_PLAYERS`."""
    tokens.mark("{", "the list of players")
    given: list[str] = []
    while not tokens.at("}") or not given:
        if len(given) == MOST_PLAYERS:
            tokens.refuse(f"}} after {MOST_PLAYERS} players, which are the most allowed")
        given.append(tokens.label("the name of a player"))
    tokens.mark("}", "the end of the list of players")
    return distinct(given, "Player ")


def read_comment(tokens: Tokens) -> str:
    """The comment that may stand after the players and their strategies."""
    if not tokens.at_text():
        return ""
    with on_line(tokens.line):
        return prose(tokens.text("the comment").strip(), "the comment")


def read_payoffs(tokens: Tokens, players: Sequence[str], where: str) -> tuple[Fraction, ...]:
    """One payoff for each player, in their order."""
    return tuple([tokens.number(f"the payoff of {player}{where}") for player in players])


def distinct(given: Sequence[str], word: str = "") -> tuple[str, ...]:
    """The labels that a list of texts amounts to: usable, and each another; ``word`` stands before a bare number."""
    taken = set(given)
    seen: set[str] = set()
    labels = []
    for number, text in enumerate(given, start=1):
        label = text
        if not text.strip():
            label = free(f"{word}{number}", taken)
        elif text in seen:
            label = free(f"{text[: LONGEST_LABEL - 20]} ({number})", taken)
        seen.add(text)
        taken.add(label)
        labels.append(label)
    return tuple(labels)


def free(name: str, taken: Set[str]) -> str:
    """``name``, with as many primes as it takes to differ from all the names ``taken``."""
    while name in taken:
        name += "′"
    return name


def model(heading: Heading, game: StrategicGame | ExtensiveGame, name: str) -> "Model":
    """The model called ``name`` of a ``game`` in numbers."""
    # Only a model needs sympy; a game can be read where there is none.
    from games.model import Model

    return Model(name=name, title=heading.title or name, game=game, story=heading.comment)


def check_exact(game: StrategicGame | ExtensiveGame) -> None:
    """Raises `InputError` for a game with formulas, which no Gambit file can hold."""
    if not game.is_exact:
        raise InputError("the game has formulas; a Gambit file needs numbers, which Model.at gives")


def quote(text: str, what: str) -> str:
    """``text`` in quotation marks. A backslash is doubled only where it would otherwise be read as half an escape."""
    _check_label(text, what)
    return _in_quotes(text)


def comment_lines(comment: str) -> list[str]:
    """The comment in quotation marks, which `read_comment` gives again; no line if it is blank."""
    return [_in_quotes(prose(comment.strip(), "the comment"))] if comment.strip() else []


def _in_quotes(text: str) -> str:
    return '"' + _NEEDS_ESCAPE.sub(r"\\\g<0>", text) + '"'


def braces(items: Iterable[str]) -> str:
    """The items in braces, with blanks between them."""
    return "{ " + " ".join(items) + " }"


def written(value: Entry, what: str) -> str:
    """An exact number as `Tokens.number` reads it."""
    number = Fraction(value)
    if max(abs(number.numerator), number.denominator).bit_length() > 4 * LONGEST or len(str(number)) > LONGEST:
        raise InputError(f"{what} has more than {LONGEST} characters; a Gambit file is read with at most that many")
    return str(number)


def _check_label(text: str, what: str) -> None:
    if len(text) > LONGEST_LABEL:
        raise InputError(f"{what} has {len(text)} characters; at most {LONGEST_LABEL} are allowed")
    if any(category(character) in UNSEEN for character in text):
        raise InputError(
            f"{what} {quoted(text)} has a line break or a control character, or one that cannot be seen; leave it out"
        )
