"""The catalog: every module of a domain folder that defines a ``MODEL``.

The formulas of a model take a moment to import. What is said of it without them, its `Head`, is read off the text of
its file; the file is imported when the model is asked for.
"""

import re
from ast import literal_eval
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.abc import InspectLoader
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from games.errors import InputError, check_kind, listed, meant, quoted

if TYPE_CHECKING:
    from games.model import Model

DOMAINS = ("games.sanctions", "games.territory", "games.classics")
"""The folders that hold the models, one a file."""

_OPENING = re.compile(r'^MODEL = Model\(\n    name=(".+"),\n    title=(".+"),\n    question=(".+"),$', re.MULTILINE)


@dataclass(frozen=True)
class Head:
    """What is said of a model without its formulas; ``module`` is the one that defines it."""

    name: str
    title: str
    question: str
    module: str

    @property
    def family(self) -> str:
        """The folder that the model stands in: sanctions, territory or classics."""
        return self.module.split(".")[1]


class _Catalog(Mapping[str, "Model"]):
    """The models by name; each is imported when it is looked up."""

    def __getitem__(self, name: str) -> "Model":
        model: Model = import_module(heads()[name].module).MODEL
        return model

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
        for module in iter_modules(import_module(domain).__path__, f"{domain}."):
            head = _head(module.name)
            if head is not None:
                if head.name in found:
                    raise ValueError(f"two modules define the model {head.name!r}")
                found[head.name] = head
    return found


def catalog() -> Mapping[str, "Model"]:
    """Every model by its name, in the order of `heads`.

    A model is imported when it is looked up, which for all together takes about a second.
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


def _head(module: str) -> Head | None:
    """The head of the model that the module defines, if it does; it is imported where the text does not tell."""
    text = _text(module)
    opening = _OPENING.search(text)
    if opening is not None:
        name, title, question = map(literal_eval, opening.groups())
        return Head(name, title, question, module)
    if text and "MODEL" not in text:
        return None
    model = getattr(import_module(module), "MODEL", None)
    return None if model is None else Head(model.name, model.title, model.question, module)


def _text(module: str) -> str:
    """The text of the module's file, empty where it is installed without."""
    spec = find_spec(module)
    loader = spec.loader if spec is not None else None
    return (loader.get_source(module) if isinstance(loader, InspectLoader) else None) or ""
