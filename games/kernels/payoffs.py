"""The payoffs of many games of one shape as they are given: checked, and told whether they are exact.

Integers are exact, and so are floats that are multiples of one power of two with few enough digits, such as whole
numbers and quarters. Other floats are taken as the binary fractions that they are, and may leave a sign open.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from games.errors import InputError, check_kind
from games.exact import Number
from games.kernels.minors import greatest, largest

Array: TypeAlias = NDArray[Any]
Flags: TypeAlias = NDArray[np.bool_]
At: TypeAlias = slice | NDArray[np.intp]
"""Which games: a range of positions, or these."""

MOST_STRATEGIES = 5
"""The most strategies of a player of two."""

LONGEST_FLOAT = 53
LONGEST_WHOLE = 63
"""The bits that floats and whole numbers hold."""

FINEST = 40
"""Floats that are multiples of 2 to the power of minus more than this are not taken for exact."""

SAMPLE = 64
"""As many games are looked at before all are."""


@dataclass(frozen=True)
class Payoffs:
    """One player's payoffs in all games: ``given`` of shape (games, own strategies, strategies of the other).

    ``exact``: they are multiples of 2 to the power of minus ``grain`` and calculated with as whole numbers, in the type
    ``kind``, which holds every minor of at least those games whose payoffs lie no further apart than `most_apart`.
    ``off``, of shape (games,), is how far floats may be from the payoffs that are meant; None if these are the floats.
    """

    given: Array
    exact: bool
    kind: type[np.float64] | type[np.int64]
    grain: int = 0
    off: NDArray[np.float64] | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """How many strategies the player has, and the other one."""
        return self.given.shape[1], self.given.shape[2]

    def lanes(self, at: At, width: int) -> Array:
        """Games side by side: (own strategies, strategies of the other, width), zeros where there are fewer games."""
        chosen = self.given[at]
        if self.grain:
            chosen = np.ldexp(chosen.astype(float), self.grain)
        lanes = np.zeros((*self.shape, width), dtype=self.kind)
        lanes[:, :, : len(chosen)] = chosen.transpose(1, 2, 0)
        return lanes

    def numbers(self, game: int) -> list[list[Number]]:
        """One game's payoffs, own strategies in rows, as the exact numbers that they are."""
        return [
            [Fraction(value) if self.given.dtype.kind == "f" else value for value in row] for row in self.rows(game)
        ]

    def rows(self, game: int) -> list[list[Any]]:
        """One game's payoffs as they are given."""
        found: list[list[Any]] = self.given[game].tolist()
        return found


def both(A: object, B: object) -> tuple[Payoffs, Payoffs]:
    """The payoffs of the first and of the second player, from two arrays of shape (games, m, n); `InputError` says why
    not."""
    first, second = checked(A, "the first player's payoffs"), checked(B, "the second player's payoffs")
    for array, whose in ((first, "first"), (second, "second")):
        if array.ndim != 3:
            raise InputError(
                f"the {whose} player's payoffs have the shape {array.shape}; give an array of shape (games, m, n)"
            )
    if first.shape != second.shape:
        raise InputError(f"the payoffs have the shapes {first.shape} and {second.shape}; give two of the same shape")
    m, n = first.shape[1:]
    if not (1 <= m <= MOST_STRATEGIES and 1 <= n <= MOST_STRATEGIES):
        raise InputError(
            f"the games have {m} × {n} strategies; in bulk each player has 1 to {MOST_STRATEGIES}, "
            "and games.solve takes larger games one by one"
        )
    return _read(first), _read(second.transpose(0, 2, 1))


def checked(given: object, what: str) -> Array:
    """The array, if it is one of finite real numbers; `InputError` says what it is instead."""
    check_kind(given, np.ndarray, what, "a numpy array of floats or integers")
    assert isinstance(given, np.ndarray)
    kind = given.dtype.kind
    if kind not in "iuf" or (kind == "f" and given.dtype.itemsize > 8):
        raise InputError(f"{what} are of the type {given.dtype}; give floats of up to 64 bits, or integers")
    if kind == "u" and given.size and given.max() >= 2**LONGEST_WHOLE:
        raise InputError(f"{what} hold {given.max()}; give integers below 2^63")
    if kind == "f" and not _finite(given):
        place = tuple(int(at) for at in np.argwhere(~np.isfinite(given))[0])
        raise InputError(f"{what} hold {given[place]} at {place}; give finite numbers")
    return given


def _finite(given: Array) -> bool:
    """Whether all numbers are; their sum, which is worked out faster, is finite only if they are."""
    with np.errstate(over="ignore", invalid="ignore"):
        return bool(np.isfinite(given.sum())) or bool(np.isfinite(given).all())


def most_apart(shape: tuple[int, int], bits: int) -> int:
    """How far a player's payoffs may lie apart for every minor to fit into so many bits."""
    k = largest(*shape)
    if k < 1:
        return 1 << bits
    low, high = 0, 1 << bits
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if greatest(k, middle) < 1 << bits else (low, middle)
    return low


def _read(given: Array) -> Payoffs:
    """One player's payoffs, own strategies in the second place."""
    shape = (given.shape[1], given.shape[2])
    if given.dtype.kind != "f":
        whole = int(given.max()) - int(given.min()) if given.size else 0
        return Payoffs(given, exact=True, kind=_kind(shape, whole))
    grain = _grain(given[:SAMPLE])
    apart = None if _apart(given[:SAMPLE], grain) is None else _apart(given, grain)
    if apart is None or apart > most_apart(shape, LONGEST_WHOLE):
        return Payoffs(given, exact=False, kind=np.float64)
    return Payoffs(given, exact=True, kind=_kind(shape, apart), grain=grain)


def _kind(shape: tuple[int, int], apart: int) -> type[np.float64] | type[np.int64]:
    """Floats where they hold every minor of payoffs that lie so far apart, since they are faster."""
    return np.float64 if apart <= most_apart(shape, LONGEST_FLOAT) else np.int64


def _grain(values: Array) -> int:
    """The least g at which all are multiples of 2 to the power of −g, at most `FINEST`."""
    fraction, exponent = np.frexp(values[values != 0].astype(float))
    whole = np.ldexp(fraction, LONGEST_FLOAT).astype(np.int64)
    # The lowest bit of a number is what it shares with its negative.
    zeros = np.frexp((whole & -whole).astype(float))[1] - 1
    return min(FINEST, max(0, int((LONGEST_FLOAT - exponent - zeros).max(initial=0))))


def _apart(values: Array, grain: int) -> int | None:
    """How far they lie apart in multiples of 2 to the power of −grain; None if they are no multiples that 62 bits
    hold."""
    if not values.size:
        return 0
    largest_size = 2.0 ** (LONGEST_WHOLE - 1 - grain)
    if not -largest_size < values.min() <= values.max() < largest_size:
        return None
    scaled = np.ldexp(values.astype(float), grain)
    return int(scaled.max()) - int(scaled.min()) if (np.rint(scaled) == scaled).all() else None


def listed_payoffs(given: object) -> list[object]:
    """One array for each player; `InputError` for what is no list of them."""
    if isinstance(given, np.ndarray) or not isinstance(given, list | tuple) or not given:
        raise InputError(f"the payoffs are {_shown(given)}; give a list of arrays, one for each player")
    return list(given)


def _shown(given: object) -> str:
    if isinstance(given, list | tuple):
        return "an empty list"
    return "one array" if isinstance(given, np.ndarray) else f"a {type(given).__name__}"
