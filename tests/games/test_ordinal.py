"""The family of strict ordinal 2×2 games, judged by matrices that know nothing of its code."""

from collections import Counter
from fractions import Fraction
from itertools import permutations
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from games import ExtensiveGame, InputError, Outcome, StrategicGame
from games.catalog import load
from games.forms import Entry
from games.forms.extensive import Decision
from games.ordinal import (
    KINDS,
    LAYERS,
    OrdinalGame,
    games_between,
    ordinal_class,
    ordinal_games,
    symmetric_patterns,
)

Matrix: TypeAlias = list[list[Entry]]

GAMES = ordinal_games()
NAMES = {
    "Prisoner's Dilemma": ([[3, 1], [4, 2]], [[3, 4], [1, 2]]),
    "Chicken": ([[3, 2], [4, 1]], [[3, 4], [2, 1]]),
    "Stag Hunt": ([[4, 1], [3, 2]], [[4, 3], [1, 2]]),
    "Assurance": ([[4, 1], [2, 3]], [[4, 2], [1, 3]]),
    "Deadlock": ([[2, 1], [4, 3]], [[2, 4], [1, 3]]),
    "Prisoner's Dilemma/Chicken": ([[3, 1], [4, 2]], [[3, 4], [2, 1]]),
}
"""Games as textbooks print them."""


def matrices(game: OrdinalGame) -> tuple[Matrix, Matrix]:
    (a, b, c, d), (e, f, g, h) = game.first, game.second
    return [[a, b], [c, d]], [[e, f], [g, h]]


def strategic(first: Matrix, second: Matrix) -> StrategicGame:
    return StrategicGame.bimatrix(first, second)


def written(first: Matrix, second: Matrix) -> tuple[object, ...]:
    """The least of the four ways to write the matrices: a name for the class that does without the code's own."""
    ways = []
    for rows in ((0, 1), (1, 0)):
        for columns in ((0, 1), (1, 0)):
            ways.append(tuple(matrix[i][j] for matrix in (first, second) for i in rows for j in columns))
    return min(ways)


def with_swap(matrix: Matrix, low: int) -> Matrix:
    return [[low + 1 if v == low else low if v == low + 1 else v for v in row] for row in matrix]


def transposed(matrix: Matrix) -> Matrix:
    return [list(row) for row in zip(*matrix, strict=True)]


SYMMETRIC = {
    "Concord": (1, 2, 3, 4),
    "Harmony": (1, 3, 2, 4),
    "Peace": (2, 3, 1, 4),
    "Coordination": (3, 2, 1, 4),
    "Assurance": (3, 1, 2, 4),
    "Stag Hunt": (2, 1, 3, 4),
    "Prisoner's Dilemma": (2, 1, 4, 3),
    "Deadlock": (3, 1, 4, 2),
    "Compromise": (3, 2, 4, 1),
    "Hero": (2, 3, 4, 1),
    "Battle": (1, 3, 4, 2),
    "Chicken": (1, 2, 4, 3),
}
"""Ranks if neither acts, if one acts alone, if the other does, and if both do, as the data set ``game_2x2_structures``
of the R package nitratesgame gives them after Bruns (2015)."""

WRITTEN = {written(*matrices(game)): game for game in GAMES}


def test_the_census() -> None:
    assert len(GAMES) == len(set(GAMES)) == len(WRITTEN) == 144
    every = [(a, b) for a in permutations((1, 2, 3, 4)) for b in permutations((1, 2, 3, 4))]
    assert {OrdinalGame(a, b) for a, b in every} == set(GAMES)
    of_78 = {frozenset((game, game.reflected)) for game in GAMES}
    assert len(of_78) == 78
    assert sum(game.is_symmetric for game in GAMES) == 12
    assert sum(all(game.kind != "no conflict" for game in pair) for pair in of_78) == 57
    assert Counter(len(game.pure_equilibria) for game in GAMES) == {0: 18, 1: 108, 2: 18}
    assert Counter(len(next(iter(pair)).pure_equilibria) for pair in of_78) == {0: 9, 1: 57, 2: 12}


