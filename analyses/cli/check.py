"""``parley check``: whether claims hold."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyses.cli.finding import find_case
from analyses.cli.options import add_case, add_time_limit, seconds
from analyses.cli.terminal import cores, print_json, progress
from games.errors import InputError, listed, quoted

if TYPE_CHECKING:
    from analyses.arguments import Case
    from analyses.claims import Claim
    from analyses.cli.options import Commands


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser("check", help="whether claims hold: proved, refuted at exact payoffs, or unsettled")
    command.add_argument(
        "claims",
        metavar="CLAIM",
        nargs="*",
        help="an argument of the case such as A2, one of its claims such as A2-bare, or a .toml file of claims",
    )
    command.add_argument("--all", action="store_true", help="every claim of the case")
    add_case(command)
    add_time_limit(command)
    command.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to print the answer (default: text)"
    )
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints the ledger of the claims that are asked for."""
    from analyses.ledger import ledger
    from games.solvers.limits import interruptible

    case = find_case(given.case)
    files = [name for name in given.claims if Path(name).suffix.lower() == ".toml"]
    names = [name for name in given.claims if name not in files]
    if given.all and names:
        raise InputError(f"--all is every claim, {quoted(names[0])} among them; leave one of the two out")
    if not given.all and not given.claims:
        listing = listed(argument.id for argument in case.arguments)
        raise InputError(f"name a claim, a file of claims, or --all; the arguments of the case are {listing}")
    asked: list[Any] = list(case.arguments if given.all else case.named(*names))
    places: dict[str, tuple[str, ...]] = {}
    owner = {claim.name: "the case" for argument in asked for claim in argument.claims}
    for name in files:
        claims = _claims_in(Path(name), case, places)
        if twice := [claim.name for claim in claims if claim.name in owner]:
            where = f"in {owner[twice[0]]} and in {quoted(name)}; rename one, or check them one by one"
            raise InputError(f"two claims are called {quoted(twice[0])}, {where}")
        owner.update(dict.fromkeys((claim.name for claim in claims), quoted(name)))
        asked += claims
    with interruptible():
        found = ledger(
            asked,
            seconds(given.time_limit),
            progress("checking"),
            search=True,
            case=case,
            places=places,
            processes=cores(),
        )
    if given.format == "json":
        print_json(found.as_json())
    else:
        print(found)


def _claims_in(path: Path, case: "Case", places: dict[str, tuple[str, ...]]) -> "tuple[Claim, ...]":
    """The claims in a file; ``places`` is told where the games are that lie beside it."""
    import tomllib

    from analyses.claims import read_claims
    from games.formats.files import read_game
    from games.formats.suffixes import READERS

    claims = read_claims(path, case.models)
    document = tomllib.loads(path.read_text("utf-8-sig"))
    for fields in document["claims"].values():
        for model in (fields["model"], *fields.get("also", ())):
            if Path(model).suffix.lower() in READERS:
                beside = path.parent / model
                places[read_game(beside).name] = (str(beside),)
    return claims
