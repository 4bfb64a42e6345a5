"""``parley verify``: whether certificates show what they say."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyses.cli.answers import print_answer
from analyses.cli.options import add_words_format
from games.errors import InputError, quoted

if TYPE_CHECKING:
    from analyses.certificates.verify import NotAccepted, Verified
    from analyses.cli.options import Commands

ALONE = "The checker needs nothing else: copy it, and run python3 -I -S verify.py FILE…"


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser(
        "verify",
        help="whether certificates, files that prove or refute a claim, show what they say",
        epilog=f"{ALONE}. It lies at {Path(__file__).parents[1] / 'certificates' / 'verify.py'}",
    )
    command.add_argument("certificates", metavar="FILE", nargs="+", help="a certificate, .json or .json.gz")
    add_words_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Prints a line for each file; returns 1 if one is not accepted, else 0."""
    from analyses.certificates import verify

    names = dict.fromkeys(given.certificates)
    for name in names:
        check_readable(name)
    results = {name: verify.check_file(name) for name in names}
    accepted = sum(isinstance(found, verify.Verified) for found in results.values())
    if given.format == "json":
        told = [_as_json(name, found) for name, found in results.items()]
        print_answer(given, {"accepted": accepted, "certificates": told})
    else:
        for name, found in results.items():
            print(f"{name}: {_in_words(found)}")
        print(f"{accepted} of {len(results)} accepted. {ALONE} (it lies at {verify.__file__}).")
    return 0 if accepted == len(results) else 1


def check_readable(name: str) -> None:
    """Raises `InputError` for what is no file, or one that nobody may read: that is no verdict about a certificate."""
    try:
        with Path(name).open("rb"):
            pass
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name has a null byte"
        raise InputError(f"{quoted(name)} cannot be read: {why}; name a certificate, .json or .json.gz") from None


def _as_json(name: str, found: "Verified | NotAccepted") -> dict[str, Any]:
    return {"file": name, "accepted": hasattr(found, "verdict"), **asdict(found)}


def _in_words(found: "Verified | NotAccepted") -> str:
    from analyses.certificates.verify import Verified

    if isinstance(found, Verified):
        return f"accepted: {found.says}"
    return f"not accepted: {found.why} (at {found.place})"
