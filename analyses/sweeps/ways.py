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
from games.bulk import Rows, distinct

MASK = 62
"""So many plays fit into a whole number of the machine, with a binary digit for each."""

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
    """All rows, those of the first point first; so they are in each part."""
    if len(parts) == 1:
        return parts[0]
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
        first, place = _different_rows(ways.reached)
        number = np.empty(len(first), dtype=np.int64)
        for k in np.argsort(first, kind="stable"):
            play = tuple(np.flatnonzero(ways.reached[first[k]]).tolist())
            number[k] = self.plays.setdefault(play, len(self.plays))
        plays = number[place]
        return plays, self._kinds(plays, ways.index, count)

    def probabilities(self, ways: Ways, kinds: Numbers) -> Floats:
        """The least and the greatest probability of each outcome by point, of shape (points, outcomes, 2)."""
        if not all(len(play) == 1 for play in self.plays) or not (ways.probability.sum(axis=1) == 1).all():
            return ends(ways.probability, ways.index, len(kinds), 0.0)
        # Each play has its one outcome for certain, so that the set of plays tells all.
        outcomes = [outcome for (outcome,) in self.plays]
        told = np.zeros((len(self.kinds), ways.probability.shape[1], 2))
        for number, kind in enumerate(self.kinds):
            told[number, [outcomes[play] for play in kind], 1] = 1
            told[number, :, 0] = told[number, :, 1] * (len(kind) == 1)
        return told[kinds]

    def _kinds(self, plays: Numbers, index: Rows, count: int) -> Numbers:
        if len(self.plays) > MASK:
            sets: list[list[int]] = [[] for _ in range(count)]
            for point, play in zip(index.tolist(), plays.tolist(), strict=True):
                sets[point].append(play)
            return np.array([self._kind(each) for each in sets], dtype=np.int64)
        # A set of plays as a whole number, with a binary digit for each.
        masks = np.zeros(count, dtype=np.int64)
        starts = first_rows(index)
        if len(starts):
            masks[index[starts]] = np.bitwise_or.reduceat(np.left_shift(1, plays), starts)
        values, first, place = np.unique(masks, return_index=True, return_inverse=True)
        kinds = np.empty(len(values), dtype=np.int64)
        for k in np.argsort(first):
            mask = int(values[k])
            kinds[k] = self._kind([play for play in range(len(self.plays)) if mask >> play & 1])
        return kinds[place]

    def _kind(self, plays: Sequence[int]) -> int:
        return self.kinds.setdefault(tuple(sorted(set(plays))), len(self.kinds))


def _different_rows(flags: Flags) -> tuple[Rows, Rows]:
    """Where each of the different rows stands first, and which of them each row is."""
    if not len(flags):
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
    if flags.shape[1] and (np.count_nonzero(flags, axis=1) == 1).all():
        return distinct(np.argmax(flags, axis=1))
    _, first, place = np.unique(flags, axis=0, return_index=True, return_inverse=True)
    return first, place.reshape(-1)


def first_rows(index: Rows) -> Rows:
    """Where the rows of each point begin, of rows of which those of a point stand together."""
    return np.flatnonzero(np.diff(index, prepend=-1))


def with_company(index: Rows) -> Rows:
    """The rows of points that have several, of rows of which those of a point stand together."""
    same = index[1:] == index[:-1]
    return np.flatnonzero(np.concatenate([same, [False]]) | np.concatenate([[False], same]))


def ends(values: Floats, index: Rows, count: int, without: float) -> Floats:
    """The least and the greatest of each column by point, of shape (count, columns, 2); ``without`` any row."""
    found = np.full((count, values.shape[1], 2), without)
    starts = first_rows(index)
    if len(starts) == len(index):
        found[index] = values[:, :, None]
    elif len(starts):
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
    starts = first_rows(ways.index)
    lengths = np.diff(starts, append=len(ways.index))
    chosen = np.full((count, len(selections([""] * players))), -1, dtype=np.intp)
    # The first row of each point will do where it has no other.
    chosen[ways.index[starts]] = starts[:, None]
    if players > 1:
        chosen[ways.index[starts[np.isnan(payoffs[starts]).any(axis=1)]], -1] = -1
    if (lengths > 1).any():
        rows = np.flatnonzero(np.repeat(lengths > 1, lengths))
        bounds = np.cumsum(lengths[lengths > 1]) - lengths[lengths > 1]
        chosen[ways.index[starts[lengths > 1]]] = _of_several(payoffs[rows], bounds, rows)
    if not len(payoffs):
        return np.full((*chosen.shape, players), np.nan), chosen
    paid = payoffs[chosen]
    paid[chosen < 0] = np.nan
    return paid, chosen


def _of_several(payoffs: Floats, starts: Rows, rows: Rows) -> Rows:
    """The ``rows`` of each selection, −1 for none, by group of rows with these ``payoffs``; groups begin at
    ``starts``."""
    group = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(payoffs)))
    players = range(payoffs.shape[1])
    found = [_best(sense * payoffs, player, starts, group) for sense in (1.0, -1.0) for player in players]
    if len(players) > 1:
        greatest = np.maximum.reduceat(payoffs, starts, axis=0)[group]
        found.append(_first_in_each((payoffs == greatest).all(axis=1), starts))
    firsts = np.stack(found, axis=1)
    return np.where(firsts < 0, -1, rows[firsts])


def _best(payoffs: Floats, player: int, starts: Rows, group: Rows) -> Rows:
    """Of each group the first row that is best for the player, of these for the first of the others, and so on."""
    left = np.ones(len(payoffs), dtype=bool)
    for k in sorted(range(payoffs.shape[1]), key=lambda k: k != player):
        values = np.where(left & ~np.isnan(payoffs[:, k]), payoffs[:, k], -np.inf)
        left &= values == np.maximum.reduceat(values, starts)[group]
    return _first_in_each(left, starts)


def _first_in_each(flags: Flags, starts: Rows) -> Rows:
    """The first row in each group that has the flag, −1 where none has."""
    after = len(flags)
    rows = np.minimum.reduceat(np.where(flags, np.arange(after), after), starts)
    return np.where(rows < after, rows, -1)
