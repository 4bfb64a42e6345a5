"""Claims: what is said of every payoff that some premises allow.

A claim names a model, premises about its parameters (they may be mere orders), a solution concept, and a conclusion
about the equilibria. It is meant of all parameter values within the model's ranges that satisfy the model's assumptions
and the premises; and of every equilibrium there, or of some.

A conclusion is a formula over the parameters and over *quantities* of an equilibrium, each of which stands in the
formula under a symbol of its own:

>>> from sympy import symbols
>>> from analyses.claims.conclusions import Holds
>>> from games.play.quantities import Reach
>>> from games.sanctions.retaliation import MODEL, A_F, beta, k_F
>>> concession = symbols("concession")
>>> Claim(
...     "no-relief",
...     "If relief is not credible, Russia does not concede.",
...     MODEL,
...     Holds(concession <= 0, {concession: Reach(("Concede",), after=("Full",))}),
...     premises=(A_F - k_F > beta,),
... ).concept
'subgame-perfect'
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import sympy

from analyses.claims.conclusions import Conclusion
from games.errors import InputError, check_kind, listed, quoted
from games.forms.game import Game
from games.formulas.relations import Relation, check_symbols, in_words, relation
from games.model import Model
from games.parameters import Parameter
from games.play.quantities import Quantity
from games.solvers.concept import Concept, concept_for
from games.sources import Source


@dataclass(frozen=True, repr=False)
class Claim:
    """An argument in formal dress.

    ``argument`` says it in one sentence, ``source`` where it is from. ``premises`` are relations between parameters,
    which may be given as for `games.formulas.relations.relation`. Without a ``concept`` the default of the model's
    form counts. ``every``: the conclusion is meant of every equilibrium, else of at least one. ``also``: further models
    that the conclusion speaks of; parameters of the same name are the same in all of them, and keep to the ranges of
    all. ``bounded``: the parameters keep to their ranges; else they may take any values that the assumptions and
    premises allow.

    >>> from analyses.claims import Claim, check, never
    >>> from games.catalog import load
    >>> model = load("conflict-expectations")
    >>> c_s, c_t = model.by_name["c_s"].symbol, model.by_name["c_t"].symbol
    >>> claim = Claim(
    ...     name="dear",
    ...     argument="Sanctions that cost the sender more than the target win no concession.",
    ...     model=model,
    ...     conclusion=never(("Demand", "Concede")),
    ...     premises=(c_s > c_t,),
    ... )
    >>> type(check(claim)).__name__, type(check(claim.with_premises())).__name__
    ('Proved', 'Refuted')

    Raises `InputError` for a premise about an unknown parameter, a conclusion about an action, player or model that
    does not exist, a concept that does not apply, and models whose ranges of a parameter have no value in common.
    """

    name: str
    argument: str
    model: Model
    conclusion: Conclusion
    premises: tuple[Relation, ...] = ()
    concept: str = ""
    every: bool = True
    source: Source | None = None
    also: tuple[Model, ...] = ()
    bounded: bool = True

    def __post_init__(self) -> None:
        for model in self.models:
            chosen = concept_for(model.game, self.concept or None)
            if model is self.model:
                object.__setattr__(self, "concept", chosen.name)
        if len({model.name for model in self.models}) < len(self.models):
            raise InputError(f"the claim {quoted(self.name)} names the model {self.also[0].name} twice")
        object.__setattr__(self, "premises", tuple(relation(premise, "the premise") for premise in self.premises))
        for premise in self.premises:
            check_symbols(premise, self.symbols, "the premise")
        self.conclusion.check(self)

    @property
    def plain(self) -> "Claim":
        """A claim of the same meaning that compares no payoffs at two points."""
        return self.conclusion.plain(self)[0]

    @property
    def stand_ins(self) -> list[tuple[int, ...]]:
        """For each premise the numbers of the premises of `plain` that say it."""
        return self.conclusion.plain(self)[1]

    @property
    def broken_by_one(self) -> bool:
        """Whether a single witness against it breaks the claim; else it fails where no witness keeps it."""
        return self.conclusion.broken_by_one(self.every)

    @property
    def models(self) -> tuple[Model, ...]:
        return (self.model, *self.also)

    @cached_property
    def parameters(self) -> Mapping[sympy.Symbol, Parameter]:
        """The parameters of all models; one that several share counts with its first meaning, within all its ranges.

        Of a claim that is not bounded it keeps its first range, which then bounds nothing.
        """
        found: dict[sympy.Symbol, Parameter] = {}
        for model in self.models:
            for parameter in model.parameters:
                known = found.setdefault(parameter.symbol, parameter)
                if self.bounded and known is not parameter:
                    found[parameter.symbol] = self._narrowed(known, parameter, model)
        return found

    def _narrowed(self, known: Parameter, other: Parameter, model: Model) -> Parameter:
        """The parameter within the range of ``other`` as well, its default moved into it."""
        low, high = max(known.low, other.low), min(known.high, other.high)
        if low > high:
            raise InputError(
                f"the claim {quoted(self.name)} has no value for {known.name}: in {model.name} it lies between "
                f"{other.low} and {other.high}, elsewhere between {known.low} and {known.high}; give the models ranges "
                "with a value in common, or set bounded to false"
            )
        return replace(known, low=low, high=high, default=min(max(known.default, low), high))

    @property
    def symbols(self) -> set[sympy.Symbol]:
        return set(self.parameters)

    def parameter(self, name: str) -> Parameter:
        for parameter in self.parameters.values():
            if parameter.name == name:
                return parameter
        known = listed(p.name for p in self.parameters.values())
        raise InputError(f"{self.model.name} has no parameter {quoted(name)}; it has {known}")

    def model_of(self, quantity: Quantity) -> Model:
        if not quantity.model:
            return self.model
        for model in self.models:
            if model.name == quantity.model:
                return model
        raise InputError(
            f"the claim {quoted(self.name)} has no model {quoted(quantity.model)}; "
            f"it has {listed(m.name for m in self.models)}"
        )

    def game_of(self, quantity: Quantity) -> Game:
        return self.model_of(quantity).game

    def concept_of(self, model: Model) -> Concept:
        return concept_for(model.game, self.concept)

    @property
    def exists_because(self) -> str:
        """Why there is an equilibrium whatever the payoffs; empty where that is no theorem."""
        reasons = []
        for model in self.models:
            why = self.concept_of(model).exists_because
            reasons.append(why(model.game.written_out) if why else "")
        return "; ".join(dict.fromkeys(reasons)) if all(reasons) else ""

    @property
    def is_of_pure_play(self) -> bool:
        """Whether it is about equilibria in pure strategies alone, though there may be others."""
        return any(self.concept_of(model).of_pure_play(model.game.written_out) for model in self.models)

    @property
    def noun(self) -> str:
        """What one of the equilibria that it is about is called."""
        concept = self.concept_of(self.model)
        pure = " in pure strategies" if self.is_of_pure_play else ""
        return f"{concept.title} {concept.noun[0]}{pure}"

    def with_premises(self, *premises: Relation) -> "Claim":
        """The same claim with these premises instead of its own."""
        return replace(self, premises=premises)

    def __repr__(self) -> str:
        given = "; ".join(map(in_words, self.premises)) or "none"
        which = "every" if self.every else "some"
        return "\n".join(
            [
                f"{self.name}: {self.argument}",
                f"model: {', '.join(model.name for model in self.models)}; premises: {given}",
                f"in {which} {self.noun}: {self.conclusion}",
            ]
        )


def check_is_claim(value: object) -> None:
    """Raises `InputError` for what is no claim where Python is to be given one."""
    give = "a Claim, such as one of read_claims(path), or CASE.named('A2')[0].claims[0]"
    check_kind(value, Claim, "the claim", give)
