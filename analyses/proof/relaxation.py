"""Polynomials and conditions as linear arithmetic: every product of variables counts as a variable of its own.

It lies between the bounds that the ranges of its factors imply (McCormick 1976). What is impossible then, is
impossible; what is possible then, may not be.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from analyses.proof.solver import Context
from games.cases import Cases
from games.exact import Number
from games.solvers.limits import unless_expired
from games.terms import Condition, Joined, Monomial, Op, Poly, Sign, Taken

Ends: TypeAlias = tuple[Number | None, Number | None]
"""The least and the greatest value of a variable; None where it has none."""


PACE = 64
"""After so many products the time is looked at."""


class Relaxation:
    """The variables, products and choices of one question or of many, as terms of a linear ``solver``.

    ``written`` counts the products that were written down for it: most of the work that is not the solver's.
    """

    def __init__(self, context: Context, ranges: Mapping[str, Ends]) -> None:
        self.context = context
        self.solver = context.linear()
        self.ranges: dict[str, Ends] = {}
        self.reals: dict[str, Any] = {}
        self.products: dict[Monomial, Any] = {}
        self.booleans: dict[tuple[str, str], Any] = {}
        self.written = 0
        self._terms: dict[Poly, Any] = {}
        self._defined: list[Any] = []
        self._lasting = 0
        self._formulas: dict[Condition, Any] = {}
        for name, ends in ranges.items():
            self.declare(name, ends)

    def _define(self, *formulas: Any) -> None:
        """Bounds of a variable: they hold in every question, also if the first to need them is over."""
        self._defined += formulas
        self.context.suppose(self.solver, formulas)

    def begin(self) -> None:
        """Starts a question: what an earlier one defined, and forgot when it ended, is said again."""
        self.context.suppose(self.solver, self._defined[self._lasting :])
        self._lasting = len(self._defined)
        self.solver.push()

    def declare(self, name: str, ends: Ends) -> None:
        """A variable with its range."""
        self.ranges[name] = ends
        self.real(name)

    def real(self, name: str) -> Any:
        if name not in self.reals:
            self.reals[name] = self.context.real(name)
            self._define(*self.within(name))
        return self.reals[name]

    def within(self, name: str) -> list[Any]:
        """That a variable keeps to its range."""
        low, high = self.ranges.get(name, (None, None))
        real, number, compared = self.reals[name], self.context.number, self.context.compared
        return [
            *([compared(real, ">=", number(low))] if low is not None else []),
            *([compared(number(high), ">=", real)] if high is not None else []),
        ]

    def boolean(self, choice: str, option: str) -> Any:
        if (choice, option) not in self.booleans:
            self.booleans[choice, option] = self.context.boolean(f"choice {len(self.booleans)}")
        return self.booleans[choice, option]

    def range_of(self, value: Poly) -> tuple[Number, Number] | None:
        """The least and the greatest value that the ranges of the variables allow, if they have any."""
        low = high = value.terms.get((), 0)
        for monomial, coefficient in value.terms.items():
            if monomial:
                ends = self._range_of_product(monomial)
                if ends is None:
                    return None
                low += coefficient * ends[coefficient < 0]
                high += coefficient * ends[coefficient > 0]
        return low, high

    def _range_of_product(self, monomial: Monomial) -> tuple[Number, Number] | None:
        low, high = self.ranges.get(monomial[0], (None, None))
        if low is None or high is None:
            return None
        if len(monomial) == 1:
            return low, high
        rest = self._range_of_product(monomial[1:])
        if rest is None:
            return None
        corners = [one * other for one in (low, high) for other in rest]
        even = all(monomial.count(name) % 2 == 0 for name in monomial)
        return max(0, min(corners)) if even else min(corners), max(corners)

    def product(self, monomial: Monomial) -> Any:
        """The variable that stands for the product, with the bounds that follow from its factors'."""
        if len(monomial) == 1:
            return self.real(monomial[0])
        if monomial not in self.products:
            self.products[monomial] = w = self.context.real("*".join(monomial))
            x, y = self.real(monomial[0]), self.product(monomial[1:])
            (a, b), rest = self.ranges.get(monomial[0], (None, None)), self._range_of_product(monomial[1:])
            if a is not None and b is not None and rest is not None:
                lx, hx, ly, hy = map(self.context.number, (a, b, *rest))
                self._define(
                    w >= lx * y + ly * x - lx * ly,
                    w >= hx * y + hy * x - hx * hy,
                    w <= lx * y + hy * x - lx * hy,
                    w <= hx * y + ly * x - hx * ly,
                )
            if all(monomial.count(name) % 2 == 0 for name in monomial):
                self._define(w >= 0)
        return self.products[monomial]

    def term(self, value: Poly, multiply: Callable[[Monomial], Any] | None = None) -> Any:
        """The polynomial as a term; ``multiply`` makes the term of a product, by default its variable."""
        if multiply is None and value in self._terms:
            return self._terms[value]
        self.written += len(value.terms)
        parts = []
        for number, (monomial, coefficient) in enumerate(value.terms.items()):
            if number % PACE == 0:
                unless_expired()
            if not monomial:
                parts.append(self.context.number(coefficient))
            else:
                term = (multiply or self.product)(monomial)
                parts.append(self.context.times(coefficient, term))
        total = self.context.total(parts)
        if multiply is None:
            self._terms[value] = total
        return total

    def formula(self, condition: Condition, multiply: Callable[[Monomial], Any] | None = None) -> Any:
        """The condition as a formula."""
        if isinstance(condition, bool):
            return self.context.truth(condition)
        if multiply is None and condition in self._formulas:
            return self._formulas[condition]
        match condition:
            case Taken(choice, option, so):
                taken = self.boolean(choice, option)
                found = taken if so else self.context.z3.Not(taken)
            case Sign(of, op):
                found = self._sign(of, op, multiply)
            case Joined(parts, all_):
                found = self.context.joined([self.formula(part, multiply) for part in parts], all_)
        if multiply is None:
            self._formulas[condition] = found
        return found

    def _sign(self, of: Poly, op: Op, multiply: Callable[[Monomial], Any] | None) -> Any:
        ends = self.range_of(of) if multiply is None and op in (">", ">=") else None
        if ends is not None:
            low, high = ends
            if low > 0 or (low == 0 and op == ">="):
                return self.context.truth(True)
            if high < 0 or (high == 0 and op == ">"):
                return self.context.truth(False)
        return self.context.compared(self.term(of, multiply), op, self.context.number(0))

    def add(self, *conditions: Condition) -> None:
        self.context.suppose(self.solver, [self.formula(condition) for condition in conditions])

    def add_cases(self, cases: Cases) -> None:
        """The choices with what their options hold and give, what binds the unknowns, and what follows."""
        for unknown in cases.unknowns:
            self.declare(unknown.name, (unknown.low, unknown.high))
        for choice in cases.choices:
            for name in dict.fromkeys(name for option in choice.options.values() for name in option.gives):
                if name not in self.ranges:
                    given = [option.gives.get(name) for option in choice.options.values()]
                    self.ranges[name] = self._hull(given)
        for choice in cases.choices:
            unless_expired()
            taken = [self.boolean(choice.name, option) for option in choice.options]
            self.solver.add(
                self.context.z3.PbEq([(each, 1) for each in taken], 1) if taken else self.context.truth(False)
            )
            for one, option in zip(taken, choice.options.values(), strict=True):
                gives = [
                    self.context.compared(self.real(name), "==", self.term(value))
                    for name, value in option.gives.items()
                ]
                both = self.context.joined([self.formula(option.holds), *gives], True)
                self.solver.add(self.context.z3.Implies(one, both))
        self.add(*cases.bound, *cases.conditions, *cases.implied)

    def _hull(self, values: Sequence[Poly | None]) -> Ends:
        """The range of a variable that takes one of the values, or is not given at all."""
        ends = [None if value is None else self.range_of(value) for value in values]
        known = [each for each in ends if each is not None]
        if not known or len(known) < len(ends):
            return None, None
        return min(low for low, _ in known), max(high for _, high in known)

    def taken(self, model: Any) -> dict[str, str]:
        """The options that a solution takes."""
        z3 = self.context.z3
        return {choice: option for (choice, option), one in self.booleans.items() if z3.is_true(model.eval(one))}
