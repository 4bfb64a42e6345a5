"""``parley sweep``: what is played at many points of the parameters."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from analyses.cli.answers import print_answer
from analyses.cli.finding import find_model
from analyses.cli.options import (
    Once,
    add_format,
    add_game,
    add_points,
    add_time_limit,
    points_asked,
    whole_number,
)
from analyses.cli.out import FIGURES, TABLES, check_kind, check_out, print_files, write_out
from analyses.cli.terminal import cores, counter, observer
from games.errors import InputError

if TYPE_CHECKING:
    from analyses.cli.options import Commands
    from analyses.sweeps import LongSweep, Sweep


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser("sweep", help="the set of equilibria at each of many points of the parameters")
    add_game(command)
    add_points(command, "how many points (default: 4096)")
    command.add_argument(
        "--out",
        metavar="PLACE",
        action=Once,
        help=f"write every point into this file, as its name ends ({', '.join(TABLES)}); any other name is a "
        "folder, into which a sweep of any length goes in shards, as Parquet files",
    )
    command.add_argument(
        "--workers", metavar="K", action=Once, help="how many processes make the shards (default: one a processor)"
    )
    command.add_argument(
        "--cluster",
        metavar="ADDRESS",
        action=Once,
        help="make the shards on a cluster of Dask, such as tcp://127.0.0.1:8786; encrypted for tls://…, with the keys "
        "that Dask's own configuration names (distributed.comm.tls)",
    )
    command.add_argument(
        "--resume", action="store_true", help="go on in a folder that has some of the sweep's shards already"
    )
    command.set_defaults(out_kinds=TABLES)
    add_time_limit(command)
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints what was found, and writes the file, or the shards."""
    suffix = "" if given.out is None else Path(given.out).suffix.lower()
    if suffix in FIGURES:
        check_kind(given.out, TABLES)
    if given.out is not None and suffix not in TABLES:
        _run_in_shards(given)
    else:
        _run_at_once(given)


def _run_at_once(given: argparse.Namespace) -> None:
    from analyses.sweeps import sweep
    from games.solvers.limits import interruptible, observed

    for flag in ("workers", "cluster", "resume"):
        if getattr(given, flag):
            raise InputError(f"--{flag} is for a sweep in shards; name a folder with --out, such as --out my_sweep")
    check_out(given)
    model = find_model(given.game, given.case, given.kind)
    asked = points_asked(given, model)
    with interruptible(), observed(observer()):
        found = sweep(model, **asked)
    write_out(given, found.csv)
    _print(found, given)


def _print(found: "Sweep | LongSweep", given: argparse.Namespace) -> None:
    if given.format == "json":
        print_answer(given, found.as_json(), found.model)
        return
    print(found)
    print()
    print(found.table())
    print_files(given)


def _run_in_shards(given: argparse.Namespace) -> None:
    from analyses.sweeps import long_sweep
    from games.solvers.limits import interruptible

    if given.workers is not None and given.cluster is not None:
        raise InputError("--workers and --cluster are given; give one of them")
    model = find_model(given.game, given.case, given.kind)
    asked = points_asked(given, model)
    asked["workers"] = cores() if given.workers is None else whole_number(given.workers, "--workers")
    with interruptible(), counter("settling") as tell:
        found = long_sweep(model, out=given.out, cluster=given.cluster, resume=given.resume, observe=tell, **asked)
    given.files.append(found.folder)
    _print(found, given)
    if found.failed:
        raise InputError(
            f"{len(found.failed):,} of {found.specification.shards:,} shards failed, the rest is finished; first: "
            f"{found.failures[0]}; see {found.manifest}, and try them again with --resume"
        )
