"""The independent check of an equilibrium: best responses and regret.

A player's regret is what the best deviation alone would add to that player's payoff. A profile is a Nash equilibrium
exactly if nobody has regret; a profile of a tree is subgame-perfect exactly if nobody has regret in any subgame.
Nothing here uses a solver.
"""

from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from games.errors import InputError
from games.exact import Number
from games.forms.extensive import Decision, ExtensiveGame, Outcome, Path
from games.forms.strategic import StrategicGame
from games.solvers.equilibria import Game, Strategies


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
    result = {}
    for own in game.strategies[player]:
        total: Any = Fraction(0)
        for others in product(*supports):
            labels = [label for label, _ in others]
            labels.insert(position, own)
            total = total + game.payoffs[tuple(labels)][position] * prod((weight for _, weight in others), start=1)
        result[own] = total
    return result


def best_responses(game: StrategicGame, strategies: Strategies, player: str) -> tuple[str, ...]:
    """The strategies that pay ``player`` most against the others' part of ``strategies``."""
    payoffs = strategy_payoffs(game, strategies, player)
    best = max(payoffs.values())
    return tuple(label for label, value in payoffs.items() if value == best)


def regret(game: Game, strategies: Strategies) -> dict[str, Number]:
    """Each player's regret: the most that deviating alone would add, in a tree over all subgames.

    Zero for everybody exactly if ``strategies`` is a Nash equilibrium of the strategic form, or a subgame-perfect
    equilibrium of the tree, which must have perfect information.
    """
    if isinstance(game, StrategicGame):
        result: dict[str, Number] = {}
        for player in game.players:
            payoffs = strategy_payoffs(game, strategies, player)
            own = sum((strategies[player].get(label, 0) * value for label, value in payoffs.items()), Fraction(0))
            result[player] = max(payoffs.values()) - own
        return result
    if not game.has_perfect_information:
        raise InputError("regret in every subgame is defined here for trees of perfect information only")
    return {player: _greatest_gain(game, strategies, position) for position, player in enumerate(game.players)}


def _greatest_gain(game: ExtensiveGame, strategies: Strategies, position: int) -> Fraction:
    """The most that the player at ``position`` gains by deviating anywhere below any node, the others playing on."""
    player = game.players[position]
    played: dict[Path, Fraction] = {}
    best: dict[Path, Fraction] = {}
    greatest = Fraction(0)
    for path, node in reversed(list(game.nodes.items())):
        if isinstance(node, Outcome):
            played[path] = best[path] = Fraction(node.payoffs[position])
            continue
        if isinstance(node, Decision):
            mix = strategies[game.information_set_at(path)]
            weights = {action: Fraction(mix.get(action, 0)) for action in node.actions}
        else:
            weights = {event: Fraction(probability) for event, (probability, _) in node.events.items()}
        children = {action: (*path, action) for action in weights}
        played[path] = sum((weights[a] * played[child] for a, child in children.items()), Fraction(0))
        if isinstance(node, Decision) and node.player == player:
            best[path] = max(best[child] for child in children.values())
            greatest = max(greatest, best[path] - played[path])
        else:
            best[path] = sum((weights[a] * best[child] for a, child in children.items()), Fraction(0))
            greatest = max(greatest, best[path] - played[path])
    return greatest
