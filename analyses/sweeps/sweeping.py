"""A sweep: at each of many points of the parameters the whole set of equilibria, and what it amounts to.

An analyst asks what follows from a model when its payoffs are not known, only their ranges and some relations between
them. A sweep lays points over what these allow and answers with *sets*: which plays there are at a point, the least and
the greatest probability of each outcome and payoff of each player, and what somebody who selects an equilibrium would
select. Every point is an exact one, and settled exactly unless it says that it is numeric.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from io import StringIO
from pathlib import Path
from textwrap import fill
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analyses.claims.share import check_counts, percent, worth
from analyses.sampling.designs import DESIGNS, drawings, suited
from analyses.sampling.draws import UNRESTRICTED, Drawing, Draws
from analyses.sweeps.settling import SECONDS as POINT_SECONDS
from analyses.sweeps.settling import Settling
from analyses.sweeps.shares import OutcomeShare, outcome_shares
from analyses.sweeps.swept import Swept, premises_in_words, swept
from analyses.sweeps.ways import BULK, NUMERIC, REFUSED, SOLVED, Settled, joined, selections
from analyses.writing import no_formula, write_file
from games.errors import InputError
from games.exact import amount
from games.model import Model
from games.solvers.limits import OutOfTimeError, check_limit, expired, time_limit, why_stopped
from games.tables import Cell, Table

if TYPE_CHECKING:
    from pandas import DataFrame

SAMPLES = 2**12
SECONDS = 60.0
MOST_SAMPLES = 100_000
MOST_SHOWN = 3
WIDTH = 100
HOW = {BULK: "in bulk", SOLVED: "by the solver", NUMERIC: "numerically", REFUSED: "refused"}
NO_EQUILIBRIUM = "(no equilibrium)"


@dataclass(frozen=True, repr=False, eq=False)
class Sweep:
    """What is played at the ``points``; `Settled` says what each array of ``settled`` holds.

    ``outcomes`` are those that some equilibrium reaches somewhere, ``never`` the others; ``amounts`` the payoffs, and
    the numbers chosen in a game of continuous choice. A play of ``plays`` is the outcomes that an equilibrium reaches,
    a set of ``kinds`` the plays that there are at a point, by number. ``wanted`` is how many points were asked for,
    ``refused`` says why there was nothing to solve, where that happened first, ``stopped`` why points were left out.
    """

    swept: Swept
    design: str
    seed: int
    wanted: int
    points: Draws
    outcomes: tuple[str, ...]
    never: tuple[str, ...]
    amounts: tuple[str, ...]
    plays: tuple[tuple[str, ...], ...]
    kinds: tuple[tuple[int, ...], ...]
    settled: Settled
    method: str
    refused: str
    stopped: str
    effective: float
    seconds: float = field(default=0.0, compare=False)

    def __len__(self) -> int:
        return len(self.settled)

    @property
    def model(self) -> Model:
        return self.swept.model

    @property
    def concept(self) -> str:
        return self.swept.concept.name

    @property
    def selections(self) -> tuple[str, ...]:
        """The names of the selections of `Settled.selected`."""
        return selections(self.model.game.players)

    def point(self, row: int) -> dict[str, Fraction]:
        """The exact values of all parameters."""
        return {symbol.name: value for symbol, value in self.points.point(row).items()}

    def set_at(self, row: int) -> tuple[tuple[str, ...], ...]:
        """The plays at a point, each as the outcomes that it reaches."""
        return tuple(self.plays[play] for play in self.kinds[self.settled.kinds[row]])

    def settled_by(self, how: int) -> int:
        """How many points were settled in this way, one of `BULK`, `SOLVED`, `NUMERIC` and `REFUSED`."""
        return int(np.sum(self.settled.how == how))

    @cached_property
    def shares(self) -> tuple[OutcomeShare, ...]:
        """For each outcome its part of the points at which there is a game."""
        playing = self.settled.kinds[self.settled.how != REFUSED]
        effective = self.effective * len(playing) / max(len(self), 1) if DESIGNS[self.design].is_sample else None
        return outcome_shares(self.outcomes, self.plays, self.kinds, playing, effective)

    @property
    def without(self) -> int:
        """At how many points there is a game, and no equilibrium was found."""
        empty = [kind for kind, plays in enumerate(self.kinds) if not plays]
        return int(np.sum(np.isin(self.settled.kinds, empty) & (self.settled.how != REFUSED)))

    @property
    def several(self) -> int:
        """At how many points there are equilibria with different plays."""
        many = [kind for kind, plays in enumerate(self.kinds) if len(plays) > 1]
        return int(np.sum(np.isin(self.settled.kinds, many)))

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

    @property
    def is_pure(self) -> bool:
        """Whether every play has one outcome, so that neither chance nor mixing leaves it open."""
        return all(len(play) == 1 for play in self.plays)

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
            f"{self.settled_by(how):,} {said}"
            for how, said in (
                (BULK, "settled exactly on arrays"),
                (SOLVED, "solved exactly one by one"),
                (NUMERIC, "solved numerically"),
                (REFUSED, "without a game to solve"),
            )
            if self.settled_by(how)
        ]
        moved = amount(len(self.swept.names), "parameter")
        return f"{len(self):,} points in {moved}, {self.method} (seed {self.seed}): {', '.join(counts)}."

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader should know besides."""
        said = []
        if self.refused:
            said.append(
                f"At {self._part(self.settled_by(REFUSED))} of the points nothing is solved; first: {self.refused}."
            )
        left = int(np.sum(~self.settled.complete))
        if left:
            said.append(
                f"At {self._part(left)} of the points there may be more equilibria than were found: sets may be "
                "larger, and least and greatest values farther apart."
            )
        if len(self) < self.wanted:
            why = self.stopped or "the design or the premises leave no more"
            said.append(f"Of {self.wanted:,} points wanted {len(self):,} were settled, since {why}.")
        if self.effective < len(self):
            said.append(f"The points depend on each other and are worth {self.effective:,.0f} independent ones.")
        return (*said, *self.swept.remarks)

    def table(self) -> Table:
        """One row for each outcome: how often it is played, and how probable it is on average."""
        rows = []
        least, greatest = (self.settled.probability[:, :, k].mean(axis=0) for k in (0, 1))
        for k, share in enumerate(self.shares):
            rows.append(
                (
                    Cell(share.outcome),
                    Cell(_with_ends(share.certain, share.certain_ends)),
                    Cell(_with_ends(share.possible, share.possible_ends)),
                    Cell(_mean(float(least[k]), float(greatest[k]))),
                )
            )
        if self.never:
            few = len(self.never) <= MOST_SHOWN
            named = self.never if few else (f"({amount(len(self.never), 'other outcome')})",)
            rows += [(Cell(outcome), Cell("0"), Cell("0"), Cell("0")) for outcome in named]
        by_every = "By every equilibrium" if self.is_pure else "For certain by every equilibrium"
        header = ("Outcome", by_every, "By some", "Mean probability")
        caption = f"{self.model.name}, {self.concept}: {len(self):,} points"
        return Table(header, tuple(rows), numeric=frozenset({1, 2, 3}), caption=caption)

    @property
    def header(self) -> tuple[str, ...]:
        """The columns of a frame."""
        ends = ("least", "greatest")
        return (
            *(p.name for p in self.model.parameters),
            "set",
            "plays",
            "complete",
            "settled",
            *(f"probability of {outcome}, {end}" for outcome in self.outcomes for end in ends),
            *(f"{name}, {end}" for name in self.amounts for end in ends),
            *(
                f"{selection}: {what}"
                for selection in self.selections
                for what in ("play", *(f"payoff of {player}" for player in self.model.game.players))
            ),
        )

    def rows(self) -> Iterator[tuple[str | float | int | bool | None, ...]]:
        """A row for each point; None where there is no value. Numbers are floats; `point` has the exact ones."""
        columns = [np.broadcast_to(self.points.named[p.name].value, len(self)) for p in self.model.parameters]
        found = self.settled
        for row in range(len(self)):
            numbers = [*found.probability[row].ravel().tolist(), *found.amounts[row].ravel().tolist()]
            chosen: list[str | float | None] = []
            for play, paid in zip(found.selected_play[row].tolist(), found.selected[row].tolist(), strict=True):
                chosen += [None if play < 0 else self._play(play), *map(_given, paid)]
            yield (
                *(float(column[row]) for column in columns),
                self._set(row),
                len(self.kinds[found.kinds[row]]),
                bool(found.complete[row]),
                HOW[int(found.how[row])],
                *map(_given, numbers),
                *chosen,
            )

    def _play(self, play: int) -> str:
        return " & ".join(self.plays[play])

    def _set(self, row: int) -> str:
        return " | ".join(map(self._play, self.kinds[self.settled.kinds[row]])) or NO_EQUILIBRIUM

    def csv(self) -> str:
        """A line for each point, with a header."""
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(map(no_formula, self.header))
        for row in self.rows():
            writer.writerow([no_formula(value) if isinstance(value, str) else value for value in row])
        return text.getvalue()

    def to_csv(self, path: Path | str) -> Path:
        """Writes `csv` into a file, beside its place first. Raises `InputError` where that cannot be."""
        return write_file(path, self.csv().encode())

    def to_frame(self) -> "DataFrame":
        """A frame of pandas with a row for each point. Raises `InputError` where pandas is not installed."""
        try:
            from pandas import DataFrame
        except ImportError:
            raise InputError(
                "a frame needs pandas, which is not installed; install it (pip install pandas), or use to_csv"
            ) from None
        return DataFrame(list(self.rows()), columns=list(self.header))

    def as_json(self) -> dict[str, object]:
        """What was swept and what was found, as plain data; the points themselves are in the CSV."""
        return {
            "model": self.model.name,
            "concept": self.concept,
            "design": self.design,
            "seed": self.seed,
            "moved": list(self.swept.names),
            "fixed": {name: str(value) for name, value in self.swept.fixed.items()},
            "premises": list(premises_in_words(self.swept)),
            "points": len(self),
            "settled": {said: self.settled_by(how) for how, said in HOW.items()},
            "outcomes": [share.as_json() for share in self.shares],
            "never": list(self.never),
            "sets": [
                {"plays": [list(self.plays[play]) for play in kind], "points": int(count)}
                for kind, count in zip(
                    self.kinds, np.bincount(self.settled.kinds, minlength=len(self.kinds)), strict=True
                )
            ],
            "amounts": {name: _ends(self.settled.amounts[:, k]) for k, name in enumerate(self.amounts)},
            "remarks": list(self.remarks),
        }

    def __repr__(self) -> str:
        return "\n".join(fill(sentence, WIDTH) for sentence in self.findings())

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p>{escape(' '.join(self.findings()))}</p>{self.table().html()}"


