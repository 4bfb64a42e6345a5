"""The parameter values that a claim's premises, the models' assumptions and the ranges allow, and draws from them.

Equations among the premises are solved for one parameter each; the others are *free* and measured in parts of their
ranges. Linear inequalities then cut a polytope out of the unit cube, and it falls into factors that share no parameter.
Each factor is drawn from by the first of these that will do:

- *orders*: inequalities between two parameters with the same range. A way to line the parameters up is drawn with its
  exact probability, and uniform numbers are sorted into it (Stanley 1986, Two poset polytopes); the other linear
  inequalities reject.
- *hit and run* (Smith 1984), where that would reject nearly everything: chains of steps along random lines through the
  polytope, in parallel, from a start in the middle; what their draws are worth is for the user of the draws to judge.

What is not linear rejects at the end. Every draw is an exact point of a fine grid.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import prod
from typing import Any, TypeGuard

import numpy as np
import sympy
from numpy.typing import NDArray

from analyses.claims.bounded import Bounded, bounded, truth
from analyses.claims.claim import Claim
from analyses.claims.inequalities import Inequalities
from analyses.claims.polytope import HalfSpace
from games.errors import InputError
from games.formulas.allowed import rational
from games.formulas.relations import (
    ORDERED,
    Every,
    Related,
    Relation,
    divisors_of,
    holds_at,
    in_words,
    substituted,
    truth_of,
)
from games.formulas.values import evaluate
from games.model import Point
from games.solvers.limits import expired

STEPS = 2**25
"""The grid: draws are odd multiples of this part of a parameter's range, so that none lies on its ends."""

TRIED = 4_000
"""How many draws tell whether a factor can do with rejection."""

LEAST_ACCEPTED = 0.02
"""The least part of the draws from orders that must be accepted."""

MOST_LOWER_SETS = 50_000
"""The most sets of smallest parameters, over all ways to line them up, for which these are counted."""

MOST_TRIED = 2_000_000
"""How many draws are made at most, however few of them are accepted."""

LARGEST_FLOAT = 10**300
"""Floats have no numbers much larger."""

CHAINS = 200
"""How many chains hit and run, at most."""


@dataclass(frozen=True)
class Draws:
    """Points of a premise set, ``odd`` of shape (points, free parameters) in steps of the grid.

    ``chains`` tells which chain a point belongs to; None where all points are independent.
    """

    premises: "PremiseSet"
    odd: NDArray[np.int64]
    chains: NDArray[np.int64] | None = None

    def __len__(self) -> int:
        return len(self.odd)

    def point(self, row: int) -> dict[sympy.Symbol, Fraction]:
        """The exact values of all parameters."""
        return self.premises.point([Fraction(int(k), STEPS) for k in self.odd[row]])

    @cached_property
    def columns(self) -> dict[Any, Bounded]:
        """All parameters in floats with their error bounds."""
        given = {}
        for k, symbol in enumerate(self.premises.free):
            low, high = self.premises.ranges[symbol]
            part = Bounded(self.odd[:, k] / STEPS, 0.0)
            given[symbol] = Bounded.exactly(low) + Bounded.exactly(high - low) * part
        known: dict[Any, Bounded] = {}
        return {**given, **{symbol: bounded(e, given, known) for symbol, e in self.premises.solved.items()}}

    def where(self, keep: Any) -> "Draws":
        return Draws(self.premises, self.odd[keep], None if self.chains is None else self.chains[keep])


@dataclass(frozen=True)
class Linear:
    """coefficients · t + constant ≥ 0, or > 0 if ``strict``, t being the free parameters in parts of their ranges."""

    coefficients: Mapping[int, Fraction]
    constant: Fraction
    strict: bool

    @property
    def least(self) -> Fraction:
        """The least value of the left-hand side within the ranges."""
        return self.constant + sum((c for c in self.coefficients.values() if c < 0), Fraction(0))

    def in_floats(self, parameters: Sequence[int]) -> list[float]:
        """The coefficients of these parameters and the constant, made smaller where floats have no such number."""
        numbers = [*(self.coefficients.get(k, Fraction(0)) for k in parameters), self.constant]
        largest = max(map(abs, numbers))
        return [float(number / largest if largest >= LARGEST_FLOAT else number) for number in numbers]


