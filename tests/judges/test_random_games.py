"""Answers for random games, judged by the definitions: nothing wrong, nothing missing, no component wrong.

A few games belong to the suite, a third of the many to ``pytest -m long tests/judges``; with ``JUDGED_GAMES=5000`` in
the environment all of them: that many of two players, a fifth as many of several players and as many trees. Game after
game is made from its number alone, so that one that fails can be made again.
"""

import os
import random
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import Any, TypeAlias

import pytest

from games import Chance, Decision, Equilibria, Equilibrium, ExtensiveGame, Outcome, StrategicGame, solve
from judges import strategic, trees
from judges.formulas import Interval

MANY = int(os.environ.get("JUDGED_GAMES", "1667"))
"""How many games of two players the long run judges."""

FEW = 60
"""How many of them the suite judges."""

SHARE = 5
"""So many games of two players go with one of several players and one tree."""

CLOSE = 1e-9
"""How far a numeric probability may be from the judge's."""

Corners: TypeAlias = frozenset[tuple[Fraction, ...]]


def strategic_game(rng: random.Random, sizes: tuple[int, ...], high: int) -> StrategicGame:
    strategies = {f"P{k}": tuple("abcdef"[:size]) for k, size in enumerate(sizes)}
    paid = {profile: tuple(rng.randint(0, high) for _ in sizes) for profile in product(*strategies.values())}
    return StrategicGame(strategies, paid)


def of_two(number: int) -> StrategicGame:
    """Small ones, most of them full of ties."""
    rng = random.Random(f"two {number}")
    sizes = rng.choice([(1, 3), (2, 2), (2, 2), (2, 3), (3, 2), (2, 3), (3, 2), (2, 4), (3, 3)])
    return strategic_game(rng, sizes, rng.choice([1, 2, 3, 9, 10**6]))


def of_three(number: int) -> StrategicGame:
    rng = random.Random(f"three {number}")
    return strategic_game(rng, (2, 2, 2), rng.choice([1, 2, 3, 9, 99]))


def tree(number: int, players: str, hidden: bool) -> ExtensiveGame:
    """Two or three moves deep; ``hidden``: the second mover does not see the first move."""
    rng = random.Random(f"tree {number} {players} {hidden}")
    high = rng.choice([1, 2, 9])

    def leaf() -> Outcome:
        return Outcome(tuple(rng.randint(0, high) for _ in players))

    def second(last: int) -> Any:
        menu = {"l": third(), "r": third()}
        return Decision(players[1], menu, "unseeing" if hidden else None)

    def third() -> Any:
        kind = rng.random()
        if kind < 0.35:
            return Decision(players[-1 if rng.random() < 0.5 else 0], {"u": leaf(), "d": leaf()})
        if kind < 0.5:
            return Chance({"rain": (Fraction(1, 3), leaf()), "sun": (Fraction(2, 3), leaf())})
        return leaf()

    first = {"x": second(0), "y": second(1), **({"out": leaf()} if rng.random() < 0.6 else {})}
    return ExtensiveGame(tuple(dict.fromkeys(players)), Decision(players[0], first))


def weights(mix: Any) -> tuple[Any, ...]:
    return tuple(mix.values())


def products(found: Equilibria) -> set[tuple[Corners, ...]]:
    """Each component as the corners of each player's part."""
    return {
        tuple(frozenset(weights(found[k].strategies[who]) for k in component.members) for who in found[0].strategies)
        for component in found.components
    }


def judge_two(number: int) -> bool:
    game = of_two(number)
    found = solve(game, "nash")
    assert found.complete
    assert found.exact
    families = strategic.two_player_equilibria(game)
    assert all(strategic.is_nash(game, one.strategies) for one in found)
    theirs = {tuple(frozenset(map(weights, family.corners[p])) for p in game.players) for family in families}
    assert products(found) == theirs
    assert {tuple(map(weights, one.strategies.values())) for one in found} == {
        tuple(map(weights, play.values())) for family in families for play in family.vertices()
    }
    return len(theirs) > 1


def middle(weight: Any) -> float:
    return float((weight.low + weight.high) / 2) if isinstance(weight, Interval) else float(weight)


def nearest(play: strategic.Play, listed: Sequence[Equilibrium]) -> float:
    """How far the play is from the nearest that is listed."""
    return min(
        max(abs(middle(weight) - float(one.strategies[who][s])) for who in play for s, weight in play[who].items())
        for one in listed
    )


def judge_three(number: int) -> bool:
    game = of_three(number)
    found = solve(game, "nash")
    for one in found:
        if not one.is_numeric:
            assert strategic.is_nash(game, one.strategies)
    known = strategic.three_player_equilibria(game)
    points = [family.vertices()[0] for family in known.families if family.is_point]
    whole = found.complete and all(component.is_point for component in found.components)
    if not whole:
        # A continuum is listed by some of its points; what the judge knows to stand alone is listed all the same.
        return False
    assert all(family.is_point for family in known.families)
    for play in (*points, *known.irrational):
        assert nearest(play, found) < CLOSE
    if known.complete:
        assert len(found) == len(points) + len(known.irrational)
    return True


def payoffs(found: Iterator[Any]) -> set[tuple[Fraction, ...]]:
    return {tuple(map(Fraction, one)) for one in found}


def judge_tree(number: int) -> bool:
    """Backward induction; Nash equilibria of plans; what is listed for subgames."""
    seen = tree(number, "ABC", hidden=False)
    perfect = solve(seen, "subgame-perfect")
    theirs = [trees.in_pure(seen, plan) for _, plan in trees.pure_subgame_perfect(seen)]
    assert len(perfect) == len(theirs)
    assert all(one.strategies in theirs for one in perfect)
    hidden = tree(number, "AB", hidden=True)
    found = solve(hidden, "nash")
    form = trees.normal_form(hidden)
    families = strategic.two_player_equilibria(form.table)
    assert found.complete
    ours = payoffs(one.payoffs.values() for one in found)
    assert ours == payoffs(
        tuple(strategic.pays(form.table, play, who) for who in hidden.players)
        for family in families
        for play in family.vertices()
    )
    for one in solve(hidden, "subgame-perfect"):
        assert trees.is_subgame_perfect(hidden, one.strategies)
    for one in solve(hidden, "sequential"):
        assert trees.is_perfect_bayesian(hidden, one.strategies, with_all(hidden, one))
    return len(theirs) > 1


def with_all(game: ExtensiveGame, one: Equilibrium) -> dict[str, dict[tuple[str, ...], Fraction]]:
    """The beliefs, at single decisions, too."""
    alone = {name: {s.paths[0]: Fraction(1)} for name, s in game.information_sets.items()}
    return {name: dict(one.beliefs.get(name, alone[name])) for name in alone}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("judge", "share", "least"),
    [(judge_two, 1, 0.2), (judge_three, SHARE, 0.3), (judge_tree, SHARE, 0.1)],
    ids=["two players", "three players", "trees"],
)
@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.long)], ids=["few", "many"])
def test_answers_are_those_of_the_judges(judge: Callable[[int], bool], share: int, least: float, count: int) -> None:
    """``least``: of how many at least there is more to say than one equilibrium, or all of them are told."""
    numbers = range(count // share)
    assert sum(map(judge, numbers)) >= least * len(numbers)
