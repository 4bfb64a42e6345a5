"""Games to and from pygambit, the Python package of Gambit (Savani & Turocy, Gambit: the package for game theory).

Games pass as Gambit's files do, in `games.formats.nfg` and `games.formats.efg`, so numbers stay exact and labels
stay. Gambit has rules of its own for labels: no blanks at the ends, no two in a row, no backslash that needs an escape,
and before Gambit 17 nothing but ASCII.

pygambit is no dependency of Parley and is imported when a game is sent or fetched.
"""

import io
from importlib import import_module
from typing import Any

from games.errors import InputError, quoted
from games.formats.efg import extensive_game, write_efg
from games.formats.nfg import strategic_game, write_nfg
from games.forms.extensive import ExtensiveGame
from games.forms.strategic import StrategicGame

INSTALL = "pip install --pre pygambit"
"""What an error says to run where pygambit is missing."""


def to_pygambit(game: StrategicGame | ExtensiveGame, title: str = "") -> Any:
    """An exact ``game`` as a `pygambit.Game` that has the same players, labels, payoffs and information sets.

    An information set that is named after the path to it has no name there. Raises `InputError` for formulas, and for
    labels that Gambit does not take as they are.
    """
    library = _pygambit()
    if isinstance(game, ExtensiveGame):
        text, read = write_efg(game, title), library.read_efg
    else:
        text, read = write_nfg(game, title), library.read_nfg
    try:
        sent = read(io.BytesIO(text.encode()))
    except ValueError as error:
        raise InputError(f"Gambit does not take the game: {quoted(error, 300)}; rename what it names") from None
    if from_pygambit(sent) != game:
        raise InputError(r"Gambit does not keep the labels of the game; leave out \ and blanks around words")
    return sent


def from_pygambit(game: Any) -> StrategicGame | ExtensiveGame:
    """The exact game that a `pygambit.Game` is: a tree if that is a tree, else in strategic form.

    Labels that are blank or repeated are completed as `games.formats.gambit` says.
    """
    library = _pygambit()
    if not isinstance(game, library.Game):
        raise InputError(f"{quoted(type(game).__name__)} is no game of pygambit; give a pygambit.Game")
    if _is_tree(library, game):
        return extensive_game(game.to_efg())[1]
    return strategic_game(game.to_nfg())[1]


def _is_tree(library: Any, game: Any) -> bool:
    # Gambit 17 has a class for each form, earlier versions an attribute.
    if hasattr(library, "ExtensiveGame"):
        return isinstance(game, library.ExtensiveGame)
    return bool(game.is_tree)


def _pygambit() -> Any:
    try:
        return import_module("pygambit")
    except ImportError:
        raise InputError(f"pygambit is not installed, which this conversion needs; run: {INSTALL}") from None
