"""A map over two parameters for a reader: sentences, a table, plain data, CSV."""

import csv
from collections.abc import Iterator
from fractions import Fraction
from html import escape
from io import StringIO
from typing import TYPE_CHECKING

from analyses.maps.exact_lines import roots_of, written
from analyses.maps.words import broken, check_points, in_csv, joined, plain_number, promises
from analyses.solution.report import EVERYWHERE, conditions, glosses, mixtures, opened, payoffs
from analyses.writing import no_formula
from games.exact import readable
from games.tables import Cell, Table
from games.terms import Sign

if TYPE_CHECKING:
    from analyses.maps.cutting import Boundary, Label, MapCell
    from analyses.maps.plane import EquilibriumMap

NONE = "none"
LEAST_SHARE = Fraction(1, 1000)


def findings(of: "EquilibriumMap") -> tuple[str, ...]:
    """How much there is, how far it is proved, which equilibria there are, where they exist, and the boundaries."""
    return (*_promises(of), *(_equilibrium(of, number) for number in of.lasting), *_cells(of), *_boundaries(of))


def _promises(of: "EquilibriumMap") -> Iterator[str]:
    spans = [
        f"{name} from {readable(low)} to {readable(high)}" for name, (low, high) in zip(of.axes, of.ranges, strict=True)
    ]
    ties = len(of.names) - len(of.lasting)
    yield from promises(of.solution, joined(spans), len(of.lasting), ties, "where payoffs tie")
    yield from of.solution.remarks


def _equilibrium(of: "EquilibriumMap", number: int) -> str:
    region = of.solution.regions[number - 1]
    told = "; ".join([*mixtures(region), payoffs(region), *map(opened, region.open)])
    where = " or ".join(conditions(of.solution.names, region))
    lead = "at" if where == EVERYWHERE else "where"
    return f"{number}. “{of.names[number - 1]}” {lead} {where}; {told}."


def _cells(of: "EquilibriumMap") -> Iterator[str]:
    for cell in of.cells:
        verb = "exists" if len(cell.equilibria) < 2 else "exist"
        if cell.equilibria:
            lead = "Just" if of.complete else "Of those found, just"
            said = f"{lead} {label(cell.equilibria)} {verb}"
        else:
            said = "No equilibrium exists" if of.complete else "None was found"
        yield f"{said} on {share(cell)} of the admissible plane."


def share(cell: "MapCell") -> str:
    """How much of the admissible plane it is."""
    if 0 < cell.share < LEAST_SHARE:
        return f"less than {float(100 * LEAST_SHARE):.1f} %"
    about = "" if isinstance(cell.share, Fraction) else "about "
    return f"{about}{float(100 * cell.share):.1f} %"


def _boundaries(of: "EquilibriumMap") -> Iterator[str]:
    for boundary in of.boundaries:
        if boundary.separates:
            pairs = dict.fromkeys((arc.before, arc.after) for arc in boundary.arcs if arc.separates)
            told = "; ".join(f"{_side(before)} from {_side(after)}" for before, after in pairs)
            yield f"The curve {equation(of, boundary)} separates {told}."


def _side(equilibria: "Label") -> str:
    """The equilibria on one side of a boundary."""
    return "{" + ", ".join(map(str, equilibria)) + "}" if equilibria else label(equilibria)


def label(equilibria: "Label") -> str:
    """The equilibria at a point in words."""
    if equilibria is None:
        return "what is not admissible"
    return joined([str(number) for number in equilibria]) if equilibria else NONE


def equation(of: "EquilibriumMap", boundary: "Boundary") -> str:
    """A boundary as an equation; a straight line along an axis by its place."""
    if boundary.at is not None:
        return f"{of.axes[0]} = {written(boundary.at)}"
    if boundary.polynomial.names == {of.axes[1]} and len(roots := roots_of(boundary.polynomial, of.axes[1])) == 1:
        return f"{of.axes[1]} = {written(roots[0])}"
    return of.solution.names.said(Sign(boundary.polynomial, "=="))


def table(of: "EquilibriumMap") -> Table:
    """One row for each cell, the largest first."""
    rows = tuple(
        (
            Cell(str(number)),
            Cell(label(cell.equilibria)),
            Cell(" or ".join(of.names[k - 1] for k in cell.equilibria)),
            Cell(share(cell)),
        )
        for number, cell in enumerate(of.cells, start=1)
    )
    return Table(("", "Equilibria", "Played", "Part of the map"), rows, numeric=frozenset({3}), caption=of.model.title)


def text(of: "EquilibriumMap") -> str:
    """The findings, broken into lines, and what the axes stand for."""
    return "\n".join([*map(broken, findings(of)), *glosses(of.model, of.axes)])


def html(of: "EquilibriumMap") -> str:
    return table(of).html() + f"<p>{escape(' '.join(_promises(of)))}</p>"


def plain(of: "EquilibriumMap") -> dict[str, object]:
    """Everything as plain data; exact numbers and formulas as text."""
    return {
        **of.solution.as_json(),
        "axes": list(of.axes),
        "ranges": [[str(end) for end in ends] for ends in of.ranges],
        "names": list(of.names),
        "cells": [
            {
                "equilibria": list(cell.equilibria),
                "share": str(cell.share) if isinstance(cell.share, Fraction) else cell.share,
                "example": [str(value) for value in max(cell.bands, key=lambda band: band.width).inside],
            }
            for cell in of.cells
        ],
        "boundaries": [_plain_boundary(of, boundary) for boundary in of.boundaries],
    }


def _plain_boundary(of: "EquilibriumMap", boundary: "Boundary") -> dict[str, object]:
    return {
        "zero": equation(of, boundary),
        "separates": boundary.separates,
        "arcs": [
            {
                "along": of.axes[1 if arc.edge is None else 0],
                "from": plain_number(arc.ends[0]),
                "to": plain_number(arc.ends[1]),
                "before": None if arc.before is None else list(arc.before),
                "there": None if arc.there is None else list(arc.there),
                "after": None if arc.after is None else list(arc.after),
            }
            for arc in boundary.arcs
        ],
    }


def csv_text(of: "EquilibriumMap", points: int) -> str:
    """The boundaries in rows: so many exact points inside each arc, as floats and as text."""
    check_points(points, 1, "of each arc")
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["boundary", "separates", *of.axes, *(f"exact {name}" for name in of.axes)])
    for boundary in of.boundaries:
        for point in of.points_of(boundary, points):
            numbers = [point[name] for name in of.axes]
            writer.writerow(
                [no_formula(equation(of, boundary)), boundary.separates, *map(float, numbers), *map(in_csv, numbers)]
            )
    return text.getvalue()
