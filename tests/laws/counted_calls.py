"""A clock that counts function calls instead of seconds, so that a test of time limits does not hang on the machine.

A search that has not ended so many calls after its limit is ended, and shown where it was.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from games.solvers import limits

LIMITS = (1, 20_000, pytest.param(400_000, marks=pytest.mark.long))
"""After so many calls the time is up: at once, early, and late."""

LATE = 600_000
"""So many calls later every answer must have come; about half a second, untraced."""


class LateError(AssertionError):
    """Raised within a search that goes on after its limit."""


class Clock:
    """Calls of functions since it was made; `LateError` once they exceed ``most``."""

    def __init__(self, most: int) -> None:
        self.calls = 0
        self.most = most

    def __call__(self) -> float:
        return float(self.calls)

    def count(self, frame: FrameType, event: str, _argument: object) -> None:
        if event in ("call", "c_call"):
            self.calls += 1
            if self.calls > self.most:
                sys.setprofile(None)
                raise LateError(" ← ".join(_places(frame)))


def _places(frame: FrameType | None) -> Iterator[str]:
    """Where in the package the search was, the innermost function first."""
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        if name.startswith(("games.", "analyses.")):
            yield f"{name.rpartition('.')[2]}.{frame.f_code.co_name}"
        frame = frame.f_back


@contextmanager
def counted(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(limits, "monotonic", clock)
    before = sys.getprofile()
    sys.setprofile(clock.count)
    try:
        yield
    finally:
        sys.setprofile(before)
