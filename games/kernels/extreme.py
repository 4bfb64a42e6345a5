"""All extreme equilibria of games in which payoffs tie, where every sign that matters is known.

Definition: a mixture y of the second player and the first player's best responses to it make a vertex of the first
player's best-response polytope if y is the only mixture of its strategies against which all of these pay the same. Two
vertices x and y are an extreme equilibrium if what x plays are best responses to y, and what y plays are best responses
to x; every equilibrium is a mixture of extreme ones (Mangasarian 1964, Journal of SIAM 12; Avis, Rosenberg, Savani &
von Stengel 2010, Economic Theory 42).

Each vertex is met at supports I and J of equal size: J is what y plays, and I as many of the best responses that make y
the only one. So vertices are those supports all of whose weights are positive and whose slacks are at least zero, once
for each J and set of best responses. A game in which an open sign leaves a vertex in doubt is *open*.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from games.kernels.minors import differences, minors
from games.kernels.payoffs import SAMPLE, Array, At, Flags, Payoffs
from games.kernels.scan import ACCURACY, Index, Listed, masks, mixed, positions, sizes
from games.kernels.signs import (
    WORD,
    Conditions,
    Signs,
    Words,
    every,
    packed,
    signs,
    some,
    unpacked,
)
from games.terms import Poly, poly, var


@dataclass(frozen=True)
class Vertices:
    """The vertices of one player's best-response polytope, a row each, game by game.

    ``plays`` is what the other player's mixture plays, ``best`` the player's best responses to it, both as bit masks;
    ``weights`` are of shape (vertices, strategies of the other player).
    """

    game: Index
    plays: NDArray[np.uint8]
    best: NDArray[np.uint8]
    weights: Array


def extreme(first: Payoffs, second: Payoffs, at: At, count: int) -> tuple[Listed, Flags, Flags]:
    """The extreme equilibria of these ``count`` games; where ties matter; and the games that open signs leave in doubt.

    Ties matter where at some equilibrium a player has a best response that is not played.
    """
    width = -(-count // WORD) * WORD
    both = signs(first, at, width, sharp=True), signs(second, at, width, sharp=True)
    of_y, doubtful = _vertices(both[0], first, 0, count)
    of_x, doubtful_too = _vertices(both[1], second, 1, count)
    left = doubtful | doubtful_too | (both[0].beyond | both[1].beyond)[:count]
    y, x = _pairs(of_y, of_x, count)
    meet = ((of_x.plays[x] & ~of_y.best[y]) | (of_y.plays[y] & ~of_x.best[x])) == 0
    meet &= ~left[of_y.game[y]]
    y, x = y[meet], x[meet]
    listed = Listed(of_y.game[y], np.stack([of_x.plays[x], of_y.plays[y]], axis=1), of_x.weights[x], of_y.weights[y])
    tied = np.zeros(count, dtype=bool)
    tied[listed.game[(of_y.best[y] != of_x.plays[x]) | (of_x.best[x] != of_y.plays[y])]] = True
    return listed.only(in_order(listed)), tied, left


def in_order(listed: Listed) -> Index:
    """Game by game: small supports first, then in the order of strategies; of the same supports, by the mixtures.

    Floats may have in another order what rounding does not tell apart.
    """
    m, n = listed.rows.shape[1], listed.columns.shape[1]
    played = np.concatenate([listed.rows > 0, listed.columns > 0], axis=1)
    # Of two sets of as many strategies, that which has the first strategy that is not in both comes first.
    place = played @ (1 << np.arange(m + n)[::-1])
    mixtures = [mix / mix.sum(axis=1, keepdims=True) for mix in (listed.rows, listed.columns)]
    return np.lexsort([*np.concatenate(mixtures, axis=1).T[::-1], -place, played.sum(axis=1), listed.game])


def _vertices(own: Signs, payoffs: Payoffs, player: int, count: int) -> tuple[Vertices, Flags]:
    """The vertices in each game, and the games in which an open sign leaves one in doubt."""
    mine, others = payoffs.shape
    shape = (mine, others) if player == 0 else (others, mine)
    nought = np.concatenate([_zero(own, payoffs), np.zeros((1, own.values.shape[1]), dtype=bool)])
    zero = packed(nought)
    doubtful = np.zeros(zero.shape[1], dtype=np.uint64)
    close = np.zeros(count, dtype=bool)
    parts: list[tuple[Index, NDArray[np.uint8], NDArray[np.uint8], Array]] = []
    for size in sizes(*shape):
        what = size.first if player == 0 else size.second
        certain, possible = _passing(own, zero, what)
        doubtful |= np.bitwise_or.reduce(possible & ~certain, axis=0)
        pair, game = np.nonzero(unpacked(certain)[:, :count])
        supports = masks(*shape)[size.start : size.stop][pair]
        best, plays = supports[:, player], supports[:, 1 - player]
        for slack, outside in zip(what.slacks.T, what.outside.T, strict=True):
            best = best | outside[pair] * nought[slack[pair], game]
        weights = np.zeros((len(pair), others), dtype=np.int64 if payoffs.exact else np.float64)
        mixtures, blurred = mixed(own, what, pair, game, payoffs.exact)
        weights[np.arange(len(pair))[:, None], positions(*shape)[1 - player][size.k - 1][pair]] = mixtures
        close[game[blurred]] = True
        parts.append((game, plays, best, weights))
    game, plays, best, weights = (np.concatenate(column) for column in zip(*parts, strict=True))
    key = (game << 16) | (plays.astype(np.intp) << 8) | best
    once = np.unique(key, return_index=True)[1]
    found = Vertices(game[once], plays[once], best[once], weights[once])
    if not payoffs.exact:
        close[_alike(found)] = True
    return found, close | unpacked(doubtful)[:count]


def _alike(vertices: Vertices) -> Index:
    """The games with different vertices that floats hardly tell apart."""
    order = np.lexsort([*vertices.weights.T, vertices.plays, vertices.game])
    game, weights = vertices.game[order], vertices.weights[order]
    repeated = (game[1:] == game[:-1]) & (np.abs(weights[1:] - weights[:-1]) <= 2 * ACCURACY).all(axis=1)
    found: Index = game[1:][repeated]
    return found


def _passing(own: Signs, zero: Words, what: Conditions) -> tuple[Words, Words]:
    """The supports at which there is certainly a vertex, and those at which there could be."""
    rows = own.count + 1
    above = np.concatenate([own.positive, own.negative])
    least = np.concatenate([own.positive | zero, own.negative | zero])
    certain, possible = [], []
    for sign in (1, -1):
        weights, slacks = (
            numbers + (taken * sign < 0) * rows
            for numbers, taken in ((what.weights, what.weight_signs), (what.slacks, what.slack_signs))
        )
        contrary = [(numbers + rows) % (2 * rows) for numbers in (weights, slacks)]
        certain.append(every(above[weights]) & every(least[slacks]))
        possible.append(~some(least[contrary[0]]) & ~some(above[contrary[1]]))
    return certain[0] | certain[1], possible[0] | possible[1]


def _zero(own: Signs, payoffs: Payoffs) -> Flags:
    """Which minors are certainly zero in which game."""
    m, n = payoffs.shape
    if payoffs.exact:
        return np.equal(own.values, 0)
    nought = ~unpacked(own.positive | own.negative)[:-1]
    for minor, as_formula in zip(minors(m, n).values(), vanishing(m, n, alike(payoffs)), strict=True):
        if minor.number >= differences(m, n):
            nought[minor.number] = as_formula
            if not as_formula:
                products = [nought[difference] | nought[rest] for _, difference, rest in minor.terms]
                nought[minor.number] = np.logical_and.reduce(products)
    return nought


def alike(payoffs: Payoffs) -> tuple[int, ...]:
    """For each payoff, row by row, the first one that is equal to it in every game."""
    m, n = payoffs.shape
    columns = [payoffs.given[:, place // n, place % n] for place in range(m * n)]
    found: list[int] = []
    for place, column in enumerate(columns):
        twins = (e for e in dict.fromkeys(found) if _equal(columns[e], column))
        found.append(next(twins, place))
    return tuple(found)


def _equal(one: Array, other: Array) -> bool:
    """Whether they are; most that are not differ early."""
    return bool((one[:SAMPLE] == other[:SAMPLE]).all() and (one == other).all())


@cache
def vanishing(m: int, n: int, unknowns: tuple[int, ...]) -> tuple[bool, ...]:
    """Which minors are zero as formulas in these unknowns, one for each payoff, row by row."""
    if len(set(unknowns)) == m * n:
        return (False,) * len(minors(m, n))
    values: list[Poly] = []
    for minor in minors(m, n).values():
        value = poly(0)
        if minor.terms:
            for sign, difference, rest in minor.terms:
                value = value + sign * (values[difference] * values[rest])
        else:
            (i, other), (j,) = minor.rows, minor.columns
            value = var(f"x{unknowns[i * n + j]}") - var(f"x{unknowns[other * n + j]}")
        values.append(value)
    return tuple(not value.terms for value in values)


def _pairs(one: Vertices, other: Vertices, count: int) -> tuple[Index, Index]:
    """Every vertex of the one with every vertex of the other of the same game."""
    many = np.bincount(other.game, minlength=count)
    start = np.cumsum(many) - many
    repeated = np.repeat(np.arange(len(one.game)), many[one.game])
    before = np.cumsum(many[one.game]) - many[one.game]
    within = np.arange(len(repeated)) - before[repeated]
    return repeated, start[one.game[repeated]] + within
