"""Sequential and perfect Bayesian equilibria: textbook trees, and every part of the definitions checked by itself.

That beliefs are consistent is checked along a sequence: for given behaviour and beliefs, trembles are sought whose
probabilities are powers of a small number times weights, and Bayes' rule is applied to ever smaller ones.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import exp, log
from typing import Any

import numpy as np
import pytest

from games import Chance, Decision, Equilibria, Equilibrium, ExtensiveGame, InputError, Outcome, solve
from games.forms.extensive import Path
from games.solvers.limits import STOPPED
from games.solvers.methods import assessments, sign_systems
from games.solvers.methods.assessments import NOT_AS_A_WHOLE, UNSETTLED

BOTH = ("sequential", "perfect-bayesian")
QUARTER, THIRD = Fraction(1, 4), Fraction(1, 3)

Beliefs = Mapping[str, Mapping[Path, Any]]


def leaf(*payoffs: int | str) -> Outcome:
    return Outcome(payoffs)


def full_beliefs(game: ExtensiveGame, equilibrium: Equilibrium) -> dict[str, Mapping[Path, Any]]:
    """The beliefs given, and certainty where there is one decision."""
    return {
        name: equilibrium.beliefs.get(name, {information_set.paths[0]: Fraction(1)})
        for name, information_set in game.information_sets.items()
    }


def check_beliefs(game: ExtensiveGame, equilibrium: Equilibrium) -> None:
    several = {name: s for name, s in game.information_sets.items() if len(s.paths) > 1}
    assert set(equilibrium.beliefs) == set(several)
    for name, information_set in several.items():
        held = equilibrium.beliefs[name]
        assert set(held) <= set(information_set.paths)
        assert sum(held.values()) == pytest.approx(1, abs=1e-12)
        assert all(weight >= 0 for weight in held.values())


def check_rationality(game: ExtensiveGame, equilibrium: Equilibrium, by_hand: Callable[..., Any]) -> None:
    """At each information set, what is played pays most against the rest of the play, nodes weighted as believed."""
    beliefs = full_beliefs(game, equilibrium)
    for name, information_set in game.information_sets.items():
        position = game.players.index(information_set.player)
        pays = {
            action: sum(
                weight * by_hand(game, (*path, action)).payoffs(equilibrium.strategies)[position]
                for path, weight in beliefs[name].items()
                if weight
            )
            for action in information_set.actions
        }
        for action, weight in equilibrium[name].items():
            assert not weight or max(pays.values()) - pays[action] <= 1e-9, f"{action} at {name}"


def check_bayes(game: ExtensiveGame, equilibrium: Equilibrium, by_hand: Callable[..., Any]) -> None:
    """In every subgame from whose start play arrives at an information set, beliefs there are the probabilities."""
    for start in by_hand(game).subgames():
        hand = by_hand(game, start)
        for name, held in equilibrium.beliefs.items():
            paths = game.information_sets[name].paths
            if any(path[: len(start)] != start for path in paths):
                continue
            arrives = {path: hand.arrival(equilibrium.strategies, path) for path in paths}
            if total := sum(arrives.values()):
                assert all(abs(held.get(path, 0) - weight / total) <= 1e-9 for path, weight in arrives.items())


def trembled(game: ExtensiveGame, play: Any, ranks: Any, weights: Any, small: float) -> dict[str, dict[str, float]]:
    result = {}
    for name, mix in play.items():
        raw = {a: float(w) if w else weights[name, a] * small ** ranks[name, a] for a, w in mix.items()}
        result[name] = {a: w / sum(raw.values()) for a, w in raw.items()}
    return result


def limits_of_bayes(game: ExtensiveGame, play: Any, by_hand: Callable[..., Any]) -> dict[str, dict[Path, float]]:
    hand = by_hand(game)
    result = {}
    for name, information_set in game.information_sets.items():
        arrives = {path: hand.arrival(play, path) for path in information_set.paths}
        result[name] = {path: weight / sum(arrives.values()) for path, weight in arrives.items()}
    return result


def tremble_candidates(
    game: ExtensiveGame, equilibrium: Equilibrium, deepest: int = 3
) -> Iterator[tuple[dict[tuple[str, str], int], dict[tuple[str, str], float]]]:
    """Ranks and weights of the unplayed actions that could make Bayes' rule converge to the beliefs.

    For given ranks the nodes believed possible must have the least; their logarithmic odds are linear in the
    logarithms of the weights.
    """
    unplayed = [(name, a) for name, mix in equilibrium.strategies.items() for a, w in mix.items() if not w]
    beliefs = equilibrium.beliefs

    def steps(path: Path) -> list[tuple[str, str]]:
        return [
            (game.information_set_at(path[:k]), path[k])
            for k in range(len(path))
            if isinstance(game.nodes[path[:k]], Decision)
        ]

    def known(path: Path) -> float:
        total = 0.0
        for k in range(len(path)):
            node = game.nodes[path[:k]]
            if isinstance(node, Chance):
                total += log(node.events[path[k]][0])
            elif (weight := equilibrium[game.information_set_at(path[:k])][path[k]]) != 0:
                total += log(weight)
        return total

    for chosen in product(range(1, deepest + 1), repeat=len(unplayed)):
        ranks = dict(zip(unplayed, chosen, strict=True))
        rows, right, fits = [], [], True
        for name, held in beliefs.items():
            total = {p: sum(ranks.get(step, 0) for step in steps(p)) for p in game.information_sets[name].paths}
            least = {p for p, rank in total.items() if rank == min(total.values())}
            if least != {p for p in total if held.get(p, 0)}:
                fits = False
                break
            first, *others = sorted(least)
            for other in others:
                rows.append([steps(other).count(step) - steps(first).count(step) for step in unplayed])
                right.append(log(held[other] / held[first]) - known(other) + known(first))
        if not fits:
            continue
        if not rows:
            yield ranks, dict.fromkeys(unplayed, 1.0)
            continue
        logs = np.linalg.lstsq(np.array(rows, dtype=float), np.array(right), rcond=None)[0]
        if np.allclose(np.array(rows) @ logs, right, atol=1e-7):
            yield ranks, {step: exp(value) for step, value in zip(unplayed, logs, strict=True)}


def check_consistency(game: ExtensiveGame, equilibrium: Equilibrium, by_hand: Callable[..., Any]) -> None:
    """Completely mixed behaviour that converges to the play, and Bayes' rule along it to the beliefs."""
    for ranks, weights in tremble_candidates(game, equilibrium):
        distances = []
        for small in (1e-2, 1e-3, 1e-4):
            play = trembled(game, equilibrium.strategies, ranks, weights, small)
            moved = limits_of_bayes(game, play, by_hand)
            apart = [
                abs(moved[name][p] - float(held.get(p, 0)))
                for name, held in equilibrium.beliefs.items()
                for p in game.information_sets[name].paths
            ]
            off = [abs(play[n][a] - float(w)) for n, mix in equilibrium.strategies.items() for a, w in mix.items()]
            distances.append(max([*apart, *off, 0.0]))
        if distances[2] < 1e-2 and distances[2] <= distances[1] <= distances[0]:
            return
    raise AssertionError(f"no trembles lead to the beliefs of {equilibrium}: {equilibrium.beliefs}")


