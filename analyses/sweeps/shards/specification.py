"""What a long sweep is: all that its points and answers hang on, the code among it, and names hashed from that."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from functools import cache, cached_property
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

from analyses.sweeps.swept import Swept, premises_in_words
from games.formulas.relations import in_words
from games.model import Model

LIBRARIES = ("numpy", "scipy", "sympy", "pyarrow")
"""Those on whose version the bytes of a shard may hang."""

MOST_PATHS = 10_000
"""The words of so many outcomes are looked at."""

DIGITS = 16
"""How many digits of a hash a name has."""


@dataclass(frozen=True)
class Specification:
    """A long sweep of ``points`` points, ``rows`` in each shard but the last."""

    swept: Swept
    design: str
    samples: int
    points: int
    seed: int
    rows: int
    point_seconds: float

    def as_json(self) -> dict[str, object]:
        """All of it as plain data, exact numbers as text; equal data give equal shards if the code is the same."""
        model = self.swept.model
        return {
            "model": model.name,
            "content": digest(content(model)),
            "concept": self.swept.concept.name,
            "moved": list(self.swept.names),
            "fixed": {name: str(value) for name, value in self.swept.fixed.items()},
            "premises": list(premises_in_words(self.swept)),
            "design": self.design,
            "samples": self.samples,
            "seed": self.seed,
            "rows": self.rows,
            "point_seconds": str(Fraction(self.point_seconds)),
        }

    @cached_property
    def key(self) -> str:
        """The hash of the specification and of the code's version."""
        return digest({"specification": self.as_json(), "code": code()})

    @property
    def shards(self) -> int:
        """How many there are."""
        return -(-self.points // self.rows)

    def rows_of(self, number: int) -> range:
        """The points of a shard, by number."""
        return range(number * self.rows, min((number + 1) * self.rows, self.points))

    def name_of(self, number: int) -> str:
        """The file of a shard: its number, and the hash of what it holds."""
        return f"{number:06d}-{digest([self.key, number])}.parquet"

    def described(self, number: int) -> str:
        """A shard in words, such that it can be made again by itself."""
        own = self.rows_of(number)
        return (
            f"shard {number} ({self.name_of(number)}: points {own.start:,} to {own.stop - 1:,} of {self.points:,}, "
            f"{self.swept.model.name}, {self.swept.concept.name}, {self.design}, seed {self.seed})"
        )


def digest(data: object) -> str:
    """The hash of plain data."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


@cache
def code() -> Mapping[str, str]:
    """The version of this code, with a hash of its files, and of the `LIBRARIES`."""
    import analyses
    import games

    roots = [Path(file).parent for file in (games.__file__, analyses.__file__) if file is not None]
    files = hashlib.sha256()
    for root in roots:
        for path in sorted(root.rglob("*.py")):
            files.update(path.relative_to(root.parent).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    own = {"parley": games.__version__, "files": files.hexdigest()[:DIGITS]}
    return own | {name: version(name) for name in LIBRARIES}


def content(model: Model) -> object:
    """What the answers hang on, as plain data: the game in formulas, ranges, assumptions and words for outcomes."""
    paths = islice(model.game.written_out.paths, MOST_PATHS)
    return {
        "game": _plain(model.game),
        "parameters": [[p.name, str(p.low), str(p.high), str(p.default)] for p in model.parameters],
        "assumptions": [in_words(assumption.relation) for assumption in model.assumptions],
        "words": [[list(path), model.outcome_words(path)] for path in paths],
    }


def _plain(value: Any) -> object:
    """A game's fields by name, down to numbers and formulas as text."""
    if is_dataclass(value):
        return [type(value).__name__, *([f.name, _plain(getattr(value, f.name))] for f in fields(value))]
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(each)] for key, each in value.items()]
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return str(value)