def _given(value: float) -> float | None:
    return None if value != value else value


def _ends(values: NDArray[np.float64]) -> list[float] | None:
    """The least of the least and the greatest of the greatest; None where there is no value at all."""
    known = values[~np.isnan(values)]
    return [float(known.min()), float(known.max())] if len(known) else None


def _mean(least: float, greatest: float) -> str:
    low, high = percent(least), percent(greatest)
    return low if low == high else f"{low} to {high}"


def _with_ends(value: float, ends: tuple[float, float] | None) -> str:
    return percent(value) if ends is None else f"{percent(value)} [{percent(ends[0])}, {percent(ends[1])}]"


def sweep(
    model: Model,
    *,
    names: str | Sequence[str] | None = None,
    values: Mapping[str, object] | None = None,
    premises: Sequence[object] = (),
    concept: str | None = None,
    design: str | None = None,
    samples: int = SAMPLES,
    seed: int = 0,
    seconds: float | None = SECONDS,
    point_seconds: float = POINT_SECONDS,
) -> Sweep:
    """The set of equilibria at each of ``samples`` points of what the ranges, assumptions and ``premises`` allow.

    The parameters ``names`` move, by default all that have a range and none of the ``values``; the others stay. The
    ``concept`` is by default that of the game's form. ``design`` is one of `DESIGNS`, by default sobol where the
    premises are ranges and orders, else random. ``seconds`` limits the time, ``point_seconds`` that for one point.

    Raises `InputError` for what `swept` refuses, and for a design that the premises do not allow.
    """
    check_counts(samples, seed, MOST_SAMPLES)
    check_limit(point_seconds)
    asked = swept(model, names, values, premises, concept)
    started = perf_counter()
    with time_limit(seconds):
        design = suited(asked.premises) if design is None else design
        wanted = samples if asked.premises.free else 1
        (drawing,) = drawings(asked.premises, design, wanted, seed)
        points = gathered(drawing, wanted)
        settling, blocks = settled_in_time(asked, points, point_seconds)
        stopped = why_stopped() if expired() else ""
    found = settled_points(settling, blocks)
    return replace(
        _swept(asked, design, seed, wanted, points, settling, found, drawing),
        stopped=stopped,
        seconds=perf_counter() - started,
    )


