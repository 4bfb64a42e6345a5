"""``parley explain``: why the equilibria of a game are equilibria."""

import argparse
from time import monotonic
from typing import TYPE_CHECKING

from analyses.cli.answers import print_answer
from analyses.cli.options import add_concept, add_format, add_game, add_time_limit, add_values, assigned
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
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints, for each equilibrium, why it is one."""
    from analyses.explain import explain_all

    started = monotonic()
    model, equilibria = solved(given)
    explanations = explain_all(equilibria, model)
    if given.format == "json":
        found = {
            "concept": equilibria.concept,
            "exact": equilibria.exact,
            "complete": equilibria.complete,
            "explanations": [{"heading": each.heading, "steps": list(each.steps)} for each in explanations],
            "remarks": list(equilibria.remarks),
        }
        print_answer("explain", model, assigned(given.values), found, started)
        return
    print(equilibria.heading)
    for explanation in explanations:
        print()
        print(explanation)
    for remark in equilibria.remarks:
        print(f"note: {remark}")
