"""Run as a process of its own: questions in nonlinear arithmetic, one after the other, until there are no more.

A question is a line of JSON: a text in SMT-LIB, the names whose values are wanted, how many steps it may take, to how
many places an irrational value is told, and the names of which it is asked, too, whether they can have other values.
Each is asked in a world of its own, so that no answer depends on those before. The solver does not survive being taken
apart after it was stopped on the way: whatever it had is kept, and once that is much the answer says that the process
is to be replaced.
Single steps with huge numbers may take any time: mostly they take memory, too, which is limited, and where they do not,
the process gives up after some minutes. It ends with the one that asks, however that ends.
"""

import json
import os
import sys
from pathlib import Path
from threading import Thread
from time import process_time, sleep
from typing import Any

MOST_MEMORY = 2**30
"""The most memory in bytes; a question that needs more has no answer."""

MOST_KEPT = 3 * 10**8
"""The memory in bytes after which the process is to be replaced."""

LONGEST = 300.0
"""The most seconds of the processor for one question; those that end within their steps take some seconds at most."""

WATCH = 1.0
"""Seconds between two looks at whether anybody is waiting for an answer."""

FEW = 25
"""How many stopped questions are kept where the memory in use is not known."""


def main() -> None:
    """Answers what comes in on the standard input, as long as there is any."""
    import z3

    _limit_memory()
    begun = [process_time()]
    Thread(target=_watch, args=(os.getppid(), begun), daemon=True).start()
    kept: list[Any] = []
    for line in sys.stdin.buffer:
        begun[0] = process_time()
        answer = _answer(z3, kept, *json.loads(line))
        print(json.dumps([*answer, _has_kept_much(kept)]), flush=True)


def _watch(asking: int, begun: list[float]) -> None:
    """Ends the process once the one that started it is gone, or a question takes too long."""
    while os.getppid() == asking and process_time() - begun[0] < LONGEST:
        sleep(WATCH)
    os._exit(1)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return  # Where there is no such limit, only the user's patience is one.
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _has_kept_much(kept: list[Any]) -> bool:
    """By the memory in use now; what the system counts as the most so far begins with that of the caller."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return len(kept) > FEW
    return pages * os.sysconf("SC_PAGE_SIZE") > MOST_KEPT


def _answer(
    z3: Any, kept: list[Any], text: str, names: list[str], steps: int, decimals: int, apart: list[str]
) -> tuple[bool | None, dict[str, str], bool | None]:
    """Whether it can be satisfied, the values, and whether it can be with other values of the names ``apart``.

    Values are text: fractions, or decimals that end with a question mark.
    """
    context = z3.Context()
    solver = z3.SolverFor("QF_NRA", ctx=context)
    kept.append((context, solver))
    try:
        solver.add(z3.parse_smt2_string(text, ctx=context))
        solver.set("rlimit", steps)
        found = _said(z3, solver.check())
        if not found:
            if found is False:
                kept.pop()
            return found, {}, None
        model = solver.model()
        values = {name: model.eval(z3.Real(name, context), model_completion=True) for name in names}
        told = {name: shown for name, value in values.items() if (shown := _shown(z3, value, decimals))}
        others = None
        if apart:
            solver.add(z3.Or([z3.Real(name, context) != values[name] for name in apart]))
            others = _said(z3, solver.check())
    except (z3.Z3Exception, MemoryError):
        return None, {}, None
    if not apart or others is not None:
        kept.pop()
    return True, told, others


def _said(z3: Any, answer: Any) -> bool | None:
    return None if answer == z3.unknown else bool(answer == z3.sat)


def _shown(z3: Any, value: Any, decimals: int) -> str:
    """A fraction, a decimal that ends with a question mark, or nothing where it is no number."""
    if z3.is_rational_value(value):
        return str(value.as_string())
    return f"{value.approx(decimals).as_string()}?" if z3.is_algebraic_value(value) else ""


if __name__ == "__main__":
    main()
