"""The solution of a game with free parameters: its regions, and what they say at a point and together.

A region belongs to one case: a play of a tree, the supports of a profile. It is the set of parameters at which that
case is an equilibrium; so regions overlap where equilibria are several, ties among them. A cell is what all points
have in common that lie in the same regions.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import sympy

from analyses.claims.claim import Claim
from analyses.proof.implicants import Conjunction, Values, closed
from analyses.proof.questions import SPARING
from analyses.solution import report
from analyses.solution.claims import claims_of
from analyses.solution.posing import Posed, beside
from analyses.solution.shares import Shares
from analyses.solution.wording import Names, names_of
from games.errors import InputError, quoted
from games.exact import exact, readable
from games.forms.game import Path
from games.formulas.values import evaluate
from games.model import Model, Point
from games.tables import Table, Tabular
from games.terms import Condition, denied, every, holds, sign, some

MOST_CELLS = 2_000
"""The most cells that are told apart."""


@dataclass(frozen=True)
class Between:
    """What stays open in an equilibrium: ``symbol`` may have any value from each of ``low`` to each of ``high``.

    It is the ``quantity`` named; an end at which the support would be smaller is itself left out.
    """

    symbol: sympy.Symbol
    quantity: str
    low: tuple[sympy.Expr, ...]
    high: tuple[sympy.Expr, ...]


@dataclass(frozen=True)
class Region:
    """Where one case is an equilibrium, and what it is there.

    Any of the ``alternatives`` is enough: conjunctions of signs of polynomials in the free parameters. ``strategies``
    are probabilities by place and choice, ``payoffs`` those of each player, both as formulas; ``open`` is what they
    leave open where a continuum of mixtures shares the supports. ``at_ties``: it has no inside, so that it is met
    where payoffs tie alone. ``numbers`` are what is chosen, by player, where choices are numbers. ``outcomes`` are how
    probable the paths are that play takes there, if that was asked for.

    >>> from analyses.solution import solve_free
    >>> from games.catalog import load
    >>> region = solve_free(load("conflict-expectations"), ["D", "c_t"]).regions[0]
    >>> region.played, region.payoffs
    ('Demand → Concede', {'Sender': 3*D/2, 'Target': -3*D/2})
    """

    played: str
    alternatives: tuple[Conjunction, ...]
    strategies: Mapping[str, Mapping[str, sympy.Expr]]
    payoffs: Mapping[str, sympy.Expr]
    open: tuple[Between, ...] = ()
    at_ties: bool = False
    numbers: Mapping[str, sympy.Expr] = field(default_factory=dict)
    outcomes: Mapping[Path, sympy.Expr] = field(default_factory=dict)

    @cached_property
    def condition(self) -> Condition:
        """That some alternative holds."""
        return some(map(every, self.alternatives))

    @cached_property
    def closure(self) -> Condition:
        """The same with ties allowed."""
        return some(map(closed, self.alternatives))

    def holds(self, point: Values) -> bool:
        """Whether an exact point, by name, lies in it."""
        return holds(self.condition, point)


@dataclass(frozen=True)
class Here:
    """An equilibrium at a point: a region with numbers in its formulas."""

    region: Region
    strategies: Mapping[str, Mapping[str, Fraction | sympy.Expr]]
    payoffs: Mapping[str, Fraction | sympy.Expr]
    open: tuple[Between, ...]


@dataclass(frozen=True)
class Cell:
    """The points that lie in the same ``regions`` (by number, from 1), with one of them; some only ``at_ties``.

    >>> from analyses.solution import solve_free
    >>> from games.catalog import load
    >>> cell = solve_free(load("conflict-expectations"), ["D", "c_t"]).cells[0]
    >>> cell.regions, cell.at_ties
    ((1,), False)
    """

    regions: tuple[int, ...]
    example: Mapping[str, Fraction]
    at_ties: bool


@dataclass(frozen=True, repr=False)
class Solution(Tabular):
    """All equilibria of a model over its ``free`` parameters, the others being as `point` has them.

    ``complete`` says that it is proved: at an admissible point in no region of a case that case is no equilibrium, and
    in its region it is one. ``covers``: some equilibrium at every admissible point, as far as that was found out;
    None where it was not.

    >>> from analyses.solution import solve_free
    >>> from games.catalog import load
    >>> found = solve_free(load("conflict-expectations"), ["D", "c_t"])
    >>> found.complete, found.covers, len(found.regions)
    (True, True, 4)
    """

    posed: Posed = field(repr=False)
    regions: tuple[Region, ...]
    complete: bool
    covers: bool | None
    doubts: tuple[str, ...] = ()
    of_plays: bool = False
    shares: Shares | None = field(default=None, compare=False)

    @property
    def remarks(self) -> tuple[str, ...]:
        """Which values lie outside the ranges of their parameters."""
        return tuple(
            f"{said}."
            for said in self.model.outside(**{s.name: v for s, v in self.point.items() if s.name not in self.free})
        )

    @property
    def model(self) -> Model:
        return self.posed.model

    @property
    def point(self) -> Point:
        """The values of all parameters that are not free."""
        return self.posed.point

    @property
    def free(self) -> tuple[str, ...]:
        """The free parameters by name."""
        return self.posed.free

    def at(self, /, **values: object) -> tuple[Here, ...]:
        """Every equilibrium at exact values of the free parameters, those of ties among them.

        Raises `InputError` for a parameter that is missing, unknown or not admissible there.
        """
        place = self.placed(values)
        point = {self.model.by_name[name].symbol: value for name, value in place.items()}
        found = []
        for region in self.regions:
            if region.holds(place):
                strategies = {p: {c: _put(f, point) for c, f in own.items()} for p, own in region.strategies.items()}
                paid = {player: _put(formula, point) for player, formula in region.payoffs.items()}
                found.append(Here(region, strategies, paid, tuple(_narrowed(each, point) for each in region.open)))
        return tuple(found)

    def placed(self, values: Mapping[str, object]) -> dict[str, Fraction]:
        """Exact values of the free parameters, checked as `at` does."""
        for name in values:
            if name not in self.free:
                raise InputError(f"{quoted(name)} is not free in this solution; free are {', '.join(self.free)}")
        if missing := [name for name in self.free if name not in values]:
            raise InputError(f"give a value to {', '.join(missing)} as well: all free parameters have one at a point")
        place = {name: exact(value, name) for name, value in values.items()}
        for name, value in place.items():
            low, high = self.model.by_name[name].low, self.model.by_name[name].high
            if not low <= value <= high:
                raise InputError(
                    f"{name} = {readable(value)} lies outside the range {readable(low)} to {readable(high)} "
                    "that the solution covers"
                )
        if not holds(every(self.posed.admissible), place):
            shown = ", ".join(f"{name} = {readable(value)}" for name, value in place.items())
            raise InputError(f"{shown} is not admissible: it breaks an assumption or a premise")
        return place

    @cached_property
    def names(self) -> Names:
        """The model's names for formulas of its parameters."""
        return names_of(self.model, {s.name: value for s, value in self.point.items() if s.name not in self.free})

    def claims(self) -> tuple[Claim, ...]:
        """What it says as claims to be checked: each region's equilibrium, and that there is none like it elsewhere."""
        return claims_of(self)

    def findings(self) -> tuple[str, ...]:
        """What was found and how far it goes, in sentences."""
        return report.findings(self)

    def table(self) -> Table:
        """One row for each region."""
        return report.table(self)

    def report(self) -> str:
        """The regions one below another, as text."""
        return report.text(self)

    def as_json(self) -> dict[str, object]:
        """The result as plain data; formulas and exact numbers as text."""
        return report.plain(self)

    def __repr__(self) -> str:
        return self.report()

    def _repr_html_(self) -> str:
        return report.html(self)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The partition: for every set of regions that some admissible point lies in, the points that lie in just it.

        Those that have an inside come first. `cells_complete` says whether they are all there are.
        """
        return self._partition[0]

    @property
    def cells_complete(self) -> bool:
        """Whether no admissible point lies in none of the cells; not where one is met at irrational values alone."""
        return self._partition[1]

    @cached_property
    def _partition(self) -> tuple[tuple[Cell, ...], bool]:
        found: dict[frozenset[int], Cell] = {}
        boundaries = {part.of for region in self.regions for each in region.alternatives for part in each}
        untied = [sign(of, "!=") for of in sorted(boundaries, key=str)]
        complete = True
        for at_ties, more in ((False, untied), (True, [])):
            questions = self.posed.questions()
            questions.give(*more, *(_other_than(known, self.regions) for known in found))
            for _ in range(MOST_CELLS):
                answer = questions.ask(effort=SPARING)
                if not answer.is_yes:
                    complete = complete and answer.is_no
                    break
                place = answer.point(self.free)
                if place is None:
                    complete = False
                    questions.give(denied(every(beside(answer, self.free))))
                    continue
                inside = frozenset(k for k, region in enumerate(self.regions) if region.holds(place))
                found[inside] = Cell(tuple(k + 1 for k in sorted(inside)), place, at_ties)
                questions.give(_other_than(inside, self.regions))
            else:
                complete = False
        return tuple(sorted(found.values(), key=lambda cell: (cell.at_ties, cell.regions))), complete

    @cached_property
    def neighbours(self) -> tuple[tuple[int, ...], ...]:
        """For each region the others (by number, from 1) that it borders on or overlaps with, as far as is found."""
        payoffs = self.posed.questions()
        found: list[list[int]] = [[] for _ in self.regions]
        for k, one in enumerate(self.regions):
            for j in range(k):
                if payoffs.ask(one.closure, self.regions[j].closure, effort=SPARING).is_yes:
                    found[k].append(j + 1)
                    found[j].append(k + 1)
        return tuple(map(tuple, map(sorted, found)))


def _other_than(found: frozenset[int], regions: Sequence[Region]) -> Condition:
    """That a point does not lie in just these regions."""
    return some(denied(region.condition) if k in found else region.condition for k, region in enumerate(regions))


def _put(formula: sympy.Expr, point: Point) -> Fraction | sympy.Expr:
    """The formula at a point; what stays open in it stays."""
    if formula.free_symbols <= point.keys():
        return evaluate(formula, point)
    return formula.xreplace({s: sympy.Rational(v.numerator, v.denominator) for s, v in point.items()})


def _narrowed(each: Between, point: Point) -> Between:
    """The bounds at a point, the tightest of those that are numbers."""
    low = [sympy.sympify(_put(bound, point)) for bound in each.low]
    high = [sympy.sympify(_put(bound, point)) for bound in each.high]
    return Between(each.symbol, each.quantity, _tightest(low, max), _tightest(high, min))


def _tightest(bounds: Sequence[sympy.Expr], of: Callable[[Iterable[sympy.Expr]], sympy.Expr]) -> tuple[sympy.Expr, ...]:
    numbers = [bound for bound in bounds if bound.is_number]
    return (*([of(numbers)] if numbers else []), *(bound for bound in bounds if not bound.is_number))
