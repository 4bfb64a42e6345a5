"""Tables: one value, shown as text, HTML or JSON.

A game in strategic form, a list of equilibria and a list of parameters are all tables. Whatever stands in a cell is
escaped for the language it is written in, since labels may come from a user's file. The HTML carries inline styles
only: an untrusted notebook strips everything else.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise, zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING, Any, TypeAlias
from unicodedata import east_asian_width

from games.errors import InputError

if TYPE_CHECKING:
    from pandas import DataFrame

WIDTH: ContextVar[int | None] = ContextVar("WIDTH", default=None)
"""How many characters a line of a table may have; None for any number. A command on a terminal sets it."""

COLOURED: ContextVar[bool] = ContextVar("COLOURED", default=False)
"""Whether text has the players' colours. A command on a terminal that shows colours sets it."""

PLAYERS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")
"""One colour for each player, in order (Okabe & Ito 2008: told apart with any colour vision)."""

TERMINAL = (32, 166, 36, 175)
"""The nearest of a terminal's 256 colours to each of `PLAYERS`."""

GAP = "  "
BETWEEN_GROUPS = "   "
"""What stands between columns under one heading, and between headings that cover several columns."""

_EDGE = "border:1px solid #b8b8b8;padding:3px 9px;"
_HEADING = "background:#f0f0f0;color:#111;"

Owner: TypeAlias = int | None
"""The position of a player, in whose colour something is written; None for none."""

NUMBER = re.compile(r"≈?[−-]?\d+(\.\d+)?(/\d+)?(e[−-]?\d+)?")
"""A number as a cell shows it."""


@dataclass(frozen=True)
class Cell:
    """Text in a table; ``marked`` cells (best responses, equilibrium play) stand out.

    >>> from games.tables import Cell
    >>> Cell("1/2", marked=True)
    Cell(text='1/2', marked=True)
    """

    text: str
    marked: bool = False


