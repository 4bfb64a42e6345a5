"""What a solution says, as claims to be checked: in its region a case is an equilibrium as told, elsewhere it is none.

The engine of claims knows nothing of regions, so that each judges the other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import sympy

from analyses.claims.claim import Claim
from analyses.claims.conclusions import Holds
from games.formulas.polynomials import stated
from games.formulas.relations import Related, Relation, denied, every, some, symbols_of
from games.model import Model
from games.play.quantities import Chosen, Payoff, Quantity
from games.terms import denied as outside

if TYPE_CHECKING:
    from analyses.solution.regions import Region, Solution

Support: TypeAlias = Mapping[str, Mapping[str, bool]]
"""Whether a choice has a positive probability, by place."""


def claims_of(solution: "Solution") -> tuple[Claim, ...]:
    """That in each region some equilibrium is as told, and, where the solution is complete, that none is elsewhere.

    None about regions in which no probability tells what is played; none about elsewhere, where there is no elsewhere.
    """
    stating = _Stating(solution)
    alike: dict[str, list[Region]] = {}
    told = [region for region in solution.regions if region.strategies]
    for region in told:
        alike.setdefault(str(_support(region)), []).append(region)
    found = [stating.as_told(number, region) for number, region in enumerate(told, start=1)]
    for number, several in enumerate(alike.values() if solution.complete else (), start=1):
        if not solution.posed.questions().ask(*(outside(region.condition) for region in several)).is_no:
            found.append(stating.elsewhere(number, several))
    return tuple(found)


class _Stating:
    """States claims of a solution. Every quantity has a symbol of its own."""

    def __init__(self, solution: "Solution") -> None:
        self.solution, self.model = solution, _narrowed(solution)
        self.symbols: dict[Quantity, sympy.Symbol] = {}

    def as_told(self, number: int, region: "Region") -> Claim:
        """Some equilibrium is as the region says; of what stays open in it the support alone."""
        left_open = {each.symbol for each in region.open}
        told: dict[Quantity, sympy.Expr] = {
            Chosen({place: choice}): formula
            for place, own in region.strategies.items()
            for choice, formula in own.items()
        }
        told |= {Payoff(player): formula for player, formula in region.payoffs.items()}
        parts = [
            Related(self._of(quantity), "==", formula)
            for quantity, formula in told.items()
            if not formula.free_symbols & left_open
        ]
        said = f"Some equilibrium is as told: {region.played}."
        return self._claim(
            f"region {number}", said, every([*parts, *self._supported(region)]), self._in([region]), False
        )

    def elsewhere(self, number: int, regions: Sequence["Region"]) -> Claim:
        """No equilibrium has the support of these regions outside all of them."""
        said = f"Nowhere else is an equilibrium like this: {regions[0].played}."
        unlike = some(map(denied, self._supported(regions[0])))
        return self._claim(f"elsewhere {number}", said, unlike, denied(self._in(regions)), True)

    def _claim(self, name: str, said: str, conclusion: Relation, premise: Relation, of_every: bool) -> Claim:
        spoken = symbols_of(conclusion)
        where = {symbol: quantity for quantity, symbol in self.symbols.items() if symbol in spoken}
        premises = (*self.solution.posed.relations, premise)
        concept = self.solution.posed.concept.name
        return Claim(name, said, self.model, Holds(conclusion, where, said), premises, concept, of_every)

    def _of(self, quantity: Quantity) -> sympy.Symbol:
        return self.symbols.setdefault(quantity, sympy.Dummy(f"quantity{len(self.symbols)}"))

    def _supported(self, region: "Region") -> Iterator[Relation]:
        for place, own in _support(region).items():
            for choice, positive in own.items():
                yield Related(self._of(Chosen({place: choice})), ">" if positive else "<=", sympy.Integer(0))

    def _in(self, regions: Iterable["Region"]) -> Relation:
        symbols = {name: self.model.by_name[name].symbol for name in self.solution.free}
        return some(every(stated(part, symbols) for part in each) for region in regions for each in region.alternatives)


def _support(region: "Region") -> Support:
    return {
        place: {choice: formula != 0 for choice, formula in own.items()} for place, own in region.strategies.items()
    }


def _narrowed(solution: "Solution") -> Model:
    """The model in which what is not free can have no other value."""
    model, held = solution.model, {s.name: value for s, value in solution.point.items() if s.name not in solution.free}
    parameters = [p.within(held[p.name], held[p.name]) if p.name in held else p for p in model.parameters]
    return replace(model, parameters=tuple(parameters))
