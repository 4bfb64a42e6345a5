"""What a game consists of, as plain lists: judges whether a file gave the same game, with nothing of what wrote it.

Every label stands in its order, every payoff, probability and arc where it belongs. Dictionaries become lists of pairs,
so that the order of players, actions, states and events counts, too.
"""

from collections.abc import Mapping
from functools import singledispatch
from typing import Any

import sympy

from games.forms.alternating_offers import AlternatingOffers
from games.forms.bargaining import BargainingProblem
from games.forms.bayesian import BayesianGame
from games.forms.continuous import ContinuousGame
from games.forms.extensive import Chance, Decision, ExtensiveGame, Outcome
from games.forms.graph_model import GraphModel
from games.forms.repeated import RepeatedGame
from games.forms.stochastic import StochasticGame
from games.forms.strategic import StrategicGame


@singledispatch
def structure(game: object) -> list[Any]:
    raise AssertionError(f"say what {type(game).__name__} consists of")


def pairs(table: Mapping[Any, Any]) -> list[Any]:
    return [[key, pairs(value) if isinstance(value, Mapping) else value] for key, value in table.items()]


@structure.register
def _(game: StrategicGame) -> list[Any]:
    # Profiles are looked up one by one, in the order of the labels, not in that of the table.
    return ["strategic", pairs(game.strategies), [[p, game.payoffs[p]] for p in sorted(game.payoffs)]]


@structure.register
def _(game: ExtensiveGame) -> list[Any]:
    return ["tree", list(game.players), _node(game.root)]


def _node(node: Any) -> list[Any]:
    if isinstance(node, Outcome):
        return ["outcome", *node.payoffs]
    if isinstance(node, Chance):
        return ["chance", *([event, odds, _node(then)] for event, (odds, then) in node.events.items())]
    assert isinstance(node, Decision)
    inside = [[action, _node(then)] for action, then in node.actions.items()]
    return ["decision", node.player, node.information_set, *inside]


@structure.register
def _(game: RepeatedGame) -> list[Any]:
    stages = [[state, structure(stage), _odds(game.transitions[state])] for state, stage in game.stages.items()]
    return ["repeated", pairs(game.discounts), game.start, stages]


@structure.register
def _(game: StochasticGame) -> list[Any]:
    stages = [[state, structure(stage), _odds(game.moves[state])] for state, stage in game.stages.items()]
    return ["stochastic", game.discount_factor, game.start, stages]


def _odds(moves: Mapping[Any, Mapping[str, Any]]) -> list[Any]:
    """The next states that are possible at all, for each profile."""
    return [[p, sorted([a, o] for a, o in odds.items() if o != 0)] for p, odds in sorted(moves.items())]


@structure.register
def _(game: BayesianGame) -> list[Any]:
    paid = [[types, chosen, game.payoffs(types, chosen)] for types in game.prior for chosen in _profiles(game.actions)]
    return ["bayesian", pairs(game.types), pairs(game.actions), sorted(game.prior.items()), sorted(paid, key=_labels)]


def _labels(row: list[Any]) -> Any:
    return row[:2]


def _profiles(actions: Mapping[str, Any]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    for own in actions.values():
        found = [(*profile, action) for profile in found for action in own]
    return found


@structure.register
def _(game: GraphModel) -> list[Any]:
    return ["graph", [[state, list(row)] for state, row in game.payoffs.items()], pairs(game.moves)]


@structure.register
def _(game: ContinuousGame) -> list[Any]:
    choices = [[player, own.name, own.low, own.high] for player, own in game.choices.items()]
    terms = [[player, sorted(poly.items())] for player, poly in game.payoffs.items()]
    return ["continuous", choices, terms]


@structure.register
def _(game: BargainingProblem) -> list[Any]:
    frontier = [[player, list(row)] for player, row in game.frontier.items()]
    points = [[name, list(row)] for name, row in game.points.items()]
    return ["bargaining", pairs(game.disagreement), points, frontier, list(game.ends), game.free_disposal]


@structure.register
def _(game: AlternatingOffers) -> list[Any]:
    tables = (game.discounts, game.breakdown, game.outside, game.floors, game.deadline, game.pressures)
    plain = [game.rounds, game.pie, game.breakdown_risk, game.presser, list(game.proposers), sorted(game.leavers)]
    return ["offers", plain, *map(pairs, tables)]


def alike(one: Any, other: Any) -> bool:
    """Whether two structures are the same, formulas as polynomials."""
    if isinstance(one, list | tuple):
        same = isinstance(other, list | tuple) and len(one) == len(other)
        return same and all(map(alike, one, other))
    if isinstance(one, str) or one is None or isinstance(other, str) or other is None:
        return type(one) is type(other) and one == other
    return bool(one == other) or sympy.simplify(sympy.sympify(one) - sympy.sympify(other)) == 0
