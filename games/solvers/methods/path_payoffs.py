"""Equilibrium payoffs of a repeated game without a lottery: squares that hold them, and payoffs of paths of play.

The set is that of all payoffs of paths of play none of whose ends anybody would leave for its worst path (Abreu 1988,
Econometrica 56). It may be a fractal. Squares of a grid hold it: those that no profile and promise from the other
squares reach are dropped until none is. Inside it are payoffs of paths that end in a cycle and hold each other up, and
of those that begin with another profile and go on with what is known.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import ceil, floor, isqrt
from typing import TypeAlias

from games.forms.strategic import Profile
from games.solvers.limits import expired
from games.solvers.methods.polygons import Point, Polygon, centre, hull, meet
from games.solvers.methods.self_generation import Promise, Rounds

Square: TypeAlias = tuple[Point, Point]
"""The least and the greatest point of a rectangle."""

Cell: TypeAlias = tuple[int, int]

Ways: TypeAlias = dict[Point, list[tuple[Profile, Point]]]
"""Payoffs, and the ways to have them: what is played first, and what is promised then."""

PER_SIDE = 48
"""Into so many parts each player's payoffs are divided at most."""

MOST_IMAGES = 60_000
"""The most squares times profiles; where there are many profiles, squares are greater."""

MOST_CYCLES = 300
"""The most cycles of play that are tried."""

MOST_POINTS = 2_500
"""The most points inside the set; one is kept for each square."""

LONGEST = 600
"""Points whose coordinates have more bits than this are not gone on from."""


@dataclass(frozen=True)
class Enclosed:
    """Points of the set with what is played and promised, squares that hold it, and how far these are from those."""

    agreements: Mapping[Point, tuple[Promise, ...]]
    squares: tuple[Square, ...]
    distance: Fraction | None


def enclosed(rounds: Rounds, holding: Polygon) -> Enclosed:
    """The set without a lottery, which lies in a polygon ``holding`` what there is with one."""
    if not holding:
        return Enclosed({}, (), Fraction(0))
    grid = _Grid(rounds, holding)
    cells = grid.covering()
    if not cells:
        return Enclosed({}, (), Fraction(0))
    ways = _inside(rounds, grid)
    agreements = {point: (Promise(*each[0]),) for point, each in sorted(ways.items())}
    squares = tuple(map(grid.square, sorted(cells)))
    distance = _farthest([grid.within(cell) for cell in cells], list(ways)) if ways else None
    return Enclosed(agreements, squares, distance)


def _farthest(parts: Sequence[Polygon], points: Sequence[Point]) -> Fraction:
    """No point of the parts is farther than this from one of the points: from the one that is nearest in floats."""
    import numpy as np

    places, found = np.array(points, dtype=float), Fraction(0)
    for part in parts:
        middle = np.array(centre(part), dtype=float)
        near = points[int(np.abs(places - middle).max(axis=1).argmin())]
        found = max(found, *(abs(corner[k] - near[k]) for corner in part for k in (0, 1)))
    return found


