"""What is swept: the parameters that move, the values of the others, and what premises and assumptions allow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from analyses.sampling.free import free_parameters
from analyses.sampling.premise_set import PremiseSet
from games.errors import check_kind
from games.formulas.relations import Relation, check_symbols, in_words, relation
from games.model import Model, check_is_model
from games.solvers.concept import Concept, concept_for


@dataclass(frozen=True)
class Swept:
    """``names`` are the parameters that move within ``premises``, the set that their ranges, the ``relations`` supposed
    and the model's assumptions leave; the others are ``fixed``."""

    model: Model
    concept: Concept
    names: tuple[str, ...]
    fixed: Mapping[str, Fraction]
    relations: tuple[Relation, ...]
    premises: PremiseSet

    @property
    def remarks(self) -> tuple[str, ...]:
        """That a value lies outside its parameter's range, and that equilibria are those in pure strategies."""
        said = self.model.outside(**{name: value for name, value in self.fixed.items() if self._is_moved(name)})
        pure = self.concept.cases is not None and self.concept.of_pure_play(self.model.game.written_out)
        of_pure = (
            ("Equilibria are those in pure strategies: where payoffs tie, mixing may reach more.",) if pure else ()
        )
        return (*(f"{remark}." for remark in said), *of_pure)

    def _is_moved(self, name: str) -> bool:
        return self.fixed[name] != self.model.by_name[name].default


def swept(
    model: Model,
    names: str | Sequence[str] | None = None,
    values: Mapping[str, object] | None = None,
    premises: Sequence[object] = (),
    concept: str | None = None,
) -> Swept:
    """The ``names`` move, by default all parameters that have a range and no value; the others have their defaults.

    Raises `InputError` for an unknown parameter, one named twice, one without a range or with a value as well, for
    premises that nothing satisfies, and for a concept that the game does not have.
    """
    check_is_model(model)
    check_kind(premises, (tuple, list), "the premises", "a list of relations")
    moving = free_parameters(model, names, values)
    point = {symbol.name: value for symbol, value in model.point(**(values or {})).items()}
    fixed = {name: value for name, value in point.items() if name not in moving}
    supposed = tuple(relation(each, "the premise") for each in premises)
    for each in supposed:
        check_symbols(each, {p.symbol for p in model.parameters}, "the premise")
    parameters = [p if p.name in moving else p.within(fixed[p.name], fixed[p.name]) for p in model.parameters]
    relations = [*(assumption.relation for assumption in model.assumptions), *supposed]
    allowed = PremiseSet(parameters, relations, "the premises").narrowed()
    return Swept(model, concept_for(model.game, concept), moving, fixed, supposed, allowed)


def premises_in_words(swept: Swept) -> tuple[str, ...]:
    """The premises that were given, in words."""
    return tuple(in_words(each) for each in swept.relations)
