"""Every answer in JSON is as its schema says, and the same in every run but for the seconds it took."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import games
from analyses.cli import main
from analyses.cli.commands import COMMANDS
from analyses.outcomes import followed
from analyses.schemas import described, schema
from games import InputError, solve
from games.catalog import catalog, family, load
from games.model import Model
from laws.models import represented

FAST = ("sanction-encounter", "sanction-threat", "freeze-and-thaw", "ratification", "cournot-duopoly", "standoff")
"""A model of each kind; the others are for the long tests."""

SLOW = ("costly-patience", "opposition-signal")
"""Models whose points take seconds to settle."""

AT_A_POINT = ("convert", "what-if", "verify-profile", "reduce", "sensitivity", "compare", "explain", "show", "ordinal")
"""The commands whose answers are about one value of each parameter."""


REPRESENTED = {model.name: model for model in represented(catalog().values())}
NAMES = list(REPRESENTED)


def each(names: Sequence[str]) -> Any:
    marked = [pytest.param(name, marks=() if name in FAST else pytest.mark.long) for name in names]
    return pytest.mark.parametrize("name", marked)


def answered(capsys: pytest.CaptureFixture[str], command: str, *arguments: str) -> Any:
    """What the command prints, once it is checked against its schema."""
    assert main([command, *arguments, "--format", "json"]) in (0, 1)
    shown = capsys.readouterr()
    assert shown.err == ""
    answer = json.loads(shown.out)
    Draft202012Validator(schema(command)).validate(answer)
    assert (answer["parley"], answer["command"]) == (games.__version__, command)
    assert list(answer)[-1] == "seconds"
    if command in AT_A_POINT:
        assert answer["model"] == arguments[0]
        assert answer["values"].keys() == load(arguments[0]).by_name.keys()
    return answer


def movable(model: Model) -> str:
    """A value of some parameter that the assumptions allow and that is not its default."""
    for parameter in model.parameters:
        for value in (parameter.low, parameter.high):
            if value != parameter.default and model.broken(model.point(**{parameter.name: value})) is None:
                return f"{parameter.name}={value}"
    raise AssertionError(model.name)


def test_every_command_has_a_schema_with_the_envelope() -> None:
    names = {command.__name__.rpartition(".")[2].replace("_", "-") for command in COMMANDS}
    assert set(described()) == names
    envelope = schema("envelope")
    for name in names:
        own = schema(name)
        Draft202012Validator.check_schema(own)
        assert own["title"] == f"parley {name} --format json"
        assert own["properties"]["command"] == {"const": name}
        assert set(envelope["required"]) <= set(own["required"])
        for key in set(envelope["properties"]) - {"command"}:
            assert own["properties"][key] == envelope["properties"][key]
        assert False in (own.get("additionalProperties"), own.get("unevaluatedProperties"))
    with pytest.raises(InputError, match="no schema of 'nothing'"):
        schema("nothing")


@each(NAMES)
def test_solve(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    answered(capsys, "solve", name)


@each(NAMES)
def test_what_if(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = answered(capsys, "what-if", name, "--set", movable(load(name)))
    assert answer["findings"]


@each([name for name, model in REPRESENTED.items() if model.game.form in ("strategic", "extensive")])
def test_verify_profile(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = solve(load(name).at())[0]
    mixed = {place: {own: str(w) for own, w in mix.items()} for place, mix in found.strategies.items()}
    place = tmp_path / "profile.json"
    place.write_text(json.dumps({"strategies": mixed}), "utf-8")
    assert answered(capsys, "verify-profile", name, str(place))["holds"]
    first = {who: dict.fromkeys(own, "0") | {own[-1]: "1"} for who, own in load(name).game.places.items()}
    place.write_text(json.dumps({"strategies": first}), "utf-8")
    answer = answered(capsys, "verify-profile", name, str(place))
    assert answer["holds"] == (not answer["deviations"])


@each([name for name, model in REPRESENTED.items() if model.game.form == "strategic" or name == "sanction-threat"])
def test_reduce(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    answered(capsys, "reduce", name, "--by", "weak")


@each([name for name, model in REPRESENTED.items() if followed(model)])
def test_sensitivity(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    answered(capsys, "sensitivity", name)


@each([name for name, model in REPRESENTED.items() if model.game.form not in ("graph", "repeated")])
def test_convert(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answered(capsys, "convert", name, str(tmp_path / "game.toml"))


@each(NAMES)
def test_show_and_explain(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = answered(capsys, "show", name)
    assert [parameter["name"] for parameter in answer["parameters"]] == list(answer["values"])
    answer = answered(capsys, "explain", name)
    assert all(each["steps"] for each in answer["explanations"])


def test_compare(capsys: pytest.CaptureFixture[str]) -> None:
    answer = answered(capsys, "compare", "preventive-war")
    found = {prediction["concept"]: prediction for prediction in answer["predictions"]}
    assert found["subgame-perfect"]["payoffs"] == {"A": ["1/4", "1/4"], "B": ["13/20", "13/20"]}
    assert found["subgame-perfect"]["outcomes"] == ["War now, before power shifts"]
    assert any("refused" in prediction for prediction in found.values())


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert [each["name"] for each in answered(capsys, "list")["models"]] == list(catalog())


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("along", ("sanction-encounter", "E", "--set", "beta=1")),
        ("map", ("korea-rapprochement",)),
        ("sweep", ("korea-rapprochement", "--samples", "64")),
        ("importance", ("korea-rapprochement", "--samples", "64")),
        ("policies", ("korea-rapprochement", "Japan", "--samples", "64")),
        ("when", ("preventive-war", "Peace now and later")),
        ("when", ("preventive-war",)),
        ("solve", ("inspection", "--free", "all")),
        ("solve", ("inspection", "--derivatives")),
        ("decompose", ("korea-rapprochement", "--samples", "64")),
        ("check", ("core-full", "A2-bare")),
        ("ordinal", ("bully",)),
        ("ordinal", ("hawk-dove",)),
    ],
)
def test_other_commands(command: str, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    answered(capsys, command, *arguments)


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name, model in REPRESENTED.items() if family(model) != "classics"])
def test_along_and_sweep_of_every_model_of_the_case(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    model = load(name)
    if model.game.form in ("strategic", "extensive"):
        answered(capsys, "along", name, model.parameters[0].name, "--time-limit", "3")
    if name not in SLOW:
        answered(capsys, "sweep", name, "--samples", "16", "--time-limit", "30")


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("what-if", ("sanction-threat", "--set", "b=1/2")),
        ("reduce", ("sanction-encounter",)),
        ("sensitivity", ("conflict-expectations",)),
    ],
)
def test_two_runs_give_the_same_but_for_the_seconds(
    command: str, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = (json.dumps(answered(capsys, command, *arguments) | {"seconds": 0}) for _ in range(2))
    assert first == second
