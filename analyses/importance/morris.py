"""Elementary effects: how much an output moves on average when one parameter crosses its range, all else at random.

Morris (1991, Technometrics 33) screens parameters along trajectories that move one after another; μ* is the mean of the
absolute effects (Campolongo, Cariboni & Saltelli 2007, Environmental Modelling & Software 22). Both the trajectories
and μ* come from SALib. It is no share: it has the unit of the output. What premises link to others cannot move while
these stay, so that such parameters have no elementary effects; they stay where a draw has put them.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from analyses.importance.given_data import quietly, salib
from analyses.importance.intervals import NOTHING, Floats, Index
from analyses.sampling.designs import drawings
from analyses.sampling.draws import STEPS, Draws
from analyses.sampling.premise_set import PremiseSet
from analyses.sweeps.sweeping import gathered

MU_STAR = "Morris μ*"
TRAJECTORIES = 100
LEVELS = 4


class Trajectories:
    """Trajectories through the ``groups`` of parameters (by position) that vary independently of all others."""

    def __init__(
        self, premises: PremiseSet, groups: Sequence[tuple[int, ...]], design: str, count: int, seed: int
    ) -> None:
        self.premises, self.groups = premises, [g for g in groups if _is_free(premises, g)]
        self.moved = [k for group in self.groups for k in group]
        self.seed = seed
        if not self.moved:
            return
        with quietly(seed + 1):
            self.parts: Floats = salib("sample.morris").sample(self._problem, count, num_levels=LEVELS, seed=seed + 1)
        (drawing,) = drawings(premises, design, count, seed, copies=1)
        begun = gathered(drawing, count)
        size = len(self.groups) + 1
        self.parts = self.parts[: len(begun) * size]
        odd = np.repeat(begun.odd, size, axis=0)
        # No parameter is on an end of its range, where what is played may be special.
        odd[:, self.moved] = np.clip(2 * np.floor(self.parts * (STEPS // 2)).astype(np.int64) + 1, 1, STEPS - 1)
        self.draws = Draws(premises, odd)

    def whole(self, count: int) -> int:
        """How many of the first points belong to whole trajectories."""
        size = len(self.groups) + 1
        return count // size * size

    @property
    def _problem(self) -> dict[str, object]:
        number = {k: g for g, group in enumerate(self.groups) for k in group}
        names = [f"x{k}" for k in self.moved]
        problem: dict[str, object] = {"num_vars": len(names), "names": names, "bounds": [[0, 1]] * len(names)}
        if len(self.groups) < len(names):
            problem["groups"] = [f"g{number[k]:04}" for k in self.moved]
        return problem

    def effects(self, values: Floats) -> Mapping[tuple[int, ...], Index]:
        """μ* of an output by group, with normal intervals from a bootstrap."""
        if not np.ptp(values):
            return dict.fromkeys(self.groups, NOTHING)
        analyze = salib("analyze.morris").analyze
        with quietly(self.seed + 1):
            found = analyze(
                self._problem, self.parts[: len(values)], values, num_levels=LEVELS, num_resamples=200,
                seed=self.seed + 1,
            )  # fmt: skip
        indices = {}
        for group, value, error in zip(self.groups, found["mu_star"], found["mu_star_conf"], strict=True):
            indices[group] = Index(float(value), max(float(value - error), 0.0), float(value + error))
        return indices


def _is_free(premises: PremiseSet, group: Sequence[int]) -> bool:
    """Whether premises link none of them to another, and leave each its whole range."""
    return all((k,) in premises.independent and not any(k in link for link in premises.links) for k in group)
