"""Linear conditions on parameters, which are measured in parts of their ranges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from games.terms import Poly

LARGEST_FLOAT = 10**300
"""Floats have no numbers much larger."""


@dataclass(frozen=True)
class Linear:
    """coefficients · t + constant ≥ 0, or > 0 if ``strict``, t being the free parameters in parts of their ranges."""

    coefficients: Mapping[int, Fraction]
    constant: Fraction
    strict: bool

    @property
    def least(self) -> Fraction:
        """The least value of the left-hand side within the ranges."""
        return self.constant + sum((c for c in self.coefficients.values() if c < 0), Fraction(0))

    def in_floats(self, parameters: Sequence[int]) -> list[float]:
        """The coefficients of these parameters and the constant, made smaller where floats have no such number."""
        numbers = [*(self.coefficients.get(k, Fraction(0)) for k in parameters), self.constant]
        largest = max(map(abs, numbers))
        return [float(number / largest if largest >= LARGEST_FLOAT else number) for number in numbers]


def form_of(value: Poly) -> tuple[dict[str, Fraction], Fraction] | None:
    """The coefficients by name, and the constant; None if the polynomial is not linear."""
    if any(len(monomial) > 1 for monomial in value.terms):
        return None
    coefficients = {monomial[0]: Fraction(c) for monomial, c in value.terms.items() if monomial}
    return coefficients, Fraction(value.terms.get((), 0))
