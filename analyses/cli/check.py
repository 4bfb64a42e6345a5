"""``parley check``: whether claims hold."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyses.cli.answers import print_answer
from analyses.cli.expecting import differences, expected
from analyses.cli.finding import find_case
from analyses.cli.options import KINDS, Once, add_case, add_time_limit, add_words_format, seconds
from analyses.cli.out import add_out, check_out, print_files, write_out
from analyses.cli.terminal import LOUDNESS, cores, progress, say
from games.errors import InputError, listed, quoted
from games.exact import amount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analyses.arguments import Argument, Case
    from analyses.claims import Claim
    from analyses.cli.options import Commands
    from analyses.ledger import Ledger


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser("check", help="whether claims hold: proved, refuted at exact payoffs, or unsettled")
    command.add_argument(
        "claims",
        metavar="CLAIM",
        nargs="*",
        help="an argument of the case such as A2, one of its claims such as A2-bare, a .toml file of claims, or a file "
        "of a game: the claims in it, and those about it in files beside it",
    )
    command.add_argument("--all", action="store_true", help="every claim of the case")
    add_case(command)
    add_time_limit(command)
    add_out(command, "the verdicts")
    add_words_format(command)
    command.add_argument(
        "--expect",
        metavar="VERDICT|FILE",
        action=Once,
        help="exit with 1, and a line for each difference, where a verdict is not this: proved, refuted or unsettled, "
        "or what a file says for each claim (.json as this command prints it, or claim = verdict in .toml or .json)",
    )
    command.add_argument("--why", action="store_true", help="tell the argument behind each verdict in words")
    command.add_argument(
        "--cross-check", action="store_true", help="ask a second solver, cvc5, about what has no certificate"
    )
    command.add_argument(
        "--certificates", metavar="DIR", action=Once, help="write a certificate of each verdict into this folder"
    )
    command.add_argument(
        "--smtlib", metavar="DIR", action=Once, help="write the questions asked, in SMT-LIB 2, into this folder"
    )
    command.add_argument("--store-proofs", action="store_true", help=argparse.SUPPRESS)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prints the ledger of the claims that are asked for, and writes what else is asked for.

    Returns 1 if a verdict differs from what was expected, else 0.
    """
    from analyses.certificates.backing import Wanted
    from analyses.certificates.second_solver import check_installed
    from analyses.ledger import ledger
    from games.solvers.limits import interruptible

    check_out(given)
    for folder in (given.certificates, given.smtlib):
        if folder is not None:
            _check_folder(folder)
    if given.cross_check:
        check_installed()
    case = find_case(given.case)
    if given.store_proofs:
        _store_proofs(case)
        return 0
    places: dict[str, tuple[str, ...]] = {}
    asked = _asked(given, case, places)
    wanted = None if given.expect is None else _expected(given.expect, asked, case)
    say(f"checking {amount(len(_claims(asked)), 'claim')}")
    with interruptible():
        found = ledger(
            asked,
            seconds(given.time_limit),
            progress("checking"),
            search=True,
            case=case,
            places=places,
            processes=cores(),
            wanted=Wanted(
                anew=True,
                certificates=given.why or given.certificates is not None,
                second=given.cross_check,
                argument=given.why,
            ),
        )
    if given.smtlib is not None:
        _write_questions(asked, given.smtlib)
    if given.certificates is not None:
        _write_certificates(found, given.certificates)
    write_out(given, found.table)
    differing = [] if wanted is None else differences(found, wanted)
    if given.format == "json":
        _print_answer(given, found, differing)
    else:
        _print_words(given, found, differing)
    return 1 if differing else 0


def _claims(asked: "Sequence[Argument | Claim]") -> "list[Claim]":
    from analyses.arguments import Argument

    return [claim for each in asked for claim in (each.claims if isinstance(each, Argument) else (each,))]


def _expected(given: str, asked: "Sequence[Argument | Claim]", case: "Case") -> dict[str, str]:
    """What is expected of each claim asked for, by the name that its entry in the ledger has."""
    from analyses.arguments import Argument

    several = [[s.id for s in each.statements] if isinstance(each, Argument) else [each.name] for each in asked]
    ids = [id for own in several for id in own]
    return expected(given, ids, [statement.id for statement in case.statements])


