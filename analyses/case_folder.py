"""A case in a folder, written in TOML.

==================  ===================================================================================================
``case.toml``       ``title`` and ``about``; ``chapters``, the models that the report tells one after the other (all of
                    those of the folder unless given); ``premises`` that several arguments share
``models/``         games, one a file, in any form that `games.formats.files` reads; found by their names
``arguments/``      arguments, one a file, in the order of the files' names, numbers within them as numbers
``facts.toml``      a list ``facts``, each with ``said``, ``source``, ``record`` and perhaps ``bears_on``, arguments
``tensions.toml``   a list ``tensions``, each with ``id``, ``title``, ``between``, two arguments, ``explanation`` and
                    perhaps ``shown_by``, claims of which it is asked whether they can hold together
==================  ===================================================================================================

Only ``case.toml`` and at least one argument are needed. An argument's file has

``id``, ``title``, ``source``, ``left_out``
    its name (that of the file unless given), what it says in brief, where it is from, and what the source leaves out.
``voice``, ``mode``
    whose argument it is, such as "the government", and what the text does with it: ``"asserts"``, ``"reports a goal"``,
    ``"predicts"`` or ``"prescribes"``.
``premises``
    a table from names to tables of ``words`` and ``relations``, such as ``["E == 0"]``, and of ``source``, where the
    text has it, or ``added``, why it was added though the text does not have it.
``claims``
    a table from names to claims as in `analyses.claims.documents`; a claim ``bare`` of the argument ``B1`` is called
    ``B1-bare``. Each may also have ``title``, ``given`` (premises by their names, ahead of its own), ``reading`` (which
    of two readings of the text it is), ``searched`` (whether reports look for its hidden premises, too) and ``role``
    (what it is to the argument: ``"bare"``, ``"repaired"``, ``"opposite"`` or ``"definition"``).

A model of the folder goes before one of the catalog with the same name. Nothing in the folder is executed.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from analyses.arguments import Argument, Case, Fact, Mode, Premise, Role, Statement, Tension
from analyses.claims.documents import KEYS, at, read_claim
from games.catalog import catalog
from games.errors import InputError, check_kind, listed, meant, quoted
from games.formats.fields import kind, line, needed, only, prose, sequence, table
from games.formats.files import naming, read_game, read_text
from games.formats.sources import read_source
from games.formats.syntax import parse_toml
from games.formulas.text import parse_relation
from games.model import Model
from games.sources import Assumed, Source

FILES = ("case.toml", "facts.toml", "tensions.toml")
FOLDERS = ("models", "arguments")
CASE_KEYS = ("title", "about", "chapters", "premises")
PREMISE_KEYS = ("words", "relations", "source", "added")
ARGUMENT_KEYS = ("id", "title", "source", "left_out", "voice", "mode", "premises", "claims")
STATEMENT_KEYS = ("title", "given", "reading", "searched", "role")
FACT_KEYS = ("said", "source", "record", "bears_on")
TENSION_KEYS = ("id", "title", "between", "explanation", "shown_by")

MOST_FILES = 200
MOST_CLAIMS = 50
MOST_ITEMS = 200
"""The most models and arguments of a case, claims of an argument, and items of another list."""

_Item = TypeVar("_Item")
_Words = TypeVar("_Words", bound=StrEnum)
_NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True)
class _Given:
    """A premise as the folder has it; what its symbols are depends on the models of the claim that it stands with."""

    words: str
    relations: tuple[str, ...]
    source: Source | None


def read_case(folder: Path | str) -> Case:
    r"""The case that a folder holds.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from analyses.case_folder import read_case
    >>> text = '''
    ... title = "A threat to fight deters"
    ... source = "A lecture on deterrence"
    ... [claims.bare]
    ... argument = "Nobody ever violates."
    ... model = "inspection"
    ... never = { Target = "Violate" }
    ... '''
    >>> with TemporaryDirectory() as folder:
    ...     arguments = Path(folder) / "arguments"
    ...     arguments.mkdir()
    ...     written = (Path(folder) / "case.toml").write_text('title = "A lecture"\n')
    ...     written = (arguments / "L1.toml").write_text(text)
    ...     case = read_case(folder)
    >>> [argument.id for argument in case.arguments]
    ['L1']

    Raises `InputError`, in one line that names the file and the key, for anything that is not as this module says.
    """
    check_kind(folder, (str, Path), "the folder", "its name, as text or a Path")
    folder = Path(folder)
    with naming(folder):
        _check_files(_entries(folder))
    start = _document(folder / "case.toml", CASE_KEYS)
    with naming(folder / "case.toml"):
        title = line(start.get("title", folder.absolute().name), "title")
        about = prose(start.get("about", ""), "about")
        shared = _premises(start)
    models = tuple(read_game(path) for path in _inside(folder, "models"))
    with naming(folder / "models"):
        find = _finder(Case(title, about, (), models=models).models)
    arguments = tuple(_argument(path, shared, find) for path in _inside(folder, "arguments"))
    with naming(folder / "arguments"):
        if not arguments:
            raise InputError("a case needs an argument; write at least one as a .toml file in this folder")
        case = Case(title, about, arguments, models=models, place=str(folder))
    with naming(folder / "case.toml"), at("chapters"):
        chapters = tuple(find(line(name, "a model")) for name in sequence(start.get("chapters", []), "it", "models"))
        case = replace(case, chapters=chapters or models or case.every_model)
    facts = _each(folder / "facts.toml", "facts", _fact)
    with naming(folder / "facts.toml"):
        case = replace(case, facts=facts)
    tensions = _each(folder / "tensions.toml", "tensions", _tension)
    with naming(folder / "tensions.toml"):
        return replace(case, tensions=tensions)


def _entries(folder: Path) -> list[Path]:
    """What lies in a folder, hidden files left out, in the order of the names, numbers in them as numbers."""
    try:
        if not folder.is_dir():
            raise InputError(f"this is no folder; a case is a folder with {FILES[0]} and arguments")
        found = [path for path in islice(folder.iterdir(), MOST_FILES + 1) if not path.name.startswith(".")]
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"the folder cannot be read ({getattr(error, 'strerror', None) or error})") from None
    if len(found) > MOST_FILES:
        raise InputError(f"the folder has more than {MOST_FILES} files, the most that are read")
    return sorted(found, key=lambda path: [int(p) if p.isdecimal() else p.lower() for p in _NUMBER.split(path.name)])


def _check_files(found: Iterable[Path]) -> None:
    """Raises `InputError` for a file that would go unread, such as one whose name is misspelt."""
    for path in found:
        if path.is_dir() and path.name not in FOLDERS and any(path.glob("*.toml")):
            raise InputError(
                f"the folder {quoted(path.name)} has no place here; the folders of a case are {listed(FOLDERS)}"
                f"{meant(path.name, FOLDERS)}"
            )
        if path.suffix.lower() == ".toml" and path.name not in FILES:
            near = meant(path.name, FILES)
            raise InputError(
                f"the file {quoted(path.name)} has no place here; a case has {listed(FILES)} and the folders models "
                f"and arguments{near}"
            )


def _inside(folder: Path, name: str) -> list[Path]:
    """The files of a folder of the case, none if it is not there."""
    if not (folder / name).exists():
        return []
    with naming(folder / name):
        return _entries(folder / name)


def _document(path: Path, keys: Iterable[str]) -> Mapping[str, Any]:
    with naming(path):
        if path.suffix.lower() != ".toml":
            raise InputError("what a case says, other than a game, is read from .toml files")
        document = parse_toml(read_text(path, "a part of a case"))
        only(document, keys, "the file")
        return document


def _finder(own: Iterable[Model]) -> Callable[[str], Model]:
    """Finds a model by its name, in the folder or in the catalog."""
    found = {**catalog(), **{model.name: model for model in own}}

    def find(name: str) -> Model:
        if name not in found:
            near = meant(name, found)
            raise InputError(
                f"there is no model {quoted(name)}{f'{near} There' if near else '; there'} are {listed(found)}"
            )
        return found[name]

    return find


def _premises(document: Mapping[str, Any]) -> dict[str, _Given]:
    given = table(document.get("premises", {}), "premises", "premises by their names")
    found = {}
    for name, fields in given.items():
        with at(f"the premise {quoted(name)}"):
            only(table(fields, "it", "words and relations"), PREMISE_KEYS, "it")
            relations = _texts(needed(fields, "relations", "it"), "relations")
            if not relations:
                raise InputError('relations is empty; write for example ["A - k > 0"]')
            found[name] = _Given(line(needed(fields, "words", "it"), "words"), relations, _premise_source(fields))
    return found


def _premise_source(fields: Mapping[str, Any]) -> Source | None:
    if "source" in fields and "added" in fields:
        raise InputError("it has both source and added; a premise is in the text or was added")
    if "added" in fields:
        return Assumed(line(fields["added"], "added"))
    return read_source(fields["source"]) if "source" in fields else None


def _one_of(given: object, of: type[_Words], what: str) -> _Words:
    """The member of an enumeration that is written so."""
    text = line(given, what)
    if text not in list(of):
        raise InputError(f"{what} is {quoted(text)}; it must be one of {listed(of)}{meant(text, list(of))}")
    return of(text)


def _argument(path: Path, shared: Mapping[str, _Given], find: Callable[[str], Model]) -> Argument:
    document = _document(path, ARGUMENT_KEYS)
    with naming(path):
        id = line(document.get("id", path.stem), "id")
        own = _premises(document)
        if twice := [name for name in own if name in shared]:
            raise InputError(f"the premise {quoted(twice[0])} is in {FILES[0]}, too; rename one")
        source = read_source(needed(document, "source", "the file"))
        claims = table(needed(document, "claims", "the file"), "claims", "claims by their names")
        if not 1 <= len(claims) <= MOST_CLAIMS:
            raise InputError(f"claims has {len(claims)} claims; an argument has at least 1 and at most {MOST_CLAIMS}")
        premises = {**shared, **own}
        return Argument(
            id=id,
            title=line(needed(document, "title", "the file"), "title"),
            source=source,
            statements=tuple(
                _statement(f"{id}-{name}", given, source, premises, find) for name, given in claims.items()
            ),
            left_out=prose(document.get("left_out", ""), "left_out"),
            voice=line(document["voice"], "voice") if "voice" in document else "",
            mode=_one_of(document["mode"], Mode, "mode") if "mode" in document else None,
        )


def _statement(
    id: str, given: object, source: Source, premises: Mapping[str, _Given], find: Callable[[str], Model]
) -> Statement:
    with at(f"the claim {quoted(id)}"):
        fields = table(given, "it", "keys and values")
        only(fields, (*STATEMENT_KEYS, *KEYS), "it")
        names = tuple(dict.fromkeys(_texts(fields.get("given", []), "given")))
        if unknown := [name for name in names if name not in premises]:
            raise InputError(
                f"given: there is no premise {quoted(unknown[0])}; there are {listed(premises) or 'none'}"
                f"{meant(unknown[0], premises)}"
            )
        searched = fields.get("searched", False)
        if not isinstance(searched, bool):
            raise InputError(f"searched must be true or false, not {kind(searched)}")
        role = _one_of(fields["role"], Role, "role") if "role" in fields else None
    claim = read_claim(id, {key: value for key, value in fields.items() if key not in STATEMENT_KEYS}, find)
    with at(f"the claim {quoted(id)}"):
        symbols = {symbol.name: symbol for symbol in claim.parameters}
        named = tuple(_premise(name, premises[name], symbols) for name in names)
        relations = tuple(relation for premise in named for relation in premise.relations)
        return Statement(
            title=line(fields["title"], "title") if "title" in fields else claim.argument or id,
            claim=replace(claim, premises=(*relations, *claim.premises), source=claim.source or source),
            given=named,
            reading=line(fields["reading"], "reading") if "reading" in fields else "",
            searched=searched,
            role=role,
        )


def _premise(name: str, given: _Given, symbols: Mapping[str, Any]) -> Premise:
    relations = (
        parse_relation(text, symbols, f"the premise {quoted(name)}, relation {number}:")
        for number, text in enumerate(given.relations, start=1)
    )
    return Premise(given.words, tuple(relations), given.source)


def _each(path: Path, key: str, make: Callable[[Mapping[str, Any]], _Item]) -> tuple[_Item, ...]:
    """What is made of each table in the list ``key`` of a file; nothing if there is no such file."""
    if not path.exists() and not path.is_symlink():
        return ()
    document = _document(path, (key,))
    found = []
    with naming(path):
        given = sequence(needed(document, key, "the file"), key, "tables")
        if len(given) > MOST_ITEMS:
            raise InputError(f"{key} has {len(given)} items; at most {MOST_ITEMS} are read")
        for number, fields in enumerate(given, start=1):
            with at(f"{key}, number {number}"):
                found.append(make(table(fields, "it", "keys and values")))
    return tuple(found)


def _fact(fields: Mapping[str, Any]) -> Fact:
    only(fields, FACT_KEYS, "it")
    return Fact(
        said=prose(needed(fields, "said", "it"), "said"),
        source=read_source(needed(fields, "source", "it")),
        record=prose(needed(fields, "record", "it"), "record"),
        bears_on=_texts(fields.get("bears_on", []), "bears_on"),
    )


def _tension(fields: Mapping[str, Any]) -> Tension:
    only(fields, TENSION_KEYS, "it")
    between = _texts(needed(fields, "between", "it"), "between")
    if len(between) != 2:
        raise InputError(f"between has {len(between)} arguments; it must be two, or the same one twice")
    return Tension(
        id=line(needed(fields, "id", "it"), "id"),
        title=line(needed(fields, "title", "it"), "title"),
        between=(between[0], between[1]),
        explanation=prose(needed(fields, "explanation", "it"), "explanation"),
        shown_by=_texts(fields.get("shown_by", []), "shown_by"),
    )


def _texts(given: object, what: str) -> tuple[str, ...]:
    """A list of texts."""
    return tuple(prose(each, f"an item of {what}") for each in sequence(given, what, "texts"))
