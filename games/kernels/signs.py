"""The signs of all minors of many games side by side, as far as they are certain.

Games lie side by side: a minor is one row of numbers, one for each game, and what holds of a game is one bit of a row
of words, so that a condition is looked at in 64 games at once.

Of whole numbers every sign is certain, zero included. Of floats a difference of two payoffs has a certain sign, and a
larger minor one if it lies further from zero than rounding can have moved it (`rounding`); else its sign is *open*,
unless each product in its expansion has a factor that is certainly zero, or it is zero as a formula, because payoffs
are equal in all games. Where floats stand for payoffs that they may be off from, minors may be off by as much more
(`inherited`), differences among them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import factorial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from games.kernels.minors import ROUNDING, Lines, Signed, differences, largest, minors, rounding, slacks, weights
from games.kernels.payoffs import LONGEST_WHOLE, Array, At, Flags, Payoffs, most_apart

Words: TypeAlias = NDArray[np.uint64]
"""Of shape (…, width / 64): one bit for each game."""

WORD = 64
"""How many games share a word."""

TINY = 2.0**-1060
"""More than what a minor loses where its factors are too small for a float."""

OUTWARDS = 1 + 2.0**-50
"""What a bound is multiplied by that was itself rounded a few times."""

FARTHEST = 2.0**-20
"""Differences of payoffs that are off by more than this part of the greatest leave a game open."""

LARGEST_EXPONENT = 900
"""Floats whose payoffs lie further apart than 2 to the power of this, or nearer than its inverse, are beyond bulk."""


@dataclass(frozen=True)
class Signs:
    """All minors of one player's payoffs in a block of games.

    ``values`` is of shape (minors, width); those of floats are divided by a power of two, the same for all payoffs of a
    game, that leaves no difference greater than 1. ``positive`` and ``negative`` have a row for each minor; a last one
    says that one is positive, and not negative, which stands for the minor of no columns. ``beyond`` are the games
    whose minors the numbers do not hold. ``off`` is how far each value may be off by rounding, where that was followed;
    ``apart``, of shape (width,), how far floats as given are off from the differences that are meant, if they are.
    """

    values: Array
    positive: Words
    negative: Words
    beyond: Flags
    off: Array | None = None
    apart: Array | None = None

    @property
    def count(self) -> int:
        """How many minors there are."""
        return len(self.values)


def signs(payoffs: Payoffs, at: At, width: int, sharp: bool = False) -> Signs:
    """The signs of the minors of these games; ``width``, a multiple of 64, is at least their number.

    What floats may be off is bounded the same for all games or, if that is to be ``sharp``, for each value by itself.
    """
    m, n = payoffs.shape
    lanes = payoffs.lanes(at, width)
    beyond, scale = _range(payoffs, lanes)
    apart = None
    if payoffs.off is not None:
        apart = np.zeros(width)
        apart[: len(payoffs.off[at])] = payoffs.off[at]
        apart *= 2 * OUTWARDS * scale
        beyond |= ~(apart < FARTHEST)
        apart[beyond] = 0
    if beyond.any():
        lanes[:, :, beyond] = 0
    values = np.empty((len(minors(m, n)), width), dtype=payoffs.kind)
    above, below = np.empty(values.shape, dtype=bool), np.empty(values.shape, dtype=bool)
    first = differences(m, n)
    _difference(lanes, values)
    level: Any = 0 if apart is None else apart / scale * OUTWARDS
    np.greater(values[:first], level, out=above[:first])
    np.less(values[:first], -level, out=below[:first])
    if not payoffs.exact:
        values[:first] *= scale
    expand(values, m, n)
    off = followed(values, m, n) if sharp and not payoffs.exact else None
    bound: Any = 0 if payoffs.exact else (bounds(m, n) if off is None else off)[first:]
    if apart is not None:
        bound = bound + inherited(m, n)[first:] * apart
    np.greater(values[first:], bound, out=above[first:])
    np.less(values[first:], -bound, out=below[first:])
    one = np.ones((1, width), dtype=bool)
    return Signs(
        values, packed(np.concatenate([above, one])), packed(np.concatenate([below, ~one])), beyond, off, apart
    )


def _range(payoffs: Payoffs, lanes: Array) -> tuple[Flags, Array]:
    """The games beyond what the numbers hold, and what the differences of floats are multiplied by."""
    high, low = lanes.max(axis=(0, 1)).astype(float), lanes.min(axis=(0, 1)).astype(float)
    with np.errstate(over="ignore"):
        apart = high - low
    if payoffs.kind is np.int64:
        # A little less than what fits, since the distance is rounded here.
        return apart > most_apart(payoffs.shape, LONGEST_WHOLE) * (1 - 2.0**-50), apart
    if payoffs.exact:
        return np.zeros(len(apart), dtype=bool), apart
    exponent = np.frexp(apart)[1]
    beyond = ~np.isfinite(apart) | (np.abs(exponent) > LARGEST_EXPONENT)
    return beyond, np.ldexp(1.0, np.where(beyond, 0, -exponent))


def _difference(lanes: Array, values: Array) -> None:
    """Fills in the differences, those of one pair of rows after another."""
    m, n = lanes.shape[:2]
    place = 0
    for i in range(m):
        for other in range(i + 1, m):
            np.subtract(lanes[i], lanes[other], out=values[place : place + n])
            place += n


def expand(values: Array, m: int, n: int) -> None:
    """Fills in the minors of more than one column, from the differences."""
    part = np.empty_like(values, shape=values.shape[1:])
    for minor in minors(m, n).values():
        for number, (sign, difference, rest) in enumerate(minor.terms):
            if number:
                np.multiply(values[difference], values[rest], out=part)
                (np.add if sign > 0 else np.subtract)(values[minor.number], part, out=values[minor.number])
            else:
                np.multiply(values[difference], values[rest], out=values[minor.number])
                if sign < 0:
                    np.negative(values[minor.number], out=values[minor.number])


@cache
def bounds(m: int, n: int) -> Array:
    """How far each minor may be off in floats, of shape (minors, 1)."""
    by_size = [rounding(k) for k in range(1, largest(m, n) + 1)]
    return np.array([by_size[len(minor.columns) - 1] for minor in minors(m, n).values()]).reshape(-1, 1)


@cache
def inherited(m: int, n: int) -> Array:
    """How far each minor may be off if all differences are off by 1, to be multiplied by how far they are.

    Of shape (minors, 1). If e_k is that of k columns, e_k = k e_(k − 1) + k (k − 1)! to first order, since no minor of
    k − 1 columns is greater than (k − 1)!; what is of second order is less than a hundredth, up to `FARTHEST`.
    """
    found = [1.01 * len(minor.columns) * factorial(len(minor.columns)) for minor in minors(m, n).values()]
    return np.array(found).reshape(-1, 1)


def followed(values: Array, m: int, n: int) -> Array:
    """How far each minor may be off in floats: a running error analysis (Wilkinson 1963), value by value.

    It is sharper than `bounds` where payoffs of a game are of very different sizes. What is too small for a float to
    hold in full adds `TINY`.
    """
    off = np.abs(values) * ROUNDING + TINY
    for minor in minors(m, n).values():
        if minor.terms:
            sizes = [(np.abs(values[difference]), rest) for _, difference, rest in minor.terms]
            inherited = np.sum([size * off[rest] for size, rest in sizes], axis=0)
            rounded = np.sum([size * np.abs(values[rest]) for size, rest in sizes], axis=0)
            off[minor.number] = inherited * (1 + 2.0**-48) + rounded * ((len(sizes) + 1) * ROUNDING) + TINY
    return off


def packed(flags: Flags) -> Words:
    """One bit for each flag of the last axis, whose length is a multiple of 64."""
    words: Words = np.packbits(flags, axis=-1, bitorder="little").view(np.uint64)
    return words


def unpacked(words: Words) -> Flags:
    """The flags whose bits these are."""
    return np.unpackbits(words.view(np.uint8), axis=-1, bitorder="little").view(np.bool_)


@dataclass(frozen=True)
class Conditions:
    """What must be positive for supports to make an equilibrium, as far as one player's payoffs say.

    Arrays of the numbers of minors, and of the signs that they are taken with, of shape (supports, conditions): the
    weights of the other player's strategies, and what the player's strategies outside the support pay less. The latter
    stand in ``outside``, as bit masks.
    """

    weights: NDArray[np.intp]
    weight_signs: NDArray[np.int8]
    slacks: NDArray[np.intp]
    slack_signs: NDArray[np.int8]
    outside: NDArray[np.uint8]


def conditions(m: int, n: int, pairs: Sequence[tuple[Lines, Lines]]) -> Conditions:
    """The conditions of these supports, all of one size, in a matrix of shape (m, n): rows to columns."""
    one = (len(minors(m, n)), 1)
    of_weights = [weights(m, n, rows, columns) or [one] for rows, columns in pairs]
    of_slacks = [slacks(m, n, rows, columns) for rows, columns in pairs]
    outside = [[1 << i for i in range(m) if i not in rows] for rows, _ in pairs]
    return Conditions(*_split(of_weights), *_split(of_slacks), np.array(outside, dtype=np.uint8))


def _split(listed: Sequence[Sequence[Signed]]) -> tuple[NDArray[np.intp], NDArray[np.int8]]:
    """Numbers and signs apart."""
    both: Any = np.array(listed, dtype=np.intp).reshape(len(listed), -1, 2)
    return both[:, :, 0], both[:, :, 1].astype(np.int8)


def every(words: Words) -> Words:
    """Where all of the second axis hold."""
    found: Words = np.bitwise_and.reduce(words, axis=1)
    return found


def some(words: Words) -> Words:
    """Where one of the second axis holds."""
    found: Words = np.bitwise_or.reduce(words, axis=1)
    return found
