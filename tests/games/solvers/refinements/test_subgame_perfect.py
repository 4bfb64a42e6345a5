"""Subgame perfection: against the definition on small trees with ties and chance moves, and honest about its limits."""

import pickle
import random
from collections.abc import Iterator, Mapping
from fractions import Fraction
from importlib import import_module
from itertools import product

import pytest

from games import Chance, Decision, Equilibria, ExtensiveGame, InputError, Outcome, StrategicGame, solve
from games.forms.extensive import Node, Path
from games.play.payoffs import continuation_payoffs, reached
from games.play.regret import nash_regret, regret
from games.solvers.refinements.subgame_perfect import cases
from games.terms import every, sign, var

SEED = 1965
LIMITS = import_module("games.solvers.refinements.subgame_perfect")

Plan = Mapping[Path, str]
"""The action at every decision of the tree."""


def random_tree(rng: random.Random, high: int) -> ExtensiveGame:
    """At most seven decisions of two or three players, with chance moves; small payoffs tie often."""
    players = ("A", "B", "C")[: rng.choice((2, 2, 3))]
    left = 7

    def grow(depth: int) -> Node:
        nonlocal left
        kind = rng.random()
        if depth == 4 or left == 0 or (depth > 0 and kind < 0.3):
            return Outcome(tuple(Fraction(rng.randint(0, high), rng.choice((1, 1, 2))) for _ in players))
        if depth > 0 and kind < 0.45:
            odds = rng.choice((("1/2", "1/2"), ("1/3", "2/3"), (1, 0)))
            return Chance({event: (p, grow(depth + 1)) for event, p in zip(("heads", "tails"), odds, strict=True)})
        left -= 1
        player = rng.choice(players)
        actions = "lmr"[: rng.choice((2, 2, 2, 3))]
        return Decision(player, {action: grow(depth + 1) for action in actions})

    return ExtensiveGame(players, grow(0))


def random_trees(count: int, high: int) -> Iterator[ExtensiveGame]:
    rng = random.Random(SEED + high)
    while count:
        game = random_tree(rng, high)
        if plans_of(game) <= 150:
            count -= 1
            yield game


def decisions(game: ExtensiveGame) -> dict[Path, Decision]:
    return {path: node for path, node in game.nodes.items() if isinstance(node, Decision)}


def plans_of(game: ExtensiveGame) -> int:
    count = 1
    for node in decisions(game).values():
        count *= len(node.actions)
    return count


def payoffs(game: ExtensiveGame, plan: Plan, path: Path) -> tuple[Fraction, ...]:
    """What everybody gets from the node at ``path`` on when all follow ``plan``."""
    node = game.nodes[path]
    if isinstance(node, Outcome):
        return tuple(map(Fraction, node.payoffs))
    if isinstance(node, Decision):
        return payoffs(game, plan, (*path, plan[path]))
    parts = [[p * v for v in payoffs(game, plan, (*path, event))] for event, (p, _) in node.events.items()]
    return tuple(sum(column, Fraction(0)) for column in zip(*parts, strict=True))


def every_plan(game: ExtensiveGame) -> Iterator[dict[Path, str]]:
    nodes = decisions(game)
    for chosen in product(*(node.actions for node in nodes.values())):
        yield dict(zip(nodes, chosen, strict=True))


def survives_single_changes(game: ExtensiveGame, plan: Plan) -> bool:
    """Whether no mover, at any decision, gains by another action there, everything else as planned."""
    for path, node in decisions(game).items():
        k = game.players.index(node.player)
        own = payoffs(game, plan, path)[k]
        if any(payoffs(game, plan, (*path, action))[k] > own for action in node.actions):
            return False
    return True


def survives_every_change(game: ExtensiveGame, plan: Plan) -> bool:
    """Whether no player gains, from any node on, by any other plan for all of its decisions: the definition."""
    nodes = decisions(game)
    for player in game.players:
        k = game.players.index(player)
        own = [path for path, node in nodes.items() if node.player == player]
        before = {path: payoffs(game, plan, path)[k] for path in game.nodes}
        for chosen in product(*(nodes[path].actions for path in own)):
            other = {**plan, **dict(zip(own, chosen, strict=True))}
            if any(payoffs(game, other, path)[k] > before[path] for path in game.nodes):
                return False
    return True


