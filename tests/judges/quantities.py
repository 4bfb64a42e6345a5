"""What a quantity of a claim is worth at a given play, for every form.

A quantity is a table, as in a file of claims: ``{"path": […], "after": […]}``, ``{"choices": {…}}`` or
``{"payoff": player, "after": […]}``. A play is what an equilibrium of the form consists of:

- strategic form: each player's mixture; of correlated equilibria the odds of the profiles;
- tree: the behaviour at each information set. What follows ``after`` counts whether or not play comes there;
- repeated game: agreement and threat; a path is what is agreed, state by state, as far as it is given;
- graph model: the state.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from games.forms.extensive import ExtensiveGame
from games.forms.game import Game
from games.forms.graph_model import GraphModel
from games.forms.repeated import AGREED, RepeatedGame
from games.forms.strategic import StrategicGame
from judges import conflicts, rounds, strategic, trees

Quantity: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Odds:
    """A distribution over the profiles of a strategic form."""

    of: Mapping[tuple[str, ...], Any]


def told(game: Game, play: Any, quantity: Quantity) -> Any:
    """The value of the quantity when ``play`` is played."""
    after = tuple(quantity.get("after", ()))
    match game:
        case StrategicGame():
            return _in_table(game, play, quantity)
        case ExtensiveGame() if "payoff" in quantity:
            return trees.pays(game, play, quantity["payoff"], after)
        case ExtensiveGame() if "path" in quantity:
            return trees.probability(game, play, tuple(quantity["path"]), after)
        case ExtensiveGame():
            return _product(play[name].get(action, Fraction(0)) for name, action in quantity["choices"].items())
        case RepeatedGame() if "payoff" in quantity:
            return rounds.average(game, play.agreement, quantity["payoff"])
        case RepeatedGame() if "path" in quantity:
            agreed = [f"{state}: {', '.join(profile)}" for state, profile in play.agreement.items()]
            return Fraction(agreed[: len(quantity["path"])] == list(quantity["path"]))
        case RepeatedGame():
            return Fraction(all(_does(game, play, key) == action for key, action in quantity["choices"].items()))
        case GraphModel() if "payoff" in quantity:
            return conflicts.worth(game, play, quantity["payoff"])
        case GraphModel() if "path" in quantity:
            return Fraction(tuple(quantity["path"]) == (play,))
        case GraphModel():
            return Fraction(all(state == play for state in quantity["choices"].values()))
    raise TypeError(type(game))


def _in_table(game: StrategicGame, play: Any, quantity: Quantity) -> Any:
    if isinstance(play, Odds):
        if "payoff" in quantity:
            k = game.players.index(quantity["payoff"])
            return sum((weight * Fraction(game.payoffs[p][k]) for p, weight in play.of.items()), Fraction(0))
        wanted = {game.players.index(who): label for who, label in quantity["choices"].items()}
        return sum((w for p, w in play.of.items() if all(p[k] == x for k, x in wanted.items())), Fraction(0))
    if "payoff" in quantity:
        return strategic.pays(game, play, quantity["payoff"])
    return _product(play[who].get(label, Fraction(0)) for who, label in quantity["choices"].items())


def _product(factors: Any) -> Any:
    total: Any = Fraction(1)
    for factor in factors:
        total = total * factor
    return total


def _does(game: RepeatedGame, play: rounds.Trigger, key: str) -> str:
    """What the player named in "player, phase: state" does there."""
    for player in game.players:
        for state in game.states:
            for phase, plan in ((AGREED, play.agreement), ("after a breach", play.threat)):
                if key == f"{player}, {phase}: {state}":
                    return plan[state][game.players.index(player)]
    raise KeyError(key)
