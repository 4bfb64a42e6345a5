"""What play amounts to when everybody follows given strategies: payoffs, also from each node on, and outcomes."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from games.errors import InputError
from games.forms.extensive import Decision, ExtensiveGame, Outcome, Path
from games.forms.strategic import StrategicGame
from games.solvers.equilibria import Equilibrium, Reached, Strategies
from games.solvers.regret import strategy_payoffs


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


def arrival(game: ExtensiveGame, strategies: Strategies, start: Path = ()) -> dict[Path, Any]:
    """The probability that play by ``strategies`` from ``start`` on arrives at each node from there on."""
    probability: dict[Path, Any] = {start: Fraction(1)}
    for path, node in game.nodes.items():
        if path not in probability:
            continue
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


def equilibrium(game: StrategicGame, strategies: Strategies, exact: bool = True) -> Equilibrium:
    """The strategies, given in fractions, with their payoffs; all as floats where they are not ``exact``."""
    payoffs = {}
    for player in game.players:
        pays = strategy_payoffs(game, strategies, player)
        payoffs[player] = sum((strategies[player][label] * value for label, value in pays.items()), Fraction(0))
    if exact:
        return Equilibrium(strategies, payoffs)
    return Equilibrium(
        {player: {label: float(weight) for label, weight in mix.items()} for player, mix in strategies.items()},
        {player: as_float(value) for player, value in payoffs.items()},
    )


def as_float(value: Fraction) -> float:
    """The nearest float; raises `InputError` if there is none."""
    try:
        return float(value)
    except OverflowError:
        raise InputError("the payoffs are too large or too small for a numeric answer; rescale them") from None
