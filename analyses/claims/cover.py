"""At which payoffs no equilibrium is as wanted: point by point, region by region.

A point is found at which that may be; the cases are asked at that point alone. If one of them is as wanted, so it is in
a whole region of payoffs around, from which its unknowns are eliminated; the region is left out, and another point is
sought. Nothing quantifies over unknowns, and a region once found serves every later question.
"""

from collections.abc import Mapping, Sequence

from analyses.claims.setting import Setting
from analyses.proof.elimination import without
from analyses.proof.questions import FULL, Answer, Effort
from games.cases import Cases
from games.exact import Number
from games.terms import Condition, denied, every, poly, put

MOST_REGIONS = 500
"""The most regions that are left out before the search gives up."""

IRRATIONAL = "a point of irrational or very long numbers"
NOT_ELIMINATED = "unknowns that no equation determines where they are irrational"
TOO_MANY = "more regions of payoffs than are gone through"


class Cover:
    """The regions of payoffs in which some equilibrium is as ``wanted``, found one by one.

    ``likely`` is a condition on cases that holds for one of them wherever no equilibrium is as wanted, if there is one:
    where existence is a theorem, that an equilibrium is not as wanted. Without it all payoffs have to be covered.
    """

    def __init__(self, setting: Setting, wanted: Condition, likely: Condition | None = None) -> None:
        self.setting, self.wanted, self.likely = setting, wanted, likely
        self.questions = setting.questions(None if likely is None else setting.cases)
        self.regions: list[Condition] = []

    def outside(self, *more: Condition, suppositions: Sequence[int] | None = None, effort: Effort = FULL) -> Answer:
        """Whether there are payoffs, with ``more`` holding there, at which no equilibrium is as wanted."""
        asked = [*more, *([] if self.likely is None else [self.likely])]
        for _ in range(MOST_REGIONS):
            answer = self.questions.ask(*asked, suppositions=suppositions, effort=effort)
            if not answer.is_yes:
                return answer
            point = answer.point(self.setting.names)
            if point is None:
                return Answer(None, because=IRRATIONAL)
            here = self.at(point)
            if here.is_no:
                return answer
            if here.is_unknown:
                return here
            region = self._region(here)
            if region is None:
                return Answer(None, because=NOT_ELIMINATED)
            self.regions.append(region)
            self.questions.give(denied(region))
        return Answer(None, because=TOO_MANY)

    def at(self, point: Mapping[str, Number]) -> Answer:
        """Whether some equilibrium at exact payoffs is as wanted."""
        return self.setting.at(point).ask(put(self.wanted, {name: poly(value) for name, value in point.items()}))

    def _region(self, here: Answer) -> Condition | None:
        """The payoffs at which the case found is an equilibrium as wanted; None where that cannot be written down."""
        cases = self.setting.cases
        conditions = list(cases.case(here.taken, self.wanted))
        if self.setting.exists_because and cases.is_ordered:
            conditions = _that_matter(conditions, cases)
        unknowns = {unknown.name: here.values.get(unknown.name) for unknown in cases.unknowns}
        return without(every(condition for _, condition in conditions), unknowns)


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
