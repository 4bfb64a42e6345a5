"""A game tree from left to right, with the play of an equilibrium marked."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from matplotlib.axes import Axes

from analyses.drawing.figures import FAINT, INK, PLAYERS, Drawing, blank, text_width
from analyses.drawing.picture import picture
from games.errors import InputError
from games.exact import readable
from games.forms.extensive import DEEPEST, Chance, Decision, ExtensiveGame, InformationSet, Outcome, Path
from games.solvers.equilibria import Equilibria, Equilibrium

MOST_LEAVES = 60
ROW = 0.27
"""Inches between neighbouring leaves."""

LETTERS = 7.5
MARKERS = ("o", "s", "^", "D")
LANE = 0.11
"""Inches between the dashed lines of information sets that would otherwise run into one another."""

JOINED = "Dashed lines join decisions that the player cannot tell apart."


@dataclass(frozen=True)
class _Layout:
    """Where everything stands, in inches: depths from left to right, each node's height, the payoffs' left edge."""

    left: list[float]
    height: Mapping[Path, float]
    end: float
    top: float

    def at(self, path: Path) -> tuple[float, float]:
        return self.left[len(path)], self.top - self.height[path]


def draw_tree(game: ExtensiveGame, equilibrium: Equilibrium | None = None) -> Drawing:
    """The tree; with an equilibrium, chosen actions are thick, and those off the path of play thinner than those on it.

    Decisions of one information set are joined by a dashed line.

    Raises `InputError` for a tree of more than `MOST_LEAVES` outcomes, which would not be readable.
    """
    leaves = list(game.outcomes)
    if len(leaves) > MOST_LEAVES:
        raise InputError(f"the tree has {len(leaves)} outcomes; at most {MOST_LEAVES} can be drawn readably")
    height = _heights(game, leaves)
    lanes = _lanes(game, height)
    left = _columns(game, lanes)
    layout = _Layout(left, height, max(left) + 0.12, ROW * (len(leaves) - 1))
    columns = [_order(game), *("   ".join(_payoffs(game, path)) for path in leaves)]
    keys = sum(text_width(player, LETTERS + 1) + 0.4 for player in game.players) + 0.3
    width = max(layout.end, keys) + 1.08 * max(text_width(column, LETTERS) for column in columns) + 0.45
    bottom = 0.6 if game.joined else 0.35
    if game.joined:
        width = max(width, 1.08 * text_width(JOINED, LETTERS) + 0.3)
    tall = ROW * len(leaves) + 0.4 + bottom
    figure = blank(width, tall)
    plot = figure.add_axes((0, 0, 1, 1))
    plot.set_xlim(0, width)
    plot.set_ylim(-bottom, tall - bottom)
    plot.set_axis_off()
    on_path, chosen = _played(game, equilibrium)
    for path in game.nodes:
        if path:
            _draw_branch(plot, game, layout, path, path in on_path, path in chosen)
    for path in game.nodes:
        _draw_node(plot, game, layout, path, path in on_path)
    for information_set in game.joined:
        _draw_joined(plot, game, layout, information_set, lanes[information_set.name])
    if game.joined:
        plot.text(0.15, -0.4, JOINED, fontsize=LETTERS, va="center", color=INK, style="italic")
    _draw_key(plot, game, layout)
    return Drawing(figure, _description(game, equilibrium))


@picture.register
def _(game: ExtensiveGame, found: Equilibria) -> tuple[str, Drawing] | None:
    if len(game.outcomes) > MOST_LEAVES:
        return None
    # Plans of a reduced strategic form cannot be marked in the tree.
    on_tree = type(found.game) is type(game)
    return "tree", draw_tree(game, found[0] if found and on_tree else None)


def _draw_branch(plot: Axes, game: ExtensiveGame, layout: _Layout, path: Path, on_path: bool, chosen: bool) -> None:
    parent = game.nodes[path[:-1]]
    (x0, y0), (x1, y1) = layout.at(path[:-1]), layout.at(path)
    ink, thickness, layer = FAINT, 0.7, 1
    if on_path or chosen:
        ink = _colour(game, parent.player) if isinstance(parent, Decision) else INK
        thickness, layer = (2.6, 3) if on_path else (1.4, 2)
    knee = x0 + 0.28
    stop = layout.end if isinstance(game.nodes[path], Outcome) else x1
    plot.plot([x0, knee, stop], [y0, y1, y1], color=ink, linewidth=thickness, zorder=layer, solid_capstyle="round")
    label = path[-1]
    if isinstance(parent, Chance):
        probability = parent.events[path[-1]][0]
        label += f" ({readable(probability) if game.is_exact else probability})"
    weight = "bold" if on_path else "normal"
    plot.text(
        knee + 0.05,
        y1 + 0.03,
        label,
        fontsize=LETTERS,
        weight=weight,
        va="bottom",
        color=INK,
        zorder=5,
        parse_math=False,
    )


def _draw_node(plot: Axes, game: ExtensiveGame, layout: _Layout, path: Path, on_path: bool) -> None:
    node = game.nodes[path]
    x, y = layout.at(path)
    if isinstance(node, Decision):
        _draw_marker(plot, game, node.player, x, y)
    elif isinstance(node, Chance):
        plot.plot([x], [y], "o", markersize=6, markerfacecolor="white", markeredgecolor=INK, zorder=6)
    else:
        text, weight = "   ".join(_payoffs(game, path)), "bold" if on_path else "normal"
        plot.text(layout.end + 0.1, y, text, fontsize=LETTERS, va="center", color=INK, weight=weight, parse_math=False)


def _draw_joined(plot: Axes, game: ExtensiveGame, layout: _Layout, joined: InformationSet, lane: int) -> None:
    """Joins the decisions by a dashed line, which in a lane beyond the first bends to the left between them."""
    nodes = sorted((layout.at(path) for path in joined.paths), key=lambda node: -node[1])
    for (x0, y0), (x1, y1) in pairwise(nodes):
        bend = min(LANE, (y0 - y1) / 2)
        x, y = ([x0, x1], [y0, y1])
        if lane:
            beside = x0 - lane * LANE
            x, y = [x0, beside, beside, x1], [y0, y0 - bend, y1 + bend, y1]
        plot.plot(x, y, color=_colour(game, joined.player), linewidth=1.1, linestyle=(0, (3, 2)), zorder=4)


def _draw_key(plot: Axes, game: ExtensiveGame, layout: _Layout) -> None:
    x, y = 0.15, layout.top + 0.5
    for player in game.players:
        _draw_marker(plot, game, player, x, y)
        plot.text(x + 0.1, y, player, fontsize=LETTERS + 1, va="center", color=_colour(game, player), parse_math=False)
        x += text_width(player, LETTERS + 1) + 0.4
    order = _order(game)
    plot.text(
        max(layout.end, x - 0.3) + 0.1,
        y,
        order,
        fontsize=LETTERS,
        va="center",
        color=INK,
        style="italic",
        parse_math=False,
    )


def _draw_marker(plot: Axes, game: ExtensiveGame, player: str, x: float, y: float) -> None:
    shape = MARKERS[game.players.index(player) % len(MARKERS)]
    plot.plot([x], [y], shape, color=_colour(game, player), markersize=6, zorder=6, markeredgecolor="white")


def _order(game: ExtensiveGame) -> str:
    """In which order the payoffs of an outcome stand."""
    return ", ".join(game.players)


def _colour(game: ExtensiveGame, player: str) -> str:
    return PLAYERS[game.players.index(player) % len(PLAYERS)]


def _heights(game: ExtensiveGame, leaves: list[Path]) -> Mapping[Path, float]:
    """How far below the top each node stands: leaves in rows, every other node in the middle of its children."""
    height: dict[Path, float] = {path: ROW * row for row, path in enumerate(leaves)}
    for path, node in reversed(list(game.nodes.items())):
        if isinstance(node, Decision | Chance):
            names = node.actions if isinstance(node, Decision) else node.events
            below = [height[(*path, name)] for name in names]
            height[path] = (min(below) + max(below)) / 2
    return height


def _lanes(game: ExtensiveGame, height: Mapping[Path, float]) -> Mapping[str, int]:
    """In which lane the line of each joined information set runs, counted to the left of its nodes.

    Lane 0 goes straight from node to node. A line that would meet the node of another set there, or the line of one in
    its lane, takes the next.
    """
    lanes: dict[str, int] = {}
    taken: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for joined in sorted(game.joined, key=lambda s: _span(s, height)[1] - _span(s, height)[0]):
        low, high = _span(joined, height)
        depth = len(joined.paths[0])
        if any(len(path) != depth for path in joined.paths):
            lanes[joined.name] = 0
            continue
        strangers = (
            path
            for path, node in game.nodes.items()
            if len(path) == depth and path not in joined.paths and not isinstance(node, Outcome)
        )
        lane = 1 if any(low < height[path] < high for path in strangers) else 0
        while any(low < above and below < high for below, above in taken.get((depth, lane), [])):
            lane += 1
        taken.setdefault((depth, lane), []).append((low, high))
        lanes[joined.name] = lane
    return lanes


def _span(joined: InformationSet, height: Mapping[Path, float]) -> tuple[float, float]:
    """The heights between which the nodes of the set stand."""
    heights = [height[path] for path in joined.paths]
    return min(heights), max(heights)


def _columns(game: ExtensiveGame, lanes: Mapping[str, int]) -> list[float]:
    """Where the nodes of each depth stand, so that the longest action between two depths has room.

    So have the lanes to the left of the nodes.
    """
    room = dict.fromkeys(range(DEEPEST + 1), 0)
    for joined in game.joined:
        for path in joined.paths:
            room[len(path)] = max(room[len(path)], lanes[joined.name])
    depth = max(len(path) for path in game.nodes)
    widest = dict.fromkeys(range(1, depth + 1), 0.0)
    for path in game.nodes:
        if path:
            parent = game.nodes[path[:-1]]
            extra = 0.45 if isinstance(parent, Chance) else 0
            widest[len(path)] = max(widest[len(path)], text_width(path[-1], LETTERS) * 1.12 + extra)
    left = [0.2]
    for level in range(1, depth + 1):
        left.append(left[-1] + widest[level] + 0.45 + room[level] * LANE)
    return left


def _payoffs(game: ExtensiveGame, path: Path) -> list[str]:
    values = game.outcomes[path].payoffs
    return [readable(value) if game.is_exact else str(value) for value in values]


def _played(game: ExtensiveGame, equilibrium: Equilibrium | None) -> tuple[set[Path], set[Path]]:
    """The paths that are played with positive probability, and all that follow chosen actions."""
    if equilibrium is None:
        return set(), set()
    on_path = {outcome.path[:k] for outcome in equilibrium.outcomes for k in range(1, len(outcome.path) + 1)}
    chosen = {
        (*path, action)
        for name, information_set in game.information_sets.items()
        for path in information_set.paths
        for action, weight in equilibrium.strategies[name].items()
        if weight
    }
    return on_path, chosen


def _description(game: ExtensiveGame, equilibrium: Equilibrium | None) -> str:
    text = f"Game tree of {', '.join(game.players)} with {len(game.outcomes)} outcomes"
    if game.joined:
        sets = (f"{s.player} after {' or after '.join(', '.join(path) for path in s.paths)}" for s in game.joined)
        text += f", where these decisions look alike: {'; '.join(sets)}"
    if equilibrium is None:
        return f"{text}."
    played = " or ".join(" → ".join(outcome.path) for outcome in equilibrium.outcomes)
    return f"{text}; the equilibrium plays {played}."
