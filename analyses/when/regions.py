"""Where some equilibrium plays it, and where every one does, for every concept that has cases.

The parameters at which some case plays it, and those at which some case plays something else, are found region by
region (`analyses.solution.supports`), mixtures among them. Every equilibrium plays it where none plays anything else.
Ties are in the conditions: these hold exactly where it is so. Where that is too much work the conditions are those of
payoffs that do not tie (`analyses.solution.untied`), and the ties that are left out are told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from analyses.claims.claim import Claim
from analyses.proof.implicants import Conjunction, Implicants, Values, needed
from analyses.proof.questions import SPARING
from analyses.proof.solver import StuckError
from analyses.sampling.draws import some_points
from analyses.solution.posing import Posed
from analyses.solution.supports import Search
from analyses.solution.untied import strictly, untied
from games.errors import InputError
from games.formulas.relations import Relation
from games.model import Model, Point
from games.solvers.concept import concept_for
from games.solvers.limits import OutOfTimeError, remaining, time_limit, why_stopped
from games.terms import Condition, Sign, denied, every, poly, put, some

EFFORT = replace(SPARING, steps=30_000)
MOST_WORK = 30_000
"""What a question may cost, and all of them, in the search with ties: cases that take more are done without."""

MOST_TURNED = 12
"""With more conditions of something else being played, what is certain is told by them."""


@dataclass
class Ranged:
    """What was found: conditions of its being played for ``certain`` by every equilibrium, and by some (``possible``).

    ``exists``: where there is an equilibrium at all; None where there always is one. ``otherwise``: where some plays
    something else, if what is certain is told by that. ``ties`` are left out of all of it. There are ``doubts`` where
    not all was found; all that is possible was found, even so, where that is ``known``.
    """

    certain: list[Conjunction] = field(default_factory=list)
    possible: list[Conjunction] = field(default_factory=list)
    exists: list[Conjunction] | None = None
    otherwise: list[Conjunction] | None = None
    ties: list[Sign] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    known: bool = False

    def doubt(self, because: Iterable[str]) -> bool:
        """Takes up why there may be more; whether there is any reason so far."""
        self.doubts = list(dict.fromkeys((*self.doubts, *because)))
        return bool(self.doubts)


def posed_for(
    model: Model, fixed: Mapping[str, object], premises: Sequence[Relation], claims: Sequence[Claim]
) -> Posed:
    """The model with all parameters free but the ``fixed`` ones, and with the values that the claims speak of."""
    free = [p.name for p in model.parameters if p.low < p.high and p.name not in fixed]
    point: Point = model.point(**fixed)
    asked = dict.fromkeys(quantity for claim in claims for quantity in claim.conclusion.where.values())
    return Posed(model, concept_for(model.game, claims[0].concept), free, point, premises, further=tuple(asked))


class Ranges:
    """The search for the conditions of two claims, one of every equilibrium and one of some, on the posed model."""

    def __init__(self, posed: Posed, certain: Claim, possible: Claim) -> None:
        self.posed, self.has_theorem = posed, bool(certain.exists_because)
        self.certain, self.possible = map(self._wanted, (certain, possible))
        try:
            self.points: Sequence[Values] = some_points(posed.premise_set)
        except InputError:
            # Premises that are curved equations have no points to draw; the solver finds them.
            self.points = ()

    def _wanted(self, claim: Claim) -> Condition:
        values = {s.name: self.posed.cases.values[q] for s, q in claim.conclusion.where.items()}
        held = {s.name: poly(value) for s, value in self.posed.point.items() if s.name not in self.posed.free}
        return put(claim.conclusion.condition(values), held)

    def found(self) -> Ranged:
        """All conditions, as far as time allows: with all ties where that is little work, else without them.

        Half of the time, if there is a limit, is for the search without ties.
        """
        left = remaining()
        for look, limit in ((self._with_ties, None if left == float("inf") else left / 2), (self._without_ties, None)):
            ranged = Ranged()
            try:
                with time_limit(limit):
                    look(ranged)
            except (OutOfTimeError, StuckError):
                ranged.doubt([why_stopped()])
            if not ranged.doubts:
                break
        return ranged

    def _with_ties(self, ranged: Ranged) -> None:
        ranged.possible = self._regions(self.possible, ranged)
        if ranged.doubts:
            return
        ranged.possible = self._shortest(some(map(every, ranged.possible)), ranged)
        ranged.known = not ranged.doubts
        if ranged.known and not ranged.possible:
            return
        others = [denied(every(region)) for region in self._regions(denied(self.certain), ranged)]
        if not self.has_theorem:
            ranged.exists = self._shortest(some(map(every, self._regions(True, ranged))), ranged)
            others.append(some(map(every, ranged.exists)))
        if not ranged.doubts:
            # Where not all is known that may be played, nothing is known of what alone is.
            ranged.certain = self._shortest(every(others), ranged)

    def _regions(self, wanted: Condition, ranged: Ranged) -> list[Conjunction]:
        search = Search(self.posed, wanted, EFFORT, MOST_WORK)
        found = search.alternatives()
        ranged.doubt(search.doubts)
        return found

    def _shortest(self, whole: Condition, ranged: Ranged) -> list[Conjunction]:
        search = Implicants(whole, self.posed.questions(), self.posed.questions())
        found = search.found(self.points)
        ranged.doubt(found.doubts)
        return needed(found.found, self.posed.questions())

    def _without_ties(self, ranged: Ranged) -> None:
        ranged.possible = self._untied(self.possible, ranged)
        ranged.known = not ranged.doubts
        if ranged.known and not ranged.possible:
            return
        if not self.has_theorem:
            ranged.exists = self._untied(True, ranged)
        if ranged.doubts or not self._untied(self.certain, ranged):
            return
        ranged.otherwise = self._untied(denied(self.certain), ranged)
        if ranged.doubts or len(ranged.otherwise) > MOST_TURNED:
            return
        others = every(denied(every(region)) for region in ranged.otherwise)
        exist = True if ranged.exists is None else some(map(every, ranged.exists))
        inside, outside, payoffs = (self.posed.questions() for _ in range(3))
        for questions in (inside, outside, payoffs):
            questions.give(*map(denied, ranged.ties))
        found = Implicants(every([others, exist]), inside, outside, effort=EFFORT).found(self.points)
        if found.complete:
            ranged.certain = [strictly(each, ranged.ties) for each in needed(found.found, payoffs)]
            ranged.otherwise = None

    def _untied(self, wanted: Condition, ranged: Ranged) -> list[Conjunction]:
        found = untied(self.posed, wanted, ranged.ties)
        ranged.ties = found.ties
        ranged.doubt(found.doubts)
        return found.conditions
