"""Every concept looks at the clock at least once every so many of its own steps, and stops at its next look.

The clock counts function calls instead of seconds: `laws.counted_calls`.
"""

import random
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from games import (
    AlternatingOffers,
    BargainingProblem,
    Chance,
    Decision,
    ExtensiveGame,
    GraphModel,
    InputError,
    Outcome,
    RepeatedGame,
    StochasticGame,
    StrategicGame,
    solve,
)
from games.forms.game import Game
from games.solvers.concept import CONCEPTS
from laws.counted_calls import LATE, LIMITS, Clock, counted


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """What a library imports or compiles at its first use is not the search's time."""
    for game in (random_game(1, (2, 2), 3), random_game(1, (2, 2, 2), 3), tied_tree(2), signalling(2, 2, 2)):
        for concept in CONCEPTS.values():
            if isinstance(game, concept.form):
                with suppress(InputError):
                    concept.solve(game)


def random_game(seed: int, sizes: tuple[int, ...], high: int) -> StrategicGame:
    rng = random.Random(seed)
    own = {f"P{k}": tuple(f"{chr(97 + k)}{t}" for t in range(size)) for k, size in enumerate(sizes)}
    rows = {profile: tuple(rng.randint(-high, high) for _ in sizes) for profile in product(*own.values())}
    return StrategicGame(own, rows)


def opposed(seed: int, size: int) -> StrategicGame:
    rng = random.Random(seed)
    gains = [[rng.randint(-99, 99) for _ in range(size)] for _ in range(size)]
    return StrategicGame.bimatrix(gains, [[-gain for gain in row] for row in gains])


def mirrored(seed: int, size: int) -> StrategicGame:
    """A symmetric game: a random one and its transpose."""
    rng = random.Random(seed)
    rows = [[rng.randint(0, 2) for _ in range(size)] for _ in range(size)]
    return StrategicGame.bimatrix(rows, [list(column) for column in zip(*rows, strict=True)])


def identity(size: int) -> StrategicGame:
    rows = [[int(i == j) for j in range(size)] for i in range(size)]
    return StrategicGame.bimatrix(rows, rows)


def tied_tree(depth: int) -> ExtensiveGame:
    """Everybody is indifferent everywhere."""

    def node(left: int) -> Any:
        return Decision("AB"[left % 2], {a: node(left - 1) for a in "lr"}) if left else Outcome((0, 0))

    return ExtensiveGame(("A", "B"), node(depth))


def signalling(types: int, messages: int, answers: int) -> ExtensiveGame:
    rng = random.Random(types)

    def reply(message: int) -> Decision:
        ends = {f"r{k}": Outcome((rng.randint(-9, 9), rng.randint(-9, 9))) for k in range(answers)}
        return Decision("B", ends, f"after m{message}")

    drawn = {
        f"t{t}": (Fraction(1, types), Decision("A", {f"m{m}": reply(m) for m in range(messages)}, f"type {t}"))
        for t in range(types)
    }
    return ExtensiveGame(("A", "B"), Chance(drawn))


def many_ways_in_subgames(count: int) -> ExtensiveGame:
    """Behind each move of chance the same coordination, with three equilibria: as many as three to the power."""

    def coordination(k: int) -> Decision:
        second = {i: {j: Outcome((int(i == j), int(i == j))) for j in "lr"} for i in "lr"}
        return Decision("A", {i: Decision("B", ends, f"B{k}") for i, ends in second.items()}, f"A{k}")

    return ExtensiveGame(("A", "B"), Chance({f"e{k}": (Fraction(1, count), coordination(k)) for k in range(count)}))


def three_behind_each_other(depth: int) -> ExtensiveGame:
    """Three players in turn, who never learn of each other: as many plans as two to the power of the depth."""
    rng = random.Random(depth)

    def node(left: int, told: str) -> Any:
        if not left:
            return Outcome(tuple(rng.randint(0, 3) for _ in range(3)))
        player = "ABC"[left % 3]
        return Decision(player, {a: node(left - 1, told + a) for a in "lr"}, f"{player}{left} {told[::3]}")

    return ExtensiveGame(("A", "B", "C"), node(depth, ""))


