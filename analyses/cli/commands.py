"""Running a command: the argument parser, and how errors and interruptions end."""

import os
import sys
from collections.abc import Sequence
from contextvars import copy_context
from io import TextIOWrapper
from shutil import get_terminal_size
from time import monotonic
from typing import TYPE_CHECKING

from analyses.cli import (
    along,
    check,
    compare,
    completion,
    convert,
    decompose,
    docs,
    explain,
    importance,
    list,
    map,
    new,
    notebooks,
    ordinal,
    policies,
    reduce,
    report,
    sensitivity,
    show,
    solve,
    sweep,
    verify,
    verify_profile,
    what_if,
    when,
)
from analyses.cli.options import OneLineParser, Version, add_loudness
from analyses.cli.signs import PLAINLY
from analyses.cli.terminal import LOUDNESS, shows_colours
from games.errors import InputError
from games.tables import COLOURED, WIDTH

if TYPE_CHECKING:
    import argparse

    from analyses.cli.options import Commands

COMMANDS = (
    *(list, show, solve, compare, explain),
    *(along, map, when, sweep, importance, decompose, policies),
    *(sensitivity, what_if, verify_profile, reduce, convert, ordinal),
    *(check, verify, report, new, notebooks),
    *(docs, completion),
)
"""In the order in which ``parley --help`` lists them."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    # Numbers in a game are limited as they are read, and so are the exact answers; Python's own limit is not needed.
    sys.set_int_max_str_digits(0)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=PLAINLY)
    try:
        code = copy_context().run(_answered, arguments)
        sys.stdout.flush()
    except InputError as error:
        return _failed(str(error), 2)
    except KeyboardInterrupt:
        return _failed("interrupted", 130)
    except BrokenPipeError:
        _write_nowhere()
        return 0
    except OSError as error:
        _write_nowhere()
        return _failed(f"cannot write the answer: {error.strerror}", 2)
    return code


def parsers() -> "tuple[argparse.ArgumentParser, Commands]":
    """What parses the arguments, and the parsers of all commands by name."""
    parser: argparse.ArgumentParser = OneLineParser(
        prog="parley",
        description="Game-theoretic policy analysis: solve games exactly, and see what the answer hangs on.",
        epilog="Exit codes: 0; 1 for a difference (check --expect, verify, verify-profile); 2 where what was asked for "
        "cannot be done; 130 if it was interrupted.",
    )
    parser.add_argument("--version", action=Version, nargs=0, help="print the version and where it is installed")
    commands = parser.add_subparsers(metavar="COMMAND", dest="command")
    for command in COMMANDS:
        command.add(commands)
    for each in dict.fromkeys(commands.choices.values()):
        add_loudness(each)
    return parser, commands


def _answered(arguments: Sequence[str] | None) -> int:
    """Runs one command and returns its code, 0 unless it has one; help and wrong usage have that of the parser.

    Without a command the help is printed.
    """
    parser, commands = parsers()
    try:
        given, unknown = parser.parse_known_args(arguments)
        if unknown and given.command is None:
            parser.error(f"unrecognized arguments: {' '.join(unknown)}")
        if unknown:
            commands.choices[given.command].error(f"unrecognized arguments: {' '.join(unknown)}")
    except SystemExit as answered:
        return int(answered.code or 0)
    if given.command is None:
        parser.print_help()
        return 0
    if sys.stdout.isatty():
        WIDTH.set(get_terminal_size().columns)
    COLOURED.set(shows_colours())
    given.started, given.files = monotonic(), []
    LOUDNESS.set(given.loudness)
    code: int | None = given.run(given)
    return code or 0


def _failed(message: str, code: int) -> int:
    print(f"parley: {' '.join(message.split())}", file=sys.stderr)
    return code


def _write_nowhere() -> None:
    """Lets Python close its standard output in peace when nothing more can be written there."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
