"""Whether a mixed strategy is weakly dominated, and by which other one."""

from fractions import Fraction

from games.solvers.methods.bimatrix import Payoffs
from games.solvers.methods.mixtures import Mixture
from games.solvers.methods.pivoting import maximise


def weakly_dominating(payoffs: Payoffs, mix: Mixture) -> Mixture | None:
    """A strategy, if possible a pure one, that never pays less than ``mix`` and somewhere more; else None."""
    count = len(payoffs)
    own = [sum((w * a for w, a in zip(mix, column, strict=True)), Fraction(0)) for column in zip(*payoffs, strict=True)]
    gains = [[a - b for a, b in zip(row, own, strict=True)] for row in payoffs]
    pure = next((k for k, row in enumerate(gains) if min(row) >= 0 and max(row) > 0), None)
    if pure is not None:
        return tuple(Fraction(k == pure) for k in range(count))
    program = [*([-gain for gain in column] for column in zip(*gains, strict=True)), [1] * count]
    most, weights = maximise(
        [sum(row, Fraction(0)) for row in gains], program, [0] * (len(program) - 1) + [1], stoppable=True
    )
    if not most:
        return None
    total = sum(weights)
    better = tuple(weight / total for weight in weights)
    ahead = [sum(w * gain for w, gain in zip(better, column, strict=True)) for column in zip(*gains, strict=True)]
    if min(ahead) < 0 or max(ahead) <= 0:
        raise AssertionError(f"{better} was found to dominate {mix} and does not")
    return better
