"""Systems of polynomial conditions on numbers that are not negative: a solution, and whether it is the only one.

What falls apart is solved part by part, and a part that was met before is not solved again. A part that is linear is an
exact linear program. Many that are not become linear if a product of probabilities is made the unknown in place of its
last factor, as the sequence form does (von Stengel 1996, Games and Economic Behavior 14): wherever y occurs it is
multiplied by x > 0, if need be after its whole condition is, and xy is the unknown. What is left has a linear
relaxation, in which each product is an unknown of its own (Sherali & Adams 1990, SIAM Journal on Discrete Mathematics
3); where that has a solution, too, nonlinear arithmetic decides.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from games.solvers.limits import unless_expired
from games.solvers.methods.nonlinear import asked_with_others
from games.solvers.methods.pivoting import maximise
from games.terms import ONE, Condition, Monomial, Poly, Sign, equal, poly, sign, var

STEPS = 400_000
"""How many steps nonlinear arithmetic may take for one system."""

DECIMALS = 30
"""How many places of an irrational value are told."""

Values: TypeAlias = dict[str, Fraction]


class LaterError(Exception):
    """Raised where a question would take long and was not to; its caller asks again later."""


@dataclass(frozen=True)
class Solution:
    """Values of the unknowns, whether they are exact, and whether those of the asked ones are the only possible.

    ``only`` is None where that is not known.
    """

    values: Values
    exact: bool = True
    only: bool | None = True


Answer: TypeAlias = Solution | bool | None
"""A solution, False where there is none, None where that was not found out."""

Point: TypeAlias = dict[Monomial, Fraction]


@dataclass
class Systems:
    """Solves systems, and remembers the parts that it has solved.

    All unknowns are at least 0, those in ``positive`` are more. ``asked`` are the unknowns whose values matter when it
    is asked whether a solution is the only one. ``groups`` are the unknowns that share a sum, such as the probabilities
    of what one information set mixes; each unknown of a group stands under its name. The three are to hold for a name
    once and for all.
    """

    positive: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    groups: dict[str, frozenset[str]] = field(default_factory=dict)
    brief: bool = False
    _known: dict[frozenset[Sign], Answer] = field(default_factory=dict)
    _relaxed: dict[frozenset[Sign], bool] = field(default_factory=dict)

    def solved(self, conditions: Iterable[Condition]) -> Answer:
        """A solution of all the conditions together, each a `Sign` other than "!=", True or False.

        Raises `LaterError` where that needs nonlinear arithmetic and is to be ``brief``.
        """
        parts = self._parts(conditions)
        if parts is None:
            return False
        found = []
        for part in parts:
            answer = self._part(part)
            if answer is False:
                return False
            found.append(answer)
        if any(answer is None for answer in found):
            return None
        solutions = [answer for answer in found if isinstance(answer, Solution)]
        values = {name: value for solution in solutions for name, value in solution.values.items()}
        return Solution(values, all(s.exact for s in solutions), _all(s.only for s in solutions))

    def may_hold(self, conditions: Iterable[Condition]) -> bool:
        """Whether the linear relaxation of the conditions, part by part, has a solution."""
        parts = self._parts(conditions)
        return parts is not None and all(map(self._may_hold, parts))

    def _parts(self, conditions: Iterable[Condition]) -> list[frozenset[Sign]] | None:
        """The conditions by the unknowns they share; None if one cannot hold whatever positive unknowns are."""
        kept: dict[Sign, None] = {}
        for condition in conditions:
            if isinstance(condition, Sign):
                condition = self._simplified(condition)
            if condition is False:
                return None
            if isinstance(condition, Sign):
                kept[condition] = None
        return list(_connected(kept))

    def _simplified(self, condition: Sign) -> Condition:
        """Without the positive factors that all products share; decided where the signs of the coefficients decide."""
        of = condition.of
        shared = self._shared(of.terms)
        if shared:
            of = Poly({_without(monomial, shared): value for monomial, value in of.terms.items()})
        positive = [self._is_positive(monomial) for monomial in of.terms]
        if all(value > 0 for value in of.terms.values()) and (condition.op == ">=" or any(positive)):
            return condition.op != "=="
        if all(value < 0 for value in of.terms.values()) and (condition.op == ">" or any(positive)):
            return False
        return sign(of, condition.op) if shared else condition

    def _shared(self, monomials: Iterable[Monomial]) -> Monomial:
        """The positive unknowns, as often as they are factors of every product."""
        first, *others = monomials
        shared = [name for name in first if name in self.positive]
        for monomial in others:
            if not shared:
                return ()
            shared = list(_common(shared, monomial))
        return tuple(shared)

    def _is_positive(self, monomial: Monomial) -> bool:
        return self.positive.issuperset(monomial)

    def _may_hold(self, part: frozenset[Sign]) -> bool:
        if isinstance(answer := self._known.get(part), Solution) or answer is False:
            return answer is not False
        if part not in self._relaxed:
            reduced, _ = self._reduced(part)
            self._relaxed[part] = self._inside(self._with_products(reduced)) is not None
        return self._relaxed[part]

    def _part(self, part: frozenset[Sign]) -> Answer:
        if part not in self._known:
            unless_expired()
            self._known[part] = self._decided(part)
        return self._known[part]

    def _decided(self, part: frozenset[Sign]) -> Answer:
        """The answer for conditions that hang together: by a linear program where that can be, else beyond it."""
        reduced, scaled = self._reduced(part)
        linear = all(len(monomial) < 2 for condition in reduced for monomial in condition.of.terms)
        extended = reduced if linear else self._with_products(reduced)
        point = self._inside(extended)
        self._relaxed[part] = point is not None
        if point is None:
            return False
        values = _unscaled({m[0]: value for m, value in point.items() if len(m) == 1}, scaled)
        if linear:
            return Solution(values, only=self._is_only(reduced, point, scaled, part))
        pinned = self._pinned(extended, point)
        if pinned:
            return self._with_pinned(reduced, pinned, scaled)
        return self._beyond(part, values)

    def _reduced(self, part: frozenset[Sign]) -> tuple[list[Sign], list["Scaled"]]:
        """The conditions with products made unknowns as long as that makes them simpler, and what was made of what."""
        conditions, scaled = sorted(part, key=repr), []
        while (step := self._next_step(conditions)) is not None:
            conditions, made = step
            scaled.append(made)
        return conditions, scaled

    def _next_step(self, conditions: Sequence[Sign]) -> tuple[list[Sign], "Scaled"] | None:
        excess = _excess(conditions)
        if not excess:
            return None
        pairs = {
            (self.groups.get(y, frozenset([y])), x)
            for condition in conditions
            for monomial in condition.of.terms
            for y in monomial
            for x in monomial
            if x in self.positive and x != y
        }
        for group, x in sorted(pairs, key=lambda pair: (sorted(pair[0]), pair[1])):
            if x not in group:
                tried = self._with_product(conditions, group, x)
                if tried is not None and _excess(tried) < excess:
                    return tried, (group, x)
        return None

    def _with_product(self, conditions: Sequence[Sign], group: frozenset[str], x: str) -> list[Sign] | None:
        """With xy in place of each y of the group; None if some y occurs without x where it cannot be brought in."""
        result = []
        for condition in conditions:
            own = [m for m in condition.of.terms if not group.isdisjoint(m)]
            if not own:
                result.append(condition)
                continue
            if any(sum(name in group for name in monomial) > 1 for monomial in own):
                return None
            of = condition.of
            if not any(x in monomial for monomial in of.terms):
                of = of * var(x)
            elif not all(x in monomial for monomial in own):
                return None
            made = Poly({_without(m, (x,)) if not group.isdisjoint(m) else m: c for m, c in of.terms.items()})
            again = self._simplified(Sign(made, condition.op))
            if isinstance(again, Sign):
                result.append(again)
            elif again is False:
                result.append(Sign(-ONE, ">"))
        return result

    def _with_products(self, conditions: Sequence[Sign]) -> list[Sign]:
        """And every equation of shares multiplied by what its unknowns are multiplied by elsewhere."""
        products = sorted({m for condition in conditions for m in condition.of.terms if len(m) > 1})
        made = dict.fromkeys(conditions)
        for condition in conditions:
            if condition.op != "==" or any(len(m) > 1 for m in condition.of.terms):
                continue
            names = condition.of.names
            factors = {_without(m, (name,)) for m in products for name in m if name in names}
            for factor in sorted(factors):
                again = sign(condition.of * Poly({factor: 1}), "==")
                if isinstance(again, Sign):
                    made[again] = None
        return list(made)

    def _inside(self, conditions: Sequence[Sign]) -> Point | None:
        """A point of the linear relaxation at which what is to be positive is as great as can be; the constant is 1.

        All conditions are homogeneous once the constant is an unknown, so that strict ones become one number s to make
        great: a positive unknown is s and something that is at least 0.
        """
        columns = sorted({m for condition in conditions for m in condition.of.terms} | {()})
        strict = [self._is_positive(column) for column in columns]
        rows, bounds = _rows(conditions, columns, strict)
        rows.append([*(1 for _ in columns), sum(strict)])
        bounds.append(1)
        least, (*point, _) = maximise([0] * len(columns) + [1], rows, bounds, stoppable=True)
        if not least:
            return None
        found = [value + least if above else value for value, above in zip(point, strict, strict=True)]
        one = found[columns.index(())]
        return {column: value / one for column, value in zip(columns, found, strict=True)}

    def _greatest(self, conditions: Sequence[Sign], objective: Mapping[Monomial, Fraction]) -> Fraction:
        """The most that a homogeneous linear form can be where the conditions hold and all adds up to at most 1."""
        columns = sorted({m for condition in conditions for m in condition.of.terms} | set(objective) | {()})
        rows, bounds = _rows(conditions, columns, [False] * len(columns))
        rows = [row[:-1] for row in rows]
        rows.append([1] * len(columns))
        aim = [objective.get(column, Fraction(0)) for column in columns]
        return maximise(aim, rows, [*bounds, 1], stoppable=True)[0]

    def _is_fixed(self, conditions: Sequence[Sign], over: Monomial, under: Monomial, ratio: Fraction) -> bool:
        """Whether one unknown is always that multiple of another."""
        form = {over: Fraction(1), under: -ratio}
        return not (
            self._greatest(conditions, form) or self._greatest(conditions, {m: -value for m, value in form.items()})
        )

    def _is_only(
        self, conditions: Sequence[Sign], point: Point, scaled: Sequence["Scaled"], part: frozenset[Sign]
    ) -> bool | None:
        """Whether the asked unknowns have these values alone, in a part that is linear once products are unknowns.

        An unknown was multiplied by others: by asked ones, which are looked at, too, and by at most one that is not,
        to which it then stands in the same ratio everywhere.
        """
        meanings = _meanings(scaled)
        for name in sorted(self.asked & {n for condition in part for n in condition.of.names}):
            free = [factor for factor in meanings.get(name, []) if factor not in self.asked]
            if len(free) > 1 or any(f not in self.asked for factor in free for f in meanings.get(factor, [])):
                return None
            under = (free[0],) if free else ()
            if not self._is_fixed(conditions, (name,), under, point.get((name,), Fraction(0)) / point[under]):
                return False
        return True

    def _pinned(self, conditions: Sequence[Sign], point: Point) -> Values:
        """The unknowns that have one value in the whole relaxation."""
        names = sorted({n for condition in conditions for n in condition.of.names if (n,) in point})
        return {n: point[n,] for n in names if self._is_fixed(conditions, (n,), (), point[n,])}

    def _with_pinned(self, conditions: Sequence[Sign], pinned: Values, scaled: Sequence["Scaled"]) -> Answer:
        """The answer once the unknowns with one value are replaced by it."""
        given = {name: poly(value) for name, value in pinned.items()}
        rest = self.solved(sign(condition.of.put(given), condition.op) for condition in conditions)
        if not isinstance(rest, Solution):
            return rest
        meanings = _meanings(scaled)
        values = _unscaled(rest.values | pinned, scaled)
        # An unknown that stands for its product with one that is not asked may be fixed where the product is not.
        loose = any(name in self.asked and not self.asked.issuperset(f) for name, f in meanings.items())
        return Solution(values, rest.exact, None if loose else rest.only)

    def _beyond(self, part: frozenset[Sign], near: Values) -> Answer:
        """The answer of nonlinear arithmetic, or the point of the relaxation where it is a solution."""
        if self.brief:
            raise LaterError
        names = sorted({name for condition in part for name in condition.of.names})
        apart = [name for name in names if name in self.asked]
        symbols = {name: f"v{k}" for k, name in enumerate(names)}
        text = "".join(_asserted(symbols[n], n in self.positive) for n in names)
        text += "".join(f"(assert {_written(condition, symbols)})" for condition in sorted(part, key=repr))
        found, told, others = asked_with_others(
            text, [*symbols.values()], STEPS, DECIMALS, [symbols[name] for name in apart]
        )
        unless_expired()
        if found and all(symbol in told for symbol in symbols.values()):
            values = {name: Fraction(told[symbol].rstrip("?")) for name, symbol in symbols.items()}
            exact = not any(value.endswith("?") for value in told.values())
            return Solution(values, exact, (None if others is None else not others) if apart else True)
        if found is False:
            return False
        if near.keys() >= set(names) and all(_holds(condition, near) for condition in part):
            return Solution({name: near[name] for name in names}, only=None if apart else True)
        return None


Scaled: TypeAlias = tuple[frozenset[str], str]
"""Unknowns that now stand for their products with another."""


def _all(answers: Iterable[bool | None]) -> bool | None:
    told = list(answers)
    return False if False in told else None if None in told else True


def _common(names: Iterable[str], monomial: Monomial) -> Iterator[str]:
    left = list(monomial)
    for name in names:
        if name in left:
            left.remove(name)
            yield name


def _without(monomial: Monomial, factors: Iterable[str]) -> Monomial:
    left = list(monomial)
    for factor in factors:
        left.remove(factor)
    return tuple(left)


def _connected(conditions: Collection[Sign]) -> Iterator[frozenset[Sign]]:
    """The conditions in sets that share no unknowns."""
    left = {condition: condition.of.names for condition in conditions}
    while left:
        first = next(iter(left))
        names, part = left.pop(first), [first]
        while near := [condition for condition, own in left.items() if own & names]:
            for condition in near:
                names = names | left.pop(condition)
            part += near
        yield frozenset(part)


def _excess(conditions: Iterable[Sign]) -> int:
    """By how much products exceed single unknowns."""
    return sum(max(len(monomial) - 1, 0) for condition in conditions for monomial in condition.of.terms)


def _rows(
    conditions: Iterable[Sign], columns: Sequence[Monomial], strict: Sequence[bool]
) -> tuple[list[list[Fraction | int]], list[Fraction | int]]:
    """Rows that are to be at most 0: an entry for each column, and for s, which strict columns hold once each."""
    rows: list[list[Fraction | int]] = []
    for condition in conditions:
        row = [condition.of.terms.get(column, 0) for column in columns]
        share = sum((value for value, above in zip(row, strict, strict=True) if above), Fraction(0))
        rows.append([*(-value for value in row), -share + (condition.op == ">")])
        if condition.op == "==":
            rows.append([*row, share])
    return rows, [0] * len(rows)


def _unscaled(values: Mapping[str, Fraction], scaled: Sequence[Scaled]) -> Values:
    """The values of the unknowns themselves, from those of their products."""
    result = dict(values)
    for group, x in reversed(scaled):
        for name in group:
            if name in result and result.get(x):
                result[name] /= result[x]
    return result


def _meanings(scaled: Sequence[Scaled]) -> dict[str, list[str]]:
    """By unknown, what it is multiplied by in the end."""
    meanings: dict[str, list[str]] = {}
    for group, x in scaled:
        for name in group:
            meanings[name] = [*meanings.get(name, []), x, *meanings.get(x, [])]
    return meanings


def _holds(condition: Sign, values: Mapping[str, Fraction]) -> bool:
    value = condition.of.at(values)
    return bool(value == 0 if condition.op == "==" else value > 0 if condition.op == ">" else value >= 0)


def _asserted(symbol: str, positive: bool) -> str:
    return f"(declare-fun {symbol} () Real)(assert ({'>' if positive else '>='} {symbol} 0.0))"


def _written(condition: Sign, symbols: Mapping[str, str]) -> str:
    """The condition in SMT-LIB; its coefficients are whole."""
    terms = []
    for monomial, value in sorted(condition.of.terms.items()):
        number = f"{value}.0" if value >= 0 else f"(- {-value}.0)"
        terms.append(f"(* {number} {' '.join(symbols[name] for name in monomial)})" if monomial else number)
    return f"({'=' if condition.op == '==' else condition.op} (+ 0.0 {' '.join(terms)}) 0.0)"


def shares(names: Iterable[str]) -> Condition:
    """That the unknowns add up to 1."""
    return equal(sum((var(name) for name in names), poly(0)), 1)
