"""``parley compare``: what every solution concept predicts."""

import argparse
from typing import TYPE_CHECKING

from analyses.cli.answers import print_answer
from analyses.cli.finding import find_model
from analyses.cli.options import add_format, add_game, add_time_limit, add_values, assigned, seconds
from analyses.cli.out import add_out, check_out, print_files, write_out
from analyses.cli.terminal import observer

if TYPE_CHECKING:
    from analyses.cli.options import Commands


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser("compare", help="what every solution concept predicts for a game, side by side")
    add_game(command)
    add_values(command)
    add_time_limit(command)
    add_out(command, "the predictions")
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints the predictions of all concepts side by side."""
    from analyses.compare import SECONDS, compare
    from games.solvers.limits import interruptible, observed

    check_out(given)
    model = find_model(given.game, given.case, given.kind)
    values = assigned(given.values)
    game = model.at(**values)
    with interruptible(), observed(observer()):
        limit = seconds(given.time_limit)
        found = compare(game, model, seconds=SECONDS if limit is None else limit)
    write_out(given, found.table)
    if given.format == "json":
        print_answer(given, found.as_json(), model, values)
        return
    print(found)
    print_files(given)
