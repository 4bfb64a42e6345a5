"""The command line: ``parley list``, ``show``, ``solve``, ``compare``, ``explain``, ``check`` and ``report``.

Exit codes: 0, or 2 with one line on standard error when what was asked for cannot be done.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from games.errors import InputError, listed, meant, quoted

FORMATS = ("table", "json")
SEARCH = 2.0
"""Seconds in which `parley check` looks for the hidden premises of one refuted claim."""

GAME_FILES = ".toml, .json, .csv, .nfg or .efg"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    # Numbers in a game are limited as they are read, and so are the exact answers; Python's own limit is not needed.
    sys.set_int_max_str_digits(0)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = _run(arguments)
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


def _run(arguments: Sequence[str] | None) -> int:
    """Runs one command; what the argument parser answers by itself (help, wrong usage) has its own code."""
    try:
        given = _parser().parse_args(arguments)
    except SystemExit as answered:
        return int(answered.code or 0)
    given.run(given)
    return 0


def _failed(message: str, code: int) -> int:
    print(f"parley: {' '.join(message.split())}", file=sys.stderr)
    return code


def _write_nowhere() -> None:
    """Lets Python close its standard output in peace when nothing more can be written there."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _OneLineParser(argparse.ArgumentParser):
    """Reports wrong usage in one line."""

    def error(self, message: str) -> Any:
        self.exit(2, f"parley: {' '.join(message.split())}; see {self.prog} --help\n")


class _Once(argparse.Action):
    """Refuses an argument given twice, of which the first would go unheard."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: str | None = None
    ) -> None:
        if getattr(namespace, self.dest) is not None:
            parser.error(f"{option} is given twice; give it once")
        setattr(namespace, self.dest, values)


class _Version(argparse.Action):
    """Prints the version and where the packages were imported from."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        import games

        print(f"parley {games.__version__}, games from {Path(games.__file__).parent}")
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    parser = _OneLineParser(
        prog="parley",
        description="Game-theoretic policy analysis: solve games exactly, and see what the answer hangs on.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and where it is installed")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    command = commands.add_parser("list", help="list the models of the catalog")
    _add_format(command)
    command.set_defaults(run=_list)

    command = commands.add_parser("show", help="show a game: its question, payoffs and parameters")
    _add_game(command)
    _add_values(command)
    command.set_defaults(run=_show)

    command = commands.add_parser("solve", help="find the equilibria of a game")
    _add_game(command)
    _add_concept(command)
    _add_values(command)
    _add_time_limit(command)
    _add_format(command)
    command.set_defaults(run=_solve)

    command = commands.add_parser("compare", help="what every solution concept predicts for a game, side by side")
    _add_game(command)
    _add_values(command)
    _add_time_limit(command)
    command.set_defaults(run=_compare)

    command = commands.add_parser("explain", help="why the equilibria of a game are equilibria, in plain sentences")
    _add_game(command)
    _add_concept(command)
    _add_values(command)
    _add_time_limit(command)
    command.set_defaults(run=_explain)

    command = commands.add_parser("check", help="whether claims hold: proved, refuted at exact payoffs, or unsettled")
    command.add_argument(
        "claims",
        metavar="CLAIM",
        nargs="*",
        help="an argument of the commentary such as A2, one of its claims such as A2-bare, or a .toml file of claims",
    )
    command.add_argument("--all", action="store_true", help="every claim of the commentary")
    _add_time_limit(command)
    command.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to print the answer (default: text)"
    )
    command.set_defaults(run=_check)

    command = commands.add_parser(
        "report", help="write a report of a model, or of the whole case, as JSON, PDF and HTML"
    )
    command.add_argument(
        "model", metavar="MODEL", nargs="?", help="a name from the catalog, or a file; without it, the whole case"
    )
    command.add_argument("--out", metavar="DIR", default="report", help="the folder to write into (default: report)")
    _add_values(command)
    command.set_defaults(run=_report)
    return parser


def _add_game(command: argparse.ArgumentParser) -> None:
    command.add_argument("game", metavar="GAME", help=f"a name from the catalog, or a file ({GAME_FILES})")