def plans(game: ExtensiveGame, equilibria: Equilibria) -> list[dict[Path, str]]:
    return [
        {
            path: next(a for a, weight in equilibrium[game.information_set_at(path)].items() if weight == 1)
            for path in decisions(game)
        }
        for equilibrium in equilibria
    ]


def ties(game: ExtensiveGame, plan: Plan) -> bool:
    """Whether some mover would get as much from another action, everything else as planned."""
    for path, node in decisions(game).items():
        k = game.players.index(node.player)
        rivals = [payoffs(game, plan, (*path, action))[k] for action in node.actions if action != plan[path]]
        if payoffs(game, plan, path)[k] in rivals:
            return True
    return False


@pytest.mark.untraced
@pytest.mark.parametrize("count", [20, pytest.param(50, marks=pytest.mark.long)])
@pytest.mark.parametrize("high", [1, 3, 60], ids=["many ties", "some ties", "hardly any ties"])
def test_exactly_the_plans_of_the_definition(high: int, count: int) -> None:
    several = tied = chances = 0
    for game in random_trees(count, high):
        equilibria = solve(game)
        found = plans(game, equilibria)
        by_single_changes = [plan for plan in every_plan(game) if survives_single_changes(game, plan)]
        by_definition = [plan for plan in every_plan(game) if survives_every_change(game, plan)]
        assert by_single_changes == by_definition, (SEED, game)
        assert len({tuple(plan.items()) for plan in found}) == len(found)
        assert {tuple(plan.items()) for plan in found} == {tuple(p.items()) for p in by_definition}, (SEED, game)
        for equilibrium, plan in zip(equilibria, found, strict=True):
            assert tuple(equilibrium.payoffs.values()) == payoffs(game, plan, ())
        indifferent = any(ties(game, plan) for plan in by_definition)
        assert equilibria.complete == (not indifferent), (SEED, game)
        assert bool(equilibria.remarks) == indifferent
        assert all("mixing adds more" in remark for remark in equilibria.remarks)
        several += len(found) > 1
        tied += indifferent
        chances += any(isinstance(node, Chance) for node in game.nodes.values())
    assert chances > count / 5
    assert (several > count / 5) == (tied > count / 5) == (high < 60)


def test_the_chain_of_chance_and_choice_by_hand() -> None:
    """Going on is worth 1/4·8 + 3/4·0 = 2 to A, more than stopping; B takes 8 for A because it pays B 1 more."""
    late = Chance(
        {
            "luck": ("1/4", Decision("B", {"give": Outcome((8, 2)), "keep": Outcome((0, 1))})),
            "none": ("3/4", Outcome((0, 0))),
        }
    )
    game = ExtensiveGame(("A", "B"), Decision("A", {"stop": Outcome(("3/2", 0)), "go": late}))
    (equilibrium,) = solve(game)
    assert equilibrium.payoffs == {"A": 2, "B": Fraction(1, 2)}
    assert equilibrium["B after go, luck"] == {"give": 1, "keep": 0}
    assert [(r.path, r.probability) for r in equilibrium.outcomes] == [
        (("go", "luck", "give"), Fraction(1, 4)),
        (("go", "none"), Fraction(3, 4)),
    ]


def test_an_empty_threat_is_no_equilibrium() -> None:
    game = ExtensiveGame(
        ("Entrant", "Incumbent"),
        Decision(
            "Entrant",
            {
                "Out": Outcome((0, 2)),
                "In": Decision("Incumbent", {"Fight": Outcome((-1, -1)), "Share": Outcome((1, 1))}),
            },
        ),
    )
    equilibria = solve(game)
    assert [e["Incumbent after In"]["Fight"] for e in equilibria] == [0]
    assert (equilibria.complete, equilibria.remarks) == (True, ())


