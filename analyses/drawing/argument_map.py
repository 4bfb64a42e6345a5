"""The argument map: from the source's words over the premises to the claims and their verdicts, tensions at the side.

One row for each argument. From left to right: where the source says it; the argument; the premises that its proofs
rest on, each under a letter; its claims, each with its verdict in words and the letters of the premises that a proof
needs. Lines at the right join arguments that pull apart and say whether they exclude each other.
"""

from dataclasses import dataclass
from string import ascii_lowercase

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from analyses.drawing.figures import FAINT, INK, Drawing, blank, text_width, wrapped
from analyses.ledger import OMISSION, Entry, Ledger
from games.sources import Quoted

LETTERS = 6.8
LINE = 0.125
"""Inches from one line of text to the next."""

WIDTH = 7.6
SOURCE, ARGUMENT, PREMISES, CLAIMS, END = 0.08, 1.32, 2.42, 4.72, 6.86
"""Where the columns begin, in inches, and where the claims end."""

VERDICTS = {"proved": ("#0072B2", "●"), "refuted": ("#D55E00", "✕"), "unsettled": ("#6b6b6b", "○")}
"""For each verdict its colour (Okabe & Ito 2008) and its sign; the word stands beside both."""


@dataclass(frozen=True)
class _Row:
    """What is written in the four columns for one argument, in lines, and the claims with their verdicts."""

    id: str
    source: list[str]
    title: list[str]
    premises: list[str]
    claims: list[tuple[str, str, str]]

    @property
    def height(self) -> float:
        lines = max(len(self.source), len(self.title), len(self.premises), len(self.claims))
        return LINE * lines + 0.1


def draw_argument_map(found: Ledger) -> Drawing:
    """The map of the arguments in the ledger."""
    rows = [_row(found, argument.id) for argument in found.arguments]
    gap = 0.075
    tall = sum(row.height + gap for row in rows) + 0.62
    figure = blank(WIDTH, tall)
    plot = figure.add_axes((0, 0, 1, 1))
    plot.set_xlim(0, WIDTH)
    plot.set_ylim(0, tall)
    plot.set_axis_off()
    _draw_heads(plot, tall)
    top = tall - 0.32
    middles = {}
    for row in rows:
        _draw_row(plot, row, top)
        middles[row.id] = (top - row.height / 2, row.height)
        top -= row.height + gap
    _draw_tensions(plot, found, middles)
    _draw_key(plot)
    return Drawing(figure, _description(found))


def _row(found: Ledger, id: str) -> _Row:
    entries = [entry for entry in found.entries if entry.argument is not None and entry.argument.id == id]
    argument = entries[0].argument
    assert argument is not None
    premises = list(dict.fromkeys(words for entry in entries for words in entry.rests_on))
    letters = {words: _letter(number) for number, words in enumerate(premises)}
    listed = [line for words in premises for line in _fitted(f"{letters[words]}  {words}", CLAIMS - PREMISES - 0.3)]
    title = _fitted(f"{argument.id}  {argument.title}", PREMISES - ARGUMENT - 0.22)
    return _Row(
        id,
        _fitted(_said(argument.source), ARGUMENT - SOURCE - 0.22),
        title,
        listed or ["no premise used"],
        [(_short(entry), entry.word, ", ".join(letters[words] for words in entry.rests_on)) for entry in entries],
    )


