"""Conditions for a reader: named formulas for what they stand for, and what is negative on the other side.

A model may have names for formulas, such as e = A_F − k_F for what sanctions are worth on balance, or g for the best of
several answers. Where a condition has such a formula in it, its name is written; and where a number exceeds each of
several, it exceeds the greatest of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import sympy

from analyses.proof.implicants import Conjunction
from games.formulas.polynomials import Reader, expression
from games.formulas.relations import SIGNS, Related, in_words
from games.model import Model
from games.terms import Condition, Poly, Sign, at_least, equal, every, poly, sign, some, var


@dataclass(frozen=True)
class Names:
    """Formulas with names: ``sums`` are polynomials, ``greatest`` the greatest of several each."""

    sums: Mapping[str, Poly]
    greatest: Mapping[str, tuple[Poly, ...]]
    fixed: Mapping[str, Poly]

    def gathered(self, conditions: Sequence[Conjunction]) -> list[frozenset[Sign]]:
        """The conditions in fewer signs, with names for the greatest of several; some of them may become one."""
        return self._joined([self._exceeding(frozenset(self._fixed(condition))) for condition in conditions])

    def said(self, part: Sign) -> str:
        """One sign in words: what is more than what."""
        of = self.shortened(part.of)
        more = Poly({m: c for m, c in of.terms.items() if c > 0})
        less = Poly({m: -c for m, c in of.terms.items() if c < 0})
        if not more.names:
            # A lone number reads better on the right.
            return in_words(Related(expression(less), SIGNS[part.op].mirrored, expression(more)))
        return in_words(Related(expression(more), part.op, expression(less)))

    def meant_by(self, part: Sign) -> list[Sign]:
        """The comparisons that one with names for the greatest of several stands for."""
        named = [(name, several) for name, several in self.greatest.items() if name in part.of.names]
        ways = product(*(several for _, several in named))
        given = ({name: one for (name, _), one in zip(named, way, strict=True)} for way in ways)
        read = (sign(part.of.put(each), part.op) for each in given)
        return [each for each in read if isinstance(each, Sign)]

    @property
    def defined(self) -> list[Condition]:
        """What the names for the greatest of several stand for."""
        return [
            condition
            for name, several in self.greatest.items()
            for condition in (
                every(at_least(var(name), one) for one in several),
                some(equal(var(name), one) for one in several),
            )
        ]

    def _fixed(self, condition: Conjunction) -> list[Sign]:
        read = (sign(part.of.put(self.fixed), part.op) for part in condition)
        return [part for part in read if isinstance(part, Sign)]

    def _exceeding(self, parts: frozenset[Sign]) -> frozenset[Sign]:
        """More than each of several is more than the greatest of them."""
        for name, several in self.greatest.items():
            for part, base in product(sorted(parts, key=str), several):
                for rest in (base - part.of * (1 / ratio) for ratio in _ratios(part.of, base) if ratio < 0):
                    each = [sign(rest - one, ">") for one in several]
                    own = frozenset(one for one in each if isinstance(one, Sign))
                    if len(own) == len(several) and own <= parts:
                        parts = parts - own | {Sign(rest - var(name), ">")}
        return parts

    def _joined(self, conditions: Sequence[frozenset[Sign]]) -> list[frozenset[Sign]]:
        """Less than one of several, with all else alike, is less than the greatest of them."""
        kept = list(dict.fromkeys(conditions))
        for name, several in self.greatest.items():
            for condition in list(kept):
                for part, base in product(sorted(condition, key=str), several):
                    for rest in (base - part.of * (1 / ratio) for ratio in _ratios(part.of, base) if ratio > 0):
                        each = [sign(one - rest, ">") for one in several]
                        others = {condition - {part} | {one} for one in each if isinstance(one, Sign)}
                        if len(others) == len(several) and others.issubset(kept):
                            kept[kept.index(condition)] = condition - {part} | {Sign(var(name) - rest, ">")}
                            kept = [one for one in kept if one not in others]
        return kept

    def shortened(self, of: Poly) -> Poly:
        """The formula with names for the sums that make it shorter."""
        for name, whole in self.sums.items():
            for ratio in _ratios(of, whole):
                shorter = of - whole * ratio + var(name) * ratio
                if len(shorter.terms) < len(of.terms):
                    of = shorter
                    break
        return of


def names_of(model: Model, fixed: Mapping[str, Fraction]) -> Names:
    """The names that a model has for formulas."""
    reader = Reader()
    given = {name: poly(value) for name, value in fixed.items()}
    read = {
        name: tuple(_polynomial(reader, part).put(given) for part in _parts(formula))
        for name, formula in model.shorthand.items()
    }
    return Names(
        {name: parts[0] for name, parts in read.items() if len(parts) == 1},
        {name: parts for name, parts in read.items() if len(parts) > 1},
        given,
    )


def _parts(formula: sympy.Expr) -> tuple[sympy.Expr, ...]:
    return formula.args if isinstance(formula, sympy.Max) else (formula,)


def _polynomial(reader: Reader, formula: sympy.Expr) -> Poly:
    (way,) = reader.ways(formula)
    return way.num


def _ratios(of: Poly, whole: Poly) -> list[Fraction]:
    """What multiples of ``whole`` the polynomial may have in it."""
    shared = of.terms.keys() & whole.terms.keys()
    return sorted({Fraction(of.terms[monomial]) / Fraction(whole.terms[monomial]) for monomial in shared})
