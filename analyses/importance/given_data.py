"""Indices of any sample, which ask by how much a distribution changes once a parameter is known: PAWN and delta.

*PAWN* is the distance of Kolmogorov and Smirnov between the distribution of the output and that in a slice of the
parameter, the median over slices (Pianosi & Wagener 2018, Environmental Modelling & Software 108). *Delta* is half the
area between the densities, on average (Borgonovo 2007, Reliability Engineering & System Safety 92; Plischke, Borgonovo
& Smith 2013, European Journal of Operational Research 226). Neither needs parameters to be independent: what a
parameter tells through others that depend on it counts as well.

Both come from SALib. It takes an output to have a density; where single values have a probability of their own, *delta
in classes* is the same of counts: each such value is a class, and what is left is cut into a few. Classes can only make
it smaller.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from analyses.importance.intervals import NOTHING, Floats, Index
from analyses.importance.targets import NOBODY
from games.errors import InputError

PAWN, DELTA, DELTA_IN_CLASSES = "PAWN", "delta", "delta in classes"

MOST_POINTS = 1_000
"""More points than these are not looked at, for these measures take long."""

SLICES = 10
RESAMPLES = 20
NORMAL = 1.959964

COMMON = 0.02
"""The least part of the points that makes a single value a class of its own."""

CLASSES = 8
"""Into how many classes what is left is cut."""


def salib(module: str) -> ModuleType:
    """A module of SALib. Raises `InputError` where it is not installed."""
    from importlib import import_module

    try:
        return import_module(f"SALib.{module}")
    except ImportError:
        raise InputError(
            "the measures morris, pawn and delta need SALib, which is not installed; install it (pip install SALib), "
            "or leave them out"
        ) from None


@contextmanager
def quietly(seed: int) -> Iterator[None]:
    """Within it, SALib's draws hang on the seed; what it does to numpy's generator and to warnings is undone after."""
    state, formatted = np.random.get_state(), warnings.formatwarning
    with warnings.catch_warnings(action="ignore", record=True):
        try:
            np.random.seed(seed % 2**32)
            yield
        finally:
            warnings.formatwarning = formatted
            np.random.set_state(state)


@dataclass(frozen=True)
class Sample:
    """Points of shape (points, parameters) in parts of the ranges; those of one cluster depend on each other.

    ``kept`` is which of the points given they are. The last column is that of `NOBODY`, drawn anew.
    """

    names: Sequence[str]
    parts: Floats
    kept: Any
    clusters: Any

    @staticmethod
    def of(names: Sequence[str], parts: Floats, clusters: Any, random: np.random.Generator) -> "Sample":
        kept = random.permutation(len(parts))[:MOST_POINTS]
        chance = random.random((len(kept), 1))
        return Sample((*names, NOBODY), np.concatenate([parts[kept], chance], axis=1), kept, clusters[kept])

    @property
    def problem(self) -> Mapping[str, object]:
        count = len(self.names)
        # SALib refuses some endings of names, so that positions stand for them.
        return {"num_vars": count, "names": [f"x{k}" for k in range(count)], "bounds": [[0, 1]] * count}

    def resampled(self, random: np.random.Generator) -> Any:
        """Rows drawn with replacement, those of a cluster together."""
        own, place = np.unique(self.clusters, return_inverse=True)
        if len(own) == len(self.parts):
            return random.integers(0, len(self.parts), len(self.parts))
        rows = [np.flatnonzero(place == k) for k in random.integers(0, len(own), len(own))]
        return np.concatenate(rows)


def pawn(sample: Sample, values: Floats, random: np.random.Generator) -> tuple[Index, ...]:
    """PAWN of an output that varies, with normal intervals from a bootstrap."""
    analyze = salib("analyze.pawn").analyze

    def medians(rows: Any) -> Floats:
        with quietly(0):
            found = analyze(sample.problem, sample.parts[rows], values[rows], S=SLICES)["median"]
        known: Floats = np.nan_to_num(np.asarray(found, dtype=float))
        return known

    estimates = medians(slice(None))
    drawn = np.stack([medians(sample.resampled(random)) for _ in range(RESAMPLES)])
    return tuple(map(_within, estimates.tolist(), np.std(drawn, axis=0, ddof=1).tolist()))


def delta(sample: Sample, values: Floats, random: np.random.Generator) -> tuple[str, tuple[Index, ...]]:
    """Delta of an output that varies, by the name under which it goes: that of densities or that in classes."""
    classes = _classes(values)
    if classes is not None:
        return DELTA_IN_CLASSES, tuple(_from_counts(column, classes, random) for column in sample.parts.T)
    analyze, seed = salib("analyze.delta").analyze, int(random.integers(1, 2**31))
    with quietly(seed):
        found = analyze(sample.problem, sample.parts, values, num_resamples=RESAMPLES, method="delta", seed=seed)
    ends = zip(found["delta_raw"].tolist(), found["delta_raw_conf"].tolist(), strict=True)
    return DELTA, tuple(_within(value, error / NORMAL) if value == value else NOTHING for value, error in ends)


def _within(value: float, error: float) -> Index:
    value = min(max(value, 0.0), 1.0)
    return Index(value, max(value - NORMAL * error, 0.0), min(value + NORMAL * error, 1.0))


def _classes(values: Floats) -> Any:
    """The class of each value, numbered from 0; None where no single value is common."""
    single, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    common = counts >= max(COMMON * len(values), 3)
    if not common.any():
        return None
    number = np.full(len(single), -1)
    number[common] = np.arange(common.sum())
    found = number[place]
    rest = np.flatnonzero(found < 0)
    order = rest[np.argsort(values[rest], kind="stable")]
    found[order] = common.sum() + np.arange(len(rest)) * CLASSES // max(len(rest), 1)
    return np.unique(found, return_inverse=True)[1]


def _from_counts(x: Floats, classes: Any, random: np.random.Generator) -> Index:
    """Half the sum of differences between shares, over slices of equally many points, less the bias of counts."""
    count = len(classes)
    rank = np.argsort(np.argsort(x, kind="stable"), kind="stable")
    table = np.zeros((SLICES, int(classes.max()) + 1))
    np.add.at(table, (rank * SLICES // count, classes), 1)
    found = _difference(table / count)
    drawn = random.multinomial(count, table.ravel() / count, size=100).reshape(-1, *table.shape) / count
    resampled = np.array([_difference(each) for each in drawn])
    return _within(2 * found - float(resampled.mean()), float(resampled.std(ddof=1)))


def _difference(joint: Floats) -> float:
    alone = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    return float(np.abs(joint - alone).sum() / 2)
