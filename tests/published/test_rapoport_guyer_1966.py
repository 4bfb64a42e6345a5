"""The census of strict ordinal 2×2 games: Rapoport & Guyer (1966), General Systems 11; Robinson & Goforth (2005).

Each player ranks the four outcomes strictly. Two games are the same up to strategies if renaming the rows and the
columns turns one into the other, and up to players if exchanging the players may be added.
"""

from collections import Counter
from functools import cache
from itertools import permutations
from typing import TypeAlias

from games import StrategicGame, solve

Ranks: TypeAlias = tuple[int, int, int, int]
Order: TypeAlias = tuple[Ranks, Ranks]
"""The first and the second player's ranks of the outcomes, row by row: (1, 1), (1, 2), (2, 1), (2, 2)."""

EVERY = [(a, b) for a in permutations((1, 2, 3, 4)) for b in permutations((1, 2, 3, 4))]
IDENTITY, ROWS, COLUMNS, BOTH, TRANSPOSED = (0, 1, 2, 3), (2, 3, 0, 1), (1, 0, 3, 2), (3, 2, 1, 0), (0, 2, 1, 3)


def moved(ranks: Ranks, places: tuple[int, ...]) -> Ranks:
    a, b, c, d = (ranks[k] for k in places)
    return a, b, c, d


def up_to_strategies(game: Order) -> Order:
    """The least of the games that renaming rows and columns makes of this one."""
    return min((moved(game[0], places), moved(game[1], places)) for places in (IDENTITY, ROWS, COLUMNS, BOTH))


def exchanged(game: Order) -> Order:
    return moved(game[1], TRANSPOSED), moved(game[0], TRANSPOSED)


def up_to_players(game: Order) -> Order:
    return min(up_to_strategies(game), up_to_strategies(exchanged(game)))


@cache
def pure_equilibria(game: Order) -> int:
    a, b = game
    return len(solve(StrategicGame.bimatrix([a[:2], a[2:]], [b[:2], b[2:]]), "pure-nash"))


def test_there_are_576_144_and_78_games() -> None:
    assert len(EVERY) == 576
    assert len({up_to_strategies(game) for game in EVERY}) == 144
    assert len({up_to_players(game) for game in EVERY}) == 78


def test_twelve_are_symmetric() -> None:
    fixed = {game for game in map(up_to_strategies, EVERY) if up_to_strategies(exchanged(game)) == game}
    assert len(fixed) == 12


def test_fifty_seven_are_games_of_conflict() -> None:
    """In the other 21 one outcome is the best for both."""
    conflicts = {up_to_players(game) for game in EVERY if game[0].index(4) != game[1].index(4)}
    assert len(conflicts) == 57


def test_how_many_have_no_one_or_two_pure_equilibria() -> None:
    of_144 = Counter(pure_equilibria(game) for game in {up_to_strategies(game) for game in EVERY})
    assert of_144 == {0: 18, 1: 108, 2: 18}
    of_78 = Counter(pure_equilibria(game) for game in {up_to_players(game) for game in EVERY})
    assert of_78 == {0: 9, 1: 57, 2: 12}


def test_names_do_not_change_the_number_of_pure_equilibria() -> None:
    for game in EVERY:
        assert pure_equilibria(game) == pure_equilibria(up_to_players(game))
