"""``parley sensitivity``: one parameter at a time, where the outcome changes and how far payoffs move."""

import argparse
from time import monotonic
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
    check_files,
)
from analyses.cli.terminal import print_paragraphs, progress
from games.errors import InputError

if TYPE_CHECKING:
    from analyses.cli.options import Commands


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser(
        "sensitivity", help="one parameter at a time: what happens beyond each threshold, and how far payoffs move"
    )
    add_game(command)
    add_values(command)
    add_one_concept(command)
    add_figure(command, "draw the payoffs' ranges as bars (a tornado)")
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints what was found, and writes the figure."""
    from analyses.sensitivity import sensitivity
    from analyses.thresholds import as_json, in_sentences, swing_table

    started = monotonic()
    check_files(given)
    model = find_model(given.game, given.case, given.kind)
    if not model.parameters:
        raise InputError(f"{model.name} has no parameters whose values could change; its payoffs are numbers")
    values = assigned(given.values)
    found = sensitivity(model, values, given.concept, progress("parameters"))
    place = None
    if given.figure is not None:
        from analyses.drawing.tornado import draw_tornado

        place = draw_tornado(found).to_file(given.figure)
    if given.format == "json":
        figure = None if place is None else str(place)
        print_answer("sensitivity", model, values, {**as_json(found), "figure": figure}, started)
        return
    print_paragraphs(in_sentences(found))
    if (swings := swing_table(found)).rows:
        print("\nPayoffs reached while one parameter covers its range, the others as given:\n")
        print(swings.text())
    if place is not None:
        print(f"\n{place}")
