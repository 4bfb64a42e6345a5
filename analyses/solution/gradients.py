"""Linear equations between the differentials of unknowns and of parameters, solved for the former, exactly."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from games.exact import Number
from games.terms import Poly

ZERO = Fraction(0)


def gradient(of: Poly, values: Mapping[str, Number]) -> dict[str, Fraction]:
    """The partial derivatives of a polynomial at the values, by variable."""
    found: dict[str, Fraction] = {}
    for monomial, coefficient in of.terms.items():
        for place, name in enumerate(monomial):
            product = Fraction(coefficient)
            for other in (*monomial[:place], *monomial[place + 1 :]):
                product *= Fraction(values[other])
            found[name] = found.get(name, ZERO) + product
    return found


class Equations:
    """Equations that the ``unknowns`` satisfy while the ``parameters`` move; other variables stay.

    `restricted` are the parameters that the equations do not let move as they like.
    """

    def __init__(self, unknowns: Sequence[str], parameters: Sequence[str]) -> None:
        self.unknowns, self.parameters = tuple(unknowns), tuple(parameters)
        self.rows: dict[str, dict[str, Fraction]] = {}
        self.restricted: tuple[str, ...] = ()

    def add(self, row: Mapping[str, Fraction]) -> None:
        """One more equation: that the sum of these multiples of differentials is zero."""
        left = self._eliminated(row)
        pivot = next((name for name in self.unknowns if left.get(name)), None)
        if pivot is None:
            self.restricted = self.restricted or tuple(name for name in self.parameters if left.get(name))
            return
        solved = {name: value / left[pivot] for name, value in left.items() if value}
        for other, known in self.rows.items():
            self.rows[other] = _less(known, solved, known.get(pivot, ZERO))
        self.rows[pivot] = solved

    def reduced(self, row: Mapping[str, Fraction]) -> dict[str, Fraction] | None:
        """The slopes in each parameter of what has this gradient; None where the equations leave it open."""
        left = self._eliminated(row)
        if any(left.get(name) for name in self.unknowns):
            return None
        return {name: left.get(name, ZERO) for name in self.parameters}

    def _eliminated(self, row: Mapping[str, Fraction]) -> dict[str, Fraction]:
        known = {*self.unknowns, *self.parameters}
        left = {name: value for name, value in row.items() if name in known}
        for pivot, solved in self.rows.items():
            left = _less(left, solved, left.get(pivot, ZERO))
        return left


def _less(row: Mapping[str, Fraction], other: Mapping[str, Fraction], times: Fraction) -> dict[str, Fraction]:
    """The row less a multiple of another, zeros left out."""
    if not times:
        return dict(row)
    found = dict(row)
    for name, value in other.items():
        found[name] = found.get(name, ZERO) - times * value
    return {name: value for name, value in found.items() if value}
