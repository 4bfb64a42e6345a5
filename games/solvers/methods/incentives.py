"""What each strategy pays more than another, by the strategies of the others: the conditions of an equilibrium.

On a given support whoever mixes is indifferent, and nothing outside pays more than what is played. Both are functions
of the mixtures of the players who mix, linear in each.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any, TypeAlias

from games.forms.strategic import StrategicGame
from games.solvers.methods.mixtures import Mixture

Support: TypeAlias = tuple[tuple[int, ...], ...]
"""For each player, the positions of the strategies that are played, in their order."""

Profile: TypeAlias = tuple[Mixture, ...]
"""For each player, the weights of all strategies."""


TINY = 1e-300
"""What stands for a number too small for a float, so that it keeps its sign."""


def payoff_arrays(game: StrategicGame) -> list[Any]:
    """Each player's payoffs, exact: an array of objects with one axis for each player's strategies."""
    import numpy as np

    shape = tuple(len(own) for own in game.strategies.values())
    arrays = []
    for position in range(len(game.players)):
        array = np.empty(len(game.payoffs), dtype=object)
        array[:] = [payoffs[position] for payoffs in game.payoffs.values()]
        arrays.append(array.reshape(shape))
    return arrays


def mixing(support: Support) -> list[int]:
    """The positions of the players who mix, those with few strategies first: the order of the axes of functions."""
    return sorted((i for i, own in enumerate(support) if len(own) > 1), key=lambda i: len(support[i]))


def averaged(function: Any, mixtures: Sequence[Any]) -> Any:
    """What a function comes to where the players who mix do so, one mixture for each of its axes (`Incentives`)."""
    for mixture in reversed(mixtures):
        function = function[..., 0] if function.shape[-1] == 1 else function @ mixture
    return function.item() if hasattr(function, "item") else function


def spread(played: Sequence[int], weights: Sequence[Fraction], size: int) -> Mixture:
    """The weights of all of a player's strategies, given those of the strategies played."""
    by_place = dict(zip(played, weights, strict=True))
    return tuple(by_place.get(k, Fraction(0)) for k in range(size))


def profile_on(support: Support, mixtures: Sequence[Sequence[Fraction]], sizes: Sequence[int]) -> Profile:
    """The weights of all strategies of all players, given the mixtures of those who mix (`mixing`)."""
    weights = dict(zip(mixing(support), mixtures, strict=True))
    return tuple(
        spread(own, weights.get(i, (Fraction(1),)), size)
        for i, (own, size) in enumerate(zip(support, sizes, strict=True))
    )


class Incentives:
    """The conditions of a game's supports; ``payoffs`` are exact, an array for each player with an axis for each."""

    def __init__(self, payoffs: Sequence[Any]) -> None:
        import numpy as np

        self.sizes: tuple[int, ...] = payoffs[0].shape
        self._exact: list[dict[tuple[int, int], Any]] = []
        self._scaled: list[dict[tuple[int, int], Any]] = []
        for i, own in enumerate(payoffs):
            by_strategy = np.moveaxis(own, i, 0)
            exact, scaled = {}, {}
            for s, t in combinations(range(self.sizes[i]), 2):
                more = by_strategy[t] - by_strategy[s]
                most = max((abs(value) for value in more.flat), default=0) or 1
                exact[s, t], exact[t, s] = more, -more
                scaled[s, t] = (more / most).astype(float)
                # Signs are to be those of the exact numbers, however small these are.
                lost = (scaled[s, t] == 0) & (more != 0)
                scaled[s, t][lost] = np.where(more[lost] > 0, TINY, -TINY)
                scaled[t, s] = -scaled[s, t]
            self._exact.append(exact)
            self._scaled.append(scaled)

    def scaled(self, support: Support) -> tuple[list[Any], list[Any]]:
        """As `exact`, in floats, every function multiplied by a positive number so that no payoff exceeds 1."""
        return self._on(self._scaled, support)

    def exact(self, support: Support) -> tuple[list[Any], list[Any]]:
        """What other strategies pay more than the first of the support: of those inside, and of those outside.

        An equilibrium on the support makes the former 0 and none of the latter positive. Arrays with an axis for each
        mixing player (`mixing`), by what that player plays; of length 1 for the player whose payoff it is.
        """
        return self._on(self._exact, support)

    @staticmethod
    def _on(gains: Sequence[dict[tuple[int, int], Any]], support: Support) -> tuple[list[Any], list[Any]]:
        import numpy as np

        order = mixing(support)
        inside: list[Any] = []
        outside: list[Any] = []
        for i, own in enumerate(support):
            others = np.ix_(*(part for j, part in enumerate(support) if j != i))
            axes = [j for j, part in enumerate(support) if j != i and len(part) > 1]
            turned = [axes.index(j) for j in order if j != i]
            shape = [len(support[j]) for j in axes]
            for (s, t), gain in gains[i].items():
                if s == own[0]:
                    function = gain[others].reshape(shape).transpose(turned)
                    (inside if t in own else outside).append(
                        np.expand_dims(function, order.index(i)) if i in order else function
                    )
        return inside, outside
