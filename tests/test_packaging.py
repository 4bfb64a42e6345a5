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
    (wheel,) = folder.glob("parley_games-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def from_wheel(unpacked, *arguments, cwd):
    environment = {**os.environ, "PYTHONPATH": os.fspath(unpacked)}
    done = subprocess.run(
        [sys.executable, "-m", "analyses", *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_wheel_holds_the_two_packages_and_nothing_else(unpacked):
    assert {path.name.split("-")[0] for path in unpacked.iterdir()} == {"games", "analyses", "parley_games"}
    for package in ("games", "analyses"):
        assert (unpacked / package / "py.typed").is_file()
        shipped = {path.relative_to(unpacked) for path in (unpacked / package).rglob("*") if path.is_file()}
        present = {
            path.relative_to(ROOT)
            for path in (ROOT / package).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        notebooks = {Path("analyses/notebooks", path.name) for path in (ROOT / "notebooks").glob("*.ipynb")}
        docs = {
            Path("analyses", path.relative_to(ROOT))
            for path in (ROOT / "docs").rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert shipped == present | (notebooks | docs if package == "analyses" else set())


def test_wheel_runs_by_itself(unpacked, tmp_path):
    assert os.fspath(unpacked) in from_wheel(unpacked, "--version", cwd=tmp_path)
    assert "sanction-retaliation" in from_wheel(unpacked, "list", cwd=tmp_path)
    assert "Patrol*" in from_wheel(unpacked, "solve", "sanction-retaliation", cwd=tmp_path)
    from_wheel(unpacked, "report", "sanction-encounter", "--out", "out", cwd=tmp_path)
    assert (tmp_path / "out" / "report.pdf").read_bytes().startswith(b"%PDF")
    assert "Tutorial: from a question to a report" in from_wheel(unpacked, "docs", "tutorial", cwd=tmp_path)
    assert "jupyter lab mine" in from_wheel(unpacked, "notebooks", "mine", cwd=tmp_path)
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        assert (tmp_path / "mine" / path.name).read_bytes() == path.read_bytes()


def pinned(name):
    """The lines of a lock file that pin a version, by distribution and version."""
    lines = (ROOT / name).read_text().replace("\\\n", "").splitlines()
    return {tuple(line.split()[0].split("==")): line for line in lines if "==" in line}


@pytest.mark.parametrize(
    ("lock", "extras"), [("requirements.lock", ["build"]), ("requirements-all.lock", None)], ids=["core", "all"]
)
def test_lock_file_pins_every_declared_dependency_with_hashes_and_names_no_host(lock, extras):
    assert "://" not in (ROOT / lock).read_text()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    optional = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(d for extra in extras or optional for d in optional[extra])]
    assert {dependency.split(">=")[0] for dependency in wanted} <= {name for name, _ in pinned(lock)}
    assert all("--hash=sha256:" in line for line in pinned(lock).values())


def test_what_tests_need_adds_to_what_the_report_needs():
    assert pinned("requirements.lock").items() <= pinned("requirements-all.lock").items()


def test_core_leaves_out_what_is_optional():
    heavy = {"numba", "llvmlite", "quantecon", "pandas", "pyarrow", "jupyter", "notebook", "cvc5", "distributed"}
    assert not heavy & {name for name, _ in pinned("requirements.lock")}
