"""``--case NAME``: a case that is installed is found by its name, and its code runs only when it is named."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Parley = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parents[3]

CODE = """
from pathlib import Path

from analyses.arguments import Argument, Case, Statement
from analyses.claims import Claim, always
from games import Decision, ExtensiveGame, Outcome
from games.model import Model
from games.sources import Cited

Path("was-run").touch()
TREE = ExtensiveGame(("A",), Decision("A", {"l": Outcome((0,)), "r": Outcome((1,))}))
LEFT = Model("left", "Left or right", TREE)
CLAIM = Claim("B1-left", "A goes left.", LEFT, always(("l",)))
CASE = Case("A case", "", (Argument("B1", "Left", Cited("a note"), (Statement("Left", CLAIM),)),), models=(LEFT,))
NO_CASE = 3
"""

ENTRIES = """
[parley.cases]
ours = installed_case:CASE
no-case = installed_case:NO_CASE
broken = installed_case:NOTHING
twice = installed_case:CASE
"""


def install(site: Path, name: str, entries: str) -> None:
    info = site / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(entries)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder to work in, beside one in which two distributions are installed."""
    site, desk = tmp_path / "site", tmp_path / "desk"
    install(site, "some-cases", ENTRIES)
    install(site, "more-cases", "[parley.cases]\ntwice = installed_case:CASE\n")
    (site / "installed_case.py").write_text(CODE)
    desk.mkdir()
    return desk


@pytest.fixture
def beside(desk: Path, parley: Parley, monkeypatch: pytest.MonkeyPatch) -> Iterator[Parley]:
    """Runs a command on the desk within this process, which sees what is installed beside it."""
    monkeypatch.syspath_prepend(desk.parent / "site")
    yield lambda *arguments: parley(*arguments, cwd=desk)
    sys.modules.pop("installed_case", None)


def process(desk: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(ROOT), str(desk.parent / "site")])
    return subprocess.run(
        [sys.executable, "-m", "analyses", *arguments],
        capture_output=True,
        text=True,
        cwd=desk,
        check=False,
        env={**os.environ, "PYTHONPATH": path},
    )


@pytest.mark.untraced
def test_an_installed_case_is_told_like_any_other(desk: Path) -> None:
    done = process(desk, "check", "B1", "--case", "ours")
    assert (done.returncode, done.stderr) == (0, "")
    assert "REFUTED EVERYWHERE  B1-left: Left" in done.stdout
    assert "  See: parley solve left --case ours\n" in done.stdout
    solved = process(desk, "solve", "left", "--case", "ours")
    assert (solved.returncode, solved.stderr) == (0, "")
    made = process(desk, "report", "--case", "ours", "--out", "out")
    assert (made.returncode, made.stderr) == (0, "")
    assert "parley check --all --case ours" in (desk / "out" / "report.html").read_text()


@pytest.mark.untraced
def test_a_case_that_is_not_named_is_not_run(desk: Path) -> None:
    (desk / "folder").mkdir()
    for arguments in (("solve", "sanction-encounter"), ("check", "A10-bare"), ("list", "--case", "folder")):
        process(desk, *arguments)
    assert process(desk, "list", "--case", "commentary").returncode == 0
    assert not (desk / "was-run").exists()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere", "there is no case 'nowhere': it is neither a folder nor installed (there are broken, commentary"),
        ("our", "did you mean ours?"),
        (" ", "--case is blank"),
        ("no-case", "the case 'no-case', installed by some-cases, is a int; installed_case:NO_CASE must be a Case"),
        ("broken", "the case 'broken', installed by some-cases, cannot be loaded: AttributeError: "),
        ("twice", "the case 'twice' is installed twice, by "),
    ],
)
def test_what_is_no_case_is_told_in_one_line(name: str, message: str, beside: Parley) -> None:
    done = beside("check", "--all", "--case", name)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert message in done.stderr


def test_a_command_takes_one_case(beside: Parley) -> None:
    done = beside("list", "--case", "ours", "--case", "commentary")
    assert done.returncode == 2
    assert "--case is given twice" in done.stderr
