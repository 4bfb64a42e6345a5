"""Correlated equilibria: agreement with a linear-programming library, Nash equilibria among them, refusals."""

import random
from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from math import prod
from time import monotonic
from typing import Any

import numpy as np
import pytest
import sympy
from scipy.optimize import linprog

from games import Equilibria, InputError, StrategicGame, solve
from games.forms.strategic import Profile
from games.solvers.correlated.correlated import margins
from games.solvers.methods import correlation as module

SEED = 1974
SHAPES = ((2, 2), (2, 3), (3, 3), (4, 3), (2, 2, 2), (2, 3, 2))


def random_game(rng: random.Random, sizes: tuple[int, ...], high: int, denominator: int = 1) -> StrategicGame:
    strategies = {f"P{k}": tuple(f"{chr(97 + k)}{i}" for i in range(size)) for k, size in enumerate(sizes)}
    payoffs = {
        p: tuple(Fraction(rng.randint(0, high), denominator) for _ in sizes) for p in product(*strategies.values())
    }
    return StrategicGame(strategies, payoffs)


def random_chicken(rng: random.Random) -> StrategicGame:
    crash, bow, both, dare = sorted(rng.sample(range(20), 4))
    return StrategicGame.bimatrix([[both, bow], [dare, crash]], [[both, dare], [bow, crash]])


