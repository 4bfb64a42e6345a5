"""Lays out what the documentation is built from: the written pages, and one for each command and each concept.

    python -m analyses.documentation FOLDER
"""

import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from pkgutil import walk_packages

import analyses
import games
from analyses.cli.docs import described
from analyses.documentation.pages import folder, pages

MADE = {"commands": "Commands", "concepts": "Solution concepts"}
INNER = ("games.kernels", "games.solvers.methods", "analyses.cli", "analyses.documentation", "analyses.__main__")
"""What users do not import from."""


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
    modules = sorted(set(_modules()))
    for name in modules:
        text = f"# `{name}`\n\n```{{eval-rst}}\n.. automodule:: {name}\n```\n"
        (target / f"{name}.md").write_text(text, "utf-8")
    _contents(target, "Python", modules)


def _modules() -> Iterator[str]:
    for package in (games, analyses):
        yield package.__name__
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith(INNER) and not any(p.startswith("_") for p in module.name.split(".")):
                yield module.name


if __name__ == "__main__":
    lay_out(Path(sys.argv[1]))
