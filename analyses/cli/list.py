"""``parley list``: the models of the catalog, or of a case."""

import argparse
from typing import TYPE_CHECKING

from analyses.cli.finding import find_case
from analyses.cli.options import add_case, add_format
from analyses.cli.terminal import print_json

if TYPE_CHECKING:
    from analyses.cli.options import Commands


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser("list", help="list the models of the catalog, or of a case")
    add_case(command)
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints the models."""
    from games.catalog import catalog, family
    from games.forms.game import first_row
    from games.tables import Cell, Table

    models = tuple(catalog().values()) if given.case is None else find_case(given.case).every_model
    if given.format == "json":
        print_json([{"name": m.name, "family": family(m), "title": m.title, "question": m.question} for m in models])
        return
    families = [family(model) for model in models]
    rows = tuple(
        (*first_row([one], number == 0 or families[number - 1] != one), Cell(m.name), Cell(m.title), Cell(m.question))
        for number, (one, m) in enumerate(zip(families, models, strict=True))
    )
    print(Table(("Family", "Name", "Title", "Question"), rows))