def test_the_neighbours_are_those_of_the_matrices() -> None:
    for game in GAMES:
        first, second = matrices(game)
        expected = {(1, low): written(with_swap(first, low), second) for low in (1, 2, 3)}
        expected |= {(2, low): written(first, with_swap(second, low)) for low in (1, 2, 3)}
        found = {(each.player, each.lower): written(*matrices(each.game)) for each in game.neighbours}
        assert found == expected
        assert len(set(found.values()) - {written(first, second)}) == 6


def test_exchanging_players_transposes() -> None:
    for game in GAMES:
        first, second = matrices(game)
        assert WRITTEN[written(transposed(second), transposed(first))] == game.reflected
        assert game.reflected.place.row == game.place.column


def test_places_are_a_bijection_with_the_symmetric_games_on_the_diagonal() -> None:
    assert [(game.place.row, game.place.column) for game in GAMES] == [
        (row, column) for row in range(1, 13) for column in range(1, 13)
    ]
    assert len({game.name for game in GAMES}) == 144
    assert [game for game in GAMES if game.place.row == game.place.column] == [
        game for game in GAMES if game.is_symmetric
    ]


def test_beside_and_below_in_the_table_stands_a_neighbour() -> None:
    at = {(game.place.row, game.place.column): game for game in GAMES}
    for (row, column), game in at.items():
        near = {each.game for each in game.neighbours}
        for other in ((row + 1, column), (row, column + 1)):
            assert at.get(other, game) in near | {game}


def test_low_and_middle_swaps_stay_in_one_of_four_layers() -> None:
    assert Counter(game.place.layer for game in GAMES) == dict.fromkeys(LAYERS.values(), 36)
    left = set(GAMES)
    parts = []
    while left:
        reached, new = set(), {next(iter(left))}
        while new:
            reached |= new
            new = {each.game for game in new for each in game.neighbours if each.lower < 3} - reached
        parts.append({game.place.layer for game in reached})
        left -= reached
    assert len(parts) == 4
    assert all(len(layers) == 1 for layers in parts)


def test_every_high_swap_leads_to_another_layer() -> None:
    for game in GAMES:
        assert all((each.game.place.layer == game.place.layer) == (each.lower < 3) for each in game.neighbours)


def test_the_layer_says_where_the_best_outcomes_stand() -> None:
    for game in GAMES:
        (first,), (second,) = ([(i, j) for i in (0, 1) for j in (0, 1) if m[i][j] == 4] for m in matrices(game))
        assert game.place.layer == LAYERS[first[0] == second[0], first[1] == second[1]]


def test_kinds_are_those_of_the_matrices() -> None:
    for game in GAMES:
        first, second = matrices(game)
        pure = [
            (first[i][j], second[i][j])
            for i in (0, 1)
            for j in (0, 1)
            if first[i][j] == max(first[0][j], first[1][j]) and second[i][j] == max(second[i])
        ]
        assert sorted(pure) == sorted(game.pure_equilibria)
        outcomes = [(first[i][j], second[i][j]) for i in (0, 1) for j in (0, 1)]
        beaten = [p for p in pure if any(a > p[0] and b > p[1] for a, b in outcomes)]
        assert (game.kind == "no conflict") == ((4, 4) in outcomes)
        if game.kind != "no conflict":
            assert (game.kind == "cyclic", game.kind == "two equilibria") == (not pure, len(pure) == 2)
            assert (game.kind == "dilemma") == (len(pure) == 1 and beaten != [])
        if game.kind in ("equal", "unequal"):
            assert (pure[0][0] == pure[0][1]) == (game.kind == "equal")
    assert Counter(game.kind for game in GAMES).keys() == KINDS.keys()


@pytest.mark.parametrize("name", SYMMETRIC)
def test_the_twelve_symmetric_games_have_the_names_of_their_source(name: str) -> None:
    neither, alone, other, both = SYMMETRIC[name]
    first: Matrix = [[neither, other], [alone, both]]
    assert ordinal_class(strategic(first, transposed(first))).name == name


