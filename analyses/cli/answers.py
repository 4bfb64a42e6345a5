"""What every answer in JSON has, whatever the command: the version, the command, the model, and the values used.

How long it took stands last and apart, under ``seconds``: all before is the same in every run.
"""

from collections.abc import Mapping
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

    from games.model import Model

ENVELOPE = ("parley", "command", "model", "values", "files", "seconds")
"""The keys that every answer has; ``seconds`` stands last."""

TOLD_BEFORE = ("game", "model", "fixed", "point")
"""What findings say of themselves and the envelope has said already."""


def print_answer(
    given: "argparse.Namespace",
    found: Mapping[str, Any],
    model: "Model | None" = None,
    values: Mapping[str, object] | None = None,
    seconds: Mapping[str, object] | None = None,
) -> None:
    """Prints `answer` as JSON."""
    from analyses.cli.terminal import print_json

    print_json(answer(given, found, model, values, seconds))


def answer(
    given: "argparse.Namespace",
    found: Mapping[str, Any],
    model: "Model | None" = None,
    values: Mapping[str, object] | None = None,
    seconds: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    """What was ``found`` in its envelope.

    ``values`` are those that were given, and all parameters of the model stand in the answer; None where some
    parameters move: then ``found`` says under ``fixed`` which value each of the others has. ``seconds`` are those of
    parts of the work, by the name of the part.
    """
    import games

    used = found.get("fixed", {}) if values is None else _texts(model, values)
    return {
        "parley": games.__version__,
        "command": given.command,
        "model": None if model is None else model.name,
        "values": used,
        "files": list(map(str, given.files)),
        **{key: value for key, value in found.items() if key not in (*TOLD_BEFORE, "seconds")},
        "seconds": {"total": round(monotonic() - given.started, 3), **(seconds or {})},
    }


def _texts(model: "Model | None", values: Mapping[str, object]) -> dict[str, str]:
    from games.exact import exact

    if model is None:
        return {name: str(exact(value, name)) for name, value in values.items()}
    return {symbol.name: str(value) for symbol, value in model.point(**values).items()}
