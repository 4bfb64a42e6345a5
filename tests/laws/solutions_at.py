"""Solutions with free parameters at exact points, beside what the solver lists there.

Of trees the plays and payoffs of all equilibria; of strategic games every equilibrium, and that nobody gains by
deviating, from the payoffs alone.
"""

import random
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import TypeAlias

from analyses.sampling.designs import drawings
from analyses.solution import Region, Solution
from games import ExtensiveGame, StrategicGame, solve
from games.forms.extensive import Chance

SEED = 1809

Place: TypeAlias = Mapping[str, Fraction]
"""Exact values of the free parameters."""


def points(solution: Solution, count: int) -> Iterator[Place]:
    """Admissible points on coarse and fine grids, and one of each cell."""
    rng = random.Random(SEED)
    yield from (dict(cell.example) for cell in solution.cells)
    for number in range(count):
        steps = (2, 4, 5, 20, 1000)[number % 5]
        ends = {name: solution.model.by_name[name] for name in solution.free}
        at = {n: p.low + (p.high - p.low) * Fraction(rng.randint(0, steps), steps) for n, p in ends.items()}
        whole = {s.name: v for s, v in solution.point.items()} | at
        if solution.model.broken(solution.model.point(**whole)) is None:
            yield at


def game_at(solution: Solution, at: Place) -> object:
    return solution.model.at(**({s.name: v for s, v in solution.point.items()} | at))


def plays_agree(solution: Solution, points: Iterable[Place]) -> int:
    """Of a tree: the plays and what they pay are those of all equilibria that the solver lists."""
    seen = 0
    for at in points:
        game = game_at(solution, at)
        assert isinstance(game, ExtensiveGame)
        equilibria = solve(game, "subgame-perfect")
        listed = {
            (frozenset(one.path for one in e.outcomes if one.probability), tuple(e.payoffs.values()))
            for e in equilibria
        }
        found = set()
        for here in solution.at(**at):
            chosen = {place: next(iter(own)) for place, own in here.strategies.items()}
            found.add((frozenset(ends(game, chosen)), tuple(here.payoffs.values())))
        assert found == listed or (found < listed and not solution.complete), (SEED, at)
        seen += len(found)
    return seen


def ends(game: ExtensiveGame, chosen: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """The outcomes that are reached where this is chosen."""
    for path in game.paths:
        steps = ((path[:k], path[k]) for k in range(len(path)))
        if all(_goes(game, before, step, chosen) for before, step in steps):
            yield path


def _goes(game: ExtensiveGame, before: tuple[str, ...], step: str, chosen: dict[str, str]) -> bool:
    node = game.nodes[before]
    if isinstance(node, Chance):
        return node.events[step][0] > 0
    return chosen.get(game.information_set_at(before)) == step


def regrets(game: StrategicGame, mixed: dict[str, dict[str, Fraction]]) -> bool:
    """Whether anybody gains by deviating, from the payoffs alone."""
    players = list(game.players)

    def expected(own: dict[str, dict[str, Fraction]], who: int) -> Fraction:
        total = Fraction(0)
        for profile in product(*(game.strategies[p] for p in players)):
            weight = Fraction(1)
            for p, label in zip(players, profile, strict=True):
                weight *= own[p].get(label, Fraction(0))
            if weight:
                total += weight * game.payoff(profile, players[who])
        return total

    for who, player in enumerate(players):
        pays = expected(mixed, who)
        if any(expected({**mixed, player: {a: Fraction(1)}}, who) > pays for a in game.strategies[player]):
            return True
    return False


def nash_agrees(solution: Solution, points: Iterable[Place]) -> int:
    """Every equilibrium listed is one of the solution's, and all of these are equilibria."""
    seen = 0
    for at in points:
        game = game_at(solution, at)
        assert isinstance(game, StrategicGame)
        here = solution.at(**at)
        supports = [
            {place: {c for c, w in own.items() if w != 0} for place, own in each.strategies.items()} for each in here
        ]
        for each in here:
            if not each.open:
                mixed = {p: {c: Fraction(w) for c, w in own.items()} for p, own in each.strategies.items()}
                assert all(min(own.values()) >= 0 and sum(own.values()) == 1 for own in mixed.values()), (SEED, at)
                assert not regrets(game, mixed), (SEED, at, each)
                seen += 1
        for equilibrium in solve(game, "nash") if solution.complete else ():
            support = {place: {c for c, w in own.items() if w} for place, own in equilibrium.strategies.items()}
            assert support in supports, (SEED, at, support)
            exact = [each for each, own in zip(here, supports, strict=True) if own == support and not each.open]
            if exact:
                (one,) = exact
                for place, own in equilibrium.strategies.items():
                    assert all(one.strategies[place][c] == w for c, w in own.items()), (SEED, at)
    return seen


def drawn(solution: Solution, count: int) -> Iterator[Place]:
    """Points drawn from all that is admissible."""
    (drawing,) = drawings(solution.posed.premise_set, "random", count, SEED)
    for batch in drawing.batches(count):
        for row in range(len(batch)):
            yield {symbol.name: value for symbol, value in batch.point(row).items() if symbol.name in solution.free}


def tied(solution: Solution, places: Iterable[Place]) -> Iterator[Place]:
    """The places moved onto a boundary of some region, where that is admissible."""
    rng = random.Random(SEED)
    boundaries = sorted({part.of for r in solution.regions for each in r.alternatives for part in each}, key=str)
    for place in places:
        for _ in range(10):
            boundary, name = rng.choice(boundaries), rng.choice(solution.free)
            none, one, two = (boundary.at({**place, name: Fraction(value)}) for value in (0, 1, 2))
            if one != none and two - one == one - none:
                moved = {**place, name: Fraction(none) / (Fraction(none) - one)}
                if is_admissible(solution, moved):
                    yield moved
                    break


def is_admissible(solution: Solution, at: Place) -> bool:
    """Whether the values keep to the ranges, the assumptions and the premises."""
    by_name = solution.model.by_name
    whole = {s.name: v for s, v in solution.point.items()} | dict(at)
    return (
        all(by_name[name].low <= value <= by_name[name].high for name, value in at.items())
        and solution.model.broken(solution.model.point(**whole)) is None
    )


def inside(solution: Solution, region: Region, count: int) -> Iterator[Place]:
    """Draws that lie in the region."""
    found = 0
    for place in drawn(solution, 200 * count):
        if region.holds(place):
            yield place
            found += 1
            if found == count:
                return
