"""Payoffs of repeated games that promises hold up: each kept by nobody's gaining by one deviation (Abreu 1988).

A set of payoffs is made of equilibrium payoffs if each of them is what some profile pays now together with a promise
from the set, and nobody gains by deviating now and getting the worst of the set for good (Abreu, Pearce & Stacchetti
1990, Econometrica 58); with a public lottery, an average of such.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any, TypeAlias

from games.forms.repeated import RepeatedGame

Point: TypeAlias = tuple[Fraction, Fraction]


def are_held_up(game: RepeatedGame, points: Sequence[Point], agreements: Mapping[Point, Sequence[Any]]) -> bool:
    """Whether each point is the average of profiles and promises, and nobody deviates from any of these."""
    (stage,) = game.stages.values()
    worst = [min(point[k] for point in points) for k in (0, 1)]
    for point in points:
        drawn, sums = Fraction(0), [Fraction(0), Fraction(0)]
        for each in agreements[point]:
            drawn += each.probability
            for k, player in enumerate(game.players):
                delta = Fraction(game.discounts[player])
                kept = (1 - delta) * Fraction(stage.payoffs[each.profile][k]) + delta * each.payoffs[k]
                sums[k] += each.probability * kept
                for action in stage.strategies[player]:
                    changed = (*each.profile[:k], action, *each.profile[k + 1 :])
                    if (1 - delta) * Fraction(stage.payoffs[changed][k]) + delta * worst[k] > kept:
                        return False
        if drawn != 1 or tuple(sums) != point or any(each.probability <= 0 for each in agreements[point]):
            return False
    return True


def is_average(point: Point, points: Sequence[Point]) -> bool:
    """Whether the point is an average of the points, that is of at most three of them (Carathéodory 1907)."""
    if point in points:
        return True
    for a, b in combinations(points, 2):
        cross = (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
        if cross == 0 and all(min(a[k], b[k]) <= point[k] <= max(a[k], b[k]) for k in (0, 1)):
            return True
    for corners in combinations(points, 3):
        signs = set()
        for k in range(3):
            a, b = corners[k], corners[(k + 1) % 3]
            cross = (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
            signs.add((cross > 0) - (cross < 0))
        if 0 not in signs and len(signs) == 1:
            return True
    return False
