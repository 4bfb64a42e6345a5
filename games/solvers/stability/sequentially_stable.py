"""Sequential stability (SEQ) in a graph model: every improvement meets a credible answer, after which it does not pay.

The others answer only by moves that pay each of them more. Source: Fraser & Hipel (1984), Conflict Analysis; for graph
models Fang, Hipel & Kilgour (1993), Interactive Decision Making, chapters 3 and 4.
"""

from games.forms.graph_model import GraphModel
from games.solvers.stability.graph_stability import answers, deterred, stability
from games.terms import Condition, at_least, every


def stable(game: GraphModel, state: str, player: str) -> Condition:
    """Whether, or under what condition on the payoffs, every improvement from ``state`` meets a credible answer."""
    own = game.payoff(state, player)
    return deterred(
        game,
        state,
        player,
        lambda target: (
            every([credible, at_least(own, game.payoff(end, player))])
            for end, credible in answers(game, player, target, improving=True).items()
        ),
    )


sequentially_stable = stability("sequentially-stable", stable)
"""Every state of a graph model that is sequentially stable for everybody; the list is complete."""
