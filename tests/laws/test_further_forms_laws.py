"""What every solution concept of repeated games and of graph models must satisfy, on seeded random games."""

import random
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from games import Equilibria, GraphModel, RepeatedGame, StrategicGame, solve
from games.solvers.concept import CONCEPTS, Concept, holds

SEED = 1951
Game = RepeatedGame | GraphModel


def repeated(seed: int) -> RepeatedGame:
    rng = random.Random(f"{SEED} repeated {seed}")
    states = ("s0", "s1")[: rng.randint(1, 2)]
    menus = {player: tuple("xyz"[: rng.randint(1, 3 if len(states) == 1 else 2)]) for player in ("A", "B")}
    profiles = list(product(*menus.values()))
    odds = {}
    for state in states:
        weights = [rng.randint(1, 3) for _ in states]
        odds[state] = {after: Fraction(w, sum(weights)) for after, w in zip(states, weights, strict=True)}
    return RepeatedGame(
        {s: StrategicGame(menus, {p: (rng.randint(0, 4), rng.randint(0, 4)) for p in profiles}) for s in states},
        {player: Fraction(rng.randint(0, 9), 10) for player in menus},
        odds,
    )


def graph(seed: int) -> GraphModel:
    rng = random.Random(f"{SEED} graph {seed}")
    states = ("s0", "s1", "s2", "s3", "s4")
    players = ("A", "B", "C")[: rng.randint(2, 3)]
    return GraphModel(
        {state: tuple(rng.randint(0, 4) for _ in players) for state in states},
        {p: {s: tuple(t for t in states if t != s and rng.random() < 0.35) for s in states} for p in players},
    )


FAMILY: list[Game] = [*(repeated(k) for k in range(15)), *(graph(k) for k in range(20))]
CASES = [(c, k) for c in CONCEPTS.values() for k, game in enumerate(FAMILY) if isinstance(game, c.form)]
on_every_game = pytest.mark.parametrize(
    ("concept", "number"), [pytest.param(*case, id=f"{case[0].name} {case[1]}") for case in CASES]
)


def rebuilt(
    game: Game,
    number: Callable[[int, Any], Any] = lambda position, value: value,
    label: Callable[[str], str] = lambda name: name,
    order: Callable[[list[Any]], list[Any]] = lambda items: items,
) -> Game:
    """The game with each player's payoffs put through ``number``, labels through ``label``, lists through ``order``."""
    if isinstance(game, GraphModel):
        return GraphModel(
            {label(s): tuple(number(k, v) for k, v in enumerate(row)) for s, row in order(list(game.payoffs.items()))},
            {
                label(p): {label(s): tuple(map(label, order(list(targets)))) for s, targets in arcs.items()}
                for p, arcs in game.moves.items()
            },
        )
    stages, transitions = {}, {}
    for state, stage in order(list(game.stages.items())):
        stages[label(state)] = StrategicGame(
            {label(p): tuple(order([label(a) for a in own])) for p, own in stage.strategies.items()},
            {
                tuple(map(label, profile)): tuple(number(k, v) for k, v in enumerate(row))
                for profile, row in stage.payoffs.items()
            },
        )
        transitions[label(state)] = {
            tuple(map(label, profile)): {label(after): weight for after, weight in odds.items()}
            for profile, odds in game.transitions[state].items()
        }
    return RepeatedGame(stages, {label(p): d for p, d in game.discounts.items()}, transitions, label(game.start))


def plays(equilibria: Equilibria, label: Callable[[str], str] = lambda name: name) -> Counter[Any]:
    """Who does what in each equilibrium; the parts of a key are labels, joined by the phase."""

    def key(name: str) -> str:
        player, comma, rest = name.partition(", ")
        phase, colon, state = rest.partition(": ")
        return label(player) + comma + phase + colon + (label(state) if state else "")

    return Counter(
        frozenset((key(who), label(a), w) for who, mix in e.strategies.items() for a, w in mix.items() if w)
        for e in equilibria
    )


@on_every_game
def test_labels_and_their_order_do_not_matter(concept: Concept, number: int) -> None:
    game = FAMILY[number]
    found = concept.solve(game)
    assert max(plays(found).values(), default=1) == 1, "an equilibrium is listed twice"
    assert plays(concept.solve(rebuilt(game, order=lambda items: items[::-1]))) == plays(found)
    renamed = concept.solve(rebuilt(game, label=lambda old: f"new {old[::-1]}"))
    assert plays(renamed) == plays(found, label=lambda old: f"new {old[::-1]}")


@on_every_game
def test_the_unit_and_the_zero_of_a_payoff_do_not_matter(concept: Concept, number: int) -> None:
    game = FAMILY[number]
    found = concept.solve(game)
    for factor, shift in ((Fraction(1), Fraction(-7, 3)), (Fraction(5, 2), Fraction(0))):
        changed = rebuilt(game, number=lambda k, v, f=factor, s=shift: v * f + s if k == 0 else v)
        again = concept.solve(changed)
        assert plays(again) == plays(found)
        first = game.players[0]
        assert [e.payoffs[first] for e in again] == [e.payoffs[first] * factor + shift for e in found]


@on_every_game
def test_conditions_hold_at_every_equilibrium(concept: Concept, number: int) -> None:
    game = FAMILY[number]
    assert concept.conditions is not None
    for equilibrium in concept.solve(game):
        assert all(map(holds, concept.conditions(game, equilibrium.strategies)))


@on_every_game
def test_the_same_comparisons_mean_the_same_answer(concept: Concept, number: int) -> None:
    game = FAMILY[number]
    found = concept.solve(game)
    rng = random.Random(SEED)
    assert concept.comparisons is not None
    signs = [(value > 0) - (value < 0) for value in concept.comparisons(game, found)]
    for size in (Fraction(1, 100), Fraction(1)):
        moved = rebuilt(game, number=lambda _, v, s=size: v * 2 + s * Fraction(rng.randint(-100, 100), 101))
        if [(value > 0) - (value < 0) for value in concept.comparisons(moved, found)] == signs:
            assert plays(concept.solve(moved)) == plays(found)


@on_every_game
def test_the_same_question_has_the_same_answer(concept: Concept, number: int) -> None:
    found, again = concept.solve(FAMILY[number]), concept.solve(rebuilt(FAMILY[number]))
    assert (again, str(again), again._repr_html_()) == (found, str(found), found._repr_html_())
    assert all(isinstance(value, int | Fraction) for e in found for value in e.payoffs.values())
    assert solve(FAMILY[number], concept.name) == found
