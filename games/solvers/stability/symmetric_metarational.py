"""Symmetric metarationality (SMR) in a graph model: every improvement could be answered for good.

As in general metarationality the others may answer by any moves; but the answer counts only if the decision maker
cannot move on from where it leads to a state that pays it more than the one it left. Source: Howard (1971), Paradoxes
of Rationality; for graph models Fang, Hipel & Kilgour (1993), Interactive Decision Making, chapters 3 and 4.
"""

from typing import Any

from games.forms.graph_model import GraphModel
from games.play.payoffs import Strategies
from games.solvers.concept import solution_concept
from games.solvers.conditions import at_most, every
from games.solvers.equilibria import Equilibria
from games.solvers.stability import graph_stability
from games.solvers.stability.graph_stability import NOUN, answers, comparisons, deterred


def stable(game: GraphModel, state: str, player: str) -> Any:
    """Whether, or under what condition on the payoffs, every improvement from ``state`` can be answered for good."""
    own = game.payoff(state, player)

    def without_escape(end: str) -> Any:
        return every(at_most(game.payoff(s, player), own) for s in (end, *game.moves_from(end, player)))

    return deterred(game, state, player, lambda target: (without_escape(end) for end in answers(game, player, target)))


def conditions(game: GraphModel, strategies: Strategies) -> tuple[Any, ...]:
    """For each decision maker, that every improvement from the state in which it stays can be answered for good."""
    return graph_stability.conditions(game, strategies, stable)


@solution_concept("symmetric-metarational", form=GraphModel, conditions=conditions, comparisons=comparisons, noun=NOUN)
def symmetric_metarational(game: GraphModel) -> Equilibria:
    """Every state that is symmetric metarational for everybody; the list is complete."""
    return graph_stability.stable_states(game, "symmetric-metarational", stable)
