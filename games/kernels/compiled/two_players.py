"""The twin of `games.kernels.two_players`: signs are looked at by a compiled kernel, in several threads.

Everything else is shared: how payoffs are read, what is done where ties matter, and what the answer holds.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from games.errors import InputError
from games.kernels.compiled.cached import check_numba, module_of
from games.kernels.compiled.source import source
from games.kernels.minors import largest, minors, supports
from games.kernels.payoffs import Array, At, Flags, Payoffs, both
from games.kernels.scan import BLOCK, Index, Listed, least_total, masks, scan, sizes
from games.kernels.signs import LARGEST_EXPONENT, Conditions, bounds
from games.kernels.two_players import EquilibriaInBulk, found_by, stacked
from games.solvers.limits import uncounted

CHUNK = 2**25
USUAL = 3
"""How many bytes are filled at a time by a thread, if a game has no more equilibria than that."""

SAMPLE = 512
"""So many games tell for how many equilibria room is made at first; where it is not enough, there is twice as much."""

SLACK = 1.1
LEAST_ROOM = 1024
"""What is more than the sample tells, and what there is at least."""


def equilibria_in_bulk(A: object, B: object, threads: int | None = None) -> EquilibriaInBulk:
    """All extreme equilibria of many games, as `games.kernels.equilibria_in_bulk` has them, in up to so many threads.

    Without ``threads`` there are as many as this computer has processors; their number changes nothing in the answer.
    The first call for a shape compiles its kernel, which takes some seconds; it is kept in the user's cache folder.

    Raises `InputError` as its twin does, for what is no number of threads, and where numba is not installed.
    """
    check_numba()
    if threads is not None and (isinstance(threads, bool) or not isinstance(threads, int) or threads < 1):
        raise InputError(f"the number of threads is {threads}; give a whole number from 1 on")
    first, second = both(A, B)
    kernel = None
    if first.kind is np.float64 and second.kind is np.float64:
        with uncounted():
            kernel = _kernel(*first.shape)
    if kernel is None:
        return found_by(scan, first, second, BLOCK)
    pool = threads or os.cpu_count() or 1
    each = -(-len(first.given) // pool)
    return found_by(kernel.scan, first, second, max(1, min(each, _chunk(*first.shape))), pool)


def _chunk(m: int, n: int) -> int:
    """How many games a thread takes at most at a time."""
    return CHUNK // (USUAL * _bytes(m, n))


def _bytes(m: int, n: int) -> int:
    """How many bytes an equilibrium takes."""
    return 8 * (1 + m + n) + 2


@dataclass(frozen=True)
class Kernel:
    """A compiled kernel for games of one shape, how far it may be off in floats, and the tables that it reads."""

    look: Any
    off: tuple[Array, Array]
    tables: Sequence[Any]

    def scan(self, first: Payoffs, second: Payoffs, at: At, count: int) -> tuple[Listed, Flags]:
        """What `games.kernels.scan.scan` finds for floats, and for whole numbers that floats hold."""
        given = [_flat(first.given[at], first.grain), _flat(second.given[at].transpose(0, 2, 1), second.grain)]
        floats = (not first.exact, not second.exact)
        off = [each * inexact for each, inexact in zip(self.off, floats, strict=True)]
        unsettled, start = np.zeros(count, dtype=bool), np.zeros(count + 1, dtype=np.intp)

        def look(games: int, room: int) -> list[Sequence[Array]]:
            """The equilibria of so many games, in as many parts as it takes."""
            found, begun = list[Sequence[Array]](), 0
            few = [own[:games] for own in given]
            while begun < games or not found:
                arrays = _arrays(room, *first.shape)
                begun, filled = self.look(*few, floats, *off, *self.tables, begun, *arrays, unsettled, start)
                found.append([array[:filled] for array in arrays])
                room *= 2
            return found

        found = look(min(SAMPLE, count), LEAST_ROOM)
        if count > SAMPLE:
            each = sum(len(game) for game, *_ in found) / SAMPLE
            found = look(count, int(SLACK * each * count) + LEAST_ROOM)
        game, codes, rows, columns = (stacked(column) for column in zip(*found, strict=True))
        listed = Listed(game, codes, _kept(rows, second), _kept(columns, first), start if len(found) == 1 else None)
        return (listed.only(~unsettled[listed.game]) if unsettled.any() else listed), unsettled


def _arrays(room: int, m: int, n: int) -> list[Array]:
    """Room for so many equilibria: games, supports, and either player's mixtures.

    In one piece, which is given back and taken again faster than several.
    """
    piece, start, found = np.empty(room * _bytes(m, n), dtype=np.uint8), 0, []
    for kind, width in ((np.dtype(np.intp), 1), (np.dtype(np.float64), m), (np.dtype(np.float64), n), (piece.dtype, 2)):
        stop = start + room * width * kind.itemsize
        found.append(piece[start:stop].view(kind).reshape(room, width))
        start = stop
    game, rows, columns, codes = found
    return [game[:, 0], codes, rows, columns]


def _kept(mixtures: Array, payoffs: Payoffs) -> Array:
    """Weights as whole numbers, probabilities as they are: ``payoffs`` are those that the mixtures were found by."""
    return mixtures.astype(np.int64) if payoffs.exact else mixtures


def _flat(given: Array, grain: int) -> NDArray[np.float64]:
    """One row for each game, the first player's strategies one after another."""
    games, m, n = given.shape
    found: NDArray[np.float64] = np.ascontiguousarray(given, dtype=np.float64).reshape(games, m * n)
    return np.ldexp(found, grain) if grain else found


