"""What was counted in the shards of a sweep, added up one by one."""

from collections.abc import Mapping, Sequence
from typing import Any

from analyses.sweeps.shards.specification import Specification
from analyses.sweeps.sweeping import drawn_in_words
from analyses.sweeps.tally import Play, Tally
from analyses.sweeps.ways import REFUSED


class Counting:
    """Sums over the footers of shards, which need to be known one at a time."""

    def __init__(self) -> None:
        self.methods: Sequence[str] = ()
        self.known: dict[str, None] = {}
        self.sums: dict[str, tuple[float, float]] = {}
        self.counts: dict[tuple[Play, ...], int] = {}
        self.how: list[int] = [0] * (REFUSED + 1)
        self.incomplete = 0
        self.effective = self.tried = 0.0
        self.ends: dict[str, list[float] | None] = {}
        self.refused = ""

    def add(self, told: Mapping[str, Any]) -> None:
        """Takes what the footer of one shard tells: see `Shard.summary`."""
        self.methods = self.methods or told["methods"]
        self.known |= dict.fromkeys(told["all_outcomes"])
        for outcome, (least, greatest) in zip(told["outcomes"], told["sums"], strict=True):
            low, high = self.sums.get(outcome, (0.0, 0.0))
            self.sums[outcome] = (low + least, high + greatest)
        for kind, count in zip(told["kinds"], told["counts"], strict=True):
            plays = tuple(sorted(map(tuple, kind)))
            self.counts[plays] = self.counts.get(plays, 0) + count
        self.how = [sum(pair) for pair in zip(self.how, told["how"], strict=True)]
        self.incomplete += told["incomplete"]
        self.effective += told["effective"]
        self.tried += told["points"] / told["acceptance"]
        self.ends |= {name: _wider(self.ends.get(name), ends) for name, ends in told["ends"].items()}
        self.refused = self.refused or told["refused"]

    def tally(self, specification: Specification, stopped: str) -> Tally:
        """The sums so far, of one shard at least."""
        points = sum(self.counts.values())
        return Tally(
            specification.swept,
            specification.design,
            specification.seed,
            specification.samples,
            drawn_in_words(specification.design, self.methods, points / self.tried),
            tuple(self.sums),
            tuple(outcome for outcome in self.known if outcome not in self.sums),
            tuple(self.counts),
            tuple(self.counts.values()),
            tuple(self.how),
            self.incomplete,
            [(least / points, greatest / points) for least, greatest in self.sums.values()],
            self.ends,
            self.refused,
            stopped,
            self.effective,
        )


def _wider(one: list[float] | None, other: list[float] | None) -> list[float] | None:
    if one is None or other is None:
        return one or other
    return [min(one[0], other[0]), max(one[1], other[1])]
