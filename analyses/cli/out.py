"""``--out``: a table or a figure in a file of the kind that its name ends in."""

import csv
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from games.errors import InputError, listed, quoted

if TYPE_CHECKING:
    import argparse

    from analyses.drawing.figures import Drawing
    from games.tables import Table

TABLES = (".csv", ".parquet", ".tex", ".json")
"""What a table is written as; in JSON it is a list of rows, each with its cells by column."""

FIGURES = (".png", ".svg", ".pdf")
"""What a figure is written as."""


def add_out(command: "argparse.ArgumentParser", table: str, figure: str | None = None) -> None:
    """``--out`` for a table that is ``table`` in words, and for a figure if ``figure`` says what that is."""
    from analyses.cli.options import Once

    drawn = "" if figure is None else f"; {', '.join(FIGURES)}: {figure}"
    command.add_argument(
        "--out", metavar="FILE", action=Once, help=f"write into this file, as its name ends; {', '.join(TABLES)}: "
        f"{table}{drawn}",
    )  # fmt: skip
    command.set_defaults(out_kinds=TABLES if figure is None else (*TABLES, *FIGURES))


def check_out(given: "argparse.Namespace") -> None:
    """Fails early if the files of ``--out`` and ``--figure`` cannot be written."""
    from analyses.writing import check_file

    if getattr(given, "out", None) is not None:
        check_kind(given.out, given.out_kinds)
        check_file(given.out)
    if getattr(given, "figure", None) is not None:
        from analyses.drawing.figures import figure_kind

        figure_kind(given.figure)


def check_kind(out: str, kinds: Sequence[str]) -> None:
    """Raises `InputError` for a name that ends otherwise than in one of the ``kinds``, or needs what is missing."""
    suffix = Path(out).suffix.lower()
    if suffix not in kinds:
        none = " (it has no figure)" if suffix in FIGURES else ""
        raise InputError(f"--out is {quoted(out)}; for this command its name must end in one of {listed(kinds)}{none}")
    if suffix == ".parquet":
        _check_parquet()


def write_out(
    given: "argparse.Namespace",
    table: "Callable[[], Table | str]",
    drawings: "Callable[[], Mapping[str, Drawing]] | None" = None,
    mark: str = "",
) -> None:
    """Writes what ``--out`` and ``--figure`` name, and keeps the paths in ``given.files``.

    ``table`` gives a table, or its rows as CSV. ``drawings`` are figures by what stands behind the name of the file of
    each; ``mark`` stands there, too.
    """
    asked = [getattr(given, name, None) for name in ("out", "figure")]
    for name in filter(None, asked):
        if Path(name).suffix.lower() in TABLES:
            from analyses.writing import write_file

            given.files.append(write_file(_marked(name, mark), as_file(table(), Path(name).suffix.lower())))
        elif drawings is not None:
            given.files += [each.to_file(_marked(name, mark + own)) for own, each in drawings().items()]


def print_files(given: "argparse.Namespace") -> None:
    """Names the files that were written, below the answer."""
    for place in given.files:
        print(f"\n{place}")


def as_file(table: "Table | str", suffix: str) -> bytes:
    """The content of a file of that kind with the rows of the table."""
    if suffix == ".tex":
        from games.formats.latex import table_to_latex

        return f"{table_to_latex(_as_table(table) if isinstance(table, str) else table)}\n".encode()
    text = table if isinstance(table, str) else _as_csv(table)
    if suffix == ".csv":
        return text.encode()
    if suffix == ".json":
        return _as_json(text)
    return _as_parquet(text)


def _marked(name: str, mark: str) -> Path:
    whole = Path(name)
    return whole.with_name(f"{whole.stem}{mark}{whole.suffix}")


def _as_csv(table: "Table") -> str:
    """The cells as CSV; numbers are decimals with a hyphen for a minus, as other programs read them."""
    from analyses.writing import no_formula

    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(no_formula, table.header))
    for row in table.rows:
        writer.writerow([cell if _is_number(cell) else no_formula(cell) for cell in (_plain(c.text) for c in row)])
    return text.getvalue()


def _plain(text: str) -> str:
    from fractions import Fraction

    from games.tables import NUMBER

    if not NUMBER.fullmatch(text):
        return text
    number = text.removeprefix("≈").replace("\N{MINUS SIGN}", "-")
    return repr(float(Fraction(number))) if "/" in number else number


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _as_table(text: str) -> "Table":
    from games.tables import Cell, Table

    header, *rows = csv.reader(StringIO(text))
    numeric = frozenset(k for k, _ in enumerate(header) if rows and all(_is_number(row[k]) for row in rows))
    cells = tuple(tuple(Cell(value) for value in row) for row in rows)
    return Table(tuple(header), cells, numeric=numeric)


def _as_json(text: str) -> bytes:
    import json

    rows = [dict(row) for row in csv.DictReader(StringIO(text))]
    return (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode()


def _check_parquet() -> None:
    from importlib.util import find_spec

    if missing := [name for name in ("pandas", "pyarrow") if find_spec(name) is None]:
        raise InputError(
            f"a .parquet file needs {' and '.join(missing)}, which is not installed here: pip install "
            "'parley-games[sweeps]'; or write .csv"
        )


def _as_parquet(text: str) -> bytes:
    from pandas import read_csv

    buffer = BytesIO()
    read_csv(StringIO(text), keep_default_na=False).to_parquet(buffer, index=False)
    return buffer.getvalue()
