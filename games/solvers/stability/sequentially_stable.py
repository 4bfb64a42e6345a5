"""Sequential stability (SEQ) in a graph model: every improvement meets a credible answer, after which it does not pay.

The others answer only by moves that pay each of them more. Source: Fraser & Hipel (1984), Conflict Analysis; for graph
models Fang, Hipel & Kilgour (1993), Interactive Decision Making, chapters 3 and 4.
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
    """Whether, or under what condition on the payoffs, every improvement from ``state`` meets a credible answer."""
    own = game.payoff(state, player)
    return deterred(
        game,
        state,
        player,
        lambda target: (
            every([credible, at_most(game.payoff(end, player), own)])
            for end, credible in answers(game, player, target, improving=True).items()
        ),
    )


def conditions(game: GraphModel, strategies: Strategies) -> tuple[Any, ...]:
    """For each decision maker, that every improvement from the state in which it stays meets a credible answer."""
    return graph_stability.conditions(game, strategies, stable)


@solution_concept("sequentially-stable", form=GraphModel, conditions=conditions, comparisons=comparisons, noun=NOUN)
def sequentially_stable(game: GraphModel) -> Equilibria:
    """Every state that is sequentially stable for everybody; the list is complete."""
    return graph_stability.stable_states(game, "sequentially-stable", stable)
