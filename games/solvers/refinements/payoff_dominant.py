"""Payoff dominance: the pure equilibria to which the players would not all prefer another one.

Definition: one equilibrium payoff-dominates another if it pays nobody less and somebody more; an equilibrium is listed
if no other dominates it. Source: Harsanyi & Selten (1988), A General Theory of Equilibrium Selection in Games, who ask
that everybody be paid more; the two differ only where a payoff ties. The equilibria compared are those in pure
strategies.
"""

from collections.abc import Iterator, Sequence

from games.cases import Cases
from games.forms.strategic import Profile, StrategicGame
from games.play.quantities import Quantity
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.nash.pure_nash import best_responses_at, of_profiles, pure_nash
from games.terms import Condition, above, at_least, denied, every, some

SHOWN = 10
"""The most comparisons that the remarks state."""


def cases(game: StrategicGame, asked: Sequence[Quantity]) -> Cases:
    """The profile; it is an equilibrium, and no other one pays nobody less and somebody more."""

    def undominated(profile: Profile) -> Iterator[Condition]:
        own = game.payoffs[profile]
        for other, paid in game.payoffs.items():
            if other != profile:
                pairs = list(zip(own, paid, strict=True))
                less = some(above(here, there) for here, there in pairs)
                no_more = every(at_least(here, there) for here, there in pairs)
                yield some([denied(best_responses_at(game, other)), less, no_more])

    return of_profiles(game, asked, lambda profile: every([best_responses_at(game, profile), *undominated(profile)]))


@solution_concept("payoff-dominant", form=StrategicGame, cases=cases)
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
