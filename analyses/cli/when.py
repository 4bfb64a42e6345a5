"""``parley when``: under which condition on the payoffs an outcome is played."""

import argparse
from typing import TYPE_CHECKING

from analyses.cli.options import (
    add_format,
    add_game,
    add_premises,
    add_time_limit,
    add_values,
    assigned,
    premises_of,
    seconds,
)
from games.errors import InputError

if TYPE_CHECKING:
    from analyses.cli.options import Commands


SECONDS = 60.0
"""How long it takes at most, where no limit is given."""


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser(
        "when", help="the exact condition on the payoffs under which an outcome is played, proved both ways"
    )
    add_game(command)
    command.add_argument(
        "outcome", metavar="OUTCOME", help="an outcome in words, or a part of them that several have in common"
    )
    command.add_argument(
        "--after", metavar="ACTION", action="append", default=[], help="from this action on; may be repeated"
    )
    add_values(command)
    add_premises(command)
    command.add_argument("--diagram", action="store_true", help="the condition as one question after another")
    command.add_argument("--share", action="store_true", help="with the share of the payoffs at which it holds")
    add_time_limit(command)
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints the condition."""
    import json

    from analyses.claims.share import SAMPLES
    from analyses.cli.finding import find_model
    from analyses.when import when
    from games.solvers.limits import interruptible

    model = find_model(given.game, given.case)
    limit = seconds(given.time_limit)
    with interruptible():
        found = when(
            model,
            given.outcome,
            after=tuple(given.after),
            values=assigned(given.values),
            premises=premises_of(given.premises, model),
            seconds=SECONDS if limit is None else limit,
            samples=SAMPLES if given.share else None,
        )
    diagram, note = "", ""
    if given.diagram and found.complete:
        try:
            diagram = found.diagram_text()
        except InputError as error:
            note = str(error)
    if given.format == "json":
        answer = found.as_json() | ({"diagram": diagram.splitlines()} if diagram else {})
        print(json.dumps(answer, ensure_ascii=False, indent=2))
        return
    print(found.report())
    if not found.complete:
        note = "ask for less with --after, --set or --premise, or allow more time with --time-limit"
    if note:
        print(f"note: {note}")
    if diagram:
        print(f"\n{diagram}")
