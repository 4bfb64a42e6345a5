"""What is played at exact points, against the solvers; and that it stays while no margin changes its sign."""

import random
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import sympy
from sympy import Integer, Max, Min, Rational, symbols

from games import Chance, Decision, ExtensiveGame, GraphModel, Outcome, RepeatedGame, StrategicGame, solve
from games.forms.extensive import Node
from games.forms.game import Game
from games.formulas.polynomials import Entries
from games.formulas.values import evaluate
from games.ordered import Around, ManyWaysError, Ordered, ordered
from games.play.quantities import Chosen, Payoff, Quantity, Reach, quantity_at
from games.solvers.concept import concept_for

SEED = 1843
MOST = 1_000
x, y, z = symbols("x y z")
FORMULAS = (x, y, z, x + y, 2 * x - z, x * y, Integer(0), Integer(1), Rational(1, 2))
ORDERED = {
    "strategic": ("pure-nash", "payoff-dominant"),
    "tree": ("subgame-perfect",),
    "graph": ("nash-stable", "general-metarational", "symmetric-metarational", "sequentially-stable"),
    "repeated": ("grim-trigger",),
}


def entry(rng: random.Random) -> Any:
    return rng.choice(FORMULAS)


def strategic(rng: random.Random) -> StrategicGame:
    sizes = rng.choice([(2, 2), (2, 3), (3, 3), (2, 2, 2)])
    players = tuple("ABC"[: len(sizes)])
    strategies = {p: tuple(f"{p.lower()}{k}" for k in range(size)) for p, size in zip(players, sizes, strict=True)}
    profiles = product(*strategies.values())
    return StrategicGame(strategies, {profile: tuple(entry(rng) for _ in players) for profile in profiles})


def node(rng: random.Random, depth: int) -> Node:
    if depth == 0 or (depth < 3 and rng.random() < 0.2):
        return Outcome((entry(rng), entry(rng)))
    if depth < 3 and rng.random() < 0.25:
        return Chance({"one": (Rational(1, 3), node(rng, depth - 1)), "two": (Rational(2, 3), node(rng, depth - 1))})
    return Decision(rng.choice("AB"), {f"m{k}": node(rng, depth - 1) for k in range(rng.choice((2, 2, 3)))})


def tree(rng: random.Random) -> ExtensiveGame:
    root = node(rng, 3)
    return ExtensiveGame(("A", "B"), root if isinstance(root, Decision) else Decision("A", {"go": root}))


def graph(rng: random.Random) -> GraphModel:
    states = ("s", "t", "u", "v")
    moves = {
        player: {a: tuple(b for b in states if a != b and rng.random() < 0.5) for a in states} for player in ("A", "B")
    }
    return GraphModel({state: tuple(entry(rng) for _ in "AB") for state in states}, moves)


def repeated(rng: random.Random) -> RepeatedGame:
    table = {(a, b): (entry(rng), entry(rng)) for a in ("c", "d") for b in ("c", "d")}
    stage = StrategicGame({"A": ("c", "d"), "B": ("c", "d")}, table)
    return RepeatedGame({"only": stage}, {"A": Rational(1, 2), "B": (z + 1) / 4})


MAKERS = {"strategic": strategic, "tree": tree, "graph": graph, "repeated": repeated}


def quantities(game: Game) -> list[Quantity]:
    """What is paid, and what is reached or chosen."""
    paid: list[Quantity] = [Payoff(player) for player in game.players]
    if isinstance(game, StrategicGame):
        return paid + [Chosen(dict(zip(game.players, profile, strict=True))) for profile in game.profiles]
    if isinstance(game, ExtensiveGame):
        return paid + [Reach(path) for path in game.outcomes]
    if isinstance(game, GraphModel):
        return paid + [Reach((state,)) for state in game.states]
    return paid + [Reach(path) for path in dict.fromkeys(map(game.path, game.plans))]


