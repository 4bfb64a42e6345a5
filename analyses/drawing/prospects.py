"""A picture for readers who know no terms: a row for each possibility in words, with a bar for each of its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analyses.drawing.figures import FAINT, INK, PLAYERS, Drawing, blank, fitted

WIDE = 6.6
"""Inches from side to side, as wide as the text of a page."""

WORDS = 3.7
"""Inches that the words take."""

LETTERS, TITLE = 8.0, 8.5
LINE = 0.15
"""Inches from one line of words to the next."""

BETWEEN = 0.3
"""Inches between two panels of bars."""


@dataclass(frozen=True)
class Prospect:
    """One possibility: what it begins with, what follows, its numbers as they are drawn and said, and whether it is
    the one to see."""

    head: str
    text: str
    values: tuple[float, ...]
    said: tuple[str, ...]
    marked: bool = False


def draw_prospects(rows: Sequence[Prospect], panels: Sequence[str], description: str, note: str = "") -> Drawing:
    """A row for each of the ``rows``, beside it a bar in each of the ``panels``, whose titles these are.

    The rows that are marked have a ground of their own, and a bar at their left. ``note`` stands below.

    >>> from analyses.drawing.prospects import Prospect, draw_prospects
    >>> peace = Prospect("Peace", "Nobody attacks.", (0.5,), ("1/2",), marked=True)
    >>> war = Prospect("War", "", (-1.0,), ("−1",))
    >>> draw_prospects([peace, war], ["What A gets"], "Peace pays A more than war.").description
    'Peace pays A more than war.'
    """
    lines = [_lines(row) for row in rows]
    talls = [LINE * len(own) + 0.12 for own in lines]
    each = (WIDE - WORDS - BETWEEN * len(panels)) / len(panels)
    titles = [fitted(title, TITLE, each + BETWEEN / 2, bold=True) for title in panels]
    head = 0.12 + LINE * max(map(len, titles))
    foot = 0.08 + (0.2 if note else 0.0)
    tall = head + sum(talls) + foot
    figure = blank(WIDE, tall)
    _write(figure, rows, lines, talls, head, tall)
    for number in range(len(panels)):
        left = WORDS + BETWEEN / 2 + number * (each + BETWEEN)
        plot = figure.add_axes((left / WIDE, foot / tall, each / WIDE, sum(talls) / tall))
        _bars(plot, rows, talls, number, each)
        figure.text(
            (left + each / 2) / WIDE,
            1 - 0.05 / tall,
            "\n".join(titles[number]),
            fontsize=TITLE,
            fontweight="bold",
            color=PLAYERS[number % 4],
            ha="center",
            va="top",
            parse_math=False,
        )
    if note:
        figure.text(0.99, 0.05 / tall, note, fontsize=7.5, color=INK, ha="right", parse_math=False)
    return Drawing(figure, description)


def _lines(row: Prospect) -> list[tuple[str, bool]]:
    """The words of a row in lines, and which of them are bold."""
    head = [(line, True) for line in fitted(row.head, LETTERS, WORDS - 0.25, bold=True)]
    return [*head, *((line, False) for line in fitted(row.text, LETTERS, WORDS - 0.25))]


def _write(
    figure: Figure,
    rows: Sequence[Prospect],
    lines: Sequence[Sequence[tuple[str, bool]]],
    talls: Sequence[float],
    head: float,
    tall: float,
) -> None:
    """The words of all rows, one below the other, with a line between any two."""
    from matplotlib.patches import Rectangle

    top = tall - head
    for row, own, high in zip(rows, lines, talls, strict=True):
        if row.marked:
            ground = Rectangle((0, (top - high) / tall), 1, high / tall, color="#fdf1d6", linewidth=0, zorder=-2)
            edge = Rectangle((0, (top - high) / tall), 0.06 / WIDE, high / tall, color=INK, linewidth=0, zorder=-1)
            for patch in (ground, edge):
                patch.set_transform(figure.transFigure)
                figure.add_artist(patch)
        for number, (line, bold) in enumerate(own):
            figure.text(
                0.14 / WIDE,
                (top - 0.075 - LINE * (number + 0.5) + LINE / 4 - 0.03) / tall,
                line,
                fontsize=LETTERS,
                fontweight="bold" if bold else "normal",
                color=INK,
                va="center",
                parse_math=False,
            )
        top -= high


def _bars(plot: Axes, rows: Sequence[Prospect], talls: Sequence[float], number: int, wide: float) -> None:
    values = [row.values[number] for row in rows]
    low, high = min(0.0, *values), max(0.0, *values)
    span = high - low or 1.0
    room = span * 0.5 / max(wide - 1.0, 0.35)
    plot.set_xlim(low - (room if low < 0 else span * 0.02), high + (room if high > 0 or low == 0 else span * 0.05))
    plot.set_ylim(-sum(talls), 0)
    plot.set_facecolor("none")
    top = 0.0
    for row, value, tall in zip(rows, values, talls, strict=True):
        middle = top - tall / 2
        plot.barh([middle], [value], height=0.2, color=PLAYERS[number % 4], zorder=2)
        gap = span * 0.03
        plot.text(
            value + gap if value >= 0 else value - gap,
            middle,
            row.said[number],
            fontsize=LETTERS,
            fontweight="bold" if row.marked else "normal",
            color=INK,
            ha="left" if value >= 0 else "right",
            va="center",
            parse_math=False,
        )
        top -= tall
    plot.axvline(0, color=FAINT, linewidth=0.8, zorder=1)
    plot.set_axis_off()
