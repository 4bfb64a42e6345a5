"""Lemke and Howson's path: exact equilibria of two-player games of any size, and when one is the only one."""

import random
import sys
from fractions import Fraction
from typing import Any

import pytest

from games import InputError, StrategicGame, solve
from games.play.regret import regret
from games.solvers.methods.quantecon import quantecon

bimatrix = StrategicGame.bimatrix

DEGENERATE = bimatrix([[3, 3], [2, 5], [0, 6]], [[3, 3], [2, 6], [3, 1]])
THREE = bimatrix([[3, 3], [2, 5], [0, 6]], [[3, 2], [2, 6], [3, 1]])


def random_game(seed: int, rows: int, columns: int, low: int, high: int) -> StrategicGame:
    rng = random.Random(seed)
    matrices = [[[rng.randint(low, high) for _ in range(columns)] for _ in range(rows)] for _ in range(2)]
    return bimatrix(*matrices)


@pytest.mark.parametrize(
    ("rows", "columns", "low", "high", "count"),
    [
        (1, 1, 0, 1, 2),
        (1, 4, 0, 2, 5),
        (2, 2, 0, 1, 40),
        (3, 3, 0, 2, 40),
        (4, 2, -9, 9, 20),
        (5, 5, 0, 3, 20),
        (12, 12, 0, 99, 2),
    ],
)
def test_the_equilibrium_is_exact_and_complete_only_if_it_is_the_only_one(
    rows: int, columns: int, low: int, high: int, count: int
) -> None:
    for seed in range(count):
        game = random_game(seed, rows, columns, low, high)
        answer = solve(game, "lemke-howson")
        (found,) = answer
        assert answer.exact
        assert regret(game, found.strategies) == dict.fromkeys(game.players, 0)
        for player, mix in found.strategies.items():
            assert tuple(mix) == game.strategies[player]
            assert sum(mix.values()) == 1
        position = {player: k for k, player in enumerate(game.players)}
        for player, payoff in found.payoffs.items():
            assert payoff == sum(
                found["Row"][i] * found["Column"][j] * paid[position[player]] for (i, j), paid in game.payoffs.items()
            )
        if answer.complete:
            every = solve(game, "nash")
            assert every.complete
            assert [e.strategies for e in every] == [found.strategies]


def test_zero_sum_games_with_one_solution_are_known_to_be_complete() -> None:
    known = 0
    for seed in range(60):
        rng = random.Random(seed)
        rows = [[rng.randint(-3, 3) for _ in range(3)] for _ in range(3)]
        game = bimatrix(rows, [[-value for value in row] for row in rows])
        answer = solve(game, "lemke-howson")
        every = solve(game, "nash")
        if answer.complete:
            known += 1
            assert [e.strategies for e in every] == [answer[0].strategies]
        else:
            assert len(every) > 1
    assert known > 20


def test_a_dominant_strategy_makes_it_complete_and_the_remark_says_why() -> None:
    answer = solve(bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]]), "lemke-howson")
    assert answer.complete
    assert answer[0].strategies == {"Row": {"1": 0, "2": 1}, "Column": {"1": 0, "2": 1}}
    assert "2 is strictly dominant for Row" in answer.remarks[1]
    assert not solve(bimatrix([[1, 0], [0, 1]], [[1, 0], [0, 1]]), "lemke-howson").complete


def test_the_label_dropped_decides_which_equilibrium_is_found() -> None:
    """The three equilibria of a 3×2 game; dropping Row's 2 leads to the mixture of rows 2 and 3."""
    ends = {
        label: solve(THREE, "lemke-howson", initial=label)[0].strategies
        for label in ("Row: 1", "Row: 2", "Row: 3", "Column: 1", "Column:2", "3")
    }
    assert ends["Row: 2"] == {
        "Row": {"1": 0, "2": Fraction(1, 3), "3": Fraction(2, 3)},
        "Column": {"1": Fraction(1, 3), "2": Fraction(2, 3)},
    }
    assert ends["Row: 1"] == {"Row": {"1": 1, "2": 0, "3": 0}, "Column": {"1": 1, "2": 0}}
    assert ends["3"] == ends["Row: 3"]
    every = [e.strategies for e in solve(THREE, "nash")]
    assert all(end in every for end in ends.values())
    assert "dropping 2 of Row leads here" in solve(THREE, "lemke-howson", initial="Row: 2").remarks[0]