def read(game: Game, concept: str, asked: Sequence[Quantity]) -> tuple[Ordered, Entries]:
    entries = Entries()
    definition = concept_for(game, concept).cases
    assert definition is not None
    found = ordered(definition(game.with_entries([entries(value) for value in game.entries]), asked))
    assert found is not None
    return found, entries


def at(game: Game, point: dict[str, Fraction]) -> Game:
    values = {sympy.Symbol(name): value for name, value in point.items()}
    return game.with_entries([evaluate(value, values) for value in game.entries])


def listed(game: Game, concept: str, asked: Sequence[Quantity]) -> Counter[tuple[Fraction, ...]]:
    """What the solver lists, by the values of the quantities."""
    found = solve(game, concept)
    return Counter(tuple(quantity_at(game, found.game, e, quantity) for quantity in asked) for e in found)


def drawn(rng: random.Random) -> dict[str, Fraction]:
    """Few values, so that payoffs tie."""
    return {name: Fraction(rng.choice((-1, 0, 0, 1, 2)), rng.choice((1, 2))) for name in ("x", "y")} | {
        "z": Fraction(rng.choice((-1, 0, 1, 2)))
    }


EACH = [(form, concept) for form, concepts in ORDERED.items() for concept in concepts]


@pytest.mark.parametrize(("form", "concept"), EACH)
def test_what_is_played_is_what_the_solver_lists(form: str, concept: str) -> None:
    """At points full of ties; agreements that several threats hold up count once, and so do trees' off the path."""
    rng = random.Random(SEED)
    several = 0
    for number in range(25):
        game = MAKERS[form](rng)
        asked = quantities(game)
        reading, _ = read(game, concept, asked)
        for _ in range(4):
            point = drawn(rng)
            known = listed(at(game, point), concept, asked)
            found: Counter[tuple[Fraction, ...]] = Counter()
            for played in reading.played(point, MOST):
                found[tuple(played.value(quantity) for quantity in asked)] += played.count
            where = f"seed {SEED}, game {number} at {point}"
            assert found.keys() == known.keys(), where
            if form != "repeated":
                assert found == known, where
            around = reading.around(point, MOST)
            assert {tuple(p.value(q) for q in asked) for p in around.played} == known.keys(), where
            assert sum(p.count for p in around.played) == sum(found.values()), where
            several += len(known) > 1
    assert several > 5, f"seed {SEED}"


def signs(found: Around, point: dict[str, Fraction]) -> list[int]:
    values = [margin.at(point) for margin in found.margins]
    return [(value > 0) - (value < 0) for value in values]


@pytest.mark.parametrize(("form", "concept"), EACH)
def test_while_no_margin_changes_its_sign_the_same_formulas_are_played(form: str, concept: str) -> None:
    rng = random.Random(SEED)
    alike = changed = 0
    for number in range(12):
        game = MAKERS[form](rng)
        asked = quantities(game)
        reading, _ = read(game, concept, asked)
        point = drawn(rng) if rng.random() < 0.5 else {name: Fraction(rng.randint(-20, 40), 21) for name in "xyz"}
        around = reading.around(point, MOST)
        for _ in range(8):
            size = rng.choice((Fraction(1, 50), Fraction(1), Fraction(2)))
            moved = {n: v + size * Fraction(rng.randint(-10, 10), 10) for n, v in point.items()}
            moved["z"] = min(max(moved["z"], Fraction(-1)), Fraction(2))
            known = listed(at(game, moved), concept, asked).keys()
            told = {tuple(evaluated(played.values[quantity], moved) for quantity in asked) for played in around.played}
            if signs(around, moved) == signs(around, point):
                assert told == known, f"seed {SEED}, game {number}: from {point} to {moved}"
                alike += 1
            else:
                changed += told != known
    assert alike > 10, f"seed {SEED}"
    assert changed > 5, f"seed {SEED}"


def evaluated(value: Any, point: dict[str, Fraction]) -> Fraction:
    return Fraction(value.num.at(point)) / value.den.at(point) if hasattr(value, "num") else Fraction(value.at(point))


