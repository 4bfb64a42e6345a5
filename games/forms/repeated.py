"""Repeated games with states: in each state another stage game is played, and play decides the odds of the next state.

Players discount later rounds and see everything that was done. With one state this is the ordinary repeated game.
Source: Friedman (1971), Review of Economic Studies 38; with states: Shapley (1953), Proceedings of the National
Academy of Sciences 39, and Maskin & Tirole (2001), Journal of Economic Theory 100.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from typing import Any, ClassVar, TypeAlias, final

from games.errors import InputError, listed, quoted
from games.exact import brief, readable
from games.forms import Entry, entry, labels, supply
from games.forms.game import Game, Path, Played, first_row, mixture, payoff_columns, style
from games.forms.stages import stage_table
from games.forms.strategic import Profile, StrategicGame
from games.tables import Cell, Table

Plan: TypeAlias = Mapping[str, Profile]
"""What everybody does in each state, whatever happened before."""

Odds: TypeAlias = Mapping[str, Entry]
"""The probability of each next state; states left out have none."""

AGREED = "agreed"
"""The first phase of a trigger strategy: an agreement is kept until somebody breaks it."""

BREACH = "after a breach"
"""Its second phase: a threat is carried out for good."""

MOST_STATES = 50
"""The most states."""


@final
@dataclass(frozen=True, repr=False)
class RepeatedGame(Game):
    """A game of endlessly many rounds.

    ``stages`` maps each state to the stage game played there; all have the same players. ``discounts`` maps each
    player to its discount factor, at least 0 and below 1. ``transitions`` maps a state to the odds of the next one:
    the same whatever is played, or one for each profile of the stage game; a state without them never ends.
    Play begins in ``start``, by default the first state.

    >>> from games import RepeatedGame, StrategicGame, solve
    >>> dilemma = StrategicGame.bimatrix([[3, 0], [4, 1]], [[3, 4], [0, 1]], {"A": ("C", "D"), "B": ("C", "D")})
    >>> agreed = solve(RepeatedGame({"Always": dilemma}, {"A": "2/5", "B": "2/5"}))
    >>> [found.outcomes[0].path for found in agreed]
    [('Always: C, C',), ('Always: D, D',)]

    Raises `InputError` for stage games of different players, for a discount factor that is negative or not below 1, and
    for odds that are not given for every profile or do not sum to 1.
    """

    kind: ClassVar[str] = "a repeated game"
    form: ClassVar[str] = "repeated"
    default_concept: ClassVar[str] = "grim-trigger"
    place: ClassVar[str] = "player, phase and state"

    stages: Mapping[str, StrategicGame]
    discounts: Mapping[str, Entry]
    transitions: Mapping[str, Any] = field(default_factory=dict)
    start: str = ""

    def __post_init__(self) -> None:
        states = labels(self.stages, "the list of states")
        if len(states) > MOST_STATES:
            raise InputError(f"the game has {len(states)} states; at most {MOST_STATES} are allowed")
        players = self.stages[states[0]].players
        for state, stage in self.stages.items():
            if stage.players != players:
                raise InputError(
                    f"the stage game of {quoted(state)} has the players {listed(stage.players)}, that of "
                    f"{quoted(states[0])} has {listed(players)}; they must be the same"
                )
        if set(self.discounts) != set(players):
            raise InputError(f"discount factors are given for {listed(self.discounts)}; give one for {listed(players)}")
        if unknown := [state for state in self.transitions if state not in states]:
            raise InputError(f"{quoted(unknown[0])} is no state; these are {listed(states)}")
        if self.start and self.start not in states:
            raise InputError(f"the game starts in {quoted(self.start)}, which is no state; these are {listed(states)}")
        object.__setattr__(self, "stages", dict(self.stages))
        object.__setattr__(self, "discounts", {p: _discount(p, self.discounts[p]) for p in players})
        object.__setattr__(self, "transitions", {state: self._odds_in(state) for state in states})
        object.__setattr__(self, "start", self.start or states[0])

    def _odds_in(self, state: str) -> dict[Profile, dict[str, Entry]]:
        profiles = list(self.stages[state].profiles)
        given = self.transitions.get(state, {state: 1})
        if not isinstance(given, Mapping):
            raise InputError(f"the transitions from {quoted(state)} are {quoted(given)}; give a dictionary")
        by_profile = (
            given if any(key in self.stages[state].payoffs for key in given) else dict.fromkeys(profiles, given)
        )
        if unknown := [profile for profile in by_profile if profile not in self.stages[state].payoffs]:
            raise InputError(
                f"transitions from {quoted(state)} are given for {quoted(unknown[0])}, which is no profile"
            )
        odds = {}
        for profile in profiles:
            where = f"from {state} after {', '.join(profile)}"
            if profile not in by_profile:
                raise InputError(f"no transition is given {where}")
            odds[profile] = _odds(by_profile[profile], tuple(self.stages), where)
        return odds

    @cached_property
    def players(self) -> tuple[str, ...]:
        """The players of every stage game."""
        return next(iter(self.stages.values())).players

    @cached_property
    def states(self) -> tuple[str, ...]:
        """The states, in the order of ``stages``."""
        return tuple(self.stages)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The discount factors; then for each state its payoffs and, profile by profile, the odds of the next state."""
        found = list(self.discounts.values())
        for state, stage in self.stages.items():
            found += stage.entries
            found += [value for odds in self.transitions[state].values() for value in odds.values()]
        return tuple(found)

    def with_entries(self, entries: Iterable[Entry]) -> "RepeatedGame":
        numbers = supply(entries, len(self.entries))
        discounts = {player: next(numbers) for player in self.players}
        stages, transitions = {}, {}
        for state, stage in self.stages.items():
            stages[state] = stage.with_entries([next(numbers) for _ in stage.entries])
            transitions[state] = {
                profile: {after: next(numbers) for after in odds} for profile, odds in self.transitions[state].items()
            }
        return RepeatedGame(stages, discounts, transitions, self.start)

    @property
    def plan_count(self) -> int:
        """How many `plans` there are."""
        return prod(len(stage.payoffs) for stage in self.stages.values())

    @property
    def plans(self) -> Iterator[Plan]:
        """Every way to play by state alone, in pure actions; the last state's profile changes fastest."""
        for chosen in product(*(stage.profiles for stage in self.stages.values())):
            yield dict(zip(self.stages, chosen, strict=True))

    def path(self, plan: Plan) -> Path:
        """The plan as one line for each state."""
        return tuple(f"{state}: {', '.join(profile)}" for state, profile in plan.items())

    def payoff_differences(self) -> Iterator[Any]:
        for stage in self.stages.values():
            yield from stage.payoff_differences()

    @property
    def places(self) -> Mapping[str, tuple[str, ...]]:
        """Every player in each phase of a trigger strategy and each state, named by `key`, and its actions there."""
        return {
            key(player, phase, state): own
            for phase, (state, stage) in product((AGREED, BREACH), self.stages.items())
            for player, own in stage.strategies.items()
        }

    @property
    def paths(self) -> Iterator[Path]:
        """What may be agreed, as one line for each state."""
        return map(self.path, self.plans)

    @property
    def followed_concept(self) -> str:
        """The default: it is about pure play."""
        return self.default_concept

    def check_path(self, path: Path, after: Path = ()) -> None:
        """Raises `InputError` unless ``path`` is what may be agreed in the first states; there is no ``after``."""
        self._check_among((agreed[: len(path)] for agreed in self.paths), path, after)

    def table(self) -> Table:
        """One row for each state and profile: the payoffs of the round, and the odds of the next state."""
        shown = readable if self.is_exact else str
        patience = ", ".join(f"{player} {shown(value)}" for player, value in self.discounts.items())
        caption = f"Payoffs of one round; it begins in {self.start}. Discount factors: {patience}"
        return stage_table(self.stages, self.transitions, caption, self.is_exact)

    def answers(self, found: Sequence[Played], caption: str, components: Sequence[Sequence[int]] = ()) -> Table:
        """One row for each phase and state of an equilibrium: what everybody does there, and the payoffs at first."""
        rows, written = [], style(found)
        for position, played in enumerate(found):
            together: dict[str, list[str]] = {}
            for name, mix in played.strategies.items():
                together.setdefault(name.partition(", ")[2], []).append(mixture(mix, written))
            paid = [written(played.payoffs[player]) for player in self.players]
            for number, (where, actions) in enumerate(together.items()):
                first = number == 0
                row = (*first_row([str(position + 1)], first), Cell(where), *map(Cell, actions))
                rows.append((*row, *first_row(paid, first)))
        header = ("", "Phase and state", *self.players, *payoff_columns(self.players))
        count = len(self.players)
        numeric = frozenset(range(2 + count, 2 + 2 * count))
        return Table(header, tuple(rows), labels=2, numeric=numeric, caption=caption)


