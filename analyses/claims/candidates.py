"""The ways in which an equilibrium may look, each a system of inequalities over parameters and probabilities.

A solution concept on a game in formulas comes down to a list of candidates: which strategies are played, or which
outcome is reached, fixes a formula that holds exactly where such an equilibrium exists. Together the candidates cover
every equilibrium; each module here lists those of some concepts and registers them with `lists_candidates`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from analyses.claims.claim import Claim
from analyses.claims.inequalities import Inequalities
from games.errors import InputError, listed
from games.forms.game import Game
from games.play.quantities import Payoff, Quantity


class TooLargeError(Exception):
    """The game has more candidates than can be gone through."""


@dataclass(frozen=True)
class Candidate:
    """Where ``holds``, there is an equilibrium at which the quantities have these ``values``.

    ``unknowns`` are the variables for probabilities and beliefs in them; parameters aside, there are no others.
    ``strategies`` are the probabilities, as terms, where the candidate fixes them all. ``label`` names it.
    """

    holds: Any
    values: Mapping[Quantity, Any]
    unknowns: tuple[Any, ...] = ()
    strategies: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    label: str = ""


@dataclass(frozen=True)
class Question:
    """What a module is asked: the game in formulas, the language of the answer, and what is known of the parameters.

    ``excluded`` tells, quickly, whether the formulas certainly cannot hold together under the premises; False means
    that they may. ``quantities`` are what the values of the candidates are needed of. Candidates with values that
    ``matters`` denies may be left out.
    """

    concept: str
    game: Game
    language: Inequalities
    quantities: Sequence[Quantity]
    excluded: Callable[..., bool]
    matters: Callable[[Mapping[Quantity, Any]], bool] = lambda values: True

    @property
    def asks_for_payoffs(self) -> bool:
        return any(isinstance(quantity, Payoff) for quantity in self.quantities)


Lister: TypeAlias = Callable[[Question], Iterator[Candidate]]

_LISTERS: dict[tuple[str, type], Lister] = {}


def lists_candidates(concepts: Sequence[str], form: type) -> Callable[[Lister], Lister]:
    """Registers a function for these solution concepts on games of this form."""

    def register(lister: Lister) -> Lister:
        _LISTERS.update({(concept, form): lister for concept in concepts})
        return lister

    return register


def lister_for(claim: Claim, game: Game) -> Lister:
    """The function that lists the candidates of the claim's concept; raises `InputError` if there is none."""
    for (concept, form), lister in _LISTERS.items():
        if concept == claim.concept and isinstance(game, form):
            return lister
    offered = sorted({concept for concept, form in _LISTERS if isinstance(game, form)})
    raise InputError(f"claims about {claim.concept} equilibria cannot be checked; for this game: {listed(offered)}")
