r"""Games and tables for a paper: LaTeX ``tabular`` environments that need no package.

A game of two players or more is a bimatrix, the second player's strategies above its columns; each cell has the payoffs
in the order of the players. There is one bimatrix for each choice of the players after the second, under a line that
names it. A tree is a table of paths, a game of one player a table of strategies, with payoffs. Best responses, and in
a tree the last mover's best choices, are underlined where the payoffs are numbers.

Payoffs are exact: ``\frac{1}{3}``, and formulas as `sympy.latex` writes them. Labels are escaped, so that none is read
as a command. A table with a caption, such as that of `Equilibria`, is set in a ``table`` environment.

Source: Lamport (1994), LaTeX: A Document Preparation System.
"""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import singledispatch
from itertools import product
from typing import TYPE_CHECKING
from unicodedata import category

from games.errors import check_kind
from games.formats.suffixes import writes
from games.forms import Entry
from games.forms.extensive import ExtensiveGame
from games.forms.game import refused
from games.forms.strategic import Profile, StrategicGame
from games.tables import Cell, Table

if TYPE_CHECKING:
    from games.model import Model

_ESCAPES = str.maketrans(
    {
        **{character: f"\\{character}" for character in "{}$&#%_"},
        "\\": r"\textbackslash{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        # A quotation mark is a command of its own in some languages of the babel package.
        '"': r"\char34{}",
        "→": r"$\to$",
        "−": "$-$",
        "×": r"$\times$",
        "≤": r"$\leq$",
        "≥": r"$\geq$",
        "′": "$'$",
    }
)
_LIGATURE = re.compile(r"(?<=[-`',?!])(?=[-`',])")
_NUMBER = re.compile(r"([−-]?)(?:(\d+)/(\d+)|(\d+(?:\.\d+)?)(?:e([+−-]?\d+))?)")


@writes(".tex")
def to_paper(model: "Model") -> str:
    """The payoffs of the model's game, as `to_latex`."""
    return f"{to_latex(model.game)}\n"


@singledispatch
def to_latex(game: object) -> str:
    """The payoffs of ``game`` as a LaTeX ``tabular``, or as several below one another.

    >>> print(to_latex(StrategicGame.bimatrix([[1]], [["1/2"]])).count("tabular"))
    2

    Raises `InputError` for anything but a game in strategic form or a tree.
    """
    raise refused("LaTeX", game, StrategicGame, ExtensiveGame)


@to_latex.register
def _(game: ExtensiveGame) -> str:
    return _list(game.table(), [outcome.payoffs for outcome in game.outcomes.values()])


@to_latex.register
def _(game: StrategicGame) -> str:
    if len(game.players) == 1:
        return _list(game.table(), list(game.payoffs.values()))
    others = game.players[2:]
    tables = []
    for rest in product(*(game.strategies[player] for player in others)):
        choices = ", ".join(f"{_text(player)}: {_text(choice)}" for player, choice in zip(others, rest, strict=True))
        tables.append(f"{choices}\n\n{_bimatrix(game, rest)}" if rest else _bimatrix(game, rest))
    return "\n\n".join(tables)


def table_to_latex(table: Table, *, booktabs: bool = False, symbols: Iterable[str] = ()) -> str:
    r"""Any ``table``, such as ``equilibria.table()``: marked cells underlined, numeric columns flush right.

    With ``booktabs`` it has the rules of that package, and none between columns. Cells that are one of the ``symbols``,
    such as the names of a model's parameters, are set in mathematics: ``$A_F$``.

    >>> from games import StrategicGame, solve
    >>> from games.formats.latex import table_to_latex
    >>> print(table_to_latex(solve(StrategicGame.bimatrix([[1, 0], [0, 1]], [[1, 0], [0, 1]])).table()))
    \begin{table}
    \centering
    \caption{3 nash equilibria, exact, complete}
    \begin{tabular}{l|llrrl}
     & Row & Column & payoff of Row & payoff of Column & component \\
    \hline
    1 & 1 & 1 & $1$ & $1$ & 1 \\
    2 & 2 & 2 & $1$ & $1$ & 2 \\
    3 & 0.5 1 + 0.5 2 & 0.5 1 + 0.5 2 & $0.5$ & $0.5$ & 3 \\
    \end{tabular}
    \end{table}
    """
    check_kind(table, Table, "the table", "what has rows, such as equilibria.table(); a game is written by to_latex")
    names = frozenset(symbols)
    rows = [[_cell(cell, position in table.numeric, names) for position, cell in enumerate(row)] for row in table.rows]
    columns = _columns(table).replace("|", "") if booktabs else _columns(table)
    tabular = _tabular(columns, [[_named(name, names) for name in table.header]], rows)
    if booktabs:
        tabular = _with_rules(tabular)
    if not table.caption:
        return tabular
    return f"\\begin{{table}}\n\\centering\n\\caption{{{_text(table.caption)}}}\n{tabular}\n\\end{{table}}"


