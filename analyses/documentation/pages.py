"""Every page of the documentation by its topic.

Pages are Markdown. The written ones lie in one folder, `docs` in the repository and `analyses/docs` where it was
installed from a wheel. Those of the commands and of the solution concepts are made from the argument parsers and from
the registry.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from analyses.documentation.commands import command_page
from analyses.documentation.concepts import concept_page
from games.errors import InputError, listed, meant, quoted
from games.solvers import CONCEPTS

if TYPE_CHECKING:
    from argparse import ArgumentParser

    Commands = Mapping[str, tuple[str, ArgumentParser]]
    """What a command is for, and its parser, by its name."""


@dataclass(frozen=True)
class Page:
    """A page: its ``topic``, the folder of pages that it lies in, and what gives its text in Markdown."""

    topic: str
    folder: str
    text: Callable[[], str]

    @property
    def title(self) -> str:
        """Its first heading."""
        return next((line[2:] for line in self.text().splitlines() if line.startswith("# ")), self.topic)


def folder() -> Path:
    """The folder of the written pages."""
    package = Path(__file__).parents[1]
    inside = package / "docs"
    return inside if inside.is_dir() else package.parent / "docs"


def pages(commands: "Commands") -> dict[str, Page]:
    """Every page by its topic: the written ones, then those of the commands, then those of the concepts."""
    top = folder()
    files = sorted(top.rglob("*.md"), key=lambda file: (file.relative_to(top).parent.as_posix(), file.stem))
    found = [
        Page(file.stem, file.relative_to(top).parent.as_posix().replace(".", ""), partial(file.read_text, "utf-8"))
        for file in files
        if file.stem != "index"
    ]
    found += [
        Page(name, "commands", partial(_command, name, parser, summary)) for name, (summary, parser) in commands.items()
    ]
    found += [Page(name, "concepts", partial(_concept, name)) for name in sorted(CONCEPTS)]
    return {page.topic: page for page in found}


def _command(name: str, parser: "ArgumentParser", summary: str) -> str:
    return command_page(name, parser, summary, (folder() / "commands.md").read_text("utf-8"))


def _concept(name: str) -> str:
    return concept_page(name, (folder() / "concepts.md").read_text("utf-8"))


def find(topic: str, commands: "Commands") -> Page:
    """The page on ``topic``; raises `InputError` that says which there are where there is none."""
    offered = pages(commands)
    name = topic.strip().lower().removesuffix(".md")
    if name in offered:
        return offered[name]
    own = [page.topic for page in offered.values() if page.folder not in ("commands", "concepts")]
    raise InputError(
        f"there is no page on {quoted(topic)}; there are {listed(own)}, and one for each command and each concept"
        f"{meant(name, offered)}"
    )
