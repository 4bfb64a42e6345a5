"""What was counted over the points of a sweep, and what it amounts to, in sentences and tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from analyses.claims.share import percent
from analyses.sampling.designs import DESIGNS
from analyses.sweeps.shares import OutcomeShare, shares_of_counts
from analyses.sweeps.swept import Swept, premises_in_words
from analyses.sweeps.ways import BULK, NUMERIC, REFUSED, SOLVED
from games.exact import amount
from games.tables import Cell, Table

MOST_SHOWN = 3
HOW = {BULK: "in bulk", SOLVED: "by the solver", NUMERIC: "numerically", REFUSED: "refused"}
NO_EQUILIBRIUM = "(no equilibrium)"

Play = tuple[str, ...]


@dataclass(frozen=True)
class Tally:
    """Counts over the points of a sweep.

    ``outcomes`` are those that some equilibrium reaches somewhere, ``never`` the others; a play is the outcomes that an
    equilibrium reaches, and ``kinds`` are the sets of plays that there are at a point, with their ``counts``. ``how``
    counts the points by how they were settled, ``incomplete`` those at which there may be more equilibria. ``means``
    are the means of the least and the greatest probability of each outcome, ``ends`` the least and the greatest of each
    amount by name. ``wanted`` is how many points were asked for, ``effective`` how many independent ones they are
    worth; ``refused`` says why there was nothing to solve, where that happened first, ``stopped`` why points were left
    out.
    """

    swept: Swept
    design: str
    seed: int
    wanted: int
    method: str
    outcomes: tuple[str, ...]
    never: tuple[str, ...]
    kinds: tuple[tuple[Play, ...], ...]
    counts: tuple[int, ...]
    how: tuple[int, ...]
    incomplete: int
    means: Sequence[tuple[float, float]]
    ends: dict[str, list[float] | None]
    refused: str
    stopped: str
    effective: float

    def __len__(self) -> int:
        return sum(self.counts)

    @cached_property
    def playing(self) -> tuple[int, ...]:
        """The counts of the kinds at points at which there is a game."""
        refused = self.how[REFUSED]
        return tuple(count if kind else count - refused for kind, count in zip(self.kinds, self.counts, strict=True))

    @cached_property
    def shares(self) -> tuple[OutcomeShare, ...]:
        """For each outcome its part of the points at which there is a game."""
        return shares_of_counts(self.outcomes, self.kinds, self.playing, self._worth)

    @property
    def _worth(self) -> float | None:
        """How many independent draws the points with a game are worth; None where the points are no sample."""
        return self.effective * sum(self.playing) / max(len(self), 1) if DESIGNS[self.design].is_sample else None

    def shares_by(self, group: Callable[[str], str]) -> tuple[OutcomeShare, ...]:
        """The same for groups of outcomes: that to which ``group`` counts each outcome, by its words."""
        groups = tuple(dict.fromkeys(map(group, self.outcomes)))
        kinds = [[tuple(dict.fromkeys(map(group, play))) for play in kind] for kind in self.kinds]
        return shares_of_counts(groups, kinds, self.playing, self._worth)

    @property
    def without(self) -> int:
        """At how many points there is a game, and no equilibrium was found."""
        return sum(count for kind, count in zip(self.kinds, self.playing, strict=True) if not kind)

    @property
    def several(self) -> int:
        """At how many points there are equilibria with different plays."""
        return sum(count for kind, count in zip(self.kinds, self.counts, strict=True) if len(kind) > 1)

    @property
    def is_pure(self) -> bool:
        """Whether every play has one outcome, so that neither chance nor mixing leaves it open."""
        return all(len(play) == 1 for kind in self.kinds for play in kind)

    def findings(self) -> tuple[str, ...]:
        """What is played how often, and how it was found out, in sentences."""
        ranked = sorted(self.shares, key=lambda share: (-share.certain, -share.possible))
        sentences = [self._of_share(share) for share in ranked[:MOST_SHOWN]]
        if len(ranked) > MOST_SHOWN:
            sentences.append(f"{amount(len(ranked) - MOST_SHOWN, 'other outcome')} may be played elsewhere.")
        if self.several:
            sentences.append(f"At {self._part(self.several)} of the points equilibria differ in what is played.")
        if self.without:
            sentences.append(f"At {self._part(self.without)} of the points no {self.swept.concept.noun[0]} was found.")
        return (*sentences, self._how(), *self.remarks)

    def _of_share(self, share: OutcomeShare) -> str:
        possible = percent(share.possible)
        if not share.certain:
            said = "is played by some equilibrium" if self.is_pure else "has a positive probability in some equilibrium"
            return f"“{share.outcome}” {said} at {possible} of the points."
        ends = share.certain_ends
        where = "" if ends is None else f" (95 % interval {percent(ends[0])} to {percent(ends[1])})"
        said = "is played by every equilibrium" if self.is_pure else "is played for certain by every equilibrium"
        by_some = "by some" if self.is_pure else "with some probability by some"
        more = f", and {by_some} at {possible}" if share.possible > share.certain else ""
        return f"“{share.outcome}” {said} at {percent(share.certain)} of the points{where}{more}."

    def _part(self, count: int) -> str:
        return f"{count:,} ({percent(count / len(self))})"

    def _how(self) -> str:
        counts = [
            f"{self.how[how]:,} {said}"
            for how, said in (
                (BULK, "settled exactly on arrays"),
                (SOLVED, "solved exactly one by one"),
                (NUMERIC, "solved numerically"),
                (REFUSED, "without a game to solve"),
            )
            if self.how[how]
        ]
        moved = amount(len(self.swept.names), "parameter")
        return f"{len(self):,} points in {moved}, {self.method} (seed {self.seed}): {', '.join(counts)}."

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader should know besides."""
        said = []
        if self.refused:
            said.append(f"At {self._part(self.how[REFUSED])} of the points nothing is solved; first: {self.refused}.")
        if self.incomplete:
            said.append(
                f"At {self._part(self.incomplete)} of the points there may be more equilibria than were found: sets "
                "may be larger, and least and greatest values farther apart."
            )
        if len(self) < self.wanted:
            why = self.stopped or "the design or the premises leave no more"
            said.append(f"Of {self.wanted:,} points wanted {len(self):,} were settled, since {why}.")
        if self.effective < len(self):
            said.append(f"The points depend on each other and are worth {self.effective:,.0f} independent ones.")
        return (*said, *self.swept.remarks)

    def table(self) -> Table:
        """One row for each outcome: how often it is played, and how probable it is on average."""
        rows = [
            (
                Cell(share.outcome),
                Cell(_with_ends(share.certain, share.certain_ends)),
                Cell(_with_ends(share.possible, share.possible_ends)),
                Cell(_mean(*means)),
            )
            for share, means in zip(self.shares, self.means, strict=True)
        ]
        if self.never:
            few = len(self.never) <= MOST_SHOWN
            named = self.never if few else (f"({amount(len(self.never), 'other outcome')})",)
            rows += [(Cell(outcome), Cell("0"), Cell("0"), Cell("0")) for outcome in named]
        by_every = "By every equilibrium" if self.is_pure else "For certain by every equilibrium"
        header = ("Outcome", by_every, "By some", "Mean probability")
        caption = f"{self.swept.model.name}, {self.swept.concept.name}: {len(self):,} points"
        return Table(header, tuple(rows), numeric=frozenset({1, 2, 3}), caption=caption)

    def as_json(self) -> dict[str, object]:
        """What was swept and what was found, as plain data."""
        return {
            "model": self.swept.model.name,
            "concept": self.swept.concept.name,
            "design": self.design,
            "seed": self.seed,
            "moved": list(self.swept.names),
            "fixed": {name: str(value) for name, value in self.swept.fixed.items()},
            "premises": list(premises_in_words(self.swept)),
            "points": len(self),
            "settled": {said: self.how[how] for how, said in HOW.items()},
            "outcomes": [share.as_json() for share in self.shares],
            "never": list(self.never),
            "sets": [
                {"plays": [list(play) for play in kind], "points": count}
                for kind, count in zip(self.kinds, self.counts, strict=True)
            ],
            "amounts": self.ends,
            "remarks": list(self.remarks),
        }


def set_in_words(kind: Sequence[Play]) -> str:
    """A set of plays as it stands in a column, whatever the order in which they were found."""
    return " | ".join(sorted(map(play_in_words, kind))) or NO_EQUILIBRIUM


def play_in_words(play: Play) -> str:
    """A play as it stands in a column."""
    return " & ".join(play)


def _mean(least: float, greatest: float) -> str:
    low, high = percent(least), percent(greatest)
    return low if low == high else f"{low} to {high}"


def _with_ends(value: float, ends: tuple[float, float] | None) -> str:
    return percent(value) if ends is None else f"{percent(value)} [{percent(ends[0])}, {percent(ends[1])}]"
