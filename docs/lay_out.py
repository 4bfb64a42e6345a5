"""Lays out what the documentation is built from: the written pages, and one for each command and each concept.

python docs/lay_out.py FOLDER
"""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from analyses.cli.docs import described
from analyses.documentation.pages import folder, pages

MADE = {"commands": "Commands", "concepts": "Solution concepts"}
PUBLIC = (
    *("games", "games.model", "games.parameters", "games.sources", "games.catalog", "games.errors", "games.tables"),
    *("games.forms.automata", "games.play.automata", "games.play.signalling", "games.play.quantities"),
    *("games.formats.files", "games.formats.documents", "games.formats.spreadsheet", "games.formats.latex"),
    *("games.formats.nashpy", "games.formats.nfg", "games.formats.efg", "games.formats.pygambit"),
    *("games.solvers.concept", "games.solvers.equilibria", "games.solvers.nash.degeneracy"),
    *("analyses.sensitivity", "analyses.regions", "analyses.compare", "analyses.what_if", "analyses.explain"),
    *("analyses.solution", "analyses.maps", "analyses.when", "analyses.sweeps", "analyses.importance"),
    *("analyses.policies", "analyses.claims", "analyses.claims.documents", "analyses.arguments"),
    *("analyses.case_folder", "analyses.ledger", "analyses.schemas"),
)
"""The modules that users import from."""


def lay_out(target: Path) -> None:
    """Copies the written pages into ``target``, which is made anew, and writes the others beside them."""
    if target.exists():
        shutil.rmtree(target)
    shutil.copytree(folder(), target)
    found = pages(described()).values()
    for kind, title in MADE.items():
        (target / kind).mkdir()
        topics = [page.topic for page in found if page.folder == kind]
        for page in found:
            if page.folder == kind:
                (target / kind / f"{page.topic}.md").write_text(page.text(), "utf-8")
        _contents(target / kind, title, topics)
    _python(target / "python")


def _contents(folder: Path, title: str, topics: Sequence[str]) -> None:
    listed = "\n".join(topics)
    (folder / "index.md").write_text(f"# {title}\n\n```{{toctree}}\n:maxdepth: 1\n\n{listed}\n```\n", "utf-8")


def _python(target: Path) -> None:
    """A page of each module that users import from, by what its docstrings say."""
    target.mkdir()
    for name in PUBLIC:
        text = f"# `{name}`\n\n```{{eval-rst}}\n.. automodule:: {name}\n```\n"
        (target / f"{name}.md").write_text(text, "utf-8")
    _contents(target, "Python", PUBLIC)


if __name__ == "__main__":
    lay_out(Path(sys.argv[1]))
