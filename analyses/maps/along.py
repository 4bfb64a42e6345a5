"""One parameter: where each equilibrium exists, with exact ends, and what it is there as a function of the parameter.

The conditions of a region are signs of polynomials in the parameter. Their real roots cut its range into points and
gaps; on each of them every sign is the same, so one number of it decides for all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from analyses.maps import line_report
from analyses.maps.exact_lines import holds_at, irreducible, roots_between, sample, sides, written
from analyses.maps.naming import Followed, followed_in, names_of_regions
from analyses.solution import Region, Solution, solve_free
from analyses.writing import write_file
from games.errors import InputError, check_kind
from games.exact import exact
from games.formulas.relations import Relation
from games.model import Model
from games.roots import Real, compared
from games.solvers.limits import OutOfTimeError, anew
from games.tables import Table, Tabular
from games.terms import every, signs

TOO_SLOW = "the time was up before the range was cut; allow more with --time-limit (seconds= in Python)"


@dataclass(frozen=True)
class Interval:
    """Numbers from ``low`` to ``high``, with or without its ends; a point where the two are the same.

    >>> from fractions import Fraction
    >>> from analyses.maps import Interval
    >>> Interval(Fraction(0), Fraction(3, 2), has_high=False).said("D")
    '0 ≤ D < 1.5'
    """

    low: Real
    high: Real
    has_low: bool = True
    has_high: bool = True

    @property
    def is_point(self) -> bool:
        return self.low is self.high

    def holds(self, number: Real) -> bool:
        """Whether the number lies in it."""
        above, below = compared(self.low, number), compared(number, self.high)
        return (above == -1 or (above == 0 and self.has_low)) and (below == -1 or (below == 0 and self.has_high))

    def said(self, name: str) -> str:
        """The interval in words: "1/3 < x ≤ 2"."""
        if self.is_point:
            return f"{name} = {written(self.low)}"
        low, high = ("≤" if has else "<" for has in (self.has_low, self.has_high))
        return f"{written(self.low)} {low} {name} {high} {written(self.high)}"


@dataclass(frozen=True)
class Branch:
    """One equilibrium along the parameter, by ``number`` and ``name``: where it exists, and what it is there.

    ``followed`` are its probabilities, outcomes and payoffs; ``at_ties``: it exists at single values alone.

    >>> from analyses.maps import along
    >>> from games.catalog import load
    >>> branch = along(load("conflict-expectations"), "D").branches[0]
    >>> branch.number, branch.name, branch.at_ties
    (1, 'The target concedes', False)
    """

    number: int
    name: str
    region: Region = field(repr=False)
    intervals: tuple[Interval, ...]
    followed: tuple[Followed, ...] = field(repr=False)

    @property
    def at_ties(self) -> bool:
        return all(interval.is_point for interval in self.intervals)

    def probability(self, place: str, choice: str) -> Followed:
        """How probably that is chosen there. Raises `InputError` for a place or a choice that it does not tell of."""
        for each in self.followed:
            if each.kind == "probability" and (each.whose, each.what) == (place, choice):
                return each
        told = ", ".join(f"{e.whose}: {e.what}" for e in self.followed if e.kind == "probability")
        raise InputError(f"“{self.name}” tells of no {choice!r} at {place!r}; it tells of {told or 'no choices'}")

    def payoff(self, player: str) -> Followed:
        """What the player gets. Raises `InputError` for an unknown player."""
        for each in self.followed:
            if each.kind == "payoff" and each.whose == player:
                return each
        raise InputError(f"there is no player {player!r}; the game has {', '.join(self.region.payoffs)}")


@dataclass(frozen=True)
class Cut:
    """A value at which other equilibria exist than beside it: the numbers of those just below, there, and just above.

    At an end of the range nothing lies beyond: None.

    >>> from analyses.maps import along
    >>> from games.catalog import load
    >>> cut = along(load("conflict-expectations"), "D").cuts[0]
    >>> cut.value, cut.below, cut.there, cut.above
    (Fraction(7, 3), (1,), (1, 2), (2,))
    """

    value: Real
    below: tuple[int, ...] | None
    there: tuple[int, ...]
    above: tuple[int, ...] | None

    @property
    def written(self) -> str:
        return written(self.value)


@dataclass(frozen=True, repr=False)
class Along(Tabular):
    """All equilibria of a model along one parameter, ``name``, from ``low`` to ``high``.

    ``admissible`` is where assumptions and premises hold, ``uncovered`` where in it no equilibrium was found. As far as
    it is ``complete`` it is proved that there are no others; ``doubts`` say why it is not.

    >>> from analyses.maps import along
    >>> from games.catalog import load
    >>> found = along(load("conflict-expectations"), "D")
    >>> [branch.intervals[0].said("D") for branch in found.branches]
    ['0 < D ≤ 7/3', '7/3 ≤ D ≤ 5']
    """

    solution: Solution = field(repr=False)
    low: Fraction
    high: Fraction
    admissible: tuple[Interval, ...]
    branches: tuple[Branch, ...]
    cuts: tuple[Cut, ...]
    uncovered: tuple[Interval, ...]

    @property
    def model(self) -> Model:
        return self.solution.model

    @property
    def name(self) -> str:
        """The parameter."""
        return self.solution.free[0]

    @property
    def complete(self) -> bool:
        return self.solution.complete

    @property
    def doubts(self) -> tuple[str, ...]:
        return self.solution.doubts

    @cached_property
    def lasting(self) -> tuple[Branch, ...]:
        """The branches that exist on more than single values."""
        return tuple(branch for branch in self.branches if not branch.at_ties)

    def at(self, value: object) -> tuple[Branch, ...]:
        """The branches that exist at an exact value of the parameter. Raises `InputError` outside its range."""
        number = exact(value, self.name)
        if not any(interval.holds(number) for interval in self.admissible):
            shown = " or ".join(interval.said(self.name) for interval in self.admissible)
            raise InputError(f"{self.name} = {number} is not admissible; {shown} is")
        return tuple(branch for branch in self.branches if any(each.holds(number) for each in branch.intervals))

    def findings(self) -> tuple[str, ...]:
        """What exists where, in sentences."""
        return line_report.findings(self)

    def table(self) -> Table:
        """One row for each branch."""
        return line_report.table(self)

    def as_json(self) -> dict[str, object]:
        """Everything as plain data; exact numbers and formulas as text."""
        return line_report.plain(self)

    def csv(self, points: int = 25) -> str:
        """The curves as CSV: for each branch its exact ends, and ``points`` values inside each of its intervals."""
        return line_report.csv_text(self, points)

    def to_csv(self, path: Path | str, points: int = 25) -> Path:
        """Writes `csv` into a file, beside its place first. Raises `InputError` where that cannot be."""
        return write_file(path, self.csv(points).encode())

    def __repr__(self) -> str:
        return line_report.text(self)

    def _repr_html_(self) -> str:
        return line_report.html(self)


def along(
    model: Model,
    parameter: str,
    *,
    values: Mapping[str, object] | None = None,
    premises: Sequence[Relation] = (),
    concept: str | None = None,
    seconds: float | None = None,
) -> Along:
    """Every equilibrium of ``model`` along one parameter over its whole range, the others as in ``values`` or default.

    Pure or mixed, with perfect information or without: whatever the ``concept`` (by default that of the game's form)
    finds. ``seconds`` limits the time for solving, and that for cutting; what was found counts, and says that it is not
    complete.

    >>> from analyses.maps import along
    >>> from games.catalog import load
    >>> found = along(load("crisis-signalling"), "mu")
    >>> [cut.written for cut in found.cuts]
    ['0', '5/7', '1']

    Raises `InputError` as `analyses.solution.solve_free` does, and where the time is up before the range was cut.
    """
    check_kind(parameter, str, "the parameter", "its name, such as 'beta'")
    if "," in parameter:
        raise InputError(f"along is about one parameter, not {parameter}; map_over is about two")
    solution = solve_free(
        model, [parameter], values=values, premises=premises, concept=concept, seconds=seconds, outcomes=True
    )
    try:
        with anew(seconds):
            return _cut(solution)
    except OutOfTimeError:
        raise InputError(TOO_SLOW) from None


def _cut(solution: Solution) -> Along:
    (name,) = solution.free
    range_ = solution.model.by_name[name]
    stated = every(solution.posed.admissible)
    margins = [part.of for condition in (stated, *(r.condition for r in solution.regions)) for part in signs(condition)]
    roots = roots_between(irreducible(margins), name, range_.low, range_.high)
    points: list[Real] = [range_.low, *(r for r in roots if r not in (range_.low, range_.high)), range_.high]
    line = sides(points)
    allowed = [holds_at(stated, {name: sample(side)}) for side in line]
    held = [
        [ok and holds_at(region.condition, {name: sample(side)}) for side, ok in zip(line, allowed, strict=True)]
        for region in solution.regions
    ]
    names = names_of_regions(solution)
    branches = [
        Branch(k, names[k - 1], region, _runs(line, own), followed_in(solution, region))
        for k, (region, own) in enumerate(zip(solution.regions, held, strict=True), start=1)
    ]
    bare = [ok and not any(own[k] for own in held) for k, ok in enumerate(allowed)]
    return Along(
        solution,
        range_.low,
        range_.high,
        _runs(line, allowed),
        tuple(branch for branch in branches if branch.intervals),
        tuple(_cuts(line, allowed, held)),
        _runs(line, bare),
    )


def _runs(line: Sequence[tuple[Real, Real]], held: Sequence[bool]) -> tuple[Interval, ...]:
    """The intervals of the line on which it holds."""
    found: list[Interval] = []
    start: int | None = None
    for k, holds in enumerate([*held, False]):
        if holds and start is None:
            start = k
        elif not holds and start is not None:
            found.append(Interval(line[start][0], line[k - 1][1], start % 2 == 0, k % 2 == 1))
            start = None
    return tuple(found)


def _cuts(line: Sequence[tuple[Real, Real]], allowed: Sequence[bool], held: Sequence[Sequence[bool]]) -> list[Cut]:
    """The points at which others exist than on some admissible side."""

    def numbers(k: int) -> tuple[int, ...] | None:
        if not 0 <= k < len(line) or not allowed[k]:
            return None
        return tuple(number for number, own in enumerate(held, start=1) if own[k])

    found = []
    for k in range(0, len(line), 2):
        below, there, above = (numbers(j) for j in (k - 1, k, k + 1))
        if there is not None and any(beside not in (None, there) for beside in (below, above)):
            found.append(Cut(line[k][0], below, there, above))
        elif there is None and below is not None and above is not None and below != above:
            found.append(Cut(line[k][0], below, (), above))
    return found
