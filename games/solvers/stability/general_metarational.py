"""General metarationality (GMR) in a graph model: every improvement could be answered so that it does not pay.

The others are taken to answer by any moves that they have, even by moves that harm themselves. Source: Howard (1971),
Paradoxes of Rationality; for graph models Fang, Hipel & Kilgour (1993), Interactive Decision Making, chapter 3, and
for more than two decision makers chapter 4.
"""

from games.forms.graph_model import GraphModel
from games.solvers.stability.graph_stability import answers, deterred, stability
from games.terms import Condition, at_least


def stable(game: GraphModel, state: str, player: str) -> Condition:
    """Whether, or under what condition on the payoffs, every improvement from ``state`` can be answered."""
    own = game.payoff(state, player)
    return deterred(
        game,
        state,
        player,
        lambda target: (at_least(own, game.payoff(end, player)) for end in answers(game, player, target)),
    )


general_metarational = stability("general-metarational", stable)
"""Every state of a graph model that is general metarational for everybody; the list is complete."""
