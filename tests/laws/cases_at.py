"""Cases at exact numbers, read once more: conditions summed up term by term, and whether any case can hold at all.

What is found possible comes with a case and values of all unknowns, which `fulfils` checks in plain arithmetic.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import z3

from games import AlternatingOffers, RepeatedGame, StrategicGame
from games.cases import Cases, spelled
from games.forms.game import Game
from games.play.quantities import Chosen, Payoff, Quantity, quantity_at
from games.solvers.concept import CONCEPTS, Concept
from games.solvers.equilibria import Equilibrium
from games.terms import Condition, Joined, Poly, Ratio, Sign, Taken, denied, equal, every, poly, var


def in_polynomials(game: Any) -> Any:
    """The game with each number as a polynomial, for the definition to be written down of."""
    return game.with_entries([poly(entry) for entry in game.entries])


def told(game: Game) -> list[Quantity]:
    """Quantities that tell one play of the game from another, and what it pays.

    Payoffs of a repeated game and of alternating offers, which are quotients, are left out, so that choices stay
    in order.
    """
    asked: list[Quantity] = [Chosen({place: own}) for place, menu in game.places.items() for own in menu]
    if isinstance(game, StrategicGame):
        asked += [Chosen(dict(zip(game.players, profile, strict=True))) for profile in game.profiles]
    paid = () if isinstance(game, RepeatedGame | AlternatingOffers) else game.players
    return list(dict.fromkeys([*asked, *(Payoff(player) for player in paid)]))


def total(of: Poly, values: Mapping[str, Fraction]) -> Fraction:
    """The value of a polynomial, term by term."""
    result = Fraction(0)
    for monomial, coefficient in of.terms.items():
        part = Fraction(coefficient)
        for name in monomial:
            part *= values[name]
        result += part
    return result


def is_met(condition: Condition, values: Mapping[str, Fraction], taken: Mapping[str, str]) -> bool:
    """Whether the condition holds."""
    if isinstance(condition, Sign):
        number = total(condition.of, values)
        signs = {">": number > 0, ">=": number >= 0, "==": number == 0, "!=": number != 0}
        return signs[condition.op]
    if isinstance(condition, Taken):
        return (taken[condition.choice] == condition.option) == condition.so
    if isinstance(condition, Joined):
        met = [is_met(part, values, taken) for part in condition.parts]
        return all(met) if condition.all else any(met)
    return condition


def fulfils(cases: Cases, taken: Mapping[str, str], unknowns: Mapping[str, Fraction]) -> bool:
    """Whether the case holds with these values of the unknowns, each within its bounds."""
    values = dict(unknowns)
    for unknown in cases.unknowns:
        low, high = unknown.low, unknown.high
        if (low is not None and values[unknown.name] < low) or (high is not None and values[unknown.name] > high):
            return False
    for choice in cases.choices:
        option = choice.options[taken[choice.name]]
        if not is_met(option.holds, values, taken):
            return False
        for name, of in option.gives.items():
            given = total(of, values)
            if unknowns.get(name, given) != given:
                return False
            values[name] = given
    return all(is_met(condition, values, taken) for condition in (*cases.bound, *cases.conditions))


MEGABYTES = 1_000
"""The most memory that one question may take: nonlinear arithmetic has asked for nine times as much."""


@dataclass(frozen=True)
class Found:
    """One case that holds, with the values of its unknowns; None where one is irrational."""

    taken: dict[str, str]
    unknowns: dict[str, Fraction] | None


class Posed:
    """Cases at exact numbers as a question to a solver."""

    def __init__(self, cases: Cases, seconds: int = 20) -> None:
        self.cases, self.seconds = cases, seconds
        self.said: list[Any] = []
        for unknown in cases.unknowns:
            if unknown.low is not None:
                self.said.append(self._real(unknown.name) >= _number(unknown.low))
            if unknown.high is not None:
                self.said.append(self._real(unknown.name) <= _number(unknown.high))
        for choice in cases.choices:
            options = {label: self._taken(choice.name, label) for label in choice.options}
            self.said.append(z3.PbEq([(taken, 1) for taken in options.values()], 1))
            for label, option in choice.options.items():
                gives = [self._real(name) == self._term(of) for name, of in option.gives.items()]
                self.said.append(z3.Implies(options[label], z3.And(self._formula(option.holds), *gives)))
        self.said += map(self._formula, (*cases.bound, *cases.conditions))

    def find(self, *wanted: Condition) -> Found | None:
        """A case that holds with what is ``wanted``, verified in plain arithmetic; None if there is none.

        Raises `TimeoutError` where the solver does not tell.
        """
        # A solver of its own for each question: one that keeps what it learned does not simplify first.
        solver = z3.Solver()
        solver.set("timeout", 1000 * self.seconds)
        solver.set("max_memory", MEGABYTES)
        solver.add(*self.said, *map(self._formula, wanted))
        answer = solver.check()
        if answer == z3.unknown:
            raise TimeoutError
        if answer == z3.unsat:
            return None
        model = solver.model()
        taken = {
            choice.name: next(o for o in choice.options if z3.is_true(model.eval(self._taken(choice.name, o))))
            for choice in self.cases.choices
        }
        values = {u.name: model.eval(self._real(u.name), model_completion=True) for u in self.cases.unknowns}
        if not all(map(z3.is_rational_value, values.values())):
            return Found(taken, None)
        unknowns = {n: Fraction(v.numerator_as_long(), v.denominator_as_long()) for n, v in values.items()}
        assert fulfils(self.cases, taken, unknowns), (taken, unknowns)
        return Found(taken, unknowns)

    def _real(self, name: str) -> Any:
        return z3.Real(name)

    def _taken(self, choice: str, option: str) -> Any:
        return z3.Bool(f"{choice!r} is {option!r}")

    def _term(self, of: Poly) -> Any:
        parts = [
            z3.Product([_number(coefficient), *map(self._real, monomial)]) for monomial, coefficient in of.terms.items()
        ]
        return z3.Sum([_number(0), *parts])

    def _formula(self, condition: Condition) -> Any:
        if isinstance(condition, Sign):
            term = self._term(condition.of)
            return {">": term > 0, ">=": term >= 0, "==": term == 0, "!=": term != 0}[condition.op]
        if isinstance(condition, Taken):
            taken = self._taken(condition.choice, condition.option)
            return taken if condition.so else z3.Not(taken)
        if isinstance(condition, Joined):
            return (z3.And if condition.all else z3.Or)([self._formula(part) for part in condition.parts])
        return z3.BoolVal(condition)


def _number(value: Any) -> Any:
    return z3.RealVal(str(Fraction(value)))


def alike(cases: Cases, game: Game, of: Game, equilibrium: Equilibrium) -> Condition:
    """That a case has the values of an equilibrium of ``game``, its beliefs where there are any among them.

    ``of`` is what the equilibrium is stated for.
    """
    believed = {
        f"belief in {spelled(path)} at {name!r}": Fraction(weight)
        for name, held in equilibrium.beliefs.items()
        for path, weight in held.items()
    }
    asked = {unknown.name for unknown in cases.unknowns} & believed.keys()
    return every((_plays(cases, game, of, equilibrium), *(equal(var(name), believed[name]) for name in sorted(asked))))


def _plays(cases: Cases, game: Game, of: Game, equilibrium: Equilibrium, paid: bool = False) -> Condition:
    """That a case has what the equilibrium plays and pays; with ``paid``, that it pays the same."""
    same = []
    for quantity, value in cases.values.items():
        assert not isinstance(value, Ratio)
        if isinstance(quantity, Payoff) or not paid:
            same.append(equal(value, quantity_at(game, of, equilibrium, quantity)))
    return every(same)


def cases_of(concept: Concept | str, game: Game) -> Cases:
    """The cases of an exact game, with all that tells one play from another."""
    definition = (CONCEPTS[concept] if isinstance(concept, str) else concept).cases
    assert definition is not None
    return definition(in_polynomials(game), told(game))


def is_a_case(concept: str, game: Game, equilibrium: Equilibrium) -> bool:
    """Whether the strategies and beliefs, with what they pay, are those of some case."""
    cases = cases_of(concept, game)
    return Posed(cases).find(alike(cases, game, game, equilibrium)) is not None


def elsewhere(cases: Cases, game: Game, of: Game, listed: Any) -> Condition:
    """That a case plays or pays otherwise than each of the equilibria listed, which come with one example of beliefs.

    Reduced strategies leave open what a player does where its own choices never lead: there, that it pays otherwise.
    """
    return every(denied(_plays(cases, game, of, equilibrium, paid=of is not game)) for equilibrium in listed)
