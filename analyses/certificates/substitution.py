"""A case with what its equations define put in: fewer variables, so that fewer products close it.

What is found of the facts so made is written back as products of the facts themselves and multiples of equations.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import prod

from analyses.certificates.facts import Literal, Number, Sense
from analyses.certificates.relaxed import Relaxed, Row, multiplied
from games.terms import ONE, ZERO, Poly, product_of

Multiples = dict[Number, Poly]
"""Equations, by number, with what each is multiplied by."""


class Substituted:
    """The facts of a case, ``left`` those that are no definitions of variables, with the definitions put in.

    Each is the fact itself and some multiples of equations, ``added``.
    """

    def __init__(self, relaxed: Relaxed, numbers: Sequence[Number]) -> None:
        self.given = {number: relaxed.literal(number) for number in numbers}
        self.left = dict(self.given)
        self.added: dict[Number, Multiples] = {number: {} for number in numbers}
        while (found := self._definition()) is not None:
            self._put_in(*found)

    def _definition(self) -> tuple[Number, str, Fraction] | None:
        """An equation with a variable that stands in it by itself, times a number; rather no parameter."""
        best = None
        for number, fact in self.left.items():
            if fact.op != "==":
                continue
            for (name, *others), coefficient in ((m, c) for m, c in sorted(fact.of.terms.items()) if m):
                if others or sum(name in monomial for monomial in fact.of.terms) > 1:
                    continue
                if " " in name:
                    return number, name, Fraction(coefficient)
                best = best or (number, name, Fraction(coefficient))
        return best

    def _put_in(self, number: Number, name: str, coefficient: Fraction) -> None:
        equation, own = self.left.pop(number).of, self.added[number]
        value = Poly({(name,): 1}) - equation * (1 / coefficient)
        for other, fact in self.left.items():
            if name in fact.of.names:
                # fact - put = factor * (name - value), and name - value is the equation divided by the coefficient.
                factor = -_divided(fact.of, name, value) * (1 / coefficient)
                self.left[other] = Literal(other, fact.of.put({name: value}), fact.op)
                _add(self.added[other], number, factor)
                for earlier, multiple in own.items():
                    _add(self.added[other], earlier, multiple * factor)

    def product(self, row: Row) -> tuple[Poly, Sense]:
        """The row of the facts with definitions put in."""
        return multiplied(row, self.left)

    def terms(self, row: Row) -> int:
        """How many terms the row has at most."""
        return prod(len(self.left[number].of.terms) for number in row.factors)

    def undone(self, found: Mapping[Row, Fraction]) -> list[Row]:
        """The rows of the facts as they are, and of the equations, that add up to the same."""
        multiples: Multiples = {}
        for row, weight in found.items():
            for k, number in enumerate(row.factors):
                before = product_of(self.left[each].of for each in row.factors[:k])
                after = product_of(self.given[each].of for each in row.factors[k + 1 :])
                factor = before * after * row.times * row.root * row.root * weight
                for equation, multiple in self.added[number].items():
                    _add(multiples, equation, multiple * factor)
        rows = [row for row in found if len(row.factors) != 1 or row.times != ONE or row.root != ONE]
        return rows + [Row((number,), factor) for number, factor in multiples.items() if factor.terms]


def _add(multiples: Multiples, number: Number, factor: Poly) -> None:
    multiples[number] = multiples.get(number, ZERO) + factor


def _divided(of: Poly, name: str, value: Poly) -> Poly:
    """What ``of`` less itself with the value in place of the variable is, divided by the variable less the value."""
    total = ZERO
    for monomial, coefficient in of.terms.items():
        power = monomial.count(name)
        rest = Poly({tuple(each for each in monomial if each != name): coefficient})
        for k in range(power):
            total = total + product_of([rest, Poly({(name,) * k: 1}), *[value] * (power - 1 - k)])
    return total
