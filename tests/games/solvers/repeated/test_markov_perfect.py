"""Markov perfect equilibria: against a judge that shares no code, other concepts, and what is known of all of them."""

import random
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from analyses.explain import explain_all
from games import Equilibria, Equilibrium, InputError, StochasticGame, StrategicGame, solve
from games.play.payoffs import payoffs_of
from games.play.quantities import Chosen, Payoff, Reach
from games.play.regret import regret
from games.solvers.methods.stationary_dominance import possible_supports
from games.solvers.repeated.discounted_value import value_of
from games.solvers.repeated.markov_perfect import cases, markov_perfect, witness
from games.terms import poly
from judges.stationary import averages, in_pure_actions, one_shot_gain

SEED = 1964
HALF = Fraction(1, 2)


def random_game(
    rng: random.Random, states: int, sizes: tuple[int, ...], factor: Fraction, high: int = 9, conflict: bool = False
) -> StochasticGame:
    names = [f"s{k}" for k in range(states)]
    stages: dict[str, StrategicGame] = {}
    moves: dict[str, Any] = {}
    for name in names:
        menus = {player: tuple("xyz"[:size]) for player, size in zip("ABC", sizes, strict=False)}
        paid = {p: [rng.randint(-high, high) for _ in menus] for p in product(*menus.values())}
        stages[name] = StrategicGame(menus, {p: (v[0], -v[0]) if conflict else tuple(v) for p, v in paid.items()})
        moves[name] = {}
        for profile in stages[name].profiles:
            weights = [rng.randint(0, 2) for _ in names]
            weights[rng.randrange(states)] += 1
            moves[name][profile] = {s: Fraction(w, sum(weights)) for s, w in zip(names, weights, strict=True)}
    return StochasticGame(stages, moves, factor)


def verified(game: StochasticGame, found: Equilibria) -> None:
    """Each answer is an equilibrium with these payoffs, exactly or but for a billionth of the payoffs."""
    for one in found:
        slack = Fraction(1, 10**7) if one.is_numeric else 0
        assert one_shot_gain(game, one.strategies) <= slack
        for player in game.players:
            for state, value in averages(game, one.strategies, player).items():
                assert abs(Fraction(one.continuations[state,][player]) - value) <= slack
            assert one.payoffs[player] == one.continuations[game.start,][player]
    assert found.exact == (not any(one.is_numeric for one in found))


def is_pure(one: Equilibrium) -> bool:
    return all(max(mix.values()) == 1 for mix in one.strategies.values())


KINDS = [(2, (2, 2)), (3, (2, 2)), (2, (2, 3)), (2, (2, 2, 2)), (3, (3,)), (1, (2, 2, 2))]


@pytest.mark.parametrize("factor", ["0", "9/10"])
@pytest.mark.parametrize(("states", "sizes"), KINDS)
@pytest.mark.untraced
def test_random_games_have_equilibria_that_the_judge_finds_to_be_some(
    states: int, sizes: tuple[int, ...], factor: str
) -> None:
    """All in pure actions are listed, and at least one (Fink 1964)."""
    rng = random.Random(f"{SEED} {states} {sizes} {factor}")
    for _ in range(2):
        game = random_game(rng, states, sizes, Fraction(factor))
        found = solve(game, "markov-perfect")
        assert len(found) > 0
        verified(game, found)
        listed = [one.strategies for one in found if is_pure(one)]
        every = in_pure_actions(game)
        assert len(listed) == len(every)
        assert all(plan in listed for plan in every)
        assert not found.complete or len(found) == 1


def test_the_number_of_equilibria_of_generic_games_is_odd() -> None:
    """As that of almost all games is (Herings & Peeters 2004, Journal of Economic Theory 118)."""
    rng = random.Random(SEED)
    counts = [len(solve(random_game(rng, 2, (2, 2), Fraction(3, 5), 99), "markov-perfect")) for _ in range(16)]
    assert all(count % 2 for count in counts)
    assert max(counts) > 1


def test_where_play_moves_nothing_each_state_has_its_nash_equilibria() -> None:
    rng = random.Random(SEED)
    for _ in range(12):
        game = random_game(rng, 1, (3, 3), Fraction(2, 3), 50)
        known = [dict(one.strategies) for one in solve(game.stages["s0"], "nash")]
        found = [
            {player: one.strategies[f"{player} in s0"] for player in "AB"} for one in solve(game, "markov-perfect")
        ]
        assert len(found) == len(known)
        assert all(one in known for one in found)


def test_in_pure_conflict_every_equilibrium_has_the_value() -> None:
    """Shapley (1953); the same number, exactly where both are exact."""
    rng = random.Random(SEED)
    exact = 0
    for k in range(10):
        game = random_game(rng, 1 + k % 3, (2, 2 + k % 2), Fraction(k % 4, 4), 9, conflict=True)
        value, found = value_of(game), solve(game, "markov-perfect")
        assert len(found) > 0
        for one in found:
            for state, worth in value.values.items():
                both = Fraction(one.continuations[state,]["A"])
                assert abs(both - worth) <= (0 if value.exact and not one.is_numeric else Fraction(1, 10**7))
        exact += value.exact and found.exact
    assert 3 < exact < 10


def test_a_repeated_dilemma_is_proved_to_have_one() -> None:
    stage = StrategicGame.bimatrix([[3, 0], [4, 1]], [[3, 4], [0, 1]], {"A": ("c", "d"), "B": ("c", "d")})
    found = solve(StochasticGame({"calm": stage}, {}, "99/100"), "markov-perfect")
    assert (len(found), found.complete, found.exact) == (1, True, True)
    assert found[0].strategies == {"A in calm": {"c": 0, "d": 1}, "B in calm": {"c": 0, "d": 1}}
    assert "every other action is dominated" in found.remarks[-1]


