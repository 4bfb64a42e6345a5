"""``parley notebooks``: copies of the notebooks, to work in."""

import argparse
import shlex
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from analyses.cli.answers import print_answer
from analyses.cli.options import add_words_format
from games.errors import InputError, quoted

if TYPE_CHECKING:
    from analyses.cli.options import Commands


def add(commands: "Commands") -> None:
    """Tells the argument parser what the command takes."""
    command = commands.add_parser("notebooks", help="copy the notebooks into a folder of your own, to work in")
    command.add_argument("folder", metavar="FOLDER", help="where the copies go; it is made if it is not there")
    add_words_format(command)
    command.set_defaults(run=run)


def run(given: argparse.Namespace) -> None:
    """Copies the notebooks."""
    from analyses.writing import write_files
    from games.exact import amount

    folder = Path(given.folder)
    shipped = {path.name: path.read_bytes() for path in sorted(_shipped().glob("*.ipynb"))}
    if there := [name for name in shipped if (folder / name).exists()]:
        raise InputError(f"{quoted(given.folder)} has {there[0]} already, and nothing was copied; name another folder")
    given.files += write_files(folder, shipped)
    opened = f"jupyter lab {shlex.quote(str(folder))}"
    if given.format == "json":
        print_answer(given, {"try": [opened]})
        return
    print(f"{amount(len(given.files), 'notebook')} in {folder}; open them with: {opened}")
    if find_spec("jupyterlab") is None:
        print("Jupyter is not installed here; install it (pip install jupyter)")


def _shipped() -> Path:
    """The folder of the notebooks: in the package where it was installed from a wheel, else beside it."""
    package = Path(__file__).parents[1]
    inside = package / "notebooks"
    return inside if inside.is_dir() else package.parent / "notebooks"
