"""Ways to play at many points, one in a row, and what they amount to at each point: a set, and its ends.

All that is said of a point is said of the set of its ways: which there are, the least and the greatest probability of
each outcome and of each payoff, and what the ways that somebody would select pay.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from games.bounds import Flags
from games.bulk import Rows

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]

BULK, SOLVED, NUMERIC, REFUSED = 0, 1, 2, 3
"""How a point was settled: on arrays, by the exact solver, by a solver that is numeric there; or not at all, since the
game divides by zero there or the concept refuses it."""


@dataclass(frozen=True)
class Ways:
    """``index`` tells the point of each row; ``reached`` (rows, outcomes) which outcomes have a ``probability`` above
    zero, ``amounts`` (rows, amounts) what is paid and chosen. Rows of a point stand together."""

    index: Rows
    reached: Flags
    probability: Floats
    amounts: Floats

    def where(self, keep: Any) -> "Ways":
        return Ways(self.index[keep], self.reached[keep], self.probability[keep], self.amounts[keep])


def in_order_of_points(parts: Sequence[Ways]) -> Ways:
    """All rows, those of the first point first."""
    joined = Ways(*(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Ways)))
    return joined.where(np.argsort(joined.index, kind="stable"))


@dataclass(frozen=True)
class Settled:
    """What is known of some points, an entry for each.

    ``kinds`` numbers the set of plays, a play being the outcomes that an equilibrium reaches; ``probability`` (points,
    outcomes, 2) and ``amounts`` (points, amounts, 2) have the least and the greatest; ``selected`` (points, selections,
    players) the payoffs under each selection, ``selected_play`` its play. Where there is no equilibrium, amounts are
    NaN and selected plays −1. ``how`` is one of `BULK`, `SOLVED`, `NUMERIC`, `REFUSED`; ``complete``: there are no
    other equilibria of the concept.
    """

    kinds: Numbers
    probability: Floats
    amounts: Floats
    selected: Floats
    selected_play: Numbers
    how: NDArray[np.int8]
    complete: Flags

    def __len__(self) -> int:
        return len(self.kinds)

    def where(self, keep: Any) -> "Settled":
        return Settled(*(getattr(self, f.name)[keep] for f in fields(Settled)))


def joined(parts: Sequence[Settled]) -> Settled:
    """The points of all parts, in their order."""
    return Settled(*(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Settled)))


class Plays:
    """Plays and sets of plays by number, in the order in which they were met."""

    def __init__(self) -> None:
        self.plays: dict[tuple[int, ...], int] = {}
        self.kinds: dict[tuple[int, ...], int] = {}

    def numbered(self, ways: Ways, count: int) -> tuple[Numbers, Numbers]:
        """The number of the play of each row, and of the set of plays of each of ``count`` points."""
        distinct, first, place = np.unique(ways.reached, axis=0, return_index=True, return_inverse=True)
        number = np.empty(len(distinct), dtype=np.int64)
        for k in np.argsort(first, kind="stable"):
            play = tuple(np.flatnonzero(distinct[k]).tolist())
            number[k] = self.plays.setdefault(play, len(self.plays))
        plays = number[place.reshape(-1)]
        sets: list[list[int]] = [[] for _ in range(count)]
        for point, play in zip(ways.index.tolist(), plays.tolist(), strict=True):
            sets[point].append(play)
        kinds = [self.kinds.setdefault(tuple(sorted(set(each))), len(self.kinds)) for each in sets]
        return plays, np.array(kinds, dtype=np.int64)


def ends(values: Floats, index: Rows, count: int, without: float) -> Floats:
    """The least and the greatest of each column by point, of shape (count, columns, 2); ``without`` any row."""
    found = np.full((count, values.shape[1], 2), without)
    starts = np.flatnonzero(np.diff(index, prepend=-1))
    if len(starts):
        here = index[starts]
        found[here, :, 0] = np.minimum.reduceat(values, starts, axis=0)
        found[here, :, 1] = np.maximum.reduceat(values, starts, axis=0)
    return found


def selections(players: Sequence[str]) -> tuple[str, ...]:
    """The names of the selections, in the order of `selected`."""
    names = [f"{which} for {player}" for which in ("best", "worst") for player in players]
    return (*names, "payoff-dominant") if len(players) > 1 else tuple(names)


def selected(ways: Ways, players: int, count: int) -> tuple[Floats, Rows]:
    """The payoffs of each selection by point, of shape (count, selections, players), and the rows, −1 where none.

    Of several ways that are best (or worst) for a player the one is taken that is best (worst) for the first of the
    others, and so on. A way is payoff-dominant if no player gets more in another.
    """
    payoffs = ways.amounts[:, :players]
    rows = []
    for sense in (-1.0, 1.0):
        for player in range(players):
            others = [k for k in range(players) if k != player]
            keys = [sense * payoffs[:, k] for k in [*reversed(others), player]]
            order = np.lexsort([*keys, ways.index])
            rows.append(_firsts(order, ways.index, count))
    if players > 1:
        greatest = ends(payoffs, ways.index, count, np.nan)[ways.index, :, 1]
        rows.append(_firsts(np.flatnonzero((payoffs == greatest).all(axis=1)), ways.index, count))
    chosen = np.stack(rows, axis=1)
    paid = (
        np.where(chosen[..., None] >= 0, payoffs[chosen], np.nan)
        if len(payoffs)
        else np.full((*chosen.shape, players), np.nan)
    )
    return paid, chosen


def _firsts(order: Rows, index: Rows, count: int) -> Rows:
    """The first row of each point among those in ``order``, −1 where there is none."""
    found = np.full(count, -1, dtype=np.intp)
    here, first = np.unique(index[order], return_index=True)
    found[here] = order[first]
    return found
