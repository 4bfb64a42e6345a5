"""``parley reduce``: what elimination of dominated strategies leaves of a game."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from analyses.cli.answers import print_answer
from analyses.cli.convert import out_suffix
from analyses.cli.finding import find_model
from analyses.cli.options import Once, add_format, add_game, add_time_limit, add_values, assigned, seconds
from analyses.cli.out import print_files
from analyses.cli.terminal import observer, print_wrapped

if TYPE_CHECKING:
    from analyses.cli.options import Commands
    from analyses.undominated import Reduction


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser(
        "reduce", help="what iterated elimination of dominated strategies leaves, step by step, as a game of its own"
    )
    add_game(command)
    command.add_argument(
        "--by",
        choices=("strict", "weak"),
        default="strict",
        help="the dominance that removes a strategy (default: strict); weak removes weakly dominated ones, too",
    )
    add_values(command)
    command.add_argument(
        "--out", metavar="FILE", action=Once, help="write what is left: .toml, .json, .csv, .nfg or .tex"
    )
    add_time_limit(command)
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints the steps and what is left, and writes the file."""
    from analyses.undominated import reduction
    from analyses.writing import check_file
    from games.solvers.limits import interruptible, observed

    if given.out is not None:
        out_suffix(given.out, "--out")
        check_file(given.out)
    model = find_model(given.game, given.case, given.kind)
    values = assigned(given.values)
    with interruptible(), observed(observer()):
        found = reduction(model, values, given.by, seconds(given.time_limit))
    if given.out is not None:
        given.files.append(_written(found, given.out))
    if given.format == "json":
        print_answer(given, found.as_json(), model, values)
        return
    print_wrapped(found.findings())
    print()
    print(found.elimination.game.table().text())
    print_files(given)


def _written(found: "Reduction", name: str) -> Path:
    from analyses.writing import write_file
    from games.formats.conversion import converted

    return write_file(name, converted(found.left, Path(name).suffix.lower()).text.encode())
