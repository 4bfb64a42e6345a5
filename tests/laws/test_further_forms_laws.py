"""What every solution concept of repeated and stochastic games and of graph models must satisfy, on seeded games."""

import random
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from games import Equilibria, GraphModel, InputError, RepeatedGame, StochasticGame, StrategicGame, solve
from games.ordered import ordered
from games.play.quantities import Payoff
from games.play.regret import regret
from games.solvers.concept import CONCEPTS, Concept
from games.terms import var

SEED = 1951
Game = RepeatedGame | StochasticGame | GraphModel


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


def stochastic(seed: int) -> StochasticGame:
    """A game of pure conflict in which one player chooses in each state, so that the value is a fraction."""
    rng = random.Random(f"{SEED} stochastic {seed}")
    states = ("s0", "s1", "s2")[: rng.randint(1, 3)]
    stages, moves = {}, {}
    for state in states:
        chooser, size = rng.choice("AB"), rng.randint(1, 3)
        menus = {player: tuple("xyz"[: size if player == chooser else 1]) for player in ("A", "B")}
        profiles = list(product(*menus.values()))
        stages[state] = StrategicGame(menus, {p: (v := rng.randint(-99, 99), -v) for p in profiles})
        moves[state] = {}
        for profile in profiles:
            weights = [rng.randint(1, 3) for _ in states]
            odds = {after: Fraction(w, sum(weights)) for after, w in zip(states, weights, strict=True)}
            moves[state][profile] = odds
    return StochasticGame(stages, moves, Fraction(rng.randint(0, 9), 10), rng.choice(states))


FAMILY: list[Game] = [
    *(repeated(k) for k in range(15)),
    *(graph(k) for k in range(20)),
    *(stochastic(k) for k in range(12)),
]
CASES = [(c, k) for c in CONCEPTS.values() for k, game in enumerate(FAMILY) if isinstance(game, c.form)]


def on(cases: list[tuple[Concept, int]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        ("concept", "number"), [pytest.param(*case, id=f"{case[0].name} {case[1]}") for case in cases]
    )


on_every_game = on(CASES)


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
    moves = game.moves if isinstance(game, StochasticGame) else game.transitions
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
            for profile, odds in moves[state].items()
        }
    if isinstance(game, StochasticGame):
        return StochasticGame(stages, transitions, game.discount_factor, label(game.start))
    return RepeatedGame(stages, {label(p): d for p, d in game.discounts.items()}, transitions, label(game.start))


def plays(equilibria: Equilibria, label: Callable[[str], str] = lambda name: name) -> Counter[Any]:
    """Who does what in each equilibrium; the parts of a key are labels, joined by the phase or by "in"."""

    def key(name: str) -> str:
        if " in " in name:
            return " in ".join(map(label, name.split(" in ")))
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
        # In a game of pure conflict the one gets what the other loses, in every unit.
        conflict = isinstance(game, StochasticGame)

        def number(k: int, value: Any, f: Fraction = factor, s: Fraction = shift, both: bool = conflict) -> Any:
            return value * f + s if k == 0 else value * f - s if both else value

        changed = rebuilt(game, number=number)
        again = concept.solve(changed)
        assert plays(again) == plays(found)
        first = game.players[0]
        assert [e.payoffs[first] for e in again] == [e.payoffs[first] * factor + shift for e in found]


@on_every_game
def test_while_no_margin_changes_its_sign_the_same_is_played(concept: Concept, number: int) -> None:
    """Of concepts whose cases are in order, with every payoff a parameter."""
    game = FAMILY[number]
    found = concept.solve(game)
    given: list[Fraction] = []

    def named(_: int, value: Any) -> Any:
        given.append(Fraction(value))
        return var(f"x{len(given) - 1}")

    formulas = rebuilt(game, number=named)
    reading = None if concept.cases is None else ordered(concept.cases(formulas, [Payoff(p) for p in game.players]))
    if reading is None:
        return
    margins = reading.around(numbered(given), 1_000).margins

    def signs(values: list[Fraction]) -> list[int]:
        return [(value > 0) - (value < 0) for value in (margin.at(numbered(values)) for margin in margins)]

    rng = random.Random(SEED)
    for size in (Fraction(1, 100), Fraction(1), Fraction(3)):
        for _ in range(4):
            moved = [value * 2 + size * Fraction(rng.randint(-100, 100), 101) for value in given]
            if signs(moved) == signs(given):
                each = iter(moved)
                other = rebuilt(game, number=lambda _, __, each=each: next(each))
                try:
                    again = concept.solve(other)
                except InputError:
                    assert concept.about, "only a concept about some games refuses others of the form"
                    continue
                assert plays(again) == plays(found)
    affine: list[Fraction] = []

    def stretched(player: int, value: Any) -> Fraction:
        affine.append(Fraction(value) * (player + 2) - 5)
        return affine[-1]

    rebuilt(game, number=stretched)
    assert not concept.own_units or signs(affine) == signs(given)


def numbered(values: list[Fraction]) -> dict[str, Fraction]:
    return {f"x{k}": value for k, value in enumerate(values)}


@on_every_game
def test_the_same_question_has_the_same_answer(concept: Concept, number: int) -> None:
    found, again = concept.solve(FAMILY[number]), concept.solve(rebuilt(FAMILY[number]))
    assert (again, str(again), again._repr_html_()) == (found, str(found), found._repr_html_())
    assert all(isinstance(value, int | Fraction) for e in found for value in e.payoffs.values())
    assert solve(FAMILY[number], concept.name) == found


@pytest.mark.parametrize("number", [k for k, game in enumerate(FAMILY) if isinstance(game, StochasticGame)])
def test_nobody_gains_in_a_stochastic_game_by_playing_otherwise(number: int) -> None:
    game = FAMILY[number]
    (equilibrium,) = solve(game)
    assert regret(game, equilibrium.strategies) == {"A": 0, "B": 0}
    assert isinstance(game, StochasticGame)
    assert equilibrium.payoffs == equilibrium.continuations[game.start,]


@pytest.mark.parametrize("number", range(len(FAMILY)))
def test_a_game_with_the_same_numbers_is_the_same_game(number: int) -> None:
    game = FAMILY[number]
    assert game.with_entries(game.entries) == game
    assert all(len(set(offered)) == len(offered) > 0 for offered in game.places.values())
    for equilibrium in solve(game):
        assert list(equilibrium.strategies) == list(game.places)
        assert all(set(mix) <= set(game.places[who]) for who, mix in equilibrium.strategies.items())
