"""Draws from the points that premises allow.

The parameters left free fall into factors that share no linear condition. Each is drawn from by the first of these that
will do:

- *orders*: inequalities between two parameters with the same range are met by sorting (`analyses.sampling.orders`); the
  other linear inequalities reject.
- *hit and run*, where that would reject nearly everything (`analyses.sampling.hit_and_run`); what its draws are worth
  is for their user to judge.

A factor is convex, so no chain misses a part of it. What is not linear, and premises with an "or", reject at the end:
a set in several pieces is drawn from in all of them as it should be, if less often the smaller they are. Every draw is
an exact point of a fine grid.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import prod
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from analyses.sampling.hit_and_run import CHAINS, Walk, burn_in, thinning
from analyses.sampling.linear import Linear
from analyses.sampling.orders import LinesUp
from analyses.sampling.premise_set import PremiseSet
from games.bounds import Bounded, Flags
from games.bulk import Bulk
from games.formulas.relations import in_words
from games.solvers.limits import expired
from games.terms import Condition, every, holds

GRAIN = 25
STEPS = 2**GRAIN
"""The grid: draws are odd multiples of this part of a parameter's range, so that none lies on its ends.

A design may have points on the ends (`analyses.sampling.designs`).
"""

TRIED = 4_000
"""How many draws tell whether a factor can do with rejection."""

LEAST_ACCEPTED = 0.02
"""The least part of the draws from orders that must be accepted."""

BEGINNING_SEED = 1956
BEGINNING = 300
"""How many points a search begins with, so that what is large is found before what is small."""

MOST_TRIED = 2_000_000
"""How many draws are made at most, however few of them are accepted."""

UNRESTRICTED = "independent draws from the ranges"
"""The method where nothing is to be met."""


@dataclass(frozen=True)
class Draws:
    """Points of a premise set, ``odd`` of shape (points, free parameters) in steps of the grid.

    ``chains`` tells which chain a point belongs to; None where all points are independent.
    """

    premises: PremiseSet
    odd: NDArray[np.int64]
    chains: NDArray[np.int64] | None = None

    def __len__(self) -> int:
        return len(self.odd)

    def point(self, row: int) -> dict[sympy.Symbol, Fraction]:
        """The exact values of all parameters."""
        return self.premises.point([Fraction(int(k), STEPS) for k in self.odd[row]])

    @cached_property
    def named(self) -> dict[str, Bounded]:
        """All parameters by name, in floats with their error bounds."""
        given = {}
        for k, symbol in enumerate(self.premises.free):
            low, high = self.premises.ranges[symbol]
            part = Bounded(self.odd[:, k] / STEPS, 0.0, GRAIN, 1.0)
            given[symbol.name] = Bounded.exactly(low) + Bounded.exactly(high - low) * part
        solved = {name: value.at(given) for name, value in self.premises.given.items()}
        return given | {n: v if isinstance(v, Bounded) else Bounded.exactly(v) for n, v in solved.items()}

    @cached_property
    def columns(self) -> dict[sympy.Symbol, Bounded]:
        """The same by symbol."""
        return {symbol: self.named[symbol.name] for symbol in self.premises.ranges}

    @property
    def admitted(self) -> Flags:
        """Which of the points satisfy every condition: exactly where floats leave that open."""
        return self.satisfying(every(self.premises.conditions))

    def satisfying(self, condition: Condition) -> Flags:
        """Which of the points satisfy a condition on parameters: exactly where floats leave that open."""
        truth = Bulk(self.named, len(self)).truth(condition)
        held, sure = (np.broadcast_to(flags, len(self)).copy() for flags in (truth.held, truth.sure))
        for row in np.flatnonzero(~sure):
            held[row] = holds(condition, {symbol.name: value for symbol, value in self.point(int(row)).items()})
        return held

    def where(self, keep: Flags | slice | NDArray[np.integer[Any]]) -> "Draws":
        """These points; of a range of them, what was worked out of all is not worked out again."""
        found = Draws(self.premises, self.odd[keep], None if self.chains is None else self.chains[keep])
        if isinstance(keep, slice) and "named" in self.__dict__:
            found.__dict__["named"] = {name: column.rows(keep) for name, column in self.named.items()}
        return found


class Drawing:
    """Draws from a premise set, batch by batch.

    ``tried`` is how many were made, ``accepted`` how many remained, ``given`` how many of these were handed out.

    ``methods`` says of each factor with conditions of its own how it is drawn from. ``laid`` are points of a design, in
    steps of the grid and a column for each free parameter, which are taken in order instead of independent ones.
    """

    def __init__(
        self,
        premises: PremiseSet,
        seed: int | tuple[int, ...] | np.random.SeedSequence,
        laid: NDArray[np.int64] | None = None,
    ) -> None:
        self.premises, self.seed, self.laid = premises, seed, laid
        self.tried = self.accepted = self.given = 0
        self.methods: list[str] = []
        self.random = np.random.default_rng(seed)
        self.sources: list[_Factor] = []
        for members in self.premises.factors():
            inside = set(members)
            own = [c for c in self.premises.linear if set(c.coefficients) <= inside]
            self.sources.append(_Factor(self.premises, members, own, self.random))
        walked = [factor for factor in self.sources if factor.walks]
        self.walked = [member for factor in walked for member in factor.members]
        orders = [factor for factor in self.sources if not factor.walks and factor.orders]
        others = [factor for factor in self.sources if not factor.walks and factor.others]
        if orders:
            self.methods.append(f"orders of {_words(sum(len(f.members) for f in orders), 'parameter')} by sorting")
        if others or self.premises.rest:
            conditions = sum(len(f.others) for f in others) + len(self.premises.rest)
            self.methods.append(f"{_words(conditions, 'other condition')} by rejection")
        if walked:
            for factor in walked:
                dimension = len(factor.members)
                rounding, mixing = burn_in(dimension)
                self.methods.append(
                    f"hit and run in {dimension} dimensions, {CHAINS} chains, {sum(rounding) + mixing:,} steps "
                    f"before the first draw and {thinning(dimension):,} to each"
                )
        if not self.methods:
            self.methods.append(UNRESTRICTED)

    @cached_property
    def rejects(self) -> list[str]:
        """The conditions, in words, that points of a design cannot be made to meet."""
        linear = [self.premises.said(c) for factor in self.sources for c in factor.others]
        return [*linear, *(in_words(relation) for relation in self.premises.rest)]

    @cached_property
    def orders(self) -> list[str]:
        """The conditions, in words, that sorting meets."""
        return [self.premises.said(c) for factor in self.sources for c in factor.all if c not in factor.others]

    @property
    def acceptance(self) -> float:
        """The part of the draws that satisfied what rejects; of factors drawn by rejection, times theirs."""
        own = prod(f.accepted / f.tried for f in self.sources if f.tried and not f.walks)
        return own * (self.accepted / self.tried if self.tried else 1.0)

    @property
    def _most(self) -> int:
        return MOST_TRIED if self.laid is None else len(self.laid)

    def batches(self, wanted: int) -> Iterator[Draws]:
        """Batches of draws until ``wanted`` are accepted or the time is up; each draw satisfies every condition."""
        while self.given < wanted and self.tried < self._most and not expired():
            rate = max(self.accepted / self.tried, 0.001) if self.tried else 1.0
            size = int(min(max((wanted - self.given) / rate * 1.1, 200), 10_000))
            size = min(size, self._most - self.tried)
            laid = None if self.laid is None else self.laid[self.tried : self.tried + size]
            parts = np.empty((size, len(self.premises.free)), dtype=np.int64)
            chains = None
            if self.walked:
                chains = np.arange(size, dtype=np.int64) % CHAINS
            for factor in self.sources:
                drawn = factor.draw(size) if laid is None else factor.arranged(laid[:, factor.members])
                if drawn is None:
                    return
                parts[:, factor.members] = drawn
            found = Draws(self.premises, parts, chains)
            kept = found.where(found.admitted)
            self.tried += size
            self.accepted += len(kept)
            kept = kept.where(np.arange(len(kept)) < wanted - self.given)
            self.given += len(kept)
            yield kept


class _Factor:
    """Free parameters that share no condition with the others, and how they are drawn."""

    def __init__(
        self, premises: PremiseSet, members: list[int], conditions: list[Linear], random: np.random.Generator
    ) -> None:
        self.members = members
        self.random = random
        self.tried = self.accepted = 0
        place = {member: k for k, member in enumerate(members)}
        self.orders: list[tuple[int, int]] = []
        self.others: list[Linear] = []
        for condition in conditions:
            pair = self._as_order(premises, condition)
            if pair:
                self.orders.append((place[pair[0]], place[pair[1]]))
            else:
                self.others.append(condition)
        self.all = conditions
        self.lines = LinesUp.of(len(members), self.orders) if self.orders else None
        if self.orders and self.lines is None:
            self.orders, self.others = [], conditions
        self.rows, self.offsets = self._in_floats(self.others)
        self.walks = False
        if self.others:
            kept = len(self._proposed(TRIED))
            self.walks = kept < LEAST_ACCEPTED * TRIED
            self.tried = self.accepted = 0
        self.walk: Walk | None = None

    @staticmethod
    def _as_order(premises: PremiseSet, condition: Linear) -> tuple[int, int] | None:
        """The lesser and the greater parameter, if the condition says no more and their ranges are the same."""
        if condition.constant or len(condition.coefficients) != 2:
            return None
        (first, a), (second, b) = condition.coefficients.items()
        if a + b or premises.ranges[premises.free[first]] != premises.ranges[premises.free[second]]:
            return None
        return (first, second) if a < 0 else (second, first)

    def draw(self, size: int) -> NDArray[np.int64] | None:
        """Points of shape (size, members) in steps of the grid; None when the time is up first."""
        if self.walks:
            return self._walked(size)
        found: list[NDArray[np.int64]] = []
        count = 0
        while count < size:
            if expired():
                return None
            rate = max(self.accepted / self.tried, LEAST_ACCEPTED / 4) if self.tried else 1.0
            found.append(self._proposed(int(min((size - count) / rate * 1.1 + 10, 100_000))))
            count += len(found[-1])
        return np.concatenate(found)[:size]

    def arranged(self, odd: NDArray[np.int64]) -> NDArray[np.int64]:
        """The points with their numbers in an order that the conditions allow."""
        return odd if self.lines is None else self.lines.arrange(odd, self.random)

    def _proposed(self, size: int) -> NDArray[np.int64]:
        odd = self.arranged(2 * self.random.integers(0, STEPS // 2, (size, len(self.members))) + 1)
        if len(self.rows):
            # What floats leave open is kept here, and judged exactly with the other conditions.
            odd = odd[np.all(odd / STEPS @ self.rows.T + self.offsets >= -1e-9, axis=1)]
        self.tried += size
        self.accepted += len(odd)
        return odd

    def _walked(self, size: int) -> NDArray[np.int64] | None:
        """Rows of all chains in turn."""
        if self.walk is None:
            (rows, offsets), side = self._in_floats(self.all), np.eye(len(self.members))
            A = np.vstack([rows, side, -side])
            b = np.concatenate([offsets, np.zeros(len(side)), np.ones(len(side))])
            self.walk = Walk(A, b, self.random)
        parts = self.walk.draw(size)
        if parts is None:
            return None
        odd: NDArray[np.int64] = np.clip(2 * np.floor(parts * (STEPS // 2)).astype(np.int64) + 1, 1, STEPS - 1)
        return odd

    def _in_floats(self, conditions: list[Linear]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Coefficients, a row for each condition, and constants."""
        stated = np.array([condition.in_floats(self.members) for condition in conditions])
        stated = stated.reshape(len(conditions), len(self.members) + 1)
        return stated[:, :-1], stated[:, -1]


def _words(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def some_points(premises: PremiseSet) -> list[dict[str, Fraction]]:
    """Points that the premises allow, by name: the same ones every time, to begin a search with."""
    batches = Drawing(premises, BEGINNING_SEED).batches(BEGINNING)
    points = (batch.point(row) for batch in batches for row in range(len(batch)))
    return [{symbol.name: value for symbol, value in point.items()} for point in points]
