"""Conditions on payoffs that together say exactly when something is played.

Where it is played by some equilibrium, and where something else is, are conditions on the payoffs alone once the
choices are eliminated (`analyses.proof.choosing`). The alternatives of its being played whatever happens
(`analyses.proof.implicants`) are the conditions that are enough; with ties allowed they are taken out, and where some
equilibrium plays it besides, payoffs tie. So the conditions are sufficient one by one, and necessary together; both are
proved, neither is sampled.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from analyses.claims.claim import Claim
from analyses.claims.judgement import reading_of
from analyses.claims.setting import Setting
from analyses.claims.share import premise_set
from analyses.proof.choosing import Choosing
from analyses.proof.implicants import Conjunction, Deciding, Implicants, Values, closed, needed
from analyses.proof.questions import SPARING, Questions
from analyses.sampling.draws import some_points
from games.errors import InputError
from games.solvers.limits import OutOfTimeError, why_stopped
from games.terms import Atom, Condition, Sign, denied, mapped, put, sign


@dataclass
class Covering:
    """What was found: strict ``conditions``, those that hold ``at_ties`` alone, and why there may be more.

    ``exact_at_ties``: whether some equilibrium plays it where a condition holds just with equality; None if open.
    """

    conditions: list[Conjunction] = field(default_factory=list)
    at_ties: list[Conjunction] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    exact_at_ties: bool | None = None


class Search:
    """The search for the conditions under which the conclusion of a claim holds in an equilibrium.

    Raises `InputError` where choices made one after another do not settle what is played.
    """

    def __init__(self, claim: Claim) -> None:
        self.claim, self.setting = claim, Setting(claim)
        reading = reading_of(claim)
        if reading is None or not self.setting.is_in_order:
            raise InputError(
                f"when something is played is worked out for trees of perfect information; {claim.model.name} is "
                "another kind of game: `parley check` proves or refutes claims about it"
            )
        self.reading = reading
        self.allowed = premise_set(claim)
        self.points = some_points(self.allowed)
        choosing = Choosing(self.setting.cases)
        concluded = self.setting.concluded
        self.played = self._of_parameters(choosing.possible({}, concluded))
        self.otherwise = self._of_parameters(choosing.possible({}, denied(concluded)))

    def _of_parameters(self, condition: Condition) -> Condition:
        """In the parameters that the premises' equations leave free."""
        return put(self.setting.of_parameters(condition), self.allowed.given)

    def found(self) -> Covering:
        """All conditions, as far as time allows."""
        covering = Covering()
        try:
            self._look(covering)
        except OutOfTimeError:
            covering.doubts.append(why_stopped())
        covering.doubts = list(dict.fromkeys(covering.doubts))
        return covering

    def _look(self, covering: Covering) -> None:
        payoffs = self._questions()
        found = self._alternatives(_untied(denied(self.otherwise)), covering, deciding=self._deciding)
        covering.conditions = needed(found, payoffs, closed)
        outside = [denied(closed(condition)) for condition in covering.conditions]
        covering.at_ties = needed(self._alternatives(self.played, covering, *outside), self._questions(*outside))
        covering.exact_at_ties = self._exact_at_ties(covering.conditions, payoffs)

    def _deciding(self, point: Values) -> list[Sign]:
        """The comparisons on which it hangs what is played at a point."""
        margins = self.reading.around({symbol: point[symbol.name] for symbol in self.claim.parameters})[1]
        own = (margin.put(self.allowed.given) for margin in margins)
        signs = (sign(margin if margin.at(point) > 0 else -margin, ">") for margin in own)
        return [each for each in signs if isinstance(each, Sign) and each.of.at(point) > 0]

    def _alternatives(
        self, condition: Condition, covering: Covering, *given: Condition, deciding: Deciding | None = None
    ) -> list[Conjunction]:
        search = Implicants(condition, self._questions(*given), self._questions(*given), deciding)
        found = search.found(self.points)
        covering.doubts += found.doubts
        return found.found

    def _exact_at_ties(self, conditions: Sequence[Conjunction], payoffs: Questions) -> bool | None:
        """Whether some equilibrium plays it wherever a condition holds, if just with equality."""
        answers = [payoffs.ask(closed(each), denied(self.played), effort=SPARING) for each in conditions]
        if any(answer.is_yes for answer in answers):
            return False
        return True if all(answer.is_no for answer in answers) else None

    def _questions(self, *given: Condition) -> Questions:
        """Questions about what the premises allow, and where more is given."""
        return Questions(self.setting.ranges, [*self.setting.said_of_parameters, *given])


def _untied(condition: Condition) -> Condition:
    """With nothing that holds just with equality."""

    def read(atom: Atom) -> Condition:
        return Sign(atom.of, ">") if isinstance(atom, Sign) and atom.op == ">=" else atom

    return mapped(condition, read)
