"""``parley along``: where each equilibrium exists along one parameter, and what it is there."""

import argparse
from typing import TYPE_CHECKING

from analyses.cli.answers import print_answer
from analyses.cli.finding import find_model
from analyses.cli.options import (
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
from analyses.cli.out import add_out, check_out, print_files, write_out
from analyses.cli.terminal import observer

if TYPE_CHECKING:
    from analyses.cli.options import Commands
    from analyses.drawing.figures import Drawing
    from analyses.maps import Along

SECONDS = 300.0
"""How long it takes at most, where no limit is given."""


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser(
        "along", help="where each equilibrium exists along one parameter: exact cuts, mixing probabilities and payoffs"
    )
    add_game(command)
    command.add_argument("parameter", metavar="PARAMETER", help="the parameter that moves over its range, such as beta")
    add_values(command)
    add_premises(command)
    add_one_concept(command)
    add_figure(command)
    add_out(command, "points of every curve", "draw the curves")
    add_time_limit(command)
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints what was found, and writes the files."""
    from analyses.maps import along
    from games.solvers.limits import interruptible, observed

    check_out(given)
    model = find_model(given.game, given.case, given.kind)
    limit = seconds(given.time_limit)
    with interruptible(), observed(observer()):
        found = along(
            model,
            given.parameter,
            values=assigned(given.values),
            premises=premises_of(given.premises, model),
            concept=given.concept,
            seconds=SECONDS if limit is None else limit,
        )
    write_out(given, found.csv, lambda: {"": _drawn(found)})
    if given.format == "json":
        print_answer(given, found.as_json(), model)
        return
    print(found)
    print_files(given)


def _drawn(found: "Along") -> "Drawing":
    from analyses.drawing.along import draw_along

    return draw_along(found)
