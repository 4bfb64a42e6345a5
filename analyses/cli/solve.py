"""``parley solve``: the equilibria of a game."""

import argparse
from typing import TYPE_CHECKING, Any

from analyses.cli.finding import find_model
from analyses.cli.options import add_concept, add_format, add_game, add_time_limit, add_values, assigned, seconds
from analyses.cli.terminal import observer, print_json
from games.errors import InputError, quoted

if TYPE_CHECKING:
    from analyses.cli.options import Commands
    from games.model import Model
    from games.solvers.equilibria import Equilibria


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser("solve", help="find the equilibria of a game")
    add_game(command)
    add_concept(command)
    add_values(command)
    add_time_limit(command)
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints the equilibria."""
    model, equilibria = solved(given)
    if given.format == "json":
        print_json(equilibria.as_json(model.name))
    else:
        print(equilibria)


def solved(given: argparse.Namespace) -> "tuple[Model, Equilibria]":
    """The model asked for, and its equilibria at the given values."""
    from dataclasses import replace

    from games.solvers import solve
    from games.solvers.limits import interruptible, observed

    model = find_model(given.game, given.case)
    values = assigned(given.values)
    options: dict[str, Any] = dict(assigned(given.options, "--option"))
    if reserved := {"game", "concept", "time_limit"} & set(options):
        raise InputError(
            f"a concept has no option {quoted(reserved.pop())}; --concept, --time-limit and GAME stand alone"
        )
    game = model.at(**values)
    with interruptible(), observed(observer()):
        equilibria = solve(game, given.concept, time_limit=seconds(given.time_limit), **options)
    return model, replace(equilibria, remarks=(*equilibria.remarks, *model.outside(**values)))
