"""What a name on the command line stands for: a case, or a model of a case, of the catalog or in a file.

A case in a folder is data. One that is installed is code: a distribution offers it under the entry-point group
``parley.cases``, as a `Case`, and it is loaded only when its name is given.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from analyses.cli.options import GAME_FILES, KINDS, STANDARD_INPUT
from games.errors import InputError, listed, meant, quoted

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from analyses.arguments import Case
    from games.model import Model

BUILT_IN = "commentary"
GROUP = "parley.cases"


def find_case(given: str | None) -> "Case":
    """The case of that name among those installed, else in that folder; the commentary if none is named."""
    from importlib.metadata import entry_points

    if given is None or given == BUILT_IN:
        from analyses.commentary import CASE

        return CASE
    if not given.strip():
        raise InputError("--case is blank; give a folder, or the name of a case that is installed")
    installed = [entry for entry in entry_points(group=GROUP) if entry.name == given]
    if len(installed) > 1:
        owners = listed(_distribution(entry) for entry in installed)
        raise InputError(f"the case {quoted(given)} is installed twice, by {owners}; remove one")
    if installed:
        return replace(_loaded(installed[0]), place=given)
    if _exists(given):
        from analyses.case_folder import read_case

        return read_case(given)
    names = sorted({BUILT_IN, *(entry.name for entry in entry_points(group=GROUP))})
    raise InputError(
        f"there is no case {quoted(given)}: it is neither a folder nor installed (there are {listed(names)})"
        f"{meant(given, names)}"
    )


def _loaded(entry: "EntryPoint") -> "Case":
    """The case that a distribution offers; whatever goes wrong in its code is told in one line."""
    from analyses.arguments import Case

    where = f"the case {quoted(entry.name)}, installed by {_distribution(entry)},"
    try:
        found = entry.load()
    except Exception as error:
        raise InputError(f"{where} cannot be loaded: {type(error).__name__}: {error}") from error
    if not isinstance(found, Case):
        raise InputError(f"{where} is a {type(found).__name__}; {entry.value} must be a Case")
    return found


def _distribution(entry: "EntryPoint") -> str:
    return entry.dist.name if entry.dist is not None else entry.value


def find_model(name: str, case: str | None, kind: str | None = None) -> "Model":
    """The model that the case, if one is named, brings along; else the one in the catalog, or in that file.

    ``-`` is standard input, which holds a file of that ``kind``.
    """
    from games.catalog import catalog, load

    if name == STANDARD_INPUT:
        return _read_input(kind)
    if kind is not None:
        raise InputError(f"--as says what standard input holds, and GAME is {quoted(name)}; give - or leave --as out")

    own = {model.name: model for model in find_case(case).models} if case is not None else {}
    if name in own:
        return own[name]
    if name in catalog():
        return load(name)
    known = [*own, *catalog()]
    if not name.strip():
        raise InputError(f"GAME is blank; give a name from the catalog ({listed(known)}) or a file ({GAME_FILES})")
    if Path(name).suffix or os.sep in name or _exists(name):
        from games.formats.files import read_game

        return read_game(name)
    raise InputError(
        f"there is no game {quoted(name)}: it is neither a file nor in the catalog ({listed(known)})"
        f"{meant(name, known)}"
    )


def is_file(name: str, case: str | None) -> bool:
    """Whether the name of a model that was found stands for a file: `find_model` looks there last."""
    from games.catalog import catalog

    own = find_case(case).models if case is not None else ()
    return name != STANDARD_INPUT and name not in catalog() and name not in {model.name for model in own}


def find_models(names: Sequence[str], case: str | None, kind: str | None) -> "list[Model]":
    """Several models, of which one may be on standard input; else as `find_model`."""
    if names.count(STANDARD_INPUT) > 1:
        raise InputError("standard input holds one game; give - once, and the others as files")
    of_input = kind if STANDARD_INPUT in names else None
    if of_input != kind:
        raise InputError(f"--as says what standard input holds, and GAME is {listed(names)}; give - or leave --as out")
    return [find_model(name, case, of_input if name == STANDARD_INPUT else None) for name in names]


def _read_input(kind: str | None) -> "Model":
    from games.formats.files import read_stream

    if kind is None:
        raise InputError(f"GAME is -, which is standard input; say what it holds with --as ({listed(KINDS)})")
    if sys.stdin is None:
        raise InputError("GAME is -, which is standard input, and that is closed; give it a game, or name a file")
    return read_stream(sys.stdin.buffer, f".{kind}")


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False
