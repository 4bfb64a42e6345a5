"""One case alone: conditions that have to hold together, with products as products.

Nonlinear arithmetic takes the longer the more variables there are, and most of them are defined by equations. So where
it does not decide quickly, they are solved for, and the parameters alone are left.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from analyses.proof.elimination import Solved, solved
from analyses.proof.relaxation import Relaxation
from analyses.proof.solver import asserted, declared, read, symbol
from games.solvers.methods.nonlinear import asked
from games.terms import Condition, Monomial, Poly, at_least, every, names_in, poly, put, some, var

Impossible = Literal[False]

EASY = 20_000
"""Steps that are spent on the parts as they are, before unknowns are solved for."""

MOST_WRITTEN = 20_000
LONGEST = 2_000_000
"""The most products in one condition, and characters in one question: with more, no number of steps in use gets far."""


@dataclass(frozen=True)
class Part:
    """A condition of a single case, the choices that it rests on, and the supposition that it is, if it is one.

    It is one of several ``alternatives`` of a condition that leaves open which of them holds, or of none.
    """

    condition: Condition
    choices: frozenset[str] = frozenset()
    supposed: frozenset[int] = frozenset()
    alternatives: frozenset[Condition] = frozenset()


@dataclass(frozen=True)
class Core:
    """Choices whose options cannot be taken together, and the suppositions and alternatives because of which."""

    choices: frozenset[str]
    supposed: frozenset[int]
    alternatives: frozenset[Condition] = frozenset()


def resting_on(parts: Collection[Part], also: frozenset[int] = frozenset()) -> Core:
    """The choices, suppositions and alternatives that the parts rest on."""
    choices: frozenset[str] = frozenset()
    alternatives: frozenset[Condition] = frozenset()
    for part in parts:
        choices, also = choices | part.choices, also | part.supposed
        alternatives |= part.alternatives
    return Core(choices, also, alternatives)


@dataclass(frozen=True)
class Values:
    """Values of variables: ``exact`` ones, None for what is irrational or too long, and fractions ``near`` them."""

    exact: Mapping[str, Fraction | None]
    near: Mapping[str, Fraction]

    def of(self, num: Poly, den: Poly) -> tuple[Fraction | None, Fraction | None]:
        """The exact value of a quotient, and one near it."""
        close = {**self.exact, **self.near}
        values = []
        for known in (self.exact, close):
            point = {name: value for name in num.names | den.names if (value := known.get(name)) is not None}
            has_value = num.names | den.names <= point.keys() and den.at(point) != 0
            values.append(Fraction(num.at(point)) / Fraction(den.at(point)) if has_value else None)
        return values[0], values[1]


class Multiplied:
    """Parts of one case, written down for nonlinear arithmetic, in SMT-LIB."""

    def __init__(self, relaxed: Relaxation, parameters: Collection[str], parts: Iterable[Part]) -> None:
        self.relaxed = relaxed
        self.parameters = frozenset(parameters)
        self._ranges: dict[str, str] = {}
        self.formulas = {part: self._formula(part.condition) for part in parts}

    def ask(self, steps: int) -> Values | Impossible | None:
        """Whether the parts can hold together: values at which they do, False, or None if that was not found out."""
        found = self._ask(self.formulas.values(), self._names(self.formulas), min(steps, EASY))
        if found is None and steps > EASY:
            found = self._with_unknowns_solved_for(steps)
            if found is None:
                found = self._ask(self.formulas.values(), self._names(self.formulas), steps)
        return found

    def reason(self, steps: int) -> Core:
        """Fewer choices, suppositions and alternatives that make the case impossible: each is left out in turn.

        ``steps`` are how many each of these questions may take, 0 for leaving none out.
        """
        left: Mapping[Part, str | None] = self.formulas
        whole = resting_on(left)
        for choice in sorted(whole.choices) if steps else ():
            left = self._left_if_impossible(left, [part for part in left if choice not in part.choices], steps)
        for number in sorted(whole.supposed) if steps else ():
            left = self._left_if_impossible(left, [part for part in left if number not in part.supposed], steps)
        for part in [part for part in left if part.alternatives] if steps else ():
            left = self._left_if_impossible(left, [other for other in left if other is not part], steps)
        return resting_on(left)

    def _left_if_impossible(
        self, left: Mapping[Part, str | None], fewer: Iterable[Part], steps: int
    ) -> Mapping[Part, str | None]:
        rest = {part: left[part] for part in fewer}
        return rest if self._ask(rest.values(), self._names(rest), steps) is False else left

    def _with_unknowns_solved_for(self, steps: int) -> Values | Impossible | None:
        """The same answer from conditions on parameters, and from those where a divisor is zero."""
        unknowns = frozenset(self._names(self.formulas)) - self.parameters
        whole = every([*(part.condition for part in self.formulas), *map(self._within, sorted(unknowns))])
        fixed = {name: value for name in self.parameters if (value := self._fixed(name)) is not None}
        rest = solved(put(whole, fixed), unknowns)
        if not rest.unknowns and not fixed:
            return None
        found = self._ask([self._formula(rest.region)], names_in(rest.region), steps)
        if isinstance(found, Values):
            return _with(found, rest, fixed)
        if found is None or not rest.left_out:
            return found
        apart = self._formula(some(rest.left_out))
        return self._ask([*self.formulas.values(), apart], self._names(self.formulas), steps)

    def _fixed(self, name: str) -> Poly | None:
        low, high = self.relaxed.ranges[name]
        return poly(low) if low is not None and low == high else None

    def _within(self, name: str) -> Condition:
        """That an unknown keeps to its range."""
        low, high = self.relaxed.ranges.get(name, (None, None))
        above = low is None or at_least(var(name), low)
        return every([above, high is None or at_least(high, var(name))])

    def _names(self, parts: Iterable[Part]) -> set[str]:
        return set().union(*(names_in(part.condition) for part in parts))

    def _kept_within(self, name: str) -> str:
        """In SMT-LIB, that a variable keeps to its range."""
        if name not in self._ranges:
            self.relaxed.real(name)
            self._ranges[name] = asserted(self.relaxed.within(name))
        return self._ranges[name]

    def _formula(self, condition: Condition) -> str | None:
        """In SMT-LIB, that the condition holds, products being products; None where there are too many."""
        before = self.relaxed.written
        formula = self.relaxed.formula(condition, self._product)
        return None if self.relaxed.written - before > MOST_WRITTEN else asserted([formula])

    def _product(self, monomial: Monomial) -> Any:
        return self.relaxed.context.product([self.relaxed.real(name) for name in monomial])

    def _ask(self, formulas: Iterable[str | None], names: Iterable[str], steps: int) -> Values | Impossible | None:
        """Whether the formulas can hold together, within the ranges of their variables and of all parameters."""
        # A parameter that no part speaks of keeps to its range all the same.
        own = sorted({*names, *self.parameters})
        parts = list(formulas)
        text = "\n".join([declared(own), *map(self._kept_within, own), *(part for part in parts if part is not None)])
        if None in parts or len(text) > LONGEST:
            return None
        found, told = asked(text, [symbol(name) for name in own], steps)
        if not found:
            return None if found is None else False
        # What nothing speaks of may take any value.
        exact: dict[str, Fraction | None] = dict.fromkeys(self.relaxed.reals, Fraction(0))
        values = {name: told[symbol(name)] for name in own if symbol(name) in told}
        exact.update({name: read(value) for name, value in values.items()})
        close = {name: Fraction(value[:-1]) for name, value in values.items() if value.endswith("?")}
        return Values(exact, close)


def _with(found: Values, rest: Solved, fixed: Mapping[str, Poly]) -> Values:
    """The values with those of the unknowns that were solved for, and of the parameters that are fixed."""
    exact, close = dict(found.exact), dict(found.near)
    exact.update({name: Fraction(value.constant or 0) for name, value in fixed.items()})
    for name, (num, den) in rest.unknowns.items():
        exact[name], approximate = found.of(num, den)
        if exact[name] is None and approximate is not None:
            close[name] = approximate
    return Values(exact, close)
