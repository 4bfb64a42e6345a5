"""Logit equilibria of a strategic form: everybody chooses a strategy at once, knowing no other's choice."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from math import inf

from games.forms.strategic import StrategicGame
from games.play.payoffs import Strategies, strategy_payoffs
from games.solvers.equilibria import Equilibrium, equilibrium
from games.solvers.methods.payoff_scale import Array, greatest_regret, pairwise, payoff_tensors, stakes
from games.solvers.methods.polishing import polish


class SimultaneousChoices:
    """A strategic form: everybody chooses at once, knowing nothing of the others' choices."""

    def __init__(self, game: StrategicGame) -> None:
        self.game = game
        self.menus = game.strategies
        payoffs = list(zip(*game.payoffs.values(), strict=True))
        self.stakes = stakes({player: payoffs[k] for k, player in enumerate(game.players)})
        self.unit = max(self.stakes.values())
        self.tensors = payoff_tensors(game, dict.fromkeys(game.players, self.unit))
        ends = accumulate(map(len, self.menus.values()))
        self.blocks = [slice(end - len(own), end) for end, own in zip(ends, self.menus.values(), strict=True)]

    @cached_property
    def single_below(self) -> float:
        """Below it the response to a profile is a contraction, in the greatest sum of changes of a player's weights.

        When an opponent's weights move by d in sum, the payoff of one strategy above another moves by at most d/2
        times the range of that difference, and the responses by at most half of λ times what the differences move.
        """
        greatest = 0.0
        for position, tensor in enumerate(self.tensors):
            for row in (rows := tensor.swapaxes(0, position).reshape(tensor.shape[position], -1)):
                differences = rows - row
                greatest = max(greatest, float((differences.max(axis=1) - differences.min(axis=1)).max()))
        opponents = len(self.tensors) - 1
        # The changes thus shrink if λ · opponents · greatest / 4 < 1; a little below 4 leaves room for the rounding.
        return 3.999 / (opponents * greatest) if opponents * greatest else inf

    def payoffs(self, logs: Array) -> tuple[Array, Array]:
        """What each strategy pays, in units, and its derivatives in the log-probabilities: shapes (n), (n, n)."""
        import numpy as np

        mixtures = [np.exp(logs[block]) for block in self.blocks]
        pays, slopes = np.zeros(len(logs)), np.zeros((len(logs), len(logs)))
        if len(mixtures) == 1:
            pays[:] = self.tensors[0]
        for i, k, paid in pairwise(self.tensors, mixtures):
            weighed = paid * mixtures[k]
            slopes[self.blocks[i], self.blocks[k]] = weighed
            pays[self.blocks[i]] = weighed.sum(axis=1)
        return pays, slopes

    def exact_payoffs(self, strategies: Strategies, logs: Array) -> Mapping[str, Mapping[str, Fraction]]:
        """What each strategy pays when everybody plays ``strategies``, in exact arithmetic."""
        return {player: strategy_payoffs(self.game, strategies, player) for player in self.game.players}

    def numeric(self, strategies: Strategies, logs: Array) -> Equilibrium:
        """The strategies, given in fractions, with their payoffs; all as floats."""
        return equilibrium(self.game, strategies, exact=False)

    def regret(self, strategies: Strategies, logs: Array) -> Fraction:
        """The greatest regret of a player, as a share of the player's payoff range."""
        return greatest_regret(self.game, strategies)

    def limit(self, strategies: Strategies, logs: Array) -> tuple[Equilibrium, Fraction] | None:
        """A Nash equilibrium that ``strategies`` may be near, and its regret as in `regret`, 0 if it is exact."""
        polished = polish(self.game, strategies)
        if polished is None:
            return None
        return equilibrium(self.game, polished.strategies, polished.is_exact), polished.share
