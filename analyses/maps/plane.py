"""Two parameters: which equilibria exist where, between boundaries that are exact curves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from analyses.maps import plane_report
from analyses.maps.columns import height_at
from analyses.maps.cutting import Boundary, Cutting, MapCell
from analyses.maps.exact_lines import inner_ends
from analyses.maps.naming import Followed, followed_in, names_of_regions
from analyses.solution import Solution, solve_free
from analyses.writing import write_file
from games.errors import InputError, check_kind, quoted
from games.exact import exact
from games.formulas.relations import Relation
from games.model import Model
from games.roots import Real
from games.solvers.limits import OutOfTimeError, anew
from games.tables import Table, Tabular

TOO_SLOW = "the time was up before the plane was cut; allow more with --time-limit (seconds= in Python)"


@dataclass(frozen=True, repr=False)
class EquilibriumMap(Tabular):
    """All equilibria of a model over two parameters, the ``axes``, within their ``ranges``.

    ``names`` are those of the equilibria, one for each region of the ``solution``. As far as it is ``complete`` it is
    proved that there are no others; ``doubts`` say why it is not.

    >>> from analyses.maps import map_over
    >>> from games.catalog import load
    >>> found = map_over(load("conflict-expectations"), ("D", "c_t"))
    >>> [found.names[number - 1] for number in found.at(1, 5)]
    ['The target concedes']
    """

    solution: Solution = field(repr=False)
    axes: tuple[str, str]
    ranges: tuple[tuple[Fraction, Fraction], tuple[Fraction, Fraction]]
    names: tuple[str, ...]
    cells: tuple[MapCell, ...]
    boundaries: tuple[Boundary, ...]

    @property
    def model(self) -> Model:
        return self.solution.model

    @property
    def complete(self) -> bool:
        return self.solution.complete

    @property
    def doubts(self) -> tuple[str, ...]:
        return self.solution.doubts

    @cached_property
    def lasting(self) -> tuple[int, ...]:
        """The numbers of the equilibria that exist on more than curves and points."""
        return tuple(sorted({number for cell in self.cells for number in cell.equilibria}))

    @property
    def is_exact(self) -> bool:
        """Whether the shares are exact; the boundaries always are."""
        return all(isinstance(cell.share, Fraction) for cell in self.cells)

    def at(self, x: object, y: object) -> tuple[int, ...]:
        """The numbers of the equilibria at an exact point. Raises `InputError` where it is not admissible."""
        values = {name: exact(value, name) for name, value in zip(self.axes, (x, y), strict=True)}
        held = [here.region for here in self.solution.at(**values)]
        regions = enumerate(self.solution.regions, start=1)
        return tuple(number for number, region in regions if any(region is each for each in held))

    def followed(self, number: int) -> tuple[Followed, ...]:
        """The quantities of an equilibrium by number, as functions of the two parameters."""
        check_kind(number, int, "the equilibrium", "its number")
        if not 1 <= number <= len(self.solution.regions):
            raise InputError(f"there is no equilibrium {number}; they are numbered 1 to {len(self.solution.regions)}")
        return followed_in(self.solution, self.solution.regions[number - 1])

    def points_of(self, boundary: Boundary, count: int = 3) -> Iterator[dict[str, Real]]:
        """Exact points on a boundary, ``count`` inside each of its arcs."""
        x, y = self.axes
        for arc in boundary.arcs:
            low, high = inner_ends(*arc.ends)
            for k in range(1, count + 1):
                value = low + (high - low) * Fraction(k, count + 1)
                if arc.edge is not None:
                    yield {x: value, y: height_at(arc.edge, x, y, value)}
                elif boundary.at is not None:
                    yield {x: boundary.at, y: value}

    def findings(self) -> tuple[str, ...]:
        """Which equilibria exist where, how much of the plane that is, and what the boundaries are, in sentences."""
        return plane_report.findings(self)

    def table(self) -> Table:
        """One row for each cell."""
        return plane_report.table(self)

    def as_json(self) -> dict[str, object]:
        """Everything as plain data; exact numbers and formulas as text."""
        return plane_report.plain(self)

    def csv(self, points: int = 25) -> str:
        """The boundaries as CSV: ``points`` of each arc."""
        return plane_report.csv_text(self, points)

    def to_csv(self, path: Path | str, points: int = 25) -> Path:
        """Writes `csv` into a file, beside its place first. Raises `InputError` where that cannot be."""
        return write_file(path, self.csv(points).encode())

    def __repr__(self) -> str:
        return plane_report.text(self)

    def _repr_html_(self) -> str:
        return plane_report.html(self)


def map_over(
    model: Model,
    axes: Sequence[str] | None = None,
    *,
    values: Mapping[str, object] | None = None,
    premises: Sequence[Relation] = (),
    concept: str | None = None,
    seconds: float | None = None,
) -> EquilibriumMap:
    """Every equilibrium of ``model`` over the ranges of two parameters, by default those that the model names.

    The other parameters are as in ``values`` or their defaults. Pure or mixed, with perfect information or without:
    whatever the ``concept`` (by default that of the game's form) finds. ``seconds`` limits the time for solving,
    and that for cutting; what was found counts, and says that it is not complete.

    >>> from analyses.maps import map_over
    >>> from games.catalog import load
    >>> found = map_over(load("korea-rapprochement"))
    >>> [(cell.equilibria, str(cell.share)) for cell in found.cells]
    [((3,), '3/4'), ((1, 2, 3), '1/4')]

    Raises `InputError` as `analyses.solution.solve_free` does, and where the time is up before the plane was cut.
    """
    x, y = _axes(model, axes)
    solution = solve_free(
        model, [x, y], values=values, premises=premises, concept=concept, seconds=seconds, outcomes=True
    )
    try:
        with anew(seconds):
            return _cut(solution, x, y)
    except OutOfTimeError:
        raise InputError(TOO_SLOW) from None


def _axes(model: Model, axes: Sequence[str] | None) -> tuple[str, str]:
    chosen = axes if axes is not None else getattr(model, "axes", None)
    if chosen is None:
        raise InputError(f"{quoted(getattr(model, 'name', model))} names no parameters for its map; choose two")
    check_kind(chosen, (tuple, list), "the parameters of a map", "two names such as ('A_F', 'h_F')")
    for name in chosen:
        check_kind(name, str, "a parameter of a map", "its name, such as 'A_F'")
    if len(chosen) != 2:
        raise InputError(f"a map is over two parameters, not {len(chosen)}; along is about one")
    x, y = chosen
    return x, y


def _cut(solution: Solution, x: str, y: str) -> EquilibriumMap:
    cutting = Cutting(solution, x, y)
    if not cutting.cells:
        raise InputError(f"assumptions and premises leave no area of {x} and {y} to map; along follows one parameter")
    ranges = (cutting.plane.x_range, cutting.plane.y_range)
    names = names_of_regions(solution)
    return EquilibriumMap(solution, (x, y), ranges, names, cutting.cells, cutting.boundaries)