class _Grid:
    """Squares over a polygon that holds the set."""

    def __init__(self, rounds: Rounds, holding: Polygon) -> None:
        self.rounds, self.holding = rounds, holding
        self.low = [min(corner[k] for corner in holding) for k in (0, 1)]
        high = [max(corner[k] for corner in holding) for k in (0, 1)]
        per_side = min(PER_SIDE, max(8, isqrt(MOST_IMAGES // len(rounds.paid))))
        # Where all have the same payoff there is one place, as wide as nothing.
        self.part = [(b - a) / per_side for a, b in zip(self.low, high, strict=True)]
        self.sides = [per_side if b > a else 1 for a, b in zip(self.low, high, strict=True)]

    def square(self, cell: Cell) -> Square:
        """The square of the cell."""
        low, high = ([self.low[k] + (cell[k] + end) * self.part[k] for k in (0, 1)] for end in (0, 1))
        return (low[0], low[1]), (high[0], high[1])

    def within(self, cell: Cell) -> Polygon:
        """The part of its square in the polygon."""
        (left, below), (right, above) = self.square(cell)
        return meet(self.holding, hull([(left, below), (right, below), (right, above), (left, above)]))

    def cell(self, point: Point) -> Cell:
        """The cell of a point."""
        return self._place(point[0], 0), self._place(point[1], 1)

    def _place(self, value: Fraction, k: int) -> int:
        return min(floor((value - self.low[k]) / self.part[k]), self.sides[k] - 1) if self.part[k] else 0

    def covering(self) -> set[Cell]:
        """The cells that are left when those that nothing reaches are dropped, one round after the other."""
        columns, rows = map(range, self.sides)
        alive = {(i, j) for i in columns for j in rows if self.within((i, j))}
        while alive and not expired(f"{len(alive)} squares"):
            worst = tuple(self.low[k] + min(cell[k] for cell in alive) * self.part[k] for k in (0, 1))
            reached: set[Cell] = set()
            for profile in self.rounds.paid:
                least = self.rounds.needed(profile, (worst[0], worst[1]))
                if least is None:
                    continue
                across, up = (self._images(profile, least, k) for k in (0, 1))
                for i, j in alive:
                    reached.update(product(across[i], up[j]))
            left = alive & reached
            if left == alive:
                break
            alive = left
        return alive

    def _images(self, profile: Profile, least: Point, k: int) -> list[range]:
        """For each place along an axis, the places of what the profile pays with promises from there."""
        factor, now = self.rounds.factors[k], self.rounds.paid[profile][k]
        found = []
        for place in range(self.sides[k]):
            low, high = (self.low[k] + (place + end) * self.part[k] for end in (0, 1))
            if high < least[k]:
                found.append(range(0))
                continue
            if not self.part[k]:
                found.append(range((1 - factor) * now + factor * low == low))
                continue
            ends = ((1 - factor) * now + factor * value for value in (max(low, least[k]), high))
            first, last = ((value - self.low[k]) / self.part[k] for value in ends)
            # A value on the line between two squares lies in both.
            found.append(range(max(ceil(first) - 1, 0), min(floor(last), self.sides[k] - 1) + 1))
        return found


def _inside(rounds: Rounds, grid: _Grid) -> Ways:
    """Payoffs of paths that end in a cycle, and hold each other up; then what may come before them."""
    ways: Ways = {}
    for point, profile, promised in _cycles(rounds):
        ways.setdefault(point, []).append((profile, promised))
    for point in list(ways):
        for profile in rounds.paid:
            ways.setdefault(rounds.now_and_later(profile, point), []).append((profile, point))
    ways = _upheld(rounds, ways)
    filled = {grid.cell(point) for point in ways}
    waiting, worst = list(ways), _worst(ways) if ways else rounds.minmax
    while waiting and len(ways) < MOST_POINTS and not expired(f"{len(ways)} points"):
        point = waiting.pop()
        if max(value.denominator.bit_length() for value in point) > LONGEST:
            continue
        for profile in rounds.paid:
            before = rounds.now_and_later(profile, point)
            cell = grid.cell(before) if _is_kept(rounds, profile, point, worst) else None
            if cell is not None and before not in ways and cell not in filled:
                ways[before] = [(profile, point)]
                filled.add(cell)
                worst = min(worst[0], before[0]), min(worst[1], before[1])
                waiting.append(before)
    return ways


def _cycles(rounds: Rounds) -> Iterator[tuple[Point, Profile, Point]]:
    """What cycles of play pay from each of their places on, what is played there, and what the next place pays."""
    length, count = 1, len(rounds.paid)
    while length == 1 or (count**length <= MOST_CYCLES and length <= 8):
        for cycle in product(rounds.paid, repeat=length):
            if min(cycle[k:] + cycle[:k] for k in range(length)) == cycle:
                pays = [_forever(rounds, cycle[k:] + cycle[:k]) for k in range(length)]
                for k, profile in enumerate(cycle):
                    yield pays[k], profile, pays[(k + 1) % length]
        length += 1


def _forever(rounds: Rounds, cycle: tuple[Profile, ...]) -> Point:
    """What the cycle pays if it is played over and over."""
    values = []
    for k, factor in enumerate(rounds.factors):
        total = sum((factor**t * rounds.paid[profile][k] for t, profile in enumerate(cycle)), Fraction(0))
        values.append((1 - factor) * total / (1 - factor ** len(cycle)))
    return values[0], values[1]


def _upheld(rounds: Rounds, ways: Ways) -> Ways:
    """The greatest part in which no promise leads out of it, and nobody leaves any for its worst."""
    while ways:
        worst = _worst(ways)
        left = {
            point: kept
            for point, each in ways.items()
            if (kept := [(a, w) for a, w in each if w in ways and _is_kept(rounds, a, w, worst)])
        }
        if left == ways:
            break
        ways = left
    return ways


def _is_kept(rounds: Rounds, profile: Profile, promised: Point, worst: Point) -> bool:
    least = rounds.needed(profile, worst)
    return least is not None and promised[0] >= least[0] and promised[1] >= least[1]


def _worst(ways: Ways) -> Point:
    return min(point[0] for point in ways), min(point[1] for point in ways)
