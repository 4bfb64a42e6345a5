"""A long sweep: as many points as wanted, made shard by shard and kept in a folder, so that nothing finished is lost.

Every shard has the same bytes whoever makes it, however many make them together, and whether the run was interrupted
or not: `analyses.sampling.addressed` says how the points of a shard are known without those before it. Two things
are beyond that: a point that takes the exact solver longer than the time it has, and the last digits of a random walk
(hit and run) on processors of different kinds.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from analyses.claims.share import check_counts
from analyses.sampling.addressed import laid_points
from analyses.sampling.designs import check_allows, suited
from analyses.sweeps.settling import SECONDS as POINT_SECONDS
from analyses.sweeps.shards.counting import Counting
from analyses.sweeps.shards.crews import Done, here, on_cluster, on_processes
from analyses.sweeps.shards.folder import Folder, folder_at
from analyses.sweeps.shards.making import Failure, told_by_sets
from analyses.sweeps.shards.specification import Specification
from analyses.sweeps.solving import amounts
from analyses.sweeps.sweeping import SAMPLES, WIDTH, header_of
from analyses.sweeps.swept import Swept, swept
from analyses.sweeps.tally import MOST_SHOWN, Tally
from games.errors import InputError, check_kind
from games.model import Model
from games.solvers.limits import check_limit, expired, time_limit, why_stopped
from games.tables import Table

if TYPE_CHECKING:
    from pandas import DataFrame

ROWS = 2**15
"""The points of a shard."""

Crew: TypeAlias = Callable[[Iterable[int]], Generator[Done]]
"""Who makes shards of these numbers."""

MOST_SAMPLES = 2**32
MOST_ROWS = 2**20
MOST_WORKERS = 1_024


@dataclass(frozen=True, repr=False, eq=False)
class LongSweep:
    """What is played at the points of a long sweep, as far as its ``folder`` has them.

    ``failed`` are the shards that could not be made, ``stopped`` says why others were left out. Whatever is asked is
    read shard by shard; only `to_frame` holds all points at once.

    >>> from tempfile import TemporaryDirectory
    >>> from analyses.sweeps import long_sweep
    >>> from games.catalog import load
    >>> with TemporaryDirectory() as folder:
    ...     found = long_sweep(load("conflict-expectations"), out=f"{folder}/sweep", samples=256, rows=128)
    ...     print([len(frame) for frame in found.frames()])
    [128, 128]
    """

    specification: Specification
    folder: Path
    failed: tuple[Failure, ...] = ()
    stopped: str = ""

    @property
    def swept(self) -> Swept:
        return self.specification.swept

    @property
    def model(self) -> Model:
        return self.swept.model

    @property
    def manifest(self) -> Path:
        """The file that says what was swept, by which code, and which shards there are."""
        return self._folder.manifest

    @property
    def shards(self) -> tuple[Path, ...]:
        """The Parquet files that are finished, in order."""
        return tuple(map(self._folder.file, self._folder.finished))

    def __len__(self) -> int:
        return len(self.tally)

    @property
    def _folder(self) -> Folder:
        return Folder(self.folder, self.specification)

    @cached_property
    def tally(self) -> Tally:
        """What was counted over all points. Raises `InputError` where no shard is finished."""
        self.check_has_some()
        counting = Counting()
        for number in self._folder.finished:
            counting.add(self._folder.summary(number))
        return counting.tally(self.specification, self._why_less)

    def check_has_some(self) -> None:
        """Raises `InputError` where no shard is finished."""
        if not self._folder.finished:
            raise InputError(self._nothing())

    def _nothing(self) -> str:
        if self.failed:
            return f"no shard could be made: {self._of_failure(self.failed[0])}"
        return "the time was up before a shard was finished; allow more time"

    @property
    def _why_less(self) -> str:
        if self.failed:
            return f"{len(self.failed):,} of {self.specification.shards:,} shards failed"
        return self.stopped

    def _of_failure(self, failure: Failure) -> str:
        return f"{self.specification.described(failure.number)} failed: {failure.why}"

    @property
    def failures(self) -> tuple[str, ...]:
        """Each shard that failed, with its specification and why."""
        return tuple(map(self._of_failure, self.failed))

    def findings(self) -> tuple[str, ...]:
        """What is played how often, and how it was found out, in sentences."""
        said = [f"{failure}." for failure in self.failures[:MOST_SHOWN]]
        if len(self.failed) > MOST_SHOWN:
            said.append(f"{self.manifest} has the other {len(self.failed) - MOST_SHOWN:,} that failed.")
        return (*self.tally.findings(), *said)

    def table(self) -> Table:
        """One row for each outcome: how often it is played, and how probable it is on average."""
        return self.tally.table()

    def as_json(self) -> dict[str, object]:
        """What was swept and what was found, as plain data; the points themselves are in the folder."""
        return self.tally.as_json() | {
            "folder": str(self.folder),
            "shards": self.specification.shards,
            "finished": len(self.shards),
            "failed": list(self.failures),
        }

    @property
    def header(self) -> tuple[str, ...]:
        """The columns of a frame, those of `Sweep`.

        The files leave out what is the same at all points or follows from the sets: the parameters that do not move,
        and, in a shard where every play has a single outcome for certain, the probabilities.
        """
        return header_of(self.model, self.tally.outcomes, amounts(self.model))

    def frames(self) -> "Iterator[DataFrame]":
        """The points shard by shard, with all columns of `header`; words are categories.

        Raises `InputError` where pandas is not installed, and for a damaged shard.
        """
        _check_pandas()
        for number in self._folder.finished:
            yield self._frame(number)

    def to_frame(self) -> "DataFrame":
        """All points as one frame of pandas, in order. Raises `InputError` as `frames` does."""
        _check_pandas()
        from pandas import CategoricalDtype, concat
        from pandas.api.types import union_categoricals

        frames = list(self.frames())
        for name in [n for n, kind in frames[0].dtypes.items() if isinstance(kind, CategoricalDtype)]:
            words = union_categoricals([frame[name] for frame in frames]).categories
            for frame in frames:
                frame[name] = frame[name].cat.set_categories(words)
        return concat(frames, ignore_index=True)

    def _frame(self, number: int) -> "DataFrame":
        table, kinds = self._folder.read(number), self._folder.summary(number)["kinds"]
        frame = table.to_pandas()
        given = {name: np.full(len(frame), float(value)) for name, value in self.swept.fixed.items()}
        given |= _probabilities(kinds, table.column("set"), self.tally.outcomes, frame.columns)
        return frame.assign(**given)[list(self.header)]

    def __repr__(self) -> str:
        return "\n".join(fill(sentence, WIDTH) for sentence in self.findings())

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p>{escape(' '.join(self.findings()))}</p>{self.table().html()}"


def _probabilities(
    kinds: Sequence[Sequence[Sequence[str]]], sets: Any, outcomes: Sequence[str], stored: Sequence[str]
) -> dict[str, Any]:
    """The columns of probabilities that a shard leaves out: by its sets, and nil for outcomes it never met."""
    codes = np.concatenate([chunk.indices.to_numpy() for chunk in sets.chunks])
    found = {}
    for outcome in outcomes:
        for end, told in zip(("least", "greatest"), told_by_sets(kinds, outcome), strict=True):
            name = f"probability of {outcome}, {end}"
            if name not in stored:
                found[name] = told[codes]
    return found


def _check_pandas() -> None:
    try:
        import pandas  # noqa: F401
    except ImportError:
        raise InputError(
            "a frame needs pandas, which is not installed; install it (pip install pandas), or read the Parquet files "
            "with what you have"
        ) from None


def _check_parquet() -> None:
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise InputError(
            "a sweep in shards needs pyarrow, which is not installed; install it (pip install pyarrow), or write a "
            "table with --out FILE.csv"
        ) from None


def long_sweep(
    model: Model,
    *,
    out: Path | str,
    names: Sequence[str] | None = None,
    values: Mapping[str, object] | None = None,
    premises: Sequence[object] = (),
    concept: str | None = None,
    design: str | None = None,
    samples: int = SAMPLES,
    seed: int = 0,
    workers: int = 1,
    cluster: str | None = None,
    resume: bool = False,
    seconds: float | None = None,
    point_seconds: float = POINT_SECONDS,
    rows: int | None = None,
    observe: Callable[[int, int], None] | None = None,
) -> LongSweep:
    """A sweep whose points go into the folder ``out``, in shards of ``rows`` points (by default `ROWS`).

    What is swept is said as for `sweep`. The shards are made in this process, by as many ``workers``, processes of this
    machine, or on a ``cluster`` of Dask, given by its scheduler's address; who makes them changes nothing in what is
    written. A script that asks for several workers does so under ``if __name__ == "__main__":``. Connections to a
    cluster are encrypted as Dask's own configuration says (addresses ``tls://…``), and nothing here listens for any.

    A folder with something in it is refused unless the sweep is to ``resume``: then what is finished there stays, and
    only the rest is made. ``seconds`` limits the time of this run, ``point_seconds`` that of the exact solver for one
    point. ``observe`` is told how many points are finished, and how many there will be.

    >>> from tempfile import TemporaryDirectory
    >>> from analyses.sweeps import long_sweep
    >>> from games.catalog import load
    >>> with TemporaryDirectory() as folder:
    ...     found = long_sweep(load("conflict-expectations"), out=f"{folder}/sweep", samples=256, rows=128)
    ...     print(found.findings()[0])
    “Nothing changes” is played by every equilibrium at 55.9 % of the points (95 % interval 49.5 % to 62.0 %).

    Raises `InputError` for what `sweep` refuses, for a folder that cannot be written or holds another sweep, and where
    no shard was finished. A shard that cannot be made is among the ``failed``; the others are finished all the same.
    """
    _check_parquet()
    specification = _specified(
        swept(model, names, values, premises, concept),
        design,
        samples,
        seed,
        ROWS if rows is None else rows,
        point_seconds,
    )
    check_kind(resume, bool, "resume", "True or False")
    make = _crew(specification, workers, cluster)
    folder = Folder(folder_at(out), specification)
    there = folder.begin(resume)
    with time_limit(seconds):
        failed = _written(folder, there, make, observe or (lambda _done, _of: None))
        missing = len(folder.finished) + len(failed) < specification.shards
        stopped = f"{why_stopped()}; go on with --resume (resume=True)" if missing and expired() else ""
    folder.finish(failed)
    found = LongSweep(specification, folder.path, tuple(failed), stopped)
    found.check_has_some()
    return found


def _written(folder: Folder, there: Set[int], make: Crew, tell: Callable[[int, int], None]) -> list[Failure]:
    """Puts all shards into the folder but those that are there; the ones that failed."""
    specification = folder.specification
    finished = sum(len(specification.rows_of(number)) for number in there)
    failed: list[Failure] = []
    tell(finished, specification.points)
    with closing(make(number for number in range(specification.shards) if number not in there)) as done:
        for number, made in done:
            if isinstance(made, Failure):
                failed.append(made)
            else:
                folder.write(number, made)
            finished += len(specification.rows_of(number))
            tell(finished, specification.points)
    return sorted(failed, key=lambda failure: failure.number)


def _specified(
    asked: Swept, design: str | None, samples: int, seed: int, rows: int, point_seconds: float
) -> Specification:
    check_counts(samples, seed, MOST_SAMPLES)
    check_limit(point_seconds)
    _check_whole(rows, "the number of points in a shard", MOST_ROWS)
    design = suited(asked.premises) if design is None else design
    check_allows(asked.premises, design)
    points = laid_points(asked.premises, design, samples)
    return Specification(asked, design, samples, points, seed, rows, point_seconds)


def _crew(specification: Specification, workers: int, cluster: str | None) -> Crew:
    _check_whole(workers, "the number of workers", MOST_WORKERS)
    if cluster is not None:
        check_kind(cluster, str, "the cluster", "its scheduler's address, such as tcp://127.0.0.1:8786")
        return lambda numbers: on_cluster(specification, numbers, cluster)
    if workers == 1:
        return lambda numbers: here(specification, numbers)
    return lambda numbers: on_processes(specification, numbers, workers)


def _check_whole(value: object, what: str, most: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise InputError(f"{what} is {value!r:.40}; give a whole number from 1 to {most:,}")