@dataclass
class PremiseSet:
    """See the module. ``relations`` are all conditions; ``solved`` gives the parameters that equations fix.

    Raises `InputError` for an equation that is not linear, and for conditions that contradict each other.
    """

    claim: Claim
    relations: list[Relation] = field(init=False)
    free: list[sympy.Symbol] = field(init=False)
    ranges: dict[sympy.Symbol, tuple[Fraction, Fraction]] = field(init=False)
    solved: dict[sympy.Symbol, Any] = field(init=False)
    linear: list[Linear] = field(init=False)
    rest: list[Relation] = field(init=False)

    def __post_init__(self) -> None:
        if not self.claim.bounded:
            raise InputError(f"{self.claim.name!r} lets parameters leave their ranges, so that nothing has a share")
        assumed = [a.relation for model in self.claim.models for a in model.assumptions]
        said = list(dict.fromkeys(_conjuncts([*assumed, *self.claim.premises])))
        # An equation is solved and then looked at no more, so what it divides by is a condition of its own.
        defined = [Related(divisor, "!=", 0) for each in said if _is_equation(each) for divisor in divisors_of(each)]
        self.relations = list(dict.fromkeys([*said, *defined]))
        self.ranges = {symbol: (p.low, p.high) for symbol, p in self.claim.parameters.items()}
        language = Inequalities(self.ranges)
        language.give(*map(language.formula, self.relations))
        if language.ask().is_no:
            raise InputError(
                f"the premises of {self.claim.name!r} contradict each other or the model's ranges and assumptions: "
                "nothing is admissible; drop or weaken one"
            )
        equations = [s - rational(a) for s, (a, b) in self.ranges.items() if a == b]
        equations += [r.left - r.right for r in self.relations if _is_equation(r)]
        self._solve(equations)
        while flat := self._implied_equations():
            equations += flat
            self._solve(equations)

    def _solve(self, equations: Sequence[Any]) -> None:
        """Solves the equations for one parameter each, and restates the inequalities in the others."""
        self.solved = {}
        symbols = list(self.ranges)
        for equation in equations:
            self._solve_one(equation, symbols)
        self.free = [symbol for symbol in symbols if symbol not in self.solved]
        within: list[Relation] = []
        for symbol, formula in self.solved.items():
            low, high = self.ranges[symbol]
            within += [Related(formula, ">=", low), Related(formula, "<=", high)]
        self.linear, self.rest = [], []
        for said in [*within, *self.relations]:
            if not _is_equation(said):
                self._restate(said)

    def _solve_one(self, equation: Any, symbols: Sequence[sympy.Symbol]) -> None:
        form = linear_form(sympy.expand(equation.xreplace(self.solved)), symbols)
        if form is None:
            raise InputError(
                f"the premise {in_words(Related(equation, '==', 0))} is an equation that is not linear, and the part "
                "of a curved set is not computed; solve it for a parameter or write an inequality"
            )
        coefficients, _ = form
        if not coefficients:
            return
        # The last parameter, for the first ones of a model are those that matter most to a reader.
        symbol = max(coefficients, key=symbols.index)
        others = sympy.expand(equation.xreplace(self.solved) - rational(coefficients[symbol]) * symbol)
        value = sympy.expand(-others / rational(coefficients[symbol]))
        self.solved = {s: sympy.expand(e.xreplace({symbol: value})) for s, e in self.solved.items()}
        self.solved[symbol] = value

    def _restate(self, said: Relation) -> None:
        moved = substituted(said, self.solved)
        truth = truth_of(moved)
        if truth is not None:
            if not truth:
                self.rest.append(said)
            return
        if not isinstance(moved, Related) or moved.sign not in ORDERED or divisors_of(moved):
            self.rest.append(said)
            return
        upwards = moved.sign in (">", ">=")
        margin = moved.left - moved.right if upwards else moved.right - moved.left
        form = linear_form(sympy.expand(margin), self.free)
        if form is None:
            self.rest.append(said)
            return
        coefficients, constant = form
        part = {}
        for symbol, c in coefficients.items():
            low, high = self.ranges[symbol]
            constant += c * low
            part[self.free.index(symbol)] = c * (high - low)
        condition = Linear(part, constant, moved.sign in ("<", ">"))
        if condition.least < 0:
            self.linear.append(condition)

    def _implied_equations(self) -> list[Any]:
        """Equations that the inequalities leave no choice but to hold, so that the set is flat."""
        language = Inequalities({s: self.ranges[s] for s in self.free})
        margins = [self.margin(condition) for condition in self.linear]
        for symbol in self.free:
            low, high = self.ranges[symbol]
            margins += [symbol - rational(low), rational(high) - symbol]
        language.give(*(language.formula(Related(margin, ">=", 0)) for margin in margins))
        strict = [language.formula(Related(margin, ">", 0)) for margin in margins]
        if not language.ask(*strict).is_no:
            return []
        return [margin for margin, above in zip(margins, strict, strict=True) if language.ask(above).is_no]

    def margin(self, condition: Linear) -> Any:
        """The left-hand side of the condition in the parameters themselves."""
        total = rational(condition.constant)
        for k, c in condition.coefficients.items():
            low, high = self.ranges[self.free[k]]
            total += rational(c / (high - low)) * (self.free[k] - rational(low))
        return total

    def half_space(self, condition: Linear, coordinates: Sequence[int]) -> HalfSpace:
        return HalfSpace(tuple(condition.coefficients.get(k, Fraction(0)) for k in coordinates), condition.constant)

    def point(self, parts: Sequence[Fraction]) -> dict[sympy.Symbol, Fraction]:
        """All parameters at these parts of the free ones' ranges."""
        values = {}
        for symbol, part in zip(self.free, parts, strict=True):
            low, high = self.ranges[symbol]
            values[symbol] = low + (high - low) * part
        return {s: values[s] if s in values else evaluate(self.solved[s], values) for s in self.ranges}

    def factors(self, linked: Sequence[set[int]] = ()) -> list[list[int]]:
        """The free parameters by position, those together that a linear condition (or a set of ``linked``) links."""
        groups: list[set[int]] = [{k} for k in range(len(self.free))]
        for link in [*(set(condition.coefficients) for condition in self.linear), *linked]:
            joined = [group for group in groups if group & link]
            groups = [group for group in groups if not group & link] + ([set().union(*joined)] if joined else [])
        return sorted(sorted(group) for group in groups)

    def admits(self, draws: Draws) -> NDArray[np.bool_]:
        """Which of the draws satisfy every condition, exactly."""
        held = np.ones(len(draws), dtype=bool)
        sure = np.ones(len(draws), dtype=bool)
        known: dict[Any, Bounded] = {}
        for said in self.relations:
            if _is_equation(said):
                continue
            holds, certain = truth(said, draws.columns, known)
            held &= np.where(certain, holds, True)
            sure &= certain
        for symbol in self.solved:
            (low, high), value = self.ranges[symbol], draws.columns[symbol]
            above, below = value - Bounded.exactly(low), Bounded.exactly(high) - value
            held &= ~(above.negative | below.negative)
            sure &= (above.positive | above.zero) & (below.positive | below.zero)
        for row in np.flatnonzero(held & ~sure):
            held[row] = self.admits_exactly(draws.point(int(row)))
        return held

    def admits_exactly(self, point: Point) -> bool:
        return all(self.ranges[s][0] <= point[s] <= self.ranges[s][1] for s in self.solved) and all(
            holds_at(said, point) for said in self.relations
        )


