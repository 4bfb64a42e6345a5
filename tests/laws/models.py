"""Of which models a law is tested: of all those of the case, and of a few classics; of others in the long tests.

Games in files bring no forms of their own, so a few of them stand for all; what each has to say is tested with the
published results.
"""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

import pytest

from games.catalog import catalog, family, heads
from games.model import Model

SAMPLE = ("crisis-bargaining", "cournot-duopoly", "reputation", "strike")
"""Classics of different forms: a tree, a game of continuous choice, private information, alternating offers."""


OF_FILES = ("beer-quiche", "big-match", "chicken", "elmira", "hold-up", "repeated-dilemma", "volunteers-dilemma")
"""Games in files that stand for all: signals, states, a table, a graph model, a tree, repetition, three players."""


def represented(models: Iterable[Model]) -> list[Model]:
    """The models without the games in files that others stand for."""
    return [model for model in models if model.name in OF_FILES or not _is_in_file(model)]


def sampled(models: Iterable[Model], of: Callable[[Model], Any] = lambda model: model) -> list[Any]:
    """The models as parameters of a test; classics beyond the sample are for the long tests."""
    return [
        pytest.param(of(model), id=model.name, marks=[pytest.mark.long] if _is_beyond(model) else [])
        for model in represented(models)
    ]


COSTLY = ("escalation-ladder", "freeze-and-thaw", "relief-in-steps", "wording-first")
"""Models of the case that take many times as long as the others to solve at many points."""


def lightly(parameters: Iterable[Any], costly: Collection[str] = COSTLY) -> list[Any]:
    """Sampled models for a law that is slow: the costly ones of the case, too, are for the long tests."""
    return [
        pytest.param(*one.values, id=one.id, marks=[pytest.mark.long] if one.marks or one.id in costly else [])
        for one in parameters
    ]


def _is_in_file(model: Model) -> bool:
    head = heads().get(model.name)
    return head is not None and isinstance(head.home, Path)


def _is_beyond(model: Model) -> bool:
    return family(model) == "classics" and model.name not in SAMPLE


every_model = pytest.mark.parametrize("model", sampled(catalog().values()))
NAMES = sampled(catalog().values(), lambda model: model.name)
every_name = pytest.mark.parametrize("name", NAMES)
