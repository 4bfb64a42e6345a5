"""Imports point downwards only, names say something, and the exact path stays light.

The table of layers is the architecture; edit it deliberately.
"""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

LAYERS = (
    (
        "games.errors",
        "games.exact",
        "games.sources",
        "games.literature",
        "games.calibration",
        "games.tables",
        "games.terms",
        "games.bounds",
        "games.roots",
    ),
    ("games.formulas",),
    ("games.parameters",),
    ("games.forms",),
    ("games.play",),
    ("games.cases", "games.ordered", "games.bulk", "games.ordinal"),
    ("games.model",),
    ("games.solvers", "games.formats", "games.sanctions", "games.territory", "games.classics"),
    ("games.kernels",),
    ("games.catalog", "games"),
    (
        "analyses.outcomes",
        "analyses.proofs",
        "analyses.schemas",
        "analyses.side_by_side",
        "analyses.writing",
        "analyses",
    ),
    ("analyses.certificates.verify",),
    ("analyses.chances",),
    ("analyses.proof",),
    ("analyses.sampling",),
    (
        "analyses.sensitivity",
        "analyses.regions",
        "analyses.claims",
        "analyses.compare",
        "analyses.explain",
        "analyses.ordinal_class",
        "analyses.own_profile",
        "analyses.undominated",
        "analyses.what_if",
    ),
    ("analyses.sweeps", "analyses.solution", "analyses.thresholds"),
    ("analyses.importance", "analyses.when", "analyses.maps"),
    ("analyses.policies",),
    ("analyses.certificates",),
    ("analyses.arguments", "analyses.case_folder"),
    ("analyses.ledger",),
    ("analyses.drawing",),
    ("analyses.reports",),
    ("analyses.commentary",),
    ("analyses.documentation",),
    ("analyses.cli",),
    ("analyses.__main__",),
)
"""From low to high. A module may import from lower layers, and from its own layer within its own folder."""

PACKAGES = ("games", "analyses")
HEAVY = (
    "sympy",
    "numpy",
    "matplotlib",
    "z3",
    "numba",
    "scipy",
    "nashpy",
    "quantecon",
    "pandas",
    "pyarrow",
    "SALib",
    "dask",
    "distributed",
)
NAMES_THAT_SAY_NOTHING = {"util", "utils", "helper", "helpers", "common", "misc"}


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {module_name(path): path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))}


def layer(module: str) -> tuple[int, str] | None:
    """The layer of ``module`` and its place there; the two packages themselves stand for their ``__init__`` alone.

    Files of one folder that stand in a layer by themselves share a place.
    """
    for level, prefixes in enumerate(LAYERS):
        for prefix in prefixes:
            if module == prefix or (prefix not in PACKAGES and module.startswith(prefix + ".")):
                inside = module != prefix or (module in FILES and FILES[module].name == "__init__.py")
                return level, prefix if inside else prefix.rpartition(".")[0]
    return None


