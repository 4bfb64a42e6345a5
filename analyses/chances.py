"""What may happen in one equilibrium, in the model's words, and how probable each of it is."""

from collections.abc import Mapping
from typing import TypeAlias

from games.exact import Number, readable
from games.forms.game import Game
from games.model import Model
from games.play.quantities import every_outcome, quantity_at
from games.solvers.equilibria import Equilibria, Equilibrium, plain

Chances: TypeAlias = Mapping[str, Number | float]
"""The probability of each outcome, by its words; those that cannot happen are left out."""


def chances(model: Model, game: Game, equilibria: Equilibria, found: Equilibrium) -> Chances:
    """The outcomes of ``found``, one of the ``equilibria`` of ``game``, which is the model's at some values.

    Paths with the same words count as one outcome. Where a form has no paths that its places lead to, the outcome is
    what is chosen.
    """
    played = game.written_out
    weights = {outcome.path: outcome.probability for outcome in found.outcomes}
    if not weights:
        weights = {
            path: quantity_at(played, equilibria.game, found, quantity)
            for path, quantity in every_outcome(played).items()
        }
    if not weights:
        return {str(found): 1}
    told: dict[str, Number | float] = {}
    for path, weight in weights.items():
        if weight:
            words = model.outcome_words(path)
            told[words] = told.get(words, 0) + (weight if equilibria.exact else float(weight))
    return told


def in_words(told: Chances) -> str:
    """The outcomes for a reader: “Peace”; or “Peace” with probability 1/3 or “war” with probability 2/3."""
    if len(told) == 1:
        return f"“{next(iter(told))}”"
    return " or ".join(f"“{words}” with probability {readable(weight)}" for words, weight in told.items())


def as_json(told: Chances) -> list[dict[str, object]]:
    """The outcomes as plain data: exact probabilities as text, numeric ones as numbers."""
    return [{"words": words, "probability": plain(weight)} for words, weight in told.items()]
