"""All equilibria in pure strategies of many games of one shape, of any number of players.

Definition: at an equilibrium in pure strategies nobody gains by changing strategy alone (Nash 1951, Annals of
Mathematics 54). Given numbers are compared with one another and never calculated with, so that the answer is exact,
of floats, too.
"""

from collections.abc import Sequence

import numpy as np

from games.errors import InputError
from games.kernels.payoffs import Array, Flags, checked, listed_payoffs

BLOCK = 4096
"""How many games lie side by side."""


def pure_equilibria_in_bulk(payoffs: Sequence[object]) -> Flags:
    """Which profiles are equilibria: of shape (games, strategies of the first player, of the second, …).

    ``payoffs`` are one array of this shape for each player, of finite floats or integers.

    >>> pennies = np.array([[[1, -1], [-1, 1]]])
    >>> bool(pure_equilibria_in_bulk([pennies, -pennies]).any())
    False

    Raises `InputError` for arrays of another kind, of different shapes, or of no strategies.
    """
    return best_for_all(same_shape(payoffs))


def same_shape(payoffs: Sequence[object]) -> list[Array]:
    """The arrays, one for each player; `InputError` says what is wrong with them."""
    given = [checked(own, f"the payoffs of player {k + 1}") for k, own in enumerate(listed_payoffs(payoffs))]
    shape = given[0].shape
    for k, own in enumerate(given):
        if own.shape != shape:
            raise InputError(f"the payoffs have the shapes {shape} and {own.shape}; give arrays of the same shape")
        if own.ndim != len(given) + 1:
            raise InputError(
                f"the payoffs of player {k + 1} have the shape {own.shape}; of {len(given)} players they are of shape "
                "(games, strategies of the first player, of the second, …)"
            )
    if 0 in shape[1:]:
        raise InputError(f"the payoffs have the shape {shape}; each player needs a strategy")
    return given


def best_for_all(given: Sequence[Array]) -> Flags:
    """At which profiles every player gets the most that changing strategy alone can bring."""
    found = np.empty(given[0].shape, dtype=bool)
    for start in range(0, len(found), BLOCK):
        at = slice(start, start + BLOCK)
        lanes = [np.ascontiguousarray(np.moveaxis(own[at], 0, -1)) for own in given]
        best = [own == own.max(axis=k, keepdims=True) for k, own in enumerate(lanes)]
        found[at] = np.moveaxis(np.logical_and.reduce(best), -1, 0)
    return found
