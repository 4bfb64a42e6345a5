"""One parameter at a time: where the outcome changes, and how far the payoffs move.

Along one parameter the margins that decide what is played are polynomials with rational coefficients. Between two
neighbouring roots the same is played, so one point there settles the whole interval, and the thresholds are roots:
exact, none missed. It is about every parameter in turn; `analyses.maps.along` is about one, and follows every
equilibrium, mixed ones too.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeAlias

import sympy

from analyses.outcomes import Slice, slice_of
from games.errors import InputError
from games.exact import readable
from games.model import Model
from games.play.quantities import Payoff
from games.tables import Cell, Table, Tabular

Root: TypeAlias = Any
"""A `Fraction`, or an irrational algebraic number of sympy."""


def written(value: Root) -> str:
    """A root for a reader: exact if rational, else as it is and with six digits."""
    if isinstance(value, Fraction):
        return readable(value)
    return f"{sympy.sstr(value)} ≈ {sympy.N(value, 6)}"


@dataclass(frozen=True)
class Interval:
    """An open interval of one parameter on which the same is played, with the payoffs of each way as formulas."""

    low: Root
    high: Root
    outcomes: tuple[str, ...]
    payoffs: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Threshold:
    """A value of a parameter at which the outcome changes: the outcomes just below, exactly there, and just above.

    ``value`` is a `Fraction`, or an algebraic number of sympy; at an irrational one ``there`` is empty, as it is where
    a payoff divides by zero.
    """

    parameter: str
    value: Root
    below: tuple[str, ...]
    there: tuple[str, ...]
    above: tuple[str, ...]

    @property
    def written(self) -> str:
        """The value for a reader."""
        return written(self.value)


@dataclass(frozen=True)
class Swing:
    """How far one player's equilibrium payoff moves while one parameter covers its admissible range.

    ``lowest`` and ``highest`` are the exact infimum and supremum over all equilibria, those at ties included; only at
    an irrational threshold are equilibria that exist nowhere else left out.
    """

    parameter: str
    player: str
    lowest: Root
    highest: Root

    @property
    def width(self) -> Root:
        return self.highest - self.lowest


@dataclass(frozen=True, repr=False)
class Sensitivity(Tabular):
    """Thresholds and payoff swings of every parameter, the others held at the given values.

    ``ranges`` gives for each parameter the part of its range that the assumptions admit there (None if the other
    values leave none but the point itself). ``idle`` are the parameters that change the outcome nowhere within their
    range, but for single points at which payoffs tie.

    >>> from analyses.sensitivity import sensitivity
    >>> from games.catalog import load
    >>> found = sensitivity(load("conflict-expectations"))
    >>> [(each.parameter, str(each.value)) for each in found.thresholds]
    [('D', '7/3'), ('c_s', '2'), ('c_t', '2'), ('c_t', '7/2'), ('beta', '1/3'), ('beta', '3/4')]
    """

    model: Model
    concept: str
    values: dict[str, Fraction]
    outcomes: tuple[str, ...]
    payoffs: dict[str, Fraction]
    ranges: dict[str, tuple[Root, Root] | None]
    thresholds: tuple[Threshold, ...]
    swings: tuple[Swing, ...]
    idle: tuple[str, ...]

    def findings(self) -> tuple[str, ...]:
        """The thresholds in sentences, and which parameters change nothing."""
        sentences = [
            f"At {t.parameter} = {t.written} the outcome changes from “{' or '.join(t.below)}” to "
            f"“{' or '.join(t.above)}”."
            for t in self.thresholds
        ]
        if self.idle:
            sentences.append(
                f"Apart from ties, no value within its range changes the outcome for {', '.join(self.idle)} alone."
            )
        return tuple(sentences)

    def table(self) -> Table:
        """One row for each threshold."""
        rows = tuple(
            (
                Cell(t.parameter),
                Cell(readable(self.values[t.parameter])),
                Cell(t.written),
                Cell(" or ".join(t.below)),
                Cell(" or ".join(t.above)),
            )
            for t in self.thresholds
        )
        header = ("Parameter", "Value", "Threshold", "Outcome below", "Outcome above")
        return Table(header, rows, numeric=frozenset({1, 2}))

    def __repr__(self) -> str:
        return "\n".join(self.findings())

    def _repr_html_(self) -> str:
        return self.table().html()


def sensitivity(
    model: Model,
    values: Mapping[str, object] | None = None,
    concept: str | None = None,
    progress: Callable[[Sequence[str]], Any] = lambda names: names,
) -> Sensitivity:
    """Every threshold and payoff swing of ``model`` along each of its parameters, from the given values.

    ``progress`` may wrap the list of parameter names to show how far the work is (`tqdm.tqdm` does).

    >>> from analyses.sensitivity import sensitivity
    >>> from games.catalog import load
    >>> found = sensitivity(load("conflict-expectations"))
    >>> first = found.thresholds[0]
    >>> first.parameter, first.value, first.below
    ('D', Fraction(7, 3), ('The target concedes',))
    """
    base = slice_of(model, (), values, concept)
    found = base.solve(())
    if not found.found:
        payoffs: dict[str, Fraction] = {}
    else:
        payoffs = {player: Fraction(found[0].payoffs[player]) for player in model.game.players}
    thresholds: list[Threshold] = []
    swings: list[Swing] = []
    ranges: dict[str, tuple[Root, Root] | None] = {}
    idle: list[str] = []
    used = {symbol for value in model.game.entries for symbol in getattr(value, "free_symbols", ())}
    for name in progress([p.name for p in model.parameters if p.symbol in used]):
        line = slice_of(model, (name,), values, concept)
        cells = intervals(line)
        ranges[name] = (cells[0].low, cells[-1].high) if cells else None
        if len({cell.outcomes for cell in cells}) <= 1:
            idle.append(name)
        thresholds += _thresholds(name, line, cells)
        swings += _swings(name, model, line, cells)
    return Sensitivity(
        model,
        base.concept,
        {symbol.name: value for symbol, value in base.point.items()},
        base.words(found),
        payoffs,
        ranges,
        tuple(thresholds),
        tuple(swings),
        tuple(idle),
    )


def intervals(line: Slice) -> tuple[Interval, ...]:
    """The admissible part of the one free parameter's range, cut where a deciding margin changes its sign."""
    ((low, high),) = line.bounds
    cuts = _roots(line.assumptions, low, high)
    open_cells = [(a, b) for a, b in zip([low, *cuts], [*cuts, high], strict=True) if a < b]
    settled: list[Interval] = []
    while open_cells:
        a, b = open_cells.pop()
        middle = _between(a, b)
        if not line.admits((middle,)):
            continue
        found = line.around((middle,))
        edges = [a, *_roots(line.margins(found), a, b), b]
        for left, right in pairwise(edges):
            if left < middle < right:
                payoffs = tuple(dict.fromkeys(map(line.payoffs, found.played)))
                settled.append(Interval(left, right, line.outcomes(found, (middle,)), payoffs))
            else:
                open_cells.append((left, right))
    return tuple(sorted(settled, key=lambda cell: sympy.N(cell.low, 30)))


