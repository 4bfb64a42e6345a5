"""At which payoffs no equilibrium is as wanted: point by point, region by region.

A point is found at which that may be; the cases are asked at that point alone. If one of them is as wanted, so it is in
a whole region of payoffs around, from which its unknowns are eliminated; the region is left out, and another point is
sought. Nothing quantifies over unknowns, and a region once found serves every later question.

Where existence is a theorem a region is made as wide as it can be: its conditions are those alone without which some
case would not be as wanted. What is left is no longer the region of one case, and fewer of them are needed.
"""

from collections.abc import Mapping, Sequence
from itertools import islice

from analyses.claims.setting import Setting
from analyses.proof.elimination import without
from analyses.proof.questions import A_QUESTION, BRIEF, FULL, Answer, Effort, Questions
from games.cases import Cases
from games.exact import Number
from games.terms import Condition, conjuncts, denied, equal, every, holds, put, var

MOST_MULTIPLIED = 600
"""The most cases that are put to nonlinear arithmetic before it does."""

MOST_IN_VAIN = 3
"""After so many regions in turn that could not be made wider no other is tried."""

MOST_PLAYED = 100
"""The most ways to play at a point that are gone through one by one before the solver is asked."""

IRRATIONAL = "a point of irrational or very long numbers"
NOT_ELIMINATED = "unknowns that no equation determines where they are irrational"
TOO_MANY = "more regions of payoffs than are gone through"


class Regions:
    """The regions of payoffs in which one of the ``cases`` is as ``wanted``, ``found`` one by one.

    ``always``: wherever none is, another case is not as wanted, since there is always an equilibrium.
    """

    def __init__(self, setting: Setting, cases: Cases, wanted: Condition, always: bool) -> None:
        self.setting, self.cases, self.wanted = setting, cases, wanted
        self.found: list[Condition] = []
        self._spent = self._in_vain = 0
        self._otherwise = Questions(setting.ranges, setting.given, (), cases) if always else None
        self._numbers: dict[Condition, int] = {}

    def at(self, point: Mapping[str, Number]) -> Answer:
        """Whether some case at exact payoffs is as wanted."""
        if self.cases.is_ordered:
            several = list(islice(self.cases.played(point), MOST_PLAYED))
            self._spent += A_QUESTION
            for taken, values in several:
                if holds(self.wanted, values, taken):
                    return Answer(True, taken=taken)
            if len(several) < MOST_PLAYED:
                return Answer(False)
        questions = self.setting.at(point, self.cases)
        found = questions.ask(put(self.wanted, self.setting.numbers(point)))
        self._spent += questions.spent
        return found

    @property
    def spent(self) -> int:
        """The work that went into points and regions, in the steps of `Questions.spent`."""
        return self._spent + (self._otherwise.spent if self._otherwise else 0)

    def add(self, point: Mapping[str, Number], here: Answer) -> bool:
        """Finds the region around a point, at which `at` gave the answer; whether it could be written down."""
        conditions = list(self.cases.case(here.taken, self.wanted))
        if self._otherwise is not None and self.cases.is_ordered:
            conditions = _that_matter(conditions, self.cases)
        unknowns = {unknown.name: here.values.get(unknown.name) for unknown in self.cases.unknowns}
        within = (unknown.within for unknown in self.cases.unknowns)
        region = without(every([*(condition for _, condition in conditions), *within]), unknowns, point)
        if region is None or not holds(region, point):
            return False
        self.found.append(self._widened(region))
        return True

    def _widened(self, region: Condition) -> Condition:
        """The region with those conditions alone that keep every case as wanted, if together they do."""
        if self._otherwise is None or self._in_vain == MOST_IN_VAIN:
            return region
        for condition in conjuncts(region):
            if condition not in self._numbers:
                self._numbers[condition] = len(self._otherwise.supposed)
                self._otherwise.suppose(condition)
        named = {self._numbers[condition]: condition for condition in conjuncts(region)}
        unlike = denied(self.wanted)
        answer = self._otherwise.ask(unlike, suppositions=sorted(named), effort=BRIEF)
        self._in_vain = 0 if answer.is_no else self._in_vain + 1
        if not answer.is_no:
            return region
        kept = sorted(answer.rests_on)
        for number in list(kept):
            rest = [other for other in kept if other != number]
            if self._otherwise.ask(unlike, suppositions=rest, effort=BRIEF).is_no:
                kept = rest
        return every(named[number] for number in kept)


