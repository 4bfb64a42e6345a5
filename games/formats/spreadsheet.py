r"""A bimatrix as a spreadsheet exports it: comma-separated values.

The first line has a corner, then the labels of the second player's strategies; each further line has the label of one
strategy of the first player, then its payoffs. The corner may name the players, ``Japan \ Russia`` or
``Japan / Russia``; otherwise they are Row and Column. The payoffs stand in one of two layouts:

- one column for each strategy, both payoffs in a cell: ``3, -1``, ``3; -1``, ``3/2 | 1``, ``(3, -1)`` or ``3 -1``;
- two columns for each strategy, a payoff in each, the label above the first and nothing above the second.

Numbers are exact: ``0.1`` is one tenth. The separator is a tab, a semicolon or a comma, the first of these that splits
every line into as many cells and makes a table of payoffs. A decimal comma is read in the layout of two columns, when
the separator is another and no number has a decimal point; ``1,500``, which may be meant as a thousand and a half, is
refused. Blank lines around the table and blank columns at the right are ignored.

Labels may be missing. A first line of nothing but payoffs is one of payoffs, unless each of its cells is a number and
the cells below have two payoffs each: then these numbers are labels. Without labels the strategies are numbered; if any
cell has one payoff alone, each strategy of the second player has two columns, otherwise one. Cells pasted from a
spreadsheet are such a table with tabs between them.
"""

import csv
import io
import re
from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import dropwhile
from typing import TYPE_CHECKING, TypeAlias

from games.errors import InputError, check_kind, listed, quoted
from games.exact import exact, readable
from games.formats.fields import UNNAMED, names
from games.formats.suffixes import reads, writes
from games.forms.game import only_for
from games.forms.strategic import StrategicGame

if TYPE_CHECKING:
    from games.model import Model

Line: TypeAlias = tuple[int, list[str]]
"""The cells of a line, and its number in the file, from 1."""

SEPARATORS = ("\t", ";", ",")
"""What may stand between cells; the first that makes a table of payoffs is taken."""

_JOINTS = (" \\ ", " / ", "\\", "/")
_AMBIGUOUS = re.compile(r"[+−-]?[1-9]\d{0,2},\d{3}")
_UNSPACED = re.compile(r"[+−-]?\d+,\d+")
_FORMULA_SIGNS = ("=", "+", "-", "@")


@reads(".csv")
def read_spreadsheet(text: str, name: str) -> "Model":
    """The model, called ``name``, of the two-player game in the table ``text``; else as `read_bimatrix`."""
    from games.model import Model

    game, how = _read_file(text.rstrip())
    return Model(name=name, title=name, game=game, story=how)


def read_bimatrix(text: str) -> StrategicGame:
    """The two-player game in the table ``text``, with or without labels.

    >>> read_bimatrix("Anna / Ben;calm;firm\\ncalm;6 6;2 7\\nfirm;7 2;0 0").payoff(("firm", "calm"), "Anna")
    Fraction(7, 1)

    Raises `InputError` naming the line that is ragged or has something other than exact payoffs.
    """
    return _read_file(text.rstrip())[0]


def read_pasted(text: str) -> StrategicGame:
    r"""The two-player game in cells pasted from a spreadsheet, with or without labels.

    >>> from games.formats.spreadsheet import read_pasted
    >>> read_pasted("3\t3\t0\t4\n4\t0\t1\t1")
    Payoffs of Row, then of Column.
    Row \ Column     1        2
    ────────────   ─────   ──────
    1              3   3   0   4*
    2              4*  0   1*  1*
    * a best response to what the others choose

    Raises `InputError` naming the line that is ragged or has something other than exact payoffs.
    """
    check_kind(text, str, "what was pasted", "the cells as text, separated by tabs")
    return _read(text.rstrip(), "\t")[0]


def _read_file(text: str) -> tuple[StrategicGame, str]:
    """The game, by the first separator that makes a table of payoffs, and how a table without labels was read."""
    for separator in SEPARATORS:
        if _is_regular(text, separator):
            with suppress(InputError):
                return _read(text, separator)
    return _read(text, _separator(text))


def _read(text: str, separator: str) -> tuple[StrategicGame, str]:
    """The game, and how a table without labels was read."""
    lines = list(dropwhile(lambda line: not line[1], _lines(text, separator)))
    if _is_labelled(lines):
        return _game(lines, separator), ""
    split = any(_payoffs_in(cell) == 1 for _, row in lines for cell in row)
    how = "Two columns in turn have the payoffs of both players." if split else "Each cell has both players' payoffs."
    return _game(_numbered(lines, split), separator), f"The table has no labels; its strategies are numbered. {how}"


