"""Equilibria that are not isolated: the sets of them on one support, in exact arithmetic, and what connects them.

On many supports every condition depends on the mixture of one player alone. What each player may mix is then a polytope
of its own (`Face`), and the equilibria are the product of these: a point, or a connected continuum (`Continuum`). Where
conditions that bind depend on two players who have one direction each, the plane of these directions is divided into
cells until those that hold equilibria throughout are told from those that hold none; regions that do not touch are
several continua. Anything else is left to the caller.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, TypeAlias

from games.solvers.methods.double_description import extreme_mixtures
from games.solvers.methods.incentives import Incentives, Profile, Support, mixing, spread
from games.solvers.methods.mixtures import Mixture

Interval: TypeAlias = tuple[Fraction, Fraction]
Cell: TypeAlias = tuple[Interval, Interval]
"""A rectangle in the plane of two players' directions, in shares of the whole length of each."""

FINEST = 6
"""How often cells of a plane are halved in each direction."""

MOST_CELLS = 4_000
"""The most cells of a plane."""


class UnsettledError(Exception):
    """Raised where the equilibria on a support have a shape that is not worked out here."""


@dataclass(frozen=True)
class Face:
    """What one player may mix: a polytope on the strategies ``played``, given by conditions and by its corners.

    Rows are over the strategies played: some are ``equal`` to zero, others ``at_most_zero``; ``corners`` are weights of
    these strategies.
    """

    played: tuple[int, ...]
    equal: tuple[Mixture, ...]
    at_most_zero: tuple[Mixture, ...]
    corners: tuple[Mixture, ...]

    def holds(self, mixture: Mixture) -> bool:
        """Whether the mixture, of all strategies, lies in it."""
        weights = [mixture[k] for k in self.played]
        return (
            sum(weights) == 1
            and not any(_dot(row, weights) for row in self.equal)
            and all(_dot(row, weights) <= 0 for row in self.at_most_zero)
        )

    def meets(self, other: "Face") -> bool:
        """Whether the two have a mixture in common. Raises `UnsettledError` if that takes too long."""
        shared = [k for k in self.played if k in other.played]
        if not shared:
            return False
        equal, at_most_zero = [], []
        for face in (self, other):
            places = [face.played.index(k) for k in shared]
            equal += [[row[p] for p in places] for row in face.equal]
            at_most_zero += [[row[p] for p in places] for row in face.at_most_zero]
        corners = extreme_mixtures(at_most_zero, equal, len(shared))
        if corners is None:
            raise UnsettledError
        return bool(corners)


@dataclass(frozen=True)
class Plane:
    """Two players with one direction each: a region of their plane.

    All of ``cells`` are equilibria, and all of the region lies in ``around``.
    """

    players: tuple[int, int]
    cells: tuple[Cell, ...]
    around: tuple[Cell, ...]


