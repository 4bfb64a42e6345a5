"""Games in strategic form: every player chooses a strategy at once, and the profile decides the payoffs.

Source: von Neumann & Morgenstern (1944), Theory of Games and Economic Behavior; Nash (1951), Annals of
Mathematics 54.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, final

from games.errors import InputError, check_kind, quoted
from games.exact import alike
from games.forms import Entry, entry, labels, supply
from games.forms.game import Game, Path, Played, payoff_columns
from games.tables import Cell, Table, frame_of

if TYPE_CHECKING:
    from pandas import DataFrame

Profile: TypeAlias = tuple[str, ...]
"""One strategy label for each player, in the order of the players."""

BEST = "* a best response to what the others choose"
"""What the asterisk in the table of a game means."""

MOST_PROFILES = 1_000_000
"""The most profiles of a game."""


@final
@dataclass(frozen=True, repr=False)
class StrategicGame(Game):
    r"""A game of any number of players.

    ``strategies`` maps each player to the labels of that player's strategies; ``payoffs`` maps every profile to one
    payoff for each player, in the order of the players.

    >>> from games import StrategicGame
    >>> game = StrategicGame(
    ...     {"Sender": ("Sanction", "Refrain"), "Target": ("Resist", "Comply")},
    ...     {
    ...         ("Sanction", "Resist"): ("-3/10", "-6/10"),
    ...         ("Sanction", "Comply"): ("7/10", -1),
    ...         ("Refrain", "Resist"): (0, 0),
    ...         ("Refrain", "Comply"): (0, 0),
    ...     },
    ... )
    >>> game
    Payoffs of Sender, then of Target.
    Sender \ Target      Resist        Comply
    ───────────────   ────────────   ─────────
    Sanction          −0.3   −0.6*   0.7*  −1
    Refrain              0*     0*     0    0*
    * a best response to what the others choose

    Raises `InputError` for a profile without payoffs, for payoffs that are not one for each player or belong to no
    profile, and for more than `MOST_PROFILES` profiles.
    """

    kind: ClassVar[str] = "a game in strategic form"
    form: ClassVar[str] = "strategic"
    default_concept: ClassVar[str] = "nash"
    lists_outcomes: ClassVar[bool] = False

    strategies: Mapping[str, tuple[str, ...]]
    payoffs: Mapping[Profile, tuple[Entry, ...]]

    def __post_init__(self) -> None:
        players = labels(self.strategies, "the list of players")
        named = {player: labels(own, f"the strategies of {player}") for player, own in self.strategies.items()}
        if prod(map(len, named.values())) > MOST_PROFILES:
            raise InputError(f"the game has more than {MOST_PROFILES} profiles, which is too large")
        given = dict(self.payoffs)
        filled = {}
        for profile in product(*named.values()):
            if profile not in given:
                raise InputError(f"no payoffs are given for {_where(players, profile)}")
            row = given.pop(profile)
            if isinstance(row, str) or not isinstance(row, Sequence):
                raise InputError(f"the payoffs for {_where(players, profile)} are {quoted(row)}, which is no list")
            if len(row) != len(players):
                raise InputError(
                    f"{len(row)} payoffs are given for {_where(players, profile)}; {len(players)} players need as many"
                )
            try:
                filled[profile] = tuple(entry(value, "") for value in row)
            except InputError:
                for player, value in zip(players, row, strict=True):
                    entry(value, f"the payoff of {player} at {_where(players, profile)}")
                raise
        if given:
            raise InputError(f"payoffs are given for {quoted(next(iter(given)))}, which is no profile of the game")
        object.__setattr__(self, "strategies", named)
        object.__setattr__(self, "payoffs", filled)

    @classmethod
    def bimatrix(
        cls,
        rows: Sequence[Sequence[object]],
        columns: Sequence[Sequence[object]] | None = None,
        strategies: Mapping[str, Sequence[str]] | None = None,
    ) -> "StrategicGame":
        """The two-player game with payoff matrices ``rows`` (first player) and ``columns``, both of shape (m, n).

        Without ``columns`` the game is zero-sum: the second player gets the negatives of ``rows``, as in matching
        pennies, ``StrategicGame.bimatrix([[1, -1], [-1, 1]])``. Without ``strategies`` the players are Row and Column,
        and their strategies are numbered from 1. Raises `InputError` where the shapes do not agree with one another.
        """
        for matrix in (rows, [] if columns is None else columns):
            if not hasattr(matrix, "__len__") or not all(hasattr(line, "__len__") for line in matrix):
                raise InputError("a player's payoffs must be a matrix: a list of rows, such as [[1, -1], [-1, 1]]")
        if strategies is not None:
            check_kind(strategies, Mapping, "strategies", "a mapping from each player to the strategies' names")
        if columns is None:
            columns = [[-entry(value, "a payoff of the first player") for value in line] for line in rows]
        height, width = len(rows), len(rows[0]) if len(rows) else 0
        for name, matrix in (("first", rows), ("second", columns)):
            if len(matrix) != height or any(len(line) != width for line in matrix):
                raise InputError(f"the {name} player's payoffs must form a matrix of {height} × {width}")
        if strategies is None:
            numbered = [tuple(str(i + 1) for i in range(count)) for count in (height, width)]
            strategies = dict(zip(("Row", "Column"), numbered, strict=True))
        if len(strategies) != 2:
            raise InputError(f"a bimatrix has two players, not {len(strategies)}")
        own = [labels(names, f"the strategies of {player}") for player, names in strategies.items()]
        if (len(own[0]), len(own[1])) != (height, width):
            raise InputError(
                f"the labels name {len(own[0])} × {len(own[1])} strategies, the matrices have {height} × {width}"
            )
        return cls(
            dict(zip(strategies, own, strict=True)),
            {(r, c): (rows[i][j], columns[i][j]) for i, r in enumerate(own[0]) for j, c in enumerate(own[1])},
        )

    @cached_property
    def players(self) -> tuple[str, ...]:
        """The players, in the order of ``strategies``."""
        return tuple(self.strategies)

    @property
    def profiles(self) -> Iterator[Profile]:
        """Every profile; the last player's strategy changes fastest."""
        return iter(self.payoffs)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every payoff, profile by profile, within a profile player by player."""
        return tuple(value for row in self.payoffs.values() for value in row)

    def with_entries(self, entries: Iterable[Entry]) -> "StrategicGame":
        numbers = supply(entries, len(self.payoffs) * len(self.players))
        filled = {profile: tuple(next(numbers) for _ in self.players) for profile in self.payoffs}
        return StrategicGame(self.strategies, filled)

    def payoff_differences(self) -> Iterator[Any]:
        for position, player in enumerate(self.players):
            for profile, payoffs in self.payoffs.items():
                for other in self.strategies[player]:
                    if other > profile[position]:
                        moved = (*profile[:position], other, *profile[position + 1 :])
                        yield payoffs[position] - self.payoffs[moved][position]

    @property
    def places(self) -> Mapping[str, tuple[str, ...]]:
        """The players and their strategies."""
        return self.strategies

    @property
    def paths(self) -> Iterator[Path]:
        """The profiles."""
        return self.profiles

    @property
    def followed_concept(self) -> str:
        """That of pure play, since mixtures move with every payoff."""
        return "pure-nash"

    def check_path(self, path: Path, after: Path = ()) -> None:
        """A quantity of a game in which all choose at once names strategies instead: `InputError` says so."""
        if after:
            super().check_path(path, after)
        raise InputError(f"{self.kind} has no paths; name strategies by player")

    def played_paths(self, played: Played) -> list[Path]:
        """The profiles that are played with positive probability if everybody mixes independently."""
        used = [[label for label, weight in played.strategies[p].items() if weight] for p in self.players]
        return [profile for profile in self.profiles if all(s in own for s, own in zip(profile, used, strict=True))]

    def payoff(self, profile: Profile, player: str) -> Entry:
        """What ``player`` gets at ``profile``."""
        return self.payoffs[profile][self.players.index(player)]

    def alternatives(self, profile: Profile, player: str) -> Iterator[Profile]:
        """The profiles that differ from ``profile`` in the strategy of ``player`` alone."""
        position = self.players.index(player)
        for strategy in self.strategies[player]:
            if strategy != profile[position]:
                yield (*profile[:position], strategy, *profile[position + 1 :])

    def is_best_response(self, profile: Profile, player: str) -> bool:
        """Whether no other strategy pays ``player`` more against the others' part of ``profile`` (exact numbers)."""
        own = self.payoff(profile, player)
        return all(self.payoff(other, player) <= own for other in self.alternatives(profile, player))

    def matrix(self, player: str) -> list[list[Entry]]:
        """The payoffs of ``player`` in a two-player game: shape (strategies of the first, of the second)."""
        position = self.players.index(player)
        flat = iter(self.payoffs.values())
        width = len(self.strategies[self.players[1]])
        return [[next(flat)[position] for _ in range(width)] for _ in self.strategies[self.players[0]]]

    def to_frame(self) -> "DataFrame":
        """A frame of pandas with a row for each profile: strategies, then payoffs as they are, exact or formulas.

        Raises `InputError` where pandas is not installed.
        """
        return frame_of(
            ((*profile, *paid) for profile, paid in self.payoffs.items()),
            (*self.players, *payoff_columns(self.players)),
        )

    def table(self) -> Table:
        """The game as a table with best responses marked: a bimatrix for two players, slices of one for three.

        A slice is the bimatrix of the first two players for one strategy of the third. Games of other numbers of
        players are lists of profiles.
        """
        return self._bimatrix() if len(self.players) in (2, 3) else self._list()

    def _cells(self) -> Callable[[Profile, str], Cell]:
        """What stands in the table for a player's payoff at a profile: numbers in one style, best responses marked."""
        shown = alike(self.entries) if self.is_exact else str

        def cell(profile: Profile, player: str) -> Cell:
            best = self.is_exact and self.is_best_response(profile, player)
            return Cell(shown(self.payoff(profile, player)), best)

        return cell

    @property
    def _note(self) -> str:
        return BEST if self.is_exact else ""

    def _list(self) -> Table:
        """One profile a row."""
        count, cell = len(self.players), self._cells()
        rows = tuple(
            (*map(Cell, profile), *(cell(profile, player) for player in self.players)) for profile in self.profiles
        )
        header = (*self.players, *payoff_columns(self.players))
        numeric = frozenset(range(count, 2 * count))
        return Table(header, rows, count, numeric, note=self._note, players=self.players, owners=(*range(count),) * 2)

    def _bimatrix(self) -> Table:
        """A cell for each strategy of the second player, with one number for each player."""
        first, second, *others = self.players
        count, columns, cell = len(self.players), self.strategies[second], self._cells()
        header = (*others, f"{first} \\ {second}", *(name for own in columns for name in (own, *[""] * (count - 1))))
        rows = tuple(
            (
                *(Cell(choice if row == self.strategies[first][0] else "") for choice in rest),
                Cell(row),
                *(cell((row, column, *rest), player) for column in columns for player in self.players),
            )
            for rest in product(*(self.strategies[player] for player in others))
            for row in self.strategies[first]
        )
        labels = 1 + len(others)
        return Table(
            header,
            rows,
            labels,
            frozenset(range(labels, len(header))),
            f"Payoffs of {', then of '.join(self.players)}.",
            self._note,
            (*(1,) * labels, *(count,) * len(columns)),
            self.players,
            (*range(2, count), 0, *(*range(count),) * len(columns)),
            (*range(2, count), None, *(1,) * count * len(columns)),
        )


def _where(players: Sequence[str], profile: Profile) -> str:
    return "(" + ", ".join(f"{player}: {strategy}" for player, strategy in zip(players, profile, strict=True)) + ")"
