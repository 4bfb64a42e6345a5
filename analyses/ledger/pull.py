"""One tension in the ledger, with what is known of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from analyses.arguments import Tension
from analyses.ledger import words
from analyses.ledger.standing import Standing


@dataclass(frozen=True)
class Pull:
    """A tension with what is known of it; ``moved``: payoffs that are not at their defaults where both sides hold.

    >>> from analyses.commentary import CASE
    >>> from analyses.ledger import Pull, Standing
    >>> Pull(CASE.tensions[0], Standing.EXCLUDE).standing.value
    'exclude each other'
    """

    tension: Tension
    standing: Standing
    moved: Mapping[str, Fraction] = field(default_factory=dict)

    @property
    def found(self) -> str:
        """What is proved, in a sentence; empty for an omission."""
        return words.pull(self.tension.shown_by, self.standing, self.moved)

    @property
    def sentence(self) -> str:
        """What pulls apart, and what is proved of it."""
        return f"{self.tension.explanation} {self.found}".rstrip()

    def as_json(self) -> dict[str, Any]:
        """The tension as plain data; exact numbers are text."""
        return {
            "id": self.tension.id,
            "title": self.tension.title,
            "between": list(self.tension.between),
            "explanation": self.tension.explanation,
            "shown_by": list(self.tension.shown_by),
            "state": self.standing.value,
            "found": self.found,
            "at": {name: str(value) for name, value in self.moved.items()},
        }
