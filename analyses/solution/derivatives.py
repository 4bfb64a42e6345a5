"""Exact derivatives of an equilibrium: how payoffs and mixtures move with each parameter, at one point.

At a point each equilibrium belongs to a case: supports, actions, and equations that bind what they leave open. As long
as no inequality of the case is met with equality there, the same case holds around the point, and the implicit function
theorem differentiates its equations (Dini 1878; for games, Kohlberg & Mertens 1986, Econometrica 54): with F(z, θ) = 0
for unknowns z, dz/dθ = −(∂F/∂z)⁻¹ ∂F/∂θ. All of it is done in fractions. At a tie, and where the equations leave
something open, there is no derivative, and it is said why.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain

from analyses.proof.questions import FULL, at_point
from analyses.proof.solver import StuckError
from analyses.solution.gradients import Equations, gradient
from games.cases import Cases
from games.errors import InputError, check_kind, listed, meant, quoted
from games.exact import Number, readable
from games.forms.continuous import ContinuousGame
from games.forms.extensive import Decision, ExtensiveGame, Outcome
from games.forms.game import Path
from games.formulas.polynomials import Entries
from games.model import Model, check_is_model
from games.play.quantities import Chosen, Payoff, Quantity
from games.solvers.concept import Concept, concept_for, concepts_for
from games.solvers.limits import OutOfTimeError, expired, time_limit
from games.solvers.nash.continuous_nash import number_of
from games.tables import Cell, Table
from games.terms import (
    Condition,
    Poly,
    Ratio,
    Sign,
    Taken,
    conjuncts,
    denied,
    every,
    holding,
    put,
    var,
)

MOST_EQUILIBRIA = 50
"""The most equilibria of a point that are differentiated."""

SLIGHT = Fraction(1, 10**9)
"""What is closer to zero than this counts as zero where values are not exact."""


@dataclass(frozen=True)
class Derivative:
    """How a quantity moves with each parameter: of ``name``, its value there, and its slopes by parameter.

    All are `Fraction`, or floats where the equilibrium is irrational. ``slopes`` is None where the equations of the
    case leave the quantity open.
    """

    name: str
    value: Fraction | float
    slopes: Mapping[str, Fraction | float] | None

    def elasticity(self, parameter: str, at: Fraction) -> Fraction | float | None:
        """By how many per cent it moves as the parameter moves by one; None where it is zero or has no slope."""
        if self.slopes is None or not self.value:
            return None
        return self.slopes[parameter] * at / self.value


@dataclass(frozen=True)
class Differentiated:
    """An equilibrium, as it is ``played``, with the derivatives of payoffs and of probabilities between 0 and 1.

    ``because`` says why there are none. ``exact``: all numbers are fractions.
    """

    played: str
    derivatives: tuple[Derivative, ...]
    because: str
    exact: bool

    @property
    def moving(self) -> tuple[Derivative, ...]:
        """What some parameter moves, or may move."""
        return tuple(each for each in self.derivatives if each.slopes is None or any(each.slopes.values()))


@dataclass(frozen=True, repr=False)
class Derivatives:
    """Every equilibrium of a model at a point, differentiated by the parameters ``names``.

    >>> from analyses.solution import derivatives
    >>> from games.catalog import load
    >>> found = derivatives(load("inspection"), ["a_1"])
    >>> found.names, len(found.equilibria), found.complete
    (('a_1',), 1, True)
    """

    model: Model
    concept: Concept
    point: Mapping[str, Fraction]
    names: tuple[str, ...]
    equilibria: tuple[Differentiated, ...]
    complete: bool

    def findings(self) -> tuple[str, ...]:
        """What there is, and why something is missing, in sentences."""
        said = [f"{self.model.title}: {self._count()} at this point."]
        if not self.complete:
            said.append("Not every case was looked at, so that there may be more.")
        for number, one in enumerate(self.equilibria, start=1):
            if one.because:
                said.append(f"{number} is not differentiable here: {one.because}.")
            elif not one.exact:
                said.append(f"{number} is irrational, so that its numbers are rounded.")
            if not one.because and not one.moving:
                said.append(f"{number} ({one.played}) pays the same however these parameters move a little.")
        return tuple(said)

    def _count(self) -> str:
        count = len(self.equilibria)
        return f"{count} {self.concept.noun[count != 1]}"

    def tables(self) -> Iterator[Table]:
        """For each equilibrium that has any a table of slopes: a row for each parameter that moves something."""
        for number, one in enumerate(self.equilibria, start=1):
            shown = one.moving
            if not shown:
                continue
            header = ("Parameter", "at", *map(_headed, shown))
            rows = [
                (Cell(name), Cell(readable(self.point[name])), *(Cell(self._slope(each, name)) for each in shown))
                for name in self.names
                if any(each.slopes is None or each.slopes[name] for each in shown)
            ]
            caption = f"{number}: {one.played}"
            yield Table(header, tuple(rows), numeric=frozenset(range(1, len(header))), caption=caption)

    def _slope(self, of: Derivative, name: str) -> str:
        """The slope, and the elasticity in brackets."""
        if of.slopes is None:
            return "open"
        elasticity = of.elasticity(name, self.point[name]) if of.slopes[name] else None
        beside = "" if elasticity is None else f" ({float(elasticity):.2f})".replace("-", "−")
        return f"{readable(of.slopes[name])}{beside}"

    def as_json(self) -> dict[str, object]:
        """The result as plain data; exact numbers as text."""
        return {
            "model": self.model.name,
            "concept": self.concept.name,
            "point": {name: str(value) for name, value in self.point.items()},
            "complete": self.complete,
            "equilibria": [
                {
                    "played": one.played,
                    "exact": one.exact,
                    "not_differentiable_because": one.because,
                    "derivatives": [self._as_json(each) for each in one.derivatives],
                }
                for one in self.equilibria
            ],
        }

    def _as_json(self, each: Derivative) -> dict[str, object]:
        slopes = None if each.slopes is None else {name: _plain(slope) for name, slope in each.slopes.items()}
        elasticities = {name: each.elasticity(name, self.point[name]) for name in self.names}
        return {
            "of": each.name,
            "value": _plain(each.value),
            "slopes": slopes,
            "elasticities": {name: _plain(value) for name, value in elasticities.items() if value is not None},
        }

    def __repr__(self) -> str:
        lines = [*self.findings()]
        for table in self.tables():
            lines += ["", str(table)]
        if len(lines) > len(self.findings()):
            lines += ["", "Slopes of the columns in each parameter; in brackets elasticities."]
        if any(each.slopes is None for one in self.equilibria for each in one.moving):
            lines.append("Open is what a continuum of equilibria leaves open.")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p>{escape(' '.join(self.findings()))}</p>" + "".join(table.html() for table in self.tables())


def derivatives(
    model: Model,
    names: Sequence[str] | None = None,
    *,
    values: Mapping[str, object] | None = None,
    concept: str | None = None,
    seconds: float | None = None,
) -> Derivatives:
    """The derivatives of every equilibrium at the ``values`` given, defaults elsewhere, by the parameters ``names``: by
    default all that have a range.

    >>> from analyses.solution import derivatives
    >>> from games.catalog import load
    >>> found = derivatives(load("inspection"))
    >>> len(found.equilibria), found.equilibria[0].because
    (1, '')

    Raises `InputError` for unknown names, values that are no exact numbers or break an assumption, a concept without
    cases, and where the time is up before these are written down.
    """
    check_is_model(model)
    check_kind({} if values is None else values, Mapping, "the values", "a mapping such as {'beta': 1}")
    model.at(**(values or {}))
    point = {symbol.name: value for symbol, value in model.point(**(values or {})).items()}
    chosen = concept_for(model.game, concept)
    if chosen.cases is None:
        offered = sorted(each.name for each in concepts_for(model.game) if each.cases)
        reason = f": {chosen.no_cases_because}" if chosen.no_cases_because else ""
        raise InputError(f"{chosen.name} has no equations to differentiate{reason}; for this game: {listed(offered)}")
    wanted = _names(model, names)
    with time_limit(seconds):
        try:
            search = _Search(model, chosen, point, wanted)
        except OutOfTimeError:
            raise InputError(
                f"the time was up before the cases of {chosen.title} were written down for {model.name}; allow more"
            ) from None
        found = list(search.equilibria())
    return Derivatives(model, chosen, point, wanted, tuple(found), search.complete)


def _names(model: Model, names: Sequence[str] | None) -> tuple[str, ...]:
    if names is None:
        return tuple(p.name for p in model.parameters if p.low < p.high)
    check_kind(names, (tuple, list), "the parameters", "a list such as ['beta', 'h_F']")
    for name in names:
        if not isinstance(name, str) or name not in model.by_name:
            raise InputError(
                f"{model.name} has no parameter {quoted(str(name))}; it has {listed(model.by_name)}"
                f"{meant(str(name), model.by_name)}"
            )
    return tuple(dict.fromkeys(names))


class _Search:
    """The equilibria of a point, case by case."""

    def __init__(self, model: Model, concept: Concept, point: Mapping[str, Fraction], names: Sequence[str]) -> None:
        self.model, self.concept, self.names, self.complete = model, concept, names, True
        self.entries = Entries()
        symbols = {p.name: p.symbol for p in model.parameters}
        game = model.with_free(names, {symbols[name]: value for name, value in point.items()}).written_out
        self.game = game.with_entries([self.entries(entry) for entry in game.entries])
        self.at: dict[str, Number] = dict(point)
        for name, value in list(self.entries.at(point)):
            assert value is not None, "a game with a value has values for all its entries"
            self.at[name] = value
        self.chosen = concept.told_apart_by(self.game)
        self.paid = tuple(Payoff(player) for player in game.players)
        self.asked: tuple[Quantity, ...] = (*self.paid, *self.chosen)
        assert concept.cases is not None
        self.cases: Cases = concept.cases(self.game, self.asked)

    def equilibria(self) -> Iterator[Differentiated]:
        try:
            for number, (taken, values, exact) in enumerate(self._cases()):
                if number == MOST_EQUILIBRIA:
                    self.complete = False
                    return
                yield self._differentiated(taken, values, exact)
        except (OutOfTimeError, StuckError):
            self.complete = False

    def _cases(self) -> Iterator[tuple[Mapping[str, str], Mapping[str, Number], bool]]:
        """The options taken, the values of all variables, and whether these are exact."""
        if self.cases.is_ordered:
            for taken, values in self.cases.played(self.at):
                yield taken, values, True
            return
        questions = at_point(self.cases, self.at)
        while not (answer := questions.ask(effort=FULL)).is_no:
            if answer.is_unknown or expired():
                self.complete = False
                return
            taken = {choice.name: answer.taken[choice.name] for choice in self.cases.choices}
            exact = all(value is not None for value in answer.values.values())
            near = {name: answer.near.get(name) if value is None else value for name, value in answer.values.items()}
            yield taken, {**self.at, **{n: value for n, value in near.items() if value is not None}}, exact
            questions.give(denied(every(Taken(choice, option) for choice, option in taken.items())))

    def _differentiated(self, taken: Mapping[str, str], values: Mapping[str, Number], exact: bool) -> Differentiated:
        given = self.cases.given(taken)
        told = {name: self._value(self.cases.values[name], given, values) for name in self.asked}
        path = self._path(told)
        played = self.model.outcome_words(path) if path is not None else "; ".join(_played(self.chosen, told))
        case = [condition for _, condition in self.cases.case(taken)]
        within = [put(unknown.within, given) for unknown in self.cases.unknowns]
        parts = [*_signs([*case, *self.entries.defined], values), *_signs(within, values)]
        unknowns = [u.name for u in self.cases.unknowns if u.name not in given] + list(self.entries.ways)
        equations = Equations(unknowns, self.names)
        for part in parts:
            if part.op == "==":
                equations.add(gradient(part.of, values))
        if because := self._because(equations, parts, values, exact):
            return Differentiated(played, (), because, exact)
        found = tuple(self._derivatives(equations, told, given, values))
        rounded = found if exact else tuple(map(_rounded, found))
        return Differentiated(played, rounded, "", exact)

    def _path(self, told: Mapping[Quantity, Fraction]) -> Path | None:
        """The path through a tree that is played for certain; None where there is none."""
        if not isinstance(self.game, ExtensiveGame):
            return None
        path: Path = ()
        while isinstance(node := self.game.nodes[path], Decision):
            place = self.game.information_set_at(path)
            played = [action for action in node.actions if told.get(Chosen({place: action})) == 1]
            if not played:
                return None
            path = (*path, *played)
        return path if isinstance(node, Outcome) else None

    def _because(self, equations: Equations, parts: Sequence[Sign], values: Mapping[str, Number], exact: bool) -> str:
        """Why the same case does not hold all around the point; empty where it does."""
        if equations.restricted:
            return f"it is there only as long as {listed(equations.restricted)} keep to an equation"
        bounds = [part.of for part in parts if part.op == "=="]
        bounds += [-of for of in bounds]
        for part in parts:
            value = Fraction(part.of.at(values))
            if part.op == ">=" and (value == 0 if exact else abs(value) < SLIGHT) and part.of not in bounds:
                slope = equations.reduced(gradient(part.of, values))
                if slope is None:
                    # What the equations leave open may be moved away from its end.
                    continue
                if any(slope.values()):
                    return f"payoffs tie, and moving {listed(name for name, by in slope.items() if by)} breaks the tie"
        return ""

    def _derivatives(
        self,
        equations: Equations,
        told: Mapping[Quantity, Fraction],
        given: Mapping[str, Poly],
        values: Mapping[str, Number],
    ) -> Iterator[Derivative]:
        for quantity in self.asked:
            if isinstance(quantity, Chosen) and not 0 < told[quantity] < 1:
                continue
            slopes = equations.reduced(self._gradient(self.cases.values[quantity], given, values))
            yield Derivative(_name(quantity), told[quantity], slopes)
        for player in self.game.players if isinstance(self.game, ContinuousGame) else ():
            number = var(number_of(player))
            slopes = equations.reduced(self._gradient(number, given, values))
            yield Derivative(f"choice of {player}", self._value(number, given, values), slopes)

    def _value(self, value: Poly | Ratio, given: Mapping[str, Poly], values: Mapping[str, Number]) -> Fraction:
        if isinstance(value, Ratio):
            return self._value(value.num, given, values) / self._value(value.den, given, values)
        return Fraction(value.put(given).at(values))

    def _gradient(
        self, value: Poly | Ratio, given: Mapping[str, Poly], values: Mapping[str, Number]
    ) -> dict[str, Fraction]:
        if not isinstance(value, Ratio):
            return gradient(value.put(given), values)
        num, den = self._value(value.num, given, values), self._value(value.den, given, values)
        up, down = (gradient(part.put(given), values) for part in (value.num, value.den))
        return {name: (up.get(name, 0) * den - num * down.get(name, 0)) / den**2 for name in up.keys() | down.keys()}


def _signs(conditions: Sequence[Condition], values: Mapping[str, Number]) -> list[Sign]:
    """The signs that the conditions come to at the values: of each "or" the first alternative that holds."""
    held = chain.from_iterable(conjuncts(holding(condition, values, otherwise=True)) for condition in conditions)
    return [part for part in held if isinstance(part, Sign)]


def _played(chosen: Sequence[Chosen], told: Mapping[Quantity, Fraction]) -> Iterator[str]:
    """Who plays what, mixtures by their supports."""
    supports: dict[str, list[str]] = {}
    for quantity in chosen:
        if len(quantity.choices) == 1 and told[quantity]:
            ((place, choice),) = quantity.choices.items()
            supports.setdefault(place, []).append(choice)
    for place, support in supports.items():
        yield f"{place}: {support[0]}" if len(support) == 1 else f"{place} mixes {', '.join(support)}"


def _headed(each: Derivative) -> str:
    return f"{each.name}, open" if each.slopes is None else f"{each.name} = {readable(each.value)}"


def _name(quantity: Quantity) -> str:
    if isinstance(quantity, Payoff):
        return f"payoff of {quantity.player}"
    assert isinstance(quantity, Chosen)
    return "probability of " + ", ".join(f"{choice} ({place})" for place, choice in quantity.choices.items())


def _rounded(each: Derivative) -> Derivative:
    slopes = None if each.slopes is None else {name: float(slope) for name, slope in each.slopes.items()}
    return replace(each, value=float(each.value), slopes=slopes)


def _plain(value: Fraction | float) -> str | float:
    return str(value) if isinstance(value, Fraction) else value
