"""The page of a solution concept: what its module, its solver and its registration say, and what is written of it.

The definition and its source open the module of the concept; what is returned, and what complete means, is said where
it is solved. The written page on all concepts adds to each its limits and an example.
"""

import re
import sys
from collections.abc import Iterator
from inspect import Parameter, cleandoc, getdoc, signature

from analyses.documentation.sections import section
from games.solvers import CONCEPTS
from games.solvers.concept import Concept


def concept_page(name: str, written: str) -> str:
    """The page in Markdown; ``written`` is the page that has a section for each concept."""
    concept = CONCEPTS[name]
    returned = getdoc(concept.solve) or ""
    parts = [
        f"# `{name}`",
        f"*Of*: {forms(concept)}{f' ({concept.about})' if concept.about else ''}. In Python: "
        f'`solve(game, "{name}")`; on the command line: `--concept {name}`.',
        "## Definition and source",
        as_markdown(definition(name)),
        "## What is returned",
        as_markdown(returned),
        *_options(concept),
        "## Over all payoffs",
        over_all_payoffs(concept),
        "## Complete, limits, an example",
        section(written, name),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def definition(name: str) -> str:
    """What the module of the concept opens with: the file of its name, which need not be the one that solves it."""
    own = name.replace("-", "_")
    module = next(m for at, m in sorted(sys.modules.items()) if re.fullmatch(rf"games\.solvers\.\w+\.{own}", at))
    return cleandoc(module.__doc__ or "")


def forms(concept: Concept) -> str:
    """The forms of games that it is about, in words."""
    every = concept.form if isinstance(concept.form, tuple) else (concept.form,)
    return ", ".join(form.form for form in every)


def over_all_payoffs(concept: Concept) -> str:
    """Whether claims, conditions and maps can be about it, and if not, why not."""
    if concept.cases is None:
        return f"Claims, conditions and maps cannot be about it: {concept.no_cases_because}."
    listed = f" Its cases list what `{concept.listed_as}` lists." if concept.listed_as else ""
    return (
        "It has a definition for all payoffs at once, which claims, conditions and maps read; "
        f"[capabilities](../capabilities.md) says which.{listed}"
    )


def _options(concept: Concept) -> Iterator[str]:
    taken = list(signature(concept.solve).parameters.values())[1:]
    if taken:
        yield "## Options"
        yield "\n".join(f"- `{option.name}`{_default(option)}" for option in taken)


def _default(option: Parameter) -> str:
    return "" if option.default in (None, Parameter.empty) else f", by default `{option.default}`"


def as_markdown(docstring: str) -> str:
    """A docstring as Markdown: its code between single signs, its examples between fences."""
    paragraphs = docstring.replace("``", "`").split("\n\n")
    return "\n\n".join(f"```pycon\n{p}\n```" if p.startswith(">>> ") else p for p in paragraphs)