def _letter(number: int) -> str:
    return ascii_lowercase[number % 26] + (str(number // 26) if number >= 26 else "")


def _said(source: Quoted) -> str:
    return f"¶{source.paragraph} “{source.phrase}”"


def _short(entry: Entry) -> str:
    """The claim's name without that of its argument."""
    assert entry.argument is not None
    return entry.id.removeprefix(f"{entry.argument.id}-")


def _fitted(text: str, width: float) -> list[str]:
    """The text in lines no wider than ``width`` inches."""
    characters = max(8, int(width / text_width("n", LETTERS)))
    lines = wrapped(text, characters).split("\n")
    while max(text_width(line, LETTERS) for line in lines) > width and characters > 8:
        characters -= 1
        lines = wrapped(text, characters).split("\n")
    return lines


def _draw_heads(plot: Axes, tall: float) -> None:
    heads = (("Source", SOURCE), ("Argument", ARGUMENT), ("Premises that proofs rest on", PREMISES))
    for words, left in (*heads, ("Claims and verdicts", CLAIMS), ("Tensions", END + 0.12)):
        plot.text(left, tall - 0.14, words, fontsize=LETTERS + 0.6, fontweight="bold", color=INK, va="center")


def _draw_row(plot: Axes, row: _Row, top: float) -> None:
    columns = ((SOURCE, ARGUMENT), (ARGUMENT, PREMISES), (PREMISES, CLAIMS), (CLAIMS, END + 0.14))
    for left, right in columns:
        box = FancyBboxPatch(
            (left, top - row.height),
            right - left - 0.14,
            row.height,
            boxstyle="round,pad=0,rounding_size=0.03",
            linewidth=0.6,
            edgecolor=FAINT,
            facecolor="#f7f7f7" if left == ARGUMENT else "white",
        )
        plot.add_patch(box)
    for left in (ARGUMENT, PREMISES, CLAIMS):
        plot.annotate(
            "",
            (left, top - row.height / 2),
            (left - 0.14, top - row.height / 2),
            arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 0},
        )
    for left, lines, weight in (
        (SOURCE, row.source, "normal"),
        (ARGUMENT, row.title, "bold"),
        (PREMISES, row.premises, "normal"),
    ):
        for number, line in enumerate(lines):
            height = top - 0.05 - LINE * (number + 0.5)
            plot.text(
                left + 0.04, height, line, fontsize=LETTERS, fontweight=weight, color=INK, va="center", parse_math=False
            )
    for number, (name, word, letters) in enumerate(row.claims):
        height = top - 0.05 - LINE * (number + 0.5)
        colour, sign = VERDICTS[word]
        said = f"{word}{f' from {letters}' if letters else ''}"
        plot.text(CLAIMS + 0.1, height, sign, fontsize=LETTERS, color=colour, va="center", ha="center")
        plot.text(CLAIMS + 0.19, height, name, fontsize=LETTERS, color=INK, va="center", parse_math=False)
        plot.text(END - 0.05, height, said, fontsize=LETTERS, color=colour, va="center", ha="right", parse_math=False)


def _draw_tensions(plot: Axes, found: Ledger, middles: dict[str, tuple[float, float]]) -> None:
    """A bracket beside the claims for each tension, a lane for those that would cross."""
    lanes: list[list[tuple[float, float]]] = []
    for tension, state in found.tensions:
        if state == OMISSION:
            continue
        first, second = (middles[id][0] for id in tension.between)
        if first == second:
            first, second = first + 0.06, first - 0.06
        low, high = sorted((first, second))
        lane = next((k for k, taken in enumerate(lanes) if all(high < a or low > b for a, b in taken)), len(lanes))
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append((low - 0.12, high + 0.12))
        right = END + 0.16 + 0.17 * lane
        style = "-" if state == "exclude each other" else "--"
        plot.plot(
            [END, right, right, END], [low, low, high, high], color=INK, linewidth=0.9, linestyle=style, clip_on=False
        )
        plot.text(
            right + 0.04,
            (low + high) / 2,
            f"{tension.id} {state}",
            fontsize=LETTERS - 0.3,
            rotation=90,
            va="center",
            ha="left",
            color=INK,
        )


def _draw_key(plot: Axes) -> None:
    left = SOURCE
    for word, (colour, sign) in VERDICTS.items():
        plot.text(left, 0.1, sign, fontsize=LETTERS, color=colour, va="center")
        plot.text(left + 0.11, 0.1, word, fontsize=LETTERS, color=INK, va="center")
        left += 0.3 + text_width(word, LETTERS)
    plot.text(
        left,
        0.1,
        "from a, b: the premises that the proof needs.   T: arguments that pull apart, solid where they exclude each "
        "other, dashed where both can hold.",
        fontsize=LETTERS,
        color=INK,
        va="center",
    )


def _description(found: Ledger) -> str:
    parts = []
    for argument in found.arguments:
        verdicts = ", ".join(f"{_short(entry)} {entry.word}" for entry in found.of(argument))
        parts.append(f"{argument.id} {argument.title}: {verdicts}")
    apart = [f"{tension.id}, {' and '.join(dict.fromkeys(tension.between))}: {s}" for tension, s in found.tensions]
    tensions = f" Tensions: {'; '.join(apart)}." if apart else ""
    return f"Argument map. {'. '.join(parts)}.{tensions}"
