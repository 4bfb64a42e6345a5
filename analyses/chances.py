"""What may happen in one equilibrium, in the model's words, and how probable each of it is."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import prod
from typing import TypeAlias

from games.exact import Number, readable
from games.forms.extensive import ExtensiveGame
from games.forms.game import Game, Path
from games.forms.reduced import behaviour
from games.forms.strategic import StrategicGame
from games.model import Model
from games.play.payoffs import reached
from games.solvers.equilibria import Equilibria, Equilibrium, plain

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
    if found.outcomes:
        return {outcome.path: outcome.probability for outcome in found.outcomes if outcome.probability}
    paths = of.played_paths(found)
    if isinstance(of, StrategicGame):
        each = [[found[player][label] for player, label in zip(of.players, path, strict=True)] for path in paths]
        return {path: prod(weights, start=Fraction(1)) for path, weights in zip(paths, each, strict=True)}
    return {paths[0]: 1} if len(paths) == 1 else None


def chances(model: Model, game: Game, equilibria: Equilibria, found: Equilibrium) -> Chances:
    """The outcomes of ``found``, one of the ``equilibria`` of ``game``, which is the model's at some values.

    Paths with the same words count as one outcome. Where no probability is told, the outcome is what is chosen.
    """
    weights = chances_of_paths(game.written_out, equilibria.game, found)
    if weights is None:
        return {str(found): 1}
    told = by_words(weights, model.outcome_words)
    return told if equilibria.exact else {words: float(weight) for words, weight in told.items()}


def by_words(weights: Mapping[Path, Number | float], words: Callable[[Path], str]) -> Chances:
    """The probabilities of paths by what the paths amount to in words."""
    told: dict[str, Number | float] = {}
    for path, weight in weights.items():
        said = words(path)
        told[said] = told.get(said, 0) + weight
    return told


def in_words(told: Chances) -> str:
    """The outcomes for a reader: “Peace”; or “Peace” with probability 1/3 or “war” with probability 2/3."""
    if len(told) == 1:
        return f"“{next(iter(told))}”"
    return " or ".join(f"“{words}” with probability {readable(weight)}" for words, weight in told.items())


def as_json(told: Chances) -> list[dict[str, object]]:
    """The outcomes as plain data: exact probabilities as text, numeric ones as numbers."""
    return [{"words": words, "probability": plain(weight)} for words, weight in told.items()]