def test_one_player_has_its_best_plans() -> None:
    menus = {"Solo": ("stay", "go")}
    stages = {
        s: StrategicGame(menus, {("stay",): (stay,), ("go",): (go,)}) for s, stay, go in (("a", 1, 0), ("b", 3, 3))
    }
    moves = {"a": {("go",): {"b": 1}}, "b": {}}
    one = solve(StochasticGame(stages, moves, HALF), "markov-perfect")
    assert [e.continuations["a",]["Solo"] for e in one] == [Fraction(3, 2)] * len(one)
    assert len(one) == 2, "in b both pay the same"
    assert not one.complete
    best = StochasticGame({**stages, "b": StrategicGame(menus, {("stay",): (3,), ("go",): (2,)})}, moves, HALF)
    assert solve(best, "markov-perfect").complete


def test_an_irrational_equilibrium_is_numeric() -> None:
    """v = value of [[(1 + v)/2, 0], [0, 1/2]] solves 2v² + 3v − 1 = 0, and is no fraction."""
    away = {("1", "2"): {"ended": 1}, ("2", "1"): {"ended": 1}, ("2", "2"): {"ended": 1}}
    stages = {
        "going on": StrategicGame.bimatrix([[1, 0], [0, 1]], [[-1, 0], [0, -1]]),
        "ended": StrategicGame.bimatrix([[0]], [[0]]),
    }
    (found,) = answer = solve(StochasticGame(stages, {"going on": away}, HALF), "markov-perfect")
    assert not answer.exact
    assert found.payoffs["Row"] == pytest.approx((17**0.5 - 3) / 4, abs=1e-14)
    assert any("numeric" in remark for remark in answer.remarks)


def test_nothing_that_an_equilibrium_plays_was_held_to_be_impossible() -> None:
    """On single states, whose Nash equilibria are all known."""
    rng = random.Random(SEED)
    dropped = 0
    for _ in range(60):
        game = random_game(rng, 1, (3, 3), Fraction(rng.randint(0, 3), 4), 4)
        possible = possible_supports(game)
        assert possible.is_all
        dropped += 49 - possible.count
        for one in solve(game.stages["s0"], "nash"):
            played = tuple(tuple(a for a, w in one.strategies[p].items() if w) for p in "AB")
            assert played in possible.by_state["s0"]
    assert dropped > 1000


def test_units_and_zeros_of_payoffs_change_nothing() -> None:
    rng = random.Random(SEED)
    game = random_game(rng, 2, (2, 2), Fraction(4, 5))
    plays = [one.strategies for one in solve(game, "markov-perfect")]
    for unit in (Fraction(1, 10**30), 10**300):
        stages = {
            s: StrategicGame(one.strategies, {p: (v[0] * unit - 7, v[1]) for p, v in one.payoffs.items()})
            for s, one in game.stages.items()
        }
        again = solve(StochasticGame(stages, game.moves, game.discount_factor), "markov-perfect")
        assert [one.strategies for one in again] == plays


def test_great_patience_is_exact() -> None:
    rng = random.Random(SEED)
    for _ in range(2):
        game = random_game(rng, 2, (2, 2), 1 - Fraction(1, 10**9))
        found = solve(game, "markov-perfect")
        verified(game, found)
        every = in_pure_actions(game)
        assert [one.strategies for one in found if is_pure(one)] == every


def test_larger_games_have_an_equilibrium_at_the_end_of_a_path() -> None:
    game = random_game(random.Random(SEED), 4, (3, 3), Fraction(9, 10), 20)
    found = solve(game, "markov-perfect", time_limit=3)
    verified(game, found)
    assert not found.complete


def test_out_of_time_the_answer_says_so() -> None:
    game = random_game(random.Random(SEED), 3, (3, 3), HALF)
    found = solve(game, "markov-perfect", time_limit=1e-9)
    assert not found.complete
    assert any("stopped before its end" in remark for remark in found.remarks)


def test_payoffs_regrets_and_witnesses_agree() -> None:
    game = random_game(random.Random(SEED), 2, (2, 2), HALF)
    for one in solve(game, "markov-perfect"):
        assert payoffs_of(game, one.strategies) == tuple(map(Fraction, one.payoffs.values())) or one.is_numeric
        if not one.is_numeric:
            assert witness(game, one.strategies, {}) == one
            assert set(regret(game, one.strategies).values()) == {0}
    idle = {place: {a: Fraction(1, len(own)) for a in own} for place, own in game.places.items()}
    assert witness(game, idle, {}) is None
    with pytest.raises(InputError, match="has no paths"):
        cases(game.with_entries([poly(entry) for entry in game.entries]), [Reach(("s0",))])
    assert set(cases(game, [Payoff("A", after=("s1",)), Chosen({"A in s0": "x"})]).values)


def test_answers_are_explained() -> None:
    game = random_game(random.Random(SEED), 2, (2, 2), HALF)
    for told in explain_all(solve(game, "markov-perfect")):
        assert told.steps


def test_games_that_are_too_large_are_refused() -> None:
    menus = {"A": tuple(map(str, range(30))), "B": ("z",)}
    stage = StrategicGame(menus, dict.fromkeys(product(*menus.values()), (0, 0)))
    with pytest.raises(InputError, match="at most 400 are allowed, so leave out states or actions"):
        markov_perfect(StochasticGame({f"s{k}": stage for k in range(20)}, {}, HALF))


def test_a_game_that_is_no_conflict_is_told_what_to_use() -> None:
    game = random_game(random.Random(SEED), 1, (2, 2), HALF)
    with pytest.raises(InputError, match="markov-perfect takes any payoffs"):
        solve(game, "discounted-value")
    assert solve(game).concept == "markov-perfect"
