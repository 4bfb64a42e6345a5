"""QuantEcon.py, which does the pivoting and the simplicial search in floating point."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from warnings import catch_warnings, simplefilter

from games.errors import InputError
from games.solvers.limits import uncounted


def is_installed() -> bool:
    """Whether the library is there."""
    return find_spec("quantecon") is not None


@cache
def quantecon() -> Any:
    """QuantEcon.py's game theory, imported and compiled; a fresh installation takes some seconds, a used one less."""
    with uncounted(), catch_warnings():
        simplefilter("ignore")
        try:
            library: Any = import_module("quantecon.game_theory")
        except ImportError as error:
            raise InputError(
                f"the search needs QuantEcon.py, which is not installed ({error}); install it (pip install quantecon), "
                "or ask for nash, which finds all equilibria"
            ) from error
        for compiled in (library.lemke_howson, library.mclennan_tourky):
            compiled(library.NormalFormGame((2, 2)))
    return library