@dataclass(frozen=True)
class Continuum:
    """A connected set of equilibria: the product of the faces; within the cells of a plane, if it has one.

    ``inner`` is one of them, in its relative interior.
    """

    faces: tuple[Face, ...]
    inner: Profile
    plane: Plane | None = None

    @property
    def is_point(self) -> bool:
        """Whether it is a single equilibrium."""
        return all(len(face.corners) == 1 for face in self.faces)

    def holds(self, profile: Profile) -> bool:
        """Whether the equilibrium lies in it, or on its edge. Raises `UnsettledError` if that could not be told."""
        if not all(face.holds(mixture) for face, mixture in zip(self.faces, profile, strict=True)):
            return False
        if self.plane is None:
            return True
        place = [_share(self.faces[i], profile[i]) for i in self.plane.players]
        spot = ((place[0], place[0]), (place[1], place[1]))
        if any(_touch(spot, cell) for cell in self.plane.cells):
            return True
        if any(_touch(spot, cell) for cell in self.plane.around):
            raise UnsettledError
        return False

    def meets(self, other: "Continuum") -> bool:
        """Whether the two have an equilibrium in common. Raises `UnsettledError` if that could not be told."""
        if not all(mine.meets(yours) for mine, yours in zip(self.faces, other.faces, strict=True)):
            return False
        if self.plane is None and other.plane is None:
            return True
        if self.faces == other.faces:
            # Two regions of one plane, which do not touch.
            return False
        unsettled = self._may_meet(other) and other._may_meet(self)
        for one, another in ((self, other), (other, self)):
            for place in another.places():
                try:
                    if one.holds(place):
                        return True
                except UnsettledError:
                    unsettled = True
        if unsettled:
            raise UnsettledError
        return False

    def _may_meet(self, other: "Continuum") -> bool:
        """Whether the other comes near the region of the plane, if there is one."""
        if self.plane is None:
            return True
        ends = []
        for i in self.plane.players:
            own, size = self.faces[i], len(self.inner[i])
            corners = [spread(other.faces[i].played, corner, size) for corner in other.faces[i].corners]
            if not all(own.holds(corner) for corner in corners):
                return True
            shares = [_share(own, corner) for corner in corners]
            ends.append((min(shares), max(shares)))
        return any(_touch((ends[0], ends[1]), cell) for cell in self.plane.around)

    def places(self) -> Iterator[Profile]:
        """Some of the equilibria at its edge: the corners, where it has a plane those of the cells."""
        sizes = [len(mixture) for mixture in self.inner]
        if self.plane is None:
            yield from product(
                *(
                    [spread(face.played, corner, n) for corner in face.corners]
                    for face, n in zip(self.faces, sizes, strict=True)
                )
            )
            return
        for cell in self.plane.cells:
            for place in product(*cell):
                profile = list(self.inner)
                for i, share in zip(self.plane.players, place, strict=True):
                    profile[i] = spread(self.faces[i].played, _between(self.faces[i], share), sizes[i])
                yield tuple(profile)


def equilibria_on(incentives: Incentives, support: Support) -> list[Continuum]:
    """The equilibria that play exactly the support: connected sets, a single point among them being one of its own.

    Raises `UnsettledError` where their shape is not worked out here.
    """
    order = mixing(support)
    conditions = _Conditions(len(order))
    if not conditions.take(*incentives.exact(support)):
        return []
    corners = conditions.corners([len(support[i]) for i in order])
    if corners is None:
        return []
    faces = [Face(own, (), (), ((Fraction(1),),)) for own in support]
    for i, equal, at_most_zero, own in zip(order, conditions.equal, conditions.at_most_zero, corners, strict=True):
        faces[i] = Face(support[i], tuple(equal), tuple(at_most_zero), tuple(own))
    bound = _binding(conditions.outside, corners)
    if bound is None:
        return []
    pairs = zip(faces, incentives.sizes, strict=True)
    inner = tuple(spread(face.played, _middle(face.corners), size) for face, size in pairs)
    if not bound:
        return [Continuum(tuple(faces), inner)]
    return _in_a_plane(bound, order, tuple(faces), inner)


