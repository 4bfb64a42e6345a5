"""Games in rounds in a document: a stochastic game, and a repeated game whose players discount by factors of their own.

A stochastic game has ``states``, a table from each state to a table of

- ``strategies`` and ``payoffs``, the stage game, see `games.formats.strategic`;
- ``next``: from each profile, its strategies joined by ``,`` or ``/`` or ``|``, to a table from each next state to its
  probability. A profile left out stays in the state.

and ``discount``, the discount factor. A repeated game, of which `grim-trigger` finds the agreements, has ``stages``, a
table like ``states``, and ``discounts``, a table from each player to its factor. ``start`` is the state in which play
begins, the first unless given.
"""

from collections.abc import Mapping
from typing import Any

from games.formats.fields import EntryReader, line, names, needed, only, table
from games.formats.strategic import joined_profile, strategic_game
from games.forms import Entry
from games.forms.repeated import RepeatedGame
from games.forms.stochastic import StochasticGame
from games.forms.strategic import Profile, StrategicGame

STOCHASTIC_KEYS = ("states", "discount", "start")
REPEATED_KEYS = ("stages", "discounts", "start")
"""What documents of the two forms may have."""

_KEYS = ("strategies", "payoffs", "next")


def stochastic_game(document: Mapping[str, Any], entry: EntryReader) -> StochasticGame:
    """The game in ``document``; raises `InputError` naming the state that is not as this module defines."""
    stages, moves = _stages(document, "states", entry)
    discount = entry(needed(document, "discount", "the document"), "the discount factor")
    return StochasticGame(stages, moves, discount, _start(document))


def repeated_game(document: Mapping[str, Any], entry: EntryReader) -> RepeatedGame:
    """The game in ``document``; raises `InputError` naming the state that is not as this module defines."""
    stages, moves = _stages(document, "stages", entry)
    given = table(needed(document, "discounts", "the document"), "discounts", "players and discount factors")
    discounts = {
        player: entry(given[player], f"the discount factor of {player}") for player in names(given, "discounts")
    }
    transitions = {
        state: {profile: moves[state].get(profile, {state: 1}) for profile in stage.profiles}
        for state, stage in stages.items()
    }
    return RepeatedGame(stages, discounts, transitions, _start(document))


def _stages(
    document: Mapping[str, Any], key: str, entry: EntryReader
) -> tuple[dict[str, StrategicGame], dict[str, dict[Profile, dict[str, Entry]]]]:
    """The stage game of each state, and the odds of the next state after the profiles of which they are told."""
    states = table(document[key], key, "names and stage games")
    stages: dict[str, StrategicGame] = {}
    moves: dict[str, dict[Profile, dict[str, Entry]]] = {}
    for state in names(states, key):
        fields = table(states[state], f"the state {state}", "strategies, payoffs and next")
        only(fields, _KEYS, f"the state {state}")
        stages[state] = strategic_game({key: fields[key] for key in _KEYS[:2] if key in fields}, entry)
        moves[state] = {}
        following = table(fields.get("next", {}), f"next in {state}", "profiles and odds")
        for text, given in following.items():
            what = f"next in {state} after {text}"
            odds = table(given, what, "states and probabilities")
            profile = joined_profile(text, stages[state].strategies, f"next in {state}")
            moves[state][profile] = {
                after: entry(value, f"the probability of {after}, {what}") for after, value in odds.items()
            }
    return stages, moves


def _start(document: Mapping[str, Any]) -> str:
    return line(document["start"], "the start") if "start" in document else ""
