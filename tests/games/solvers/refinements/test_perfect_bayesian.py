"""The cases of perfect Bayesian equilibrium, checked by brute force, and rationality over whole plans.

What the solver finds is checked in `test_assessments.py`, together with sequential equilibria.
"""

import random
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from games import Chance, Decision, Equilibrium, ExtensiveGame, Outcome, solve
from games.cases import spelled
from games.forms.extensive import Path
from games.play.regret import belief_regret
from games.solvers.refinements.perfect_bayesian import rational_at_every_information_set
from games.terms import equal, var
from laws.cases_at import Posed, alike, cases_of, is_a_case

SEED = 1991

Beliefs = Mapping[str, Mapping[Path, Any]]


def leaf(*payoffs: Any) -> Outcome:
    return Outcome(payoffs)


def full_beliefs(game: ExtensiveGame, equilibrium: Equilibrium) -> dict[str, dict[Path, Fraction]]:
    return {
        name: {p: Fraction(equilibrium.beliefs.get(name, {s.paths[0]: 1}).get(p, 0)) for p in s.paths}
        for name, s in game.information_sets.items()
    }


def holds_by_hand(game: ExtensiveGame, assessment: Equilibrium, by_hand: Callable[..., Any]) -> bool:
    """Beliefs are probabilities and follow Bayes' rule from every subgame; no plan of a player pays more anywhere."""
    beliefs = full_beliefs(game, assessment)
    for name, held in beliefs.items():
        information_set = game.information_sets[name]
        if sum(held.values()) != 1 or min(held.values()) < 0:
            return False
        for start in by_hand(game).subgames():
            if any(path[: len(start)] != start for path in information_set.paths):
                continue
            arrives = {p: by_hand(game, start).arrival(assessment.strategies, p) for p in information_set.paths}
            total = sum(arrives.values())
            if total and any(held[p] != weight / total for p, weight in arrives.items()):
                return False
        position = game.players.index(information_set.player)
        own = [s for s in game.information_sets.values() if s.player == information_set.player]
        play = assessment.strategies

        def pays(strategies: Any, held: Any = held, position: int = position) -> Fraction:
            return sum((w * by_hand(game, p).payoffs(strategies)[position] for p, w in held.items() if w), Fraction(0))

        for chosen in product(*(s.actions for s in own)):
            pure = {s.name: {a: Fraction(a == c) for a in s.actions} for s, c in zip(own, chosen, strict=True)}
            if pays({**play, **pure}) > pays(play):
                return False
    return True


def signalling(payoffs: Callable[[], Any], prior: Any) -> ExtensiveGame:
    def sends(kind: str) -> Decision:
        return Decision(
            "A",
            {m: Decision("B", {r: leaf(payoffs(), payoffs()) for r in "lr"}, f"after {m}") for m in "xy"},
            f"type {kind}",
        )

    return ExtensiveGame(("A", "B"), Chance({"one": (prior, sends("one")), "two": (1 - prior, sends("two"))}))


def moved(rng: random.Random, game: ExtensiveGame, equilibrium: Equilibrium) -> Equilibrium:
    """The assessment with one belief or one mixture changed, by little or much."""
    beliefs, strategies = full_beliefs(game, equilibrium), dict(equilibrium.strategies)
    several = [name for name, s in game.information_sets.items() if len(s.paths) > 1]
    share = rng.choice((Fraction(1, 50), Fraction(1, 2), Fraction(1)))
    name = rng.choice(several if rng.random() < 0.5 else list(strategies))
    changed: dict[Any, Any] = beliefs if name in several and rng.random() < 0.7 else strategies
    target = rng.choice(list(changed[name]))
    changed[name] = {key: (1 - share) * w + share * (key == target) for key, w in changed[name].items()}
    return Equilibrium(strategies, {}, (), {n: held for n, held in beliefs.items() if len(held) > 1})