@dataclass
class Drawing:
    """Draws from a premise set, batch by batch.

    ``tried`` is how many were made, ``accepted`` how many remained, ``given`` how many of these were handed out.

    ``methods`` says of each factor with conditions of its own how it is drawn from.
    """

    premises: PremiseSet
    seed: int
    tried: int = 0
    accepted: int = 0
    given: int = 0
    methods: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = np.random.default_rng(self.seed)
        self.sources: list[_Factor] = []
        for members in self.premises.factors():
            inside = set(members)
            own = [c for c in self.premises.linear if set(c.coefficients) <= inside]
            self.sources.append(_Factor(self.premises, members, own, self.random))
        walked = [factor for factor in self.sources if factor.walks]
        self.walked = [member for factor in walked for member in factor.members]
        orders = [factor for factor in self.sources if not factor.walks and factor.orders]
        others = [factor for factor in self.sources if not factor.walks and factor.others]
        if orders:
            self.methods.append(f"orders of {_words(sum(len(f.members) for f in orders), 'parameter')} by sorting")
        if others or self.premises.rest:
            conditions = sum(len(f.others) for f in others) + len(self.premises.rest)
            self.methods.append(f"{_words(conditions, 'other condition')} by rejection")
        if walked:
            for factor in walked:
                dimension = len(factor.members)
                self.methods.append(
                    f"hit and run in {dimension} dimensions, {CHAINS} chains, {sum(_burn_in(dimension)):,} steps "
                    f"before the first draw and {_thinning(dimension):,} to each"
                )
        if not self.methods:
            self.methods.append("independent draws from the ranges")

    @property
    def acceptance(self) -> float:
        """The part of the draws that satisfied what rejects; of factors drawn by rejection, times theirs."""
        own = prod(f.accepted / f.tried for f in self.sources if f.tried and not f.walks)
        return own * (self.accepted / self.tried if self.tried else 1.0)

    def batches(self, wanted: int) -> Iterator[Draws]:
        """Batches of draws until ``wanted`` are accepted or the time is up; each draw satisfies every condition."""
        while self.given < wanted and self.tried < MOST_TRIED and not expired():
            rate = max(self.accepted / self.tried, 0.001) if self.tried else 1.0
            size = int(min(max((wanted - self.given) / rate * 1.1, 200), 10_000))
            parts = np.empty((size, len(self.premises.free)), dtype=np.int64)
            chains = None
            if self.walked:
                chains = np.arange(size, dtype=np.int64) % CHAINS
            for factor in self.sources:
                drawn = factor.draw(size)
                if drawn is None:
                    return
                parts[:, factor.members] = drawn
            found = Draws(self.premises, parts, chains)
            kept = found.where(self.premises.admits(found))
            self.tried += size
            self.accepted += len(kept)
            kept = kept.where(np.arange(len(kept)) < wanted - self.given)
            self.given += len(kept)
            yield kept


