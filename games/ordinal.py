"""The 144 strict ordinal 2×2 games as one family: what is left of a 2×2 game when only each player's ranking counts.

Each player ranks the four outcomes from 1, the worst, to 4, the best, without ties. Games that differ only in the order
of their rows and columns are one game, of which there are 144; with the players exchanged, too, there are 78 (Rapoport
& Guyer 1966). A game has six neighbours, one for each swap of two adjacent ranks of one player (Robinson & Goforth
2005). Swaps of 1 and 2 and of 2 and 3 leave the best outcomes where they are, and so stay within one of four layers
of 36 games; every swap of 3 and 4 leads to another layer.

A game is written with the first player's best outcome in the right column and the second player's in the upper row.
Each player's ranks then are those of one of twelve symmetric games, and the two name the game, the first player's
before the second player's: Chicken/Battle. The twelve names are those of Bruns (2015), Games 6(4), as the data set
``game_2x2_structures`` of the R package nitratesgame lists them. Along the twelve each is one swap from the next, and
that order gives the places in a table of 12 × 12. The numbers of Robinson & Goforth and of Rapoport & Guyer are left
out: they are to be had from their works alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain, permutations, product
from typing import TypeAlias

from games.errors import InputError, check_kind, listed, quoted
from games.exact import readable
from games.forms import Entry
from games.forms.game import Game
from games.forms.strategic import StrategicGame
from games.literature import BRUNS_2015, RAPOPORT_1966, ROBINSON_2005

Ranks: TypeAlias = tuple[int, int, int, int]
"""A player's ranks of the outcomes, row by row: upper left, upper right, lower left, lower right."""

SOURCES = (RAPOPORT_1966, ROBINSON_2005, BRUNS_2015)

KINDS = {
    "no conflict": "one outcome is the best for both",
    "dilemma": "the only pure equilibrium is worse for both than another outcome",
    "equal": "the only pure equilibrium is efficient and has the same rank for both",
    "unequal": "the only pure equilibrium is efficient and better for one than for the other",
    "two equilibria": "two pure equilibria, and the best outcomes differ",
    "cyclic": "no pure equilibrium",
}
"""Every game is of one kind: no conflict, as Rapoport & Guyer (1966) have it, or else by its pure equilibria."""

LAYERS = {
    (False, False): "the best outcomes differ in both strategies",
    (False, True): "the best outcomes differ in the first player's strategy alone",
    (True, False): "the best outcomes differ in the second player's strategy alone",
    (True, True): "the best outcomes are the same",
}
"""By whether the first player's best outcome stands in the upper row, and the second player's in the right column."""


@dataclass(frozen=True)
class Pattern:
    """The ranks that the first player has in one of the twelve symmetric games, with that game's name."""

    name: str
    ranks: Ranks


@dataclass(frozen=True)
class Place:
    """Where a game stands in the table: ``row`` and ``column`` from 1 to 12, and the layer in words of `LAYERS`."""

    row: int
    column: int
    layer: str


@dataclass(frozen=True)
class Neighbour:
    """The ``game`` that a swap of ``lower`` and the next rank leads to; ``player`` is 1 or 2."""

    player: int
    lower: int
    game: "OrdinalGame"


