"""Where a drawing goes: a figure of its own, of its own size or of one that is asked for, or axes of the user's.

Drawings are laid out in inches for letters of 7 to 9 points. In another size all of it is stretched to fill the room,
and letters, lines and markers grow or shrink together by the smaller of the two ratios, so that nothing that was apart
runs together.
"""

from typing import Any, Final, Literal, TypeAlias

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Patch
from matplotlib.text import Annotation, Text

from analyses.drawing.figures import Drawing, blank
from games.errors import InputError

Size: TypeAlias = tuple[float, float] | str
"""Width and height in inches, or `SLIDE`."""

SLIDE = "slide"
ON_SLIDE = (40 / 3, 7.5)
"""Inches of a slide."""

PAGE, PLOT = 5.9, 2.1
"""Inches: how wide a drawing is laid out that is to fill a slide, and how tall the plot in it."""

SMALLEST, LEGIBLE = 7.5, 12.0
"""Points: the letters of a drawing laid out on a page, and those that can be read at the back of a room."""

MOST_INCHES = 100
PLACES: Final[tuple[Literal["left", "center", "right"], ...]] = ("left", "center", "right")
TICKS = {"labelsize": 10.0, "length": 3.5, "width": 0.8, "pad": 3.5}
"""What matplotlib sets ticks with, in points, unless told otherwise."""


def laid_out(size: Size | None, wide: float, plot: float) -> tuple[float, float]:
    """Inches for which a drawing is laid out, ``wide`` with a plot so tall; narrower and lower for a slide."""
    return (min(PAGE, wide), min(PLOT, plot)) if size == SLIDE else (wide, plot)


