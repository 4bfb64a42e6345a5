"""One equilibrium of a game of any number of players: always verified, exact where it is rational."""

import random
import sys
from fractions import Fraction
from itertools import product

import pytest

from games import InputError, StrategicGame, solve
from games.play.regret import regret
from games.solvers.methods.quantecon import quantecon


def random_game(seed: int, sizes: tuple[int, ...], low: int, high: int) -> StrategicGame:
    rng = random.Random(seed)
    strategies = {f"P{k}": tuple(f"{chr(97 + k)}{i}" for i in range(size)) for k, size in enumerate(sizes)}
    payoffs = {profile: tuple(rng.randint(low, high) for _ in sizes) for profile in product(*strategies.values())}
    return StrategicGame(strategies, payoffs)


def share(game: StrategicGame, strategies: dict[str, dict[str, Fraction]]) -> Fraction:
    """The greatest regret, as a share of the player's payoff range."""
    left = regret(game, strategies)
    shares = []
    for position, player in enumerate(game.players):
        own = [payoffs[position] for payoffs in game.payoffs.values()]
        shares.append(Fraction(left[player]) / ((max(own) - min(own)) or 1))
    return max(shares)


@pytest.mark.parametrize(
    ("sizes", "low", "high", "count"),
    [
        ((3,), 0, 2, 4),
        ((2, 2), 0, 1, 25),
        ((3, 3), 0, 9, 25),
        ((8, 8), 0, 4, 5),
        ((2, 2, 2), 0, 1, 25),
        ((2, 2, 2), -99, 99, 25),
        ((3, 3, 3), -99, 99, 12),
        ((2, 1, 3, 2), 0, 3, 10),
        ((2,) * 5, -9, 9, 6),
        ((6, 6, 6), -99, 99, 2),
        ((4, 4, 4, 4), 0, 100, 1),
    ],
)
def test_what_is_found_is_an_equilibrium(sizes: tuple[int, ...], low: int, high: int, count: int) -> None:
    for seed in range(count):
        game = random_game(seed, sizes, low, high)
        answer = solve(game, "nash-search")
        (found,) = answer
        assert not answer.complete
        strategies = {p: {s: Fraction(w) for s, w in mix.items()} for p, mix in found.strategies.items()}
        assert list(strategies) == list(game.players)
        assert all(tuple(mix) == game.strategies[player] for player, mix in strategies.items())
        if answer.exact:
            assert set(regret(game, strategies).values()) == {0}
            assert all(sum(mix.values()) == 1 for mix in strategies.values())
        else:
            assert "exceeds 1e-09 of the payoff range" in answer.remarks[1]
            assert share(game, strategies) < 2e-9
            assert all(abs(sum(mix.values()) - 1) < 1e-12 for mix in found.strategies.values())


def volunteers(count: int, gain: int) -> StrategicGame:
    strategies = {f"P{k}": ("wait", "help") for k in range(count)}
    payoffs = {
        profile: tuple((gain - 1 if own == "help" else gain) if "help" in profile else 0 for own in profile)
        for profile in product(*strategies.values())
    }
    return StrategicGame(strategies, payoffs)


def test_two_who_mix_beside_a_third_who_does_not_are_solved_exactly() -> None:
    """A and B match pennies 9 against 1 whatever C does; C is paid for y."""
    pennies = {("h", "h"): (9, 0), ("h", "t"): (0, 1), ("t", "h"): (0, 1), ("t", "t"): (1, 0)}
    payoffs = {(a, b, c): (*paid, int(c == "y")) for (a, b), paid in pennies.items() for c in "xy"}
    game = StrategicGame({"A": ("h", "t"), "B": ("h", "t"), "C": ("x", "y")}, payoffs)
    answer = solve(game, "nash-search")
    assert answer.exact
    assert answer[0].strategies == {
        "A": {"h": Fraction(1, 2), "t": Fraction(1, 2)},
        "B": {"h": Fraction(1, 10), "t": Fraction(9, 10)},
        "C": {"x": 0, "y": 1},
    }
    assert answer[0].payoffs == {"A": Fraction(9, 10), "B": Fraction(1, 2), "C": 1}


@pytest.mark.parametrize("epsilon", ["1/10", 0.01, Fraction(1, 10**6), "1e-9"])
def test_any_epsilon_in_its_range_will_do(epsilon: object) -> None:
    game = random_game(1, (2, 3, 2), -9, 9)
    (found,) = solve(game, "nash-search", epsilon=epsilon)
    assert share(game, {p: {s: Fraction(w) for s, w in mix.items()} for p, mix in found.strategies.items()}) < 2e-9


