"""A graph model as a picture: states in a grid, an arrow for each move, the stable states on a ground of their own."""

from collections.abc import Iterable
from math import ceil, sqrt

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from analyses.drawing.figures import FAINT, GROUNDS, INK, PLAYERS, Drawing, text_width
from analyses.drawing.picture import picture
from analyses.drawing.place import Place, Size
from games.errors import InputError
from games.exact import readable
from games.forms.graph_model import GraphModel
from games.solvers.equilibria import Equilibria

MOST_STATES = 24
LETTERS = 8
BESIDE, BELOW = 0.4, 0.85
"""Inches between neighbouring boxes, so that arrows can be told apart."""

HEIGHT = 0.46
"""The height of a box in inches."""


def draw_graph(
    game: GraphModel, stable: Iterable[str] = (), *, ax: Axes | None = None, size: Size | None = None
) -> Drawing:
    """The graph; ``stable`` states stand on a ground. Moves that pay the mover more are thick, if payoffs are numbers.

    States that begin alike up to their first comma stand below one another, so that a model whose states combine two
    things is drawn as their table. Raises `InputError` for more than `MOST_STATES` states.

    >>> from analyses.drawing.graph import draw_graph
    >>> from games import GraphModel
    >>> moves = {"Japan": {"Tension": ("Talks",)}, "Russia": {"Talks": ("Tension",)}}
    >>> draw_graph(GraphModel({"Tension": (1, 1), "Talks": (2, 2)}, moves), stable=["Talks"])
    Graph model of Japan, Russia with 2 states and 2 moves; stable: Talks.
    """
    if len(game.states) > MOST_STATES:
        raise InputError(f"the graph model has {len(game.states)} states; at most {MOST_STATES} can be drawn readably")
    rows = _rows(game.states)
    # Bold letters, which mark a stable state, are up to an eighth wider.
    width = 1.13 * max(text_width(line, LETTERS) for state in game.states for line in _lines(game, state)) + 0.2
    columns = max(map(len, rows))
    step_x, step_y = width + BESIDE, HEIGHT + BELOW
    # Arrows that pass over boxes bend above the first row and below the last.
    bend = 0.17 * step_x * max(_longest_jump(game, rows), 1)
    total_x, total_y = columns * step_x - BESIDE + 0.4, len(rows) * step_y - BELOW + 2 * bend + 0.6
    figure = Place(total_x, total_y, ax, size)
    plot = figure.add_axes((0, 0, 1, 1))
    plot.set_xlim(0, total_x)
    plot.set_ylim(0, total_y)
    plot.set_axis_off()
    top = total_y - 0.4 - bend - HEIGHT / 2
    middle = {
        state: (0.2 + width / 2 + column * step_x, top - line * step_y)
        for line, row in enumerate(rows)
        for column, state in enumerate(row)
    }
    held = set(stable)
    for state, (x, y) in middle.items():
        _draw_state(plot, game, state, (x, y), width, state in held)
    for position, player in enumerate(game.players):
        for start in game.states:
            for target in game.moves_from(start, player):
                upper = middle[start][1] > total_y / 2 or len(rows) == 1
                _draw_move(plot, game, player, position, (start, target), (middle[start], middle[target]), upper)
    _draw_key(plot, game, total_y - 0.2, bool(held))
    return figure.drawn(_description(game, held))


@picture.register
def _(game: GraphModel, found: Equilibria) -> tuple[str, Drawing] | None:
    if len(game.states) > MOST_STATES:
        return None
    return "graph", draw_graph(game, [path[0] for equilibrium in found for path in game.played_paths(equilibrium)])


def _rows(states: tuple[str, ...]) -> list[list[str]]:
    """The states in rows: by what follows the first comma, if that makes a table, else in a square."""
    parts = [state.partition(", ") for state in states]
    heads, ends = list(dict.fromkeys(p[0] for p in parts)), list(dict.fromkeys(p[2] for p in parts))
    if len(heads) * len(ends) == len(states) and len(ends) > 1:
        return [[f"{head}, {end}" for head in heads] for end in ends]
    columns = ceil(sqrt(len(states)))
    return [list(states[k : k + columns]) for k in range(0, len(states), columns)]


