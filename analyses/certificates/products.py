"""Products of facts that relate the products of variables to their factors.

Three kinds are known beforehand: products of the bounds of the factors (McCormick 1976), equations multiplied by what
their variable is multiplied by elsewhere, and inequalities multiplied by the bounds of it. Beyond these, a case that
only nonlinear arithmetic sees to be impossible tells which facts to multiply.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations_with_replacement, product

from analyses.certificates.facts import Literal, Number
from analyses.certificates.relaxed import Relaxed, Row
from games.terms import Monomial, Poly

HIGHEST = 4
"""The highest degree of products that are known beforehand."""

MOST_ROWS = 4_000
"""The most rows that are written down beforehand."""


def known_beforehand(relaxed: Relaxed) -> None:
    """Adds the rows of the first three kinds."""
    bounds = _bounds(relaxed)
    done: set[Monomial] = set()
    waiting = _monomials(relaxed)
    while waiting and len(relaxed.rows) < MOST_ROWS:
        new: dict[Monomial, None] = {}
        for monomial in waiting:
            done.add(monomial)
            for row in (*_of_bounds(monomial, bounds), *_of_equations(relaxed, monomial, bounds)):
                relaxed.add(row)
                new.update(dict.fromkeys(m for m in relaxed.rows[row][0].terms if len(m) > 1))
        waiting = [monomial for monomial in new if monomial not in done]


def _monomials(relaxed: Relaxed) -> list[Monomial]:
    """The products in the facts, each once."""
    found = {}
    for number in relaxed.literals(relaxed.facts):
        found.update(dict.fromkeys(m for m in relaxed.literal(number).of.terms if len(m) > 1))
    return list(found)


def _bounds(relaxed: Relaxed) -> dict[str, list[Number]]:
    """For each variable the facts that hold in any case and bound it by a number."""
    found: dict[str, list[Number]] = {}
    for number in relaxed.facts:
        if number in relaxed.top and number in relaxed.literals([number]):
            of = relaxed.literal(number).of
            if len(of.names) == 1 and all(len(monomial) <= 1 for monomial in of.terms):
                found.setdefault(next(iter(of.names)), []).append(number)
    return found


def _of_bounds(monomial: Monomial, bounds: dict[str, list[Number]]) -> Iterator[Row]:
    """The products of one bound for each factor."""
    if len(monomial) <= HIGHEST and all(name in bounds for name in monomial):
        seen = set()
        for factors in product(*(bounds[name] for name in monomial)):
            ordered = tuple(sorted(factors, key=str))
            if ordered not in seen:
                seen.add(ordered)
                yield Row(ordered)


def _of_equations(relaxed: Relaxed, monomial: Monomial, bounds: dict[str, list[Number]]) -> Iterator[Row]:
    """What defines or bounds a variable of the product that is no parameter, multiplied by the rest of the product."""
    if len(monomial) > HIGHEST:
        return
    for name in dict.fromkeys(name for name in monomial if " " in name):
        rest = list(monomial)
        rest.remove(name)
        for number in relaxed.about(name):
            literal = relaxed.literal(number)
            if literal.op == "==":
                yield Row((number,), Poly({tuple(rest): 1}))
            elif len(rest) == 1:
                yield from (Row((number, bound)) for bound in bounds.get(rest[0], ()))


def of_case(facts: Mapping[Number, Literal], degree: int) -> Iterator[Row]:
    """The products of so many of the facts, and equations and squares multiplied by variables, up to that degree."""
    names = sorted({name for fact in facts.values() for name in fact.of.names})
    yield from map(Row, combinations_with_replacement(facts, degree))
    for number, fact in facts.items():
        if fact.op == "==":
            for monomial in combinations_with_replacement(names, degree - 1):
                yield Row((number,), Poly({monomial: 1}))
    if degree % 2 == 0:
        yield from (Row((), root=Poly({monomial: 1})) for monomial in combinations_with_replacement(names, degree // 2))
