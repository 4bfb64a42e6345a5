"""Level-k play: how far ahead each player thinks, starting from play at random.

Definition: a player of level 0 plays every strategy equally often. A player of level k plays a best response to the
belief that all others are of level k − 1, each strategy equally often where several are best. Sources: Stahl & Wilson
(1994), Journal of Economic Behavior & Organization 25; Nagel (1995), American Economic Review 85. Level-k play is a
model of reasoning and no equilibrium: what a player believes of the others need not be what they do.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from games.errors import InputError
from games.exact import brief, exact
from games.forms.strategic import StrategicGame
from games.play.payoffs import payoffs_of, strategy_payoffs
from games.play.regret import best_responses, regret
from games.solvers.choices import compared
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium, mixture
from games.solvers.limits import STOPPED, expired

MOST_LEVELS = 1_000
"""The highest level accepted."""

SHOWN = 10
"""The most levels that the remarks write out."""

Play: TypeAlias = Mapping[str, Mapping[str, Fraction]]
"""Player → strategy → probability."""


def reasons(game: StrategicGame, equilibrium: Equilibrium, settings: Mapping[str, Any]) -> Iterator[str] | None:
    """For each player: what each strategy pays against the level below."""
    if "level" not in settings:
        return None
    level, below = settings["level"], settings["below"]
    if below is None:
        return (f"At level 0 {player} plays every strategy equally often." for player in game.players)
    return (_reply(game, equilibrium, player, level, below) for player in game.players)


def _reply(
    game: StrategicGame, equilibrium: Equilibrium, player: str, level: int, below: Mapping[str, Mapping[str, Any]]
) -> str:
    played = [label for label, weight in equilibrium[player].items() if weight]
    pays = compared(strategy_payoffs(game, below, player), played, player)
    others = ", ".join(f"{other}: {mixture(below[other])}" for other in game.players if other != player)
    against = f"Against level {level - 1} ({others}), " if others else ""
    return f"{against}{pays}; that is the best reply, and what level {level} plays."


@solution_concept(
    "level-k",
    form=StrategicGame,
    noun=("profile", "profiles"),
    no_cases_because="its answer is what a number of replies leads to, a procedure and no condition on a profile",
    no_regret=False,
    reasons=reasons,
)
def level_k(game: StrategicGame, level: int | str = 2) -> Equilibria:
    """What players of ``level`` k do who all think that the others are of level k − 1; any number of players.

    ``level`` is a whole number from 0 to `MOST_LEVELS`. The one profile is the whole answer: the procedure leaves no
    choice. It need not be an equilibrium; a remark says whether it is one, and others how each level plays.
    """
    k = exact(level, "the level")
    if k.denominator != 1 or not 0 <= k <= MOST_LEVELS:
        raise InputError(f"the level is {brief(k)}; it must be a whole number from 0 to {MOST_LEVELS}")
    path, repeats = _path(game, int(k))
    if repeats is None and len(path) <= k:
        return Equilibria(game, "level-k", (), complete=False, remarks=(f"{STOPPED}, from level {len(path)} on",))
    period = 0 if repeats is None else len(path) - repeats
    play = _at(path, repeats, int(k))
    remarks = [f"level {number}: {_in_words(each)}" for number, each in enumerate(path[:SHOWN])]
    if len(path) > SHOWN:
        remarks.append(f"and so on to level {len(path) - 1}")
    if period == 1:
        remarks.append(f"every level from {repeats} on plays alike")
    elif period:
        remarks.append(f"levels {repeats} to {len(path) - 1} are then repeated over and over")
    gains = regret(game, play)
    remarks.append(
        "this profile is a Nash equilibrium"
        if not any(gains.values())
        else "this profile is no equilibrium: "
        + ", ".join(player for player, gain in gains.items() if gain)
        + " would gain by playing otherwise against what the others do"
    )
    payoffs = dict(zip(game.players, payoffs_of(game, play), strict=True))
    found, below = (Equilibrium(play, payoffs),), _at(path, repeats, int(k) - 1) if k else None
    settings = {"level": int(k), "below": below}
    return Equilibria(game, "level-k", found, complete=True, remarks=tuple(remarks), settings=settings)


def _path(game: StrategicGame, level: int) -> tuple[list[Play], int | None]:
    """How each level plays, up to ``level``, until play repeats, or the time is up; and from which level on it does."""
    path: list[Play] = [{player: _evenly(own, own) for player, own in game.strategies.items()}]
    while len(path) <= level and not expired(f"level {len(path)} of {level}"):
        after = {p: _evenly(own, best_responses(game, path[-1], p)) for p, own in game.strategies.items()}
        _check(game, path[-1], after)
        if after in path:
            return path, path.index(after)
        path.append(after)
    return path, None


def _at(path: Sequence[Play], repeats: int | None, level: int) -> Play:
    if repeats is None or level < len(path):
        return path[level]
    return path[repeats + (level - repeats) % (len(path) - repeats)]


def _evenly(own: Sequence[str], played: Sequence[str]) -> dict[str, Fraction]:
    """The mixed strategy that plays these labels equally often."""
    return {label: Fraction(label in played, len(played)) for label in own}


def _check(game: StrategicGame, before: Play, after: Play) -> None:
    """Profile by profile: each player plays evenly what pays most if the others play evenly what ``before`` plays."""
    supports = [{label for label, weight in mix.items() if weight} for mix in before.values()]
    for position, player in enumerate(game.players):
        pays = dict.fromkeys(game.strategies[player], Fraction(0))
        for profile, row in game.payoffs.items():
            if all(label in supports[k] for k, label in enumerate(profile) if k != position):
                pays[profile[position]] += row[position]
        best = max(pays.values())
        share = Fraction(1, sum(value == best for value in pays.values()))
        if any(weight != (share if pays[label] == best else 0) for label, weight in after[player].items()):
            raise AssertionError(f"{after[player]} is not the even best response of {player} to {before}")


def _in_words(play: Play) -> str:
    return "; ".join(f"{player} {mixture(mix)}" for player, mix in play.items())
