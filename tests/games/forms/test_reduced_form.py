"""The reduced strategic form: which strategies it has, what they pay, and the behaviour that mixtures amount to."""

import random
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from games import Chance, Decision, ExtensiveGame, InputError, Outcome, StrategicGame, solve
from games.forms.extensive import Node
from games.forms.reduced import (
    behaviour,
    check_perfect_recall,
    labelled_plans,
    plans,
    reduced_strategic_form,
    strategy_counts,
)

SEEDS = range(40)
TREE_CONCEPTS = ("nash", "subgame-perfect", "perfect-bayesian", "sequential")


def leaf(*payoffs: int) -> Outcome:
    return Outcome(payoffs)


def centipede() -> ExtensiveGame:
    last = Decision("A", {"stop": leaf(4, 1), "go": leaf(2, 8)})
    second = Decision("B", {"stop": leaf(0, 3), "go": last})
    return ExtensiveGame(("A", "B"), Decision("A", {"stop": leaf(1, 0), "go": second}))


def test_a_choice_that_ends_the_game_leaves_later_ones_out() -> None:
    form = reduced_strategic_form(centipede())
    assert form.strategies == {"A": ("stop", "go/stop", "go/go"), "B": ("stop", "go")}
    assert form.payoffs == {
        ("stop", "stop"): (1, 0),
        ("stop", "go"): (1, 0),
        ("go/stop", "stop"): (0, 3),
        ("go/stop", "go"): (4, 1),
        ("go/go", "stop"): (0, 3),
        ("go/go", "go"): (2, 8),
    }


def test_a_reply_to_each_move_makes_one_strategy() -> None:
    reply = {k: Decision("B", {"l": leaf(1, k), "r": leaf(2, -k)}) for k in (1, 2, 3)}
    game = ExtensiveGame(("A", "B"), Decision("A", {f"move {k}": node for k, node in reply.items()}))
    form = reduced_strategic_form(game)
    assert form.strategies["A"] == ("move 1", "move 2", "move 3")
    assert sorted(form.strategies["B"]) == sorted("/".join(chosen) for chosen in product("lr", repeat=3))
    assert form.payoffs["move 2", "l/r/l"] == (2, -2)


def test_decisions_that_look_alike_are_chosen_at_once() -> None:
    unseen = {k: Decision("B", {"l": leaf(k, 0), "r": leaf(0, k)}, "unseen") for k in (1, 2)}
    game = ExtensiveGame(("A", "B"), Decision("A", {"x": unseen[1], "y": unseen[2]}))
    assert reduced_strategic_form(game).strategies == {"A": ("x", "y"), "B": ("l", "r")}


def test_chance_is_averaged_out() -> None:
    bet = Decision("A", {"in": Chance({"up": ("1/3", leaf(7)), "down": ("2/3", leaf(-2))}), "out": leaf(0)})
    form = reduced_strategic_form(ExtensiveGame(("A",), bet))
    assert form.payoffs == {("in",): (1,), ("out",): (0,)}


def test_a_player_who_never_moves_has_one_strategy() -> None:
    form = reduced_strategic_form(ExtensiveGame(("A", "B"), Decision("A", {"x": leaf(1, 2), "y": leaf(0, 5)})))
    assert form.strategies == {"A": ("x", "y"), "B": ("(none)",)}


