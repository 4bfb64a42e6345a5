"""Tables: one value, shown as text, HTML or JSON.

A game in strategic form, a list of equilibria and a list of parameters are all tables. Whatever stands in a cell is
escaped for the language it is written in, since labels may come from a user's file. The HTML carries inline styles
only: an untrusted notebook strips everything else.
"""

import html
import re
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import zip_longest
from textwrap import wrap
from unicodedata import east_asian_width

WIDTH: ContextVar[int | None] = ContextVar("WIDTH", default=None)
"""How many characters a line of a table may have; None for any number. A command on a terminal sets it."""

GAP = "  "


@dataclass(frozen=True)
class Cell:
    """Text in a table; ``marked`` cells (best responses, equilibrium play) stand out."""

    text: str
    marked: bool = False


@dataclass(frozen=True, repr=False)
class Table:
    """A header row and rows of equal length; the first ``labels`` columns name their row.

    ``numeric`` lists the columns (from 0) that hold numbers; they are set flush right.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    labels: int = 1
    numeric: frozenset[int] = frozenset()
    caption: str = ""

    def text(self) -> str:
        """Aligned columns of plain text, within `WIDTH` as far as words allow; marked cells carry an asterisk."""
        lines = [
            list(self.header),
            *([cell.text + ("*" if cell.marked else "") for cell in row] for row in self.rows),
        ]
        widths = self._widths(lines)
        shown = [line for cells in lines for line in self._aligned(cells, widths)]
        rule = GAP.join("─" * width for width in widths)
        head = len(list(self._aligned(lines[0], widths)))
        return "\n".join([*([self.caption] if self.caption else []), *shown[:head], rule, *shown[head:]])

    def _widths(self, lines: Sequence[Sequence[str]]) -> list[int]:
        """The width of each column: the widest ones give way, down to their longest word, where a line is too long."""
        columns = list(zip(*lines, strict=True))
        widths = [max(map(_width, column)) for column in columns]
        words = [max((_width(word) for cell in column for word in _joined(cell).split(" ")), default=0)
                 for column in columns]  # fmt: skip
        room, gaps = WIDTH.get(), len(GAP) * (len(widths) - 1)
        while room is not None and sum(widths) + gaps > room:
            wide = [k for k, width in enumerate(widths) if width > words[k]]
            if not wide:
                break
            widths[max(wide, key=lambda k: widths[k])] -= 1
        return widths

    def _aligned(self, cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
        """The lines of a row."""
        parts = [
            [cell] if _width(cell) <= width else _wrapped(cell, width)
            for cell, width in zip(cells, widths, strict=True)
        ]
        for line in zip_longest(*parts, fillvalue=""):
            padded = [
                " " * (width - _width(part)) + part if column in self.numeric else part + " " * (width - _width(part))
                for column, (part, width) in enumerate(zip(line, widths, strict=True))
            ]
            yield GAP.join(padded).rstrip()

    def html(self) -> str:
        """A ``<table>`` with inline styles only; marked cells are bold and underlined on a tinted ground."""
        edge = "border:1px solid #b8b8b8;padding:3px 9px;"

        def cell(tag: str, content: str, column: int, extra: str = "") -> str:
            side = "right" if column in self.numeric else "left"
            return f'<{tag} style="{edge}text-align:{side};{extra}">{content}</{tag}>'

        head = "".join(
            cell("th", html.escape(name), column, "background:#f0f0f0;color:#111;")
            for column, name in enumerate(self.header)
        )
        body = ""
        for row in self.rows:
            body += "<tr>"
            for column, entry in enumerate(row):
                content = html.escape(entry.text)
                if column < self.labels:
                    body += cell("th", content, column, "background:#f0f0f0;color:#111;font-weight:600;")
                elif entry.marked:
                    body += cell("td", f"<strong><u>{content}</u></strong>", column, "background:#fdf1d6;color:#111;")
                else:
                    body += cell("td", content, column)
            body += "</tr>"
        caption = (
            f'<caption style="caption-side:top;text-align:left;padding:2px 0;">{html.escape(self.caption)}</caption>'
            if self.caption
            else ""
        )
        style = "border-collapse:collapse;margin:6px 0;"
        return f'<table style="{style}">{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()

    def as_json(self) -> dict[str, object]:
        """The table as plain data: header, rows of [text, marked], the number of label columns, the numeric columns."""
        return {
            "caption": self.caption,
            "header": list(self.header),
            "labels": self.labels,
            "numeric": sorted(self.numeric),
            "rows": [[[cell.text, cell.marked] for cell in row] for row in self.rows],
        }


def _joined(text: str) -> str:
    """With blanks that do not end a line inside of brackets: an interval is one word."""
    return re.sub(r"\[[^\]]*\]", lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), text)


def _wrapped(text: str, width: int) -> list[str]:
    lines = wrap(_joined(text), width, break_long_words=False, break_on_hyphens=False)
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
