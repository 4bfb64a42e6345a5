"""``parley sweep``: what is played at many points of the parameters, and what it hangs on."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyses.cli.finding import find_model
from analyses.cli.options import (
    Once,
    add_format,
    add_game,
    add_premises,
    add_time_limit,
    add_values,
    assigned,
    premises_of,
    seconds,
)
from analyses.cli.terminal import cores, counter, observer, print_json
from games.errors import InputError, quoted

if TYPE_CHECKING:
    from analyses.cli.options import Commands
    from analyses.importance import Importance
    from analyses.sweeps import LongSweep, Sweep
    from games.model import Model


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser(
        "sweep", help="the set of equilibria at many points of the parameters, and which parameters decide it"
    )
    add_game(command)
    command.add_argument(
        "--free",
        metavar="NAMES",
        action=Once,
        help="the parameters that move, such as beta,h_F; by default all that have a range and no value",
    )
    add_values(command)
    add_premises(command)
    command.add_argument(
        "--concept", metavar="NAME", action=Once, help="the solution concept, by default that of the game's form"
    )
    command.add_argument(
        "--design",
        metavar="NAME",
        action=Once,
        help="how points are laid: sobol, latin, grid or random; by default sobol, or random where premises ask for it",
    )
    command.add_argument(
        "--samples",
        metavar="N",
        action=Once,
        help="how many points (default: 4096), or pairs of points for --importance (default: 1024)",
    )
    command.add_argument("--seed", metavar="S", action=Once, help="the seed of what is drawn (default: 0)")
    command.add_argument(
        "--importance", action="store_true", help="which parameter decides what is played, by indices with intervals"
    )
    command.add_argument(
        "--out",
        metavar="PLACE",
        action=Once,
        help="write every point (or index) into this file, FILE.csv; any other name is a folder, into which a sweep of "
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
    if given.out is not None and not given.importance and Path(given.out).suffix.lower() != ".csv":
        _run_in_shards(given)
    else:
        _run_at_once(given)


def _run_at_once(given: argparse.Namespace) -> None:
    from analyses.writing import check_file
    from games.solvers.limits import interruptible, observed

    for flag in ("workers", "cluster", "resume"):
        if getattr(given, flag):
            raise InputError(f"--{flag} is for a sweep in shards; name a folder with --out, such as --out my_sweep")
    if given.out is not None:
        check_file(given.out)
    model, asked = _asked(given)
    with interruptible(), observed(observer()):
        found = _found(model, given.importance, asked)
    place = None if given.out is None else found.to_csv(given.out)
    _print(found, given)
    if place is not None and given.format != "json":
        print(f"\n{place}")


def _print(found: "Sweep | LongSweep | Importance", given: argparse.Namespace) -> None:
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
    model, asked = _asked(given)
    asked["workers"] = cores() if given.workers is None else _whole(given.workers, "--workers")
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


def _asked(given: argparse.Namespace) -> "tuple[Model, dict[str, Any]]":
    """The model, and what is to be swept."""
    model = find_model(given.game, given.case)
    asked: dict[str, Any] = {
        "names": given.free,
        "values": assigned(given.values),
        "premises": premises_of(given.premises, model),
        "concept": given.concept,
        "design": given.design,
        "seed": 0 if given.seed is None else _whole(given.seed, "--seed"),
    }
    if given.samples is not None:
        asked["samples"] = _whole(given.samples, "--samples")
    limit = seconds(given.time_limit)
    if limit is not None:
        asked["seconds"] = limit
    return model, asked


def _found(model: "Model", is_weighed: bool, asked: dict[str, Any]) -> "Sweep | Importance":
    if is_weighed:
        from analyses.importance import importance

        return importance(model, **asked)
    from analyses.sweeps import sweep

    return sweep(model, **asked)


def _whole(given: str, flag: str) -> int:
    if not given.strip().isdecimal() or len(given) > 12:
        raise InputError(f"{flag} is {quoted(given)}; give a whole number such as 1000")
    return int(given)
