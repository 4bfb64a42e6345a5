"""Nash stability in a graph model: a state from which no move of the decision maker alone pays it more.

Whoever judges states so looks one move ahead. Source: Nash (1950), Proceedings of the National Academy of Sciences 36;
for graph models Fang, Hipel & Kilgour (1993), Interactive Decision Making, definition 3.1.
"""

from games.forms.graph_model import GraphModel
from games.solvers.stability.graph_stability import deterred, stability
from games.terms import Condition


def stable(game: GraphModel, state: str, player: str) -> Condition:
    """Whether, or under what condition on the payoffs, ``player`` has no unilateral improvement from ``state``."""
    return deterred(game, state, player, lambda target: ())


nash_stable = stability("nash-stable", stable)
"""Every state of a graph model that is Nash stable for everybody; the list is complete."""
