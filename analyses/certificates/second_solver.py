"""cvc5 (Barbosa et al. 2022, TACAS), an independent solver of inequalities, asked in a process of its own.

``python -m analyses.certificates.second_solver STEPS`` reads one question in SMT-LIB 2 and prints sat, unsat or
unknown. How much it may cost is counted in the solver's own steps, so that the answer is the same on every machine.
Some of its steps take for ever, and some end the whole process, which is why it has one for itself: what does not
answer within `PATIENCE` seconds of such a step has no answer.
"""

import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, TypeAlias

from games.errors import InputError

Said: TypeAlias = Literal["sat", "unsat", "unknown"]

STEPS = 100_000
"""The most steps that a question takes: a second or two."""

PATIENCE = 60.0
"""Seconds after which a step is taken for one that does not end."""

ROOT = Path(__file__).parents[2]


def solver_version() -> str:
    """The version of cvc5 that is installed; empty where there is none."""
    try:
        return version("cvc5")
    except PackageNotFoundError:
        return ""


def check_installed() -> None:
    """Raises `InputError` where cvc5 is not installed."""
    if find_spec("cvc5") is None:
        raise InputError("a second solver needs cvc5, which is not installed; install it (pip install cvc5)")


def ask(text: str, steps: int = STEPS) -> Said:
    """What cvc5 says of a question. Raises `InputError` where it is not installed, or does not read the question."""
    check_installed()
    command = [sys.executable, "-m", "analyses.certificates.second_solver", str(steps)]
    try:
        done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=PATIENCE, cwd=ROOT)
    except subprocess.TimeoutExpired:
        return "unknown"
    match done.stdout.strip():
        case "sat":
            return "sat"
        case "unsat":
            return "unsat"
        case refused if refused.startswith("(error"):
            raise InputError(f"cvc5 does not read the question: {refused}")
    return "unknown"


def _answered(text: str, steps: int) -> str:
    """All that cvc5 prints."""
    import cvc5

    solver = cvc5.Solver()
    solver.setOption("rlimit-per", str(steps))
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "question")
    names = parser.getSymbolManager()
    said = ""
    while not (command := parser.nextCommand()).isNull():
        said += command.invoke(solver, names)
    return said


if __name__ == "__main__":
    print(_answered(sys.stdin.read(), int(sys.argv[1])))
