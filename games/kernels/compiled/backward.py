"""The twin of `games.kernels.backward`: payoffs are compared by a compiled kernel, one for all trees."""

from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from games.kernels import backward as plain
from games.kernels.backward import Floats, Paid, Tree
from games.kernels.compiled.backward_source import SOURCE
from games.kernels.compiled.cached import check_numba, module_of
from games.kernels.payoffs import Flags
from games.solvers.limits import uncounted


def outcomes_in_bulk(tree: Tree, paid: Paid) -> tuple[Flags, Flags]:
    """Which outcomes are possible and which games are open, as `games.kernels.outcomes_in_bulk` says.

    The first call compiles the kernel, which takes some seconds; it is kept in the user's cache folder. Raises
    `InputError` where numba is not installed.
    """
    check_numba()
    with uncounted():
        look = _look()
    if look is None:
        return plain.outcomes_in_bulk(tree, paid)
    found = _possible(look, tree, paid.low, paid.high, paid.alike)
    if paid.exact:
        return found, np.zeros(found.shape[1], dtype=bool)
    return found, (found != _possible(look, tree, paid.high, paid.low, paid.alike)).any(axis=0)


def _possible(look: Any, tree: Tree, pays: Floats, others: Floats, alike: NDArray[np.intp]) -> Flags:
    found = np.empty(pays.shape[1:], dtype=bool)
    look(*_tables(tree), alike.astype(np.int64), np.ascontiguousarray(pays), np.ascontiguousarray(others), found)
    return found


@cache
def _tables(tree: Tree) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The mover of each decision and the first and last of its actions; the outcomes after each action."""
    decisions, actions = [], list[tuple[int, int]]()
    for mover, starts in tree.decisions:
        first = len(actions)
        actions += pairwise(starts)
        decisions.append((mover, first, len(actions)))
    return np.array(decisions, dtype=np.int64).reshape(-1, 3), np.array(actions, dtype=np.int64).reshape(-1, 2)


@cache
def _look() -> Any:
    """The kernel, compiled; None where it cannot be kept."""
    module = module_of(SOURCE)
    if module is not None:
        nothing = np.zeros((1, 1, 0))
        _possible(module.look, Tree(1, ()), nothing, nothing, np.zeros((1, 1), dtype=np.intp))
    return None if module is None else module.look
