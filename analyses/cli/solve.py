"""``parley solve``: the equilibria of a game."""

import argparse
from typing import TYPE_CHECKING, Any

from analyses.cli.finding import find_model
from analyses.cli.options import (
    Once,
    add_concept,
    add_format,
    add_game,
    add_premises,
    add_time_limit,
    add_values,
    assigned,
    check_options,
    premises_of,
    seconds,
)
from analyses.cli.terminal import observer, print_json
from games.errors import InputError

if TYPE_CHECKING:
    from analyses.cli.options import Commands
    from games.model import Model
    from games.solvers.equilibria import Equilibria


SECONDS = 300.0
"""How long a solution with free parameters takes at most, where no limit is given."""


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser("solve", help="find the equilibria of a game")
    add_game(command)
    add_concept(command)
    add_values(command)
    command.add_argument(
        "--free",
        metavar="NAME[,NAME]",
        action=Once,
        help="solve with these parameters free, or all: regions, each with its equilibrium as formulas",
    )
    add_premises(command, "with --free, ")
    command.add_argument(
        "--by-decision",
        action="store_true",
        help="with --free, a tree decision by decision, with names for what follows: short, however much is free",
    )
    command.add_argument(
        "--derivatives",
        action="store_true",
        help="how payoffs and mixtures of each equilibrium move with each parameter, exact",
    )
    add_time_limit(command)
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints the equilibria."""
    if given.derivatives:
        _run_derivatives(given)
        return
    if given.free is not None:
        _run_free(given)
        return
    if given.premises or given.by_decision:
        flag = "--premise" if given.premises else "--by-decision"
        raise InputError(f"{flag} is for --free; with all parameters given there is nothing to suppose")
    model, equilibria = solved(given)
    if given.format == "json":
        print_json(equilibria.as_json(model.name))
    else:
        print(equilibria)


def _run_derivatives(given: argparse.Namespace) -> None:
    """Prints the derivatives of each equilibrium."""
    from analyses.solution import derivatives
    from games.solvers.limits import interruptible, observed

    if given.options or given.premises or given.by_decision or given.free is not None:
        raise InputError(
            "--derivatives is about one point and every equilibrium of the concept there; leave out --free, "
            "--by-decision, --premise and --option"
        )
    model = find_model(given.game, given.case, given.kind)
    with interruptible(), observed(observer()):
        found = derivatives(
            model, values=assigned(given.values), concept=given.concept, seconds=seconds(given.time_limit)
        )
    if given.format == "json":
        print_json(found.as_json())
    else:
        print(found)


def _run_free(given: argparse.Namespace) -> None:
    """Prints the regions."""
    from analyses.solution import decisions, solve_free
    from games.solvers.limits import interruptible, observed

    if given.options:
        raise InputError("--option does not go with --free: the cases of a concept have no options")
    model = find_model(given.game, given.case, given.kind)
    limit = seconds(given.time_limit)
    asked: dict[str, Any] = {
        "values": assigned(given.values),
        "premises": premises_of(given.premises, model),
        "seconds": SECONDS if limit is None else limit,
    }
    if given.by_decision:
        if given.concept is not None or given.format == "json":
            raise InputError("--by-decision prints the decisions of a tree as text; leave out --concept and --format")
        with interruptible(), observed(observer()):
            print(decisions(model, given.free, **asked))
        return
    with interruptible(), observed(observer()):
        found = solve_free(model, given.free, concept=given.concept, **asked)
    if given.format == "json":
        print_json(found.as_json())
    else:
        print(found.report())


def solved(given: argparse.Namespace) -> "tuple[Model, Equilibria]":
    """The model asked for, and its equilibria at the given values."""
    from dataclasses import replace

    from games.solvers import solve
    from games.solvers.limits import interruptible, observed

    model = find_model(given.game, given.case, given.kind)
    values = assigned(given.values)
    options: dict[str, Any] = check_options(assigned(given.options, "--option"))
    game = model.at(**values)
    with interruptible(), observed(observer()):
        equilibria = solve(game, given.concept, time_limit=seconds(given.time_limit), **options)
    return model, replace(equilibria, remarks=(*equilibria.remarks, *model.outside(**values)))
