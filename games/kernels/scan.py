"""Which supports of equal size make an equilibrium, in a block of games, and with which probabilities.

Two passes. The first looks at signs alone: supports I and J make an equilibrium in which nobody has a further best
response if, for either player, all weights are positive and everything outside pays less (Dickhaut & Kaplan 1991; all
equilibria of a nondegenerate game are of this kind: von Stengel 2002, Handbook of Game Theory 3, chapter 45). The
second pass divides, for those few supports only.

A game is *settled* by this if no other supports of equal size could pass were ties and open signs let through. If some
equilibrium were not found, there would be an extreme one (x, y) with a weight or a slack of zero. Say x has no more
strategies than y. Its support can be widened, within the best responses to y, to a set I of as many as y plays, J: all
conditions of I and J hold for x and y with "at least zero", or all minors that the weights come from are zero. Either
way I and J could pass, so that the game is not settled.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from games.kernels.minors import Supports, rounding, supports
from games.kernels.payoffs import Array, At, Flags, Payoffs
from games.kernels.signs import WORD, Conditions, Signs, Words, conditions, every, packed, signs, some, unpacked

BLOCK = 8192
"""How many games lie side by side."""

ACCURACY = 1e-9
"""How far a probability given in floats may be from the exact one; where rounding allows more, a game is open."""

Index: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True)
class Listed:
    """Equilibria of several games, a row each: the game, the supports as bit masks, the mixtures.

    ``rows`` and ``columns`` are the probabilities of all strategies of the first and of the second player, or, in whole
    numbers, weights in proportion to them. ``start`` is where those of each game start, and where the last ones end;
    None if that is not known.
    """

    game: Index
    supports: NDArray[np.uint8]
    rows: Array
    columns: Array
    start: Index | None = None

    def only(self, at: Index | Flags) -> "Listed":
        """Those at these places."""
        return Listed(self.game[at], self.supports[at], self.rows[at], self.columns[at])

    def shifted(self, by: int) -> "Listed":
        """The same of games that stand so much further on."""
        return Listed(self.game + by, self.supports, self.rows, self.columns) if by else self


Scan: TypeAlias = Callable[[Payoffs, Payoffs, At, int], tuple[Listed, Flags]]
"""What lists the equilibria of so many games, by their places among these, and says which games are not settled."""


@dataclass(frozen=True)
class Size:
    """All supports of one size: the first and the last of their numbers, and what must hold, for either player."""

    k: int
    start: int
    stop: int
    first: Conditions
    second: Conditions


@cache
def sizes(m: int, n: int) -> Sequence[Size]:
    """The supports of two players with m and n strategies, by size."""
    found: list[Size] = []
    every_pair = supports(m, n)
    for k in range(1, min(m, n) + 1):
        own = [pair for pair in every_pair if len(pair.rows) == k]
        start = found[-1].stop if found else 0
        first = conditions(m, n, [(pair.rows, pair.columns) for pair in own])
        second = conditions(n, m, [(pair.columns, pair.rows) for pair in own])
        found.append(Size(k, start, start + len(own), first, second))
    return found


@cache
def masks(m: int, n: int) -> NDArray[np.uint8]:
    """The strategies of each pair of supports, as bit masks: (supports, 2)."""

    def bits(pair: Supports) -> tuple[int, int]:
        return sum(1 << i for i in pair.rows), sum(1 << j for j in pair.columns)

    return np.array([bits(pair) for pair in supports(m, n)], dtype=np.uint8)


def scan(first: Payoffs, second: Payoffs, at: At, count: int) -> tuple[Listed, Flags]:
    """The equilibria of these ``count`` games that plain signs find, and the games that are not settled so."""
    width = -(-count // WORD) * WORD
    both = signs(first, at, width), signs(second, at, width)
    m, n = first.shape
    pairs = [_passing(both, size) for size in sizes(m, n)]
    passed = np.concatenate([certain for certain, _ in pairs])
    possible = np.concatenate([possible for _, possible in pairs])
    left = unpacked(np.bitwise_or.reduce(possible & ~passed, axis=0)) | both[0].beyond | both[1].beyond
    passed &= ~packed(left)
    number, game = np.nonzero(unpacked(passed)[:, :count])
    order = np.argsort(game.astype(np.uint16), kind="stable")
    listed, close = _filled(both, (m, n), number[order], game[order], first.exact, second.exact)
    unsettled = left[:count]
    if close.any():
        unsettled[listed.game[close]] = True
        listed = listed.only(~unsettled[listed.game])
    return listed, unsettled


def _passing(both: tuple[Signs, Signs], size: Size) -> tuple[Words, Words]:
    """The supports of this size that certainly pass, and those that could: (supports, words)."""
    certain, possible = certain_and_possible(both[0], size.first)
    certain_second, possible_second = certain_and_possible(both[1], size.second)
    return certain & certain_second, possible & possible_second


def certain_and_possible(own: Signs, what: Conditions) -> tuple[Words, Words]:
    """The same as far as one player's payoffs say. All signs may be turned at once: weights have no sign of their
    own."""
    numbers = np.concatenate([what.weights, what.slacks], axis=1)
    taken = np.concatenate([what.weight_signs, what.slack_signs], axis=1)
    table = np.concatenate([own.positive, own.negative])
    rows = own.count + 1
    for_, against = table[numbers + (taken < 0) * rows], table[numbers + (taken > 0) * rows]
    return every(for_) | every(against), ~some(against) | ~some(for_)


def _filled(
    both: tuple[Signs, Signs], shape: tuple[int, int], number: Index, game: Index, *exact: bool
) -> tuple[Listed, Flags]:
    """The equilibria of these supports and games, and which of them are not known to be as accurate as `ACCURACY`."""
    kind = [np.int64 if own else np.float64 for own in exact]
    rows, columns = (np.zeros((len(number), size), dtype=own) for size, own in zip(shape, kind[::-1], strict=True))
    close = np.zeros(len(number), dtype=bool)
    for size in sizes(*shape):
        at = np.flatnonzero((size.start <= number) & (number < size.stop))
        pair, own = number[at] - size.start, game[at]
        # A player mixes so that the other is indifferent: by the other's payoffs.
        for side, what, played, is_exact in (
            (both[0], size.first, columns, exact[0]),
            (both[1], size.second, rows, exact[1]),
        ):
            found, blurred = mixed(side, what, pair, own, is_exact)
            played[at[:, None], positions(*shape)[0 if played is rows else 1][size.k - 1][pair]] = found
            close[at] |= blurred
    return Listed(game, masks(*shape)[number], rows, columns), close


@cache
def positions(m: int, n: int) -> tuple[list[Index], list[Index]]:
    """By size, the strategies of each pair of supports, of the first and of the second player."""
    every_pair = supports(m, n)
    by_size = [[pair for pair in every_pair if len(pair.rows) == k + 1] for k in range(min(m, n))]
    return (
        [np.array([pair.rows for pair in own], dtype=np.intp) for own in by_size],
        [np.array([pair.columns for pair in own], dtype=np.intp) for own in by_size],
    )


def mixed(side: Signs, what: Conditions, pair: Index, game: Index, exact: bool) -> tuple[Array, Flags]:
    """The mixture of each of these supports in its game, and where it may be less accurate than `ACCURACY`.

    Of shape (supports, strategies played): weights in whole numbers if they are ``exact``, else probabilities.
    """
    k = what.weights.shape[1]
    if k == 1:
        return np.ones((len(pair), 1), dtype=side.values.dtype), np.zeros(len(pair), dtype=bool)
    found: Array = side.values[what.weights[pair], game[:, None]] * what.weight_signs[pair]
    total = found.sum(axis=1)
    if exact:
        return found * np.where(total < 0, -1, 1)[:, None], np.zeros(len(pair), dtype=bool)
    if side.off is None:
        return found / total[:, None], np.abs(total) < least_total(k)
    off = side.off[what.weights[pair], game[:, None]].sum(axis=1)
    return found / total[:, None], np.abs(total) * ACCURACY < 4 * off


def least_total(k: int) -> float:
    """The sum of k weights below which a probability may be further than `ACCURACY` from the exact one.

    If each weight is off by at most e, a probability is off by at most (k + 1) e, divided by the exact sum. Half of
    that sum is more than rounding takes off it. Two weights are differences of payoffs, of one sign, and each accurate
    by itself, however small.
    """
    if k == 2:
        return 0.0
    return 2 * (k + 1) * rounding(k - 1) / ACCURACY
