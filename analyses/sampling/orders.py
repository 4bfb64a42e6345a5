"""Orders: numbers put into a line that some inequalities between two of them allow, each line equally likely.

For each set of elements that may stand first, the ways to go on are counted, so that a line is drawn element by element
with its exact probability (Stanley 1986, Two poset polytopes, Discrete & Computational Geometry 1).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_LOWER_SETS = 50_000
"""The most sets of smallest elements, over all ways to line them up, for which these are counted."""


@dataclass(frozen=True)
class LinesUp:
    """The ways to line up elements under an order: for each set that may stand first, how many ways go on from it."""

    size: int
    before: tuple[int, ...]
    ways: Mapping[int, int]

    @staticmethod
    def of(size: int, pairs: Sequence[tuple[int, int]]) -> "LinesUp | None":
        """None if there are too many sets to count."""
        before = [0] * size
        for lesser, greater in pairs:
            before[greater] |= 1 << lesser
        layers: list[set[int]] = [{0}]
        for _ in range(size):
            layers.append({first | 1 << k for first in layers[-1] for k in _next(size, before, first)})
            if sum(map(len, layers)) > MOST_LOWER_SETS:
                return None
        ways = {(1 << size) - 1: 1}
        for layer in reversed(layers[:-1]):
            for first in layer:
                ways[first] = sum(ways[first | 1 << k] for k in _next(size, before, first))
        return LinesUp(size, tuple(before), ways)

    def arrange(self, numbers: NDArray[np.int64], random: np.random.Generator) -> NDArray[np.int64]:
        """The numbers of each row sorted into a random line, every line with the same probability."""
        ordered = np.sort(numbers, axis=1)
        if self.ways[0] == 1:
            ranks = np.array(self._line([0.0] * self.size))
            return ordered[:, ranks]
        ranks = np.array([self._line(row) for row in random.random(numbers.shape).tolist()])
        return np.take_along_axis(ordered, ranks, axis=1)

    def _line(self, uniform: Sequence[float]) -> list[int]:
        """The rank of each element in a line; each step goes on with the probability of the ways that it leaves."""
        ranks = [0] * self.size
        first = 0
        for rank, drawn in enumerate(uniform):
            left = drawn * self.ways[first]
            for k in _next(self.size, self.before, first):
                chosen = k
                left -= self.ways[first | 1 << k]
                if left < 0:
                    break
            ranks[chosen] = rank
            first |= 1 << chosen
        return ranks


def _next(size: int, before: Sequence[int], first: int) -> list[int]:
    """The elements that may come after the set ``first``."""
    return [k for k in range(size) if not first >> k & 1 and before[k] & ~first == 0]
