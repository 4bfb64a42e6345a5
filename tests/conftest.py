"""What tests of several packages look at."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from filelock import FileLock
from hypothesis import settings

from analyses.cli import main

# The same examples on every machine and in every run; what a test sets besides, it sets on top of these.
settings.register_profile("fixed", derandomize=True, deadline=None, database=None)
settings.load_profile("fixed")

ROOT = Path(__file__).parents[1]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What looks at the report of the whole case, which a process of its own writes, measures no coverage."""
    for item in items:
        if "case_report" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.untraced)


@pytest.fixture(scope="session")
def case_report(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder with the report of the whole case, as the command line writes it: once for all test processes."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "case-report"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            done = subprocess.run(
                [sys.executable, "-W", "error", "-m", "analyses", "report", "--out", str(folder)],
                env={**os.environ, "PYTHONHASHSEED": "0"},
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
            assert (done.returncode, done.stderr) == (0, "")
    return folder


Done: TypeAlias = subprocess.CompletedProcess[str]


@pytest.fixture
def parley(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Runs a command in a folder within this process, which spares the start of another."""

    def run(*arguments: str, cwd: Path) -> Done:
        monkeypatch.chdir(cwd)
        digits = sys.get_int_max_str_digits()
        try:
            code: Any = main(arguments)
        except SystemExit as end:
            code = end.code
        finally:
            sys.set_int_max_str_digits(digits)
        shown = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, shown.out, shown.err)

    return run
