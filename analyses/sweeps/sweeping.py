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
from analyses.sweeps.shares import OutcomeShare
from analyses.sweeps.swept import Swept, swept
from analyses.sweeps.tally import HOW, Tally, play_in_words, set_in_words
from analyses.sweeps.ways import REFUSED, Settled, joined, selections
from analyses.writing import no_formula, write_file
from games.errors import InputError
from games.model import Model
from games.solvers.limits import OutOfTimeError, check_limit, expired, time_limit, why_stopped
from games.tables import Table, frame_of

if TYPE_CHECKING:
    from pandas import DataFrame

SAMPLES = 2**12
SECONDS = 60.0
MOST_SAMPLES = 100_000
WIDTH = 100


@dataclass(frozen=True, repr=False, eq=False)
class Sweep:
    """What is played at the ``points``; `Settled` says what each array of ``settled`` holds.

    ``outcomes`` are those that some equilibrium reaches somewhere, ``never`` the others; ``amounts`` the payoffs, and
    the numbers chosen in a game of continuous choice. A play of ``plays`` is the outcomes that an equilibrium reaches,
    a set of ``kinds`` the plays that there are at a point, by number. ``wanted`` is how many points were asked for,
    ``refused`` says why there was nothing to solve, where that happened first, ``stopped`` why points were left out.

    >>> from analyses.sweeps import sweep
    >>> from games.catalog import load
    >>> found = sweep(load("conflict-expectations"), samples=256)
    >>> found.outcomes, found.wanted
    (('The target concedes', 'Sanctions are imposed and the target stands firm', 'Nothing changes'), 256)
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
    def tally(self) -> Tally:
        """What was counted over all points."""
        least, greatest = (self.settled.probability[:, :, k].mean(axis=0).tolist() for k in (0, 1))
        return Tally(
            self.swept,
            self.design,
            self.seed,
            self.wanted,
            self.method,
            self.outcomes,
            self.never,
            tuple(tuple(self.plays[play] for play in kind) for kind in self.kinds),
            tuple(np.bincount(self.settled.kinds, minlength=len(self.kinds)).tolist()),
            tuple(map(self.settled_by, HOW)),
            int(np.sum(~self.settled.complete)),
            list(zip(least, greatest, strict=True)),
            {name: least_and_greatest(self.settled.amounts[:, k]) for k, name in enumerate(self.amounts)},
            self.refused,
            self.stopped,
            self.effective,
        )

    @property
    def shares(self) -> tuple[OutcomeShare, ...]:
        """For each outcome its part of the points at which there is a game."""
        return self.tally.shares

    @property
    def without(self) -> int:
        """At how many points there is a game, and no equilibrium was found."""
        return self.tally.without

    @property
    def several(self) -> int:
        """At how many points there are equilibria with different plays."""
        return self.tally.several

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader should know besides."""
        return self.tally.remarks

    def findings(self) -> tuple[str, ...]:
        """What is played how often, and how it was found out, in sentences."""
        return self.tally.findings()

    def table(self) -> Table:
        """One row for each outcome: how often it is played, and how probable it is on average."""
        return self.tally.table()

    @property
    def header(self) -> tuple[str, ...]:
        """The columns of a frame."""
        return header_of(self.model, self.outcomes, self.amounts)

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
        return play_in_words(self.plays[play])

    def _set(self, row: int) -> str:
        return set_in_words(self.set_at(row))

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
        return frame_of(self.rows(), self.header, "to_csv")

    def as_json(self) -> dict[str, object]:
        """What was swept and what was found, as plain data; the points themselves are in the CSV."""
        return self.tally.as_json()

    def __repr__(self) -> str:
        return "\n".join(fill(sentence, WIDTH) for sentence in self.findings())

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p>{escape(' '.join(self.findings()))}</p>{self.table().html()}"


def _given(value: float) -> float | None:
    return None if value != value else value


def least_and_greatest(values: NDArray[np.float64]) -> list[float] | None:
    """The least of the least and the greatest of the greatest; None where there is no value at all."""
    known = values[~np.isnan(values)]
    return [float(known.min()), float(known.max())] if len(known) else None


def header_of(model: Model, outcomes: Sequence[str], amounts: Sequence[str]) -> tuple[str, ...]:
    """The columns of a frame of points of the model."""
    ends = ("least", "greatest")
    return (
        *(p.name for p in model.parameters),
        "set",
        "plays",
        "complete",
        "settled",
        *(f"probability of {outcome}, {end}" for outcome in outcomes for end in ends),
        *(f"{name}, {end}" for name in amounts for end in ends),
        *(
            f"{selection}: {what}"
            for selection in selections(model.game.players)
            for what in ("play", *(f"payoff of {player}" for player in model.game.players))
        ),
    )


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

    >>> from analyses.sweeps import sweep
    >>> from games.catalog import load
    >>> sweep(load("conflict-expectations"), samples=256)
    “Nothing changes” is played by every equilibrium at 55.9 % of the points (95 % interval 49.5 % to
    62.0 %).
    “Sanctions are imposed and the target stands firm” is played by every equilibrium at 27.0 % of the
    points (95 % interval 21.6 % to 32.8 %).
    “The target concedes” is played by every equilibrium at 17.2 % of the points (95 % interval 12.8 %
    to 22.4 %).
    256 points in 4 parameters, scrambled Sobol points (seed 0): 256 settled exactly on arrays.
    Equilibria are those in pure strategies: where payoffs tie, mixing may reach more.

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
    return drawn_in_words(design, drawing.methods, drawing.acceptance)


def drawn_in_words(design: str, methods: Sequence[str], acceptance: float) -> str:
    """The same of a drawing that had these methods, and this part of its draws accepted."""
    accepted = [f"{percent(acceptance)} accepted"] if acceptance < 1 else []
    conditions = [method for method in methods if method != UNRESTRICTED]
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
    """The blocks as one.

    Raises `InputError` where the concept refuses every point.
    """
    found = one_block(settling, blocks)
    if len(found) and (found.how == REFUSED).all():
        raise InputError(settling.refused)
    return found


def one_block(settling: Settling, blocks: Sequence[Settled]) -> Settled:
    """The blocks as one, with a column for each outcome that any of them met."""
    width = len(settling.outcomes)
    return joined(
        [
            replace(
                block, probability=np.pad(block.probability, ((0, 0), (0, width - block.probability.shape[1]), (0, 0)))
            )
            for block in blocks
        ]
    )


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
        effective_points(points, found, drawing),
    )


def effective_points(points: Draws, found: Settled, drawing: Drawing) -> float:
    """How many independent points these are worth."""
    if points.chains is None or not len(found):
        return float(len(found))
    columns = [found.kinds == kind for kind in np.unique(found.kinds)]
    return float(worth(points.chains, [*columns, *points.odd.T[drawing.walked]]))
