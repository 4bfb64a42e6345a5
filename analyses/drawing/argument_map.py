"""The argument map: from the source's words over the premises to the claims and their verdicts, tensions at the side.

One row for each argument. From left to right: the argument and where the source says it; the premises that its proofs
rest on, each under a letter; its claims, each with its verdict in words and the letters of the premises that a proof
needs. Lines at the right join arguments that pull apart and say whether they exclude each other. A long map is drawn in
parts, each of which fits on a page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from analyses.arguments import Argument
from analyses.drawing.figures import FAINT, INK, Drawing, fitted, in_greek, text_width
from analyses.drawing.place import Place, Size, only_part
from analyses.ledger import Ledger, Pull, Standing
from analyses.ledger.words import said_by, said_in

LETTERS = 6.8
LINE = 0.125
"""Inches from one line of text to the next."""

WIDTH = 7.4
TALLEST = 10.4
"""Inches across, and how tall a part may be."""

SOURCE, PREMISES, CLAIMS, END = 0.06, 1.8, 4.5, 6.8
"""Where the columns begin, in inches, and where the claims end."""

GAP = 0.07
BETWEEN = 0.16
"""Inches between rows, and between columns."""

VERDICTS = {"proved": ("#0072B2", "●"), "refuted": ("#D55E00", "✕"), "unsettled": ("#6b6b6b", "○")}
"""For each verdict its colour (Okabe & Ito 2008) and its sign; the word stands beside both."""


@dataclass(frozen=True)
class _Row:
    """What is written in the columns for one argument, in lines, and the claims with their verdicts."""

    id: str
    title: list[str]
    source: list[str]
    premises: list[tuple[str, str]]
    claims: list[tuple[str, str, str]]
    tensions: list[str]

    @property
    def height(self) -> float:
        return (
            LINE * max(len(self.title) + len(self.source), len(self.premises), len(self.claims) + len(self.tensions))
            + 0.1
        )


def draw_argument_map(found: Ledger, *, ax: Axes | None = None, size: Size | None = None) -> tuple[Drawing, ...]:
    """The map of the arguments in the ledger, in parts.

    >>> from analyses.arguments import Argument
    >>> from analyses.commentary import CASE
    >>> from analyses.drawing.argument_map import draw_argument_map
    >>> from analyses.ledger import ledger
    >>> (page,) = draw_argument_map(ledger(CASE.named("A12")))
    >>> page.description[:40]
    'Argument map. A12 Two bad neighbours for'
    """
    parts: list[list[_Row]] = []
    room = 0.0
    for argument in found.arguments:
        row = _row(found, argument)
        if not parts or row.height + GAP > room:
            parts.append([])
            room = TALLEST - 0.62
        parts[-1].append(row)
        room -= row.height + GAP
    only_part(len(parts), ax)
    return tuple(_part(found, [_with_open_ends(found, row, rows) for row in rows], ax, size) for rows in parts)


def _with_open_ends(found: Ledger, row: _Row, rows: list[_Row]) -> _Row:
    """The row with the tensions written in it whose other end is in another part."""
    here = {each.id for each in rows}
    away = [
        f"{pull.tension.id} with {other}: {pull.standing}"
        for pull in found.tensions
        for other in pull.tension.between
        if pull.standing is not Standing.OMISSION and row.id in pull.tension.between and other not in here
    ]
    return replace(row, tensions=[*row.tensions, *away])


def _part(found: Ledger, rows: list[_Row], ax: Axes | None, size: Size | None) -> Drawing:
    tall = sum(row.height + GAP for row in rows) + 0.62
    figure = Place(WIDTH, tall, ax, size)
    plot = figure.add_axes((0, 0, 1, 1))
    plot.set_xlim(0, WIDTH)
    plot.set_ylim(0, tall)
    plot.set_axis_off()
    _draw_heads(plot, tall)
    top = tall - 0.32
    middles = {}
    for row in rows:
        _draw_row(plot, row, top)
        middles[row.id] = top - row.height / 2
        top -= row.height + GAP
    _draw_tensions(plot, found, middles, tall)
    _draw_key(plot)
    return figure.drawn(_description(found, [row.id for row in rows]))


def _row(found: Ledger, argument: Argument) -> _Row:
    entries = found.of(argument)
    premises = list(dict.fromkeys(words for entry in entries for words in entry.rests_on))
    letters = {words: _letter(number) for number, words in enumerate(premises)}
    listed = []
    for words in premises:
        lines = fitted(in_greek(words), LETTERS, CLAIMS - PREMISES - BETWEEN - 0.24)
        listed += [(letters[words] if number == 0 else "", line) for number, line in enumerate(lines)]
    wide = PREMISES - SOURCE - BETWEEN - 0.1
    return _Row(
        argument.id,
        fitted(f"{argument.id}: {argument.title}", LETTERS, wide, bold=True),
        [
            *fitted(said_in(argument.source), LETTERS, wide),
            *(fitted(said_by(argument), LETTERS, wide) if said_by(argument) else ()),
        ],
        listed or [("", "no premise")],
        [(entry.label, entry.headline, " ".join(sorted(letters[w] for w in entry.rests_on))) for entry in entries],
        [f"{pull.tension.id}: {pull.standing}" for pull in found.tensions if _is_within(pull, argument.id)],
    )


def _is_within(pull: Pull, id: str) -> bool:
    """Whether the tension is one between halves of this argument."""
    return pull.standing is not Standing.OMISSION and set(pull.tension.between) == {id}


def _letter(number: int) -> str:
    return ascii_lowercase[number % 26] + (str(number // 26) if number >= 26 else "")


def _draw_heads(plot: Axes, tall: float) -> None:
    heads = (("Argument and source", SOURCE), ("Premises that proofs rest on", PREMISES))
    for words, left in (*heads, ("Claims and verdicts", CLAIMS), ("Tensions", END + 0.1)):
        plot.text(left, tall - 0.14, words, fontsize=LETTERS + 0.6, fontweight="bold", color=INK, va="center")


def _draw_row(plot: Axes, row: _Row, top: float) -> None:
    for left, right in ((SOURCE, PREMISES), (PREMISES, CLAIMS), (CLAIMS, END + BETWEEN)):
        box = FancyBboxPatch(
            (left, top - row.height),
            right - left - BETWEEN,
            row.height,
            boxstyle="round,pad=0,rounding_size=0.03",
            linewidth=0.6,
            edgecolor=FAINT,
            facecolor="#f5f5f5" if left == SOURCE else "white",
        )
        plot.add_patch(box)
    for left in (PREMISES, CLAIMS):
        plot.annotate(
            "",
            (left, top - row.height / 2),
            (left - BETWEEN, top - row.height / 2),
            arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 0},
        )

    def write(left: float, line: int, text: str, **looks: Any) -> None:
        height = top - 0.05 - LINE * (line + 0.5)
        looks = {"color": INK, "ha": "left", **looks}
        plot.text(left, height, text, fontsize=LETTERS, va="center_baseline", parse_math=False, **looks)

    for number, line in enumerate(row.title):
        write(SOURCE + 0.05, number, line, fontweight="bold")
    for number, line in enumerate(row.source):
        write(SOURCE + 0.05, len(row.title) + number, line)
    for number, (letter, line) in enumerate(row.premises):
        write(PREMISES + 0.05, number, letter, fontweight="bold")
        write(PREMISES + 0.17, number, line)
    for number, (name, word, letters) in enumerate(row.claims):
        colour, sign = VERDICTS[word.split()[0]]
        write(CLAIMS + 0.1, number, sign, color=colour, ha="center")
        write(CLAIMS + 0.19, number, name)
        write(END - 0.05, number, f"{word}{f' from {letters}' if letters else ''}", color=colour, ha="right")
    for number, words in enumerate(row.tensions, start=len(row.claims)):
        write(CLAIMS + 0.1, number, "↯", ha="center")
        write(CLAIMS + 0.19, number, words, fontweight="bold")


def _draw_tensions(plot: Axes, found: Ledger, middles: dict[str, float], tall: float) -> None:
    """A bracket beside the claims for each tension between two rows, in lanes so that none cross."""
    lanes: list[list[tuple[float, float]]] = []
    for pull in found.tensions:
        ends = sorted(middles[id] for id in pull.tension.between if id in middles)
        if pull.standing is Standing.OMISSION or len(set(ends)) < 2:
            continue
        words = f"{pull.tension.id}: {pull.standing}"
        low, high = ends
        half = max((high - low) / 2, text_width(words, LETTERS) / 2) + 0.06
        middle = min(max((low + high) / 2, half), tall - half)
        span = (middle - half, middle + half)
        lane = next((k for k, taken in enumerate(lanes) if all(span[1] < a or span[0] > b for a, b in taken)), None)
        if lane is None:
            lanes.append([])
            lane = len(lanes) - 1
        lanes[lane].append(span)
        right = END + 0.12 + 0.19 * lane
        style = "-" if pull.standing is Standing.EXCLUDE else "--"
        corners = ([END, right, right, END], [low, low, high, high])
        plot.plot(*corners, color=INK, linewidth=0.9, linestyle=style)
        plot.text(right + 0.035, middle, words, fontsize=LETTERS - 0.3, rotation=90, va="center", ha="left", color=INK)


def _draw_key(plot: Axes) -> None:
    left = SOURCE
    for word, (colour, sign) in VERDICTS.items():
        plot.text(left, 0.1, sign, fontsize=LETTERS, color=colour, va="center")
        plot.text(left + 0.11, 0.1, word, fontsize=LETTERS, color=INK, va="center")
        left += 0.3 + text_width(word, LETTERS)
    plot.text(
        left,
        0.1,
        "from a, b: the premises that the proof needs.   T: what pulls apart; dashed where both can hold.",
        fontsize=LETTERS,
        color=INK,
        va="center",
    )


def _description(found: Ledger, shown: Sequence[str]) -> str:
    parts = []
    for argument in found.arguments:
        if argument.id in shown:
            verdicts = ", ".join(f"{entry.label} {entry.headline}" for entry in found.of(argument))
            whose = f" ({said_by(argument)})" if said_by(argument) else ""
            parts.append(f"{argument.id} {argument.title}{whose}: {verdicts}")
    pulls = [pull for pull in found.tensions if {*pull.tension.between} & {*shown}]
    pairs = [(each.tension.id, " and ".join(dict.fromkeys(each.tension.between)), each.standing) for each in pulls]
    tensions = f" Tensions: {'; '.join(f'{id}, {pair}: {state}' for id, pair, state in pairs)}." if pairs else ""
    return f"Argument map. {'. '.join(parts)}.{tensions}"
