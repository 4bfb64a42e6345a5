"""``parley new``: a commented file to start a game, or claims, of one's own from."""

import argparse
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from analyses.cli.answers import print_answer
from analyses.cli.options import add_words_format
from games.errors import InputError, quoted

if TYPE_CHECKING:
    from analyses.cli.options import Commands

SUFFIX = ".toml"


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    from games.formats.starts import STARTS

    command = commands.add_parser(
        "new",
        help="write a commented file to start a game of your own from",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(["kinds:", *(f"  {kind:10}  {about}" for kind, about in STARTS.items())]),
    )
    command.add_argument("kind", metavar="KIND", choices=STARTS, help=f"one of {', '.join(STARTS)}")
    command.add_argument("file", metavar=f"FILE{SUFFIX}", help="where the file goes; it must not be there")
    add_words_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Writes the file, and says what can be done with it."""
    from analyses.writing import check_file, write_file
    from games.formats.starts import start

    path = Path(given.file)
    if path.suffix.lower() != SUFFIX:
        raise InputError(f"{quoted(given.file)} must end in {SUFFIX}, such as my_game{SUFFIX}")
    if check_file(path).exists():
        raise InputError(f"{quoted(given.file)} is there already and stays as it is; name another file")
    written = start(given.kind)
    given.files.append(write_file(path, written.encode()))
    name = shlex.quote(given.file)
    is_game = given.kind != "claims"
    tries = [f"parley show {name}", f"parley solve {name}", f"parley report {name} --out my_report"] if is_game else []
    if "[claims." in written:
        tries.append(f"parley check {name}")
    if given.format == "json":
        print_answer(given, {"kind": given.kind, "try": tries})
        return
    print("\n".join([f"{given.file} is written. Change it in any editor, and try:", *(f"  {each}" for each in tries)]))
