"""``parley convert``: a game from one kind of file to another."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyses.cli.answers import print_answer
from analyses.cli.finding import find_case, find_model, is_file
from analyses.cli.options import add_format, add_game, add_values, assigned
from analyses.cli.terminal import print_wrapped
from games.errors import InputError, quoted

if TYPE_CHECKING:
    from analyses.cli.options import Commands

OUT_KINDS = ("toml", "json", "csv", "nfg", "efg", "tex")
"""What is written."""


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser(
        "convert", help="write a game as another kind of file, and say what that file does not keep"
    )
    add_game(command)
    command.add_argument(
        "out", metavar="OUT", help="the file to write: .toml, .json, .csv, .nfg, .efg or .tex, as its name ends"
    )
    add_values(command)
    command.add_argument(
        "--numbers", action="store_true", help="in .toml, .json and .tex, too, numbers in place of formulas"
    )
    command.add_argument(
        "--reduced", action="store_true", help="write the reduced strategic form of a tree, without who moves when"
    )
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Writes the file, then prints what it does not keep."""
    from analyses.writing import check_file, write_file
    from games.formats.conversion import converted

    suffix = out_suffix(given.out, "OUT")
    place = check_file(given.out)
    model = find_model(given.game, given.case, given.kind)
    values = assigned(given.values)
    claims = _claims(given) if is_file(given.game, given.case) else {}
    made = converted(model, suffix, values, numbers=given.numbers, reduced=given.reduced, claims=claims)
    given.files.append(write_file(place, made.text.encode()))
    if given.format == "json":
        found = {"changes": list(made.changes), "lost": list(made.lost)}
        print_answer(given, found, model, values)
        return
    print_wrapped([f"{model.name} → {place}", *made.findings()])


def _claims(given: argparse.Namespace) -> Mapping[str, Any]:
    """The claims in the file of the game, as they stand there; raises `InputError` for one that cannot be read."""
    from analyses.claims.documents import read_claims
    from analyses.claims.of_game import claims_in

    found = claims_in(given.game)
    if found:
        read_claims(given.game, find_case(given.case).models)
    return found


def out_suffix(name: str, what: str) -> str:
    """How the name of a game's file ends; raises `InputError` for a kind that is not written."""
    suffix = Path(name).suffix.lower()
    if suffix[1:] not in OUT_KINDS:
        allowed = ", ".join(f".{kind}" for kind in OUT_KINDS)
        raise InputError(f"{what} is {quoted(name)}; its name must end in one of {allowed}")
    return suffix
