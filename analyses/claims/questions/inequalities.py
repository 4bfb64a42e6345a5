"""Simple inequalities of which hidden premises are made, and where each of them holds.

Inequality number ``4 f + k`` says of the formula number f that it is ≥ 0, ≤ 0, > 0 or < 0, as k is 0 to 3. So the
inequality two numbers before a strict one is the same with the tie.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from analyses.claims.questions.comparisons import written
from analyses.sampling.points import Points
from games.bounds import Flags
from games.formulas.polynomials import Reader
from games.formulas.relations import Relation
from games.terms import Condition, Monomial, Poly, sign

EXACT_IN_FLOATS = 2**53
"""Whole numbers up to this size, and sums that do not exceed it, are exact in floats."""


class Inequalities:
    """The inequalities about ``formulas`` in the parameters ``symbols``; what is no polynomial is left out."""

    def __init__(self, formulas: Sequence[sympy.Expr], symbols: Sequence[sympy.Symbol]) -> None:
        reader = Reader()
        read = [(formula, reader.poly(formula)) for formula in formulas]
        self.formulas = [formula for formula, poly in read if poly is not None]
        self.polys: list[Poly] = [poly for _, poly in read if poly is not None]
        self._linear = [k for k, poly in enumerate(self.polys) if _is_plain(poly)]
        linear = set(self._linear)
        self._others = [k for k in range(len(self.polys)) if k not in linear]
        place: dict[Monomial, int] = {(symbol.name,): number for number, symbol in enumerate(symbols)}
        place[()] = len(symbols)
        self._matrix = np.zeros((len(self._linear), len(place)))
        for row, k in enumerate(self._linear):
            for monomial, coefficient in self.polys[k].terms.items():
                self._matrix[row, place[monomial]] = int(coefficient)

    def __len__(self) -> int:
        return 4 * len(self.polys)

    def relation(self, row: int) -> Relation:
        """The inequality for a reader."""
        formula, kind = divmod(row, 4)
        return written(self.formulas[formula], -1 if kind % 2 else 1, kind >= 2)

    def condition(self, row: int) -> Condition:
        """The inequality for a proof."""
        formula, kind = divmod(row, 4)
        of = self.polys[formula]
        return sign(-of if kind % 2 else of, ">" if kind >= 2 else ">=")

    def holding(self, points: Points) -> Flags:
        """Whether each inequality (in rows) holds at each of the points."""
        signs = np.zeros((len(self.polys), len(points)), dtype=np.int8)
        if len(points):
            signs[self._linear] = self._signs(points)
            for k in self._others:
                signs[k] = points.signs(self.polys[k])
        return np.stack([signs >= 0, signs <= 0, signs > 0, signs < 0], axis=1).reshape(len(self), len(points))

    def _signs(self, points: Points) -> NDArray[np.int8]:
        """The sign of each linear formula at each point; exact, in floats where these hold all that is added up."""
        columns: NDArray[Any] = np.concatenate([points.numbers, np.full((1, len(points)), points.unit)], axis=0)
        largest = max(abs(int(value)) for value in (columns.max(), columns.min()))
        found: NDArray[np.int8]
        added: float = np.abs(self._matrix).sum(axis=1).max(initial=1)
        if largest * int(added) < EXACT_IN_FLOATS:
            found = np.sign(self._matrix @ columns.astype(float)).astype(np.int8)
        else:
            found = np.sign(self._matrix.astype(int).astype(object) @ columns.astype(object)).astype(np.int8)
        return found


def _is_plain(poly: Poly) -> bool:
    """Whether the polynomial is linear, with coefficients that a float holds."""
    return all(len(m) < 2 and -EXACT_IN_FLOATS < c < EXACT_IN_FLOATS and int(c) == c for m, c in poly.terms.items())
