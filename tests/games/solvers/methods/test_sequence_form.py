"""One equilibrium of a two-player tree by its sequence form, against regret over all plans and linear programs."""

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from games import Chance, Decision, Equilibria, ExtensiveGame, InputError, Outcome, solve
from games.forms.reduced import behaviour, labelled_plans, reduced_strategic_form
from games.play.regret import nash_regret, regret
from games.solvers.limits import time_limit
from games.solvers.methods import sequence_form
from games.solvers.methods.sequence_form import one_equilibrium

SEEDS = range(60)


def checked(game: ExtensiveGame, by_hand: Callable[..., Any]) -> Equilibria:
    """The answer, after every check that does not need all plans."""
    equilibria = one_equilibrium(game)
    assert len(equilibria) == 1
    assert not equilibria.complete
    assert equilibria.exact
    assert equilibria.concept == "nash"
    hand = by_hand(game)
    (equilibrium,) = equilibria
    assert list(equilibrium.strategies) == list(game.information_sets)
    for name, mix in equilibrium.strategies.items():
        assert tuple(mix) == game.information_sets[name].actions
        assert sum(mix.values()) == 1
        assert all(type(w) is Fraction and w >= 0 for w in mix.values())
    assert list(equilibrium.payoffs.values()) == hand.payoffs(equilibrium.strategies)
    assert {o.path: o.probability for o in equilibrium.outcomes} == hand.reached(equilibrium.strategies)
    return equilibria


def test_poker_is_worth_minus_one_eighteenth(poker: Callable[..., ExtensiveGame], by_hand: Callable[..., Any]) -> None:
    (equilibrium,) = checked(poker(), by_hand)
    assert equilibrium.payoffs == {"First": Fraction(-1, 18), "Second": Fraction(1, 18)}
    assert by_hand(poker()).regret(equilibrium.strategies) == {"First": 0, "Second": 0}


def test_poker_through_solve_says_that_there_may_be_more(poker: Callable[..., ExtensiveGame]) -> None:
    equilibria = solve(poker(), "nash")
    assert equilibria[0].payoffs["First"] == Fraction(-1, 18)
    if not equilibria.complete:
        assert any("there may be more" in remark for remark in equilibria.remarks)


def test_a_first_player_who_bluffs_does_so_a_third_as_often_as_it_bets_high(
    poker: Callable[..., ExtensiveGame],
) -> None:
    (equilibrium,) = one_equilibrium(poker())
    bets = {card: equilibrium[f"First {card}"]["bet"] for card in "JQK"}
    assert bets["J"] == bets["K"] / 3
    assert bets["Q"] == 0
    assert equilibrium["Second J, passed to"]["bet"] == Fraction(1, 3)
    assert equilibrium["Second Q, bet at"]["call"] == Fraction(1, 3)


def linear_value(game: ExtensiveGame) -> float:
    """The value of a zero-sum tree to its first player, by a linear program on the reduced strategic form."""
    matrix = np.array(reduced_strategic_form(game).matrix(game.players[0]), dtype=float)
    rows, columns = matrix.shape
    answer = linprog(
        [*np.zeros(rows), -1],
        A_ub=np.hstack([-matrix.T, np.ones((columns, 1))]),
        b_ub=np.zeros(columns),
        A_eq=[[*np.ones(rows), 0]],
        b_eq=[1],
        bounds=[*[(0, None)] * rows, (None, None)],
    )
    return float(answer.x[-1])


