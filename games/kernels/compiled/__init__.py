"""The twins of `games.kernels`, compiled by numba when they are first used: the same names, the same answers."""

from games.kernels.compiled.pure import pure_equilibria_in_bulk
from games.kernels.compiled.two_players import equilibria_in_bulk

__all__ = ["equilibria_in_bulk", "pure_equilibria_in_bulk"]
