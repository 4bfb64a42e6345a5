"""``parley list``: the models of the catalog, or of a case."""

import argparse
from typing import TYPE_CHECKING

from analyses.cli.answers import print_answer
from analyses.cli.finding import find_case
from analyses.cli.options import add_case, add_format
from analyses.cli.out import add_out, check_out, print_files, write_out

if TYPE_CHECKING:
    from analyses.cli.options import Commands


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser("list", help="list the models of the catalog, or of a case")
    add_case(command)
    add_out(command, "the list")
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints the models."""
    from games.forms.game import first_row
    from games.tables import Cell, Table

    check_out(given)
    models = _of_catalog() if given.case is None else _of_case(given.case)
    rows = tuple(
        (*first_row([family], number == 0 or models[number - 1][1] != family), Cell(name), Cell(title), Cell(question))
        for number, (name, family, title, question) in enumerate(models)
    )
    table = Table(("Family", "Name", "Title", "Question"), rows)
    write_out(given, lambda: table)
    if given.format == "json":
        told = [dict(zip(("name", "family", "title", "question"), model, strict=True)) for model in models]
        print_answer(given, {"case": given.case, "models": told})
        return
    print(table)
    print_files(given)


def _of_catalog() -> list[tuple[str, str, str, str]]:
    """Name, family, title and question of every model of the catalog."""
    from games.catalog import heads

    return [(head.name, head.family, head.title, head.question) for head in heads().values()]


def _of_case(case: str) -> list[tuple[str, str, str, str]]:
    """The same of every model of the case."""
    from games.catalog import family

    return [(model.name, family(model), model.title, model.question) for model in find_case(case).every_model]
