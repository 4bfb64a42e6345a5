"""Proper equilibria: textbook cases, and the definition itself, put to a solver of linear real arithmetic."""

import random
from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
import z3
from scipy.optimize import linprog

from games import Equilibria, Equilibrium, InputError, StrategicGame, solve
from games.solvers.refinements import proper as module

SEED = 1978
EPSILON, NEAR = "1/1000000", "1/1000"

bimatrix = StrategicGame.bimatrix
Pair = tuple[tuple[Fraction, ...], ...]


def random_game(rng: random.Random, m: int, n: int, high: int) -> StrategicGame:
    rows, columns = ([[rng.randint(0, high) for _ in range(n)] for _ in range(m)] for _ in range(2))
    return bimatrix(rows, columns)


def random_games(count: int, largest: int = 3) -> list[StrategicGame]:
    rng = random.Random(SEED)
    return [
        random_game(rng, rng.randint(1, largest), rng.randint(2, largest), rng.choice((1, 2, 3, 9)))
        for _ in range(count)
    ]


def strategies_of(equilibrium: Equilibrium) -> Pair:
    return tuple(tuple(map(Fraction, mix.values())) for mix in equilibrium.strategies.values())


def play(equilibria: Equilibria) -> set[Pair]:
    return set(map(strategies_of, equilibria))


def is_proper(game: StrategicGame, pair: Sequence[Sequence[Fraction]]) -> bool:
    """By definition for one small ε: is there an ε-proper pair of completely mixed strategies within `NEAR`?

    Payoffs are small whole numbers, so that trembles of the sizes in question are far apart from one another.
    """
    solver = z3.Solver()
    mixed = [[z3.Real(f"{name}{k}") for k in range(len(mix))] for name, mix in zip("xy", pair, strict=True)]
    for unknowns, mix in zip(mixed, pair, strict=True):
        solver.add(z3.Sum(unknowns) == 1, *(unknown > 0 for unknown in unknowns))
        for unknown, weight in zip(unknowns, map(Fraction, mix), strict=True):
            distance = unknown - z3.Q(weight.numerator, weight.denominator)
            solver.add(distance <= z3.RealVal(NEAR), -distance <= z3.RealVal(NEAR))
    first, second = game.players
    matrices = game.matrix(first), [list(column) for column in zip(*game.matrix(second), strict=True)]
    for payoffs, own, other in ((matrices[0], *mixed), (matrices[1], *reversed(mixed))):
        pays = [z3.Sum([int(a) * weight for a, weight in zip(row, other, strict=True)]) for row in payoffs]
        for a, b in permutations(range(len(pays)), 2):
            solver.add(z3.Implies(pays[a] < pays[b], own[a] <= z3.RealVal(EPSILON) * own[b]))
    result = solver.check()
    assert result != z3.unknown
    return bool(result == z3.sat)


def is_mixture(mix: Sequence[Fraction], corners: Sequence[Sequence[Fraction]]) -> bool:
    """Whether ``mix`` lies in the convex hull of ``corners``, by a linear program in floats."""
    rows = np.vstack([np.array(corners, float).T, np.ones(len(corners))])
    return bool(linprog(np.zeros(len(corners)), A_eq=rows, b_eq=np.append(np.array(mix, float), 1.0)).success)


def is_held(answer: Equilibria, pair: Sequence[Sequence[Fraction]]) -> bool:
    """Whether some component of the answer holds the pair."""
    for component in answer.components:
        members = [strategies_of(answer[k]) for k in component.members]
        if all(is_mixture(mix, [member[k] for member in members]) for k, mix in enumerate(pair)):
            return True
    return False


def test_one_of_the_three_equilibria_of_myerson_is_proper() -> None:
    """Adding a dominated third strategy makes a second equilibrium perfect, and not proper."""
    A = [[1, 0, -9], [0, 0, -7], [-9, -7, -7]]
    answer = solve(bimatrix(A, A), "proper")
    assert play(answer) == {((1, 0, 0), (1, 0, 0))}
    assert answer.complete
    assert answer.components[0].is_point
    assert answer.remarks == (
        "Row: 1, Column: 1: likelihood falls as Row 1 ≫ 2 ≫ 3; Column 1 ≫ 2 ≫ 3",
        "perfect and not proper: Row: 2, Column: 2",
    )
    assert len(solve(bimatrix(A, A), "trembling-hand")) == 2


def test_a_proper_equilibrium_that_is_no_extreme_nash_equilibrium() -> None:
    """Against column 3 both rows pay 1. To play 1 or 2 instead costs the same only if row 1 has probability 2/3.

    Else one of these mistakes is infinitely likelier than the other, and only one row is a best response to it.
    """
    answer = solve(bimatrix([[0, 2, 1], [2, 1, 1]], [[1, 2, 2], [2, 0, 1]]), "proper")
    third = Fraction(1, 3)
    assert answer.complete
    assert play(answer) == {((1, 0), (0, 0, 1)), ((0, 1), (1, 0, 0)), ((2 * third, third), (0, 0, 1))}
    assert all(component.is_point for component in answer.components)


