"""Questions about cases: are there payoffs, options and unknowns at which all of this holds?

The cheapest way that settles a question comes first:

1. Products count as variables between their bounds (`analyses.proof.relaxation`). What is impossible then, is.
2. All but one factor of each product keep the value just found. What is possible then, is.
3. The one case that the solver chose is looked at alone, with what its options give put in: by linear arithmetic, then
   by nonlinear arithmetic. If it is impossible it is blocked, as far as the reason reaches, and the question is asked
   again. So the product of the choices is never listed, and only those cases are met that linear arithmetic leaves.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import prod
from typing import Any

from analyses.proof.relaxation import Ends, Relaxation
from analyses.proof.single import Core, Multiplied, Part, Values, resting_on
from analyses.proof.solver import Context, Solution, short
from games.cases import Cases
from games.exact import Number
from games.solvers.limits import OutOfTimeError, expired
from games.terms import Condition, Joined, Poly, conjuncts, denied, poly, put, var


@dataclass(frozen=True)
class Effort:
    """The most that a question may cost, in steps of the solver.

    ``linear``: of each question in linear arithmetic. ``nonlinear``: of one case in nonlinear arithmetic; ``core``: of
    seeing whether a case stays impossible without one of its choices or premises, 0 for not looking. ``cases``: how
    many cases may be looked at one by one, ``multiplied`` how many of them by nonlinear arithmetic, and ``hard`` how
    many may stay open. ``regions``: how many regions of payoffs may be left out one by one. ``steps``: how much all of
    that may come to, as `Questions.spent` counts it.
    """

    linear: int = 200_000_000
    nonlinear: int = 100_000
    core: int = 20_000
    cases: int = 2_000
    multiplied: int = 250
    hard: int = 20
    regions: int = 500
    steps: int = 2_000_000


FULL = Effort()
"""What a question that a verdict hangs on may cost."""

BRIEF = Effort(linear=2_000_000, nonlinear=20_000, core=0, cases=20, multiplied=10, hard=2, regions=20, steps=100_000)
"""What an attempt may cost that may as well fail."""

A_QUESTION = 100
A_NONLINEAR_CASE = 1_000
OF_THE_SOLVER = 40
"""What a question, and a case put to nonlinear arithmetic, count beside a product written down for the solver; and how
many of the solver's own steps count as one, where it used up all that it may take."""

QUICK = Effort(linear=5_000_000, nonlinear=50_000, cases=200, multiplied=20, hard=2, regions=60, steps=200_000)
"""What a question may cost before a counterexample is looked for in other ways."""

SPARING = Effort(multiplied=60, hard=5, regions=60, steps=400_000)
"""What a question may cost that only makes an answer shorter."""

STOPPED = "the time was up before every case was decided"
TOO_HARD = "the solver of inequalities could not decide a case"
TOO_MANY = "more cases than are gone through need nonlinear arithmetic"


@dataclass(frozen=True)
class Answer:
    """Yes, with values and the options taken; no; or unknown, with the reason.

    ``values`` are those of all variables; None for one that is irrational or too long to be of use. Where the answer is
    no, ``rests_on`` are the numbers of the suppositions that it needs. ``near`` are fractions close to what is
    irrational.
    """

    found: bool | None
    values: Mapping[str, Fraction | None] = field(default_factory=dict)
    taken: Mapping[str, str] = field(default_factory=dict)
    because: str = ""
    rests_on: frozenset[int] = frozenset()
    near: Mapping[str, Fraction] = field(default_factory=dict)

    @property
    def is_yes(self) -> bool:
        return self.found is True

    @property
    def is_no(self) -> bool:
        return self.found is False

    @property
    def is_unknown(self) -> bool:
        return self.found is None

    def point(self, names: Sequence[str]) -> dict[str, Fraction] | None:
        """The values of these variables; None if one has none."""
        found = {name: self.values.get(name) for name in names}
        known = {name: value for name, value in found.items() if value is not None}
        return known if len(known) == len(found) else None

    def of(self, value: Poly) -> Fraction | None:
        """The value of a polynomial, None if one of its variables has none."""
        point = self.point(sorted(value.names))
        return None if point is None else Fraction(value.at(point))


