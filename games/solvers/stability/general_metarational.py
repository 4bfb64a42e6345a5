"""General metarationality (GMR) in a graph model: every improvement could be answered so that it does not pay.

The others are taken to answer by any moves that they have, even by moves that harm themselves. Source: Howard (1971),
Paradoxes of Rationality; for graph models Fang, Hipel & Kilgour (1993), Interactive Decision Making, chapter 3, and
for more than two decision makers chapter 4.
"""

from typing import Any

from games.forms.graph_model import GraphModel
from games.play.payoffs import Strategies
from games.solvers.concept import solution_concept
from games.solvers.conditions import at_most
from games.solvers.equilibria import Equilibria
from games.solvers.stability import graph_stability
from games.solvers.stability.graph_stability import NOUN, answers, comparisons, deterred


def stable(game: GraphModel, state: str, player: str) -> Any:
    """Whether, or under what condition on the payoffs, every improvement from ``state`` can be answered."""
    own = game.payoff(state, player)
    return deterred(
        game,
        state,
        player,
        lambda target: (at_most(game.payoff(end, player), own) for end in answers(game, player, target)),
    )


def conditions(game: GraphModel, strategies: Strategies) -> tuple[Any, ...]:
    """For each decision maker, that every improvement from the state in which it stays can be answered."""
    return graph_stability.conditions(game, strategies, stable)


@solution_concept("general-metarational", form=GraphModel, conditions=conditions, comparisons=comparisons, noun=NOUN)
def general_metarational(game: GraphModel) -> Equilibria:
    """Every state that is general metarational for everybody; the list is complete."""
    return graph_stability.stable_states(game, "general-metarational", stable)
