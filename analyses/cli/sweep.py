"""``parley sweep``: what is played at many points of the parameters."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

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
from analyses.cli.terminal import cores, counter, observer, print_json
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
        help="write every point into this file, FILE.csv; any other name is a folder, into which a sweep of "
        "any length goes in shards, as Parquet files",
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
    add_time_limit(command)
    add_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Prints what was found, and writes the file, or the shards."""
    if given.out is not None and Path(given.out).suffix.lower() != ".csv":
        _run_in_shards(given)
    else:
        _run_at_once(given)


def _run_at_once(given: argparse.Namespace) -> None:
    from analyses.sweeps import sweep
    from analyses.writing import check_file
    from games.solvers.limits import interruptible, observed

    for flag in ("workers", "cluster", "resume"):
        if getattr(given, flag):
            raise InputError(f"--{flag} is for a sweep in shards; name a folder with --out, such as --out my_sweep")
    if given.out is not None:
        check_file(given.out)
    model = find_model(given.game, given.case, given.kind)
    asked = points_asked(given, model)
    with interruptible(), observed(observer()):
        found = sweep(model, **asked)
    place = None if given.out is None else found.to_csv(given.out)
    _print(found, given)
    if place is not None and given.format != "json":
        print(f"\n{place}")


def _print(found: "Sweep | LongSweep", given: argparse.Namespace) -> None:
    if given.format == "json":
        print_json(found.as_json())
        return
    print(found)
    print()
    print(found.table())


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
    _print(found, given)
    if given.format != "json":
        print(f"\n{found.folder}")
    if found.failed:
        raise InputError(
            f"{len(found.failed):,} of {found.specification.shards:,} shards failed, the rest is finished; first: "
            f"{found.failures[0]}; see {found.manifest}, and try them again with --resume"
        )
