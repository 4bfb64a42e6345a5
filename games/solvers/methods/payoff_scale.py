"""The scale of numeric answers: payoffs and regrets as shares of a player's payoff range.

Shares do not change when a player's payoffs are multiplied or shifted, which changes no equilibrium either.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from games.exact import Number
from games.forms.strategic import StrategicGame
from games.play.payoffs import Strategies
from games.play.regret import regret

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

Array: TypeAlias = "NDArray[float64]"
"""Floats in as many dimensions as the game has players, or fewer."""

TOLERANCE = 1e-9
"""The greatest regret of a numeric equilibrium, as a share of the player's payoff range."""


def payoff_range(game: StrategicGame, player: str) -> tuple[Fraction, Fraction]:
    """The player's least payoff, and by how much the greatest exceeds it; 1 where all are the same."""
    position = game.players.index(player)
    own = [payoffs[position] for payoffs in game.payoffs.values()]
    least = Fraction(min(own))
    return least, (max(own) - least) or Fraction(1)


def stakes(payoffs: Mapping[str, Sequence[Number]]) -> dict[str, Fraction]:
    """The payoff range of each player; of one whose payoffs are all the same, the greatest of the others', or 1."""
    ranges = {player: Fraction(max(own)) - Fraction(min(own)) for player, own in payoffs.items()}
    greatest = max(ranges.values()) or Fraction(1)
    return {player: own or greatest for player, own in ranges.items()}


def payoff_tensors(game: StrategicGame, units: Mapping[str, Fraction]) -> list[Array]:
    """Each player's payoffs above the player's least one, in ``units``: one axis for each player's strategies."""
    import numpy as np

    shape = tuple(len(own) for own in game.strategies.values())
    tensors = []
    for position, player in enumerate(game.players):
        least, _ = payoff_range(game, player)
        unit = units[player]
        flat = [float((payoffs[position] - least) / unit) for payoffs in game.payoffs.values()]
        tensors.append(np.array(flat, dtype=float).reshape(shape))
    return tensors


def pairwise(tensors: Sequence[Array], mixtures: Sequence[Array]) -> Iterator[tuple[int, int, Array]]:
    """By player and other player, what the first is paid, everybody else mixing: shape (own, other's strategies).

    ``tensors`` are those of `payoff_tensors`, one for each player. Players are averaged over one after the other, the
    last first, and what pairs have in common is done once.
    """
    import numpy as np

    # What all players up to one do, together.
    together = [np.ones(1)]
    for mixture in mixtures:
        together.append(np.outer(together[-1], mixture).ravel())
    whole = np.array(tensors).reshape(len(mixtures), -1)
    # Rows: player and what the players kept apart do; columns: what those not yet looked at do.
    open_tables: list[tuple[Array, int, int | None]] = [(whole, len(mixtures) - 1, None)] if len(mixtures) > 1 else []
    while open_tables:
        table, last, kept = open_tables.pop()
        parts = table.reshape(len(table), -1, len(mixtures[last]))
        if last > (kept is None):
            open_tables.append((parts @ mixtures[last], last - 1, kept))
        apart = parts.transpose(0, 2, 1)
        if kept is None:
            open_tables.append((apart.reshape(-1, parts.shape[1]), last - 1, last))
            continue
        shape = (len(mixtures), len(mixtures[kept]), len(mixtures[last]), -1)
        both = apart.reshape(shape)[[last, kept]] @ together[last]
        yield last, kept, both[0].T
        yield kept, last, both[1]


def greatest_regret(game: StrategicGame, strategies: Strategies) -> Fraction:
    """The greatest regret of a player, as a share of that player's payoff range."""
    regrets = regret(game, strategies)
    return max(Fraction(value) / payoff_range(game, player)[1] for player, value in regrets.items())


def accuracy(share: Fraction) -> str:
    """The remark of a numeric equilibrium whose greatest regret is ``share`` of the payoff range."""
    if share <= TOLERANCE:
        return f"numeric: nobody's regret, computed from the exact payoffs, exceeds {TOLERANCE:g} of the payoff range"
    return f"not verified: the regret is {float(share):.1e} of the payoff range, above the tolerance {TOLERANCE:g}"
