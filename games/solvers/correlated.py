"""Correlated equilibria: nobody gains by departing from what a trusted mediator tells them to play.

Definition: a profile is drawn from a known distribution and every player is told their own strategy in it, and nothing
else. The distribution is a correlated equilibrium if nobody, whatever they are told, gains by playing anything else.
Sources: Aumann (1974), Journal of Mathematical Economics 1; Aumann (1987), Econometrica 55. Every Nash equilibrium is
one. The correlated equilibria are a polytope in the space of distributions, so that the best of them is found by a
linear program, here in exact arithmetic; the solution is a vertex of the polytope.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

from games.errors import InputError, listed, quoted
from games.exact import Number, readable
from games.forms.strategic import Profile, StrategicGame
from games.solvers.equilibria import Equilibria, Equilibrium, Reached, mixture, solution_concept
from games.solvers.pivoting import maximise

Distribution: TypeAlias = Mapping[Profile, Any]
"""Probabilities of profiles, numbers or formulas; a profile that is left out has probability 0."""

Temptation: TypeAlias = Mapping[Profile, Number]
"""What one way of departing adds to a player's payoff, profile by profile; 0 where it is left out."""

MOST_WORK = 5_000
"""The largest accepted product of the numbers of profiles and of ways to depart, the size of the linear program."""

SHOWN = 12
"""The most profiles of a distribution that a remark writes out."""


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


@solution_concept("correlated", form=StrategicGame)
def correlated(game: StrategicGame, objective: str = "best") -> Equilibria:
    """A correlated equilibrium with the greatest sum of payoffs, or another ``objective``; any number of players.

    ``objective`` is "best" (the greatest sum of payoffs), "worst" (the least sum), or a player's name (that player's
    greatest payoff). ``outcomes`` is the distribution, and ``strategies`` are its marginals. The answer is complete
    exactly if no other correlated equilibrium reaches the same value.
    """
    temptations: dict[tuple[str, str, str], dict[Profile, Number]] = {}
    for profile in game.profiles:
        for position, player in enumerate(game.players):
            for other in game.alternatives(profile, player):
                gain = game.payoff(other, player) - game.payoff(profile, player)
                temptations.setdefault((player, profile[position], other[position]), {})[profile] = gain
    return optimal(game, "correlated", objective, list(temptations.values()), conditions)


def optimal(
    game: StrategicGame,
    concept: str,
    objective: str,
    temptations: Sequence[Temptation],
    conditions: Callable[[StrategicGame, Distribution], tuple[Any, ...]],
) -> Equilibria:
    """The distribution that is best for ``objective`` among those under which no temptation pays in expectation.

    ``conditions`` check the distribution on their own. That none is better is shown by prices of the temptations, the
    solution of the dual program; that none is as good, by a program over the distributions that are.
    """
    aims, what = _aims(game, objective)
    profiles = list(game.profiles)
    if len(profiles) * len(temptations) > MOST_WORK:
        raise InputError(
            f"the game has {len(profiles)} profiles and {len(temptations)} ways to depart from what is told; "
            f"{concept} takes games whose product of the two is at most {MOST_WORK}"
        )
    rows = [[temptation.get(profile, 0) for profile in profiles] for temptation in temptations]
    shift = 1 - min(aims)
    _, weights = maximise([aim + shift for aim in aims], [*rows, [1] * len(profiles)], [0] * len(rows) + [1])
    distribution = {p: weight for p, weight in zip(profiles, weights, strict=True) if weight}
    value = sum((w * aim for w, aim in zip(weights, aims, strict=True)), Fraction(0))
    if sum(weights) != 1 or min(weights) < 0 or min(conditions(game, distribution), default=0) < 0:
        raise AssertionError(f"{distribution} was found as a {concept} equilibrium and is none")
    unique = _is_unique(weights, rows, *_prices(value, aims, rows))
    strategies = {
        player: {label: sum((w for p, w in distribution.items() if p[k] == label), Fraction(0)) for label in own}
        for k, (player, own) in enumerate(game.strategies.items())
    }
    payoffs = {
        player: sum((w * game.payoffs[p][k] for p, w in distribution.items()), Fraction(0))
        for k, player in enumerate(game.players)
    }
    reached = tuple(Reached(profile, weight) for profile, weight in distribution.items())
    remarks = (
        f"{what} in a {concept} equilibrium is {readable(-value if objective == 'worst' else value)}; "
        + ("no other one reaches it" if unique else "others reach it, too"),
        f"the distribution is {_in_words(distribution)}",
    )
    found = (Equilibrium(strategies, payoffs, reached),)
    return Equilibria(game, concept, found, complete=unique, remarks=remarks)


