"""Polynomial inequalities over the reals, decided exactly by an SMT solver (Z3; de Moura & Bjørner 2008).

Formulas are sympy's; every symbol is a real variable. The cheapest method that settles a question is used:

1. Every product of variables counts as a variable of its own, between the bounds that its factors' ranges imply
   (McCormick 1976). What is impossible then, by linear arithmetic, is impossible.
2. One factor of each product is fixed at the value just found. What is possible then, is possible.
3. Products are multiplied out: nonlinear arithmetic over the reals (Jovanović & de Moura 2012).
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from threading import Thread
from time import monotonic
from typing import Any, TypeAlias

import sympy

from games.errors import InputError
from games.exact import Number
from games.formulas.relations import (
    SIGNS,
    Denied,
    Every,
    Implied,
    Related,
    Relation,
    Sign,
    Some,
    divisors_of,
    substituted,
)
from games.solvers.limits import expired, remaining

EASY = 50_000_000
"""Steps that a linear question may take, a fraction of a second, before it is moved to a thread, to be interrupted."""

LONGEST = 4_000_000.0
"""The longest time limit that the solver knows, in seconds; a longer one is none."""

GRACE = 0.7
"""Seconds for an interrupted solver to stop; one that does not is left alone, and the question unanswered."""

MOST_SAMPLES = 50
"""The most admissible solutions that are kept to see at once that a relation is open."""

Form: TypeAlias = tuple[dict[int, Number], Number]
"""A linear form: the coefficients of terms that are no sums, by their numbers, and what is added."""

LONGEST_VALUE = 4_000
LARGEST_SAMPLE = 10**15


class StuckError(Exception):
    """A solver does not stop although it was told to."""


@contextmanager
def _not_too_late() -> Iterator[None]:
    """An interruption that came too late for its question hits the next one: the solver then counts as stuck."""
    import z3

    try:
        yield
    except z3.Z3Exception as error:
        if "canceled" not in str(error):
            raise
        raise StuckError("the solver of inequalities was interrupted between two questions") from None


class Inequalities:
    """The language in which questions are put, what is given in all of them, and how many have been asked.

    ``ranges`` are the least and the greatest value of variables, by symbol; they are given, too. ``used`` are the
    numbers of the suppositions on which some answer "no" rests.
    """

    def __init__(self, ranges: Mapping[sympy.Symbol, tuple[Fraction, Fraction]] | None = None) -> None:
        import z3

        # A context of its own, so that an answer never depends on what another claim asked before.
        self.context = z3.Context()
        # Python may drop terms while a solver that does not stop still runs.
        z3.Z3_enable_concurrent_dec_ref(self.context.ref())
        self.variables: dict[sympy.Symbol, Any] = {}
        self.questions = 0
        self.multiplied_out = 0
        self.given: list[Any] = []
        self._linear = z3.SimpleSolver(ctx=self.context)
        self._linear.set("ctrl_c", False)
        self._linear.set("rlimit", EASY)
        self._numbers: dict[Fraction | int, Any] = {}
        self._terms: dict[Any, Any] = {}
        self._bounds: dict[int, tuple[Fraction, Fraction]] = {}
        self._forms: dict[int, Form] = {}
        self._monomials: dict[tuple[int, Number], Any] = {}
        self._relations: dict[tuple[Any, Sign], Any] = {}
        self._decisions: dict[int, bool | None] = {}
        self._samples: list[dict[int, float]] = []
        self._open: dict[int, tuple[dict[int, Number], Sign, Number]] = {}
        self._lost = False
        self._products: dict[tuple[int, int], Any] = {}
        self._factors: dict[int, tuple[Any, Any, Any]] = {}
        self._inside: dict[int, frozenset[int]] = {}
        self._kept: list[Any] = []
        self._probable: set[int] = set()
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
        self._probable.add(fresh.get_id())
        self._bounds[fresh.get_id()] = (Fraction(0), Fraction(1))
        self._kept.append(fresh)
        return fresh

    def number(self, value: Fraction | int) -> Any:
        import z3

        if value not in self._numbers:
            self._numbers[value] = z3.RealVal(value, self.context)
        return self._numbers[value]

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
            sign: Sign = "<=" if isinstance(expression, sympy.Min) else ">="
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
        if coefficient == 1:
            return result
        parts, added = self._form(result)
        return self._sum({name: coefficient * each for name, each in parts.items()}, coefficient * added)

    def _times(self, first: Any, second: Any) -> Any:
        """A variable that stands for the product of two terms, given between the bounds that follow from theirs."""
        import z3

        key = (first.get_id(), second.get_id())
        if key not in self._products:
            product = z3.FreshReal("product", self.context)
            self._products[key] = product
            self._factors[product.get_id()] = (product, first, second)
            if any(not self._probable.isdisjoint(self._form(factor)[0]) for factor in (first, second)):
                self._probable.add(product.get_id())
            ranges = [self._range(*self._form(factor)) for factor in (first, second)]
            if None not in ranges:
                (a, b), (c, d) = (one for one in ranges if one)
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
        """A variable that stands for one divided by the term, and for anything where the term is zero."""
        import z3

        if isinstance(term, Fraction):
            return 1 / term
        inverse = z3.FreshReal("inverse", self.context)
        self.give(z3.Or(term == 0, self._times(inverse, term) == 1))
        return inverse

    def defined(self, *expressions: Any) -> Any:
        """That nothing is divided by zero in the expressions."""
        bases = dict.fromkeys(base for expression in expressions for base in denominators(expression))
        return self.every(self.compare(self.term(base), "!=", Fraction(0)) for base in bases)

    def factors(self, term: Any) -> list[Any] | None:
        """The two terms whose product the variable ``term`` stands for; None if it stands for none."""
        found = self._factors.get(term.get_id())
        return None if found is None else list(found[1:])

    def total(self, terms: Iterable[Any]) -> Any:
        """The sum of terms; a number as long as all are."""
        number: Number = 0
        sums: dict[int, Number] = {}
        for term in terms:
            if isinstance(term, Fraction):
                number += term
                continue
            parts, added = self._form(term)
            number += added
            for name, coefficient in parts.items():
                sums[name] = sums.get(name, 0) + coefficient
        return self._sum(sums, number)

    def _form(self, term: Any) -> Form:
        """The linear form of a term; one of an unknown kind counts as a variable."""
        name = term.get_id()
        if name not in self._forms:
            self._forms[name] = ({name: 1}, 0)
            self._monomials[name, 1] = term
            # Names are reused once a term is gone, so it is kept.
            self._kept.append(term)
        return self._forms[name]

    def _sum(self, parts: Mapping[int, Number], added: Number) -> Any:
        """The term of a linear form; a number where nothing else is left."""
        kept = {name: _slim(coefficient) for name, coefficient in parts.items() if coefficient}
        if not kept:
            return Fraction(added)
        added = _slim(added)
        summands = [self._monomial(name, coefficient) for name, coefficient in kept.items()]
        if added:
            summands.append(self.number(added))
        term = self._added(summands)
        if term.get_id() not in self._forms:
            self._forms[term.get_id()] = (kept, added)
            self._kept.append(term)
        return term

    def _monomial(self, name: int, coefficient: Number) -> Any:
        if (name, coefficient) not in self._monomials:
            self._monomials[name, coefficient] = self.number(coefficient) * self._monomials[name, 1]
        return self._monomials[name, coefficient]

    def _added(self, summands: list[Any]) -> Any:
        import z3

        if len(summands) == 1:
            return summands[0]
        # Written out, since the general constructor takes ten times as long.
        array = (z3.Ast * len(summands))(*(summand.as_ast() for summand in summands))
        return z3.ArithRef(z3.Z3_mk_add(self.context.ref(), len(summands), array), self.context)

    def _range(self, parts: Mapping[int, Number], added: Number) -> tuple[Fraction, Fraction] | None:
        """The least and the greatest value that the ranges of the variables allow, if they have any."""
        low = high = Fraction(added)
        for name, coefficient in parts.items():
            if name not in self._bounds:
                return None
            ends = self._bounds[name]
            low += coefficient * ends[coefficient < 0]
            high += coefficient * ends[coefficient > 0]
        return low, high

    def formula(self, said: Relation, values: Mapping[sympy.Symbol, Any] | None = None) -> Any:
        """A relation as a formula of the solver; ``values`` are terms for some of its symbols.

        A comparison that divides by zero does not hold.
        """
        import z3

        if values:
            fresh = {symbol: sympy.Dummy(symbol.name) for symbol in values}
            self._terms.update({fresh[symbol]: term for symbol, term in values.items()})
            said = substituted(said, fresh)
        match said:
            case Related(left, sign, right):
                defined = self.every(
                    self.compare(self.term(base), "!=", Fraction(0)) for base in dict.fromkeys(divisors_of(said))
                )
                if z3.is_false(defined):
                    return defined
                return self.every([defined, self.compare(self.term(left), sign, self.term(right))])
            case Every(parts):
                return self.every(map(self.formula, parts))
            case Some(parts):
                return self.some(map(self.formula, parts))
            case Denied(part):
                return z3.Not(self.formula(part))
            case Implied(first, second):
                return z3.Implies(self.formula(first), self.formula(second))

    def compare(self, left: Any, sign: Sign, right: Any) -> Any:
        """The relation between two terms, decided at once where numbers or ranges decide it.

        Relations that are multiples of each other are one formula.
        """
        parts, added = ({}, left) if isinstance(left, Fraction) else self._form(left)
        minus, less = ({}, right) if isinstance(right, Fraction) else self._form(right)
        parts = dict(parts)
        for name, coefficient in minus.items():
            parts[name] = parts.get(name, 0) - coefficient
        items = sorted((name, coefficient) for name, coefficient in parts.items() if coefficient)
        if not items:
            return self._truth(SIGNS[sign].holds(added - less, 0))
        leading = items[0][1]
        if leading < 0:
            sign = SIGNS[sign].mirrored
        if leading != 1:
            items = [(name, _slim(Fraction(coefficient) / leading)) for name, coefficient in items]
        constant = _slim(Fraction(added - less) / leading)
        key = ((*items, constant), sign)
        if key not in self._relations:
            self._relations[key] = self._related(dict(items), sign, constant)
        return self._relations[key]

    def _related(self, parts: dict[int, Number], sign: Sign, added: Number) -> Any:
        """That the linear form is as the sign says to zero."""
        ends = self._range(parts, added)
        if ends is not None:
            decided = {SIGNS[sign].holds(end, 0) for end in ends}
            surely = sign in ("<=", "<", ">=", ">") and len(decided) == 1
            if surely or (sign in ("==", "!=") and not ends[0] <= 0 <= ends[1]):
                return self._truth(decided.pop())
        left = self._added([self._monomial(name, coefficient) for name, coefficient in parts.items()])
        right = self.number(-added)
        relation = SIGNS[sign].holds(left, right)
        self._open[relation.get_id()] = (parts, sign, added)
        self._kept.append(relation)
        return relation

    def _truth(self, value: bool) -> Any:
        import z3

        return z3.BoolVal(value, self.context)

    def related(self, left: Any, sign: Sign, right: Any) -> Any:
        """As `compare`, decided as well where linear arithmetic shows that the suppositions decide it.

        Relations between probabilities are left as they are: no other question will ask for them.
        """
        relation = self.compare(left, sign, right)
        name = relation.get_id()
        if name not in self._open:
            return relation
        if not self._probable.isdisjoint(self._open[name][0]):
            return relation
        if name not in self._decisions:
            self._decisions[name] = self._decided(relation, *self._open[name])
        decided = self._decisions[name]
        return relation if decided is None else self._truth(decided)

    def _decided(self, relation: Any, parts: Mapping[int, Number], sign: Sign, added: Number) -> bool | None:
        """Whether the relation holds at all admissible solutions, or at none; None if that is open.

        Solutions seen so far, in floats, spare most questions; they never decide anything.
        """
        seen: set[bool] = set()
        for sample in self._samples:
            value = _in_floats(added) + sum(_in_floats(c) * sample.get(name, 0.0) for name, c in parts.items())
            seen.add(bool(SIGNS[sign].holds(value, 0)))
            if len(seen) == 2:
                return None
        for answer in seen or {True, False}:
            denial = self.denied(relation) if answer else relation
            if self._excludes((denial,), parts):
                return answer
        return None

    def every(self, formulas: Iterable[Any]) -> Any:
        """All of them hold."""
        import z3

        parts = {}
        for formula in formulas:
            if z3.is_false(formula):
                return formula
            if not z3.is_true(formula):
                parts[formula.get_id()] = formula
        if not parts:
            return self._truth(True)
        return next(iter(parts.values())) if len(parts) == 1 else z3.And(list(parts.values()))

    def some(self, formulas: Iterable[Any]) -> Any:
        """At least one of them holds."""
        import z3

        parts = {}
        for formula in formulas:
            if z3.is_true(formula):
                return formula
            if not z3.is_false(formula):
                parts[formula.get_id()] = formula
        if not parts:
            return self._truth(False)
        return next(iter(parts.values())) if len(parts) == 1 else z3.Or(list(parts.values()))

    def truth_of(self, formula: Any) -> bool | None:
        """Whether the formula is true or false by itself; None if it says something about variables."""
        import z3

        return True if z3.is_true(formula) else False if z3.is_false(formula) else None

    def denied(self, formula: Any) -> Any:
        import z3

        return z3.Not(formula)

    def excludes(self, *formulas: Any) -> bool:
        """Whether linear arithmetic alone shows, within a moment, that ``formulas`` cannot hold."""
        return self._excludes(formulas)

    @_not_too_late()
    def _excludes(self, formulas: Iterable[Any], seen_at: Iterable[int] = ()) -> bool:
        """As `excludes`; a solution, if there is one, is kept as a sample, with the terms ``seen_at``."""
        import z3

        self.questions += 1
        if expired():
            return False
        self._linear.push()
        self._linear.add(*formulas)
        found = self._linear.check(*self._switches)
        if found == z3.unsat:
            self._rests_on_these(self._linear.unsat_core())
        elif found == z3.sat and seen_at and len(self._samples) < MOST_SAMPLES:
            self._keep_sample(self._linear.model())
        self._linear.pop()
        return bool(found == z3.unsat)

    def _keep_sample(self, solution: Any) -> None:
        sample = {}
        for (name, coefficient), term in self._monomials.items():
            if coefficient == 1:
                value = _rational(solution.eval(term, model_completion=True))
                if value is not None and abs(value) < LARGEST_SAMPLE:
                    sample[name] = float(value)
        self._samples.append(sample)

    def _quietly(self, solver: Any, seconds: float) -> None:
        """Gives the solver a time limit, and leaves Ctrl-C to Python."""
        solver.set("timeout", max(1, int(1000 * seconds)) if seconds < LONGEST else 2**32 - 1)
        solver.set("ctrl_c", False)

    @_not_too_late()
    def ask(self, *formulas: Any, most_seconds: float = float("inf"), about: Iterable[Any] = ()) -> "Answer":
        """Whether values exist at which what is given and all ``formulas`` hold; unknown once the time is up.

        The values in the answer are those of the variables in the question, and of the terms that it is ``about``.
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
            asked_for = [term for term in about if not isinstance(term, Fraction)]
            involved = self._given_products.union(*map(self._products_in, (*formulas, *asked_for)))
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
            if not self._lost:
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

    @_not_too_late()
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

    @_not_too_late()
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
        if not self._factors:
            return frozenset()
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
        """The solver's answer by then: at once where it is easy, else from a thread that can be interrupted.

        No clock cuts off an attempt that is then repeated: the second would start from what the first had learned.
        """
        import z3

        left = until - monotonic()
        if left <= 0:
            return z3.unknown
        if solver is self._linear:
            found = solver.check(*switches)
            if found != z3.unknown:
                return found
            solver.set("rlimit", 0)
        answers = [z3.unknown]
        self._quietly(solver, left)
        thread = Thread(target=lambda: answers.append(solver.check(*switches)), daemon=True)
        thread.start()
        stopped = float("inf")
        while thread.is_alive() and not self._lost:
            thread.join(0.05)
            if thread.is_alive() and (expired() or monotonic() > until):
                self.context.interrupt()
                stopped = min(stopped, monotonic())
            self._lost = thread.is_alive() and monotonic() > stopped + GRACE
        if self._lost:
            raise StuckError("the solver of inequalities does not stop")
        if solver is self._linear:
            self._quietly(solver, LONGEST)
            solver.set("rlimit", EASY)
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
        """The value of the term in the solution found, None if it is irrational, or too long to be of use."""
        if isinstance(term, Fraction):
            return term
        return _rational(self._solution.eval(term, model_completion=True))


def _rational(value: Any) -> Fraction | None:
    """The solver's value as a fraction; None for an irrational one, and one of more than `LONGEST_VALUE` characters."""
    import z3

    if not z3.is_rational_value(value):
        return None
    text = value.as_string()
    return Fraction(text) if len(text) <= LONGEST_VALUE else None


def is_zero(term: Any) -> bool:
    """Whether the term is the number zero; one with variables may still take that value."""
    return isinstance(term, Fraction) and not term


def denominators(expression: Any) -> Iterator[Any]:
    """What the expression divides by, the parts of its denominators first."""
    if isinstance(expression, int | Fraction) or expression.is_Atom:
        return
    for part in expression.args:
        yield from denominators(part)
    if expression.is_Pow and expression.exp.is_negative:
        yield expression.base


def _slim(value: Number) -> Number:
    """The same number, as an integer if it is one: sums of those take a fraction of the time."""
    return value.numerator if value.denominator == 1 else value


def _in_floats(number: Number) -> float:
    """The number in floats, infinite where it is too large for them."""
    try:
        return float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")
