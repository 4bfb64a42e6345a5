"""The built wheel is whole: it works away from the repository, with its data files and its types."""

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """The wheel, built from this tree and unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", os.fspath(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("parley-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def from_wheel(unpacked, *arguments, cwd):
    environment = {**os.environ, "PYTHONPATH": os.fspath(unpacked)}
    done = subprocess.run(
        [sys.executable, "-m", "analyses.cli", *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_wheel_holds_the_two_packages_and_nothing_else(unpacked):
    assert {path.name.split("-")[0] for path in unpacked.iterdir()} == {"games", "analyses", "parley"}
    for package in ("games", "analyses"):
        assert (unpacked / package / "py.typed").is_file()
        shipped = {path.relative_to(unpacked) for path in (unpacked / package).rglob("*") if path.is_file()}
        present = {
            path.relative_to(ROOT)
            for path in (ROOT / package).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert shipped == present


def test_wheel_runs_by_itself(unpacked, tmp_path):
    assert os.fspath(unpacked) in from_wheel(unpacked, "--version", cwd=tmp_path)
    assert "sanction-retaliation" in from_wheel(unpacked, "list", cwd=tmp_path)
    assert "Patrol*" in from_wheel(unpacked, "solve", "sanction-retaliation", cwd=tmp_path)
    from_wheel(unpacked, "report", "sanction-encounter", "--out", "out", cwd=tmp_path)
    assert (tmp_path / "out" / "report.pdf").read_bytes().startswith(b"%PDF")


def test_lock_file_pins_every_declared_dependency_with_hashes_and_names_no_host():
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    pinned = {}
    for line in lock.splitlines():
        if "==" in line and not line.startswith(" "):
            pinned[line.split("==")[0]] = line
    for dependency in declared:
        assert dependency.split(">=")[0] in pinned
    requirements = lock.replace("\\\n", "").splitlines()
    assert all("--hash=sha256:" in line for line in requirements if "==" in line)