def _bimatrix(game: StrategicGame, rest: Profile) -> str:
    """The payoffs where the players after the second choose ``rest``."""
    first, second, *_ = game.players
    columns = game.strategies[second]
    exact = game.is_exact

    def cell(profile: Profile) -> str:
        payoffs = zip(game.players, game.payoffs[profile], strict=True)
        shown = [_entry(v, marked=exact and game.is_best_response(profile, player)) for player, v in payoffs]
        return f"${', '.join(shown)}$"

    head = [
        ["", f"\\multicolumn{{{len(columns)}}}{{c}}{{{_text(second)}}}"],
        [_text(first), *map(_text, columns)],
    ]
    body = [[_text(row), *(cell((row, column, *rest)) for column in columns)] for row in game.strategies[first]]
    return _tabular("l|" + "c" * len(columns), head, body)


def _list(table: Table, payoffs: Iterable[Sequence[Entry]]) -> str:
    """A table whose last columns are ``payoffs``, row by row."""
    rows = []
    for row, own in zip(table.rows, payoffs, strict=True):
        named, paid = row[: -len(own)], row[-len(own) :]
        shown = [f"${_entry(value, cell.marked)}$" for value, cell in zip(own, paid, strict=True)]
        rows.append([*(_text(cell.text) for cell in named), *shown])
    return _tabular(_columns(table), [[_text(name) for name in table.header]], rows)


def _columns(table: Table) -> str:
    sides = ["r" if position in table.numeric else "l" for position in range(len(table.header))]
    return "".join([*sides[: table.labels], "|", *sides[table.labels :]])


def _tabular(columns: str, head: Iterable[Sequence[str]], body: Iterable[Sequence[str]]) -> str:
    lines = [
        f"\\begin{{tabular}}{{{columns}}}",
        *map(_row, head),
        r"\hline",
        *map(_row, body),
        r"\end{tabular}",
    ]
    return "\n".join(lines)


def _with_rules(tabular: str) -> str:
    """With the rules of booktabs: the first below the line that begins the environment, the last above its end."""
    first, *lines, last = tabular.split("\n")
    middle = [r"\midrule" if line == r"\hline" else line for line in lines]
    return "\n".join([first, r"\toprule", *middle, r"\bottomrule", last])


def _named(text: str, symbols: frozenset[str]) -> str:
    """Text, or a symbol in mathematics."""
    if text not in symbols:
        return _text(text)
    from sympy import Symbol, latex

    return f"${latex(Symbol(text))}$"


def _row(cells: Sequence[str]) -> str:
    row = " & ".join(cells)
    # The end of a row takes an asterisk or a bracket that follows it for its own.
    return ("{}" if row.startswith(("*", "[")) else "") + row + r" \\"


def _cell(cell: Cell, numeric: bool, symbols: frozenset[str]) -> str:
    number = _NUMBER.fullmatch(cell.text) if numeric else None
    shown = f"${_number(*number.groups())}$" if number else _named(cell.text, symbols)
    return f"\\underline{{{shown}}}" if cell.marked else shown


def _number(minus: str, above: str | None, below: str | None, decimal: str | None, power: str | None) -> str:
    sign = "-" if minus else ""
    if above:
        return f"{sign}\\frac{{{above}}}{{{below}}}"
    return f"{sign}{decimal}" + (f" \\times 10^{{{int(power.replace('−', '-'))}}}" if power else "")


def _entry(value: Entry, marked: bool) -> str:
    """A payoff in mathematics."""
    if hasattr(value, "free_symbols"):
        from sympy import latex

        shown = str(latex(value))
    else:
        number = Fraction(value)
        above, below = abs(number.numerator), number.denominator
        shown = ("-" if number < 0 else "") + (str(above) if below == 1 else f"\\frac{{{above}}}{{{below}}}")
    return f"\\underline{{{shown}}}" if marked else shown


def _text(text: str) -> str:
    """``text`` as LaTeX shows it, and no more than shows it."""
    plain = "".join(" " if category(character) in ("Cc", "Zl", "Zp") else character for character in text)
    return _LIGATURE.sub("{}", plain.translate(_ESCAPES))
