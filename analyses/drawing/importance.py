"""Which parameter decides what: total and first index of each, with their intervals, as bars."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from analyses.drawing.figures import INK, PLAYERS, Drawing, blank, clear_frame, fitted, mathematical, text_width
from analyses.importance import Importance
from analyses.importance.intervals import Index
from analyses.importance.targets import Target
from games.errors import check_kind

MOST_BARS = 14
MOST_PANELS = 4
WIDE = 6.6
"""Inches from side to side."""

TITLE = 9.0
LABELS = 8.0
BETWEEN = 0.04
"""The size of the titles' and the labels' letters, and the part of the width left free between two panels."""

LABELLED = 1.1
"""Inches that the parameters of a group may take in a line."""

HALF = 0.36
"""Half the height of a pair of bars, as a part of the room for it."""


def draw_importance(found: Importance) -> Drawing:
    """A panel for the set of outcomes and one for each payoff that varies; two bars for each group of parameters.

    The long pale bar is the total index, the short dark one the first; a line is the 95 % interval. Groups stand in the
    order in which they decide the set; those that decide nothing shown are left out, and of a payoff that has several
    values the greatest is shown.
    """
    check_kind(found, Importance, "what is drawn", "what importance(model) finds")
    targets = _targets(found)
    shown = _groups(found, targets)
    tall_bars = max(len(shown), 1)
    labels = [_label(found, group) for group in shown]
    lines = max(map(len, labels), default=1)
    widest = max((text_width(", ".join(line) + ",", LABELS) for label in labels for line in label), default=0.0)
    room = (widest + 0.3) / WIDE
    each = (0.98 - room) / len(targets)
    titles = [fitted(_title(target), TITLE, WIDE * (each - BETWEEN)) for target in targets]
    head = 0.24 + 0.16 * max(map(len, titles))
    tall = (0.16 + 0.12 * lines) * tall_bars + 0.75 + head
    figure = blank(WIDE, tall)
    plots = []
    for position, target in enumerate(targets):
        plot = figure.add_axes((room + position * each, 0.7 / tall, each - BETWEEN, 1 - (0.7 + head) / tall))
        plots.append(plot)
        colour = PLAYERS[position % 4]
        assert target.indices is not None
        _bars(plot, [target.indices.total[group] for group in shown], -HALF, colour, pale=True)
        _bars(plot, [target.indices.first[group] for group in shown], 0.0, colour, pale=False)
        plot.set_ylim(tall_bars - 0.4, -0.6)
        plot.set_xlim(0, max(1.0, *(index.high for index in target.indices.total)))
        plot.set_xticks([0, 0.5, 1])
        plot.set_xticklabels(["0", "0.5", "1"])
        plot.grid(axis="x", color="#dddddd", linewidth=0.6, zorder=0)
        plot.set_axisbelow(True)
        plot.tick_params(labelsize=LABELS)
        plot.tick_params(axis="y", length=0)
        plot.set_title("\n".join(titles[position]), fontsize=TITLE, color=colour, parse_math=False)
        plot.set_yticks(range(len(shown)))
        plot.set_yticklabels(list(map(_set, labels)) if position == 0 else [])
    clear_frame(plots)
    figure.text(
        0.99,
        0.1 / tall,
        "pale: total index; dark: first index; line: 95 % interval",
        fontsize=7.5,
        ha="right",
        color=INK,
    )
    return Drawing(figure, _description(found, targets, shown))


def _targets(found: Importance) -> list[Target]:
    """The set, and of each payoff the only value or the greatest, as far as they vary."""
    varying = [t for t in found.targets[1:] if t.indices and t.indices.constant is None and not t.indices.rare]
    by_name = {target.name: target for target in varying}
    names = [f"payoff of {player}" for player in found.model.game.players]
    payoffs = [by_name.get(name) or by_name.get(f"{name}, greatest") for name in names]
    return [found.the_set, *(target for target in payoffs if target)][:MOST_PANELS]


def _groups(found: Importance, targets: Sequence[Target]) -> list[int]:
    order = dict.fromkeys(found.group_of(k) for k in found.order)
    decides = [g for g in order if any(t.indices and t.indices.total[g].value > 0 for t in targets)]
    return decides[:MOST_BARS]


def _bars(plot: Axes, indices: Sequence[Index], offset: float, colour: str, *, pale: bool) -> None:
    rows = [row + offset + HALF / 2 for row in range(len(indices))]
    values = [max(index.value, 0.0) for index in indices]
    plot.barh(rows, values, height=HALF, color=colour, alpha=0.4 if pale else 1.0, zorder=2)
    for row, index in zip(rows, indices, strict=True):
        plot.plot([max(index.low, 0.0), max(index.high, 0.0)], [row, row], color=INK, linewidth=0.9, zorder=3)


def _label(found: Importance, group: int) -> list[list[str]]:
    """The parameters of the group in lines, as many to a line as there is room for."""
    lines: list[list[str]] = []
    for k in found.groups[group]:
        name = found.names[k]
        if lines and text_width(", ".join([*lines[-1], name]), LABELS) <= LABELLED:
            lines[-1].append(name)
        else:
            lines.append([name])
    return lines


def _set(lines: Sequence[Sequence[str]]) -> str:
    return ",\n".join(", ".join(map(mathematical, line)) for line in lines)


def _title(target: Target) -> str:
    return target.said[0].upper() + target.said[1:]


def _description(found: Importance, targets: Sequence[Target], shown: Sequence[int]) -> str:
    said = []
    for target in targets:
        assert target.indices is not None
        ranked = sorted(shown, key=lambda group: -target.indices.total[group].value)[:3]  # type: ignore[union-attr]
        said.append(f"{target.name}: " + ", ".join(f"{found.group_names[g]} {target.indices.total[g]}" for g in ranked))
    return f"Total indices, largest first: {'; '.join(said)}."
