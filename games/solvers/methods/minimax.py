"""One optimal mixture of a matrix game, by a linear program in exact arithmetic."""

from games.solvers.methods.bimatrix import Payoffs
from games.solvers.methods.mixtures import Mixture
from games.solvers.methods.pivoting import maximise


def minimax(rows: Payoffs) -> Mixture:
    """A mixture of the columns that holds the greatest row to the least possible, a vertex of the set of these."""
    shift = 1 - min(map(min, rows))
    _, weights = maximise([1] * len(rows[0]), [[entry + shift for entry in row] for row in rows], [1] * len(rows))
    total = sum(weights)
    return tuple(weight / total for weight in weights)
