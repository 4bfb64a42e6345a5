"""Payoff dominance: the pure equilibria to which the players would not all prefer another one.

Definition: one equilibrium payoff-dominates another if it pays nobody less and somebody more; an equilibrium is listed
if no other dominates it. Source: Harsanyi & Selten (1988), A General Theory of Equilibrium Selection in Games, who ask
that everybody be paid more; the two differ only where a payoff ties. The equilibria compared are those in pure
strategies.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from games.forms.strategic import StrategicGame
from games.play.payoffs import Strategies
from games.solvers.concept import solution_concept
from games.solvers.conditions import above, at_most, every, some
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.nash.pure_nash import comparisons as best_response_comparisons
from games.solvers.nash.pure_nash import conditions as best_response_conditions
from games.solvers.nash.pure_nash import pure_nash, pure_profile

SHOWN = 10
"""The most comparisons that the remarks state."""


def conditions(game: StrategicGame, strategies: Strategies) -> tuple[Any, ...]:
    """Those of a pure Nash equilibrium, and of each other profile that it is none or does not dominate this one."""
    profile = pure_profile(game, strategies)
    if profile is None:
        return (False,)
    own = game.payoffs[profile]
    result = list(best_response_conditions(game, strategies))
    for other, paid in game.payoffs.items():
        if other == profile:
            continue
        left = (
            above(game.payoff(better, player), game.payoff(other, player))
            for player in game.players
            for better in game.alternatives(other, player)
        )
        less = (above(here, there) for here, there in zip(own, paid, strict=True))
        no_more = every(at_most(there, here) for here, there in zip(own, paid, strict=True))
        result.append(some([*left, *less, no_more]))
    return tuple(result)


def comparisons(game: StrategicGame, equilibria: Equilibria) -> Iterator[Any]:
    """Those of pure Nash equilibria, and each player's payoff at one profile less that at another."""
    yield from best_response_comparisons(game, equilibria)
    for one, other in combinations(game.payoffs.values(), 2):
        yield from (a - b for a, b in zip(one, other, strict=True))


@solution_concept("payoff-dominant", form=StrategicGame, conditions=conditions, comparisons=comparisons)
def payoff_dominant(game: StrategicGame) -> Equilibria:
    """The pure equilibria that no other pure equilibrium payoff-dominates; the list is complete."""
    every = pure_nash(game)
    distinct = {tuple(one.payoffs.values()): one for one in every}.values()
    found: list[Equilibrium] = []
    remarks: list[str] = []
    for one in every:
        better = next((other for other in distinct if dominates(other, one)), None)
        if better is None:
            found.append(one)
        else:
            remarks.append(f"({one}) is payoff-dominated by ({better})")
    more = len(remarks) - SHOWN
    remarks = [*remarks[:SHOWN], *([f"{more} more pure equilibria are payoff-dominated"] if more > 0 else [])]
    if not every:
        remarks.append("there is no equilibrium in pure strategies")
    elif len(every) == 1:
        remarks.append("there is only one equilibrium in pure strategies, so that there is nothing to compare")
    elif len(found) == 1 and all(other is found[0] or dominates(found[0], other) for other in every):
        remarks.append(f"({found[0]}) payoff-dominates every other equilibrium in pure strategies")
    elif len(found) > 1:
        remarks.append(f"none of the {len(found)} equilibria listed payoff-dominates another")
    return Equilibria(game, "payoff-dominant", tuple(found), complete=True, remarks=tuple(remarks))


def dominates(one: Equilibrium, other: Equilibrium) -> bool:
    """Whether ``one`` pays nobody less than ``other`` and somebody more."""
    gains = [payoff - other.payoffs[player] for player, payoff in one.payoffs.items()]
    return min(gains) >= 0 and max(gains) > 0
