"""Policies: what each pays and regrets over all points, PRIM's trajectories, and where each is best."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon as Patch
from matplotlib.ticker import MaxNLocator

from analyses.drawing.figures import (
    FAINT,
    GROUNDS,
    INK,
    PLAYERS,
    Drawing,
    clear_frame,
    escaped,
    fitted,
    mathematical,
    wrapped,
)
from analyses.drawing.place import Place, Size, laid_out
from analyses.policies import BestSets, Box, Policies, Prospect, Scenario
from analyses.sampling.pieces import OutOfReachError, Pieces
from analyses.sampling.polytope import Polytope
from games.errors import InputError, check_kind
from games.model import Point
from games.terms import Poly, holds, names_in, signs

WIDE, HIGH = 6.6, 4.1
"""Inches from side to side, and of a map from its foot to its top."""

LABELS = 8.0
TITLE = 9.0
ROW = 0.5
"""Inches for a policy."""

STYLES = ("-", "--", ":", "-.")
"""Once there are more trajectories than colours, lines differ in these."""


def draw_policies(found: Policies, *, ax: Axes | None = None, size: Size | None = None) -> Drawing:
    """A row for each policy. On the left the spread of what it pays: all points as a pale line, half of them as a bar,
    the mean as a dot. On the right its regret: the mean as a bar, the greatest over the points as a tick, the greatest
    that is proved as a diamond.

    >>> from analyses.drawing.policies import draw_policies
    >>> from analyses.policies import policies
    >>> from games.catalog import load
    >>> drawing = draw_policies(policies(load("conflict-expectations"), "Sender", samples=64))
    >>> [plot.get_title() for plot in drawing.figure.axes]
    ['What it pays Sender', 'What it regrets']
    """
    check_kind(found, Policies, "what is drawn", "what policies(model, player) finds")
    prospects = found.prospects
    labels = ["\n".join(fitted(each.policy, LABELS, 1.35)) for each in prospects]
    room, foot, head = 0.23, 0.62, 0.35
    tall = ROW * len(prospects) + foot + head
    figure = Place(WIDE, tall, ax, size)
    height = 1 - (foot + head) / tall
    left = figure.add_axes((room, foot / tall, 0.37, height))
    right = figure.add_axes((room + 0.42, foot / tall, 0.33, height))
    for row, each in enumerate(prospects):
        _spread(left, row, found.values[:, row], each)
        _regret(right, row, each)
    left.axvline(0, color=FAINT, linewidth=0.7, zorder=1)
    for plot, title in ((left, f"What it pays {found.player}"), (right, "What it regrets")):
        plot.set_ylim(len(prospects) - 0.45, -0.55)
        plot.set_yticks(range(len(prospects)))
        plot.set_yticklabels(labels if plot is left else [], parse_math=False)
        plot.tick_params(labelsize=LABELS)
        plot.tick_params(axis="y", length=0)
        plot.grid(axis="x", color="#dddddd", linewidth=0.6, zorder=0)
        plot.set_axisbelow(True)
        plot.xaxis.set_major_locator(MaxNLocator(5, steps=(1, 2, 2.5, 5, 10)))
        plot.set_title(title, fontsize=TITLE, color=INK, parse_math=False)
    right.set_xlim(left=0)
    clear_frame([left, right])
    key = "left: line all points, bar middle half, dot mean      right: bar mean, tick greatest seen, diamond proved"
    figure.text(0.99, 0.1 / tall, key, fontsize=7, ha="right", color=INK)
    return figure.drawn(_told(found))


def _spread(plot: Axes, row: int, paid: "np.ndarray[tuple[int], np.dtype[np.float64]]", each: Prospect) -> None:
    low, quarter, three_quarters, high = np.quantile(paid, (0, 0.25, 0.75, 1))
    plot.plot([low, high], [row, row], color=PLAYERS[0], alpha=0.45, linewidth=2.2, zorder=2, solid_capstyle="butt")
    plot.barh([row], [three_quarters - quarter], left=[quarter], height=0.42, color=PLAYERS[0], alpha=0.75, zorder=3)
    plot.plot([each.expected.value], [row], "o", color="white", markeredgecolor=INK, markersize=5, zorder=4)


def _regret(plot: Axes, row: int, each: Prospect) -> None:
    plot.barh([row], [each.mean_regret.value], height=0.42, color=PLAYERS[1], alpha=0.85, zorder=2)
    plot.plot([0, each.regret], [row, row], color=PLAYERS[1], alpha=0.45, linewidth=2.2, zorder=2)
    plot.plot([each.regret], [row], "|", color=INK, markersize=11, zorder=3)
    if each.bounds.regret is not None and each.bounds.regret_is_exact:
        plot.plot([float(each.bounds.regret)], [row], "D", color="white", markeredgecolor=INK, markersize=5, zorder=4)


def _told(found: Policies) -> str:
    said = (
        f"{each.policy}: pays {each.expected} on average, worst {each.worst_said}, greatest regret {each.regret_said}"
        for each in found.prospects
    )
    return f"What each policy of {found.player} pays and regrets. {'; '.join(said)}."


def draw_trajectories(scenarios: Sequence[Scenario], *, ax: Axes | None = None, size: Size | None = None) -> Drawing:
    """PRIM's boxes of each scenario by coverage and density, from the box of all points at the right; the densest is
    ringed, and a proved box is a diamond at density 1.

    >>> from analyses.drawing.policies import draw_trajectories
    >>> from analyses.policies import policies, scenario
    >>> from games.catalog import load
    >>> found = policies(load("conflict-expectations"), "Sender", names=["c_s", "c_t"], samples=128)
    >>> drawing = draw_trajectories([scenario(found, "Demand", "The target concedes")])
    >>> drawing.figure.axes[0].get_ylabel()
    'density'
    """
    check_kind(scenarios, (list, tuple), "what is drawn", "a list of what scenario(...) finds")
    shown = [each for each in scenarios if isinstance(each, Scenario) and each.trajectory]
    if not shown:
        raise InputError("no scenario has a trajectory to draw: what is looked for holds at all points, or at none")
    wide, plot_height = laid_out(size, WIDE, 3.3)
    entries = [
        wrapped(
            f"{each.said} ({'proved' if each.is_proved else f'not proved in {each.steps} questions'})",
            int(92 * wide / WIDE),
        )
        for each in shown
    ]
    key = 0.2 * sum(entry.count("\n") + 1 for entry in entries) + 0.2
    tall = plot_height + key
    figure = Place(wide, tall, ax, size)
    plot = figure.add_axes((0.1, (key + 0.5) / tall, 0.86, 1 - (key + 0.65) / tall))
    y = (key - 0.05) / tall
    for number, (each, entry) in enumerate(zip(shown, entries, strict=True)):
        colour, style = PLAYERS[number % 4], STYLES[number // 4 % len(STYLES)]
        _trajectory(plot, each.trajectory, colour, style)
        _ends(plot, each, colour)
        middle = y - 0.07 / tall
        figure.line((0.1, 0.15), middle, color=colour, linestyle=style, linewidth=1.6)
        figure.text(0.165, y, entry, fontsize=LABELS, va="top", color=INK, parse_math=False)
        y -= 0.2 * (entry.count("\n") + 1) / tall
    plot.set_xlim(-0.03, 1.03)
    plot.set_ylim(0, 1.05)
    plot.set_xlabel("coverage: part of all such points that lie in the box", fontsize=LABELS)
    plot.set_ylabel("density", fontsize=LABELS)
    plot.text(0.02, 0.03, "ring: PRIM's densest box      diamond: the box that is proved", fontsize=7, color=INK)
    plot.tick_params(labelsize=LABELS)
    plot.grid(color="#dddddd", linewidth=0.6, zorder=0)
    plot.set_axisbelow(True)
    clear_frame([plot])
    said = "; ".join(f"{each.said}: {len(each.trajectory)} boxes" for each in shown)
    return figure.drawn(f"Peeling trajectories by coverage and density. {said}.")


def _trajectory(plot: Axes, boxes: Sequence[Box], colour: str, style: str) -> None:
    coverage, density = [box.coverage for box in boxes], [box.density for box in boxes]
    plot.plot(coverage, density, linestyle=style, marker="o", color=colour, markersize=2.8, linewidth=1.1, zorder=2)


def _ends(plot: Axes, each: Scenario, colour: str) -> None:
    densest = each.densest
    if densest is not None:
        plot.plot(
            [densest.coverage], [densest.density], "o", color="none", markeredgecolor=colour, markersize=9, zorder=3
        )
    if each.is_proved:
        plot.plot([each.coverage], [1], "D", color="white", markeredgecolor=colour, markersize=6, zorder=4)


def draw_best_sets(found: BestSets, *, ax: Axes | None = None, size: Size | None = None) -> Drawing | None:
    """Over the two parameters that move: where each policy is best, exactly; where several are, the ground is of that
    set. The model's own values are a cross. None where a boundary is curved.

    >>> from analyses.drawing.policies import draw_best_sets
    >>> from analyses.policies import best_sets, policies
    >>> from games.catalog import load
    >>> found = policies(load("conflict-expectations"), "Sender", names=["D", "c_t"], samples=64)
    >>> drawing = draw_best_sets(best_sets(found))
    >>> drawing.description[:53]
    'Where each policy is best over D and c_t. Demand (67 '

    Raises `InputError` unless two parameters move.
    """
    check_kind(found, BestSets, "what is drawn", "what best_sets(policies(...)) finds")
    axes = found.policies.asked.names
    if len(axes) != 2:
        raise InputError(f"the map takes two parameters, and {len(axes)} move; name two, such as names=['A_F', 'h_F']")
    try:
        pieces = _pieces(found)
    except OutOfReachError:
        return None
    sets = sorted({own for _, own in pieces}, key=lambda own: -sum(p.volume for p, other in pieces if other == own))
    wide, high = laid_out(size, WIDE, HIGH)
    entries = [wrapped(_names(found, own) + f" ({_part(own, pieces)} %)", int(88 * wide / WIDE)) for own in sets]
    key = 0.2 * sum(entry.count("\n") + 1 for entry in entries) + 0.3
    tall = high + key
    figure = Place(wide, tall, ax, size)
    plot = figure.add_axes((0.13, (key + 0.55) / tall, 0.84, 0.97 - (key + 0.55) / tall))
    ends = [(found.policies.model.by_name[name].low, found.policies.model.by_name[name].high) for name in axes]
    order = [found.policies.points.premises.free.index(found.policies.model.by_name[name].symbol) for name in axes]
    for piece, own in pieces:
        ground = GROUNDS[sets.index(own) % len(GROUNDS)]
        corners = [tuple(float(low + (high - low) * x[k]) for k, (low, high) in zip(order, ends, strict=True))
                   for x, _ in piece.corners]  # fmt: skip
        plot.add_patch(Patch(_around(corners), closed=True, facecolor=ground, edgecolor=ground, linewidth=0.6))
    here = [float(found.policies.model.by_name[name].default) for name in axes]
    plot.plot(here[:1], here[1:], "P", color=INK, markersize=8, markeredgecolor="white", zorder=5)
    plot.set_xlim(float(ends[0][0]), float(ends[0][1]))
    plot.set_ylim(float(ends[1][0]), float(ends[1][1]))
    for axis, name, letters in ((plot.xaxis, axes[0], 80 * wide / WIDE), (plot.yaxis, axes[1], 46 * high / HIGH)):
        meaning = escaped(wrapped(found.policies.model.by_name[name].meaning, int(letters)))
        axis.set_label_text(f"{mathematical(name)}  {meaning}", fontsize=8.5)
        axis.set_tick_params(labelsize=LABELS)
    clear_frame([plot])
    # Pieces are measured in parts of the ranges.
    _key(figure, entries, key, tall, is_whole=sum(piece.volume for piece, _ in pieces) == 1)
    return figure.drawn(f"Where each policy is best over {axes[0]} and {axes[1]}. {'; '.join(entries)}.")


def _key(figure: Place, entries: Sequence[str], key: float, tall: float, *, is_whole: bool) -> None:
    y = (key - 0.02) / tall
    excluded = "" if is_whole else "white: excluded by premises or assumptions      "
    figure.text(0.1, y, f"✚ present values      {excluded}best:", fontsize=LABELS, va="top", color=INK)
    y -= 0.22 / tall
    for number, entry in enumerate(entries):
        ground = {"boxstyle": "square,pad=0.15", "facecolor": GROUNDS[number % len(GROUNDS)], "edgecolor": "none"}
        figure.text(0.1, y, entry, fontsize=LABELS, va="top", color=INK, bbox=ground, parse_math=False)
        y -= 0.2 * (entry.count("\n") + 1) / tall


def _pieces(found: BestSets) -> list[tuple[Polytope, tuple[int, ...]]]:
    """The rectangle in polygons, each with the numbers of the policies that are best in it."""
    posed = found.solutions[0].posed
    symbols = {name: posed.model.by_name[name].symbol for name in posed.free}
    spoken = frozenset(symbols[name] for condition in found.conditions for name in names_in(condition))
    margins: list[Poly] = list(dict.fromkeys(part.of for each in found.conditions for part in signs(each)))

    def around(point: Point) -> tuple[tuple[int, ...], list[Poly]]:
        named = {symbol.name: Fraction(value) for symbol, value in point.items()}
        return tuple(k for k, each in enumerate(found.conditions) if holds(each, named)), margins

    whole = Pieces(posed.premise_set, spoken | frozenset(symbols.values()), around)
    return [(piece, own) for piece, admitted, own in whole if admitted and own is not None]


def _around(corners: Sequence[tuple[float, ...]]) -> list[tuple[float, ...]]:
    """The corners of a convex polygon in the order in which they go round."""
    middle = [sum(values) / len(corners) for values in zip(*corners, strict=True)]
    return sorted(corners, key=lambda x: float(np.arctan2(x[1] - middle[1], x[0] - middle[0])))


def _names(found: BestSets, own: Sequence[int]) -> str:
    return " and ".join(found.policies.actions[k] for k in own) or "none whichever equilibrium is played"


def _part(own: tuple[int, ...], pieces: Sequence[tuple[Polytope, tuple[int, ...]]]) -> str:
    whole = sum((piece.volume for piece, _ in pieces), Fraction(0))
    mine = sum((piece.volume for piece, other in pieces if other == own), Fraction(0))
    return f"{float(100 * mine / whole):.0f}"
