"""Lemke and Howson's paths in whole numbers: from one equilibrium, or the artificial one, to another.

The pivoting rule: dropping a label in one polytope picks up another there; unless that was the missing one, both
polytopes now have it, and the other polytope drops it next. The row that leaves is the lexicographically least, as in
`games.solvers.methods.pivoting`, so that no pair of bases returns and every path ends, in degenerate games, too (von
Stengel 2002, Handbook of Game Theory 3, chapter 45).
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from math import prod

from games.forms.strategic import StrategicGame
from games.solvers.limits import OutOfTimeError, expired
from games.solvers.methods.bimatrix import both_payoffs, positive
from games.solvers.methods.mixtures import Mixed
from games.solvers.methods.payoff_scale import greatest_regret
from games.solvers.methods.pivoting import leaving_row, pivoted

MOST_ENTRIES = 30_000_000
"""The most entries computed in search of all equilibria that are reached; the paths of 20×20 need about as many."""


class _Side:
    """A best-response polytope {x ≥ 0, Mx ≤ 1} at one of its lexicographically feasible bases."""

    def __init__(self, matrix: Sequence[Sequence[int]], slack: Sequence[int], variable: Sequence[int]) -> None:
        self.rows = [[*row, 1] for row in matrix]
        self.slack, self.basic, self.nonbasic = slack, list(slack), list(variable)
        self.denominator = 1

    def copy(self) -> "_Side":
        other = object.__new__(_Side)
        other.rows, other.slack, other.denominator = self.rows, self.slack, self.denominator
        other.basic, other.nonbasic = self.basic[:], self.nonbasic[:]
        return other

    def enter(self, label: int) -> int:
        """Drops a label and returns the one that is picked up."""
        column = self.nonbasic.index(label)
        r = leaving_row(self.rows, column, self.basic, self.nonbasic, self.slack)
        pivot = self.rows[r][column]
        self.rows = pivoted(self.rows, r, column, self.denominator)
        self.denominator = pivot
        self.basic[r], self.nonbasic[column] = label, self.basic[r]
        return self.nonbasic[column]

    def values(self, labels: Sequence[int]) -> list[int]:
        """The vector of this basis, up to a positive factor."""
        at = {label: row[-1] for label, row in zip(self.basic, self.rows, strict=True)}
        return [at.get(label, 0) for label in labels]


@dataclass(frozen=True)
class Labelled:
    """A pair of bases that together carry every label: the artificial equilibrium, or one of the game."""

    game: StrategicGame
    sides: tuple[_Side, _Side]
    pivots: int = 0
    """How many pivots led here."""

    @classmethod
    def artificial(cls, game: StrategicGame) -> "Labelled":
        """Where nobody plays anything. Raises `InputError` for other than two players."""
        first, second = (positive(payoffs) for payoffs in both_payoffs(game, "lemke-howson"))
        rows, columns = range(len(first)), range(len(first), len(first) + len(second))
        # The polytope of a player's mixtures is bounded by what the other's strategies pay against them.
        return cls(game, (_Side(second, columns, rows), _Side(first, rows, columns)))

    @property
    def labels(self) -> tuple[frozenset[int], frozenset[int]]:
        """What each side carries; different for different pairs."""
        return frozenset(self.sides[0].nonbasic), frozenset(self.sides[1].nonbasic)

    @property
    def mixed(self) -> Mixed | None:
        """The equilibrium, whose regret is checked; None for the artificial one."""
        result: Mixed = {}
        numbers = count()
        for (player, own), side in zip(self.game.strategies.items(), self.sides, strict=True):
            weights = side.values([next(numbers) for _ in own])
            if not any(weights):
                return None
            result[player] = {name: Fraction(w, sum(weights)) for name, w in zip(own, weights, strict=True)}
        if greatest_regret(self.game, result):
            raise AssertionError(f"the path ended at {result}, which is no equilibrium")
        return result

    def without(self, dropped: int) -> "Labelled":
        """The other end of the path on which only this label may be missing. Raises `OutOfTimeError`."""
        sides = self.sides[0].copy(), self.sides[1].copy()
        side, entering = int(dropped not in sides[0].nonbasic), dropped
        for number in count(1):
            if expired(f"{number} pivots"):
                raise OutOfTimeError
            entering = sides[side].enter(entering)
            if entering == dropped:
                break
            side = 1 - side
        return Labelled(self.game, sides, number)


def reached(game: StrategicGame) -> tuple[list[Mixed], bool]:
    """The equilibria that paths reach from the artificial one, directly or through others, nearest first.

    And whether these are all; not where the time is up, or after `MOST_ENTRIES`. There may be others that no path
    reaches (Shapley 1974, Mathematical Programming Study 1).
    """
    start = Labelled.artificial(game)
    labels = range(sum(map(len, game.strategies.values())))
    entries = prod(map(len, game.strategies.values()))
    seen, waiting, left = {start.labels}, deque([start]), MOST_ENTRIES
    found: list[Mixed] = []
    while waiting:
        here = waiting.popleft()
        for label in labels:
            try:
                end = here.without(label)
            except OutOfTimeError:
                return found, False
            left -= end.pivots * entries
            if left < 0:
                return found, False
            if end.labels not in seen:
                seen.add(end.labels)
                waiting.append(end)
                # Of a degenerate equilibrium there are several pairs of bases.
                if (mixed := end.mixed) is not None and mixed not in found:
                    found.append(mixed)
    return found, True
