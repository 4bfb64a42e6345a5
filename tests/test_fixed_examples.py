"""Random examples are the same in every run: what a test sets of its own leaves that as it is."""

import re
from pathlib import Path

from hypothesis import settings

TESTS = Path(__file__).parent


def test_what_a_test_sets_besides_leaves_its_examples_fixed() -> None:
    own = settings(max_examples=60)
    assert (own.derandomize, own.deadline, own.database) == (True, None, None)


def test_no_test_undoes_what_all_share() -> None:
    undone = re.compile(r"\b(derandomize|database|load_profile)\b ?[=(]")
    found = [path.name for path in TESTS.rglob("*.py") if undone.search(path.read_text("utf-8"))]
    assert found == ["conftest.py"]
