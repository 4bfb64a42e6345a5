"""Graph models of conflicts: states, who can move the conflict from which state to which, and who prefers what.

A decision maker moves alone from a state to another along an arc; an arc without its reverse is a move that cannot be
taken back. A unilateral improvement is a move to a state that pays the mover more. Only the order of the payoffs of
one decision maker matters. Source: Kilgour, Hipel & Fang (1987), Automatica 23; Fang, Hipel & Kilgour (1993),
Interactive Decision Making: The Graph Model for Conflict Resolution.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any, ClassVar, final

from games.errors import InputError, listed, quoted
from games.exact import readable
from games.forms import Entry, entry, labels, supply
from games.forms.game import Game, Path, Played, payoff_columns
from games.tables import Cell, Table

MOST_STATES = 10_000
"""The most states."""


@final
@dataclass(frozen=True, repr=False)
class GraphModel(Game):
    """A conflict of any number of decision makers.

    ``payoffs`` maps every state to one payoff for each decision maker, in the order of ``moves``. ``moves`` maps each
    decision maker to the states from which it can move, and these to the states to which it can move in one step.

    >>> from games import GraphModel, solve
    >>> game = GraphModel(
    ...     {"Tension": (1, 1), "Talks": (2, 2)},
    ...     {"Japan": {"Tension": ("Talks",)}, "Russia": {"Talks": ("Tension",)}},
    ... )
    >>> [found.outcomes[0].path for found in solve(game)]
    [('Talks',)]

    Raises `InputError` for payoffs that are not one for each decision maker, and for moves from or to what is no state.
    """

    kind: ClassVar[str] = "a graph model"
    form: ClassVar[str] = "graph"
    default_concept: ClassVar[str] = "nash-stable"
    place: ClassVar[str] = "decision maker"

    payoffs: Mapping[str, tuple[Entry, ...]]
    moves: Mapping[str, Mapping[str, tuple[str, ...]]]

    def __post_init__(self) -> None:
        players = labels(self.moves, "the list of decision makers")
        states = labels(self.payoffs, "the list of states")
        if len(states) > MOST_STATES:
            raise InputError(f"the graph model has more than {MOST_STATES} states, which is too large")
        paid = {}
        for state, row in self.payoffs.items():
            if isinstance(row, str) or not isinstance(row, Sequence) or len(row) != len(players):
                raise InputError(
                    f"the payoffs in the state {quoted(state)} are {quoted(row)}; give one for each of "
                    f"{listed(players)}"
                )
            paid[state] = tuple(
                entry(value, f"the payoff of {player} in the state {state}")
                for player, value in zip(players, row, strict=True)
            )
        arcs = {player: _arcs(player, states, self.moves[player]) for player in players}
        object.__setattr__(self, "payoffs", paid)
        object.__setattr__(self, "moves", arcs)

    @cached_property
    def players(self) -> tuple[str, ...]:
        """The decision makers."""
        return tuple(self.moves)

    @cached_property
    def states(self) -> tuple[str, ...]:
        """The states, in the order of ``payoffs``."""
        return tuple(self.payoffs)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every payoff, state by state, within a state decision maker by decision maker."""
        return tuple(value for row in self.payoffs.values() for value in row)

    def with_entries(self, entries: Iterable[Entry]) -> "GraphModel":
        numbers = supply(entries, len(self.states) * len(self.players))
        return GraphModel({state: tuple(next(numbers) for _ in self.players) for state in self.states}, self.moves)

    def payoff_differences(self) -> Iterator[Any]:
        for row, other in combinations(self.payoffs.values(), 2):
            yield from (first - second for first, second in zip(row, other, strict=True))

    @property
    def places(self) -> Mapping[str, tuple[str, ...]]:
        """The decision makers and the states: each chooses in which the conflict rests, as far as it goes."""
        return dict.fromkeys(self.players, self.states)

    @property
    def paths(self) -> Iterator[Path]:
        """The states in which the conflict may rest."""
        return ((state,) for state in self.states)

    @property
    def followed_concept(self) -> str:
        """The default: it is about pure play."""
        return self.default_concept

    def payoff(self, state: str, player: str) -> Entry:
        """What ``player`` gets while the conflict rests in ``state``."""
        return self.payoffs[state][self.players.index(player)]

    def moves_from(self, state: str, player: str) -> tuple[str, ...]:
        """The states to which ``player`` can move the conflict in one step from ``state``."""
        return self.moves[player].get(state, ())

    def table(self) -> Table:
        """One row for each state: the payoffs, and where each decision maker can move; improvements are marked."""
        exact = self.is_exact
        rows = []
        for state in self.states:
            row = [Cell(state)]
            row += [Cell(readable(value) if exact else str(value)) for value in self.payoffs[state]]
            for player in self.players:
                targets = self.moves_from(state, player)
                better = [t for t in targets if exact and self.payoff(t, player) > self.payoff(state, player)]
                shown = "; ".join(f"{t} (+)" if t in better else t for t in targets)
                row.append(Cell(shown or "–"))
            rows.append(tuple(row))
        header = (
            "State",
            *payoff_columns(self.players),
            *(f"{player} can move to" for player in self.players),
        )
        caption = "States, payoffs and unilateral moves" + ("; (+) pays the mover more." if exact else ".")
        return Table(header, tuple(rows), numeric=frozenset(range(1, 1 + len(self.players))), caption=caption)

    def answers(self, found: Sequence[Played], caption: str, components: Sequence[Sequence[int]] = ()) -> Table:
        """One row for each stable state, with its payoffs."""
        rows = tuple(
            (
                Cell(str(position + 1)),
                Cell(played.outcomes[0].path[0]),
                *(Cell(readable(played.payoffs[player])) for player in self.players),
            )
            for position, played in enumerate(found)
        )
        header = ("", "State", *payoff_columns(self.players))
        return Table(header, rows, labels=2, numeric=frozenset(range(2, 2 + len(self.players))), caption=caption)


