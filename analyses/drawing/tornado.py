"""A tornado: how far each parameter alone moves each player's equilibrium payoff."""

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analyses.drawing.figures import INK, PLAYERS, Drawing, clear_frame, fitted, mathematical
from analyses.drawing.place import Place, Size, laid_out
from analyses.sensitivity import Sensitivity
from games.exact import readable

MOST_BARS = 12
WIDE = 6.6
"""Inches from side to side."""

TITLE = 9.0
BETWEEN = 0.04
"""The size of the titles' letters, and the part of the width left free between two panels."""


def draw_tornado(found: Sensitivity, *, ax: Axes | None = None, size: Size | None = None) -> Drawing:
    """One panel for each player; a bar spans the payoffs reached while one parameter covers its admissible range.

    Parameters stand in the order of their longest bar; those that move nothing are left out.

    >>> from analyses.drawing.tornado import draw_tornado
    >>> from analyses.sensitivity import sensitivity
    >>> from games.catalog import load
    >>> drawing = draw_tornado(sensitivity(load("conflict-expectations")))
    >>> len(drawing.figure.axes)
    2
    """
    wide, _ = laid_out(size, WIDE, 0)
    longest: dict[str, float] = {}
    for swing in found.swings:
        longest[swing.parameter] = max(longest.get(swing.parameter, 0.0), float(swing.width))
    shown = [name for name in sorted(longest, key=lambda name: -longest[name]) if longest[name] > 0][:MOST_BARS]
    players = found.model.game.players
    room = 0.2
    each = (0.97 - room) / len(players)
    titles = [fitted(f"Payoff of {player}", TITLE, wide * (each - BETWEEN)) for player in players]
    head = 0.24 + 0.16 * max(map(len, titles))
    tall = 0.26 * len(shown) + 0.6 + head
    figure = Place(wide, tall, ax, size)
    plots = []
    for position, player in enumerate(players):
        plot = figure.add_axes((room + position * each, 0.55 / tall, each - BETWEEN, 1 - (0.55 + head) / tall))
        plots.append(plot)
        for row, name in enumerate(shown):
            swing = next(s for s in found.swings if s.parameter == name and s.player == player)
            low, high = float(swing.lowest), float(swing.highest)
            plot.barh([row], [high - low], left=[low], height=0.66, color=PLAYERS[position % 4], zorder=2)
        if player in found.payoffs:
            plot.axvline(float(found.payoffs[player]), color=INK, linewidth=1.0, zorder=3)
        plot.set_ylim(len(shown) - 0.4, -0.6)
        plot.grid(axis="x", color="#dddddd", linewidth=0.6, zorder=0)
        plot.set_axisbelow(True)
        plot.tick_params(labelsize=8)
        title = "\n".join(titles[position])
        plot.set_title(title, fontsize=TITLE, color=PLAYERS[position % 4], parse_math=False)
        plot.xaxis.set_major_locator(MaxNLocator(max(2, 7 - len(players)), steps=(1, 2, 2.5, 5, 10)))
        plot.set_yticks(range(len(shown)))
        plot.tick_params(axis="y", length=0)
        plot.set_yticklabels([_range(found, name) for name in shown] if position == 0 else [])
    clear_frame(plots)
    figure.text(0.99, 0.1 / tall, "line: payoff at the present values", fontsize=7.5, ha="right", color=INK)
    return figure.drawn(_description(found, shown))


def _range(found: Sensitivity, name: str) -> str:
    limits = found.ranges[name]
    if limits is None:
        return mathematical(name)
    low, high = (float(edge) for edge in limits)
    return f"{mathematical(name)}  {low:.3g} to {high:.3g}".replace("-", "−")


def _description(found: Sensitivity, shown: list[str]) -> str:
    payoffs = ", ".join(f"{player} {readable(value)}" for player, value in found.payoffs.items())
    return f"Payoff ranges by parameter, widest first: {', '.join(shown)}. Present payoffs: {payoffs or 'none'}."
