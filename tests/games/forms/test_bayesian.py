"""Bayesian games: their Bayes–Nash equilibria against the definition, type by type, and against textbook answers."""

import random
from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from games import Chance, Decision, Equilibrium, InputError, solve
from games.forms.bayesian import BayesianGame
from games.forms.extensive import Path
from games.forms.reduced import behaviour, reduced_strategic_form
from games.solvers.concept import concepts_for

ByType = Mapping[tuple[str, str], Mapping[str, Any]]
"""(player, type) → action → probability."""

HALF = Fraction(1, 2)


def by_type(game: BayesianGame, equilibrium: Equilibrium) -> dict[tuple[str, str], dict[str, Any]]:
    """What each type does, read from the tree; a type that nothing draws is left out."""
    tree = game.tree()
    play: dict[str, dict[str, Any]] = {}
    for player in game.players:
        play.update(behaviour(tree, player, equilibrium[player]))
    result: dict[tuple[str, str], dict[str, Any]] = {}
    for name, mix in play.items():
        information_set = tree.information_sets[name]
        position = game.players.index(information_set.player)
        drawn = {types_on(game, path)[position] for path in information_set.paths}
        assert len(drawn) == 1, "an information set of one player joins the decisions of one type"
        result[information_set.player, drawn.pop()] = mix
    return result


def types_on(game: BayesianGame, path: Path) -> tuple[str, ...]:
    return next(profile for profile in game.prior if ", ".join(profile) == path[0])


def interim_gain(game: BayesianGame, play: ByType, player: str, own_type: str) -> Fraction:
    """What the best action of this type would add, summed over what the others may be and do: the definition."""
    position = game.players.index(player)
    pays = dict.fromkeys(game.actions[player], Fraction(0))
    for types, weight in game.prior.items():
        if types[position] != own_type or not weight:
            continue
        for actions in product(*(game.actions[other] for other in game.players)):
            chance = Fraction(weight)
            for k, other in enumerate(game.players):
                if other != player:
                    chance *= play[other, types[k]].get(actions[k], 0)
            pays[actions[position]] += chance * game.payoffs(types, actions)[position]
    now = sum((play[player, own_type].get(action, 0) * value for action, value in pays.items()), Fraction(0))
    return max(pays.values()) - now


def drawn_types(game: BayesianGame) -> list[tuple[str, str]]:
    return [
        (player, own)
        for k, player in enumerate(game.players)
        for own in game.types[player]
        if any(types[k] == own and weight for types, weight in game.prior.items())
    ]


def concert_or_match() -> BayesianGame:
    """One wants to meet Two; Two, with even odds, wants to meet or to avoid One (Osborne 2004, example 273.1)."""

    def payoffs(types: tuple[str, ...], actions: tuple[str, ...]) -> tuple[int, int]:
        first, second = actions
        met = first == second
        mine = (2 if first == "B" else 1) if met else 0
        wants_to_meet = types[1] == "meets"
        pleased = met if wants_to_meet else not met
        return mine, (2 if second == "S" else 1) if pleased else 0

    return BayesianGame(
        {"One": ("only",), "Two": ("meets", "avoids")},
        {"One": ("B", "S"), "Two": ("B", "S")},
        {("only", "meets"): HALF, ("only", "avoids"): HALF},
        payoffs,
    )


def test_meeting_someone_who_may_want_to_avoid_it() -> None:
    game = concert_or_match()
    tree = game.tree()
    assert isinstance(tree.root, Chance)
    equilibria = solve(tree, "nash")
    assert equilibria.complete
    pure = [e for e in equilibria if all(w in (0, 1) for mix in e.strategies.values() for w in mix.values())]
    assert [str(equilibrium) for equilibrium in pure] == ["One: B, Two: B/S"]
    for equilibrium in equilibria:
        play = by_type(game, equilibrium)
        assert not any(interim_gain(game, play, *who) for who in drawn_types(game))
    # With B at p, meeting Two is indifferent at p = 2/3 and avoiding Two at p = 1/3.
    weights = {by_type(game, e)["One", "only"]["B"] for e in equilibria if e not in pure}
    assert weights == {Fraction(2, 3), Fraction(1, 3)}


