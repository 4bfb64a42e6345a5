"""Which policy is best at each point, decided exactly.

Payoffs of a sweep are floats, each within a known error of an exact value. Where two policies are that close, every
equilibrium is first compared as formulas, on arrays; what is still open is worked out at the exact point.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from analyses.claims.claim import Claim
from analyses.claims.judgement import judged_in_bulk
from analyses.sampling.draws import Draws
from analyses.sweeps.apart import ROUNDED
from analyses.sweeps.settling import SECONDS as POINT_SECONDS
from analyses.sweeps.settling import Reading, reading_of
from analyses.sweeps.solving import listed
from games.exact import Number
from games.model import Model
from games.solvers.concept import Concept

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def best_flags(
    values: Floats, points: Draws, options: Sequence[Model], concept: Concept, claims: Sequence[Claim], select: "Select"
) -> Flags:
    """Which options no other one beats, of shape (points, options).

    ``values`` are what they pay in the equilibrium selected, ``claims`` say of each that it is best whatever is played.
    """
    most = values.max(axis=1, keepdims=True)
    near = values >= most - 4 * ROUNDED * np.maximum(1.0, np.abs(most))
    found: Flags = near & (near.sum(axis=1, keepdims=True) == 1)
    tied = np.flatnonzero(near.sum(axis=1) > 1)
    if len(tied):
        found[tied] = _among_near(near[tied], points.where(tied), options, concept, claims, select)
    return found


def _among_near(
    near: Flags, points: Draws, options: Sequence[Model], concept: Concept, claims: Sequence[Claim], select: "Select"
) -> Flags:
    found = np.zeros_like(near)
    for k, claim in enumerate(claims):
        held, sure = judged_in_bulk(claim, points)
        found[:, k] = near[:, k] & held & sure
    # Where all that are near are seen to be best, they are; else formulas leave something open.
    readings = [reading_of(model, concept) for model in options]
    for row in np.flatnonzero((found != near).any(axis=1)).tolist():
        exact = {
            k: _exact(options[k], readings[k], concept, points, row, select) for k in np.flatnonzero(near[row]).tolist()
        }
        known = {k: value for k, value in exact.items() if value is not None}
        if len(known) == len(exact):
            most = max(known.values())
            found[row] = [known.get(k) == most for k in range(len(options))]
        else:
            found[row] = near[row]
    return found


class Select:
    """Of several equilibria the best or the worst for one player; ties as for `analyses.sweeps.ways.selected`."""

    def __init__(self, players: Sequence[str], player: str, whose: str, is_best: bool) -> None:
        self.own = players.index(player)
        first = players.index(whose)
        self.order = [first, *(k for k in range(len(players)) if k != first)]
        self.sense = -1 if is_best else 1

    def payoff(self, ways: Sequence[Sequence[Number | float | None]]) -> Fraction | None:
        """What the player gets in the one selected; None where a payoff is unknown or not exact."""
        exact = [[Fraction(v) for v in way if v is not None and not isinstance(v, float)] for way in ways]
        if not exact or any(len(own) <= max(self.order) for own in exact):
            return None
        return min(exact, key=lambda paid: [self.sense * paid[k] for k in self.order])[self.own]


def _exact(
    model: Model, reading: Reading | None, concept: Concept, points: Draws, row: int, select: Select
) -> Fraction | None:
    point = points.point(row)
    found = None if reading is None else reading.at(point)
    found = found or listed(model, concept, point, POINT_SECONDS)
    return select.payoff([way.amounts for way in found.ways])
