"""A game in extensive form in a document.

``players`` is a list of labels and ``tree`` the first node. A node is a table, one of

- a decision: ``player``, ``actions`` (a table from each action to the node that follows) and, if the player cannot
  tell it from other decisions, the name of their common ``information_set``;
- a chance move: ``chance``, a table from each event to a table of its ``probability`` and ``then``, what follows;
- an outcome: ``payoffs``, a list in the order of the players, or a table from player to payoff.

A path has at most `DEEPEST` moves.
"""

from collections.abc import Mapping
from typing import Any

from games.errors import InputError
from games.formats.fields import EntryReader, line, names, needed, one_for_each, only, table
from games.forms import Entry
from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome, Path

DEEPEST = 90
"""The most moves on a path; each takes up to three levels of nesting, of which `games.formats.syntax` allows 300."""

_KINDS = {
    "actions": ("player", "actions", "information_set"),
    "chance": ("chance",),
    "payoffs": ("payoffs",),
}
"""For the key that tells what a node is, all the keys that such a node may have."""


def extensive_game(document: Mapping[str, Any], entry: EntryReader) -> ExtensiveGame:
    """The game in ``document``; raises `InputError` naming the path to the node that is not as this module defines."""
    if "players" not in document:
        raise InputError("the document has a tree and no players; give players, a list in the order of the payoffs")
    players = names(document["players"], "players")

    def node(given: object, path: Path) -> Node:
        where = f"after {', '.join(path)}" if path else "at the start"
        if len(path) > DEEPEST:
            raise InputError(f"the tree is deeper than {DEEPEST} moves")
        fields = table(given, f"the node {where}", "player and actions, or chance, or payoffs")
        match [key for key in _KINDS if key in fields]:
            case [key]:
                only(fields, _KINDS[key], f"the node {where}")
            case []:
                raise InputError(
                    f"the node {where} is none of decision (actions), chance move (chance), outcome (payoffs)"
                )
            case several:
                raise InputError(f"the node {where} has both {' and '.join(several)}; a node is only one of these")
        if key == "payoffs":
            return Outcome(one_for_each(fields["payoffs"], players, entry, where))
        if key == "chance":
            events = table(fields["chance"], f"chance {where}", "events")
            return Chance({event: follow(events[event], event, path) for event in names(events, f"chance {where}")})
        actions = table(fields["actions"], f"the actions {where}", "labels and the nodes that follow")
        followed = {a: node(actions[a], (*path, a)) for a in names(actions, f"the actions {where}")}
        player = line(needed(fields, "player", f"the decision {where}"), f"the player {where}")
        if "information_set" not in fields:
            return Decision(player, followed)
        return Decision(player, followed, line(fields["information_set"], f"the information set {where}"))

    def follow(given: object, event: str, path: Path) -> tuple[Entry, Node]:
        what = f"the event {', '.join((*path, event))}"
        fields = table(given, what, "probability and then, what follows")
        only(fields, ("probability", "then"), what)
        probability = entry(needed(fields, "probability", what), f"the probability of {what}")
        return probability, node(needed(fields, "then", what), (*path, event))

    return ExtensiveGame(players, node(document["tree"], ()))
