"""Agent logit equilibria of trees: the defining equation at every information set, beliefs, and the limit."""

import random
from collections.abc import Mapping
from fractions import Fraction
from itertools import permutations, product
from math import exp, prod
from typing import Any

import pytest

from games import Chance, Decision, ExtensiveGame, InputError, Outcome, StrategicGame, solve
from games.forms.extensive import Path
from games.play.regret import regret
from games.solvers.response.logit_branch import branch


def leaf(*payoffs: int | str) -> Outcome:
    return Outcome(payoffs)


def signals(seed: int) -> ExtensiveGame:
    """Chance draws what A sees; A acts; B sees the action, or nothing, and replies; A may have another move."""
    rng = random.Random(seed)
    high, hidden, again = rng.choice((2, 9)), rng.random() < 0.3, rng.random() < 0.5

    def end() -> Outcome:
        return leaf(rng.randint(0, high), rng.randint(0, high))

    def reply(state: int, action: str, answer: str) -> Decision | Outcome:
        if again and answer == "yes":
            return Decision("A", {"stay": end(), "leave": end()}, f"A later {state}{action}")
        return end()

    events = {}
    for state, weight in enumerate(("1/2", "1/3", "1/6")):
        actions = {
            action: Decision(
                "B",
                {answer: reply(state, action, answer) for answer in ("yes", "no")},
                "B" if hidden else f"B after {action}",
            )
            for action in ("up", "down")
        }
        events[f"state {state}"] = (weight, Decision("A", actions, f"A in {state}"))
    return ExtensiveGame(("A", "B"), Chance(events))


HORSE = ExtensiveGame(
    ("One", "Two", "Three"),
    Decision(
        "One",
        {
            "C": Decision(
                "Two",
                {"c": leaf(1, 1, 1), "d": Decision("Three", {"L": leaf(4, 4, 0), "R": leaf(0, 0, 1)}, "Three")},
                "Two",
            ),
            "D": Decision("Three", {"L": leaf(3, 3, 2), "R": leaf(0, 0, 0)}, "Three"),
        },
        "One",
    ),
)


def kuhn_poker() -> ExtensiveGame:
    """Three cards, one for each of two players; the ante is 1 and so is the bet."""
    deals = {}
    for mine, yours in permutations("JQK", 2):
        won = 1 if "JQK".index(mine) > "JQK".index(yours) else -1
        called = {"fold": leaf(-1, 1), "call": leaf(2 * won, -2 * won)}
        after_check = Decision(
            "B", {"check": leaf(won, -won), "bet": Decision("A", called, f"A {mine} bet upon")}, f"B {yours} checked to"
        )
        after_bet = Decision("B", {"fold": leaf(1, -1), "call": leaf(2 * won, -2 * won)}, f"B {yours} bet upon")
        deals[mine + yours] = ("1/6", Decision("A", {"check": after_check, "bet": after_bet}, f"A {mine}"))
    return ExtensiveGame(("A", "B"), Chance(deals))


def simultaneous(game: StrategicGame) -> ExtensiveGame:
    """A strategic form as a tree: one player after another, nobody seeing anything."""

    def below(profile: tuple[str, ...]) -> Decision | Outcome:
        if len(profile) == len(game.players):
            return Outcome(game.payoffs[profile])
        player = game.players[len(profile)]
        return Decision(player, {s: below((*profile, s)) for s in game.strategies[player]}, player)

    return ExtensiveGame(game.players, below(()))


def random_game(seed: int, sizes: tuple[int, ...]) -> StrategicGame:
    rng = random.Random(seed)
    strategies = {f"P{k}": tuple(f"{chr(97 + k)}{i}" for i in range(size)) for k, size in enumerate(sizes)}
    payoffs = {profile: tuple(rng.randint(-9, 9) for _ in sizes) for profile in product(*strategies.values())}
    return StrategicGame(strategies, payoffs)


