"""What a document says of its model beside the game and its numbers: the inverse of `games.formats.description`.

Words of outcomes may be a function of Python. What a document holds is the words of every path, those of paths that
begin alike and mean the same once, at their common beginning.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from games.errors import InputError
from games.formats.description import KEYS, description
from games.formats.sources import written_reference
from games.forms.game import Game, Path
from games.formulas.text import parse_formula
from games.model import Model

if TYPE_CHECKING:
    from sympy import Symbol

MOST_PATHS = 2_000
"""The most paths whose words are written."""


def told(model: Model) -> dict[str, Any]:
    """The keys of a document that say of the model what it says of itself; left out is what no document can hold."""
    symbols = {parameter.name: parameter.symbol for parameter in model.parameters}
    kept: dict[str, Any] = {}
    for key, given in _all(model).items():
        if given and (key != "title" or given != model.name) and _is_read(key, given, kept, model, symbols):
            kept[key] = given
    return kept


def _all(model: Model) -> dict[str, Any]:
    found = {
        "title": model.title,
        "question": model.question,
        "story": model.story,
        "outcome_words": [{"path": list(path), "words": words} for path, words in _words(model).items()],
        "choice_words": dict(model.choice_words),
        "shorthand": _shorthand(model),
        "axes": list(model.axes or ()),
        "asked": [
            {"outcome": outcome, "after": list(after)} if after else {"outcome": outcome}
            for outcome, after in model.asked
        ],
        "unknown": list(model.unknown),
        "references": list(map(written_reference, model.references)),
    }
    assert tuple(found) == KEYS
    return found


def _shorthand(model: Model) -> dict[str, str]:
    if not model.shorthand:
        return {}
    # Imported here, so that games in numbers do without sympy.
    from sympy import sympify

    from games.formulas.printing import formula_text

    return {name: formula_text(sympify(formula)) for name, formula in model.shorthand.items()}


def _is_read(key: str, given: object, before: Mapping[str, Any], model: Model, symbols: "Mapping[str, Symbol]") -> bool:
    """Whether ``given`` can be read under this key. What is asked is read after the words of outcomes."""
    words = {"outcome_words": before["outcome_words"]} if key == "asked" and "outcome_words" in before else {}
    try:
        description(
            {key: given, **words}, model.name, model.game, lambda value, what: parse_formula(value, symbols, what)
        )
    except InputError:
        return False
    return True


def paths_up_to(game: Game, most: int = MOST_PATHS) -> tuple[Path, ...] | None:
    """The paths of the game that is solved, None if they are more than ``most``."""
    found = tuple(islice(game.written_out.paths, most + 1))
    return found if len(found) <= most else None


def _words(model: Model) -> dict[Path, str]:
    """The words of outcomes by the beginnings of paths; none where paths are more than `MOST_PATHS`."""
    return shortest({path: model.outcome_words(path) for path in paths_up_to(model.game) or ()})


def shortest(words: Mapping[Path, str]) -> dict[Path, str]:
    """The ``words`` of paths by the shortest beginnings, of a step or more, after which all paths have the same.

    Left out is a path whose words are its steps, as it has these without any.

    >>> shortest({("In", "Left"): "Entry", ("In", "Right"): "Entry", ("Out",): "Out"})
    {('In',): 'Entry'}
    """
    after: dict[Path, set[str]] = {}
    for path, said in words.items():
        for beginning in _beginnings(path):
            after.setdefault(beginning, set()).add(said)
    found = {next(b for b in _beginnings(path) if len(after[b]) == 1): said for path, said in words.items()}
    return {path: said for path, said in found.items() if path not in words or said != ", ".join(path)}


def _beginnings(path: Path) -> Iterator[Path]:
    """The beginnings of the path, the shortest first; of one without steps itself."""
    return (path[:k] for k in range(min(1, len(path)), len(path) + 1))