def test_a_used_car() -> None:
    """Good cars are worth 3 to the owner and 4 to the buyer, bad ones 0 and 1; the price is 2."""

    def payoffs(types: tuple[str, ...], actions: tuple[str, ...]) -> tuple[int, int]:
        good, sold = types[0] == "good", actions == ("sell", "buy")
        keeps, wants = (3, 4) if good else (0, 1)
        return (2, wants - 2) if sold else (keeps, 0)

    game = BayesianGame(
        {"Owner": ("good", "bad"), "Buyer": ("any",)},
        {"Owner": ("sell", "keep"), "Buyer": ("buy", "pass")},
        {("good", "any"): "1/2", ("bad", "any"): "1/2"},
        payoffs,
    )
    for equilibrium in solve(game.tree(), "nash"):
        play = by_type(game, equilibrium)
        assert play["Owner", "bad"]["sell"] == 0 or play["Buyer", "any"]["buy"] == 0
        assert play["Owner", "good"]["sell"] == 0 or play["Buyer", "any"]["buy"] == 0
        assert equilibrium.payoffs == {"Owner": Fraction(3, 2), "Buyer": 0}


def test_a_war_that_only_the_strong_want() -> None:
    """Both fight or not; a strong type wins against a weak one, equals share the loss: only the strong fight."""

    def payoffs(types: tuple[str, ...], actions: tuple[str, ...]) -> tuple[int, ...]:
        strength = [4 if own == "strong" else 0 for own in types]
        if actions == ("peace", "peace"):
            return 1, 1
        return tuple(strength[k] - strength[1 - k] - 1 for k in range(2))

    prior = {types: Fraction(1, 4) for types in product(("strong", "weak"), repeat=2)}
    sides = ("A", "B")
    types, actions = ("strong", "weak"), ("war", "peace")
    game = BayesianGame(dict.fromkeys(sides, types), dict.fromkeys(sides, actions), prior, payoffs)
    equilibria = solve(game.tree(), "nash")
    assert equilibria.complete
    played = [by_type(game, equilibrium) for equilibrium in equilibria]
    assert all(not any(interim_gain(game, play, *who) for who in drawn_types(game)) for play in played)
    separating = {
        (side, own): {"war": own == "strong", "peace": own == "weak"} for side in sides for own in ("strong", "weak")
    }
    assert separating in played


def random_game(seed: int) -> BayesianGame:
    rng = random.Random(seed)
    types = {"A": ("a1", "a2")[: rng.choice((1, 2, 2))], "B": ("b1", "b2")}
    actions = {"A": ("u", "d"), "B": ("l", "r", "m")[: rng.choice((2, 3))]}
    weights = {profile: rng.randint(0, 4) for profile in product(*types.values())}
    weights[next(iter(weights))] += 1
    pays = {
        (t, a): (rng.randint(-6, 6), rng.randint(-6, 6))
        for t in product(*types.values())
        for a in product(*actions.values())
    }
    prior = {profile: Fraction(w, sum(weights.values())) for profile, w in weights.items()}
    return BayesianGame(types, actions, prior, lambda t, a: pays[t, a])


@pytest.mark.parametrize("seed", range(30))
def test_the_equilibria_of_the_tree_are_the_bayes_nash_equilibria(seed: int) -> None:
    game = random_game(seed)
    equilibria = solve(reduced_strategic_form(game.tree()))
    assert equilibria.complete
    played = [by_type(game, equilibrium) for equilibrium in equilibria]
    assert all(not any(interim_gain(game, play, *who) for who in drawn_types(game)) for play in played)
    who = drawn_types(game)
    for chosen in product(*(game.actions[player] for player, _ in who)):
        play = {
            key: {action: Fraction(action == one) for action in game.actions[key[0]]}
            for key, one in zip(who, chosen, strict=True)
        }
        is_one = not any(interim_gain(game, play, *key) for key in who)
        assert is_one == (play in played)


