"""``parley sensitivity``: one parameter at a time, where the outcome changes and how far payoffs move."""

import argparse
from typing import TYPE_CHECKING

from analyses.cli.answers import print_answer
from analyses.cli.finding import find_model
from analyses.cli.options import (
    add_figure,
    add_format,
    add_game,
    add_one_concept,
    add_values,
    assigned,
)
from analyses.cli.out import add_out, check_out, print_files, write_out
from analyses.cli.terminal import print_paragraphs, progress
from games.errors import InputError

if TYPE_CHECKING:
    from analyses.cli.options import Commands
    from analyses.drawing.figures import Drawing
    from analyses.sensitivity import Sensitivity


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser(
        "sensitivity", help="one parameter at a time: what happens beyond each threshold, and how far payoffs move"
    )
    add_game(command)
    add_values(command)
    add_one_concept(command)
    add_figure(command, "draw the payoffs' ranges as bars (a tornado)")
    add_out(command, "the payoffs' ranges", "the same as bars")
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints what was found, and writes the figure."""
    from analyses.sensitivity import sensitivity
    from analyses.thresholds import as_json, in_sentences, swing_table

    check_out(given)
    model = find_model(given.game, given.case, given.kind)
    if not model.parameters:
        raise InputError(f"{model.name} has no parameters whose values could change; its payoffs are numbers")
    values = assigned(given.values)
    found = sensitivity(model, values, given.concept, progress("parameters"))
    write_out(given, lambda: swing_table(found), lambda: {"": _drawn(found)})
    if given.format == "json":
        print_answer(given, as_json(found), model, values)
        return
    print_paragraphs(in_sentences(found))
    if (swings := swing_table(found)).rows:
        print("\nPayoffs reached while one parameter covers its range, the others as given:\n")
        print(swings.text())
    print_files(given)


def _drawn(found: "Sensitivity") -> "Drawing":
    from analyses.drawing.tornado import draw_tornado

    return draw_tornado(found)
