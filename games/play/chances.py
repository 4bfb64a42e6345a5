"""How probable each path of a game is under what an equilibrium says of play."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from games.forms.game import Game, Path, Played
from games.forms.strategic import StrategicGame

MOST_PATHS = 10_000
"""The most paths whose probabilities are worked out."""


def path_chances(game: Game, found: Played) -> Mapping[Path, Any] | None:
    """The probability of each path that is played, for an equilibrium of ``game``; None where it is not told.

    In a strategic form everybody mixes independently, unless the equilibrium is a distribution over the profiles.
    """
    if found.outcomes:
        return {outcome.path: outcome.probability for outcome in found.outcomes if outcome.probability}
    if isinstance(game, StrategicGame):
        mixes = [{s: w for s, w in found.strategies[player].items() if w} for player in game.players]
        if prod(map(len, mixes)) > MOST_PATHS:
            return None
        return {
            path: prod((mix[label] for mix, label in zip(mixes, path, strict=True)), start=Fraction(1))
            for path in product(*mixes)
        }
    paths = game.played_paths(found)
    return {paths[0]: 1} if len(paths) == 1 else None
