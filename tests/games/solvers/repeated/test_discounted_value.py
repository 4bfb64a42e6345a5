"""The value of discounted stochastic games: against value iteration, best replies by brute force, and known games."""

import random
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest
import sympy
from scipy.optimize import linprog

from analyses.explain import explain_all
from analyses.outcomes import concept_name
from games import InputError, StrategicGame, solve
from games.forms.stochastic import StochasticGame
from games.model import Model
from games.parameters import Parameter, Unit
from games.play.quantities import Chosen, Payoff, Reach, check_quantity, quantity_at
from games.play.regret import regret
from games.solvers.limits import time_limit
from games.solvers.repeated.discounted_value import value_of
from games.sources import Assumed

SEED = 1953


def stage(rows: list[list[Any]]) -> StrategicGame:
    return StrategicGame.bimatrix(rows, [[-entry for entry in row] for row in rows])


def random_game(rng: random.Random, states: int, factor: Fraction, high: int = 5) -> StochasticGame:
    names = [f"s{k}" for k in range(states)]
    stages, moves = {}, {}
    for name in names:
        m, n = rng.randint(1, 3), rng.randint(1, 3)
        stages[name] = stage([[rng.randint(-high, high) for _ in range(n)] for _ in range(m)])
        moves[name] = {}
        for profile in stages[name].profiles:
            weights = [rng.randint(0, 2) for _ in names]
            weights[rng.randrange(states)] += 1
            moves[name][profile] = {s: Fraction(w, sum(weights)) for s, w in zip(names, weights, strict=True)}
    return StochasticGame(stages, moves, factor)


def matrix_value(matrix: Any) -> float:
    m, n = matrix.shape
    c = np.append(np.zeros(m), -1.0)
    rows = np.hstack([-matrix.T, np.ones((n, 1))])
    answer = linprog(c, rows, np.zeros(n), [[1.0] * m + [0.0]], [1.0], [(0, None)] * m + [(None, None)])
    return float(-answer.fun)


def value_iteration(game: StochasticGame, times: int) -> dict[str, float]:
    factor = float(game.discount_factor)
    values = dict.fromkeys(game.stages, 0.0)
    for _ in range(times):
        fresh = {}
        for state, one in game.stages.items():
            rows, columns = one.strategies.values()
            fresh[state] = matrix_value(
                np.array(
                    [
                        [
                            (1 - factor) * float(one.payoffs[r, c][0])
                            + factor * sum(float(p) * values[s] for s, p in game.moves[state][r, c].items())
                            for c in columns
                        ]
                        for r in rows
                    ]
                )
            )
        values = fresh
    return values


def kept(game: StochasticGame, strategies: Any, position: int) -> dict[str, float]:
    """The worst for the player at ``position`` over every stationary pure reply, by state."""
    factor, states = float(game.discount_factor), list(game.stages)
    worst = dict.fromkeys(states, float("inf"))
    me, rival = game.players[position], game.players[1 - position]
    for replies in product(*(game.stages[s].strategies[rival] for s in states)):
        paid, moved = np.zeros(len(states)), np.zeros((len(states), len(states)))
        for k, (state, reply) in enumerate(zip(states, replies, strict=True)):
            for own, weight in strategies[state][me].items():
                profile = (own, reply) if position == 0 else (reply, own)
                paid[k] += float(weight) * float(game.stages[state].payoffs[profile][position])
                for after, p in game.moves[state][profile].items():
                    moved[k, states.index(after)] += float(weight) * float(p)
        values = np.linalg.solve(np.eye(len(states)) - factor * moved, (1 - factor) * paid)
        worst = {s: min(worst[s], float(v)) for s, v in zip(states, values, strict=True)}
    return worst


def test_values_and_strategies_of_random_games() -> None:
    """Both players keep the value against every reply; the value is that of many rounds of Shapley's iteration."""
    rng = random.Random(SEED)
    exact = 0
    for k in range(16):
        game = random_game(rng, rng.randint(1, 3), Fraction(rng.choice((0, 1, 2)), 4), high=2 if k % 2 else 50)
        found = value_of(game)
        assert found.error < 1e-11, SEED
        iterated = value_iteration(game, 28)
        first, second = (kept(game, found.strategies, position) for position in range(2))
        for state, value in found.values.items():
            assert abs(float(value) - iterated[state]) < 1e-5, (SEED, k, state)
            assert abs(first[state] - float(value)) < 1e-6, (SEED, k, state)
            assert abs(second[state] + float(value)) < 1e-6, (SEED, k, state)
        for mixes in found.strategies.values():
            assert all(sum(mix.values()) == 1 and min(mix.values()) >= 0 for mix in mixes.values())
        exact += found.exact
    assert 4 < exact < 16, "some values are simple fractions, others irrational"


