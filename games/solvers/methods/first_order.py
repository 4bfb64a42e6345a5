"""Candidates for what is best in a game of continuous choice: profiles at which all first-order conditions hold.

Each choice lies at one end of its interval, or between the ends where a slope is zero. So there is a system of
polynomial equations for each way in which the choices may lie; `games.solvers.methods.polynomial_systems` solves it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any, TypeAlias

from games.exact import Number
from games.forms.continuous import BETWEEN, HIGHEST, LOWEST, POSITIONS, ContinuousGame, Powers
from games.play.payoffs import Reached
from games.roots import Algebraic, Real, irrational, sign
from games.solvers.equilibria import Equilibrium
from games.solvers.limits import STOPPED, expired
from games.solvers.methods.polynomial_systems import Terms, UnsettledError, solutions

Numbers: TypeAlias = tuple[Real, ...]
"""What everybody chooses, in the order of the players."""

Where: TypeAlias = tuple[str, ...]
"""Where everybody's choice lies in its interval."""

Moved: TypeAlias = Callable[[int], Mapping[Powers, Any]]
"""The payoff whose slope counts, by the position of the choice."""


def played(game: ContinuousGame, numbers: Numbers) -> Equilibrium:
    """The numbers with what they pay, and where they lie."""
    where = [game.position(player, number) for player, number in zip(game.players, numbers, strict=True)]
    return Equilibrium(
        {player: {p: Fraction(p == own) for p in POSITIONS} for player, own in zip(game.players, where, strict=True)},
        {player: shown(game.payoff(numbers, player)) for player in game.players},
        (Reached(tuple(where), Fraction(1)),),
        choices={player: shown(number) for player, number in zip(game.players, numbers, strict=True)},
    )


def shown(number: Real) -> Number | float:
    """A number as an answer has it: rational ones exact, others rounded, with the polynomial whose root they are."""
    return irrational(number) if isinstance(number, Algebraic) else Fraction(number)


def stationary(game: ContinuousGame, moved: Moved) -> tuple[list[Numbers], list[str]]:
    """Every profile at which each choice is at an end, or between them where a slope is zero, and what stays open.

    ``moved(k)`` is the payoff whose slope in the k-th choice counts. Where that payoff is convex in the choice whatever
    the others, nothing between the ends is greatest, and nothing is looked for.
    """
    found: list[Numbers] = []
    doubts: dict[str, None] = {}
    allowed = [(LOWEST, HIGHEST) if _is_convex(moved(k), k) else POSITIONS for k, _ in enumerate(game.players)]
    every_way = list(product(*allowed))
    for number, where in enumerate(every_way):
        if expired(f"{number} of {len(every_way)} ways to lie in the intervals"):
            return found, [*doubts, STOPPED]
        try:
            found += _on_face(game, where, moved)
        except UnsettledError as error:
            between = [p for p, position in zip(game.players, where, strict=True) if position == BETWEEN]
            doubts[f"the first-order conditions of {' and '.join(between)} {error} between the ends"] = None
    return found, list(doubts)


def _is_convex(terms: Mapping[Powers, Any], own: int) -> bool:
    """Whether a payoff is strictly convex in the choice, since its only higher power is a positive square."""
    higher = {powers: value for powers, value in terms.items() if powers[own] > 1 and value}
    return bool(higher) and all(powers[own] == 2 == sum(powers) and value > 0 for powers, value in higher.items())


def _on_face(game: ContinuousGame, where: Where, moved: Moved) -> Iterator[Numbers]:
    """The stationary profiles in which every choice lies where it says."""
    ends = [
        None if position == BETWEEN else Fraction(interval.low if position == LOWEST else interval.high)
        for interval, position in zip(game.choices.values(), where, strict=True)
    ]
    free = [k for k, end in enumerate(ends) if end is None]
    equations = [_slope(moved(k), k, ends, free) for k in free]
    for solved in solutions(equations, len(free)):
        inside = zip((list(game.choices.values())[k] for k in free), solved, strict=True)
        if all(sign(number - own.low) > 0 > sign(number - own.high) for own, number in inside):
            numbers = iter(solved)
            yield tuple(next(numbers) if end is None else end for end in ends)


def _slope(terms: Mapping[Powers, Any], own: int, ends: Sequence[Fraction | None], free: Sequence[int]) -> Terms:
    """The derivative in the choice at position ``own``, where some choices are at ends, in those that are free."""
    slope: dict[Powers, Fraction] = {}
    for powers, value in terms.items():
        if not powers[own]:
            continue
        lowered = tuple(power - (k == own) for k, power in enumerate(powers))
        factor = Fraction(value) * powers[own]
        for end, power in zip(ends, lowered, strict=True):
            factor *= Fraction(1) if end is None else end**power
        kept = tuple(lowered[k] for k in free)
        slope[kept] = slope.get(kept, Fraction(0)) + factor
    return slope