def repeated(size: int, states: int) -> RepeatedGame:
    stages = {f"s{k}": random_game(k, (size, size), 3) for k in range(states)}
    odds = {s: {p: {f"s{(k + 1) % states}": 1} for p in stage.payoffs} for k, (s, stage) in enumerate(stages.items())}
    return RepeatedGame(stages, {"P0": Fraction(9, 10), "P1": Fraction(9, 10)}, odds, "s0")


def stochastic(size: int, states: int, zero_sum: bool) -> StochasticGame:
    stages = {f"s{k}": opposed(k, size) if zero_sum else random_game(k, (size, size), 9) for k in range(states)}
    moves = {s: {p: {f"s{(k + 1) % states}": 1} for p in stage.payoffs} for k, (s, stage) in enumerate(stages.items())}
    return StochasticGame(stages, moves, Fraction(9, 10))


def graph(count: int, makers: int) -> GraphModel:
    rng = random.Random(count)
    states = [f"s{k}" for k in range(count)]
    moves = {
        f"D{k}": {one: tuple(to for to in rng.sample(states, 6) if to != one) for one in states} for k in range(makers)
    }
    return GraphModel({state: tuple(rng.randint(0, 5) for _ in range(makers)) for state in states}, moves)


def talks(players: str, rounds: int | None) -> AlternatingOffers:
    worth = {player: Fraction(k + 1, 20) for k, player in enumerate(players)}
    factors = {player: Fraction(9 - k, 10) for k, player in enumerate(players)}
    return AlternatingOffers(tuple(players), factors, rounds, outside=worth, inside=worth, floors=worth)


def strike() -> AlternatingOffers:
    """Two players who propose three times each in a cycle; one presses or not after each refusal."""
    inside = {"strike": {"A": 0, "B": 0}, "work": {"A": "1/4", "B": "1/2"}}
    return AlternatingOffers(("A", "B") * 3, {"A": "9/10", "B": "9/10"}, inside=inside, presser="A")


def points(count: int, players: int) -> BargainingProblem:
    rng = random.Random(count)
    names = "ABCD"[:players]
    return BargainingProblem(
        dict.fromkeys(names, 0), {f"p{k}": tuple(rng.randint(-9, 99) for _ in names) for k in range(count)}
    )


LARGE: dict[str, Callable[[], Game]] = {
    "two players, 30×30": lambda: random_game(1, (30, 30), 99),
    "two players, tied": lambda: random_game(1, (12, 12), 0),
    "two players, identity": lambda: identity(14),
    "two players, 100×100": lambda: random_game(2, (100, 100), 9),
    "two players, opposed": lambda: opposed(1, 60),
    "two players, mirrored": lambda: mirrored(1, 14),
    "three players": lambda: random_game(1, (6, 6, 6), 9),
    "nine players": lambda: random_game(1, (2,) * 9, 9),
    "three players, tied": lambda: random_game(1, (4, 4, 4), 0),
    "a tied tree": lambda: tied_tree(11),
    "signalling": lambda: signalling(4, 4, 4),
    "ways in subgames": lambda: many_ways_in_subgames(12),
    "three in a tree": lambda: three_behind_each_other(9),
    "repeated": lambda: repeated(3, 3),
    "stochastic, opposed": lambda: stochastic(12, 12, zero_sum=True),
    "stochastic": lambda: stochastic(4, 8, zero_sum=False),
    "graph": lambda: graph(120, 3),
    "talks of three": lambda: talks("ABC", None),
    "talks of hundreds of rounds": lambda: talks("AB", 400),
    "a strike": strike,
    "many points": lambda: points(300, 4),
}

PAIRS = [
    pytest.param(name, concept, id=f"{concept}: {name}")
    for name, make in LARGE.items()
    for game in [make()]
    for concept in sorted(CONCEPTS)
    if isinstance(game, CONCEPTS[concept].form)
]


@pytest.mark.untraced
@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize(("name", "concept"), PAIRS)
def test_it_stops_at_its_next_look(name: str, concept: str, limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    game = LARGE[name]()
    clock = Clock(limit + LATE)
    try:
        with counted(clock, monkeypatch):
            answer = solve(game, concept, time_limit=limit)
    except InputError:
        return
    print(name, concept, limit, clock.calls, answer.complete)
    assert answer.complete or answer.remarks
