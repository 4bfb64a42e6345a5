"""Which supports a stationary equilibrium of a stochastic game may have in each state, by dominance.

What a player gets from a state on lies between what it would get if everybody played for it, and against it. A support
of each player in a state is impossible if some action in it pays less than another action, whatever the others play on
their supports and whatever follows within these bounds. What is possible then closes the bounds in, and so on. Where
one profile is left in every state, it is the only equilibrium.

Bounds come from rounds of the dynamic program that starts at the least and the greatest payoff, rounded outwards: all
that is said is exact.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, islice, product, takewhile
from math import ceil, floor, prod
from typing import TypeAlias

from games.forms.stochastic import StochasticGame
from games.forms.strategic import Profile, StrategicGame
from games.solvers.limits import OutOfTimeError, unless_expired

Supports: TypeAlias = tuple[tuple[str, ...], ...]
"""What each player may play in a state."""

Bounds: TypeAlias = Mapping[str, tuple[Fraction, Fraction]]
"""By state, what a player gets at least and at most from there on."""

MOST_SUPPORTS = 5_000
"""The most profiles of supports of a state that are looked at."""

LARGEST_SUPPORT = 12
"""The most actions of a player in a support that is looked at; beyond, there are more than `MOST_SUPPORTS` of them."""

ROUNDS = 40
"""How often the bounds of what may follow are improved; more would only make them closer."""

PARTS = 1 << 40
"""Bounds are rounded outwards to this part of the player's payoff range."""


@dataclass(frozen=True)
class Possible:
    """The profiles of supports that are possible in each state, small ones first.

    ``is_all``: these are all; else there are too many of them in some state, of which the smallest are looked at.
    """

    by_state: Mapping[str, Sequence[Supports]]
    is_all: bool

    @property
    def count(self) -> int:
        """How many profiles of supports of the whole game they make up."""
        return prod(map(len, self.by_state.values()))

    def plans(self, state: str) -> list[Profile]:
        """The profiles in pure actions among them, which come first."""
        pure = takewhile(lambda each: max(map(len, each)) == 1, self.by_state[state])
        return [tuple(own for (own,) in each) for each in pure]


def possible_supports(game: StochasticGame) -> Possible:
    """What supports of each state are not impossible; found as far as time allows, which leaves more."""
    complete = all(_count(stage) <= MOST_SUPPORTS for stage in game.stages.values())
    found: dict[str, list[Supports]] = {
        state: list(islice(_every(stage), MOST_SUPPORTS)) for state, stage in game.stages.items()
    }
    played: dict[str, Sequence[Profile]] = {state: list(stage.profiles) for state, stage in game.stages.items()}
    with suppress(OutOfTimeError):
        while True:
            bounds = [_bounds(game, played, k) for k, _ in enumerate(game.players)]
            kept = {state: _not_dominated(game, state, each, bounds) for state, each in found.items()}
            if kept == found:
                break
            found = kept
            if complete:
                played = {s: list(dict.fromkeys(p for each in kept[s] for p in product(*each))) for s in kept}
    return Possible(found, complete)


def restricted(game: StochasticGame, possible: Possible) -> StochasticGame:
    """The game with those actions alone that are in some possible support."""
    if not possible.is_all:
        return game
    stages, moves = {}, {}
    for state, stage in game.stages.items():
        menus = {
            player: tuple(action for action in own if any(action in each[k] for each in possible.by_state[state]))
            for k, (player, own) in enumerate(stage.strategies.items())
        }
        profiles = list(product(*menus.values()))
        stages[state] = StrategicGame(menus, {profile: stage.payoffs[profile] for profile in profiles})
        moves[state] = {profile: game.moves[state][profile] for profile in profiles}
    return StochasticGame(stages, moves, game.discount_factor, game.start)


def _count(stage: StrategicGame) -> int:
    return prod(2 ** len(own) - 1 for own in stage.strategies.values())


