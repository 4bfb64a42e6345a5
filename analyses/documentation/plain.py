"""Markdown as plain text for a terminal."""

import re
from collections.abc import Iterator
from itertools import groupby
from textwrap import fill

from analyses.documentation.sections import FENCE
from games.tables import Cell, Table

INDENT = "    "


def plain(markdown: str, width: int) -> str:
    """The page in lines of at most ``width`` characters, but for code, which stays as it is, indented."""
    return "\n\n".join(block for block in _blocks(markdown, width) if block) + "\n"


def _blocks(markdown: str, width: int) -> Iterator[str]:
    text = re.sub(r"<!--.*?-->\n*", "", markdown, flags=re.DOTALL)
    for number, part in enumerate(re.split(rf"^{FENCE}(.*?)^{FENCE}[ ]*$", text, flags=re.DOTALL | re.MULTILINE)):
        if number % 2:
            _, _, code = part.partition("\n")
            yield "\n".join(f"{INDENT}{line}".rstrip() for line in code.rstrip().split("\n"))
        else:
            for block in re.split(r"\n\s*\n", part.strip("\n")):
                yield from _prose(block.split("\n"), width)


def _prose(lines: list[str], width: int) -> Iterator[str]:
    """A heading, a table, a list or a paragraph, or several where no blank line is between them."""
    for kind, several in groupby(lines, _kind):
        block = list(several)
        if kind == "heading":
            for line in block:
                level, _, title = line.partition(" ")
                yield f"{said(title)}\n{'=-~'[min(len(level), 3) - 1] * len(said(title))}"
        elif kind == "table":
            yield _table(block)
        elif kind == "list":
            yield "\n".join(_items(block, width))
        else:
            yield fill(said(" ".join(block)), width, break_long_words=False, break_on_hyphens=False)


def _kind(line: str) -> str:
    if re.match(r"#+ ", line):
        return "heading"
    if line.startswith("|"):
        return "table"
    return "list" if re.match(r"\s*(?:[-*]|\d+\.) |\s{2,}\S", line) else "paragraph"


def _items(lines: list[str], width: int) -> Iterator[str]:
    """The items of a list, each with the lines that go on with it."""
    items = re.split(r"\n(?=\s*(?:[-*]|\d+\.) )", "\n".join(lines))
    for item in items:
        mark = re.match(r"\s*(?:[-*]|\d+\.) |\s*", item)
        margin = mark[0] if mark else ""
        rest = " ".join(item[len(margin) :].split())
        yield fill(
            said(rest),
            width,
            initial_indent=margin,
            subsequent_indent=" " * len(margin),
            break_long_words=False,
            break_on_hyphens=False,
        )


def _table(lines: list[str]) -> str:
    """A table, as the tables of the answers are shown."""
    rows = [[said(cell.strip()) for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))] for line in lines]
    width = len(rows[0])
    cells = tuple(tuple(map(Cell, [*row, *[""] * width][:width])) for row in rows[2:])
    return Table(tuple(rows[0]), cells).text()


def said(text: str) -> str:
    """Text without the signs of Markdown; of a link its words, and the topic where they do not name it."""
    text = re.sub(r"!?\[([^\]]*)\]\(([^)]*)\)", _link, text)
    text = re.sub(r"\*\*(.+?)\*\*", r"\1", text)
    text = re.sub(r"(?<![\w*`])\*(?=\S)([^*`]+?)(?<=\S)\*(?![\w*`])", r"\1", text)
    return text.replace("`", "").replace("\\|", "|")


def _link(found: re.Match[str]) -> str:
    words, target = found.groups()
    topic = re.fullmatch(r"(?:\.\./)*(?:[\w-]+/)?([\w-]+)\.md(?:#.*)?", target)
    if topic is None or topic[1] in words:
        return words.removesuffix(".md")
    return f"{words} (parley docs {topic[1]})"
