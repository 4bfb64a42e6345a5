"""Cases with unknowns: one region for each choice of supports, with probabilities and payoffs as formulas.

A point is found at which some case holds and which no region of that case covers yet. The unknowns of the case are
solved for in its equations, what no equation fixes is left between bounds, and what remains is a condition on the
parameters around the point: another part of the case's region. It is taken out, for that case alone, and the next
point is looked for, until no case holds anywhere else.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from itertools import count

import sympy

from analyses.proof.elimination import Bound, Eliminated, eliminated
from analyses.proof.implicants import HARD, Conjunction, Implicants, has_inside, needed
from analyses.proof.questions import FULL, SPARING, Answer, Effort
from analyses.proof.solver import StuckError
from analyses.solution.posing import Posed, beside
from analyses.solution.regions import Between, Region
from games.formulas.polynomials import Reader, expression
from games.ordered import over
from games.solvers.limits import OutOfTimeError, expired, why_stopped
from games.terms import (
    ONE,
    Condition,
    Op,
    Poly,
    Ratio,
    Sign,
    Taken,
    above,
    conjuncts,
    denied,
    equal,
    every,
    holding,
    holds,
    names_in,
    poly,
    put,
    sign,
    some,
    var,
)

MOST_PARTS = 2_000
"""The most parts of regions that are looked for."""

MOST_TERMS = 400
"""The most terms of a quotient that is brought to lowest terms."""

LONG = "the search with all ties was too long"
CURVED = "a continuum of mixtures is curved"
IRRATIONAL = "where payoffs tie at irrational values, not every tie is told"
UNWRITTEN = "an equilibrium of irrational probabilities is not written as formulas"


@dataclass(frozen=True)
class _Part:
    """A part of a case's region, found around a point."""

    taken: Mapping[str, str]
    condition: Conjunction
    found: Eliminated


