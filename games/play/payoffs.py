"""What play amounts to when everybody follows given strategies: payoffs, also from each node on, and outcomes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import singledispatch
from itertools import product
from math import lcm, prod
from typing import Any, TypeAlias

from games.errors import InputError
from games.exact import Number
from games.forms.extensive import Decision, ExtensiveGame, Outcome, Path
from games.forms.game import Game
from games.forms.graph_model import GraphModel
from games.forms.strategic import StrategicGame

Strategies: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Probabilities by label. In a strategic form: player → strategy → probability; in a tree, for behavioural concepts:
information set → action → probability; in a repeated game: player, state and phase → action → probability; in a graph
model: decision maker → the state in which it stays → 1."""


@dataclass(frozen=True)
class Reached:
    """An outcome that the equilibrium reaches, and how probably.

    A path through a tree, a profile, what is agreed in each state of a repeated game, or the state of a graph model.
    """

    path: Path
    probability: Number | float


def strategy_payoffs(game: StrategicGame, strategies: Strategies, player: str) -> dict[str, Any]:
    """What each strategy of ``player`` pays against the others' part of ``strategies``.

    Probabilities and payoffs may be formulas; the result then is one, too.
    """
    position = game.players.index(player)
    supports = [
        [(label, weight) for label, weight in strategies[other].items() if weight != 0]
        for other in game.players
        if other != player
    ]
    # In whole numbers, as long as all weights are numbers: fractions are made once, at the end.
    whole = 1
    for k, mix in enumerate(supports):
        if all(isinstance(weight, int | Fraction) for _, weight in mix):
            scale = lcm(*(weight.denominator for _, weight in mix))
            supports[k] = [(label, weight.numerator * (scale // weight.denominator)) for label, weight in mix]
            whole *= scale
    met = [
        (tuple(label for label, _ in others), prod((weight for _, weight in others), start=1))
        for others in product(*supports)
    ]
    result = {}
    for own in game.strategies[player]:
        paid: Any = 0
        for labels, weight in met:
            paid = paid + game.payoffs[(*labels[:position], own, *labels[position:])][position] * weight
        result[own] = Fraction(paid, whole) if isinstance(paid, int) else paid * Fraction(1, whole)
    return result


@singledispatch
def payoffs_of(game: Game, strategies: Strategies) -> tuple[Any, ...]:
    """What each player gets when everybody plays ``strategies``; numbers, or formulas.

    Raises `InputError` for a form of which that is not known here.
    """
    if game.written_out is not game:
        return payoffs_of(game.written_out, strategies)
    raise InputError(f"what strategies pay is not known here for {game.kind}")


@payoffs_of.register
def _(game: StrategicGame, strategies: Strategies) -> tuple[Any, ...]:
    paid = []
    for player in game.players:
        each = strategy_payoffs(game, strategies, player)
        paid.append(sum(weight * each[label] for label, weight in strategies[player].items()))
    return tuple(paid)


@payoffs_of.register
def _(game: ExtensiveGame, strategies: Strategies) -> tuple[Any, ...]:
    ends = [(end.probability, game.outcomes[end.path]) for end in reached(game, strategies)]
    return tuple(sum(weight * end.payoffs[k] for weight, end in ends) for k in range(len(game.players)))


@payoffs_of.register
def _(game: GraphModel, strategies: Strategies) -> tuple[Any, ...]:
    (state,) = (state for state, weight in strategies[game.players[0]].items() if weight)
    return game.payoffs[state]


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
    waiting: list[tuple[Path, Any]] = [((), Fraction(1))]
    while waiting:
        path, probability = waiting.pop()
        node = game.nodes[path]
        if isinstance(node, Outcome):
            yield Reached(path, probability)
            continue
        if isinstance(node, Decision):
            mix = strategies[game.information_set_at(path)]
            weights = {action: mix.get(action, 0) for action in node.actions}
        else:
            weights = {event: weight for event, (weight, _) in node.events.items()}
        further = [((*path, step), probability * weight) for step, weight in weights.items() if weight]
        waiting += (each for each in reversed(further) if each[1])