def check_everything(game: ExtensiveGame, concept: str, by_hand: Callable[..., Any]) -> Equilibria:
    equilibria = solve(game, concept)
    assert equilibria.concept == concept
    for equilibrium in equilibria:
        check_beliefs(game, equilibrium)
        check_rationality(game, equilibrium, by_hand)
        check_bayes(game, equilibrium, by_hand)
        assert list(equilibrium.payoffs.values()) == pytest.approx(by_hand(game).payoffs(equilibrium.strategies))
        regret = by_hand(game).regret(equilibrium.strategies)
        assert max(regret.values()) <= 1e-9, f"{equilibrium} is no Nash equilibrium"
        if concept == "sequential":
            check_consistency(game, equilibrium, by_hand)
    return equilibria


def supports(equilibria: Equilibria) -> set[frozenset[tuple[str, str]]]:
    return {frozenset((n, a) for n, mix in e.strategies.items() for a, w in mix.items() if w) for e in equilibria}


def test_of_the_horse_only_one_family_is_sequential(horse: ExtensiveGame, by_hand: Callable[..., Any]) -> None:
    for concept in BOTH:
        equilibria = check_everything(horse, concept, by_hand)
        assert supports(equilibria) == {
            frozenset({("One", "C"), ("Two", "c"), ("Three", "R")}),
            frozenset({("One", "C"), ("Two", "c"), ("Three", "R"), ("Three", "L")}),
        }
        assert all(e["Three"]["L"] <= QUARTER for e in equilibria)
        assert all(e.payoffs == {"One": 1, "Two": 1, "Three": 1} for e in equilibria)
        assert not equilibria.complete
        remark, beliefs = equilibria.remarks
        assert "is not the only one" in remark
        assert beliefs == "beliefs where play never arrives are examples; others may support the same play"
        mixed = next(k for k, e in enumerate(equilibria, start=1) if e["Three"]["L"])
        assert f"assessment {mixed} " in remark
        for e in equilibria:
            believed = e.beliefs["Three"][("D",)]
            assert believed == THIRD if e["Three"]["L"] else believed <= THIRD