@dataclass(frozen=True, repr=False)
class Table:
    """A header row and rows of equal length; the first ``labels`` columns name their row.

    ``numeric`` lists the columns (from 0) that hold numbers; they are set flush right. ``note`` stands below the table
    and says what the asterisk of a marked cell means.

    A heading may cover several columns: ``spans`` has the number of columns of each heading, and in ``header`` an empty
    name stands for every column after the first of them. ``players`` are those who have a colour; ``owners`` and
    ``headed`` say, column by column, whose the cells and whose the heading are.

    >>> from games.tables import Cell, Table
    >>> rows = ((Cell("full"), Cell("1/2", marked=True)), (Cell("none"), Cell("0")))
    >>> Table(("", "cost"), rows, numeric=frozenset({1}))
          cost
    ────  ────
    full  1/2*
    none     0
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    labels: int = 1
    numeric: frozenset[int] = frozenset()
    caption: str = ""
    note: str = ""
    spans: tuple[int, ...] = ()
    players: tuple[str, ...] = ()
    owners: tuple[Owner, ...] = ()
    headed: tuple[Owner, ...] = ()

    @property
    def _groups(self) -> list[range]:
        """The columns under each heading."""
        spans = self.spans or (1,) * len(self.header)
        return [range(start, end) for start, end in pairwise(accumulate(spans, initial=0))]

    def text(self) -> str:
        """Aligned columns of plain text, within `WIDTH` as far as words allow; marked cells carry an asterisk.

        Players have their colours where `COLOURED` says so.
        """
        cells = [[self._starred(cell, column) for column, cell in enumerate(row)] for row in self.rows]
        widths = self._widths(cells)
        rule = self._joined(["─" * width for width in self._covered(widths)])
        head = [self._joined(line) for line in self._head(widths)]
        body = [line for row in cells for line in self._aligned(row, widths)]
        return "\n".join([*([self.caption] if self.caption else []), *head, rule, *body, *self._below()])

    def _starred(self, cell: Cell, column: int) -> str:
        """The text with its asterisk; numbers without one keep its place free if others in the column have one."""
        if cell.marked:
            return f"{cell.text}*"
        starred = column in self.numeric and any(row[column].marked for row in self.rows)
        return f"{cell.text} " if starred and self.spans else cell.text

    def _below(self) -> list[str]:
        """What stands below the table."""
        key = "colours: " + ", ".join(_painted(who, k) for k, who in enumerate(self.players))
        said = "; ".join(filter(None, [self.note, key if self.players and COLOURED.get() else ""]))
        return [said] if said else []

    def _joined(self, parts: Sequence[str]) -> str:
        return (BETWEEN_GROUPS if self.spans else GAP).join(parts).rstrip()

    def _widths(self, cells: Sequence[Sequence[str]]) -> list[int]:
        """The width of each column: the widest ones give way, down to their longest word, where a line is too long."""
        room, groups = WIDTH.get(), self._groups
        own = [self.header[group.start] if len(group) == 1 else "" for group in groups for _ in group]
        columns = list(zip(own, *cells, strict=True))
        widths = [max(map(_width, column)) for column in columns]
        words = [max(map(_longest_word, column), default=0) for column in columns]
        gaps = len(GAP) * (len(widths) - len(groups)) + len(BETWEEN_GROUPS if self.spans else GAP) * (len(groups) - 1)
        while room is not None and sum(widths) + gaps > room:
            wide = [k for k, width in enumerate(widths) if width > words[k]]
            if not wide:
                break
            widths[max(wide, key=lambda k: widths[k])] -= 1
        return widths

    def _covered(self, widths: Sequence[int]) -> list[int]:
        """The width of each heading: that of its columns, or more if it is longer."""
        of = _width if WIDTH.get() is None else _longest_word
        return [
            max(_across(widths, group), of(self.header[group.start]) if len(group) > 1 else 0) for group in self._groups
        ]

    def _head(self, widths: Sequence[int]) -> Iterator[list[str]]:
        """The lines of the header: what covers several columns stands in their middle."""
        groups, covered = self._groups, self._covered(widths)
        broken = [_wrapped(self.header[group.start], width) for group, width in zip(groups, covered, strict=True)]
        for line in zip_longest(*broken, fillvalue=""):
            yield [
                self._headed(_placed(part, width, self._side(group)), group.start)
                for part, group, width in zip(line, groups, covered, strict=True)
            ]

    def _side(self, group: range) -> str:
        if len(group) > 1:
            return "center"
        return "right" if group.start in self.numeric else "left"

    def _headed(self, text: str, column: int) -> str:
        return _painted(text, self.headed[column] if self.headed else None)

    def _aligned(self, cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
        """The lines of a row."""
        parts = [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
        for line in zip_longest(*parts, fillvalue=""):
            shown = [
                _painted(
                    _placed(part, width, "right" if column in self.numeric else "left"),
                    self.owners[column] if self.owners else None,
                )
                for column, (part, width) in enumerate(zip(line, widths, strict=True))
            ]
            yield self._joined(
                [
                    _placed(GAP.join(shown[group.start : group.stop]), width, "center", _across(widths, group))
                    for group, width in zip(self._groups, self._covered(widths), strict=True)
                ]
            )

    def html(self) -> str:
        """A ``<table>`` with inline styles only; marked cells are bold and underlined on a tinted ground."""
        head = "".join(
            self._html_cell("th", html.escape(self.header[group.start]), group, self.headed, _HEADING)
            for group in self._groups
        )
        body = "".join(f"<tr>{''.join(map(self._html_entry, range(len(row)), row))}</tr>" for row in self.rows)
        caption = (
            f'<caption style="caption-side:top;text-align:left;padding:2px 0;">{html.escape(self.caption)}</caption>'
            if self.caption
            else ""
        )
        style = "border-collapse:collapse;margin:6px 0;"
        below = self._html_below()
        return f'<table style="{style}">{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>{below}</table>'

    def _html_entry(self, column: int, entry: Cell) -> str:
        content, group = html.escape(entry.text), range(column, column + 1)
        if column < self.labels:
            return self._html_cell("th", content, group, self.owners, f"{_HEADING}font-weight:600;")
        if entry.marked:
            shown = f"<strong><u>{content}</u></strong>{'*' if self.note else ''}"
            return self._html_cell("td", shown, group, self.owners, "background:#fdf1d6;color:#111;")
        return self._html_cell("td", content, group, self.owners)

    def _html_cell(self, tag: str, content: str, group: range, owners: Sequence[Owner], extra: str = "") -> str:
        owner = owners[group.start] if owners else None
        colour = "" if owner is None else f"color:{PLAYERS[owner % len(PLAYERS)]};"
        covers = f' colspan="{len(group)}"' if len(group) > 1 else ""
        return f'<{tag}{covers} style="{_EDGE}text-align:{self._side(group)};{extra}{colour}">{content}</{tag}>'

    def _html_below(self) -> str:
        names = ", ".join(
            f'<span style="color:{PLAYERS[k % len(PLAYERS)]};font-weight:600;">{html.escape(who)}</span>'
            for k, who in enumerate(self.players)
        )
        said = "; ".join(filter(None, [html.escape(self.note), f"colours: {names}" if names else ""]))
        if not said:
            return ""
        style = "border:none;text-align:left;padding:2px 0;"
        return f'<tfoot><tr><td colspan="{len(self.header)}" style="{style}">{said}</td></tr></tfoot>'

    def to_frame(self) -> "DataFrame":
        """A frame of pandas; numeric columns are floats where all their cells are numbers, an empty one among them NaN.

        >>> rows = ((Cell("full"), Cell("1/2", marked=True)), (Cell("none"), Cell("−3")))
        >>> Table(("sanctions", "payoff"), rows, numeric=frozenset({1})).to_frame()
          sanctions  payoff
        0      full     0.5
        1      none    -3.0

        Raises `InputError` where pandas is not installed.
        """
        columns = [[row[k].text for row in self.rows] for k in range(len(self.header))]
        told = [_numbers(cells) if k in self.numeric else cells for k, cells in enumerate(columns)]
        return frame_of(zip(*told, strict=True), self.header)

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()

    def as_json(self) -> dict[str, object]:
        """The table as plain data: header, rows of [text, marked], the number of label columns, the numeric columns.

        What is said below it, how many columns each heading covers, and whose colour columns and headings have.
        """
        return {
            "caption": self.caption,
            "header": list(self.header),
            "labels": self.labels,
            "numeric": sorted(self.numeric),
            "rows": [[[cell.text, cell.marked] for cell in row] for row in self.rows],
            "note": self.note,
            "spans": list(map(len, self._groups)),
            "players": [[who, PLAYERS[k % len(PLAYERS)]] for k, who in enumerate(self.players)],
            "owners": list(self.owners),
            "headed": list(self.headed),
        }


def _across(widths: Sequence[int], group: range) -> int:
    """The width of several columns under one heading."""
    return sum(widths[column] for column in group) + len(GAP) * (len(group) - 1)


def _placed(text: str, width: int, side: str, own: int | None = None) -> str:
    """The text with blanks on one side or on both, so that it is as wide; ``own`` is its width where it has colours."""
    free = max(0, width - (_width(text) if own is None else own))
    left = {"left": 0, "right": free, "center": (free + 1) // 2}[side]
    return " " * left + text + " " * (free - left)


def _painted(text: str, owner: Owner) -> str:
    """The text in the player's colour, where colours are shown; the blanks around it stay as they are."""
    shown = text.strip()
    if owner is None or not shown or not COLOURED.get():
        return text
    return text.replace(shown, f"\033[38;5;{TERMINAL[owner % len(TERMINAL)]}m{shown}\033[0m", 1)


