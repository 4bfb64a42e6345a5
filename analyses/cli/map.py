"""``parley map``: which equilibria exist where over two parameters."""

import argparse
from typing import TYPE_CHECKING

from analyses.cli.answers import print_answer
from analyses.cli.finding import find_model
from analyses.cli.options import (
    Once,
    add_figure,
    add_format,
    add_game,
    add_one_concept,
    add_premises,
    add_time_limit,
    add_values,
    assigned,
    premises_of,
    seconds,
)
from analyses.cli.out import FIGURES, add_out, check_out, print_files, write_out
from analyses.cli.terminal import observer
from games.errors import InputError

if TYPE_CHECKING:
    from analyses.cli.options import Commands
    from analyses.drawing.figures import Drawing
    from analyses.maps import EquilibriumMap

SECONDS = 300.0
"""How long it takes at most, where no limit is given."""


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser(
        "map", help="which equilibria exist where over two parameters, between boundaries that are exact curves"
    )
    add_game(command)
    command.add_argument(
        "parameters", metavar="PARAMETER", nargs="*", help="the two parameters; by default those that the model names"
    )
    add_values(command)
    add_premises(command)
    add_one_concept(command)
    command.add_argument(
        "--shade",
        metavar="PLACE: CHOICE",
        action=Once,
        help='in a figure, colour by how probable a choice is in a mixture, such as "Japan: Full"',
    )
    add_figure(command)
    add_out(command, "points of every boundary", "draw the map")
    add_time_limit(command)
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints what was found, and writes the files."""
    from analyses.maps import map_over
    from games.solvers.limits import interruptible, observed

    if given.shade is not None and not _draws(given):
        raise InputError("--shade colours a figure; add --figure map.svg, or leave it out")
    check_out(given)
    model = find_model(given.game, given.case, given.kind)
    limit = seconds(given.time_limit)
    with interruptible(), observed(observer()):
        found = map_over(
            model,
            given.parameters or None,
            values=assigned(given.values),
            premises=premises_of(given.premises, model),
            concept=given.concept,
            seconds=SECONDS if limit is None else limit,
        )
    write_out(given, found.csv, lambda: {"": _drawn(found, given.shade)})
    if given.format == "json":
        print_answer(given, found.as_json(), model)
        return
    print(found)
    print_files(given)


def _draws(given: argparse.Namespace) -> bool:
    return given.figure is not None or (given.out is not None and given.out.lower().endswith(FIGURES))


def _drawn(found: "EquilibriumMap", shade: str | None) -> "Drawing":
    from analyses.drawing.equilibrium_map import draw_map

    return draw_map(found, shade)