@cache
def _kernel(m: int, n: int) -> Kernel | None:
    """The compiled kernel for this shape; None where it cannot be kept."""
    module = module_of(source(m, n, [(size.k, size.start, size.stop) for size in sizes(m, n)], LARGEST_EXPONENT))
    if module is None:
        return None
    first, second = [size.first for size in sizes(m, n)], [size.second for size in sizes(m, n)]
    tables = [
        np.array([0.0, 0.0, *(least_total(k) for k in range(2, min(m, n) + 1))]),
        _factors(m, n),
        _factors(n, m),
        *_conditions(first, len(minors(m, n)) + 1),
        *_conditions(second, len(minors(n, m)) + 1),
        _numbers(first),
        _numbers(second),
        masks(m, n),
        _padded([pair.rows for pair in supports(m, n)], min(m, n)),
        _padded([pair.columns for pair in supports(m, n)], min(m, n)),
    ]
    kernel = Kernel(module.look, (bounds(m, n)[:, 0].copy(), bounds(n, m)[:, 0].copy()), tables)
    # It is compiled when it is first called.
    nothing = [Payoffs(np.zeros((0, *shape)), exact=False, kind=np.float64) for shape in ((m, n), (n, m))]
    kernel.scan(nothing[0], nothing[1], slice(0, 0), 0)
    return kernel


def _factors(m: int, n: int) -> Index:
    """For each minor the numbers of the factors of its products; for a difference the places of its two payoffs."""
    found = []
    for minor in minors(m, n).values():
        products = [number for _, *factors in minor.terms for number in factors]
        found.append(products or [i * n + minor.columns[0] for i in minor.rows])
    return _padded(found, 2 * max(largest(m, n), 1))


def _padded(listed: Sequence[Sequence[int]], width: int) -> Index:
    return np.array([[*each, *[0] * (width - len(each))] for each in listed], dtype=np.intp).reshape(-1, width)


def _conditions(whats: Sequence[Conditions], rows: int) -> list[Index]:
    """Where in the table of signs it stands that a condition holds, and that its contrary does."""
    numbers = np.concatenate([np.concatenate([what.weights, what.slacks], axis=1) for what in whats])
    taken = np.concatenate([np.concatenate([what.weight_signs, what.slack_signs], axis=1) for what in whats])
    return [numbers + (taken < 0) * rows, numbers + (taken > 0) * rows]


def _numbers(whats: Sequence[Conditions]) -> Index:
    """The numbers of the minors that the weights are; their signs alternate."""
    most = max(what.weights.shape[1] for what in whats)
    padded: list[Array] = [np.pad(what.weights, ((0, 0), (0, most - what.weights.shape[1]))) for what in whats]
    return np.concatenate(padded)
