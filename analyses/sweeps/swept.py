"""What is swept: the parameters that move, the values of the others, and what premises and assumptions allow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from analyses.sampling.premise_set import PremiseSet
from games.errors import InputError, check_kind, listed, meant, quoted
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
    names: Iterable[str] | None = None,
    values: Mapping[str, object] | None = None,
    premises: Sequence[object] = (),
    concept: str | None = None,
) -> Swept:
    """The ``names`` move, by default all parameters that have a range and no value; the others have their defaults.

    Raises `InputError` for an unknown parameter, one named twice, one without a range or with a value as well, for
    premises that nothing satisfies, and for a concept that the game does not have.
    """
    check_is_model(model)
    given = {} if values is None else values
    check_kind(given, Mapping, "values", "a mapping such as {'beta': 1}")
    check_kind(premises, (tuple, list), "the premises", "a list of relations")
    point = {symbol.name: value for symbol, value in model.point(**given).items()}
    moving = _moving(model, names, given)
    fixed = {name: value for name, value in point.items() if name not in moving}
    supposed = tuple(relation(each, "the premise") for each in premises)
    for each in supposed:
        check_symbols(each, {p.symbol for p in model.parameters}, "the premise")
    parameters = [p if p.name in moving else p.within(fixed[p.name], fixed[p.name]) for p in model.parameters]
    relations = [*(assumption.relation for assumption in model.assumptions), *supposed]
    allowed = PremiseSet(parameters, relations, "the premises").narrowed()
    return Swept(model, concept_for(model.game, concept), moving, fixed, supposed, allowed)


def _moving(model: Model, names: Iterable[str] | None, given: Mapping[str, object]) -> tuple[str, ...]:
    ranged = [p.name for p in model.parameters if p.low < p.high]
    if names is None:
        moving = tuple(name for name in ranged if name not in given)
        if not moving:
            raise InputError(f"{model.name} has no parameter with a range and without a value, so nothing moves")
        return moving
    check_kind(names, (tuple, list), "the names of the parameters that move", "a list such as ['beta', 'h_F']")
    moving = tuple(names)
    for name in moving:
        check_kind(name, str, "a parameter that moves", "its name, such as 'beta'")
        if name not in model.by_name:
            raise InputError(
                f"{model.name} has no parameter {quoted(name)}; those with a range are {listed(ranged)}"
                f"{meant(str(name), ranged)}"
            )
        if name not in ranged:
            raise InputError(f"{name} has no range to move in; those with one are {listed(ranged)}")
        if name in given:
            raise InputError(f"{name} is to move and has a value as well; leave one of them out")
    if not moving or len(set(moving)) < len(moving):
        raise InputError(f"the parameters that move are {listed(moving) or 'none'}; name at least one, each once")
    return moving


def premises_in_words(swept: Swept) -> tuple[str, ...]:
    """The premises that were given, in words."""
    return tuple(in_words(each) for each in swept.relations)