def test_the_hawks_and_doves_are_proper_in_every_equilibrium() -> None:
    rows = [["-3/2", 2], [0, 1]]
    game = bimatrix(rows, [list(column) for column in zip(*rows, strict=True)])
    assert play(solve(game, "proper")) == play(solve(game))
    assert [c.index for c in solve(game, "proper").components] == [c.index for c in solve(game).components]


def test_where_everything_ties_everything_is_proper() -> None:
    answer = solve(bimatrix([[0] * 3] * 2, [[0] * 3] * 2), "proper")
    assert (len(answer), answer.complete) == (6, True)
    assert [component.members for component in answer.components] == [tuple(range(6))]


def test_perfect_equilibria_are_proper_by_definition_exactly_if_a_component_holds_them() -> None:
    rejected = more = 0
    for game in random_games(150):
        answer = solve(game, "proper")
        assert answer.complete, (SEED, game)
        perfect = play(solve(game, "trembling-hand"))
        for pair in play(answer):
            assert is_proper(game, pair), (SEED, game, pair)
        for pair in perfect - play(answer):
            held = is_held(answer, pair)
            assert held == is_proper(game, pair), (SEED, game, pair)
            rejected += not held
        more += bool(play(answer) - perfect)
    assert rejected > 10
    assert more > 0, "some proper equilibria are no extreme Nash equilibria"


def test_mixtures_within_components_of_perfect_equilibria() -> None:
    """Random points of perfect components, one by one: proper by definition exactly if a component holds them."""
    rng = random.Random(SEED)
    counts = {True: 0, False: 0}
    for game in random_games(150):
        perfect = solve(game, "trembling-hand")
        for component in perfect.components:
            if component.is_point:
                continue
            members = [strategies_of(perfect[k]) for k in component.members]
            weights = [Fraction(rng.randint(1, 9)) for _ in members]
            total = sum(weights)
            pair = [
                [
                    sum((w * m[k][i] for w, m in zip(weights, members, strict=True)), Fraction(0)) / total
                    for i in range(len(mix))
                ]
                for k, mix in enumerate(members[0])
            ]
            held = is_held(solve(game, "proper"), pair)
            assert held == is_proper(game, pair), (SEED, game, pair)
            counts[held] += 1
    assert min(counts.values()) > 4, counts


def test_every_game_has_a_proper_equilibrium_and_proper_ones_are_perfect() -> None:
    for game in random_games(80, largest=4):
        answer = solve(game, "proper")
        assert answer.complete
        assert answer
        perfect = solve(game, "trembling-hand")
        for pair in play(answer):
            assert is_held(perfect, pair), (SEED, game, pair)


def test_names_order_and_units_do_not_matter() -> None:
    rng = random.Random(SEED)
    for game in random_games(30):
        menus = {p: tuple(f"new {s}" for s in rng.sample(own, len(own))) for p, own in game.strategies.items()}
        changed = StrategicGame(
            menus,
            {
                tuple(f"new {s}" for s in profile): (Fraction(3, 7) * a + 2, 5 * b - Fraction(1, 3))
                for profile, (a, b) in game.payoffs.items()
            },
        )
        before, after = solve(game, "proper"), solve(changed, "proper")
        assert {frozenset((s, w) for mix in e.strategies.values() for s, w in mix.items()) for e in after} == {
            frozenset((f"new {s}", w) for mix in e.strategies.values() for s, w in mix.items()) for e in before
        }, (SEED, game)
        assert after.complete == before.complete
        assert sorted(len(c.members) for c in before.components) == sorted(len(c.members) for c in after.components)


@pytest.mark.parametrize("name", ["MOST_RANKINGS", "MOST_PAIRS"])
def test_a_search_too_long_leaves_equilibria_undecided(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, name, 0)
    answer = solve(bimatrix([[1, 1], [1, 0]], [[1, 1], [1, 0]]), "proper")
    assert (len(answer), answer.complete) == (0, False)
    assert answer.remarks[0].startswith("undecided, ")
    assert answer.remarks[0].endswith("is what lies around: Row: 1, Column: 1")


def test_too_many_faces_leave_the_extreme_equilibria_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_FACES", 0)
    game = bimatrix([[0, 2, 1], [2, 1, 1]], [[1, 2, 2], [2, 0, 1]])
    answer = solve(game, "proper")
    assert not answer.complete
    assert all(is_proper(game, pair) for pair in play(answer))
    assert ((1, 0), (0, 0, 1)) in play(answer)


def test_wrong_trembles_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    A = [[1, 0, -9], [0, 0, -7], [-9, -7, -7]]
    flat = (Fraction(1, 3),) * 3
    monkeypatch.setattr(
        module._Search, "trembles", lambda self, pair: tuple([mix, flat] for mix in pair) if pair[0][0] else None
    )
    with pytest.raises(AssertionError, match="were found to make an equilibrium proper and do not"):
        solve(bimatrix(A, A), "proper")


def test_three_players_are_refused() -> None:
    game = StrategicGame(dict.fromkeys("XYZ", ("a",)), {("a", "a", "a"): (1, 2, 3)})
    with pytest.raises(InputError, match="proper needs two players, this game has 3"):
        solve(game, "proper")
