"""Correlation, refinements, selection, levels of reasoning: textbook games; linear programs in floats as a check."""

import random
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from games import InputError, StrategicGame, solve
from games.solvers.regret import regret

SEED = 1974
STAG_HUNT = StrategicGame.bimatrix([[9, 0], [8, 7]], [[9, 8], [0, 7]])
PENNIES = StrategicGame.bimatrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
MYERSON = StrategicGame.bimatrix([[1, 0, -9], [0, 0, -7], [-9, -7, -7]], [[1, 0, -9], [0, 0, -7], [-9, -7, -7]])


def random_game(number: int, shape: tuple[int, ...]) -> StrategicGame:
    source = random.Random(f"{SEED} {number}")
    own = {f"P{k}": tuple("abc"[:count]) for k, count in enumerate(shape)}
    return StrategicGame(own, {p: tuple(source.randint(-9, 9) for _ in shape) for p in product(*own.values())})


def extreme_sum(game: StrategicGame, coarse: bool, sign: int) -> float:
    """The greatest (sign 1) or least (sign −1) payoff sum of a (coarse) correlated equilibrium, in floats."""
    profiles = list(game.profiles)
    rows = []
    for position, player in enumerate(game.players):
        for told, other in product(game.strategies[player], repeat=2):
            row = [
                float(game.payoff((*p[:position], other, *p[position + 1 :]), player) - game.payoff(p, player))
                if coarse or p[position] == told
                else 0.0
                for p in profiles
            ]
            rows.append(row)
    sums = np.array([float(sum(game.payoffs[p])) for p in profiles])
    done = linprog(-sign * sums, A_ub=rows, b_ub=np.zeros(len(rows)), A_eq=[np.ones(len(profiles))], b_eq=[1])
    return float(-sign * done.fun)


@pytest.mark.parametrize("concept", ["correlated", "coarse-correlated"])
@pytest.mark.parametrize("number", range(12))
def test_extreme_sums_are_those_of_the_linear_program(concept: str, number: int) -> None:
    game = random_game(number, (2, 2, 2) if number % 3 == 0 else (3, 3))
    for objective, sign in (("best", 1), ("worst", -1)):
        (one,) = solve(game, concept, objective=objective)
        total = sum(map(Fraction, one.payoffs.values()))
        assert float(total) == pytest.approx(extreme_sum(game, concept == "coarse-correlated", sign), abs=1e-7)
        assert sum(outcome.probability for outcome in one.outcomes) == 1


def test_every_nash_equilibrium_lies_between_the_correlated_extremes() -> None:
    for number in range(20):
        game = random_game(100 + number, (3, 3))
        low, high = (
            sum(map(Fraction, solve(game, "correlated", objective=o)[0].payoffs.values())) for o in ("worst", "best")
        )
        assert all(low <= sum(map(Fraction, one.payoffs.values())) <= high for one in solve(game)), f"{SEED} {number}"


def test_the_value_of_matching_pennies() -> None:
    (one,) = solve(PENNIES, "zero-sum")
    assert one["Row"] == one["Column"] == {"1": Fraction(1, 2), "2": Fraction(1, 2)}
    with pytest.raises(InputError, match="add up"):
        solve(STAG_HUNT, "zero-sum")


def test_perfect_and_proper_part_in_myersons_game() -> None:
    def pairs(concept: str) -> set[tuple[str, str]]:
        return {
            (max(one["Row"], key=lambda s: one["Row"][s]), max(one["Column"], key=lambda s: one["Column"][s]))
            for one in solve(MYERSON, concept)
        }

    assert pairs("pure-nash") == {("1", "1"), ("2", "2"), ("3", "3")}
    assert pairs("trembling-hand") == {("1", "1"), ("2", "2")}
    assert pairs("proper") == {("1", "1")}


def test_refinements_refine() -> None:
    for number in range(30):
        game = random_game(200 + number, (3, 3))
        nash = [dict(one.strategies) for one in solve(game)]
        perfect = [dict(one.strategies) for one in solve(game, "trembling-hand")]
        proper = [dict(one.strategies) for one in solve(game, "proper")]
        assert all(one in nash for one in perfect), f"{SEED} {number}"
        assert all(not any(regret(game, one).values()) for one in proper), f"{SEED} {number}"


def test_the_stag_hunts_two_kinds_of_dominance() -> None:
    (safe,) = solve(STAG_HUNT, "risk-dominant")
    (rich,) = solve(STAG_HUNT, "payoff-dominant")
    assert (safe["Row"]["2"], rich["Row"]["1"]) == (1, 1)
    assert any("49 against 1" in remark for remark in solve(STAG_HUNT, "risk-dominant").remarks)


def test_level_one_plays_safe_in_the_stag_hunt() -> None:
    (one,) = solve(STAG_HUNT, "level-k", level="1")
    assert one["Row"] == {"1": 0, "2": 1}
    with pytest.raises(InputError):
        solve(STAG_HUNT, "level-k", level="-1")


def test_rationalizable_profiles_survive_strict_dominance() -> None:
    dominated = StrategicGame.bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    assert [(one["Row"]["2"], one["Column"]["2"]) for one in solve(dominated, "rationalizable")] == [(1, 1)]
    assert len(solve(STAG_HUNT, "rationalizable")) == 4


@pytest.mark.parametrize("size", [3, 12, 25])
def test_one_equilibrium_of_a_larger_game_is_exact(size: int) -> None:
    source = random.Random(f"{SEED} {size}")
    matrices = [[[source.randint(0, 99) for _ in range(size)] for _ in range(size)] for _ in range(2)]
    game = StrategicGame.bimatrix(*matrices)
    found = solve(game, "lemke-howson")
    assert found.exact
    assert not any(regret(game, found[0].strategies).values())


def test_a_search_takes_any_number_of_players() -> None:
    game = random_game(300, (3, 3, 2))
    (one,) = solve(game, "nash-search")
    assert max(float(value) for value in regret(game, one.strategies).values()) < 1e-6
