"""Which parameter decides what, as bars with intervals: total and first indices, or one of the further measures."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from analyses.drawing.figures import INK, PLAYERS, Drawing, clear_frame, fitted, mathematical, text_width
from analyses.drawing.place import Place, Size, laid_out
from analyses.importance import Importance
from analyses.importance.intervals import NOTHING, Index
from analyses.importance.morris import MU_STAR
from analyses.importance.targets import NOBODY, TOTAL, Target
from games.errors import InputError, check_kind, listed, quoted

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

MEANING, MOST_LINES = 2.6, 3
"""Inches that the meaning of a parameter may take in a line, and of how many lines; its symbol stands behind it."""

HALF = 0.36
"""Half the height of a pair of bars, as a part of the room for it."""


@dataclass(frozen=True)
class _Panel:
    """Bars of one target: the long pale ones and, if there are any, short dark ones below them; exact values."""

    title: str
    pale: Sequence[Index]
    dark: Sequence[Index] = ()
    exact: Sequence[float | None] = ()
    is_share: bool = True


def draw_importance(found: Importance, *, ax: Axes | None = None, size: Size | None = None) -> Drawing:
    r"""A panel for the set of outcomes and one for each payoff that varies; two bars for each group of parameters.

    The long pale bar is the total index, the short dark one the first; a line is the 95 % interval, and a diamond the
    exact value, where there is one. Groups stand in the order in which they decide the set; those that decide nothing
    shown are left out, and of a payoff that has several values the greatest is shown.

    >>> from analyses.drawing.importance import draw_importance
    >>> from analyses.importance import importance
    >>> from games.catalog import load
    >>> drawing = draw_importance(importance(load("conflict-expectations"), samples=256))
    >>> [plot.get_title().replace("\n", " ") for plot in drawing.figure.axes]
    ['Set of outcomes', 'Payoff of Sender', 'Payoff of Target']
    """
    check_kind(found, Importance, "what is drawn", "what importance(model) finds")
    targets = _targets(found)
    shown = _groups(found, targets)
    panels = []
    is_exact = False
    for target in targets:
        assert target.indices is not None
        total, first = ([of[group] for group in shown] for of in (target.indices.total, target.indices.first))
        exact = [found.exact.indices.get((target.name, TOTAL, found.groups[group])) for group in shown]
        is_exact = is_exact or any(value is not None for value in exact)
        panels.append(_Panel(_title(target), total, first, [None if v is None else float(v) for v in exact]))
    said = "pale: total effect; dark: main effect; line: 95 % interval" + ("; diamond: exact" if is_exact else "")
    labels = [_label(found, [found.names[k] for k in found.groups[group]]) for group in shown]
    return _drawn(panels, labels, said, ax, size).drawn(_description(found, targets, shown))


def draw_measure(found: Importance, measure: str, *, ax: Axes | None = None, size: Size | None = None) -> Drawing:
    """A panel for each payoff that varies, with a bar for each parameter: a further measure, by its name in the table.

    A line is the 95 % interval; of PAWN and delta the last bar is that of a parameter that decides nothing. Raises
    `InputError` for a measure that was not asked for.

    >>> from analyses.drawing.importance import draw_measure
    >>> from analyses.importance import importance
    >>> from games.catalog import load
    >>> found = importance(load("conflict-expectations"), samples=64, measures=("morris",))
    >>> [plot.get_title() for plot in draw_measure(found, "Morris μ*").figure.axes]
    ['Payoff of Sender', 'Payoff of Target']
    """
    check_kind(found, Importance, "what is drawn", "what importance(model) finds")
    own = [each for each in found.estimates if each.measure == measure]
    if not own:
        has = listed(dict.fromkeys(each.measure for each in found.estimates)) or "none"
        raise InputError(
            f"there is no measure {quoted(str(measure))} to draw; there are {has}; ask importance for more measures"
        )
    targets = [t for t in _targets(found)[1:] if any(each.of == t.name for each in own)]
    targets = targets or [t for t in found.targets if any(each.of == t.name for each in own)][:MOST_PANELS]
    by_target = {t.name: {each.who: each.index for each in own if each.of == t.name} for t in targets}
    people = dict.fromkeys(who for indices in by_target.values() for who in indices if who != NOBODY)
    ranked = sorted(people, key=lambda who: -max(of[who].value for of in by_target.values() if who in of))
    chance = [NOBODY] if any(NOBODY in of for of in by_target.values()) else []
    shown = [*ranked[:MOST_BARS], *chance]
    panels = [
        _Panel(_title(t), [by_target[t.name].get(who, NOTHING) for who in shown], is_share=measure != MU_STAR)
        for t in targets
    ]
    members = {name: [found.names[k] for k in g] for name, g in zip(found.group_names, found.groups, strict=True)}
    labels = [["chance"] if who == NOBODY else _label(found, members.get(who, [who])) for who in shown]
    described = "; ".join(
        f"{t.name}: " + ", ".join(f"{who} {index}" for who, index in by_target[t.name].items()) for t in targets
    )
    return _drawn(panels, labels, f"{measure}; line: 95 % interval", ax, size).drawn(f"{measure}: {described}.")


def _drawn(
    panels: Sequence[_Panel], labels: Sequence[Sequence[str]], said: str, ax: Axes | None, size: Size | None
) -> Place:
    tall_bars = max(len(labels), 1)
    lines = max(map(len, labels), default=1)
    widest = max((text_width(_plain(line), LABELS) for label in labels for line in label), default=0.0)
    wide, _ = laid_out(size, WIDE, 0)
    room = (widest + 0.3) / wide
    each = (0.98 - room) / len(panels)
    titles = [fitted(panel.title, TITLE, wide * (each - BETWEEN)) for panel in panels]
    head = 0.24 + 0.16 * max(map(len, titles))
    tall = (0.16 + 0.12 * lines) * tall_bars + 0.75 + head
    figure = Place(wide, tall, ax, size)
    plots = []
    for position, panel in enumerate(panels):
        plot = figure.add_axes((room + position * each, 0.7 / tall, each - BETWEEN, 1 - (0.7 + head) / tall))
        plots.append(plot)
        colour = PLAYERS[position % 4]
        _fill(plot, panel, colour)
        plot.set_ylim(tall_bars - 0.4, -0.6)
        plot.grid(axis="x", color="#dddddd", linewidth=0.6, zorder=0)
        plot.set_axisbelow(True)
        plot.tick_params(labelsize=LABELS)
        plot.tick_params(axis="y", length=0)
        plot.set_title("\n".join(titles[position]), fontsize=TITLE, color=colour, parse_math=False)
        plot.set_yticks(range(len(labels)))
        plot.set_yticklabels(["\n".join(label) for label in labels] if position == 0 else [])
    clear_frame(plots)
    figure.text(0.99, 0.1 / tall, said, fontsize=7.5, ha="right", color=INK)
    return figure


def _fill(plot: Axes, panel: _Panel, colour: str) -> None:
    """The bars, and an axis from 0: to 1 at least for shares."""
    _bars(plot, panel.pale, -HALF if panel.dark else -HALF / 2, colour, pale=True)
    if panel.dark:
        _bars(plot, panel.dark, 0.0, colour, pale=False)
    for row, value in enumerate(panel.exact):
        if value is not None:
            plot.plot(
                [value], [row - HALF / 2], marker="D", markersize=3.2, color="white", markeredgecolor=INK, zorder=4
            )
    most = max((index.high for index in panel.pale), default=0.0)
    if panel.is_share:
        plot.set_xlim(0, max(1.0, most))
        plot.set_xticks([0, 0.5, 1])
        plot.set_xticklabels(["0", "0.5", "1"])
    else:
        end = most * 1.05 or 1.0
        plot.locator_params(axis="x", nbins=3)
        plot.set_xlim(0, end)
        plot.set_xticks([tick for tick in plot.get_xticks() if 0 <= tick <= end])


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


def _label(found: Importance, names: Sequence[str]) -> list[str]:
    """What a bar is of, in lines: each parameter's meaning and its symbol; of a large group the symbols alone."""
    if len(names) > MOST_LINES:
        return _symbols(names)
    lines = MOST_LINES if len(names) == 1 else 1
    return [line for name in names for line in _meaning(found, name, lines)]