class _Conditions:
    """The conditions of a support, by the players who mix and matter: those on one of them are rows of numbers."""

    def __init__(self, count: int) -> None:
        self.equal: list[list[Mixture]] = [[] for _ in range(count)]
        self.at_most_zero: list[list[Mixture]] = [[] for _ in range(count)]
        self.inside: list[Any] = []
        self.outside: list[Any] = []

    def take(self, inside: Sequence[Any], outside: Sequence[Any]) -> bool:
        """Sorts the functions; whether those on which nobody's mixture matters allow an equilibrium.

        Raises `UnsettledError` where all indifference depends on several players.
        """
        self.inside, some = self._without_rows(inside, self.equal)
        self.outside, others = self._without_rows(outside, self.at_most_zero)
        if some is None or others is None:
            return False
        if self.inside and not (some or others):
            raise UnsettledError
        return True

    def _without_rows(self, functions: Sequence[Any], rows: list[list[Mixture]]) -> tuple[list[Any], bool | None]:
        """The functions on which several players matter; those on one go to the rows, and whether there were any.

        None in place of that if one on which nobody matters allows no equilibrium.
        """
        left, moved = [], False
        for function in map(_needed, functions):
            axes = _axes(function)
            if len(axes) > 1:
                left.append(function)
            elif axes:
                rows[axes[0]].append(_row(function))
                moved = True
            elif function.item() > 0 or (function.item() and rows is self.equal):
                return left, None
        return left, moved

    def corners(self, sizes: Sequence[int]) -> list[list[Mixture]] | None:
        """The corners of what each player may mix; None if no mixture plays the whole support.

        Where a player has a single mixture, it is put into the conditions on several. Raises `UnsettledError` where
        somebody's indifference still depends on several.
        """
        while True:
            found = []
            for equal, at_most_zero, size in zip(self.equal, self.at_most_zero, sizes, strict=True):
                corners = extreme_mixtures(at_most_zero, equal, size)
                if corners is None:
                    raise UnsettledError
                if not all(any(corner[k] for corner in corners) for k in range(size)):
                    return None
                found.append(corners)
            for axis, corners in enumerate(found):
                if len(corners) == 1:
                    self.inside = [_weighted(function, axis, corners) for function in self.inside]
                    self.outside = [_weighted(function, axis, corners) for function in self.outside]
            self.inside, some = self._without_rows(self.inside, self.equal)
            self.outside, others = self._without_rows(self.outside, self.at_most_zero)
            if some is None or others is None:
                return None
            if not (some or others):
                break
        if self.inside:
            raise UnsettledError
        return found


def _dot(row: Sequence[Any], weights: Sequence[Any]) -> Any:
    return sum(a * w for a, w in zip(row, weights, strict=True))


def _needed(function: Any) -> Any:
    """A function of the same sign with an axis of length 1 for every player who does not matter to that.

    Where all strategies of a player are played, and the function is for each of them the same one times a number that
    is not negative, it has the sign of that one.
    """
    for axis, length in enumerate(function.shape):
        slices = [function.take([k], axis=axis) for k in range(length)]
        greatest = max(slices, key=lambda one: max(abs(value) for value in one.flat))
        place = max(range(greatest.size), key=lambda k: abs(greatest.flat[k]))
        unit = greatest.flat[place]
        if length > 1 and all(
            one.flat[place] * unit >= 0 and (one * unit == greatest * one.flat[place]).all() for one in slices
        ):
            function = greatest
    return function


def _axes(function: Any) -> list[int]:
    return [axis for axis, length in enumerate(function.shape) if length > 1]


def _row(function: Any) -> Mixture:
    return tuple(Fraction(value) for value in function.ravel())


def _middle(corners: Sequence[Mixture]) -> Mixture:
    return tuple(sum(weights, Fraction(0)) / len(corners) for weights in zip(*corners, strict=True))


def _weighted(function: Any, axis: int, mixtures: Sequence[Mixture]) -> Any:
    """The function by mixtures of the player of the axis, if that player matters, instead of by strategies."""
    import numpy as np

    if function.shape[axis] == 1:
        return function
    weights = np.array(mixtures, dtype=object)
    return np.moveaxis(np.tensordot(function, weights, axes=([axis], [1])), -1, axis)


def _binding(joint: Sequence[Any], corners: Sequence[Sequence[Mixture]]) -> list[Any] | None:
    """The conditions that some but not all of the product of the faces meets, by corners; None if one is met nowhere.

    A function that is linear in each mixture is greatest, and least, at corners.
    """
    bound = []
    for function in joint:
        for axis in _axes(function):
            function = _weighted(function, axis, corners[axis])
        least, most = min(function.flat), max(function.flat)
        if least > 0:
            return None
        if most > 0 and least == 0:
            raise UnsettledError
        if most > 0:
            bound.append(_needed(function))
    return bound


def _share(face: Face, mixture: Mixture) -> Fraction:
    """Where between its two corners a mixture of the face lies."""
    start, end = face.corners
    k = next(k for k in range(len(start)) if start[k] != end[k])
    return (mixture[face.played[k]] - start[k]) / (end[k] - start[k])


