"""A claim as inequalities: what is given, what its premises suppose, the cases of its concept, and its conclusion.

Everything that is asked about a claim, the verdict and what lies beyond it, is asked about this.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace

import sympy

from analyses.claims.claim import Claim, Holds, Monotone, Unique
from analyses.proof.questions import Questions, at_point
from analyses.proof.relaxation import Ends
from games.cases import Cases, beside
from games.errors import InputError, listed
from games.exact import Number
from games.forms.game import Game
from games.formulas.polynomials import Entries, Reader
from games.formulas.relations import Related, substituted
from games.model import Assumption, Model
from games.parameters import Parameter
from games.play.quantities import Chosen, Quantity
from games.solvers.concept import CONCEPTS
from games.solvers.limits import unless_expired
from games.terms import Condition, Poly, Ratio, denied, every, holds, names_in, poly, put, sign, some

PACE = 256
"""After so many entries of a game the time is looked at."""

OTHER = " of the other"
"""What the names of a second equilibrium beside the first end with."""


class Setting:
    """A claim in the language of proofs.

    ``ranges`` are those of its parameters, ``given`` its models' assumptions and what makes their payoffs defined,
    ``supposed`` its premises; ``cases`` those of all its models, side by side, and ``concluded`` its conclusion of
    them. Of a claim about uniqueness the cases have the values of every choice.
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
        where = claim.conclusion.where if isinstance(claim.conclusion, Holds) else {}
        values: dict[str, Poly | Ratio] = {}
        played: dict[Quantity, Poly | Ratio] = {}
        parts = []
        for number, model in enumerate(claim.models):
            own = {symbol.name: quantity for symbol, quantity in where.items() if claim.model_of(quantity) is model}
            play = every_choice(model.game.written_out) if isinstance(claim.conclusion, Unique) else ()
            cases = self.of(model, tuple(dict.fromkeys([*own.values(), *play])))
            cases = cases.renamed(f" of {number}") if number else cases
            played.update({chosen: cases.values[chosen] for chosen in play})
            values.update({name: cases.values[quantity] for name, quantity in own.items()})
            parts.append(cases)
        self.assumed = [reader.condition(a.relation) for model in claim.models for a in model.assumptions]
        self.given: list[Condition] = [*self.assumed, *self._entries.defined]
        self.cases = replace(beside(*parts), values=played)
        self.concluded: Condition = True
        if isinstance(claim.conclusion, Holds):
            self.concluded = Reader(values).condition(claim.conclusion.formula)

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
    def exists_because(self) -> str:
        """Why there is an equilibrium whatever the payoffs; empty where that is no theorem."""
        reasons = []
        for model in self.claim.models:
            why = self.claim.concept_of(model).exists_because
            reasons.append(why(model.game.written_out) if why else "")
        return "; ".join(dict.fromkeys(reasons)) if all(reasons) else ""

    @property
    def is_in_order(self) -> bool:
        """Whether choices made one after another settle everything, as in trees of perfect information.

        The equilibria are those in pure strategies, and there always are some.
        """
        return self.cases.is_ordered and bool(self.exists_because)

    @property
    def names(self) -> list[str]:
        """What stands for payoffs: the parameters, and the quotients and minima among the payoffs, which are named."""
        named = sorted({name for condition in self.given for name in names_in(condition)} - set(self.ranges))
        return [*self.ranges, *named]

    @property
    def said_of_parameters(self) -> list[Condition]:
        """The assumptions, the premises, and that no payoff divides by zero, without any name for a payoff."""
        defined = [
            some(every([way.guard, sign(way.den, "!=")]) for way in ways) for ways in self._entries.ways.values()
        ]
        return [*self.assumed, *self.supposed, *defined]

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


def every_choice(game: Game) -> tuple[Chosen, ...]:
    """The probability of each choice at each place of the game: together they say how it is played."""
    return tuple(Chosen({place: choice}) for place, choices in game.places.items() for choice in choices)


def two(setting: Setting) -> tuple[Cases, Condition]:
    """Two equilibria side by side, and that they differ in what somebody does."""
    one, other = setting.cases, setting.cases.renamed(OTHER)
    apart = []
    for quantity, value in one.values.items():
        second = other.values[quantity]
        assert isinstance(value, Poly)
        assert isinstance(second, Poly)
        apart.append(sign(value - second, "!="))
    return beside(one, other), some(apart)


def _within(value: Number, ends: Ends) -> bool:
    low, high = ends
    return (low is None or low <= value) and (high is None or value <= high)


def plain(claim: Claim) -> Claim:
    """A claim about a monotone dependence, as one that compares two copies of the model."""
    if not isinstance(claim.conclusion, Monotone):
        return claim
    moved = claim.parameter(claim.conclusion.parameter)
    more = sympy.Symbol(f"{moved.name}_more")
    while more in claim.symbols:
        more = sympy.Symbol(f"{more.name}_still")
    name = f"{claim.model.name}, {moved.name} greater"
    copy = with_renamed(claim.model, moved, more, name)
    low, high = sympy.symbols("low high")
    quantity = claim.conclusion.quantity
    where = {low: replace(quantity, model=claim.model.name), high: replace(quantity, model=name)}
    renamed = [substituted(premise, {moved.symbol: more}) for premise in claim.premises]
    return replace(
        claim,
        conclusion=Holds(Related(low, "<=" if claim.conclusion.rising else ">=", high), where),
        premises=(*claim.premises, *renamed, Related(moved.symbol, "<", more)),
        also=(copy,),
    )


def stand_ins(claim: Claim) -> list[tuple[int, ...]]:
    """For each premise of the claim the numbers of the premises of its `plain` form that say it, one for each copy."""
    count = len(claim.premises)
    return [(k, count + k) if isinstance(claim.conclusion, Monotone) else (k,) for k in range(count)]


def with_renamed(model: Model, parameter: Parameter, symbol: sympy.Symbol, name: str) -> Model:
    """The model with another symbol for one of its parameters."""
    swap = {parameter.symbol: symbol}
    return replace(
        model,
        name=name,
        game=model.game.with_entries([sympy.sympify(value).xreplace(swap) for value in model.game.entries]),
        parameters=tuple(replace(p, symbol=symbol) if p is parameter else p for p in model.parameters),
        assumptions=tuple(Assumption(substituted(a.relation, swap), a.reason) for a in model.assumptions),
        axes=None,
        quantities=dict,
    )
