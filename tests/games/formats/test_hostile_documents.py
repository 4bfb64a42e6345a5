"""A document that is wrong in any way is refused in one line that says what to mend, and nothing in it is executed."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from games import InputError
from games.formats.documents import from_json, from_toml
from games.model import Model

FORMULAS = {
    'x + __import__("os").system("touch pwned")': "not allowed",
    '__import__("os").system("touch pwned")': "not allowed",
    'exec("import os")': "not allowed",
    "().__class__": "not allowed",
    "x.__class__": "not allowed",
    "lambda: x": "not allowed",
    "(lambda: 1)()": "not allowed",
    "f'{x}'": "not allowed",
    "[x for x in (1, 2)]": "not allowed",
    "x if x else 1": "not allowed",
    "(y := 1)": "not allowed",
    "x[0]": "not allowed",
    "x < 1": "not allowed",
    "x == 1": "not allowed",
    "x @ x": "not allowed",
    "x // 1": "not allowed",
    "~x": "not allowed",
    "min(*x)": "not allowed",
    "max(x, key=x)": "not allowed",
    "min()": "not allowed",
    "import os": "not a formula",
    "x; x": "not a formula",
    "": "not a formula",
    "x\n= 1": "not a formula",
    "x\0": "not a formula",
    "Ⅷ": "not declared",
    "x**x": "exponent",
    "x**0.5": "exponent",
    "x**17": "exponent",
    "2**1" + "0" * 1_000_000: "characters",
    "(" * 900 + "x" + ")" * 900: "not a formula",
    "-" * 1_900 + "x": "too large",
    "x+" * 900 + "x": "too large",
    "9**16" + "**16" * 8: "exponent",
    "((9**16)**16)**16": "too large",
    "1e999999999": "finite number",
    "1e401": "exponent",
    "9" * 401: "characters",
    "0x10": "finite number",
    "1_000": "finite number",
    "1j": "finite number",
    "None": "finite number",
    "True": "finite number",
    "...": "finite number",
    "nan": "not declared",
    "inf": "not declared",
    "y": "declared are x",
    "eval": "not declared",
    "x/0": "divides by zero",
    "0**-1": "divides by zero",
    "1/(x - x)": "divides by zero",
}


def refused(read: Callable[[str, str], Model], text: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text, "hostile")
    message = str(caught.value)
    assert len(message.splitlines()) == 1, message
    assert reason in message, message


@pytest.fixture(autouse=True)
def _nothing_is_executed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    def executed(*_: object) -> None:
        raise AssertionError("a document was executed")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "system", executed)
    yield
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("formula", "reason"), FORMULAS.items(), ids=[formula[:40] for formula in FORMULAS])
def test_formulas(formula: str, reason: str) -> None:
    declared = {"parameters": {"x": 1}}
    refused(from_json, json.dumps({**declared, "payoffs": [[[formula, 0]]]}), reason)
    leaf = {"payoffs": [formula]}
    tree = {"player": "A", "actions": {"a": leaf}}
    refused(from_json, json.dumps({**declared, "players": ["A"], "tree": tree}), reason)
    chance = {"chance": {"e": {"probability": formula, "then": {"player": "A", "actions": {"a": {"payoffs": [0]}}}}}}
    refused(from_json, json.dumps({**declared, "players": ["A"], "tree": chance}), reason)


NAMES = ["lambda", "None", "a.b", "__class__", "_x", "1x", "x y", "x'", "é", "", "min", "x\n", "x" * 41, "x;import os"]


@pytest.mark.parametrize("name", NAMES)
def test_parameter_names(name: str) -> None:
    refused(from_json, json.dumps({"parameters": {name: 1}, "payoffs": [[[1, 0]]]}), "name")


TOML = {
    "x = ": "line 1",
    "payoffs = [[[1, 2]]]\nname": "line 2",
    "payoffs = [[[1, 2": "line 1, the end of the document",
    "name = 'a'\nname = 'b'": "line 2",
    "payoffs = [[[nan, 1]]]": "finite number",
    "payoffs = [[[inf, 1]]]": "finite number",
    "payoffs = [[[-inf, 1]]]": "finite number",
    "payoffs = [[[1e999999999, 1]]]": "finite number",
    "payoffs = [[[1e-401, 1]]]": "exponent",
    f"payoffs = [[[{'9' * 401}, 1]]]": "digits",
    f"payoffs = [[[{'9' * 100_000}, 1]]]": "digits",
    f"payoffs = [[[0x{'f' * 100_000}, 1]]]": "digits",
    f"payoffs = [[[0.{'1' * 1_000}, 1]]]": "characters",
    "payoffs = [[[true, 1]]]": "not true",
    "payoffs = [[[2024-01-01, 1]]]": "not a date",
    "payoffs = [[[2024-99-99, 1]]]": "not TOML",
    f"payoffs = {'[' * 100}{']' * 100}": "deep",
    f"payoffs = {'[' * 100}1{']' * 100}": "deep",
    f"payoffs = {'[' * 100_000}": "nested too deeply",
    f"payoffs = {'{ a = ' * 100}1{' }' * 100}": "one key",
    f"payoffs = [[[1, 2]]]\nstory = {'{ a = ' * 100}1{' }' * 100}": "must be text",
    f"[payoffs{'.a' * 100}]": "one key",
    f"[a{'.a' * 200}]": "unknown key",
    f"[a{'.a' * 400}]": "levels",
    f"[{'.'.join('a' * 500_000)}]": "levels",
    "'a' . " * 100_000 + "a = 1": "levels",
}


@pytest.mark.parametrize(("text", "reason"), TOML.items(), ids=[text[-60:] for text in TOML])
def test_toml(text: str, reason: str) -> None:
    refused(from_toml, text, reason)


JSON = {
    "": "line 1, column 1",
    "{": "line 1",
    '{"payoffs": [[[1, 2]]],\n}': "line 2",
    "[]": "one object",
    "3": "one object",
    "null": "one object",
    '"x"': "one object",
    '{"payoffs": [[[1, 2]]], "payoffs": 3}': "'payoffs' is given twice",
    '{"parameters": {"x": 1, "x": 2}}': "'x' is given twice",
    '{"payoffs": [[[NaN, 1]]]}': "finite number",
    '{"payoffs": [[[Infinity, 1]]]}': "finite number",
    '{"payoffs": [[[-Infinity, 1]]]}': "finite number",
    '{"payoffs": [[[1e999999999, 1]]]}': "finite number",
    f'{{"payoffs": [[[{"9" * 401}, 1]]]}}': "401 digits",
    f'{{"payoffs": [[[{"9" * 1_000_000}, 1]]]}}': "1000000 digits",
    '{"payoffs": [[[null, 1]]]}': "not null",
    '{"payoffs": null}': "not null",
    '{"payoffs": [[["\\ud800", 1]]]}': "not a formula",
    '{"name": "\\ud800", "payoffs": [[[1, 2]]]}': "control character",
    '{"players": ["\\u2028", "B"], "payoffs": [[[1, 2]]]}': "line break",
    f'{{"payoffs": {"[" * 100}{"]" * 100}}}': "deep",
    f'{{"payoffs": {"[" * 100}1{"]" * 100}}}': "deep",
    f'{{"payoffs": [[[1, 2]]], "story": {"[" * 100}1{"]" * 100}}}': "must be text",
    f'{{"a": {"[" * 400}1{"]" * 400}}}': "levels",
    f'{{"a": {"[" * 100_000}': "levels",
    '{"a":' * 100_000: "levels",
    "[" * 1_000_000: "levels",
}


@pytest.mark.parametrize(("text", "reason"), JSON.items(), ids=[text[:60] for text in JSON])
def test_json(text: str, reason: str) -> None:
    refused(from_json, text, reason)


def test_probabilities_too_long_to_be_added() -> None:
    leaf = {"player": "A", "actions": {"a": {"payoffs": [0]}}}
    events = {str(n): {"probability": f"1/{10**390 + n}", "then": leaf} for n in range(30)}
    refused(from_json, json.dumps({"players": ["A"], "tree": {"chance": events}}), "must sum to 1")


def test_more_profiles_than_a_game_may_have() -> None:
    strategies = {str(player): ["a", "b", "c"] for player in range(40)}
    first = ", ".join(["a"] * 40)
    refused(from_json, json.dumps({"strategies": strategies, "payoffs": {first: [0] * 40}}), "too large")
