"""Solution concepts by family, one to a file. A new concept is one new file that registers itself.

The file of a concept is imported when the concept is asked for, see `games.solvers.concept`.
"""

# What strategies pay, and regret, in offers, repeated and stochastic games is registered in these modules.
from games.play import offers  # noqa: F401
from games.solvers.concept import CONCEPTS, solve
from games.solvers.equilibria import Component, Equilibria, Equilibrium
from games.solvers.repeated import grim_trigger, markov_perfect  # noqa: F401

__all__ = ["CONCEPTS", "Component", "Equilibria", "Equilibrium", "solve"]
