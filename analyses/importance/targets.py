"""What indices are of: the set of outcomes, each payoff and each probability, with the ends and the width of each."""

from dataclasses import dataclass

from analyses.importance.intervals import Index
from analyses.importance.variance import Indices

THE_SET = "set of outcomes"

FIRST, TOTAL, SECOND = "first", "total", "second"
"""The names of Sobol indices; the *second* is what two groups decide together beyond what each does alone."""

ENTROPY, KERNEL = "entropy explained", "HSIC"

NOBODY = "(a parameter that decides nothing)"
"""Who stands for chance among the parameters, where an index is above 0 even for what decides nothing."""


@dataclass(frozen=True)
class Target:
    """Something that is told of a point, and the Sobol indices of its variance by group of parameters.

    ``name`` is that of data, ``said`` that in a sentence. ``undefined`` is at how many points it has no value, since
    there is no equilibrium; there are no indices then.
    """

    name: str
    said: str
    indices: Indices | None
    undefined: int = 0

    @property
    def varies(self) -> bool:
        """Whether it has indices that say anything."""
        return self.indices is not None and self.indices.constant is None and not self.indices.rare


@dataclass(frozen=True)
class Estimate:
    """One index of a further measure: of which target, of which parameter (or group), and its value."""

    measure: str
    of: str
    who: str
    index: Index
