"""How a tree of perfect information is solved from its last decisions to its first: a strip of trees, a step each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes

from analyses.drawing.figures import FAINT, INK, PLAYERS, Drawing, text_width
from analyses.drawing.place import ON_SLIDE, SLIDE, Place, Size, only_part
from games.errors import InputError
from games.exact import readable
from games.forms.extensive import Chance, Decision, ExtensiveGame, Outcome, Path
from games.play.payoffs import continuation_payoffs
from games.solvers.equilibria import Equilibrium
from games.solvers.refinements.subgame_perfect import subgame_perfect

LETTERS = 7.5
ROW = 0.38
"""Inches between neighbouring leaves."""

MOST_LEAVES, MOST_STEPS = 10, 4


@dataclass(frozen=True)
class _Step:
    """A tree in which decisions of that height are being made, and those below have been."""

    game: ExtensiveGame
    number: int
    heights: Mapping[Path, int]
    chosen: Mapping[Path, str]
    values: Mapping[Path, tuple[Any, ...]]


def draw_backward_induction(game: ExtensiveGame, *, ax: Axes | None = None, size: Size | None = None) -> Drawing:
    """One tree for each step; choices just made are thick, earlier ones thinner, and what play leads to is written.

    Where a player is indifferent, the choice of the first subgame-perfect equilibrium is drawn. ``ax`` will do for a
    tree that is solved in one step.

    >>> from analyses.drawing.backward_induction import draw_backward_induction
    >>> from games.catalog import load
    >>> draw_backward_induction(load("conflict-expectations").at()).description[:60]
    'Backward induction in 3 steps. Step 1: Sender chooses Impose'

    Raises `InputError` for a tree without perfect information, without decisions or in formulas, and for more than
    `MOST_LEAVES` outcomes or `MOST_STEPS` steps.
    """
    heights = _heights(game)
    steps = max((heights[path] for path in _decisions(game)), default=0)
    _check(game, steps)
    only_part(steps, ax)
    found = subgame_perfect(game)[0]
    values = {path: tuple(map(readable, pays)) for path, pays in continuation_payoffs(game, found.strategies).items()}
    chosen = {path: _choice(game, found, path) for path in _decisions(game)}
    leaves = list(game.outcomes)
    depth = max(map(len, leaves))
    widest = max(text_width(_label(game, path), LETTERS) for path in game.nodes if path) + 0.38
    paid = max(text_width(_paid(values[path]), LETTERS) for path in leaves) + 0.2
    each = max(0.25 + depth * widest + paid, sum(text_width(p, LETTERS) + 0.35 for p in game.players) / steps)
    tall = ROW * len(leaves) + 0.6
    columns = _columns(steps, each, tall) if size == SLIDE else steps
    rows = -(-steps // columns)
    figure = Place(each * columns, tall * rows, ax, size)
    for number in range(1, steps + 1):
        row, column = divmod(number - 1, columns)
        plot = figure.add_axes((column / columns, 1 - (row + 1) / rows, 1 / columns, 1 / rows))
        plot.set_xlim(0, each)
        plot.set_ylim(0, tall)
        plot.set_axis_off()
        _draw_step(plot, _Step(game, number, heights, chosen, values), widest, tall)
    return figure.drawn(_description(game, steps, heights, chosen, values))


def _check(game: ExtensiveGame, steps: int) -> None:
    if not game.has_perfect_information:
        raise InputError("backward induction is drawn of a tree in which everybody sees all earlier moves")
    if not game.is_exact:
        raise InputError("backward induction is drawn of a game in numbers; give values to the parameters first")
    if not steps:
        raise InputError("nobody decides anything in this tree; give one with a decision")
    if len(game.outcomes) > MOST_LEAVES or steps > MOST_STEPS:
        raise InputError(
            f"the tree has {len(game.outcomes)} outcomes and is solved in {steps} steps; at most {MOST_LEAVES} and "
            f"{MOST_STEPS} can be drawn readably; draw_tree draws it as one"
        )


def _columns(steps: int, each: float, tall: float) -> int:
    """Beside how many others a step is drawn so that letters on a slide are as large as may be."""
    wide, high = ON_SLIDE
    return max(
        range(1, steps + 1), key=lambda columns: min(wide / (each * columns), high / (tall * -(-steps // columns)))
    )


def _decisions(game: ExtensiveGame) -> Iterator[Path]:
    return (path for path, node in game.nodes.items() if isinstance(node, Decision))


def _below(game: ExtensiveGame, path: Path) -> list[Path]:
    node = game.nodes[path]
    if isinstance(node, Outcome):
        return []
    return [(*path, name) for name in (node.actions if isinstance(node, Decision) else node.events)]


def _heights(game: ExtensiveGame) -> Mapping[Path, int]:
    """The most decisions from each node on."""
    if not isinstance(game, ExtensiveGame):
        raise InputError("backward induction is drawn of a game in extensive form")
    heights: dict[Path, int] = {}
    for path in reversed(list(game.nodes)):
        below = max((heights[after] for after in _below(game, path)), default=0)
        heights[path] = below + isinstance(game.nodes[path], Decision)
    return heights


def _choice(game: ExtensiveGame, found: Equilibrium, path: Path) -> str:
    weights = found[game.information_set_at(path)]
    return max(weights, key=lambda action: weights[action])


def _label(game: ExtensiveGame, path: Path) -> str:
    above = game.nodes[path[:-1]]
    return f"{path[-1]} ({readable(above.events[path[-1]][0])})" if isinstance(above, Chance) else path[-1]


def _paid(values: tuple[Any, ...]) -> str:
    return ", ".join(values)


def _draw_step(plot: Axes, step: _Step, widest: float, tall: float) -> None:
    game = step.game
    rows: dict[Path, float] = {path: tall - 0.62 - ROW * k for k, path in enumerate(game.outcomes)}
    for path in reversed(list(game.nodes)):
        if below := [rows[after] for after in _below(game, path)]:
            rows[path] = (min(below) + max(below)) / 2
    places = {path: (0.2 + len(path) * widest, rows[path]) for path in game.nodes}
    plot.text(0.15, tall - 0.2, f"Step {step.number}", fontsize=LETTERS + 1, weight="bold", va="center", color=INK)
    for path in game.nodes:
        if path:
            _draw_branch(plot, step, path, places)
    for path, node in game.nodes.items():
        _draw_node(plot, step, path, node, places[path])
    if step.number == 1:
        x = 0.75
        for player in game.players:
            plot.plot([x], [tall - 0.2], "o", color=_colour(game, player), markersize=5)
            plot.text(x + 0.08, tall - 0.2, player, fontsize=LETTERS, va="center", parse_math=False)
            x += text_width(player, LETTERS) + 0.35


def _draw_branch(plot: Axes, step: _Step, path: Path, places: Mapping[Path, tuple[float, float]]) -> None:
    above, height = path[:-1], step.heights[path[:-1]]
    node = step.game.nodes[above]
    ink, thickness, weight = FAINT, 0.7, "normal"
    if isinstance(node, Decision) and height <= step.number and step.chosen[above] == path[-1]:
        now = height == step.number
        ink, thickness, weight = _colour(step.game, node.player), 3.2 if now else 1.5, "bold" if now else "normal"
    (x0, y0), (x1, y1) = places[above], places[path]
    plot.plot([x0, x0 + 0.2, x1], [y0, y1, y1], color=ink, linewidth=thickness, solid_capstyle="round", zorder=2)
    looks: dict[str, Any] = {"fontsize": LETTERS, "weight": weight, "va": "bottom", "parse_math": False}
    plot.text(x0 + 0.24, y1 + 0.035, _label(step.game, path), color=INK, zorder=5, **looks)


def _draw_node(plot: Axes, step: _Step, path: Path, node: Any, place: tuple[float, float]) -> None:
    x, y = place
    said = _paid(step.values[path])
    if isinstance(node, Outcome):
        plot.text(x + 0.08, y, said, fontsize=LETTERS, va="center", color=INK, parse_math=False)
        return
    face = _colour(step.game, node.player) if isinstance(node, Decision) else "white"
    plot.plot([x], [y], "o", markersize=6, markerfacecolor=face, markeredgecolor=INK, zorder=6)
    if 0 < step.heights[path] <= step.number:
        looks: dict[str, Any] = {"fontsize": LETTERS, "va": "top", "ha": "right", "parse_math": False}
        box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": FAINT, "linewidth": 0.6}
        plot.text(
            max(x + 0.14, 0.06 + text_width(said, LETTERS)), y - 0.09, said, color=INK, zorder=7, bbox=box, **looks
        )


def _colour(game: ExtensiveGame, player: str) -> str:
    return PLAYERS[game.players.index(player) % len(PLAYERS)]


def _description(
    game: ExtensiveGame,
    steps: int,
    heights: Mapping[Path, int],
    chosen: Mapping[Path, str],
    values: Mapping[Path, tuple[Any, ...]],
) -> str:
    told = []
    for number in range(1, steps + 1):
        made = []
        for path in _decisions(game):
            if heights[path] == number:
                node: Any = game.nodes[path]
                after = f" after {', '.join(path)}" if path else ""
                made.append(f"{node.player} chooses {chosen[path]}{after}, which leads to ({_paid(values[path])})")
        told.append(f"Step {number}: {'; '.join(made)}.")
    return f"Backward induction in {steps} step{'s' if steps > 1 else ''}. {' '.join(told)}"