def key(player: str, phase: str, state: str) -> str:
    """Under which name trigger strategies have what ``player`` does in that phase and state."""
    return f"{player}, {phase}: {state}"


def trigger_strategies(game: RepeatedGame, agreement: Plan, threat: Plan) -> dict[str, dict[str, Fraction]]:
    """What everybody does in each phase and state, with probability one, by the names that `key` gives."""
    found = {}
    for phase, plan in ((AGREED, agreement), (BREACH, threat)):
        for state, profile in plan.items():
            for player, chosen in zip(game.players, profile, strict=True):
                actions = game.stages[state].strategies[player]
                found[key(player, phase, state)] = {action: Fraction(action == chosen) for action in actions}
    return found


def trigger_plans(game: RepeatedGame, strategies: Mapping[str, Mapping[str, Any]]) -> tuple[Plan, Plan]:
    """The agreement and the threat that ``strategies`` consist of; raises `InputError` for mixed actions."""
    plans = []
    for phase in (AGREED, BREACH):
        plan = {}
        for state in game.states:
            profile = []
            for player in game.players:
                mix = strategies.get(key(player, phase, state), {})
                chosen = [action for action, weight in mix.items() if weight == 1]
                if len(chosen) != 1 or chosen[0] not in game.stages[state].strategies[player]:
                    raise InputError(f"trigger strategies need one action for {key(player, phase, state)!r}")
                profile += chosen
            plan[state] = tuple(profile)
        plans.append(plan)
    return plans[0], plans[1]