class Place:
    """Room for a drawing that needs ``width`` by ``tall`` inches; its methods take fractions of that, as a figure's do.

    Raises `InputError` for both ``ax`` and ``size``, for what is neither, and for a slide on which the letters of the
    drawing could not be read.
    """

    def __init__(self, width: float, tall: float, ax: Axes | None = None, size: Size | None = None) -> None:
        if ax is not None and size is not None:
            raise InputError(
                "ax and size are both given; axes have the size of their place in the figure, so leave size out"
            )
        self.made: list[Axes] = []
        self._texts: list[Any] = []
        self._given = ax
        self._box = (0.0, 0.0, 1.0, 1.0)
        self.factor = 1.0
        if ax is not None:
            self.figure: Any = _figure_of(ax)
            self._box = ax.get_position().bounds
            inches = [part * side for part, side in zip(self._box[2:], _inches(self.figure), strict=True)]
            self.factor = min(inches[0] / width, inches[1] / tall)
        elif size is not None:
            inches = list(_checked(size))
            self.factor = min(inches[0] / width, inches[1] / tall)
            self.figure = blank(*inches)
            if size == SLIDE and SMALLEST * self.factor < LEGIBLE:
                raise InputError(
                    f"on a slide the letters of this drawing would be {SMALLEST * self.factor:.0f} points high, and "
                    f"{LEGIBLE:.0f} are read at the back of a room; draw less, or give a size in inches"
                )
        else:
            self.figure = blank(width, tall)

    def add_axes(self, rectangle: tuple[float, float, float, float]) -> Axes:
        """Axes there; of those that are drawn in the given ones, the first are these themselves."""
        left, bottom, wide, tall = rectangle
        x, y = self._at(left, bottom)
        place = (x, y, wide * self._box[2], tall * self._box[3])
        if self._given is not None and not self.made:
            self._given.set_position(place)
            self.made.append(self._given)
        else:
            self.made.append(self.figure.add_axes(place))
        return self.made[-1]

    def text(self, x: float, y: float, said: str, **looks: Any) -> None:
        """Text beside the axes."""
        self._texts.append(self.figure.text(*self._at(x, y), said, **looks))

    def line(self, xs: tuple[float, float], y: float, **looks: Any) -> None:
        """A level line beside the axes, as in a key."""
        ends = [self._at(x, y) for x in xs]
        at = {"transform": self.figure.transSubfigure}
        self._texts.append(self.figure.add_artist(Line2D([x for x, _ in ends], [y for _, y in ends], **at, **looks)))

    def drawn(self, description: str) -> Drawing:
        """The drawing, letters and lines in proportion to its size."""
        if self.factor != 1.0:
            for plot in self.made:
                _scale_axes(plot, self.factor)
            for artist in self._texts:
                _scale(artist, self.factor)
        figure = self.figure if isinstance(self.figure, Figure) else self.figure.figure
        return Drawing(figure, description, tuple(self.made))

    def _at(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, wide, tall = self._box
        return left + x * wide, bottom + y * tall


def only_part(parts: int, ax: Axes | None) -> None:
    """Raises `InputError` where a drawing in several parts is to go into one pair of axes."""
    if ax is not None and parts != 1:
        raise InputError(f"this is drawn in {parts} parts, and one pair of axes holds one of them; leave ax out")


def _figure_of(ax: Axes) -> Any:
    if not isinstance(ax, Axes) or ax.name != "rectilinear":
        shown = type(ax).__name__ if not isinstance(ax, Axes) else f"axes of the kind {ax.name}"
        raise InputError(f"ax is {shown}; give plain axes of matplotlib, such as those of figure.subplots()")
    return ax.figure


def _inches(figure: Any) -> tuple[float, float]:
    """The size of a figure, or of one within another."""
    box = figure.bbox
    dpi = figure.figure.dpi
    return box.width / dpi, box.height / dpi


def _checked(size: Size) -> tuple[float, float]:
    if size == SLIDE:
        return ON_SLIDE
    try:
        wide, tall = (float(side) for side in size)
    except (TypeError, ValueError):
        wide = tall = 0.0
    if isinstance(size, str) or not (0 < wide <= MOST_INCHES and 0 < tall <= MOST_INCHES):
        raise InputError(f"the size is {size!r}; give width and height in inches, such as (6, 4), or {SLIDE!r}")
    return wide, tall


def _scale_axes(plot: Axes, factor: float) -> None:
    ticks = {axis: {**TICKS, **axis.get_tick_params()} for axis in (plot.xaxis, plot.yaxis)}
    for place in PLACES:
        if said := plot.get_title(loc=place):
            title = next(each for each in plot.get_children() if isinstance(each, Text) and each.get_text() == said)
            looks: dict[str, Any] = {"fontsize": title.get_fontsize(), "color": title.get_color()}
            plot.set_title(said, loc=place, pad=mpl.rcParams["axes.titlepad"] * factor, **looks)
    for artist in plot.findobj():
        if artist is not plot:
            _scale(artist, factor)
    for axis, sizes in ticks.items():
        axis.labelpad *= factor
        larger: Any = {name: factor * float(sizes[name]) for name in TICKS}
        axis.set_tick_params(**larger)


def _scale(artist: Any, factor: float) -> None:
    """Letters, lines and markers that are so many times as large."""
    if isinstance(artist, Text):
        artist.set_fontsize(float(artist.get_fontsize()) * factor)
        if isinstance(artist, Annotation) and artist.anncoords == "offset points":
            artist.xyann = (artist.xyann[0] * factor, artist.xyann[1] * factor)
        if (box := artist.get_bbox_patch()) is not None:
            box.set_linewidth(box.get_linewidth() * factor)
    elif isinstance(artist, Line2D):
        artist.set_linewidth(artist.get_linewidth() * factor)
        artist.set_markersize(artist.get_markersize() * factor)
        artist.set_markeredgewidth(artist.get_markeredgewidth() * factor)
    elif isinstance(artist, FancyArrowPatch):
        artist.set_linewidth(artist.get_linewidth() * factor)
        artist.set_mutation_scale(artist.get_mutation_scale() * factor)
        artist.shrinkA, artist.shrinkB = artist.shrinkA * factor, artist.shrinkB * factor
    elif isinstance(artist, Patch):
        artist.set_linewidth(artist.get_linewidth() * factor)
    elif isinstance(artist, Collection):
        artist.set_linewidth([width * factor for width in np.atleast_1d(artist.get_linewidth())])
