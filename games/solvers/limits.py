"""When a long solution must stop: a time limit, or an interruption by the user; and how far it is.

A solver that may run long asks `expired` now and then, saying how far it is, and if so returns what it has, marked as
not complete. Nothing is stopped from outside, so no answer is ever half-made.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from fractions import Fraction
from time import monotonic

from games.errors import InputError, quoted
from games.exact import brief

STOPPED = "the search was stopped before its end; there may be more"
"""The remark of an answer that is cut short."""


class OutOfTimeError(Exception):
    """Raised where a computation that has no part of an answer was stopped; its caller catches it."""


def unless_expired() -> None:
    """Raises `OutOfTimeError` once the time is up, or the user has asked to stop."""
    if expired():
        raise OutOfTimeError


LONGEST = 10**9
"""The longest time limit, in seconds."""

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)
_interrupted: ContextVar[Callable[[], bool] | None] = ContextVar("interrupted", default=None)
_observer: ContextVar[Callable[[str], None] | None] = ContextVar("observer", default=None)


def interrupted() -> bool:
    """Whether the user has asked to stop."""
    asked = _interrupted.get()
    return asked is not None and asked()


def why_stopped() -> str:
    """Why a search did not come to its end, once it has `expired`."""
    return "it was interrupted" if interrupted() else "the time was up"


def expired(progress: str = "") -> bool:
    """Whether the time is up, or the user has asked to stop. ``progress`` says in a few words how far the search is."""
    observer = _observer.get()
    if observer is not None and progress:
        observer(progress)
    if interrupted():
        return True
    deadline = _deadline.get()
    return deadline is not None and monotonic() > deadline


def check_limit(seconds: object) -> None:
    """Raises `InputError` for what is no time limit."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float | Fraction):
        raise InputError(f"the time limit is {quoted(seconds)}; give a number of seconds, such as 10 or 0.5")
    if not 0 < seconds <= LONGEST:
        shown = brief(seconds) if isinstance(seconds, Fraction) else seconds
        raise InputError(f"the time limit is {shown} seconds; it must be more than 0 and at most {LONGEST:,}")


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Within it, `expired` turns true after that many seconds; None leaves the limit that there is, if any."""
    if seconds is None:
        yield
        return
    check_limit(seconds)
    token = _deadline.set(monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


@contextmanager
def anew(seconds: float | None) -> Iterator[None]:
    """Within it the time starts anew, and an earlier wish to stop is heard no more: for telling what a search found."""
    with stopped_by(lambda: False) if interrupted() else nullcontext(), time_limit(seconds):
        yield


@contextmanager
def uncounted() -> Iterator[None]:
    """What happens within it takes nothing off the time left: for a library's first compilation, not for solving."""
    started = monotonic()
    try:
        yield
    finally:
        deadline = _deadline.get()
        if deadline is not None:
            _deadline.set(deadline + monotonic() - started)


def remaining() -> float:
    """The seconds left until the deadline, at least a moment; infinity without one."""
    deadline = _deadline.get()
    return float("inf") if deadline is None else max(deadline - monotonic(), 0.001)


@contextmanager
def observed(observer: Callable[[str], None]) -> Iterator[None]:
    """Within it, ``observer`` is told how far a search is."""
    token = _observer.set(observer)
    try:
        yield
    finally:
        _observer.reset(token)


@contextmanager
def interruptible() -> Iterator[None]:
    """Within it, the first Ctrl-C makes `expired` true instead of raising; the second raises as usual."""
    import signal

    asked = [False]

    def ask(_number: int, _frame: object) -> None:
        if asked[0]:
            raise KeyboardInterrupt
        asked[0] = True

    before = signal.signal(signal.SIGINT, ask)
    try:
        with stopped_by(lambda: asked[0]):
            yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def stopped_by(asked: Callable[[], bool]) -> Iterator[None]:
    """Within it, `expired` turns true once ``asked`` says that the user wants to stop."""
    token = _interrupted.set(asked)
    try:
        yield
    finally:
        _interrupted.reset(token)
