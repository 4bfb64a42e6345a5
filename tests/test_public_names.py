"""What is public has an example in its docstring that can be copied and run.

Public is what ``games`` and the packages of analyses list in ``__all__``, what README and docs import, every drawing,
and the entry functions of the analyses that are one module. `tests/games/test_docstrings.py` runs the examples.
"""

import ast
import doctest
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[1]

ENTRY = (
    "games.catalog.load",
    "games.model.Assumption",
    "games.model.Model",
    "games.parameters.Parameter",
    "games.solvers.response.logit_fit.fit_logit",
    "games.tables.Cell",
    "games.tables.Table",
    "analyses.arguments.Case",
    "analyses.certificates.make.certify",
    "analyses.certificates.verify.check",
    "analyses.compare.compare",
    "analyses.drawing.figures.Drawing",
    "analyses.explain.explain",
    "analyses.explain.explain_all",
    "analyses.own_profile.judged",
    "analyses.regions.Regions",
    "analyses.regions.regions",
    "analyses.reports.contents.report",
    "analyses.sensitivity.Sensitivity",
    "analyses.sensitivity.sensitivity",
    "analyses.undominated.reduction",
    "analyses.what_if.what_if",
)
TWINS = "games.kernels.compiled"
"""The same names and answers as `games.kernels`, for who has numba."""


def imported(page: Path) -> Iterator[str]:
    """Every name of the two packages that the Python on the page imports."""
    for block in re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), flags=re.DOTALL):
        for node in ast.walk(ast.parse(block)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("games", "analyses"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def listed(package: str) -> Iterator[str]:
    """Every name in the ``__all__`` of a package of this name, or of one in it."""
    for path in sorted((ROOT / package).rglob("__init__.py")):
        module = ".".join(path.parent.relative_to(ROOT).parts)
        if module != TWINS:
            yield from (f"{module}.{name}" for name in getattr(import_module(module), "__all__", ()))


def drawings() -> Iterator[str]:
    for path in sorted((ROOT / "analyses" / "drawing").glob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("draw_"):
                yield f"analyses.drawing.{path.stem}.{node.name}"


PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
PUBLIC = tuple(
    dict.fromkeys(
        (
            *listed("games"),
            *listed("analyses"),
            *drawings(),
            *ENTRY,
            *(name for page in PAGES for name in imported(page)),
        )
    )
)


def named(name: str) -> object:
    module, _, own = name.rpartition(".")
    return getattr(import_module(module), own)


def is_explained(value: object) -> bool:
    """Whether it is a function or a class, which can have a docstring of its own."""
    return inspect.isclass(value) or inspect.isfunction(value) or hasattr(value, "__wrapped__")


def without_example(names: Iterator[str] | tuple[str, ...]) -> list[str]:
    return [name for name in names if is_explained(named(name)) and not _examples(named(name))]


def _examples(value: object) -> list[doctest.Example]:
    return doctest.DocTestParser().get_examples(getattr(value, "__doc__", None) or "")


def test_public_names_without_a_runnable_example() -> None:
    assert without_example(PUBLIC) == []


def test_the_list_of_public_names_has_what_it_says() -> None:
    assert {"games.solve", "games.StrategicGame", "analyses.claims.check", "analyses.drawing.tree.draw_tree"} <= {
        *PUBLIC
    }
    assert {"analyses.regions.regions", "games.forms.automata.grim"} <= {*PUBLIC}, "README and docs import these"
    assert len(PUBLIC) > 120


def test_a_name_without_an_example_is_found() -> None:
    assert without_example(("games.errors.listed", "games.solve")) == ["games.errors.listed"]
