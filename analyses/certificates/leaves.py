"""The end of a branch: multiples of its facts, and of products of them, that add up to what is impossible.

By Farkas' lemma (Farkas 1902) there are such multipliers wherever linear inequalities cannot hold together.
"""

from collections.abc import Collection
from fractions import Fraction
from typing import Any

from analyses.certificates.facts import Number
from analyses.certificates.relaxed import MOST_STEPS, Relaxed, Row, TooHardError
from analyses.proof.solver import Context, fraction
from games.terms import Monomial, Poly

Sum = dict[Row, Fraction]
"""Multipliers of rows; those of a single fact are rows as well."""


def multipliers(relaxed: Relaxed, numbers: Collection[Number]) -> Sum:
    """Multipliers that show that the literals cannot hold together, for all that the rows say."""
    literals = sorted(relaxed.literals(numbers), key=str)
    alone = {Row((number,)): relaxed.product(Row((number,))) for number in literals}
    found = solved(alone)
    if found is None:
        own = set(literals)
        found = solved({**alone, **{row: said for row, said in relaxed.rows.items() if own.issuperset(row.factors)}})
    if found is None:
        raise TooHardError("a sum that the linear solver has seen is not found")
    return found


def solved(rows: dict[Row, tuple[Poly, Any]]) -> Sum | None:
    """Multipliers whose sum is negative, or zero with a strict one among them; None where there are none."""
    context = Context()
    solver = context.linear()
    unknown = {row: context.real(f"multiplier {k}") for k, row in enumerate(rows)}
    terms: dict[Monomial, list[Any]] = {(): []}
    for row, (of, op) in rows.items():
        if op != "==":
            solver.add(context.compared(unknown[row], ">=", context.number(0)))
        for monomial, coefficient in of.terms.items():
            terms.setdefault(monomial, []).append(context.times(coefficient, unknown[row]))
    constant = context.total(terms.pop(()))
    for parts in terms.values():
        solver.add(context.compared(context.total(parts), "==", context.number(0)))
    strict = context.total([unknown[row] for row, (_, op) in rows.items() if op == ">"])
    zero = context.number(0)
    # A sum that is negative may be scaled; so may one that is zero with a strict part.
    solver.add(
        context.joined(
            [
                context.compared(constant, "==", context.number(-1)),
                context.joined(
                    [context.compared(constant, "==", zero), context.compared(strict, "==", context.number(1))], True
                ),
            ],
            False,
        )
    )
    if not context.check(solver, MOST_STEPS, (), 0):
        return None
    model = solver.model()
    found = {}
    for row, own in unknown.items():
        value = fraction(model.eval(own, model_completion=True))
        if value is None:
            return None
        if value:
            found[row] = value
    return found
