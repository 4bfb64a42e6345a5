"""Perfect equilibria: textbook cases, and the definition itself, put to a solver of linear real arithmetic."""

import random
from collections.abc import Sequence
from fractions import Fraction

import pytest
import z3

from games import Equilibria, Equilibrium, InputError, StrategicGame, solve
from games.play.regret import regret
from games.solvers.refinements import trembling_hand as module
from games.solvers.refinements.trembling_hand import maximal_sets

SEED = 1975
NEAR = "1/1000"

bimatrix = StrategicGame.bimatrix


def random_game(rng: random.Random, m: int, n: int, high: int) -> StrategicGame:
    rows, columns = ([[rng.randint(0, high) for _ in range(n)] for _ in range(m)] for _ in range(2))
    return bimatrix(rows, columns)


def random_games(count: int) -> list[StrategicGame]:
    rng = random.Random(SEED)
    return [random_game(rng, rng.randint(1, 4), rng.randint(1, 4), rng.choice((1, 2, 3))) for _ in range(count)]


def is_perfect(game: StrategicGame, strategies: Sequence[Sequence[Fraction]]) -> bool:
    """By definition, for trembles of at most `NEAR`: is each strategy a best response to a completely mixed one nearby?

    The set of these is convex and contains the other player's strategy in its closure, so that nearness is no matter.
    """
    first, second = game.players
    A, B = game.matrix(first), [list(column) for column in zip(*game.matrix(second), strict=True)]
    for payoffs, own, other in ((A, strategies[0], strategies[1]), (B, strategies[1], strategies[0])):
        solver = z3.Solver()
        trembled = [z3.Real(f"y{k}") for k in range(len(other))]
        solver.add(z3.Sum(trembled) == 1, *(y > 0 for y in trembled))
        solver.add(
            *(
                z3.And(
                    y - z3.Q(w.numerator, w.denominator) <= z3.RealVal(NEAR),
                    z3.Q(w.numerator, w.denominator) - y <= z3.RealVal(NEAR),
                )
                for y, w in zip(trembled, map(Fraction, other), strict=True)
            )
        )
        pays = [z3.Sum([int(a) * y for a, y in zip(row, trembled, strict=True)]) for row in payoffs]
        solver.add(*(pays[k] >= value for k, weight in enumerate(own) if weight for value in pays))
        if solver.check() != z3.sat:
            return False
    return True


def strategies_of(equilibrium: Equilibrium) -> tuple[tuple[Fraction, ...], ...]:
    return tuple(tuple(map(Fraction, mix.values())) for mix in equilibrium.strategies.values())


def play(equilibria: Equilibria) -> set[tuple[tuple[Fraction, ...], ...]]:
    return set(map(strategies_of, equilibria))


def middle(pairs: Sequence[Sequence[Sequence[Fraction]]]) -> list[list[Fraction]]:
    return [
        [sum(weights, Fraction(0)) / len(pairs) for weights in zip(*side, strict=True)]
        for side in zip(*pairs, strict=True)
    ]


def test_the_only_perfect_equilibrium_of_a_game_with_three() -> None:
    answer = solve(bimatrix([[1, 1], [1, 0]], [[1, 1], [1, 0]]), "trembling-hand")
    assert play(answer) == {((1, 0), (1, 0))}
    assert answer.complete
    assert answer.remarks == (
        "not perfect: Row: 1, Column: 2; Column's 2 is weakly dominated by 1",
        "not perfect: Row: 2, Column: 1; Row's 2 is weakly dominated by 1",
    )


def test_two_of_the_three_equilibria_of_myerson_are_perfect() -> None:
    A = [[1, 0, -9], [0, 0, -7], [-9, -7, -7]]
    answer = solve(bimatrix(A, A), "trembling-hand")
    assert play(answer) == {((1, 0, 0), (1, 0, 0)), ((0, 1, 0), (0, 1, 0))}


def test_the_hawks_and_doves_are_perfect_in_every_equilibrium() -> None:
    rows = [["-3/2", 2], [0, 1]]
    game = bimatrix(rows, [list(column) for column in zip(*rows, strict=True)])
    assert play(solve(game, "trembling-hand")) == play(solve(game))
    (mixed,) = (e for e in solve(game, "trembling-hand") if 1 not in e["Row"].values())
    assert mixed["Row"]["1"] == Fraction(2, 5)


def test_a_mixture_dominates() -> None:
    """The third row pays 1 against everything, and so never more than half of each of the others."""
    game = bimatrix([[2, 0, 2], [0, 2, 2], [1, 1, 1]], [[0, 0, 0]] * 3)
    answer = solve(game, "trembling-hand")
    assert not any(e["Row"]["3"] for e in answer)
    assert any("Row's 3 is weakly dominated by 0.5 1 + 0.5 2" in remark for remark in answer.remarks)


