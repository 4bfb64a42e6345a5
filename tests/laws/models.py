"""Of which models a law is tested: of all those of the case, and of a few classics; of all others in the long tests."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

import pytest

from games.catalog import catalog, family
from games.model import Model

SAMPLE = ("crisis-bargaining", "cournot-duopoly", "reputation", "strike")
"""Classics of different forms: a tree, a game of continuous choice, private information, alternating offers."""


def sampled(models: Iterable[Model], of: Callable[[Model], Any] = lambda model: model) -> list[Any]:
    """The models as parameters of a test; classics beyond the sample are for the long tests."""
    return [
        pytest.param(of(model), id=model.name, marks=[pytest.mark.long] if _is_beyond(model) else [])
        for model in models
    ]


COSTLY = ("escalation-ladder", "freeze-and-thaw", "relief-in-steps", "wording-first")
"""Models of the case that take many times as long as the others to solve at many points."""


def lightly(parameters: Iterable[Any], costly: Collection[str] = COSTLY) -> list[Any]:
    """Sampled models for a law that is slow: the costly ones of the case, too, are for the long tests."""
    return [
        pytest.param(*one.values, id=one.id, marks=[pytest.mark.long] if one.marks or one.id in costly else [])
        for one in parameters
    ]


def _is_beyond(model: Model) -> bool:
    return family(model) == "classics" and model.name not in SAMPLE


every_model = pytest.mark.parametrize("model", sampled(catalog().values()))
NAMES = sampled(catalog().values(), lambda model: model.name)
every_name = pytest.mark.parametrize("name", NAMES)
