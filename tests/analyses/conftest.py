"""A second, slower way to find equilibria, against which the analyses are judged."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import TypeAlias

import pytest

from games import Decision, ExtensiveGame, Outcome, StrategicGame
from games.forms.extensive import Node, Path
from games.model import Model

Play: TypeAlias = tuple[tuple[Fraction, ...], frozenset[Path]]
"""What an equilibrium pays, and the paths or the profile that it reaches."""


def tree_plays(node: Node, path: Path, players: tuple[str, ...]) -> set[Play]:
    """The plays of all pure subgame-perfect equilibria from ``node`` on.

    An action with a certain continuation can be chosen exactly if every other action has some continuation that pays
    the mover no more.
    """
    if isinstance(node, Outcome):
        return {(tuple(Fraction(payoff) for payoff in node.payoffs), frozenset([path]))}
    if isinstance(node, Decision):
        mover = players.index(node.player)
        after = {action: tree_plays(child, (*path, action), players) for action, child in node.actions.items()}
        least = {action: min(payoffs[mover] for payoffs, _ in plays) for action, plays in after.items()}
        return {
            (payoffs, reached)
            for action, plays in after.items()
            for payoffs, reached in plays
            if all(payoffs[mover] >= floor for other, floor in least.items() if other != action)
        }
    weights = [Fraction(weight) for weight, _ in node.events.values()]
    branches = [tree_plays(child, (*path, event), players) for event, (_, child) in node.events.items()]
    found = set()
    for chosen in product(*branches):
        payoffs = tuple(
            sum(w * each[0][k] for w, each in zip(weights, chosen, strict=True)) for k, _ in enumerate(players)
        )
        happens = [each[1] for w, each in zip(weights, chosen, strict=True) if w]
        found.add((payoffs, frozenset().union(*happens)))
    return found


def pure_plays(game: StrategicGame) -> Iterator[Play]:
    """All pure Nash equilibria, from the definition: nobody gains by deviating alone."""
    for profile in product(*game.strategies.values()):
        own = game.payoffs[profile]
        deviations = (
            (position, game.payoffs[(*profile[:position], strategy, *profile[position + 1 :])])
            for position, player in enumerate(game.players)
            for strategy in game.strategies[player]
        )
        if all(other[position] <= own[position] for position, other in deviations):
            yield tuple(Fraction(payoff) for payoff in own), frozenset([profile])


@pytest.fixture(scope="session")
def plays_of() -> Callable[[ExtensiveGame | StrategicGame], set[Play]]:
    """Gives the plays of all pure equilibria of a game, subgame-perfect ones of a tree."""

    def plays(game: ExtensiveGame | StrategicGame) -> set[Play]:
        if isinstance(game, ExtensiveGame):
            return tree_plays(game.root, (), game.players)
        return set(pure_plays(game))

    return plays


@pytest.fixture(scope="session")
def plays_at(
    plays_of: Callable[[ExtensiveGame | StrategicGame], set[Play]],
) -> Callable[[Model, Mapping[str, object]], set[Play]]:
    """Gives for a model and exact values the plays of all pure equilibria there."""

    def plays(model: Model, values: Mapping[str, object]) -> set[Play]:
        return plays_of(model.at(**values))

    return plays


@pytest.fixture(scope="session")
def words_at(plays_at: Callable[[Model, Mapping[str, object]], set[Play]]) -> Callable[..., tuple[str, ...]]:
    """Gives for a model and exact values the outcomes in words that the pure equilibria there reach."""

    def words(model: Model, values: Mapping[str, object]) -> tuple[str, ...]:
        reached = {model.outcome_words(path) for _, paths in plays_at(model, values) for path in paths}
        return tuple(sorted(reached)) or ("No equilibrium in pure strategies",)

    return words