def gathered(drawing: Drawing, wanted: int) -> Draws:
    """All draws as one."""
    batches = list(drawing.batches(wanted))
    if not batches:
        return Draws(drawing.premises, np.empty((0, len(drawing.premises.free)), dtype=np.int64))
    chains = [batch.chains for batch in batches if batch.chains is not None]
    return Draws(
        drawing.premises,
        np.concatenate([batch.odd for batch in batches]),
        np.concatenate(chains) if chains else None,
    )


def how_drawn(design: str, drawing: Drawing) -> str:
    """The design, how conditions were met, and how many of the draws met those that reject."""
    accepted = [f"{percent(drawing.acceptance)} accepted"] if drawing.acceptance < 1 else []
    conditions = [method for method in drawing.methods if method != UNRESTRICTED]
    return "; ".join([DESIGNS[design].title, *conditions, *accepted])


def settled_in_time(asked: Swept, points: Draws, point_seconds: float) -> tuple[Settling, list[Settled]]:
    """The points as far as the time goes, and what settled them.

    Raises `InputError` where it did not go as far as the first.
    """
    try:
        settling = Settling(asked.model, asked.concept, point_seconds)
        blocks = [block for block in settling.blocks(points) if len(block)]
    except OutOfTimeError:
        blocks = []
    if not blocks:
        raise InputError("the time was up before a point was settled; allow more time")
    return settling, blocks


