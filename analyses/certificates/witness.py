"""The values of all variables of an obligation at which it is met: a counterexample in every detail.

The parameters have the values that the verdict gives them, what is played is as its equilibria say, and the rest
follows from equations.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from analyses.certificates import verify
from analyses.certificates.facts import Alternatives, Fact, Literal
from analyses.certificates.proofs import facts_of
from analyses.certificates.relaxed import Relaxed, TooHardError
from analyses.certificates.statement import Written
from analyses.claims.claim import Claim
from analyses.claims.verdicts import Refuted
from games.terms import HOLDS, Poly, poly


class NoWitnessError(Exception):
    """No values were found that meet the obligation."""


def witness(formula: verify.Formula, claim: Claim, verdict: Refuted) -> Written:
    """The witness. Raises `NoWitnessError` where none was found."""
    values = {name: poly(value) for name, value in verdict.at.items() if name in formula.variables}
    facts = _put(facts_of(formula.facts), values)
    relaxed = Relaxed(facts, 10)
    if not relaxed.can_hold(relaxed.top):
        raise NoWitnessError("the checker's obligation cannot be met at the payoffs found")
    found = {monomial[0]: value for monomial, value in relaxed.values().items() if len(monomial) == 1}
    found |= {name: Fraction(value) for name, value in verdict.at.items()}
    return {"values": {name: str(found.get(name, 0)) for name in sorted(formula.variables)}}


def _put(facts: Iterable[Fact], values: Mapping[str, Poly]) -> tuple[Fact, ...]:
    """The facts with numbers in place of variables."""
    return tuple(
        Alternatives(fact.number, tuple(_put(branch, values) for branch in fact.branches))
        if isinstance(fact, Alternatives)
        else Literal(fact.number, fact.of.put(values), fact.op)
        for fact in facts
    )
