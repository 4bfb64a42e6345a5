"""``parley along``: where each equilibrium exists along one parameter, and what it is there."""

import argparse
from typing import TYPE_CHECKING

from analyses.cli.finding import find_model
from analyses.cli.options import (
    add_files,
    add_format,
    add_game,
    add_one_concept,
    add_premises,
    add_time_limit,
    add_values,
    assigned,
    check_files,
    premises_of,
    seconds,
)
from analyses.cli.terminal import observer, print_json

if TYPE_CHECKING:
    from analyses.cli.options import Commands

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
    add_files(command, "points of every curve")
    add_time_limit(command)
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints what was found, and writes the files."""
    from analyses.maps import along
    from games.solvers.limits import interruptible, observed

    check_files(given)
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
    places = []
    if given.out is not None:
        places.append(found.to_csv(given.out))
    if given.figure is not None:
        from analyses.drawing.along import draw_along

        places.append(draw_along(found).to_file(given.figure))
    if given.format == "json":
        print_json(found.as_json())
        return
    print(found)
    for place in places:
        print(f"\n{place}")
