"""``parley explain``: why the equilibria of a game are equilibria."""

import argparse
from typing import TYPE_CHECKING

from analyses.cli.options import add_concept, add_game, add_time_limit, add_values
from analyses.cli.solve import solved

if TYPE_CHECKING:
    from analyses.cli.options import Commands


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser("explain", help="why the equilibria of a game are equilibria, in plain sentences")
    add_game(command)
    add_concept(command)
    add_values(command)
    add_time_limit(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints, for each equilibrium, why it is one."""
    from analyses.explain import explain_all

    model, equilibria = solved(given)
    print(equilibria.heading)
    for explanation in explain_all(equilibria, model):
        print()
        print(explanation)
    for remark in equilibria.remarks:
        print(f"note: {remark}")
