"""Trees of several players that are too large for all equilibria, against play summed up leaf by leaf."""

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from games import ExtensiveGame, solve
from games.forms.reduced import labelled_plans
from games.solvers.limits import STOPPED, time_limit
from games.solvers.nash import large_trees
from games.solvers.nash.large_trees import some_equilibria


def count_by_hand(game: ExtensiveGame, judge: Any) -> int:
    """How many profiles of plans leave no regret, by trying all of them."""
    own = [labelled_plans(game, player).values() for player in game.players]
    count = 0
    for plans in product(*own):
        chosen = {name: action for plan in plans for name, action in plan.items()}
        play = {
            name: {a: Fraction(a == chosen.get(name, s.actions[0])) for a in s.actions}
            for name, s in game.information_sets.items()
        }
        count += not any(judge.regret(play).values())
    return count


@pytest.mark.parametrize("seed", range(15))
def test_those_in_pure_strategies_are_all_and_nobody_regrets_any(
    seed: int, grown: Callable[..., ExtensiveGame], by_hand: Callable[..., Any]
) -> None:
    game = grown(300 + seed, players=3, depth=4, most_plans=8, stakes=((-9, 9), (0, 2))[seed % 2])
    judge = by_hand(game)
    answer = some_equilibria(game)
    assert not answer.complete
    for one in answer:
        assert not any(judge.regret(one.strategies).values())
    pure = sum(all(max(mix.values()) == 1 for mix in one.strategies.values()) for one in answer)
    # The branch may lead to one more that differs only where its player's own choices exclude it.
    assert pure - count_by_hand(game, judge) in (0, 1)


def test_payoffs_beyond_the_machine_s_integers_are_whole_numbers(
    grown: Callable[..., ExtensiveGame], by_hand: Callable[..., Any]
) -> None:
    game = grown(7, players=3, stakes=(-(10**40), 10**40), most_plans=8)
    for one in some_equilibria(game):
        assert not any(by_hand(game).regret(one.strategies).values())


def test_the_first_of_many_are_listed_and_it_says_so(
    grown: Callable[..., ExtensiveGame], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large_trees, "MOST_EQUILIBRIA", 2)
    answer = some_equilibria(grown(3, players=3, stakes=(0, 0), most_plans=8))
    assert "the first 2 are listed" in answer.remarks[0]


def test_out_of_time_it_says_so(grown: Callable[..., ExtensiveGame]) -> None:
    with time_limit(1e-9):
        answer = some_equilibria(grown(3, players=3))
    assert STOPPED in answer.remarks[0]


def test_a_subgame_too_large_for_all_has_some(
    grown: Callable[..., ExtensiveGame], by_hand: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is continued is verified, and the answer says which subgame is not solved completely."""
    from games.solvers.nash import nash

    monkeypatch.setattr(nash, "MOST_OF_A_TREE", 1)
    for seed in range(6):
        game = grown(400 + seed, players=3, most_plans=8)
        answer = solve(game, "subgame-perfect")
        if game.has_perfect_information:
            continue
        assert not answer.complete
        assert any("is not solved completely" in remark for remark in answer.remarks)
        for one in answer:
            if answer.exact:
                assert not any(by_hand(game).regret(one.strategies).values())
