"""Quantities of an equilibrium: how probable a play is, what is chosen, what a player gets.

Each is defined in every form of game, off the path of play, too: what would follow there counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any, Protocol, TypeAlias

from games.errors import InputError, listed, quoted
from games.forms.extensive import Chance, Decision, ExtensiveGame, Outcome, Path
from games.forms.game import KINDS, Game
from games.forms.graph_model import GraphModel
from games.forms.reduced import behaviour
from games.forms.repeated import AGREED, BREACH, RepeatedGame, key
from games.forms.strategic import StrategicGame
from games.play.payoffs import Reached, Strategies, continuation_payoffs


@dataclass(frozen=True)
class Reach:
    """The probability that play goes on along ``path``, once it has come to ``after``.

    It is 1 for an empty ``path``. ``after`` need not be reached: what would follow counts. In a graph model the path is
    the state in which the conflict rests; in a repeated game, what is agreed state by state. ``model`` says which model
    is meant where a claim has several.
    """

    path: Path
    after: Path = ()
    model: str = ""


@dataclass(frozen=True)
class Chosen:
    """The probability that every strategy named is chosen, player by player; in a tree, every action, by information
    set."""

    choices: Mapping[str, str] = field(hash=False)
    model: str = ""


@dataclass(frozen=True)
class Payoff:
    """What ``player`` gets in expectation; in a tree, once play has come to ``after``."""

    player: str
    after: Path = ()
    model: str = ""


Quantity: TypeAlias = Reach | Chosen | Payoff


def check_quantity(quantity: Quantity, game: Game) -> None:
    """Raises `InputError` for a quantity that ``game`` does not have."""
    match quantity:
        case Chosen(choices=choices):
            _check_choices(choices, game)
            return
        case Payoff(player=player) if player not in game.players:
            raise InputError(f"there is no player {quoted(player)}; the game has {listed(game.players)}")
    path = quantity.path if isinstance(quantity, Reach) else ()
    if isinstance(game, ExtensiveGame):
        _check_path(quantity.after, path, game)
    elif quantity.after:
        raise InputError(f"{KINDS[type(game)]} has no histories to look behind; leave out {listed(quantity.after)}")
    elif isinstance(quantity, Reach):
        _check_outcome(path, game)


def _check_choices(choices: Mapping[str, str], game: Game) -> None:
    match game:
        case StrategicGame(strategies=strategies):
            places, noun = strategies, "player"
        case ExtensiveGame(information_sets=sets):
            places, noun = {name: s.actions for name, s in sets.items()}, "information set"
        case GraphModel(players=players, states=states):
            places, noun = dict.fromkeys(players, states), "decision maker"
        case RepeatedGame(stages=stages):
            places, noun = {}, "player, phase and state"
            for phase, (state, stage) in product((AGREED, BREACH), stages.items()):
                places.update({key(who, phase, state): own for who, own in stage.strategies.items()})
    if not choices:
        raise InputError(f"name at least one {noun} and its choice")
    for who, choice in choices.items():
        if who not in places:
            raise InputError(f"there is no {noun} {quoted(who)}; the game has {listed(places)}")
        if choice not in places[who]:
            raise InputError(f"{who} has no choice {quoted(choice)}; there are {listed(places[who])}")


def _check_path(after: Path, path: Path, game: ExtensiveGame) -> None:
    whole = (*after, *path)
    for k in range(len(whole)):
        node = game.nodes[whole[:k]]
        steps = () if isinstance(node, Outcome) else tuple(node.actions if isinstance(node, Decision) else node.events)
        if whole[k] not in steps:
            where = f"after {', '.join(whole[:k])}" if k else "at the start"
            raise InputError(f"there is no action {quoted(whole[k])} {where}; there are {listed(steps) or 'none'}")


def _check_outcome(path: Path, game: StrategicGame | RepeatedGame | GraphModel) -> None:
    """What can be reached where there is no tree: a state of a graph model, what is agreed in a repeated game."""
    match game:
        case StrategicGame():
            raise InputError("a game in strategic form has no paths; name strategies by player")
        case GraphModel(states=states):
            outcomes: set[Path] = {(state,) for state in states}
        case RepeatedGame():
            outcomes = {game.path(plan)[: len(path)] for plan in game.plans}
    if path not in outcomes:
        raise InputError(f"{quoted(', '.join(path))} is no outcome; there are {listed(', '.join(o) for o in outcomes)}")


def quantity_words(quantity: Quantity) -> str:
    """The quantity in words: "probability of Concede after Full"."""
    of = f" in {quantity.model}" if quantity.model else ""
    match quantity:
        case Reach(path=path):
            return f"probability of {', '.join(path)}{_after(quantity.after)}{of}"
        case Chosen(choices=choices):
            return f"probability of {', '.join(f'{who}: {choice}' for who, choice in choices.items())}{of}"
        case Payoff(player=player):
            return f"payoff of {player}{_after(quantity.after)}{of}"


def _after(history: Path) -> str:
    return f" after {', '.join(history)}" if history else ""


class Played(Protocol):
    """What an equilibrium says of play: strategies, payoffs and, but for a strategic form, the outcomes reached."""

    @property
    def strategies(self) -> Strategies: ...
    @property
    def payoffs(self) -> Mapping[str, Any]: ...
    @property
    def outcomes(self) -> tuple[Reached, ...]: ...


def quantity_at(game: Game, of: Game, found: Played, quantity: Quantity) -> Fraction:
    """The value of a quantity at an equilibrium of ``game``; that of numeric equilibria is not exact.

    ``of`` is what the equilibrium is stated for: a tree itself, or its reduced strategic form.
    """
    strategies = found.strategies
    if isinstance(game, ExtensiveGame):
        if not isinstance(of, ExtensiveGame):
            played: dict[str, Any] = {}
            for player in game.players:
                played.update(behaviour(game, player, found.strategies[player]))
            strategies = played
        match quantity:
            case Reach(path=path, after=after):
                return prod(
                    (_step(game, strategies, (*after, *path[:k]), path[k]) for k in range(len(path))), start=Fraction(1)
                )
            case Payoff(player=player, after=after):
                return Fraction(continuation_payoffs(game, strategies)[after][game.players.index(player)])
    elif isinstance(quantity, Payoff):
        return Fraction(found.payoffs[quantity.player])
    elif isinstance(quantity, Reach):
        return Fraction(found.outcomes[0].path[: len(quantity.path)] == quantity.path)
    assert isinstance(quantity, Chosen)
    return prod((Fraction(strategies[who].get(own, 0)) for who, own in quantity.choices.items()), start=Fraction(1))


def _step(
    game: ExtensiveGame, strategies: Mapping[str, Mapping[str, Any]], path: tuple[str, ...], step: str
) -> Fraction:
    node = game.nodes[path]
    if isinstance(node, Chance):
        return Fraction(node.events[step][0])
    return Fraction(strategies[game.information_set_at(path)].get(step, 0))
