"""``parley importance``: which parameter decides what is played, over many points of all of them."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analyses.cli.answers import print_answer
from analyses.cli.finding import find_model
from analyses.cli.options import (
    add_figure,
    add_format,
    add_game,
    add_points,
    add_time_limit,
    points_asked,
)
from analyses.cli.out import add_out, check_out, print_files, write_out
from analyses.cli.terminal import observer
from games.errors import InputError, quoted

if TYPE_CHECKING:
    from analyses.cli.options import Commands
    from analyses.drawing.figures import Drawing
    from analyses.importance import Importance


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser(
        "importance", help="which parameter decides what is played: indices with intervals, over all payoffs"
    )
    add_game(command)
    add_points(command, "how many pairs of points (default: 1024)")
    command.add_argument(
        "--measure",
        dest="measures",
        metavar="NAME",
        action="append",
        default=[],
        help="a measure beside Sobol indices: second-order, morris, pawn or delta; may be given several times",
    )
    command.add_argument(
        "--group",
        dest="groups",
        metavar="NAME=PARAMETERS",
        action="append",
        default=[],
        help="parameters that are moved together, such as costs=c_1,c_2; may be given several times",
    )
    add_figure(command)
    add_out(command, "every index", "draw the indices")
    add_time_limit(command)
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints the indices, and writes the files."""
    from analyses.importance import importance
    from games.solvers.limits import interruptible, observed

    check_out(given)
    model = find_model(given.game, given.case, given.kind)
    asked = points_asked(given, model) | {"measures": given.measures or ["sobol"], "groups": _groups(given.groups)}
    with interruptible(), observed(observer()):
        found = importance(model, **asked)
    write_out(given, found.csv, lambda: {"": _drawn(found)})
    if given.format == "json":
        print_answer(given, found.as_json(), model)
        return
    print(found)
    for table in found.tables():
        print(f"\n{table}")
    print_files(given)


def _drawn(found: "Importance") -> "Drawing":
    from analyses.drawing.importance import draw_importance

    return draw_importance(found)


def _groups(given: Sequence[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for each in given:
        name, equals, members = each.partition("=")
        if not equals:
            raise InputError(f"--group is {quoted(each)}; give NAME=PARAMETERS, such as costs=c_1,c_2")
        if name.strip() in groups:
            raise InputError(f"the group {quoted(name.strip())} is given twice; give it once")
        groups[name.strip()] = [member.strip() for member in members.split(",")]
    return groups
