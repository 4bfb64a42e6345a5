"""Every public name says what it is, and the examples in docstrings are run."""

import ast
import doctest
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for package in ("games", "analyses")
    for path in sorted((ROOT / package).rglob("*.py"))
}
DESCRIBED = ("games.solvers", "games.formulas", "games.formats", "games.kernels", "games.model", "games.catalog")
"""Packages and modules in which every public function, class and method has a docstring."""

PLAIN = {"games.solvers.concept.strategies_of", "games.solvers.equilibria.Equilibria.heading"}
"""What says by its name all that there is to say."""

NEEDED = {
    "analyses.drawing.importance": "SALib",
    "analyses.sweeps.shards.long_sweep": "pyarrow",
}
"""The optional library without which a module's examples do not run."""

WITH_EXAMPLES = [module for module, path in FILES.items() if "\n>>> " in path.read_text("utf-8").replace("    ", "")]


def public(body: list[ast.stmt], name: str) -> Iterator[tuple[str, str | None]]:
    """Every public function, class and method, with its docstring if it has one."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield f"{name}.{node.name}", ast.get_docstring(node)
            if isinstance(node, ast.ClassDef):
                yield from public(node.body, f"{name}.{node.name}")


@pytest.mark.parametrize("package", DESCRIBED)
def test_every_public_name_has_a_docstring(package: str) -> None:
    named = {
        name: text
        for module, path in FILES.items()
        if module == package or module.startswith(f"{package}.")
        for name, text in public(ast.parse(path.read_text("utf-8")).body, module)
    }
    assert named
    assert {name for name, text in named.items() if not text} <= PLAIN


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_the_examples_in_docstrings_are_right(module: str) -> None:
    if module in NEEDED:
        pytest.importorskip(NEEDED[module])
    failed, tried = doctest.testmod(import_module(module))
    assert tried > 0
    assert failed == 0


def test_the_main_entry_points_have_examples() -> None:
    assert {
        "games",
        "games.catalog",
        "games.formats.documents",
        "games.formulas.text",
        "games.model",
        "games.solvers.concept",
        "games.solvers.nash.nash",
    } <= set(WITH_EXAMPLES)
