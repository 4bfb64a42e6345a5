"""All real solutions of polynomial equations in exact arithmetic, where there are finitely many complex ones.

Linear equations are solved by elimination. Others are brought into the form t ↦ (g₁(t), …, gₙ(t)) over the roots of one
polynomial in t, a combination of the unknowns that tells all solutions apart; the ideal is made radical first, by
Seidenberg's lemma, so that this form exists (Becker, Mora, Marinari & Traverso 1994, ISSAC, the shape lemma). Each
real root of an irreducible factor is one solution, its coordinates numbers of the root's field.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import prod
from typing import Any, TypeAlias

from games.forms.continuous import Powers
from games.roots import Algebraic, Real, Root, real_roots
from games.solvers.methods.linear_systems import only_solution, rank

Terms: TypeAlias = Mapping[Powers, Fraction]
"""A polynomial: coefficients by the powers of the unknowns."""

MOST_SOLUTIONS = 40
"""The product of the degrees, which bounds the number of solutions, up to which equations are solved."""

MOST_TRIED = 20
"""How many combinations of the unknowns are tried for one that tells all solutions apart."""


class UnsettledError(Exception):
    """The solutions are not finitely many, or the equations are too large; the message says which."""


CONTINUUM = "have a continuum of solutions"
TOO_LARGE = "are too large to be solved"


def solutions(equations: Sequence[Terms], unknowns: int) -> Iterator[tuple[Real, ...]]:
    """Every real solution. Raises `UnsettledError` where there are infinitely many complex ones, or too many."""
    kept = [{powers: value for powers, value in terms.items() if value} for terms in equations]
    if any(terms.keys() == {(0,) * unknowns} for terms in kept):
        return
    kept = [terms for terms in kept if terms]
    if not unknowns:
        yield ()
    elif max((sum(powers) for terms in kept for powers in terms), default=0) <= 1:
        yield from _of_linear(kept, unknowns)
    else:
        yield from _of_polynomials(kept, unknowns)


def _of_linear(equations: Sequence[Terms], unknowns: int) -> Iterator[tuple[Real, ...]]:
    units = [tuple(int(k == j) for k in range(unknowns)) for j in range(unknowns)]
    constant = (0,) * unknowns
    rows = [
        [*(terms.get(unit, Fraction(0)) for unit in units), -terms.get(constant, Fraction(0))] for terms in equations
    ]
    if rank(rows) > rank([row[:-1] for row in rows]):
        return
    if rank(rows) < unknowns:
        raise UnsettledError(CONTINUUM)
    found = only_solution([row for row in rows if any(row)])
    assert found is not None
    yield tuple(found)


def _of_polynomials(equations: Sequence[Terms], unknowns: int) -> Iterator[tuple[Real, ...]]:
    # Imported here, so that linear conditions do without sympy.
    import sympy

    if prod(max(sum(powers) for powers in terms) for terms in equations) > MOST_SOLUTIONS:
        raise UnsettledError(TOO_LARGE)
    names = sympy.symbols(f"x0:{unknowns}")
    polynomials = [
        sympy.Poly({p: sympy.Rational(v.numerator, v.denominator) for p, v in terms.items()}, *names, domain="QQ")
        for terms in equations
    ]
    basis = sympy.groebner(polynomials, *names, order="grevlex", domain=sympy.QQ)
    if basis.exprs == [1]:
        return
    if not basis.is_zero_dimensional:
        raise UnsettledError(CONTINUUM)
    telling, coordinates = _shape(basis.exprs, names)
    for factor, _ in telling.factor_list()[1]:
        for root in real_roots(_fractions(factor)):
            yield tuple(_at(root, _fractions(of)) for of in coordinates)


def _shape(equations: Sequence[Any], names: Sequence[Any]) -> tuple[Any, list[Any]]:
    """A polynomial in t and, for each unknown, another: at each root of the first, the others give a solution."""
    import sympy

    telling = sympy.Symbol("t")
    radical = list(equations)
    for name in names:
        others = [other for other in names if other != name]
        last = sympy.groebner(equations, *others, name, order="lex", domain=sympy.QQ).exprs[-1]
        radical.append(sympy.Poly(last, name, domain="QQ").sqf_part().as_expr())
    for base in range(1, MOST_TRIED + 1):
        combined = telling - sum(base**k * name for k, name in enumerate(names))
        basis = sympy.groebner([*radical, combined], *names, telling, order="lex", domain=sympy.QQ).exprs
        if len(basis) == len(names) + 1 and all(
            of.has(name) and (of - name).free_symbols <= {telling} for of, name in zip(basis, names, strict=False)
        ):
            given = [sympy.Poly(name - of, telling, domain="QQ") for of, name in zip(basis, names, strict=False)]
            return sympy.Poly(basis[-1], telling, domain="QQ"), given
    raise UnsettledError(TOO_LARGE)


def _fractions(of: Any) -> tuple[Fraction, ...]:
    """The coefficients of a polynomial of sympy in one variable, the constant first."""
    return tuple(Fraction(int(value.p), int(value.q)) for value in reversed(of.all_coeffs()))


def _at(root: Fraction | Root, of: tuple[Fraction, ...]) -> Real:
    """The value of a polynomial at the root."""
    if isinstance(root, Root):
        return Algebraic(root, ()) + sum(
            (part * Algebraic(root, (Fraction(0),) * k + (Fraction(1),)) for k, part in enumerate(of) if part),
            Algebraic(root, ()),
        )
    return sum((part * root**k for k, part in enumerate(of)), Fraction(0))
