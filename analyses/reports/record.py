"""What a report has on record of its own making: enough to make it again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from games import __version__
from games.errors import InputError, quoted
from games.exact import exact, readable


@dataclass(frozen=True)
class Record:
    """The command that makes the report again, the values that were changed, and the date where one is given.

    Without a date nothing in a report tells the day, so that the same command gives the same bytes. Raises `InputError`
    for a date that is none.
    """

    command: str = ""
    changed: Mapping[str, object] = field(default_factory=dict)
    date: str | None = None

    def __post_init__(self) -> None:
        if self.date is not None:
            try:
                date.fromisoformat(self.date)
            except (TypeError, ValueError):
                raise InputError(f"the date {quoted(str(self.date))} is no date; write it as 2024-01-31") from None

    def as_json(self) -> dict[str, Any]:
        """The record as plain data."""
        return {
            "version": __version__,
            "command": self.command,
            "changed": {name: readable(exact(value, name)) for name, value in self.changed.items()},
            "date": self.date,
        }
