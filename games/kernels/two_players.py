"""All equilibria of many games of two players at once, of up to five strategies each.

Three steps, each for the games that the one before it leaves: plain signs (`games.kernels.scan`), which settle all
games in which no tie matters; extreme equilibria by vertices (`games.kernels.extreme`), where payoffs tie and every
sign is known; and `games.solve`, one game after another, on the exact numbers. Floats leave a game for the last step
where rounding leaves a sign open that matters, or a probability less accurate than 1e-9; so no answer hangs on a
tolerance.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from games.errors import InputError
from games.exact import Number
from games.forms.strategic import StrategicGame
from games.kernels.extreme import extreme
from games.kernels.payoffs import Array, Flags, Payoffs, both
from games.kernels.scan import BLOCK, Index, Listed, Scan, scan
from games.solvers.equilibria import Equilibria
from games.solvers.limits import OutOfTimeError, unless_expired
from games.solvers.methods.two_players import maximal_subsets
from games.solvers.nash.nash import nash

Mixture: TypeAlias = tuple[Number | float, ...]
"""The probability of each strategy of a player."""

Profile: TypeAlias = tuple[Mixture, Mixture]


@dataclass(frozen=True, repr=False, eq=False)
class EquilibriaInBulk:
    """The extreme equilibria of many games, one after another; those of one game in the order in which `solve` has
    them, but for equilibria with the same supports where floats hardly differ.

    Those of game k are rows ``start[k]`` to ``start[k + 1]`` of the arrays: ``supports``, of shape (equilibria, 2), are
    what the first and the second player play, as bit masks; ``rows`` and ``columns`` are the probabilities of their
    strategies as floats, each within 1e-9 of the exact one. ``exact``: payoffs were whole numbers, or multiples of one
    power of two, and `of` has fractions. ``tied`` are the games in which ties make a difference: at some equilibrium
    there is a best response that is not played. ``flagged`` are those that `solve` has solved one by one, since floats
    or 64 bits leave something open; ``tied`` says nothing of those. ``weights`` are the same mixtures in whole numbers,
    if payoffs are exact; ``solved`` has what `solve` lists, by game.

    >>> import numpy as np
    >>> from games.kernels import equilibria_in_bulk
    >>> A = np.array([[[1.0, 0], [0, 1]]])
    >>> found = equilibria_in_bulk(A, A)
    >>> found.start, found.rows
    (array([0, 3]), array([[1. , 0. ],
           [0. , 1. ],
           [0.5, 0.5]]))
    """

    start: Index
    supports: NDArray[np.uint8]
    rows: NDArray[np.float64]
    columns: NDArray[np.float64]
    exact: bool
    tied: Flags
    flagged: Flags
    weights: tuple[NDArray[np.int64], NDArray[np.int64]] | None
    solved: Mapping[int, Sequence[Profile]]

    def __len__(self) -> int:
        """How many games there are."""
        return len(self.start) - 1

    def __repr__(self) -> str:
        return (
            f"{len(self.rows):,} extreme equilibria of {len(self):,} games, {'exact' if self.exact else 'in floats'}; "
            f"ties matter in {int(self.tied.sum()):,}, {self.solved_exactly:,} solved one by one"
        )

    @property
    def solved_exactly(self) -> int:
        """How many games `solve` has solved one by one."""
        return int(self.flagged.sum())

    @property
    def counts(self) -> Index:
        """How many extreme equilibria each game has."""
        return np.diff(self.start)

    def of(self, k: int) -> tuple[Profile, ...]:
        """The extreme equilibria of game k: fractions if payoffs are exact or `solve` was asked, else floats."""
        place = self._place(k)
        if place in self.solved:
            return tuple(self.solved[place])
        at = slice(int(self.start[place]), int(self.start[place + 1]))
        if self.weights is None:
            found = zip(self.rows[at].tolist(), self.columns[at].tolist(), strict=True)
            return tuple((tuple(x), tuple(y)) for x, y in found)
        whole = zip(self.weights[0][at].tolist(), self.weights[1][at].tolist(), strict=True)
        return tuple((_shares(x), _shares(y)) for x, y in whole)

    def components(self, k: int) -> tuple[tuple[int, ...], ...]:
        """The maximal sets of exchangeable equilibria of game k, as places in `of`, as `solve` has them.

        One of several members is a continuum: each mixture of its rows is an equilibrium with each of its columns.
        """
        xs: dict[Mixture, int] = {}
        ys: dict[Mixture, int] = {}
        pairs = [(xs.setdefault(x, len(xs)), ys.setdefault(y, len(ys))) for x, y in self.of(k)]
        return tuple(maximal_subsets(pairs)[0])

    def _place(self, k: int) -> int:
        if isinstance(k, bool) or not isinstance(k, int | np.integer):
            raise InputError(f"the game is {k}; give its number, from 0 to {len(self) - 1}")
        if not -len(self) <= k < len(self):
            raise InputError(f"there is no game {k}; there are {len(self)}, from 0 on")
        return int(k) % len(self)


def equilibria_in_bulk(A: object, B: object) -> EquilibriaInBulk:
    """All extreme equilibria of many games: ``A`` and ``B`` are the players' payoffs, of shape (games, m, n).

    Integers, and floats that are whole numbers, are exact; other floats are taken as the binary fractions that they
    are. At most five strategies each.

    >>> chicken = np.array([[[6, 2], [7, 0]]]), np.array([[[6, 7], [2, 0]]])
    >>> found = equilibria_in_bulk(*chicken)
    >>> found
    3 extreme equilibria of 1 games, exact; ties matter in 0, 0 solved one by one
    >>> [str(weight) for weight in found.of(0)[2][0]]
    ['2/3', '1/3']

    Raises `InputError` for what is no array of finite real numbers, and for other shapes.
    """
    return found_by(scan, *both(A, B))


def found_by(looked: Scan, first: Payoffs, second: Payoffs, block: int = BLOCK, threads: int = 1) -> EquilibriaInBulk:
    """The same for payoffs that were read, with this way to look at the signs of so many games at a time."""
    count = len(first.given)
    found: list[Listed] = []
    unsettled = np.zeros(count, dtype=bool)

    def look(start: int) -> tuple[Listed, Flags]:
        return looked(first, second, slice(start, start + block), min(block, count - start))

    # Without games there is one block of none, which has the right types and shapes.
    starts = range(0, max(count, 1), block)
    with ThreadPoolExecutor(threads) as pool:
        for start, (listed, left) in zip(starts, (pool.map if threads > 1 else map)(look, starts), strict=True):
            unless_expired()
            unsettled[start : start + block] = left
            found.append(listed.shifted(start))
    return _completed(first, second, found, unsettled)


def _completed(first: Payoffs, second: Payoffs, found: list[Listed], unsettled: Flags) -> EquilibriaInBulk:
    """With the equilibria of the games that signs have not settled."""
    tied, flagged = np.zeros(len(unsettled), dtype=bool), np.zeros(len(unsettled), dtype=bool)
    waiting = np.flatnonzero(unsettled)
    for start in range(0, len(waiting), BLOCK):
        unless_expired()
        games = waiting[start : start + BLOCK]
        listed, ties, left = extreme(first, second, games, len(games))
        tied[games[ties]], flagged[games[left]] = True, True
        found.append(Listed(games[listed.game], listed.supports, listed.rows, listed.columns))
    solved = {int(game): _solved(first, second, int(game)) for game in np.flatnonzero(flagged)}
    found += [_listed(game, profiles) for game, profiles in solved.items()]
    return _joined(found, first.exact and second.exact, tied, flagged, solved, in_order=not len(waiting))


def _joined(
    parts: Sequence[Listed],
    exact: bool,
    tied: Flags,
    flagged: Flags,
    solved: Mapping[int, Sequence[Profile]],
    in_order: bool,
) -> EquilibriaInBulk:
    """All that was found, game by game; ``in_order`` says that it is already."""
    game = stacked([part.game for part in parts])
    supports = stacked([part.supports for part in parts])
    rows = stacked([_probabilities(part.rows) for part in parts])
    columns = stacked([_probabilities(part.columns) for part in parts])
    weights = None
    if exact:
        # What `solve` lists for a game beyond 64 bits is in ``solved``, and is nothing here.
        weights = (
            stacked([part.rows.astype(np.int64, copy=False) for part in parts]),
            stacked([part.columns.astype(np.int64, copy=False) for part in parts]),
        )
    if not in_order:
        order = np.argsort(game, kind="stable")
        game, supports, rows, columns = game[order], supports[order], rows[order], columns[order]
        weights = None if weights is None else (weights[0][order], weights[1][order])
    start = parts[0].start if len(parts) == 1 and in_order else None
    if start is None:
        start = np.concatenate([[0], np.cumsum(np.bincount(game, minlength=len(tied)))])
    for array in (start, supports, rows, columns, tied, flagged, *(weights or ())):
        array.setflags(write=False)
    return EquilibriaInBulk(start, supports, rows, columns, exact, tied, flagged, weights, solved)


def stacked(parts: Sequence[Array]) -> Array:
    """One after another, without a copy where there is but one."""
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _probabilities(mixtures: Array) -> NDArray[np.float64]:
    """Whole numbers are weights, floats are probabilities."""
    shares: NDArray[np.float64] = mixtures
    return shares if mixtures.dtype.kind == "f" else mixtures / mixtures.sum(axis=1, keepdims=True)


def _shares(weights: Sequence[int]) -> tuple[Fraction, ...]:
    total = sum(weights)
    return tuple(Fraction(weight, total) for weight in weights)


def _solved(first: Payoffs, second: Payoffs, game: int) -> tuple[Profile, ...]:
    """The extreme equilibria of one game, from the exact numbers; raises `OutOfTimeError` if the time is up before."""
    unless_expired()
    columns = [list(column) for column in zip(*second.numbers(game), strict=True)]
    answer: Equilibria = nash(StrategicGame.bimatrix(first.numbers(game), columns))
    if not answer.complete:
        raise OutOfTimeError
    return tuple((tuple(e["Row"].values()), tuple(e["Column"].values())) for e in answer)


def _listed(game: int, profiles: Sequence[Profile]) -> Listed:
    """What was found for one game, as the arrays have it."""
    rows, columns = (np.array([[float(p) for p in profile[k]] for profile in profiles]) for k in (0, 1))
    supports = [[sum((p > 0) << i for i, p in enumerate(mix)) for mix in profile] for profile in profiles]
    return Listed(np.full(len(profiles), game), np.array(supports, dtype=np.uint8), rows, columns)