def _between(face: Face, share: Fraction) -> Mixture:
    start, end = face.corners
    return tuple((1 - share) * a + share * b for a, b in zip(start, end, strict=True))


def _in_a_plane(bound: Sequence[Any], order: Sequence[int], faces: tuple[Face, ...], inner: Profile) -> list[Continuum]:
    """The connected regions of a plane in which all conditions hold."""
    axes = sorted({axis for function in bound for axis in _axes(function)})
    if len(axes) != 2 or any(len(faces[order[axis]].corners) != 2 for axis in axes):
        raise UnsettledError
    first, second = (order[axis] for axis in axes)
    full, mixed = _cells([function.reshape(2, 2) for function in bound])
    regions = _clusters(full)
    found = []
    for around in _clusters([*full, *mixed]):
        within = [region for region in regions if region[0] in set(around)]
        if len(within) != 1:
            raise UnsettledError
        (region,) = within
        largest = max(region, key=lambda cell: (cell[0][1] - cell[0][0]) * (cell[1][1] - cell[1][0]))
        profile = list(inner)
        for i, (a, b) in zip((first, second), largest, strict=True):
            profile[i] = spread(faces[i].played, _between(faces[i], (a + b) / 2), len(inner[i]))
        found.append(Continuum(faces, tuple(profile), Plane((first, second), tuple(region), tuple(around))))
    return found


def _at(table: Any, x: Fraction, y: Fraction) -> Fraction:
    low = table[0, 0] + (table[0, 1] - table[0, 0]) * y
    high = table[1, 0] + (table[1, 1] - table[1, 0]) * y
    return Fraction(low + (high - low) * x)


def _cells(tables: Sequence[Any]) -> tuple[list[Cell], list[Cell]]:
    """Cells of the unit square in which all functions, given at its corners, are nowhere positive; and mixed ones.

    A function that is linear in either direction is greatest, and least, at the corners of a cell. First cuts go
    through the saddles, where two regions may touch in a point. Raises `UnsettledError` if there are too many cells.
    """
    cuts: tuple[set[Fraction], set[Fraction]] = ({Fraction(0), Fraction(1)}, {Fraction(0), Fraction(1)})
    for table in tables:
        bend = table[0, 0] - table[0, 1] - table[1, 0] + table[1, 1]
        if bend:
            for own, along in zip(cuts, (table[0, 0] - table[0, 1], table[0, 0] - table[1, 0]), strict=True):
                if 0 < (place := Fraction(along) / bend) < 1:
                    own.add(place)
    pieces = [[(ends[k], ends[k + 1]) for k in range(len(ends) - 1)] for ends in map(sorted, cuts)]
    full: list[Cell] = []
    mixed: list[Cell] = list(product(pieces[0], pieces[1]))
    for depth in range(FINEST + 1):
        left: list[Cell] = []
        for cell in mixed:
            values = [[_at(table, x, y) for x, y in product(*cell)] for table in tables]
            if all(value <= 0 for own in values for value in own):
                full.append(cell)
            elif all(min(own) <= 0 for own in values):
                left += [cell] if depth == FINEST else list(product(_halves(cell[0]), _halves(cell[1])))
        mixed = left
        if len(mixed) > MOST_CELLS:
            raise UnsettledError
    return full, mixed


def _halves(interval: Interval) -> tuple[Interval, Interval]:
    low, high = interval
    middle = (low + high) / 2
    return (low, middle), (middle, high)


def _touch(one: Cell, other: Cell) -> bool:
    return all(a <= d and c <= b for (a, b), (c, d) in zip(one, other, strict=True))


def _clusters(cells: Sequence[Cell]) -> list[list[Cell]]:
    """The cells in groups that hang together: cells that touch belong to one."""
    waiting, clusters = set(cells), []
    for cell in cells:
        if cell not in waiting:
            continue
        waiting.discard(cell)
        cluster, edge = [cell], [cell]
        while edge:
            ends = edge.pop()
            near = [other for other in waiting if _touch(ends, other)]
            waiting.difference_update(near)
            cluster += near
            edge += near
        clusters.append(cluster)
    return clusters
