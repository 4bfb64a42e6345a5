"""``parley docs``: the pages of the documentation, in the terminal."""

import argparse
import sys
from typing import TYPE_CHECKING

from analyses.cli.answers import print_answer
from analyses.cli.options import add_format
from analyses.cli.terminal import width

if TYPE_CHECKING:
    from analyses.cli.options import Commands
    from analyses.documentation.pages import Page


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser("docs", help="read a page of the documentation, or list them all")
    command.add_argument(
        "topic", metavar="TOPIC", nargs="?", help="a page, a command or a solution concept; without it all are listed"
    )
    add_format(command)
    command.set_defaults(run=run)


def described() -> dict[str, tuple[str, argparse.ArgumentParser]]:
    """What each command is for, and its parser, by its name."""
    from analyses.cli.commands import parsers

    _, commands = parsers()
    summaries = {choice.dest: choice.help or "" for choice in commands._choices_actions}
    return {name: (summaries[name], parser) for name, parser in commands.choices.items()}


def run(given: argparse.Namespace) -> None:
    """Prints the page, on a terminal through the pager, or the list of pages."""
    from analyses.documentation.pages import find, pages

    if given.topic is None:
        every = list(pages(described()).values())
        if given.format == "json":
            print_answer(given, {"pages": list(map(_as_json, every))})
        else:
            print(_contents(every))
        return
    page = find(given.topic, described())
    if given.format == "json":
        print_answer(given, {"pages": [_as_json(page) | {"markdown": page.text()}]})
    else:
        _show(page)


def _as_json(page: "Page") -> dict[str, str]:
    return {"topic": page.topic, "kind": page.folder, "title": page.title}


def _show(page: "Page") -> None:
    from pydoc import pager

    from analyses.documentation.plain import plain

    text = plain(page.text(), width())
    if sys.stdout.isatty():
        pager(text)
    else:
        print(text, end="")


def _contents(every: "list[Page]") -> str:
    from games.tables import Cell, Table

    rows = [(Cell(page.topic), Cell(page.title.replace("`", ""))) for page in every if page.folder not in NAMED]
    named = [
        f"{words}: {', '.join(page.topic for page in every if page.folder == kind)}" for kind, words in NAMED.items()
    ]
    from textwrap import fill

    wrapped = (fill(line, width(), break_on_hyphens=False) for line in named)
    return "\n\n".join([Table(("Topic", "Page"), tuple(rows)).text(), *wrapped, "parley docs TOPIC shows one of them."])


NAMED = {"commands": "Of each command", "concepts": "Of each solution concept"}
"""The pages that are listed by their topics alone."""
