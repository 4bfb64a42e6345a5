"""Pure Nash equilibria: profiles at which no player gains by choosing another strategy alone.

Definition: Nash (1951), Annals of Mathematics 54. Found by inspecting every profile, for any number of players.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from games.forms.strategic import Profile, StrategicGame
from games.play.payoffs import Strategies, strategy_payoffs
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.limits import STOPPED, expired

PACE = 1_000
"""After so many profiles the time is looked at."""


def pure(game: StrategicGame, profile: Profile) -> dict[str, dict[str, Fraction]]:
    """The profile as strategies that put probability one on its labels."""
    return {
        player: _surely(game.strategies[player], chosen) for player, chosen in zip(game.players, profile, strict=True)
    }


def pure_profile(game: StrategicGame, strategies: Strategies) -> Profile | None:
    """The labels played with probability one; None where somebody mixes."""
    played = [next((label for label, w in strategies[player].items() if w == 1), None) for player in game.players]
    return None if None in played else tuple(label for label in played if label is not None)


def _surely(own: Sequence[str], chosen: str) -> dict[str, Fraction]:
    return {**dict.fromkeys(own, Fraction(0)), chosen: Fraction(1)}


def conditions(game: StrategicGame, strategies: Strategies) -> tuple[Any, ...]:
    """What each player's strategies pay at most: own payoff minus each strategy's payoff, all ≥ 0 at an equilibrium."""
    result = []
    for player in game.players:
        payoffs = strategy_payoffs(game, strategies, player)
        mix = strategies[player]
        own = sum((mix[label] * value for label, value in payoffs.items() if mix.get(label, 0) != 0), Fraction(0))
        result += [own - value for label, value in payoffs.items() if mix.get(label, 0) != 1]
    return tuple(result)


def comparisons(game: StrategicGame, equilibria: Equilibria) -> Iterator[Any]:
    """Every difference between what two strategies pay a player against the same pure profile of the others."""
    for profile in game.profiles:
        for player in game.players:
            for other in game.alternatives(profile, player):
                if other > profile:
                    yield game.payoff(profile, player) - game.payoff(other, player)


@solution_concept("pure-nash", form=StrategicGame, conditions=conditions, comparisons=comparisons)
def pure_nash(game: StrategicGame) -> Equilibria:
    """All pure Nash equilibria of a game with exact payoffs; the list is complete unless the time is up before."""
    best = _best_payoffs(game)
    found: list[Equilibrium] = []

    @cache
    def sure(player: str, label: str) -> dict[str, Fraction]:
        """Written down once, since thousands of equilibria may share it."""
        return _surely(game.strategies[player], label)

    for number, (profile, payoffs) in enumerate(game.payoffs.items()):
        if number % PACE == PACE - 1 and expired(f"profile {number} of {len(game.payoffs)}"):
            return Equilibria(game, "pure-nash", tuple(found), complete=False, remarks=(STOPPED,))
        if all(
            payoff == best[position][profile[:position] + profile[position + 1 :]]
            for position, payoff in enumerate(payoffs)
        ):
            found.append(
                Equilibrium(
                    {player: sure(player, label) for player, label in zip(game.players, profile, strict=True)},
                    {player: Fraction(value) for player, value in zip(game.players, payoffs, strict=True)},
                )
            )
    return Equilibria(game, "pure-nash", tuple(found), complete=True)


def _best_payoffs(game: StrategicGame) -> list[dict[Profile, Any]]:
    """For each player, the best payoff against each profile of the others."""
    best: list[dict[Profile, Any]] = [{} for _ in game.players]
    for profile, payoffs in game.payoffs.items():
        for position, payoff in enumerate(payoffs):
            others = profile[:position] + profile[position + 1 :]
            known = best[position].get(others)
            if known is None or payoff > known:
                best[position][others] = payoff
    return best