def _is_labelled(lines: Sequence[Line]) -> bool:
    """Whether the first line has labels, of which each may be a number, over cells with two payoffs."""
    if not lines:
        return True
    corner, *header = [_payoffs_in(cell) for cell in lines[0][1]]
    below = [_payoffs_in(cell) for _, row in lines[1:] for cell in row[1:]]
    if "" in lines[0][1]:
        return True
    if not corner or not below:
        return not corner
    return not any(header) or ({corner, *header} == {1} and set(below) == {2})


def _game(lines: Sequence[Line], separator: str) -> StrategicGame:
    (_, header), *body = lines or [(1, [])]
    if len(header) < 2 or not body:
        raise InputError(
            "this is no table of payoffs; its first line must have a corner and the strategies of the second player, "
            "each further line a strategy of the first player and its payoffs, separated by , or ; or tabs"
        )
    columns, split = _columns(header[1:], len(body[0][1]) - 1)
    width = len(columns) * (2 if split else 1)
    for number, cells in body:
        if not cells:
            raise InputError(f"line {number} is blank, and rows of the table follow; delete it")
        if len(cells) != width + 1:
            raise InputError(
                f"line {number} has {max(len(cells) - 1, 0)} cells after its label; {width} are needed, "
                f"{'two' if split else 'one'} for each of {listed(columns)}"
            )
    if split:
        _check_decimals(body, separator)
    rows = names([_label(cells[0]) for _, cells in body], "the first column")
    pairs = [
        [
            _two_cells(cells[2 * j + 1 : 2 * j + 3], f"line {number}, {column}")
            if split
            else _one_cell(cells[j + 1], f"line {number}, {column}")
            for j, column in enumerate(columns)
        ]
        for number, cells in body
    ]
    return StrategicGame.bimatrix(
        [[first for first, _ in row] for row in pairs],
        [[second for _, second in row] for row in pairs],
        dict(zip(_players(_label(header[0])), (rows, columns), strict=True)),
    )


@writes(".csv")
def to_spreadsheet(model: "Model") -> str:
    """The table of a model whose game is one in numbers; else as `write_bimatrix`."""
    only_for("a table", model.game, StrategicGame)
    assert isinstance(model.game, StrategicGame)
    return write_bimatrix(model.game)


def write_bimatrix(game: StrategicGame) -> str:
    r"""The table of an exact two-player game, in two columns for each strategy of the second player.

    `read_bimatrix` gives the same game again. A label that a spreadsheet would take for a formula stands behind an
    apostrophe. Raises `InputError` for a game or a label that cannot be written so.

    >>> from games import StrategicGame
    >>> from games.formats.spreadsheet import write_bimatrix
    >>> print(write_bimatrix(StrategicGame.bimatrix([[1, "1/2"]], [[0, 2]])).rstrip())
    "Row \ Column","1",,"2",
    "1",1,0,0.5,2
    """
    check_kind(game, StrategicGame, "the game", "a game in strategic form of two players")
    if len(game.players) != 2:
        raise InputError(f"a table has the payoffs of two players; this game has {len(game.players)}")
    if not game.is_exact:
        raise InputError("the payoffs are formulas; a table needs numbers, which Model.at gives")
    first, second = game.players
    lines = [[_text_cell(f"{first}{_JOINTS[0]}{second}")]]
    for column in game.strategies[second]:
        lines[0] += [_text_cell(column), ""]
    for row in game.strategies[first]:
        numbers = [value for column in game.strategies[second] for value in game.payoffs[row, column]]
        lines.append([_text_cell(row), *(readable(value, digits=15).replace("−", "-") for value in numbers)])
    text = "".join(",".join(cells) + "\n" for cells in lines)
    try:
        same = read_bimatrix(text) == game
    except InputError as error:
        raise InputError(f"the game cannot be written as a table: {error}") from None
    if not same:
        raise InputError(
            r"the game cannot be written as a table: rename players with / or \ and labels that begin with '"
        )
    return text


def _text_cell(label: str) -> str:
    escaped = label.replace('"', '""')
    return f'"\'{escaped}"' if label.startswith(_FORMULA_SIGNS) else f'"{escaped}"'


def _label(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_SIGNS) else cell


def _separator(text: str) -> str:
    """The first separator that makes a regular table; failing that, the one most frequent in the first line."""
    header = next(iter(text.splitlines()), "")
    return max(SEPARATORS, key=lambda separator: (_is_regular(text, separator), header.count(separator)))


def _is_regular(text: str, separator: str) -> bool:
    try:
        rows = _lines(text, separator)
    except InputError:
        return False
    widths = {len(cells) for _, cells in rows[1:]}
    return len(widths) == 1 and min(widths) > 1 and len(rows[0][1]) > 1


