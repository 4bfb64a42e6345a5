"""Which parameter decides what is played, over all payoffs that ranges, assumptions and premises allow.

What is played is a set, so the question has several readings, and each has its own index:

- how often a change of the parameter alone changes the *set* of outcomes, and how much of each payoff's and each
  probability's variance it makes, least and greatest value of the set apart: Sobol indices
  (`analyses.importance.variance`), for groups of parameters that premises do not link;
- how much of the uncertainty about the set the parameter takes away by itself: entropy explained
  (`analyses.importance.entropy`);
- whether the set depends on it in any way: HSIC, with a p-value (`analyses.importance.dependence`).

The *width* of a payoff or probability is its greatest value less its least: what the choice among equilibria is worth.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path
from textwrap import fill
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from analyses.claims.share import check_counts, percent, worth
from analyses.importance.dependence import Dependence, dependence
from analyses.importance.entropy import entropy_explained
from analyses.importance.intervals import Floats, Index, weights
from analyses.importance.variance import Indices, indices, swapped
from analyses.sampling.designs import DESIGNS, design_named, drawings, suited
from analyses.sampling.draws import STEPS, Draws
from analyses.sweeps.settling import SECONDS as POINT_SECONDS
from analyses.sweeps.settling import Settling
from analyses.sweeps.shares import OutcomeShare, outcome_shares
from analyses.sweeps.sweeping import gathered, how_drawn, settled_in_time, settled_points
from analyses.sweeps.swept import Swept, premises_in_words, swept
from analyses.sweeps.ways import NUMERIC, REFUSED, Settled
from analyses.writing import write_file
from games.errors import InputError, listed
from games.exact import amount, readable
from games.model import Model
from games.solvers.limits import check_limit, expired, time_limit, why_stopped
from games.tables import Cell, Table

SAMPLES = 2**10
SECONDS = 120.0
MOST_SAMPLES = 20_000
FEWEST = 16
"""Of fewer points nothing is estimated."""

MOST_SHOWN = 3
WIDTH = 100
THE_SET = "set of outcomes"


@dataclass(frozen=True)
class Target:
    """Something that is told of a point, and the Sobol indices of its variance by group of parameters.

    ``name`` is that of data, ``said`` that in a sentence. ``undefined`` is at how many points it has no value, since
    there is no equilibrium; there are no indices then.
    """

    name: str
    said: str
    indices: Indices | None
    undefined: int = 0


@dataclass(frozen=True, repr=False)
class Importance:
    """What each parameter decides.

    ``names`` are the parameters that no equation fixes, ``groups`` those together that premises link, by position.
    ``targets`` have an index for each group, that of the set first; ``entropy`` and ``dependence`` are of the set, one
    for each parameter. ``sets`` is how many sets were met, ``shares`` are those of the outcomes. ``pairs`` of points
    were compared group by group; ``settled`` is how many points that took, ``incomplete`` at how many of these there
    may be more equilibria, ``numeric`` at how many they are numeric.
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
        return tuple(" with ".join(self.names[k] for k in group) for group in self.groups)

    def target(self, name: str) -> Target:
        """The target of that name. Raises `InputError` for one that there is not."""
        for target in self.targets:
            if target.name == name:
                return target
        raise InputError(f"there is no {name!r}; there are {', '.join(target.name for target in self.targets)}")

    @property
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
        said = [self._first_of_all()]
        for target in self._shown():
            said.append(self._most(target))
        said += self._still()
        return (*said, self._how(), *self.remarks)

    def _first_of_all(self) -> str:
        if self.sets < 2:
            return "The set of outcomes is the same at all points, so no parameter decides it: every index of it is 0."
        found = self.the_set.indices
        assert found is not None
        group = max(range(len(self.groups)), key=lambda g: found.total[g].value)
        sole = max(range(len(self.names)), key=lambda k: self.entropy[k].value)
        alone = f"{self.names[sole]} by itself takes away {_part(self.entropy[sole])} of the uncertainty about it."
        if found.rare:
            return f"The set of outcomes varies too rarely for Sobol indices; {alone}"
        verb = "it decides" if len(self.groups[group]) == 1 else "they decide"
        return (
            f"What is played hangs on {self.group_names[group]} most: alone or with others {verb} "
            f"{_part(found.total[group])} of the variance of the set of outcomes. {alone}"
        )

    def _shown(self) -> list[Target]:
        """Payoffs and the commonest outcomes."""
        common = sorted(self.shares, key=lambda one: -one.possible)[:MOST_SHOWN]
        outcomes = [f"probability of {one.outcome}" for one in common]
        wanted = [target for target in self.targets if target.name.startswith("payoff of ")]
        wanted += [t for name in outcomes for t in self.targets if t.name in (name, f"{name}, greatest")]
        return [t for t in wanted if t.indices and t.indices.constant is None and not t.indices.rare]

    def _most(self, target: Target) -> str:
        assert target.indices is not None
        total = target.indices.total
        group = max(range(len(total)), key=lambda g: total[g].value)
        return f"The {target.said} hangs most on {self.group_names[group]} (total index {total[group]})."

    def _still(self) -> Iterator[str]:
        """What does not vary, what varies too rarely, and what is not defined everywhere."""
        others = self.targets[1:]
        if undefined := [target for target in others if target.undefined]:
            count = max(target.undefined for target in undefined)
            yield (
                f"Without an index, for at {count:,} of {self.settled:,} points there is no "
                f"{self.swept.concept.noun[0]}: {_several(undefined)}."
            )
        if rare := [target for target in others if target.indices and target.indices.rare]:
            yield f"Without an index, for they vary too rarely: {_several(rare)}."
        still: dict[float, list[Target]] = {}
        for target in others:
            if target.indices and target.indices.constant is not None:
                still.setdefault(target.indices.constant, []).append(target)
        for value, targets in still.items():
            yield f"Constant at {readable(value)}, so that every index is 0: {_several(targets)}."

    def _how(self) -> str:
        what = amount(len(self.names), "parameter")
        return (
            f"{self.pairs:,} pairs of points in {what}, {self.method} (seed {self.seed}); {self.settled:,} points were "
            "settled. In brackets are 95 % intervals of a bootstrap."
        )

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader should know besides."""
        said = []
        if joint := [name for name, group in zip(self.group_names, self.groups, strict=True) if len(group) > 1]:
            said.append(f"Premises link {'; '.join(joint)}: these have their Sobol indices in common.")
        if follows := [name for name in self.swept.names if name not in self.names]:
            said.append(f"By the premises {listed(follows)} follows from the others, and has no index of its own.")
        if self.incomplete:
            said.append(f"At {self.incomplete:,} points there may be more equilibria than were found.")
        if self.numeric:
            said.append(f"At {self.numeric:,} points the equilibria are numeric: what nearly ties may be told apart.")
        if self.pairs < self.wanted:
            why = self.stopped or "the premises leave no more, or no game, at the others"
            said.append(f"Of {self.wanted:,} pairs wanted {self.pairs:,} were compared, since {why}.")
        if self.effective < 2 * self.pairs:
            said.append(
                f"The points depend on each other and are worth {self.effective:,.0f} independent ones; p-values "
                "suppose that they do not."
            )
        return (*said, *self.swept.remarks)

    def table(self) -> Table:
        """One row for each parameter, those that decide most first."""
        payoffs = [t for t in self.targets if t.name.startswith(("payoff of ", "choice of ")) and t.indices]
        header = (
            "Parameter", "Set: total", "Set: first", "Entropy explained", "HSIC", "p",
            *(f"{target.name}: total" for target in payoffs),
        )  # fmt: skip
        rows = []
        for k in self.order:
            group, found = self.group_of(k), self.dependence[k]
            cells = [self.names[k], *_both(self.the_set, group), str(self.entropy[k]), str(found.index)]
            cells += [f"{found.p_value:.3f}", *(_both(target, group)[0] for target in payoffs)]
            rows.append(tuple(map(Cell, cells)))
        caption = f"{self.model.name}, {self.swept.concept.name}: what each parameter decides"
        return Table(header, tuple(rows), numeric=frozenset(range(1, len(header))), caption=caption)

    def rows(self) -> Iterator[tuple[str | float | None, ...]]:
        """Every index: what it is of, which one, the parameter or group, estimate, lower and upper end, p-value."""
        for target in self.targets:
            if target.indices is None:
                continue
            for which, found in (("first", target.indices.first), ("total", target.indices.total)):
                for name, index in zip(self.group_names, found, strict=True):
                    yield target.name, which, name, index.value, index.low, index.high, None
        for name, index, depends in zip(self.names, self.entropy, self.dependence, strict=True):
            yield THE_SET, "entropy explained", name, index.value, index.low, index.high, None
            of = depends.index
            yield THE_SET, "HSIC", name, of.value, of.low, of.high, depends.p_value

    def csv(self) -> str:
        """A line for each index, with a header."""
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("of", "index", "parameter", "estimate", "low", "high", "p"))
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
            "outcomes": [share.as_json() for share in self.shares],
            "constant": {
                target.name: target.indices.constant
                for target in self.targets[1:]
                if target.indices and target.indices.constant is not None
            },
            "undefined": {t.name: t.undefined for t in self.targets if t.undefined},
            "indices": [
                dict(zip(("of", "index", "parameter", "estimate", "low", "high", "p"), row, strict=True))
                for row in self.rows()
            ],
            "findings": list(self.findings()),
        }

    def __repr__(self) -> str:
        return "\n".join(fill(sentence, WIDTH) for sentence in self.findings())

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p>{escape(' '.join(self.findings()))}</p>{self.table().html()}"


def _both(target: Target, group: int) -> tuple[str, str]:
    if target.indices is None:
        return "", ""
    return str(target.indices.total[group]), str(target.indices.first[group])


def _several(targets: Sequence[Target]) -> str:
    said = "; ".join(target.said for target in targets[:MOST_SHOWN])
    return said + (f"; {len(targets) - MOST_SHOWN} more" if len(targets) > MOST_SHOWN else "")


def _part(index: Index) -> str:
    return f"{percent(index.value)} ({percent(max(index.low, 0.0))} to {percent(index.high)})"


def importance(
    model: Model,
    *,
    names: Sequence[str] | None = None,
    values: Mapping[str, object] | None = None,
    premises: Sequence[object] = (),
    concept: str | None = None,
    design: str | None = None,
    samples: int = SAMPLES,
    seed: int = 0,
    seconds: float | None = SECONDS,
    point_seconds: float = POINT_SECONDS,
) -> Importance:
    """What each parameter decides, from ``samples`` pairs of points; everything else is as for `analyses.sweeps.sweep`.

    Raises `InputError` for what `sweep` refuses, for a grid, which is no sample, and where fewer than `FEWEST` pairs
    were settled in time.
    """
    check_counts(samples, seed, MOST_SAMPLES)
    check_limit(point_seconds)
    if samples < FEWEST:
        raise InputError(f"the number of samples is {samples}; indices need at least {FEWEST}")
    asked = swept(model, names, values, premises, concept)
    if not asked.premises.free:
        raise InputError("the premises leave one point only, so that nothing decides anything; leave something open")
    started = perf_counter()
    with time_limit(seconds):
        design = suited(asked.premises) if design is None else design
        if not design_named(design).is_sample:
            samples_of = ", ".join(name for name, one in DESIGNS.items() if one.is_sample)
            raise InputError(
                f"indices are estimated from samples, and {DESIGNS[design].title} is none; use {samples_of}"
            )
        compared = _compared(asked, design, samples, seed, point_seconds)
    found = _weighed(asked, design, samples, seed, compared)
    return replace(found, seconds=perf_counter() - started)


@dataclass(frozen=True)
class _Compared:
    """What is known of the points of A and B, and of AB for each of the ``groups``, pair by pair: ``parts`` in this
    order, as far as all that belongs to a pair was settled. ``clusters`` are pairs that depend on each other."""

    A: Draws
    B: Draws
    clusters: NDArray[np.int64]
    groups: tuple[tuple[int, ...], ...]
    parts: tuple[Settled, ...]
    settling: Settling
    method: str
    walked: tuple[int, ...]
    stopped: str


def _compared(asked: Swept, design: str, samples: int, seed: int, point_seconds: float) -> _Compared:
    first, second = drawings(asked.premises, design, samples, seed, copies=2)
    A, B, clusters = _paired(gathered(first, samples), gathered(second, samples))
    groups = asked.premises.independent
    each = 2 + len(groups)
    settling, blocks = settled_in_time(asked, _beside(A, B, groups), point_seconds)
    stopped = why_stopped() if expired() else ""
    settled = settled_points(settling, blocks)
    pairs = len(settled) // each
    defined = (settled.how[: pairs * each] != REFUSED).reshape(pairs, each).all(axis=1)
    kept = np.flatnonzero(defined)
    parts = tuple(settled.where(kept * each + k) for k in range(each))
    walked = tuple(first.walked)
    return _Compared(
        A.where(kept), B.where(kept), clusters[kept], groups, parts, settling, how_drawn(design, first), walked, stopped
    )


def _paired(A: Draws, B: Draws) -> tuple[Draws, Draws, NDArray[np.int64]]:
    """As many points of each, pair by pair; points of chains are paired with those of the chain of the same number."""
    if A.chains is None or B.chains is None:
        both = slice(0, min(len(A), len(B)))
        A, B = A.where(both), B.where(both)
        return A, B, np.arange(len(A))
    rows: list[tuple[int, int]] = []
    for chain in np.unique(A.chains).tolist():
        rows += zip(
            np.flatnonzero(A.chains == chain).tolist(), np.flatnonzero(B.chains == chain).tolist(), strict=False
        )
    # In the order in which they were drawn, so that a time limit leaves some of every chain.
    first, second = np.array(sorted(rows), dtype=np.int64).reshape(-1, 2).T
    return A.where(first), B.where(second), A.chains[first]


def _beside(A: Draws, B: Draws, groups: Sequence[Sequence[int]]) -> Draws:
    """For each pair its point of A, its point of B, and those of A with a group taken from B."""
    points = np.stack([A.odd, B.odd, *(swapped(A.odd, B.odd, group) for group in groups)], axis=1)
    return Draws(A.premises, points.reshape(-1, A.odd.shape[1]))


def _weighed(asked: Swept, design: str, samples: int, seed: int, compared: _Compared) -> Importance:
    """Raises `InputError` where there are too few pairs."""
    pairs = len(compared.A)
    if pairs < FEWEST:
        raise InputError(
            f"only {pairs} of {samples:,} pairs of points were settled, and indices need at least {FEWEST}; allow more "
            "time, let fewer parameters move, or fix what the premises leave little room"
        )
    random = np.random.default_rng((seed, 2))
    settling, parts = compared.settling, compared.parts
    own = weights(compared.clusters, random)
    drawn = np.concatenate([parts[0].kinds, parts[1].kinds])
    _, kinds = np.unique(drawn, return_inverse=True)
    cube = np.concatenate([compared.A.odd, compared.B.odd]) / STEPS
    effective = _effective(compared, kinds, cube)
    outcomes = settling.outcomes
    return Importance(
        asked,
        design,
        seed,
        samples,
        pairs,
        pairs * len(parts),
        int(sum(np.sum(~part.complete) for part in parts)),
        int(sum(np.sum(part.how == NUMERIC) for part in parts)),
        tuple(symbol.name for symbol in asked.premises.free),
        compared.groups,
        len(np.unique(np.concatenate([part.kinds for part in parts]))),
        outcome_shares(
            outcomes,
            [[outcomes[k] for k in play] for play in settling.plays.plays],
            tuple(settling.plays.kinds),
            drawn,
            effective,
        ),
        (_of_set(parts, own), *_of_values(compared, own)),
        tuple(entropy_explained(column, kinds, effective, random) for column in cube.T),
        dependence(cube, kinds, np.tile(compared.clusters, 2), random),
        compared.method,
        effective,
        compared.stopped,
    )


def _effective(compared: _Compared, kinds: NDArray[np.int64], cube: Floats) -> float:
    """How many independent points those of A and B are worth."""
    if not compared.walked:
        return float(len(kinds))
    chains = np.concatenate([compared.clusters, compared.clusters + 1 + int(compared.clusters.max())])
    columns = [*(kinds == kind for kind in np.unique(kinds)), *(cube[:, k] for k in compared.walked)]
    return float(worth(chains, columns))


def _of_set(parts: Sequence[Settled], own: Floats) -> Target:
    """The set as one output for each that there is, which says whether it is that one."""
    present, place = np.unique(np.stack([part.kinds for part in parts]), return_inverse=True)
    shown = np.eye(len(present))[place.reshape(len(parts), -1)]
    found = indices(shown[0], shown[1], shown[2:], own)
    return Target(THE_SET, THE_SET, replace(found, constant=None) if len(present) > 1 else found)


def _of_values(compared: _Compared, own: Floats) -> Iterator[Target]:
    """Every payoff and probability: least, greatest and width, or the one value where there is no other."""
    settling, parts = compared.settling, compared.parts
    rounding = 2 * settling.rounding
    amounts, odds = (np.stack([getattr(part, name) for part in parts]) for name in ("amounts", "probability"))
    values = [(name, name, amounts[:, :, k]) for k, name in enumerate(settling.amounts)]
    values += [
        (f"probability of {outcome}", f"probability of “{outcome}”", odds[:, :, k])
        for k, outcome in enumerate(settling.outcomes)
    ]
    for name, said, ends in values:
        least, greatest = ends[..., 0], ends[..., 1]
        undefined = int(np.isnan(least).sum())
        if undefined:
            yield Target(name, said, None, undefined)
            continue
        width = greatest - least
        if width.any():
            yield Target(f"{name}, least", f"least {said}", _indices(least, own, rounding))
            yield Target(f"{name}, greatest", f"greatest {said}", _indices(greatest, own, rounding))
        else:
            yield Target(name, said, _indices(least, own, rounding))
        yield Target(f"width of {name}", f"width of the {said}", _indices(width, own, 2 * rounding))


def _indices(values: Floats, own: Floats, rounding: float) -> Indices:
    return indices(values[0][:, None], values[1][:, None], values[2:, :, None], own, rounding)
