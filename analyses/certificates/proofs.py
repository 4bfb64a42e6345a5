"""A proof as the checker reads it, from the tree that the search finds."""

from fractions import Fraction

from analyses.certificates import verify
from analyses.certificates.facts import Alternatives, Fact, Literal
from analyses.certificates.leaves import Sum
from analyses.certificates.relaxed import Relaxed, Row, TooHardError
from analyses.certificates.search import Split, Tree, refutation
from analyses.certificates.statement import Written
from games.terms import ONE, Poly


def facts_of(facts: verify.Facts) -> tuple[Fact, ...]:
    """The checker's facts, over the polynomials of `games.terms`."""
    return tuple(
        Alternatives(fact.number, tuple(map(facts_of, fact.branches)))
        if isinstance(fact, verify.Or)
        else Literal(fact.number, Poly(fact.poly.terms), fact.op)
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
        return ["split", tree.number, [_written(relaxed, branch) for branch in tree.branches]]
    return ["sum", _sum(relaxed, tree.sum)]


def _sum(relaxed: Relaxed, found: Sum) -> list[Written]:
    return [_row(relaxed, row, multiplier) for row, multiplier in found.items()]


def _row(relaxed: Relaxed, row: Row, multiplier: Fraction) -> Written:
    factors = list(row.factors)
    if not factors:
        return [str(multiplier), [], [listed(row.times)]]
    if row.times is ONE and all(relaxed.literal(number).op != "==" for number in factors):
        return [str(multiplier), factors]
    return [listed(row.times * multiplier), factors]


def listed(of: Poly) -> Written:
    """The polynomial as a list of coefficients with names."""
    return [[str(coefficient), list(monomial)] for monomial, coefficient in sorted(of.terms.items())]
