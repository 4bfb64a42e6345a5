"""``parley ordinal``: which of the 144 strict ordinal 2×2 games a game is."""

import argparse
from typing import TYPE_CHECKING

from analyses.cli.answers import print_answer
from analyses.cli.finding import find_model
from analyses.cli.options import add_format, add_game, add_values, assigned
from analyses.cli.out import add_out, check_out, print_files, write_out
from analyses.cli.terminal import print_wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analyses.cli.options import Commands
    from analyses.drawing.figures import Drawing
    from games.ordinal import OrdinalGame


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser(
        "ordinal", help="which of the 144 strict ordinal 2×2 games a game is: its name, place and neighbours"
    )
    add_game(command)
    add_values(command)
    add_out(command, "the neighbours", "the table of the 144 games with this one marked")
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints the class, and writes the table or the map."""
    from analyses.ordinal_class import classified

    check_out(given)
    model = find_model(given.game, given.case, given.kind)
    values = assigned(given.values)
    found = classified(model, values)
    write_out(given, found.neighbours_table, lambda: _map(found.strict))
    if given.format == "json":
        print_answer(given, found.as_json(), model, values)
        return
    print_wrapped(found.findings())
    for table in (found.ranks_table(), found.neighbours_table()):
        print(f"\n{table.text()}")
    print_files(given)


def _map(strict: "OrdinalGame") -> "Mapping[str, Drawing]":
    from analyses.drawing.ordinal_map import draw_ordinal_map

    return {"": draw_ordinal_map(mark=strict)}
