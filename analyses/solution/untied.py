"""Where cases are as wanted, wherever payoffs do not tie: all conditions at once, one case after another.

Of each case the unknowns are solved for in its equations, and what no equation fixes is eliminated from its bounds
(Fourier & Motzkin), whatever the signs of their factors: so what remains is the whole condition of the case on the
parameters, but for places where payoffs tie, which are told apart. A case is only gone through where linear arithmetic
neither rules it out nor sees that what was found covers it, and that none is left needs nothing but linear arithmetic,
however many parameters there are. `analyses.solution.supports` finds ties, too, from points, in fewer parameters.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod

from analyses.proof.elimination import factor_of, solved
from analyses.proof.implicants import HARD, Conjunction
from analyses.proof.questions import BRIEF, SPARING, Effort
from analyses.proof.solver import StuckError
from analyses.solution.posing import Posed
from analyses.solution.supports import CURVED, factors
from games.solvers.limits import OutOfTimeError, expired, unless_expired, why_stopped
from games.terms import (
    Atom,
    Condition,
    Joined,
    Poly,
    Sign,
    Taken,
    conjuncts,
    denied,
    equal,
    every,
    mapped,
    names_in,
    put,
    sign,
    some,
)

MOST_PIECES = 400
"""The most alternatives of one case."""

MOST_CASES = 3_000
"""The most cases that are gone through."""


class CurvedError(Exception):
    """The unknowns of a case cannot be eliminated: they are multiplied with each other, or there are too many ways."""


@dataclass
class Untied:
    """``conditions`` any of which is enough, and which together are needed but where one of the ``ties`` holds.

    Where there are ``doubts`` there may be others.
    """

    conditions: list[Conjunction] = field(default_factory=list)
    ties: list[Sign] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


class Search:
    """The search through the cases of ``posed`` for those as ``wanted``; ``ties`` are left out from the start."""

    def __init__(self, posed: Posed, wanted: Condition, ties: Sequence[Sign] = ()) -> None:
        self.posed, self.wanted, self.cases = posed, wanted, posed.cases
        self.questions = posed.questions(posed.cases)
        self.questions.give(wanted)
        self.payoffs, self.whole = posed.questions(), posed.questions()
        for unknown in posed.cases.unknowns:
            self.whole.variable(unknown.name, (unknown.low, unknown.high))
        self.unknowns = frozenset([*(unknown.name for unknown in posed.cases.unknowns), *posed.entries.ways])
        self.result = Untied(ties=list(ties))
        for questions in (self.questions, self.payoffs, self.whole):
            questions.give(*map(denied, ties))
        self._ties: dict[Sign, bool] = {}

    def found(self) -> Untied:
        """All conditions, as far as time allows."""
        try:
            for within in (self._alone, True):
                self._go_through(within)
            strict = dict.fromkeys(strictly(each, self.result.ties) for each in self.result.conditions)
            self.result.conditions = self._merged(self._needed(list(strict)))
        except (OutOfTimeError, StuckError):
            self.result.doubts.append(why_stopped())
        self.result.doubts = list(dict.fromkeys(self.result.doubts))
        return self.result

    @property
    def _alone(self) -> Condition:
        """Of each choice one of those options that give numbers alone: nobody mixes."""
        return every(
            some(
                Taken(choice.name, label)
                for label, option in choice.options.items()
                if all(value.constant is not None for value in option.gives.values())
            )
            for choice in self.cases.choices
        )

    def _go_through(self, within: Condition) -> None:
        for _ in range(MOST_CASES):
            unless_expired()
            taken = self.questions.options_left(within)
            if not isinstance(taken, Mapping):
                if taken is None:
                    self.result.doubts.append(why_stopped() if expired() else HARD)
                return
            own = {choice.name: taken[choice.name] for choice in self.cases.choices}
            impossible = self.questions.impossible_together(own)
            pieces = self._pieces_of(own) if impossible is None else []
            self.result.conditions += pieces
            blocked = own if impossible is None else impossible
            self.questions.give(denied(every(Taken(choice, own[choice]) for choice in sorted(blocked))))
            self.questions.give(*(denied(every(piece)) for piece in pieces))
        self.result.doubts.append(f"there are more than {MOST_CASES:,} cases")

    # One case.

    def _pieces_of(self, taken: Mapping[str, str]) -> list[Conjunction]:
        try:
            return self._pieces(taken)
        except CurvedError:
            self.result.doubts.append(CURVED)
            return []

    def _pieces(self, taken: Mapping[str, str]) -> list[Conjunction]:
        """The conditions on the parameters of a case, any of which is enough."""
        given = self.cases.given(taken)
        own = [condition for _, condition in self.cases.case(taken)]
        within = [put(unknown.within, given) for unknown in self.cases.unknowns]
        held = every([*own, *within, *self.posed.entries.defined])
        wanted = _where_known(put(self.wanted, given, taken), held)
        found: dict[Conjunction, None] = {}
        for parts in _alternatives(every([held, wanted])):
            for piece in self._without_unknowns(parts):
                short = self._shorter(piece)
                if not self.payoffs.ask(*short, effort=SPARING).is_no:
                    found[short] = None
        return list(found)

    def _without_unknowns(self, parts: Iterable[Condition]) -> Iterator[Conjunction]:
        unless_expired()
        rest = solved(every(parts), self.unknowns)
        for left_out in rest.left_out:
            self._leave_out_one_of(conjuncts(left_out))
        if rest.region is False:
            return
        kept = self._without_ties(conjuncts(rest.region))
        if kept is None or self._is_ruled_out(kept):
            return
        unknown = self._next(kept)
        if unknown is None:
            yield from self._of_factors(kept)
        else:
            for fewer in self._eliminated(kept, unknown):
                yield from self._without_unknowns(fewer)

    def _is_ruled_out(self, parts: Iterable[Condition]) -> bool:
        """Whether they cannot hold together, as far as linear arithmetic tells."""
        own = [*parts]
        about = self.payoffs if names_in(every(own)).isdisjoint(self.unknowns) else self.whole
        return about.ruled_out(*own, suppositions=()) is not None

    def _without_ties(self, parts: Iterable[Condition]) -> list[Sign] | None:
        """Without comparisons of payoffs that hold where nothing ties; None where one of them is a tie."""
        kept = []
        for part in parts:
            assert isinstance(part, Sign)
            if not part.of.names.isdisjoint(self.unknowns) or part.op == "!=":
                kept.append(part)
            elif part.op == "==":
                if self._leave_out(part):
                    return None
            elif self._is_ruled_out([sign(part.of, ">")]):
                self._leave_out(equal(part.of, 0))
                return None
            else:
                kept.append(part)
        return kept

    def _leave_out_one_of(self, several: Sequence[Condition]) -> None:
        """Leaves out where all of the equations hold: the shortest of them, which need not hold."""
        plain = [each for each in several if isinstance(each, Sign) and each.of.names.isdisjoint(self.unknowns)]
        if False not in several and not self._is_ruled_out(several):
            plain.sort(key=lambda each: (each not in self.result.ties, len(each.of.terms), str(each)))
            if not any(map(self._leave_out, plain)):
                raise CurvedError

    def _leave_out(self, tie: Condition) -> bool:
        """Whether that is a tie, or never holds; if it is one, it is left out. Else it holds wherever nothing ties."""
        if not isinstance(tie, Sign):
            return not tie
        if tie not in self._ties:
            self._ties[tie] = not self._is_ruled_out([denied(tie)])
            if self._ties[tie]:
                self._add_ties(tie)
        return self._ties[tie]

    def _leave_out_unless(self, is_other: bool, factor: Poly) -> None:
        if not is_other:
            self._leave_out(equal(factor, 0))

    def _add_ties(self, tie: Sign) -> None:
        for factor, _ in factors(tie.of)[1]:
            fresh = equal(factor, 0)
            if isinstance(fresh, Sign) and not self._is_ruled_out([fresh]):
                self.result.ties.append(fresh)
                for questions in (self.questions, self.payoffs, self.whole):
                    questions.give(denied(fresh))

    def _next(self, parts: Sequence[Sign]) -> str | None:
        """The unknown to be eliminated next: one of those in the fewest comparisons."""
        spoken = Counter(name for part in parts for name in sorted(part.of.names & self.unknowns))
        return min(spoken, key=lambda name: (spoken[name], name), default=None)

    def _eliminated(self, parts: Sequence[Sign], name: str) -> Iterator[list[Condition]]:
        """Without an unknown that lies between bounds, whatever the signs of its factors."""
        kept: list[Condition] = [part for part in parts if name not in part.of.names]
        ends: dict[int, list[tuple[Poly, Poly, bool]]] = {1: [], -1: []}
        for part in parts:
            if name not in part.of.names:
                continue
            if part.op not in (">", ">=") or any(monomial.count(name) > 1 for monomial in part.of.terms):
                raise CurvedError
            factor, rest = factor_of(part.of, name)
            order = self._order(factor, parts)
            if order is None:
                yield from self._by_sign(parts, part, factor, rest)
                return
            ends[order].append((factor * order, rest * order, part.op == ">"))
        for (below, under, strictly), (beyond, over, also) in product(ends[1], ends[-1]):
            kept.append(sign(under * beyond - over * below, ">" if strictly or also else ">="))
        yield kept

    def _by_sign(self, parts: Sequence[Sign], part: Sign, factor: Poly, rest: Poly) -> Iterator[list[Condition]]:
        """The parts with the factor in one of them above zero, below it, and, unless that is a tie, at zero."""
        for order in (1, -1):
            yield [*parts, sign(factor * order, ">")]
        if factor.names.isdisjoint(self.unknowns):
            self._leave_out_unless(sign(factor, "!=") in parts, factor)
        else:
            yield [*(other for other in parts if other is not part), equal(factor, 0), sign(rest, part.op)]

    def _order(self, of: Poly, parts: Sequence[Sign]) -> int | None:
        """1 where the polynomial is above zero, -1 where it is below; None where that is not known."""
        if of.constant is not None:
            return 1 if of.constant > 0 else -1
        for order in (1, -1):
            if self._is_ruled_out([*parts, sign(of * -order, ">=")]):
                return order
        several = factors(of)[1]
        if len(several) < 2:
            return None
        orders = [self._order(factor, parts) for factor, power in several if power % 2]
        known = [order for order in orders if order is not None]
        return prod(known) * (1 if factors(of)[0] > 0 else -1) if len(known) == len(orders) else None

    # What is left, in the parameters alone.

    def _of_factors(self, parts: Sequence[Sign]) -> Iterator[Conjunction]:
        """With the signs of factors in place of those of products."""
        pieces: list[Conjunction] = [()]
        for part in parts:
            longer = []
            for piece in pieces:
                for way in self._ways(part, [*parts, *piece]):
                    whole = tuple(dict.fromkeys((*piece, *way)))
                    if not self._is_ruled_out(whole):
                        longer.append(whole)
            pieces = longer
            if len(pieces) > MOST_PIECES:
                raise CurvedError
        yield from pieces

    def _ways(self, part: Sign, known: Sequence[Sign]) -> Iterator[Conjunction]:
        """Signs of the factors of a polynomial that give it its own; where a factor is zero payoffs tie."""
        constant, several = factors(part.of)
        if part.op == "!=" or (len(several) == 1 and several[0][1] == 1):
            yield (part,)
            return
        needed, open_ = 1 if constant > 0 else -1, []
        for factor, power in several:
            self._leave_out_unless(sign(factor, "!=") in known, factor)
            order = self._order(factor, known) if power % 2 else 1
            if order is None:
                open_.append(factor)
            else:
                needed *= order
        for orders in product((1, -1), repeat=len(open_)):
            if prod(orders) == needed:
                parts = [sign(factor * order, ">") for factor, order in zip(open_, orders, strict=True)]
                yield tuple(each for each in parts if isinstance(each, Sign))

    def _shorter(
        self, parts: Conjunction, others: Sequence[Condition] = (), effort: Effort | None = None
    ) -> Conjunction:
        """Without what the rest implies where the ``others`` hold; with some ``effort`` products are what they are."""
        kept = list(parts)
        for part in sorted(parts, key=lambda part: (-len(part.of.terms), str(part))):
            rest = [other for other in kept if other is not part]
            beyond = [*rest, denied(part), *others]
            if self._is_ruled_out(beyond) or (effort and self.payoffs.ask(*beyond, effort=effort).is_no):
                kept = rest
        return tuple(kept)

    def _merged(self, several: Sequence[Conjunction]) -> list[Conjunction]:
        """Each as wide as all of them together allow, without those that are then covered."""
        kept = list(several)
        for place, each in enumerate(several):
            others = [denied(every(other)) for k, other in enumerate(kept) if k != place]
            kept[place] = self._shorter(each, others, BRIEF)
        return self._needed(kept)

    def _needed(self, several: Sequence[Conjunction]) -> list[Conjunction]:
        """Without those that the others cover."""
        kept = list(several)
        for each in sorted(several, key=len, reverse=True):
            others = [denied(every(other)) for other in kept if other is not each]
            if self._is_ruled_out([*each, *others]):
                kept.remove(each)
        return kept


def untied(posed: Posed, wanted: Condition, ties: Sequence[Sign] = ()) -> Untied:
    """Where the cases of ``posed`` are as ``wanted`` and nothing ties, as far as time allows.

    What is known to be left out, as the ``ties`` found before, need not be found again.
    """
    try:
        return Search(posed, wanted, ties).found()
    except (OutOfTimeError, StuckError):
        return Untied(ties=list(ties), doubts=[why_stopped()])


def strictly(parts: Conjunction, ties: Sequence[Sign]) -> Conjunction:
    """Without equality where that is one of the ties, so that what is left out is not asked about twice."""
    return tuple(Sign(part.of, ">") if part.op == ">=" and equal(part.of, 0) in ties else part for part in parts)


def _where_known(condition: Condition, held: Condition) -> Condition:
    """The condition where what is ``held`` holds, as far as one comparison is another."""
    known = set(conjuncts(held))

    def read(atom: Atom) -> Condition:
        return True if atom in known else False if denied(atom) in known else atom

    return mapped(condition, read)


def _alternatives(condition: Condition) -> Iterator[tuple[Condition, ...]]:
    """The ways in which it may hold, each as comparisons that hold together."""
    if condition is False:
        return
    parts = conjuncts(condition)
    either = next((part for part in parts if isinstance(part, Joined)), None)
    if either is None:
        yield parts
        return
    others = [part for part in parts if part is not either]
    for way in either.parts:
        yield from _alternatives(every([*others, way]))
