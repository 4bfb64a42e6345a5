"""Every notebook runs from a fresh kernel, and what it prints and shows as text is what is stored in it."""

import os
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def texts(cell):
    """The text of a cell's outputs: what it prints, and its results as plain text and HTML."""
    shown = []
    for output in cell.get("outputs", ()):
        assert output.output_type != "error", output
        if output.output_type == "stream":
            shown.append((output.name, output.text))
        else:
            shown += sorted((kind, text) for kind, text in output.data.items() if kind.startswith("text/"))
    return shown


def test_there_are_notebooks():
    assert NOTEBOOKS


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
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
        assert texts(old) == texts(new), f"{path.name}, cell {number}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_needs_no_trust(path):
    """An untrusted notebook strips scripts, styles and SVG: stored results must not rely on them."""
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            assert not {"image/svg+xml", "application/javascript"} & set(data)
            for stripped in ("<script", "<style", "<svg"):
                assert stripped not in data.get("text/html", "")