@dataclass
class Search:
    """The search through the cases of ``posed``; what may be missing is among the ``doubts``.

    Where something is ``wanted`` of them, only cases that are as wanted count, and a point only once, whichever it is.
    ``effort`` is what a question may cost, and all of them together may cost ``most`` steps, if there is a limit.
    """

    posed: Posed
    wanted: Condition | None = None
    effort: Effort = FULL
    most: int | None = None
    parts: list[_Part] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.questions = self.posed.questions(self.posed.cases)
        self.payoffs = self.posed.questions()
        self.further = () if self.wanted is None else (self.wanted,)
        self.questions.give(*self.further)
        self.unknowns = frozenset([*(unknown.name for unknown in self.posed.cases.unknowns), *self.posed.entries.ways])

    def regions(self) -> list[Region]:
        """All regions, as far as time allows."""
        try:
            self._look()
        except (OutOfTimeError, StuckError):
            self.doubts.append(why_stopped())
        found = []
        for several in self._gathered():
            try:
                found.append(self._region(several))
            except (OutOfTimeError, StuckError):
                self.doubts.append(why_stopped())
        return found

    def alternatives(self) -> list[Conjunction]:
        """Conditions any of which is enough for a case, and which together are needed, as far as time allows."""
        try:
            # Points at the ends of ranges make many parts in which payoffs tie; others make most of these needless.
            self._look(*self._between_the_ends())
            self._look()
        except (OutOfTimeError, StuckError):
            self.doubts.append(why_stopped())
        return [part.condition for part in self.parts]

    def _between_the_ends(self) -> Iterator[Condition]:
        for name, (low, high) in self.posed.ranges.items():
            assert low is not None
            assert high is not None
            yield above(var(name), low)
            yield above(high, var(name))

    def _look(self, *within: Condition) -> None:
        while len(self.parts) < MOST_PARTS:
            if self.most is not None and self.questions.spent > self.most:
                self.doubts.append(LONG)
                return
            answer = self.questions.ask(*within, effort=self.effort)
            if answer.is_no:
                return
            if answer.is_unknown:
                if not within or expired():
                    self.doubts.append(why_stopped() if expired() else HARD)
                return
            answer = self._with_fractions(answer)
            part = self._part(answer)
            if part is None:
                self.doubts.append(self._doubt(answer))
                self.questions.give(denied(every([*_takes(answer.taken), *beside(answer, self.posed.free)])))
                continue
            self.parts.append(part)
            case = _takes(part.taken) if self.wanted is None else ()
            self.questions.give(denied(every([*case, *part.condition])))
        self.doubts.append(f"there are more than {MOST_PARTS:,} parts of regions")

    def _doubt(self, answer: Answer) -> str:
        """Why the case of an answer could not be written down."""
        if answer.point(self.posed.free) is None:
            return IRRATIONAL
        unknowns = [unknown.name for unknown in self.posed.cases.unknowns]
        return CURVED if answer.point(unknowns) else UNWRITTEN

    def _with_fractions(self, answer: Answer) -> Answer:
        """The answer with fractions near irrational parameters, as far as the case allows."""
        fixed: list[Condition] = list(_takes(answer.taken))
        for name in self.posed.free:
            if answer.values.get(name) is None and name in answer.near:
                fixed.append(equal(var(name), answer.near[name]))
                moved = self.questions.ask(*fixed, effort=SPARING)
                if not moved.is_yes:
                    return answer
                answer = moved
        return answer

    def _part(self, answer: Answer) -> _Part | None:
        known = {name: value for name, value in answer.values.items() if value is not None}
        point = answer.point(self.posed.free)
        if point is None:
            return None
        cases = self.posed.cases
        taken = {choice.name: answer.taken[choice.name] for choice in cases.choices}
        given = cases.given(taken)
        within = (put(unknown.within, given) for unknown in cases.unknowns)
        conditions = [
            *(condition for _, condition in cases.case(taken, *self.further)),
            *within,
            *self.posed.entries.defined,
        ]
        settled = every(holding(part, known) for part in conditions)
        found = eliminated(settled, self.unknowns - given.keys(), known)
        if found is None or not holds(found.region, point):
            return None
        condition = self._shorter(self._factored(found.region, point))
        return _Part(taken, condition, found)

    def _factored(self, region: Condition, point: Mapping[str, Fraction]) -> list[Sign]:
        """The signs of the factors at the point, which imply the signs of the products."""
        found: dict[Sign, None] = {}
        for part in conjuncts(region):
            for one in conjuncts(holding(part, point)):
                assert isinstance(one, Sign)
                found.update(dict.fromkeys(each for each in _of_factors(one, point) if isinstance(each, Sign)))
        return list(found)

    def _shorter(self, parts: Sequence[Sign]) -> Conjunction:
        """Without what the others and all that is admissible imply."""
        kept = list(parts)
        for part in sorted(parts, key=lambda part: (-len(part.of.terms), str(part))):
            rest = [other for other in kept if other is not part]
            if self.payoffs.ask(*rest, denied(part), effort=SPARING).is_no:
                kept = rest
        return tuple(kept)

    # Parts of the same case with the same formulas make one region.

    def _gathered(self) -> list[list[_Part]]:
        groups: dict[object, list[_Part]] = {}
        for part in self.parts:
            fixed = sorted((name, str(_formula(Ratio(*value), {}))) for name, value in part.found.unknowns.items())
            ends = [(name, step.lower, step.upper) for name, step in part.found.between.items()]
            groups.setdefault((tuple(part.taken.items()), tuple(fixed), tuple(ends)), []).append(part)
        return list(groups.values())

    def _region(self, parts: Sequence[_Part]) -> Region:
        first, cases = parts[0], self.posed.cases
        symbols = self._symbols(first.found)
        alternatives = self._alternatives([part.condition for part in parts])
        fixed = _fixed(alternatives)
        given = cases.given(first.taken)
        solved = {name: Ratio(*value) for name, value in first.found.unknowns.items()}

        def formula(value: Poly | Ratio) -> sympy.Expr:
            num, den = (value.num, value.den) if isinstance(value, Ratio) else (value, ONE)
            whole = over(num.put(given), den.put(given), solved)
            return _formula(Ratio(whole.num.put(fixed), whole.den.put(fixed)), symbols)

        strategies = {
            place: {choice: formula(cases.values[quantity]) for choice, quantity in own.items()}
            for place, own in self.posed.chosen().items()
        }
        payoffs = {quantity.player: formula(cases.values[quantity]) for quantity in self.posed.paid}
        reached = {path: formula(cases.values[quantity]) for path, quantity in self.posed.outcomes.items()}
        reached = {path: weight for path, weight in reached.items() if weight != 0}
        formulas = [
            *payoffs.values(),
            *reached.values(),
            *(weight for own in strategies.values() for weight in own.values()),
        ]
        between = self._between(first.found, symbols, formulas, alternatives)
        played = _played(strategies) or "; ".join(f"{choice}: {option}" for choice, option in first.taken.items())
        numbers = {player: formula(value) for player, value in self.posed.numbers.items()}
        ties = not has_inside(alternatives, self.payoffs)
        return Region(played, alternatives, strategies, payoffs, between, ties, numbers, reached)

    def _alternatives(self, parts: Sequence[Conjunction]) -> tuple[Conjunction, ...]:
        """The parts in fewer and shorter alternatives, where that was found."""
        if len(parts) > 1:
            with suppress(OutOfTimeError, StuckError):
                whole = some(map(every, parts))
                found = Implicants(whole, self.posed.questions(), self.posed.questions()).found()
                parts = found.found if found.complete else parts
        return tuple(needed(parts, self.payoffs))

    def _between(
        self,
        found: Eliminated,
        symbols: Mapping[str, sympy.Symbol],
        formulas: Sequence[sympy.Expr],
        alternatives: Sequence[Conjunction],
    ) -> tuple[Between, ...]:
        """The bounds of what stays open, as far as the formulas, or such bounds, speak of it."""
        inside, fixed = some(map(every, alternatives)), _fixed(alternatives)
        spoken = set().union(*(formula.free_symbols for formula in formulas))
        several = []
        for name, step in found.between.items():
            if symbols[name] in spoken:
                low = [_formula(Ratio(*bound), symbols) for bound in self._tightest(inside, step.lower, -1, fixed)]
                high = [_formula(Ratio(*bound), symbols) for bound in self._tightest(inside, step.upper, 1, fixed)]
                spoken = spoken.union(*(bound.free_symbols for bound in (*low, *high)))
                several.append(Between(symbols[name], _plain(name), tuple(low), tuple(high)))
        return tuple(several)

    def _tightest(
        self, inside: Condition, bounds: Sequence[Bound], order: int, fixed: Mapping[str, Poly]
    ) -> list[Bound]:
        """Without bounds that lie beyond another one everywhere inside."""
        kept = list(dict.fromkeys((num.put(fixed), den.put(fixed)) for num, den in bounds))
        for bound in list(kept):
            if any(other is not bound and self._lies_beyond(bound, other, order, inside) for other in kept):
                kept.remove(bound)
        return kept

    def _lies_beyond(self, bound: Bound, other: Bound, order: int, inside: Condition) -> bool:
        beyond = sign((bound[0] * other[1] - other[0] * bound[1]) * order, ">=")
        if not names_in(beyond) <= self.posed.ranges.keys():
            return False
        above = [sign(bound[1], ">"), sign(other[1], ">")]
        return self.payoffs.ask(inside, *above, denied(beyond), effort=SPARING).is_no

    def _symbols(self, found: Eliminated) -> dict[str, sympy.Symbol]:
        """The free parameters' symbols, and new ones for what stays open."""
        symbols = {name: self.posed.model.by_name[name].symbol for name in self.posed.free}
        fresh = (f"q{number}" for number in count(1))
        for name in found.between:
            symbols[name] = sympy.Symbol(next(letter for letter in fresh if letter not in self.posed.model.by_name))
        return symbols