@pytest.mark.parametrize(
    ("epsilon", "message"),
    [
        (0, "epsilon is 0; it must be less than 1 and at least 1e-09"),
        (1, "epsilon is 1; it must"),
        ("1e-12", "at least 1e-09"),
        ("small", "epsilon is 'small', not a finite number"),
        (float("inf"), "epsilon is inf; a finite number is needed"),
    ],
)
def test_other_epsilons_are_refused(epsilon: object, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        solve(volunteers(2, 3), "nash-search", epsilon=epsilon)
    assert "\n" not in str(caught.value)


def test_a_single_player_takes_the_best() -> None:
    game = StrategicGame({"Solo": ("a", "b", "c")}, {("a",): (1,), ("b",): ("5/2",), ("c",): (2,)})
    answer = solve(game, "nash-search")
    assert answer.exact
    assert answer[0].strategies == {"Solo": {"a": 0, "b": 1, "c": 0}}
    assert answer[0].payoffs == {"Solo": Fraction(5, 2)}


def test_a_time_limit_leaves_nothing_and_says_so() -> None:
    answer = solve(random_game(1, (3, 3, 3), -9, 9), "nash-search", time_limit=1e-9)
    assert (len(answer), answer.complete, answer.exact) == (0, False, False)
    assert "stopped before its end" in answer.remarks[0]


def test_a_search_that_fails_finds_no_equilibrium_and_says_how_near_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("games.solvers.nash.nash_search.OTHER_WAYS", ())
    monkeypatch.setattr("games.solvers.nash.nash_search.polish", lambda game, approximate: None)
    fine = solve(volunteers(3, 3), "nash-search")
    assert (len(fine), fine.exact) == (1, False)
    assert fine.remarks[1].startswith("numeric: nobody's regret")
    monkeypatch.setattr("games.solvers.nash.nash_search.MOST_POINTS", 2)
    answer = solve(volunteers(3, 3), "nash-search")
    assert (len(answer), answer.complete, answer.exact) == (0, False, False)
    assert answer.remarks[0] == "the search failed; another epsilon may succeed"
    assert "no equilibrium" in answer.remarks[1]
    assert "of the payoff range" in answer.remarks[1]


def test_a_point_that_the_time_left_unverified_is_no_equilibrium(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = iter([False])
    monkeypatch.setattr("games.solvers.nash.nash_search.expired", lambda progress="": next(asked, True))
    monkeypatch.setattr("games.solvers.nash.nash_search.MOST_POINTS", 2)
    answer = solve(volunteers(3, 3), "nash-search")
    assert (len(answer), answer.complete, answer.exact) == (0, False, False)
    assert "stopped before its end" in answer.remarks[0]
    assert answer.remarks[1].startswith("the best approximation tried is no equilibrium: its regret is ")


def test_huge_payoffs_are_scaled_before_floats_see_them() -> None:
    game = random_game(3, (2, 2, 2), 0, 5)
    scaled = game.with_entries(value * 10**30 + 10**60 for value in game.entries)
    first, second = solve(game, "nash-search"), solve(scaled, "nash-search")
    assert first[0].strategies == second[0].strategies
    assert second.exact == first.exact


def test_what_the_search_does_not_reach_is_found_in_other_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pure equilibria where there are any, else the end of the logit branch; with two points no search gets far."""
    monkeypatch.setattr("games.solvers.nash.nash_search.MOST_POINTS", 2)
    monkeypatch.setattr("games.solvers.nash.nash_search.MOST_STARTS", 1)
    monkeypatch.setattr("games.solvers.nash.nash_search.polish", lambda game, approximate: None)
    coordination = random_game(8, (2,) * 4, 0, 1)
    for game in (coordination, random_game(2, (3, 3, 3), -99, 99)):
        (found,) = solve(game, "nash-search")
        strategies = {p: {s: Fraction(w) for s, w in mix.items()} for p, mix in found.strategies.items()}
        assert share(game, strategies) < 2e-9


def test_without_quantecon_the_other_ways_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("games.solvers.methods.quantecon.find_spec", lambda _name: None)
    monkeypatch.setitem(sys.modules, "quantecon.game_theory", None)
    quantecon.cache_clear()
    game = StrategicGame.bimatrix([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    assert [set(e.outcomes) for e in solve(game, "nash-search")] == [set(e.outcomes) for e in solve(game, "nash")]
    monkeypatch.setattr("games.solvers.nash.nash_search.OTHER_WAYS", ())
    with pytest.raises(InputError, match=r"needs QuantEcon.py.*pip install quantecon"):
        solve(game, "nash-search")


@pytest.mark.parametrize("seed", [1, 2])
def test_ten_players_and_ten_strategies_each_of_three(seed: int) -> None:
    for sizes in ((2,) * 10, (10, 10, 10)):
        game = random_game(seed, sizes, -20, 20)
        (found,) = solve(game, "nash-search")
        strategies = {p: {s: Fraction(w) for s, w in mix.items()} for p, mix in found.strategies.items()}
        assert share(game, strategies) < 2e-9
