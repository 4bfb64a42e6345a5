"""A model with some of its parameters free, in the language of proofs: what is admissible, and the cases there."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property

import sympy

from analyses.proof.questions import Answer, Questions
from analyses.proof.relaxation import Ends
from analyses.sampling.premise_set import PremiseSet
from games.cases import Cases
from games.errors import InputError, listed
from games.exact import readable
from games.forms.continuous import ContinuousGame
from games.formulas.polynomials import Entries, Reader
from games.formulas.relations import Relation, check_symbols, in_words, relation, substituted, truth_of
from games.model import Model, Point
from games.play.quantities import Chosen, Payoff, Quantity, every_outcome
from games.solvers.concept import Concept, concepts_for
from games.solvers.nash.continuous_nash import number_of
from games.terms import Condition, Poly, at_least, var

NEAR = Fraction(1, 10**6)
"""How far around irrational parameters nothing more is looked for."""

MOST_OUTCOMES = 64
"""The most outcomes whose probabilities are told."""


class Posed:
    """The ``cases`` of a concept over the ``free`` parameters of a model, all others having the values of ``point``.

    The cases have the values of what is asked ``further`` as well, and with ``outcomes`` how probable each is, of up to
    `MOST_OUTCOMES`. ``admissible`` are the conditions on the free parameters: the model's assumptions, the premises,
    and that no payoff divides by zero. Raises `InputError` where nothing is admissible, and for a concept without
    cases.
    """

    def __init__(
        self,
        model: Model,
        concept: Concept,
        free: Sequence[str],
        point: Point,
        premises: Sequence[Relation],
        outcomes: bool = False,
        further: Sequence[Quantity] = (),
    ) -> None:
        if concept.cases is None:
            offered = sorted(each.name for each in concepts_for(model.game) if each.cases)
            reason = f": {concept.no_cases_because}" if concept.no_cases_because else ""
            raise InputError(
                f"{concept.name} is not solved with free parameters{reason}; for this game: {listed(offered)}"
            )
        self.model, self.concept, self.free, self.point = model, concept, tuple(free), point
        self.ranges: dict[str, Ends] = {name: (model.by_name[name].low, model.by_name[name].high) for name in free}
        self.fixed = {s: sympy.Rational(v.numerator, v.denominator) for s, v in point.items() if s.name not in free}
        self.relations = self._stated(premises)
        self.entries = Entries()
        game = model.with_free(free, point).written_out
        game = game.with_entries([self.entries(entry) for entry in game.entries])
        self.choices = concept.told_apart_by(game)
        self.paid = tuple(Payoff(player) for player in game.players)
        told = every_outcome(game) if outcomes else {}
        self.outcomes = told if len(told) <= MOST_OUTCOMES else {}
        several = (*self.choices, *self.paid, *self.outcomes.values(), *further)
        asked: tuple[Quantity, ...] = tuple(dict.fromkeys(several))
        self.cases: Cases = concept.cases(game, asked)
        self.game = game
        reader = Reader()
        stated = [reader.condition(each) for each in self.relations]
        self.admissible: list[Condition] = [*stated, *self.entries.undivided]
        if self.questions().ask().is_no:
            raise InputError(
                f"nothing is admissible with {self._named(free)} within their ranges and "
                f"{self._held() or 'no other parameter'}: the assumptions and premises contradict each other there; "
                "free more parameters, or give others other values with --set"
            )

    def _stated(self, premises: Sequence[Relation]) -> list[Relation]:
        """The assumptions and premises on the free parameters; those that the fixed values settle are left out."""
        stated = [relation(premise, f"the premise {premise}") for premise in premises]
        symbols = {parameter.symbol for parameter in self.model.parameters}
        for premise in stated:
            check_symbols(premise, symbols, "the premise")
        said = [*(assumption.relation for assumption in self.model.assumptions), *stated]
        kept = []
        for each in said:
            own = substituted(each, self.fixed)
            truth = truth_of(own)
            if truth is False:
                raise InputError(
                    f"with {self._held()} it does not hold that {in_words(each)}: give other values with --set, "
                    "or free a parameter of it"
                )
            if truth is None:
                kept.append(own)
        return kept

    def _named(self, names: Sequence[str]) -> str:
        return ", ".join(names) or "no parameter"

    def _held(self) -> str:
        shown = [f"{symbol} = {readable(Fraction(value.p, value.q))}" for symbol, value in self.fixed.items()]
        return ", ".join(shown)

    def questions(self, cases: Cases | None = None) -> Questions:
        """Questions about what is admissible, and about ``cases`` there."""
        given = self.admissible if cases is None else [*self.admissible, *self.entries.defined]
        return Questions(self.ranges, given, (), cases)

    @cached_property
    def premise_set(self) -> PremiseSet:
        """What is admissible, to draw from; raises `InputError` for an equation that is not linear."""
        parameters = [self.model.by_name[name] for name in self.free]
        return PremiseSet(parameters, self.relations, "the premises")

    def chosen(self) -> dict[str, dict[str, Chosen]]:
        """The probability of each single choice, by place, where these tell equilibria apart."""
        found: dict[str, dict[str, Chosen]] = {}
        for quantity in self.choices:
            if isinstance(quantity, Chosen) and len(quantity.choices) == 1:
                ((place, choice),) = quantity.choices.items()
                found.setdefault(place, {})[choice] = quantity
        return found

    @property
    def numbers(self) -> dict[str, Poly]:
        """What each player chooses where choices are numbers."""
        if not isinstance(self.game, ContinuousGame):
            return {}
        return {player: var(number_of(player)) for player in self.game.players}


def beside(answer: Answer, names: Sequence[str]) -> Iterator[Condition]:
    """What lies near an answer in those parameters that are irrational there."""
    for name in names:
        if answer.values.get(name) is None and name in answer.near:
            yield at_least(var(name), answer.near[name] - NEAR)
            yield at_least(answer.near[name] + NEAR, var(name))