def _aims(game: StrategicGame, objective: str) -> tuple[list[Number], str]:
    """What is to be made great, profile by profile, and its name."""
    rows = game.payoffs.values()
    if objective == "best":
        return [sum(row, Fraction(0)) for row in rows], "the greatest sum of payoffs"
    if objective == "worst":
        return [-sum(row, Fraction(0)) for row in rows], "the least sum of payoffs"
    if objective in game.players:
        position = game.players.index(objective)
        return [row[position] for row in rows], f"the greatest payoff of {objective}"
    raise InputError(
        f"the objective is {quoted(objective)}; it must be best, worst or one of the players {listed(game.players)}"
    )


def _prices(
    value: Fraction, aims: Sequence[Number], rows: Sequence[Sequence[Number]]
) -> tuple[list[Fraction], list[Fraction]]:
    """Prices ≥ 0 of the rows, which prove that no distribution with all rows ≤ 0 aims higher than ``value``.

    And what the proof leaves at each profile, value + Σ price · row − aim, which is ≥ 0: weighted by a distribution
    with all rows ≤ 0, it says that the distribution aims no higher than ``value``. The least value that has prices is
    the greatest aim less s, for the greatest s ≥ 0 that has prices; this is the dual program.
    """
    top = Fraction(max(aims))
    scale = lcm(*((top - aim).denominator for aim in aims))
    program = [[scale, *(-row[k] * scale for row in rows)] for k in range(len(aims))]
    _, (lowered, *prices) = maximise([1] + [0] * len(rows), program, [int((top - aim) * scale) for aim in aims])
    priced = [(price, row) for price, row in zip(prices, rows, strict=True) if price]
    left = [value + sum(price * row[k] for price, row in priced) - aim for k, aim in enumerate(aims)]
    if top - lowered != value or min(prices, default=0) < 0 or min(left) < 0:
        raise AssertionError(f"{value} was found as the optimum and is not")
    return prices, left


def _is_unique(
    weights: Sequence[Fraction], rows: Sequence[Sequence[Number]], prices: Sequence[Fraction], left: Sequence[Fraction]
) -> bool:
    """Whether the optimal distribution is the only one.

    Another optimal one leaves nothing: it lives where ``left`` is 0, and its rows with a price are 0. The distribution
    given is a vertex: the equalities that hold there, probabilities of 0 and rows of 0, determine it. So there is
    another one exactly if one of those that leave nothing has slack in one of these equalities.
    """
    alive = [k for k, rest in enumerate(left) if not rest]
    narrow = [[row[k] for k in alive] for row in rows]
    here = [weights[k] for k in alive]
    binding = [row for row in narrow if not sum(a * w for a, w in zip(row, here, strict=True) if w)]
    slack = [int(not weight) - sum(row[k] for row in binding) for k, weight in enumerate(here)]
    tight = [[-a for a in row] for row, price in zip(narrow, prices, strict=True) if price]
    most, _ = maximise(slack, [*narrow, *tight, [1] * len(alive)], [0] * (len(narrow) + len(tight)) + [1])
    return most == 0


def _in_words(distribution: Mapping[Profile, Fraction]) -> str:
    first = {f"({', '.join(profile)})": weight for profile, weight in list(distribution.items())[:SHOWN]}
    more = len(distribution) - SHOWN
    return mixture(first) + (f" + … ({more} more)" if more > 0 else "")
