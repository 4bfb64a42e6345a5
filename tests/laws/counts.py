"""How many random cases the long tests go through: a fixed third, and all of them where ``make bench`` asks for it."""

import os
from math import ceil
from typing import Any

import pytest

ALL = os.environ.get("JUDGED_DRAWS") == "all"


def third(full: int) -> int:
    """A third of the full count; with ``JUDGED_DRAWS=all`` in the environment the full count."""
    return full if ALL else ceil(full / 3)


def long(full: int, *others: Any) -> Any:
    """So many cases, or a third, and whatever else a test is told, as a parameter of the long tests."""
    return pytest.param(third(full), *others, marks=pytest.mark.long)