ENTRY = ExtensiveGame(
    ("Entrant", "Incumbent"),
    Decision("Entrant", {"out": leaf(0, 2), "in": Decision("Incumbent", {"fight": leaf(-1, -1), "share": leaf(1, 1)})}),
)
TREES: Mapping[str, ExtensiveGame] = {
    "entry": ENTRY,
    "one decision": ExtensiveGame(("Solo",), Decision("Solo", {"a": leaf(1), "b": leaf("3/2"), "c": leaf("3/2")})),
    "everything ties": ExtensiveGame(
        ("A", "B"), Decision("A", {k: Decision("B", {j: leaf(1, 1) for j in "lr"}) for k in "xy"})
    ),
    "horse": HORSE,
    **{f"signals #{k}": signals(k) for k in range(12)},
}
on_every_tree = pytest.mark.parametrize("game", TREES.values(), ids=TREES)


def walked(game: ExtensiveGame, strategies: Any, path: Path, start: Path = ()) -> Fraction:
    """The probability with which play that has come to ``start`` goes on to ``path``."""
    weights = []
    for k in range(len(start), len(path)):
        node = game.nodes[path[:k]]
        if isinstance(node, Chance):
            weights.append(Fraction(node.events[path[k]][0]))
        else:
            weights.append(Fraction(strategies[game.information_set_at(path[:k])][path[k]]))
    return prod(weights, start=Fraction(1))


def response(game: ExtensiveGame, strategies: Any, rationality: Fraction) -> dict[str, dict[str, float]]:
    """At every information set the logit response to payoffs given that it is reached, outcome by outcome."""
    result = {}
    for name, s in game.information_sets.items():
        position = game.players.index(s.player)
        reach = sum(walked(game, strategies, path) for path in s.paths)
        pays = {}
        for action in s.actions:
            total = sum(
                walked(game, strategies, end) / strategies[name][action] * outcome.payoffs[position]
                for end, outcome in game.outcomes.items()
                if any(end[: len(path) + 1] == (*path, action) for path in s.paths)
            )
            pays[action] = total / reach
        top = max(pays.values())
        weights = {action: exp(rationality * (value - top)) for action, value in pays.items()}
        result[name] = {action: weight / sum(weights.values()) for action, weight in weights.items()}
    return result


def exactly(strategies: Any) -> dict[str, dict[str, Fraction]]:
    return {name: {action: Fraction(weight) for action, weight in mix.items()} for name, mix in strategies.items()}


def largest_difference(first: Any, second: Any) -> float:
    return max(abs(float(first[who][label] - second[who][label])) for who in first for label in first[who])


@on_every_tree
@pytest.mark.parametrize("rationality", [Fraction(1, 3), Fraction(2)])
def test_every_information_set_responds_logistically(game: ExtensiveGame, rationality: Fraction) -> None:
    answer = solve(game, "logit", rationality=rationality)
    for found in answer:
        assert list(found.strategies) == list(game.information_sets)
        for name, s in game.information_sets.items():
            assert tuple(found[name]) == s.actions
            assert abs(sum(found[name].values()) - 1) < 1e-12
        again = response(game, exactly(found.strategies), rationality)
        assert largest_difference(found.strategies, again) < 1e-9
        assert sum(r.probability for r in found.outcomes) == pytest.approx(1, abs=1e-12)
        for position, player in enumerate(game.players):
            mean = sum(r.probability * float(game.outcomes[r.path].payoffs[position]) for r in found.outcomes)
            assert found.payoffs[player] == pytest.approx(mean, abs=1e-12)


@on_every_tree
def test_beliefs_follow_from_bayes_rule(game: ExtensiveGame) -> None:
    (found, *_) = solve(game, "logit", rationality=1)
    assert list(found.beliefs) == [name for name, s in game.information_sets.items() if len(s.paths) > 1]
    for name, held in found.beliefs.items():
        reach = {path: walked(game, exactly(found.strategies), path) for path in game.information_sets[name].paths}
        assert list(held) == list(reach)
        for path, belief in held.items():
            assert belief == pytest.approx(float(reach[path] / sum(reach.values())), abs=1e-12)


@on_every_tree
def test_every_information_set_randomises_evenly_without_rationality(game: ExtensiveGame) -> None:
    answer = solve(game, "logit", rationality=0)
    assert answer.complete
    for mix in answer[0].strategies.values():
        assert list(mix.values()) == pytest.approx([1 / len(mix)] * len(mix), abs=1e-15)


