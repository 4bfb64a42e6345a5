"""A game tree from left to right, with the play of an equilibrium marked."""

from collections import Counter
from collections.abc import Mapping

from analyses.drawing.figures import FAINT, INK, PLAYERS, Drawing, blank, escaped, text_width
from games.errors import InputError
from games.exact import readable
from games.forms.extensive import Chance, Decision, ExtensiveGame, Outcome, Path
from games.solvers.equilibria import Equilibrium

MOST_LEAVES = 60
ROW = 0.27
"""Inches between neighbouring leaves."""

LETTERS = 7.5
MARKERS = ("o", "s", "^", "D")


def draw_tree(game: ExtensiveGame, equilibrium: Equilibrium | None = None) -> Drawing:
    """The tree; with an equilibrium, chosen actions are thick, and those off the path of play thinner than those on it.

    Raises `InputError` for a tree of more than `MOST_LEAVES` outcomes, which would not be readable.
    """
    leaves = list(game.outcomes)
    if len(leaves) > MOST_LEAVES:
        raise InputError(f"the tree has {len(leaves)} outcomes; at most {MOST_LEAVES} can be drawn readably")
    height = _heights(game, leaves)
    left = _columns(game)
    payoffs = {path: _payoffs(game, path) for path in leaves}
    payoff_width = max(text_width("  ".join(cells), LETTERS) for cells in payoffs.values()) + 0.3
    end = max(left) + 0.12
    width, tall = end + payoff_width + 0.15, ROW * len(leaves) + 0.75
    figure = blank(width, tall)
    plot = figure.add_axes((0, 0, 1, 1))
    plot.set_xlim(0, width)
    plot.set_ylim(-0.35, tall - 0.35)
    plot.set_axis_off()
    on_path, chosen = _played(game, equilibrium)
    top = ROW * (len(leaves) - 1)
    for path, node in game.nodes.items():
        if not path:
            continue
        parent = game.nodes[path[:-1]]
        x0, y0 = left[len(path) - 1], top - height[path[:-1]]
        x1, y1 = left[len(path)], top - height[path]
        colour = PLAYERS[game.players.index(parent.player) % len(PLAYERS)] if isinstance(parent, Decision) else INK
        if path in on_path:
            style = {"color": colour, "linewidth": 2.6, "zorder": 3}
        elif path in chosen:
            style = {"color": colour, "linewidth": 1.4, "zorder": 2}
        else:
            style = {"color": FAINT, "linewidth": 0.7, "zorder": 1}
        knee = x0 + 0.28
        plot.plot(
            [x0, knee, x1 if not isinstance(node, Outcome) else end], [y0, y1, y1], solid_capstyle="round", **style
        )
        label = escaped(path[-1])
        if isinstance(parent, Chance):
            label += f" ({readable(parent.events[path[-1]][0])})"
        weight = "bold" if path in on_path else "normal"
        plot.text(knee + 0.05, y1 + 0.03, label, fontsize=LETTERS, weight=weight, va="bottom", color=INK, zorder=5)
    for path, node in game.nodes.items():
        x, y = left[len(path)], top - height[path]
        if isinstance(node, Decision):
            index = game.players.index(node.player)
            plot.plot(
                [x], [y], MARKERS[index % 4], color=PLAYERS[index % 4], markersize=6, zorder=6, markeredgecolor="white"
            )
        elif isinstance(node, Chance):
            plot.plot([x], [y], "o", markersize=6, markerfacecolor="white", markeredgecolor=INK, zorder=6)
        else:
            weight = "bold" if path in on_path else "normal"
            plot.text(end + 0.1, y, "   ".join(payoffs[path]), fontsize=LETTERS, va="center", color=INK, weight=weight)
    x = 0.15
    for index, player in enumerate(game.players):
        plot.plot([x], [top + 0.5], MARKERS[index % 4], color=PLAYERS[index % 4], markersize=6)
        plot.text(x + 0.1, top + 0.5, escaped(player), fontsize=LETTERS + 1, va="center", color=PLAYERS[index % 4])
        x += text_width(player, LETTERS + 1) + 0.4
    plot.text(
        end + 0.1, top + 0.5, escaped(", ".join(game.players)), fontsize=LETTERS, va="center", color=INK, style="italic"
    )
    return Drawing(figure, _description(game, equilibrium))


def _heights(game: ExtensiveGame, leaves: list[Path]) -> Mapping[Path, float]:
    """How far below the top each node stands: leaves in rows, every other node in the middle of its children."""
    height: dict[Path, float] = {path: ROW * row for row, path in enumerate(leaves)}
    for path, node in reversed(list(game.nodes.items())):
        if isinstance(node, Decision | Chance):
            names = node.actions if isinstance(node, Decision) else node.events
            below = [height[(*path, name)] for name in names]
            height[path] = (min(below) + max(below)) / 2
    return height


def _columns(game: ExtensiveGame) -> list[float]:
    """Where the nodes of each depth stand, so that the longest action between two depths has room."""
    depth = max(len(path) for path in game.nodes)
    widest = Counter({level: 0.0 for level in range(1, depth + 1)})  # type: ignore[var-annotated]
    for path in game.nodes:
        if path:
            parent = game.nodes[path[:-1]]
            extra = 0.45 if isinstance(parent, Chance) else 0
            widest[len(path)] = max(widest[len(path)], text_width(path[-1], LETTERS) * 1.12 + extra)
    left = [0.2]
    for level in range(1, depth + 1):
        left.append(left[-1] + widest[level] + 0.45)
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
    if equilibrium is None:
        return f"{text}."
    played = " or ".join(" → ".join(outcome.path) for outcome in equilibrium.outcomes)
    return f"{text}; the equilibrium plays {played}."
