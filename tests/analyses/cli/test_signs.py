"""What is printed where a sign cannot be shown."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from analyses.cli.signs import PLAIN, PLAINLY

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_no_sign_of_ours_becomes_a_question_mark(encoding: str) -> None:
    shown = "".join(PLAIN).encode(encoding, PLAINLY).decode(encoding)
    assert "?" not in shown
    assert "−1.25 ≈ −5/4".encode("ascii", PLAINLY) == b"-1.25 ~ -5/4"


def test_what_stands_for_a_sign_is_ascii() -> None:
    assert all(plain.isascii() for plain in PLAIN.values())


def test_a_minus_stays_a_minus_in_ascii(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "analyses", "solve", "sanction-encounter"],
        capture_output=True,
        cwd=tmp_path,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"},
    )
    assert b"-1.25" in run.stdout
    assert b"?" not in run.stdout


@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colours_are_shown_on_a_terminal_unless_nobody_wants_them(
    environment: dict[str, str], coloured: bool, tmp_path: Path
) -> None:
    ours, theirs = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    with subprocess.Popen(
        [sys.executable, "-m", "analyses", "show", "sanction-encounter", "--set", "beta=1"],
        stdout=theirs,
        cwd=tmp_path,
        env={**kept, "TERM": "xterm-256color", **environment, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    ):
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:
            pass
    os.close(ours)
    assert (b"\033[38;5;" in shown) == coloured
    assert b"a best response" in shown