@on_every_tree
def test_the_limit_is_best_at_every_information_set_given_the_beliefs(game: ExtensiveGame) -> None:
    answer = solve(game, "logit")
    (found,) = answer
    assert not answer.complete
    strategies = exactly(found.strategies)
    for name, s in game.information_sets.items():
        position = game.players.index(s.player)
        held = {path: Fraction(w) for path, w in found.beliefs.get(name, {s.paths[0]: 1}).items()}
        pays = {}
        for action in s.actions:
            pays[action] = sum(
                belief * walked(game, strategies, end, (*path, action)) * outcome.payoffs[position]
                for path, belief in held.items()
                for end, outcome in game.outcomes.items()
                if end[: len(path) + 1] == (*path, action)
            )
        own = sum(strategies[name][action] * value for action, value in pays.items())
        assert max(pays.values()) - own <= (0 if answer.exact else Fraction(1, 10**7))
    if answer.exact and game.has_perfect_information:
        assert set(regret(game, found.strategies).values()) == {0}


@pytest.mark.parametrize(("seed", "sizes"), [(0, (2, 2)), (1, (2, 3)), (2, (3, 3)), (3, (2, 2, 2)), (5, (2, 2, 3))])
def test_of_a_simultaneous_game_it_is_that_of_the_strategic_form(seed: int, sizes: tuple[int, ...]) -> None:
    game = random_game(seed, sizes)
    tree = simultaneous(game)
    for rationality in ("1/10", "1/2", 2, "limit"):
        first, second = (solve(form, "logit", rationality=rationality) for form in (game, tree))
        assert len(first) == len(second)
        for one, other in zip(first, second, strict=True):
            assert largest_difference(one.strategies, other.strategies) < 1e-9
            assert one.payoffs == pytest.approx({p: float(v) for p, v in other.payoffs.items()}, abs=1e-9)


def test_payoffs_times_a_factor_are_rationality_times_the_factor() -> None:
    for game in (HORSE, signals(3)):
        scaled = ExtensiveGame(game.players, stretched(game.root, Fraction(250)))
        (first, *_), (second, *_) = solve(game, "logit", rationality=2), solve(scaled, "logit", rationality="1/125")
        assert largest_difference(first.strategies, second.strategies) < 1e-12


def stretched(node: Any, factor: Fraction) -> Any:
    match node:
        case Outcome(payoffs=payoffs):
            return Outcome(tuple(value * factor + 3 for value in payoffs))
        case Decision(player=player, actions=actions, information_set=name):
            return Decision(player, {a: stretched(child, factor) for a, child in actions.items()}, name)
    return Chance({e: (p, stretched(child, factor)) for e, (p, child) in node.events.items()})


def test_the_limit_of_a_tree_of_perfect_information_is_subgame_perfect() -> None:
    answer = solve(ENTRY, "logit")
    assert answer.exact
    assert answer[0].strategies == {
        "Entrant at the start": {"out": 0, "in": 1},
        "Incumbent after in": {"fight": 0, "share": 1},
    }
    assert answer[0].payoffs == {"Entrant": 1, "Incumbent": 1}
    assert [(r.path, r.probability) for r in answer[0].outcomes] == [(("in", "share"), 1)]


def test_the_limit_of_the_horse_is_its_sequential_equilibrium() -> None:
    """Off the path, Three's belief is the one that leaves Three indifferent: 2/3 that Two has chosen d."""
    answer = solve(HORSE, "logit")
    assert answer.exact
    found = answer[0]
    assert found["One"] == {"C": 1, "D": 0}
    assert found["Two"] == {"c": 1, "d": 0}
    assert found["Three"]["L"] <= Fraction(1, 4)
    assert found.beliefs == {"Three": {("C", "d"): Fraction(2, 3), ("D",): Fraction(1, 3)}}


def test_in_kuhn_poker_the_limit_has_the_value_of_the_game() -> None:
    """A bluffs with α, bets the king with 3α and calls with the queen with α + 1/3."""
    answer = solve(kuhn_poker(), "logit")
    (found,) = answer
    assert found.payoffs["A"] == pytest.approx(-1 / 18, abs=1e-8)
    alpha = found["A J"]["bet"]
    assert 0 < alpha < 1 / 3
    assert found["A K"]["bet"] == pytest.approx(3 * alpha, abs=1e-5)
    assert found["A Q bet upon"]["call"] == pytest.approx(alpha + 1 / 3, abs=1e-5)
    assert found["B J checked to"]["bet"] == pytest.approx(1 / 3, abs=1e-6)
    assert found["B Q bet upon"]["call"] == pytest.approx(1 / 3, abs=1e-6)
    assert answer.complete is False


