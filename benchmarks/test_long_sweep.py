"""Ten million points of a tree of 25 outcomes and 21 parameters, settled and written, beside the solver point by point.

Seconds of the processor are those of all processes together, what is done once, as loading libraries, included. The
solver lists the equilibria of some of the same points, as `parley solve` does, and is extrapolated to all of them.
"""

import resource
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

from analyses.sweeps import long_sweep
from games import solve
from games.catalog import load

GAME = "sanction-retaliation"
POINTS = 10_000_000
SOLVED = 500
WANTED = 100
"""The least ratio wanted."""


def test_ten_million_points(tmp_path: Path) -> None:
    out, started = tmp_path / "sweep", time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = ["sweep", GAME, "--samples", str(POINTS), "--out", str(out), "--workers", "2"]
    subprocess.run([sys.executable, "-m", "analyses", *command], check=True, stdout=subprocess.DEVNULL)
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    size = sum(file.stat().st_size for file in out.iterdir())
    some = long_sweep(load(GAME), out=tmp_path / "some", samples=SOLVED).to_frame()
    points = some[[p.name for p in load(GAME).parameters]].to_dict("records")
    one_by_one = point_by_point(points)
    print(
        f"\n{POINTS:,} points of {GAME}: {seconds:.0f} s by the clock in two processes, {worked:.0f} s of processors "
        f"({1e6 * worked / POINTS:.1f} µs a point), {after.ru_maxrss / 2**10:.0f} MB in the largest process, "
        f"{size / 2**30:.2f} GB written; the solver one by one {1e3 * one_by_one:.2f} ms a point, "
        f"{one_by_one * POINTS / worked:,.0f}× as long (wanted: {WANTED}×)"
    )
    assert sum(1 for _ in out.glob("*.parquet")) == -(-POINTS // 2**15)


def point_by_point(points: list[dict[str, float]]) -> float:
    """Seconds of the processor for one point."""
    model = load(GAME)
    exact = [{name: Fraction(value) for name, value in point.items()} for point in points]
    started = time.process_time()
    for values in exact:
        solve(model.at(**values))
    return (time.process_time() - started) / len(points)
