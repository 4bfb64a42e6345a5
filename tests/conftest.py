"""What tests of several packages look at."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).parents[1]


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
