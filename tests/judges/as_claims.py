"""A claim that is described as data, in the types of the toolkit: every formula read by its parser."""

from collections.abc import Mapping
from typing import Any

import sympy

from analyses.claims import Chosen, Claim, Exists, Holds, Monotone, Payoff, Reach, Unique
from games.formulas.text import parse_formula, parse_relation
from games.model import Model
from games.parameters import Parameter, Unit
from games.sources import Assumed
from judges.described import Described, RandomClaim, built


def as_model(described: Described) -> Model:
    symbols = {name: sympy.Symbol(name) for name in described.ranges}
    parameters = tuple(
        Parameter(
            symbols[name],
            meaning=f"the parameter {name}",
            default=default,
            low=low,
            high=high,
            unit=Unit.PAYOFF,
            source=Assumed("a random game"),
        )
        for name, (default, low, high) in described.ranges.items()
    )
    game = built(described.form, described.game, lambda text: parse_formula(text, symbols))
    return Model(described.name, described.name, game, parameters)


def as_claim(described: RandomClaim) -> Claim:
    models = [as_model(model) for model in described.models]
    symbols = {name: sympy.Symbol(name) for name in described.names}
    where = {sympy.Symbol(name): _quantity(given) for name, given in (described.where or {}).items()}
    conclusion: Any
    match described.kind:
        case "exists":
            conclusion = Exists()
        case "unique":
            conclusion = Unique()
        case "monotone":
            conclusion = Monotone(next(iter(where.values())), described.parameter, described.rising)
        case _:
            known = {**symbols, **{symbol.name: symbol for symbol in where}}
            conclusion = Holds(parse_relation(described.formula, known), where)
    return Claim(
        f"{described.form} {described.number}",
        "A random claim.",
        models[0],
        conclusion,
        tuple(parse_relation(premise, symbols) for premise in described.premises),
        described.concept,
        every=described.kind != "some",
        also=tuple(models[1:]),
    )


def _quantity(given: Mapping[str, Any]) -> Any:
    after, model = tuple(given.get("after", ())), given.get("model", "")
    if "path" in given:
        return Reach(tuple(given["path"]), after, model)
    if "payoff" in given:
        return Payoff(given["payoff"], after, model)
    return Chosen(dict(given["choices"]), model)
