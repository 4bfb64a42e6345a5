"""Floats that know how far they may be off: a running error analysis, for many points at once.

Beside each value stands a bound on its distance from the exact one, which every operation widens by its own rounding
(Wilkinson 1963, Rounding Errors in Algebraic Processes). A sign that the bound leaves open is for exact arithmetic.
While values are known to be whole multiples of a power of two that 53 bits hold, nothing is rounded and nothing is
widened: on a dyadic grid ties are ties.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from games.exact import Number

Flags: TypeAlias = NDArray[np.bool_]

ROUNDING = 1.1 * 2.0**-53
"""A little more than the relative error of one operation, which pays for the rounding of the bounds themselves."""

BITS = 53
FINEST = 300
"""Grains finer than 2 to the power of minus this are not followed: floats could not tell their bounds."""


@dataclass(frozen=True)
class Bounded:
    """Values, and how far each may be from the exact one; both of shape (points,) or plain numbers.

    Where ``grain`` is a number, the exact values are whole multiples of 2 to the power of minus it, none is greater
    than ``top`` in size, and the error is zero.
    """

    value: Any
    error: Any
    grain: int | None = None
    top: float = inf

    @staticmethod
    def exactly(number: Number) -> "Bounded":
        """A plain number; the bound is zero if a float is equal to it."""
        try:
            nearest = float(number)
        except OverflowError:
            return Bounded(0.0, inf)
        if Fraction(nearest) != number:
            return Bounded(nearest, ROUNDING * abs(nearest) + 2.0**-1074)
        grain = Fraction(number).denominator.bit_length() - 1
        return Bounded(nearest, 0.0, grain if grain <= FINEST else None, abs(nearest))

    def __add__(self, other: "Bounded | Number") -> "Bounded":
        if not isinstance(other, Bounded):
            if other == 0:
                return self
            other = Bounded.exactly(other)
        value = self.value + other.value
        if self.grain is not None and other.grain is not None:
            grain, top = max(self.grain, other.grain), self.top + other.top
            if _held(grain, top):
                return Bounded(value, 0.0, grain, top)
        return Bounded(value, (self.error + other.error) * (1 + ROUNDING) + ROUNDING * np.abs(value))

    __radd__ = __add__

    def __neg__(self) -> "Bounded":
        return Bounded(-self.value, self.error, self.grain, self.top)

    def __sub__(self, other: "Bounded") -> "Bounded":
        return self + -other

    def __mul__(self, other: "Bounded | Number") -> "Bounded":
        if not isinstance(other, Bounded):
            if other == 1:
                return self
            if other == -1:
                return -self
            other = Bounded.exactly(other)
        # What is too large for a float is infinite, and of no sign.
        with np.errstate(over="ignore", invalid="ignore"):
            value = self.value * other.value
            if self.grain is not None and other.grain is not None:
                grain, top = self.grain + other.grain, self.top * other.top
                if _held(grain, top):
                    return Bounded(value, 0.0, grain, top)
            spread = np.abs(self.value) * other.error + np.abs(other.value) * self.error + self.error * other.error
            return Bounded(value, spread * (1 + 4 * ROUNDING) + ROUNDING * np.abs(value))

    __rmul__ = __mul__

    def inverse(self) -> "Bounded":
        """One divided by it; where that may be a division by zero, the bound is infinite."""
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            value = 1 / np.asarray(self.value, dtype=float)
            size = np.abs(self.value)
            room = np.where(size > 2 * self.error, size - self.error, 0.0)
            error = self.error / (size * room) * (1 + 4 * ROUNDING) + ROUNDING * np.abs(value)
        return Bounded(value, np.where(room > 0, error, np.inf))

    def chosen(self, where: Flags, other: "Bounded") -> "Bounded":
        """This one ``where`` true, the ``other`` elsewhere."""
        value = np.where(where, self.value, other.value)
        if self.grain is not None and other.grain is not None:
            grain, top = max(self.grain, other.grain), max(self.top, other.top)
            if _held(grain, top):
                return Bounded(value, 0.0, grain, top)
        return Bounded(value, np.where(where, self.error, other.error))

    def rows(self, at: NDArray[np.intp] | slice) -> "Bounded":
        """Those at these positions, each as often as it is named; a plain number stays one."""
        value = self.value[at] if np.ndim(self.value) else self.value
        return Bounded(value, self.error[at] if np.ndim(self.error) else self.error, self.grain, self.top)

    @property
    def positive(self) -> Any:
        """Where the exact value is certainly above zero."""
        # Of numpy's own kind even for plain numbers, so that ~ denies it.
        return np.greater(self.value, self.error)

    @property
    def negative(self) -> Any:
        """Where the exact value is certainly below zero."""
        return np.less(self.value, -self.error)

    @property
    def zero(self) -> Any:
        """Where the exact value is certainly zero."""
        return np.equal(self.value, 0) & np.equal(self.error, 0)


def _held(grain: int, top: float) -> bool:
    """Whether 53 bits hold every multiple of the grain up to ``top``, a bound that was rounded itself."""
    return grain <= FINEST and top * 2.0**grain <= 2.0 ** (BITS - 1)
