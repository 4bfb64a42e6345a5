"""Mixed strategies as solvers hand them on, by label or by position, and how far two profiles lie apart."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias, TypeVar

from games.play.payoffs import Strategies
from games.solvers.equilibria import Equilibrium

Mixed: TypeAlias = dict[str, dict[str, Fraction]]
"""Probabilities in fractions: player, or information set → strategy, or action → probability."""

Mixture: TypeAlias = tuple[Fraction, ...]
"""Probabilities of a player's strategies, in their order."""

_Key = TypeVar("_Key")

ROUNDING = 1e-6
"""How far a probability may be from that of the equilibrium which it is said to be near."""


def fractions(strategies: Strategies) -> Mixed:
    """The strategies as fractions that sum to one exactly, which floats seldom do."""
    result = {}
    for who, mix in strategies.items():
        weights = {label: max(Fraction(weight), Fraction(0)) for label, weight in mix.items()}
        total = sum(weights.values())
        result[who] = {label: weight / total for label, weight in weights.items()}
    return result


def distance(first: Mapping[str, Mapping[_Key, Any]], second: Mapping[str, Mapping[_Key, Any]]) -> float:
    """The greatest difference between two probabilities of the same choice."""
    return float(max(abs(weight - second[who][key]) for who, mix in first.items() for key, weight in mix.items()))


def mixtures(equilibrium: Equilibrium) -> tuple[Mixture, Mixture]:
    """The two strategies of an equilibrium without their labels."""
    first, second = (tuple(map(Fraction, mix.values())) for mix in equilibrium.strategies.values())
    return first, second