def _meaning(found: Importance, name: str, most: int) -> list[str]:
    """The meaning of a parameter, cut to so many lines, and its symbol."""
    parameter = found.model.by_name.get(name)
    words = parameter.meaning.split(";")[0].replace("$", r"\$").split() if parameter else []
    if not words:
        return [mathematical(name)]
    end = f", {name}"
    while len(lines := fitted(" ".join(words) + end, LABELS, MEANING)) > most and len(words) > 1:
        words, end = words[:-1], f"…, {name}"
    symbols = {each for each in found.model.by_name if "_" in each}
    lines[-1] = f"{lines[-1].removesuffix(name)}{mathematical(name)}"
    return [" ".join(mathematical(word) if word in symbols else word for word in line.split()) for line in lines]


def _symbols(names: Sequence[str]) -> list[str]:
    """The parameters of a group in lines, as many to a line as there is room for."""
    lines: list[list[str]] = []
    for name in names:
        if lines and text_width(", ".join([*lines[-1], name]), LABELS) <= LABELLED:
            lines[-1].append(name)
        else:
            lines.append([name])
    return [", ".join(map(mathematical, line)) + ("," if line is not lines[-1] else "") for line in lines]


def _plain(line: str) -> str:
    """A line of a label as wide as it is about to be set."""
    return line.replace("$", "").replace("\\", "").replace("_{", "").replace("}", "")


def _title(target: Target) -> str:
    return target.said[0].upper() + target.said[1:]


def _description(found: Importance, targets: Sequence[Target], shown: Sequence[int]) -> str:
    said = []
    for target in targets:
        assert target.indices is not None
        ranked = sorted(shown, key=lambda group: -target.indices.total[group].value)[:3]  # type: ignore[union-attr]
        said.append(f"{target.name}: " + ", ".join(f"{found.group_names[g]} {target.indices.total[g]}" for g in ranked))
    return f"Total indices, largest first: {'; '.join(said)}."