def _fixed(alternatives: Sequence[Conjunction]) -> dict[str, Poly]:
    """The parameters that have one value in the whole region."""
    found: dict[str, Poly] = {}
    for part in alternatives[0] if len(alternatives) == 1 else ():
        names = part.of.names
        if part.op == "==" and len(names) == 1 and all(len(monomial) < 2 for monomial in part.of.terms):
            (name,) = names
            found[name] = poly(-Fraction(part.of.terms.get((), 0)) / Fraction(part.of.terms[(name,)]))
    return found


def _takes(taken: Mapping[str, str]) -> Iterator[Taken]:
    return (Taken(choice, option) for choice, option in taken.items())


def _of_factors(part: Sign, point: Mapping[str, Fraction]) -> Iterator[Condition]:
    """Signs of the factors of a polynomial as they are at the point, which together imply its own sign."""
    constant, several = factors(part.of)
    zero = [each for each, _ in several if each.at(point) == 0]
    if part.op == "==":
        yield sign(zero[0], "==")
        return
    if len(zero) > 1:
        yield part
        return
    op: Op = ">=" if part.op == ">=" else ">"
    order = 1 if constant > 0 else -1
    for each, power in several:
        value = each.at(point)
        if value == 0:
            continue
        upwards = 1 if value > 0 else -1
        order *= upwards if power % 2 else 1
        if power % 2 or op == ">":
            yield sign(each * upwards, op)
    for each in zero:
        power = dict(several)[each]
        if power % 2:
            yield sign(each * order, op)
        elif order < 0:
            yield sign(each, "==")


@cache
def factors(of: Poly) -> tuple[Fraction, tuple[tuple[Poly, int], ...]]:
    """A constant, and the irreducible factors over the fractions, each with its power."""
    if all(len(monomial) < 2 for monomial in of.terms):
        return Fraction(1), ((of, 1),)
    constant, found = sympy.factor_list(expression(of))
    reader = Reader()
    read = [(reader.poly(factor), int(power)) for factor, power in found]
    return Fraction(int(constant.p), int(constant.q)), tuple((f, power) for f, power in read if f is not None)


def _formula(ratio: Ratio, symbols: Mapping[str, sympy.Symbol]) -> sympy.Expr:
    """The quotient as a formula, in lowest terms unless it is long or the time is up."""
    known = {name: symbols.get(name, sympy.Symbol(name)) for name in ratio.num.names | ratio.den.names}
    quotient = expression(ratio.num, known) / expression(ratio.den, known)
    is_short = len(ratio.num.terms) + len(ratio.den.terms) <= MOST_TERMS
    return sympy.cancel(quotient) if is_short and not expired() else quotient


def _plain(name: str) -> str:
    return name.replace("'", "")


def _played(strategies: Mapping[str, Mapping[str, sympy.Expr]]) -> str:
    """Who plays what, mixtures by their supports."""
    said = []
    for place, own in strategies.items():
        support = [choice for choice, weight in own.items() if weight != 0]
        said.append(f"{place}: {support[0]}" if len(support) == 1 else f"{place} mixes {', '.join(support)}")
    return "; ".join(said)