def temptation_rows(game: StrategicGame) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The definition as rows · distribution ≤ 0: for each player, strategy told and strategy played instead."""
    rows = []
    for k, (player, own) in enumerate(game.strategies.items()):
        for told, played in product(own, own):
            row = []
            for profile in game.profiles:
                departed = tuple(played if i == k else label for i, label in enumerate(profile))
                gain = game.payoff(departed, player) - game.payoff(profile, player)
                row.append(float(gain) if profile[k] == told else 0.0)
            rows.append(row)
    return np.array(rows)


def aims(game: StrategicGame, objective: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    if objective in game.players:
        return np.array([float(row[game.players.index(objective)]) for row in game.payoffs.values()])
    return np.array([float(sum(row)) for row in game.payoffs.values()]) * (-1 if objective == "worst" else 1)


def library_optimum(game: StrategicGame, objective: str) -> tuple[float, bool]:
    """The optimum by a library in floats, and whether no probability can vary among the optimal distributions."""
    rows, aim = temptation_rows(game), aims(game, objective)
    ones = np.ones((1, len(aim)))
    best = linprog(-aim, rows, np.zeros(len(rows)), ones, [1.0])
    assert best.success
    as_good = np.vstack([rows, -aim])
    bounds = np.append(np.zeros(len(rows)), best.fun + 1e-9)
    widest = 0.0
    for k in range(len(aim)):
        ends = [linprog(sign * np.eye(len(aim))[k], as_good, bounds, ones, [1.0]).fun for sign in (1.0, -1.0)]
        widest = max(widest, -ends[1] - ends[0])
    return -best.fun, widest < 1e-6


def distribution(equilibria: Equilibria) -> dict[Profile, Fraction]:
    (equilibrium,) = equilibria
    return {reached.path: Fraction(reached.probability) for reached in equilibrium.outcomes}


def value(equilibria: Equilibria, objective: str) -> Fraction:
    payoffs: Mapping[str, Any] = equilibria[0].payoffs
    return Fraction(payoffs[objective]) if objective in payoffs else sum(map(Fraction, payoffs.values()), Fraction(0))


def test_the_best_and_the_worst_of_chicken_are_the_only_ones() -> None:
    chicken = StrategicGame.bimatrix([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    best, worst = (solve(chicken, "correlated", objective=objective) for objective in ("best", "worst"))
    assert best.complete
    assert worst.complete
    assert distribution(best) == {("1", "1"): Fraction(1, 2), ("1", "2"): Fraction(1, 4), ("2", "1"): Fraction(1, 4)}
    assert (value(best, "best"), value(worst, "worst")) == (Fraction(21, 2), Fraction(36, 5))
    assert best.remarks[1] == "the distribution is 0.5 (1, 1) + 0.25 (1, 2) + 0.25 (2, 1)"


def test_the_optimum_agrees_with_a_library() -> None:
    rng = random.Random(SEED)
    unique = 0
    for k in range(36):
        game = random_game(rng, SHAPES[k % len(SHAPES)], rng.choice((2, 9)), denominator=rng.choice((1, 6)))
        for objective in ("best", "worst", "P1"):
            answer = solve(game, "correlated", objective=objective)
            expected, only_one = library_optimum(game, objective)
            sign = -1 if objective == "worst" else 1
            assert abs(sign * float(value(answer, objective)) - expected) < 1e-7, (SEED, game, objective)
            assert answer.complete == only_one, (SEED, game, objective)
            unique += only_one
    assert 20 < unique < 100


def test_the_answer_is_a_distribution_with_its_marginals_and_payoffs() -> None:
    rng = random.Random(SEED)
    for sizes in SHAPES:
        game = random_game(rng, sizes, 5)
        answer = solve(game, "correlated", objective="worst")
        weights = distribution(answer)
        assert sum(weights.values()) == 1
        assert min(weights.values()) > 0
        assert min(margins(game, weights)) >= 0
        (equilibrium,) = answer
        for k, player in enumerate(game.players):
            assert equilibrium.payoffs[player] == sum(w * game.payoffs[p][k] for p, w in weights.items())
            for label in game.strategies[player]:
                assert equilibrium[player][label] == sum(w for p, w in weights.items() if p[k] == label)


def test_every_nash_equilibrium_is_a_correlated_one_and_none_is_better() -> None:
    rng = random.Random(SEED)
    strictly = 0
    for k in range(60):
        game = random_game(rng, rng.choice(((2, 2), (3, 3), (2, 4))), 6) if k % 3 else random_chicken(rng)
        best, worst = (value(solve(game, "correlated", objective=o), o) for o in ("best", "worst"))
        sums = []
        for nash in solve(game):
            weights = {p: prod(nash[q][s] for q, s in zip(game.players, p, strict=True)) for p in game.profiles}
            assert min(margins(game, weights)) >= 0, (SEED, game)
            sums.append(sum(nash.payoffs.values()))
        assert worst <= min(sums) <= max(sums) <= best, (SEED, game)
        strictly += best > max(sums) or worst < min(sums)
    assert strictly > 3, "correlated equilibria sometimes reach beyond every Nash equilibrium"


def test_names_and_order_of_strategies_do_not_matter() -> None:
    rng = random.Random(SEED)
    compared = 0
    for _ in range(30):
        game = random_game(rng, rng.choice(SHAPES), 4)
        shuffled = StrategicGame(
            {f"new {p}": tuple(f"new {s}" for s in rng.sample(own, len(own))) for p, own in game.strategies.items()},
            {tuple(f"new {s}" for s in profile): row for profile, row in game.payoffs.items()},
        )
        one, other = solve(game, "correlated"), solve(shuffled, "correlated")
        assert value(one, "best") == value(other, "best")
        assert one.complete == other.complete
        if one.complete:
            renamed = {tuple(f"new {s}" for s in profile): w for profile, w in distribution(one).items()}
            assert renamed == distribution(other), (SEED, game)
            compared += 1
    assert compared > 10


def test_the_common_unit_and_each_zero_of_payoffs_do_not_matter() -> None:
    rng = random.Random(SEED)
    for _ in range(20):
        game = random_game(rng, rng.choice(SHAPES), 4)
        for objective, factors in (("worst", (Fraction(5, 3),) * 3), ("P0", (Fraction(5, 3), Fraction(1, 7), 4))):
            changed = StrategicGame(
                game.strategies,
                {
                    p: tuple(f * v - 3 * k for k, (f, v) in enumerate(zip(factors, row, strict=False)))
                    for p, row in game.payoffs.items()
                },
            )
            one, other = (solve(g, "correlated", objective=objective) for g in (game, changed))
            assert one.complete == other.complete
            if one.complete:
                assert distribution(one) == distribution(other), (SEED, game)


def test_the_margins_of_a_game_in_formulas() -> None:
    x, p = sympy.symbols("x p")
    game = StrategicGame.bimatrix([[x, 0], [1, 2]], [[1, 0], [0, 1]])
    found = margins(game, {("1", "1"): p, ("2", "2"): 1 - p})
    assert [sympy.expand(c) for c in found] == [sympy.expand(e) for e in (p * (x - 1), 2 * (1 - p), p, 1 - p)]


def test_one_player_and_one_profile() -> None:
    alone = solve(StrategicGame({"Solo": ("a", "b", "c")}, {("a",): (1,), ("b",): (2,), ("c",): (2,)}), "correlated")
    assert alone[0].payoffs == {"Solo": 2}
    assert not alone.complete
    assert "others reach it, too" in alone.remarks[0]
    single = solve(StrategicGame.bimatrix([[-2]], [[7]]), "correlated", objective="worst")
    assert single.complete
    assert single.remarks == (
        "the least sum of payoffs in a correlated equilibrium is 5; no other one reaches it",
        "the distribution is (1, 1)",
    )


def test_a_wrong_solution_of_the_program_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    game = StrategicGame.bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    for wrong, message in (
        ({("1", "1"): Fraction(1)}, "is none"),
        ({("2", "2"): Fraction(1, 2)}, "is no distribution"),
        ({("2", "2"): Fraction(2), ("1", "1"): Fraction(-1)}, "is no distribution"),
    ):
        monkeypatch.setattr(module, "_solution", lambda *_, answer=wrong: (answer, {}))
        with pytest.raises(AssertionError, match=message):
            solve(game, "correlated")


def test_a_solution_that_is_not_optimal_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    hunt = StrategicGame.bimatrix([[9, 0], [8, 7]], [[9, 8], [0, 7]])
    for prices in ({}, {0: Fraction(1)}, {0: Fraction(-1), 1: Fraction(5)}):
        monkeypatch.setattr(module, "_solution", lambda *_, prices=prices: ({("2", "2"): Fraction(1)}, prices))
        with pytest.raises(AssertionError, match="14 was found as the optimum and is not"):
            solve(hunt, "correlated")


def everything(aims: Any, temptations: Any) -> Any:
    return list(aims), list(range(len(temptations)))


@pytest.mark.parametrize(
    "start",
    [everything, lambda aims, _: (list(aims), []), lambda aims, _: (list(aims)[:1], []), lambda *_: ([], [0])],
    ids=["everything", "all profiles", "one profile", "one temptation"],
)
def test_wherever_the_search_begins_it_ends_at_the_optimum(start: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(SEED)
    games = [random_game(rng, SHAPES[k % len(SHAPES)], rng.choice((1, 9)), denominator=6) for k in range(24)]
    expected = [solve(game, "correlated", objective="worst") for game in games]
    monkeypatch.setattr(module, "_used_in_floats", start)
    for game, before in zip(games, expected, strict=True):
        again = solve(game, "correlated", objective="worst")
        assert value(again, "worst") == value(before, "worst"), (SEED, game)
        assert again.complete == before.complete, (SEED, game)


def test_payoffs_that_floats_cannot_tell_apart_are_told_apart() -> None:
    huge, tiny = 10**400, Fraction(1, 10**30)
    for unit in (huge, Fraction(1, huge)):
        game = StrategicGame.bimatrix([[6 * unit, 2 * unit], [7 * unit, 0]], [[6 * unit, 7 * unit], [2 * unit, 0]])
        assert value(solve(game, "correlated"), "best") == Fraction(21, 2) * unit
    close = StrategicGame.bimatrix([[1 + tiny, 0], [0, 1]], [[1, 0], [0, 1]])
    best = solve(close, "correlated")
    assert best.complete
    assert distribution(best) == {("1", "1"): 1}
    mixed = StrategicGame.bimatrix([[1, huge], [0, -huge]], [[tiny, 0], [huge, tiny]])
    assert min(margins(mixed, distribution(solve(mixed, "correlated", objective="worst")))) >= 0


def test_a_search_out_of_time_finds_nothing_and_says_so() -> None:
    game = random_game(random.Random(SEED), (8, 8), 99)
    stopped = solve(game, "correlated", objective="worst", time_limit=1e-9)
    assert len(stopped) == 0
    assert not stopped.complete
    assert "stopped" in stopped.remarks[0]


@pytest.mark.parametrize("objective", ["", "Best", "Nobody", 3, None])
def test_an_unknown_objective_is_refused(objective: Any) -> None:
    game = StrategicGame.bimatrix([[1]], [[1]])
    with pytest.raises(InputError, match="must be best, worst or one of the players Row, Column") as refused:
        solve(game, "correlated", objective=objective)
    assert "\n" not in str(refused.value)


def test_a_game_of_twelve_by_twelve_is_solved() -> None:
    rng = random.Random(SEED)
    matrix = [[rng.randint(0, 9) for _ in range(12)] for _ in range(12)]
    game = StrategicGame.bimatrix(matrix, [[-v for v in row] for row in matrix])
    (equilibrium,) = solve(game, "correlated", objective="Row")
    assert equilibrium.payoffs == solve(game, "zero-sum")[0].payoffs


def test_a_game_too_large_is_refused_at_once_with_a_method_that_takes_it() -> None:
    large = StrategicGame.bimatrix([[0] * 100] * 100, [[0] * 100] * 100)
    started = monotonic()
    with pytest.raises(InputError, match=r"10,000 profiles and 19,800 ways to depart.*nash-search"):
        solve(large, "correlated")
    with pytest.raises(InputError, match=r"10,000 profiles and 200 ways to depart.*nash-search"):
        solve(large, "coarse-correlated")
    assert monotonic() - started < 2
