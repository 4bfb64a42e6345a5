"""What the search for logit equilibria asks of a game, whatever its form."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Protocol

from games.play.payoffs import Strategies
from games.solvers.equilibria import Equilibrium
from games.solvers.methods.payoff_scale import Array


class Choices(Protocol):
    """A game as its logit equilibria see it: who chooses among what, and what each action pays."""

    @property
    def menus(self) -> Mapping[str, tuple[str, ...]]:
        """Who chooses (a player, or an information set) and the actions there."""

    @property
    def stakes(self) -> Mapping[str, Fraction]:
        """The payoff range of the player who chooses from each menu."""

    @property
    def unit(self) -> Fraction:
        """The greatest payoff range of a player; λ is followed in units of one over it."""

    @property
    def single_below(self) -> float:
        """A λ, in units, below which there provably is only one logit equilibrium."""

    def payoffs(self, logs: Array) -> tuple[Array, Array]:
        """What each action pays, in units, and its derivatives in the log-probabilities: shapes (n), (n, n)."""

    def exact_payoffs(self, strategies: Strategies, logs: Array) -> Mapping[str, Mapping[str, Fraction]]:
        """What each action pays when everybody plays ``strategies``, in exact arithmetic."""

    def numeric(self, strategies: Strategies, logs: Array) -> Equilibrium:
        """The strategies, given in fractions, with their payoffs in floats."""

    def limit(self, strategies: Strategies, logs: Array) -> tuple[Equilibrium, Fraction] | None:
        """A Nash equilibrium that ``strategies`` may be near, and its regret as in `regret`, 0 if it is exact."""

    def regret(self, strategies: Strategies, logs: Array) -> Fraction:
        """The greatest regret of a player, as a share of the player's payoff range."""
