"""``parley solve``: the equilibria of a game."""

import argparse
from typing import TYPE_CHECKING, Any

from analyses.cli.answers import print_answer
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
from analyses.cli.out import add_out, check_out, print_files, write_out
from analyses.cli.terminal import observer
from games.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analyses.cli.options import Commands
    from games.model import Model
    from games.solvers.equilibria import Equilibria
    from games.tables import Table


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
    add_out(command, "the equilibria or regions")
    add_time_limit(command)
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints the equilibria."""
    check_out(given)
    if given.derivatives:
        _run_derivatives(given)
        return
    if given.free is not None:
        _run_free(given)
        return
    if given.premises or given.by_decision:
        flag = "--premise" if given.premises else "--by-decision"
        raise InputError(f"{flag} is for --free; with all parameters given there is nothing to suppose")
    from analyses.chances import teller

    model, equilibria = solved(given)
    happens = teller(model, model.at(**assigned(given.values)), equilibria)
    write_out(given, equilibria.table)
    if given.format == "json":
        print_answer(given, equilibria.as_json(model.name, happens), model, assigned(given.values))
        return
    print(equilibria.text(happens))
    print_files(given)


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
    write_out(given, lambda: _one_table(found.tables()))
    if given.format == "json":
        print_answer(given, found.as_json(), model, assigned(given.values))
        return
    print(found)
    print_files(given)


def _one_table(tables: "Iterable[Table]") -> "Table":
    """Tables with the same columns as one, with what stands above each in a first column."""
    from dataclasses import replace

    from games.tables import Cell

    every = list(tables)
    if not every:
        raise InputError("there is no equilibrium, so there is no table to write; leave out --out")
    rows = tuple((Cell(one.caption), *row) for one in every for row in one.rows)
    header = ("Equilibrium", *every[0].header)
    return replace(every[0], header=header, rows=rows, numeric=frozenset(k + 1 for k in every[0].numeric), caption="")


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
        if given.out is not None:
            raise InputError("--by-decision prints text, no table; leave out --out")
        with interruptible(), observed(observer()):
            print(decisions(model, given.free, **asked))
        return
    with interruptible(), observed(observer()):
        found = solve_free(model, given.free, concept=given.concept, **asked)
    write_out(given, found.table)
    if given.format == "json":
        print_answer(given, found.as_json(), model)
        return
    print(found.report())
    print_files(given)


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
