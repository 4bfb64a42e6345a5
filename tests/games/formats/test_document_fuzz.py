"""Whatever a document or a table holds, it is a game or it is refused in one line."""

import copy
import json
import string
import tomllib
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from games import InputError
from games.formats.documents import KEYS, PARAMETER_KEYS, from_json, from_toml
from games.formats.spreadsheet import read_bimatrix

TREE_KEYS = ("player", "actions", "information_set", "chance", "probability", "then", "profile")
WORDS = (*KEYS, *PARAMETER_KEYS, *TREE_KEYS, "A", "B", "a", "b", "a, b", "x", "x + 1", "1/2", "x >= 0", "x/y", "")
VALID: tuple[dict[str, Any], ...] = (
    {"parameters": {"x": {"default": 1, "low": 0, "high": 2}}, "assumptions": ["x >= 0"], "payoffs": [[["x", 1]]]},
    {"strategies": {"A": ["a", "b"], "B": ["a"]}, "payoffs": {"a, a": [1, 2], "b, a": {"A": 1, "B": 0}}},
    {"players": ["A"], "strategies": [["a", "b"]], "payoffs": [{"profile": [p], "payoffs": [1]} for p in "ab"]},
    {"players": ["A", "B"], "payoffs": {"A": [[1, 2], [3, 4]], "B": [[1, 2], [3, "4/3"]]}},
    {
        "players": ["A"],
        "tree": {
            "chance": {
                e: {"probability": "1/2", "then": {"player": "A", "actions": {"a": {"payoffs": [1]}}}} for e in "ab"
            }
        },
    },
)

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(WORDS)
    | st.text(max_size=8)
    | st.text("xAB0123456789.+-*/()eE, ", max_size=12)
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=4), inner),
    max_leaves=12,
)
documents = st.dictionaries(st.sampled_from(KEYS), values, max_size=6)
quick = settings(max_examples=250)


def read_or_refused(read: Callable[[], object]) -> None:
    message = "read"
    try:
        read()
    except InputError as error:
        message = str(error)
    assert len(message.splitlines()) == 1


@quick
@given(documents)
def test_any_document(document: dict[str, Any]) -> None:
    read_or_refused(lambda: from_json(json.dumps(document), "fuzz"))


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every table or list within ``value`` with each of its keys or positions."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [place for key in keys for place in ((value, key), *places(value[key]))]


@quick
@given(st.sampled_from(VALID), st.data())
def test_any_change_of_a_valid_document(valid: dict[str, Any], data: st.DataObject) -> None:
    document = copy.deepcopy(valid)
    for _ in range(data.draw(st.integers(0, 2))):
        if found := places(document):
            container, key = data.draw(st.sampled_from(found))
            change = data.draw(st.sampled_from(["replace", "remove", "rename"]))
            value = container.pop(key) if change != "replace" else None
            if change == "replace":
                container[key] = data.draw(values)
            elif change == "rename" and isinstance(container, dict):
                container[data.draw(st.sampled_from(WORDS))] = value
    read_or_refused(lambda: from_json(json.dumps(document), "fuzz"))


def test_the_documents_that_are_changed_are_valid() -> None:
    for document in VALID:
        from_json(json.dumps(document), "valid")


@quick
@given(st.text() | st.text('payoffs=[]{}"\n.,0123456789enai #-_', max_size=60))
def test_any_text(text: str) -> None:
    for read in (from_toml, from_json):
        read_or_refused(lambda read=read: read(text, "fuzz"))
    read_or_refused(lambda: read_bimatrix(text))


@quick
@given(st.text(string.digits + " ,;\t|()\"'/-.\n\\aeé−", max_size=60))
def test_any_table(text: str) -> None:
    read_or_refused(lambda: read_bimatrix(text))
    read_or_refused(lambda: read_bimatrix(f"A / B,L,R\n{text}\n"))


@quick
@given(st.text("xy0123456789.+-*/() ,minaxe_[]:'\"", max_size=30))
def test_any_formula(formula: str) -> None:
    document = {"parameters": {"x": 2, "y": 3}, "payoffs": [[[formula, 0]]]}
    read_or_refused(lambda: from_json(json.dumps(document), "fuzz"))


def test_toml_itself_never_recurses_without_bound() -> None:
    for opening in ("[", "{a=", "{a={b=", '[{"a"=['):
        text = "payoffs = " + opening * 5_000
        try:
            tomllib.loads(text)
        except (RecursionError, tomllib.TOMLDecodeError):
            read_or_refused(lambda text=text: from_toml(text, "fuzz"))
