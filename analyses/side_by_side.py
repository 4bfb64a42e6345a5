"""The same work on many things in several processes, which stop together.

Each process is told how much time is left, and that the user wants to stop; nothing is ended from outside, so that
every answer is whole, and no process outlives the one that asked.
"""

import pickle
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.context import SpawnContext
from time import monotonic
from typing import Any, TypeVar

from games.errors import InputError
from games.solvers.limits import interrupted, remaining, stopped_by, time_limit

Task = TypeVar("Task")
Result = TypeVar("Result")

GLANCE = 0.1
"""Seconds between two looks at whether the user wants to stop."""

_stop: Any = None
"""In a process that works for another one: the event that tells it to stop."""


def side_by_side(
    work: Callable[[Task], Result], tasks: Sequence[Task], processes: int
) -> Generator[Result, None, None]:
    """What ``work`` makes of each task, in their order; with one process nothing is started.

    What cannot be pickled, such as a task with a function in it that has no name, is done by this process, too. Within
    ``work`` the time limit and Ctrl-C are those of the caller. Raises `InputError` where a process is ended from
    outside.
    """
    context = get_context("spawn")
    stop = _event(context) if processes > 1 and len(tasks) > 1 and _can_be_sent(work, *tasks) else None
    if stop is None:
        yield from map(work, tasks)
        return
    deadline = monotonic() + remaining()
    executor = ProcessPoolExecutor(min(processes, len(tasks)), context, _begin, (stop,))
    try:
        with _no_interruption():
            # Before any is started, so that none gets a signal that is meant for this process.
            waiting = [executor.submit(_within, work, task, deadline) for task in tasks]
        for each in waiting:
            while not wait([each], GLANCE).done:
                if interrupted():
                    stop.set()
            yield each.result()
    except BrokenProcessPool:
        raise InputError(
            "a process that was to help has been ended from outside, perhaps for lack of memory; ask for less at a time"
        ) from None
    finally:
        stop.set()
        executor.shutdown(cancel_futures=True)


def _can_be_sent(*things: Any) -> bool:
    try:
        pickle.dumps(things)
    except (pickle.PicklingError, AttributeError, TypeError):
        return False
    return True


def _event(context: SpawnContext) -> Any:
    """None where the system has nothing that several processes could share."""
    try:
        return context.Event()
    except (ImportError, OSError):
        return None


def _begin(stop: Any) -> None:
    global _stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _stop = stop


def _within(work: Callable[[Task], Result], task: Task, deadline: float) -> Result:
    left = deadline - monotonic()
    with time_limit(max(left, 1e-9) if left < float("inf") else None), stopped_by(_stop.is_set):
        return work(task)


@contextmanager
def _no_interruption() -> Iterator[None]:
    """Within it, Ctrl-C waits; processes started within it do not get it at all, where the system knows of that."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
