"""What is printed while a command works, and how data are printed."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from shutil import get_terminal_size
from textwrap import fill
from typing import Any

LOUDNESS: ContextVar[str] = ContextVar("LOUDNESS", default="")
"""How much a command tells on standard error: ``quiet``, ``verbose`` or neither."""


def say(done: str) -> None:
    """Tells on standard error what is done, where that was asked for."""
    if LOUDNESS.get() == "verbose":
        print(f"parley: {done}", file=sys.stderr)


def shows_progress() -> bool:
    """Whether somebody watches standard error who has not asked for quiet."""
    return sys.stderr.isatty() and LOUDNESS.get() != "quiet"


def observer() -> Callable[[str], None]:
    """Shows on a terminal how far a search is, at most five times a second, once it takes longer than a second."""
    from time import monotonic

    start = shown = monotonic()
    watched = shows_progress()

    def observe(progress: str) -> None:
        nonlocal shown
        now = monotonic()
        if watched and now - start > 1 and now - shown > 0.2:
            shown = now
            print(f"\r{now - start:.0f} s, {progress}; Ctrl-C stops with what was found\033[K", end="", file=sys.stderr)

    return observe


def progress(what: str) -> Callable[[Sequence[Any]], Any]:
    """A progress bar on a terminal, nothing otherwise."""
    from tqdm import tqdm

    return lambda items: tqdm(items, desc=what, leave=False, disable=not shows_progress())


@contextmanager
def counter(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal with the rate and the time left, which is told how many are done, and of how many."""
    from tqdm import tqdm

    with tqdm(desc=what, unit=" points", unit_scale=True, leave=False, disable=not shows_progress()) as bar:

        def tell(done: int, of: int) -> None:
            if bar.total is None:
                bar.total, bar.initial, bar.n = of, done, done
            bar.update(done - bar.n)

        yield tell


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def print_json(data: Any) -> None:
    """Prints plain data, with signs beyond ASCII escaped where the terminal may not show them."""
    readable = (sys.stdout.encoding or "").lower().startswith("utf")
    print(json.dumps(data, ensure_ascii=not readable, indent=2))


def shows_colours() -> bool:
    """Whether answers go to a terminal that shows colours, and nobody asked for none (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """How many characters a line has, between 40 and 120."""
    return max(40, min(120, get_terminal_size().columns))


def print_wrapped(sentences: Iterable[str]) -> None:
    """Prints sentences, each in lines as wide as the terminal."""
    for sentence in sentences:
        print(wrapped(sentence))


def wrapped(text: str, margin: str = "") -> str:
    """Text of one paragraph in lines as wide as the terminal, behind a ``margin`` that grows after the first line."""
    return fill(
        text,
        width(),
        initial_indent=margin,
        subsequent_indent=f"{margin}  " if margin else "",
        break_long_words=False,
        break_on_hyphens=False,
    )


def print_paragraphs(paragraphs: Iterable[str]) -> None:
    """Prints paragraphs with a blank line between them; their lines are wrapped, and stay indented as they are."""
    print("\n\n".join("\n".join(map(_wrapped_line, paragraph.split("\n"))) for paragraph in paragraphs))


def _wrapped_line(line: str) -> str:
    margin = line[: len(line) - len(line.lstrip())]
    return wrapped(line.lstrip(), margin)