def beer_or_quiche() -> ExtensiveGame:
    """Nine of ten are tough and like beer, the weak like quiche; only the weak are worth a fight (Cho & Kreps 1987)."""

    def breakfast(tough: bool) -> Decision:
        def reply(meal: str) -> Decision:
            likes = int((meal == "beer") == tough)
            return Decision(
                "Bully",
                {"fight": leaf(likes, 0 if tough else 1), "leave": leaf(likes + 2, 1 if tough else 0)},
                meal,
            )

        return Decision("Guest", {meal: reply(meal) for meal in ("beer", "quiche")}, "tough" if tough else "weak")

    return ExtensiveGame(("Guest", "Bully"), Chance({"t": ("9/10", breakfast(True)), "w": ("1/10", breakfast(False))}))


@pytest.mark.parametrize("concept", BOTH)
def test_beer_and_quiche(concept: str, by_hand: Callable[..., Any]) -> None:
    game = beer_or_quiche()
    equilibria = check_everything(game, concept, by_hand)
    assert not equilibria.complete
    meals = set()
    for equilibrium in equilibria:
        (meal,) = {m for who in ("tough", "weak") for m, weight in equilibrium[who].items() if weight}
        (other,) = {"beer", "quiche"} - {meal}
        assert equilibrium[meal] == {"fight": 0, "leave": 1}
        assert equilibrium[other]["fight"] >= Fraction(1, 2)
        assert equilibrium.beliefs[meal] == {("t", meal): Fraction(9, 10), ("w", meal): Fraction(1, 10)}
        assert equilibrium.beliefs[other][("w", other)] >= Fraction(1, 2)
        assert equilibrium.payoffs["Guest"] == 2 + (Fraction(9, 10) if meal == "beer" else Fraction(1, 10))
        meals.add(meal)
    assert meals == {"beer", "quiche"}


def separating() -> ExtensiveGame:
    """Only the able find the course worth its cost; an employer pays for ability."""

    def choice(able: bool) -> Decision:
        cost = 1 if able else 4

        def offer(name: str, spent: int) -> Decision:
            return Decision("Employer", {"high": leaf(3 - spent, 2 if able else -2), "low": leaf(1 - spent, 0)}, name)

        return Decision(
            "Worker", {"course": offer("with course", cost), "none": offer("without", 0)}, "able" if able else "unable"
        )

    return ExtensiveGame(("Worker", "Employer"), Chance({"a": (THIRD, choice(True)), "u": (1 - THIRD, choice(False))}))


@pytest.mark.parametrize("concept", BOTH)
def test_a_signal_that_separates(concept: str, by_hand: Callable[..., Any]) -> None:
    game = separating()
    equilibria = check_everything(game, concept, by_hand)
    telling = [e for e in equilibria if e["able"]["course"] == 1 and e["unable"]["none"] == 1]
    assert len(telling) == 1
    assert telling[0]["with course"]["high"] == telling[0]["without"]["low"] == 1
    assert telling[0].beliefs["with course"][("a", "course")] == 1
    assert all(e["unable"]["course"] == 0 for e in equilibria)


def two_detectives() -> ExtensiveGame:
    """Two and Three guess which way One went; neither sees it, nor the other's guess.

    One fears only the guesses a and b, which are both best if Two thinks A likely (at least 1/2) and Three thinks it
    unlikely (at most 1/3). Both see the same, so no trembles of One lead them to think so differently.
    """

    def went(way: str) -> Decision:
        right = way == "A"

        def third(second: str) -> Decision:
            pays_two = int((second == "a") == right)
            return Decision(
                "Three",
                {
                    "a": leaf(3, pays_two, 2 if right else 0),
                    "b": leaf(0 if second == "a" else 3, pays_two, 0 if right else 1),
                },
                "Three",
            )

        return Decision("Two", {second: third(second) for second in "ab"}, "Two")

    return ExtensiveGame(
        ("One", "Two", "Three"), Decision("One", {"out": leaf(1, 0, 0), "A": went("A"), "B": went("B")}, "One")
    )


