"""Where a number or an order comes from: every parameter and every argument carries one of these."""

from dataclasses import dataclass
from typing import TypeAlias

from games.errors import InputError

LONGEST_QUOTATION = 12
"""The most words a quotation may have; everything else is said in our own words."""


@dataclass(frozen=True)
class Quoted:
    """Said by a text: which work, in which paragraph (counted from 1), and a short phrase of its own words."""

    work: str
    paragraph: int
    phrase: str

    def __post_init__(self) -> None:
        if len(self.phrase.split()) > LONGEST_QUOTATION:
            raise InputError(f"the quotation {self.phrase!r} has more than {LONGEST_QUOTATION} words; shorten it")

    def __str__(self) -> str:
        return f"{self.work}, paragraph {self.paragraph}: “{self.phrase}”"


@dataclass(frozen=True)
class Derived:
    """Follows from other quantities: the formula, and why it holds."""

    formula: str
    reason: str

    def __str__(self) -> str:
        return f"derived, {self.formula}: {self.reason}"


@dataclass(frozen=True)
class Assumed:
    """Chosen by the modeller, for this reason; no text or data fixes it."""

    reason: str

    def __str__(self) -> str:
        return f"assumed: {self.reason}"


@dataclass(frozen=True)
class Cited:
    """Said by a text, which a user's file names in words of its own."""

    work: str

    def __str__(self) -> str:
        return self.work


Source: TypeAlias = Quoted | Derived | Assumed | Cited

COMMENTARY = "Commentary"
"""The one source text, a commentary on Japan's sanctions and the Kuril Islands; its paragraphs are numbered from 1, and
the first repeats the rest in brief."""
