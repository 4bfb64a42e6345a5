"""Claims: what is said of every payoff that some premises allow, and the verdicts on it.

A claim names a model, premises about its parameters (they may be mere orders), a solution concept, and a conclusion
about the equilibria. It is meant of all parameter values within the model's ranges that satisfy the model's assumptions
and the premises; and of every equilibrium there, or of some.

A conclusion is a formula over the parameters and over *quantities* of an equilibrium, each of which stands in the
formula under a symbol of its own:

>>> from sympy import symbols
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

`never`, `always` and `sometimes` write the commonest conclusions shorter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

import sympy

from games.errors import InputError, listed, quoted
from games.forms.extensive import Path
from games.forms.game import Game
from games.formulas.relations import Related, Relation, in_words, relation, symbols_of, truth_of
from games.model import Model
from games.parameters import Parameter
from games.play.quantities import Chosen, Quantity, Reach, check_quantity, quantity_words
from games.solvers.concept import Concept, concept_for
from games.solvers.equilibria import Equilibrium
from games.sources import Source


@dataclass(frozen=True)
class Holds:
    """A relation between parameters and the quantities ``where`` holds.

    It may be given as for `games.formulas.relations.relation`.
    """

    formula: Relation
    where: Mapping[sympy.Symbol, Quantity] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "formula", relation(self.formula, "the conclusion"))

    def __str__(self) -> str:
        return in_words(self.formula, {symbol: quantity_words(q) for symbol, q in self.where.items()})


@dataclass(frozen=True)
class Exists:
    """There is an equilibrium."""

    def __str__(self) -> str:
        return "an equilibrium exists"


@dataclass(frozen=True)
class Unique:
    """There is at most one equilibrium."""

    def __str__(self) -> str:
        return "there is at most one equilibrium"


@dataclass(frozen=True)
class Monotone:
    """When ``parameter`` grows and all others stay, ``quantity`` never falls (or, not ``rising``, never rises)."""

    quantity: Quantity
    parameter: str
    rising: bool = True

    def __str__(self) -> str:
        never = "falls" if self.rising else "rises"
        return f"the {quantity_words(self.quantity)} never {never} when {self.parameter} grows"


Conclusion: TypeAlias = Holds | Exists | Unique | Monotone

_CHANCE = sympy.Symbol("probability")


def _probability(play: Path | Mapping[str, str], after: Path) -> Quantity:
    if not play:
        raise InputError("name at least one action; a play of no moves always happens")
    return Chosen(dict(play)) if isinstance(play, Mapping) else Reach(tuple(play), tuple(after))


def never(play: Path | Mapping[str, str], after: Path = ()) -> Holds:
    """The play has probability zero: a path through a tree, or strategies (actions) by player (information set)."""
    return Holds(Related(_CHANCE, "<=", 0), {_CHANCE: _probability(play, after)})


def always(play: Path | Mapping[str, str], after: Path = ()) -> Holds:
    """The play has probability one."""
    return Holds(Related(_CHANCE, ">=", 1), {_CHANCE: _probability(play, after)})


def sometimes(play: Path | Mapping[str, str], after: Path = ()) -> Holds:
    """The play has positive probability."""
    return Holds(Related(_CHANCE, ">", 0), {_CHANCE: _probability(play, after)})


@dataclass(frozen=True, repr=False)
class Claim:
    """An argument in formal dress.

    ``argument`` says it in one sentence, ``source`` where it is from. ``premises`` are relations between parameters,
    which may be given as for `games.formulas.relations.relation`. Without a ``concept`` the default of the model's
    form counts. ``every``: the conclusion is meant of every equilibrium, else of at least one. ``also``: further models
    that the conclusion speaks of; parameters of the same name are the same in all of them, and keep to the ranges of
    all. ``bounded``: the parameters keep to their ranges; else they may take any values that the assumptions and
    premises allow.

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
            _check_known(premise, self.symbols, "the premise")
        match self.conclusion:
            case Unique() if self.also:
                raise InputError("a claim about uniqueness has one model")
            case Holds(formula=formula, where=where):
                for quantity in where.values():
                    check_quantity(quantity, self.game_of(quantity))
                _check_known(formula, {*self.symbols, *where}, f"the conclusion of {quoted(self.name)}")
                if not symbols_of(formula):
                    raise InputError(
                        f"the conclusion of {quoted(self.name)} is {truth_of(formula)} whatever the payoffs"
                    )
            case Monotone(quantity=quantity, parameter=parameter):
                check_quantity(quantity, self.game_of(quantity))
                self.parameter(parameter)
                if self.also:
                    raise InputError("a claim about a monotone dependence has one model")

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
                f"in {which} {self.concept} equilibrium: {self.conclusion}",
            ]
        )


def _check_known(said: Relation, known: set[sympy.Symbol], what: str) -> None:
    """Raises `InputError` for a relation with a symbol that is not known."""
    if unknown := sorted(map(str, symbols_of(said) - known)):
        raise InputError(
            f"{what} {in_words(said)} has the unknown parameter {quoted(unknown[0])}; known are "
            f"{listed(sorted(map(str, known)))}"
        )


@dataclass(frozen=True)
class Proved:
    """No admissible values break the claim.

    ``method`` says how that was established; ``used`` is a minimal set of the claim's premises: with any one of them
    left out, the rest no longer proves it (or was not seen to within the time limit; after a hard proof this is not
    tried, and ``method`` says so).
    """

    method: str
    used: tuple[Relation, ...] = ()
    seconds: float = field(default=0.0, compare=False)

    verdict = "proved"

    def __str__(self) -> str:
        return f"proved ({self.method})"


@dataclass(frozen=True)
class Refuted:
    """The claim fails at exact parameter values, as the ordinary solvers confirm.

    ``at``: the values by parameter. ``equilibria``: the equilibrium that breaks the claim, for each model of the claim;
    empty where the claim fails because no equilibrium does as it says. ``breaks`` says in words what is the case there.
    """

    at: Mapping[str, Fraction]
    equilibria: tuple[Equilibrium, ...] = ()
    breaks: str = ""
    method: str = ""
    seconds: float = field(default=0.0, compare=False)

    verdict = "refuted"

    def __str__(self) -> str:
        return "refuted at " + ", ".join(f"{name} = {value}" for name, value in self.at.items())


@dataclass(frozen=True)
class Unsettled:
    """Neither proved nor refuted: why, and what was searched."""

    because: str
    searched: str = ""
    seconds: float = field(default=0.0, compare=False)

    verdict = "unsettled"

    def __str__(self) -> str:
        return f"unsettled: {self.because}"


Verdict: TypeAlias = Proved | Refuted | Unsettled
