"""All equilibria of many games whose payoffs are formulas in parameters, given in floats with how far they may be off.

Ties that hold whatever the parameters are cost nothing: `games.kernels.structure` has told, once for all games, which
signs are zero as formulas. A game is *settled* if every other sign that a vertex of a best-response polytope hangs on
is certain. For a vertex is met at supports of equal size none of whose weights are zero, so that these are among those
looked at; their conditions hold with "at least zero" and, if the signs are certain, with "above zero". So the vertices
that signs find are all there are, with the best responses that the formulas say, and so are the equilibria.

Probabilities and payoffs are floats with a bound on how far they may be off, row by row. What floats leave open is for
the exact solver; no answer hangs on a tolerance.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from games.kernels.payoffs import Array, Flags, Payoffs
from games.kernels.scan import ACCURACY, Index, certain_and_possible
from games.kernels.signs import OUTWARDS, WORD, Conditions, Signs, Words, bounds, inherited, signs, unpacked
from games.kernels.structure import Side, Structure

Floats = NDArray[np.float64]

UNIT = 1.01 * 2.0**-53
"""A little more than the relative error of one operation."""


@dataclass(frozen=True)
class Found:
    """The extreme equilibria of many games, a row each, game by game in the order in which `solve` has them.

    ``pair`` numbers the pair of vertices of the structure that a row is. ``mixtures`` are the probabilities of the
    first and of the second player's strategies, off by at most ``odds_off``; ``paid``, of shape (rows, 2), what either
    gets, off by at most ``paid_off``. ``open_``, of shape (games,), are the games of which nothing is said.
    """

    game: Index
    pair: Index
    mixtures: tuple[Floats, Floats]
    odds_off: Floats
    paid: Floats
    paid_off: Floats
    open_: Flags


def equilibria_of_formulas(first: Payoffs, second: Payoffs, of: Structure) -> Found:
    """The equilibria of games of this structure; both players' payoffs are in floats, own strategies first."""
    count = len(first.given)
    width = -(-count // WORD) * WORD
    both = [signs(payoffs, slice(0, count), width) for payoffs in (first, second)]
    vertices = [_vertices(own, side) for own, side in zip(both, of.sides, strict=True)]
    open_ = unpacked(vertices[0][1] | vertices[1][1]) | both[0].beyond | both[1].beyond
    passed = vertices[0][0][of.pairs[0]] & vertices[1][0][of.pairs[1]]
    pair, game = np.nonzero(unpacked(passed)[:, :count] & ~open_[:count])
    order = np.argsort(game, kind="stable")
    pair, game = pair[order], game[order]
    # A player's payoffs tell the other one's mixture.
    met = [
        _met(payoffs, own, side, at[pair], game)
        for payoffs, own, side, at in zip((first, second), both, of.sides, of.pairs, strict=True)
    ]
    odds_off = np.maximum(met[0].off, met[1].off)
    left = open_[:count].copy()
    left[game[~(odds_off <= ACCURACY)]] = True
    kept = ~left[game]
    return Found(
        game[kept],
        pair[kept],
        (met[1].odds[kept], met[0].odds[kept]),
        odds_off[kept],
        np.stack([each.paid[kept] for each in met], axis=1),
        np.stack([each.paid_off[kept] for each in met], axis=1),
        left,
    )


def _vertices(own: Signs, side: Side) -> tuple[Words, Words]:
    """In which games there is which vertex, and in which games that is not certain."""
    parts = [certain_and_possible(own, what) for what in side.conditions]
    certain, possible = (np.concatenate([part[k] for part in parts]) for k in (0, 1))
    found = certain[side.first]
    doubt = np.bitwise_or.reduce(possible & ~certain, axis=0)
    # Where one vertex may be met at several supports, the first of these has to tell it.
    doubt |= np.bitwise_or.reduce(certain & ~found[side.vertex], axis=0)
    return found, doubt


@dataclass(frozen=True)
class _Met:
    """Mixtures that a player meets, how far each probability may be off, and what the player gets."""

    odds: Floats
    off: Floats
    paid: Floats
    paid_off: Floats


def _met(payoffs: Payoffs, own: Signs, side: Side, vertex: Index, game: Index) -> _Met:
    """The mixtures of these vertices in their games."""
    odds = np.zeros((len(game), payoffs.shape[1]))
    off = np.zeros(len(game))
    place = side.first[vertex]
    start = 0
    for what, played in zip(side.conditions, side.played, strict=True):
        rows = np.flatnonzero((start <= place) & (place < start + len(played)))
        at = place[rows] - start
        odds[rows[:, None], played[at]], off[rows] = _mixture(own, what, at, game[rows], payoffs.shape)
        start += len(played)
    gets = payoffs.given[game, side.answer[vertex]]
    size = np.abs(gets) * (odds > 0)
    rounded = off * size.sum(axis=1) + (payoffs.shape[1] + 2) * UNIT * np.einsum("rj,rj->r", odds, size)
    alone = off == 0
    inexact = 0.0 if payoffs.off is None else payoffs.off[game]
    return _Met(odds, off, np.einsum("rj,rj->r", odds, gets), (inexact + np.where(alone, 0.0, rounded)) * OUTWARDS)


def _mixture(own: Signs, what: Conditions, at: Index, game: Index, shape: tuple[int, int]) -> tuple[Array, Floats]:
    """The probabilities of what is played, and how far each may be off.

    If each of k weights is off by at most e, a probability is off by at most (k + 1) e, divided by their exact sum,
    of which half is more than e takes off it wherever the bound is of use.
    """
    k = what.weights.shape[1]
    if k == 1:
        return np.ones((len(at), 1)), np.zeros(len(at))
    numbers = what.weights[at]
    found: Array = own.values[numbers, game[:, None]] * what.weight_signs[at]
    whole = found.sum(axis=1)
    number = int(what.weights[0, 0])
    each = bounds(*shape)[number, 0]
    if own.apart is not None:
        each = each + inherited(*shape)[number, 0] * own.apart[game]
    return found / whole[:, None], 2 * (k + 1) * each / np.abs(whole)