@pytest.mark.parametrize(
    ("initial", "message"),
    [("1", "'1', which names more than one strategy"), ("Hawk", "'Hawk', which is no strategy.*it has Row: 1, Row: 2")],
)
def test_other_labels_are_refused(initial: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        solve(THREE, "lemke-howson", initial=initial)
    assert "\n" not in str(caught.value)


def test_it_needs_two_players() -> None:
    solo = StrategicGame({"Solo": ("a", "b")}, {("a",): (0,), ("b",): (1,)})
    with pytest.raises(InputError, match="needs two players, this game has 1; nash-search takes any number"):
        solve(solo, "lemke-howson")


def test_a_large_game_has_an_exact_answer() -> None:
    game = random_game(5, 60, 60, -999, 999)
    answer = solve(game, "lemke-howson")
    assert answer.exact
    assert set(regret(game, answer[0].strategies).values()) == {0}


@pytest.mark.parametrize("large", [True, False])
def test_payoffs_that_floats_cannot_tell_apart_do_not_make_a_false_equilibrium(large: bool) -> None:
    """Row's first strategy is better by a hair; in floats the two tie."""
    hair = Fraction(1, 10**25)
    game = bimatrix([[1 + hair, hair], [1, 0]], [[0, 1], [1, 0]])
    if large:
        game = game.with_entries(value * 10**40 for value in game.entries)
    answer = solve(game, "lemke-howson")
    left = regret(game, {p: {s: Fraction(w) for s, w in mix.items()} for p, mix in answer[0].strategies.items()})
    if answer.exact:
        assert set(left.values()) == {0}
    else:
        assert not answer.complete
        assert any(remark.startswith(("numeric", "not verified")) for remark in answer.remarks)


def test_degenerate_games_are_ordinary_input() -> None:
    every = [e.strategies for e in solve(DEGENERATE, "nash")]
    for label in ("Row: 1", "Row: 2", "Row: 3", "Column: 1", "Column: 2"):
        assert solve(DEGENERATE, "lemke-howson", initial=label)[0].strategies in every


def test_a_time_limit_leaves_nothing_and_says_so() -> None:
    answer = solve(THREE, "lemke-howson", time_limit=1e-9)
    assert (len(answer), answer.complete, answer.exact) == (0, False, False)
    assert "stopped before its end" in answer.remarks[0]


def test_without_quantecon_the_path_is_followed_in_whole_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("games.solvers.methods.quantecon.find_spec", lambda _name: None)
    monkeypatch.setitem(sys.modules, "quantecon.game_theory", None)
    quantecon.cache_clear()
    answer = solve(THREE, "lemke-howson")
    assert answer.exact
    assert answer[0].strategies in [e.strategies for e in solve(THREE, "nash")]


SEED = 1964


def _without_profitable_deviation(game: StrategicGame, found: Any) -> bool:
    """By the definition: everything that is played pays as much as anything."""
    first, second = (found[player] for player in game.players)
    pays = [
        {r: sum(second[c] * game.payoff((r, c), game.players[0]) for c in second) for r in first},
        {c: sum(first[r] * game.payoff((r, c), game.players[1]) for r in first) for c in second},
    ]
    return all(
        sum(mix.values()) == 1 and all(pay[label] == max(pay.values()) for label, weight in mix.items() if weight)
        for mix, pay in zip((first, second), pays, strict=True)
    )


def test_from_every_label_of_degenerate_games_the_path_ends() -> None:
    rng = random.Random(SEED)
    for number in range(60):
        rows, columns = rng.randint(1, 8), rng.randint(1, 8)
        least, most = rng.choice(((-1, 1), (0, 1), (0, 9)))
        first, second = ([[rng.randint(least, most) for _ in range(columns)] for _ in range(rows)] for _ in range(2))
        game = StrategicGame.bimatrix(first, second)
        for player, label in ((p, s) for p in game.players for s in game.strategies[p]):
            found = solve(game, "lemke-howson", initial=f"{player}: {label}")
            assert found.exact, (SEED, number, player, label)
            assert _without_profitable_deviation(game, found[0]), (SEED, number, player, label)


@pytest.mark.parametrize("failure", ["nothing ends", "a division by zero"])
def test_where_floats_fail_the_path_is_followed_in_whole_numbers(failure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both were met: payoffs of very different sizes, and cycles in a degenerate game of eight strategies by six."""

    def fails(*_given: object, **_options: object) -> Any:
        raise ZeroDivisionError

    game = StrategicGame.bimatrix([[2, 0, 1], [0, 1, 1]], [[1, 0, "1/2"], [0, 2, "1/2"]])
    if failure == "nothing ends":
        monkeypatch.setattr("games.solvers.nash.lemke_howson.MOST_PIVOTS", 0)
    else:
        monkeypatch.setattr(quantecon(), "lemke_howson", fails)
    ends = {str(solve(game, "lemke-howson", initial=label)[0]) for label in ("Row: 1", "Row: 2", "Column: 1")}
    assert ends <= {str(each) for each in solve(game, "nash")}
    assert len(ends) > 1


def test_all_that_paths_from_equilibrium_zero_reach_in_one_call() -> None:
    """Three equilibria, of which the mixed one is reached from no label (Shapley 1974)."""
    game = bimatrix([[2, 0], [0, 1]], [[1, 0], [0, 2]])
    found = solve(game, "lemke-howson", initial="all")
    labels = [f"{player}: {label}" for player in game.players for label in game.strategies[player]]
    assert {str(each) for each in found} == {str(solve(game, "lemke-howson", initial=one)[0]) for one in labels}
    assert len(found) == 2
    assert not found.complete
    assert any("Row: 1" in remark and "Column: 1" in remark for remark in found.remarks)


def test_all_paths_of_a_game_with_one_equilibrium_are_complete_if_a_reason_is_known() -> None:
    found = solve(bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]]), "lemke-howson", initial="all")
    assert (len(found), found.complete) == (1, True)


def test_all_paths_stop_when_the_time_is_up() -> None:
    found = solve(random_game(5, 30, 30, -999, 999), "lemke-howson", initial="all", time_limit=1e-9)
    assert (len(found), found.complete) == (0, False)
    assert "stopped before its end" in found.remarks[0]
