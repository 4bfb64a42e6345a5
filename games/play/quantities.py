"""Quantities of an equilibrium: how probable a play is, what is chosen, what a player gets.

Each is defined in every form of game, off the path of play, too: what would follow there counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import singledispatch
from itertools import product
from math import prod
from typing import Any, TypeAlias

from games.errors import InputError, listed, quoted
from games.forms.extensive import Chance, ExtensiveGame
from games.forms.game import Game, Path, Played
from games.forms.reduced import behaviour
from games.forms.strategic import StrategicGame
from games.play.payoffs import Strategies, continuation_payoffs


@dataclass(frozen=True)
class Reach:
    """The probability that play goes on along ``path``, once it has come to ``after``.

    It is 1 for an empty ``path``. ``after`` need not be reached: what would follow counts. In a graph model the path is
    the state in which the conflict rests; in a repeated game, what is agreed state by state. ``model`` says which model
    is meant where a claim has several.

    >>> from sympy import Symbol
    >>> from analyses.claims import Claim, Holds, Reach, check
    >>> from games.catalog import load
    >>> p = Symbol("p")
    >>> imposed = Holds(p <= 0, {p: Reach(("Demand", "Stand firm", "Impose"))})
    >>> claim = Claim("threat", "Sanctions are a threat alone.", load("conflict-expectations"), imposed)
    >>> check(claim).breaks
    'probability of Demand, Stand firm, Impose is 1'
    """

    path: Path
    after: Path = ()
    model: str = ""


@dataclass(frozen=True)
class Chosen:
    """The probability that every strategy named is chosen, player by player; in a tree, every action, by information
    set.

    >>> from sympy import Symbol
    >>> from analyses.claims import Chosen, Claim, Holds, check
    >>> from games.catalog import load
    >>> p = Symbol("p")
    >>> violated = Holds(p > 0, {p: Chosen({"Target": "Violate"})})
    >>> type(check(Claim("now and then", "It is violated.", load("inspection"), violated))).__name__
    'Proved'
    """

    choices: Mapping[str, str] = field(hash=False)
    model: str = ""


@dataclass(frozen=True)
class Payoff:
    """What ``player`` gets in expectation; in a tree, or in a stochastic game, once play has come to ``after``.

    >>> from sympy import Symbol
    >>> from analyses.claims import Claim, Holds, Payoff, check
    >>> from games.catalog import load
    >>> u = Symbol("u")
    >>> pays = Holds(u >= 0, {u: Payoff("Sender")})
    >>> type(check(Claim("gain", "The sender does not lose.", load("conflict-expectations"), pays))).__name__
    'Proved'
    """

    player: str
    after: Path = ()
    model: str = ""


Quantity: TypeAlias = Reach | Chosen | Payoff
"""What a claim may speak of."""


def check_quantity(quantity: Quantity, game: Game) -> None:
    """Raises `InputError` for a quantity that ``game`` does not have."""
    match quantity:
        case Chosen(choices=choices):
            _check_choices(choices, game)
            return
        case Payoff(player=player) if player not in game.players:
            raise InputError(f"there is no player {quoted(player)}; the game has {listed(game.players)}")
    if isinstance(quantity, Reach):
        game.check_path(quantity.path, quantity.after)
    elif quantity.after:
        game.check_path((), quantity.after)


def _check_choices(choices: Mapping[str, str], game: Game) -> None:
    places, noun = game.places, game.place
    if not choices:
        raise InputError(f"name at least one {noun} and its choice")
    for who, choice in choices.items():
        if who not in places:
            raise InputError(f"there is no {noun} {quoted(who)}; the game has {listed(places)}")
        if choice not in places[who]:
            raise InputError(f"{who} has no choice {quoted(choice)}; there are {listed(places[who])}")


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


def every_choice(game: Game) -> tuple[Chosen, ...]:
    """The probability of each choice at each place of the game: together they say how it is played."""
    return tuple(Chosen({place: choice}) for place, choices in game.places.items() for choice in choices)


def every_profile(game: Game) -> tuple[Chosen, ...]:
    """The probability of each profile: together they say what is drawn, where players do not choose independently."""
    places = game.places
    return tuple(Chosen(dict(zip(places, profile, strict=True))) for profile in product(*places.values()))


def every_outcome(game: Game) -> dict[Path, Quantity]:
    """How probable each path is that play may take; nothing for a game whose places and paths do not match."""
    if game.lists_outcomes:
        return {path: Reach(path) for path in game.paths}
    if any(len(path) != len(game.places) for path in game.paths):
        return {}
    return {path: Chosen(dict(zip(game.places, path, strict=True))) for path in game.paths}


def _after(history: Path) -> str:
    return f" after {', '.join(history)}" if history else ""


@singledispatch
def quantity_at(game: Game, of: Game, found: Played, quantity: Quantity) -> Fraction:
    """The value of a quantity at an equilibrium of ``game``; that of numeric equilibria is not exact.

    ``of`` is what the equilibrium is stated for: the game itself, or the reduced strategic form of a tree.
    """
    if game.written_out is not game:
        return quantity_at(game.written_out, of, found, quantity)
    match quantity:
        case Chosen():
            return _chosen(found.strategies, quantity)
        case Payoff(player=player, after=after):
            return Fraction((found.continuations[after] if after else found.payoffs)[player])
        case Reach(path=path):
            taken = (outcome.probability for outcome in found.outcomes if outcome.path[: len(path)] == path)
            return sum(map(Fraction, taken), Fraction(0))


@quantity_at.register
def _(game: StrategicGame, of: Game, found: Played, quantity: Quantity) -> Fraction:
    match quantity:
        case Payoff(player=player):
            return Fraction(found.payoffs[player])
        case Chosen(choices=choices) if found.outcomes:
            # A distribution over profiles: the players' choices need not be independent.
            places = {game.players.index(who): own for who, own in choices.items()}
            drawn = (r for r in found.outcomes if all(r.path[place] == own for place, own in places.items()))
            return sum((Fraction(one.probability) for one in drawn), Fraction(0))
        case Chosen():
            return _chosen(found.strategies, quantity)
    raise InputError("a game in strategic form has no paths; name strategies by player")


@quantity_at.register
def _(game: ExtensiveGame, of: Game, found: Played, quantity: Quantity) -> Fraction:
    strategies = found.strategies
    if type(of) is not type(game):
        played: dict[str, Any] = {}
        for player in game.players:
            played.update(behaviour(game, player, found.strategies[player]))
        strategies = played
    match quantity:
        case Chosen():
            return _chosen(strategies, quantity)
        case Payoff(player=player, after=after):
            return Fraction(continuation_payoffs(game, strategies)[after][game.players.index(player)])
        case Reach(path=path, after=after):
            whole = (*after, *path)
            steps = (_step(game, strategies, whole[:k], whole[k]) for k in range(len(after), len(whole)))
            return prod(steps, start=Fraction(1))


def _chosen(strategies: Strategies, quantity: Chosen) -> Fraction:
    return prod((Fraction(strategies[who].get(own, 0)) for who, own in quantity.choices.items()), start=Fraction(1))


def _step(game: ExtensiveGame, strategies: Strategies, path: Path, step: str) -> Fraction:
    node = game.nodes[path]
    if isinstance(node, Chance):
        return Fraction(node.events[step][0])
    return Fraction(strategies[game.information_set_at(path)].get(step, 0))
