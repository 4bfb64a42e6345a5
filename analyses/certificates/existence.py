"""Claims that some equilibrium is as they say.

Where a theorem says that there always is an equilibrium, it may be that every one is so. Otherwise *candidates* are
collected: at payoffs at which none so far is such an equilibrium one is looked for, and its variables are solved for
in the equations of the case that it is. Once no such payoffs are left, the candidates are the proof.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import count

import sympy

from analyses.certificates import verify
from analyses.certificates.facts import Alternatives, Fact, Literal, names_in
from analyses.certificates.proofs import facts_of, proof_of
from analyses.certificates.relaxed import TooHardError
from analyses.certificates.statement import Written
from analyses.certificates.witness import hold, put_in, solution
from analyses.claims.verdicts import Refuted
from analyses.proof.elimination import solved
from games.formulas.polynomials import expression
from games.formulas.printing import formula_text
from games.terms import Poly, every, poly, sign

MOST_CANDIDATES = 24
"""The most candidates of one proof."""

DEFINED = "value of "
"""What the name of a payoff that is no polynomial begins with; its formula follows."""


def proof_of_some(stated: dict[str, Written], effort: int) -> Written:
    """A proof that some equilibrium is so wherever the statement speaks of; `TooHardError` where none is found."""
    question = verify.Question(stated)
    if all(game.theorem for game in question.played):
        try:
            return {"theorem": True, "every": proof_of(verify.obligation(stated), effort)}
        except TooHardError:
            # Some equilibrium is not so, or it was not seen that each one is.
            pass
    kept = facts_of(verify.numbered(verify.every(question.kept().values()), count()))
    candidates: list[dict[str, str]] = []
    while len(candidates) < MOST_CANDIDATES:
        formula = verify.obligation(stated, candidates=candidates)
        point = solution(facts_of(formula.facts))
        if point is None:
            return {"candidates": candidates, "none": proof_of(formula, effort)}
        candidates.append(_candidate(kept, dict.fromkeys(question.parameters, Fraction(0)) | point))
    raise TooHardError(f"more than {MOST_CANDIDATES} equilibria are needed")


def _candidate(kept: Sequence[Fact], point: Mapping[str, Fraction]) -> dict[str, str]:
    """An equilibrium at the payoffs of the point, by a formula for each of its variables."""
    known = {name: poly(value) for name, value in point.items()}
    there = solution(put_in(kept, known))
    if there is None:
        raise TooHardError("at some payoffs no equilibrium in exact numbers is found that keeps the conclusion")
    values = {**dict.fromkeys(names_in(kept), Fraction(0)), **there, **point}
    literals = list(_taken(kept, values))
    unknowns = sorted(names_in(kept) - point.keys())
    found = solved(every(sign(each.of, each.op) for each in literals), frozenset(unknowns), values)
    free = {name: poly(values[name]) for name in unknowns if name not in found.unknowns}
    return {
        name: _quotient(*(part.put(free) for part in found.unknowns[name]))
        if name in found.unknowns
        else str(values[name])
        for name in unknowns
    }


def _taken(facts: Sequence[Fact], values: Mapping[str, Fraction]) -> Iterator[Literal]:
    """The literals, and those of the first branch that holds of each of the alternatives."""
    for fact in facts:
        if isinstance(fact, Alternatives):
            yield from _taken(next(branch for branch in fact.branches if hold(branch, values)), values)
        else:
            yield fact


def _quotient(num: Poly, den: Poly) -> str:
    """The quotient in lowest terms, as a formula of the checker's; a payoff with a name is written out."""
    symbols = {
        name: sympy.Symbol(f"({name.removeprefix(DEFINED)})" if name.startswith(DEFINED) else name)
        for name in num.names | den.names
    }
    return formula_text(sympy.cancel(expression(num, symbols) / expression(den, symbols)))


def refutation_of_some(stated: dict[str, Written], verdict: Refuted, effort: int) -> dict[str, Written]:
    """The payoffs at which none is so, and a proof that none is."""
    at = {name: str(value) for name, value in sorted(verdict.at.items())}
    proof = proof_of(verify.obligation(stated, at=at), effort)
    return {"witness": {"at": at}, "proof": proof}
