"""Tables: one value, shown as text, HTML or JSON.

A game in strategic form, a list of equilibria and a list of parameters are all tables. Whatever stands in a cell is
escaped for the language it is written in, since labels may come from a user's file. The HTML carries inline styles
only: an untrusted notebook strips everything else.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width


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
        """Aligned columns of plain text; marked cells carry an asterisk."""
        lines = [
            list(self.header),
            *([cell.text + ("*" if cell.marked else "") for cell in row] for row in self.rows),
        ]
        widths = [max(_width(line[column]) for line in lines) for column in range(len(self.header))]
        shown = ["  ".join(self._aligned(line, widths)).rstrip() for line in lines]
        rule = "  ".join("─" * width for width in widths)
        return "\n".join([*([self.caption] if self.caption else []), shown[0], rule, *shown[1:]])

    def _aligned(self, line: Sequence[str], widths: Sequence[int]) -> list[str]:
        return [
            " " * (width - _width(cell)) + cell if column in self.numeric else cell + " " * (width - _width(cell))
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]

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


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
