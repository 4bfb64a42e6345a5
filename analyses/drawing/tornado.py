"""A tornado: how far each parameter alone moves each player's equilibrium payoff, and which outcomes it changes."""

from collections.abc import Iterator, Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analyses.drawing.figures import FAINT, INK, PLAYERS, Drawing, clear_frame, fitted, mathematical
from analyses.drawing.place import Place, Size, laid_out
from analyses.sensitivity import Sensitivity, Threshold, written
from games.exact import readable

MOST_BARS = 12
WIDE, WORDS, SYMBOL = 6.6, 2.75, 0.36
"""Inches from side to side, and those of them that the words take and the symbols before them."""

LETTERS, SMALL, TITLE = 7.5, 7.0, 9.0
"""The size of the letters of meanings, of outcomes and of titles."""

LINE, GAP = 0.135, 0.1
"""Inches from line to line, and between two parameters."""

BETWEEN, FOOT = 0.28, 0.55
"""Inches between two panels, and below them."""

TICK = 0.5
"""Inches that a number below a panel takes, with the room around it."""

SECOND = "#555555"
"""The colour of what is played beyond a threshold."""

Line = tuple[str, float, str]
"""Words with their size and colour."""


def draw_tornado(found: Sensitivity, *, ax: Axes | None = None, size: Size | None = None) -> Drawing:
    """One panel for each player; a bar spans the payoffs reached while one parameter covers its admissible range.

    Parameters stand in the order of their longest bar, each with its meaning, its range, and what is played instead
    beyond the nearest values at which that changes; those that move nothing are left out.

    >>> from analyses.drawing.tornado import draw_tornado
    >>> from analyses.sensitivity import sensitivity
    >>> from games.catalog import load
    >>> drawing = draw_tornado(sensitivity(load("conflict-expectations")))
    >>> len(drawing.figure.axes)
    2
    """
    shown = _shown(found)
    players = found.model.game.players
    wide, _ = laid_out(size, WIDE, 0)
    each = (wide - WORDS) / len(players)
    titles = [fitted(f"Payoff of {player}", TITLE, each - BETWEEN / 2) for player in players]
    labels = [list(_label(found, name)) for name in shown]
    talls = [GAP + LINE * max(len(own), 2) for own in labels]
    head = 0.2 + 0.16 * max(map(len, titles))
    tall = sum(talls) + FOOT + head
    figure = Place(wide, tall, ax, size)
    _write(figure, (wide, tall), shown, labels, talls, tall - head)
    plots = []
    for position, player in enumerate(players):
        place = (WORDS + position * each + BETWEEN / 2) / wide, FOOT / tall, (each - BETWEEN) / wide, sum(talls) / tall
        plot = figure.add_axes(place)
        plots.append(plot)
        _bars(plot, found, shown, talls, player)
        plot.set_title("\n".join(titles[position]), fontsize=TITLE, color=PLAYERS[position % 4], parse_math=False)
        plot.set_xticks(_ticks(plot.get_xlim(), max(1, int((each - BETWEEN) / TICK))))
    clear_frame(plots)
    figure.text(0.99, 0.1 / tall, "line: payoff at the present values", fontsize=7.5, ha="right", color=INK)
    return figure.drawn(_description(found, shown))


def _shown(found: Sensitivity) -> list[str]:
    longest: dict[str, float] = {}
    for swing in found.swings:
        longest[swing.parameter] = max(longest.get(swing.parameter, 0.0), float(swing.width))
    return [name for name in sorted(longest, key=lambda name: -longest[name]) if longest[name] > 0][:MOST_BARS]


