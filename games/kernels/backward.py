"""Which outcomes of a tree subgame-perfect play may end in, for many payoffs at once.

Definition: at each decision, those after it first, an outcome after one action stays possible if it pays the mover no
less than the least of what is possible after each other action (backward induction: Kuhn 1953; pure equilibria, every
way of breaking a tie included). Where payoffs are known within bounds, two runs bound the answer, for more stays
possible the more an outcome pays when it is looked at and the less when it is compared with: a game is *open* only if
the runs differ. Payoffs that are equal as formulas are *alike* and tie, whatever their bounds.

Trees have perfect information and no chance. Games lie side by side.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from games.bounds import ROUNDING
from games.kernels.payoffs import Flags
from games.kernels.signs import OUTWARDS

Floats: TypeAlias = NDArray[np.float64]

BLOCK = 2**12
"""How many games lie side by side."""


@dataclass(frozen=True)
class Tree:
    """A tree by numbers: ``outcomes`` are numbered as the tree has them.

    ``decisions``, each ahead of those before it: the mover's number, where the outcomes after each action begin, and
    where those of the last one end.
    """

    outcomes: int
    decisions: tuple[tuple[int, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Paid:
    """What outcomes pay in many games: ``values`` are off by at most ``off``, both finite and of shape (players,
    outcomes, games); None if nothing is. Outcomes with the same number in ``alike``, of shape (players, outcomes), pay
    the player the same in every game."""

    values: Floats
    off: Floats | None
    alike: NDArray[np.intp]

    def within(self, games: slice) -> tuple[Floats, Floats]:
        """The least and the most that is paid in these games."""
        values = self.values[:, :, games]
        if self.off is None:
            return values, values
        off = self.off[:, :, games]
        width = np.where(off > 0, off * OUTWARDS + np.abs(values) * ROUNDING, 0.0)
        return values - width, values + width


def outcomes_in_bulk(tree: Tree, paid: Paid) -> tuple[Flags, Flags]:
    """Which outcomes are possible, of shape (outcomes, games), and which games are open.

    >>> threat = Tree(3, ((1, (0, 1, 2)), (0, (0, 2, 3))))
    >>> pays = np.array([[[2.0], [0.0], [1.0]], [[0.0], [0.0], [1.0]]])
    >>> outcomes_in_bulk(threat, Paid(pays, None, np.arange(6).reshape(2, 3)))[0][:, 0].tolist()
    [True, False, True]
    """
    _, outcomes, games = paid.values.shape
    found, open_ = np.empty((outcomes, games), dtype=bool), np.zeros(games, dtype=bool)
    for start in range(0, games, BLOCK):
        at = slice(start, start + BLOCK)
        low, high = paid.within(at)
        found[:, at] = _possible(tree, low, high, paid.alike)
        if paid.off is not None:
            open_[at] = (found[:, at] != _possible(tree, high, low, paid.alike)).any(axis=0)
    return found, open_


def _possible(tree: Tree, pays: Floats, others: Floats, alike: NDArray[np.intp]) -> Flags:
    """What stays possible if an outcome that is looked at pays the first, and one that it is compared with the second.

    Of shape (outcomes, games).
    """
    possible = np.ones(pays.shape[1:], dtype=bool)
    for mover, starts in tree.decisions:
        after = [slice(*ends) for ends in pairwise(starts)]
        least = [np.where(possible[own], others[mover, own], np.inf).min(axis=0) for own in after]
        left = possible.copy()
        for own in after:
            for other, bar in zip(after, least, strict=True):
                if own != other:
                    good = pays[mover, own] >= bar
                    for i, j in np.argwhere(np.equal.outer(alike[mover, own], alike[mover, other])).tolist():
                        good[i] |= possible[other][j]
                    left[own] &= good
        possible = left
    return possible
