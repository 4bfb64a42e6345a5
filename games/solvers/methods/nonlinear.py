"""Nonlinear arithmetic (Jovanović & de Moura 2012), asked of a process of its own.

What goes wrong inside the solver, and its library does not survive being stopped in the middle, then takes nothing else
down with it, and a question is stopped by ending the process.
"""

import json
import os
import subprocess
import sys
from atexit import register
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

from games.solvers.limits import expired

GLANCE = 0.02
"""Seconds between two looks at whether to stop."""

DECIMALS = 12
"""How many places of an irrational value are told unless more are asked for."""

Found = tuple[bool | None, dict[str, str]]
"""Whether it can be satisfied, and values."""

Answer = tuple[bool | None, dict[str, str], bool | None, bool]
"""The same, whether it can be with other values, and whether the process is to be replaced."""


class _Process:
    """A process that answers one question at a time."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        # In a session of its own, so that Ctrl-C, which is meant for its user, does not reach it.
        self.running = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("nonlinear_process.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.answers: Queue[Answer | None] = Queue()
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.running.stdout is not None
        with suppress(OSError, ValueError):
            for line in self.running.stdout:
                found, values, others, replace = json.loads(line)
                self.answers.put((found, values, others, replace))
        self.answers.put(None)

    def ask(self, question: object) -> Answer | None:
        """The answer; None where the time was up, or where the process came to grief."""
        assert self.running.stdin is not None
        try:
            self.running.stdin.write(json.dumps(question).encode() + b"\n")
            self.running.stdin.flush()
        except OSError:
            return None
        while True:
            try:
                return self.answers.get(timeout=GLANCE)
            except Empty:
                if expired():
                    return None

    def end(self) -> None:
        """Ends the process."""
        self.running.kill()
        for stream in (self.running.stdin, self.running.stdout):
            with suppress(OSError):
                stream.close()  # type: ignore[union-attr]
        self.running.wait()


_process: _Process | None = None


def asked(text: str, names: list[str], steps: int) -> Found:
    """Whether a text in SMT-LIB can be satisfied within so many steps, and values of the names if it can.

    A value is a fraction, as text, or where it is irrational a decimal near it that ends with a question mark. None
    in place of the answer where the steps or the time did not suffice, or where the solver came to grief.
    """
    return _asked(text, names, steps, DECIMALS, [])[:2]


def asked_with_others(
    text: str, names: list[str], steps: int, decimals: int, apart: list[str]
) -> tuple[bool | None, dict[str, str], bool | None]:
    """As `asked`, and whether it can be satisfied with other values of some of the names ``apart``, None if unknown.

    Irrational values are told to so many ``decimals``.
    """
    return _asked(text, names, steps, decimals, apart)[:3]


def _asked(text: str, names: list[str], steps: int, decimals: int, apart: list[str]) -> Answer:
    global _process
    if expired():
        return None, {}, None, False
    if _process is None or _process.owner != os.getpid():
        _process = _Process()
    answer = _process.ask((text, names, steps, decimals, apart))
    if answer is None or answer[3]:
        end()
    return (None, {}, None, False) if answer is None else answer


@register
def end() -> None:
    """Ends the process, if there is one; the next question starts another."""
    global _process
    if _process is not None and _process.owner == os.getpid():
        _process.end()
    _process = None
