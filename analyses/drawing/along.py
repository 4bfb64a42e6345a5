"""Equilibria along one parameter: where each exists, and its probabilities and payoffs as curves, cuts marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.axes import Axes

from analyses.drawing.figures import FAINT, INK, Drawing, clear_frame, escaped, fitted, mathematical, text_width
from analyses.drawing.place import Place, Size
from analyses.maps import Along, Branch, Interval
from analyses.maps.exact_lines import inner_ends, nearly, written
from analyses.maps.naming import Followed
from games.errors import check_kind
from games.exact import amount
from games.roots import Real

WIDE = 6.6
"""Inches from side to side."""

LEFT, RIGHT, BETWEEN = 0.5, 0.2, 0.6
"""Inches left free on the sides of the panels, and between two."""

PANEL, TITLE, UNDER = 1.25, 0.28, 0.32
"""Inches: the height of a panel, of the title over it, and of the numbers below it."""

SMALL = 7.5
MOST_BRANCHES = 8
MOST_PANELS = 8
STEPS = 48

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00", "#56B4E9")
STYLES = ("solid", (0, (5, 2)), (0, (6, 1.5, 1, 1.5)), (0, (1, 1.4)))
"""Branches differ in both (Okabe & Ito 2008: told apart with any colour vision)."""


@dataclass(frozen=True)
class _Panel:
    title: str
    curves: tuple[tuple[int, Branch, Followed], ...]
    ties: tuple[tuple[Branch, Followed], ...]
    is_probability: bool


def draw_along(found: Along, *, ax: Axes | None = None, size: Size | None = None) -> Drawing:
    """Above, where each equilibrium exists; below, each probability that varies and each payoff, against the parameter.

    A filled end belongs to the interval, a hollow one does not. Bands are continua of equilibria; at a single value a
    grey line or diamond shows what ties allow there. Curves carry the number of their equilibrium.

    >>> from analyses.drawing.along import draw_along
    >>> from analyses.maps import along
    >>> from games.catalog import load
    >>> drawing = draw_along(along(load("inspection"), "a_1"))
    >>> [plot.get_title(loc="left") for plot in drawing.figure.axes[1:3]]
    ['Sender: probability of Sanction', 'Payoff of Target']
    """
    check_kind(found, Along, "what is drawn", "what along(model, parameter) finds")
    shown = found.lasting[:MOST_BRANCHES]
    panels = _panels(found, shown)
    labels = [fitted(f"{branch.number}  {branch.name}", SMALL, WIDE - LEFT - RIGHT) for branch in shown]
    heights = [0.14 * len(lines) + 0.16 for lines in labels]
    cuts = _placed([(nearly(cut.value), written(cut.value)) for cut in found.cuts], found)
    head = 0.1 + 0.15 * (1 + max((row for _, _, row in cuts), default=-1))
    ties = 0.3 if len(found.lasting) < len(found.branches) else 0.0
    strip = sum(heights) + ties + 0.08
    rows = -(-len(panels) // 2)
    tall = head + strip + 0.35 + rows * (TITLE + PANEL + UNDER) + 0.4
    figure = Place(WIDE, tall, ax, size)
    span = WIDE - LEFT - RIGHT
    plot = figure.add_axes((LEFT / WIDE, 1 - (head + strip) / tall, span / WIDE, strip / tall))
    _strip(plot, found, labels, heights, ties)
    for middle, said, row in cuts:
        height = 1 - (head - 0.06 - 0.15 * row) / tall
        figure.text((LEFT + middle) / WIDE, height, said, fontsize=SMALL, ha="center", va="bottom", color=INK)
    wide = (span - BETWEEN) / 2
    plots = [plot]
    for k, panel in enumerate(panels):
        top = head + strip + 0.35 + (k // 2) * (TITLE + PANEL + UNDER) + TITLE
        place = (LEFT + (k % 2) * (wide + BETWEEN), tall - top - PANEL)
        one = figure.add_axes((place[0] / WIDE, place[1] / tall, wide / WIDE, PANEL / tall))
        _draw(one, found, panel, wide)
        plots.append(one)
    clear_frame(plots)
    meaning = fitted(escaped(found.model.by_name[found.name].meaning), SMALL, WIDE - LEFT - 1.0)
    figure.text(LEFT / WIDE, 0.22 / tall, f"{mathematical(found.name)}  {meaning[0]}", fontsize=8.5, color=INK)
    figure.text(LEFT / WIDE, 0.07 / tall, _legend(found, shown), fontsize=SMALL, color=INK)
    return figure.drawn(_description(found))


def _legend(found: Along, shown: Sequence[Branch]) -> str:
    hidden = len(found.lasting) - len(shown)
    parts = ["filled end: belongs to it; hollow: does not"]
    if len(found.lasting) < len(found.branches):
        parts.append("grey: at that value alone")
    if hidden:
        parts.append(f"{hidden} more equilibria not shown")
    if not found.complete:
        parts.append("not complete")
    return "; ".join(parts)


def _style(position: int) -> tuple[str, object]:
    return COLOURS[position % len(COLOURS)], STYLES[position % len(STYLES)]


def _strip(plot: Axes, found: Along, labels: Sequence[list[str]], heights: Sequence[float], ties: float) -> None:
    """Where each branch exists, its name above its line."""
    whole = sum(heights) + ties + 0.08
    plot.set_ylim(0, whole)
    plot.set_xlim(float(found.low), float(found.high))
    top = whole
    for position, (lines, height) in enumerate(zip(labels, heights, strict=True)):
        colour, style = _style(position)
        level = top - height + 0.05
        for interval in found.lasting[position].intervals:
            ends = [nearly(interval.low), nearly(interval.high)]
            plot.plot(ends, [level, level], color=colour, linestyle=style, linewidth=2.0, zorder=3, clip_on=False)
            _ends(plot, interval, ends, [level, level], colour)
        plot.text(
            0,
            level + 0.05,
            "\n".join(lines),
            fontsize=SMALL,
            color=colour,
            va="bottom",
            parse_math=False,
            transform=plot.get_yaxis_transform(),
            linespacing=1.1,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4, "alpha": 0.85},
            zorder=4,
        )
        top -= height
    if ties:
        _tie_row(plot, found, top - 0.18)
    for cut in found.cuts:
        plot.axvline(nearly(cut.value), color=FAINT, linewidth=0.7, linestyle=(0, (2, 2)), zorder=1)
    plot.set_yticks([])
    plot.spines["left"].set_visible(False)
    plot.tick_params(labelsize=SMALL)


def _tie_row(plot: Axes, found: Along, level: float) -> None:
    """The values at which there are more equilibria."""
    single = [branch for branch in found.branches if branch.at_ties]
    values = {nearly(interval.low): None for branch in single for interval in branch.intervals}
    plot.plot(list(values), [level] * len(values), "D", color=FAINT, markersize=4, zorder=3, clip_on=False)
    kind = "more equilibrium" if found.lasting else "equilibrium"
    said = f"{amount(len(single), kind).replace('ums', 'a')} at single values"
    plot.text(
        0,
        level + 0.05,
        said,
        fontsize=SMALL,
        color=INK,
        va="bottom",
        transform=plot.get_yaxis_transform(),
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4, "alpha": 0.85},
        zorder=4,
    )


def _ends(plot: Axes, interval: Interval, xs: Sequence[float], ys: Sequence[float], colour: str) -> None:
    """Filled where the interval has its end, hollow where not."""
    for x, y, has in zip(xs, ys, (interval.has_low, interval.has_high), strict=True):
        face = colour if has else "white"
        plot.plot([x], [y], "o", markersize=4, markerfacecolor=face, markeredgecolor=colour, zorder=5, clip_on=False)


def _placed(cuts: Sequence[tuple[float, str]], found: Along) -> list[tuple[float, str, int]]:
    """Each label where it fits, in the lowest row in which it overlaps no other: its middle in inches, and the row."""
    inches = (WIDE - LEFT - RIGHT) / (float(found.high) - float(found.low))
    taken: list[float] = []
    placed = []
    for at, said in cuts:
        half = text_width(said, SMALL) / 2 + 0.05
        middle = min((at - float(found.low)) * inches, WIDE - LEFT - half)
        row = next((k for k, end in enumerate(taken) if end <= middle - half), len(taken))
        taken[row : row + 1] = [middle + half]
        placed.append((middle, said, row))
    return placed


def _panels(found: Along, shown: Sequence[Branch]) -> list[_Panel]:
    """The probabilities that are not the same throughout, the numbers chosen, and the payoffs."""
    labels: dict[tuple[str, str, str], None] = {}
    for branch in shown:
        labels.update(dict.fromkeys((e.kind, e.whose, e.what) for e in branch.followed if e.kind != "outcome"))
    probabilities, others = [], []
    told: dict[str, list[str]] = {}
    for key in labels:
        panel = _panel(found, shown, key)
        if key[0] != "probability":
            others.append(panel)
        elif (
            len({str(each.curve.formula) for _, _, each in panel.curves}) > 1
            or panel.curves[0][2].curve.formula.free_symbols
        ):
            told.setdefault(key[1], []).append(key[2])
            probabilities.append((key, panel))
    # Of two choices the second has what is left.
    kept = [panel for key, panel in probabilities if len(told[key[1]]) != 2 or key[2] == told[key[1]][0]]
    room = max(MOST_PANELS - len(others), 0)
    return [*kept[:room], *others][:MOST_PANELS]


def _panel(found: Along, shown: Sequence[Branch], key: tuple[str, str, str]) -> _Panel:
    def of(branch: Branch) -> Iterator[Followed]:
        return (each for each in branch.followed if (each.kind, each.whose, each.what) == key)

    kind, whose, what = key
    title = {"probability": f"{whose}: probability of {what}", "choice": f"Choice of {whose}"}
    curves = tuple((k, branch, each) for k, branch in enumerate(shown) for each in of(branch))
    ties = tuple((branch, each) for branch in found.branches if branch.at_ties for each in of(branch))
    return _Panel(title.get(kind, f"Payoff of {whose}"), curves, ties, kind == "probability")


def _draw(plot: Axes, found: Along, panel: _Panel, wide: float) -> None:
    plot.set_xlim(float(found.low), float(found.high))
    if panel.is_probability:
        plot.set_ylim(-0.06, 1.18)
        plot.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
    for cut in found.cuts:
        plot.axvline(nearly(cut.value), color=FAINT, linewidth=0.7, linestyle=(0, (2, 2)), zorder=1)
    for branch, each in panel.ties:
        for interval in branch.intervals:
            _tie(plot, found, each, interval.low)
    count = len(panel.curves)
    for order, (position, branch, each) in enumerate(panel.curves, start=1):
        for interval in branch.intervals:
            _curve(plot, found, each, interval, position, Fraction(order, count + 1), str(branch.number))
    if not panel.is_probability:
        low, high = plot.get_ylim()
        # Room for the number above the highest curve.
        plot.set_ylim(low, high + 0.15 * (high - low))
    plot.tick_params(labelsize=SMALL)
    title = fitted(panel.title, 8.0, wide)
    plot.set_title(title[0] + (" …" if len(title) > 1 else ""), fontsize=8.0, color=INK, loc="left", parse_math=False)


def _tie(plot: Axes, found: Along, each: Followed, at: Real) -> None:
    """What ties allow at a single value."""
    values = each.curve.at({found.name: at})
    if values is not None:
        low, high = map(nearly, values)
        if low == high:
            plot.plot([nearly(at)], [low], "D", color=FAINT, markersize=3, zorder=2, clip_on=False)
        else:
            plot.plot([nearly(at)] * 2, [low, high], color=FAINT, linewidth=2.4, alpha=0.6, zorder=2, clip_on=False)


def _curve(
    plot: Axes, found: Along, each: Followed, interval: Interval, position: int, part: Fraction, number: str
) -> None:
    """One quantity on one interval, as a line or a band, with the number of its equilibrium on it."""
    colour, style = _style(position)
    if interval.is_point:
        _tie(plot, found, each, interval.low)
        return
    low, high = inner_ends(interval.low, interval.high)
    inside = [low + (high - low) * Fraction(k, STEPS) for k in range(1, STEPS)]
    points = [(at, each.curve.at({found.name: at})) for at in (interval.low, *inside, interval.high)]
    known = [(nearly(at), nearly(values[0]), nearly(values[1])) for at, values in points if values is not None]
    if not known:
        return
    xs, least, most = zip(*known, strict=True)
    plot.plot(xs, least, color=colour, linestyle=style, linewidth=1.6, zorder=3)
    if each.curve.is_band:
        plot.plot(xs, most, color=colour, linestyle=style, linewidth=1.6, zorder=3)
        plot.fill_between(xs, least, most, color=colour, alpha=0.15, linewidth=0, zorder=2)
    if len(known) == len(points) and not each.curve.is_band:
        _ends(plot, interval, (xs[0], xs[-1]), (least[0], least[-1]), colour)
    k = min(int(part * len(known)), len(known) - 1)
    plot.annotate(
        number,
        (xs[k], (least[k] + most[k]) / 2),
        (0, 2.5),
        textcoords="offset points",
        fontsize=SMALL,
        color=colour,
        ha="center",
        va="bottom",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.2, "alpha": 0.85},
        zorder=6,
    )


def _description(found: Along) -> str:
    told = "; ".join(
        f"{branch.number} “{branch.name}” for {' and '.join(each.said(found.name) for each in branch.intervals)}"
        for branch in found.branches
    )
    return f"Equilibria of {found.model.title} along {found.name}: {told or 'none'}."
