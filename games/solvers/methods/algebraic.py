"""Irrational mixtures as roots of polynomials: the indifference equations of an equilibrium, solved exactly.

On its support an equilibrium solves equations with fractions for coefficients, so that its weights are algebraic
numbers. Solutions are found by `games.solvers.methods.polynomial_systems`; the one next to the certified floats is the
equilibrium, since these lie within their last digits of an exact solution and no other one is near.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

from games.forms.continuous import Powers
from games.forms.strategic import StrategicGame
from games.play.payoffs import strategy_payoffs
from games.roots import Algebraic, Real
from games.solvers.equilibria import Equilibrium
from games.solvers.methods.first_order import shown
from games.solvers.methods.incentives import Incentives, Support, mixing, payoff_arrays
from games.solvers.methods.polynomial_systems import Terms, UnsettledError, solutions

MOST_UNKNOWN = 3
"""The most weights that are unknown; with more, equations take long."""

LONGEST_ENTRY = 12
"""The most characters of a payoff; equations in longer numbers take long."""

NEAR = Fraction(1, 10**12)
"""How near an exact solution must be to the floats, and how far every other one from them."""


def with_roots(game: StrategicGame, found: Equilibrium) -> Equilibrium:
    """The equilibrium with its irrational numbers as `games.roots.Irrational`; as it is where that takes too long.

    Its floats must be certified: within their last digits of a solution of the indifference equations.
    """
    support = tuple(
        tuple(k for k, label in enumerate(own) if found.strategies[player][label])
        for player, own in game.strategies.items()
    )
    players = mixing(support)
    free = [(i, k) for i in players for k in support[i][:-1]]
    if not found.is_numeric or len(free) > MOST_UNKNOWN:
        return found
    if max(len(str(value)) for value in game.entries) > LONGEST_ENTRY:
        return found
    labels = {(i, k): (player, own[k]) for i, (player, own) in enumerate(game.strategies.items()) for k in support[i]}
    near = [Fraction(found.strategies[player][label]) for player, label in map(labels.__getitem__, free)]
    equations = [_equation(function, support, players, free) for function in _inside(game, support)]
    try:
        solved = [one for one in solutions(equations, len(free)) if _is_near(one, near)]
    except UnsettledError:
        return found
    return _made(game, found, support, dict(zip(free, solved[0], strict=True))) if len(solved) == 1 else found


def _inside(game: StrategicGame, support: Support) -> list[Any]:
    return Incentives(payoff_arrays(game)).exact(support)[0]


def _equation(function: Any, support: Support, players: Sequence[int], free: Sequence[tuple[int, int]]) -> Terms:
    """A payoff difference as a polynomial in the free weights; the last weight of each player is 1 less the others."""
    terms: dict[Powers, Fraction] = {}
    for position in product(*map(range, function.shape)):
        factors = [
            _weight(support[i][k], i, support, free) if size > 1 else {(0,) * len(free): Fraction(1)}
            for i, k, size in zip(players, position, function.shape, strict=True)
        ]
        for chosen in product(*(factor.items() for factor in factors)):
            powers = tuple(map(sum, zip(*(p for p, _ in chosen), strict=True)))
            value = Fraction(function[position])
            for _, part in chosen:
                value *= part
            terms[powers] = terms.get(powers, Fraction(0)) + value
    return terms


def _weight(k: int, i: int, support: Support, free: Sequence[tuple[int, int]]) -> Mapping[Powers, Fraction]:
    """The weight of a strategy as a polynomial in the free weights."""
    if (i, k) in free:
        return {tuple(int(one == (i, k)) for one in free): Fraction(1)}
    others = {tuple(int(one == (i, j)) for one in free): Fraction(-1) for j in support[i][:-1]}
    return {(0,) * len(free): Fraction(1), **others}


def _is_near(solved: Sequence[Real], near: Sequence[Fraction]) -> bool:
    return all(
        abs((one.near(NEAR / 4) if isinstance(one, Algebraic) else one) - other) < NEAR
        for one, other in zip(solved, near, strict=True)
    )


def _made(
    game: StrategicGame, found: Equilibrium, support: Support, weights: Mapping[tuple[int, int], Real]
) -> Equilibrium:
    exact: dict[str, dict[str, Real]] = {}
    for i, (player, own) in enumerate(game.strategies.items()):
        given: dict[int, Real] = {k: weights[i, k] for k in support[i][:-1]}
        last: Real = Fraction(1)
        for weight in given.values():
            last = last - weight
        given[support[i][-1]] = last
        exact[player] = {label: given.get(k, Fraction(0)) for k, label in enumerate(own)}
    payoffs = {}
    for i, player in enumerate(game.players):
        played = game.strategies[player][support[i][0]]
        # Whatever is played in equilibrium pays the same.
        payoffs[player] = shown(strategy_payoffs(game, exact, player)[played])
    strategies = {player: {label: shown(weight) for label, weight in mix.items()} for player, mix in exact.items()}
    return replace(found, strategies=strategies, payoffs=payoffs)
