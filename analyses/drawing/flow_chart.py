"""Questions one below another, each with a line for yes and one for no, down to one of two answers.

A question that is met in several ways is drawn once. Lines to the same place run together, and bend once in each row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import fmean

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from analyses.drawing.figures import FAINT, GROUNDS, INK, PLAYERS, Drawing, fitted, in_greek, text_width
from analyses.drawing.place import Place, Size
from games.errors import InputError

LETTERS = 7.5
LINE = 0.135
"""Inches from one line of text to the next."""

WIDEST, TALLEST = 6.75, 9.1
"""Inches: what fits on a page, with margins and a caption."""

BOX, GAP, BETWEEN, PAD = 2.15, 0.3, 0.4, 0.07
"""Inches: how wide a question may be, what lies between two in a row, between rows, and around the letters."""

MOST_LINES = 56
"""The most lines of notes on a page, below a title of up to five."""

YES, NO = PLAYERS[0], PLAYERS[1]
PLAYED, NOT_PLAYED = GROUNDS[2], GROUNDS[5]
KEY = "solid: yes    dashed: no"


@dataclass(frozen=True)
class Question:
    """What is asked, in lines, and where each answer leads, by number: a later question, or `Layout` 's answers."""

    title: str
    formula: str
    yes: int
    no: int


@dataclass(frozen=True)
class Chart:
    """Questions in the order in which they are asked; below them ``played`` and ``otherwise``, the two answers.

    A question leads to a later one, or to -1 (played) or -2 (not played); without questions the answer is ``first``,
    and 0 stands for none. ``notes`` are written below.
    """

    questions: tuple[Question, ...]
    played: str
    otherwise: str
    notes: tuple[str, ...] = ()
    first: int = -1


@dataclass
class _Node:
    """Something at a place, in a row that is so ``high``: lines of text in a box, or, without any, a bend of a line."""

    row: int
    lines: list[str]
    bold: int = 0
    ground: str = "white"
    high: float = 0.0
    x: float = 0.0
    y: float = 0.0
    next: list[tuple["_Node", bool]] = field(default_factory=list)

    @property
    def width(self) -> float:
        if not self.lines:
            return 0.12
        broad = (1.16 if k < self.bold else 1.04 for k in range(len(self.lines)))
        return max(text_width(line, LETTERS) * each for line, each in zip(self.lines, broad, strict=True)) + 2 * PAD

    @property
    def height(self) -> float:
        return LINE * len(self.lines) + 2 * PAD if self.lines else 0.0


@dataclass(frozen=True)
class _Sheet:
    """A chart laid out: its rows, the lines above and below them, and how large all of it is."""

    rows: list[list[_Node]]
    heads: list[str]
    notes: list[str]
    width: float
    tall: float

    @property
    def has_questions(self) -> bool:
        return len(self.rows) > 1

    @property
    def top(self) -> float:
        return 0.2 + 0.17 * len(self.heads)

    @property
    def bottom(self) -> float:
        return 0.42 + LINE * len(self.notes)

    @property
    def height(self) -> float:
        return self.top + self.tall + self.bottom

    @property
    def fits(self) -> bool:
        return self.width <= WIDEST + 0.01 and self.height <= TALLEST


def _sheet(chart: Chart, title: str) -> _Sheet:
    rows = _placed(chart)
    notes = [line for note in chart.notes for line in _note(_set(note))]
    heads = fitted(title, LETTERS + 1.5, (WIDEST - 0.3) / 1.15, bold=True)
    tall = sum(max((node.height for node in row), default=0.0) for row in rows) + BETWEEN * (len(rows) - 1)
    wide = [_width(row) for row in rows]
    wide += [1.15 * text_width(line, LETTERS + 1.5) for line in heads]
    wide += [1.06 * text_width(line, LETTERS - 0.5) for line in notes]
    return _Sheet(rows, heads, notes, max(*wide, 1.9) + 0.3, tall)


def on_pages(notes: Sequence[str]) -> list[tuple[str, ...]]:
    """The notes in as many parts as they need pages, if nothing else is on them."""
    pages: list[tuple[str, ...]] = []
    room = 0
    for note in notes:
        lines = len(_note(_set(note)))
        if not pages or lines > room:
            pages.append(())
            room = MOST_LINES
        pages[-1] = (*pages[-1], note)
        room -= lines
    return pages


def fits(chart: Chart, title: str = "") -> bool:
    """Whether the chart fits on a page below its title."""
    return _sheet(chart, title).fits