def test_a_mover_who_is_indifferent_is_named_with_the_tied_actions() -> None:
    game = ExtensiveGame(("A",), Decision("A", {"x": Outcome((1,)), "y": Outcome((0,)), "z": Outcome((1,))}))
    equilibria = solve(game)
    assert [next(a for a, w in e["A at the start"].items() if w) for e in equilibria] == ["x", "z"]
    assert not equilibria.complete
    (remark,) = equilibria.remarks
    assert remark.startswith("every pure equilibrium is listed; mixing adds more")
    assert "A at the start (x or z)" in remark


def all_tied(decisions: int) -> ExtensiveGame:
    """One player's independent indifferent choices after a chance move: 2 to the power of ``decisions`` equilibria."""
    choice = Decision("A", {"l": Outcome((1,)), "r": Outcome((1,))})
    odds = Fraction(1, decisions)
    return ExtensiveGame(("A",), Chance({f"event {k}": (odds, choice) for k in range(decisions)}))


def test_exactly_as_many_equilibria_as_the_limit_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LIMITS, "MOST_EQUILIBRIA", 8)
    equilibria = solve(all_tied(3))
    assert len(equilibria) == 8
    assert [remark.split(";")[0] for remark in equilibria.remarks] == ["every pure equilibrium is listed"]