def test_beliefs_that_contradict_each_other_are_not_sequential(by_hand: Callable[..., Any]) -> None:
    game = two_detectives()
    weak = check_everything(game, "perfect-bayesian", by_hand)
    strong = check_everything(game, "sequential", by_hand)
    outside = [e for e in weak if e["One"]["out"] == 1]
    assert any(e["Two"]["a"] == 1 and e["Three"]["b"] == 1 for e in outside)
    assert all(e["One"]["out"] == 0 for e in strong)
    assert len(strong) >= 1
    assert supports(strong) < supports(weak)
    for e in outside:
        with pytest.raises(AssertionError, match="no trembles"):
            check_consistency(game, e, by_hand)


def small_tree(seed: int) -> ExtensiveGame:
    """Chance, a first player who knows it, and a second who sees the move alone; or no chance, and moves unseen."""
    rng = random.Random(seed)
    stakes = ((-6, 6), (0, 2))[seed % 2]

    def end() -> Outcome:
        return leaf(rng.randint(*stakes), rng.randint(*stakes))

    def reply(name: str) -> Decision:
        return Decision("B", {"l": end(), "r": end()}, name)

    def opening(kind: str) -> Decision:
        unseen = seed % 4 == 3
        actions: dict[str, Any] = {move: reply("unseen" if unseen else f"after {move}") for move in "xy"}
        if unseen:
            actions["z"] = end()
        return Decision("A", actions, kind)

    if seed % 4 == 3:
        return ExtensiveGame(("A", "B"), opening("A"))
    share = Fraction(rng.randint(1, 4), 5)
    types = {name: (weight, opening(f"type {name}")) for name, weight in (("one", share), ("two", 1 - share))}
    return ExtensiveGame(("A", "B"), Chance(types))


@pytest.mark.untraced
@pytest.mark.parametrize("seed", range(10))
def test_every_sequential_equilibrium_is_perfect_bayesian_and_nash(seed: int, by_hand: Callable[..., Any]) -> None:
    game = small_tree(seed)
    strong = check_everything(game, "sequential", by_hand)
    weak = check_everything(game, "perfect-bayesian", by_hand)
    assert len(strong) >= 1, "every finite tree with perfect recall has a sequential equilibrium"
    # With one round of signals every belief off the path is consistent, so the two concepts agree.
    assert supports(strong) == supports(weak)
    for equilibria in (strong, weak):
        assert len(supports(equilibria)) == len(equilibria), "one assessment stands for each set of actions played"
        several = [k for k, _ in enumerate(equilibria, 1) if any(f"assessment {k} " in r for r in equilibria.remarks)]
        assert equilibria.complete == (not several)


def grown_tall(grown: Callable[..., ExtensiveGame], seed: int) -> ExtensiveGame:
    return grown(seed, depth=5, most_plans=200, widest=2, players=2 + seed % 2, chance=0.2)


@pytest.mark.untraced
@pytest.mark.parametrize("seed", [407, 410, 412, 414, 420])
def test_in_tall_trees_what_is_sequential_is_perfect_bayesian(
    seed: int, grown: Callable[..., ExtensiveGame], by_hand: Callable[..., Any]
) -> None:
    """Of fifty thousand to half a million supports; also where a player may think otherwise later than before."""
    game = grown_tall(grown, seed)
    strong, weak = solve(game, "sequential"), check_everything(game, "perfect-bayesian", by_hand)
    assert NOT_AS_A_WHOLE not in weak.remarks
    assert len(strong) >= 1
    assert supports(strong) <= supports(weak)


def test_where_too_many_plans_would_be_written_down_single_choices_are(
    grown: Callable[..., ExtensiveGame], by_hand: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assessments, "MOST_PLANS", 0)
    weak = check_everything(grown_tall(grown, 407), "perfect-bayesian", by_hand)
    assert NOT_AS_A_WHOLE in weak.remarks
    assert not weak.complete


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("concept", BOTH)
def test_under_perfect_information_both_are_subgame_perfection(
    concept: str, seed: int, grown: Callable[..., ExtensiveGame]
) -> None:
    game = grown(seed, joining=0, depth=3, players=2 + seed % 2)
    known, other = solve(game, "subgame-perfect"), solve(game, concept)
    assert other.concept == concept
    assert [e.strategies for e in other] == [e.strategies for e in known]
    assert other.complete == known.complete


