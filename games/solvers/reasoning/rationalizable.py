"""Rationalizable strategies: what common knowledge of rationality leaves possible, before any equilibrium is supposed.

Definition: a set of strategies for each player is closed under rational behaviour if every strategy in it is a best
response to some belief about the others' play that gives probability to strategies in the sets alone; a strategy is
rationalizable if it belongs to such sets. Sources: Bernheim (1984), Econometrica 52; Pearce (1984), Econometrica 52.

A belief is here any distribution over the others' profiles, so that it may correlate them. With two players that is the
original notion; with more it is correlated rationalizability (Brandenburger & Dekel 1987, Econometrica 55), which may
allow more than beliefs that hold the others independent. Either way the rationalizable strategies are those that
survive the iterated elimination of strategies strictly dominated by pure or mixed ones. The answer carries both halves
of the proof: the belief to which each survivor is a best response, and the mixture that dominates each of the others.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice, product
from math import prod
from typing import Any, TypeAlias

from games.forms.strategic import Profile, StrategicGame
from games.solvers.choices import compared, expected, in_words, payoffs_against
from games.solvers.concept import solution_concept
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.limits import STOPPED, OutOfTimeError
from games.solvers.methods.elimination import Elimination, eliminate, elimination_conditions
from games.solvers.methods.pivoting import maximise
from games.solvers.nash.pure_nash import pure
from games.solvers.reasoning.closed_sets import cases, exists_because

MOST_PROFILES = 1_000
"""The most profiles listed."""

Belief: TypeAlias = Mapping[Profile, Fraction]
"""What a player holds likely: probabilities of the other players' strategies, these in the order of the players."""


def reasons(game: StrategicGame, equilibrium: Equilibrium, settings: Mapping[str, Any]) -> Iterator[str]:
    """For each player: what each strategy pays given the belief that makes the player's own a best response."""
    for player in game.players:
        (own,) = (label for label, weight in equilibrium[player].items() if weight)
        belief = equilibrium.beliefs[player]
        pays = compared(payoffs_against(game, player, belief), [own], player)
        believed = expected(game, player, belief)
        yield f"{player} may believe that {believed}{pays}." if believed else f"{pays}."


@solution_concept(
    "rationalizable",
    form=StrategicGame,
    noun=("profile", "profiles"),
    cases=cases,
    exists_because=exists_because,
    no_regret=False,
    reasons=reasons,
)
def rationalizable(game: StrategicGame) -> Equilibria:
    """Every profile of rationalizable pure strategies, with beliefs that justify them; any number of players.

    The profiles listed are the outcomes that rationality alone cannot exclude; each is the product of the players'
    strategies in it, and need not be an equilibrium. ``beliefs`` of a profile say for each player what belief makes the
    strategy a best response. Complete means that all such profiles in pure strategies are listed. The remarks name the
    rationalizable strategies and prove that the others are not.
    """
    elimination = eliminate(game)
    survivors = elimination.survivors
    if not elimination.complete:
        return _stopped(game, elimination)
    if any(gain <= 0 for gain in elimination_conditions(game, elimination.steps)):
        raise AssertionError("a strategy was eliminated that is not strictly dominated")
    try:
        justified = {
            player: {own: _justification(game, survivors, player, own) for own in survivors[player]}
            for player in game.players
        }
    except OutOfTimeError:
        return _stopped(game, elimination)
    count = prod(map(len, survivors.values()))
    found = tuple(
        Equilibrium(
            pure(game, profile),
            {player: Fraction(value) for player, value in zip(game.players, game.payoffs[profile], strict=True)},
            beliefs={p: justified[p][own] for p, own in zip(game.players, profile, strict=True)},
        )
        for profile in islice(product(*survivors.values()), MOST_PROFILES)
    )
    named = "; ".join(f"{player}: {', '.join(left)}" for player, left in survivors.items())
    remarks = [f"rationalizable are {named}", *map(str, elimination.steps)]
    if len(game.players) > 1:
        remarks += [
            f"{player}'s {own} is a best response to {in_words(belief)}"
            for player, beliefs in justified.items()
            for own, belief in beliefs.items()
        ]
    if len(game.players) > 2:
        remarks.append(
            "every belief named puts all probability on one profile: the strategies are rationalizable with "
            "independent beliefs, too"
            if all(len(belief) == 1 for beliefs in justified.values() for belief in beliefs.values())
            else "beliefs may correlate the others' strategies; with independent beliefs fewer may be rationalizable"
        )
    if count > MOST_PROFILES:
        remarks.append(f"only the first {MOST_PROFILES} of {count} profiles are listed")
    return Equilibria(game, "rationalizable", found, complete=count <= MOST_PROFILES, remarks=tuple(remarks))


def _stopped(game: StrategicGame, elimination: Elimination) -> Equilibria:
    remarks = (STOPPED, "not rationalizable are those eliminated", *map(str, elimination.steps))
    return Equilibria(game, "rationalizable", (), complete=False, remarks=remarks if elimination.steps else (STOPPED,))


def _justification(game: StrategicGame, survivors: Mapping[str, tuple[str, ...]], player: str, own: str) -> Belief:
    """A belief over the others' surviving strategies to which ``own`` is a best response among all strategies.

    A single profile of the others if one will do, else a vertex of the polytope of such beliefs.
    """
    position = game.players.index(player)
    others = list(product(*(survivors[other] for other in game.players if other != player)))

    def pays(label: str) -> list[Fraction]:
        return [Fraction(game.payoffs[(*o[:position], label, *o[position:])][position]) for o in others]

    payoffs = {label: pays(label) for label in game.strategies[player]}
    tempted = [[a - b for a, b in zip(row, payoffs[own], strict=True)] for row in payoffs.values()]
    sure = next((k for k in range(len(others)) if all(row[k] <= 0 for row in tempted)), None)
    if sure is None:
        _, weights = maximise([1] * len(others), [*tempted, [1] * len(others)], [0] * len(tempted) + [1], True)
    else:
        weights = [Fraction(k == sure) for k in range(len(others))]
    expected = {
        label: sum((w * payoff for w, payoff in zip(weights, row, strict=True)), Fraction(0))
        for label, row in payoffs.items()
    }
    if sum(weights) != 1 or min(weights) < 0 or max(expected.values()) != expected[own]:
        raise AssertionError(f"{player}'s {own} survived and is a best response to no belief")
    return {profile: weight for profile, weight in zip(others, weights, strict=True) if weight}
