"""Exact variances of functions that are linear on each of several polytopes: what a group of coordinates decides.

The variance of E[f | group] is had from E[f(x) f(x′)] with x and x′ the same in the group and independent otherwise
(Sobol 1993, Mathematical Modelling and Computational Experiment 1). Where the group is one coordinate, that is the
integral of a square of slices, polynomials between the corners' coordinates; else it is one over pairs of polytopes
that share the group's coordinates.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement, pairwise

from analyses.sampling.polytope import HalfSpace, Polytope, box
from games.solvers.limits import OutOfTimeError, expired

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Piece:
    """A polytope, and on it the outputs, by position those that are not 0 throughout."""

    polytope: Polytope
    outputs: Mapping[int, HalfSpace]
    """Linear functions."""


class Integrals:
    """Integrals over a polytope of products of linear functions, from the moments of its coordinates."""

    def __init__(self, polytope: Polytope) -> None:
        n = polytope.dimension
        self.volume, self.first, self.second = ZERO, [ZERO] * n, [[ZERO] * n for _ in range(n)]
        for corners, volume in polytope.simplices:
            sums = [sum(column) for column in zip(*corners, strict=True)]
            part = volume / ((n + 1) * (n + 2))
            self.volume += volume
            for i in range(n):
                self.first[i] += volume * sums[i] / (n + 1)
                for j in range(i + 1):
                    self.second[i][j] += part * (sum((x[i] * x[j] for x in corners), ZERO) + sums[i] * sums[j])

    def of(self, one: HalfSpace) -> Fraction:
        """Of one function."""
        linear = sum((a * m for a, m in zip(one.normal, self.first, strict=True) if a), ZERO)
        return linear + one.offset * self.volume

    def of_both(self, one: HalfSpace, other: HalfSpace) -> Fraction:
        """Of the product of two."""
        total = one.offset * self.of(other) + other.offset * (self.of(one) - one.offset * self.volume)
        for i, a in enumerate(one.normal):
            for j, b in enumerate(other.normal):
                if a and b:
                    total += a * b * self.second[max(i, j)][min(i, j)]
        return total


@dataclass(frozen=True)
class Pieces:
    """Pieces that make up a set that is a product over its independent ``groups`` of coordinates, of these volumes.

    All integrals are means: over the volume of the set. Raises `OutOfTimeError` where the time is up.
    """

    pieces: Sequence[Piece]
    dimension: int
    outputs: int
    groups: Sequence[Sequence[int]]
    volumes: Sequence[Fraction]

    def volume(self, coordinates: frozenset[int]) -> Fraction:
        """Of the projection to these coordinates, whole groups."""
        found = ONE
        for group, volume in zip(self.groups, self.volumes, strict=True):
            found *= volume if coordinates.issuperset(group) else 1
        return found

    def means(self) -> list[Fraction]:
        """Of each output."""
        whole, found = self.volume(frozenset(range(self.dimension))), [ZERO] * self.outputs
        for piece in self.pieces:
            over = Integrals(piece.polytope)
            for k, f in piece.outputs.items():
                found[k] += over.of(f) / whole
        return found

    def shared(self, group: frozenset[int]) -> list[Fraction]:
        """Of each output the mean of f(x) f(x′), x and x′ the same in the ``group`` and independent otherwise."""
        if not group:
            return [mean**2 for mean in self.means()]
        if len(group) == 1:
            return self._sliced(min(group))
        everything = frozenset(range(self.dimension))
        found = [ZERO] * self.outputs
        if group == everything:
            for piece in self.pieces:
                over = Integrals(piece.polytope)
                for k, f in piece.outputs.items():
                    found[k] += over.of_both(f, f)
            return [value / self.volume(everything) for value in found]
        for one, other in combinations_with_replacement(self.pieces, 2):
            both = one.outputs.keys() & other.outputs.keys()
            polytope = _side_by_side(one.polytope, other.polytope, group) if both else None
            if polytope is None:
                continue
            self._check_time()
            twice, over = 1 if one is other else 2, Integrals(polytope)
            for k in both:
                f, g = (_lifted(p.outputs[k], group, second) for p, second in ((one, False), (other, True)))
                found[k] += twice * over.of_both(f, g)
        size = self.volume(group) * self.volume(everything - group) ** 2
        return [value / size for value in found]

    def _check_time(self) -> None:
        if expired():
            raise OutOfTimeError

    def _sliced(self, axis: int) -> list[Fraction]:
        """The same for one coordinate: of its square the mean of the mean over a slice."""
        cuts = sorted({x[axis] for piece in self.pieces for x, _ in piece.polytope.corners})
        found = [ZERO] * self.outputs
        for low, high in pairwise(cuts):
            self._check_time()
            upto = list(self._up_to(axis, low, high))
            for k in range(self.outputs):
                slope = _derivative(_interpolated([each[k] for each in upto]))
                found[k] += _square_integral(slope) / (high - low)
        rest = frozenset(range(self.dimension)) - {axis}
        size = self.volume(frozenset([axis])) * self.volume(rest) ** 2
        return [value / size for value in found]

    def _up_to(self, axis: int, low: Fraction, high: Fraction) -> Iterator[list[Fraction]]:
        """The integrals from ``low`` to points at equal distances up to ``high``, which a polynomial in the point
        gives."""
        degree = self.dimension + 1
        normal = tuple(ONE if k == axis else ZERO for k in range(self.dimension))
        above = HalfSpace(normal, -low)
        slabs = [(slab, p.outputs) for p in self.pieces if (slab := p.polytope.within(above))]
        yield [ZERO] * self.outputs
        for step in range(1, degree + 1):
            below = HalfSpace(normal, -(low + (high - low) * step / degree)).opposite
            found = [ZERO] * self.outputs
            for slab, outputs in slabs:
                if part := slab.within(below):
                    over = Integrals(part)
                    for k, f in outputs.items():
                        found[k] += over.of(f)
            yield found


def _side_by_side(one: Polytope, other: Polytope, group: frozenset[int]) -> Polytope | None:
    """The pairs of their points that are the same in the group; None if these have no inside."""
    bounds: list[tuple[Fraction, Fraction]] = []
    for second, polytope in enumerate((one, other)):
        for k in range(polytope.dimension):
            own = [x[k] for x, _ in polytope.corners]
            if k not in group:
                bounds.append((min(own), max(own)))
            elif not second:
                theirs = [x[k] for x, _ in other.corners]
                bounds.append((max(min(own), min(theirs)), min(max(own), max(theirs))))
    if any(low >= high for low, high in bounds):
        return None
    found: Polytope | None = box(bounds)
    for second, polytope in enumerate((one, other)):
        for half_space in polytope.half_spaces:
            if found is not None:
                found = found.within(_lifted(half_space, group, bool(second)))
    return found


def _lifted(of: HalfSpace, group: frozenset[int], second: bool) -> HalfSpace:
    """A function of x (or, the ``second``, of x′) as one of both: x, then what x′ has besides the group."""
    others = [k for k in range(len(of.normal)) if k not in group]
    if not second:
        return HalfSpace((*of.normal, *(ZERO for _ in others)), of.offset)
    own = tuple(a if k in group else ZERO for k, a in enumerate(of.normal))
    return HalfSpace((*own, *(of.normal[k] for k in others)), of.offset)


def _interpolated(values: Sequence[Fraction]) -> list[Fraction]:
    """The coefficients of the polynomial on [0, 1] with these values at points at equal distances."""
    degree = len(values) - 1
    total = [ZERO] * len(values)
    for j, value in enumerate(values):
        basis = [ONE]
        for k in range(len(values)):
            if k != j:
                # Times (t − k/degree) / (j/degree − k/degree).
                shifted = [ZERO, *basis]
                basis = [
                    (a - Fraction(k, degree) * b) / Fraction(j - k, degree)
                    for a, b in zip(shifted, [*basis, ZERO], strict=True)
                ]
        total = [a + value * b for a, b in zip(total, basis, strict=True)]
    return total


def _derivative(coefficients: Sequence[Fraction]) -> list[Fraction]:
    return [k * c for k, c in enumerate(coefficients)][1:]


def _square_integral(coefficients: Sequence[Fraction]) -> Fraction:
    """Of the polynomial's square over [0, 1]."""
    return sum((a * b / (i + j + 1) for i, a in enumerate(coefficients) for j, b in enumerate(coefficients)), ZERO)
