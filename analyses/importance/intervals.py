"""An index with its interval, and the resamples of a bootstrap (Efron 1979, Annals of Statistics 7)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RESAMPLES = 500
LEVEL = 0.95


@dataclass(frozen=True)
class Index:
    """An estimate, and the ends of its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        low, value, high = (f"{number:.2f}".replace("-0.00", "0.00").replace("-", "−") for number in self.ends)
        return f"{value} [{low}, {high}]"

    @property
    def ends(self) -> tuple[float, float, float]:
        """The lower end, the estimate, the upper end."""
        return self.low, self.value, self.high


NOTHING = Index(0.0, 0.0, 0.0)
"""The index where nothing varies that it could explain."""


def weights(clusters: NDArray[np.int64], random: np.random.Generator, resamples: int = RESAMPLES) -> Floats:
    """How much each row counts in each resample, of shape (resamples, rows); rows of a cluster are drawn together."""
    _, place, sizes = np.unique(clusters, return_inverse=True, return_counts=True)
    number = len(sizes)
    drawn = random.multinomial(number, np.full(number, 1 / number), size=resamples)
    counts: Floats = drawn[:, place].astype(float)
    shares: Floats = counts / counts.sum(axis=1, keepdims=True)
    return shares


def percentiles(value: float, resampled: Floats) -> Index:
    """The interval between the percentiles of the resampled estimates, widened to the estimate itself."""
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.percentile(resampled, [tail, 100 - tail])
    return Index(value, min(value, float(low)), max(value, float(high)))
