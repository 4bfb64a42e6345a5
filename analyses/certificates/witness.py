"""The values of all variables of an obligation at which it is met: a counterexample in every detail.

The parameters have the values that the verdict gives them, what is played is as its equilibria say, and the rest
follows from equations.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from analyses.certificates import verify
from analyses.certificates.facts import Alternatives, Fact, Literal, names_in
from analyses.certificates.nonlinear import Nonlinear
from analyses.certificates.proofs import facts_of
from analyses.certificates.relaxed import Relaxed
from analyses.certificates.statement import Written
from analyses.claims.claim import Claim
from analyses.claims.conclusions import OTHER
from analyses.claims.verdicts import Refuted
from games.terms import HOLDS, Poly, poly

FEW = 10
MOST = 20_000_000
"""How many linear questions are asked, and how many steps nonlinear arithmetic may take."""


class NoWitnessError(Exception):
    """No values were found that meet the obligation."""


def witness(formula: verify.Formula, claim: Claim, verdict: Refuted) -> Written:
    """The witness. Raises `NoWitnessError` where none was found."""
    facts = facts_of(formula.facts)
    at = {name: value for name, value in verdict.at.items() if name in formula.variables}
    played = {name: value for name, value in _played(claim, verdict).items() if name in formula.variables}
    for known in ({**at, **played}, at) if played else (at,):
        found = solution(put_in(facts, {name: poly(value) for name, value in known.items()}))
        if found is not None:
            values = {**found, **known}
            return {"values": {name: str(values.get(name, 0)) for name in sorted(formula.variables)}}
    raise NoWitnessError("no exact values were found that meet the obligation at the payoffs of the refutation")


def _played(claim: Claim, verdict: Refuted) -> dict[str, Fraction]:
    """The probabilities and beliefs of the equilibria, by the names that the checker gives them."""
    stated = claim.plain
    several = len(stated.models) > 1
    endings = [f" in {model.name}" if several else "" for model in stated.models]
    endings = ["", OTHER] if stated.conclusion.of_pairs else endings
    values: dict[str, Fraction] = {}
    for equilibrium, ending in zip(verdict.equilibria, endings, strict=False):
        if equilibrium.is_numeric:
            continue
        for place, mix in equilibrium.strategies.items():
            for action, likely in mix.items():
                for joint in ("at", "for"):
                    values[f"probability of {action} {joint} {place}{ending}"] = Fraction(likely)
        for place, held in equilibrium.beliefs.items():
            values |= {f"belief in {', '.join(path)} at {place}{ending}": Fraction(b) for path, b in held.items()}
    return values


def solution(facts: Sequence[Fact]) -> dict[str, Fraction] | None:
    """Values at which the facts hold; None where none were found."""
    relaxed = Relaxed(facts, FEW)
    if not relaxed.can_hold(relaxed.top):
        return None
    found = dict.fromkeys(names_in(facts), Fraction(0))
    found |= {monomial[0]: value for monomial, value in relaxed.values().items() if len(monomial) == 1}
    if hold(facts, found):
        return found
    return Nonlinear(relaxed).values(facts, MOST)


def hold(facts: Iterable[Fact], values: Mapping[str, Fraction]) -> bool:
    """Whether the facts hold at the values."""
    return all(
        any(hold(branch, values) for branch in fact.branches)
        if isinstance(fact, Alternatives)
        else HOLDS[fact.op](fact.of.at(values))
        for fact in facts
    )


def put_in(facts: Iterable[Fact], values: Mapping[str, Poly]) -> tuple[Fact, ...]:
    """The facts with polynomials, such as numbers, in place of variables."""
    return tuple(
        Alternatives(fact.number, tuple(put_in(branch, values) for branch in fact.branches))
        if isinstance(fact, Alternatives)
        else Literal(fact.number, fact.of.put(values), fact.op)
        for fact in facts
    )
