"""The end of a branch: multiples of its facts, and of products of them, that add up to what is impossible.

By Farkas' lemma (Farkas 1902) there are such multipliers wherever linear inequalities cannot hold together.
"""

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any

from analyses.certificates.facts import Number, Sense
from analyses.certificates.relaxed import MOST_STEPS, Relaxed, Row, TooHardError
from analyses.proof.solver import Context, fraction
from games.terms import Monomial, Poly

MANY = 120
"""So many rows are looked at in floats first."""

TINY = 1e-9
"""A multiplier below it counts as zero in floats."""

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


def solved(rows: Mapping[Row, tuple[Poly, Sense]]) -> Sum | None:
    """Multipliers whose sum is negative, or zero with a strict one among them; None where there are none.

    Of many rows a linear program in floats names few, whose multipliers are then found exactly.
    """
    if len(rows) > MANY:
        few = _few(rows)
        return None if few is None else _exactly({row: rows[row] for row in few})
    return _exactly(rows)


def _few(rows: Mapping[Row, tuple[Poly, Sense]]) -> list[Row] | None:
    """Rows with multipliers other than zero, as far as floats tell; None where there are none."""
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, vstack

    place: dict[Monomial, int] = {(): 0}
    at: list[int] = []
    which: list[int] = []
    values: list[float] = []
    for k, (of, _) in enumerate(rows.values()):
        largest = max((abs(Fraction(c)) for c in of.terms.values()), default=Fraction(1))
        at += [place.setdefault(monomial, len(place)) for monomial in of.terms]
        which += [k] * len(of.terms)
        values += [float(coefficient / largest) for coefficient in of.terms.values()]
    whole = csr_array((values, (at, which)), shape=(len(place), len(rows))).tolil()
    constant = whole[[0], :].tocsr()
    strict = csr_array(np.array([[float(op == ">") for _, op in rows.values()]]))
    found = linprog(
        np.array([0.0 if op == "==" else 1.0 for _, op in rows.values()]),
        A_ub=constant,
        b_ub=[0.0],
        A_eq=vstack([whole[list(range(1, len(place))), :].tocsr(), strict - constant]),
        b_eq=[0.0] * (len(place) - 1) + [1.0],
        bounds=[(None, None) if op == "==" else (0, None) for _, op in rows.values()],
        method="highs",
    )
    if found.x is None:
        return None
    return [row for row, value in zip(rows, found.x, strict=True) if abs(value) > TINY]


def _exactly(rows: Mapping[Row, tuple[Poly, Sense]]) -> Sum | None:
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
