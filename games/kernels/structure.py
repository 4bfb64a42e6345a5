"""What formulas say of all their games at once: which signs are zero everywhere, and which equilibria there can be.

Payoffs that are formulas in parameters may tie whatever the parameters are: a minor (`games.kernels.minors`) that is
zero as a polynomial is zero in every game. Of the others a sign is zero only where numbers happen to tie. So the
vertices of the best-response polytopes (`games.kernels.extreme`), what is a best response there, and the pairs of them
that make equilibria are known once for all games in which no such sign is zero: only their conditions differ.

A polynomial that is not zero at one point is not zero. Where it is zero at the point that was drawn, it is multiplied
out, as far as that is not too long: then its sign counts as open, and games are left to the exact solver.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from random import Random
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from games.exact import Number
from games.kernels.extreme import vanishing
from games.kernels.minors import Supports, minors, supports, weights
from games.kernels.scan import Index
from games.kernels.signs import Conditions, conditions
from games.terms import ONE, Poly, total

Matrix: TypeAlias = Sequence[Sequence[Poly]]
"""One player's payoffs, own strategies in rows, as formulas."""

MOST_PRODUCTS = 50_000
"""The most products of terms that are worked out for one polynomial."""

SEED = 1950
LARGEST = 10_000
"""The parameters of the point that is looked at are whole numbers up to this."""


class TooLongError(Exception):
    """A polynomial has more terms than are worked out."""


