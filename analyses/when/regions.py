"""Where some equilibrium plays it, and where every one does, for every concept that has cases.

The parameters at which some case plays it, and those at which some case plays something else, are found region by
region (`analyses.solution.supports`), mixtures among them. Every equilibrium plays it where none plays anything else.
Ties are in the conditions: these hold exactly where it is so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analyses.claims.claim import Claim
from analyses.proof.implicants import Conjunction, Implicants, Values, needed
from analyses.sampling.draws import some_points
from analyses.solution.posing import Posed
from analyses.solution.supports import Search
from games.errors import InputError
from games.formulas.relations import Relation
from games.model import Model, Point
from games.solvers.concept import concept_for
from games.solvers.limits import OutOfTimeError, why_stopped
from games.terms import Condition, denied, every, poly, put, some


@dataclass
class Ranged:
    """What was found: conditions of its being played for ``certain`` by every equilibrium, and by some (``possible``).

    ``exists``: where there is an equilibrium at all; None where there always is one.
    """

    certain: list[Conjunction] = field(default_factory=list)
    possible: list[Conjunction] = field(default_factory=list)
    exists: list[Conjunction] | None = None
    doubts: list[str] = field(default_factory=list)


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
        """All conditions, as far as time allows."""
        ranged = Ranged()
        try:
            self._look(ranged)
        except OutOfTimeError:
            ranged.doubts.append(why_stopped())
        ranged.doubts = list(dict.fromkeys(ranged.doubts))
        return ranged

    def _look(self, ranged: Ranged) -> None:
        ranged.possible = self._regions(self.possible, ranged)
        if ranged.doubts:
            # What was found is right as far as it goes.
            return
        ranged.possible = self._shortest(some(map(every, ranged.possible)), ranged)
        others = [denied(every(region)) for region in self._regions(denied(self.certain), ranged)]
        if not self.has_theorem:
            ranged.exists = self._shortest(some(map(every, self._regions(True, ranged))), ranged)
            others.append(some(map(every, ranged.exists)))
        if not ranged.doubts:
            # Where not all is known that may be played, nothing is known of what alone is.
            ranged.certain = self._shortest(every(others), ranged)

    def _regions(self, wanted: Condition, ranged: Ranged) -> list[Conjunction]:
        search = Search(self.posed, wanted)
        found = search.alternatives()
        ranged.doubts += search.doubts
        return found

    def _shortest(self, whole: Condition, ranged: Ranged) -> list[Conjunction]:
        search = Implicants(whole, self.posed.questions(), self.posed.questions())
        found = search.found(self.points)
        ranged.doubts += found.doubts
        return needed(found.found, self.posed.questions())
