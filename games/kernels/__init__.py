"""Many games of one shape at once, as arrays: equilibria in bulk, in plain numpy.

`games.kernels.compiled` has the same functions, which give the same answers faster. `import games` imports none of it.
"""

from games.kernels.pure import pure_equilibria_in_bulk
from games.kernels.two_players import EquilibriaInBulk, equilibria_in_bulk

__all__ = ["EquilibriaInBulk", "equilibria_in_bulk", "pure_equilibria_in_bulk"]
