"""Commitment: the game in which a player has only one action left at a place, all others are removed.

What remains is a game of the same form whose payoffs are the same formulas, so that every analysis applies to it: the
others see the commitment wherever they saw the action, and all play an equilibrium of what is left (Schelling 1960, The
Strategy of Conflict). In strategic form the others reply to the strategy.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import singledispatch

from games.errors import InputError, check_kind, listed, meant, quoted
from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Path
from games.forms.game import Game, refused
from games.forms.strategic import StrategicGame
from games.model import Model, check_is_model


def committed(model: Model, place: str, action: str) -> Model:
    """The model in which ``action`` is all that can be chosen at ``place``, one of the game's `places`.

    >>> from games.catalog import load
    >>> full = committed(load("sanction-retaliation"), "Japan at the start", "Full")
    >>> full.game.places["Japan at the start"], full.name
    (('Full',), 'sanction-retaliation with Full')

    Raises `InputError` for a place or an action that there is not, and for a game that is neither a tree nor in
    strategic form.
    """
    check_is_model(model)
    game = model.game.written_out
    _check_form(game)
    if place not in game.places:
        raise InputError(
            f"{model.name} has no {game.place} {quoted(place)}; it has {listed(game.places)}{meant(place, game.places)}"
        )
    actions = game.places[place]
    if action not in actions:
        raise InputError(f"at {place} there is no action {quoted(action)}; there are {listed(actions)}")
    return replace(
        model, name=f"{model.name} with {action}", game=left_with(game, place, action), asked=(), quantities=dict
    )


@singledispatch
def left_with(game: Game, place: str, action: str) -> Game:
    """The game without the other actions at the place."""
    raise refused("a commitment", game, ExtensiveGame, StrategicGame)


@left_with.register
def _(game: ExtensiveGame, place: str, action: str) -> Game:
    def cut(node: Node, path: Path) -> Node:
        match node:
            case Decision(player=player, actions=actions, information_set=name):
                kept = [action] if game.information_set_at(path) == place else list(actions)
                return Decision(player, {each: cut(actions[each], (*path, each)) for each in kept}, name)
            case Chance(events=events):
                return Chance({event: (odds, cut(child, (*path, event))) for event, (odds, child) in events.items()})
        return node

    return ExtensiveGame(game.players, cut(game.root, ()))


@left_with.register
def _(game: StrategicGame, place: str, action: str) -> Game:
    position = game.players.index(place)
    strategies = {player: (action,) if player == place else own for player, own in game.strategies.items()}
    return StrategicGame(strategies, {p: paid for p, paid in game.payoffs.items() if p[position] == action})


def first_decisions(model: Model, player: str) -> Mapping[str, tuple[str, ...]]:
    """The places at which ``player`` decides and has not decided before, with the actions at each.

    In strategic form, the player itself. Raises `InputError` for an unknown player and for other forms of game.

    >>> from analyses.policies import first_decisions
    >>> from games.catalog import load
    >>> first_decisions(load("conflict-expectations"), "Sender")
    {'Sender at the start': ('Demand', 'No demand')}
    """
    check_is_model(model)
    game = model.game.written_out
    _check_form(game)
    _check_player(model, player)
    if not isinstance(game, ExtensiveGame):
        return {player: game.places[player]}
    return {
        name: found.actions
        for name, found in game.information_sets.items()
        if found.player == player and not any(_decided_before(game, player, path) for path in found.paths)
    }


def decision(model: Model, player: str, place: str | None) -> tuple[str, tuple[str, ...]]:
    """The place that is meant, with its actions; by default the player's only first decision.

    Raises `InputError` for a place at which the player does not decide, for none where there are several, and where
    there is nothing to choose.
    """
    first = first_decisions(model, player)
    if place is None:
        chosen = [name for name, actions in first.items() if len(actions) > 1]
        if len(chosen) > 1:
            raise InputError(f"{player} has {len(chosen)} first decisions; name one: {listed(chosen)}")
        if not chosen:
            raise InputError(f"{player} has nothing to choose in {model.name}; name another player")
        return chosen[0], first[chosen[0]]
    check_kind(place, str, "the place of the decision", f"one of {listed(first)}")
    own = _own_places(model.game.written_out, player)
    alike = [name for name in own if name.casefold() == place.strip().casefold()]
    if not alike:
        raise InputError(f"{player} does not decide at {quoted(place)}; it decides at {listed(own)}{meant(place, own)}")
    if len(own[alike[0]]) < 2:
        raise InputError(f"at {alike[0]} there is a single action, {own[alike[0]][0]}; name a place with several")
    return alike[0], own[alike[0]]


def _own_places(game: Game, player: str) -> dict[str, tuple[str, ...]]:
    if isinstance(game, ExtensiveGame):
        return {name: each.actions for name, each in game.information_sets.items() if each.player == player}
    return {player: game.places[player]}


def _decided_before(game: ExtensiveGame, player: str, path: Path) -> bool:
    earlier = (game.nodes[path[:k]] for k in range(len(path)))
    return any(isinstance(node, Decision) and node.player == player for node in earlier)


def _check_form(game: Game) -> None:
    if not isinstance(game, ExtensiveGame | StrategicGame):
        raise refused("a commitment", game, ExtensiveGame, StrategicGame)


def _check_player(model: Model, player: object) -> None:
    players = model.game.players
    check_kind(player, str, "the player", f"one of {listed(players)}")
    if player not in players:
        raise InputError(
            f"{model.name} has no player {quoted(str(player))}; the players are {listed(players)}"
            f"{meant(str(player), players)}"
        )