@pytest.mark.untraced
def test_an_assessment_is_a_case_exactly_where_it_is_a_perfect_bayesian_equilibrium(
    grown: Callable[..., ExtensiveGame], by_hand: Callable[..., Any]
) -> None:
    rng = random.Random(SEED)
    games = [signalling(lambda: rng.randint(-2, 4), Fraction(rng.randint(1, 4), 5)) for _ in range(4)]
    games += [grown(seed, depth=3, most_plans=6, widest=2) for seed in range(6)]
    held = broken = 0
    for game in games:
        if game.has_perfect_information:
            continue
        posed = Posed(cases := cases_of("perfect-bayesian", game))
        for equilibrium in [e for concept in ("perfect-bayesian", "sequential") for e in solve(game, concept)]:
            if any(isinstance(w, float) for mix in equilibrium.strategies.values() for w in mix.values()):
                continue
            assert posed.find(alike(cases, game, game, equilibrium)), (SEED, game)
            assert holds_by_hand(game, equilibrium, by_hand)
            for _ in range(3):
                other = moved(rng, game, equilibrium)
                holds = posed.find(alike(cases, game, game, other)) is not None
                assert holds == holds_by_hand(game, other, by_hand), (SEED, game, other)
                held, broken = held + holds, broken + (not holds)
    assert min(held, broken) > 10


def test_bayes_rule_in_formulas_divides_by_nothing() -> None:
    """Of a signalling game: belief · arrival = weight, so that off the path nothing is said."""
    letters = iter(f"a{k}" for k in range(16))
    game = signalling(lambda: var(next(letters)), var("prior"))
    found = rational_at_every_information_set(game, [])
    after = game.information_sets["after x"].paths
    held = [var(f"belief in {spelled(path)} at 'after x'") for path in after]
    sent = {kind: var(f"probability of 'x' at 'type {kind}'") for kind in ("one", "two")}
    weights = [var("prior") * sent["one"], (1 - var("prior")) * sent["two"]]
    for belief, weight in zip(held, weights, strict=True):
        assert equal((weights[0] + weights[1]) * belief, weight) in found.bound
    assert equal(held[0] + held[1], 1) in found.bound
    beliefs = [unknown for unknown in found.unknowns if unknown.name.startswith("belief")]
    assert len(beliefs) == 4
    assert all(unknown.free for unknown in beliefs)


def two_steps() -> ExtensiveGame:
    """Z may stop. Else A, who cannot see which way Z went, may leave with 3/2, or meet B's l and get 2 from a.

    At its second move A may think that B played r, against which b is better, so that leaving looks best one choice at
    a time; but by its belief at the first move, entering and then a pays 2 for sure.
    """

    def reached(way: str) -> Decision:
        reply = {
            "l": Decision("A", {"a": leaf(0, 2, 1), "b": leaf(0, 1, 1)}, "A again"),
            "r": Decision("A", {"a": leaf(0, 0, 0), "b": leaf(0, 1, 0)}, "A again"),
        }
        return Decision("A", {"leave": leaf(0, Fraction(3, 2), 0), "enter": Decision("B", reply, "B")}, "A")

    ways = {"stop": leaf(1, 0, 0), "left": reached("left"), "right": reached("right")}
    return ExtensiveGame(("Z", "A", "B"), Decision("Z", ways, "Z"))


def test_what_is_rational_choice_by_choice_and_not_as_a_plan_is_no_equilibrium(by_hand: Callable[..., Any]) -> None:
    game = two_steps()
    found = solve(game, "perfect-bayesian")
    assert len(found) >= 1
    for equilibrium in found:
        assert equilibrium["A"]["enter"] == 1
        assert set(belief_regret(game, equilibrium.strategies, equilibrium.beliefs).values()) == {0}
    certain = {
        n: {a: Fraction(a in ("stop", "leave", "b", "l")) for a in s.actions} for n, s in game.information_sets.items()
    }
    wrong = {path: Fraction(path[2] == "r", 2) for path in game.information_sets["A again"].paths}
    half = {n: {p: Fraction(1, 2) for p in game.information_sets[n].paths} for n in ("A", "B")}
    assessment = Equilibrium(certain, {}, (), {"A again": wrong, **half})
    assert not is_a_case("perfect-bayesian", game, assessment)
    assert not holds_by_hand(game, assessment, by_hand)
    assert belief_regret(game, certain, assessment.beliefs) == {"Z": 0, "A": Fraction(1, 2), "B": 0, "A again": 0}