def _add_concept(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--concept", metavar="NAME", action=_Once, help="the solution concept, by default nash or subgame-perfect"
    )
    command.add_argument(
        "--option",
        dest="options",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="an option of the concept; may be repeated",
    )


def _add_time_limit(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--time-limit", metavar="SECONDS", help="stop after this long with what was found, marked as not complete"
    )


def _add_values(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--set",
        dest="values",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="give a parameter an exact value such as 3/10 or 0.3; may be repeated",
    )


def _add_format(command: argparse.ArgumentParser) -> None:
    command.add_argument("--format", choices=FORMATS, default="table", help="how to print the answer (default: table)")


def _values(given: Sequence[str], flag: str = "--set") -> dict[str, str]:
    values: dict[str, str] = {}
    for assignment in given:
        name, equals, value = assignment.partition("=")
        name = name.strip()
        if not equals or not name or not value.strip():
            raise InputError(f"{flag} {quoted(assignment)} is not of the form NAME=VALUE, such as beta=3/10")
        if name in values:
            raise InputError(f"{flag} gives {quoted(name)} twice; give it one value")
        values[name] = value
    return values


def _model(name: str) -> Any:
    """The model of that name in the catalog, or the game in that file."""
    from games.catalog import catalog, load

    if name in catalog():
        return load(name)
    if not name.strip():
        raise InputError(f"GAME is blank; give a name from the catalog ({listed(catalog())}) or a file ({GAME_FILES})")
    if Path(name).suffix or os.sep in name or _exists(name):
        from games.formats.files import read_game

        return read_game(name)
    raise InputError(
        f"there is no game {quoted(name)}: it is neither a file nor in the catalog ({listed(catalog())})"
        f"{meant(name, catalog())}"
    )


