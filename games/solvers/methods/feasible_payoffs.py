"""What lotteries over the points of a bargaining problem add to the disagreement payoffs, by exact linear programs.

A lottery gives each point a weight; it is worth agreeing on if nobody loses by it. All programs are over weights that
sum to at most one and make certain gains at least 0; so a program whose maximum is above 0 has it where they sum to
one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from games.forms.bargaining import BargainingProblem
from games.solvers.methods.pivoting import maximise

Gains: TypeAlias = tuple[Fraction, ...]
"""What each player gets beyond its disagreement payoff."""


@dataclass(frozen=True)
class Agreed:
    """A lottery over points, by name, and what it adds to everybody's disagreement payoff."""

    weights: Mapping[str, Fraction]
    gains: Gains


class Feasible:
    """The points of a problem by name, each with what it adds to everybody's disagreement payoff."""

    def __init__(self, gains: Mapping[str, Gains], free_disposal: bool = True) -> None:
        self.gains = gains
        self.free_disposal = free_disposal
        self.count = len(next(iter(gains.values())))

    @classmethod
    def of(cls, game: BargainingProblem) -> "Feasible":
        """The points of a problem in numbers."""
        base = [Fraction(value) for value in game.disagreement.values()]
        gains = {
            name: tuple(Fraction(value) - less for value, less in zip(row, base, strict=True))
            for name, row in game.points.items()
        }
        return cls(gains, game.free_disposal)

    @cached_property
    def by_player(self) -> list[list[Fraction]]:
        """For each player, what it gains from each point."""
        return [[row[k] for row in self.gains.values()] for k in range(self.count)]

    @cached_property
    def is_worth_it(self) -> bool:
        """Whether there is a lottery by which nobody loses."""
        return self.best([Fraction(1)] * len(self.gains)) is not None

    @cached_property
    def most(self) -> Gains:
        """The most that each may gain by a lottery by which nobody loses: the ideal point."""
        found = [self.best(row) for row in self.by_player]
        return tuple(Fraction(0) if one is None else one.gains[k] for k, one in enumerate(found))

    def best(self, worth: Sequence[Fraction], further: Iterable[Sequence[Fraction]] = ()) -> Agreed | None:
        """A lottery by which nobody loses and which is worth most; ``worth`` is that of each point.

        Each of the ``further`` sums, over the points, must be at least 0, too. None if none is worth more than 0.
        """
        rows = [[-value for value in row] for row in (*self.by_player, *further)]
        value, weights = maximise(worth, [*rows, [1] * len(worth)], [*[0] * len(rows), 1])
        return self.agreed(weights) if value > 0 else None

    def along(self, direction: Gains) -> tuple[Fraction, Agreed] | None:
        """The greatest t such that everybody may gain t times its part of the ``direction``, and a lottery for it.

        Without free disposal they must gain no more, either. None where nothing is worth agreeing on, or, without free
        disposal, in line with the direction.
        """
        rows = [[*(-value for value in row), part] for row, part in zip(self.by_player, direction, strict=True)]
        if not self.free_disposal:
            rows += [[-value for value in row] for row in rows]
        size = len(self.gains)
        steps, weights = maximise([*[0] * size, 1], [*rows, [*[1] * size, 0]], [*[0] * len(rows), 1])
        if not steps:
            # Weights of nothing at all gain nothing, too.
            total, weights = maximise(
                [*[1] * size, 0], [*rows, [*[1] * size, 0], [*[0] * size, 1]], [*[0] * len(rows), 1, 0]
            )
            if not total:
                return None
        agreed = self.agreed(weights[:-1])
        return steps, agreed

    def is_efficient(self, gains: Gains) -> bool:
        """Whether nobody may gain more without anybody's gaining less."""
        more = [[value - gains[k] for value in row] for k, row in enumerate(self.by_player)]
        worth = [sum(row[p] for row in more) for p in range(len(self.gains))]
        return self.best([Fraction(value) for value in worth], more) is None

    def agreed(self, weights: Sequence[Fraction]) -> Agreed:
        """The lottery with these weights, which are brought to a sum of one."""
        total = sum(weights)
        shares = {name: weight / total for name, weight in zip(self.gains, weights, strict=True)}
        return Agreed(shares, self.gained(shares))

    def gained(self, weights: Mapping[str, Fraction]) -> Gains:
        """What a lottery adds to everybody's disagreement payoff."""
        return tuple(
            sum((weight * self.gains[name][k] for name, weight in weights.items() if weight), Fraction(0))
            for k in range(self.count)
        )
