"""Some Nash equilibria of a tree of several players whose strategic form is too large for all.

Every one in pure strategies, from the payoffs of all profiles of plans at once; and the limit of the logit branch,
which is a sequential equilibrium, mixed or not.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import islice
from math import lcm, prod
from typing import Any

from games.errors import InputError
from games.forms.extensive import ExtensiveGame, Path
from games.forms.reduced import Plan, memory, plans, strategy_counts
from games.forms.strategic import MOST_PROFILES
from games.play.regret import nash_regret
from games.solvers.equilibria import Equilibria, Equilibrium, played_out
from games.solvers.limits import STOPPED, OutOfTimeError, expired, unless_expired
from games.solvers.methods.many_systems import LARGEST

MOST_EQUILIBRIA = 5_000
"""The most equilibria in pure strategies that are listed."""

MOST_NODES = 5_000_000
"""The most nodes times plans: plans are listed by going through the tree."""


def some_equilibria(game: ExtensiveGame, otherwise: str = "there may be more") -> Equilibria:
    """The equilibria in pure strategies, unless there are too many profiles, and one that the logit branch leads to.

    Each is exact, in behaviour strategies, and nobody has any regret; not complete. ``otherwise`` says what may help.
    """
    found, remarks = _in_pure_strategies(game)
    if not expired():
        further = _at_the_end_of_the_branch(game, found)
        found += further
        remarks.append(f"{'one' if further else 'no other'} was found at the end of the logit branch")
    remarks.append(STOPPED if expired() else otherwise)
    told = "; ".join(["the tree is too large for all equilibria", *remarks])
    return Equilibria(game, "nash", tuple(found), complete=False, remarks=(told,))


def _at_the_end_of_the_branch(game: ExtensiveGame, known: list[Equilibrium]) -> list[Equilibrium]:
    # Imported here, since concepts are offered in the order in which their modules come.
    from games.solvers.response.logit import logit

    try:
        answer = logit(game)
    except InputError:  # A tree may be too large for its agent form.
        return []
    if not answer.exact:
        return []
    ends = (played_out(game, one.strategies) for one in answer if not any(nash_regret(game, one.strategies).values()))
    return [one for one in ends if all(one.strategies != other.strategies for other in known)]


def _in_pure_strategies(game: ExtensiveGame) -> tuple[list[Equilibrium], list[str]]:
    """The equilibria in pure strategies, and what to say of them."""
    counts = strategy_counts(game).values()
    count = prod(counts)
    if count > MOST_PROFILES or sum(counts) * len(game.nodes) > MOST_NODES:
        return [], [f"its {count:,} profiles of plans were not gone through"]
    every = [plans(game, player) for player in game.players]
    try:
        places = _stable(_payoffs(game, every))
    except OutOfTimeError:
        return [], []
    profiles = ([own[k] for own, k in zip(every, place, strict=True)] for place in places)
    found = []
    for strategies in islice((_behaviour(game, profile) for profile in profiles), MOST_EQUILIBRIA):
        if any(nash_regret(game, strategies).values()):
            raise AssertionError(f"{strategies} was found as an equilibrium and is none")
        found.append(played_out(game, strategies))
        if expired():
            return found, []
    if len(found) < len(places):
        return found, [f"of {len(places):,} in pure strategies the first {MOST_EQUILIBRIA:,} are listed"]
    return found, ["those in pure strategies are all listed" if found else "there is none in pure strategies"]


def _payoffs(game: ExtensiveGame, every: Sequence[Sequence[Plan]]) -> list[Any]:
    """Each player's payoffs by profile, an axis for each player's plans, times what makes them whole.

    Raises `OutOfTimeError`.
    """
    import numpy as np

    allowed = [_allowed(game, player, own) for player, own in zip(game.players, every, strict=True)]
    result = []
    for position in range(len(game.players)):
        paid = {
            path: Fraction(game.chance_of(path)) * outcome.payoffs[position] for path, outcome in game.outcomes.items()
        }
        scale = lcm(*(value.denominator for value in paid.values()))
        whole = {path: int(value * scale) for path, value in paid.items() if value}
        fits = sum(map(abs, whole.values())) < LARGEST
        tensor = np.zeros(list(map(len, every)), dtype=np.int64 if fits else object)
        for path, value in whole.items():
            unless_expired()
            tensor[np.ix_(*(own[path] for own in allowed))] += value
        result.append(tensor)
    return result


def _allowed(game: ExtensiveGame, player: str, own: Sequence[Plan]) -> dict[Path, Any]:
    """By outcome, the numbers of the player's plans that do not rule it out. Raises `OutOfTimeError`."""
    import numpy as np

    choosing = {
        (name, action): np.array([plan.get(name) == action for plan in own])
        for name, information_set in game.information_sets.items()
        if information_set.player == player
        for action in information_set.actions
    }
    result = {}
    for path in game.outcomes:
        unless_expired()
        chosen = np.ones(len(own), dtype=bool)
        for move in memory(game, path, player):
            chosen &= choosing[move]
        result[path] = np.flatnonzero(chosen)
    return result


def _stable(payoffs: list[Any]) -> list[list[int]]:
    """The profiles from which nobody gains by another plan, as the numbers of their plans."""
    import numpy as np

    stable = np.ones(payoffs[0].shape, dtype=bool)
    for position, tensor in enumerate(payoffs):
        unless_expired()
        stable &= tensor == tensor.max(axis=position, keepdims=True)
    places: list[list[int]] = np.argwhere(stable).tolist()
    return places


def _behaviour(game: ExtensiveGame, profile: list[Plan]) -> dict[str, dict[str, Fraction]]:
    """The plans as behaviour; at an information set that its player's own plan excludes, the first action."""
    chosen = {name: action for plan in profile for name, action in plan.items()}
    return {
        name: {action: Fraction(action == chosen.get(name, s.actions[0])) for action in s.actions}
        for name, s in game.information_sets.items()
    }
