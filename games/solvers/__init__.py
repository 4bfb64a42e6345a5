"""Solution concepts by family, one to a file. A new concept is one new file that registers itself.

The file of a concept is imported when the concept is asked for, see `games.solvers.concept`.
"""

from games.solvers.concept import CONCEPTS, solve
from games.solvers.equilibria import Component, Equilibria, Equilibrium

__all__ = ["CONCEPTS", "Component", "Equilibria", "Equilibrium", "solve"]
