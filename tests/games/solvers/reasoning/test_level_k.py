"""Level-k play: by hand, step by step from the definition, and how the path ends."""

import random
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

import pytest

from games import InputError, StrategicGame, solve
from games.solvers.reasoning import level_k as module

SEED = 1994

bimatrix = StrategicGame.bimatrix


def random_game(rng: random.Random, sizes: tuple[int, ...], high: int) -> StrategicGame:
    strategies = {f"P{k}": tuple(f"{chr(97 + k)}{i}" for i in range(size)) for k, size in enumerate(sizes)}
    return StrategicGame(
        strategies, {p: tuple(rng.randint(0, high) for _ in sizes) for p in product(*strategies.values())}
    )


def next_level(game: StrategicGame, play: dict[str, dict[str, Fraction]]) -> dict[str, dict[str, Fraction]]:
    result = {}
    for k, player in enumerate(game.players):
        pays = {
            own: sum(
                row[k] * prod(play[p][s] for i, (p, s) in enumerate(zip(game.players, profile, strict=True)) if i != k)
                for profile, row in game.payoffs.items()
                if profile[k] == own
            )
            for own in game.strategies[player]
        }
        best = [own for own, value in pays.items() if value == max(pays.values())]
        result[player] = {own: Fraction(own in best, len(best)) for own in pays}
    return result


def test_a_game_solved_by_dominance_takes_as_many_levels_as_rounds() -> None:
    game = bimatrix(
        [[1, 1, 0], [0, 0, 2]], [[0, 2, 1], [3, 1, 0]], {"R": ("Up", "Down"), "C": ("Left", "Middle", "Right")}
    )
    answer = solve(game, "level-k", level=6)
    assert [str(e) for e in answer] == [str(e) for e in solve(game, "dominance")] == ["R: Up, C: Middle"]
    assert "this profile is a Nash equilibrium" in answer.remarks


def test_guessing_two_thirds_of_the_mean() -> None:
    """Two players guess from 0 to 9; whoever is nearer to two thirds of the mean gets 1, a tie splits it.

    The lower guess of two always wins. Against a random guess 0 is best, and it stays best.
    """
    guesses = range(10)

    def share(own: int, other: int) -> Fraction:
        return Fraction(1, 2) if own == other else Fraction(own < other)

    rows = [[share(i, j) for j in guesses] for i in guesses]
    answer = solve(bimatrix(rows, [[1 - entry for entry in row] for row in rows]), "level-k", level=1)
    assert answer[0]["Row"]["1"] == 1


def test_level_zero_is_play_at_random_and_payoffs_are_exact() -> None:
    (random_play,) = solve(bimatrix([[1, 0], [0, 0]], [[3, 0], [0, 1]]), "level-k", level=0)
    assert random_play["Row"] == {"1": Fraction(1, 2), "2": Fraction(1, 2)}
    assert random_play.payoffs == {"Row": Fraction(1, 4), "Column": 1}


def test_matching_pennies_goes_round() -> None:
    """Uneven pennies: from level 1 on every player outguesses the other in turn, with period four."""
    game = bimatrix([[9, 0], [0, 1]], [[0, 1], [1, 0]], {"Row": ("H", "T"), "Column": ("H", "T")})
    levels = [solve(game, "level-k", level=k)[0] for k in range(10)]
    assert [str(e) for e in levels[2:6]] == [str(e) for e in levels[6:10]]
    answer = solve(game, "level-k", level=1000)
    assert str(answer[0]) == str(levels[4 + (1000 - 4) % 4])
    assert any("repeated over and over" in remark for remark in answer.remarks)
    assert any("this profile is no equilibrium" in remark and "would gain" in remark for remark in answer.remarks)


def test_every_level_follows_from_the_definition() -> None:
    rng = random.Random(SEED)
    tied = 0
    for k in range(40):
        game = random_game(rng, ((2, 2), (3, 4), (2, 2, 3), (1, 3))[k % 4], rng.choice((1, 9)))
        play = {p: {s: Fraction(1, len(own)) for s in own} for p, own in game.strategies.items()}
        for level in range(7):
            answer = solve(game, "level-k", level=level)
            (one,) = answer
            assert answer.complete
            assert {p: dict(mix) for p, mix in one.strategies.items()} == play, (SEED, game, level)
            for position, player in enumerate(game.players):
                assert one.payoffs[player] == sum(
                    row[position] * prod(play[p][s] for p, s in zip(game.players, profile, strict=True))
                    for profile, row in game.payoffs.items()
                )
            tied += level > 0 and any(0 < w < 1 for mix in play.values() for w in mix.values())
            play = next_level(game, play)
    assert tied > 10


def test_names_order_and_units_do_not_matter() -> None:
    rng = random.Random(SEED)
    for _ in range(30):
        game = random_game(rng, rng.choice(((3, 3), (2, 3, 2))), 4)
        changed = StrategicGame(
            {p: tuple(f"new {s}" for s in rng.sample(own, len(own))) for p, own in game.strategies.items()},
            {
                tuple(f"new {s}" for s in profile): tuple(Fraction(2 + k, 3) * v - k for k, v in enumerate(row))
                for profile, row in game.payoffs.items()
            },
        )
        before, after = (solve(g, "level-k", level=3)[0] for g in (game, changed))
        assert {p: {f"new {s}": w for s, w in mix.items()} for p, mix in before.strategies.items()} == {
            p: dict(mix) for p, mix in after.strategies.items()
        }


@pytest.mark.parametrize("level", [2, "2", " 2 ", "4/2", Fraction(2), "2.0"])
def test_the_level_may_be_text(level: Any) -> None:
    game = bimatrix([[9, 0], [0, 1]], [[0, 1], [1, 0]])
    assert solve(game, "level-k", level=level) == solve(game, "level-k")


@pytest.mark.parametrize(
    ("level", "message"),
    [
        ("x", "the level is 'x', not a finite number"),
        (-1, "the level is -1; it must be a whole number from 0 to 1000"),
        ("3/2", "the level is 3/2; it must be a whole number"),
        (1001, "the level is 1001; it must be a whole number"),
        ("9" * 300, "the level is about 1e\\+300; it must be a whole number"),
        (2.0, "the level is the float 2.0"),
        (True, "the level is True"),
        (None, "the level is 'None', not a number"),
    ],
)
def test_other_levels_are_refused(level: Any, message: str) -> None:
    with pytest.raises(InputError, match=message) as refused:
        solve(bimatrix([[1]], [[1]]), "level-k", level=level)
    assert "\n" not in str(refused.value)


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(InputError, match="no option 'depth'; it has level"):
        solve(bimatrix([[1]], [[1]]), "level-k", depth=3)


def test_a_wrong_best_response_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "best_responses", lambda game, play, player: game.strategies[player][:1])
    with pytest.raises(AssertionError, match="is not the even best response of Row"):
        solve(bimatrix([[0, 0], [1, 1]], [[0, 0], [0, 0]]), "level-k")