@dataclass(frozen=True)
class Least:
    """A lower bound that is proved; where ``exact`` no greater one is, and ``attained`` says that it is a value.

    Otherwise products counted as variables of their own, and the bound may be too low.
    """

    value: Fraction
    attained: bool
    exact: bool


class Questions:
    """What is given in every question: ranges, conditions, suppositions that an answer may rest on, and cases.

    ``ranges`` are the least and the greatest value of each parameter. ``asked`` counts the questions, ``nonlinear`` the
    cases that nonlinear arithmetic had to decide.
    """

    def __init__(
        self,
        ranges: Mapping[str, Ends],
        given: Sequence[Condition] = (),
        supposed: Sequence[Condition] = (),
        cases: Cases | None = None,
    ) -> None:
        self.context = Context()
        self.relaxed = Relaxation(self.context, ranges)
        self.cases = cases or Cases()
        self.parameters = tuple(ranges)
        self.given = list(given)
        self.supposed: list[Condition] = []
        self.switches: list[Any] = []
        self.effort = FULL
        self.asked = 0
        self.nonlinear = 0
        self._in_vain = 0
        self.relaxed.add(*given)
        self.suppose(*supposed)
        self.relaxed.add_cases(self.cases)

    def variable(self, name: str, ends: Ends) -> Poly:
        """A further variable with its range, which what is given and asked may then speak of."""
        self.relaxed.declare(name, ends)
        self.parameters = (*self.parameters, name)
        return var(name)

    @property
    def spent(self) -> int:
        """The work so far, about as many steps for each part of it as it takes time; the same on every machine."""
        own = A_QUESTION * self.asked + A_NONLINEAR_CASE * self.nonlinear + self.relaxed.written
        return own + self._in_vain // OF_THE_SOLVER

    def give(self, *conditions: Condition) -> None:
        """Adds to what is given in every question."""
        self.given += conditions
        self.relaxed.add(*conditions)

    def suppose(self, *conditions: Condition) -> None:
        """Adds to what is supposed in every question unless it names the suppositions itself."""
        for condition in conditions:
            switch = self.context.boolean(f"supposed {len(self.supposed)}")
            self.supposed.append(condition)
            self.switches.append(switch)
            self.relaxed.solver.add(self.context.z3.Implies(switch, self.relaxed.formula(condition)))

    def ask(self, *conditions: Condition, suppositions: Sequence[int] | None = None, effort: Effort = FULL) -> Answer:
        """Whether all of the conditions can hold with what is given and supposed, in some case.

        Of what is supposed only the ``suppositions`` count, by number, where they are named.
        """
        self.asked += 1
        numbers = range(len(self.supposed)) if suppositions is None else suppositions
        if expired():
            return Answer(None, because=STOPPED)
        self.effort = effort
        self.relaxed.begin()
        try:
            self.relaxed.add(*conditions)
            return self._asked(conditions, list(numbers))
        except OutOfTimeError:
            return Answer(None, because=STOPPED)
        finally:
            if not self.context.lost:
                self.relaxed.solver.pop(self.relaxed.solver.num_scopes())

    def ruled_out(self, *conditions: Condition, suppositions: Sequence[int]) -> frozenset[int] | None:
        """The suppositions because of which the conditions cannot hold, as far as linear arithmetic tells; else None.

        Products count as variables, so that None says nothing; it takes a fraction of the time of `ask`.
        """
        self.asked += 1
        switches = {self.switches[k].get_id(): k for k in suppositions}
        self.relaxed.begin()
        try:
            self.relaxed.add(*conditions)
            found = self.context.check(self.relaxed.solver, SPARING.linear, [self.switches[k] for k in suppositions])
            core = self.relaxed.solver.unsat_core() if found is False else None
            return None if core is None else frozenset(switches[each.get_id()] for each in core)
        finally:
            if not self.context.lost:
                self.relaxed.solver.pop(self.relaxed.solver.num_scopes())

    def options_left(self, *conditions: Condition) -> Mapping[str, str] | bool | None:
        """Options of every choice that linear arithmetic does not rule out; False where it rules out all of them.

        Products count as variables, so that options that are left need not be possible. None where time did not
        suffice.
        """
        self.asked += 1
        self.relaxed.begin()
        try:
            self.relaxed.add(*conditions)
            found = self.context.check(self.relaxed.solver, self.effort.linear, self.switches)
            return self.relaxed.taken(self.relaxed.solver.model()) if found else found
        finally:
            if not self.context.lost:
                self.relaxed.solver.pop(self.relaxed.solver.num_scopes())

    def impossible_together(self, taken: Mapping[str, str]) -> frozenset[str] | None:
        """The choices whose options as ``taken`` linear arithmetic rules out together; None where it does not.

        What the options give is put in, so that it tells more of one case than `options_left` does.
        """
        self.relaxed.begin()
        try:
            parts = [Part(condition, choices) for choices, condition in self.cases.case(taken, *self.given)]
            if (false := next((part for part in parts if part.condition is False), None)) is not None:
                return false.choices
            core = self._impossible_if_linear([part for part in parts if part.condition is not True], ())
            return None if core is None else core.choices
        finally:
            if not self.context.lost:
                self.relaxed.solver.pop(self.relaxed.solver.num_scopes())

    def least(self, value: Poly, *conditions: Condition, effort: Effort = FULL) -> Least | None:
        """A lower bound of ``value`` where the conditions hold with what is given and supposed, in any case.

        None where there is none, where nothing satisfies the conditions, and where ``effort`` or time did not suffice.
        """
        self.asked += 1
        self.effort = effort
        self.relaxed.begin()
        try:
            self.relaxed.add(*conditions)
            term = self.relaxed.term(value)
            found = self._least(term)
            if found is None or not self.relaxed.products:
                return None if found is None else Least(found[0], found[1], True)
            bound, attained, model = found
            for unknowns_first in (True, False):
                # With products fixed to what they are, less is possible; if as little is, the bound is the end itself.
                with_fixed = self._least(term, self._products_at(model, unknowns_first, value.names))
                if with_fixed is not None and with_fixed[0] == bound:
                    return Least(bound, with_fixed[1], with_fixed[1] or not attained)
            return Least(bound, attained, False)
        except OutOfTimeError:
            return None
        finally:
            if not self.context.lost:
                self.relaxed.solver.pop(self.relaxed.solver.num_scopes())

    def _least(self, term: Any, more: Sequence[Any] = ()) -> tuple[Fraction, bool, Any] | None:
        """The least value of the term in linear arithmetic, whether it is attained, and a solution near it."""
        optimum = self.context.optimum()
        optimum.add(*self.relaxed.solver.assertions(), *self.switches, *more)
        sought = optimum.minimize(term)
        if not self.context.check(optimum, self.effort.linear):
            return None
        infinite, bound, above = (Fraction(number.as_string()) for number in sought.lower_values())
        return None if infinite else (bound, not above, optimum.model())

    def _asked(self, conditions: Sequence[Condition], numbers: list[int]) -> Answer:
        solver, z3 = self.relaxed.solver, self.context.z3
        switches = {self.switches[k].get_id(): k for k in numbers}
        assumed = [self.switches[k] for k in numbers]
        rests_on: frozenset[int] = frozenset()
        doubts, most, last = 0, self.nonlinear + self.effort.multiplied, self.spent + self.effort.steps
        for _ in range(self.effort.cases):
            if self.nonlinear > most or self.spent > last:
                break
            found = self.context.check(solver, self.effort.linear, assumed)
            if found is None:
                self._in_vain += self.effort.linear
                return Answer(None, because=STOPPED if expired() else TOO_HARD)
            if not found:
                rests_on |= {switches[each.get_id()] for each in solver.unsat_core()}
                return Answer(None, because=TOO_HARD) if doubts else Answer(False, rests_on=rests_on)
            model = solver.model()
            if not self.relaxed.products:
                return self._yes(model, self.relaxed.taken(model))
            answer = self._with_factors_fixed(model, assumed)
            if answer is not None:
                return answer
            taken = self.relaxed.taken(model)
            parts = list(self._parts(model, taken, conditions, numbers))
            single = self._single(taken, parts, numbers)
            if isinstance(single, Answer):
                return single
            if single is None:
                if expired():
                    return Answer(None, because=STOPPED)
                doubts += 1
                if doubts > self.effort.hard:
                    return Answer(None, because=TOO_HARD)
                single = replace(resting_on(parts), supposed=frozenset())
            rests_on |= single.supposed
            blocked = [z3.Not(self.relaxed.boolean(choice, taken[choice])) for choice in sorted(single.choices)]
            blocked += [self.relaxed.formula(denied(each)) for each in sorted(single.alternatives, key=str)]
            solver.add(z3.Or(blocked) if blocked else self.context.truth(False))
        return Answer(None, because=TOO_MANY)

    def _yes(self, model: Any, taken: Mapping[str, str]) -> Answer:
        return Answer(True, Solution(model, self.relaxed.reals), dict(taken))

    # Products with all factors but one at the values just found.

    def _with_factors_fixed(self, model: Any, assumed: Sequence[Any]) -> Answer | None:
        solver = self.relaxed.solver
        for unknowns_first in (True, False):
            solver.push()
            self.context.suppose(solver, self._products_at(model, unknowns_first))
            found = self.context.check(solver, self.effort.linear, assumed)
            answer = self._yes(solver.model(), self.relaxed.taken(solver.model())) if found else None
            solver.pop()
            if answer is not None:
                return answer
        return None

    def _products_at(self, model: Any, unknowns_first: bool, spared: Collection[str] = ()) -> list[Any]:
        """That products are what they are, with all factors but one at their values in the model."""
        fixed = self._fixed(unknowns_first, spared)
        found = {name: model.eval(self.relaxed.real(name), model_completion=True) for name in fixed}
        at = {name: short(value) for name, value in found.items()}
        compared, number = self.context.compared, self.context.number
        formulas = [compared(self.relaxed.real(name), "==", number(value)) for name, value in at.items()]
        self.relaxed.written += len(self.relaxed.products)
        for monomial, w in self.relaxed.products.items():
            factor = prod((at[name] for name in monomial if name in at), start=Fraction(1))
            free = [self.relaxed.real(name) for name in monomial if name not in at]
            formulas.append(compared(w, "==", self.context.times(factor, free[0]) if free else number(factor)))
        return formulas

    def _fixed(self, unknowns_first: bool, spared: Collection[str]) -> list[str]:
        """Variables such that each product has at most one other factor.

        Preferably they are unknowns, or parameters, and none of those to be ``spared``.
        """
        fixed: dict[str, None] = {}
        for monomial in sorted(self.relaxed.products, key=len):
            left = [name for name in monomial if name not in fixed]
            left.sort(key=lambda name: (name in spared, (" " in name) is not unknowns_first))
            fixed.update(dict.fromkeys(left[:-1]))
        for monomial in self.relaxed.products:
            left = [name for name in monomial if name not in fixed]
            fixed.update(dict.fromkeys(left[1:] if len(set(left)) == len(left) else left))
        return list(fixed)

    # One case alone.

    def _single(self, taken: Mapping[str, str], parts: Sequence[Part], numbers: Sequence[int]) -> Answer | Core | None:
        """The answer yes for the case that is taken, what makes it impossible, or None if that was not found out."""
        if false := [part for part in parts if part.condition is False]:
            smallest = min(false, key=lambda part: (len(part.choices), len(part.supposed)))
            return Core(smallest.choices, smallest.supposed)
        parts = [part for part in parts if part.condition is not True]
        core = self._impossible_if_linear(parts, numbers)
        if core is not None:
            return core
        self.nonlinear += 1
        multiplied = Multiplied(self.relaxed, self.parameters, parts)
        found = multiplied.ask(self.effort.nonlinear)
        if found is None:
            self._in_vain += self.effort.nonlinear
            return None
        if found is False:
            return multiplied.reason(self.effort.core)
        return self._valued(found, taken)

    def _parts(
        self, model: Any, taken: Mapping[str, str], conditions: Sequence[Condition], numbers: Sequence[int]
    ) -> Iterator[Part]:
        """The conditions of the case; where there are no choices, of each "or" what holds in the solution found."""
        own = {choice.name: taken[choice.name] for choice in self.cases.choices}
        several = [Part(condition, choices) for choices, condition in self.cases.case(own, *conditions, *self.given)]
        several += [Part(self.supposed[number], supposed=frozenset([number])) for number in numbers]
        for part in several:
            if own:
                yield part
                continue
            for each in conjuncts(part.condition):
                if isinstance(each, Joined):
                    met = self._met(each, model)
                    yield from (replace(part, condition=one, alternatives=frozenset([one])) for one in met)
                else:
                    yield replace(part, condition=each)

    def _met(self, condition: Condition, model: Any) -> list[Condition]:
        """Signs that hold in the solution with products as variables, and are enough for the condition."""
        if not isinstance(condition, Joined):
            return [condition]
        if condition.all:
            return list(dict.fromkeys(one for part in condition.parts for one in self._met(part, model)))
        holding = (part for part in condition.parts if self._holds_in(part, model))
        return self._met(next(holding), model)

    def _holds_in(self, condition: Condition, model: Any) -> bool:
        return bool(self.context.z3.is_true(model.eval(self.relaxed.formula(condition), model_completion=True)))

    def _impossible_if_linear(self, parts: Sequence[Part], numbers: Sequence[int]) -> Core | None:
        """What makes the case impossible with products as variables, if it is."""
        solver, z3 = self.relaxed.solver, self.context.z3
        solver.push()
        marks = {}
        for k, part in enumerate(parts):
            mark = self.context.boolean(f"part {k}")
            marks[mark.get_id()] = mark, part
            solver.add(z3.Implies(mark, self.relaxed.formula(part.condition)))
        assumed = [*(mark for mark, _ in marks.values()), *(self.switches[k] for k in numbers)]
        core = None
        if self.context.check(solver, self.effort.linear, assumed) is False:
            named = {each.get_id() for each in solver.unsat_core()}
            used = [part for name, (_, part) in marks.items() if name in named]
            switched = frozenset(k for k in numbers if self.switches[k].get_id() in named)
            core = resting_on(used, switched)
        solver.pop()
        return core

    def _valued(self, found: Values, taken: Mapping[str, str]) -> Answer:
        """The values of a solution of one case, with what its options give worked out."""
        values = dict(found.exact)
        known = {name: poly(value) for name, value in values.items() if value is not None}
        own = {choice.name: taken[choice.name] for choice in self.cases.choices}
        for name, value in self.cases.given(own).items():
            constant = value.put(known).constant
            values[name] = None if constant is None else Fraction(constant)
        near = {name: value for name, value in found.near.items() if values[name] is None}
        return Answer(True, values, dict(taken), near=near)


def at_point(cases: Cases, point: Mapping[str, Number], given: Sequence[Condition] = ()) -> Questions:
    """Questions about the cases at exact values of all parameters."""
    values = {name: poly(value) for name, value in point.items()}
    return Questions({}, [put(condition, values) for condition in given], (), cases.put(values))
