"""At how large a part of the points an outcome is played: by every equilibrium for certain, and by some."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analyses.claims.share import interval
from analyses.sweeps.ways import Numbers


@dataclass(frozen=True)
class OutcomeShare:
    """At how large a part of the points an outcome is played for certain by every equilibrium, and may be played.

    The ends are those of 95 % intervals (Clopper & Pearson 1934); None where the points are no sample.
    """

    outcome: str
    certain: float
    certain_ends: tuple[float, float] | None
    possible: float
    possible_ends: tuple[float, float] | None

    def as_json(self) -> dict[str, object]:
        """The share as plain data."""
        return {
            "outcome": self.outcome,
            "certain": self.certain,
            "certain_interval": self.certain_ends,
            "possible": self.possible,
            "possible_interval": self.possible_ends,
        }


def outcome_shares(
    outcomes: Sequence[str],
    plays: Sequence[Sequence[str]],
    kinds: Sequence[Sequence[int]],
    points: Numbers,
    effective: float | None,
) -> tuple[OutcomeShare, ...]:
    """Of each outcome: ``points`` says which of the ``kinds``, sets of ``plays``, there is at each point.

    The points are worth ``effective`` independent draws; None where they are no sample.
    """
    counts = np.bincount(points, minlength=len(kinds)).tolist()
    return shares_of_counts(outcomes, [[plays[play] for play in kind] for kind in kinds], counts, effective)


def shares_of_counts(
    outcomes: Sequence[str],
    kinds: Sequence[Sequence[Sequence[str]]],
    counts: Sequence[int],
    effective: float | None,
) -> tuple[OutcomeShare, ...]:
    """Of each outcome: ``counts`` says at how many points there is each of the ``kinds``, sets of plays."""
    whole = max(sum(counts), 1)

    def ends(held: int) -> tuple[float, float] | None:
        return None if effective is None else interval(*(effective * held / whole,) * 2, effective)

    found = []
    for outcome in outcomes:
        certain = possible = 0
        for count, kind in zip(counts, kinds, strict=True):
            certain += count if kind and all(tuple(play) == (outcome,) for play in kind) else 0
            possible += count if any(outcome in play for play in kind) else 0
        found.append(OutcomeShare(outcome, certain / whole, ends(certain), possible / whole, ends(possible)))
    return tuple(found)
