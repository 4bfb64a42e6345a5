"""A premise set cut into polytopes, on each of which whatever is asked of a point has the same answer.

At the centre of a piece the question is answered, together with the polynomials such that the answer stays while none
of them changes its sign. Where one is zero inside the piece, the piece is cut there; what is left has the answer.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Generic, TypeAlias, TypeVar

import sympy

from analyses.sampling.linear import Linear
from analyses.sampling.polytope import HalfSpace, Polytope, box
from analyses.sampling.premise_set import PremiseSet
from games.formulas.polynomials import Reader
from games.formulas.relations import Relation, atoms_of, divisors_of, substituted
from games.model import Point
from games.solvers.limits import expired
from games.terms import Poly

_Answer = TypeVar("_Answer")

Around: TypeAlias = Callable[[Point], tuple[_Answer, Iterable[Poly]]]
"""The answer at a point, and the polynomials in the parameters such that it stays while none changes its sign."""

DIMENSIONS = 3
"""The most parameters for which volumes are computed exactly."""

MOST_PIECES = 5_000
"""The most polytopes into which the premise set is cut."""


class OutOfReachError(Exception):
    """Volumes cannot be had exactly: something is not linear, or there are too many pieces."""


@dataclass
class Pieces(Generic[_Answer]):
    """The premise set in the parameters that matter: those of the ``spoken`` symbols, and what premises link to them.

    Raises `OutOfReachError` where something is not linear, or where there are too many pieces.
    """

    premises: PremiseSet
    spoken: frozenset[sympy.Symbol]
    around: Around[_Answer]
    coordinates: list[int] = field(init=False)

    def __post_init__(self) -> None:
        solved = self.premises.solved
        self._reader = Reader()
        self.solved = {symbol.name: self._polynomial(value) for symbol, value in solved.items()}
        used = {symbol for s in self.spoken for symbol in s.xreplace(solved).free_symbols}
        position = {symbol: k for k, symbol in enumerate(self.premises.free)}
        matter = {position[s] for s in used if s in position}.union(*self.premises.links)
        self.coordinates = sorted(k for group in self.premises.independent if matter & set(group) for k in group)

    @property
    def are_few(self) -> bool:
        """Whether so few parameters matter that volumes are computed."""
        return len(self.coordinates) <= DIMENSIONS

    def point(self, centre: Sequence[Fraction]) -> Point:
        """All parameters, those that do not matter in the middle of their ranges."""
        parts = [Fraction(1, 2)] * len(self.premises.free)
        for k, x in zip(self.coordinates, centre, strict=True):
            parts[k] = x
        return self.premises.point(parts)

    def __iter__(self) -> Iterator[tuple[Polytope, bool, _Answer | None]]:
        """Each polytope, whether it satisfies the premises, and the answer there if it does."""
        first: Polytope | None = box([(Fraction(0), Fraction(1))] * len(self.coordinates))
        for condition in self.premises.linear:
            if first is not None and set(condition.coefficients) <= set(self.coordinates):
                first = first.within(self.premises.half_space(condition, self.coordinates))
        left = [first] if first is not None else []
        done = 0
        while left:
            done += 1
            if done > MOST_PIECES or expired():
                raise OutOfReachError
            piece = left.pop()
            centre = piece.centre
            point = self.point(centre)
            admitted, planes = self._admitted(point)
            answer: _Answer | None = None
            if admitted:
                answer, margins = self.around(point)
                planes = [*planes, *self._planes(margin.put(self.solved) for margin in margins)]
            for plane in planes:
                if not piece.crosses(plane):
                    continue
                own, other = (plane, plane.opposite) if plane(centre) >= 0 else (plane.opposite, plane)
                beyond, inside = piece.within(other), piece.within(own)
                assert beyond is not None
                assert inside is not None
                left.append(beyond)
                piece = inside
                if plane(centre) == 0:
                    # The centre itself is a special point of this piece, so what was found there counts nowhere.
                    left.append(piece)
                    break
            else:
                yield piece, admitted, answer

    def _admitted(self, point: Point) -> tuple[bool, list[HalfSpace]]:
        expressions = {
            each for said in self.premises.rest for each in _deciding(substituted(said, self.premises.solved))
        }
        margins = [self._polynomial(expression) for expression in sorted(expressions, key=sympy.default_sort_key)]
        return self.premises.admits_exactly(point), self._planes(margins)

    def _polynomial(self, expression: Any) -> Poly:
        found = self._reader.poly(expression)
        if found is None:
            raise OutOfReachError
        return found

    def _planes(self, margins: Iterable[Poly]) -> list[HalfSpace]:
        """Where the margins are zero, as planes in parts of the ranges; constant ones left out."""
        found: dict[HalfSpace, None] = {}
        numbers = {symbol.name: k for k, symbol in enumerate(self.premises.free)}
        for margin in margins:
            constant, part = Fraction(0), {}
            for monomial, c in margin.terms.items():
                if len(monomial) > 1:
                    raise OutOfReachError
                constant += Fraction(c) if not monomial else 0
                for name in monomial:
                    low, high = self.premises.ranges[self.premises.free[numbers[name]]]
                    constant += c * low
                    part[numbers[name]] = c * (high - low)
            if part:
                found[self.premises.half_space(Linear(part, constant, False), self.coordinates)] = None
        return list(found)


def _deciding(said: Relation) -> Iterator[Any]:
    """Expressions on whose signs it hangs whether the relation holds."""
    for compared in atoms_of(said):
        yield compared.left - compared.right
        yield from divisors_of(compared)