def _exists(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


def _list(given: argparse.Namespace) -> None:
    from games.catalog import catalog
    from games.tables import Cell, Table

    if given.format == "json":
        _print_json(
            [{"name": model.name, "title": model.title, "question": model.question} for model in catalog().values()]
        )
        return
    rows = tuple((Cell(m.name), Cell(m.title), Cell(m.question)) for m in catalog().values())
    print(Table(("Name", "Title", "Question"), rows))


def _show(given: argparse.Namespace) -> None:
    model = _model(given.game)
    values = _values(given.values)
    game = model.at(**values) if values or not model.parameters else model.game
    print(model.described(**values), game, sep="\n\n")


def _solved(given: argparse.Namespace) -> tuple[Any, Any]:
    """The model asked for, and its equilibria at the given values."""
    from dataclasses import replace

    from games.solvers import solve
    from games.solvers.limits import interruptible, observed

    model = _model(given.game)
    values = _values(given.values)
    options: dict[str, Any] = dict(_values(given.options, "--option"))
    if reserved := {"game", "concept", "time_limit"} & set(options):
        raise InputError(
            f"a concept has no option {quoted(reserved.pop())}; --concept, --time-limit and GAME stand alone"
        )
    game = model.at(**values)
    with interruptible(), observed(_observer()):
        equilibria = solve(game, given.concept, time_limit=_seconds(given.time_limit), **options)
    return model, replace(equilibria, remarks=(*equilibria.remarks, *model.outside(**values)))


def _solve(given: argparse.Namespace) -> None:
    model, equilibria = _solved(given)
    if given.format == "json":
        _print_json(equilibria.as_json(model.name))
    else:
        print(equilibria)


def _compare(given: argparse.Namespace) -> None:
    from analyses.compare import SECONDS, compare
    from games.solvers.limits import interruptible, observed

    model = _model(given.game)
    game = model.at(**_values(given.values))
    with interruptible(), observed(_observer()):
        seconds = _seconds(given.time_limit)
        print(compare(game, model, seconds=SECONDS if seconds is None else seconds))


def _explain(given: argparse.Namespace) -> None:
    from analyses.explain import explain_all

    model, equilibria = _solved(given)
    print(equilibria.heading)
    for explanation in explain_all(equilibria, model):
        print()
        print(explanation)
    for remark in equilibria.remarks:
        print(f"note: {remark}")


def _check(given: argparse.Namespace) -> None:
    from analyses.commentary import arguments, named
    from analyses.ledger import ledger
    from games.solvers.limits import interruptible

    files = [name for name in given.claims if Path(name).suffix.lower() == ".toml"]
    names = [name for name in given.claims if name not in files]
    if given.all and names:
        raise InputError(f"--all is every claim, {quoted(names[0])} among them; leave one of the two out")
    if not given.all and not given.claims:
        listing = listed(argument.id for argument in arguments())
        raise InputError(f"name a claim, a file of claims, or --all; the arguments of the commentary are {listing}")
    asked: list[Any] = list(arguments() if given.all else named(*names) if names else ())
    places: dict[str, str] = {}
    owner: dict[str, str] = {}
    for name in files:
        claims = _claims_in(Path(name), places)
        if twice := [claim.name for claim in claims if claim.name in owner]:
            where = f"in {quoted(owner[twice[0]])} and in {quoted(name)}; rename one, or check the files one by one"
            raise InputError(f"two claims are called {quoted(twice[0])}, {where}")
        owner.update(dict.fromkeys((claim.name for claim in claims), name))
        asked += claims
    with interruptible():
        found = ledger(
            asked, _seconds(given.time_limit), _progress("checking"), search=SEARCH, places=places, processes=_cores()
        )
    if given.format == "json":
        _print_json(found.as_json())
    else:
        print(found)


def _claims_in(path: Path, places: dict[str, str]) -> tuple[Any, ...]:
    """The claims in a file; ``places`` is told where the games are that lie beside it."""
    import tomllib

    from analyses.claims import read_claims
    from games.formats.files import READERS, read_game

    claims = read_claims(path)
    document = tomllib.loads(path.read_text("utf-8-sig"))
    for fields in document["claims"].values():
        for model in (fields["model"], *fields.get("also", ())):
            if Path(model).suffix.lower() in READERS:
                beside = path.parent / model
                places[read_game(beside).name] = str(beside)
    return claims


def _seconds(given: str | None) -> float | None:
    from games.exact import exact
    from games.solvers.limits import check_limit

    if given is None:
        return None
    seconds = exact(given, "the time limit")
    check_limit(seconds)
    return float(seconds)


def _observer() -> Callable[[str], None]:
    """Shows on a terminal how far a search is, at most five times a second, once it takes longer than a second."""
    from time import monotonic

    start = shown = monotonic()

    def observe(progress: str) -> None:
        nonlocal shown
        now = monotonic()
        if sys.stderr.isatty() and now - start > 1 and now - shown > 0.2:
            shown = now
            print(f"\r{now - start:.0f} s, {progress}; Ctrl-C stops with what was found\033[K", end="", file=sys.stderr)

    return observe


def _report(given: argparse.Namespace) -> None:
    from analyses.commentary import CASE
    from analyses.reports.contents import report
    from analyses.reports.publish import check_folder, publish
    from games.catalog import load

    if not given.out:
        raise InputError("--out is empty; name a folder to write into")
    check_folder(Path(given.out))
    models = [_model(given.model)] if given.model else [load(name) for name in CASE]
    values = _values(given.values)
    if unknown := [name for name in values if not any(name in model.by_name for model in models)]:
        raise InputError(f"no model of the report has the parameter {quoted(unknown[0])}")
    made = report(models, values, _progress("solving"), _cores())
    paths = publish(made, Path(given.out))
    for sentence in made.brief:
        print(f"• {sentence}")
    print()
    for path in paths:
        print(path)


def _cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _progress(what: str) -> Callable[[Sequence[Any]], Any]:
    """A progress bar on a terminal, nothing otherwise."""
    from tqdm import tqdm

    return lambda items: tqdm(items, desc=what, leave=False, disable=not sys.stderr.isatty())


def _print_json(data: Any) -> None:
    readable = (sys.stdout.encoding or "").lower().startswith("utf")
    print(json.dumps(data, ensure_ascii=not readable, indent=2))


if __name__ == "__main__":
    sys.exit(main())
