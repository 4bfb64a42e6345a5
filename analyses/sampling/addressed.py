"""Parts of a design by the numbers of their points, each without those before it: they can be drawn anywhere, in any
order, and are the same however many there are to draw them.

- *sobol* and *grid* have an order of their own, and any point of it is had at once. The points are those of
  `analyses.sampling.designs`. A scrambled Sobol point is the first one changed by a fixed pattern for each binary digit
  of its number, for the sequence is linear in them (Owen 1998).
- *latin*: the number of a point says which slice of a range it hits, by a permutation for each parameter that is
  worked out point by point (Luby & Rackoff 1988, SIAM Journal on Computing 17; cut to any number of slices by
  Black & Rogaway 2002, Ciphers with arbitrary finite domains). Where in its slice it lies, the part's seed says.
- *random*: draws have no order, and each part has a seed of its own, spawned from the seed and the part's number. So
  have rejection, hit and run (whose chains begin anew) and the ways to sort what premises put in order.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analyses.sampling.designs import Steps, check_allows, grid_gaps, odd
from analyses.sampling.draws import STEPS, Drawing
from analyses.sampling.premise_set import PremiseSet

FINE = (STEPS // 2).bit_length() - 1
FINEST = 32
"""Binary digits of a Sobol point: as many as the grid has, or more where there are more points than that."""

ROUNDS = 6
"""How often the two halves of a number are mixed; three are proved to do where the mixing is random."""


def laid_points(premises: PremiseSet, name: str, wanted: int) -> int:
    """How many points the design has, before any is rejected: ``wanted``, but for a grid, or where nothing moves."""
    dimensions = len(premises.free)
    if not dimensions:
        return 1
    return (grid_gaps(wanted, dimensions) + 1) ** dimensions if name == "grid" else wanted


def part_of_design(premises: PremiseSet, name: str, count: int, seed: int, part: int, points: range) -> Drawing:
    """Those ``points`` of the ``count`` of a design that make up the part of this number.

    Raises `InputError` for a design that the premises do not allow.
    """
    own = np.random.SeedSequence(seed, spawn_key=(part,))
    check_allows(premises, name)
    if name not in PARTS:
        return Drawing(premises, own)
    numbers, dimensions = np.arange(points.start, points.stop), len(premises.free)
    inner, outer = own.spawn(2)
    laid = PARTS[name](numbers, count, dimensions, seed, inner) if dimensions else np.zeros((len(points), 0), np.int64)
    return Drawing(premises, outer, laid)


def _sobol(numbers: Steps, count: int, dimensions: int, seed: int, own: np.random.SeedSequence) -> Steps:
    first, changes = _sobol_changes(dimensions, seed, (count - 1).bit_length())
    found = np.broadcast_to(first, (len(numbers), dimensions)).copy()
    for digit, change in enumerate(changes):
        found ^= np.where(numbers >> digit & 1, 1, 0)[:, None] * change
    return odd(found / 2.0**FINEST)


@lru_cache(maxsize=4)
def _sobol_changes(dimensions: int, seed: int, digits: int) -> tuple[Steps, list[Steps]]:
    """The first point, and what each binary digit of a number changes in it; both in parts of 2**-`FINEST`.

    The engine goes through half of the points for it, some 40 ns each, once in a process.
    """
    from scipy.stats import qmc

    bits = FINE if digits <= FINE else FINEST
    engine = qmc.Sobol(dimensions, scramble=True, bits=bits, rng=np.random.default_rng(seed))

    def next_point() -> Steps:
        whole: Steps = (engine.random(1)[0] * 2.0**FINEST).astype(np.int64)
        return whole

    first, changes = next_point(), []
    for digit in range(digits):
        if ahead := 2**digit - engine.num_generated:
            engine.fast_forward(ahead)
        changes.append(next_point() ^ first)
    return first, changes


def _latin(numbers: Steps, count: int, dimensions: int, seed: int, own: np.random.SeedSequence) -> Steps:
    keys = np.random.default_rng((seed, count)).integers(0, 2**63, (dimensions, ROUNDS), dtype=np.uint64)
    slices = np.stack([permuted(numbers, count, key) for key in keys], axis=1)
    return odd((slices + np.random.default_rng(own).random(slices.shape)) / count)


def permuted(numbers: Steps, count: int, key: NDArray[np.uint64]) -> Steps:
    """Where a permutation of the numbers below ``count``, one for each key, takes these numbers.

    A Feistel network permutes somewhat more numbers than there are; whatever it takes outside goes through it again.
    """
    half = np.uint64(max((max(count - 1, 1).bit_length() + 1) // 2, 1))
    found = numbers.astype(np.uint64)
    left = np.arange(len(found))
    while len(left):
        found[left] = _shuffled(found[left], half, key)
        left = left[found[left] >= count]
    return found.astype(np.int64)


def _shuffled(numbers: NDArray[np.uint64], half: np.uint64, key: NDArray[np.uint64]) -> NDArray[np.uint64]:
    mask = (np.uint64(1) << half) - np.uint64(1)
    left, right = numbers >> half, numbers & mask
    for each in key:
        left, right = right, left ^ (_mixed(right + each) & mask)
    return left << half | right


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Numbers of which every bit hangs on every bit of these (Steele, Lea & Flood 2014, OOPSLA)."""
    numbers = (numbers ^ numbers >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ numbers >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return numbers ^ numbers >> np.uint64(31)


def _grid(numbers: Steps, count: int, dimensions: int, seed: int, own: np.random.SeedSequence) -> Steps:
    gaps = grid_gaps(count, dimensions)
    levels = np.unravel_index(numbers, (gaps + 1,) * dimensions)
    steps: Steps = np.stack(levels, axis=1).astype(np.int64) * (STEPS // gaps)
    return steps


PARTS: Mapping[str, Callable[[Steps, int, int, int, np.random.SeedSequence], Steps]] = {
    "sobol": _sobol,
    "latin": _latin,
    "grid": _grid,
}
"""Of each design that is laid out in advance its points of these numbers, in steps of the grid."""
