"""Rationalizable strategies: textbook cases, the definition by a library, and the proofs that come with the answer."""

import random
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from games import StrategicGame, solve
from games.solvers.reasoning import rationalizable as module

SEED = 1984


def random_game(rng: random.Random, sizes: tuple[int, ...], high: int) -> StrategicGame:
    strategies = {f"P{k}": tuple(f"{chr(97 + k)}{i}" for i in range(size)) for k, size in enumerate(sizes)}
    return StrategicGame(
        strategies, {p: tuple(rng.randint(0, high) for _ in sizes) for p in product(*strategies.values())}
    )


def is_best_response_to_something(game: StrategicGame, left: dict[str, tuple[str, ...]], player: str, own: str) -> bool:
    """Whether some belief over the others' remaining profiles makes ``own`` as good as everything that remains."""
    k = game.players.index(player)
    others = list(product(*(left[p] for p in game.players if p != player)))
    rows = [
        [
            float(game.payoff((*o[:k], label, *o[k:]), player) - game.payoff((*o[:k], own, *o[k:]), player))
            for o in others
        ]
        for label in left[player]
    ]
    ones = np.ones((1, len(others)))
    return bool(linprog(np.zeros(len(others)), np.array(rows), np.full(len(rows), 1e-9), ones, [1.0]).success)


def by_definition(game: StrategicGame) -> dict[str, set[str]]:
    """Strategies that are best responses to no belief go, all at once, until none goes."""
    left = dict(game.strategies)
    while True:
        staying = {
            p: tuple(s for s in left[p] if is_best_response_to_something(game, left, p, s)) for p in game.players
        }
        if staying == left:
            return {p: set(own) for p, own in left.items()}
        left = staying


def test_the_example_of_bernheim() -> None:
    rows = [[0, 2, 7, 0], [5, 3, 5, 0], [7, 2, 0, 0], [0, 0, 0, 10]]
    columns = [[7, 5, 0, 1], [2, 3, 2, 1], [0, 5, 7, 1], [0, -2, 0, -1]]
    answer = solve(StrategicGame.bimatrix(rows, columns), "rationalizable")
    assert answer.remarks[0] == "rationalizable are Row: 1, 2, 3; Column: 1, 2, 3"
    assert answer.remarks[1].startswith("round 1: Column's 4 is strictly dominated by")
    assert answer.remarks[2].startswith("round 2: Row's 4 is strictly dominated by")
    assert len(answer) == 9
    assert answer.complete


def test_survivors_are_those_of_the_definition() -> None:
    rng = random.Random(SEED)
    eliminated = 0
    for k in range(45):
        game = random_game(rng, ((2, 3), (3, 3), (4, 3), (2, 2, 3), (3, 2, 2))[k % 5], rng.choice((3, 9)))
        answer = solve(game, "rationalizable")
        profiles = {tuple(next(s for s, w in e[p].items() if w) for p in game.players) for e in answer}
        assert profiles == set(product(*by_definition(game).values())), (SEED, game)
        eliminated += len(profiles) < len(list(game.profiles))
    assert eliminated > 10


def test_each_listed_strategy_is_a_best_response_to_its_belief() -> None:
    rng = random.Random(SEED)
    mixed = 0
    for k in range(60):
        game = random_game(rng, ((3, 3), (4, 4), (2, 3, 2))[k % 3], 9)
        for equilibrium in solve(game, "rationalizable"):
            for position, player in enumerate(game.players):
                belief = {others: Fraction(w) for others, w in equilibrium.beliefs[player].items()}
                assert sum(belief.values()) == 1
                mixed += len(belief) > 1
                pays = {
                    own: sum(w * game.payoff((*o[:position], own, *o[position:]), player) for o, w in belief.items())
                    for own in game.strategies[player]
                }
                played = next(s for s, w in equilibrium[player].items() if w)
                assert pays[played] == max(pays.values()), (SEED, game)
    assert mixed > 20


def test_correlated_beliefs_can_justify_more_than_independent_ones() -> None:
    """Matrix B is a best response to (U, L) or (D, R), each with probability one half, and to no independent belief."""
    payoffs = {
        ("U", "L"): (8, 4, 0, 3), ("U", "R"): (0, 0, 0, 3), ("D", "L"): (0, 0, 0, 3), ("D", "R"): (0, 4, 8, 3),
    }  # fmt: skip
    game = StrategicGame(
        {"Row": ("U", "D"), "Column": ("L", "R"), "Matrix": ("A", "B", "C", "E")},
        {(*rc, m): (value,) * 3 for rc, values in payoffs.items() for m, value in zip("ABCE", values, strict=True)},
    )
    answer = solve(game, "rationalizable")
    assert "Matrix: A, B, C, E" in answer.remarks[0]
    assert any(r.startswith("Matrix's B is a best response to ") and "(U, L) +" in r for r in answer.remarks)
    assert answer.remarks[-1].startswith("beliefs may correlate the others' strategies")
    grid = [Fraction(k, 20) for k in range(21)]
    assert all(4 * p * q + 4 * (1 - p) * (1 - q) < max(8 * p * q, 8 * (1 - p) * (1 - q), 3) for p in grid for q in grid)


def test_certain_beliefs_of_three_players_are_independent() -> None:
    game = StrategicGame(dict.fromkeys("XYZ", ("a",)), {("a", "a", "a"): (1, 2, 3)})
    assert (
        solve(game, "rationalizable").remarks[-1].startswith("every belief named puts all probability on one profile")
    )


def test_what_dominance_solves_has_one_profile() -> None:
    game = StrategicGame.bimatrix(
        [[3, 0], [5, 1]], [[3, 5], [0, 1]], {"A": ("Silent", "Tell"), "B": ("Silent", "Tell")}
    )
    answer = solve(game, "rationalizable")
    assert [dict(e.strategies) for e in answer] == [dict(e.strategies) for e in solve(game, "dominance")]
    assert "A's Tell is a best response to Tell" in answer.remarks


def test_names_order_and_units_do_not_matter() -> None:
    rng = random.Random(SEED)
    for _ in range(30):
        game = random_game(rng, rng.choice(((3, 3), (2, 3, 2))), 6)
        changed = StrategicGame(
            {p: tuple(f"new {s}" for s in rng.sample(own, len(own))) for p, own in game.strategies.items()},
            {
                tuple(f"new {s}" for s in profile): tuple(Fraction(2 + k, 3) * v - k for k, v in enumerate(row))
                for profile, row in game.payoffs.items()
            },
        )
        before = {
            tuple(f"new {s}" for p in game.players for s, w in e[p].items() if w) for e in solve(game, "rationalizable")
        }
        after = {tuple(s for p in game.players for s, w in e[p].items() if w) for e in solve(changed, "rationalizable")}
        assert before == after, (SEED, game)


def test_only_so_many_profiles_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PROFILES", 5)
    answer = solve(StrategicGame.bimatrix([[0] * 3] * 3, [[0] * 3] * 3), "rationalizable")
    assert (len(answer), answer.complete) == (5, False)
    assert answer.remarks[-1] == "only the first 5 of 9 profiles are listed"


def test_one_player_alone() -> None:
    answer = solve(
        StrategicGame({"Solo": ("a", "b", "c")}, {("a",): (1,), ("b",): (2,), ("c",): (2,)}), "rationalizable"
    )
    assert [e.payoffs["Solo"] for e in answer] == [2, 2]