class Tabular:
    """What has a table."""

    def table(self) -> Table:
        """The table."""
        raise NotImplementedError

    def to_frame(self) -> "DataFrame":
        """The table as a frame of pandas, as `Table.to_frame`. Raises `InputError` where pandas is not installed."""
        return self.table().to_frame()


def frame_of(rows: Iterable[Sequence[Any]], header: Sequence[str], instead: str = "table()") -> "DataFrame":
    """A frame of pandas. Raises `InputError`, which names what serves ``instead``, where it is not installed."""
    try:
        from pandas import DataFrame
    except ImportError:
        raise InputError(
            f"a frame needs pandas, which is not installed; install it (pip install pandas), or use {instead}"
        ) from None
    return DataFrame(list(rows), columns=list(header))


def _numbers(cells: Sequence[str]) -> list[Any]:
    """The cells as floats if all that are not empty are numbers, else as they are."""
    if not all(NUMBER.fullmatch(cell) for cell in cells if cell):
        return list(cells)
    return [float(Fraction(cell.removeprefix("≈").replace("−", "-"))) if cell else float("nan") for cell in cells]


def _unbroken(text: str) -> str:
    """With blanks that do not end a line inside of brackets: an interval is one word."""
    return re.sub(r"\[[^\]]*\]", lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), text)


def _longest_word(text: str) -> int:
    return max(map(_width, _unbroken(text).split(" ")))


def _wrapped(text: str, width: int) -> list[str]:
    if _width(text) <= width:
        return [text]
    lines = wrap(_unbroken(text), width, break_long_words=False, break_on_hyphens=False)
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