def test_one_state_is_a_repeated_game_worth_its_stage_game() -> None:
    rng = random.Random(SEED)
    for factor in ("0", "1/2", "99/100"):
        one = stage([[rng.randint(-9, 9) for _ in range(4)] for _ in range(3)])
        found = value_of(StochasticGame({"only": one}, {}, Fraction(factor)))
        assert found.exact
        assert found.values["only"] == solve(one, "zero-sum")[0].payoffs["Row"]


def test_an_irrational_value_has_a_proven_bound() -> None:
    """v = value of [[(1 + v)/2, 0], [0, 1/2]]: a match pays 1/2 on average and may go on. It is no fraction."""
    going_on = stage([[1, 0], [0, 1]])
    ended = stage([[0]])
    away = {("1", "2"): {"ended": 1}, ("2", "1"): {"ended": 1}, ("2", "2"): {"ended": 1}}
    found = value_of(StochasticGame({"going on": going_on, "ended": ended}, {"going on": away}, Fraction(1, 2)))
    # A 2×2 game [[a, 0], [0, b]] is worth ab/(a + b): v = (1 + v)/4 / (1 + v/2), or 2v² + 3v − 1 = 0.
    assert not found.exact
    assert 0 < found.error < Fraction(1, 10**13)
    assert abs(float(found.values["going on"]) - (17**0.5 - 3) / 4) < 1e-13
    low, high = (found.values["going on"] + sign * found.error for sign in (-1, 1))
    assert 2 * low**2 + 3 * low - 1 < 0 < 2 * high**2 + 3 * high - 1
    assert "within" in str(found)


def test_the_unit_of_payoffs_does_not_matter() -> None:
    rng = random.Random(SEED)
    game = random_game(rng, 2, Fraction(2, 3), high=3)
    for unit in (Fraction(1, 10**30), 10**300):
        scaled = StochasticGame(
            {
                s: StrategicGame(one.strategies, {p: tuple(v * unit for v in row) for p, row in one.payoffs.items()})
                for s, one in game.stages.items()
            },
            game.moves,
            game.discount_factor,
        )
        one, other = value_of(game), value_of(scaled)
        assert all(
            abs(other.values[s] / unit - v) <= 2 * one.error + Fraction(1, 10**12) for s, v in one.values.items()
        )


def test_out_of_time_the_bound_is_still_proven() -> None:
    game = random_game(random.Random(SEED), 3, Fraction(9, 10))
    best = value_of(game)
    with time_limit(1e-9):
        early = value_of(game)
    assert not early.exact
    assert all(abs(early.values[s] - v) <= early.error + best.error for s, v in best.values.items())


def test_the_answer_says_how_it_was_found() -> None:
    """Matching pennies now, or a saddle point: exact and the only strategies; an irrational value: a proven bound."""
    game = StochasticGame({"pennies": PENNIES, "saddle": stage([[1, 2], [0, 3]])}, {}, "1/2", "saddle")
    found = solve(game)
    assert (found.concept, found.exact, found.complete, found.game) == ("discounted-value", True, True, game)
    (only,) = found
    assert only.payoffs == {"Row": 1, "Column": -1}
    assert only.continuations == {("pennies",): {"Row": 0, "Column": 0}, ("saddle",): {"Row": 1, "Column": -1}}
    assert only.strategies["Row in pennies"] == {"1": Fraction(1, 2), "2": Fraction(1, 2)}
    assert str(only) == (
        "Row in pennies: 0.5 1 + 0.5 2, Column in pennies: 0.5 1 + 0.5 2, Row in saddle: 1, Column in saddle: 1"
    )
    (one,) = found.as_json("two")["equilibria"]  # type: ignore[misc]
    assert one["continuations"][1] == {"after": ["saddle"], "payoffs": {"Row": "1", "Column": "-1"}}
    assert [[cell.text for cell in row] for row in found.table().rows] == [
        ["1", "pennies", "0.5 1 + 0.5 2", "0.5 1 + 0.5 2", "0", "0"],
        ["", "saddle", "1", "1", "1", "−1"],
    ]
    tied = solve(StochasticGame({"tied": stage([[0, 0]])}, {}, 0))
    assert (tied.exact, tied.complete) == (True, False)
    assert "other strategies may guarantee the value, too" in tied.remarks


