"""Every analysis looks at the clock at least once every so many of its own steps, and stops at its next look.

The clock counts function calls instead of seconds: `laws.counted_calls`. The claims are those of the case that take the
longest.
"""

from collections.abc import Callable
from typing import Any

import pytest

from analyses.claims import (
    Claim,
    check,
    compatible,
    flip_distance,
    hidden_premises,
    needed_premises,
    revealed,
    share,
)
from analyses.commentary import CASE
from games import InputError
from games.catalog import load
from laws.counted_calls import LATE, LIMITS, Clock, counted

CLAIMS = {claim.name: claim for argument in CASE.arguments for claim in argument.claims}
HEAVY = ("A10-closed", "A2-wanted", "A5-firm", "A6-insecure", "A8-milder-strict", "A6-undeterred")

ASKED: dict[str, Callable[[Claim, float], Any]] = {
    "check": check,
    "share": lambda claim, limit: share(claim, seconds=limit),
    "share, drawn": lambda claim, limit: share(claim, seconds=limit, exact=False, samples=2_000),
    "hidden premises": hidden_premises,
    "needed premises": needed_premises,
    "flip distance": lambda claim, limit: flip_distance(claim, seconds=limit),
    "compatible": lambda claim, limit: compatible(
        [claim, *(CLAIMS[name] for name in HEAVY if CLAIMS[name] is not claim)], limit
    ),
}


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """What is imported or compiled at its first use is not the analysis's time."""
    claim = CLAIMS["A2-only-full"]
    for ask in ASKED.values():
        try:
            ask(claim, 5)
        except InputError:
            continue


@pytest.mark.untraced
@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("name", HEAVY)
def test_it_stops_at_its_next_look(name: str, asked: str, limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(limit + LATE)
    try:
        with counted(clock, monkeypatch):
            answer = ASKED[asked](CLAIMS[name], limit)
    except InputError:
        return
    print(name, asked, limit, clock.calls, answer)


@pytest.mark.untraced
@pytest.mark.parametrize("limit", LIMITS)
def test_what_observed_play_reveals_stops_at_its_next_look(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    model = load("sanction-retaliation")
    observed = next(iter(model.game.outcomes))
    clock = Clock(limit + LATE)
    with counted(clock, monkeypatch):
        revealed(model, observed, seconds=limit)
