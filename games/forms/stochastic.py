"""Stochastic games: play moves from state to state, and both what it pays and where it moves is chosen together.

Definition: Shapley (1953), Proceedings of the National Academy of Sciences 39. In each state the players play a stage
game; its profile pays them and fixes the probabilities of the next state. A stream of payoffs g₀, g₁, … is worth
(1 − δ)(g₀ + δg₁ + δ²g₂ + …) for the discount factor δ, so that a payoff received for ever is worth itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from games.errors import InputError, listed, quoted
from games.exact import Number, brief, exact
from games.forms import labels
from games.forms.strategic import Profile, StrategicGame

MOST_STATES = 1_000


@dataclass(frozen=True)
class StochasticGame:
    """A game of finitely many states, with exact numbers.

    ``stages`` maps each state to its stage game; all have the same players. ``moves`` maps a state and a profile there
    to the probabilities of the next states; a state without moves, and a profile left out, stays where it is.
    """

    stages: Mapping[str, StrategicGame]
    moves: Mapping[str, Mapping[Profile, Mapping[str, Number]]]
    discount_factor: Number

    def __post_init__(self) -> None:
        states = labels(self.stages, "the list of states")
        if len(states) > MOST_STATES:
            raise InputError(f"the game has {len(states)} states; at most {MOST_STATES} are allowed")
        for state, stage in self.stages.items():
            if not isinstance(stage, StrategicGame) or not stage.is_exact:
                raise InputError(f"the stage game of {quoted(state)} must be a StrategicGame with exact payoffs")
            players = self.players
            if stage.players != players:
                raise InputError(
                    f"the stage game of {quoted(state)} has the players {listed(stage.players)}; "
                    f"that of {quoted(states[0])} has {listed(players)}"
                )
        factor = exact(self.discount_factor, "the discount factor")
        if not 0 <= factor < 1:
            raise InputError(f"the discount factor is {brief(factor)}; it must be at least 0 and less than 1")
        if unknown := [state for state in self.moves if state not in self.stages]:
            raise InputError(
                f"there are moves from {quoted(unknown[0])}, which is no state; these are {listed(states)}"
            )
        moves = {state: self._checked_moves(state) for state in states}
        object.__setattr__(self, "stages", dict(self.stages))
        object.__setattr__(self, "moves", moves)
        object.__setattr__(self, "discount_factor", factor)

    @property
    def players(self) -> tuple[str, ...]:
        return next(iter(self.stages.values())).players

    def _checked_moves(self, state: str) -> dict[Profile, dict[str, Fraction]]:
        given = self.moves.get(state, {})
        profiles = self.stages[state].payoffs
        if unknown := [profile for profile in given if profile not in profiles]:
            raise InputError(f"there are moves from {quoted(state)} at {quoted(unknown[0])}, which is no profile there")
        result = {}
        for profile in profiles:
            where = f"{state} at ({', '.join(profile)})"
            following = {
                after: exact(probability, f"the probability of {after} after {where}")
                for after, probability in given.get(profile, {state: 1}).items()
            }
            if missing := [after for after in following if after not in self.stages]:
                raise InputError(f"play moves from {where} to {quoted(missing[0])}, which is no state")
            if sum(following.values()) != 1 or min(following.values()) < 0:
                raise InputError(f"the probabilities after {where} must be at least 0 and sum to 1")
            result[profile] = following
        return result