def drawn(chart: Chart, title: str, ax: Axes | None = None, size: Size | None = None) -> Drawing:
    """The chart as a figure. Raises `InputError` where it does not fit on a page."""
    sheet = _sheet(chart, title)
    if not sheet.fits:
        raise InputError(f"the diagram of “{title}” does not fit on a page; fix some parameters, or ask with after")
    figure = Place(sheet.width, sheet.height, ax, size)
    plot = figure.add_axes((0, 0, 1, 1))
    plot.set_xlim(0, sheet.width)
    plot.set_ylim(-sheet.bottom, sheet.tall + sheet.top)
    plot.set_axis_off()
    _settle(sheet.rows, sheet.width, sheet.tall)
    for node in (node for row in sheet.rows for node in row):
        _draw_lines(plot, node)
        _draw_box(plot, node)
    _draw_words(plot, sheet)
    return figure.drawn(_description(chart, title))


def _draw_words(plot: Axes, sheet: _Sheet) -> None:
    """The title above, the key and the notes below."""
    middle, top = sheet.width / 2, sheet.tall + sheet.top
    for number, line in enumerate(sheet.heads):
        _write(plot, middle, top - 0.16 - 0.17 * number, line, LETTERS + 1.5, weight="bold")
    if sheet.has_questions:
        _write(plot, middle, -0.17, KEY, LETTERS - 0.5, style="italic")
    for number, line in enumerate(sheet.notes):
        _write(plot, 0.15, -0.36 - LINE * number, line, LETTERS - 0.5, ha="left")


def _set(text: str) -> str:
    """Text with formulas as they are printed."""
    return in_greek(text).replace("**", "^").replace("*", "·")


def _note(note: str) -> list[str]:
    first, *rest = fitted(note, LETTERS - 0.5, (WIDEST - 0.5) / 1.06)
    return [first, *(f"    {line}" for line in rest)]


def _width(row: Sequence[_Node]) -> float:
    return sum(node.width for node in row) + GAP * max(len(row) - 1, 0)


def _placed(chart: Chart) -> list[list[_Node]]:
    """The rows of questions, bends and answers: each as far down as the longest way to it asks for."""
    count = len(chart.questions)
    row = [0] * count
    for k, question in enumerate(chart.questions):
        for follows in (question.yes, question.no):
            if follows >= 0:
                row[follows] = max(row[follows], row[k] + 1)
    last = max(row, default=-1) + 1
    nodes = {}
    for k, question in enumerate(chart.questions):
        title = fitted(_set(question.title), LETTERS, BOX, bold=True) if question.title else []
        nodes[k] = _Node(row[k], [*title, *fitted(_set(question.formula), LETTERS, BOX)], len(title))
    nodes[-1] = _Node(last, fitted(chart.played, LETTERS, BOX, bold=True), 9, PLAYED)
    nodes[-2] = _Node(last, fitted(chart.otherwise, LETTERS, BOX), 0, NOT_PLAYED)
    rows: list[list[_Node]] = [[] for _ in range(last + 1)]
    for k in range(count):
        rows[row[k]].append(nodes[k])
    met = {follows for question in chart.questions for follows in (question.yes, question.no)}
    rows[last] += [nodes[k] for k in (-1, -2) if k in (met or {chart.first})]
    bends: dict[tuple[int, int, bool], _Node] = {}
    for k, question in enumerate(chart.questions):
        for follows, is_yes in ((question.yes, True), (question.no, False)):
            _join(nodes[k], nodes[follows], is_yes, follows, rows, bends)
    _ordered(rows)
    return rows


def _join(
    start: _Node,
    end: _Node,
    is_yes: bool,
    number: int,
    rows: list[list[_Node]],
    bends: dict[tuple[int, int, bool], _Node],
) -> None:
    """A line from a question down to another node, bending once in each row between; those to one node run together."""
    here = start
    for level in range(start.row + 1, end.row):
        key = (number, level, is_yes)
        known = key in bends
        if not known:
            bends[key] = _Node(level, [])
            rows[level].append(bends[key])
        here.next.append((bends[key], is_yes))
        here = bends[key]
        if known:
            return
    here.next.append((end, is_yes))


