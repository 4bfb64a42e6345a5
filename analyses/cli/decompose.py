"""``parley decompose``: how much of an answer hangs on payoffs, selection, concept and model."""

import argparse
from typing import TYPE_CHECKING, Any

from analyses.cli.answers import print_answer
from analyses.cli.finding import find_models
from analyses.cli.options import (
    GAME_FILES,
    Once,
    add_case,
    add_format,
    add_kind,
    add_premises,
    add_time_limit,
    add_values,
    assigned,
    seconds,
    whole_number,
)
from analyses.cli.out import add_out, check_out, print_files, write_out
from analyses.cli.terminal import observer

if TYPE_CHECKING:
    from analyses.cli.options import Commands


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser(
        "decompose",
        help="how much hangs on payoffs, on selection, on the concept, and on which model of a family it is",
    )
    command.add_argument(
        "games",
        metavar="GAME",
        nargs="+",
        help=f"models of one family: names from the catalog, files ({GAME_FILES}), or one - for standard input",
    )
    add_kind(command)
    add_case(command)
    command.add_argument("--payoff", metavar="PLAYER", action=Once, help="decompose what this player gets")
    command.add_argument(
        "--outcome",
        metavar="WORDS",
        action=Once,
        help='decompose whether an outcome with these words is played, such as "Russia concedes"; by default, which is',
    )
    command.add_argument(
        "--concept",
        dest="concepts",
        metavar="NAME",
        action="append",
        default=[],
        help="a solution concept to compare, or several with commas between them; by default that of each form alone",
    )
    command.add_argument(
        "--differ", metavar="WORDS", action=Once, help='in what the games differ, such as "the order of moves"'
    )
    add_values(command)
    add_premises(command)
    command.add_argument("--samples", metavar="N", action=Once, help="how many points (default: 1024)")
    command.add_argument("--seed", metavar="S", action=Once, help="the seed of what is drawn (default: 0)")
    add_time_limit(command)
    add_out(command, "the shares")
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints what hangs on what."""
    from analyses.importance import decompose
    from games.formulas.text import parse_relation
    from games.solvers.limits import interruptible, observed

    check_out(given)
    models = find_models(given.games, given.case, given.kind)
    symbols = {p.name: p.symbol for model in models for p in model.parameters}
    asked: dict[str, Any] = {
        "payoff": given.payoff,
        "outcome": given.outcome,
        "concepts": [name.strip() for several in given.concepts for name in several.split(",")],
        "values": assigned(given.values),
        "premises": [parse_relation(text, symbols, "the premise") for text in given.premises],
        "seed": 0 if given.seed is None else whole_number(given.seed, "--seed"),
    }
    if given.samples is not None:
        asked["samples"] = whole_number(given.samples, "--samples")
    if given.differ is not None:
        asked["differ"] = given.differ
    limit = seconds(given.time_limit)
    if limit is not None:
        asked["seconds"] = limit
    with interruptible(), observed(observer()):
        found = decompose(models, **asked)
    write_out(given, found.table)
    if given.format == "json":
        print_answer(given, found.as_json(), values=asked["values"])
        return
    print(found)
    for table in found.tables():
        print()
        print(table)
    print_files(given)
