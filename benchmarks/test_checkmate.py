"""The verdicts that CheckMate's authors publish for their examples, and how long each takes here.

CheckMate's own time on these files is 0.015 to 0.7 seconds. PARLEY_CHECKMATE names another folder with such files.
"""

import os
import time
from pathlib import Path
from runpy import run_path

import pytest

from analyses.claims import Proved, Refuted, check

HERE = Path(__file__).parent
FOLDER = Path(os.environ.get("PARLEY_CHECKMATE", HERE / "checkmate"))
claims = run_path(str(HERE / "checkmate_trees.py"))["claims"]

PROVED = {
    "market_entry_game": {"e, i"},
    "closing_game-simplified": {"C_h, S"},
    "running_example": set(),
    "splits_cr": {"n"},
    "splits_wi": {"q"},
    "routing_game-simplified": {"S_H, L, L, L, L, U, U, U, U"},
    "pirate_game": set(),
}
"""The paths that are always the outcome of some equilibrium; the others that a file asks about are not."""

ONE_PATH = 2.0
PIRATES = 10.0
"""The most seconds for one verdict, and for all forty of the pirate game."""


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.json")), ids=lambda file: file.stem)
def test_every_published_verdict_comes_back(file: Path) -> None:
    total = 0.0
    for claim in claims(file):
        started = time.perf_counter()
        verdict = check(claim)
        seconds = time.perf_counter() - started
        total += seconds
        print(f"\n{file.stem}: {claim.name}: {verdict.verdict} in {seconds:.2f} s", end="")
        if file.stem in PROVED:
            assert isinstance(verdict, Proved if claim.name in PROVED[file.stem] else Refuted), verdict
        assert seconds < ONE_PATH
    print(f"\n{file.stem}: {total:.2f} s")
    assert total < PIRATES
