"""A model from one kind of file to another, with what the new file does not keep.

TOML and JSON keep formulas, parameters and assumptions; the other kinds hold numbers, so that formulas are evaluated.
What is written is read again and compared before it counts as written; only LaTeX is not read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import prod
from typing import Any

from games.errors import InputError, listed, quoted
from games.exact import amount, counted, exact, readable
from games.formats.documents import GIVEN
from games.formats.suffixes import READERS, WRITERS
from games.forms.extensive import ExtensiveGame
from games.forms.game import Game
from games.forms.reduced import reduced_strategic_form, strategy_counts
from games.model import Assumption, Model, check_is_model
from games.parameters import Parameter
from games.sources import Assumed

DOCUMENTS = (".toml", ".json")
"""The kinds that keep formulas, and all that `games.formats.documents` lists."""

STRATEGIC = (".nfg", ".csv")
"""The kinds that have strategic forms only."""

PAPER = ".tex"
"""The kind that is written and not read."""

MOST_PROFILES = 10_000
"""The most profiles of a reduced strategic form that is written."""

UNKEPT: Mapping[str, str] = {
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
"""The fields of a model that are not written, in words; a file of one's own may give most of them."""


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
) -> Conversion:
    r"""The ``model`` as the text of a file with this ``suffix``, at ``values`` of its parameters, defaults elsewhere.

    In TOML and JSON ``values`` are the new defaults, unless ``numbers`` asks for numbers in place of formulas. With
    ``reduced`` a tree becomes its reduced strategic form. Raises `InputError` for a kind of file that is not written or
    cannot hold the game.

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
    found = replace(found, game=game)
    text = WRITERS[suffix](found)
    lost = (*_lost_of_parameters(model, found, suffix), *_lost(model, _read_again(found, text, suffix)))
    return Conversion(text, (*changes, *moved), lost)


def _bare(model: Model, game: Game, parameters: tuple[Parameter, ...], assumptions: tuple[Assumption, ...]) -> Model:
    """The texts of the model with this game, and nothing else."""
    return Model(model.name, model.title, game, parameters, assumptions, model.question, model.story)


def _in_numbers(model: Model, values: Mapping[str, object]) -> tuple[Model, tuple[str, ...]]:
    at = ", ".join(f"{p.name} = {readable(exact(values.get(p.name, p.default)))}" for p in model.parameters)
    changes = () if model.game.is_exact else (f"Formulas have become numbers, at {at}.",)
    return _bare(model, model.at(**values), (), ()), changes


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
    return _bare(model, model.game, tuple(parameters), model.assumptions), tuple(changes)


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


def _lost_of_parameters(model: Model, written: Model, suffix: str) -> Iterator[str]:
    """What of the parameters and assumptions the file does not keep."""
    kept = suffix in DOCUMENTS
    if model.parameters and not (kept and written.parameters):
        yield f"what is said of {amount(len(model.parameters), 'parameter')}: meaning, range, source"
    elif any(parameter.source != Assumed(GIVEN) for parameter in model.parameters):
        yield "the sources of its parameters"
    if model.assumptions and not (kept and written.assumptions):
        yield amount(len(model.assumptions), "assumption")
    elif any(assumption.reason != GIVEN for assumption in model.assumptions):
        yield "the reasons for its assumptions"


def _lost(model: Model, again: Model | None) -> Iterator[str]:
    """What else of the model is not in the file, which reads ``again`` as this."""
    if again is None:
        yield "whatever a table of payoffs does not show (the file is not read back)"
    for name in ("name", "title", "question", "story"):
        if getattr(model, name) and (again is None or getattr(again, name) != getattr(model, name)):
            yield f"its {name}"
    plain = Model.__dataclass_fields__
    for name, words in UNKEPT.items():
        default = plain[name].default
        if getattr(model, name) not in (default, {}, ()) and not (name == "quantities" and not model.quantities()):
            yield words
