"""The values that relations between parameters and their ranges allow.

Equations are solved for one parameter each; the others are *free* and measured in parts of their ranges. Linear
inequalities then cut a polytope out of the unit cube, and it falls into factors that share no parameter. The rest is
what is not linear, or says "or".
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import sympy

from analyses.proof.questions import Questions
from analyses.sampling.linear import Linear, form_of
from analyses.sampling.polytope import HalfSpace
from games.errors import InputError
from games.exact import Number
from games.formulas.allowed import rational
from games.formulas.polynomials import Reader, expression
from games.formulas.relations import Every, Related, Relation, in_words, substituted, symbols_of
from games.model import Point
from games.parameters import Parameter
from games.terms import Condition, Poly, Sign, at_least, conjuncts, every, holds, poly, put, sign, var


class PremiseSet:
    """See the module.

    ``ranges`` are those of all parameters, ``free`` those that no equation fixes, in the order given; ``given`` the
    others, by name, as polynomials in these. ``linear`` are the linear inequalities between free parameters that their
    ranges do not imply; ``rest`` the relations that say more than that; ``conditions`` all but the equations, of free
    parameters.

    ``whose`` begins the message of an error. Raises `InputError` for an equation that is not linear, and for relations
    that contradict each other or the ranges.
    """

    def __init__(
        self, parameters: Iterable[Parameter], relations: Iterable[Relation], whose: str = "the premises"
    ) -> None:
        self.parameters, self.whose = tuple(parameters), whose
        self.ranges = {p.symbol: (p.low, p.high) for p in self.parameters}
        self._ends = {symbol.name: ends for symbol, ends in self.ranges.items()}
        reader = Reader()
        said = list(dict.fromkeys(_conjuncts(relations)))
        self._said = [(each, reader.condition(each)) for each in said]
        self._all = every(condition for _, condition in self._said)
        if Questions(self._ends, [self._all]).ask().is_no:
            raise InputError(
                f"{whose} contradict each other or the model's ranges and assumptions: nothing is admissible; "
                "drop or weaken one"
            )
        equations = [var(name) - low for name, (low, high) in self._ends.items() if low == high]
        for each, condition in self._said:
            equations += _equations(each, condition)
        self._solve(equations)
        while flat := self._implied_equations():
            equations += flat
            self._solve(equations)

    def _solve(self, equations: Sequence[Poly]) -> None:
        """Solves the equations for one parameter each, and restates the inequalities in the others."""
        self.given: dict[str, Poly] = {}
        for equation in equations:
            self._solve_one(equation.put(self.given))
        self.free = [symbol for symbol in self.ranges if symbol.name not in self.given]
        self._position = {symbol.name: k for k, symbol in enumerate(self.free)}
        self.linear: list[Linear] = []
        self.rest: list[Relation] = []
        self.conditions: list[Condition] = []
        for name, value in self.given.items():
            low, high = self._ends[name]
            self._restate(at_least(value, low))
            self._restate(at_least(high, value))
        for each, condition in self._said:
            moved = put(condition, self.given)
            plain = [self._restate(part) for part in conjuncts(moved)]
            if not all(plain):
                self.rest.append(each)

    def _solve_one(self, equation: Poly) -> None:
        form = form_of(equation)
        assert form is not None, "an equation that is not linear was let pass"
        coefficients, _ = form
        if not coefficients:
            return
        # The last parameter, for the first ones of a model are those that matter most to a reader.
        name = max(coefficients, key=list(self._ends).index)
        value = var(name) - equation * (1 / coefficients[name])
        self.given = {other: formula.put({name: value}) for other, formula in self.given.items()}
        self.given[name] = value

    def _restate(self, condition: Condition) -> bool:
        """Keeps a condition on free parameters; whether it says no more than a linear inequality, or nothing."""
        if condition is True:
            return True
        self.conditions.append(condition)
        if (
            not isinstance(condition, Sign)
            or condition.op not in (">", ">=")
            or (form := form_of(condition.of)) is None
        ):
            return False
        coefficients, constant = form
        part = {}
        for name, c in coefficients.items():
            low, high = self._ends[name]
            constant += c * low
            part[self._position[name]] = c * (high - low)
        linear = Linear(part, constant, condition.op == ">")
        if linear.least < 0:
            self.linear.append(linear)
        return True

    def _implied_equations(self) -> list[Poly]:
        """Equations that the inequalities leave no choice but to hold, so that the set is flat."""
        free = {symbol.name: self._ends[symbol.name] for symbol in self.free}
        margins = [self.margin(condition) for condition in self.linear]
        for name, (low, high) in free.items():
            margins += [var(name) - low, high - var(name)]
        questions = Questions(free, [sign(margin, ">=") for margin in margins])
        strict = [sign(margin, ">") for margin in margins]
        if not questions.ask(*strict).is_no:
            return []
        return [margin for margin, above in zip(margins, strict, strict=True) if questions.ask(above).is_no]

    def margin(self, condition: Linear) -> Poly:
        """The left-hand side of the condition in the parameters themselves."""
        total = poly(condition.constant)
        for k, c in condition.coefficients.items():
            name = self.free[k].name
            low, high = self._ends[name]
            total = total + (var(name) - low) * (c / (high - low))
        return total

    def said(self, condition: Linear) -> str:
        """The condition in words."""
        margin = expression(self.margin(condition), self._symbols)
        return in_words(Related(margin, ">" if condition.strict else ">=", sympy.Integer(0)))

    def narrowed(self) -> "PremiseSet":
        """The same set, with the ranges that the linear inequalities about a single parameter leave."""
        ends = dict(self.ranges)
        for condition in self.linear:
            if len(condition.coefficients) == 1:
                ((k, factor),) = condition.coefficients.items()
                low, high = self.ranges[self.free[k]]
                at = low + (high - low) * -condition.constant / factor
                first, last = ends[self.free[k]]
                ends[self.free[k]] = (max(first, at), last) if factor > 0 else (first, min(last, at))
        if ends == self.ranges:
            return self
        return PremiseSet(
            (p.within(*ends[p.symbol]) for p in self.parameters), (each for each, _ in self._said), self.whose
        )

    @cached_property
    def _symbols(self) -> dict[str, sympy.Symbol]:
        return {symbol.name: symbol for symbol in self.ranges}

    @property
    def solved(self) -> dict[sympy.Symbol, Any]:
        """The parameters that equations fix, as formulas in the free ones."""
        shown: dict[sympy.Symbol, Any] = {}
        for name, value in self.given.items():
            parts = (
                rational(Fraction(c)) * sympy.Mul(*(self._symbols[n] for n in monomial))
                for monomial, c in value.terms.items()
            )
            shown[self._symbols[name]] = sympy.Add(*parts)
        return shown

    def half_space(self, condition: Linear, coordinates: Sequence[int]) -> HalfSpace:
        """The condition in some of the free parameters, those that it speaks of among them, by position."""
        return HalfSpace(tuple(condition.coefficients.get(k, Fraction(0)) for k in coordinates), condition.constant)

    def point(self, parts: Sequence[Fraction]) -> dict[sympy.Symbol, Fraction]:
        """All parameters at these parts of the free ones' ranges."""
        values: dict[str, Number] = {}
        for symbol, part in zip(self.free, parts, strict=True):
            low, high = self.ranges[symbol]
            values[symbol.name] = low + (high - low) * part
        values |= {name: value.at(values) for name, value in self.given.items()}
        return {symbol: Fraction(values[symbol.name]) for symbol in self.ranges}

    @cached_property
    def links(self) -> list[set[int]]:
        """The free parameters by position that each relation links that is not linear."""
        position = {symbol: k for k, symbol in enumerate(self.free)}
        said = (symbols_of(substituted(each, self.solved)) for each in self.rest)
        return [{position[symbol] for symbol in symbols if symbol in position} for symbols in said]

    @property
    def independent(self) -> tuple[tuple[int, ...], ...]:
        """The free parameters by position, those together that any relation links: the groups vary independently."""
        return tuple(map(tuple, self.factors(self.links)))

    def factors(self, linked: Sequence[set[int]] = ()) -> list[list[int]]:
        """The free parameters by position, those together that a linear condition (or a set of ``linked``) links."""
        groups: list[set[int]] = [{k} for k in range(len(self.free))]
        for link in [*(set(condition.coefficients) for condition in self.linear), *linked]:
            joined = [group for group in groups if group & link]
            groups = [group for group in groups if not group & link] + ([set().union(*joined)] if joined else [])
        return sorted(sorted(group) for group in groups)

    def admits_exactly(self, point: Point) -> bool:
        """Whether the relations and ranges hold at exact values of all parameters that satisfy the equations."""
        values = {symbol.name: value for symbol, value in point.items()}
        within = all(low <= values[name] <= high for name, (low, high) in self._ends.items())
        return within and holds(self._all, values)


def _conjuncts(relations: Iterable[Relation]) -> Iterator[Relation]:
    for said in relations:
        if isinstance(said, Every):
            yield from said.parts
        else:
            yield said


def _equations(said: Relation, condition: Condition) -> Iterator[Poly]:
    """The equations that a relation says to hold; what they divide by is a condition of its own."""
    plain = [part.of for part in conjuncts(condition) if isinstance(part, Sign) and part.op == "=="]
    curved = isinstance(said, Related) and said.sign == "==" and condition is not True and not plain
    if curved or any(form_of(value) is None for value in plain):
        raise InputError(
            f"the premise {in_words(said)} is an equation that is not linear, and the part of a curved set is not "
            "computed; solve it for a parameter or write an inequality"
        )
    yield from plain
