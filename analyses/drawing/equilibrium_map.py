"""A map of the equilibria over two parameters: cells by number, boundaries along their exact curves.

Each point of a boundary is a root of its polynomial, worked out for one coordinate at an exact value of the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import cos, pi
from string import ascii_lowercase, ascii_uppercase

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from analyses.drawing.figures import (
    FAINT,
    GROUNDS,
    INK,
    Drawing,
    clear_frame,
    escaped,
    fitted,
    mathematical,
    text_width,
    wrapped,
)
from analyses.drawing.place import Place, Size, laid_out
from analyses.drawing.room import Label, Room
from analyses.maps import Arc, Boundary, EquilibriumMap, MapCell
from analyses.maps.columns import Band, Edge, height_at
from analyses.maps.exact_lines import inner_ends, nearly, written
from analyses.maps.naming import Followed
from analyses.maps.plane_report import equation, share
from games.errors import InputError, check_kind, listed, quoted
from games.exact import amount, readable
from games.formulas.polynomials import Reader
from games.roots import Real
from games.terms import Poly

WIDE, MAP = 6.6, 4.1
LEFT, RIGHT, BAR = 0.85, 0.9, 0.45
"""Inches: from side to side, the height of the map, what is left free beside it, and more for a colour bar."""

SMALL = 7.5
STEPS = 32
MESH = 160
MOST_CURVES = 8
MOST_BANDS = 6

SHADES = LinearSegmentedColormap.from_list("shades", ["#f7fbff", "#6baed6", "#08306b"])
"""Light for a probability of 0, dark for 1."""


@dataclass(frozen=True)
class _Shape:
    """A cell, and the polygons that its bands are drawn as."""

    cell: MapCell
    corners: tuple[tuple[tuple[float, float], ...], ...]

    @cached_property
    def path(self) -> Path:
        return Path.make_compound_path(*(Path([*own, own[0]], closed=True) for own in self.corners))


def draw_map(
    found: EquilibriumMap,
    shade: str | tuple[str, str] | None = None,
    *,
    ax: Axes | None = None,
    size: Size | None = None,
) -> Drawing:
    """The map with the numbers of the equilibria in each cell, their names below, and the present values as a cross.

    Where there is no room for the numbers, a letter stands for them. Solid lines have other equilibria on either side;
    on dashed ones alone there are more. ``shade``, a place and a choice such as ``"Japan: Full"``, colours cells in
    which an equilibrium mixes there by how probable the choice is.

    >>> from analyses.drawing.equilibrium_map import draw_map
    >>> from analyses.maps import map_over
    >>> from games.catalog import load
    >>> drawing = draw_map(map_over(load("inspection"), ("a_1", "b_2")), shade="Sender: Sanction")
    >>> len(drawing.figure.axes)
    2
    """
    check_kind(found, EquilibriumMap, "what is drawn", "what map_over(model, parameters) finds")
    shaded = None if shade is None else _shaded(found, shade)
    right = RIGHT + (0.0 if shaded is None else BAR)
    wide, high = laid_out(size, WIDE, MAP)
    span = wide - LEFT - right
    shapes = [_Shape(cell, tuple(_corners(found, band) for band in cell.bands)) for cell in found.cells]
    badges, curves = _labels(found, shapes, span, high)
    key = _key(found, badges, curves, None if shaded is None else shaded.label, wide)
    key_height = 0.19 * sum(map(len, key)) + 0.62
    names = _edge_labels(found, span)
    head = 0.12 + 0.15 * (1 + max((row for _, _, row in names), default=-1))
    tall = high + key_height + head
    figure = Place(wide, tall, ax, size)
    plot = figure.add_axes((LEFT / wide, key_height / tall, span / wide, high / tall))
    for k, shape in enumerate(shapes):
        ground = GROUNDS[k % len(GROUNDS)] if shaded is None else "#f2f2f2"
        plot.add_patch(PathPatch(shape.path, facecolor=ground, edgecolor=ground, linewidth=0.5, zorder=1))
        if shaded is not None:
            _shade(plot, found, shape, shaded)
    for boundary in found.boundaries:
        _line(plot, found, boundary)
    for label in (*badges, *curves):
        _stamp(plot, label)
    _frame(plot, found, (int(72 * wide / WIDE), int(46 * high / MAP)))
    for middle, said, row in names:
        height = 1 - (head - 0.05 - 0.15 * row) / tall
        figure.text((LEFT + middle) / wide, height, said, fontsize=SMALL, ha="center", va="bottom", color=INK)
    for level, said in _side_labels(found, high):
        low, top = map(float, found.ranges[1])
        height = (key_height + high * (level - low) / (top - low)) / tall
        figure.text((wide - right + 0.06) / wide, height, said, fontsize=SMALL, ha="left", va="center", color=INK)
    if shaded is not None:
        side = figure.add_axes(
            ((wide - 0.42) / wide, (key_height + high * 0.62) / tall, 0.1 / wide, high * 0.36 / tall)
        )
        bar = figure.figure.colorbar(ScalarMappable(Normalize(0, 1), SHADES), cax=side, ticks=[0, 0.5, 1])
        bar.ax.tick_params(labelsize=SMALL)
    _write(figure, key, key_height - 0.5, (wide, tall))
    return figure.drawn(_description(found))


def _write(figure: Place, key: Sequence[Sequence[str]], y: float, inches: tuple[float, float]) -> None:
    """The key, from ``y`` inches downwards."""
    wide, tall = inches
    for lines in key:
        for k, line in enumerate(lines):
            indent = 0.12 if k else 0.0
            figure.text((0.3 + indent) / wide, y / tall, line, fontsize=8, va="top", color=INK, parse_math=False)
            y -= 0.19


def _key(
    found: EquilibriumMap, badges: Sequence[Label], curves: Sequence[Label], shaded: str | None, wide: float
) -> list[list[str]]:
    """What stands below the map, each entry in lines."""
    notes = ["✚ present values"]
    if any(not boundary.separates for boundary in found.boundaries):
        notes.append("dashed: more equilibria on the line alone")
    if any(None in (arc.before, arc.after) for boundary in found.boundaries for arc in boundary.arcs):
        notes.append("white: not admissible")
    if shaded:
        notes.append(f"blue: {shaded}, where it is mixed")
    if len(badges) < len(found.cells):
        notes.append(f"{amount(len(found.cells) - len(badges), 'small cell')} without a label")
    if not found.complete:
        notes.append("not complete")
    entries = ["; ".join(notes)]
    entries += [f"{number}  {found.names[number - 1]}" for number in found.lasting]
    entries += [f"{label.said}:  {label.stands_for}" for label in (*badges, *curves) if label.stands_for]
    return [fitted(entry, 8, wide - 0.6) for entry in entries]


def _labels(
    found: EquilibriumMap, shapes: Sequence[_Shape], span: float, high: float
) -> tuple[list[Label], list[Label]]:
    """What is written into cells and onto curves: numbers where they fit, letters elsewhere, nothing on top of it."""
    room = Room(span, high, found.ranges, [])
    here = [float(found.model.by_name[name].default) for name in found.axes]
    room.takes(here[0], here[1], 0.16, 0.16)
    badges: list[Label] = []
    small = []
    for shape in shapes:
        said = ", ".join(map(str, shape.cell.equilibria)) or "none"
        wide = text_width(said, 9) + 0.14
        place = next((s for s in _spots(shape) if room.fits(s, 0.22) and room.takes(s[0], _half(s), wide, 0.24)), None)
        if place is not None:
            badges.append(Label(said, place[0], _half(place), "cell"))
        else:
            small.append((shape, said))
    curves = list(_lettered(found, room))
    letters = iter(ascii_uppercase)
    for shape, said in small:
        place = next((s for s in _spots(shape) if room.takes(s[0], _half(s), 0.17, 0.17)), None)
        if place is not None and (letter := next(letters, None)) is not None:
            badges.append(Label(letter, place[0], _half(place), "small cell", said))
    return badges, curves


def _half(spot: tuple[float, float, float]) -> float:
    return (spot[1] + spot[2]) / 2


def _spots(shape: _Shape) -> Iterator[tuple[float, float, float]]:
    """Where a label may stand in a cell: values of the first parameter, with the ends of the band there."""
    for outline in sorted(shape.corners, key=_area, reverse=True)[:MOST_BANDS]:
        last = len(outline) // 2 - 1
        for part in (0.5, 0.3, 0.7, 0.85):
            k = min(int(part * last), last - 1)
            w = part * last - k
            ends = [(outline[j], outline[-1 - j]) for j in (k, k + 1)]
            low, high = ((1 - w) * ends[0][side][1] + w * ends[1][side][1] for side in (0, 1))
            yield (1 - w) * ends[0][0][0] + w * ends[1][0][0], low, high


def _lettered(found: EquilibriumMap, room: Room) -> Iterator[Label]:
    """A letter for each boundary that runs along no axis, the longest first, as far as there is room."""
    slanted = [b for b in found.boundaries if b.separates and len(b.polynomial.names) == 2]
    letters = iter(ascii_lowercase[:MOST_CURVES])
    for boundary in sorted(slanted, key=lambda b: -sum(map(_length, b.arcs))):
        place = next((spot for spot in _on_curve(found, boundary) if room.takes(*spot, 0.15, 0.15)), None)
        if place is not None and (letter := next(letters, None)) is not None:
            yield Label(letter, *place, "curve", equation(found, boundary))


def _length(arc: Arc) -> float:
    return float(arc.ends[1]) - float(arc.ends[0])


def _on_curve(found: EquilibriumMap, boundary: Boundary) -> Iterator[tuple[float, float]]:
    """Points of a curve at which its letter may stand."""
    for arc in sorted((a for a in boundary.arcs if a.separates), key=_length, reverse=True):
        assert arc.edge is not None
        low, high = inner_ends(*arc.ends)
        for part in (Fraction(2, 3), Fraction(1, 3), Fraction(1, 2), Fraction(5, 6)):
            at = low + (high - low) * part
            yield float(at), float(_height(found, arc.edge, at))


def _edge_labels(found: EquilibriumMap, span: float) -> list[tuple[float, str, int]]:
    """The names of vertical lines: their middle in inches, and the row above the map in which they overlap no other."""
    (low, high), _ = found.ranges
    inches = span / float(high - low)
    lines = [b for b in found.boundaries if b.at is not None and b.separates]
    taken: list[float] = []
    placed = []
    for boundary in sorted(lines, key=lambda b: nearly(b.at or Fraction(0))):
        assert boundary.at is not None
        said = _value(found.axes[0], boundary.at, 2.0)
        half = text_width(f"{found.axes[0]} = {written(boundary.at)}", SMALL) / 2 + 0.05
        middle = max((nearly(boundary.at) - float(low)) * inches, half - LEFT)
        row = next((k for k, end in enumerate(taken) if end <= middle - half), len(taken))
        taken[row : row + 1] = [middle + half]
        placed.append((middle, said, row))
    return placed


def _value(name: str, number: Real, room: float) -> str:
    """What a parameter is on a straight boundary: exact where there is room for that."""
    if text_width(f"{name} = {written(number)}", SMALL) <= room:
        return f"{mathematical(name)} = {written(number)}"
    return f"{mathematical(name)} ≈ {readable(float(number))}"


def _side_labels(found: EquilibriumMap, high: float) -> Iterator[tuple[float, str]]:
    """The names of horizontal lines, and their heights; of two that are close to each other the first."""
    last = -np.inf
    gap = 0.16 * float(found.ranges[1][1] - found.ranges[1][0]) / high
    levels = []
    for boundary in found.boundaries:
        if boundary.separates and boundary.polynomial.names == {found.axes[1]}:
            edge = boundary.arcs[0].edge
            assert edge is not None
            height = height_at(edge, *found.axes, _middle(boundary))
            levels.append((nearly(height), _value(found.axes[1], height, RIGHT - 0.1)))
    for level, said in sorted(levels):
        if level - last >= gap:
            yield level, said
            last = level


def _middle(boundary: Boundary) -> Fraction:
    low, high = inner_ends(*boundary.arcs[0].ends)
    return (low + high) / 2


def _height(found: EquilibriumMap, edge: Edge, at: Fraction) -> Fraction:
    height = height_at(edge, *found.axes, at)
    return height if isinstance(height, Fraction) else Fraction(nearly(height))


def _stops(low: Fraction, high: Fraction, is_straight: bool) -> list[Fraction]:
    """Values of the first parameter at which a curve is worked out, closer to each other towards its ends."""
    part = [Fraction(1 - cos(pi * k / STEPS)) / 2 for k in range(1, STEPS)]
    near = Fraction(1, 10**7)
    return [low + (high - low) * p for p in ([near, 1 - near] if is_straight else [near, *part, 1 - near])]


def _points(found: EquilibriumMap, edge: Edge, stops: Sequence[Fraction]) -> list[tuple[float, float]]:
    return [(float(at), float(_height(found, edge, at))) for at in stops]


def _corners(found: EquilibriumMap, band: Band) -> tuple[tuple[float, float], ...]:
    """The outline of a band."""
    low, high = inner_ends(band.low, band.high)
    sides = [_points(found, edge, _stops(low, high, edge.is_straight)) for edge in (band.bottom, band.top)]
    return (*sides[0], *reversed(sides[1]))


def _line(plot: Axes, found: EquilibriumMap, boundary: Boundary) -> None:
    for arc in boundary.arcs:
        if arc.edge is None:
            assert boundary.at is not None
            points = [(nearly(boundary.at), nearly(end)) for end in arc.ends]
        else:
            points = _points(found, arc.edge, _stops(*inner_ends(*arc.ends), arc.edge.is_straight))
        xs, ys = zip(*points, strict=True)
        if arc.separates:
            plot.plot(xs, ys, color=INK, linewidth=1.2, zorder=3, solid_capstyle="round")
        else:
            plot.plot(xs, ys, color=FAINT, linewidth=0.9, dashes=(4, 2), zorder=3)


def _stamp(plot: Axes, label: Label) -> None:
    """A label with a ground of its own: a frame for the equilibria of a cell."""
    if label.of != "curve":
        box = {"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": INK, "linewidth": 0.7}
        size = 9.0 if label.of == "cell" else 7.0
        plot.text(label.x, label.y, label.said, ha="center", va="center", fontsize=size, zorder=5, bbox=box)
    else:
        box = {"boxstyle": "circle,pad=0.1", "facecolor": "white", "edgecolor": "none"}
        plot.text(
            label.x, label.y, label.said, fontsize=8, style="italic", ha="center", va="center", bbox=box, zorder=4
        )


def _area(outline: Sequence[tuple[float, float]]) -> float:
    following = (*outline[1:], outline[0])
    return abs(sum(p[0] * q[1] - q[0] * p[1] for p, q in zip(outline, following, strict=True))) / 2


def _frame(plot: Axes, found: EquilibriumMap, letters: tuple[int, int]) -> None:
    """The ranges, what the axes are, in lines of so many ``letters``, and the present values."""
    (x_low, x_high), (y_low, y_high) = found.ranges
    plot.set_xlim(float(x_low), float(x_high))
    plot.set_ylim(float(y_low), float(y_high))
    here = [float(found.model.by_name[name].default) for name in found.axes]
    plot.plot(here[:1], here[1:], "P", color=INK, markersize=8, markeredgecolor="white", zorder=6, clip_on=False)
    for axis, name, most in zip((plot.xaxis, plot.yaxis), found.axes, letters, strict=True):
        meaning = escaped(wrapped(found.model.by_name[name].meaning, most))
        axis.set_label_text(f"{mathematical(name)}  {meaning}", fontsize=8.5)
        axis.set_tick_params(labelsize=8)
    clear_frame([plot])


def _shaded(found: EquilibriumMap, shade: str | tuple[str, str]) -> Followed:
    """The choice that is shaded, as some equilibrium tells of it. Raises `InputError` for one that none does."""
    check_kind(shade, (str, tuple), "what is shaded", "a place and a choice, such as 'Japan: Full'")
    told = {
        f"{each.whose}: {each.what}": each
        for number in found.lasting
        for each in found.followed(number)
        if each.kind == "probability"
    }
    wanted = shade if isinstance(shade, str) else ": ".join(map(str, shade))
    if wanted not in told:
        raise InputError(f"there is no choice {quoted(wanted)} to shade by; there are {listed(told)}")
    return told[wanted]


def _shade(plot: Axes, found: EquilibriumMap, shape: _Shape, shaded: Followed) -> None:
    """Colours a cell by the probability in the first of its equilibria that mixes there."""
    for number in shape.cell.equilibria:
        for each in found.followed(number):
            is_meant = (each.kind, each.whose, each.what) == ("probability", shaded.whose, shaded.what)
            if is_meant and not each.curve.is_band and each.curve.formula not in (0, 1):
                _coloured(plot, found, shape, each)
                return


def _coloured(plot: Axes, found: EquilibriumMap, shape: _Shape, each: Followed) -> None:
    (way, *others) = Reader().ways(each.curve.formula)
    if others or way.guard is not True:
        return
    box = shape.path.get_extents()
    xs, ys = np.linspace(box.x0, box.x1, MESH), np.linspace(box.y0, box.y1, MESH)
    grid = dict(zip(found.axes, np.meshgrid(xs, ys), strict=True))
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.divide(_floats(way.num).at(grid), _floats(way.den).at(grid))
    values = np.clip(np.broadcast_to(values, (MESH, MESH)), 0, 1)
    drawn = plot.pcolormesh(xs, ys, values, cmap=SHADES, vmin=0, vmax=1, shading="gouraud", zorder=1.5)
    drawn.set_clip_path(PathPatch(shape.path, transform=plot.transData))


def _floats(of: Poly) -> Poly:
    """The polynomial with floats for coefficients, to be worked out on arrays."""
    return Poly({monomial: float(coefficient) for monomial, coefficient in of.terms.items()})  # type: ignore[misc]


def _description(found: EquilibriumMap) -> str:
    cells = "; ".join(f"{', '.join(map(str, cell.equilibria)) or 'none'}: {share(cell)}" for cell in found.cells)
    names = "; ".join(f"{number} {found.names[number - 1]}" for number in found.lasting)
    return f"Map of the equilibria over {found.axes[0]} and {found.axes[1]}. {cells}. {names}."