def _roots(polynomials: Sequence[sympy.Poly], low: Root, high: Root) -> list[Root]:
    """The distinct real roots strictly between ``low`` and ``high``, in order."""
    found: set[Root] = set()
    for polynomial in polynomials:
        for root in polynomial.real_roots(multiple=False):
            value = root[0]
            exact = Fraction(int(value.p), int(value.q)) if value.is_Rational else value
            if low < exact < high:
                found.add(exact)
    return sorted(found)


def _between(low: Root, high: Root) -> Fraction:
    """A rational number strictly between, with a small denominator where there is one."""
    if isinstance(low, Fraction) and isinstance(high, Fraction):
        return (low + high) / 2
    digits = 2
    while True:
        middle = Fraction(str(sympy.N((sympy.sympify(low) + sympy.sympify(high)) / 2, digits + 5))).limit_denominator(
            10**digits
        )
        if low < middle < high:
            return middle
        digits *= 2


def _thresholds(name: str, line: Slice, cells: Sequence[Interval]) -> list[Threshold]:
    result = []
    for below, above in pairwise(cells):
        if below.high != above.low:
            continue
        if below.outcomes != above.outcomes:
            there: tuple[str, ...] = ()
            if isinstance(below.high, Fraction):
                there = line.outcomes(line.around((below.high,)), (below.high,))
            result.append(Threshold(name, below.high, below.outcomes, there, above.outcomes))
    return result


def _swings(name: str, model: Model, line: Slice, cells: Sequence[Interval]) -> list[Swing]:
    """The infimum and supremum of each player's payoff: at and near the ends of the intervals and where it is level."""
    result = []
    (symbol,) = line.symbols
    edges = {edge for cell in cells for edge in (cell.low, cell.high) if isinstance(edge, Fraction)}
    at_edges = [played for edge in edges if line.admits((edge,)) for played in line.around((edge,)).played]
    for position, player in enumerate(model.game.players):
        reached: list[Root] = [played.value(Payoff(player)) for played in at_edges]
        for cell in cells:
            for payoffs in cell.payoffs:
                formula = sympy.sympify(payoffs[position])
                slope, _ = sympy.fraction(sympy.together(formula.diff(symbol)))
                levels = _roots(line.polynomials([slope]), cell.low, cell.high)
                reached += [_value(formula, symbol, at) for at in (cell.low, *levels, cell.high)]
        if reached:
            result.append(Swing(name, player, min(reached), max(reached)))
    return result


def _value(formula: Any, symbol: sympy.Symbol, at: Root) -> Root:
    value = sympy.radsimp(sympy.expand(formula.subs(symbol, sympy.sympify(at))))
    if value.is_Rational:
        return Fraction(int(value.p), int(value.q))
    if not value.is_real:
        raise InputError(f"the payoff {formula} has no real value at {symbol} = {at}")
    return value
