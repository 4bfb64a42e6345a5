"""``parley notebooks``: copies that are the notebooks, and nothing overwritten."""

from pathlib import Path

import pytest

from analyses.cli import main

ORIGINALS = Path(__file__).parents[3] / "notebooks"


def test_copies_are_the_notebooks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "my notebooks"
    assert main(["notebooks", str(folder)]) == 0
    assert f"jupyter lab '{folder}'" in capsys.readouterr().out
    copies = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert copies == {path.name: path.read_bytes() for path in ORIGINALS.glob("*.ipynb")}


def test_own_work_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "03_symbolic_or_full.ipynb").write_text("mine")
    assert main(["notebooks", str(tmp_path)]) == 2
    assert "has 03_symbolic_or_full.ipynb already, and nothing was copied" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["03_symbolic_or_full.ipynb"]
    assert (tmp_path / "03_symbolic_or_full.ipynb").read_text() == "mine"


def test_a_file_is_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(["notebooks", str(tmp_path / "file")]) == 2
    assert "is a file; choose another folder" in capsys.readouterr().err