def _arcs(player: str, states: tuple[str, ...], given: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(given, Mapping):
        raise InputError(f"the moves of {player} are {quoted(given)}; give a dictionary from each state to a list")
    arcs = {}
    for start, targets in given.items():
        if isinstance(targets, str) or not isinstance(targets, Sequence):
            raise InputError(f"the moves of {player} from {quoted(start)} are {quoted(targets)}; give a list of states")
        for state in (start, *targets):
            if state not in states:
                raise InputError(
                    f"{player} moves from or to {quoted(state)}, which is no state; these are {listed(states)}"
                )
        if start in targets:
            raise InputError(f"{player} moves from {quoted(start)} to the same state; leave that move out")
        if targets:
            arcs[start] = labels(targets, f"the moves of {player} from {start}")
    return arcs


def reachable(game: GraphModel, start: str, players: Iterable[str] | None = None) -> tuple[str, ...]:
    """The states to which moves of ``players`` (by default everybody) can lead from ``start``, itself included.

    Payoffs play no part: this is what can still happen, not what will.
    """
    if start not in game.payoffs:
        raise InputError(f"there is no state {quoted(start)}; these are {listed(game.states)}")
    movers = _known(game, game.players if players is None else players)
    return tuple(_closure({s: [t for p in movers for t in game.moves_from(s, p)] for s in game.states}, start))


def route(game: GraphModel, start: str, end: str, *, improving: bool = False) -> tuple[tuple[str, str], ...] | None:
    """A shortest way from ``start`` to ``end``: each move's mover and the state reached; None if there is no way.

    With ``improving``, every move must pay its mover more than the state it leaves; payoffs must then be numbers.
    """
    for state in (start, end):
        if state not in game.payoffs:
            raise InputError(f"there is no state {quoted(state)}; these are {listed(game.states)}")
    if improving and not game.is_exact:
        raise InputError("a route of improvements needs exact payoffs; give values to the parameters first")
    known: dict[str, tuple[tuple[str, str], ...]] = {start: ()}
    waiting = [start]
    for state in waiting:
        if state == end:
            return known[state]
        for player in game.players:
            for target in game.moves_from(state, player):
                if target in known or (improving and game.payoff(target, player) <= game.payoff(state, player)):
                    continue
                known[target] = (*known[state], (player, target))
                waiting.append(target)
    return None


def _closure(arcs: Mapping[str, Iterable[str]], start: str) -> Iterator[str]:
    known = {start: None}
    waiting = [start]
    for state in waiting:
        yield state
        for target in arcs.get(state, ()):
            if target not in known:
                known[target] = None
                waiting.append(target)


def _known(game: GraphModel, players: Iterable[str]) -> tuple[str, ...]:
    movers = tuple(players)
    for player in movers:
        if player not in game.players:
            raise InputError(f"there is no decision maker {quoted(player)}; these are {listed(game.players)}")
    return movers
