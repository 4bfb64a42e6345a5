"""A case that linear arithmetic leaves open: which few of its facts are impossible, and which products show it.

Nonlinear arithmetic (Z3) says which; a linear program over all their products up to some degree finds multipliers
(Handelman 1988, Pacific Journal of Mathematics 132).
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import chain
from math import comb
from typing import Any

import sympy

from analyses.certificates.facts import Alternatives, Fact, Literal, Number, Sense, names_in
from analyses.certificates.leaves import solved
from analyses.certificates.products import of_case
from analyses.certificates.relaxed import Relaxed, Row
from analyses.certificates.substitution import Substituted
from analyses.proof.solver import Context, asserted, declared, read, symbol
from games.formulas.polynomials import Reader, expression
from games.solvers.methods.nonlinear import asked
from games.terms import ONE, Monomial, Poly

WHOLE, PART = 3_000_000, 200_000
"""Steps that nonlinear arithmetic may take for a whole case, and for one with facts left out."""

FEW = 4
"""Of at most so many facts squares among their factors are looked for."""

DEGREES = (2, 3, 4, 5, 6)
MOST_PRODUCTS, IN_PARTS, MOST_TERMS = 4_000, 2_000, 1_000
"""How many products are looked at together, how many where a case is cut in two, and how many terms one may have."""


class Nonlinear:
    """Literals in SMT-LIB, products being products."""

    def __init__(self, relaxed: Relaxed) -> None:
        self.relaxed = relaxed
        self.context = Context()
        self._texts: dict[Fact, str] = {}

    def can_hold(self, numbers: Sequence[Number], steps: int) -> bool | None:
        """Whether the literals can hold together, None where that was not found out."""
        return self._asked([self.relaxed.facts[number] for number in numbers], steps)[0]

    def values(self, facts: Sequence[Fact], steps: int) -> dict[str, Fraction] | None:
        """Exact values at which the facts hold; None where none were found."""
        found, told = self._asked(facts, steps)
        known = {name: read(value) for name, value in told.items()}
        if not found or None in known.values():
            return None
        return {name: value for name, value in known.items() if value is not None}

    def _asked(self, facts: Sequence[Fact], steps: int) -> tuple[bool | None, dict[str, str]]:
        names = sorted(names_in(facts))
        text = "\n".join([declared(names), *map(self._written, facts)])
        found, values = asked(text, [symbol(name) for name in names], steps)
        return found, {name: values[symbol(name)] for name in names if symbol(name) in values}

    def _written(self, fact: Fact) -> str:
        if fact not in self._texts:
            self._texts[fact] = asserted([self._said(fact)])
        return self._texts[fact]

    def _said(self, fact: Fact) -> Any:
        context = self.context
        if isinstance(fact, Alternatives):
            branches = [context.joined(list(map(self._said, branch)), True) for branch in fact.branches]
            return context.joined(branches, False)
        total = context.total([self._term(monomial, value) for monomial, value in sorted(fact.of.terms.items())])
        return context.compared(total, fact.op, context.number(0))

    def _term(self, monomial: Monomial, coefficient: Any) -> Any:
        factors = [self.context.real(name) for name in monomial]
        return self.context.product([self.context.number(coefficient), *factors])

    def core(self, numbers: Sequence[Number]) -> list[Number] | None:
        """Few of the literals that cannot hold together; None where it was not found that all cannot."""
        left = list(numbers)
        if self.can_hold(left, WHOLE) is not False:
            return None
        size = len(left)
        while size > 1:
            size = (size + 1) // 2
            start = 0
            while start < len(left):
                fewer = left[:start] + left[start + size :]
                if self.can_hold(fewer, PART) is False:
                    left = fewer
                else:
                    start += size
        return left


def products_for(relaxed: Relaxed, core: Sequence[Number], most: int = MOST_PRODUCTS) -> list[Row]:
    """The products, of ``most``, that show that the literals cannot hold together; none where they were not found."""
    case = Substituted(relaxed, core)
    roots = _roots(case.left) if len(case.left) <= FEW else []
    rows: dict[Row, tuple[Poly, Sense]] = {Row((number,)): case.product(Row((number,))) for number in case.left}
    for degree in DEGREES:
        if comb(len(case.left) + degree - 1, degree) > most:
            break
        squares = (Row((number,), root=root) for number in case.left for root in roots)
        for row in chain(of_case(case.left, degree), squares):
            if row not in rows and case.terms(row) <= MOST_TERMS:
                rows[row] = case.product(row)
        if len(rows) > most:
            break
        if found := solved(rows):
            return case.undone(found)
    return []


def products_by_cut(relaxed: Relaxed, core: Sequence[Number]) -> list[Row]:
    """The same where one of the facts that allow zero is above it, and where it is zero; none where none was found.

    The choice between both is then known.
    """
    for number in core:
        fact = relaxed.literal(number)
        if fact.op != ">=" or len(fact.of.names) > 1:
            continue
        cut, found = relaxed.cut(fact.of), []
        for (own,) in cut.branches[:2]:
            rows = products_for(relaxed, [*core, own.number], IN_PARTS)
            if not rows:
                break
            found += rows
        else:
            relaxed.top |= {cut.number}
            return found
    return []


def _roots(facts: Mapping[Number, Literal]) -> list[Poly]:
    """What has a square among the factors of the facts."""
    reader, found = Reader(), []
    for fact in facts.values():
        factors = [factor ** (power // 2) for factor, power in sympy.factor_list(expression(fact.of))[1] if power > 1]
        root = reader.poly(sympy.expand(sympy.Mul(*factors)))
        if root is not None and root != ONE and root not in found:
            found.append(root)
    return found
