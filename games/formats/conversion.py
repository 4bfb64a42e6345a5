"""A model from one kind of file to another, with what the new file does not keep.

TOML and JSON keep formulas, parameters and assumptions; the other kinds hold numbers, so that formulas are evaluated.
What is written is read again and compared before it counts as written; only LaTeX is not read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import prod
from types import MappingProxyType
from typing import Any

from games.errors import InputError, listed, quoted
from games.exact import amount, counted, exact, readable
from games.formats.composing import document
from games.formats.documents import CLAIMS
from games.formats.printing import json_text, toml_text
from games.formats.suffixes import READERS, WRITERS
from games.formats.telling import paths_up_to
from games.forms.extensive import ExtensiveGame
from games.forms.game import Game
from games.forms.reduced import reduced_strategic_form, strategy_counts
from games.model import Model, check_is_model
from games.parameters import Parameter

DOCUMENTS = {".toml": toml_text, ".json": json_text}
"""The kinds that keep formulas, and all that `games.formats.documents` lists; and what makes the text of a document."""

STRATEGIC = (".nfg", ".csv")
"""The kinds that have strategic forms only."""

PAPER = ".tex"
"""The kind that is written and not read."""

MOST_PROFILES = 10_000
"""The most profiles of a reduced strategic form that is written."""

FIELDS: Mapping[str, str] = {
    "name": "its name",
    "title": "its title",
    "question": "its question",
    "story": "its story",
    "outcome_words": "words for outcomes",
    "choice_words": "words for choices",
    "axes": "the axes of its map",
    "quantities": "quantities of interest",
    "shorthand": "shorthand for formulas",
    "asked": "the outcomes that a report asks for",
    "unknown": "what the model cannot tell",
    "arguments": "the arguments that it speaks to",
    "references": "references",
    "tells_another_story": "why it tells another story than its source",
}
"""What a model may say of itself beside its game and its numbers, in words."""

OF_FORMULAS: Mapping[str, Any] = {"axes": None, "shorthand": {}, "quantities": dict}
"""The fields that speak of parameters, each with its default."""

OF_PATHS: Mapping[str, Any] = {"outcome_words": ", ".join, "asked": ()}
"""The fields that speak of paths through the game, each with its default."""


@dataclass(frozen=True)
class Conversion:
    """A file's ``text``. ``changes`` and ``lost`` say what of the model is otherwise in it, or not there at all."""

    text: str
    changes: tuple[str, ...]
    lost: tuple[str, ...]

    def findings(self) -> tuple[str, ...]:
        """What is otherwise, in sentences."""
        if not self.changes and not self.lost:
            return ("Nothing is lost.",)
        return (*self.changes, *([f"Not kept: {'; '.join(self.lost)}."] if self.lost else []))


def converted(
    model: Model,
    suffix: str,
    values: Mapping[str, object] | None = None,
    *,
    numbers: bool = False,
    reduced: bool = False,
    claims: Mapping[str, Any] = MappingProxyType({}),
) -> Conversion:
    r"""The ``model`` as the text of a file with this ``suffix``, at ``values`` of its parameters, defaults elsewhere.

    In TOML and JSON ``values`` are the new defaults, unless ``numbers`` asks for numbers in place of formulas. With
    ``reduced`` a tree becomes its reduced strategic form. ``claims`` are those that stand in the model's file, as
    `games.formats.documents` has them; they stay where the formulas that they speak of do. Raises `InputError` for a
    kind of file that is not written or cannot hold the game.

    >>> from games.catalog import load
    >>> print(converted(load("inspection"), ".csv").text.splitlines()[0])
    "Target \ Sender","Sanction",,"Do not sanction",
    """
    # Registers the reader and the writer of every kind; it imports this module, too.
    from games.formats import files  # noqa: F401

    check_is_model(model)
    if suffix not in WRITERS:
        raise InputError(f"a game is not written as {quoted(suffix)}; it is written as {listed(WRITERS)}")
    given = {} if values is None else dict(values)
    model.at(**given)
    as_numbers = numbers or (suffix not in DOCUMENTS and (suffix != PAPER or bool(given)))
    found, changes = _in_numbers(model, given) if as_numbers else _with_defaults(model, given)
    game, moved = _as_held(found.game, suffix, reduced)
    # Where there are other paths, as in a reduced form, what is said of paths says nothing.
    found = replace(found, game=game, **(OF_PATHS if reduced else {}))
    kept = {CLAIMS: claims} if claims and suffix in DOCUMENTS and not numbers and not reduced else {}
    text = DOCUMENTS[suffix]({**document(found), **kept}) if kept else WRITERS[suffix](found)
    again = _read_again(found, text, suffix)
    without = (amount(len(claims), "claim"),) if claims and not kept else ()
    lost = (*_lost_of_parameters(model, again), *_lost(model, again), *without)
    return Conversion(text, (*changes, *moved), lost)


def _in_numbers(model: Model, values: Mapping[str, object]) -> tuple[Model, tuple[str, ...]]:
    at = ", ".join(f"{p.name} = {readable(exact(values.get(p.name, p.default)))}" for p in model.parameters)
    changes = () if model.game.is_exact else (f"Formulas have become numbers, at {at}.",)
    return replace(model, game=model.at(**values), parameters=(), assumptions=(), **OF_FORMULAS), changes


