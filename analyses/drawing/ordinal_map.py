"""The map of the 144 strict ordinal 2×2 games: a table of 12 × 12 in four layers, one game marked."""

from collections import Counter

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analyses.drawing.figures import GROUNDS, INK, Drawing, blank
from games.errors import check_kind
from games.ordinal import KINDS, OrdinalGame, ordinal_games, symmetric_patterns

WIDTH, HEIGHT = 7.0, 8.95
MARK = "#D55E00"
"""The frame of the marked game (vermilion of Okabe & Ito 2008)."""

_LEFT, _TOP = 2.6, 2.2
_COLOURS = dict(zip(KINDS, (GROUNDS[2], "#f2b48c", GROUNDS[0], GROUNDS[4], GROUNDS[3], "#d0d0d0"), strict=True))
_LETTERS = dict(zip(KINDS, ("N", "D", "E", "U", "T", "C"), strict=True))
"""The kind as a letter, for print without colours."""


def draw_ordinal_map(mark: OrdinalGame | None = None) -> Drawing:
    """The table of the games, row by the first player's ranks and column by the second's, coloured by kind.

    Each cell shows the ranks at the pure equilibria. Lines divide the four layers; ``mark`` is framed.

    >>> from analyses.drawing.ordinal_map import draw_ordinal_map
    >>> from games.catalog import load
    >>> from games.ordinal import ordinal_class
    >>> dilemma = ordinal_class(load("prisoners-dilemma").at())
    >>> len(draw_ordinal_map(mark=dilemma).figure.axes)
    1
    """
    check_kind(mark, (OrdinalGame, type(None)), "the game to mark", "an OrdinalGame")
    figure = blank(WIDTH, HEIGHT)
    plot = figure.add_axes((0.01, 0.0, 0.98, 1.0))
    plot.set_xlim(0, _LEFT + 12.2)
    plot.set_ylim((_LEFT + 12.2) * HEIGHT / WIDTH, 0)
    plot.set_axis_off()
    for game in ordinal_games():
        _cell(plot, game)
    _name(plot)
    for line in (0, 6, 12):
        plot.plot([_LEFT + line] * 2, [_TOP, _TOP + 12], color=INK, linewidth=1.6, zorder=3)
        plot.plot([_LEFT, _LEFT + 12], [_TOP + line] * 2, color=INK, linewidth=1.6, zorder=3)
    if mark is not None:
        _frame(plot, mark)
    _key(plot, mark)
    return Drawing(figure, _description(mark))


def _corner(game: OrdinalGame) -> tuple[float, float]:
    return _LEFT + game.place.column - 1, _TOP + game.place.row - 1


def _cell(plot: Axes, game: OrdinalGame) -> None:
    x, y = _corner(game)
    plot.add_patch(Rectangle((x, y), 1, 1, facecolor=_COLOURS[game.kind], edgecolor="white", linewidth=0.8))
    shown = "\n".join(f"{a},{b}" for a, b in game.pure_equilibria) or "–"
    plot.text(x + 0.5, y + 0.62, shown, ha="center", va="center", fontsize=7, color=INK, linespacing=1.0)
    plot.text(x + 0.13, y + 0.12, _LETTERS[game.kind], ha="left", va="top", fontsize=5.5, color=INK)
    if game.is_symmetric:
        plot.add_patch(Rectangle((x + 0.05, y + 0.05), 0.9, 0.9, fill=False, edgecolor=INK, linewidth=0.8))


def _name(plot: Axes) -> None:
    for k, pattern in enumerate(symmetric_patterns()):
        plot.text(_LEFT - 0.15, _TOP + k + 0.5, pattern.name, ha="right", va="center", fontsize=7.5, color=INK)
        plot.text(
            _LEFT + k + 0.5, _TOP - 0.15, pattern.name, ha="left", va="bottom", fontsize=7.5, color=INK,
            rotation=45, rotation_mode="anchor",
        )  # fmt: skip


def _frame(plot: Axes, mark: OrdinalGame) -> None:
    x, y = _corner(mark)
    for colour, width in (("white", 5.5), (MARK, 3.2)):
        plot.add_patch(Rectangle((x, y), 1, 1, fill=False, edgecolor=colour, linewidth=width, zorder=4))


def _key(plot: Axes, mark: OrdinalGame | None) -> None:
    """Below the table: the kinds with how many games are of each, and how to read the table."""
    count = Counter(game.kind for game in ordinal_games())
    y = _TOP + 12.35
    for kind, meaning in KINDS.items():
        plot.add_patch(Rectangle((0.2, y), 0.42, 0.3, facecolor=_COLOURS[kind], edgecolor=INK, linewidth=0.4))
        plot.text(0.41, y + 0.15, _LETTERS[kind], ha="center", va="center", fontsize=5.5, color=INK)
        text = f"{kind} ({count[kind]}): {meaning}"
        plot.text(0.8, y + 0.15, text, ha="left", va="center", fontsize=7.5, color=INK)
        y += 0.42
    lines = [
        "Row: the game whose ranks the first player has; column: that whose ranks the second has. In a cell: the",
        "ranks at the pure equilibria. Beside and below it stands a game that one swap of ranks leads to. Thin frames:",
        "the twelve symmetric games. Thick lines: between the four layers, by where the two best outcomes stand.",
    ]
    if mark is not None:
        lines.append(f"Framed in colour: {mark.name} (row {mark.place.row}, column {mark.place.column}).")
    for k, line in enumerate(lines):
        plot.text(0.2, y + 0.2 + 0.36 * k, line, ha="left", va="center", fontsize=7.5, color=INK)


def _description(mark: OrdinalGame | None) -> str:
    count = Counter(game.kind for game in ordinal_games())
    kinds = "; ".join(f"{number} {kind}" for kind, number in count.items())
    marked = "" if mark is None else f" Marked: {mark.name}, row {mark.place.row}, column {mark.place.column}."
    return f"Table of the 144 strict ordinal 2×2 games, 12 × 12 in four layers, by kind: {kinds}.{marked}"
