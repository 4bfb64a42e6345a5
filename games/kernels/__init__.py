"""Many games of one shape at once, as arrays: equilibria in bulk. Plain numpy, imported only where it is used."""

from games.kernels.pure import pure_equilibria_in_bulk
from games.kernels.two_players import EquilibriaInBulk, equilibria_in_bulk

__all__ = ["EquilibriaInBulk", "equilibria_in_bulk", "pure_equilibria_in_bulk"]