@dataclass(frozen=True)
class OrdinalGame:
    """A strict ordinal 2×2 game, in whatever order its rows and columns are given.

    >>> OrdinalGame((3, 1, 4, 2), (3, 4, 1, 2)).name
    "Prisoner's Dilemma"

    ``first`` and ``second`` are the two players' ranks. They are kept with the first player's best outcome in the right
    column and the second player's in the upper row, so that equal games are the same game. Raises `InputError` for
    ranks that are not 1, 2, 3 and 4.
    """

    first: Ranks
    second: Ranks

    def __post_init__(self) -> None:
        for ranks in (self.first, self.second):
            if not isinstance(ranks, Sequence) or tuple(ranks) not in list(permutations((1, 2, 3, 4))):
                raise InputError(f"the ranks are {quoted(ranks)}; give 1, 2, 3 and 4, each once, row by row")
        first, second = tuple(self.first), tuple(self.second)
        if first.index(4) in (0, 2):
            first, second = _moved(first, (1, 0, 3, 2)), _moved(second, (1, 0, 3, 2))
        if second.index(4) in (2, 3):
            first, second = _moved(first, (2, 3, 0, 1)), _moved(second, (2, 3, 0, 1))
        object.__setattr__(self, "first", first)
        object.__setattr__(self, "second", second)

    @property
    def patterns(self) -> tuple[Pattern, Pattern]:
        """The symmetric games whose ranks the two players have."""
        by_ranks = {pattern.ranks: pattern for pattern in symmetric_patterns()}
        return by_ranks[self.first], by_ranks[self.reflected.first]

    @property
    def name(self) -> str:
        """Such as Chicken, or Chicken/Battle where the players' ranks are those of two symmetric games."""
        first, second = self.patterns
        return first.name if first == second else f"{first.name}/{second.name}"

    @property
    def place(self) -> Place:
        """Where it stands in the table of 12 × 12."""
        row, column = (symmetric_patterns().index(pattern) for pattern in self.patterns)
        return Place(row + 1, column + 1, LAYERS[self.first.index(4) == 1, self.second.index(4) == 1])

    @property
    def reflected(self) -> "OrdinalGame":
        """The game with the players exchanged."""
        return OrdinalGame(_moved(self.second, (0, 2, 1, 3)), _moved(self.first, (0, 2, 1, 3)))

    @property
    def is_symmetric(self) -> bool:
        """Whether exchanging the players changes nothing."""
        return self.reflected == self

    @property
    def neighbours(self) -> tuple[Neighbour, ...]:
        """The six games one swap away: the first player's swaps of 1 and 2, 2 and 3, 3 and 4, then the second's."""
        ahead = (Neighbour(1, low, OrdinalGame(_swapped(self.first, low), self.second)) for low in (1, 2, 3))
        across = (Neighbour(2, low, OrdinalGame(self.first, _swapped(self.second, low))) for low in (1, 2, 3))
        return (*ahead, *across)

    @property
    def outcomes(self) -> tuple[tuple[int, int], ...]:
        """The four outcomes row by row, each with its rank for the first player and for the second."""
        return tuple(zip(self.first, self.second, strict=True))

    @cached_property
    def pure_equilibria(self) -> tuple[tuple[int, int], ...]:
        """The outcomes at which neither gains by another strategy, as their ranks, the better for the first ahead."""
        found = (
            (self.first[k], self.second[k])
            for k in range(4)
            if self.first[k] > self.first[(k + 2) % 4] and self.second[k] > self.second[k ^ 1]
        )
        return tuple(sorted(found, reverse=True))

    @property
    def kind(self) -> str:
        """One of `KINDS`."""
        if (4, 4) in self.outcomes:
            return "no conflict"
        if len(self.pure_equilibria) != 1:
            return "two equilibria" if self.pure_equilibria else "cyclic"
        first, second = self.pure_equilibria[0]
        if any(a > first and b > second for a, b in self.outcomes):
            return "dilemma"
        return "equal" if first == second else "unequal"


@cache
def symmetric_patterns() -> tuple[Pattern, ...]:
    """The twelve symmetric games in the order of the table; each is one swap of adjacent ranks from the next."""
    names = (
        *("Chicken", "Battle", "Hero", "Compromise", "Deadlock", "Prisoner's Dilemma"),
        *("Stag Hunt", "Assurance", "Coordination", "Peace", "Harmony", "Concord"),
    )
    ranks: Ranks = (2, 3, 1, 4)
    found = []
    for name, low in zip(names, (2, 1, 2, 1, 2, 3, 2, 1, 2, 1, 2, 3), strict=True):
        found.append(Pattern(name, ranks))
        ranks = _swapped(ranks, low)
    return tuple(found)


@cache
def ordinal_games() -> tuple[OrdinalGame, ...]:
    """The 144 games in the order of the table, row by row."""
    every = symmetric_patterns()
    return tuple(OrdinalGame(row.ranks, _moved(column.ranks, (3, 1, 2, 0))) for row in every for column in every)