@pytest.mark.parametrize("name", NAMES)
def test_textbook_matrices_have_their_names(name: str) -> None:
    assert ordinal_class(strategic(*NAMES[name])).name == name


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("prisoners-dilemma", "Prisoner's Dilemma"),
        ("chicken", "Chicken"),
        ("leader", "Battle"),
        ("hero", "Hero"),
        ("deadlock", "Deadlock"),
        ("harmony", "Harmony"),
        ("bank-run", "Stag Hunt"),
        ("called-bluff", "Prisoner's Dilemma/Chicken"),
        ("bully", "Deadlock/Chicken"),
    ],
)
def test_the_catalog_agrees(model: str, name: str) -> None:
    assert ordinal_class(load(model).at()).name == name


@pytest.mark.parametrize(
    ("model", "names"),
    [
        ("stag-hunt", {"Stag Hunt", "Stag Hunt/Assurance", "Assurance/Stag Hunt", "Assurance"}),
        ("battle-of-the-sexes", {"Battle", "Battle/Hero", "Hero/Battle", "Hero"}),
        ("ranked-coordination", {"Assurance", "Assurance/Coordination", "Coordination/Assurance", "Coordination"}),
    ],
)
def test_a_tie_lies_between_strict_games(model: str, names: set[str]) -> None:
    game = load(model).at()
    assert {each.name for each in games_between(game)} == names
    with pytest.raises(InputError, match="lies between 4 of them") as said:
        ordinal_class(game)
    assert all(name in str(said.value) for name in names)


def test_a_game_in_which_all_is_tied_lies_between_all() -> None:
    assert games_between(strategic([[0, 0], [0, 0]], [[0, 0], [0, 0]])) == GAMES


@given(
    st.sampled_from(GAMES), st.booleans(), st.booleans(), st.fractions(Fraction(1, 9), 9), st.fractions(-9, 9),
    st.integers(1, 3),
)  # fmt: skip
def test_names_units_and_bending_do_not_change_the_class(
    game: OrdinalGame, rows: bool, columns: bool, factor: Fraction, shift: Fraction, power: int
) -> None:
    first, second = matrices(game)
    changed: Matrix = [[factor * value + shift for value in row] for row in first]
    bent: Matrix = [[value**power for value in row] for row in second]
    if rows:
        changed, bent = changed[::-1], bent[::-1]
    if columns:
        changed, bent = [row[::-1] for row in changed], [row[::-1] for row in bent]
    assert ordinal_class(strategic(changed, bent)) == game


def test_each_symmetric_game_is_one_swap_from_the_next() -> None:
    patterns = symmetric_patterns()
    assert len({pattern.ranks for pattern in patterns}) == 12
    assert [pattern.name for pattern in patterns] == [game.name for game in GAMES if game.is_symmetric]


def test_other_games_are_refused() -> None:
    tree = ExtensiveGame(("A",), Decision("A", {"l": Outcome((1,)), "r": Outcome((2,))}))
    large = StrategicGame.bimatrix([[1, 2, 3], [4, 5, 6]])
    with pytest.raises(InputError, match="only a 2×2 game in strategic form"):
        ordinal_class(tree)
    with pytest.raises(InputError, match="this game has 2 × 3 strategies"):
        ordinal_class(large)
    with pytest.raises(InputError, match="without a value"):
        ordinal_class(load("chicken").game)
    with pytest.raises(InputError, match="give a 2×2 StrategicGame"):
        ordinal_class("chicken")  # type: ignore[arg-type]


@pytest.mark.parametrize("ranks", [(1, 2, 3, 3), (1, 2, 3), (0, 1, 2, 3), "1234", None])
def test_other_ranks_are_refused(ranks: object) -> None:
    with pytest.raises(InputError, match="give 1, 2, 3 and 4"):
        OrdinalGame(ranks, (1, 2, 3, 4))  # type: ignore[arg-type]