def _longest_jump(game: GraphModel, rows: list[list[str]]) -> int:
    """Over how many columns the longest move within a row goes."""
    place = {state: (line, column) for line, row in enumerate(rows) for column, state in enumerate(row)}
    jumps = [
        abs(place[start][1] - place[target][1])
        for arcs in game.moves.values()
        for start, targets in arcs.items()
        for target in targets
        if place[start][0] == place[target][0]
    ]
    return max(jumps, default=0)


def _lines(game: GraphModel, state: str) -> tuple[str, str]:
    """The two lines in the box of a state: its label and its payoffs."""
    exact = game.is_exact
    return state, "   ".join(readable(value) if exact else str(value) for value in game.payoffs[state])


def _draw_state(
    plot: Axes, game: GraphModel, state: str, at: tuple[float, float], width: float, is_stable: bool
) -> None:
    x, y = at
    plot.add_patch(
        FancyBboxPatch(
            (x - width / 2, y - HEIGHT / 2),
            width,
            HEIGHT,
            boxstyle="round,pad=0,rounding_size=0.08",
            facecolor=GROUNDS[4] if is_stable else "white",
            edgecolor=INK,
            linewidth=1.6 if is_stable else 0.8,
            zorder=3,
        )
    )
    label, payoffs = _lines(game, state)
    weight = "bold" if is_stable else "normal"
    plot.text(x, y + 0.1, label, fontsize=LETTERS, ha="center", va="center", weight=weight, zorder=4, parse_math=False)
    plot.text(x, y - 0.1, payoffs, fontsize=LETTERS, ha="center", va="center", color=INK, zorder=4, parse_math=False)


def _draw_move(
    plot: Axes,
    game: GraphModel,
    player: str,
    position: int,
    states: tuple[str, str],
    ends: tuple[tuple[float, float], tuple[float, float]],
    upper: bool,
) -> None:
    """An arrow, bent to the outside where it passes other states, and a little to its left otherwise."""
    start, target = states
    (x0, y0), (x1, y1) = ends
    improving = game.is_exact and game.payoff(target, player) > game.payoff(start, player)
    level = y0 == y1
    rightward = x1 > x0
    # A move and its reverse bend differently, lest one hide the other.
    bend = (-0.34 if rightward else 0.22) * (1 if upper else -1) if level else 0.12
    above = (HEIGHT / 2 if upper else -HEIGHT / 2) if level else 0.0
    aside = (0.12 if rightward else -0.12) if level else 0.0
    shrink = 36 * HEIGHT + 2
    plot.add_patch(
        FancyArrowPatch(
            (x0 + aside, y0 + above),
            (x1 - aside, y1 + above),
            connectionstyle=f"arc3,rad={bend}",
            arrowstyle="-|>,head_length=5,head_width=2.4",
            shrinkA=0 if level else shrink,
            shrinkB=1 if level else shrink,
            color=PLAYERS[position % len(PLAYERS)] if improving or not game.is_exact else FAINT,
            linestyle=("-", "--", ":", "-.")[position % 4] if not improving else "-",
            linewidth=2.0 if improving else 0.7,
            zorder=2 if improving else 1,
        )
    )


def _draw_key(plot: Axes, game: GraphModel, y: float, any_stable: bool) -> None:
    x = 0.2
    for position, player in enumerate(game.players):
        text = f"{player}: improvement"
        colour = PLAYERS[position % len(PLAYERS)]
        plot.plot([x, x + 0.3], [y, y], color=colour, linewidth=2.0)
        plot.text(x + 0.36, y, text, fontsize=LETTERS, va="center", color=colour, parse_math=False)
        x += text_width(text, LETTERS) + 0.7
    words = "thin: other moves" + ("; ground: stable" if any_stable else "") + f"; payoffs: {', '.join(game.players)}"
    plot.text(x, y, words, fontsize=LETTERS, va="center", style="italic", color=INK, parse_math=False)


def _description(game: GraphModel, stable: set[str]) -> str:
    moves = sum(len(targets) for arcs in game.moves.values() for targets in arcs.values())
    held = "; ".join(state for state in game.states if state in stable)
    text = f"Graph model of {', '.join(game.players)} with {len(game.states)} states and {moves} moves"
    return f"{text}; stable: {held}." if held else f"{text}."
