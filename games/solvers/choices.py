"""What each action pays where it is chosen, and the sentences that say so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import singledispatch
from itertools import product
from math import prod
from typing import Any

from games.errors import listed
from games.exact import readable
from games.forms.alternating_offers import ACCEPTABLE, UNACCEPTABLE, AlternatingOffers, parts, pressing, refusing
from games.forms.extensive import ExtensiveGame, InformationSet, Path
from games.forms.game import Game
from games.forms.stochastic import StochasticGame, key
from games.forms.strategic import Profile, StrategicGame
from games.play.offers import acceptable, after_refusing, standings, under_pressure
from games.play.payoffs import arrival, continuation_payoffs, strategy_payoffs
from games.solvers.equilibria import Equilibrium, mixture

ALIKE = 1e-6
"""Two numeric payoffs count as the same if they differ by no more than this share of the greatest."""


@dataclass(frozen=True)
class Choice:
    """Where a player chooses: what each action pays there, and with which probability it is chosen.

    ``where`` opens a sentence about it. ``pays`` is None where nothing fixes what the player believes.
    """

    player: str
    where: str
    played: Mapping[str, Any]
    pays: Mapping[str, Any] | None
    arrives: bool = True

    @property
    def actions(self) -> list[str]:
        """Those with positive probability."""
        return [action for action, weight in self.played.items() if weight]


@singledispatch
def choices(game: Game, equilibrium: Equilibrium) -> Iterator[Choice]:
    """Every choice in an equilibrium of ``game``, where it is known what each action pays.

    In a strategic form each player's, against the others' part of the profile. In a tree that at each information set,
    the last moves first, given the play that follows and what the player believes. In a stochastic game that in each
    state, a round on average from then on. In alternating offers that of an offer, with what it must give,
    and those after a refusal. None for any other form.
    """
    return iter(())


@choices.register
def _(game: StrategicGame, equilibrium: Equilibrium) -> Iterator[Choice]:
    for player in game.players:
        others = ", ".join(f"{other}: {mixture(equilibrium[other])}" for other in game.players if other != player)
        pays = strategy_payoffs(game, equilibrium.strategies, player)
        yield Choice(player, f"Against {others}, " if others else "", equilibrium[player], pays)


@choices.register
def _(game: ExtensiveGame, equilibrium: Equilibrium) -> Iterator[Choice]:
    values = continuation_payoffs(game, equilibrium.strategies)
    likelihood = arrival(game, equilibrium.strategies)
    for information_set in sorted(game.information_sets.values(), key=lambda s: -max(map(len, s.paths))):
        played = equilibrium.strategies[information_set.name]
        arrives = any(likelihood[path] for path in information_set.paths)
        held = held_likely(equilibrium, information_set, likelihood)
        where = _where(information_set)
        if held is None:
            yield Choice(information_set.player, f"{where}, ", played, None, arrives)
            continue
        mover = game.players.index(information_set.player)
        pays = {
            action: sum((weight * values[(*path, action)][mover] for path, weight in held.items()), Fraction(0))
            for action in information_set.actions
        }
        yield Choice(information_set.player, f"{where}{_believing(held)}, ", played, pays, arrives)


@choices.register
def _(game: StochasticGame, equilibrium: Equilibrium) -> Iterator[Choice]:
    factor = game.discount_factor
    for state, stage in game.stages.items():
        played = {player: equilibrium.strategies[key(player, state)] for player in game.players}
        for position, player in enumerate(game.players):
            pays = {}
            for action, now in strategy_payoffs(stage, played, player).items():
                only = {**played, player: {action: Fraction(1)}}
                later: Any = Fraction(0)
                for profile in product(*only.values()):
                    weight = prod((only[who][own] for who, own in zip(only, profile, strict=True)), start=Fraction(1))
                    for after, odds in game.moves[state][profile].items():
                        later += weight * odds * equilibrium.continuations[after,][player]
                pays[action] = (1 - factor) * now + factor * later
            yield Choice(player, f"In {state}, ", equilibrium.strategies[key(game.players[position], state)], pays)


@choices.register
def _(game: AlternatingOffers, equilibrium: Equilibrium) -> Iterator[Choice]:
    strategies, threat = parts(equilibrium.strategies)
    found, after = standings(game, strategies), standings(game, threat) if threat else None
    for state, standing in found.items():
        proposer = game.states[state]
        for player in game.responders(state):
            if player in game.leavers:
                pays: dict[str, Any] = after_refusing(game, player, standing)
                yield Choice(player, f"{state}, and {player} refuses: ", strategies[refusing(state, player)], pays)
        if game.presser:
            pays = under_pressure(game, state, standing, found, after)
            yield Choice(game.presser, f"{state}, and talks go on: ", strategies[pressing(state)], pays)
        least = ", ".join(
            f"{player} accepts {readable(standing.least[player])} or more" for player in game.responders(state)
        )
        kept = acceptable(game, state, standing)
        pays = {UNACCEPTABLE: standing.refusal[proposer]} | ({} if kept is None else {ACCEPTABLE: kept})
        yield Choice(proposer, f"{state}{f', and {least}' if least else ''}: ", strategies[state], pays)


def held_likely(
    equilibrium: Equilibrium, information_set: InformationSet, likelihood: Mapping[Path, Any]
) -> Mapping[Path, Any] | None:
    """What the player holds likely there: given beliefs, else Bayes' rule; None where neither tells."""
    if information_set.name in equilibrium.beliefs:
        return equilibrium.beliefs[information_set.name]
    if len(information_set.paths) == 1:
        return {information_set.paths[0]: Fraction(1)}
    total = sum((likelihood[path] for path in information_set.paths), Fraction(0))
    return {path: likelihood[path] / total for path in information_set.paths} if total else None