@pytest.mark.parametrize("seed", range(10))
def test_an_assessment_is_best_in_every_subgame(
    seed: int, grown: Callable[..., ExtensiveGame], by_hand: Callable[..., Any]
) -> None:
    game = grown(seed, depth=3, most_plans=6, widest=2)
    for equilibrium in check_everything(game, "sequential", by_hand):
        for start in by_hand(game).subgames():
            assert max(by_hand(game, start).regret(equilibrium.strategies).values()) <= 1e-9


def test_a_perfect_bayesian_equilibrium_is_a_nash_equilibrium(by_hand: Callable[..., Any]) -> None:
    """After in, A cannot see B's reply, which is l; that A might then believe r must not keep it from going in."""
    reply = {
        "l": Decision("A", {"a": leaf(2, 1), "b": leaf(1, 1)}, "A again"),
        "r": Decision("A", {"a": leaf(0, 0), "b": leaf(1, 0)}, "A again"),
    }
    entering = Decision("B", reply, "B")
    aside = Decision("B", {"l": leaf(0, 1), "r": leaf(0, 0)}, "B")
    game = ExtensiveGame(("A", "B"), Decision("A", {"out": leaf("3/2", 0), "in": entering, "aside": aside}, "A"))
    (strong,) = check_everything(game, "sequential", by_hand)
    assert strong["A"]["in"] == 1
    assert all(equilibrium["A"]["in"] == 1 for equilibrium in check_everything(game, "perfect-bayesian", by_hand))


@pytest.mark.parametrize("concept", BOTH)
def test_an_event_without_probability_is_no_obstacle(concept: str, by_hand: Callable[..., Any]) -> None:
    unseen = [Decision("B", {"l": leaf(k, 1 + k), "r": leaf(1 + k, k)}, "unseen") for k in range(2)]
    never = Decision("A", {"x": unseen[0], "y": unseen[1]}, "never")
    ever = Decision("A", {"x": leaf(0, 0), "y": leaf(1, 1)}, "ever")
    game = ExtensiveGame(("A", "B"), Chance({"never": (0, never), "ever": (1, ever)}))
    equilibria = solve(game, concept)
    assert len(equilibria) >= 1
    for equilibrium in equilibria:
        assert equilibrium["ever"]["y"] == 1
        assert equilibrium["unseen"]["l"] == 1
        assert max(by_hand(game).regret(equilibrium.strategies).values()) == 0


@pytest.mark.untraced
@pytest.mark.parametrize("concept", BOTH)
def test_the_same_question_has_the_same_answer(concept: str) -> None:
    """Which member of a continuum is listed must not depend on what was asked before."""
    games = [beer_or_quiche(), separating(), small_tree(4), small_tree(5)]
    first = [solve(game, concept) for game in games]
    for _ in range(3):
        for game, known in zip(games, first, strict=True):
            again = solve(game, concept)
            assert again.found == known.found
            assert str(again) == str(known)


def card_game() -> ExtensiveGame:
    """One knows whether its card is red, and after a raise is met draws and chooses again; Two sees the draw alone."""
    ends = {"1": (3, 2, -2), "4": (-3, 2, -2)}

    def second(one: str, two: str, high: str) -> Decision:
        met = Decision("Two", {"x": leaf(ends[high][0], -ends[high][0]), "y": leaf(2, -2)}, two)
        return Decision("One", {"go": met, "stop": leaf(-2, 2)}, one)

    def first(color: str, highs: str) -> Decision:
        drawn = {k: ("1/2", second(f"{color} {k}", f"drawn {k}", high)) for k, high in zip("12", highs, strict=True)}
        meeting = Decision("Two", {"meet": Chance(drawn), "pass": leaf(1, -1)}, "raised")
        return Decision("One", {"raise": meeting, "fold": leaf(-1, 1)}, color)

    return ExtensiveGame(
        ("One", "Two"), Chance({"red": ("1/2", first("red", "14")), "black": ("1/2", first("black", "41"))})
    )


def refuse(*_: Any) -> Any:
    raise AssertionError("nonlinear arithmetic was asked")


