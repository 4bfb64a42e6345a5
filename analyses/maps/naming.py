"""Short names for the equilibria of a solution, and the quantities that are followed in each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import sympy

from analyses.maps.curves import Curve
from analyses.solution import Region, Solution

Kind: TypeAlias = Literal["probability", "outcome", "choice", "payoff"]


@dataclass(frozen=True)
class Followed:
    """One quantity of one equilibrium: of ``kind``, at a place or of a player ``whose`` it is, and ``what`` it is of.

    A probability is that of a choice (``what``) at a place (``whose``), an outcome's that of the outcome in words; a
    choice is the number that a player chooses.
    """

    kind: Kind
    whose: str
    what: str
    curve: Curve

    @property
    def label(self) -> str:
        """The quantity in words."""
        match self.kind:
            case "probability":
                return f"probability of {self.what} at {self.whose}"
            case "outcome":
                return f"probability of “{self.what}”"
            case "choice":
                return f"choice of {self.whose}"
        return f"payoff of {self.whose}"


def names_of_regions(of: Solution) -> tuple[str, ...]:
    """A name for each region that tells it from the others: an outcome in words, else what is played where they differ.

    Where one is told by its outcome alone, that is its name.
    """
    words = [_outcome(of, region) for region in of.regions]
    supports = [_supports(region) for region in of.regions]
    places = dict.fromkeys(place for own in supports for place in own)
    differing = [place for place in places if len({own.get(place) for own in supports}) > 1]
    found = []
    for word, own, region in zip(words, supports, of.regions, strict=True):
        told = [_said(place, own[place]) for place in differing if place in own]
        if word is not None and words.count(word) == 1:
            found.append(word)
        else:
            found.append(region.played if of.of_plays else "; ".join(told))
    return tuple(name or region.played for name, region in zip(found, of.regions, strict=True))


def _outcome(of: Solution, region: Region) -> str | None:
    """The outcome in words, if the region has just one and the model has words for it."""
    reached = {of.model.outcome_words(path) for path in region.outcomes}
    if reached == {", ".join(path) for path in region.outcomes}:
        return None
    return reached.pop() if len(reached) == 1 else None


def _supports(region: Region) -> dict[str, tuple[str, ...]]:
    return {
        place: tuple(choice for choice, weight in own.items() if weight != 0)
        for place, own in region.strategies.items()
    }


def _said(place: str, support: tuple[str, ...]) -> str:
    return f"{place}: {support[0]}" if len(support) == 1 else f"{place} mixes {', '.join(support)}"


def followed_in(of: Solution, region: Region) -> tuple[Followed, ...]:
    """All quantities of a region."""
    return tuple(_followed(of, region))


def _followed(of: Solution, region: Region) -> Iterator[Followed]:
    for place, own in region.strategies.items():
        for choice, weight in own.items():
            yield Followed("probability", place, choice, Curve(weight, region.open))
    outcomes: dict[str, sympy.Expr] = {}
    for path, weight in region.outcomes.items():
        word = of.model.outcome_words(path)
        outcomes[word] = sympy.cancel(outcomes[word] + weight) if word in outcomes else weight
    for word, weight in outcomes.items():
        yield Followed("outcome", "", word, Curve(weight, region.open))
    for player, number in region.numbers.items():
        yield Followed("choice", player, "", Curve(number, region.open))
    for player, paid in region.payoffs.items():
        yield Followed("payoff", player, "", Curve(paid, region.open))
