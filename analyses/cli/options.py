"""The arguments and options that several commands share, and what is read from them."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from games.errors import InputError, quoted

if TYPE_CHECKING:
    from games.formulas.relations import Relation
    from games.model import Model

    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]

FORMATS = ("table", "json")
KINDS = ("toml", "json", "csv", "nfg", "efg")
"""What standard input may hold."""

STANDARD_INPUT = "-"
"""What GAME is where the game comes from standard input."""

GAME_FILES = ".toml, .json, .csv, .nfg or .efg"


class OneLineParser(argparse.ArgumentParser):
    """Reports wrong usage in one line."""

    def error(self, message: str) -> Any:
        self.exit(2, f"parley: {' '.join(message.split())}; see {self.prog} --help\n")


class Once(argparse.Action):
    """Refuses an argument given twice, of which the first would go unheard."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: str | None = None
    ) -> None:
        if getattr(namespace, self.dest) is not None:
            parser.error(f"{option} is given twice; give it once")
        setattr(namespace, self.dest, values)


class Version(argparse.Action):
    """Prints the version and where the packages were imported from."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        import games

        print(f"parley {games.__version__}, games from {Path(games.__file__).parent}")
        parser.exit()


def add_game(command: argparse.ArgumentParser) -> None:
    """A game, and the case whose models it may be one of."""
    command.add_argument(
        "game",
        metavar="GAME",
        help=f"a name from the catalog or of the case, a file ({GAME_FILES}), or - for standard input",
    )
    add_kind(command)
    add_case(command)


def add_kind(command: argparse.ArgumentParser) -> None:
    """What standard input holds, where GAME is ``-``."""
    command.add_argument(
        "--as", dest="kind", choices=KINDS, action=Once, help="where GAME is -, the kind of file on standard input"
    )


def add_case(command: argparse.ArgumentParser) -> None:
    """The case, where it is not the commentary."""
    command.add_argument(
        "--case",
        metavar="CASE",
        action=Once,
        help="another case than the commentary: a folder, or the name of one that is installed",
    )


def add_concept(command: argparse.ArgumentParser) -> None:
    """A solution concept and its options."""
    command.add_argument(
        "--concept", metavar="NAME", action=Once, help="the solution concept, by default nash or subgame-perfect"
    )
    command.add_argument(
        "--option",
        dest="options",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="an option of the concept; may be repeated",
    )


def add_one_concept(command: argparse.ArgumentParser) -> None:
    """A solution concept, which has no options here."""
    command.add_argument(
        "--concept", metavar="NAME", action=Once, help="the solution concept, by default that of the game's form"
    )


def add_time_limit(command: argparse.ArgumentParser) -> None:
    """A limit on the time that the answer may take."""
    command.add_argument(
        "--time-limit", metavar="SECONDS", help="stop after this long with what was found, marked as not complete"
    )


def add_values(command: argparse.ArgumentParser) -> None:
    """Values of parameters."""
    command.add_argument(
        "--set",
        dest="values",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="give a parameter an exact value such as 3/10 or 0.3; may be repeated",
    )


def add_premises(command: argparse.ArgumentParser, said: str = "") -> None:
    """Relations between parameters that are supposed; ``said`` opens the help."""
    command.add_argument(
        "--premise",
        dest="premises",
        metavar="RELATION",
        action="append",
        default=[],
        help=f'{said}a relation between parameters, such as "A_F > k_F", to suppose; may be repeated',
    )


def premises_of(given: Sequence[str], model: "Model") -> "list[Relation]":
    """The relations in the parameters of the model."""
    from games.formulas.text import parse_relation

    symbols = {p.name: p.symbol for p in model.parameters}
    return [parse_relation(text, symbols, "the premise") for text in given]


def add_points(command: argparse.ArgumentParser, samples: str) -> None:
    """What moves and what does not, the concept, and how points are laid; ``samples`` says how many they are."""
    command.add_argument(
        "--free",
        metavar="NAMES",
        action=Once,
        help="the parameters that move, such as beta,h_F; by default all that have a range and no value",
    )
    add_values(command)
    add_premises(command)
    add_one_concept(command)
    command.add_argument(
        "--design",
        metavar="NAME",
        action=Once,
        help="how points are laid: sobol, latin, grid or random; by default sobol, or random where premises ask for it",
    )
    command.add_argument("--samples", metavar="N", action=Once, help=samples)
    command.add_argument("--seed", metavar="S", action=Once, help="the seed of what is drawn (default: 0)")


def points_asked(given: argparse.Namespace, model: "Model") -> dict[str, Any]:
    """What `add_points` and `add_time_limit` were given, by the names that `sweep` has for it."""
    asked: dict[str, Any] = {
        "names": given.free,
        "values": assigned(given.values),
        "premises": premises_of(given.premises, model),
        "concept": given.concept,
        "design": given.design,
        "seed": 0 if given.seed is None else whole_number(given.seed, "--seed"),
    }
    if given.samples is not None:
        asked["samples"] = whole_number(given.samples, "--samples")
    limit = seconds(given.time_limit)
    if limit is not None:
        asked["seconds"] = limit
    return asked


def add_format(command: argparse.ArgumentParser) -> None:
    """Whether a table or JSON is printed."""
    command.add_argument("--format", choices=FORMATS, default="table", help="how to print the answer (default: table)")


def add_loudness(command: argparse.ArgumentParser) -> None:
    """How much is told on standard error while a command works; the answer is the same."""
    loudness = command.add_mutually_exclusive_group()
    for name, said in (
        ("quiet", "print the answer alone: neither progress nor anything else but errors on standard error"),
        ("verbose", "tell what is done, on standard error"),
    ):
        loudness.add_argument(f"--{name}", dest="loudness", action="store_const", const=name, default="", help=said)


def add_words_format(command: argparse.ArgumentParser) -> None:
    """Whether text or JSON is printed, for answers that are no table."""
    command.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to print the answer (default: text)"
    )


def add_figure(command: argparse.ArgumentParser, what: str = "draw it") -> None:
    """A file for a figure; see `analyses.cli.out.write_out`."""
    command.add_argument(
        "--figure", metavar="FILE", action=Once, help=f"{what} into this file: .svg, .png or .pdf, as its name ends"
    )


def assigned(given: Sequence[str], flag: str = "--set") -> dict[str, str]:
    """What ``NAME=VALUE`` gives by name; raises `InputError` for anything else, and for a name given twice."""
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


def check_options(options: dict[str, str]) -> dict[str, str]:
    """The options of a concept; raises `InputError` for one that has a flag or a place of its own."""
    for name in ("game", "concept", "time_limit"):
        if name in options:
            raise InputError(f"a concept has no option {quoted(name)}; --concept, --time-limit and GAME stand alone")
    return options


def seconds(given: str | None) -> float | None:
    """The time limit, None if there is none."""
    from games.exact import exact
    from games.solvers.limits import check_limit

    if given is None:
        return None
    limit = exact(given, "the time limit")
    check_limit(limit)
    return float(limit)


def whole_number(given: str, flag: str) -> int:
    """A count or a seed; raises `InputError` for anything else."""
    if not given.strip().isdecimal() or len(given) > 12:
        raise InputError(f"{flag} is {quoted(given)}; give a whole number such as 1000")
    return int(given)
