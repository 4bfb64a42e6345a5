"""A game tree from left to right, with the play of an equilibrium marked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes

from analyses.drawing.figures import FAINT, INK, PLAYERS, Drawing, text_width
from analyses.drawing.picture import picture
from analyses.drawing.place import Place, Size
from games.errors import InputError
from games.exact import alike, readable
from games.forms.extensive import DEEPEST, Chance, Decision, ExtensiveGame, InformationSet, Outcome, Path
from games.forms.reduced import behaviour
from games.forms.telling import outcomes_in_words, profile_in_words
from games.play.payoffs import arrival
from games.solvers.choices import held_likely
from games.solvers.equilibria import Equilibria, Equilibrium, played_out

MOST_LEAVES = 60
ROW = 0.27
"""Inches between neighbouring leaves."""

LETTERS = 7.5
MARKERS = ("o", "s", "^", "D")
LANE = 0.11
"""Inches between the dashed lines of information sets that would otherwise run into one another."""

JOINED = "Dashed lines join decisions that the player cannot tell apart."
BELIEVED = " In brackets: how likely the player holds each."

SMALL = 6.5
"""The size of the letters of beliefs."""


@dataclass(frozen=True)
class _Play:
    """What an equilibrium says of the tree, as it is drawn.

    ``on_path`` are the paths that are played with positive probability, ``chosen`` all that follow chosen actions.
    ``labels`` are what stands on the branch to each path but its action: the probability, where chance moves or the
    player mixes. ``beliefs`` stand at the decisions that look alike.
    """

    on_path: frozenset[Path] = frozenset()
    chosen: frozenset[Path] = frozenset()
    labels: Mapping[Path, str] = field(default_factory=dict)
    beliefs: Mapping[Path, str] = field(default_factory=dict)

    def on_branch(self, path: Path) -> str:
        """What is written on the branch to ``path``."""
        return f"{path[-1]} ({self.labels[path]})" if path in self.labels else path[-1]


@dataclass(frozen=True)
class _Layout:
    """Where everything stands, in inches: depths from left to right, each node's height, the payoffs' left edge.

    ``lanes`` are how many lines of information sets run beside the nodes of each depth.
    """

    left: list[float]
    lanes: Mapping[int, int]
    height: Mapping[Path, float]
    end: float
    top: float

    def at(self, path: Path) -> tuple[float, float]:
        return self.left[len(path)], self.top - self.height[path]


def draw_tree(
    game: ExtensiveGame, equilibrium: Equilibrium | None = None, *, ax: Axes | None = None, size: Size | None = None
) -> Drawing:
    """The tree; with an equilibrium, chosen actions are thick, and those off the path of play thinner than those on it.

    Where a player mixes, each action has its probability on the branch. Decisions of one information set are joined by
    a dashed line; what the player believes there, by the equilibrium or by Bayes' rule, stands at them in brackets.

    >>> from analyses.drawing.tree import draw_tree
    >>> from games import solve
    >>> from games.catalog import load
    >>> game = load("conflict-expectations").at()
    >>> draw_tree(game, solve(game)[0])
    Game tree of Sender, Target with 4 outcomes; the equilibrium plays Demand → Concede.

    Raises `InputError` for a tree of more than `MOST_LEAVES` outcomes, which would not be readable.
    """
    leaves = list(game.outcomes)
    if len(leaves) > MOST_LEAVES:
        raise InputError(f"the tree has {len(leaves)} outcomes; at most {MOST_LEAVES} can be drawn readably")
    height = _heights(game, leaves)
    lanes = _lanes(game, height)
    play = _played(game, equilibrium)
    beside = _beside(game, lanes)
    left = _columns(game, beside, play)
    layout = _Layout(left, beside, height, max(left) + 0.12, ROW * (len(leaves) - 1))
    columns = [_order(game), *("   ".join(_payoffs(game, path)) for path in leaves)]
    keys = sum(text_width(player, LETTERS + 1) + 0.4 for player in game.players) + 0.3
    width = max(layout.end, keys) + 1.08 * max(text_width(column, LETTERS) for column in columns) + 0.45
    bottom = 0.6 if game.joined else 0.35
    joined = JOINED + (BELIEVED if play.beliefs else "")
    if game.joined:
        width = max(width, 1.08 * text_width(joined, LETTERS) + 0.3)
    tall = ROW * len(leaves) + 0.4 + bottom
    figure = Place(width, tall, ax, size)
    plot = figure.add_axes((0, 0, 1, 1))
    plot.set_xlim(0, width)
    plot.set_ylim(-bottom, tall - bottom)
    plot.set_axis_off()
    for path in game.nodes:
        if path:
            _draw_branch(plot, game, layout, path, play)
    for path in game.nodes:
        _draw_node(plot, game, layout, path, play)
    for information_set in game.joined:
        _draw_joined(plot, game, layout, information_set, lanes[information_set.name])
    if game.joined:
        plot.text(0.15, -0.4, joined, fontsize=LETTERS, va="center", color=INK, style="italic")
    _draw_key(plot, game, layout)
    return figure.drawn(_description(game, equilibrium))


@picture.register
def _(game: ExtensiveGame, found: Equilibria) -> tuple[str, Drawing] | None:
    if len(game.outcomes) > MOST_LEAVES:
        return None
    if not found:
        return "tree", draw_tree(game)
    return "tree", draw_tree(game, found[0] if type(found.game) is type(game) else _in_tree(game, found[0]))


def _in_tree(game: ExtensiveGame, found: Equilibrium) -> Equilibrium:
    """Mixtures of plans of the reduced strategic form as the behaviour that they amount to (Kuhn 1953)."""
    plans = (behaviour(game, player, found[player]) for player in game.players)
    return played_out(game, {place: mix for own in plans for place, mix in own.items()})


def _draw_branch(plot: Axes, game: ExtensiveGame, layout: _Layout, path: Path, play: _Play) -> None:
    on_path, chosen = path in play.on_path, path in play.chosen
    parent = game.nodes[path[:-1]]
    (x0, y0), (x1, y1) = layout.at(path[:-1]), layout.at(path)
    ink, thickness, layer = FAINT, 0.7, 1
    if on_path or chosen:
        ink = _colour(game, parent.player) if isinstance(parent, Decision) else INK
        thickness, layer = (2.6, 3) if on_path else (1.4, 2)
    knee = x0 + 0.28
    stop = layout.end if isinstance(game.nodes[path], Outcome) else x1
    plot.plot([x0, knee, stop], [y0, y1, y1], color=ink, linewidth=thickness, zorder=layer, solid_capstyle="round")
    weight = "bold" if on_path else "normal"
    plot.text(
        knee + 0.05,
        y1 + 0.03,
        play.on_branch(path),
        fontsize=LETTERS,
        weight=weight,
        va="bottom",
        color=INK,
        zorder=5,
        parse_math=False,
    )


def _draw_node(plot: Axes, game: ExtensiveGame, layout: _Layout, path: Path, play: _Play) -> None:
    node = game.nodes[path]
    x, y = layout.at(path)
    if isinstance(node, Decision):
        _draw_marker(plot, game, node.player, x, y)
        if path in play.beliefs:
            ink, edge = _colour(game, node.player), x - 0.08 - LANE * layout.lanes[len(path)]
            plot.text(edge, y - 0.03, play.beliefs[path], fontsize=SMALL, ha="right", va="top", color=ink, zorder=6)
    elif isinstance(node, Chance):
        plot.plot([x], [y], "o", markersize=6, markerfacecolor="white", markeredgecolor=INK, zorder=6)
    else:
        text, weight = "   ".join(_payoffs(game, path)), "bold" if path in play.on_path else "normal"
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


def _beside(game: ExtensiveGame, lanes: Mapping[str, int]) -> Mapping[int, int]:
    """How many lanes run to the left of the nodes of each depth."""
    beside = dict.fromkeys(range(DEEPEST + 1), 0)
    for joined in game.joined:
        for path in joined.paths:
            beside[len(path)] = max(beside[len(path)], lanes[joined.name])
    return beside


def _columns(game: ExtensiveGame, beside: Mapping[int, int], play: _Play) -> list[float]:
    """Where the nodes of each depth stand, so that the longest action between two depths has room.

    So have the lanes to the left of the nodes.
    """
    depth = max(len(path) for path in game.nodes)
    widest = dict.fromkeys(range(1, depth + 1), 0.0)
    for path in game.nodes:
        if path:
            needed = 1.12 * text_width(play.on_branch(path), LETTERS) + (0.1 if path in play.labels else 0)
            widest[len(path)] = max(widest[len(path)], needed)
    left = [0.2]
    for level in range(1, depth + 1):
        left.append(left[-1] + widest[level] + 0.45 + beside[level] * LANE)
    return left


def _payoffs(game: ExtensiveGame, path: Path) -> list[str]:
    values = game.outcomes[path].payoffs
    return [readable(value) if game.is_exact else str(value) for value in values]


def _played(game: ExtensiveGame, equilibrium: Equilibrium | None) -> _Play:
    """What is marked in the tree; all its probabilities are written in one style."""
    chances: dict[Path, Any] = {
        (*path, event): probability
        for path, node in game.nodes.items()
        if isinstance(node, Chance)
        for event, (probability, _) in node.events.items()
    }
    if equilibrium is None:
        written = alike(chances.values()) if game.is_exact else str
        return _Play(labels={path: written(chance) for path, chance in chances.items()})
    weights = {
        (*path, action): weight
        for name, information_set in game.information_sets.items()
        for path in information_set.paths
        for action, weight in equilibrium.strategies[name].items()
        if name in equilibrium.mixing or weight
    }
    mixed = {
        path: weight for path, weight in weights.items() if game.information_set_at(path[:-1]) in equilibrium.mixing
    }
    beliefs = _beliefs(game, equilibrium)
    written = alike([*chances.values(), *mixed.values(), *beliefs.values()])
    return _Play(
        frozenset(outcome.path[:k] for outcome in equilibrium.outcomes for k in range(1, len(outcome.path) + 1)),
        frozenset(path for path, weight in weights.items() if weight),
        {path: written(weight) for path, weight in (chances | mixed).items()},
        {path: f"[{written(weight)}]" for path, weight in beliefs.items()},
    )


def _beliefs(game: ExtensiveGame, equilibrium: Equilibrium) -> dict[Path, Any]:
    """How likely the player holds each of several decisions that look alike, where that is given or follows."""
    likelihood = arrival(game, equilibrium.strategies)
    held = (held_likely(equilibrium, joined, likelihood) for joined in game.joined)
    return {path: weight for each in held if each is not None for path, weight in each.items()}


def _description(game: ExtensiveGame, equilibrium: Equilibrium | None) -> str:
    text = f"Game tree of {', '.join(game.players)} with {len(game.outcomes)} outcomes"
    if game.joined:
        sets = (f"{s.player} after {' or after '.join(', '.join(path) for path in s.paths)}" for s in game.joined)
        text += f", where these decisions look alike: {'; '.join(sets)}"
    if equilibrium is None:
        return f"{text}."
    chances = {" → ".join(outcome.path): outcome.probability for outcome in equilibrium.outcomes}
    if len(chances) == 1:
        return f"{text}; the equilibrium plays {next(iter(chances))}."
    mixing = profile_in_words(game, equilibrium.strategies, equilibrium.mixing)
    told = f"; in the equilibrium {mixing}" if mixing else ""
    return f"{text}{told}; the equilibrium plays {outcomes_in_words(chances)}."
