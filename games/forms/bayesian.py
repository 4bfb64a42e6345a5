"""Bayesian games by types: players who each know their own type, and a common prior over all types.

Definition: Harsanyi (1967–68), Management Science 14. A Bayesian game is solved as the tree in which chance draws the
types and every player then chooses knowing only its own: `BayesianGame.tree`. Its Nash equilibria are the
Bayes–Nash equilibria; a strategy there is labelled by the actions of the types in order, joined with ``/``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from games.errors import InputError, listed, quoted
from games.forms import Entry, entry, labels
from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome

Types = tuple[str, ...]
"""One type for each player, in the order of the players."""

Payoffs = Callable[[Types, tuple[str, ...]], tuple[Entry, ...]]
"""What each player gets, given everybody's types and actions."""


@dataclass(frozen=True)
class BayesianGame:
    """A game of incomplete information.

    ``types`` and ``actions`` map each player to labels; ``prior`` maps profiles of types to exact probabilities (those
    left out have none); ``payoffs`` gives one payoff for each player at given types and actions.
    """

    types: Mapping[str, tuple[str, ...]]
    actions: Mapping[str, tuple[str, ...]]
    prior: Mapping[Types, Entry]
    payoffs: Payoffs

    def __post_init__(self) -> None:
        players = labels(self.types, "the list of players")
        if set(self.actions) != set(players):
            raise InputError(
                f"types are given for {listed(players)}, actions for {listed(self.actions)}; give both for all"
            )
        object.__setattr__(self, "types", {p: labels(self.types[p], f"the types of {p}") for p in players})
        object.__setattr__(self, "actions", {p: labels(self.actions[p], f"the actions of {p}") for p in players})
        every = set(product(*self.types.values()))
        for profile in self.prior:
            if profile not in every:
                raise InputError(f"the prior has {profile}, which is no profile of types ({listed(self.types)})")
        prior = {profile: entry(value, f"the probability of {profile}") for profile, value in self.prior.items()}
        object.__setattr__(self, "prior", prior)

    @property
    def players(self) -> tuple[str, ...]:
        return tuple(self.types)

    def tree(self) -> ExtensiveGame:
        """The tree: chance draws the types, then each player chooses, knowing its own type and no more."""
        possible = [profile for profile in product(*self.types.values()) if self.prior.get(profile, 0) != 0]
        events = [", ".join(profile) for profile in possible]
        if len(set(events)) < len(events):
            events = [" and ".join(f"“{own}”" for own in profile) for profile in possible]
        drawn = {
            event: (self.prior[profile], self._choices(profile, ()))
            for event, profile in zip(events, possible, strict=True)
        }
        return ExtensiveGame(self.players, Chance(drawn))

    def _choices(self, types: Types, chosen: tuple[str, ...]) -> Node:
        if len(chosen) == len(self.players):
            return Outcome(self._paid(types, chosen))
        player, own = self.players[len(chosen)], types[len(chosen)]
        following = {action: self._choices(types, (*chosen, action)) for action in self.actions[player]}
        return Decision(player, following, f"{player} of type {own}")

    def _paid(self, types: Types, chosen: tuple[str, ...]) -> tuple[Entry, ...]:
        given: object = self.payoffs(types, chosen)
        if isinstance(given, str) or not isinstance(given, Iterable):
            raise InputError(
                f"the payoffs for the types {listed(types)} and actions {listed(chosen)} are {quoted(given)}; give a "
                f"list of {len(self.players)}, one for each player ({listed(self.players)})"
            )
        return tuple(given)
