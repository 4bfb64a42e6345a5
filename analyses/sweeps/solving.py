"""What is played at one exact point, by the ordinary solvers: rows of outcomes in words and of amounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import TypeAlias

from analyses.outcomes import reached
from games.exact import Number
from games.forms.continuous import ContinuousGame
from games.forms.extensive import ExtensiveGame
from games.forms.game import Game, Path
from games.forms.strategic import StrategicGame
from games.model import Model, Point
from games.play.quantities import Chosen, Reach, quantity_at
from games.solvers.concept import Concept, solve
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.limits import STOPPED
from games.solvers.refinements.subgame_perfect import MOST_EQUILIBRIA

Odds: TypeAlias = Mapping[Path, Number | float]
"""The probability of each path that play may take."""


@dataclass(frozen=True)
class Way:
    """One equilibrium: the probability of each outcome in words that it reaches, and its amounts."""

    outcomes: Mapping[str, Number | float]
    amounts: Sequence[Number | float | None]


@dataclass(frozen=True)
class Listed:
    """All that was listed at a point; ``complete``: nothing else is there."""

    ways: tuple[Way, ...]
    complete: bool
    exact: bool


def amounts(model: Model) -> tuple[str, ...]:
    """What is told of an equilibrium in numbers: all payoffs, and the numbers chosen, where numbers are chosen."""
    game = model.game.written_out
    chosen = [f"choice of {player}" for player in game.players] if isinstance(game, ContinuousGame) else []
    return (*(f"payoff of {player}" for player in game.players), *chosen)


def listed(model: Model, concept: Concept, point: Point, seconds: float) -> Listed:
    """What ``solve`` lists at the point. Raises `InputError` where there is no game, or the concept refuses it."""
    game = model.game_at(point)
    found = solve(game, concept.listed_as or concept.name, time_limit=seconds)
    ways = tuple(_way(model, game.written_out, found, equilibrium) for equilibrium in found)
    return Listed(ways, _is_complete(concept, game.written_out, found), found.exact)


def _is_complete(concept: Concept, game: Game, found: Equilibria) -> bool:
    """Whether there are no others; where the concept is read in pure strategies, no others of these."""
    if concept.cases is not None and concept.of_pure_play(game):
        return len(found) < MOST_EQUILIBRIA and STOPPED not in found.remarks
    return found.complete


def _way(model: Model, game: Game, found: Equilibria, equilibrium: Equilibrium) -> Way:
    outcomes: dict[str, Number | float] = {}
    for path, probability in odds(game, found.game, equilibrium).items():
        if probability:
            words = model.outcome_words(path)
            outcomes[words] = outcomes.get(words, 0) + probability
    numbers = [equilibrium.payoffs.get(player) for player in game.players]
    numbers += [equilibrium.choices.get(player) for player in game.players if equilibrium.choices]
    return Way(outcomes, numbers)


@singledispatch
def odds(game: Game, of: Game, equilibrium: Equilibrium) -> Odds:
    """The paths that an equilibrium, stated for ``of``, takes. Of a form that lists none, what may be chosen where."""
    if equilibrium.outcomes:
        return _told(equilibrium)
    either = {
        place: {" or ".join(label for label, p in mix.items() if p): 1} for place, mix in equilibrium.strategies.items()
    }
    return dict.fromkeys(of.played_paths(Equilibrium(either, equilibrium.payoffs)), 1)


def _told(equilibrium: Equilibrium) -> Odds:
    found: dict[Path, Number | float] = {}
    for outcome in equilibrium.outcomes:
        found[outcome.path] = found.get(outcome.path, 0) + outcome.probability
    return found


@odds.register
def _(game: StrategicGame, of: Game, equilibrium: Equilibrium) -> Odds:
    if equilibrium.outcomes:
        return _told(equilibrium)
    profiles = of.played_paths(equilibrium)
    return {
        profile: quantity_at(game, of, equilibrium, Chosen(dict(zip(game.players, profile, strict=True))))
        for profile in profiles
    }


@odds.register
def _(game: ExtensiveGame, of: Game, equilibrium: Equilibrium) -> Odds:
    if type(of) is type(game):
        return _told(equilibrium)
    return {path: quantity_at(game, of, equilibrium, Reach(path)) for path in reached(game, of)(equilibrium)}
