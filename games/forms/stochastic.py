"""Stochastic games: play moves from state to state, and both what it pays and where it moves is chosen together.

Definition: Shapley (1953), Proceedings of the National Academy of Sciences 39. In each state the players play a stage
game; its profile pays them and fixes the probabilities of the next state. A stream of payoffs g₀, g₁, … is worth
(1 − δ)(g₀ + δg₁ + δ²g₂ + …) for the discount factor δ, so that a payoff received for ever is worth itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any, ClassVar, final

from games.errors import InputError, listed, quoted
from games.exact import brief, readable
from games.forms import Entry, entry, labels, supply
from games.forms.game import Game, Path, Played, first_row, mixture, payoff_columns, style
from games.forms.stages import stage_table
from games.forms.strategic import Profile, StrategicGame
from games.tables import Cell, Table

MOST_STATES = 1_000
"""The most states."""


@final
@dataclass(frozen=True, repr=False)
class StochasticGame(Game):
    """A game of finitely many states.

    ``stages`` maps each state to its stage game; all have the same players. ``moves`` maps a state and a profile there
    to the probabilities of the next states; a state without moves, and a profile left out, stays where it is. Play
    begins in ``start``, by default the first state.

    >>> from games import StochasticGame, StrategicGame, solve
    >>> def stage(paid):
    ...     strategies = {"A": ("Stay", "Leave"), "B": ("Wait",)}
    ...     return StrategicGame(strategies, {("Stay", "Wait"): (paid, 0), ("Leave", "Wait"): (0, 0)})
    >>> moves = {"Thaw": {("Leave", "Wait"): {"Freeze": 1}}}
    >>> game = StochasticGame({"Thaw": stage(1), "Freeze": stage(0)}, moves, "1/2", "Thaw")
    >>> solve(game)[0].payoffs["A"]
    Fraction(1, 1)

    Raises `InputError` for states, profiles or players that do not fit together, for probabilities that do not sum to
    1, and for a discount factor that is negative or not below 1.
    """

    kind: ClassVar[str] = "a stochastic game"
    form: ClassVar[str] = "stochastic"
    place: ClassVar[str] = "player and state"
    lists_outcomes: ClassVar[bool] = False

    stages: Mapping[str, StrategicGame]
    moves: Mapping[str, Mapping[Profile, Mapping[str, Entry]]]
    discount_factor: Entry
    start: str = ""

    def __post_init__(self) -> None:
        states = labels(self.stages, "the list of states")
        if len(states) > MOST_STATES:
            raise InputError(f"the game has {len(states)} states; at most {MOST_STATES} are allowed")
        for state, stage in self.stages.items():
            if not isinstance(stage, StrategicGame):
                raise InputError(f"the stage game of {quoted(state)} must be a StrategicGame")
            if stage.players != self.players:
                raise InputError(
                    f"the stage game of {quoted(state)} has the players {listed(stage.players)}; "
                    f"that of {quoted(states[0])} has {listed(self.players)}"
                )
        if unknown := [state for state in self.moves if state not in self.stages]:
            raise InputError(
                f"there are moves from {quoted(unknown[0])}, which is no state; these are {listed(states)}"
            )
        if self.start and self.start not in states:
            raise InputError(f"the game starts in {quoted(self.start)}, which is no state; these are {listed(states)}")
        moves = {state: self._checked_moves(state) for state in states}
        object.__setattr__(self, "discount_factor", _factor(self.discount_factor))
        object.__setattr__(self, "stages", dict(self.stages))
        object.__setattr__(self, "moves", moves)
        object.__setattr__(self, "start", self.start or states[0])
        if len(self.places) < len(states) * len(self.players):
            raise InputError("players and states are named so that a player in a state has the name of another")

    @cached_property
    def players(self) -> tuple[str, ...]:
        """The players of every stage game."""
        return next(iter(self.stages.values())).players

    @property
    def default_concept(self) -> str:
        """The value where two players' stage payoffs always add up to 0, Markov perfect equilibria elsewhere."""
        return "discounted-value" if self.is_pure_conflict else "markov-perfect"

    @property
    def is_pure_conflict(self) -> bool:
        """Whether there are two players, and what a round pays one it takes from the other, whatever the parameters."""
        sums = [sum(paid) for stage in self.stages.values() for paid in stage.payoffs.values()]
        return len(self.players) == 2 and all((s.expand() if hasattr(s, "expand") else s) == 0 for s in sums)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The discount factor; then for each state its payoffs and, profile by profile, the odds of the next state."""
        numbers = [self.discount_factor]
        for state, stage in self.stages.items():
            numbers += stage.entries
            numbers += [value for odds in self.moves[state].values() for value in odds.values()]
        return tuple(numbers)

    def with_entries(self, entries: Iterable[Entry]) -> "StochasticGame":
        numbers = supply(entries, len(self.entries))
        factor = next(numbers)
        stages, moves = {}, {}
        for state, stage in self.stages.items():
            stages[state] = stage.with_entries([next(numbers) for _ in stage.entries])
            moves[state] = {
                profile: {after: next(numbers) for after in odds} for profile, odds in self.moves[state].items()
            }
        return StochasticGame(stages, moves, factor, self.start)

    def payoff_differences(self) -> Iterator[Any]:
        for stage in self.stages.values():
            yield from stage.payoff_differences()

    @property
    def places(self) -> Mapping[str, tuple[str, ...]]:
        """Every player in each state, named by `key`, and its actions there."""
        return {
            key(player, state): own for state, stage in self.stages.items() for player, own in stage.strategies.items()
        }

    @property
    def paths(self) -> Iterator[Path]:
        """Every way to play by state alone, in pure actions, as one line for each state."""
        for chosen in product(*(stage.profiles for stage in self.stages.values())):
            yield tuple(_line(state, profile) for state, profile in zip(self.stages, chosen, strict=True))

    def check_path(self, path: Path, after: Path = ()) -> None:
        """Play never ends, so that no path can be named; what comes ``after`` is what comes after a state."""
        if after and (len(after) > 1 or after[0] not in self.stages):
            raise InputError(f"{quoted(', '.join(after))} is no state; these are {listed(self.stages)}")
        if path or not after:
            raise InputError(f"{self.kind} has no paths; name strategies by player and state")

    def played_paths(self, played: Played) -> list[Path]:
        """What everybody does in each state, mixtures included, as one line for each state."""
        mixed = {name: mixture(mix) for name, mix in played.strategies.items()}
        return [tuple(_line(state, [mixed[key(p, state)] for p in self.players]) for state in self.stages)]

    def table(self) -> Table:
        """One row for each state and profile: the payoffs of the round, and the odds of the next state."""
        shown = readable(self.discount_factor) if self.is_exact else str(self.discount_factor)
        caption = f"Payoffs of one round; play begins in {self.start}. Discount factor: {shown}"
        return stage_table(self.stages, self.moves, caption, self.is_exact)

    def answers(self, found: Sequence[Played], caption: str, components: Sequence[Sequence[int]] = ()) -> Table:
        """One row for each state of an answer: what everybody does there, and the payoffs from there on."""
        rows, written = [], style(found)
        for position, played in enumerate(found):
            for number, state in enumerate(self.stages):
                row = first_row([str(position + 1)], number == 0)
                row += [Cell(state), *(Cell(mixture(played.strategies[key(p, state)], written)) for p in self.players)]
                row += [Cell(written(played.continuations[state,][player])) for player in self.players]
                rows.append(tuple(row))
        count = len(self.players)
        header = ("", "State", *self.players, *payoff_columns(self.players))
        numeric = frozenset(range(2 + count, 2 + 2 * count))
        return Table(header, tuple(rows), labels=2, numeric=numeric, caption=caption)

    def _checked_moves(self, state: str) -> dict[Profile, dict[str, Entry]]:
        given = self.moves.get(state, {})
        profiles = self.stages[state].payoffs
        if unknown := [profile for profile in given if profile not in profiles]:
            raise InputError(f"there are moves from {quoted(state)} at {quoted(unknown[0])}, which is no profile there")
        result = {}
        for profile in profiles:
            where = f"{state} at ({', '.join(profile)})"
            following = {
                after: entry(probability, f"the probability of {after} after {where}")
                for after, probability in given.get(profile, {state: 1}).items()
            }
            if missing := [after for after in following if after not in self.stages]:
                raise InputError(f"play moves from {where} to {quoted(missing[0])}, which is no state")
            if not _may_be_odds(list(following.values())):
                raise InputError(f"the probabilities after {where} must be at least 0 and sum to 1")
            result[profile] = following
        return result


def key(player: str, state: str) -> str:
    """Under which name a strategy has what ``player`` does in that state."""
    return f"{player} in {state}"


def _line(state: str, actions: Iterable[str]) -> str:
    return f"{state}: {', '.join(actions)}"


def _factor(given: object) -> Entry:
    factor = entry(given, "the discount factor")
    if not hasattr(factor, "free_symbols") and not 0 <= factor < 1:
        raise InputError(f"the discount factor is {brief(factor)}; it must be at least 0 and less than 1")
    return factor


def _may_be_odds(values: Sequence[Entry]) -> bool:
    """Whether the values sum to 1, whatever the parameters, and none is known to be negative."""
    total: Entry = sum(values)
    total = total.expand() if hasattr(total, "free_symbols") else total
    return bool(total == 1) and all(hasattr(value, "free_symbols") or value >= 0 for value in values)
