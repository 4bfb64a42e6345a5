"""The twin of `games.kernels.pure`: payoffs are compared by a compiled kernel."""

from collections.abc import Sequence
from functools import cache
from math import prod
from typing import Any

import numpy as np

from games.kernels import pure as plain
from games.kernels.compiled.cached import check_numba, module_of
from games.kernels.compiled.pure_source import pure_source
from games.kernels.payoffs import Flags
from games.solvers.limits import uncounted

MOST_WRITTEN = 250
"""The most payoffs of a game whose comparisons are written out; for larger ones plain numpy serves."""


def pure_equilibria_in_bulk(payoffs: Sequence[object]) -> Flags:
    """Which profiles are equilibria, as `games.kernels.pure_equilibria_in_bulk` has them.

    The first call for a shape and a type of number compiles its kernel, which is kept in the user's cache folder.

    Raises `InputError` as its twin does, and where numba is not installed.
    """
    check_numba()
    given = plain.same_shape(payoffs)
    shape = given[0].shape[1:]
    look = _look(shape) if len(given) * prod(shape) <= MOST_WRITTEN else None
    if look is None:
        return plain.best_for_all(given)
    found = np.empty((len(given[0]), prod(shape)), dtype=bool)
    flat = [np.ascontiguousarray(own.astype(own.dtype.newbyteorder("="), copy=False)) for own in given]
    with uncounted():
        look(*(own[:0].reshape(0, prod(shape)) for own in flat), found[:0])
    look(*(own.reshape(len(own), prod(shape)) for own in flat), found)
    return found.reshape(given[0].shape)


@cache
def _look(shape: tuple[int, ...]) -> Any:
    """The kernel for this shape; None where it cannot be kept."""
    module = module_of(pure_source(shape))
    return None if module is None else module.look
