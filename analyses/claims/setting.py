"""A claim as inequalities: what is given, what its premises suppose, the cases of its concept, and its conclusion.

Everything that is asked about a claim, the verdict and what lies beyond it, is asked about this.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace

from analyses.claims.claim import Claim
from analyses.proof.questions import Questions, at_point
from analyses.proof.relaxation import Ends
from games.cases import Cases, beside
from games.errors import InputError, listed
from games.exact import Number
from games.forms.game import Game
from games.formulas.polynomials import Entries, Reader
from games.model import Model
from games.play.quantities import Quantity
from games.solvers.concept import CONCEPTS
from games.solvers.limits import unless_expired
from games.terms import Condition, Poly, Ratio, denied, holds, names_in, poly, put

PACE = 256
"""After so many entries of a game the time is looked at."""


class Setting:
    """A claim in the language of proofs.

    ``ranges`` are those of its parameters, ``given`` its models' assumptions and what makes their payoffs defined,
    ``supposed`` its premises; ``cases`` those of all its models, side by side, and ``concluded`` its conclusion of
    them. The cases have the values of what two equilibria are compared by, where the conclusion compares them.
    Raises `InputError` for a concept that cannot be decided on the game.
    """

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self._entries = Entries()
        reader = Reader()
        self.ranges: dict[str, Ends] = {
            symbol.name: (p.low, p.high) if claim.bounded else (None, None) for symbol, p in claim.parameters.items()
        }
        self.supposed = [reader.condition(premise) for premise in claim.premises]
        values: dict[str, Poly | Ratio] = {}
        played: dict[Quantity, Poly | Ratio] = {}
        parts = []
        for number, model in enumerate(claim.models):
            own = {
                symbol.name: quantity
                for symbol, quantity in claim.conclusion.where.items()
                if claim.model_of(quantity) is model
            }
            compared = claim.conclusion.compared(model.game.written_out, claim.concept_of(model))
            cases = self.of(model, tuple(dict.fromkeys([*own.values(), *compared])))
            cases = cases.renamed(f" of {number}") if number else cases
            played.update({chosen: cases.values[chosen] for chosen in compared})
            values.update({name: cases.values[quantity] for name, quantity in own.items()})
            parts.append(cases)
        self.assumed = [reader.condition(a.relation) for model in claim.models for a in model.assumptions]
        self.given: list[Condition] = [*self.assumed, *self._entries.defined]
        self.cases = replace(beside(*parts), values=played)
        self.concluded = claim.conclusion.condition(values)

    def of(self, model: Model, asked: Sequence[Quantity]) -> Cases:
        """The cases of one of the claim's models, with the quantities asked for."""
        concept = self.claim.concept_of(model)
        if concept.cases is None:
            offered = sorted(c.name for c in CONCEPTS.values() if c.cases and isinstance(model.game, c.form))
            raise InputError(
                f"claims about {concept.name} equilibria cannot be checked; for this game: {listed(offered)}"
            )
        return concept.cases(self._polynomial(model.game.written_out), asked)

    def _polynomial(self, game: Game) -> Game:
        entries = []
        for number, entry in enumerate(game.entries):
            if number % PACE == 0:
                unless_expired()
            entries.append(self._entries(entry))
        return game.with_entries(entries)

    @property
    def is_in_order(self) -> bool:
        """Whether choices made one after another settle everything, as in trees of perfect information.

        The equilibria are those in pure strategies, and there always are some.
        """
        return self.cases.is_ordered and bool(self.claim.exists_because)

    @property
    def names(self) -> list[str]:
        """What stands for payoffs: the parameters, and the quotients and minima among the payoffs, which are named."""
        named = sorted({name for condition in self.given for name in names_in(condition)} - set(self.ranges))
        return [*self.ranges, *named]

    @property
    def said_of_parameters(self) -> list[Condition]:
        """The assumptions, the premises, and that no payoff divides by zero, without any name for a payoff."""
        return [*self.assumed, *self.supposed, *self._entries.undivided]

    def of_parameters(self, condition: Condition) -> Condition:
        """A condition without any name for a payoff."""
        return self._entries.put_into(condition)

    def within(self, ranges: Mapping[str, Ends]) -> "Setting":
        """The same with other ranges for some of the parameters."""
        narrower = copy(self)
        narrower.ranges = {**self.ranges, **ranges}
        return narrower

    def questions(self, cases: Cases | None = None) -> Questions:
        """Questions about payoffs that the premises allow, and about ``cases`` there."""
        return Questions(self.ranges, self.given, self.supposed, cases)

    def at(self, point: Mapping[str, Number], cases: Cases | None = None) -> Questions:
        """Questions about the cases at exact values of the parameters; the premises are not looked at."""
        return at_point(cases or self.cases, point, self.given)

    def numbers(self, point: Mapping[str, Number]) -> dict[str, Poly]:
        """The values of a point, to be put into conditions."""
        return {name: poly(value) for name, value in point.items()}

    def breaks_at(self, point: Mapping[str, Number]) -> Condition:
        """That the conclusion does not hold, at exact values of the parameters."""
        return put(denied(self.concluded), self.numbers(point))

    def whole(self, point: Mapping[str, Number]) -> dict[str, Number] | None:
        """The point with the values of named payoffs; None where they are not defined."""
        known = dict(point)
        for name, value in self._entries.at(point):
            if value is None:
                return None
            known[name] = value
        return known

    def admits(self, point: Mapping[str, Number]) -> bool:
        """Whether the premises, assumptions and ranges hold at exact values of the parameters."""
        whole = self.whole(point)
        return (
            whole is not None
            and all(_within(point[name], ends) for name, ends in self.ranges.items())
            and all(holds(condition, whole) for condition in (*self.given, *self.supposed))
        )


def _within(value: Number, ends: Ends) -> bool:
    low, high = ends
    return (low is None or low <= value) and (high is None or value <= high)
