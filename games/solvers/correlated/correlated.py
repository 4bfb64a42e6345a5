"""Correlated equilibria: nobody gains by departing from what a trusted mediator tells them to play.

Definition: a profile is drawn from a known distribution and every player is told their own strategy in it, and nothing
else. The distribution is a correlated equilibrium if nobody, whatever they are told, gains by playing anything else.
Sources: Aumann (1974), Journal of Mathematical Economics 1; Aumann (1987), Econometrica 55. Every Nash equilibrium is
one. The correlated equilibria are a polytope in the space of distributions; `games.solvers.methods.correlation` finds
the best of them.
"""

from fractions import Fraction
from typing import Any

from games.exact import Number
from games.forms.strategic import Profile, StrategicGame
from games.solvers.concept import distribution_of, solution_concept
from games.solvers.equilibria import Equilibria
from games.solvers.methods.correlation import Distribution, check_size, optimal


def conditions(game: StrategicGame, distribution: Distribution) -> tuple[Any, ...]:
    """For each player, each strategy told and each other strategy: what obeying pays more, weighted by probability.

    All are ≥ 0 exactly if ``distribution`` is a correlated equilibrium.
    """
    result: list[Any] = []
    for position, own in enumerate(game.strategies.values()):
        for told in own:
            heard = [(profile, weight) for profile, weight in distribution.items() if profile[position] == told]
            pays = {
                played: sum(
                    (w * game.payoffs[(*p[:position], played, *p[position + 1 :])][position] for p, w in heard),
                    Fraction(0),
                )
                for played in own
            }
            result += [pays[told] - value for played, value in pays.items() if played != told]
    return tuple(result)


@solution_concept("correlated", form=StrategicGame, conditions=conditions, judged=distribution_of)
def correlated(game: StrategicGame, objective: str = "best") -> Equilibria:
    """A correlated equilibrium with the greatest sum of payoffs, or another ``objective``; any number of players.

    ``objective`` is "best" (the greatest sum of payoffs), "worst" (the least sum), or a player's name (that player's
    greatest payoff). ``outcomes`` is the distribution, and ``strategies`` are its marginals. The answer is complete
    exactly if no other correlated equilibrium reaches the same value.
    """
    check_size(game, "correlated", sum(len(own) * (len(own) - 1) for own in game.strategies.values()))
    temptations: dict[tuple[str, str, str], dict[Profile, Number]] = {}
    for profile in game.profiles:
        for position, player in enumerate(game.players):
            for other in game.alternatives(profile, player):
                gain = game.payoff(other, player) - game.payoff(profile, player)
                temptations.setdefault((player, profile[position], other[position]), {})[profile] = gain
    return optimal(game, "correlated", objective, list(temptations.values()), conditions)