def _with_defaults(model: Model, values: Mapping[str, object]) -> tuple[Model, tuple[str, ...]]:
    """The model with ``values`` for defaults; a range that does not reach one is widened."""
    parameters, changes = [], []
    for parameter in model.parameters:
        value = exact(values.get(parameter.name, parameter.default), parameter.name)
        wider = _reaching(parameter, value)
        if value != parameter.default:
            said = f"The default of {wider.name} is {readable(value)}, not {readable(parameter.default)}"
            beyond = not parameter.low <= value <= parameter.high
            ends = f", and its range is widened to {readable(wider.low)} to {readable(wider.high)}" if beyond else ""
            changes.append(f"{said}{ends}.")
        parameters.append(wider)
    return replace(model, parameters=tuple(parameters)), tuple(changes)


def _reaching(parameter: Parameter, value: Any) -> Parameter:
    """The parameter with this default, its range as wide as that takes."""
    return replace(parameter, default=value, low=min(parameter.low, value), high=max(parameter.high, value))


def _as_held(game: Game, suffix: str, reduced: bool) -> tuple[Game, tuple[str, ...]]:
    """The game in the form that files with this suffix have, where there is a way to write it so."""
    tree = game.written_out
    if not isinstance(tree, ExtensiveGame):
        if reduced:
            raise InputError(f"only a tree has a reduced strategic form; this is {game.kind}; leave --reduced out")
        return game, ()
    if reduced:
        return _reduced(tree), ("The tree has become its reduced strategic form: who moves when is not kept.",)
    if suffix in STRATEGIC:
        raise InputError(
            f"a {suffix} file holds games in strategic form, and this is {game.kind}; write .efg, .toml or .json, or "
            "its reduced strategic form, without who moves when, with --reduced"
        )
    if tree is game or suffix in DOCUMENTS:
        return game, ()
    return tree, ("The Bayesian game has become its tree: types are what chance draws.",)


def _reduced(tree: ExtensiveGame) -> Game:
    if (count := prod(strategy_counts(tree).values())) > MOST_PROFILES:
        raise InputError(
            f"the reduced strategic form has {counted(count)} profiles; at most {MOST_PROFILES} are written; "
            "write the tree, as .efg, .toml or .json"
        )
    return reduced_strategic_form(tree)


def _read_again(model: Model, text: str, suffix: str) -> Model | None:
    """What the text reads as, None where it is not read; raises `InputError` unless that is the model's game."""
    if suffix not in READERS:
        return None
    try:
        again = READERS[suffix](text, "as its file")
    except InputError as error:
        raise InputError(f"a {suffix} file cannot hold this game: {error}") from None
    if not same_game(again.game, model.game):
        raise InputError(f"a {suffix} file cannot hold this game as it is; another kind is one of {listed(WRITERS)}")
    return again


def same_game(one: Game, other: Game) -> bool:
    """Whether two games are the same, their formulas multiplied out."""
    if one == other:
        return True
    if type(one) is not type(other) or len(one.entries) != len(other.entries):
        return False
    alike = all(_equal(a, b) for a, b in zip(one.entries, other.entries, strict=True))
    return alike and one.with_entries(one.entries) == other.with_entries(one.entries)


def _equal(one: Any, other: Any) -> bool:
    from sympy import expand, sympify

    return bool(one == other) or expand(sympify(one) - sympify(other)) == 0


def _lost_of_parameters(model: Model, again: Model | None) -> Iterator[str]:
    """What of the parameters and assumptions is not in the file, which reads ``again`` as this."""
    kept = () if again is None else again.parameters
    if model.parameters and not kept:
        yield f"what is said of {amount(len(model.parameters), 'parameter')}: meaning, range, source"
    elif any(one.source != other.source for one, other in zip(model.parameters, kept, strict=True)):
        yield "the sources of its parameters"
    reasons = () if again is None else again.assumptions
    if model.assumptions and not reasons:
        yield amount(len(model.assumptions), "assumption")
    elif any(one.reason != other.reason for one, other in zip(model.assumptions, reasons, strict=True)):
        yield "the reasons for its assumptions"


def _lost(model: Model, again: Model | None) -> Iterator[str]:
    """What else of the model is not in the file, which reads ``again`` as this."""
    if again is None:
        yield "whatever a table of payoffs does not show (the file is not read back)"
    yield from (words for name, words in FIELDS.items() if _says(model, name) and not _keeps(model, again, name))


def _says(model: Model, name: str) -> bool:
    """Whether the model says anything under this field."""
    if name == "quantities":
        return bool(model.quantities())
    return getattr(model, name) not in (Model.__dataclass_fields__[name].default, {}, (), "")


def _keeps(model: Model, again: Model | None, name: str) -> bool:
    """Whether the model that was read ``again`` says the same under this field."""
    if again is None or name == "quantities":
        return False
    if name == "outcome_words":
        return _same_words(model, again)
    if name == "shorthand":
        return again.shorthand.keys() == model.shorthand.keys() and all(
            _equal(formula, again.shorthand[own]) for own, formula in model.shorthand.items()
        )
    return bool(getattr(again, name) == getattr(model, name))


def _same_words(model: Model, again: Model) -> bool:
    """Whether every path means the same in both; of more than `games.formats.telling` writes it is not asked."""
    paths = paths_up_to(model.game)
    others = paths_up_to(again.game)
    if paths is None or others is None or list(paths) != list(others):
        return False
    return all(model.outcome_words(path) == again.outcome_words(path) for path in paths)
