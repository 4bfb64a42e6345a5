"""Many games of one shape at once, as arrays: equilibria in bulk, in plain numpy.

`games.kernels.compiled` has the same functions, which give the same answers faster. `games.kernels.of_formulas` lists
the equilibria of games whose payoffs are formulas, with ties that are formulas known beforehand, and
`games.kernels.backward` goes through trees of perfect information. `import games` imports none of it.
"""

from games.kernels.pure import pure_equilibria_in_bulk
from games.kernels.two_players import EquilibriaInBulk, equilibria_in_bulk

__all__ = ["EquilibriaInBulk", "equilibria_in_bulk", "pure_equilibria_in_bulk"]
