"""A region map: the plane of two parameters, coloured by outcome, numbered, and labelled in words."""

from collections import Counter
from fractions import Fraction
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.patches import Polygon as Patch

from analyses.drawing.figures import GROUNDS, INK, Drawing, clear_frame, escaped, mathematical, wrapped
from analyses.drawing.place import Place, Size, laid_out
from analyses.regions import Point, Polygon, Regions, area, region_point
from games.errors import check_kind

WIDTH, HEIGHT = 6.6, 4.1
"""Inches from side to side, and of the map from its foot to its top."""


def draw_regions(found: Regions, *, ax: Axes | None = None, size: Size | None = None) -> Drawing:
    """The map with a numbered badge in each region, the present values as a cross, and the outcomes in words below.

    >>> from analyses.drawing.region_map import draw_regions
    >>> from analyses.regions import regions
    >>> from games.catalog import load
    >>> drawing = draw_regions(regions(load("conflict-expectations"), ("D", "c_t")))
    >>> drawing.description[:40]
    'Map of the outcome over D and c_t. Sanct'
    """
    check_kind(found, Regions, "what to draw", "what regions(model) finds")
    wide, map_height = laid_out(size, WIDTH, HEIGHT)
    entries = [
        wrapped(f"{number}  {region.label} ({float(100 * region.share):.0f} %)", int(88 * wide / WIDTH))
        for number, region in enumerate(found.regions, start=1)
    ]
    lines = sum(entry.count("\n") + 1 for entry in entries)
    key_height = 0.2 * lines + 0.25
    figure = Place(wide, map_height + key_height, ax, size)
    bottom = (key_height + 0.55) / (map_height + key_height)
    plot = figure.add_axes((0.13, bottom, 0.84, 0.97 - bottom))
    (x_low, x_high), (y_low, y_high) = found.bounds
    plot.set_xlim(float(x_low), float(x_high))
    plot.set_ylim(float(y_low), float(y_high))
    plot.set_facecolor("#ffffff")
    for number, region in enumerate(found.regions):
        ground = GROUNDS[number % len(GROUNDS)]
        for polygon in region.polygons:
            corners = [(float(x), float(y)) for x, y in polygon]
            plot.add_patch(Patch(corners, closed=True, facecolor=ground, edgecolor=ground, linewidth=0.6, zorder=1))
    for first, second in _boundaries(found):
        xs, ys = [float(first[0]), float(second[0])], [float(first[1]), float(second[1])]
        plot.plot(xs, ys, color=INK, linewidth=1.1, zorder=2, solid_capstyle="round")
    for number, region in enumerate(found.regions, start=1):
        middle = region_point(region)
        badge = {"boxstyle": "circle,pad=0.25", "facecolor": "white", "edgecolor": INK, "linewidth": 0.8}
        plot.text(
            float(middle[0]), float(middle[1]), str(number), ha="center", va="center", fontsize=9, zorder=4, bbox=badge
        )
    here = [found.values[name] for name in found.axes]
    plot.plot([float(here[0])], [float(here[1])], "P", color=INK, markersize=8, markeredgecolor="white", zorder=5)
    letters = int(80 * wide / WIDTH), int(46 * map_height / HEIGHT)
    for axis, name, most in zip((plot.xaxis, plot.yaxis), found.axes, letters, strict=True):
        meaning = escaped(wrapped(found.model.by_name[name].meaning, most))
        axis.set_label_text(f"{mathematical(name)}  {meaning}", fontsize=8.5)
        axis.set_tick_params(labelsize=8)
    clear_frame([plot])
    total = map_height + key_height
    y = (key_height - 0.02) / total
    empty = "" if _covers(found) else "      white: excluded by the model's assumptions"
    figure.text(0.1, y, f"✚ present values{empty}", fontsize=8, va="top", color=INK)
    y -= 0.2 / total
    for number, entry in enumerate(entries):
        figure.text(
            0.1,
            y,
            entry,
            fontsize=8,
            va="top",
            color=INK,
            bbox={"boxstyle": "square,pad=0.15", "facecolor": GROUNDS[number % len(GROUNDS)], "edgecolor": "none"},
            parse_math=False,
        )
        y -= 0.2 * (entry.count("\n") + 1) / total
    return figure.drawn(_description(found))


def _covers(found: Regions) -> bool:
    """Whether the regions fill the whole rectangle."""
    (x_low, x_high), (y_low, y_high) = found.bounds
    return sum(area(polygon) for region in found.regions for polygon in region.polygons) == (x_high - x_low) * (
        y_high - y_low
    )


def _boundaries(found: Regions) -> list[tuple[Point, Point]]:
    """The line segments between different outcomes.

    Every polygon's edges are cut at all corners that lie on them; a piece that polygons of one region share lies
    inside that region, every other piece is on a boundary or on the edge of the map.
    """
    owners: dict[tuple[Point, Point], Counter[int]] = {}
    corners = sorted({corner for region in found.regions for polygon in region.polygons for corner in polygon})
    for number, region in enumerate(found.regions):
        for polygon in region.polygons:
            for first, second in _edges(polygon):
                for start, end in _pieces(first, second, corners):
                    owners.setdefault((min(start, end), max(start, end)), Counter())[number] += 1
    return [piece for piece, counted in owners.items() if max(counted.values()) == 1]


def _edges(polygon: Polygon) -> list[tuple[Point, Point]]:
    return list(zip(polygon, (*polygon[1:], *polygon[:1]), strict=True))


def _pieces(first: Point, second: Point, corners: list[Point]) -> list[tuple[Point, Point]]:
    direction = (second[0] - first[0], second[1] - first[1])
    length = direction[0] ** 2 + direction[1] ** 2
    at: set[Fraction] = {Fraction(0), Fraction(1)}
    for corner in corners:
        offset = (corner[0] - first[0], corner[1] - first[1])
        if direction[0] * offset[1] == direction[1] * offset[0]:
            part = (offset[0] * direction[0] + offset[1] * direction[1]) / length
            if 0 < part < 1:
                at.add(part)
    stops = [(first[0] + part * direction[0], first[1] + part * direction[1]) for part in sorted(at)]
    return list(pairwise(stops))


def _description(found: Regions) -> str:
    shares = "; ".join(f"{region.label}: {float(100 * region.share):.0f} %" for region in found.regions)
    return f"Map of the outcome over {found.axes[0]} and {found.axes[1]}. {shares}."
