"""Coarse correlated equilibria: nobody gains by refusing in advance to follow a mediator.

Definition: a profile is drawn from a known distribution. Before anything is drawn, every player either promises to play
what they will be told, or plays a strategy of their own choice. The distribution is a coarse correlated equilibrium if
nobody gains by the second. Source: Moulin & Vial (1978), International Journal of Game Theory 7. Every correlated
equilibrium is one: there a player may still refuse after having been told.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from games.cases import Cases, Draft
from games.errors import listed
from games.exact import Number, readable
from games.forms.strategic import Profile, StrategicGame
from games.play.payoffs import Strategies
from games.play.quantities import Quantity, every_profile
from games.solvers.choices import expected, payoffs_against
from games.solvers.concept import distribution_of, solution_concept
from games.solvers.correlated.correlated import (
    distribution,
    drawn_value,
    hold_against,
    withstanding,
)
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.methods.correlation import Distribution, check_size, optimal


def cases(game: StrategicGame, asked: Sequence[Quantity]) -> Cases:
    """The distribution over profiles; nobody gains by playing one strategy whatever is drawn."""
    draft = Draft()
    drawn = distribution(draft, game)
    for player, menu in game.strategies.items():
        for fixed in menu:
            hold_against(draft, game, drawn, player, list(game.profiles), fixed)
    return draft.cases({quantity: drawn_value(game, drawn, quantity) for quantity in asked})


def witness(game: StrategicGame, strategies: Strategies, values: Mapping[str, Number]) -> Equilibrium | None:
    """The distribution as an equilibrium, if nobody gains by refusing in advance to follow it."""
    return withstanding(game, values, margins)


def exists_because(game: StrategicGame) -> str:
    """Why there is one."""
    return "every Nash equilibrium is one: Nash (1951), Moulin & Vial (1978)"


def margins(game: StrategicGame, distribution: Distribution) -> tuple[Any, ...]:
    """For each player and each strategy: what following pays more in expectation than playing that strategy.

    All are ≥ 0 exactly if ``distribution`` is a coarse correlated equilibrium.
    """
    result: list[Any] = []
    for position, own in enumerate(game.strategies.values()):
        follows = sum((w * game.payoffs[p][position] for p, w in distribution.items()), Fraction(0))
        others: dict[tuple[str, ...], Any] = {}
        for p, w in distribution.items():
            seen = p[:position] + p[position + 1 :]
            others[seen] = others.get(seen, Fraction(0)) + w
        for label in own:
            alone = ((w, game.payoffs[(*o[:position], label, *o[position:])][position]) for o, w in others.items())
            result.append(follows - sum((w * payoff for w, payoff in alone), Fraction(0)))
    return tuple(result)


def reasons(game: StrategicGame, equilibrium: Equilibrium, settings: Mapping[str, Any]) -> Iterator[str]:
    """For each player: what following blindly pays, and what each strategy would pay that is fixed in advance."""
    for position, player in enumerate(game.players):
        others: dict[Profile, Any] = {}
        for profile, weight in distribution_of(equilibrium).items():
            if weight:
                rest = (*profile[:position], *profile[position + 1 :])
                others[rest] = others.get(rest, Fraction(0)) + weight
        pays = payoffs_against(game, player, others)
        follows = equilibrium.payoffs[player]
        told = {profile[position] for profile, weight in distribution_of(equilibrium).items() if weight}
        fixed = {label: value for label, value in pays.items() if told != {label}}
        sentence = (
            f"Before anything is told, {expected(game, player, others)}following pays {player} {readable(follows)}"
        )
        if fixed:
            shown = ", ".join(f"{label} {readable(value)}" for label, value in fixed.items())
            sentence += f", refusing and always playing {shown}"
        equal = [label for label, value in fixed.items() if value == follows]
        yield f"{sentence}; {player} is indifferent to {listed(equal)}." if equal else f"{sentence}."


@solution_concept(
    "coarse-correlated",
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
def coarse_correlated(game: StrategicGame, objective: str = "best") -> Equilibria:
    """A coarse correlated equilibrium with the greatest sum of payoffs, or another ``objective``.

    Players, options and answer are as in `games.solvers.correlated.correlated`.
    """
    check_size(game, "coarse-correlated", sum(map(len, game.strategies.values())))
    temptations = []
    for position, (player, own) in enumerate(game.strategies.items()):
        for label in own:
            departed = {p: game.payoff((*p[:position], label, *p[position + 1 :]), player) for p in game.profiles}
            temptations.append({p: value - game.payoff(p, player) for p, value in departed.items()})
    return optimal(game, "coarse-correlated", objective, temptations, margins)