def test_a_game_of_nine_strategies_at_most_is_solved_completely() -> None:
    largest = random_game(0)
    form = reduced_strategic_form(largest.tree())
    assert [len(own) for own in form.strategies.values()] == [4, 9]
    equilibria = solve(largest.tree(), "nash")
    assert equilibria.complete
    assert [str(equilibrium) for equilibrium in equilibria] == [str(equilibrium) for equilibrium in solve(form)]


def test_the_tree_lets_every_type_know_itself_and_no_more() -> None:
    game = random_game(2)
    tree = game.tree()
    for information_set in tree.information_sets.values():
        position = game.players.index(information_set.player)
        own = {types_on(game, path)[position] for path in information_set.paths}
        assert len(own) == 1
        assert information_set.actions == game.actions[information_set.player]
        expected = sum(
            len(game.actions[game.players[0]]) ** position
            for types, weight in game.prior.items()
            if weight and types[position] in own
        )
        assert len(information_set.paths) == expected


def test_a_type_without_probability_leaves_no_trace() -> None:
    game = BayesianGame(
        {"A": ("a",), "B": ("usual", "never")},
        {"A": ("x", "y"), "B": ("l", "r")},
        {("a", "usual"): 1, ("a", "never"): 0},
        lambda types, actions: (int(actions == ("x", "l")), int(actions[1] == "l")),
    )
    assert [str(e) for e in solve(game.tree(), "nash")] == ["A: x, B: l"]


@pytest.mark.parametrize("drawn_first", ["strong", "weak"])
def test_a_strategy_is_labelled_by_the_actions_of_the_types_in_their_order(drawn_first: str) -> None:
    """Whatever the order in which the prior lists the profiles of types."""
    other = {"strong": "weak", "weak": "strong"}[drawn_first]
    game = BayesianGame(
        {"Guard": ("only",), "Entrant": ("strong", "weak")},
        {"Guard": ("watch",), "Entrant": ("in", "out")},
        {("only", drawn_first): HALF, ("only", other): HALF},
        lambda types, actions: (0, int((types[1] == "strong") == (actions[1] == "in"))),
    )
    (equilibrium,) = solve(game.tree(), "nash")
    assert str(equilibrium) == "Guard: watch, Entrant: in/out"


def test_types_may_have_commas_in_their_names() -> None:
    game = BayesianGame(
        {"A": ("rich, bold", "rich"), "B": ("poor", "bold, poor")},
        {"A": ("x", "y"), "B": ("l", "r")},
        {("rich, bold", "poor"): HALF, ("rich", "bold, poor"): HALF},
        lambda types, actions: (int(actions[0] == "x"), int(actions[1] == "l")),
    )
    assert {tuple(e.payoffs.values()) for e in solve(game.tree(), "nash")} == {(1, 1)}


