"""Conditions on payoffs that together say exactly when something is played.

At a point at which every equilibrium plays it, and no payoffs that decide about it tie, the signs of the deciding
comparisons are enough for it to be played. A smallest part of them that still is enough makes one condition: whatever
else holds, no equilibrium plays otherwise. With ties allowed it is taken out, and the next point is looked for, until
no equilibrium anywhere else plays it. So the conditions are sufficient one by one, and necessary together; both are
proved, neither is sampled.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from analyses.claims.claim import Claim
from analyses.claims.judgement import reading_of
from analyses.claims.setting import Setting
from analyses.claims.share import premise_set
from analyses.proof.questions import FULL, SPARING, Answer
from analyses.proof.solver import StuckError
from analyses.sampling.draws import Drawing
from games.errors import InputError
from games.model import Point
from games.solvers.limits import OutOfTimeError, expired, interrupted, unless_expired
from games.terms import Condition, Sign, conjuncts, denied, every, names_in, sign

Conjunction: TypeAlias = tuple[Sign, ...]
"""Signs of polynomials in the parameters, all of which hold."""

SEED = 1956
DRAWN = 300
"""How many points are looked at first, so that the largest conditions are found before the small ones."""

MOST_CONDITIONS = 1_000

MOST_STEPS = 20_000_000
"""The most that a search may cost, as `Questions.spent` counts it: some minutes."""

STEPS = tuple(Fraction(1, 2**k) for k in (2, 6, 12, 20))
"""How far, towards points drawn, one is moved off the ties that it lies on."""

TOWARDS = 6
"""To how many points drawn."""

HARD = "whether it is played anywhere else was not found out"
LONG = "the search was longer than it may be"
MANY = f"there are more than {MOST_CONDITIONS:,} conditions"


def why_stopped() -> str:
    """Why a search did not come to its end."""
    return "it was interrupted" if interrupted() else "the time was up"


@dataclass
class Covering:
    """What was found: strict ``conditions``, those that hold ``at_ties`` alone, and why there may be more."""

    conditions: list[Conjunction] = field(default_factory=list)
    at_ties: list[Conjunction] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def closed(condition: Conjunction) -> Condition:
    """The condition with ties allowed."""
    return every(sign(part.of, ">=") for part in condition)


class Search:
    """The search for the conditions under which the conclusion of a claim holds in an equilibrium.

    Raises `InputError` where choices made one after another do not settle what is played.
    """

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.setting = Setting(claim)
        reading = reading_of(claim)
        if reading is None or not self.setting.is_in_order:
            raise InputError(
                f"when something is played is worked out for trees of perfect information; {claim.model.name} is "
                "another kind of game: `parley check` proves or refutes claims about it"
            )
        self.reading = reading
        self.played = self.setting.questions(self.setting.cases)
        self.otherwise = self.setting.questions(self.setting.cases)
        self.allowed = premise_set(claim)
        self.equal = self.allowed.given
        self.payoffs = self.setting.questions()
        self.premises = range(len(self.otherwise.supposed))
        self._numbers: dict[Sign, int] = {}

    @property
    def spent(self) -> int:
        """The work so far; the same on every machine."""
        return self.played.spent + self.otherwise.spent + self.payoffs.spent

    @cached_property
    def drawn(self) -> list[Point]:
        """Points that the premises allow, to begin with and to move towards."""
        return [batch.point(row) for batch in Drawing(self.allowed, SEED).batches(DRAWN) for row in range(len(batch))]

    def found(self) -> Covering:
        """All conditions, as far as steps and time allow."""
        covering = Covering()
        try:
            self._look(covering)
            covering.conditions = self._needed(covering.conditions)
        except (OutOfTimeError, StuckError):
            covering.doubts.append(why_stopped())
        return covering

    def _look(self, covering: Covering) -> None:
        for point in self.drawn:
            named = {symbol.name: value for symbol, value in point.items()}
            known = any(_holds(condition, named) for condition in covering.conditions)
            unless_expired()
            if self.spent > MOST_STEPS:
                covering.doubts.append(LONG)
                return
            if not known and (condition := self._around(named)) is not None:
                self._take(covering, condition)
        while len(covering.conditions) + len(covering.at_ties) < MOST_CONDITIONS:
            answer = self.played.ask(self.setting.concluded, effort=FULL)
            if answer.is_no:
                return
            if self.spent > MOST_STEPS:
                covering.doubts.append(LONG)
                return
            if not self._extend(covering, answer):
                covering.doubts.append(why_stopped() if expired() else HARD)
                return
        covering.doubts.append(MANY)

    def _extend(self, covering: Covering, answer: Answer) -> bool:
        """Takes up a condition that holds at a point found, or beside it."""
        point = None if answer.is_unknown else answer.point(list(self.setting.ranges))
        if point is None or expired():
            return False
        for near in self._beside(point):
            if (condition := self._around(near)) is not None:
                self._take(covering, condition)
                if _allows(condition, point):
                    return True
        tie = self._case(answer)
        if tie is None:
            return False
        covering.at_ties.append(tie)
        self.played.give(denied(every(tie)))
        return True

    def _take(self, covering: Covering, condition: Conjunction) -> None:
        covering.conditions.append(condition)
        self.played.give(denied(closed(condition)))

    def _beside(self, point: Mapping[str, Fraction]) -> Iterator[dict[str, Fraction]]:
        """The point, and points moved a little from it towards others that the premises allow."""
        yield dict(point)
        for step in reversed(STEPS):
            for drawn in self.drawn[:TOWARDS]:
                moved = {s.name: point[s.name] + step * (value - point[s.name]) for s, value in drawn.items()}
                if self.setting.admits(moved):
                    yield moved

    def _around(self, point: Mapping[str, Fraction]) -> Conjunction | None:
        """A condition that holds at the point and makes every equilibrium play it; None where some plays otherwise."""
        held, margins = self.reading.around(self._by_symbol(point))
        # What the premises' own equations make zero decides nothing.
        margins = tuple(margin for margin in margins if margin.put(self.equal).constant != 0)
        if not held or any(margin.at(point) == 0 for margin in margins):
            return None
        signs = [sign(margin if margin.at(point) > 0 else -margin, ">") for margin in margins]
        return self._fewest([each for each in signs if isinstance(each, Sign)])

    def _case(self, answer: Answer) -> Conjunction | None:
        """The payoffs at which what is chosen in an answer is an equilibrium, in the fewest signs."""
        conditions = every(condition for _, condition in self.setting.cases.case(answer.taken, self.setting.concluded))
        kept = [part for part in conjuncts(conditions) if isinstance(part, Sign)]
        if len(kept) < len(conjuncts(conditions)) or not names_in(conditions) <= self.setting.ranges.keys():
            return None
        for part in list(kept):
            rest = [other for other in kept if other is not part]
            if self.payoffs.ask(*rest, denied(part), effort=SPARING).is_no:
                kept = rest
        return tuple(kept)

    def _by_symbol(self, point: Mapping[str, Fraction]) -> Point:
        return {symbol: point[symbol.name] for symbol in self.claim.parameters}

    def _fewest(self, signs: Sequence[Sign]) -> Conjunction | None:
        """Of signs that suffice together, some none of which can be spared; None where they were not seen to."""
        numbers = [self._number(each) for each in dict.fromkeys(signs)]
        answer = self._without(numbers)
        if not answer.is_no:
            return None
        kept = sorted(answer.rests_on.difference(self.premises))
        for number in list(kept):
            if number in kept:
                shorter = self._without([other for other in kept if other != number])
                if shorter.is_no:
                    kept = sorted(shorter.rests_on.difference(self.premises))
        found = [self.otherwise.supposed[number] for number in kept]
        return tuple(each for each in found if isinstance(each, Sign))

    def _without(self, numbers: Sequence[int]) -> Answer:
        """Whether something else may be played where the premises and these signs hold."""
        return self.otherwise.ask(
            denied(self.setting.concluded), suppositions=[*self.premises, *numbers], effort=SPARING
        )

    def _number(self, each: Sign) -> int:
        if each not in self._numbers:
            self._numbers[each] = len(self.otherwise.supposed)
            self.otherwise.suppose(each)
        return self._numbers[each]

    def _needed(self, conditions: list[Conjunction]) -> list[Conjunction]:
        """The conditions without those that the others cover, ties allowed; those with the most parts go first."""
        kept = list(conditions)
        for condition in sorted(conditions, key=len, reverse=True):
            others = [denied(closed(other)) for other in kept if other is not condition]
            if self.payoffs.ask(closed(condition), *others, effort=SPARING).is_no:
                kept.remove(condition)
        return kept


def _holds(condition: Conjunction, point: Mapping[str, Fraction]) -> bool:
    return all(part.of.at(point) > 0 for part in condition)


def _allows(condition: Conjunction, point: Mapping[str, Fraction]) -> bool:
    return all(part.of.at(point) >= 0 for part in condition)