def _print_answer(given: argparse.Namespace, found: "Ledger", differing: list[dict[str, str]]) -> None:
    entries = found.as_json()
    seconds = {entry["id"]: entry.pop("seconds") for entry in entries}
    told = {"summary": found.counts, "claims": entries}
    if given.expect is not None:
        told["differences"] = differing
    print_answer(given, told, seconds={"claims": seconds})


def _print_words(given: argparse.Namespace, found: "Ledger", differing: list[dict[str, str]]) -> None:
    """The ledger; where everything is asked for, a line for each claim alone."""
    if given.all and not given.why and LOUDNESS.get() != "verbose":
        width = max((len(entry.id) for entry in found.entries), default=0)
        for entry in found.entries:
            print(f"{entry.word.upper():9}  {entry.id:{width}}  {entry.title}")
        print(f"\n{found.summary}\nparley check CLAIM tells what a verdict rests on; --verbose tells it of all.")
    else:
        print(found)
    print_files(given)
    for each in differing:
        print(f"differs: {each['claim']} is {each['found']}, expected was {each['expected']}")


def _asked(given: argparse.Namespace, case: "Case", places: dict[str, tuple[str, ...]]) -> list[Any]:
    """The arguments and claims that are meant; ``places`` is told where the games are that lie beside a file."""
    files = [name for name in given.claims if Path(name).suffix.lower()[1:] in KINDS]
    names = [name for name in given.claims if name not in files]
    if given.all and names:
        raise InputError(f"--all is every claim, {quoted(names[0])} among them; leave one of the two out")
    if not given.all and not given.claims:
        listing = listed(argument.id for argument in case.arguments)
        raise InputError(f"name a claim, a file of claims, or --all; the arguments of the case are {listing}")
    asked: list[Any] = list(case.arguments if given.all else case.named(*names))
    owner = {claim.name: "the case" for argument in asked for claim in argument.claims}
    for name in files:
        claims = _claims_in(Path(name), case, places)
        if twice := [claim.name for claim in claims if claim.name in owner]:
            where = f"in {owner[twice[0]]} and in {quoted(name)}; rename one, or check them one by one"
            raise InputError(f"two claims are called {quoted(twice[0])}, {where}")
        owner.update(dict.fromkeys((claim.name for claim in claims), quoted(name)))
        asked += claims
    return asked


def _check_folder(given: str) -> None:
    from analyses.writing import check_folder

    if not given.strip():
        raise InputError("the folder to write into is blank; name one")
    check_folder(Path(given))


def _write_questions(asked: "Sequence[Argument | Claim]", folder: str) -> None:
    """Writes the questions that the verdicts answer, each into a file."""
    from analyses.certificates.smtlib import files
    from analyses.writing import write_files

    write_files(Path(folder), files(_claims(asked)))


def _write_certificates(found: "Ledger", folder: str) -> None:
    """Writes the certificates that there are, each into a file."""
    from analyses.certificates.smtlib import file_names
    from analyses.certificates.stored import compressed
    from analyses.writing import write_files

    documents = [(e.claim, e.backed.certificate) for e in found.entries if e.backed is not None]
    names = file_names([claim.name for claim, _ in documents], ".json.gz")
    texts = {name: document for name, (_, document) in zip(names, documents, strict=True) if document is not None}
    write_files(Path(folder), {name: compressed(document) for name, document in texts.items()})


def _store_proofs(case: "Case") -> None:
    """Proves all claims of the case anew, and stores what shows them with it."""
    from analyses.certificates.stored import store

    if case.proofs is None:
        raise InputError("this case has no folder for stored proofs")
    claims = [statement.claim for statement in case.statements]
    missing = store(progress("proving")(claims), case.proofs)
    for name, because in missing.items():
        print(f"{name}: no certificate: {because}")
    print(f"{len(claims) - len(missing)} of {len(claims)} claims have a certificate")


def _claims_in(path: Path, case: "Case", places: dict[str, tuple[str, ...]]) -> "tuple[Claim, ...]":
    """The claims in a file, or about the game in it; ``places`` is told where the games are that lie beside it."""
    from analyses.claims.documents import written_claims
    from analyses.claims.of_game import claims_of_game, holds_game

    found = claims_of_game(path, case.models) if holds_game(path) else written_claims(path, case.models)
    if not found.claims:
        raise InputError(
            f"{quoted(str(path))} has a game and no claims, and no file beside it has any about it; write for example "
            "[claims.first] at its end (docs/claims.md)"
        )
    places.update(found.places)
    return found.claims