@pytest.mark.untraced
def test_the_value_of_poker_with_four_cards_is_that_of_a_linear_program(
    poker: Callable[..., ExtensiveGame], by_hand: Callable[..., Any]
) -> None:
    game = poker("JQKA")
    (equilibrium,) = checked(game, by_hand)
    assert by_hand(game).regret(equilibrium.strategies) == {"First": 0, "Second": 0}
    assert float(equilibrium.payoffs["First"]) == pytest.approx(linear_value(game), abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_answer_of_a_random_tree_leaves_nobody_a_better_plan(
    seed: int, grown: Callable[..., ExtensiveGame], by_hand: Callable[..., Any]
) -> None:
    game = grown(seed, stakes=((-5, 5), (0, 2))[seed % 2], depth=4 + seed % 3 // 2)
    (equilibrium,) = checked(game, by_hand)
    assert set(by_hand(game).regret(equilibrium.strategies).values()) == {0}


@pytest.mark.parametrize("way", ["_by_linear_program", "_by_floats", "_by_whole_numbers"])
@pytest.mark.parametrize("seed", range(12))
def test_each_way_by_itself_leaves_nobody_a_better_plan(
    seed: int,
    way: str,
    grown: Callable[..., ExtensiveGame],
    by_hand: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for other in {"_by_linear_program", "_by_floats", "_by_whole_numbers"} - {way}:
        monkeypatch.setattr(sequence_form, other, lambda form: ())
    game = grown(100 + seed, zero_sum=way == "_by_linear_program", stakes=((-9, 9), (0, 1))[seed % 2])
    (equilibrium,) = checked(game, by_hand)
    assert set(by_hand(game).regret(equilibrium.strategies).values()) == {0}


@pytest.mark.parametrize("seed", range(20))
def test_a_zero_sum_tree_gets_its_value(
    seed: int, grown: Callable[..., ExtensiveGame], by_hand: Callable[..., Any]
) -> None:
    game = grown(seed, zero_sum=True)
    (equilibrium,) = checked(game, by_hand)
    assert float(equilibrium.payoffs["A"]) == pytest.approx(linear_value(game), abs=1e-9)
    assert equilibrium.payoffs["A"] == -equilibrium.payoffs["B"]


@pytest.mark.parametrize("seed", SEEDS)
def test_regret_in_a_tree_is_what_the_best_of_all_plans_adds(
    seed: int, grown: Callable[..., ExtensiveGame], by_hand: Callable[..., Any], some_play: Callable[..., Any]
) -> None:
    game = grown(seed, players=2 + seed % 2)
    rng = random.Random(seed)
    for _ in range(3):
        play = some_play(game, rng)
        assert nash_regret(game, play) == by_hand(game).regret(play)


@pytest.mark.parametrize("seed", SEEDS)
def test_regret_in_a_tree_is_regret_in_its_reduced_form(seed: int, grown: Callable[..., ExtensiveGame]) -> None:
    game = grown(seed, players=2 + seed % 2, depth=3)
    rng = random.Random(seed)
    mixed, play = {}, {}
    for player in game.players:
        weights = {label: rng.randint(0, 3) for label in labelled_plans(game, player)}
        weights[rng.choice(list(weights))] += 1
        mixed[player] = {label: Fraction(w, sum(weights.values())) for label, w in weights.items()}
        play.update(behaviour(game, player, mixed[player]))
    assert nash_regret(game, play) == regret(reduced_strategic_form(game), mixed)


def unequal_depths() -> ExtensiveGame:
    """A cannot tell an early decision from one after two moves of B; only after the early one it moves again."""
    again = Decision("A", {"x": Outcome((1, 0)), "y": Outcome((2, 0))}, "again")
    early = Decision("A", {"go": again, "stop": Outcome((0, 0))}, "unsure")
    late = {q: Decision("A", {"go": Outcome((1, n)), "stop": Outcome((0, 2))}, "unsure") for n, q in enumerate("qr")}
    moves = Decision("B", {"on": Decision("B", late, "second"), "off": Outcome((0, 1))}, "first")
    return ExtensiveGame(("A", "B"), Chance({"early": ("1/2", early), "late": ("1/2", moves)}))


def test_an_information_set_may_lie_deeper_than_one_that_follows_it(by_hand: Callable[..., Any]) -> None:
    game = unequal_depths()
    (equilibrium,) = checked(game, by_hand)
    assert by_hand(game).regret(equilibrium.strategies) == {"A": 0, "B": 0}
    lazy = {
        name: {action: Fraction(k == 1) for k, action in enumerate(s.actions)}
        for name, s in game.information_sets.items()
    }
    assert nash_regret(game, lazy) == by_hand(game).regret(lazy) == {"A": 1, "B": Fraction(1, 2)}


def test_a_player_without_decisions_is_no_obstacle(by_hand: Callable[..., Any]) -> None:
    lottery = Chance({"h": ("1/2", Outcome((4, 0))), "t": ("1/2", Outcome((-1, 0)))})
    game = ExtensiveGame(("A", "B"), Decision("A", {"x": Outcome((1, 5)), "y": lottery}))
    (equilibrium,) = checked(game, by_hand)
    assert equilibrium["A at the start"] == {"x": 0, "y": 1}
    assert equilibrium.payoffs == {"A": Fraction(3, 2), "B": 0}


def test_the_unit_and_the_zero_of_a_payoff_do_not_matter(
    grown: Callable[..., ExtensiveGame], by_hand: Callable[..., Any]
) -> None:
    for seed in range(8):
        game = grown(seed, chance=0)
        changed = game.with_entries(
            [entry * Fraction(7, 3) - 11 if k % 2 else entry for k, entry in enumerate(game.entries)]
        )
        (equilibrium,) = checked(changed, by_hand)
        assert set(by_hand(game).regret(equilibrium.strategies).values()) == {0}


def test_three_players_are_refused(grown: Callable[..., ExtensiveGame]) -> None:
    with pytest.raises(InputError, match="for two players; this tree has 3"):
        one_equilibrium(grown(1, players=3))


def test_imperfect_recall_is_refused() -> None:
    def again(k: int) -> Decision:
        return Decision("A", {"l": Outcome((k, 0)), "r": Outcome((0, k))}, "later")

    with pytest.raises(InputError, match="A has imperfect recall"):
        one_equilibrium(ExtensiveGame(("A", "B"), Decision("A", {"x": again(1), "y": again(2)})))


def test_out_of_time_it_has_no_answer_and_says_so(poker: Callable[..., ExtensiveGame]) -> None:
    with time_limit(1e-6):
        equilibria = one_equilibrium(poker())
    assert (len(equilibria), equilibria.complete) == (0, False)
    assert any("stopped" in remark for remark in equilibria.remarks)
