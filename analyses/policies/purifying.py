"""A box of payoffs in which a claim is proved: shrunk until it is pure, then widened.

The box that PRIM found densest is halved towards a point of it that lies far from all points at which the claim fails,
until nothing in it breaks the claim; then its ends are let go or moved outwards as long as that stays so.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from analyses.claims.check import Proof
from analyses.claims.claim import Claim
from analyses.claims.setting import Setting
from analyses.policies.prim import Box
from analyses.proof.questions import BRIEF
from analyses.proof.solver import StuckError
from games.solvers.limits import OutOfTimeError, expired
from games.terms import Condition, at_least, var

Ends = Mapping[str, tuple[Fraction, Fraction]]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

DIGITS = 4
"""So many decimals have the ends that are tried."""

MOST_HALVED = 16
"""How often a box is halved at most."""

HALF = Fraction(1, 2)
ORDERS = ((Fraction(1), HALF, HALF, HALF), (HALF, HALF, Fraction(1), HALF, HALF))
"""How far each end is moved outwards, round by round, by parts of the way to that of the range."""

MOST_DIGITS = 12
KEPT = 0.97
"""An end is rounded to so few decimals that this part of the points in the box stays in it."""

MOST_MIDDLES = 500
"""How many points are looked at for the one that the box shrinks towards."""


class Purifying:
    """The box, shrunk until the proof finds nothing in it that breaks the claim, then widened.

    ``names`` are the columns of ``points``, ``holds`` where what is looked for holds, ``densest`` PRIM's densest box,
    None where it holds at all points; at most ``most`` questions are asked, ``steps`` counts them.
    """

    def __init__(
        self, claim: Claim, names: Sequence[str], points: Floats, holds: Flags, densest: Box | None, most: int
    ) -> None:
        self.claim, self.names, self.points, self.holds = claim, names, points, holds
        self.densest, self.most = densest, most
        parameters = claim.model.by_name
        self.ranges = {name: (parameters[name].low, parameters[name].high) for name in names}
        self.steps = 0
        self.ends: Ends = {}

    def found(self) -> bool:
        """Whether a pure box was found; it is then the widest that steps and time allowed."""
        is_pure = False
        with suppress(StuckError, OutOfTimeError):
            self.proof = Proof(Setting(self.claim))
            if self.is_pure({}):
                return True
            if self.purified():
                is_pure = True
                self.widen()
        return is_pure

    @property
    def may_go_on(self) -> bool:
        """Whether another question may be asked."""
        return self.steps < self.most and not expired()

    def is_pure(self, ends: Ends) -> bool:
        """Whether nothing in the box breaks the claim; one question to the prover."""
        self.steps += 1
        return self.proof.broken(*_inside(ends), effort=BRIEF).is_no

    def inside(self, ends: Ends) -> Flags:
        """Which points lie in the box."""
        found: Flags = np.ones(len(self.points), dtype=bool)
        for name, (low, high) in ends.items():
            column = self.points[:, self.names.index(name)]
            found &= (column >= float(low)) & (column <= float(high))
        return found

    def purified(self) -> bool:
        """PRIM's densest box, or where it holds at all points the whole, shrunk towards a point until it is pure.

        False where that takes too many steps.
        """
        densest = self.densest
        row = self._deep(densest)
        middle = {name: Fraction(float(self.points[row, k])) for k, name in enumerate(self.names)}
        whole = {name: self._of_prim(densest, k) for k, name in enumerate(self.names)}
        for halved in range(MOST_HALVED):
            if not self.may_go_on:
                return False
            self.ends = {
                name: _inwards(c - (c - low) / 2**halved, c + (high - c) / 2**halved, c, DIGITS + halved)
                for name, (low, high) in whole.items()
                for c in (middle[name],)
            }
            if self.is_pure(self.ends):
                return True
        return False

    def _of_prim(self, box: Box | None, k: int) -> tuple[Fraction, Fraction]:
        """The ends of PRIM's box; those of the range where it does not limit the parameter."""
        low, high = self.ranges[self.names[k]]
        if box is None:
            return low, high
        column = self.points[:, k]
        return (
            max(low, Fraction(float(box.low[k]))) if box.low[k] > column.min() else low,
            min(high, Fraction(float(box.high[k]))) if box.high[k] < column.max() else high,
        )

    def _deep(self, box: Box | None) -> int:
        """The point of the box with what is looked for that lies farthest from the points without it."""
        if box is None:
            return 0
        widths = np.array([float(high - low) for low, high in self.ranges.values()])
        having = np.flatnonzero(box.inside(self.points) & self.holds)[:MOST_MIDDLES]
        without = self.points[~self.holds] / widths
        far = [float(np.abs(without - self.points[row] / widths).max(axis=1).min()) for row in having]
        return int(having[int(np.argmax(far))])

    def widen(self) -> None:
        """Lets the ends go, or moves them half-way outwards, as long as the box stays pure: in each order of `ORDERS`.

        What covers most is kept, with ends as short as they may be without leaving out many points.
        """
        pure, found = self.ends, []
        for parts in ORDERS:
            self.ends = pure
            with suppress(StuckError, OutOfTimeError):
                for part in parts:
                    self._widen(part)
            found.append(self.ends)
        best = max(found, key=self.covered)
        self.ends = {name: ends for name, ends in self._short(best).items() if ends != self.ranges[name]}

    def _widen(self, part: Fraction) -> None:
        for name, side in self._by_points(part):
            wider = self._moved(name, side, part)
            if self.may_go_on and wider != self.ends and self.is_pure(wider):
                self.ends = wider

    def covered(self, ends: Ends) -> int:
        """At how many points of the box there is what is looked for."""
        return int((self.inside(ends) & self.holds).sum())

    def _short(self, ends: Ends) -> Ends:
        """The box with ends rounded inwards; what lies in a pure box is pure."""
        for name, (low, high) in ends.items():
            first, last = self.ranges[name]
            for digits in range(1, MOST_DIGITS):
                own = (
                    low if low == first else _rounded(low, digits, up=True),
                    high if high == last else _rounded(high, digits, up=False),
                )
                shorter = {**ends, name: own}
                if own[0] < own[1] and self.covered(shorter) >= KEPT * self.covered(ends):
                    ends = shorter
                    break
        return ends

    def _by_points(self, part: Fraction) -> list[tuple[str, int]]:
        """The ends, those first that let in most points when moved."""
        sides = [(n, side) for n in self.ends for side in (0, 1) if self.ends[n][side] != self.ranges[n][side]]
        return sorted(sides, key=lambda each: -int(self.inside(self._moved(each[0], each[1], part)).sum()))

    def _moved(self, name: str, side: int, part: Fraction) -> Ends:
        """The box with one end moved by a part of the way to that of the range."""
        own, goal = list(self.ends[name]), self.ranges[name][side]
        moved = own[side] + (goal - own[side]) * part
        own[side] = goal if part == 1 else _rounded(moved, DIGITS, up=side == 0)
        if (own[side] - self.ends[name][side]) * (goal - self.ends[name][side]) <= 0:
            return self.ends
        return {**self.ends, name: (own[0], own[1])}


def _inside(ends: Ends) -> list[Condition]:
    return [
        condition
        for name, (low, high) in ends.items()
        for condition in (at_least(var(name), low), at_least(high, var(name)))
    ]


def _inwards(low: Fraction, high: Fraction, middle: Fraction, digits: int) -> tuple[Fraction, Fraction]:
    """Short ends between those given, with the middle between them."""
    first, last = _rounded(low, digits, up=True), _rounded(high, digits, up=False)
    return (first if first <= middle else low, last if last >= middle else high)


def _rounded(value: Fraction, digits: int, *, up: bool) -> Fraction:
    scale = 10**digits
    return Fraction(ceil(value * scale) if up else floor(value * scale), scale)