def _lines(text: str, separator: str) -> list[Line]:
    """Every line, its cells stripped, without blank cells at its end, without blank lines at the table's end."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True)
    found: list[Line] = []
    number = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            found.append((number, cells))
            number = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"line {number} is not comma-separated values: {error}") from None
    while found and not found[-1][1]:
        found.pop()
    return found


def _payoffs_in(cell: str) -> int:
    """How many payoffs ``cell`` has: 1 or 2, or 0 if it is no cell of payoffs. A comma stands between two payoffs."""
    for count, read in ((1, lambda: exact(cell)), (2, lambda: _one_cell(cell, ""))):
        try:
            read()
        except InputError:
            continue
        return count
    return 0


def _numbered(lines: Sequence[Line], split: bool) -> list[Line]:
    """The table of ``lines`` that have payoffs only, ``split`` if in two columns a strategy, with these numbered."""
    (start, first), *_ = lines
    cells = [cell for _, row in lines for cell in row]
    if not split and all(_UNSPACED.fullmatch(cell) for cell in cells):
        raise InputError(
            f"line {start}: {quoted(first[0])} may mean one payoff or two; write a decimal with a point, or a space "
            "after the comma between two payoffs"
        )
    if split and len(first) % 2:
        raise InputError(
            f"line {start} has {len(first)} payoffs in as many cells; two are needed for each strategy of the second "
            "player, in two cells or in one"
        )
    for number, row in lines:
        if len(row) != len(first):
            raise InputError(
                f"line {number} has {len(row)} cells, line {start} has {len(first)}; all lines need as many"
            )
    header = [""]
    for column in range(len(first) // (2 if split else 1)):
        header += [str(column + 1), ""] if split else [str(column + 1)]
    return [(start, header), *((number, [str(i), *row]) for i, (number, row) in enumerate(lines, start=1))]


def _columns(header: Sequence[str], width: int) -> tuple[tuple[str, ...], bool]:
    """The second player's strategies, and whether each has two columns of its own."""
    split = width == 2 if len(header) == 1 else not header[1]
    labelled, blank = (header[::2], header[1::2]) if split else (header, ())
    if not all(labelled) or any(blank):
        raise InputError(
            "the first line must name a strategy of the second player above every column of payoffs, or above the "
            "first of every two columns"
        )
    return names([_label(cell) for cell in labelled], "the first line"), split


def _players(corner: str) -> tuple[str, ...]:
    for joint in _JOINTS:
        if corner.count(joint) == 1:
            return names([name.strip() for name in corner.split(joint)], f"the corner {quoted(corner)}")
    if any(joint in corner for joint in _JOINTS):
        raise InputError(f"the corner {quoted(corner)} must name two players, such as {quoted('Japan / Russia')}")
    return UNNAMED


def _one_cell(cell: str, where: str) -> tuple[Fraction, Fraction]:
    """Both payoffs, from one cell."""
    inner = cell[1:-1] if cell.startswith("(") and cell.endswith(")") else cell
    marks = [character for character in inner if character in ",;|"]
    parts = inner.split(marks[0] if marks else None)
    if len(marks) > 1 or len(parts) != 2:
        hint = "; a decimal comma needs two columns for each strategy" if "," in marks else ""
        raise InputError(f'{where}: {quoted(cell)} is not two payoffs such as "3, -1" or "3/2 | 1"{hint}')
    first, second = (exact(part, where) for part in parts)
    return first, second


def _two_cells(cells: Sequence[str], where: str) -> tuple[Fraction, Fraction]:
    """Both payoffs, from two cells, in which a comma stands for the decimal point."""
    first, second = (exact(cell.replace(",", "."), where) for cell in cells)
    return first, second


def _check_decimals(body: Sequence[Line], separator: str) -> None:
    """Refuses commas in numbers that may be anything but decimal commas."""
    payoffs = [(number, cell) for number, cells in body for cell in cells[1:]]
    commas = [(number, cell) for number, cell in payoffs if "," in cell]
    points = [(number, cell) for number, cell in payoffs if "." in cell]
    if commas and separator == ",":
        number, cell = commas[0]
        raise InputError(f"line {number}: {quoted(cell)} has a comma; write a point, or separate cells by ; or tabs")
    if commas and points:
        (number, cell), (other, point) = commas[0], points[0]
        raise InputError(f"line {number} has {quoted(cell)} and line {other} {quoted(point)}; write all with a point")
    for number, cell in commas:
        if _AMBIGUOUS.fullmatch(cell):
            raise InputError(
                f"line {number}: {quoted(cell)} may mean thousands or decimals; write it without the comma"
            )