def broken(**changes: Any) -> BayesianGame:
    given: dict[str, Any] = {
        "types": {"A": ("a",), "B": ("b1", "b2")},
        "actions": {"A": ("x", "y"), "B": ("l", "r")},
        "prior": {("a", "b1"): HALF, ("a", "b2"): HALF},
        "payoffs": lambda types, actions: (1, 2),
    }
    return BayesianGame(**(given | changes))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        pytest.param({"actions": {"A": ("x",)}}, "types are given for A, B, actions for A", id="no actions for B"),
        pytest.param({"actions": {"A": ("x",), "C": ("y",)}}, "actions for A, C", id="actions of a stranger"),
        pytest.param({"types": {"A": (), "B": ("b1", "b2")}}, "the types of A is empty", id="no types"),
        pytest.param({"types": {"A": ("a", "a"), "B": ("b1",)}}, "'a' twice", id="a type twice"),
        pytest.param({"types": {"A": "a", "B": ("b1", "b2")}}, "the types of A must be a list", id="types in one text"),
        pytest.param({"actions": {"A": ("x", ""), "B": ("l",)}}, "the actions of A has ''", id="a blank action"),
        pytest.param({"prior": {("a", "b3"): 1}}, "no profile of types", id="an unknown type in the prior"),
        pytest.param({"prior": {("b1", "a"): 1}}, "no profile of types", id="types in the wrong order"),
        pytest.param({"prior": {("a", "b1"): 0.5, ("a", "b2"): 0.5}}, "float 0.5", id="a float"),
        pytest.param({"prior": {("a", "b1"): "half", ("a", "b2"): HALF}}, "'half'", id="no number"),
        pytest.param({"prior": {("a", "b1"): HALF, ("a", "b2"): "1/3"}}, "sum to 5/6", id="too little"),
        pytest.param({"prior": {("a", "b1"): 2, ("a", "b2"): -1}}, "between 0 and 1", id="negative"),
        pytest.param({"prior": {}}, "chance events at the start is empty", id="no prior"),
        pytest.param({"payoffs": lambda types, actions: (1,)}, "1 payoffs; 2 players", id="a payoff short"),
        pytest.param({"payoffs": lambda types, actions: (1, 0.1)}, "float 0.1", id="a payoff as a float"),
    ],
)
def test_what_is_no_bayesian_game_is_refused_by_name(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says) as raised:
        broken(**changes).tree()
    assert "\n" not in str(raised.value)


def test_the_parts_are_kept_as_given() -> None:
    game = broken()
    assert game.players == ("A", "B")
    root = game.tree().root
    assert isinstance(root, Chance)
    assert {event: weight for event, (weight, _) in root.events.items()} == {"a, b1": HALF, "a, b2": HALF}
    assert all(isinstance(node, Decision) and node.player == "A" for _, node in root.events.values())


@pytest.mark.parametrize("given", [3, None, "ab"])
def test_payoffs_that_are_no_list_of_one_for_each_player_are_refused(given: object) -> None:
    game = BayesianGame(
        {"A": ("t",), "B": ("s",)},
        {"A": ("x",), "B": ("y",)},
        {("t", "s"): 1},
        lambda types, actions: given,  # type: ignore[arg-type,return-value]
    )
    with pytest.raises(InputError, match=r"types t, s and actions x, y are .*; give a list of 2, one for each player"):
        game.tree()


CONCEPTS_OF_TREES = ("nash", "subgame-perfect", "perfect-bayesian", "sequential", "logit")


@pytest.mark.parametrize("concept", CONCEPTS_OF_TREES)
def test_a_bayesian_game_is_solved_as_its_tree(concept: str) -> None:
    game = concert_or_match()
    assert {c.name for c in concepts_for(game) if not c.about} == set(CONCEPTS_OF_TREES)
    assert solve(game, concept) == solve(game.tree(), concept)


def test_by_default_a_bayesian_game_has_its_bayes_nash_equilibria() -> None:
    game = random_game(2)
    found = solve(game)
    assert (found.concept, found.complete, found) == ("nash", True, solve(game.tree(), "nash"))
    with pytest.raises(InputError, match="'grim-trigger' does not apply to a Bayesian game; those that do are nash"):
        solve(game, "grim-trigger")


def test_a_bayesian_game_with_other_numbers() -> None:
    game = random_game(3)
    same = game.with_entries(game.entries)
    assert (same.entries, same.tree()) == (game.entries, game.tree())
    assert same.with_entries(game.entries) == same
    with pytest.raises(InputError, match="1 entries are given"):
        game.with_entries([1])
    assert len(game.table().rows) == len(game.prior) * 2 * len(game.actions["B"])