def _discount(player: str, given: object) -> Entry:
    value = entry(given, f"the discount factor of {player}")
    if not hasattr(value, "free_symbols") and not 0 <= value < 1:
        raise InputError(f"the discount factor of {player} is {brief(value)}; it must be at least 0 and below 1")
    return value


def _odds(given: object, states: tuple[str, ...], where: str) -> dict[str, Entry]:
    if not isinstance(given, Mapping) or not given:
        raise InputError(
            f"the odds {where} are {quoted(given)}; give a dictionary from each next state to a probability"
        )
    if unknown := [state for state in given if state not in states]:
        raise InputError(f"{quoted(unknown[0])}, a next state {where}, is no state; these are {listed(states)}")
    odds = {state: entry(value, f"the probability of {state} {where}") for state, value in given.items()}
    for state, value in odds.items():
        if not hasattr(value, "free_symbols") and not 0 <= value <= 1:
            raise InputError(f"the probability of {state} {where} is {brief(value)}, which is not between 0 and 1")
    total = sum(odds.values())
    total = total.expand() if hasattr(total, "free_symbols") else total
    if getattr(total, "free_symbols", None):
        raise InputError(f"the odds {where} sum to {total}; they must sum to 1 whatever the parameters")
    if total != 1:
        raise InputError(f"the odds {where} sum to {total}; they must sum to 1")
    return odds
