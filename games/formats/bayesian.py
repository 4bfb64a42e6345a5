"""A Bayesian game in a document.

``types`` and ``actions`` are tables from each player to a list of labels. ``prior`` is a table from each profile of
types, joined by ``,`` or ``/`` or ``|``, to a table of

- ``probability``;
- ``payoffs``, as those of the strategic form in which the players have these types, see `games.formats.strategic`.
"""

from collections.abc import Mapping
from typing import Any

from games.errors import InputError, quoted
from games.formats.fields import EntryReader, names, needed, only, table
from games.formats.strategic import joined_profile, strategic_game
from games.forms import Entry
from games.forms.bayesian import BayesianGame, Listed, Types

_KEYS = ("probability", "payoffs")


def bayesian_game(document: Mapping[str, Any], entry: EntryReader) -> BayesianGame:
    """The game in ``document``; raises `InputError` naming the types whose game is not as this module defines."""
    given = table(document["types"], "types", "players and labels")
    types = {player: names(given[player], f"the types of {player}") for player in names(given, "types")}
    menus = table(needed(document, "actions", "the document"), "actions", "players and labels")
    only(menus, types, "the table of actions")
    actions = {p: names(needed(menus, p, "the table of actions"), f"the actions of {p}") for p in types}
    prior: dict[Types, Entry] = {}
    paid = {}
    for text, fields in table(needed(document, "prior", "the document"), "prior", "types and games").items():
        what = f"the prior of {text}"
        profile = joined_profile(text, types, "prior")
        if profile in prior:
            raise InputError(f"the prior gives the types {quoted(text)} twice; give them once")
        only(table(fields, what, "probability and payoffs"), _KEYS, what)
        prior[profile] = entry(needed(fields, "probability", what), f"the probability of {text}")
        stage = {"strategies": {player: list(own) for player, own in actions.items()}}
        game = strategic_game({**stage, "payoffs": needed(fields, "payoffs", what)}, entry)
        paid.update({(profile, chosen): row for chosen, row in game.payoffs.items()})
    return BayesianGame(types, actions, prior, Listed(paid))
