"""The value and all maximin strategies: against `nash`, a linear-programming library, and by hand."""

import random
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import linprog

from games import Equilibria, InputError, StrategicGame, solve
from games.solvers.methods import double_description, minimax
from games.solvers.nash import zero_sum as module
from games.solvers.nash.zero_sum import cases, exists_because
from games.terms import denied, equal, poly, var
from laws.cases_at import Posed, cases_of

SEED = 1928


def constant_sum(rows: Sequence[Sequence[int | str]], total: int = 0) -> StrategicGame:
    return StrategicGame.bimatrix(rows, [[total - Fraction(entry) for entry in row] for row in rows])


def random_rows(rng: random.Random, m: int, n: int, high: int) -> list[list[int]]:
    return [[rng.randint(-high, high) for _ in range(n)] for _ in range(m)]


def play(equilibria: Equilibria) -> list[tuple[tuple[Fraction, ...], ...]]:
    return [tuple(tuple(map(Fraction, mix.values())) for mix in e.strategies.values()) for e in equilibria]


def test_it_finds_the_equilibria_that_nash_finds_in_the_same_order() -> None:
    rng = random.Random(SEED)
    several = 0
    for _ in range(250):
        rows = random_rows(rng, rng.randint(1, 5), rng.randint(1, 5), rng.choice((1, 1, 2, 9)))
        game = constant_sum(rows, rng.choice((0, 3)))
        ours, theirs = solve(game, "zero-sum"), solve(game, "nash")
        assert ours.complete
        assert play(ours) == play(theirs), (SEED, rows)
        assert ours.components == theirs.components, (SEED, rows)
        several += len(ours) > 1
    assert several > 30


def test_the_value_agrees_with_a_library() -> None:
    rng = random.Random(SEED)
    for m, n, high in ((1, 6, 9), (6, 1, 9), (8, 8, 99), (12, 9, 99), (10, 10, 1)):
        rows = np.array(random_rows(rng, m, n, high), dtype=float)
        answer = solve(constant_sum(rows.astype(int).tolist()), "zero-sum")
        guarantee = linprog(
            [*([0.0] * m), -1.0],
            np.column_stack([-rows.T, np.ones(n)]),
            np.zeros(n),
            [[*([1.0] * m), 0.0]],
            [1.0],
            bounds=[*([(0.0, None)] * m), (None, None)],
        )
        assert answer.complete
        assert abs(float(answer[0].payoffs["Row"]) + guarantee.fun) < 1e-7


def test_a_saddle_point() -> None:
    answer = solve(constant_sum([[4, 2, 3], [1, 0, 5]]), "zero-sum")
    assert play(answer) == [((1, 0), (0, 1, 0))]
    assert answer.remarks == ("the value is 2 for Row and −2 for Column",)


def test_colonel_blotto_with_three_battlefields() -> None:
    """Three units on three fields: by symmetry the value is 0, and each side has three extreme maximin strategies."""
    splits = [(a, b, 3 - a - b) for a in range(4) for b in range(4 - a)]
    rows = [[sum((x > y) - (x < y) for x, y in zip(p, q, strict=True)) for q in splits] for p in splits]
    answer = solve(constant_sum(rows), "zero-sum")
    assert answer.complete
    assert {e.payoffs["Row"] for e in answer} == {0}
    assert len(answer) == 9
    assert any("3 strategies listed of Row guarantees the value" in remark for remark in answer.remarks)


def test_a_constant_sum_other_than_zero() -> None:
    answer = solve(constant_sum([["1/2", 0], [0, "1/2"]], total=1), "zero-sum")
    assert answer[0].payoffs == {"Row": Fraction(1, 4), "Column": Fraction(3, 4)}
    assert answer.components[0].index == 1


def test_names_order_and_unit_do_not_matter() -> None:
    rng = random.Random(SEED)
    for _ in range(40):
        rows = random_rows(rng, rng.randint(1, 4), rng.randint(1, 4), 2)
        turned = constant_sum([[Fraction(7, 3) * a + 4 for a in reversed(row)] for row in reversed(rows)], 5)
        before = {tuple(tuple(reversed(mix)) for mix in pair) for pair in play(solve(constant_sum(rows), "zero-sum"))}
        after = solve(turned, "zero-sum")
        assert before == set(play(after)), (SEED, rows)
        value = solve(constant_sum(rows), "zero-sum")[0].payoffs["Row"]
        assert after[0].payoffs["Row"] == Fraction(7, 3) * Fraction(value) + 4


def test_too_many_vertices_leave_one_equilibrium_and_the_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(double_description, "MOST_CORNERS", 3)
    answer = solve(constant_sum([[0] * 5] * 2), "zero-sum")
    assert not answer.complete
    assert answer[0].payoffs == {"Row": 0, "Column": 0}
    assert any("strategies of Column was stopped" in remark for remark in answer.remarks)


def test_only_so_many_equilibria_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_EQUILIBRIA", 4)
    answer = solve(constant_sum([[0] * 3] * 3), "zero-sum")
    assert (len(answer), answer.complete) == (4, False)
    assert "only the first 4 of 9 extreme equilibria are listed" in answer.remarks


def test_a_wrong_strategy_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        minimax, "extreme_mixtures", lambda rows, equal, count: [(Fraction(1),) + (Fraction(0),) * (count - 1)]
    )
    with pytest.raises(AssertionError, match="was found as a maximin strategy of Row and is none"):
        solve(constant_sum([[1, -1], [-1, 1]]), "zero-sum")


def test_other_games_are_refused() -> None:
    with pytest.raises(InputError, match=r"add up to 6 at \(1, 1\) and to 5 at \(1, 2\)"):
        solve(StrategicGame.bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]]), "zero-sum")
    with pytest.raises(InputError, match="needs two players, this game has 1"):
        solve(StrategicGame({"Solo": ("a",)}, {("a",): (0,)}), "zero-sum")


def test_cases_ask_for_a_constant_sum() -> None:
    """Where x is not 0 there is no answer; a game that never has a constant sum is refused."""
    x = var("x")
    game = StrategicGame.bimatrix([[1, 0], [0, 1]], [[x - 1, 0], [0, -1]])
    found = cases(game, [])
    assert equal(x, 0) in found.conditions
    for value, count in ((0, 1), (1, 0)):
        posed = Posed(found.put({"x": poly(value)}))
        assert (posed.find() is not None) == bool(count)
    assert exists_because(game) == ""
    assert exists_because(StrategicGame.bimatrix([[x, 0], [0, 1]], [[1 - x, 1], [1, 0]])).endswith("von Neumann (1928)")
    with pytest.raises(InputError, match=r"add up to 6 at \(1, 1\) and to 5 at \(1, 2\)"):
        cases_of("zero-sum", StrategicGame.bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]]))


def test_the_value_as_a_formula() -> None:
    """In every case of matching pennies for the stake s, the value is 0, and both mix evenly unless s is 0."""
    s = var("s")
    found = cases(StrategicGame.bimatrix([[s, -s], [-s, s]], [[-s, s], [s, -s]]), [])
    worth = var("value of the game")
    for stake in (1, 3):
        posed = Posed(found.put({"s": poly(stake)}))
        assert posed.find(denied(equal(worth, 0))) is None
        even = posed.find()
        assert even is not None
        assert even.unknowns is not None
        assert {v for name, v in even.unknowns.items() if name.startswith("probability")} == {Fraction(1, 2)}
