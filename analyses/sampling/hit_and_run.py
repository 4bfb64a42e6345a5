"""Hit and run: uniform points of a polytope by steps along random lines (Smith 1984, Operations Research 32).

Chains run in parallel from a point in the middle. Steps that nobody sees come first; in some of them the polytope is
made rounder by directions that follow how the chains have spread.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from games.errors import InputError
from games.solvers.limits import expired

Floats: TypeAlias = NDArray[np.float64]

CHAINS = 200
"""How many chains run, at most."""


class Walk:
    """The chains within A x + b ≥ 0, of shape (chains, dimensions)."""

    def __init__(self, A: Floats, b: Floats, random: np.random.Generator) -> None:
        self.A, self.b, self.random = A, b, random
        self.dimension = A.shape[1]
        self.walkers: Floats | None = None
        self.shape: Floats = np.eye(self.dimension)

    def draw(self, size: int) -> Floats | None:
        """Points of all chains in turn, a draw of each after some hidden steps; None when the time is up first."""
        if self.walkers is None and not self._begun():
            return None
        found = []
        for _ in range(-(-size // CHAINS)):
            if not self._step(thinning(self.dimension)):
                return None
            assert self.walkers is not None
            found.append(self.walkers.copy())
        return np.concatenate(found)[:size]

    def _begun(self) -> bool:
        """Whether the chains have mixed; if the time was up, they begin anew next time."""
        self.walkers = np.tile(middle(self.A, self.b), (CHAINS, 1))
        rounding, mixing = burn_in(self.dimension)
        for number, steps in enumerate((*rounding, mixing)):
            if not self._step(steps):
                self.walkers = None
                return False
            if number < len(rounding):
                spread = np.atleast_2d(np.cov(self.walkers.T)) + 1e-12 * np.eye(self.dimension)
                self.shape = np.asarray(np.linalg.cholesky(spread), dtype=np.float64)
        return True

    def _step(self, steps: int) -> bool:
        """Moves every chain that often to a uniform point of a random line within the polytope."""
        assert self.walkers is not None
        for number in range(steps):
            if number % 50 == 0 and expired():
                return False
            directions = self.random.standard_normal(self.walkers.shape) @ self.shape.T
            slack, slope = np.maximum(self.walkers @ self.A.T + self.b, 0.0), directions @ self.A.T
            with np.errstate(divide="ignore", invalid="ignore"):
                reach = -slack / slope
            farthest = np.min(np.where(slope < 0, reach, np.inf), axis=1)
            nearest = np.max(np.where(slope > 0, reach, -np.inf), axis=1)
            step = nearest + (farthest - nearest) * self.random.random(len(directions))
            self.walkers = self.walkers + step[:, None] * directions
        return True


def burn_in(dimension: int) -> tuple[list[int], int]:
    """Hidden steps: some after each of which the body is made rounder, then as many as a round one needs to mix."""
    return 3 * [100 + 10 * dimension], 100 + 4 * dimension**2


def thinning(dimension: int) -> int:
    """Hidden steps between two draws of a chain."""
    return 4 * dimension


def middle(A: Floats, b: Floats) -> Floats:
    """The centre of the largest ball within A x + b ≥ 0.

    Raises `InputError` where floats find none.
    """
    from scipy.optimize import linprog

    lengths = np.linalg.norm(A, axis=1)
    objective = np.append(np.zeros(A.shape[1]), -1.0)
    found = linprog(
        objective, A_ub=np.column_stack([-A, lengths]), b_ub=b, bounds=[(None, None)] * A.shape[1] + [(0, 1)]
    )
    if found.status != 0:
        raise InputError("the linear premises leave a set too thin for draws; write an equation instead")
    centre: Floats = found.x[:-1]
    return centre
