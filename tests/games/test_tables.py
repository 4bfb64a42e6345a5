"""Tables as text, HTML and data."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

import pytest

from games.tables import WIDTH, Cell, Table

HOSTILE = "<script>alert('1')</script> & \"q\""
TABLE = Table(
    ("Name", "Value", "Words"),
    ((Cell("a"), Cell("1"), Cell("one", marked=True)), (Cell("longer"), Cell("−22/7"), Cell(""))),
    numeric=frozenset({1}),
    caption="A caption",
)


def test_text_is_aligned_with_numbers_flush_right_and_marks_as_asterisks() -> None:
    assert TABLE.text() == "\n".join(
        [
            "A caption",
            "Name    Value  Words",
            "──────  ─────  ─────",
            "a           1  one*",
            "longer  −22/7",
        ]
    )


def test_wide_characters_take_two_columns() -> None:
    table = Table(("", "x"), ((Cell("日本"), Cell("1")), (Cell("abcd"), Cell("2"))))
    assert table.text().splitlines()[2:] == ["日本  1", "abcd  2"]


WIDE = Table(
    ("Name", "What is said of it", "Index"),
    (
        (Cell("a"), Cell("one two three four five six seven"), Cell("0.25 [0.10, 0.40]")),
        (Cell("b"), Cell("eight", marked=True), Cell("1")),
    ),
    numeric=frozenset({2}),
)


@contextmanager
def lines_of(width: int) -> Iterator[None]:
    token = WIDTH.set(width)
    yield
    WIDTH.reset(token)


@pytest.mark.parametrize("width", range(28, 70))
def test_on_a_terminal_cells_are_wrapped_and_nothing_is_lost(width: int) -> None:
    with lines_of(width):
        lines = WIDE.text().splitlines()
    assert max(map(len, lines)) <= width
    head = next(k for k, line in enumerate(lines) if line.startswith("─"))
    edges = [found.span() for found in re.finditer("─+", lines[head])]
    for part, rows in ((lines[:head], [WIDE.header]), (lines[head + 1 :], [[c.text for c in r] for r in WIDE.rows])):
        for column, (first, last) in enumerate(edges):
            words = " ".join(line[first:last].strip() for line in part).split()
            assert words == " ".join(row[column] for row in rows).replace("eight", "eight*").split()
    assert any("[0.10, 0.40]" in line for line in lines)


def test_a_word_that_is_too_long_is_left_whole() -> None:
    with lines_of(10):
        assert "incomprehensibilities" in Table(("Word",), ((Cell("incomprehensibilities"),),)).text()


def test_away_from_a_terminal_a_row_is_a_line() -> None:
    assert len(WIDE.text().splitlines()) == 4


class Structure(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(html: str) -> Structure:
    structure = Structure()
    structure.feed(html)
    return structure


def test_html_has_inline_styles_and_nothing_that_a_notebook_strips() -> None:
    structure = read(TABLE.html())
    assert structure.attributes == {"style"}
    assert set(structure.tags) == {"table", "caption", "thead", "tbody", "tr", "th", "td", "strong", "u"}
    assert structure.words == ["A caption", "Name", "Value", "Words", "a", "1", "one", "longer", "−22/7"]
    assert re.findall(r"<strong><u>([^<]*)</u></strong>", TABLE.html()) == ["one"]
    assert structure.tags.count("tr") == 3


@pytest.mark.parametrize("place", ["header", "label", "cell", "marked", "caption"])
def test_html_escapes_whatever_stands_anywhere(place: str) -> None:
    table = Table(
        ("h", HOSTILE if place == "header" else "h"),
        (
            (
                Cell(HOSTILE if place == "label" else "l"),
                Cell(HOSTILE if place in ("cell", "marked") else "c", place == "marked"),
            ),
        ),
        caption=HOSTILE if place == "caption" else "",
    )
    structure = read(table.html())
    assert "script" not in structure.tags
    assert HOSTILE in structure.words
    assert structure.attributes == {"style"}


def test_the_table_as_data_survives_json() -> None:
    data = TABLE.as_json()
    assert json.loads(json.dumps(data)) == data
    assert data == {
        "caption": "A caption",
        "header": ["Name", "Value", "Words"],
        "labels": 1,
        "numeric": [1],
        "rows": [[["a", False], ["1", False], ["one", True]], [["longer", False], ["−22/7", False], ["", False]]],
    }
