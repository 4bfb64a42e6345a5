"""A condition as alternatives: conjunctions each of which is enough for it, and which together cover it.

At a point where the condition holds, the signs in it that hold there are enough for it. A smallest part of them that
still is enough makes one alternative (a prime implicant, in Quine's words, of what the given conditions leave open);
it is taken out, and the next point is looked for, until none is left. Both are proved: that each alternative is enough,
and that the condition holds nowhere else.

W. V. Quine (1955), "A way to simplify truth functions", American Mathematical Monthly 62.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from analyses.proof.questions import FULL, SPARING, Answer, Effort, Questions
from games.solvers.limits import OutOfTimeError, expired, unless_expired, why_stopped
from games.terms import Condition, Joined, Sign, conjuncts, denied, every, holds, sign, signs

Conjunction: TypeAlias = tuple[Sign, ...]
"""Signs of polynomials in the parameters, all of which hold."""

Values: TypeAlias = Mapping[str, Fraction]

Deciding: TypeAlias = Callable[[Values], Sequence[Sign]]
"""Signs on which it hangs at a point what is played there."""

MOST = 2_000
"""The most alternatives that are looked for."""

HARD = "the solver of inequalities could not decide whether it holds anywhere else"
MANY = f"there are more than {MOST:,} alternatives"


@dataclass
class Alternatives:
    """What was found, and, where that may not be all, why."""

    found: list[Conjunction] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return not self.doubts


class Implicants:
    """Alternatives of conditions on the payoffs; ``inside`` and ``outside`` ask about the same payoffs.

    ``deciding`` names signs at a point that are tried before those of the condition itself: the fewer they are and the
    more they have to do with each other, the more general is what is left of them. ``effort`` is what it may cost to
    see whether there is another alternative.
    """

    def __init__(
        self,
        condition: Condition,
        inside: Questions,
        outside: Questions,
        deciding: Deciding | None = None,
        effort: Effort = FULL,
    ) -> None:
        self.condition = condition
        self.effort = effort
        self.deciding = deciding
        self.inside, self.outside = inside, outside
        self.signs = list(dict.fromkeys(signs(condition)))
        self.premises = range(len(outside.supposed))
        inside.give(condition)
        outside.give(denied(condition))
        self._numbers: dict[Sign, int] = {}

    def found(self, points: Iterable[Values] = ()) -> Alternatives:
        """All alternatives, as far as time allows; those at the ``points`` come first."""
        result = Alternatives()
        try:
            self._look(result, points)
        except OutOfTimeError:
            result.doubts.append(why_stopped())
        return result

    def _look(self, result: Alternatives, points: Iterable[Values]) -> None:
        for point in points:
            unless_expired()
            known: dict[Condition, bool] = {}
            if _holds(self.condition, point, known) and not any(_holds(every(e), point, known) for e in result.found):
                self._take(result, point)
        while len(result.found) < MOST:
            answer = self.inside.ask(effort=self.effort)
            if answer.is_no:
                return
            if not self._extend(result, answer):
                result.doubts.append(why_stopped() if expired() else HARD)
                return
        result.doubts.append(MANY)

    def _extend(self, result: Alternatives, answer: Answer) -> bool:
        point = None if answer.is_unknown else answer.point(self.inside.parameters)
        return point is not None and self._take(result, point)

    def _take(self, result: Alternatives, point: Values) -> bool:
        """Takes up the alternative that holds at a point; whether there is one that was seen to be enough."""
        found = self._fewest(self.deciding(point)) if self.deciding else None
        if found is None:
            found = self._fewest([each for each in self.signs if holds(each, point)])
        if found is None:
            return False
        result.found.append(found)
        self.inside.give(denied(every(found)))
        return True

    def _fewest(self, parts: Sequence[Sign]) -> Conjunction | None:
        """Of signs that suffice together, some none of which can be spared; None where they were not seen to.

        What is seen by linear arithmetic alone makes them fewer, whatever more products may tell.
        """
        everything = [*self.premises, *map(self._number, parts)]
        core = self.outside.ruled_out(suppositions=everything)
        if core is None:
            answer = self.outside.ask(suppositions=everything, effort=SPARING)
            if not answer.is_no:
                return None
            core = answer.rests_on
        kept = sorted(core.difference(self.premises))
        for number in list(kept):
            if number in kept:
                others = [other for other in kept if other != number]
                shorter = self.outside.ruled_out(suppositions=[*self.premises, *others])
                if shorter is not None:
                    kept = sorted(shorter.difference(self.premises))
        found = [self.outside.supposed[number] for number in kept]
        return tuple(each for each in found if isinstance(each, Sign))

    def _number(self, each: Sign) -> int:
        if each not in self._numbers:
            self._numbers[each] = len(self.outside.supposed)
            self.outside.suppose(each)
        return self._numbers[each]


def _holds(condition: Condition, point: Values, known: dict[Condition, bool]) -> bool:
    """Whether it holds; what occurs several times is looked at once."""
    if condition not in known:
        match condition:
            case Joined(parts, all_):
                known[condition] = (all if all_ else any)(_holds(part, point, known) for part in parts)
            case _:
                known[condition] = holds(condition, point)
    return known[condition]


def needed(
    found: Sequence[Conjunction], payoffs: Questions, read: Callable[[Conjunction], Condition] = every
) -> list[Conjunction]:
    """Alternatives without those that the others cover, each ``read`` as a condition; those with the most parts go
    first."""
    kept = list(found)
    for each in sorted(found, key=len, reverse=True):
        others = [denied(read(other)) for other in kept if other is not each]
        if payoffs.ask(*conjuncts(read(each)), *others, effort=SPARING).is_no:
            kept.remove(each)
    return kept


def closed(conjunction: Conjunction) -> Condition:
    """The conjunction with ties allowed."""
    return every(sign(part.of, ">=") if part.op == ">" else part.op == "!=" or part for part in conjunction)


def has_inside(found: Sequence[Conjunction], payoffs: Questions) -> bool:
    """Whether one of the alternatives, or what is left of it where nothing ties, can hold at all."""
    strict = [[sign(part.of, "!=" if part.op == "!=" else ">") for part in each] for each in found if _is_open(each)]
    return any(not payoffs.ask(*each, effort=SPARING).is_no for each in strict)


def _is_open(each: Conjunction) -> bool:
    return all(part.op != "==" for part in each)