def _ordered(rows: list[list[_Node]]) -> None:
    """Nodes of a row by the middle of those that lead to them, yes to the left; then by what they lead to."""
    place: dict[int, float] = {}
    for level, row in enumerate(rows):
        leading: dict[int, list[float]] = {}
        for above in rows[level - 1] if level else []:
            for node, is_yes in above.next:
                leading.setdefault(id(node), []).append(place[id(above)] + (-0.3 if is_yes else 0.3))
        row.sort(key=lambda node: fmean(leading.get(id(node), [0.0])))
        for k, node in enumerate(row):
            place[id(node)] = k - (len(row) - 1) / 2


def _settle(rows: Sequence[Sequence[_Node]], width: float, tall: float) -> None:
    """Where everything stands, in inches; rows are moved below what leads to them as far as there is room."""
    y = tall
    for level, row in enumerate(rows):
        high = max((node.height for node in row), default=0.0)
        leading: dict[int, list[float]] = {}
        for above in rows[level - 1] if level else ():
            for node, is_yes in above.next:
                leading.setdefault(id(node), []).append(above.x + (-0.15 if is_yes else 0.15))
        wanted = [fmean(leading.get(id(node), [width / 2])) for node in row]
        for node, x in zip(row, _apart(row, wanted, width), strict=True):
            node.x, node.y, node.high = x, y - high / 2, high
        y -= high + BETWEEN


def _apart(row: Sequence[_Node], wanted: Sequence[float], width: float) -> list[float]:
    """The middles of the nodes, as near to those wanted as they can be without touching."""
    low, place = [], 0.15
    for node in row:
        low.append(place + node.width / 2)
        place += node.width + GAP
    spare = width - 0.15 - (place - GAP)
    found: list[float] = []
    for node, least, x in zip(row, low, wanted, strict=True):
        before = found[-1] + row[len(found) - 1].width / 2 + GAP + node.width / 2 if found else least
        found.append(min(max(x, least, before), least + spare))
    return found


def _draw_lines(plot: Axes, node: _Node) -> None:
    for below, is_yes in node.next:
        # The two answers leave a question apart from each other.
        shift = min(0.22, node.width / 4) * (-1 if is_yes else 1) if node.lines else 0.0
        x, start, end = node.x + shift, node.y - node.height / 2, below.y + below.height / 2
        into = _entered(below, x)
        leave, enter = node.y - node.high / 2, below.y + below.high / 2
        heights = [start if node.lines else node.y + node.high / 2, leave - 0.12, enter + 0.06, end]
        style, colour = ("-", YES) if is_yes else ((0, (4, 2)), NO)
        plot.plot([x, x, into, into], heights, color=colour, linewidth=1.1, linestyle=style, zorder=1)
        if node.lines:
            _write(
                plot,
                x + (-0.05 if is_yes else 0.05),
                start - 0.07,
                "yes" if is_yes else "no",
                LETTERS - 0.5,
                ha="right" if is_yes else "left",
                color=colour,
            )


def _entered(node: _Node, x: float) -> float:
    """Where a line from ``x`` enters the node from above."""
    room = max(node.width / 2 - 0.12, 0.0) if node.lines else 0.0
    return min(max(x, node.x - room), node.x + room)


def _draw_box(plot: Axes, node: _Node) -> None:
    if not node.lines:
        return
    plot.add_patch(
        FancyBboxPatch(
            (node.x - node.width / 2, node.y - node.height / 2),
            node.width,
            node.height,
            boxstyle="round,pad=0,rounding_size=0.05",
            linewidth=0.8,
            edgecolor=FAINT,
            facecolor=node.ground,
            zorder=2,
        )
    )
    for k, line in enumerate(node.lines):
        y = node.y + node.height / 2 - PAD - LINE * (k + 0.5)
        _write(plot, node.x, y, line, LETTERS, weight="bold" if k < node.bold else "normal")


def _write(plot: Axes, x: float, y: float, line: str, size: float, **looks: str) -> None:
    shown = {"ha": "center", "color": INK, **looks}
    plot.text(x, y, line, fontsize=size, va="center_baseline", parse_math=False, zorder=3, **shown)  # type: ignore[arg-type]


def _description(chart: Chart, title: str) -> str:
    names = {-1: chart.played, -2: chart.otherwise}

    def to(number: int) -> str:
        return names.get(number) or f"question {number + 1}"

    asked = [
        f"{k}. {' '.join(filter(None, (q.title, q.formula)))} Yes: {to(q.yes)}; no: {to(q.no)}."
        for k, q in enumerate(chart.questions, start=1)
    ]
    return f"Decision diagram of when “{title}” is played. {' '.join(asked)}"
