"""Correlated equilibria: nobody gains by departing from what a trusted mediator tells them to play.

Definition: a profile is drawn from a known distribution and every player is told their own strategy in it, and nothing
else. The distribution is a correlated equilibrium if nobody, whatever they are told, gains by playing anything else.
Sources: Aumann (1974), Journal of Mathematical Economics 1; Aumann (1987), Econometrica 55. Every Nash equilibrium is
one. The correlated equilibria are a polytope in the space of distributions; `games.solvers.methods.correlation` finds
the best of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from games.cases import Cases, Draft, spelled
from games.errors import InputError, listed
from games.exact import Number, readable
from games.forms.strategic import Profile, StrategicGame
from games.play.payoffs import Strategies
from games.play.quantities import Chosen, Payoff, Quantity, every_profile
from games.solvers.choices import expected, payoffs_against
from games.solvers.concept import distribution_of, solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.methods.correlation import Distribution, check_size, of_distribution, optimal
from games.terms import Condition, Poly, above, at_least, equal, every, poly, some, total

POLYTOPE = "the equilibria are a polytope of distributions, whose points may be many"
"""Why the probabilities are free."""


def cases(game: StrategicGame, asked: Sequence[Quantity]) -> Cases:
    """The distribution over profiles; nobody, whatever they are told, gains by playing anything else."""
    draft = Draft()
    drawn = distribution(draft, game)
    for player, menu in game.strategies.items():
        for told in menu:
            heard = [profile for profile in game.profiles if profile[game.players.index(player)] == told]
            for other in menu:
                if other != told:
                    hold_against(draft, game, drawn, player, heard, other)
    return draft.cases({quantity: drawn_value(game, drawn, quantity) for quantity in asked})


def distribution(draft: Draft, game: StrategicGame) -> dict[Profile, Poly]:
    """The probability of each profile, as unknowns that sum to one."""
    drawn = {p: draft.unknown(profile_name(p), 0, 1, POLYTOPE) for p in game.profiles}
    draft.bound.append(equal(total(drawn.values()), 1))
    return drawn


def hold_against(
    draft: Draft,
    game: StrategicGame,
    drawn: Mapping[Profile, Poly],
    player: str,
    heard: Sequence[Profile],
    played: str,
) -> None:
    """Where one of the profiles ``heard`` is drawn, playing ``played`` instead does not pay the player more.

    So, if any of them is drawn, one is drawn at which it pays no more: that follows and is linear.
    """
    position = game.players.index(player)
    departed = {profile: (*profile[:position], played, *profile[position + 1 :]) for profile in heard}
    paid = {profile: poly(game.payoff(profile, player)) for profile in heard}
    instead = {profile: poly(game.payoff(departed[profile], player)) for profile in heard}
    draft.conditions.append(at_least(total(drawn[p] * (paid[p] - instead[p]) for p in heard), 0))
    held: list[Condition] = [every([above(drawn[p], 0), at_least(paid[p], instead[p])]) for p in heard]
    draft.implied.append(some([equal(total(drawn[p] for p in heard), 0), *held]))


def drawn_value(game: StrategicGame, drawn: Mapping[Profile, Poly], quantity: Quantity) -> Poly:
    """The value of a quantity under a distribution over profiles."""
    match quantity:
        case Payoff(player=player):
            return total(weight * poly(game.payoff(profile, player)) for profile, weight in drawn.items())
        case Chosen(choices=choices):
            places = {who: game.players.index(who) for who in choices}
            return total(
                weight
                for profile, weight in drawn.items()
                if all(profile[places[who]] == own for who, own in choices.items())
            )
    raise InputError("a game in strategic form has no paths; name strategies by player")


def profile_name(profile: Profile) -> str:
    """The unknown that stands for the probability of a profile."""
    return f"probability of {spelled(profile)}"


def witness(game: StrategicGame, strategies: Strategies, values: Mapping[str, Number]) -> Equilibrium | None:
    """The distribution as an equilibrium, if obeying pays whatever is told."""
    return withstanding(game, values, margins)


def withstanding(
    game: StrategicGame,
    values: Mapping[str, Number],
    margins: Callable[[StrategicGame, Distribution], tuple[Any, ...]],
) -> Equilibrium | None:
    """The distribution that the unknowns' values are, if it is one and no margin is negative."""
    drawn = {p: Fraction(values[profile_name(p)]) for p in game.profiles}
    if sum(drawn.values()) != 1 or min(drawn.values()) < 0 or min(margins(game, drawn), default=0) < 0:
        return None
    return of_distribution(game, {p: weight for p, weight in drawn.items() if weight})


def exists_because(game: StrategicGame) -> str:
    """Why there is one."""
    return "every Nash equilibrium is one: Nash (1951), Aumann (1974); without it: Hart & Schmeidler (1989)"


def margins(game: StrategicGame, distribution: Distribution) -> tuple[Any, ...]:
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


def reasons(game: StrategicGame, equilibrium: Equilibrium, settings: Mapping[str, Any]) -> Iterator[str]:
    """For each strategy that a player may be told: what obeying pays, and what each other strategy would pay."""
    for position, player in enumerate(game.players):
        for told in game.strategies[player]:
            heard = {p: w for p, w in distribution_of(equilibrium).items() if p[position] == told and w}
            if not heard:
                continue
            total = sum(heard.values(), Fraction(0))
            others = {(*p[:position], *p[position + 1 :]): w / total for p, w in heard.items()}
            pays = payoffs_against(game, player, others)
            rivals = [label for label in pays if label != told]
            met = expected(game, player, others)
            sentence = f"When {player} is told {told}, {met}obeying pays {player} {readable(pays[told])}"
            if rivals:
                sentence += ", playing instead " + ", ".join(f"{label} {readable(pays[label])}" for label in rivals)
            equal = [label for label in rivals if pays[label] == pays[told]]
            yield f"{sentence}; {player} is indifferent to {listed(equal)}." if equal else f"{sentence}."


@solution_concept(
    "correlated",
    form=StrategicGame,
    judged=distribution_of,
    cases=cases,
    exists_because=exists_because,
    one_of_many=True,
    no_regret=False,
    witness=witness,
    told_apart_by=every_profile,
    reasons=reasons,
)
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
    return optimal(game, "correlated", objective, list(temptations.values()), margins)
