"""Tables as text, HTML and data."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

import pytest

from games.forms.strategic import StrategicGame
from games.tables import COLOURED, WIDTH, Cell, Table

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
        "note": "",
        "spans": [1, 1, 1],
        "players": [],
        "owners": [],
        "headed": [],
    }


CHICKEN = StrategicGame.bimatrix(
    [[6, 2], [7, "-1/2"]], [[6, 7], [2, 0]], {"Japan": ("Ease", "Press"), "Russia": ("Ease", "Press for very long")}
)
THREE = StrategicGame(
    {"A": ("a1", "a2"), "B": ("b1", "b2"), "C": ("c1", "c2", "c3")},
    {
        (a, b, c): ((i + 2 * j * k) % 5, (3 * i * k - j) % 4, (i - 7 * j + k * k) % 6)
        for i, a in enumerate(("a1", "a2"))
        for j, b in enumerate(("b1", "b2"))
        for k, c in enumerate(("c1", "c2", "c3"))
    },
)


class Grid(HTMLParser):
    """Where each cell of a table stands, by row and column, as a browser would set it."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[tuple[str, str, int]]] = []
        self.style, self.span, self.inside = "", 1, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.inside = True
            self.rows[-1].append(("", given.get("style") or "", int(given.get("colspan") or 1)))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            text, style, span = self.rows[-1][-1]
            self.rows[-1][-1] = (text + data, style, span)


def test_a_heading_of_a_bimatrix_covers_both_numbers_in_html() -> None:
    grid = Grid()
    grid.feed(CHICKEN.table().html())
    head, *body, below = grid.rows
    assert [(text, span) for text, _, span in head] == [
        ("Japan \\ Russia", 1),
        ("Ease", 2),
        ("Press for very long", 2),
    ]
    assert {sum(span for _, _, span in row) for row in grid.rows} == {5}
    assert [[text for text, _, _ in row] for row in body] == [
        ["Ease", "6", "6", "2*", "7*"],
        ["Press", "7*", "2*", "−0.5", "0"],
    ]
    colours = [re.findall(r"(?<![-\w])color:(#\w+);$", style) for _, style, _ in body[0]]
    assert colours == [["#0072B2"], ["#0072B2"], ["#D55E00"], ["#0072B2"], ["#D55E00"]]
    assert below[0][0].startswith("* a best response")


def test_a_heading_of_a_bimatrix_stands_above_both_numbers_in_text() -> None:
    assert CHICKEN.table().text().splitlines() == [
        "Payoffs of Japan, then of Russia.",
        "Japan \\ Russia    Ease    Press for very long",
        "──────────────   ──────   ───────────────────",
        "Ease             6   6            2*  7*",
        "Press            7*  2*        −0.5   0",
        "* a best response to what the others choose",
    ]


def test_three_players_stand_in_slices_with_every_payoff_in_its_place() -> None:
    table = THREE.table()
    header = [name for name in table.header[2:] if name]
    read, choice = {}, ""
    for row in table.rows:
        choice = row[0].text or choice
        for k, column in enumerate(header):
            cells = row[2 + 3 * k : 5 + 3 * k]
            read[row[1].text, column, choice] = tuple(int(cell.text) for cell in cells), [c.marked for c in cells]
    assert {profile: paid for profile, (paid, _) in read.items()} == THREE.payoffs
    for profile, (paid, marked) in read.items():
        for k, own in enumerate(THREE.strategies.values()):
            rivals = [THREE.payoffs[(*profile[:k], other, *profile[k + 1 :])][k] for other in own]
            assert marked[k] == (paid[k] == max(rivals))


def test_players_have_their_colours_only_where_colours_are_shown() -> None:
    plain = CHICKEN.table().text()
    token = COLOURED.set(True)
    try:
        coloured = CHICKEN.table().text()
    finally:
        COLOURED.reset(token)
    assert "\033" not in plain
    *rows, below = re.sub(r"\033\[[\d;]*m", "", coloured).splitlines()
    assert rows == plain.splitlines()[:-1]
    assert below == "* a best response to what the others choose; colours: Japan, Russia"
    assert "\033[38;5;32m7*\033[0m" in coloured
    assert "\033[38;5;166m2*\033[0m" in coloured


@pytest.mark.parametrize("width", range(25, 60))
def test_a_bimatrix_gives_way_on_a_narrow_terminal_and_loses_nothing(width: int) -> None:
    with lines_of(width):
        shown = THREE.table().text()
    assert shown.count("*") == sum(cell.marked for row in THREE.table().rows for cell in row) + 1
    with lines_of(width):
        lines = CHICKEN.table().text().splitlines()
    assert max(map(len, lines[1:-1])) <= max(width, 34)
    assert " ".join(lines[1:-3]).count("Press") == 1