class Minors:
    """The minors of a matrix of formulas: at one point and, where that is asked for, as polynomials."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self.shape = len(matrix), len(matrix[0])
        random = Random(SEED)
        names = sorted({name for row in matrix for entry in row for name in entry.names})
        point: dict[str, Number] = {name: random.randint(1, LARGEST) for name in names}
        self.numbers = [[Fraction(entry.at(point)) for entry in row] for row in matrix]
        self.values: list[Fraction] = []
        self._formulas: dict[int, Poly] = {}
        for minor in minors(*self.shape).values():
            if minor.terms:
                value = sum(sign * self.values[d] * self.values[rest] for sign, d, rest in minor.terms)
            else:
                (i, other), (j,) = minor.rows, minor.columns
                value = self.numbers[i][j] - self.numbers[other][j]
            self.values.append(Fraction(value))

    @cached_property
    def nothing(self) -> tuple[bool, ...]:
        """Which are zero as polynomials."""
        places: dict[Poly, int] = {}
        entries = [entry for row in self.matrix for entry in row]
        alike = vanishing(*self.shape, tuple(places.setdefault(entry, k) for k, entry in enumerate(entries)))
        return tuple(
            is_alike or (not value and self._is_nothing(number))
            for number, (is_alike, value) in enumerate(zip(alike, self.values, strict=True))
        )

    def _is_nothing(self, number: int) -> bool:
        try:
            return not self.formula(number).terms
        except TooLongError:
            return False

    def formula(self, number: int) -> Poly:
        """The minor as a polynomial. Raises `TooLongError` where there are too many terms."""
        if number not in self._formulas:
            minor = tuple(minors(*self.shape).values())[number]
            if minor.terms:
                parts = [sign * times(self.formula(d), self.formula(rest)) for sign, d, rest in minor.terms]
                self._formulas[number] = total(parts)
            else:
                (i, other), (j,) = minor.rows, minor.columns
                self._formulas[number] = self.matrix[i][j] - self.matrix[other][j]
        return self._formulas[number]


def times(one: Poly, other: Poly) -> Poly:
    """The product. Raises `TooLongError` where it has too many terms."""
    if len(one.terms) * len(other.terms) > MOST_PRODUCTS:
        raise TooLongError
    return one * other


@dataclass(frozen=True)
class Side:
    """The vertices of one player's best-response polytope, as mixtures of the other player's strategies.

    Of each size of support ``conditions`` has all places at which there may be one, in order, and ``played`` the other
    player's strategies there; ``vertex`` says of each place which vertex it is. Where several are the same, the first
    is in ``first``. ``plays`` are the strategies that are mixed, ``best`` the own best responses, as bit masks by
    vertex; ``answer`` is the first of these. Two vertices with the same number in ``payoff`` pay the player the same as
    formulas.
    """

    conditions: Sequence[Conditions]
    played: Sequence[Index]
    vertex: Index
    first: Index
    plays: Sequence[int]
    best: Sequence[int]
    answer: Index
    payoff: Index


def side(matrix: Matrix) -> Side:
    """The vertices of the player with these payoffs."""
    of = Minors(matrix)
    m, n = of.shape
    places = [
        pair for pair in supports(m, n) if not any(of.nothing[w] for w, _ in weights(m, n, pair.rows, pair.columns))
    ]
    vertices: dict[tuple[int, int], int] = {}
    whats, played, vertex, first = [], list[Index](), list[int](), list[int]()
    for _, alike in groupby(places, key=lambda pair: len(pair.rows)):
        own = list(alike)
        what = conditions(m, n, [(pair.rows, pair.columns) for pair in own])
        nought = np.array([*of.nothing, False])[what.slacks]
        for pair, outside, level in zip(own, what.outside, nought, strict=True):
            best = mask(pair.rows) | int(outside[level].sum())
            number = vertices.setdefault((mask(pair.columns), best), len(vertices))
            if number == len(first):
                first.append(len(vertex))
            vertex.append(number)
        whats.append(_without(what, nought))
        played.append(np.array([pair.columns for pair in own], dtype=np.intp))
    answers = [places[k].rows[0] for k in first]
    return Side(
        whats,
        played,
        np.array(vertex),
        np.array(first),
        [plays for plays, _ in vertices],
        [best for _, best in vertices],
        np.array(answers),
        np.array(_payoffs(of, [places[k] for k in first])),
    )


def mask(strategies: Sequence[int]) -> int:
    """The strategies as bits."""
    return sum(1 << k for k in strategies)


def _without(what: Conditions, nought: NDArray[np.bool_]) -> Conditions:
    """With the first weight in place of slacks that are zero everywhere: it is a condition already."""
    return Conditions(
        what.weights,
        what.weight_signs,
        np.where(nought, what.weights[:, :1], what.slacks),
        np.where(nought, what.weight_signs[:, :1], what.slack_signs),
        what.outside,
    )


def _payoffs(of: Minors, places: Sequence[Supports]) -> list[int]:
    """A number for what each vertex pays, the same only where that is the same formula."""
    found: list[int] = []
    known: dict[Fraction, list[int]] = {}
    for place, pair in enumerate(places):
        alike = known.setdefault(_paid(of, pair), [])
        found.append(next((found[k] for k in alike if _same(of, places[k], pair)), place))
        alike.append(place)
    return found


def _paid(of: Minors, pair: Supports) -> Fraction:
    """What the vertex pays at the point; where it is none there, nothing that another one pays."""
    listed = weights(*of.shape, pair.rows, pair.columns)
    own = of.numbers[pair.rows[0]]
    if not listed:
        return own[pair.columns[0]]
    mixed = [sign * of.values[number] for number, sign in listed]
    whole = sum(mixed)
    return sum((w * own[j] for w, j in zip(mixed, pair.columns, strict=True)), Fraction(0)) / (whole or 1)


def _same(of: Minors, one: Supports, other: Supports) -> bool:
    """Whether both vertices pay the same as formulas; not where that would be too long to say."""
    try:
        (num, den), (num_too, den_too) = _quotient(of, one), _quotient(of, other)
        return times(num, den_too) == times(num_too, den)
    except TooLongError:
        return False


def _quotient(of: Minors, pair: Supports) -> tuple[Poly, Poly]:
    """What the vertex pays, as a numerator and a denominator."""
    own = of.matrix[pair.rows[0]]
    listed = weights(*of.shape, pair.rows, pair.columns)
    mixed = [sign * of.formula(number) for number, sign in listed] or [ONE]
    return total(times(w, own[j]) for w, j in zip(mixed, pair.columns, strict=True)), total(mixed)


@dataclass(frozen=True)
class Structure:
    """All that formulas say of their games: ``sides`` of the two players, and the pairs of vertices of both that make
    equilibria, in the order in which `solve` lists equilibria: by the number of a vertex of either side."""

    sides: tuple[Side, Side]
    pairs: tuple[Index, Index]

    @property
    def supports(self) -> NDArray[np.uint8]:
        """What either player plays in each pair, as bit masks: (pairs, 2)."""
        plays = [np.array(side.plays, dtype=np.uint8) for side in self.sides]
        return np.stack([plays[1][self.pairs[1]], plays[0][self.pairs[0]]], axis=1)


def structure(first: Matrix, second: Matrix) -> Structure:
    """That of games with these payoffs; the second player's strategies are the rows of the second."""
    one, other = side(first), side(second)
    m, n = len(first), len(second)
    pairs = [
        (y, x)
        for y, (columns, best) in enumerate(zip(one.plays, one.best, strict=True))
        for x, (rows, best_too) in enumerate(zip(other.plays, other.best, strict=True))
        if not rows & ~best and not columns & ~best_too
    ]

    def order(pair: tuple[int, int]) -> tuple[int, list[int]]:
        played = other.plays[pair[1]] | one.plays[pair[0]] << m
        return played.bit_count(), [k for k in range(m + n) if played >> k & 1]

    listed = np.array(sorted(pairs, key=order), dtype=np.intp).reshape(-1, 2)
    return Structure((one, other), (listed[:, 0], listed[:, 1]))
