"""The picture of a game, whatever its form: a module of this folder that draws a form registers itself here.

A drawing reads what it shows from the form: nodes and information sets of a tree, states and moves of a graph model.
"""

from functools import singledispatch
from importlib import import_module
from pkgutil import iter_modules

from analyses import drawing
from analyses.drawing.figures import Drawing
from games.forms.game import Game
from games.solvers.equilibria import Equilibria


@singledispatch
def picture(game: Game, found: Equilibria) -> tuple[str, Drawing] | None:
    """What the report calls the picture of ``game``, and the picture, with what is played in ``found`` marked.

    None for a form that nothing draws, and for a game too large for a readable picture.
    """
    return None


def picture_of(game: Game, found: Equilibria) -> tuple[str, Drawing] | None:
    """`picture`, with every module of this folder at hand."""
    for module in iter_modules(drawing.__path__, f"{drawing.__name__}."):
        import_module(module.name)
    return picture(game.written_out, found)
