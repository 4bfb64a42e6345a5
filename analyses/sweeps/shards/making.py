"""A shard: its points drawn and settled, as a Parquet file in bytes whose footer holds what was counted.

Whoever makes it needs the specification alone, and makes the same bytes whatever was made before.
"""

import json
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from analyses.sampling.addressed import part_of_design
from analyses.sampling.draws import Drawing, Draws
from analyses.sweeps.settling import Settling
from analyses.sweeps.shards.specification import Specification, code
from analyses.sweeps.solving import amounts
from analyses.sweeps.sweeping import effective_points, gathered, header_of, least_and_greatest, one_block
from analyses.sweeps.tally import HOW, play_in_words, set_in_words
from analyses.sweeps.ways import Floats, Settled
from games.errors import InputError
from games.solvers.limits import OutOfTimeError, expired

if TYPE_CHECKING:
    from pyarrow import Array, Table

FOOTER = b"parley"
"""The key of the footer's entry."""

LEVEL = 1
"""How hard the files are packed; more takes longer than it saves."""


@dataclass(frozen=True)
class Failure:
    """Why a shard could not be made."""

    number: int
    why: str


@dataclass(frozen=True)
class Work:
    """A specification as it is sent to other processes, with the version of the code that is to make its shards."""

    specification: bytes
    code: tuple[tuple[str, str], ...]

    @staticmethod
    def of(specification: Specification) -> "Work":
        """Raises `InputError` for a model that cannot be sent."""
        try:
            return Work(pickle.dumps(specification), tuple(code().items()))
        except Exception as error:
            raise _cannot_be_sent(error) from None


def _cannot_be_sent(error: Exception) -> InputError:
    return InputError(
        f"the model cannot be sent to other processes ({' '.join(str(error).split())}); define its functions (such as "
        "outcome_words) in a module of their own, or give workers=1"
    )


def made(work: Work, number: int) -> bytes | Failure:
    """The shard in another process. Raises `InputError` where none of the work's shards can be made there."""
    maker = _maker(work)
    try:
        return maker.shard(number)
    except Exception as error:
        return failure(number, error)


def failure(number: int, error: Exception) -> Failure:
    """That the error came up in making the shard."""
    return Failure(number, " ".join(f"{type(error).__name__}: {error}".split()))


@lru_cache(maxsize=1)
def _maker(work: Work) -> "Maker":
    own = tuple(code().items())
    if own != work.code:
        raise InputError(
            f"a worker has {_other(own, work.code)}, the sweep has {_other(work.code, own)}; install the same version "
            "of Parley and of its libraries everywhere"
        )
    try:
        specification: Specification = pickle.loads(work.specification)
    except Exception as error:
        raise _cannot_be_sent(error) from None
    return Maker(specification)


