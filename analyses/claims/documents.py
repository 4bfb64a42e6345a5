"""Claims in a file, written in TOML, or with their game in JSON.

A file has the table ``claims`` and in it one table for each claim, under the claim's name. Beside it may stand a game,
as `games.formats.documents` reads it, which the claims are then about unless they name another; else nothing else::

    [claims.no-relief]
    argument = "If relief is not credible, Russia does not concede."
    model = "sanction-retaliation"
    premises = ["A_F - k_F > beta", "E == 0"]
    never = ["Concede"]
    after = ["Full"]

A claim may have these keys, and no others:

``argument``, ``source``
    text: the claim in one sentence, and where it is from (also a table of ``work``, ``paragraph`` and ``phrase``).
``model``, ``also``
    a model of the catalog, or the file of a game beside this one, such as ``"my_game.toml"``; ``also`` is a list of
    further ones. ``model`` may be left out where the game stands in the same file.
``premises``
    a list of relations between parameters, such as ``"0 < k_Y <= k_F or E == 0"``; see `games.formulas.text`. A
    comparison that divides by zero does not hold, its denial does: see `games.formulas.relations`.
``concept``, ``of``
    the solution concept, by default that of the form of the game; ``"every"`` (unless given) or ``"some"`` equilibrium.
``bounded``
    whether the parameters keep to their ranges, ``true`` unless given.

Exactly one of the following is the conclusion (``docs/claims.md`` has an example of each):

``never``, ``always``, ``sometimes``
    a path through the tree, a list of its actions, perhaps with ``after``, the path to where it starts; or a table
    from each player (information set) to a strategy (an action).
``conclusion``
    a relation between parameters and the quantities that the table ``where`` names. A quantity is a table:
    ``{ path = ["Concede"], after = ["Full"] }``, ``{ choices = { Japan = "Full" } }`` or
    ``{ payoff = "Japan", after = ["Full"] }``; with ``model`` where the claim has several.
``exists``, ``unique``
    ``true``: there is one; there is at most one.
``monotone``
    a quantity with ``parameter`` and perhaps ``rising`` (``true`` unless given).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sympy

from analyses.claims.claim import Claim
from analyses.claims.conclusions import Conclusion, Exists, Holds, Monotone, Unique, always, never, sometimes
from games.catalog import catalog
from games.errors import InputError, check_kind, listed, quoted
from games.formats.documents import CLAIMS
from games.formats.fields import kind, line, needed, only, prose, sequence, table
from games.formats.files import naming, read_game, read_text
from games.formats.sources import read_source
from games.formats.suffixes import READERS
from games.formats.syntax import parse_json, parse_toml
from games.formulas.text import parse_relation, symbol_name
from games.model import Model
from games.play.quantities import Chosen, Payoff, Quantity, Reach

PLAYS = {"never": never, "always": always, "sometimes": sometimes}
CONCLUSIONS = (*PLAYS, "conclusion", "exists", "unique", "monotone")
KEYS = ("argument", "model", "also", "premises", "concept", "of", "bounded", "source", *CONCLUSIONS, "after", "where")
QUANTITIES = ("path", "choices", "payoff")
QUANTITY_KEYS = (*QUANTITIES, "after", "model")
PARSERS = {".toml": parse_toml, ".json": parse_json}
"""What makes a document of the text of a file with this suffix."""

MOST_MODELS = 8
"""The most models a claim may have."""


@dataclass(frozen=True)
class Written:
    """Claims of files, and for each model of theirs that lies in a file the file that a command is given to find it."""

    claims: tuple[Claim, ...]
    places: Mapping[str, tuple[str, ...]]


NO_CLAIMS = Written((), {})


def read_claims(path: Path | str, own: Iterable[Model] = ()) -> tuple[Claim, ...]:
    """The claims that the file at ``path`` holds, in its order; ``own`` are models that go before the catalog's.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from analyses.claims import check, read_claims
    >>> text = '''
    ... [claims.bare]
    ... argument = "Nobody ever violates."
    ... model = "inspection"
    ... never = { Target = "Violate" }
    ... '''
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "ours.toml"
    ...     written = file.write_text(text)
    ...     (claim,) = read_claims(file)
    >>> check(claim).breaks
    'probability of Target: Violate is 0.25'

    Raises `InputError`, in one line that names the file, the claim and the key, for anything that is not as this module
    says. Nothing in the file is executed.
    """
    return written_claims(path, own).claims


def written_claims(path: Path | str, own: Iterable[Model] = ()) -> Written:
    """The same with the files in which the models lie."""
    check_kind(path, (str, Path), "the path", "the name of a file, as text or a Path")
    path = Path(path)
    with naming(path):
        if path.suffix.lower() not in PARSERS:
            raise InputError(f"claims are read from a {' or '.join(PARSERS)} file")
        document = PARSERS[path.suffix.lower()](read_text(path, "claims"))
        holds_game = bool(document.keys() - {CLAIMS})
        if not holds_game or CLAIMS not in document:
            only(document, (CLAIMS,), "the file")
        given = table(needed(document, CLAIMS, "the file"), CLAIMS, "claims by their names")
        if not given:
            raise InputError('the table claims is empty; write for example [claims.first] and under it model = "…"')
    models = _Models(path.parent, {model.name: model for model in own}, {})
    if holds_game:
        models(path.name)
        given = {name: {"model": path.name, **f} if isinstance(f, Mapping) else f for name, f in given.items()}
    with naming(path):
        claims = tuple(read_claim(line(name, "the name of a claim"), fields, models) for name, fields in given.items())
    return Written(claims, models.places)


@dataclass(frozen=True)
class _Models:
    """Finds a model by its name, or in a file of the folder; the same one whenever asked again."""

    folder: Path
    found: dict[str, Model]
    places: dict[str, tuple[str, ...]]

    def __call__(self, name: str) -> Model:
        if name not in self.found:
            if Path(name).suffix.lower() in READERS:
                if Path(name).name != name:
                    raise InputError(
                        f"the file {quoted(name)} must lie in the folder of the claims; give its name only"
                    )
                self.found[name] = read_game(self.folder / name)
                self.places[self.found[name].name] = (str(self.folder / name),)
            elif name in catalog():
                self.found[name] = catalog()[name]
            else:
                raise InputError(
                    f"there is no model {quoted(name)}; the catalog has {listed(catalog())}; the file of a game is "
                    f"named with its suffix, one of {listed(READERS)}"
                )
        return self.found[name]


@contextmanager
def at(what: str) -> Iterator[None]:
    """Within it, an `InputError` begins with what it is about."""
    try:
        yield
    except InputError as error:
        raise InputError(f"{what}: {error}") from None


def read_claim(name: str, given: object, models: Callable[[str], Model]) -> Claim:
    """The claim that a table describes, as this module says; ``models`` finds a model by its name."""
    with at(f"the claim {quoted(name)}"):
        fields = table(given, "it", "keys and values")
        only(fields, KEYS, "it")
        model = _named(needed(fields, "model", "it"), "model", models)
        others = _list(fields, "also", "models")
        if len(others) >= MOST_MODELS:
            raise InputError(f"also: a claim has at most {MOST_MODELS} models")
        also = tuple(_named(other, "also", models) for other in others)
        symbols = {parameter.name: parameter.symbol for each in (*also, model) for parameter in each.parameters}
        premises = tuple(
            parse_relation(text, symbols, f"premises, number {number}:")
            for number, text in enumerate(_list(fields, "premises", "relations"), start=1)
        )
        conclusion = _conclusion(fields, symbols)
        which = _text(fields, "of", "every")
        if which not in ("every", "some"):
            raise InputError(f'of: {quoted(which)} must be "every" or "some"')
        return Claim(
            name=name,
            argument=prose(fields.get("argument", ""), "argument"),
            model=model,
            conclusion=conclusion,
            premises=premises,
            concept=_text(fields, "concept", ""),
            every=which == "every",
            source=read_source(fields["source"]) if "source" in fields else None,
            also=also,
            bounded=_flag(fields, "bounded"),
        )


def _named(name: object, key: str, models: Callable[[str], Model]) -> Model:
    with at(key):
        return models(line(name, "a model"))


def _list(fields: Mapping[str, Any], key: str, contents: str) -> list[Any]:
    return sequence(fields.get(key, []), key, contents)


def _text(fields: Mapping[str, Any], key: str, otherwise: str) -> str:
    return line(fields[key], key) if key in fields else otherwise


def _flag(fields: Mapping[str, Any], key: str) -> bool:
    value = fields.get(key, True)
    if not isinstance(value, bool):
        raise InputError(f"{key} must be true or false, not {kind(value)}")
    return value


def _conclusion(fields: Mapping[str, Any], symbols: Mapping[str, sympy.Symbol]) -> Conclusion:
    given = [key for key in CONCLUSIONS if key in fields]
    if len(given) != 1:
        said = f"has {listed(given)}" if given else "has no conclusion"
        raise InputError(f"it {said}; give exactly one of {listed(CONCLUSIONS)}")
    key = given[0]
    for extra, owners in (("after", tuple(PLAYS)), ("where", ("conclusion",))):
        if extra in fields and key not in owners:
            raise InputError(f"{extra} stands with {listed(owners)} only, not with {key}")
    with at(key):
        match key:
            case "exists" | "unique":
                if fields[key] is not True:
                    raise InputError(f"it must be true, not {kind(fields[key])}; to drop it, leave the key out")
                return Exists() if key == "exists" else Unique()
            case "monotone":
                return _monotone(table(fields[key], "it", "a quantity and parameter"))
            case "conclusion":
                where = {}
                for name, quantity in table(fields.get("where", {}), "where", "quantities by name").items():
                    if name in symbols:
                        raise InputError(f"where: {quoted(name)} is a parameter; choose another name for the quantity")
                    with at(f"where.{symbol_name(name)}"):
                        where[sympy.Symbol(name)] = _quantity(table(quantity, "it", "one quantity"), QUANTITY_KEYS)
                known = {**symbols, **{symbol.name: symbol for symbol in where}}
                return Holds(parse_relation(fields[key], known, "it"), where)
    with at(key):
        play = _choices(fields[key]) if isinstance(fields[key], Mapping) else _path(fields[key], "it")
        if not play:
            raise InputError("it is empty; give a path, or choices by player")
    if isinstance(play, Mapping) and "after" in fields:
        raise InputError(f"after stands with a path only; {key} gives choices by player")
    return PLAYS[key](play, _path(fields.get("after", []), "after"))


def _monotone(fields: Mapping[str, Any]) -> Monotone:
    quantity = _quantity(fields, (*QUANTITIES, "after", "parameter", "rising"))
    return Monotone(quantity, line(needed(fields, "parameter", "it"), "parameter"), _flag(fields, "rising"))


def _quantity(fields: Mapping[str, Any], allowed: tuple[str, ...]) -> Quantity:
    only(fields, allowed, "it")
    given = [key for key in QUANTITIES if key in fields]
    if len(given) != 1:
        raise InputError(f"it {f'has {listed(given)}' if given else 'names nothing'}; give one of {listed(QUANTITIES)}")
    model = _text(fields, "model", "")
    after = _path(fields.get("after", []), "after")
    match given[0]:
        case "path":
            return Reach(_path(fields["path"], "path"), after, model)
        case "payoff":
            return Payoff(line(fields["payoff"], "payoff"), after, model)
    if "after" in fields:
        raise InputError("after stands with path or payoff only")
    return Chosen(_choices(table(fields["choices"], "choices", "choices by player")), model)


def _path(given: object, what: str) -> tuple[str, ...]:
    return tuple(line(step, f"a step of {what}") for step in sequence(given, what, "actions"))


def _choices(given: Mapping[str, Any]) -> dict[str, str]:
    return {line(who, "a player"): line(choice, f"the choice of {quoted(who)}") for who, choice in given.items()}