def test_an_irrational_limit_is_extrapolated() -> None:
    """Three volunteers, one after another unseen: everybody waits with probability 1/√3."""
    strategies = {f"P{k}": ("help", "wait") for k in range(3)}
    payoffs = {
        profile: tuple((2 if own == "help" else 3) if "help" in profile else 0 for own in profile)
        for profile in product(*strategies.values())
    }
    answer = solve(simultaneous(StrategicGame(strategies, payoffs)), "logit")
    assert not answer.exact
    assert "extrapolated" in answer.remarks[0]
    assert "exceeds 1e-09 of the payoff range" in answer.remarks[1]
    for mix in answer[0].strategies.values():
        assert mix["wait"] == pytest.approx(3**-0.5, abs=1e-9)


def test_an_impossible_event_counts_as_infinitely_unlikely() -> None:
    """B's set joins a decision that chance never allows with one it does; where only the former is, it is played."""
    never = Decision("B", {"l": leaf(0, 5), "r": leaf(0, 0)}, "B")
    ever = Decision("B", {"l": leaf(1, 0), "r": leaf(0, 1)}, "B")
    below = Chance({"never": (0, never), "ever": (1, ever)})
    lost = Decision("A", {"x": leaf(2, 0), "y": leaf(0, 0)}, "lost")
    game = ExtensiveGame(("A", "B"), Chance({"none": (0, lost), "all": (1, below)}))
    (found,) = solve(game, "logit", rationality=1)
    assert found["B"]["r"] == pytest.approx(1 / (1 + exp(-1)), abs=1e-12)
    assert found["lost"]["x"] == pytest.approx(1 / (1 + exp(-2)), abs=1e-12)
    assert list(found.beliefs["B"].values()) == [0, 1]
    assert solve(game, "logit")[0].strategies == {"lost": {"x": 1, "y": 0}, "B": {"l": 0, "r": 1}}


def test_the_branch_of_a_tree() -> None:
    points = branch(HORSE, until=5)
    assert points[0].rationality == 0
    assert set(points[0].strategies["Three"].values()) == {0.5}
    (found,) = solve(HORSE, "logit", rationality=Fraction(points[-1].rationality))
    assert largest_difference(points[-1].strategies, found.strategies) < 1e-9


def test_imperfect_recall_is_refused() -> None:
    forgets = Decision("A", {k: Decision("A", {j: leaf(int(j == k)) for j in "lr"}, "again") for k in "lr"})
    with pytest.raises(InputError, match="imperfect recall"):
        solve(ExtensiveGame(("A",), forgets), "logit", rationality=1)
    absent = Decision("A", {"on": Decision("A", {"on": leaf(1), "off": leaf(4)}, "exit"), "off": leaf(0)}, "exit")
    with pytest.raises(InputError, match="imperfect recall"):
        solve(ExtensiveGame(("A",), absent), "logit")


def test_a_huge_tree_is_refused_at_once() -> None:
    def deep(left: int) -> Decision | Outcome:
        return leaf(0) if left == 0 else Decision("A", {k: deep(left - 1) for k in "lr"})

    with pytest.raises(InputError, match="too large for its agent form"):
        solve(ExtensiveGame(("A",), deep(11)), "logit", rationality=1)


@pytest.mark.parametrize("scale", [1, 1000, 10**6])
def test_a_branch_is_followed_where_one_has_far_more_at_stake(scale: int) -> None:
    """Where B has a thousand times as much at stake, the branch turns back twice before A comes to its best action."""
    answers = Decision("B", {"U": Outcome((0, scale)), "D": Outcome((0, 0))}, information_set="B")
    others = Decision("B", {"U": Outcome((1, 0)), "D": Outcome((3, 1))}, information_set="B")
    game = ExtensiveGame(("A", "B"), Decision("A", {"L": Outcome((1, 1)), "C": answers, "R": others}))
    answer = solve(game, "logit")
    (found,) = answer
    at_start = next(name for name, s in game.information_sets.items() if s.player == "A")
    assert answer.exact
    assert found.strategies[at_start]["R"] == 1
    assert found.strategies["B"]["D"] == 1
    assert not any("crosses" in remark for remark in answer.remarks)
