"""A proof as the checker reads it, from the tree that the search finds."""

from collections.abc import Mapping
from fractions import Fraction

from analyses.certificates import verify
from analyses.certificates.facts import Alternatives, Fact, Literal, Sense
from analyses.certificates.leaves import Sum
from analyses.certificates.relaxed import NOT, Relaxed, Row, TooHardError
from analyses.certificates.search import Split, Tree, refutation
from analyses.certificates.statement import Written
from games.terms import ONE, Poly

SENSES: Mapping[str, Sense] = {">=": ">=", ">": ">", "==": "=="}
"""The checker's signs."""


def facts_of(facts: verify.Facts) -> tuple[Fact, ...]:
    """The checker's facts, over the polynomials of `games.terms`."""
    return tuple(
        Alternatives(fact.number, tuple(map(facts_of, fact.branches)))
        if isinstance(fact, verify.Or)
        else Literal(fact.number, Poly(fact.poly.terms), SENSES[fact.op])
        for fact in facts
    )


def proof_of(formula: verify.Formula, effort: int) -> Written:
    """A proof that the obligation cannot be met, within so many linear questions.

    Raises `TooHardError` where none is found.
    """
    relaxed = Relaxed(facts_of(formula.facts), effort)
    tree = refutation(relaxed)
    if tree is None:
        raise TooHardError("a case is not seen to be impossible")
    return _written(relaxed, tree)


def _written(relaxed: Relaxed, tree: Tree) -> Written:
    if isinstance(tree, Split):
        branches = [_written(relaxed, branch) for branch in tree.branches]
        if tree.number in relaxed.cuts:
            otherwise = ["split", f"{tree.number}.0", branches[1:]]
            return ["cut", tree.number, _said(relaxed.cuts[tree.number]), branches[0], otherwise]
        return ["split", tree.number, branches]
    return ["sum", _sum(relaxed, tree.sum)]


def _said(cut: Alternatives) -> Written:
    """What a cut says, that something is not zero, which all but its first branch suppose."""
    (fact,) = cut.branches[0]
    assert isinstance(fact, Literal)
    return [listed(fact.of), "!=", []]


def _sum(relaxed: Relaxed, found: Sum) -> list[Written]:
    return [_row(relaxed, row, multiplier) for row, multiplier in found.items()]


def _row(relaxed: Relaxed, row: Row, multiplier: Fraction) -> Written:
    factors = [number.removesuffix(NOT) if isinstance(number, str) else number for number in row.factors]
    squares = [] if row.root == ONE else [[listed(row.root)]]
    is_zero = any(relaxed.literal(number).op == "==" for number in row.factors)
    return [listed(row.times * multiplier) if is_zero else str(multiplier), factors, *squares]


def listed(of: Poly) -> Written:
    """The polynomial as a list of coefficients with names."""
    return [[str(coefficient), list(monomial)] for monomial, coefficient in sorted(of.terms.items())]