class Outside:
    """``questions`` about payoffs that lie in no region of ``several`` kinds; ``names`` stand for payoffs."""

    def __init__(self, questions: Questions, names: Sequence[str], several: Sequence[Regions]) -> None:
        self.questions, self.names, self.several = questions, names, several
        self._given = [0] * len(several)

    @property
    def spent(self) -> int:
        """The work so far, in the steps of `Questions.spent`."""
        return self.questions.spent + sum(regions.spent for regions in self.several)

    def ask(self, *conditions: Condition, suppositions: Sequence[int] | None = None, effort: Effort = FULL) -> Answer:
        """Whether all of the conditions can hold, in some case, at payoffs outside of every region."""
        most, last = self.questions.nonlinear + MOST_MULTIPLIED, self.spent + effort.steps
        for _ in range(effort.regions):
            if self.questions.nonlinear > most or self.spent > last:
                break
            self._leave_out()
            answer = self.questions.ask(*conditions, suppositions=suppositions, effort=effort)
            if not answer.is_yes or not self.several:
                return answer
            answer = self._with_fractions(answer, conditions, suppositions)
            point = answer.point(self.names)
            if point is None:
                return Answer(None, because=IRRATIONAL)
            inside = next((found for found in ((r, r.at(point)) for r in self.several) if not found[1].is_no), None)
            if inside is None:
                return answer
            regions, here = inside
            if here.is_unknown:
                return here
            if not regions.add(point, here):
                return Answer(None, because=NOT_ELIMINATED)
        return Answer(None, because=TOO_MANY)

    def _with_fractions(
        self, answer: Answer, conditions: Sequence[Condition], suppositions: Sequence[int] | None
    ) -> Answer:
        """The answer with fractions near irrational payoffs, one after another, as far as the conditions allow."""
        fixed: list[Condition] = []
        for name in self.names:
            if answer.values.get(name) is None and name in answer.near:
                fixed.append(equal(var(name), answer.near[name]))
                moved = self.questions.ask(*conditions, *fixed, suppositions=suppositions, effort=BRIEF)
                if not moved.is_yes:
                    return answer
                answer = moved
        return answer

    def _leave_out(self) -> None:
        """Leaves out the regions found since the last question, also by others who share them."""
        for k, regions in enumerate(self.several):
            self.questions.give(*map(denied, regions.found[self._given[k] :]))
            self._given[k] = len(regions.found)


class Cover:
    """The payoffs at which none of the ``cases``, by default those of the setting, is as ``wanted``.

    ``likely`` is a condition on cases that holds for one of them wherever no equilibrium is as wanted, if there is one:
    where existence is a theorem, that an equilibrium is not as wanted. Without it all payoffs have to be covered.
    """

    def __init__(
        self, setting: Setting, wanted: Condition, likely: Condition | None = None, cases: Cases | None = None
    ) -> None:
        own = setting.cases if cases is None else cases
        self.likely = likely
        self._setting = setting
        self._plain: Outside | None = None
        self.questions = setting.questions(None if likely is None else own)
        self._regions = Regions(setting, own, wanted, likely is not None)
        self._outside = Outside(self.questions, setting.names, [self._regions])

    @property
    def regions(self) -> list[Condition]:
        """The regions found so far in which some equilibrium is as wanted."""
        return self._regions.found

    def leave_out(self, *regions: Condition) -> None:
        """Payoffs of which it is known that some equilibrium is as wanted are looked at no more."""
        self._regions.found += regions

    @property
    def spent(self) -> int:
        """The work so far, in the steps of `Questions.spent`."""
        return self._outside.spent + (self._plain.questions.spent if self._plain else 0)

    def outside(self, *more: Condition, suppositions: Sequence[int] | None = None, effort: Effort = FULL) -> Answer:
        """Whether there are payoffs, with ``more`` holding there, at which no equilibrium is as wanted."""
        if self.likely is None:
            return self._outside.ask(*more, suppositions=suppositions, effort=effort)
        answer = self._outside.ask(*more, self.likely, suppositions=suppositions, effort=effort)
        if not answer.is_unknown:
            return answer
        # Equilibria have unknowns; where these are too hard, regions may still cover all payoffs, likely or not.
        if self._plain is None:
            self._plain = Outside(self._setting.questions(), self._setting.names, [self._regions])
        return self._plain.ask(*more, suppositions=suppositions, effort=effort)


def _that_matter(
    conditions: Sequence[tuple[frozenset[str], Condition]], cases: Cases
) -> list[tuple[frozenset[str], Condition]]:
    """Of one case, the conditions on which what is wanted hangs; choices that it does not touch can always be made."""
    of_options, wanted = conditions[: len(cases.choices)], conditions[len(cases.choices) :]
    by_choice = dict(zip((choice.name for choice in cases.choices), of_options, strict=True))
    needed: set[str] = set()
    waiting = [choice for rests, _ in wanted for choice in rests]
    while waiting:
        choice = waiting.pop()
        if choice not in needed:
            needed.add(choice)
            waiting += by_choice[choice][0]
    return [*(by_choice[name] for name in by_choice if name in needed), *wanted]
