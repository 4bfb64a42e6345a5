"""``parley completion``: what makes a shell complete the commands and their options."""

import argparse
from typing import TYPE_CHECKING

from analyses.cli.answers import print_answer
from analyses.cli.options import add_words_format
from games.errors import InputError

if TYPE_CHECKING:
    from analyses.cli.options import Commands

SHELLS = ("bash", "zsh")


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser(
        "completion",
        help="print what makes your shell complete commands and options",
        description='For bash, put eval "$(parley completion bash)" into ~/.bashrc; for zsh, write the output of '
        "parley completion zsh into a file _parley in a folder of $fpath.",
    )
    command.add_argument("shell", choices=SHELLS, help="the shell")
    add_words_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints the script of the shell."""
    # That module imports all commands, this one, too.
    from analyses.cli.commands import parsers

    try:
        import shtab
    except ImportError:
        raise InputError("completion needs the library shtab, which is not installed: pip install shtab") from None
    parser, _ = parsers()
    script = shtab.complete(parser, given.shell)
    if given.format == "json":
        print_answer(given, {"shell": given.shell, "script": script})
        return
    print(script)
