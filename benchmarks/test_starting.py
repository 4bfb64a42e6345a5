"""What starting costs: processor seconds of a fresh interpreter, beside the import of the libraries that formulas need.

Seconds are those of user and system together, the least of several runs, so that what else the machine does counts
little. Byte code is cached beforehand by the first run, as it is for whoever has installed the package.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

RUNS = 10

PENNIES = 'NFG 1 R "Pennies" { "A" "B" } { 2 2 }\n\n1 -1 -1 1 -1 1 1 -1\n'

ROOT = Path(__file__).parents[1]

MOST = {"import games": 1.5, "--help": 1.8, "--version": 1.8, "list": 1.8, "solve pennies.nfg": 2.5}
"""How many times the import of numpy each may take."""


def processor_seconds(arguments: list[str], folder: Path) -> float:
    """The least processor seconds of a run of Python with these arguments in the folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    seconds = []
    for _ in range(RUNS + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(seconds[1:])


def test_starting_beside_the_import_of_numpy(tmp_path: Path) -> None:
    (tmp_path / "pennies.nfg").write_text(PENNIES, encoding="utf-8")
    imports = {f"import {name}": ["-c", f"import {name}"] for name in ("numpy", "sympy", "games")}
    commands = ("--help", "--version", "list", "solve pennies.nfg", "solve sanction-encounter")
    programs = imports | {command: ["-m", "analyses", *command.split()] for command in commands}
    seconds = {name: processor_seconds(arguments, tmp_path) for name, arguments in programs.items()}
    numpy = seconds["import numpy"]
    print(f"\n{'':>26} {'CPU s':>6} {'to numpy':>9}")
    for name, own in seconds.items():
        print(f"{name:>26} {own:6.3f} {own / numpy:8.2f}×")
    for name, most in MOST.items():
        assert seconds[name] < most * numpy, name
