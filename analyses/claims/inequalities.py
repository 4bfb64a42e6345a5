"""Polynomial inequalities over the reals, decided exactly by an SMT solver (Z3; de Moura & Bjørner 2008).

Formulas are sympy's; every symbol is a real variable. The cheapest method that settles a question is used:

1. Every product of variables counts as a variable of its own, between the bounds that its factors' ranges imply
   (McCormick 1976). What is impossible then, by linear arithmetic, is impossible.
2. One factor of each product is fixed at the value just found. What is possible then, is possible.
3. Products are multiplied out: nonlinear arithmetic over the reals (Jovanović & de Moura 2012).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from threading import Thread
from time import monotonic
from typing import Any

import sympy

from games.errors import InputError
from games.solvers.limits import expired, remaining

PATIENCE = 0.2
"""Seconds that a question may take before it is moved to a thread, where it can be interrupted."""


class Inequalities:
    """The language in which questions are put, what is given in all of them, and how many have been asked.

    ``ranges`` are the least and the greatest value of variables, by symbol; they are given, too. ``used`` are the
    numbers of the suppositions on which some answer "no" rests.
    """

    def __init__(self, ranges: Mapping[sympy.Symbol, tuple[Fraction, Fraction]] | None = None) -> None:
        import z3

        # A context of its own, so that an answer never depends on what another claim asked before.
        self.context = z3.Context()
        self.variables: dict[sympy.Symbol, Any] = {}
        self.questions = 0
        self.multiplied_out = 0
        self.given: list[Any] = []
        self._linear = z3.SimpleSolver(ctx=self.context)
        self._linear.set("ctrl_c", False)
        self._terms: dict[Any, Any] = {}
        self._bounds: dict[int, tuple[Fraction, Fraction]] = {}
        self._products: dict[tuple[int, int], Any] = {}
        self._factors: dict[int, tuple[Any, Any, Any]] = {}
        self._inside: dict[int, frozenset[int]] = {}
        self._kept: list[Any] = []
        self._switches: list[Any] = []
        self.used: set[int] = set()
        self._given_products: frozenset[int] = frozenset()
        for symbol, (low, high) in (ranges or {}).items():
            variable = self.variable(symbol)
            self._bounds[variable.get_id()] = (low, high)
            self.give(variable >= self.number(low), variable <= self.number(high))

    def suppose(self, *formulas: Any) -> None:
        """Adds to what is given in every question, and keeps track of whether an answer "no" rests on it."""
        import z3

        for formula in formulas:
            switch = z3.Bool(f"premise {len(self._switches)}", self.context)
            self._switches.append(switch)
            self._linear.add(z3.Implies(switch, formula))
            self.given.append(formula)
            self._given_products = self._given_products | self._products_in(formula)

    def _rests_on_these(self, switches: Iterable[Any]) -> None:
        self.used |= {int(str(switch).split()[1]) for switch in switches}

    def give(self, *formulas: Any) -> None:
        """Adds to what is given in every question."""
        self.given += formulas
        self._given_products = self._given_products.union(*map(self._products_in, formulas))
        self._linear.add(*formulas)

    def variable(self, symbol: sympy.Symbol) -> Any:
        import z3

        if symbol not in self.variables:
            self.variables[symbol] = z3.Real(symbol.name, self.context)
        return self.variables[symbol]

    def probability(self) -> Any:
        """A fresh variable between zero and one."""
        import z3

        fresh = z3.FreshReal("p", self.context)
        self._bounds[fresh.get_id()] = (Fraction(0), Fraction(1))
        self._kept.append(fresh)
        return fresh

    def number(self, value: Fraction | int) -> Any:
        import z3

        value = Fraction(value)
        return z3.Q(value.numerator, value.denominator, self.context)

    def term(self, expression: Any) -> Any:
        """The expression as a term of the solver; a plain number stays a `Fraction`.

        Raises `InputError` for anything but numbers, symbols, + - * /, whole powers, Min and Max.
        """
        if isinstance(expression, int | Fraction):
            return Fraction(expression)
        if expression not in self._terms:
            self._terms[expression] = self._term(expression)
        return self._terms[expression]

    def _term(self, expression: Any) -> Any:
        import z3

        if expression.is_Symbol:
            return self.variable(expression)
        if expression.is_Rational:
            return Fraction(int(expression.p), int(expression.q))
        if expression.is_Add:
            return self.total(self.term(part) for part in expression.args)
        if expression.is_Mul:
            return self.product(self.term(part) for part in expression.args)
        if expression.is_Pow and expression.exp.is_Integer:
            base = self.term(expression.base)
            power = self.product([base] * abs(int(expression.exp)))
            return power if expression.exp > 0 else self._inverse(power)
        if isinstance(expression, sympy.Min | sympy.Max):
            sign = "<=" if isinstance(expression, sympy.Min) else ">="
            chosen, *others = (self._real(self.term(part)) for part in expression.args)
            for other in others:
                chosen = z3.If(self.compare(chosen, sign, other), chosen, other)
            return chosen
        raise InputError(f"{expression} is no formula of numbers, + - * /, whole powers, min and max; claims need one")

    def _real(self, term: Any) -> Any:
        return self.number(term) if isinstance(term, Fraction) else term

    def product(self, factors: Iterable[Any]) -> Any:
        """The product of terms; a number as long as all are, and linear as long as one variable is among them."""
        coefficient, terms = Fraction(1), []
        for factor in factors:
            if isinstance(factor, Fraction):
                coefficient *= factor
            else:
                terms.append(factor)
        if not coefficient or not terms:
            return coefficient
        terms.sort(key=lambda term: int(term.get_id()))
        result = terms[0]
        for factor in terms[1:]:
            result = self._times(result, factor)
        return result if coefficient == 1 else self.number(coefficient) * result

    def _times(self, first: Any, second: Any) -> Any:
        """A variable that stands for the product of two terms, given between the bounds that follow from theirs."""
        import z3

        key = (first.get_id(), second.get_id())
        if key not in self._products:
            product = z3.FreshReal("product", self.context)
            self._products[key] = product
            self._factors[product.get_id()] = (product, first, second)
            if key[0] in self._bounds and key[1] in self._bounds:
                (a, b), (c, d) = self._bounds[key[0]], self._bounds[key[1]]
                corners = [a * c, a * d, b * c, b * d]
                self._bounds[product.get_id()] = (min(corners), max(corners))
                a, b, c, d = map(self.number, (a, b, c, d))
                self._linear.add(
                    product >= a * second + c * first - a * c,
                    product >= b * second + d * first - b * d,
                    product <= a * second + d * first - a * d,
                    product <= b * second + c * first - b * c,
                )
        return self._products[key]

    def _inverse(self, term: Any) -> Any:
        """A variable that stands for one divided by the term."""
        import z3

        if isinstance(term, Fraction):
            return 1 / term
        inverse = z3.FreshReal("inverse", self.context)
        self.give(self._times(inverse, term) == 1)
        return inverse

    def total(self, terms: Iterable[Any]) -> Any:
        """The sum of terms; a number as long as all are."""
        import z3

        number, others = Fraction(0), []
        for term in terms:
            if isinstance(term, Fraction):
                number += term
            else:
                others.append(term)
        if not others:
            return number
        if number:
            others.append(self.number(number))
        return others[0] if len(others) == 1 else z3.Sum(others)

    def formula(self, formula: Any, values: Mapping[sympy.Symbol, Any] | None = None) -> Any:
        """A sympy relation or boolean as a formula of the solver; ``values`` are terms for some of its symbols."""
        import z3

        if values:
            fresh = {symbol: sympy.Dummy(symbol.name) for symbol in values}
            self._terms.update({fresh[symbol]: term for symbol, term in values.items()})
            formula = formula.xreplace(fresh)
        if formula in (sympy.true, sympy.false):
            return z3.BoolVal(bool(formula), self.context)
        if isinstance(formula, sympy.Rel):
            return self.compare(self.term(formula.lhs), formula.rel_op, self.term(formula.rhs))
        parts = [self.formula(part) for part in formula.args]
        match formula:
            case sympy.And():
                return self.every(parts)
            case sympy.Or():
                return self.some(parts)
            case sympy.Not():
                return z3.Not(parts[0])
            case sympy.Implies():
                return z3.Implies(parts[0], parts[1])
            case sympy.Equivalent() | sympy.Xor() if len(parts) == 2:
                return (parts[0] == parts[1]) if isinstance(formula, sympy.Equivalent) else (parts[0] != parts[1])
        raise InputError(f"{formula} is no inequality or equation, nor such joined by And, Or, Not and Implies")

    def compare(self, left: Any, sign: str, right: Any) -> Any:
        """The relation between two terms, decided at once between two numbers."""
        import z3

        if isinstance(left, Fraction) and isinstance(right, Fraction):
            holds = {
                "<=": left <= right,
                "<": left < right,
                ">=": left >= right,
                ">": left > right,
                "==": left == right,
                "!=": left != right,
            }[sign]
            return z3.BoolVal(holds, self.context)
        left, right = self._real(left), self._real(right)
        match sign:
            case "<=":
                return left <= right
            case "<":
                return left < right
            case ">=":
                return left >= right
            case ">":
                return left > right
            case "==":
                return left == right
        return left != right

    def every(self, formulas: Iterable[Any]) -> Any:
        """All of them hold."""
        import z3

        parts = [f for f in formulas if not z3.is_true(f)]
        if any(z3.is_false(f) for f in parts):
            return z3.BoolVal(False, self.context)
        return parts[0] if len(parts) == 1 else z3.And([z3.BoolVal(True, self.context), *parts])

    def some(self, formulas: Iterable[Any]) -> Any:
        """At least one of them holds."""
        import z3

        parts = [f for f in formulas if not z3.is_false(f)]
        if any(z3.is_true(f) for f in parts):
            return z3.BoolVal(True, self.context)
        return parts[0] if len(parts) == 1 else z3.Or([z3.BoolVal(False, self.context), *parts])

    def denied(self, formula: Any) -> Any:
        import z3

        return z3.Not(formula)

    def excludes(self, *formulas: Any) -> bool:
        """Whether linear arithmetic alone shows, within a moment, that ``formulas`` cannot hold."""
        import z3

        self.questions += 1
        self._linear.push()
        self._linear.add(*formulas)
        self._linear.set("timeout", int(1000 * PATIENCE))
        found = self._linear.check(*self._switches)
        if found == z3.unsat:
            self._rests_on_these(self._linear.unsat_core())
        self._linear.pop()
        return bool(found == z3.unsat)

    def ask(self, *formulas: Any, most_seconds: float = float("inf")) -> "Answer":
        """Whether values exist at which what is given and all ``formulas`` hold.

        Unknown once the time is up or the user interrupts.
        """
        import z3

        self.questions += 1
        if expired():
            return Answer(None)
        until = monotonic() + min(remaining(), most_seconds)
        self._linear.push()
        try:
            self._linear.add(*formulas)
            found = self._checked(self._linear, until, self._switches)
            if found == z3.unsat:
                self._rests_on_these(self._linear.unsat_core())
                return Answer(False)
            involved = self._given_products.union(*map(self._products_in, formulas))
            if found == z3.sat:
                solution = self._linear.model()
                if not involved:
                    return Answer(True, solution)
                for side in (1, 2):
                    self._linear.push()
                    self._linear.add(*self._with_a_factor_fixed(involved, solution, side))
                    if self._checked(self._linear, until, self._switches) == z3.sat:
                        return Answer(True, self._linear.model())
                    self._linear.pop()
        finally:
            self._linear.pop(self._linear.num_scopes())
        self.multiplied_out += 1
        solver = z3.SolverFor("QF_NRA", ctx=self.context)
        solver.add(*self.given, *formulas, *(self._multiplied(product) for product in sorted(involved)))
        found = self._checked(solver, until)
        if found == z3.unknown:
            return Answer(None)
        if found == z3.unsat:
            self._rests_on_these(self._switches)
        return Answer(found == z3.sat, solver.model() if found == z3.sat else None)

    def ask_for_all(self, unknowns: list[Any], *formulas: Any) -> "Answer":
        """As `ask`, where each of ``formulas`` must hold whatever the values of ``unknowns`` are."""
        import z3

        if not unknowns:
            return self.ask(*formulas)
        self.questions += 1
        self.multiplied_out += 1
        solver = z3.Solver(ctx=self.context)
        solver.add(*map(self._written_out, self.given))
        solver.add(*(z3.ForAll(unknowns, self._written_out(formula)) for formula in formulas))
        found = self._checked(solver, monotonic() + remaining())
        if found == z3.unknown:
            return Answer(None)
        if found == z3.unsat:
            self._rests_on_these(self._switches)
        return Answer(found == z3.sat, solver.model() if found == z3.sat else None)

    def least(self, term: Any, *formulas: Any) -> "Least | None":
        """The greatest lower bound of the term where what is given and all ``formulas`` hold, products left apart.

        None where there is none, nothing satisfies them, or the time is up (νZ; Bjørner, Phan & Fleckenstein 2015).
        """
        import z3

        self.questions += 1
        if expired():
            return None
        optimum = z3.Optimize(ctx=self.context)
        optimum.add(*self._linear.assertions(), *self._switches, *formulas)
        sought = optimum.minimize(term)
        if self._checked(optimum, monotonic() + remaining()) != z3.sat:
            return None
        infinite, value, above = (Fraction(number.as_string()) for number in sought.lower_values())
        if infinite:
            return None
        involved = self._given_products.union(*map(self._products_in, formulas), self._products_in(term))
        return Least(value, not above, not involved)

    def _with_a_factor_fixed(self, involved: frozenset[int], solution: Any, side: int) -> list[Any]:
        """Each product with one factor, the first or the second, at its value in the solution."""
        result = []
        for name in sorted(involved):
            product, *factors = self._factors[name]
            fixed, other = factors[side - 1], factors[2 - side]
            value = solution.eval(fixed, model_completion=True)
            result += [fixed == value, product == value * other]
        return result

    def _multiplied(self, name: int) -> Any:
        product, first, second = self._factors[name]
        return product == first * second

    def _written_out(self, formula: Any) -> Any:
        """The formula with products in place of the variables that stand for them."""
        import z3

        while involved := sorted(self._products_in(formula)):
            pairs = [(self._factors[name][0], self._factors[name][1] * self._factors[name][2]) for name in involved]
            formula = z3.substitute(formula, *pairs)
            self._kept.append(formula)
        return formula

    def _products_in(self, formula: Any) -> frozenset[int]:
        """The products in a formula, those in their factors among them, by the numbers of their variables."""
        stack = [formula]
        while stack:
            node = stack[-1]
            name = node.get_id()
            if name in self._inside:
                stack.pop()
                continue
            parts = list(self._factors[name][1:]) if name in self._factors else node.children()
            if missing := [part for part in parts if part.get_id() not in self._inside]:
                stack += missing
                continue
            inside = frozenset().union(*(self._inside[part.get_id()] for part in parts))
            self._inside[name] = inside | {name} if name in self._factors else inside
            # Names are reused once a formula is gone, so it is kept.
            self._kept.append(node)
            stack.pop()
        return self._inside[formula.get_id()]

    def _checked(self, solver: Any, until: float, switches: Iterable[Any] = ()) -> Any:
        """The solver's answer by then: at once where it is easy, else from a thread that can be interrupted."""
        import z3

        left = until - monotonic()
        if left <= 0:
            return z3.unknown
        solver.set("timeout", max(1, int(1000 * min(PATIENCE, left))))
        found = solver.check(*switches)
        if found != z3.unknown or left <= PATIENCE:
            return found
        answers = [found]
        solver.set("timeout", 2**32 - 1 if left == float("inf") else max(1, int(1000 * left)))
        thread = Thread(target=lambda: answers.append(solver.check(*switches)), daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(0.05)
            if expired() or monotonic() > until:
                self.context.interrupt()
        return answers[-1]


@dataclass(frozen=True)
class Least:
    """A proved lower bound; ``attained`` tells whether it is reached or only approached.

    Where not ``linear``, products counted as variables of their own, and the bound may be neither.
    """

    value: Fraction
    attained: bool
    linear: bool


class Answer:
    """Yes, with values; no; or unknown."""

    def __init__(self, found: bool | None, solution: Any = None) -> None:
        self.is_yes = found is True
        self.is_no = found is False
        self.is_unknown = found is None
        self._solution = solution

    def value(self, term: Any) -> Fraction | None:
        """The value of the term in the solution found, None if it is irrational."""
        import z3

        if isinstance(term, Fraction):
            return term
        read = self._solution.eval(term, model_completion=True)
        if not z3.is_rational_value(read):
            return None
        return Fraction(read.numerator_as_long(), read.denominator_as_long())


def is_zero(term: Any) -> bool:
    """Whether the term is the number zero; one with variables may still take that value."""
    return isinstance(term, Fraction) and not term
