"""The catalog: every module of a domain folder that defines a ``MODEL``, and every game in a file beside them.

The formulas of a model take a moment to read. What is said of it without them, its `Head`, is read off the text of its
file; the rest is read when the model is asked for.
"""

import re
import tomllib
from ast import literal_eval
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.abc import InspectLoader
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from games.errors import InputError, check_kind, listed, meant, quoted

if TYPE_CHECKING:
    from games.model import Model

DOMAINS = ("games.sanctions", "games.territory", "games.classics")
"""The folders that hold the models, one a file: a module, or a TOML file where nothing needs Python."""

_OPENING = re.compile(r'^MODEL = Model\(\n    name=(".+"),\n    title=(".+"),\n    question=(".+"),$', re.MULTILINE)


@dataclass(frozen=True)
class Head:
    """What is said of a model without its formulas; ``home`` is the module or the file that defines it.

    The ``family`` is the folder that it stands in: sanctions, territory or classics.
    """

    name: str
    title: str
    question: str
    family: str
    home: str | Path

    @property
    def model(self) -> "Model":
        """The model itself, the same one each time."""
        return _read(self.home)


class _Catalog(Mapping[str, "Model"]):
    """The models by name; each is read when it is looked up."""

    def __getitem__(self, name: str) -> "Model":
        return heads()[name].model

    def __contains__(self, name: object) -> bool:
        return name in heads()

    def __iter__(self) -> Iterator[str]:
        return iter(heads())

    def __len__(self) -> int:
        return len(heads())


_CATALOG = _Catalog()


@cache
def heads() -> Mapping[str, Head]:
    """What is said of every model, by its name, in the order of the domain folders and of their files.

    Raises `ValueError` where two have the same name.
    """
    found: dict[str, Head] = {}
    for domain in DOMAINS:
        for path in sorted(Path(*import_module(domain).__path__).iterdir()):
            head = _head(path, domain)
            if head is not None:
                if head.name in found:
                    raise ValueError(f"two files define the model {head.name!r}")
                found[head.name] = head
    return found


def catalog() -> Mapping[str, "Model"]:
    """Every model by its name, in the order of `heads`.

    A model is read when it is looked up, which for all together takes about a second.
    """
    return _CATALOG


def family(model: "Model") -> str:
    """The folder that the model stands in: sanctions, territory or classics.

    >>> family(load("standoff"))
    'territory'

    A model that is not of the catalog has none: the answer is empty.
    """
    head = heads().get(model.name)
    return head.family if head is not None and catalog()[model.name] is model else ""


def load(name: str) -> "Model":
    """The model of that name.

    >>> load("sanction-encounter").game.players
    ('Japan', 'Russia')

    Raises `InputError` when there is none, with the names that there are.
    """
    check_kind(name, str, "the name of a model", "text, such as 'sanction-encounter'")
    if name not in heads():
        near = meant(name, heads())
        known = f"{near} The catalog" if near else "; a file is read with games.read; the catalog"
        raise InputError(f"there is no model {quoted(name)}{known} has {listed(heads())}")
    return catalog()[name]


def _head(path: Path, domain: str) -> Head | None:
    """The head of the model that the file in the folder of ``domain`` holds, if it does."""
    family = domain.rpartition(".")[2]
    if path.suffix == ".toml":
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        return Head(said.get("name", path.stem), said["title"], said["question"], family, path)
    if path.suffix == ".py" and path.stem != "__init__":
        return _head_of_module(f"{domain}.{path.stem}", family)
    return None


def _head_of_module(module: str, family: str) -> Head | None:
    """The head of the model that the module defines, if it does; it is imported where the text does not tell."""
    text = _text(module)
    opening = _OPENING.search(text)
    if opening is not None:
        name, title, question = map(literal_eval, opening.groups())
        return Head(name, title, question, family, module)
    if text and "MODEL" not in text:
        return None
    model = getattr(import_module(module), "MODEL", None)
    return None if model is None else Head(model.name, model.title, model.question, family, module)


@cache
def _read(home: str | Path) -> "Model":
    if isinstance(home, Path):
        from games.formats.files import read_game

        return read_game(home)
    model: Model = import_module(home).MODEL
    return model


def _text(module: str) -> str:
    """The text of the module's file, empty where it is installed without."""
    spec = find_spec(module)
    loader = spec.loader if spec is not None else None
    return (loader.get_source(module) if isinstance(loader, InspectLoader) else None) or ""