@pytest.mark.parametrize(
    "payoff",
    [1 / x, x / (y - x), Min(x, y, 1), Max(x, 1 / (y + 2)), Min(x, 1) / Max(y, Rational(1, 3)), x / y + y / x],
    ids=str,
)
def test_quotients_and_extremes_are_cut_where_they_change(payoff: Any) -> None:
    rng = random.Random(SEED)
    game = ExtensiveGame(
        ("A", "B"),
        Decision("A", {"l": Outcome((payoff, x)), "r": Outcome((Rational(1, 2), payoff * y)), "s": Outcome((y, 0))}),
    )
    asked = quantities(game)
    reading, entries = read(game, "subgame-perfect", asked)
    alike = undefined = 0
    for _ in range(60):
        point = {name: Fraction(rng.randint(-4, 4), 2) for name in "xy"}
        around = reading.around(point, MOST, entries.ways)
        try:
            known = listed(at(game, point), "subgame-perfect", asked)
        except ZeroDivisionError:
            assert not around.defined
            assert not around.played
            assert any(margin.at(point) == 0 for margin in around.margins)
            undefined += 1
            continue
        assert {tuple(played.value(q) for q in asked) for played in around.played} == known.keys()
        moved = {name: value + Fraction(rng.randint(-9, 9), 40) for name, value in point.items()}
        if signs(around, moved) == signs(around, point):
            told = {tuple(evaluated(p.values[q], moved) for q in asked) for p in around.played}
            assert told == listed(at(game, moved), "subgame-perfect", asked).keys()
            alike += 1
    assert alike > 10
    assert undefined or not payoff.as_numer_denom()[1].free_symbols or payoff.has(Max)


def test_a_tie_that_holds_everywhere_has_no_margin() -> None:
    """Two actions pay the same formula, one of them by a chance move that adds up to it."""
    lottery = Chance({"a": (Rational(1, 4), Outcome((x,))), "b": (Rational(3, 4), Outcome((x,)))})
    game = ExtensiveGame(("A",), Decision("A", {"sure": Outcome((x,)), "risky": lottery, "other": Outcome((y,))}))
    reading, _ = read(game, "subgame-perfect", quantities(game))
    around = reading.around({"x": Fraction(2), "y": Fraction(1)}, MOST)
    assert [set(margin.terms.values()) for margin in around.margins] == [{1, -1}]
    assert len(around.played) == 2
    below = reading.around({"x": Fraction(0), "y": Fraction(1)}, MOST)
    assert around.margins == below.margins
    assert len(below.played) == 1


def test_ways_that_nobody_asks_about_are_one_and_are_counted() -> None:
    """Twelve tied decisions off the path, and one on it: two ways to play, each of 4,096 equilibria."""
    tied = {"l": Outcome((Integer(0), Integer(0))), "r": Outcome((Integer(0), Integer(0)))}
    off = Decision("A", {str(k): Decision("B", tied) for k in range(11)})
    game = ExtensiveGame(
        ("A", "B"),
        Decision("A", {"off": off, "one": Outcome((x, y)), "two": Outcome((x, Integer(1)))}),
    )
    reading, _ = read(game, "subgame-perfect", [Payoff("B"), Reach(("one",))])
    played = reading.played({"x": Fraction(1), "y": Fraction(1)}, MOST)
    assert len(played) == 2
    reading, _ = read(game, "subgame-perfect", [])
    (one,) = reading.played({"x": Fraction(1), "y": Fraction(1)}, MOST)
    assert one.count == 2 * 11 * 2**11
    reading, _ = read(game, "subgame-perfect", [Reach(path) for path in game.outcomes])
    with pytest.raises(ManyWaysError):
        reading.played({"x": Fraction(-1), "y": Fraction(1)}, 20)


def test_probabilities_that_are_left_to_be_found_are_not_in_order() -> None:
    game = StrategicGame.bimatrix([[x, -1], [-1, 1]], [[-1, 1], [1, -1]])
    entries = Entries()
    definition = concept_for(game, "nash").cases
    assert definition is not None
    assert ordered(definition(game.with_entries([entries(v) for v in game.entries]), [Payoff("Row")])) is None
