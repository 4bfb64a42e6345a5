"""Nash stability in a graph model: a state from which no move of the decision maker alone pays it more.

Whoever judges states so looks one move ahead. Source: Nash (1950), Proceedings of the National Academy of Sciences 36;
for graph models Fang, Hipel & Kilgour (1993), Interactive Decision Making, definition 3.1.
"""

from typing import Any

from games.forms.graph_model import GraphModel
from games.play.payoffs import Strategies
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria
from games.solvers.stability import graph_stability
from games.solvers.stability.graph_stability import NOUN, comparisons, deterred


def stable(game: GraphModel, state: str, player: str) -> Any:
    """Whether, or under what condition on the payoffs, ``player`` has no unilateral improvement from ``state``."""
    return deterred(game, state, player, lambda target: ())


def conditions(game: GraphModel, strategies: Strategies) -> tuple[Any, ...]:
    """For each decision maker, that no move from the state in which it stays pays it more."""
    return graph_stability.conditions(game, strategies, stable)


@solution_concept("nash-stable", form=GraphModel, conditions=conditions, comparisons=comparisons, noun=NOUN)
def nash_stable(game: GraphModel) -> Equilibria:
    """Every state that is Nash stable for everybody; the list is complete."""
    return graph_stability.stable_states(game, "nash-stable", stable)