def settled_points(settling: Settling, blocks: Sequence[Settled]) -> Settled:
    """The blocks as one, with a column for each outcome that any of them met.

    Raises `InputError` where the concept refuses every point.
    """
    width = len(settling.outcomes)
    found = joined(
        [
            replace(
                block, probability=np.pad(block.probability, ((0, 0), (0, width - block.probability.shape[1]), (0, 0)))
            )
            for block in blocks
        ]
    )
    if len(found) and (found.how == REFUSED).all():
        raise InputError(settling.refused)
    return found


def _swept(
    asked: Swept,
    design: str,
    seed: int,
    wanted: int,
    points: Draws,
    settling: Settling,
    found: Settled,
    drawing: Drawing,
) -> Sweep:
    outcomes = settling.outcomes
    met = {outcome for play in settling.plays.plays for outcome in play}
    columns = [k for k in range(len(outcomes)) if k in met]
    points = points.where(slice(0, len(found)))
    return Sweep(
        asked,
        design,
        seed,
        wanted,
        points,
        tuple(outcomes[k] for k in columns),
        tuple(outcome for k, outcome in enumerate(outcomes) if k not in met),
        settling.amounts,
        tuple(tuple(sorted(outcomes[k] for k in play)) for play in settling.plays.plays),
        tuple(settling.plays.kinds),
        replace(found, probability=found.probability[:, columns]),
        how_drawn(design, drawing),
        settling.refused,
        "",
        _effective(points, found, drawing),
    )


def _effective(points: Draws, found: Settled, drawing: Drawing) -> float:
    """How many independent points these are worth."""
    if points.chains is None or not len(found):
        return float(len(found))
    columns = [found.kinds == kind for kind in np.unique(found.kinds)]
    return float(worth(points.chains, [*columns, *points.odd.T[drawing.walked]]))