def test_an_irrational_answer_is_numeric_and_bounded() -> None:
    away = {("1", "2"): {"ended": 1}, ("2", "1"): {"ended": 1}, ("2", "2"): {"ended": 1}}
    game = StochasticGame({"going on": stage([[1, 0], [0, 1]]), "ended": stage([[0]])}, {"going on": away}, "1/2")
    found = solve(game)
    assert (found.exact, found.complete) == (False, False)
    assert any("of the true ones" in remark for remark in found.remarks)
    assert all(isinstance(value, float) for value in found[0].payoffs.values())
    assert max(regret(game, found[0].strategies).values()) < Fraction(1, 10**13)
    assert found[0].payoffs["Row"] == pytest.approx((17**0.5 - 3) / 4)


def test_quantities_of_play_in_a_state() -> None:
    game = StochasticGame({"pennies": PENNIES, "saddle": stage([[1, 2], [0, 3]])}, {}, "1/2", "saddle")
    found = solve(game)[0]
    for quantity, value in (
        (Payoff("Row"), 1),
        (Payoff("Column", after=("saddle",)), -1),
        (Payoff("Row", after=("pennies",)), 0),
        (Chosen({"Row in pennies": "1", "Column in saddle": "1"}), Fraction(1, 2)),
    ):
        check_quantity(quantity, game)
        assert quantity_at(game, game, found, quantity) == value
    for wrong, says in (
        (Reach(("pennies",)), "has no paths; name strategies by player and state"),
        (Payoff("Row", after=("war",)), "'war' is no state; these are pennies, saddle"),
        (Chosen({"Row": "1"}), "no player and state 'Row'; the game has Row in pennies, Column in pennies"),
    ):
        with pytest.raises(InputError, match=says):
            check_quantity(wrong, game)


def test_a_model_of_a_stochastic_game_is_a_formula_of_its_parameters() -> None:
    stake, patience = sympy.symbols("stake patience")
    game = StochasticGame({"a": stage([[stake, -stake], [-stake, 2 * stake]])}, {}, patience)
    assumed = Assumed("for a test")
    model = Model(
        name="m",
        title="M",
        game=game,
        parameters=(
            Parameter(stake, meaning="", default=1, low=0, high=9, unit=Unit.PAYOFF, source=assumed),
            Parameter(patience, meaning="", default="1/2", low=0, high="9/10", unit=Unit.DISCOUNT, source=assumed),
        ),
    )
    assert solve(model.at(stake=5))[0].payoffs["Row"] == 1
    with pytest.raises(InputError, match="the discount factor is 1; it must be at least 0 and less than 1"):
        model.at(patience=1)
    assert "stake" in repr(game)
    with pytest.raises(InputError, match="is not about pure play alone"):
        concept_name(model)
    (explanation,) = explain_all(solve(model.at()))
    assert explanation.steps[0].startswith("In a, 1 and 2 each pay Row 0.2")


def test_players_and_states_whose_names_run_together_are_refused() -> None:
    one = StrategicGame({"A": ("x",), "A in b": ("y",)}, {("x", "y"): (0, 0)})
    with pytest.raises(InputError, match="has the name of another"):
        StochasticGame({"b in c": one, "c": one}, {}, 0)


PENNIES = stage([[1, -1], [-1, 1]])


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: StochasticGame({}, {}, 0), "states"),
        (lambda: StochasticGame({"a": PENNIES}, {}, 1), "must be at least 0 and less than 1"),
        (lambda: StochasticGame({"a": PENNIES}, {"b": {}}, 0), "which is no state"),
        (lambda: StochasticGame({"a": PENNIES}, {"a": {("1", "3"): {"a": 1}}}, 0), "which is no profile there"),
        (lambda: StochasticGame({"a": PENNIES}, {"a": {("1", "1"): {"b": 1}}}, 0), "'b', which is no state"),
        (lambda: StochasticGame({"a": PENNIES}, {"a": {("1", "1"): {"a": "1/2"}}}, 0), "sum to 1"),
        (lambda: StochasticGame({"a": PENNIES}, {"a": {("1", "1"): {}}}, 0), "sum to 1"),
        (lambda: StochasticGame({"a": PENNIES}, {}, 0.5), "discount factor"),
        (lambda: StochasticGame({"a": "pennies"}, {}, 0), "must be a StrategicGame"),
        (lambda: StochasticGame({"a": PENNIES, "b": StrategicGame({"X": ["a"]}, {("a",): (1,)})}, {}, 0), "players"),
        (lambda: value_of(StochasticGame({"a": StrategicGame.bimatrix([[1]], [[1]])}, {}, 0)), "add up to 2"),
        (lambda: value_of(StochasticGame({"a": StrategicGame({"X": ["a"]}, {("a",): (0,)})}, {}, 0)), "two pl"),
    ],
)
def test_what_is_no_such_game_is_refused(build: Any, message: str) -> None:
    with pytest.raises(InputError, match=message) as refused:
        build()
    assert "\n" not in str(refused.value)
