"""Solution concepts, one to a file. A new concept is one new file that registers itself."""

from importlib import import_module
from pkgutil import iter_modules

from games.solvers.equilibria import CONCEPTS, Component, Equilibria, Equilibrium, solve

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["CONCEPTS", "Component", "Equilibria", "Equilibrium", "solve"]
