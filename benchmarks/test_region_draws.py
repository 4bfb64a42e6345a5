"""100,000 exact draws of each of the two models of the case: the solved trees against the closed forms."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

DRAWS = 100_000
SCRIPT = Path(__file__).with_name("region_draws.py")


@pytest.mark.parametrize("model", ["retaliation", "partition"])
def test_no_draw_differs_from_the_closed_forms(model: str) -> None:
    workers = os.cpu_count() or 1
    shares = [DRAWS // workers + (k < DRAWS % workers) for k in range(workers)]
    started = time.perf_counter()
    running = [
        subprocess.Popen([sys.executable, str(SCRIPT), model, str(share), str(seed)], stdout=subprocess.PIPE, text=True)
        for seed, share in enumerate(shares)
    ]
    results = []
    for worker in running:
        printed, _ = worker.communicate()
        assert worker.returncode == 0
        results.append(json.loads(printed))
    seconds = time.perf_counter() - started
    total = {key: sum(result[key] for result in results) for key in results[0]}
    print(
        f"\n{model}: {total['draws']:,} draws, {total['statements']:,} statements, {total['mismatches']} mismatches, "
        f"{seconds:.0f} s in {workers} processes, {1e3 * seconds * workers / total['draws']:.2f} ms a draw"
    )
    assert (total["draws"], total["mismatches"]) == (DRAWS, 0)