SPLIT = bimatrix([[2, 4, 0], [2, 0, 4], [2, 3, 3]], [[1, 0, 0]] * 3)
"""Every row is a best response to the first column; half of the first and half of the second fall to the third."""


def test_a_component_splits_where_a_mixture_of_undominated_strategies_is_dominated() -> None:
    answer = solve(SPLIT, "trembling-hand")
    assert answer.complete
    assert [[answer[k]["Row"][row] for row in "123"] for k in range(3)] == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert [component.members for component in answer.components] == [(0, 2), (1, 2)]
    assert any("different components" in remark for remark in answer.remarks)
    half = Fraction(1, 2)
    assert not is_perfect(SPLIT, ((half, half, Fraction(0)), (1, 0, 0)))
    assert is_perfect(SPLIT, ((half, Fraction(0), half), (1, 0, 0)))


def test_extreme_equilibria_are_perfect_by_definition_exactly_if_listed() -> None:
    rejected = 0
    for game in random_games(60):
        answer = solve(game, "trembling-hand")
        assert answer.complete
        assert answer, (SEED, game)
        perfect = play(answer)
        for equilibrium in solve(game):
            strategies = strategies_of(equilibrium)
            assert (strategies in perfect) == is_perfect(game, strategies), (SEED, game, equilibrium)
            rejected += strategies not in perfect
    assert rejected > 30


@pytest.mark.parametrize("count", [40, pytest.param(120, marks=pytest.mark.long)])
def test_components_hold_the_perfect_mixtures_and_no_others(count: int) -> None:
    """The middle of two members of a Nash component is perfect by definition exactly if one component holds both."""
    rng = random.Random(SEED)
    perfect = other = 0
    for game in [SPLIT] * 5 + random_games(count):
        answer = solve(game, "trembling-hand")
        sets = [{strategies_of(answer[k]) for k in component.members} for component in answer.components]
        for members in sets:
            assert is_perfect(game, middle(sorted(members))), (SEED, game)
        nash = solve(game)
        for component in nash.components:
            if component.is_point:
                continue
            for _ in range(2):
                some = [strategies_of(nash[k]) for k in rng.sample(component.members, 2)]
                centre = middle(some)
                corners = {(x, y) for x, _ in some for _, y in some}
                assert not any(regret(game, labelled(game, centre)).values())
                held = any(corners <= members for members in sets)
                assert held == is_perfect(game, centre), (SEED, game, some)
                perfect += held
                other += not held and corners <= play(answer)
    assert perfect > count / 4
    assert other > 0, "some mixtures of perfect equilibria within a Nash component are not perfect"


def labelled(game: StrategicGame, strategies: Sequence[Sequence[Fraction]]) -> dict[str, dict[str, Fraction]]:
    return {
        p: dict(zip(own, mix, strict=True)) for (p, own), mix in zip(game.strategies.items(), strategies, strict=True)
    }


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
        before, after = solve(game, "trembling-hand"), solve(changed, "trembling-hand")
        assert {frozenset((s, w) for mix in e.strategies.values() for s, w in mix.items()) for e in after} == {
            frozenset((f"new {s}", w) for mix in e.strategies.values() for s, w in mix.items()) for e in before
        }
        assert sorted(len(c.members) for c in before.components) == sorted(len(c.members) for c in after.components)


def test_maximal_sets_by_brute_force() -> None:
    rng = random.Random(SEED)
    for _ in range(60):
        size = rng.randint(1, 6)
        allowed = [{k for k in range(size) if rng.random() < 0.6} for _ in range(rng.randint(1, 4))]
        found, whole = maximal_sets(
            range(size), lambda items, allowed=allowed: any(set(items) <= one for one in allowed)
        )
        expected = {frozenset(a) for a in allowed if a and not any(a < b for b in allowed)}
        assert whole
        assert {frozenset(one) for one in found} == expected
        assert len(found) == len(expected)


def test_too_many_sets_are_not_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_SETS", 0)
    answer = solve(bimatrix([[1, 1], [1, 0]], [[1, 1], [1, 0]]), "trembling-hand")
    assert (len(answer), answer.complete) == (1, False)


def test_a_wrong_tremble_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "undominating_tremble", lambda payoffs, support: (Fraction(1, 2), Fraction(1, 2)))
    with pytest.raises(AssertionError, match="was found as perfect and is not"):
        solve(bimatrix([[1, 1], [1, 0]], [[1, 1], [1, 0]]), "trembling-hand")


def test_the_cases_are_of_two_players() -> None:
    game = StrategicGame(dict.fromkeys("XYZ", ("a",)), {("a", "a", "a"): (1, 2, 3)})
    with pytest.raises(InputError, match="trembling-hand needs two players, this game has 3"):
        module.cases(game, [])
    assert solve(game, "trembling-hand").complete