def _every(stage: StrategicGame) -> Iterator[Supports]:
    """The profiles of supports of a stage game, small ones first."""
    menus = list(stage.strategies.values())
    sizes = product(*(range(1, min(len(own), LARGEST_SUPPORT) + 1) for own in menus))
    for each in sorted(sizes, key=lambda chosen: (sum(chosen), chosen)):
        yield from product(*(combinations(own, size) for own, size in zip(menus, each, strict=True)))


def _not_dominated(
    game: StochasticGame, state: str, among: Sequence[Supports], bounds: Sequence[Bounds]
) -> list[Supports]:
    """Those supports on which no action pays less than another one, whatever the others play and whatever follows."""
    stage = game.stages[state]
    menus = list(stage.strategies.values())
    kept = list(among)
    for k, own in enumerate(menus):
        faced = list(product(*(menu for j, menu in enumerate(menus) if j != k)))
        number = {each: 1 << place for place, each in enumerate(faced)}
        # For each action, sets of what is faced on which another action is better, as bits.
        beaten = {
            worse: {_where_better(game, state, k, (better, worse), number, bounds[k]) for better in own} - {0}
            for worse in own
        }
        if not any(beaten.values()):
            continue
        kept = [each for each in kept if not _is_beaten(each, k, beaten, number)]
    return kept


def _is_beaten(each: Supports, k: int, beaten: Mapping[str, set[int]], number: Mapping[tuple[str, ...], int]) -> bool:
    """Whether one of the k-th player's actions pays less than another against all that the others' supports allow."""
    met = sum(number[faced] for faced in product(*each[:k], *each[k + 1 :]))
    return any(met & ~better == 0 for action in each[k] for better in beaten[action])


def _where_better(
    game: StochasticGame,
    state: str,
    k: int,
    pair: tuple[str, str],
    number: Mapping[tuple[str, ...], int],
    bounds: Bounds,
) -> int:
    """On which of the others' actions the first action of the pair pays the k-th player more, whatever follows."""
    if pair[0] == pair[1]:
        return 0
    unless_expired()
    stage, factor, found = game.stages[state], Fraction(game.discount_factor), 0
    for faced, bit in number.items():
        better, worse = ((*faced[:k], own, *faced[k:]) for own in pair)
        least = (1 - factor) * (Fraction(stage.payoffs[better][k]) - stage.payoffs[worse][k])
        odds, other = game.moves[state][better], game.moves[state][worse]
        for after in odds if odds == other else {**odds, **other}:
            moved = Fraction(odds.get(after, 0)) - other.get(after, 0)
            least += factor * moved * bounds[after][moved < 0]
        if least > 0:
            found |= bit
    return found


def _bounds(
    game: StochasticGame, played: Mapping[str, Sequence[Profile]], k: int
) -> dict[str, tuple[Fraction, Fraction]]:
    """What the k-th player gets at least and at most from each state on, if these profiles alone may be played."""
    own = [Fraction(paid[k]) for stage in game.stages.values() for paid in stage.payoffs.values()]
    least, part = min(own), (max(own) - min(own)) / PARTS
    low, high = dict.fromkeys(game.stages, least), dict.fromkeys(game.stages, max(own))
    for _ in range((ROUNDS if game.discount_factor else 1) if part else 0):
        before = low, high
        low = {s: min(_followed(game, s, profiles, k, low)) for s, profiles in played.items()}
        high = {s: max(_followed(game, s, profiles, k, high)) for s, profiles in played.items()}
        low = {state: least + part * floor((value - least) / part) for state, value in low.items()}
        high = {state: least + part * ceil((value - least) / part) for state, value in high.items()}
        if (low, high) == before:
            break
    return {state: (low[state], high[state]) for state in game.stages}


def _followed(
    game: StochasticGame, state: str, profiles: Sequence[Profile], k: int, values: Mapping[str, Fraction]
) -> list[Fraction]:
    """What each of the profiles pays the k-th player in the state if ``values`` come next."""
    unless_expired()
    factor = Fraction(game.discount_factor)

    def pays(profile: Profile) -> Fraction:
        later = sum((odds * values[after] for after, odds in game.moves[state][profile].items()), Fraction(0))
        return (1 - factor) * Fraction(game.stages[state].payoffs[profile][k]) + factor * later

    return [pays(profile) for profile in profiles]
