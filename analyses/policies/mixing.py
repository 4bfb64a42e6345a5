"""Commitment to a mixture: what it adds to the best pure commitment, at points of a strategic form of two players."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from analyses.policies.information import Estimate, mean_of
from analyses.sampling.draws import Draws
from analyses.sweeps import Sweep
from games.forms.strategic import StrategicGame
from games.model import Model
from games.solvers.commitment.stackelberg import stackelberg
from games.solvers.limits import expired

MOST = 256
"""The most points at which the best mixture is found."""


@dataclass(frozen=True)
class Mixing:
    """At the first ``points``: what the best mixture pays its leader, and how much ``more`` that is than the best pure
    commitment pays; both as means, the replies that tie being those that the leader prefers (`stackelberg`).

    ``helps`` is the part of the points at which it is more.
    """

    points: int
    expected: Estimate
    more: Estimate
    helps: float

    def as_json(self) -> dict[str, object]:
        """The findings as plain data."""
        return {
            "points": self.points,
            "expected": self.expected.as_json(),
            "more_than_pure": self.more.as_json(),
            "helps": self.helps,
        }


def mixing(model: Model, player: str, points: Draws, sweeps: Sequence[Sweep], rows: Sequence[int]) -> Mixing | None:
    """None for other games than strategic forms of two players, and where the time was up before the first point."""
    game = model.game
    if not isinstance(game, StrategicGame) or len(game.players) != 2:
        return None
    found: list[Fraction] = []
    for row in range(min(MOST, len(points))):
        if expired():
            break
        at = model.game_at(points.point(row))
        assert isinstance(at, StrategicGame)
        listed = stackelberg(at, leader=player)
        if not len(listed):
            break
        found.append(Fraction(listed[0].payoffs[player]))
    if not found:
        return None
    position = game.players.index(player)
    here = list(rows[: len(found)])
    pure = np.max([each.settled.amounts[here, position, 1] for each in sweeps], axis=0)
    paid = np.array([float(value) for value in found])
    more = np.maximum(paid - pure, 0.0)
    more[more <= NEAR] = 0.0
    return Mixing(len(found), mean_of(paid, len(found)), mean_of(more, len(found)), float((more > 0).mean()))


NEAR = 2.0**-29
"""A float of a sweep may be off by half as much."""
