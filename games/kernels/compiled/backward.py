"""The twin of `games.kernels.backward`: payoffs are compared by a compiled kernel."""

from functools import cache
from typing import Any

import numpy as np

from games.bounds import ROUNDING
from games.kernels import backward as plain
from games.kernels.backward import Paid, Tree
from games.kernels.compiled.backward_source import backward_source
from games.kernels.compiled.cached import check_numba, module_of
from games.kernels.payoffs import Flags
from games.kernels.signs import OUTWARDS
from games.solvers.limits import uncounted

MOST_WRITTEN = 150
"""The most outcomes that the decisions of a tree look at, all together, to be written out, which takes some seconds to
compile; for larger trees plain numpy serves."""


def outcomes_in_bulk(tree: Tree, paid: Paid) -> tuple[Flags, Flags]:
    """Which outcomes are possible and which games are open, as `games.kernels.backward.outcomes_in_bulk` says.

    The first call for a tree and a pattern of ties compiles its kernel, which takes some seconds; it is kept in the
    user's cache folder. Raises `InputError` where numba is not installed.
    """
    check_numba()
    module = None
    if sum(starts[-1] - starts[0] for _, starts in tree.decisions) <= MOST_WRITTEN:
        with uncounted():
            module = _module(tree, tuple(map(_first, paid.alike.tolist())), paid.off is None)
    return plain.outcomes_in_bulk(tree, paid) if module is None else _looked(module, paid)


def _first(numbers: list[int]) -> tuple[int, ...]:
    """For each outcome the first one that pays the same."""
    return tuple(map(numbers.index, numbers))


def _looked(module: Any, paid: Paid) -> tuple[Flags, Flags]:
    values = np.ascontiguousarray(paid.values)
    _, outcomes, games = values.shape
    found, open_ = np.empty((outcomes, games), dtype=bool), np.zeros(games, dtype=bool)
    if paid.off is None:
        module.look_exactly(values, found)
    else:
        module.look(values, np.ascontiguousarray(paid.off), OUTWARDS, ROUNDING, found, open_)
    return found, open_


@cache
def _module(tree: Tree, alike: tuple[tuple[int, ...], ...], exact: bool) -> Any:
    """The kernel, compiled for payoffs that are exact or not; None where it cannot be kept."""
    module = module_of(backward_source(tree, alike))
    if module is not None:
        nothing = np.zeros((len(alike), tree.outcomes, 0))
        _looked(module, Paid(nothing, None if exact else nothing, np.array(alike)))
    return module