def ordinal_class(game: Game) -> OrdinalGame:
    """The strict ordinal game that ``game`` is when only the players' rankings count.

    Raises `InputError` for a game that is not of two players with two strategies each in strategic form, has payoffs
    without a number, or has ties: then the message says which payoffs tie, and between which strict games it lies.
    """
    strict = ranked(game)
    first, second = (strict.matrix(player) for player in strict.players)
    return OrdinalGame(_flat(first), _flat(second))


def ranked(game: Game) -> StrategicGame:
    """The game with each player's ranks, from 1 to 4, in place of the payoffs. Raises as `ordinal_class` does."""
    checked = _two_by_two(game)
    tied = [text for k, player in enumerate(checked.players) for text in _ties(checked, k, player)]
    if tied:
        between = games_between(checked)
        raise InputError(
            f"{'; '.join(tied)}; a strict ordinal game has no ties, and this one lies between {len(between)} of them: "
            f"{listed((strict.name for strict in between), 8)}"
        )
    ranks = (next(_strict_ranks(_payoffs(checked, k))) for k in (0, 1))
    return StrategicGame(checked.strategies, dict(zip(checked.payoffs, zip(*ranks, strict=True), strict=True)))


def games_between(game: Game) -> tuple[OrdinalGame, ...]:
    """The strict ordinal games that breaking the ties of ``game`` makes of it, in the order of the table.

    A game without ties has one. Raises `InputError` as `ordinal_class` does, but not for ties.
    """
    checked = _two_by_two(game)
    first, second = (list(_strict_ranks(_payoffs(checked, k))) for k in (0, 1))
    found = {OrdinalGame(a, b) for a, b in product(first, second)}
    return tuple(strict for strict in ordinal_games() if strict in found)


def _two_by_two(game: Game) -> StrategicGame:
    check_kind(game, Game, "the game", "a 2×2 StrategicGame")
    if not isinstance(game, StrategicGame):
        raise InputError(f"this is {game.kind}; only a 2×2 game in strategic form has an ordinal class")
    sizes = [len(own) for own in game.strategies.values()]
    if sizes != [2, 2]:
        raise InputError(
            f"this game has {' × '.join(map(str, sizes))} strategies; only a game of two players with two strategies "
            "each has an ordinal class"
        )
    if not game.is_exact:
        raise InputError("the payoffs have parameters without a value; give each a number")
    return game


def _payoffs(game: StrategicGame, position: int) -> list[Entry]:
    """The payoffs of the player in that position, row by row."""
    return [paid[position] for paid in game.payoffs.values()]


def _ties(game: StrategicGame, position: int, player: str) -> Iterator[str]:
    """In words, which payoffs of the player are equal."""
    own = dict(zip(game.profiles, _payoffs(game, position), strict=True))
    for value in dict.fromkeys(own.values()):
        where = [f"({', '.join(profile)})" for profile, paid in own.items() if paid == value]
        if len(where) > 1:
            yield f"{player} gets {readable(value)} at each of {', '.join(where)}"


def _strict_ranks(payoffs: Sequence[Entry]) -> Iterator[Ranks]:
    """The ranks of the payoffs, once for every way of breaking ties."""
    groups = [[k for k, paid in enumerate(payoffs) if paid == value] for value in sorted(set(payoffs))]
    for order in product(*map(permutations, groups)):
        places = list(chain.from_iterable(order))
        a, b, c, d = (places.index(k) + 1 for k in range(4))
        yield a, b, c, d


def _flat(matrix: Sequence[Sequence[Entry]]) -> Ranks:
    (a, b), (c, d) = matrix
    return a, b, c, d


def _moved(ranks: Sequence[int], places: Sequence[int]) -> Ranks:
    a, b, c, d = (ranks[place] for place in places)
    return a, b, c, d


def _swapped(ranks: Ranks, lower: int) -> Ranks:
    """The ranks with ``lower`` and the next one exchanged."""
    other = {lower: lower + 1, lower + 1: lower}
    a, b, c, d = (other.get(rank, rank) for rank in ranks)
    return a, b, c, d