@pytest.mark.parametrize("limit", [1, 7])
def test_more_equilibria_than_the_limit_are_admitted(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {tuple(plan.items()) for plan in plans(all_tied(3), solve(all_tied(3)))}
    monkeypatch.setattr(LIMITS, "MOST_EQUILIBRIA", limit)
    game = all_tied(3)
    equilibria = solve(game)
    assert len(equilibria) == limit
    assert {tuple(plan.items()) for plan in plans(game, equilibria)} < whole
    assert not equilibria.complete
    assert equilibria.remarks[0] == f"there are more pure equilibria than the {limit} listed"
    assert equilibria.remarks[1].startswith("not every pure equilibrium is listed")


def test_a_limit_met_below_is_admitted_above(monkeypatch: pytest.MonkeyPatch) -> None:
    """The subtree has four equilibria, of which two are kept; the answer must not call itself complete."""
    monkeypatch.setattr(LIMITS, "MOST_EQUILIBRIA", 2)
    below = all_tied(2).root
    game = ExtensiveGame(("A",), Decision("A", {"out": Outcome((0,)), "in": below}))
    equilibria = solve(game)
    assert (len(equilibria), equilibria.complete) == (2, False)
    assert "more pure equilibria" in equilibria.remarks[0]


def test_under_imperfect_information_the_subgames_are_solved_for_their_nash_equilibria() -> None:
    second = {k: Decision("B", {"l": Outcome((0, 0)), "r": Outcome((1, 1))}, "B cannot see") for k in "xyz"}
    found = solve(ExtensiveGame(("A", "B"), Decision("A", second)))
    assert {one["B cannot see"]["r"] for one in found} == {1}
    assert not found.complete
    assert any("continuum" in remark for remark in found.remarks)


def test_a_strategic_form_has_no_subgames() -> None:
    with pytest.raises(InputError, match="does not apply to a game in strategic form"):
        solve(StrategicGame.bimatrix([[1]], [[1]]), "subgame-perfect")


def test_the_outcomes_that_mixed_play_reaches() -> None:
    low = Decision("B", {"yes": Outcome((1, 1)), "no": Outcome((0, 0))})
    game = ExtensiveGame(("A", "B"), Decision("A", {"offer": low, "wait": Outcome((2, 2))}))
    third = Fraction(1, 3)
    mixed = {
        "A at the start": {"offer": third, "wait": 1 - third},
        "B after offer": {"yes": Fraction(1, 2), "no": Fraction(1, 2)},
    }
    assert [(r.path, r.probability) for r in reached(game, mixed)] == [
        (("offer", "yes"), Fraction(1, 6)),
        (("offer", "no"), Fraction(1, 6)),
        (("wait",), Fraction(2, 3)),
    ]


def test_a_case_in_formulas() -> None:
    v, c, p = var("v"), var("c"), var("p")
    low = Decision("B", {"yes": Outcome((v, 1)), "no": Outcome((0, c))})
    found = cases(ExtensiveGame(("A", "B"), Decision("A", {"offer": low, "wait": Outcome((p, 0))})), [])
    for taken, holds in (
        ({"A at the start": "offer", "B after offer": "yes"}, [1 - c, v - p]),
        ({"A at the start": "wait", "B after offer": "no"}, [c - 1, p]),
    ):
        expected = every(sign(margin, ">=") for margin in holds)
        assert every(condition for _, condition in found.case(taken)) == expected


def _ruled_out_by_its_own_player() -> ExtensiveGame:
    """One may go out; if it does not, it cannot tell later what Two did."""
    later = [Decision("One", {"Bad": Outcome((-5, k)), "Good": Outcome((1, k))}, "One later") for k in (2, 1)]
    inside = Decision("Two", {"l": later[0], "r": later[1]}, "Two")
    out = Decision("Two", {"l": Outcome((3, 2)), "r": Outcome((3, 1))}, "Two")
    return ExtensiveGame(("One", "Two"), Decision("One", {"Out": out, "In": inside}, "One first"))


def test_behaviour_that_an_own_choice_excludes_is_the_best_one_and_not_the_only_one() -> None:
    game = _ruled_out_by_its_own_player()
    found = solve(game, "subgame-perfect")
    assert not found.complete
    assert [each["One later"] for each in found] == [{"Bad": 0, "Good": 1}]
    assert "at One later, which One's own choice excludes, any other behaviour" in found.remarks[0]
    for action in ("Bad", "Good"):
        other = {**found[0].strategies, "One later": {"Bad": action == "Bad", "Good": action == "Good"}}
        assert set(nash_regret(game, other).values()) == {0}


def test_where_every_information_set_can_be_met_the_answer_stays_complete() -> None:
    meets = Decision("Two", {"l": Outcome((3, 2)), "r": Outcome((0, 1))}, "Two")
    other = Decision("Two", {"l": Outcome((1, 2)), "r": Outcome((1, 1))}, "Two")
    found = solve(ExtensiveGame(("One", "Two"), Decision("One", {"x": meets, "y": other})), "subgame-perfect")
    assert (len(found), found.complete) == (1, True)


def _binary(depth: int, rng: random.Random, most: int) -> Node:
    if not depth:
        return Outcome((rng.randint(0, most), rng.randint(0, most)))
    return Decision("AB"[depth % 2], {step: _binary(depth - 1, rng, most) for step in ("l", "r")})


def test_of_far_too_many_equilibria_the_first_thousand_are_listed() -> None:
    """A tree of 512 outcomes with payoffs 0 and 1 has more of them than could be gone through."""
    game = ExtensiveGame(("A", "B"), _binary(9, random.Random(SEED), 1))
    found = solve(game, "subgame-perfect")
    assert (len(found), found.complete) == (1_000, False)
    assert "more pure equilibria than the 1000 listed" in found.remarks[0]
    assert len({str(one.strategies) for one in found}) == 1_000
    for one in (found[0], found[499], found[-1]):
        assert set(regret(game, one.strategies).values()) == {0}
        assert one.outcomes == tuple(reached(game, one.strategies))
        pays = continuation_payoffs(game, one.strategies)[()]
        assert tuple(one.payoffs.values()) == pays


def test_strategies_are_a_dictionary_to_whoever_compares_or_stores_them() -> None:
    game = all_tied(2)
    (first, second, *_) = solve(game)
    assert dict(first.strategies) == first.strategies != second.strategies
    assert list(first.strategies) == list(game.information_sets)
    assert type(pickle.loads(pickle.dumps(first.strategies))) is dict
    assert repr(first.strategies) == repr(dict(first.strategies))
    assert "nowhere" not in first.strategies


def test_a_time_limit_is_kept_and_told() -> None:
    game = ExtensiveGame(("A", "B"), _binary(9, random.Random(SEED), 1))
    found = solve(game, "subgame-perfect", time_limit=1e-9)
    assert (len(found), found.complete) == (0, False)
    assert "stopped before its end" in found.remarks[0]
