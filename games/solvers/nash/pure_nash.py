"""Pure Nash equilibria: profiles at which no player gains by choosing another strategy alone.

Definition: Nash (1951), Annals of Mathematics 54. Found by inspecting every profile, for any number of players.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from games.cases import Cases, Mixture, one_of, spelled
from games.errors import InputError
from games.exact import Number
from games.forms.strategic import Profile, StrategicGame
from games.play.payoffs import Strategies
from games.play.quantities import Chosen, Payoff, Quantity
from games.play.regret import regret
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium, equilibrium
from games.solvers.limits import STOPPED, expired
from games.terms import Condition, Poly, at_least, every, poly, product_of

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


def of_profiles(game: StrategicGame, asked: Sequence[Quantity], holds: Callable[[Profile], Condition]) -> Cases:
    """Cases of one choice: which profile of pure strategies, and whether it ``holds``."""
    profiles = {spelled(profile): profile for profile in game.profiles}

    def value(quantity: Quantity, label: str) -> Poly:
        profile = profiles[label]
        match quantity:
            case Payoff(player=player):
                return poly(game.payoff(profile, player))
            case Chosen(choices=choices):
                played = dict(zip(game.players, profile, strict=True))
                return poly(int(all(played[who] == own for who, own in choices.items())))
        raise InputError("a game in strategic form has no paths; name strategies by player")

    return one_of("profile", {label: holds(profile) for label, profile in profiles.items()}, asked, value)


def value_of(quantity: Quantity, mixed: Mapping[str, Mixture], paid: Mapping[str, Poly]) -> Poly:
    """The value of a quantity where the players mix so and are ``paid`` so."""
    match quantity:
        case Payoff(player=player):
            return paid[player]
        case Chosen(choices=choices):
            return product_of(mixed[who].p[own] for who, own in choices.items())
    raise InputError("a game in strategic form has no paths; name strategies by player")


def best_responses_at(game: StrategicGame, profile: Profile) -> Condition:
    """That nobody's strategy in the profile pays less than another one of the player's would."""
    return every(
        at_least(game.payoff(profile, player), game.payoff(other, player))
        for player in game.players
        for other in game.alternatives(profile, player)
    )


def cases(game: StrategicGame, asked: Sequence[Quantity]) -> Cases:
    """The profile; nobody gains by leaving it alone."""
    return of_profiles(game, asked, lambda profile: best_responses_at(game, profile))


def unregretted(game: StrategicGame, strategies: Strategies, values: Mapping[str, Number]) -> Equilibrium | None:
    """The strategies as an equilibrium, if nobody has any regret."""
    return None if any(regret(game, strategies).values()) else equilibrium(game, strategies)


@solution_concept("pure-nash", form=StrategicGame, cases=cases, title="pure Nash", witness=unregretted)
def pure_nash(game: StrategicGame) -> Equilibria:
    """All pure Nash equilibria of a game with exact payoffs; the list is complete unless the time is up before."""
    profiles, complete = pure_profiles(game)

    @cache
    def sure(player: str, label: str) -> dict[str, Fraction]:
        """Written down once, since thousands of equilibria may share it."""
        return _surely(game.strategies[player], label)

    found = []
    for profile in profiles:
        payoffs = zip(game.players, game.payoffs[profile], strict=True)
        found.append(
            Equilibrium(
                {player: sure(player, label) for player, label in zip(game.players, profile, strict=True)},
                {player: Fraction(value) for player, value in payoffs},
            )
        )
    return Equilibria(game, "pure-nash", tuple(found), complete, remarks=() if complete else (STOPPED,))


def pure_profiles(game: StrategicGame) -> tuple[list[Profile], bool]:
    """The profiles in which nobody gains by deviating alone, and whether these are all; not when the time is up."""
    best = _best_payoffs(game)
    found: list[Profile] = []
    if best is None:
        return found, False
    for number, (profile, payoffs) in enumerate(game.payoffs.items()):
        if number % PACE == PACE - 1 and expired(f"profile {number} of {len(game.payoffs)}"):
            return found, False
        if all(
            payoff == best[position][profile[:position] + profile[position + 1 :]]
            for position, payoff in enumerate(payoffs)
        ):
            found.append(profile)
    return found, True


def _best_payoffs(game: StrategicGame) -> list[dict[Profile, Any]] | None:
    """For each player, the best payoff against each profile of the others; None when the time is up."""
    best: list[dict[Profile, Any]] = [{} for _ in game.players]
    for number, (profile, payoffs) in enumerate(game.payoffs.items()):
        if number % PACE == PACE - 1 and expired():
            return None
        for position, payoff in enumerate(payoffs):
            others = profile[:position] + profile[position + 1 :]
            known = best[position].get(others)
            if known is None or payoff > known:
                best[position][others] = payoff
    return best