def _other(own: tuple[tuple[str, str], ...], others: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{name} {version}" for name, version in own if (name, version) not in others)


class Maker:
    """Makes shards of a sweep; what they share is worked out once."""

    def __init__(self, specification: Specification) -> None:
        self.specification = specification
        asked = specification.swept
        self._settling = Settling(asked.model, asked.concept, specification.point_seconds)

    def shard(self, number: int) -> bytes:
        """The file. Raises `OutOfTimeError` where the time of this process is up first."""
        spec = self.specification
        own = spec.rows_of(number)
        drawing = part_of_design(spec.swept.premises, spec.design, spec.samples, spec.seed, number, own)
        points = gathered(drawing, len(own))
        _ = points.named  # once for all blocks, and for the file
        settling = self._settling.afresh()
        blocks = list(settling.blocks(points))
        if expired():
            raise OutOfTimeError
        if not blocks:
            raise InputError(f"none of {drawing.tried:,} draws met the premises; weaken them")
        found = one_block(settling, blocks)
        return _file(Shard(spec, number, drawing, points, settling, found))


@dataclass(frozen=True)
class Shard:
    """A shard's points, and what was found at them."""

    specification: Specification
    number: int
    drawing: Drawing
    points: Draws
    settling: Settling
    found: Settled

    @property
    def plays(self) -> list[tuple[str, ...]]:
        """The outcomes of each play, in the order of their numbers."""
        outcomes = self.settling.outcomes
        return [tuple(sorted(outcomes[k] for k in play)) for play in self.settling.plays.plays]

    @property
    def kinds(self) -> list[list[tuple[str, ...]]]:
        """The plays of each set, in the order of their numbers."""
        plays = self.plays
        return [[plays[play] for play in kind] for kind in self.settling.plays.kinds]

    @property
    def met(self) -> list[int]:
        """The columns of the outcomes that some equilibrium reaches."""
        reached = {k for play in self.settling.plays.plays for k in play}
        return [k for k in range(len(self.settling.outcomes)) if k in reached]

    @cached_property
    def is_told_by_sets(self) -> bool:
        """Whether every play has one outcome and takes it for certain, so that the sets tell all probabilities."""
        probability = self.found.probability
        single = all(len(play) == 1 for play in self.settling.plays.plays)
        return single and bool(((probability == 0) | (probability == 1)).all())

    def sums(self, counts: Sequence[int]) -> list[list[float]]:
        """The sums of the least and of the greatest probability of each outcome that was met."""
        if self.is_told_by_sets:
            told = [told_by_sets(self.kinds, self.settling.outcomes[k]) for k in self.met]
            return [[float(np.dot(counts, end)) for end in ends] for ends in told]
        sums: list[list[float]] = self.found.probability[:, self.met].sum(axis=0).tolist()
        return sums

    def summary(self) -> dict[str, object]:
        """What was counted, as plain data."""
        found, outcomes = self.found, self.settling.outcomes
        counts = np.bincount(found.kinds, minlength=len(self.settling.plays.kinds)).tolist()
        return {
            "key": self.specification.key,
            "number": self.number,
            "points": len(found),
            "outcomes": [outcomes[k] for k in self.met],
            "all_outcomes": list(outcomes),
            "kinds": self.kinds,
            "counts": counts,
            "how": [int(np.sum(found.how == how)) for how in HOW],
            "incomplete": int(np.sum(~found.complete)),
            "sums": self.sums(counts),
            "ends": {n: least_and_greatest(found.amounts[:, k]) for k, n in enumerate(self.settling.amounts)},
            "refused": self.settling.refused,
            "effective": effective_points(self.points, found, self.drawing),
            "methods": self.drawing.methods,
            "acceptance": self.drawing.acceptance,
        }

    def table(self) -> "Table":
        """The columns of a frame but those that the specification or the sets tell: see `LongSweep`."""
        import pyarrow

        swept, found = self.specification.swept, self.found
        plays, kinds = list(map(play_in_words, self.plays)), self.kinds
        columns: list[Any] = []
        for p in swept.model.parameters:
            if p.name not in swept.fixed:
                columns.append(np.broadcast_to(self.points.named[p.name].value, len(found)))
        columns += [
            _words(found.kinds, [set_in_words(kind) for kind in kinds]),
            pyarrow.array(np.array([len(kind) for kind in kinds] or [0], dtype=np.int32)[found.kinds]),
            pyarrow.array(found.complete),
            _words(found.how, list(HOW.values())),
        ]
        probabilities = [] if self.is_told_by_sets else self.met
        columns += [_numbers(found.probability[:, k, end]) for k in probabilities for end in (0, 1)]
        columns += [_numbers(found.amounts[:, k, end]) for k in range(found.amounts.shape[1]) for end in (0, 1)]
        for k in range(found.selected.shape[1]):
            columns.append(_words(found.selected_play[:, k], plays))
            columns += [_numbers(paid) for paid in found.selected[:, k].T]
        names = stored_header(self.specification, [self.settling.outcomes[k] for k in probabilities])
        return pyarrow.table(dict(zip(names, columns, strict=True)))


def told_by_sets(kinds: Sequence[Sequence[Sequence[str]]], outcome: str) -> tuple[Floats, Floats]:
    """The least and the greatest probability of an outcome by set of plays, each of which has one outcome."""
    least = [bool(kind) and all(outcome in play for play in kind) for kind in kinds]
    greatest = [any(outcome in play for play in kind) for kind in kinds]
    return np.array(least, dtype=float), np.array(greatest, dtype=float)


def stored_header(specification: Specification, outcomes: Sequence[str]) -> list[str]:
    """The columns of a shard that has the probabilities of these outcomes."""
    swept = specification.swept
    return [name for name in header_of(swept.model, outcomes, amounts(swept.model)) if name not in swept.fixed]


def _words(codes: NDArray[Any], words: Sequence[str]) -> "Array":
    """A column of words by number, of which each is stored once; −1 for none."""
    import pyarrow

    indices = pyarrow.array(codes.astype(np.int32), mask=codes < 0)
    return pyarrow.DictionaryArray.from_arrays(indices, pyarrow.array(words, pyarrow.string()))


def _numbers(values: Floats) -> "Array":
    """A column of floats, none where there is no value."""
    import pyarrow

    return pyarrow.array(np.ascontiguousarray(values), from_pandas=True)


def _file(shard: Shard) -> bytes:
    import pyarrow
    from pyarrow import parquet

    table = shard.table()
    summary = json.dumps(shard.summary(), ensure_ascii=True)
    table = table.replace_schema_metadata({FOOTER: summary.encode()})
    floats = [field.name for field in table.schema if pyarrow.types.is_floating(field.type)]
    stream = BytesIO()
    parquet.write_table(
        table,
        stream,
        compression="zstd",
        compression_level=LEVEL,
        use_dictionary=[field.name for field in table.schema if field.name not in floats],
        use_byte_stream_split=floats,
        write_statistics=False,
        write_page_checksum=True,
    )
    return stream.getvalue()
