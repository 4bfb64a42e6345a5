"""``parley what-if``: what other values of parameters change."""

import argparse
from typing import TYPE_CHECKING, Any

from analyses.cli.answers import print_answer
from analyses.cli.finding import find_model
from analyses.cli.options import (
    add_concept,
    add_format,
    add_game,
    add_time_limit,
    add_values,
    assigned,
    check_options,
    seconds,
)
from analyses.cli.out import add_out, check_out, print_files, write_out
from analyses.cli.terminal import observer, print_paragraphs, print_wrapped
from games.errors import InputError

if TYPE_CHECKING:
    from analyses.cli.options import Commands


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser(
        "what-if", help="what other values of parameters change: before and after, side by side"
    )
    add_game(command)
    add_values(command)
    command.add_argument(
        "--before",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="a value before the change, by default that of the model; it stays unless --set changes it, too",
    )
    add_concept(command)
    add_time_limit(command)
    add_out(command, "the payoffs before and after")
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints what the change changes, then both sides."""
    from analyses.what_if import what_if
    from games.solvers.limits import interruptible, observed

    if not given.values:
        raise InputError("what-if compares the model with itself at other values; give some, such as --set beta=1")
    check_out(given)
    model = find_model(given.game, given.case, given.kind)
    values, before = assigned(given.values), assigned(given.before, "--before")
    options: dict[str, Any] = check_options(assigned(given.options, "--option"))
    with interruptible(), observed(observer()):
        found = what_if(model, values, before, given.concept, seconds(given.time_limit), **options)
    write_out(given, found.payoff_table)
    if given.format == "json":
        print_answer(given, found.as_json(), model, {**before, **values})
        return
    print_wrapped(found.findings())
    print()
    if listed := found.lists():
        print_paragraphs(listed)
        print()
    print(found.payoff_table().text())
    print()
    if chosen := found.choices():
        print_paragraphs([chosen])
        print()
    for when, side in (("Before", found.before), ("After", found.after)):
        print(f"{when}: {side.equilibria.heading}.")
    print_wrapped(f"note: {note}" for note in (*found.notes(), *model.outside(**{**before, **values})))
    print_files(given)
