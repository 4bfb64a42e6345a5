"""What the commands print as JSON: a JSON Schema (draft 2020-12) for each command, in the file of its name.

``envelope.json`` is what the answers of all commands have in common.
"""

import json
from importlib.resources import files
from typing import Any

from games.errors import InputError, listed, quoted

ENVELOPE = "envelope.json"


def described() -> tuple[str, ...]:
    """The commands that have a schema, which is every command."""
    names = (file.name for file in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json") and name != ENVELOPE))


def schema(command: str) -> dict[str, Any]:
    """The schema of what ``parley COMMAND --format json`` prints.

    >>> schema("convert")["title"]
    'parley convert --format json'

    ``envelope`` is what all have in common. Raises `InputError` for a command that has none.
    """
    if command != ENVELOPE.removesuffix(".json") and command not in described():
        raise InputError(f"there is no schema of {quoted(command)}; there are those of {listed(described())}")
    found: dict[str, Any] = json.loads(files(__name__).joinpath(f"{command}.json").read_text("utf-8"))
    return found
