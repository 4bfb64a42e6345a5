"""Games, their equilibria, and the models of sanctions and territory.

>>> from games import StrategicGame, read, solve
"""

from pathlib import Path
from typing import TYPE_CHECKING

from games.errors import InputError
from games.forms.alternating_offers import AlternatingOffers
from games.forms.bargaining import BargainingProblem
from games.forms.bayesian import BayesianGame
from games.forms.continuous import ContinuousGame
from games.forms.extensive import Chance, Decision, ExtensiveGame, Outcome
from games.forms.graph_model import GraphModel
from games.forms.repeated import RepeatedGame
from games.forms.stochastic import StochasticGame
from games.forms.strategic import StrategicGame
from games.solvers import Component, Equilibria, Equilibrium, solve

if TYPE_CHECKING:
    from games.model import Model

__version__ = "0.1.0"

__all__ = [
    "AlternatingOffers",
    "BargainingProblem",
    "BayesianGame",
    "Chance",
    "Component",
    "ContinuousGame",
    "Decision",
    "Equilibria",
    "Equilibrium",
    "ExtensiveGame",
    "GraphModel",
    "InputError",
    "Outcome",
    "RepeatedGame",
    "StochasticGame",
    "StrategicGame",
    "read",
    "solve",
]


def read(path: Path | str) -> "Model":
    r"""The model in a file, by its suffix: .toml, .json, .csv, .nfg or .efg.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from games import read
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "ours.csv"
    ...     written = file.write_text('"-1,-2","2,-1"\n"0,0","0,0"\n')
    ...     model = read(file)
    >>> model.name, len(model.game.payoffs)
    ('ours', 4)

    Raises `InputError`, in one line that begins with the file, for anything that is not such a file.
    """
    # Formulas need sympy, which takes a moment to import.
    from games.formats.files import read_game

    return read_game(path)
