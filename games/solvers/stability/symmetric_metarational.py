"""Symmetric metarationality (SMR) in a graph model: every improvement could be answered for good.

As in general metarationality the others may answer by any moves; but the answer counts only if the decision maker
cannot move on from where it leads to a state that pays it more than the one it left. Source: Howard (1971), Paradoxes
of Rationality; for graph models Fang, Hipel & Kilgour (1993), Interactive Decision Making, chapters 3 and 4.
"""

from games.forms.graph_model import GraphModel
from games.solvers.stability.graph_stability import answers, deterred, stability
from games.terms import Condition, at_least, every


def stable(game: GraphModel, state: str, player: str) -> Condition:
    """Whether, or under what condition on the payoffs, every improvement from ``state`` can be answered for good."""
    own = game.payoff(state, player)

    def without_escape(end: str) -> Condition:
        return every(at_least(own, game.payoff(s, player)) for s in (end, *game.moves_from(end, player)))

    return deterred(game, state, player, lambda target: (without_escape(end) for end in answers(game, player, target)))


symmetric_metarational = stability("symmetric-metarational", stable)
"""Every state of a graph model that is symmetric metarational for everybody; the list is complete."""
