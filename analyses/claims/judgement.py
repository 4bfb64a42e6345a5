"""Whether a claim's conclusion holds at given payoffs; at many, in floats wherever these decide.

Where the cases of the claim's concept are in order, they say what is played: at one point in exact numbers, at many at
once on arrays (`games.bulk`), with every way of breaking a tie. Points that floats leave open are judged exactly, like
every point for any other concept, which is put to the ordinary solvers (`analyses.claims.listed`).
"""

from collections import deque
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analyses.claims.claim import Claim
from analyses.claims.listed import listed
from analyses.claims.setting import Setting
from analyses.sampling.points import Sample
from games.bounds import Bounded, Flags
from games.errors import InputError
from games.exact import Number
from games.formulas.bounded import bounded
from games.formulas.polynomials import Entries
from games.model import Point
from games.ordered import ManyWaysError, Ordered, Played, ordered
from games.solvers.limits import expired
from games.terms import Poly, names_in

HOLDS, FAILS, OPEN, UNSEEN = 1, 0, -1, -2
"""What is known of a point: `OPEN` where not all equilibria were found, `UNSEEN` where the time was up before."""

MOST_WAYS = 5_000
"""The most ways to play that are told apart at one point."""

BLOCK = 5_000
"""How many points are looked at together."""


def judged(claim: Claim, point: Point) -> bool | None:
    """Whether the conclusion holds at ``point``; None if what it depends on was not found out.

    Raises `InputError` where a payoff divides by zero.
    """
    reading = reading_of(claim)
    return _by_solving(claim, point) if reading is None else reading.judged(point)


def judged_all(claim: Claim, draws: Sample) -> NDArray[np.int8]:
    """`HOLDS`, `FAILS`, `OPEN` or `UNSEEN` for each of the draws.

    They are judged in order, so that those seen before the time is up are as good a sample as all of them: which of
    them floats settle is no accident.
    """
    result = np.full(len(draws), UNSEEN, dtype=np.int8)
    for start in range(0, len(draws), BLOCK):
        if expired():
            break
        block = draws.where(slice(start, start + BLOCK))
        held, certain = judged_in_bulk(claim, block)
        found = np.where(held, HOLDS, FAILS).astype(np.int8)
        for row in np.flatnonzero(~certain):
            verdict = None if expired() else judged(claim, block.point(int(row)))
            if verdict is None and expired():
                result[start : start + row] = found[:row]
                return result
            found[row] = OPEN if verdict is None else HOLDS if verdict else FAILS
        result[start : start + len(block)] = found
    return result


def judged_in_bulk(claim: Claim, draws: Sample) -> tuple[Flags, Flags]:
    """Whether the conclusion holds, and where floats are certain of it."""
    reading = reading_of(claim)
    if reading is None or not len(draws):
        nowhere = np.zeros(len(draws), dtype=bool)
        return nowhere, nowhere
    return reading.in_bulk(draws)


class Reading:
    """The cases of a claim whose choices are in order."""

    def __init__(self, setting: Setting, cases: Ordered) -> None:
        self.claim, self.setting, self.cases = setting.claim, setting, cases
        entries = Entries()
        for model in self.claim.models:
            for entry in model.game.entries:
                entries(entry)
        self.entries = entries

    def judged(self, point: Point) -> bool | None:
        """Whether the conclusion holds at exact values; None where there are too many ways to play.

        Raises `InputError` where a payoff divides by zero.
        """
        whole = self.setting.whole(_by_name(point))
        if whole is None:
            # The model says which values make it divide by zero.
            for model in self.claim.models:
                model.game_at(point)
            return None
        try:
            return self._kept(self.cases.played(whole, MOST_WAYS))
        except ManyWaysError:
            return None

    def around(self, point: Point) -> tuple[bool | None, tuple[Poly, ...]]:
        """The same, and the polynomials in the parameters such that it stays so while none changes its sign.

        None where a payoff divides by zero, or where there are too many ways to play.
        """
        try:
            found = self.cases.around(_by_name(point), MOST_WAYS, self.entries.ways, self.setting.concluded)
        except ManyWaysError:
            return None, ()
        return self._kept(found.played) if found.defined else None, found.margins

    def _kept(self, played: Sequence[Played]) -> bool:
        """Whether the conclusion holds, given every way to play."""
        return self.claim.conclusion.judged(played, self.setting.concluded, self.claim.broken_by_one)

    def in_bulk(self, draws: Sample) -> tuple[Flags, Flags]:
        """Whether the conclusion holds, and where that is certain."""
        known: dict[Any, Bounded] = {}
        columns = {symbol.name: column for symbol, column in draws.columns.items()}
        columns |= {name: bounded(entry, draws.columns, known) for name, entry in self.entries.formulas.items()}
        said, of_every = self.setting.concluded, self.claim.broken_by_one
        return self.claim.conclusion.in_bulk(self.cases, columns, len(draws), said, of_every)


def _by_name(point: Point) -> dict[str, Number]:
    return {symbol.name: value for symbol, value in point.items()}


_LATEST: deque[tuple[Claim, "Reading | None"]] = deque(maxlen=8)
"""The claims read last: a claim is judged at many points, and has parts without a hash by which to look it up."""


def reading_of(claim: Claim) -> "Reading | None":
    """The claim's cases in order; None where they are not."""
    for known, reading in _LATEST:
        if known is claim:
            return reading
    reading = _read(claim)
    _LATEST.append((claim, reading))
    return reading


def _read(claim: Claim) -> Reading | None:
    try:
        setting = Setting(claim)
    except InputError:
        # A concept or a game that nothing is proved about; the solver may still know it.
        return None
    cases = ordered(setting.cases, names_in(setting.concluded))
    return None if cases is None else Reading(setting, cases)


def _by_solving(claim: Claim, point: Point) -> bool | None:
    """Whether the conclusion holds, by the equilibria that the ordinary solvers list."""
    return claim.conclusion.judged_by(listed(claim, point, [model.game_at(point) for model in claim.models]))