class _Factor:
    """Free parameters that share no condition with the others, and how they are drawn."""

    def __init__(
        self, premises: PremiseSet, members: list[int], conditions: list[Linear], random: np.random.Generator
    ) -> None:
        self.members = members
        self.random = random
        self.tried = self.accepted = 0
        place = {member: k for k, member in enumerate(members)}
        self.orders: list[tuple[int, int]] = []
        self.others: list[Linear] = []
        for condition in conditions:
            pair = self._as_order(premises, condition)
            if pair:
                self.orders.append((place[pair[0]], place[pair[1]]))
            else:
                self.others.append(condition)
        self.all = conditions
        self.lines = _LinesUp.of(len(members), self.orders) if self.orders else None
        if self.orders and self.lines is None:
            self.orders, self.others = [], conditions
        stated = np.array([c.in_floats(members) for c in self.others]).reshape(len(self.others), len(members) + 1)
        self.rows, self.offsets = stated[:, :-1], stated[:, -1]
        self.walks = False
        if self.others:
            kept = len(self._proposed(TRIED))
            self.walks = kept < LEAST_ACCEPTED * TRIED
            self.tried = self.accepted = 0
        self.walkers: Any = None
        self.shape: Any = None

    @staticmethod
    def _as_order(premises: PremiseSet, condition: Linear) -> tuple[int, int] | None:
        """The lesser and the greater parameter, if the condition says no more and their ranges are the same."""
        if condition.constant or len(condition.coefficients) != 2:
            return None
        (first, a), (second, b) = condition.coefficients.items()
        if a + b or premises.ranges[premises.free[first]] != premises.ranges[premises.free[second]]:
            return None
        return (first, second) if a < 0 else (second, first)

    def draw(self, size: int) -> NDArray[np.int64] | None:
        """Points of shape (size, members) in steps of the grid; None when the time is up first."""
        if self.walks:
            return self._walked(size)
        found: list[NDArray[np.int64]] = []
        count = 0
        while count < size:
            if expired():
                return None
            rate = max(self.accepted / self.tried, LEAST_ACCEPTED / 4) if self.tried else 1.0
            found.append(self._proposed(int(min((size - count) / rate * 1.1 + 10, 100_000))))
            count += len(found[-1])
        return np.concatenate(found)[:size]

    def _proposed(self, size: int) -> NDArray[np.int64]:
        odd = 2 * self.random.integers(0, STEPS // 2, (size, len(self.members))) + 1
        if self.lines is not None:
            odd = self.lines.arrange(odd, self.random)
        if len(self.rows):
            # What floats leave open is kept here, and judged exactly with the other conditions.
            odd = odd[np.all(odd / STEPS @ self.rows.T + self.offsets >= -1e-9, axis=1)]
        self.tried += size
        self.accepted += len(odd)
        return odd

    def _walked(self, size: int) -> NDArray[np.int64] | None:
        """Rows of all chains in turn, a draw of each after some hidden steps."""
        dimension = len(self.members)
        stated = np.array([c.in_floats(self.members) for c in self.all]).reshape(len(self.all), dimension + 1)
        A = np.vstack([stated[:, :-1], np.eye(dimension), -np.eye(dimension)])
        b = np.concatenate([stated[:, -1], np.zeros(dimension), np.ones(dimension)])
        if self.walkers is None:
            self.walkers = np.tile(_middle(A, b), (CHAINS, 1))
            self.shape = np.eye(dimension)
            *rounding, last = _burn_in(dimension)
            for steps in rounding:
                # The body is made rounder by steps that follow how the chains have spread.
                if not self._step(A, b, steps):
                    return None
                spread = np.atleast_2d(np.cov(self.walkers.T)) + 1e-12 * np.eye(dimension)
                self.shape = np.linalg.cholesky(spread)
            if not self._step(A, b, last):
                return None
        found = []
        for _ in range(-(-size // CHAINS)):
            if not self._step(A, b, _thinning(dimension)):
                return None
            found.append(self.walkers.copy())
        parts = np.concatenate(found)[:size]
        odd: NDArray[np.int64] = np.clip(2 * np.floor(parts * (STEPS // 2)).astype(np.int64) + 1, 1, STEPS - 1)
        return odd

    def _step(self, A: Any, b: Any, steps: int) -> bool:
        """Moves every chain that often to a uniform point of a random line within A x + b ≥ 0."""
        assert self.walkers is not None
        for number in range(steps):
            if number % 50 == 0 and expired():
                return False
            directions = self.random.standard_normal(self.walkers.shape) @ self.shape.T
            slack, slope = np.maximum(self.walkers @ A.T + b, 0.0), directions @ A.T
            with np.errstate(divide="ignore", invalid="ignore"):
                reach = -slack / slope
            farthest = np.min(np.where(slope < 0, reach, np.inf), axis=1)
            nearest = np.max(np.where(slope > 0, reach, -np.inf), axis=1)
            step = nearest + (farthest - nearest) * self.random.random(len(directions))
            self.walkers = self.walkers + step[:, None] * directions
        return True


def _burn_in(dimension: int) -> tuple[int, ...]:
    """Hidden steps: some after each of which the body is made rounder, then as many as a round one needs to mix."""
    return (*(3 * [100 + 10 * dimension]), 100 + 4 * dimension**2)


def _thinning(dimension: int) -> int:
    return 4 * dimension


@dataclass(frozen=True)
class _LinesUp:
    """The ways to line up elements under an order: for each set that may stand first, how many ways go on from it."""

    size: int
    before: tuple[int, ...]
    ways: Mapping[int, int]

    @staticmethod
    def of(size: int, pairs: Sequence[tuple[int, int]]) -> "_LinesUp | None":
        """None if there are too many sets to count."""
        before = [0] * size
        for lesser, greater in pairs:
            before[greater] |= 1 << lesser
        layers: list[set[int]] = [{0}]
        for _ in range(size):
            layers.append({first | 1 << k for first in layers[-1] for k in _next(size, before, first)})
            if sum(map(len, layers)) > MOST_LOWER_SETS:
                return None
        ways = {(1 << size) - 1: 1}
        for layer in reversed(layers[:-1]):
            for first in layer:
                ways[first] = sum(ways[first | 1 << k] for k in _next(size, before, first))
        return _LinesUp(size, tuple(before), ways)

    def arrange(self, numbers: NDArray[np.int64], random: np.random.Generator) -> NDArray[np.int64]:
        """The numbers of each row sorted into a random line, every line with the same probability."""
        ordered = np.sort(numbers, axis=1)
        if self.ways[0] == 1:
            ranks = np.array(self._line([0.0] * self.size))
            return ordered[:, ranks]
        ranks = np.array([self._line(row) for row in random.random(numbers.shape).tolist()])
        return np.take_along_axis(ordered, ranks, axis=1)

    def _line(self, uniform: Sequence[float]) -> list[int]:
        """The rank of each element in a line; each step goes on with the probability of the ways that it leaves."""
        ranks = [0] * self.size
        first = 0
        for rank, drawn in enumerate(uniform):
            left = drawn * self.ways[first]
            for k in _next(self.size, self.before, first):
                chosen = k
                left -= self.ways[first | 1 << k]
                if left < 0:
                    break
            ranks[chosen] = rank
            first |= 1 << chosen
        return ranks


def _next(size: int, before: Sequence[int], first: int) -> list[int]:
    """The elements that may come after the set ``first``."""
    return [k for k in range(size) if not first >> k & 1 and before[k] & ~first == 0]


def _middle(A: Any, b: Any) -> Any:
    """The centre of the largest ball within A x + b ≥ 0."""
    from scipy.optimize import linprog

    lengths = np.linalg.norm(A, axis=1)
    objective = np.append(np.zeros(A.shape[1]), -1.0)
    found = linprog(
        objective, A_ub=np.column_stack([-A, lengths]), b_ub=b, bounds=[(None, None)] * A.shape[1] + [(0, 1)]
    )
    if found.status != 0:
        raise InputError("the linear premises leave a set too thin for draws; write an equation instead")
    return found.x[:-1]


def _conjuncts(relations: Sequence[Relation]) -> Iterator[Relation]:
    for said in relations:
        if isinstance(said, Every):
            yield from said.parts
        else:
            yield said


def _is_equation(said: Relation) -> TypeGuard[Related]:
    return isinstance(said, Related) and said.sign == "=="


def linear_form(
    expression: Any, symbols: Sequence[sympy.Symbol]
) -> tuple[dict[sympy.Symbol, Fraction], Fraction] | None:
    """The coefficients that are not zero, and the constant; None if the expression is not linear."""
    if not symbols or not expression.free_symbols:
        value = sympy.Rational(expression)
        return {}, Fraction(int(value.p), int(value.q))
    try:
        polynomial = sympy.Poly(expression, *symbols, domain="QQ")
    except sympy.PolynomialError:
        return None
    if polynomial.total_degree() > 1:
        return None
    coefficients, constant = {}, Fraction(0)
    for powers, c in polynomial.terms():
        value = Fraction(int(c.p), int(c.q))
        if any(powers):
            coefficients[symbols[powers.index(1)]] = value
        else:
            constant = value
    return coefficients, constant


def _words(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
