"""Solution concepts by family, one to a file. A new concept is one new file that registers itself."""

from importlib import import_module
from pkgutil import walk_packages

from games.solvers.concept import CONCEPTS, solve
from games.solvers.equilibria import Component, Equilibria, Equilibrium

for _module in walk_packages(__path__, f"{__name__}."):
    import_module(_module.name)

__all__ = ["CONCEPTS", "Component", "Equilibria", "Equilibrium", "solve"]
