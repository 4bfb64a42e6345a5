"""What each parameter decides, as data: indices by target, their intervals, and exact values where there are any."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from io import StringIO
from itertools import combinations
from pathlib import Path
from textwrap import fill

from analyses.importance import report
from analyses.importance.dependence import Dependence
from analyses.importance.exact import Exact
from analyses.importance.intervals import Index
from analyses.importance.targets import ENTROPY, FIRST, KERNEL, SECOND, THE_SET, TOTAL, Estimate, Target
from analyses.solution.report import glosses
from analyses.sweeps.shares import OutcomeShare
from analyses.sweeps.swept import Swept, premises_in_words
from analyses.writing import write_file
from games.errors import InputError
from games.model import Model
from games.tables import Table, Tabular

WIDTH = 100
COLUMNS = ("of", "index", "parameter", "estimate", "low", "high", "p", "exact")


@dataclass(frozen=True, repr=False)
class Importance(Tabular):
    """What each parameter decides.

    ``names`` are the parameters that no equation fixes, ``groups`` those together that premises link or that were
    grouped, by position; ``labels`` are the names of the latter. ``targets`` have an index for each group, that of the
    set first; ``entropy`` and ``dependence`` are of the set, one for each parameter; ``estimates`` are those of the
    further ``measures``, as far as time allowed: ``unweighed`` counts the targets that it left out. ``sets`` is how
    many sets were met, ``shares`` are those of the outcomes. ``pairs`` of points were compared group by group;
    ``settled`` is how many points that took, ``incomplete`` at how many of these there may be more equilibria,
    ``numeric`` at how many they are numeric.

    >>> from analyses.importance import importance
    >>> from games.catalog import load
    >>> found = importance(load("conflict-expectations"), samples=256)
    >>> [found.names[k] for k in found.order]
    ['c_t', 'beta', 'c_s', 'D']
    """

    swept: Swept
    design: str
    seed: int
    wanted: int
    pairs: int
    settled: int
    incomplete: int
    numeric: int
    names: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    sets: int
    shares: tuple[OutcomeShare, ...]
    targets: tuple[Target, ...]
    entropy: tuple[Index, ...]
    dependence: tuple[Dependence, ...]
    method: str
    effective: float
    exact: Exact
    labels: Mapping[tuple[int, ...], str] = field(default_factory=dict)
    measures: tuple[str, ...] = ()
    estimates: tuple[Estimate, ...] = ()
    unweighed: int = 0
    stopped: str = ""
    seconds: float = field(default=0.0, compare=False)

    @property
    def model(self) -> Model:
        return self.swept.model

    @property
    def the_set(self) -> Target:
        """The set of outcomes."""
        return self.targets[0]

    @property
    def group_names(self) -> tuple[str, ...]:
        """The groups in words."""
        return tuple(self.labels.get(group) or " with ".join(self.names[k] for k in group) for group in self.groups)

    @property
    def pair_names(self) -> tuple[str, ...]:
        """The pairs of groups in words, in the order of second-order indices."""
        return tuple(f"{one} × {other}" for one, other in combinations(self.group_names, 2))

    def target(self, name: str) -> Target:
        """The target of that name. Raises `InputError` for one that there is not."""
        for target in self.targets:
            if target.name == name:
                return target
        raise InputError(f"there is no {name!r}; there are {', '.join(target.name for target in self.targets)}")

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The parameters by position, those first that decide the set most: by the total index of their group, then by
        the entropy explained."""
        total = self._totals(self.the_set)
        return tuple(sorted(range(len(self.names)), key=lambda k: (-total[k], -self.entropy[k].value, k)))

    def _totals(self, target: Target) -> list[float]:
        found = [0.0] * len(self.names)
        for group, members in enumerate(self.groups):
            for k in members:
                found[k] = target.indices.total[group].value if target.indices else 0.0
        return found

    def group_of(self, k: int) -> int:
        """The group that a parameter belongs to."""
        return next(number for number, members in enumerate(self.groups) if k in members)

    def findings(self) -> tuple[str, ...]:
        """What decides most, what decides each outcome and payoff, and what does not vary, in sentences."""
        return report.findings(self)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader should know besides."""
        return report.remarks(self)

    def table(self) -> Table:
        """One row for each parameter, those that decide most first."""
        return report.table(self)

    def tables(self) -> tuple[Table, ...]:
        """`table`, and one of the further measures if there are any."""
        return (self.table(), report.measures_table(self)) if self.estimates else (self.table(),)

    def rows(self) -> Iterator[tuple[object, ...]]:
        """Every index: what it is of, which one, the parameter or group, estimate, lower and upper end, p-value, and
        the exact value, None where there is none."""
        for target in self.targets:
            if target.indices is None:
                continue
            pairs = [(*one, *other) for one, other in combinations(self.groups, 2)]
            for which, found, groups, names in (
                (FIRST, target.indices.first, self.groups, self.group_names),
                (TOTAL, target.indices.total, self.groups, self.group_names),
                (SECOND, target.indices.second, pairs, self.pair_names),
            ):
                for group, name, index in zip(groups, names, found, strict=False):
                    exact = self.exact.indices.get((target.name, which, group))
                    yield target.name, which, name, index.value, index.low, index.high, None, exact
        for name, index, depends in zip(self.names, self.entropy, self.dependence, strict=True):
            yield THE_SET, ENTROPY, name, index.value, index.low, index.high, None, None
            of = depends.index
            yield THE_SET, KERNEL, name, of.value, of.low, of.high, depends.p_value, None
        for each in self.estimates:
            index = each.index
            yield each.of, each.measure, each.who, index.value, index.low, index.high, None, None

    def csv(self) -> str:
        """A line for each index, with a header."""
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(self.rows())
        return text.getvalue()

    def to_csv(self, path: Path | str) -> Path:
        """Writes `csv` into a file, beside its place first. Raises `InputError` where that cannot be."""
        return write_file(path, self.csv().encode())

    def as_json(self) -> dict[str, object]:
        """The result as plain data."""
        return {
            "model": self.model.name,
            "concept": self.swept.concept.name,
            "design": self.design,
            "seed": self.seed,
            "moved": list(self.swept.names),
            "fixed": {name: str(value) for name, value in self.swept.fixed.items()},
            "premises": list(premises_in_words(self.swept)),
            "pairs": self.pairs,
            "points": self.settled,
            "incomplete": self.incomplete,
            "groups": [[self.names[k] for k in group] for group in self.groups],
            "measures": list(self.measures),
            "outcomes": [self._share_as_json(share) for share in self.shares],
            "constant": {
                target.name: target.indices.constant
                for target in self.targets[1:]
                if target.indices and target.indices.constant is not None
            },
            "undefined": {t.name: t.undefined for t in self.targets if t.undefined},
            "no_exact_values_because": self.exact.because,
            "indices": [
                dict(zip(COLUMNS, (*row, exact if exact is None else str(exact)), strict=True))
                for *row, exact in self.rows()
            ],
            "findings": list(self.findings()),
        }

    def _share_as_json(self, share: OutcomeShare) -> dict[str, object]:
        exact = self.exact.shares.get(share.outcome)
        ends = {} if exact is None else {"certain_exact": str(exact[0]), "possible_exact": str(exact[1])}
        return share.as_json() | ends

    def __repr__(self) -> str:
        told = [fill(sentence, WIDTH) for sentence in self.findings()]
        return "\n".join([*told, *glosses(self.swept.model, self.names)])

    def _repr_html_(self) -> str:
        from html import escape

        tables = "".join(table.html() for table in self.tables())
        return f"<p>{escape(' '.join(self.findings()))}</p>{tables}"
