"""Every notebook runs from a fresh kernel, and what it prints and shows as text is what is stored in it.

Figures are compared by their descriptions, not by their bytes, which differ from one build of the libraries to another.
"""

import os
import re
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
SHORT = ("00_the_case", "05_third_parties_and_korea", "10_payoff_space")
"""The first, the last, and one of the quickest between them; other tests check what the others claim, too."""

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
each_run = pytest.mark.parametrize(
    "path", [pytest.param(p, id=p.stem, marks=[] if p.stem in SHORT else [pytest.mark.long]) for p in NOTEBOOKS]
)

UNSTABLE = re.compile(r"/home/|/root/|/tmp/|/Users/|[A-Z]:\\\\|object at 0x|\bseconds\b")
"""What differs from one computer or run to another: paths, addresses in memory, times."""


def texts(cell):
    """The text of a cell's outputs: what it prints, and its results as plain text and HTML.

    What is printed counts as one text, in however many pieces it came from the kernel.
    """
    shown = []
    for output in cell.get("outputs", ()):
        assert output.output_type != "error", output
        if output.output_type == "stream" and shown and shown[-1][0] == output.name:
            shown[-1] = (output.name, shown[-1][1] + output.text)
        elif output.output_type == "stream":
            shown.append((output.name, output.text))
        else:
            shown += sorted((kind, text) for kind, text in output.data.items() if kind.startswith("text/"))
    return shown


def test_there_are_notebooks():
    assert NOTEBOOKS


@pytest.mark.filterwarnings("default")
@each_run
def test_notebook_gives_its_stored_outputs_again(path, monkeypatch):
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    stored = nbformat.read(path, as_version=4)
    fresh = nbformat.read(path, as_version=4)
    for cell in fresh.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = nbclient.NotebookClient(
        fresh, timeout=240, kernel_name="python3", resources={"metadata": {"path": os.fspath(FOLDER)}}
    )
    client.execute()
    for number, (old, new) in enumerate(zip(stored.cells, fresh.cells, strict=True)):
        assert texts(old) == texts(new), f"{path.name}, cell {number}: {old.source}"


@each_notebook
def test_notebook_is_stored_as_run_from_top_to_bottom(path):
    code = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))


@each_notebook
def test_notebook_shows_nothing_of_the_computer_it_ran_on(path):
    for cell in nbformat.read(path, as_version=4).cells:
        for kind, text in texts(cell):
            assert not UNSTABLE.search(text), (path.name, kind, UNSTABLE.search(text))
            assert kind != "stderr", text


@each_notebook
def test_readme_lists_notebook(path):
    assert f"notebooks/{path.name}" in (FOLDER.parent / "README.md").read_text(encoding="utf-8")


@each_notebook
def test_notebook_needs_no_trust(path):
    """An untrusted notebook strips scripts, styles and SVG: stored results must not rely on them."""
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            assert not {"image/svg+xml", "application/javascript"} & set(data)
            for stripped in ("<script", "<style", "<svg"):
                assert stripped not in data.get("text/html", "")