def _label(found: Sensitivity, name: str) -> Iterator[Line]:
    """What a parameter stands for and its range; then what is played beyond the nearest thresholds."""
    limits = found.ranges[name]
    meaning = found.model.by_name[name].meaning.partition(";")[0]
    ends = "" if limits is None else " to ".join(f"{float(edge):.3g}".replace("-", "−") for edge in limits)
    said = f"{meaning}, {ends}" if meaning and ends else meaning or ends
    yield from ((line, LETTERS, INK) for line in fitted(said, LETTERS, WORDS - SYMBOL - 0.1))
    for side, threshold in nearest(found, name):
        outcomes = threshold.below if side == "below" else threshold.above
        told = f"{side} {_short(threshold)}: {' or '.join(outcomes) or 'not defined'}"
        yield from ((line, SMALL, SECOND) for line in fitted(told, SMALL, WORDS - SYMBOL - 0.1))


def nearest(found: Sensitivity, name: str) -> list[tuple[str, Threshold]]:
    """Of one parameter the nearest threshold below its value and the nearest above, as far as there are any."""
    own, present = [t for t in found.thresholds if t.parameter == name], found.values[name]
    below, above = [t for t in own if t.value <= present], [t for t in own if t.value >= present]
    return [*[("below", t) for t in below[-1:]], *[("above", t) for t in above[:1]]]


def _ticks(ends: tuple[float, float], most: int) -> list[float]:
    """Round numbers between the ends of an axis, as many as there is room for."""
    every = MaxNLocator(5, steps=(1, 2, 2.5, 5, 10)).tick_values(*ends)
    inside = [float(tick) for tick in every if ends[0] <= tick <= ends[1]]
    return inside[:: -(-len(inside) // most)] if inside else []


def _short(threshold: Threshold) -> str:
    """A value of a parameter, rounded where it is no short number."""
    exact = written(threshold.value)
    return exact if len(exact) <= 6 else f"{float(threshold.value):.3g}".replace("-", "−")


def _write(
    figure: Place,
    inches: tuple[float, float],
    shown: Sequence[str],
    labels: Sequence[Sequence[Line]],
    talls: Sequence[float],
    top: float,
) -> None:
    """The symbols, and beside each its words."""
    wide, tall = inches
    for name, own, high in zip(shown, labels, talls, strict=True):
        middle = top - high / 2
        figure.text(0.04 / wide, middle / tall, mathematical(name), fontsize=9.0, color=INK, va="center")
        for number, (words, size, colour) in enumerate(own):
            height = middle + LINE * ((len(own) - 1) / 2 - number)
            figure.text(SYMBOL / wide, height / tall, words, fontsize=size, color=colour, va="center", parse_math=False)
        top -= high


def _bars(plot: Axes, found: Sensitivity, shown: Sequence[str], talls: Sequence[float], player: str) -> None:
    colour = PLAYERS[found.model.game.players.index(player) % 4]
    spans = {swing.parameter: swing for swing in found.swings if swing.player == player}
    top = 0.0
    for name, high in zip(shown, talls, strict=True):
        low, most = float(spans[name].lowest), float(spans[name].highest)
        plot.barh([top - high / 2], [most - low], left=[low], height=0.18, color=colour, zorder=2)
        plot.axhline(top, color="#e6e6e6", linewidth=0.5, zorder=0)
        top -= high
    if player in found.payoffs:
        plot.axvline(float(found.payoffs[player]), color=INK, linewidth=1.0, zorder=3)
    plot.set_ylim(-sum(talls) or -1.0, 0)
    plot.set_yticks([])
    plot.grid(axis="x", color="#dddddd", linewidth=0.6, zorder=0)
    plot.set_axisbelow(True)
    plot.tick_params(labelsize=8)
    plot.spines["left"].set_color(FAINT)


def _description(found: Sensitivity, shown: Sequence[str]) -> str:
    payoffs = ", ".join(f"{player} {readable(value)}" for player, value in found.payoffs.items())
    ranked = ", ".join(f"{name} ({found.model.by_name[name].meaning})" for name in shown)
    return f"Payoff ranges by parameter, widest first: {ranked}. Present payoffs: {payoffs or 'none'}."
