"""``parley verify-profile``: whether a strategy profile of one's own is an equilibrium."""

import argparse
from typing import TYPE_CHECKING

from analyses.cli.answers import print_answer
from analyses.cli.finding import find_model
from analyses.cli.options import Once, add_format, add_game, add_values, assigned
from analyses.cli.out import add_out, check_out, print_files, write_out
from analyses.cli.terminal import print_wrapped

if TYPE_CHECKING:
    from analyses.cli.options import Commands


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser(
        "verify-profile",
        help="whether strategies of your own are an equilibrium, and who gains by what otherwise",
        description="Exit code 0 if the profile is an equilibrium, 1 if not, 2 if that cannot be said.",
    )
    add_game(command)
    command.add_argument(
        "profile", metavar="FILE", help="the strategies, .toml or .json: a choice, or probabilities, for each place"
    )
    add_values(command)
    command.add_argument(
        "--concept",
        metavar="NAME",
        action=Once,
        help="nash, subgame-perfect or weak-sequential, by default as the file says, or by the game's form",
    )
    add_out(command, "what each player gets and may gain")
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prints the verdict and why; returns 0 if the profile is an equilibrium, else 1."""
    from analyses.own_profile import judged, playable
    from games.formats.profiles import read_profile

    check_out(given)
    model = find_model(given.game, given.case, given.kind)
    values = assigned(given.values)
    own = read_profile(given.profile, playable(model, values))
    found = judged(model, values, own, given.concept)
    write_out(given, found.table)
    if given.format == "json":
        print_answer(given, found.as_json(), model, values)
    else:
        print_wrapped(found.findings())
        print()
        print(found.table().text())
        if found.gains:
            print("\n* what the best deviation adds")
        print_files(given)
    return 0 if found.holds else 1
