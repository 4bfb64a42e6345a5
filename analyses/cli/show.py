"""``parley show``: a game as it stands."""

import argparse
from typing import TYPE_CHECKING

from analyses.cli.finding import find_model
from analyses.cli.options import add_game, add_values, assigned

if TYPE_CHECKING:
    from analyses.cli.options import Commands


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser("show", help="show a game: its question, payoffs and parameters")
    add_game(command)
    add_values(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints the game at the given values."""
    model = find_model(given.game, given.case, given.kind)
    values = assigned(given.values)
    game = model.at(**values) if values or not model.parameters else model.game
    cited = ["\n".join(["References:", *(f"  {work}" for work in model.references)])] if model.references else []
    print(model.described(**values), game, *cited, sep="\n\n")
