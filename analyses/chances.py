"""What may happen in one equilibrium, in the model's words, and how probable each of it is."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from games.exact import Number
from games.forms.extensive import ExtensiveGame
from games.forms.game import Game, Path
from games.forms.reduced import behaviour
from games.model import Model
from games.play.chances import path_chances
from games.play.payoffs import reached
from games.solvers.equilibria import Equilibria, Equilibrium, by_words, plain

Chances: TypeAlias = Mapping[str, Number | float]
"""The probability of each outcome, by its words; those that cannot happen are left out."""


def chances_of_paths(game: Game, of: Game, found: Equilibrium) -> Mapping[Path, Number | float] | None:
    """How probable each path of ``game`` is that an equilibrium, stated for ``of``, reaches; None if that is not told.

    Probabilities are floats where those of the equilibrium are.
    """
    if isinstance(game, ExtensiveGame) and type(of) is not type(game):
        plans = (behaviour(game, player, found[player]) for player in game.players)
        played = {place: mix for own in plans for place, mix in own.items()}
        return {outcome.path: outcome.probability for outcome in reached(game, played)}
    return path_chances(of, found)


def chances(model: Model, game: Game, equilibria: Equilibria, found: Equilibrium) -> Chances:
    """The outcomes of ``found``, one of the ``equilibria`` of ``game``, which is the model's at some values.

    Paths with the same words count as one outcome. Where no probability is told, the outcome is what is chosen.
    """
    weights = chances_of_paths(game.written_out, equilibria.game, found)
    if weights is None:
        return {str(found): 1}
    told = by_words(weights, model.outcome_words)
    return told if equilibria.exact else {words: float(weight) for words, weight in told.items()}


def teller(model: Model, game: Game, equilibria: Equilibria) -> Callable[[Equilibrium], Chances]:
    """What tells the outcomes of each of the ``equilibria`` of ``game`` in the words of the model."""
    return lambda found: chances(model, game, equilibria, found)


def as_json(told: Chances) -> list[dict[str, object]]:
    """The outcomes as plain data: exact probabilities as text, numeric ones as numbers."""
    return [{"words": words, "probability": plain(weight)} for words, weight in told.items()]
