"""What has to be refuted, as the maker reads it: facts over polynomials, each with the number that a proof calls it by.

A fact is a `Literal`, the sign of a polynomial, or `Alternatives`, of which at least one has to hold whole.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal as Exactly
from typing import TypeAlias

from games.terms import Poly

Number: TypeAlias = int | str
"""What a proof calls a fact: its place in the obligation, or the name of a cut and its place in it."""

Sense: TypeAlias = Exactly[">=", ">", "=="]


@dataclass(frozen=True)
class Literal:
    """``of`` is >= 0, > 0 or == 0."""

    number: Number
    of: Poly
    op: Sense


@dataclass(frozen=True)
class Alternatives:
    """All facts of at least one of the branches hold."""

    number: Number
    branches: "tuple[tuple[Fact, ...], ...]"


Fact: TypeAlias = Literal | Alternatives


def names_in(facts: Iterable[Fact]) -> set[str]:
    """The variables of the facts."""
    return {name for fact in within(facts) if isinstance(fact, Literal) for name in fact.of.names}


def within(facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts, and those in their branches, at any depth."""
    waiting = list(reversed(list(facts)))
    while waiting:
        fact = waiting.pop()
        yield fact
        if isinstance(fact, Alternatives):
            waiting += [inner for branch in reversed(fact.branches) for inner in reversed(branch)]
