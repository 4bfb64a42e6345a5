"""The catalog: every module of a domain folder that defines a ``MODEL``."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from games.errors import InputError, check_kind, listed, meant, quoted
from games.model import Model

DOMAINS = ("games.sanctions", "games.territory", "games.classics")
"""The folders that hold the models, one a file."""


@cache
def _found() -> Mapping[str, tuple[Model, str]]:
    """Every model by its name, with its family."""
    found: dict[str, tuple[Model, str]] = {}
    for domain in DOMAINS:
        for module in iter_modules(import_module(domain).__path__, f"{domain}."):
            model = getattr(import_module(module.name), "MODEL", None)
            if isinstance(model, Model):
                if model.name in found:
                    raise ValueError(f"two modules define the model {model.name!r}")
                found[model.name] = model, domain.rpartition(".")[2]
    return found


@cache
def catalog() -> Mapping[str, Model]:
    """Every model by its name, in the order of the domain folders and of their files.

    All are imported the first time, which takes about a second. Raises `ValueError` where two have the same name.
    """
    return {name: model for name, (model, _) in _found().items()}


def family(model: Model) -> str:
    """The folder that the model stands in: sanctions, territory or classics.

    >>> family(load("standoff"))
    'territory'

    A model that is not of the catalog has none: the answer is empty.
    """
    known, folder = _found().get(model.name, (None, ""))
    return folder if known is model else ""


def load(name: str) -> Model:
    """The model of that name.

    >>> load("sanction-encounter").game.players
    ('Japan', 'Russia')

    Raises `InputError` when there is none, with the names that there are.
    """
    check_kind(name, str, "the name of a model", "text, such as 'sanction-encounter'")
    if name not in catalog():
        near = meant(name, catalog())
        known = f"{near} The catalog" if near else "; a file is read with games.read; the catalog"
        raise InputError(f"there is no model {quoted(name)}{known} has {listed(catalog())}")
    return catalog()[name]