@pytest.mark.untraced
@pytest.mark.parametrize("concept", BOTH)
def test_two_players_who_move_twice_need_no_nonlinear_arithmetic(
    concept: str, by_hand: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nearly twenty thousand supports; what was a product of probabilities is that of a sequence of moves."""
    monkeypatch.setattr(sign_systems, "asked_with_others", refuse)
    equilibria = check_everything(card_game(), concept, by_hand)
    assert len(equilibria) >= 1
    assert equilibria.exact
    value = {float(e.payoffs["One"]) for e in equilibria}
    assert value == {float(e.payoffs["One"]) for e in solve(card_game(), "nash")}


def talk(seed: int, types: int = 2, messages: int = 3, answers: int = 3, high: int = 4) -> ExtensiveGame:
    rng = random.Random(seed)

    def reply(message: int) -> Decision:
        return Decision(
            "B", {f"r{k}": leaf(rng.randint(0, high), rng.randint(0, high)) for k in range(answers)}, f"m{message}"
        )

    kinds = {f"t{t}": Decision("A", {f"m{m}": reply(m) for m in range(messages)}, f"type {t}") for t in range(types)}
    return ExtensiveGame(("A", "B"), Chance({kind: (Fraction(1, types), sends) for kind, sends in kinds.items()}))


@pytest.mark.untraced
@pytest.mark.parametrize("seed", range(3))
def test_a_signalling_game_needs_no_nonlinear_arithmetic(
    seed: int, by_hand: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixteen thousand supports: payoffs are linear in the other's probabilities, given who plays what."""
    monkeypatch.setattr(sign_systems, "asked_with_others", refuse)
    game = talk(seed)
    weak, strong = solve(game, "perfect-bayesian"), check_everything(game, "sequential", by_hand)
    assert STOPPED not in (*weak.remarks, *strong.remarks)
    assert supports(strong) == supports(weak)
    assert len(strong) >= 1


def at_once(door: bool) -> ExtensiveGame:
    """Three players whose only equilibrium is irrational (Nau, Gomez Canovas & Hansen 2004), perhaps behind a door."""
    pays = [(3, 0, 2), (0, 1, 0), (0, 2, 0), (1, 0, 0), (1, 0, 0), (0, 3, 0), (0, 1, 0), (2, 0, 3)]

    def third(i: int, j: int) -> Decision:
        return Decision("C", {f"c{k}": leaf(*pays[i + 2 * j + 4 * k]) for k in range(2)}, "C")

    inside = {f"a{i}": Decision("B", {f"b{j}": third(i, j) for j in range(2)}, "B") for i in range(2)}
    within = Decision("A", inside, "A")
    outside = Decision("A", {"out": leaf(1, 1, 1), "in": within}, "door")
    return ExtensiveGame(("A", "B", "C"), outside if door else within)


@pytest.mark.parametrize("concept", BOTH)
@pytest.mark.parametrize("door", [False, True])
def test_an_irrational_assessment_is_told_in_floats(concept: str, door: bool, by_hand: Callable[..., Any]) -> None:
    equilibria = check_everything(at_once(door), concept, by_hand)
    assert (len(equilibria), equilibria.complete, equilibria.exact) == (1, True, False)
    assert equilibria[0].is_numeric
    assert 0.1 < equilibria[0]["A"]["a0"] < 0.9


def test_what_is_not_settled_in_so_many_steps_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_systems, "STEPS", 1)
    equilibria = solve(at_once(False), "sequential")
    assert (len(equilibria), equilibria.complete) == (0, False)
    assert equilibria.remarks == (UNSETTLED,)


@pytest.mark.parametrize("concept", BOTH)
def test_poker_with_three_cards_is_worth_what_kuhn_says(
    concept: str, poker: Callable[..., ExtensiveGame], by_hand: Callable[..., Any]
) -> None:
    """Half a million supports; the first player of Kuhn (1950) loses an eighteenth on average."""
    equilibria = check_everything(poker(), concept, by_hand)
    assert len(equilibria) >= 1
    assert {next(iter(e.payoffs.values())) for e in equilibria} == {Fraction(-1, 18)}


def test_a_tree_too_large_is_refused() -> None:
    for concept in BOTH:
        with pytest.raises(InputError, match=f"support profiles, more than the 10000000 that {concept}"):
            solve(talk(0, types=4, messages=4, answers=4), concept)


def test_a_time_limit_leaves_a_part_and_says_so() -> None:
    game = beer_or_quiche()
    for concept in BOTH:
        equilibria = solve(game, concept, time_limit=1e-6)
        assert (len(equilibria), equilibria.complete) == (0, False)
        assert any("stopped" in remark for remark in equilibria.remarks)
