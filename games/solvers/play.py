"""What play amounts to when everybody follows given behaviour: payoffs from each node on, and outcomes reached."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from games.forms.extensive import Decision, ExtensiveGame, Outcome, Path
from games.solvers.equilibria import Reached, Strategies


def continuation_payoffs(game: ExtensiveGame, strategies: Strategies) -> dict[Path, tuple[Any, ...]]:
    """What each player gets from each node on when everybody plays ``strategies``; numbers, or formulas."""
    value: dict[Path, tuple[Any, ...]] = {}
    for path, node in reversed(list(game.nodes.items())):
        if isinstance(node, Outcome):
            value[path] = node.payoffs
            continue
        if isinstance(node, Decision):
            weights = dict(strategies[game.information_set_at(path)])
        else:
            weights = {event: probability for event, (probability, _) in node.events.items()}
        played = [(weight, value[(*path, action)]) for action, weight in weights.items() if weight != 0]
        if len(played) == 1 and played[0][0] == 1:
            value[path] = played[0][1]
        else:
            value[path] = tuple(
                sum(weight * payoffs[k] for weight, payoffs in played) for k in range(len(game.players))
            )
    return value


def arrival(game: ExtensiveGame, strategies: Strategies) -> dict[Path, Any]:
    """The probability that play by ``strategies`` arrives at each node."""
    probability: dict[Path, Any] = {(): Fraction(1)}
    for path, node in game.nodes.items():
        if isinstance(node, Decision):
            mix = strategies[game.information_set_at(path)]
            for action in node.actions:
                probability[(*path, action)] = probability[path] * mix.get(action, 0)
        elif not isinstance(node, Outcome):
            for event, (weight, _) in node.events.items():
                probability[(*path, event)] = probability[path] * weight
    return probability


def reached(game: ExtensiveGame, strategies: Strategies) -> Iterator[Reached]:
    """The outcomes that play by ``strategies`` reaches with positive probability, in the order of the tree."""
    probability = arrival(game, strategies)
    for path in game.outcomes:
        if probability[path]:
            yield Reached(path, probability[path])