def imported(source: str, module: str, is_package: bool) -> Iterator[str]:
    """Every module of the two packages that ``source``, the text of ``module``, imports anywhere in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                own = module.split(".") if is_package else module.split(".")[:-1]
                own = own[: len(own) - node.level + 1]
                base = ".".join([*own, base]) if base else ".".join(own)
            inner = [f"{base}.{alias.name}" for alias in node.names]
            names = [name if name in FILES else base for name in inner]
        else:
            continue
        yield from (name for name in names if name.split(".")[0] in PACKAGES)


def violations(source: str, module: str, is_package: bool = False) -> list[str]:
    here = layer(module)
    if here is None:
        return [f"{module} is in no layer: add it to LAYERS"]
    found = []
    for target in imported(source, module, is_package):
        there = layer(target)
        if there is None:
            found.append(f"{module} imports {target}, which is in no layer: add it to LAYERS")
        elif there[0] > here[0] or (there[0] == here[0] and there[1] != here[1]):
            found.append(f"{module} may not import {target}")
    return found


@pytest.mark.parametrize("module", FILES)
def test_imports_point_downwards(module: str) -> None:
    path = FILES[module]
    assert violations(path.read_text("utf-8"), module, path.name == "__init__.py") == []


def test_the_case_is_a_guest() -> None:
    """No module but the command line knows of the commentary, which knows of nothing that is done with a case."""
    for module, path in FILES.items():
        targets = set(imported(path.read_text("utf-8"), module, path.name == "__init__.py"))
        inside = module.startswith("analyses.commentary")
        if not inside and not module.startswith("analyses.cli"):
            assert not [target for target in targets if target.startswith("analyses.commentary")], module
        known = ("analyses.arguments", "analyses.claims", "analyses.commentary", "games")
        assert not inside or all(target.startswith(known) for target in targets), module


@pytest.mark.parametrize(
    ("source", "module", "message"),
    [
        ("from games.model import Model", "games.exact", "games.exact may not import games.model"),
        ("def f():\n    import games.catalog", "games.model", "games.model may not import games.catalog"),
        ("from games import solvers", "games.forms.strategic", "games.forms.strategic may not import games.solvers"),
        ("from games import solve", "games.solvers.nash.nash", "games.solvers.nash.nash may not import games"),
        (
            "from games.solvers import nash",
            "games.territory.partition",
            "games.territory.partition may not import games.solvers.nash",
        ),
        (
            "from games.sanctions import retaliation",
            "games.solvers.nash.nash",
            "may not import games.sanctions.retaliation",
        ),
        ("from ..model import Model", "games.forms.strategic", "games.forms.strategic may not import games.model"),
        ("import analyses.cli", "analyses.claims", "analyses.claims may not import analyses.cli"),
        ("import games.nowhere", "games.model", "games.nowhere, which is in no layer: add it"),
        ("", "games.nowhere", "games.nowhere is in no layer: add it"),
    ],
)
def test_the_check_sees_an_import_that_points_up_or_sideways(source: str, module: str, message: str) -> None:
    (found,) = violations(source, module)
    assert message in found


def test_the_check_allows_imports_down_and_within_a_folder() -> None:
    source = "from games.solvers.methods import pivoting\nfrom .pure_nash import pure\nimport games.exact\nimport ast"
    assert violations(source, "games.solvers.nash.nash") == []


def test_module_names_say_what_they_hold() -> None:
    paths = [path for top in (*PACKAGES, "tests", "benchmarks") for path in (ROOT / top).rglob("*.py")]
    stems = {part for path in paths for part in path.relative_to(ROOT).with_suffix("").parts}
    assert stems & NAMES_THAT_SAY_NOTHING == set()
    assert len(paths) > len(FILES) > 0


def test_the_tests_are_no_package() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


SOLVING = """
import sys
from games import Decision, ExtensiveGame, Outcome, StrategicGame, solve

pennies = StrategicGame.bimatrix([[1, "-1"], [-1, 1]], [["-1", 1], [1, "-1"]])
assert len(solve(pennies)) == 1 and not solve(pennies, "pure-nash") and not solve(pennies, "dominance")
tree = ExtensiveGame(("A",), Decision("A", {"l": Outcome((1,)), "r": Outcome(("3/2",))}))
assert solve(tree)[0].payoffs["A"] > 1
"""


FILES_OF_NUMBERS = {
    "pennies.nfg": 'NFG 1 R "Pennies" { "A" "B" } { 2 2 }\n\n1 -1 -1 1 -1 1 1 -1\n',
    "tree.efg": 'EFG 2 R "Tree" { "A" }\np "" 1 1 "" { "l" "r" } 0\nt "" 1 "" { 1 }\nt "" 2 "" { 3/2 }\n',
    "pennies.csv": '"A \\ B",h,,t,\nh,1,-1,-1,1\nt,-1,1,1,-1\n',
    "pennies.toml": "[strategies]\nA = ['h', 't']\nB = ['h', 't']\n"
    "[payoffs]\nA = [[1, '-1/2'], [0.5, 1]]\nB = [[0, 1], [1, 0]]\n",
}
"""Small games without a formula, as a user has them in files."""

COMMANDS = (
    *(["solve", name] for name in FILES_OF_NUMBERS),
    ["solve", "pennies.toml", "--concept", "pure-nash", "--format", "json"],
    *(["explain", "tree.efg"], ["show", "pennies.csv"], ["list"], ["--help"], ["solve", "--help"], ["--version"], []),
)
RUNNING = """
import sys
from analyses.cli import main

assert main({arguments!r}) == 0
"""


def loaded(program: str, folder: Path) -> list[str]:
    """The heavy libraries that a program, run in the folder, has imported when it ends."""
    told = f"{program}\nprint(sorted({set(HEAVY)!r} & set(sys.modules)), file=sys.stderr)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "error", "-c", told]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, check=False)
    found = ast.literal_eval(done.stderr)
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("program", ["import sys, games", SOLVING], ids=["import", "solve"])
def test_the_exact_path_needs_no_numerical_library(program: str, tmp_path: Path) -> None:
    assert loaded(program, tmp_path) == []


@pytest.mark.untraced
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_command_about_a_game_of_numbers_needs_none_either(arguments: list[str], tmp_path: Path) -> None:
    for name, text in FILES_OF_NUMBERS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert loaded(RUNNING.format(arguments=arguments), tmp_path) == []


def test_what_needs_a_library_is_seen_to_import_it(tmp_path: Path) -> None:
    assert loaded(RUNNING.format(arguments=["show", "inspection"]), tmp_path) == ["sympy"]