def _where(information_set: InformationSet) -> str:
    if len(information_set.paths) > 1:
        return f"At {information_set.name}"
    (path,) = information_set.paths
    return f"After {' → '.join(path)}" if path else "At the start"


def _believing(held: Mapping[Path, Any]) -> str:
    if len(held) == 1:
        return ""
    return " (believing " + ", ".join(f"{' → '.join(path)} {readable(weight)}" for path, weight in held.items()) + ")"


def compared(pays: Mapping[str, Any], played: Sequence[str], player: str) -> str:
    """What the played actions pay, what the rejected ones would, and ties."""
    rejected = [action for action in pays if action not in played]
    best = pays[played[0]]
    together = [action for action in played if _alike(pays, action, played[0])]
    rest = [action for action in played if action not in together] + rejected
    verb = "each pay" if len(together) > 1 else "pays"
    sentence = f"{' and '.join(together)} {verb} {player} {readable(best)}"
    if rest:
        sentence += ", " + ", ".join(f"{action} {readable(pays[action])}" for action in rest)
    equal = [action for action in rejected if pays[action] == best]
    return f"{sentence}; {player} is indifferent to {listed(equal)}" if equal else sentence


def _alike(pays: Mapping[str, Any], one: str, other: str) -> bool:
    difference = abs(pays[one] - pays[other])
    return bool(difference <= ALIKE * max(map(abs, pays.values())) if isinstance(difference, float) else not difference)


def payoffs_against(game: StrategicGame, player: str, others: Mapping[Profile, Any]) -> dict[str, Any]:
    """What each strategy of the player pays against a distribution over the others' profiles."""
    position = game.players.index(player)
    return {
        own: sum(
            (
                weight * game.payoffs[(*rest[:position], own, *rest[position:])][position]
                for rest, weight in others.items()
            ),
            Fraction(0),
        )
        for own in game.strategies[player]
    }


def expected(game: StrategicGame, player: str, others: Mapping[Profile, Any]) -> str:
    """What the others are taken to play, to open a sentence; empty where there are none."""
    opponents = [other for other in game.players if other != player]
    if not opponents:
        return ""
    return f"{f'{opponents[0]} plays' if len(opponents) == 1 else 'the others play'} {in_words(others)}: "


def in_words(belief: Mapping[Profile, Any]) -> str:
    """A belief about the others as the weighted sum of what the others may play."""
    return mixture({others[0] if len(others) == 1 else f"({', '.join(others)})": w for others, w in belief.items()})