def test_poker_with_three_cards_has_27_and_64_strategies(poker: Callable[..., ExtensiveGame]) -> None:
    form = reduced_strategic_form(poker())
    assert {player: len(own) for player, own in form.strategies.items()} == {"First": 27, "Second": 64}
    assert all(first + second == 0 for first, second in form.payoffs.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_reduced_strategies_are_the_classes_of_plans_that_never_differ(
    seed: int, grown: Callable[..., ExtensiveGame], by_hand: Callable[..., Any]
) -> None:
    """Two plans for every information set are one reduced strategy exactly if they allow the same leaves."""
    game = grown(seed)
    hand = by_hand(game)
    for player in game.players:
        own = hand.menus[player]
        classes = {
            frozenset(
                leaf.path
                for leaf in hand.leaves
                if all(plan[name] == action for name, action in leaf.choices if name in own)
            )
            for plan in hand.plans(player)
        }
        reduced = [
            frozenset(
                leaf.path
                for leaf in hand.leaves
                if all(plan.get(name) == action for name, action in leaf.choices if name in own)
            )
            for plan in plans(game, player)
        ]
        assert len(set(reduced)) == len(reduced), "a reduced strategy is listed twice"
        assert set(reduced) == classes


@pytest.mark.parametrize("seed", SEEDS)
def test_the_quick_count_is_that_of_the_list(seed: int, grown: Callable[..., ExtensiveGame]) -> None:
    game = grown(seed)
    assert strategy_counts(game) == {player: len(plans(game, player)) for player in game.players}


def test_the_quick_count_sees_what_is_learnt_after_a_choice() -> None:
    """A goes or stops; having gone, A learns which of eight events happened and chooses again: 1 + 2⁸ strategies."""
    events = {}
    for k in range(8):
        again = Decision("A", {"l": leaf(k, 0), "r": leaf(0, 0)}, f"saw {k}")
        events[f"event {k}"] = (Fraction(1, 8), Decision("A", {"go": again, "stop": leaf(1, 0)}, "first"))
    game = ExtensiveGame(("A", "B"), Chance(events))
    assert len(plans(game, "A")) == 257
    assert strategy_counts(game)["A"] == 257


@pytest.mark.parametrize("seed", SEEDS)
def test_a_profile_pays_what_playing_it_out_pays(
    seed: int, grown: Callable[..., ExtensiveGame], by_hand: Callable[..., Any]
) -> None:
    game = grown(seed, players=2 + seed % 2, depth=3)
    hand = by_hand(game)
    form = reduced_strategic_form(game)
    assert form.players == game.players
    named = {player: labelled_plans(game, player) for player in game.players}
    for profile, paid in form.payoffs.items():
        chosen = {
            name: {action: 1}
            for player, label in zip(game.players, profile, strict=True)
            for name, action in named[player][label].items()
        }
        play = {name: chosen.get(name, {}) for name in game.information_sets}
        assert list(paid) == hand.payoffs(play)


@pytest.mark.parametrize("seed", SEEDS)
def test_behaviour_reaches_what_the_mixture_reaches(
    seed: int, grown: Callable[..., ExtensiveGame], by_hand: Callable[..., Any], some_play: Callable[..., Any]
) -> None:
    """Kuhn's theorem: against any play of the others, both reach every leaf equally often."""
    game = grown(seed)
    rng = random.Random(seed)
    hand = by_hand(game)
    for player in game.players:
        named = labelled_plans(game, player)
        weights = {label: rng.randint(0, 4) for label in named}
        weights[rng.choice(list(named))] += 1
        mixed = {label: Fraction(w, sum(weights.values())) for label, w in weights.items()}
        others = some_play(game, rng)
        into = behaviour(game, player, mixed)
        assert set(into) == set(hand.menus[player])
        assert all(sum(mix.values()) == 1 and min(mix.values()) >= 0 for mix in into.values())
        behaving = hand.reached({**others, **into})
        mixing: dict[Any, Fraction] = {}
        for label, weight in mixed.items():
            pure = {name: {named[label].get(name): 1} for name in hand.menus[player]}
            for path, chance in hand.reached({**others, **pure}).items():
                mixing[path] = mixing.get(path, Fraction(0)) + weight * chance
        assert behaving == {path: chance for path, chance in mixing.items() if chance}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_pure_strategy_behaves_as_it_plans(seed: int, grown: Callable[..., ExtensiveGame]) -> None:
    game = grown(seed)
    for player in game.players:
        for label, plan in labelled_plans(game, player).items():
            into = behaviour(game, player, {label: Fraction(1)})
            assert all(into[name][action] == 1 for name, action in plan.items())


def forgetful_driver() -> ExtensiveGame:
    exit_later = Decision("Driver", {"exit": leaf(4), "stay": leaf(1)}, "crossing")
    return ExtensiveGame(("Driver",), Decision("Driver", {"exit": leaf(0), "stay": exit_later}, "crossing"))


def forgets_its_move() -> ExtensiveGame:
    def again(bonus: int) -> Node:
        return Decision("A", {"l": leaf(bonus, 0), "r": leaf(0, bonus)}, "later")

    return ExtensiveGame(("A", "B"), Decision("A", {"x": again(1), "y": again(2)}))


def forgets_what_it_saw() -> ExtensiveGame:
    def seen(name: str, bonus: int) -> Node:
        return Decision("A", {"go": Decision("A", {"l": leaf(bonus), "r": leaf(0)}, "later"), "no": leaf(0)}, name)

    return ExtensiveGame(("A",), Chance({"sun": ("1/2", seen("saw sun", 1)), "rain": ("1/2", seen("saw rain", 2))}))


@pytest.mark.parametrize(
    ("game", "player", "information_set"),
    [
        pytest.param(forgetful_driver(), "Driver", "crossing", id="meets the same crossing twice"),
        pytest.param(forgets_its_move(), "A", "later", id="forgets its move"),
        pytest.param(forgets_what_it_saw(), "A", "later", id="forgets what it saw"),
    ],
)
def test_imperfect_recall_is_refused_by_name(game: ExtensiveGame, player: str, information_set: str) -> None:
    refused = rf"^{player} has imperfect recall: .*'{information_set}'"
    with pytest.raises(InputError, match=refused):
        check_perfect_recall(game)
    for concept in TREE_CONCEPTS:
        with pytest.raises(InputError, match=refused):
            solve(game, concept)


def test_a_decision_at_the_start_is_named_as_such() -> None:
    with pytest.raises(InputError, match=r"apart \(at the start, "):
        check_perfect_recall(forgetful_driver())


@pytest.mark.parametrize("seed", SEEDS)
def test_perfect_recall_is_let_through(seed: int, grown: Callable[..., ExtensiveGame]) -> None:
    check_perfect_recall(grown(seed))


def test_strategies_of_the_same_actions_keep_apart() -> None:
    """After x and after y, A chooses at different information sets, from the same actions."""
    second = {k: Decision("A", {"l": leaf(k, 0), "r": leaf(-k, 0)}, f"after {k}") for k in (1, 2)}
    opening = Decision("A", {"x": second[1], "x/l": leaf(9, 0), "y": second[2]})
    form = reduced_strategic_form(ExtensiveGame(("A", "B"), opening))
    assert len(form.strategies["A"]) == 5
    assert sorted(payoff for payoff, _ in form.payoffs.values()) == [-2, -1, 1, 2, 9]


def test_no_choice_of_labels_makes_two_strategies_one() -> None:
    later = Decision("A", {"b": leaf(5, 0), "c": leaf(2, 0)}, "J")
    opening = Decision("A", {"a/b": leaf(0, 0), "a": later, "a/J: b": leaf(1, 0)}, "I")
    form = reduced_strategic_form(ExtensiveGame(("A", "B"), opening))
    assert sorted(payoff for payoff, _ in form.payoffs.values()) == [0, 1, 2, 5]
    assert {e.payoffs["A"] for e in solve(form)} == {5}


def test_long_names_of_actions_do_not_stand_in_the_way() -> None:
    actions = [f"{verb} whatever the other side has announced, and say so in public" for verb in ("retaliate", "yield")]
    replies = {k: Decision("B", {a: leaf(k, n) for n, a in enumerate(actions)}) for k in range(4)}
    game = ExtensiveGame(("A", "B"), Decision("A", {f"move {k}": node for k, node in replies.items()}))
    form = reduced_strategic_form(game)
    assert len(form.strategies["B"]) == 16
    assert {e.payoffs["A"] for e in solve(game, "nash")} == {3}


def test_a_form_too_large_is_refused() -> None:
    replies = {
        f"a{k}": Decision("B", {f"b{j}": Decision("C", {"l": leaf(k, j, 1), "r": leaf(j, k, 0)}) for j in range(3)})
        for k in range(5)
    }
    game = ExtensiveGame(("A", "B", "C"), Decision("A", replies))
    with pytest.raises(InputError, match="too large"):
        reduced_strategic_form(game)


def test_the_form_is_a_game_with_the_same_players() -> None:
    form = reduced_strategic_form(centipede())
    assert isinstance(form, StrategicGame)
    assert form.players == ("A", "B")
    assert solve(form)[0].payoffs == {"A": 1, "B": 0}


def test_imperfect_recall_is_answered_with_what_to_do() -> None:
    inner = Decision("A", {"x": Outcome((1,)), "y": Outcome((0,))}, "later")
    with pytest.raises(InputError, match=r"imperfect recall.*information sets of different names"):
        check_perfect_recall(ExtensiveGame(("A",), Decision("A", {"l": inner, "r": inner})))
