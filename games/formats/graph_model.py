"""A graph model of a conflict in a document.

``moves`` is a table from each decision maker to a table from each state from which it can move to the list of states to
which it can move in one step; ``payoffs`` a table from each state to one payoff for each decision maker, as a list in
their order or as a table.
"""

from collections.abc import Mapping
from typing import Any

from games.formats.fields import EntryReader, line, names, needed, one_for_each, sequence, table
from games.forms.graph_model import GraphModel

GRAPH_KEYS = ("moves", "payoffs")
"""What documents of this form may have."""


def graph_model(document: Mapping[str, Any], entry: EntryReader) -> GraphModel:
    """The game in ``document``; raises `InputError` naming the state that is not as this module defines."""
    given = table(document["moves"], "moves", "decision makers and their moves")
    players = names(given, "moves")
    payoffs = table(needed(document, "payoffs", "the document"), "payoffs", "states and payoffs")
    moves = {}
    for player in players:
        own = table(given[player], f"the moves of {player}", "states and the states to which it can move")
        moves[player] = {
            line(state, f"a state in the moves of {player}"): tuple(
                line(target, f"a state to which {player} moves")
                for target in sequence(targets, f"what {player} can move to from {state}", "states")
            )
            for state, targets in own.items()
        }
    paid = {
        state: one_for_each(payoffs[state], players, entry, f"in the state {state}")
        for state in names(payoffs, "payoffs")
    }
    return GraphModel(paid, moves)
