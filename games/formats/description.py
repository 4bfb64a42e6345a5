"""What a document says of its model beside the game and its numbers: all of it for readers, none of it needed.

``title``, ``question``, ``story``
    text; the title is the name unless given.
``outcome_words``
    a list of tables of ``path`` and ``words``: what the path through the tree, or the profile, amounts to. A path may
    be the beginning of several, without steps that of all; the longest that fits counts.
``choice_words``
    a table from actions to what their choice means, such as ``Lift = "relief is credible"``.
``shorthand``
    a table from names to formulas in the parameters that print as these names.
``axes``
    a list of the two parameters that the region map shows.
``asked``
    a list of tables of ``outcome``, the words of an outcome or a part of the words of several, and perhaps ``after``,
    the path after which it is meant: a report says under which condition each is played.
``unknown``
    a list of texts: what the model cannot tell.
``references``
    a list of works, each a table of ``authors``, ``year``, ``title`` and ``published``.

`games.formats.telling` writes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from games.errors import InputError, listed, meant, quoted
from games.formats.fields import EntryReader, line, needed, only, prose, sequence, table
from games.formats.sources import read_reference
from games.forms.game import Game, Path

KEYS = (
    *("title", "question", "story", "outcome_words", "choice_words", "shorthand", "axes", "asked", "unknown"),
    "references",
)

MOST_PATHS = 100_000
"""The most paths of a game of which words, or what is asked, are read."""


@dataclass(frozen=True)
class OutcomeWords:
    """The words of the longest beginning of a path that has some; else the path itself, its steps joined by commas."""

    words: Mapping[Path, str]

    def __call__(self, path: Path) -> str:
        known = (self.words[path[:k]] for k in range(len(path), -1, -1) if path[:k] in self.words)
        return next(known, ", ".join(path))


def description(document: Mapping[str, Any], name: str, game: Game, entry: EntryReader) -> dict[str, Any]:
    """The fields of the model that the document gives, by their names."""
    found: dict[str, Any] = {
        "title": line(document.get("title", name), "the title"),
        "question": prose(document.get("question", ""), "the question"),
        "story": prose(document.get("story", ""), "the story"),
        "choice_words": _texts(document.get("choice_words", {}), "choice_words", "actions and what they mean"),
        "shorthand": {
            line(own, "a name in shorthand"): entry(value, f"the shorthand {own}")
            for own, value in table(document.get("shorthand", {}), "shorthand", "names and formulas").items()
        },
        "unknown": tuple(
            prose(text, "an item of unknown") for text in sequence(document.get("unknown", []), "unknown", "texts")
        ),
        "references": tuple(
            read_reference(each, f"references, number {number}")
            for number, each in enumerate(sequence(document.get("references", []), "references", "works"), start=1)
        ),
    }
    if "outcome_words" in document:
        found["outcome_words"] = _outcome_words(document["outcome_words"], game)
    if "axes" in document:
        axes = sequence(document["axes"], "axes", "two parameters")
        if len(axes) != 2:
            raise InputError(f"axes has {len(axes)} parameters; give two")
        found["axes"] = tuple(line(axis, "a parameter in axes") for axis in axes)
    if "asked" in document:
        words = found.get("outcome_words", OutcomeWords({}))
        found["asked"] = _asked(document["asked"], game, words)
    return found


def _outcome_words(given: object, game: Game) -> OutcomeWords:
    words: dict[Path, str] = {}
    beginnings = {path[:k] for path in _paths(game, "outcome_words") for k in range(len(path) + 1)}
    for number, each in enumerate(sequence(given, "outcome_words", "tables of path and words"), start=1):
        what = f"outcome_words, number {number}"
        fields = table(each, what, "path and words")
        only(fields, ("path", "words"), what)
        path = _path(needed(fields, "path", what), what)
        if path not in beginnings:
            raise InputError(f"{what}: no path of the game begins with {quoted(', '.join(path))}")
        words[path] = line(needed(fields, "words", what), f"the words of {what}")
    return OutcomeWords(words)


def _asked(given: object, game: Game, words: OutcomeWords) -> tuple[tuple[str, Path], ...]:
    known = dict.fromkeys(map(words, _paths(game, "asked")))
    found = []
    for number, each in enumerate(sequence(given, "asked", "tables of outcome and after"), start=1):
        what = f"asked, number {number}"
        fields = table(each, what, "outcome and after")
        only(fields, ("outcome", "after"), what)
        outcome = line(needed(fields, "outcome", what), f"the outcome of {what}")
        if not any(outcome.casefold() in said.casefold() for said in known):
            raise InputError(
                f"{what}: there is no outcome {quoted(outcome)}; there are {listed(known)}{meant(outcome, known)}"
            )
        after = _path(fields.get("after", []), what)
        if after:
            game.check_path((), after)
        found.append((outcome, after))
    return tuple(found)


def _paths(game: Game, what: str) -> tuple[Path, ...]:
    """The paths of the game that is solved; raises `InputError` if they are too many for what is said of them."""
    found = tuple(islice(game.written_out.paths, MOST_PATHS + 1))
    if len(found) > MOST_PATHS:
        raise InputError(f"{what} needs the game's paths, and it has more than {MOST_PATHS:,}; leave {what} out")
    return found


def _path(given: object, what: str) -> Path:
    return tuple(line(step, f"a step of {what}") for step in sequence(given, f"the path of {what}", "actions"))


def _texts(given: object, what: str, contents: str) -> dict[str, str]:
    return {
        line(key, f"a key of {what}"): line(text, f"{what} of {key}")
        for key, text in table(given, what, contents).items()
    }
