"""Bayesian games by types: players who each know their own type, and a common prior over all types.

Definition: Harsanyi (1967–68), Management Science 14. A Bayesian game is short for the tree in which chance draws the
types and every player then chooses knowing only its own, `BayesianGame.tree`, and is solved as that tree. By default
that is by its Nash equilibria, which are the Bayes–Nash equilibria; a strategy there is labelled by the actions of the
types in order, joined with ``/``. Every type that may be drawn is on the path of play, so that perfect Bayesian
equilibria are the same, with beliefs that the prior gives.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import ClassVar, TypeAlias, final

from games.errors import InputError, listed, quoted
from games.exact import readable
from games.forms import Entry, entry, labels, supply
from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome
from games.forms.game import Game, Path, payoff_columns
from games.tables import Cell, Table

Types: TypeAlias = tuple[str, ...]
"""One type for each player, in the order of the players."""

Actions: TypeAlias = tuple[str, ...]
"""One action for each player, in the order of the players."""

Payoffs: TypeAlias = Callable[[Types, Actions], tuple[Entry, ...]]
"""What each player gets, given everybody's types and actions."""


@dataclass(frozen=True)
class Listed:
    """Payoffs that are listed, by types and actions."""

    rows: Mapping[tuple[Types, Actions], tuple[Entry, ...]]

    def __call__(self, types: Types, actions: Actions) -> tuple[Entry, ...]:
        return self.rows[types, actions]


@final
@dataclass(frozen=True, repr=False)
class BayesianGame(Game):
    """A game of incomplete information.

    ``types`` and ``actions`` map each player to labels; ``prior`` maps profiles of types to exact probabilities (those
    left out have none); ``payoffs`` gives one payoff for each player at given types and actions, and is asked when the
    payoffs are first needed.

    >>> from games import BayesianGame, solve
    >>> def payoffs(types, actions):
    ...     resists = actions[1] == "Resist"
    ...     cost = 3 if types == ("usual", "weak") else 1
    ...     if actions[0] == "Refrain":
    ...         return 0, 0
    ...     return (-1, -cost) if resists else (2, -2)
    >>> game = BayesianGame(
    ...     {"Sender": ("usual",), "Target": ("strong", "weak")},
    ...     {"Sender": ("Threaten", "Refrain"), "Target": ("Resist", "Comply")},
    ...     {("usual", "strong"): "1/4", ("usual", "weak"): "3/4"},
    ...     payoffs,
    ... )
    >>> solve(game)[0].payoffs["Sender"]
    Fraction(5, 4)

    Raises `InputError` for labels that are none, for a prior over what is no profile of types or that does not sum to
    1, and for payoffs that are not one for each player.
    """

    kind: ClassVar[str] = "a Bayesian game"
    form: ClassVar[str] = "bayesian"
    default_concept: ClassVar[str] = "nash"
    place: ClassVar[str] = "information set"

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
        """The players, in the order of ``types``."""
        return tuple(self.types)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The prior, profile by profile of types; then the payoffs for each of these, by profiles of actions."""
        paid = (value for types, chosen in self._rows() for value in self._paid(types, chosen))
        return (*self.prior.values(), *paid)

    def with_entries(self, entries: Iterable[Entry]) -> "BayesianGame":
        rows = list(self._rows())
        numbers = supply(entries, len(self.prior) + len(rows) * len(self.players))
        prior = {profile: next(numbers) for profile in self.prior}
        paid = Listed({row: tuple(next(numbers) for _ in self.players) for row in rows})
        return BayesianGame(self.types, self.actions, prior, paid)

    @property
    def places(self) -> Mapping[str, tuple[str, ...]]:
        """The information sets of the tree: each type that may be drawn, with its player's actions."""
        return self.written_out.places

    @property
    def paths(self) -> Iterable[Path]:
        """The paths of the tree: the types drawn, then everybody's actions."""
        return self.written_out.paths

    @cached_property
    def written_out(self) -> ExtensiveGame:
        """The tree."""
        return self.tree()

    def check_path(self, path: Path, after: Path = ()) -> None:
        """As in the tree."""
        self.written_out.check_path(path, after)

    def table(self) -> Table:
        """One row for each profile of types and of actions: the probability of these types, and the payoffs."""
        shown = readable if self.is_exact else str
        rows = []
        for types, chosen in self._rows():
            paid = self._paid(types, chosen)
            row = [", ".join(types), shown(self.prior[types]), *chosen, *map(shown, paid)]
            rows.append(tuple(map(Cell, row)))
        count = len(self.players)
        header = ("Types", "probability", *self.players, *payoff_columns(self.players))
        numeric = frozenset({1, *range(2 + count, 2 + 2 * count)})
        caption = f"Payoffs by the types of {', '.join(self.players)} and what they do, each knowing its own type."
        return Table(header, tuple(rows), numeric=numeric, caption=caption)

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

    def _choices(self, types: Types, chosen: Actions) -> Node:
        if len(chosen) == len(self.players):
            return Outcome(self._paid(types, chosen))
        player, own = self.players[len(chosen)], types[len(chosen)]
        following = {action: self._choices(types, (*chosen, action)) for action in self.actions[player]}
        return Decision(player, following, f"{player} of type {own}")

    def _rows(self) -> Iterator[tuple[Types, Actions]]:
        return product(self.prior, product(*(self.actions[player] for player in self.players)))

    def _paid(self, types: Types, chosen: Actions) -> tuple[Entry, ...]:
        given: object = self.payoffs(types, chosen)
        if isinstance(given, str) or not isinstance(given, Iterable):
            raise InputError(
                f"the payoffs for the types {listed(types)} and actions {listed(chosen)} are {quoted(given)}; give a "
                f"list of {len(self.players)}, one for each player ({listed(self.players)})"
            )
        return tuple(given)
