"""What it would be worth to know payoffs before choosing: all of them, or a single parameter.

With perfect information the best policy is chosen at every point; with one parameter known, the policy that is best on
average over the points that share its value. Of these are known the points in the same of several bins of equal number
(Strong & Oakley 2013, Medical Decision Making 33, on estimating the partial value of perfect information from one
sample). What each bin chooses is found from every other point of it and valued at the points between, so that chance
differences between policies count for nothing. All is relative to the policy that is best on average.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NORMAL = 1.959964
"""Of the normal distribution 95 % lies within so many standard deviations."""

POINTS_IN_A_BIN = 100
MOST_BINS = 20


def brief(value: float) -> str:
    """A number of a sample for a reader, with three significant digits."""
    return f"{value:.3g}".replace("-", "−")


@dataclass(frozen=True)
class Estimate:
    """A mean over points with its 95 % interval; without a spread, both ends are the value itself."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        if self.low == self.high:
            return brief(self.value)
        return f"{brief(self.value)} [{brief(self.low)}, {brief(self.high)}]"

    def as_json(self) -> dict[str, float]:
        """The estimate as plain data."""
        return {"value": self.value, "low": self.low, "high": self.high}


def mean_of(values: Floats, effective: float) -> Estimate:
    """The mean of values at points that are worth ``effective`` independent ones."""
    value = float(values.mean())
    spread = float(values.std(ddof=1)) if len(values) > 1 else 0.0
    error = NORMAL * spread / max(effective, 1.0) ** 0.5
    return Estimate(value, value - error, value + error)


@dataclass(frozen=True)
class Information:
    """The value of knowing everything, and of each parameter that moves. ``idle`` are parameters of which no bin
    chooses another policy: their value is zero as far as bins tell."""

    total: Estimate
    single: Mapping[str, Estimate]
    idle: tuple[str, ...]
    bins: int

    def as_json(self) -> dict[str, object]:
        """The values as plain data."""
        return {
            "perfect": self.total.as_json(),
            "of_parameters": {name: each.as_json() for name, each in self.single.items()},
            "bins": self.bins,
        }


def information(values: Floats, columns: Mapping[str, Floats], effective: float) -> Information:
    """From the payoffs ``values`` of shape (points, policies) and the parameters' values at the same points."""
    usual = int(np.argmax(values.mean(axis=0)))
    gains = values - values[:, [usual]]
    bins = max(2, min(MOST_BINS, len(values) // POINTS_IN_A_BIN))
    single, idle = {}, []
    for name, column in columns.items():
        gained = _gained(gains, np.argsort(column, kind="stable"), bins)
        estimate = mean_of(gained, effective)
        if not gained.any():
            idle.append(name)
        single[name] = Estimate(max(estimate.value, 0.0), max(estimate.low, 0.0), max(estimate.high, 0.0))
    total = mean_of(gains.max(axis=1), effective)
    return Information(Estimate(total.value, max(total.low, 0.0), total.high), single, tuple(idle), bins)


def _gained(gains: Floats, order: NDArray[np.intp], bins: int) -> Floats:
    """What is gained at each point by choosing as its bin does, judged by the bin's other points."""
    found = np.zeros(len(gains))
    for members in np.array_split(order, bins):
        for valued, judging in ((members[::2], members[1::2]), (members[1::2], members[::2])):
            if len(judging):
                found[valued] = gains[valued, int(np.argmax(gains[judging].mean(axis=0)))]
    return found
