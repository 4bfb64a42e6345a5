"""``parley report``: a model or a whole case on paper."""

import argparse
from pathlib import Path
from shlex import join
from typing import TYPE_CHECKING

from analyses.cli.answers import print_answer
from analyses.cli.finding import find_case, find_model, is_file
from analyses.cli.options import Once, add_case, add_kind, add_values, add_words_format, assigned
from analyses.cli.terminal import cores, progress
from games.errors import InputError, quoted

if TYPE_CHECKING:
    from analyses.cli.options import Commands


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser(
        "report", help="write a report of a model, or of the whole case, as JSON, PDF and HTML"
    )
    command.add_argument(
        "model",
        metavar="MODEL",
        nargs="?",
        help="a name from the catalog or of the case, a file, or - for standard input; without it, the whole case",
    )
    command.add_argument("--out", metavar="DIR", default="report", help="the folder to write into (default: report)")
    add_kind(command)
    add_case(command)
    add_values(command)
    add_words_format(command)
    command.add_argument(
        "--date", metavar="DATE", action=Once, help="the date that the report bears, such as 2024-01-31 (default: none)"
    )
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Writes the report, then prints it in brief with the paths of its files."""
    from analyses.claims.documents import NO_CLAIMS
    from analyses.claims.of_game import claims_of_game
    from analyses.reports.contents import report
    from analyses.reports.publish import publish
    from analyses.reports.record import Record
    from analyses.writing import check_folder

    if not given.out:
        raise InputError("--out is empty; name a folder to write into")
    if given.kind is not None and given.model is None:
        raise InputError("--as says what standard input holds, and no MODEL is given; give - or leave --as out")
    record = Record(_command(given), assigned(given.values), given.date)
    check_folder(Path(given.out))
    case = find_case(given.case)
    models = (find_model(given.model, given.case, given.kind),) if given.model else ()
    values = assigned(given.values)
    if unknown := [name for name in values if not any(name in m.by_name for m in models or case.chapters)]:
        raise InputError(f"no model of the report has the parameter {quoted(unknown[0])}")
    own = claims_of_game(given.model, case.models) if models and is_file(given.model, given.case) else NO_CLAIMS
    made = report(case, models, values, progress("solving"), cores(), record, own)
    given.files += publish(made, Path(given.out))
    if given.format == "json":
        told = {"case": case.title, "models": [model.name for model in models], "brief": made.brief.as_json()}
        print_answer(given, told, models[0] if models else None, values)
        return
    print(made.brief)
    print()
    for path in given.files:
        print(path)


def _command(given: argparse.Namespace) -> str:
    """The command that makes the report again, wherever it is written to."""
    words = ["parley", "report", *([given.model] if given.model else [])]
    for option, value in (("--as", given.kind), ("--case", given.case), ("--date", given.date)):
        words += [option, value] if value is not None else []
    return join([*words, *(word for value in given.values for word in ("--set", value))])
