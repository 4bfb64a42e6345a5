"""Every page of the documentation: what it shows runs, and no command, concept or key goes without a page or an example."""

import re
import shlex
from pathlib import Path

import pytest

from analyses.claims import documents as claims
from analyses.cli.docs import described
from analyses.documentation.pages import folder, pages
from analyses.documentation.sections import section
from games.formats import documents as games
from games.formats.syntax import parse_toml
from games.solvers import CONCEPTS

ROOT = Path(__file__).parents[1]
ELSEWHERE = {"games", "claims", "cases", "payoffs"}
"""The pages whose blocks `test_readme` runs."""
SLOW = ("parley report ", "parley importance ", "parley policies ", "parley decompose ")
NOT_RUN = {"certificates", "installing", "comparison"}
"""Of these no block is a command or a program that runs here: they are formats, installations and other programs."""
PAGES = [file for file in sorted(folder().rglob("*.md")) if file.stem not in ELSEWHERE | NOT_RUN]
BLOCK = re.compile(r"(?:`([\w./-]+\.\w+)`[^`]*\n\n)?```(toml|sh|python|csv)\n(.*?)```", flags=re.DOTALL)


def blocks(text):
    """The blocks that run or that are files, each with the name of the file that the line before it has."""
    return [(found[1], found[2], found[3]) for found in BLOCK.finditer(text)]


def lay(tmp_path):
    """The files of the page on claims, which other pages name."""
    text = (ROOT / "docs" / "claims.md").read_text("utf-8")
    game, own, *_ = re.findall(r"```toml\n(.*?)```", text, flags=re.DOTALL)
    (tmp_path / "crisis.toml").write_text(game, "utf-8")
    (tmp_path / "my_claims.toml").write_text(own, "utf-8")


def run_page(text, tmp_path, parley, monkeypatch, slow):
    """Goes through a page as a reader would: writes its files, types its commands, runs its programs."""
    lay(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name, kind, block in blocks(text):
        if kind in ("toml", "csv"):
            assert name, f"no line before the block says its file: {block[:60]}"
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(block, "utf-8")
        elif kind == "python":
            exec(compile(block, "page", "exec"), {"__name__": "page"})
        else:
            for line in block.splitlines():
                if line.startswith("parley ") and (slow or not line.startswith(SLOW)):
                    command, _, remark = line.partition("  # exit code ")
                    done = parley(*shlex.split(command, comments=True)[1:], cwd=tmp_path)
                    assert done.returncode == int(remark or 0), (line, done.stderr)
                    assert done.stdout.strip() or "_files" in command, line


@pytest.mark.parametrize("page", PAGES, ids=lambda file: file.stem)
def test_what_a_page_shows_runs(page, tmp_path, parley, monkeypatch):
    run_page(page.read_text("utf-8"), tmp_path, parley, monkeypatch, slow=False)


@pytest.mark.long
@pytest.mark.parametrize("page", [p for p in PAGES if any(s in p.read_text("utf-8") for s in SLOW)], ids=lambda f: f.stem)
def test_what_a_page_shows_that_takes_longer_runs(page, tmp_path, parley, monkeypatch):
    run_page(page.read_text("utf-8"), tmp_path, parley, monkeypatch, slow=True)
