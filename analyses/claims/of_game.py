"""The claims about a game of one's own: those in its file, and those about it in files beside it.

A file beside it is a TOML file in its folder that has claims and names the game's file; of its claims those count that
are about the game. The others of the folder are not read any further.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from analyses.claims.documents import PARSERS, Written, written_claims
from games.errors import InputError, quoted
from games.formats.documents import CLAIMS
from games.formats.files import naming, read_game, read_text
from games.model import Model

MOST_FILES = 200
"""The most TOML files of a folder that are searched for claims, in the order of their names."""


def holds_game(path: Path) -> bool:
    """Whether a file has a game, perhaps with claims about it, rather than claims alone."""
    with naming(path):
        parse = PARSERS.get(path.suffix.lower())
        return parse is None or parse(read_text(path)).keys() != {CLAIMS}


def claims_in(path: Path | str) -> Mapping[str, Any]:
    """The table of claims in a game's file as it stands there, empty where there is none."""
    path = Path(path)
    with naming(path):
        parse = PARSERS.get(path.suffix.lower())
        return parse(read_text(path)).get(CLAIMS, {}) if parse else {}


def claims_of_game(path: Path | str, own: Iterable[Model] = ()) -> Written:
    """The claims in the file of a game, then those about it in the files beside it, by the files' names.

    ``own`` as in `read_claims`. Raises `InputError` for a file that is not as it must be, and for a name given twice.
    """
    path = Path(path)
    models = tuple(own)
    name = read_game(path).name
    parts = [written_claims(path, models)] if claims_in(path) else []
    for beside in _beside(path):
        found = written_claims(beside, models)
        about = tuple(claim for claim in found.claims if name in {model.name for model in claim.models})
        parts.append(Written(about, found.places))
        with naming(beside):
            _check_distinct(parts)
    places = {model: place for part in parts for model, place in part.places.items()}
    return Written(tuple(claim for part in parts for claim in part.claims), places)


def _beside(path: Path) -> Iterator[Path]:
    """The TOML files in the same folder that have claims and name the game's file."""
    others = (each for each in path.parent.glob("*.toml") if each.name != path.name)
    for other in sorted(islice(others, MOST_FILES)):
        try:
            text = read_text(other)
        except InputError:
            continue
        if f"[{CLAIMS}" in text and path.name in text:
            yield other


def _check_distinct(parts: Iterable[Written]) -> None:
    seen: set[str] = set()
    for claim in (claim for part in parts for claim in part.claims):
        if claim.name in seen:
            raise InputError(f"the claim {quoted(claim.name)} stands in another file about the game, too; rename it")
        seen.add(claim.name)
