"""Dominance as a solution concept: textbook cases by hand, and that what it singles out is the only equilibrium."""

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from games import StrategicGame, solve
from games.solvers.methods.elimination import Step, eliminate

SEED = 1957


def random_game(rng: random.Random, sizes: tuple[int, ...], high: int) -> StrategicGame:
    strategies = {f"P{k}": tuple(f"s{i}" for i in range(size)) for k, size in enumerate(sizes)}
    payoffs = {p: tuple(rng.randint(0, high) for _ in sizes) for p in product(*strategies.values())}
    return StrategicGame(strategies, payoffs)


def random_games(count: int, high: int = 9) -> Iterator[StrategicGame]:
    rng = random.Random(SEED)
    for k in range(count):
        yield random_game(rng, ((2, 3), (3, 3), (4, 3), (4, 4), (2, 2, 3), (3, 2, 2))[k % 6], high)


def test_the_dilemma() -> None:
    game = StrategicGame.bimatrix(
        [[3, 0], [5, 1]], [[3, 5], [0, 1]], {"A": ("Silent", "Tell"), "B": ("Silent", "Tell")}
    )
    elimination = eliminate(game)
    one = {"Tell": Fraction(1)}
    assert elimination.steps == (Step(1, "A", "Silent", one, True), Step(1, "B", "Silent", one, True))
    assert elimination.survivors == {"A": ("Tell",), "B": ("Tell",)}
    assert elimination.game.payoffs == {("Tell", "Tell"): (1, 1)}
    (equilibrium,) = solve(game, "dominance")
    assert equilibrium.payoffs == {"A": 1, "B": 1}
    assert equilibrium["A"] == {"Silent": 0, "Tell": 1}


def test_three_rounds() -> None:
    """Right falls to Middle; then Down falls to Up; then Left falls to Middle."""
    game = StrategicGame.bimatrix(
        [[1, 1, 0], [0, 0, 2]], [[0, 2, 1], [3, 1, 0]], {"R": ("Up", "Down"), "C": ("Left", "Middle", "Right")}
    )
    elimination = eliminate(game)
    assert [(s.round, s.player, s.strategy) for s in elimination.steps] == [
        (1, "C", "Right"),
        (2, "R", "Down"),
        (3, "C", "Left"),
    ]
    assert [dict(s.dominator) for s in elimination.steps] == [{"Middle": 1}, {"Up": 1}, {"Middle": 1}]
    answer = solve(game, "dominance")
    assert [e["R"]["Up"] * e["C"]["Middle"] for e in answer] == [1]
    assert len(answer.remarks) == 3
    assert "round 2: R's Down is strictly dominated by Up" in answer.remarks


def test_weak_dominance_is_told_from_strict() -> None:
    game = StrategicGame.bimatrix([[1, 1], [1, 0]], [[0, 0], [0, 0]], {"R": ("Top", "Bottom"), "C": ("l", "r")})
    assert eliminate(game).steps == ()
    assert eliminate(game, weak=True).steps == (Step(1, "R", "Bottom", {"Top": Fraction(1)}, False),)
    answer = solve(game, "dominance")
    assert len(answer) == 0
    assert answer.remarks[0] == "no strategy is strictly dominated"
    assert any("weak dominance" in remark and "Bottom" in remark for remark in answer.remarks)


def test_what_dominance_solves_is_the_only_equilibrium() -> None:
    solved = 0
    for game in random_games(200, high=9):
        answer = solve(game, "dominance")
        assert answer.complete
        if answer:
            solved += 1
            pure = solve(game, "pure-nash")
            assert [dict(e.strategies) for e in pure] == [dict(e.strategies) for e in answer], (SEED, game)
            if len(game.players) == 2:
                assert [dict(e.strategies) for e in solve(game)] == [dict(e.strategies) for e in answer], (SEED, game)
    assert solved > 10
