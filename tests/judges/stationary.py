"""Stationary equilibria of stochastic games, by the one-shot deviation principle in plain fractions.

Mixtures by state are an equilibrium from every state on exactly if in no state one change of action, followed by
playing on, pays its player (Blackwell 1965, Annals of Mathematical Statistics 36).
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any, TypeAlias

from games.forms.stochastic import StochasticGame
from judges.linear import solved

Mixes: TypeAlias = Mapping[str, Mapping[str, Any]]
"""By "player in state", the probability of each action."""


def drawn(game: StochasticGame, mixes: Mixes, state: str) -> Iterator[tuple[tuple[str, ...], Fraction]]:
    """The profiles of the state with their probabilities."""
    for profile in game.stages[state].payoffs:
        names = zip(game.players, profile, strict=True)
        yield profile, prod((Fraction(mixes[f"{who} in {state}"].get(a, 0)) for who, a in names), start=Fraction(1))


def averages(game: StochasticGame, mixes: Mixes, player: str) -> dict[str, Fraction]:
    """What the player gets from each state on, as an average of a round: v = (1 − δ) u + δ P v."""
    k, delta = game.players.index(player), Fraction(game.discount_factor)
    rows = []
    for state in game.stages:
        row, paid = {after: Fraction(state == after) for after in game.stages}, Fraction(0)
        for profile, weight in drawn(game, mixes, state):
            paid += (1 - delta) * weight * Fraction(game.stages[state].payoffs[profile][k])
            for after, odds in game.moves[state][profile].items():
                row[after] -= delta * weight * Fraction(odds)
        rows.append([*row.values(), paid])
    found = solved(rows, len(rows))
    assert found is not None, "1 − δP is regular for every δ below 1"
    return dict(zip(game.stages, found, strict=True))


def one_shot_gain(game: StochasticGame, mixes: Mixes) -> Fraction:
    """The most that anybody gains in any state by another action there once; 0 exactly at an equilibrium."""
    delta, most = Fraction(game.discount_factor), Fraction(0)
    for k, player in enumerate(game.players):
        value = averages(game, mixes, player)
        for state, stage in game.stages.items():
            for action in stage.strategies[player]:
                changed = {**mixes, f"{player} in {state}": {action: Fraction(1)}}
                pays = Fraction(0)
                for profile, weight in drawn(game, changed, state):
                    later = sum((Fraction(p) * value[s] for s, p in game.moves[state][profile].items()), Fraction(0))
                    pays += weight * ((1 - delta) * Fraction(stage.payoffs[profile][k]) + delta * later)
                most = max(most, pays - value[state])
    return most


def in_pure_actions(game: StochasticGame) -> list[dict[str, dict[str, Fraction]]]:
    """Every equilibrium in pure actions, by trying all plans."""
    places = game.places
    plans = (dict(zip(places, chosen, strict=True)) for chosen in product(*places.values()))
    mixes = ({place: {a: Fraction(a == plan[place]) for a in own} for place, own in places.items()} for plan in plans)
    return [each for each in mixes if one_shot_gain(game, each) == 0]
