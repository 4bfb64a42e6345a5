"""Games, their equilibria, and the models of sanctions and territory.

>>> from games import StrategicGame, solve
"""

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
    "solve",
]
