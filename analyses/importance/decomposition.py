"""How much hangs on payoffs, on the selection among equilibria, on the concept, and on the model of a family."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import fill

from analyses.claims.share import percent
from analyses.importance.intervals import Index
from games.exact import amount
from games.tables import Cell, Table, Tabular

WIDTH = 100

PAYOFFS, SELECTION, CONCEPT, MODEL = "payoffs", "selection", "concept", "model"

SAID = {
    PAYOFFS: "the payoffs (all parameters together)",
    SELECTION: "the selection among equilibria",
    CONCEPT: "the solution concept",
}
DIFFER = "the order of moves, or what is known"
"""In what the models of a family differ, where nothing is said of it."""


@dataclass(frozen=True)
class Factor:
    """One factor of the decomposition, with its ``levels``; of payoffs there are as many as points.

    ``alone`` is its first Sobol index, ``with_others`` its total one. ``explained`` is the part of the entropy that it
    takes away by itself, None where the answer is a number. ``means`` are the answer's mean at each level: of a number
    that, of a class of outcomes its share; empty for payoffs.
    """

    name: str
    levels: tuple[str, ...]
    alone: Index
    with_others: Index
    explained: Index | None
    means: tuple[Index, ...] = ()


@dataclass(frozen=True, repr=False)
class Decomposition(Tabular):
    """What an answer hangs on: ``of`` in words, over ``models``, each under its ``concepts``.

    ``points`` of the payoffs were settled in every model under every concept, ``undefined`` of them are left out, for
    somewhere there is no equilibrium. ``constant``: nothing varies, so that every index is 0.

    >>> from analyses.importance import decompose
    >>> from games.catalog import load
    >>> found = decompose([load("conflict-expectations")], payoff="Sender", samples=32)
    >>> found.of, found.points
    ('payoff of Sender', 32)
    """

    of: str
    models: tuple[str, ...]
    concepts: Mapping[str, tuple[str, ...]]
    moved: tuple[str, ...]
    factors: tuple[Factor, ...]
    points: int
    wanted: int
    undefined: int
    incomplete: int
    constant: bool
    seed: int
    method: str
    remarks: tuple[str, ...] = ()
    differ: str = DIFFER
    seconds: float = field(default=0.0, compare=False)

    def findings(self) -> tuple[str, ...]:
        """What hangs on what, the factor that decides most first, in sentences."""
        if self.constant:
            said = [f"The {self.of} is the same everywhere, so that nothing decides it: every index is 0."]
        else:
            said = [self._of(factor, first=k == 0) for k, factor in enumerate(self.ranked)]
            together = 1 - sum(factor.alone.value for factor in self.factors)
            if together > 0.01:
                said.append(f"{percent(together)} hangs on several of them together, and on none of them alone.")
        if alone := [each for each in (CONCEPT, MODEL) if each not in self._names]:
            said.append(f"There is only one {' and one '.join(alone)}, so that nothing hangs on it.")
        said.append(self._how())
        return (*said, *self.remarks)

    @property
    def ranked(self) -> tuple[Factor, ...]:
        """The factors, those that decide most first."""
        return tuple(sorted(self.factors, key=lambda factor: -factor.with_others.value))

    def factor(self, name: str) -> Factor:
        """The factor of that name."""
        return next(factor for factor in self.factors if factor.name == name)

    @property
    def _names(self) -> Sequence[str]:
        return [factor.name for factor in self.factors]

    def _of(self, factor: Factor, *, first: bool) -> str:
        begin = f"Of the variance of the {self.of} " if first else "Of it "
        what = SAID.get(factor.name, f"the model ({self.differ})")
        return f"{begin}{_part(factor.alone)} hangs on {what} alone, {_part(factor.with_others)} with the others."

    def _how(self) -> str:
        said = [f"{self.points:,} points of {amount(len(self.moved), 'parameter')}, {self.method} (seed {self.seed})"]
        said.append(f"settled in {amount(len(self.models), 'model')}")
        return (
            f"{', '.join(said)}; every level of the other factors counts alike. In brackets are 95 % intervals of a "
            "bootstrap."
        )

    def table(self) -> Table:
        """One row for each factor."""
        is_entropy = any(factor.explained is not None for factor in self.factors)
        header = ("Factor", "levels", "alone", "with others", *(["entropy explained"] * is_entropy))
        rows = []
        for factor in self.ranked:
            levels = f"{self.points:,} points" if factor.name == PAYOFFS else ", ".join(factor.levels)
            cells = [factor.name, levels, str(factor.alone), str(factor.with_others)]
            cells += [str(factor.explained)] * is_entropy
            rows.append(tuple(map(Cell, cells)))
        numeric = frozenset(range(2, len(header)))
        return Table(header, tuple(rows), numeric=numeric, caption=f"What the {self.of} hangs on")

    def tables(self) -> tuple[Table, ...]:
        """`table`, and the mean at each level, where the answer has one."""
        rows = [
            (Cell(factor.name), Cell(level), Cell(str(mean)))
            for factor in self.factors
            for level, mean in zip(factor.levels, factor.means, strict=False)
        ]
        if not rows:
            return (self.table(),)
        means = Table(
            ("Factor", "level", "mean"), tuple(rows), numeric=frozenset({2}), caption=f"Mean of the {self.of}"
        )
        return self.table(), means

    def as_json(self) -> dict[str, object]:
        """The result as plain data."""
        return {
            "of": self.of,
            "models": list(self.models),
            "concepts": {name: list(several) for name, several in self.concepts.items()},
            "moved": list(self.moved),
            "points": self.points,
            "undefined": self.undefined,
            "constant": self.constant,
            "seed": self.seed,
            "factors": [
                {
                    "factor": factor.name,
                    "levels": list(factor.levels),
                    "first": list(factor.alone.ends),
                    "total": list(factor.with_others.ends),
                    "entropy_explained": None if factor.explained is None else list(factor.explained.ends),
                    "means": [list(mean.ends) for mean in factor.means],
                }
                for factor in self.factors
            ],
            "findings": list(self.findings()),
        }

    def __repr__(self) -> str:
        return "\n".join(fill(sentence, WIDTH) for sentence in self.findings())

    def _repr_html_(self) -> str:
        from html import escape

        tables = "".join(table.html() for table in self.tables())
        return f"<p>{escape(' '.join(self.findings()))}</p>{tables}"


def _part(index: Index) -> str:
    low, high = max(index.low, 0.0), max(index.high, 0.0)
    return f"{percent(max(index.value, 0.0))} ({percent(low)} to {percent(high)})"
