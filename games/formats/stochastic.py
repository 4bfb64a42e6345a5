"""A stochastic game in a document.

``states`` is a table from each state to a table of

- ``strategies`` and ``payoffs``, the stage game, see `games.formats.strategic`;
- ``next``: from each profile, its strategies joined by ``,`` or ``/`` or ``|``, to a table from each next state to its
  probability. A profile left out stays in the state.

``discount`` is the discount factor, ``start`` the state in which play begins, the first unless given.
"""

from collections.abc import Mapping
from typing import Any

from games.formats.fields import EntryReader, line, names, needed, only, table
from games.formats.strategic import joined_profile, strategic_game
from games.forms import Entry
from games.forms.stochastic import StochasticGame
from games.forms.strategic import Profile, StrategicGame

_KEYS = ("strategies", "payoffs", "next")


def stochastic_game(document: Mapping[str, Any], entry: EntryReader) -> StochasticGame:
    """The game in ``document``; raises `InputError` naming the state that is not as this module defines."""
    states = table(document["states"], "states", "names and stage games")
    stages: dict[str, StrategicGame] = {}
    moves: dict[str, dict[Profile, dict[str, Entry]]] = {}
    for state in names(states, "states"):
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
    discount = entry(needed(document, "discount", "the document"), "the discount factor")
    start = line(document["start"], "the start") if "start" in document else ""
    return StochasticGame(stages, moves, discount, start)
