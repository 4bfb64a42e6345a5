"""Cases whose choices, made one after another, settle everything: what is played at exact numbers, and how far around.

A choice may be made as soon as the earlier ones are, for its conditions speak of parameters and of what those gave. So
all equilibria at a point are found by going through the choices and following every option that holds (backward
induction is the case of a tree). Options that give the same are followed once: what is asked does not tell them apart.

*Around* a point the same options are taken as long as no polynomial that was looked at changes its sign: these are the
margins. Of several conditions that each settle a question only one is looked at. What is equal as a formula has no
margin, so that ties which hold everywhere cut nothing.

A payoff that is a quotient is an unknown of the option that its equation defines there, linear in it; an entry of the
game that is a quotient or a minimum comes with its ways, each with a guard. Where a divisor is zero, nothing is played.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from games.cases import Cases, Option
from games.exact import Number
from games.play.quantities import Quantity
from games.terms import (
    ONE,
    ZERO,
    Condition,
    Joined,
    Monomial,
    Poly,
    Ratio,
    Sign,
    Taken,
    atoms,
    conjuncts,
    every,
    holds,
    names_in,
    product_of,
    sign,
    var,
)

if TYPE_CHECKING:
    from games.formulas.polynomials import Way

_T = TypeVar("_T")

Defined: TypeAlias = Mapping[str, Sequence["Way"]]
"""Entries of the game that are no polynomials, by name: each as its ways, whose guards cover."""


class ManyWaysError(Exception):
    """Ties leave more ways to play than are followed."""


@dataclass(frozen=True)
class Step:
    """One option as it is taken: where ``holds``, it gives polynomials, and quotients where their divisor is not 0."""

    option: str
    holds: Condition
    gives: Mapping[str, Poly]
    quotients: Mapping[str, Ratio]


@dataclass(frozen=True)
class Stage:
    """A choice; ``lasting`` are the variables, and ``told`` the choices, that anything later still speaks of."""

    choice: str
    steps: tuple[Step, ...]
    lasting: tuple[str, ...]
    told: tuple[str, ...]


@dataclass(frozen=True)
class Played:
    """One way to play, as far as the quantities asked for tell it; ``count`` equilibria are played so.

    ``values`` are polynomials and quotients, around a point in the parameters alone; ``numbers`` are the variables that
    these, or what is said of them, speak of.
    """

    values: Mapping[Quantity, Poly | Ratio]
    numbers: Mapping[str, Number]
    count: int

    def value(self, quantity: Quantity) -> Fraction:
        """The quantity at the point."""
        asked = self.values[quantity]
        if isinstance(asked, Ratio):
            return Fraction(asked.num.at(self.numbers)) / Fraction(asked.den.at(self.numbers))
        return Fraction(asked.at(self.numbers))


@dataclass(frozen=True)
class Around:
    """What is played at a point, and the polynomials in the parameters such that it stays while none changes its sign.

    Not ``defined``: an entry of the game divides by zero there, so that there is no game.
    """

    margins: tuple[Poly, ...]
    played: tuple[Played, ...]
    defined: bool = True


@dataclass(frozen=True)
class _Place:
    """How far play was followed: in numbers, and, but for ``None``, as formulas in the parameters."""

    numbers: Mapping[str, Number]
    formulas: Mapping[str, Ratio] | None = None
    taken: Mapping[str, str] = field(default_factory=dict)
    count: int = 1


class Ordered:
    """Cases read in the order of their choices; made by `ordered`."""

    def __init__(self, cases: Cases, stages: tuple[Stage, ...]) -> None:
        self.cases = cases
        self.stages = stages

    def played(self, at: Mapping[str, Number], most: int) -> tuple[Played, ...]:
        """Every way to play at exact numbers. Raises `ManyWaysError` where there are more than ``most``."""
        places = [_Place(dict(at))]
        for stage in self.stages:
            places = _merged([new for place in places for new in _followed(stage, place)], stage, most)
        return tuple(Played(self.cases.values, {**at, **place.numbers}, place.count) for place in places)

    def around(
        self, at: Mapping[str, Number], most: int, defined: Defined | None = None, said: Condition = True
    ) -> Around:
        """Every way to play at exact numbers ``at`` of the parameters, and the margins.

        While these keep their signs, what is ``said`` of what is played, in variables that are kept, stays as true or
        false as it is, too. Raises `ManyWaysError` where there are more than ``most`` ways.
        """
        margins = _Margins()
        place: _Place | None = _Place(dict(at), {})
        for name, ways in (defined or {}).items():
            assert place is not None
            place = margins.entered(place, name, ways)
            if place is None:
                return Around(tuple(margins.found), (), defined=False)
        assert place is not None
        places = [place]
        for stage in self.stages:
            for here in places:
                margins.look(stage, here)
            places = _merged([new for here in places for new in _followed(stage, here)], stage, most)
        for here in places:
            margins.hear(said, here)
        return Around(tuple(margins.found), tuple(self._told(place, at) for place in places))

    def _told(self, place: _Place, at: Mapping[str, Number]) -> Played:
        values: dict[Quantity, Poly | Ratio] = {}
        formulas = place.formulas or {}
        for quantity, asked in self.cases.values.items():
            ratio = over(asked.num, asked.den, formulas) if isinstance(asked, Ratio) else _put(asked, formulas)
            values[quantity] = ratio.num if ratio.den == ONE else ratio
        return Played(values, {**at, **place.numbers}, place.count)


def ordered(cases: Cases, kept: Iterable[str] = ()) -> Ordered | None:
    """The cases read in order; None where an unknown is more than a quotient that each option defines.

    ``kept`` are variables that somebody will speak of at the end, besides the values of the quantities.
    """
    if cases.bound or cases.conditions:
        return None
    unknown = {unknown.name for unknown in cases.unknowns}
    used = {*kept, *_used(cases)}
    told: set[str] = set()
    stages: list[Stage] = []
    given: set[str] = set()
    for choice in reversed(cases.choices):
        steps = []
        for label, option in choice.options.items():
            step = _step(label, option, unknown)
            if step is None:
                return None
            if step.holds is not False:
                steps.append(step)
        given.update(*(step.quotients for step in steps))
        stages.append(Stage(choice.name, tuple(steps), tuple(sorted(used)), tuple(sorted(told))))
        told.discard(choice.name)
        used = used.difference(*((*step.gives, *step.quotients) for step in steps))
        for step in steps:
            told |= {atom.choice for atom in atoms(step.holds) if isinstance(atom, Taken)}
            used |= names_in(step.holds).union(*(value.names for value in step.gives.values()))
            used = used.union(*(ratio.num.names | ratio.den.names for ratio in step.quotients.values()))
    return Ordered(cases, tuple(reversed(stages))) if unknown <= given else None


def _used(cases: Cases) -> Iterator[str]:
    for value in cases.values.values():
        yield from value.num.names | value.den.names if isinstance(value, Ratio) else value.names


def _step(label: str, option: Option, unknown: set[str]) -> Step | None:
    """The option as it is taken; None if an unknown in it is no quotient of what is known."""
    left: list[Condition] = []
    quotients: dict[str, Ratio] = {}
    for part in conjuncts(option.holds):
        own = names_in(part) & unknown
        if not own:
            left.append(part)
            continue
        ratio = _solved(part, *own) if len(own) == 1 else None
        if ratio is None or not quotients.keys().isdisjoint(own):
            return None
        quotients.update(dict.fromkeys(own, ratio))
    if any(not value.names.isdisjoint(unknown) for value in option.gives.values()):
        return None
    return Step(label, every(left), option.gives, quotients)


def _solved(part: Condition, name: str) -> Ratio | None:
    """What the equation makes of the variable, in which it must be linear."""
    if not isinstance(part, Sign) or part.op != "==":
        return None
    factor: dict[Monomial, Number] = {}
    rest: dict[Monomial, Number] = {}
    for monomial, coefficient in part.of.terms.items():
        times = monomial.count(name)
        if times > 1:
            return None
        if times:
            factor[tuple(other for other in monomial if other != name)] = coefficient
        else:
            rest[monomial] = -coefficient
    return Ratio(Poly(rest), Poly(factor))


def _followed(stage: Stage, place: _Place) -> Iterator[_Place]:
    """The places to which each option leads that holds here and divides by nothing that is zero."""
    known: dict[Monomial, Number] = {}
    for step in stage.steps:
        if not holds(step.holds, place.numbers, place.taken, known):
            continue
        numbers: dict[str, Number] = {name: value.at(place.numbers, known) for name, value in step.gives.items()}
        for name, ratio in step.quotients.items():
            value = _quotient(ratio, place, known)
            if value is None:
                break
            numbers[name] = value
        else:
            formulas = place.formulas
            if formulas is not None:
                formulas = _lasting(stage, formulas, _given(step, formulas))
            taken = {choice: option for choice, option in place.taken.items() if choice in stage.told}
            if stage.choice in stage.told:
                taken[stage.choice] = step.option
            yield _Place(_lasting(stage, place.numbers, numbers), formulas, taken, place.count)


def _lasting(stage: Stage, old: Mapping[str, _T], new: Mapping[str, _T]) -> dict[str, _T]:
    """What anything later speaks of: ties leave many places, and most variables are of no use any more."""
    both = {**old, **new}
    return {name: both[name] for name in stage.lasting if name in both}


def _quotient(ratio: "Ratio | Way", place: _Place, known: dict[Monomial, Number] | None = None) -> Number | None:
    """Its value, None where it divides by zero."""
    divisor = ratio.den.at(place.numbers, known)
    return None if divisor == 0 else Fraction(ratio.num.at(place.numbers, known)) / divisor


def _merged(places: Sequence[_Place], stage: Stage, most: int) -> list[_Place]:
    """Places at which all is the same that anything later speaks of, as one."""
    if len(places) < 2:
        return list(places)
    # Most variables, parameters above all, are the very same everywhere: only the others tell places apart.
    shared = {name: value for name, value in _own(places[0]).items() if all(_own(p).get(name) is value for p in places)}
    found: dict[object, _Place] = {}
    for place in places:
        key = (
            tuple((name, value) for name, value in _own(place).items() if name not in shared),
            tuple(place.taken.items()),
        )
        same = found.get(key)
        found[key] = place if same is None else replace(same, count=same.count + place.count)
        if len(found) > most:
            raise ManyWaysError
    return list(found.values())


def _own(place: _Place) -> Mapping[str, object]:
    """What tells a place from others: the formulas in the parameters where it is followed so, else the numbers."""
    return place.numbers if place.formulas is None else place.formulas


def _given(step: Step, formulas: Mapping[str, Ratio]) -> dict[str, Ratio]:
    """What the option gives, as formulas in the parameters."""
    found = {name: _put(value, formulas) for name, value in step.gives.items()}
    return found | {name: over(ratio.num, ratio.den, formulas) for name, ratio in step.quotients.items()}


def over(num: Poly, den: Poly, formulas: Mapping[str, Ratio]) -> Ratio:
    """The quotient with formulas for some variables."""
    above, below = _put(num, formulas), _put(den, formulas)
    if above.den == below.den:
        return Ratio(above.num, below.num)
    return Ratio(above.num * below.den, above.den * below.num)


def _put(value: Poly, formulas: Mapping[str, Ratio]) -> Ratio:
    """The polynomial with formulas for some variables, over one divisor."""
    own = {name: formulas[name] for name in value.names if name in formulas}
    if all(ratio.den == ONE for ratio in own.values()):
        return Ratio(value.put({name: ratio.num for name, ratio in own.items()}), ONE)
    divisors = {monomial: Counter(own[n].den for n in monomial if n in own) for monomial in value.terms}
    common: Counter[Poly] = Counter()
    for each in divisors.values():
        common |= each
    num = ZERO
    for monomial, coefficient in value.terms.items():
        part = product_of([coefficient, *(own[n].num if n in own else var(n) for n in monomial)])
        num = num + part * product_of((common - divisors[monomial]).elements())
    return Ratio(num, product_of(common.elements()))


class _Margins:
    """The polynomials in the parameters that were looked at, each once whatever its sign and factor."""

    def __init__(self) -> None:
        self.found: dict[Poly, None] = {}

    def entered(self, place: _Place, name: str, ways: Sequence["Way"]) -> _Place | None:
        """With an entry of the game put in, by the first of its ways whose guard holds; None if it divides by zero."""
        way = next((way for way in ways if holds(way.guard, place.numbers)), None)
        if way is None:
            # What a minimum is of has no value, so that none of its guards holds.
            for other in ways:
                self._add(self._of(other.guard, False, place))
            return None
        self._add(self._of(way.guard, True, place))
        self._add(self._margin(way.den, place))
        value = _quotient(way, place)
        if value is None:
            return None
        formulas = {**(place.formulas or {}), name: Ratio(way.num, way.den)}
        return replace(place, numbers={**place.numbers, name: value}, formulas=formulas)

    def look(self, stage: Stage, place: _Place) -> None:
        """At the conditions of the options, first of those that hold: what rules the others out is often the same."""
        taken = {step.option: holds(step.holds, place.numbers, place.taken) for step in stage.steps}
        for step in sorted(stage.steps, key=lambda step: not taken[step.option]):
            self._add(self._of(step.holds, taken[step.option], place))
            if taken[step.option]:
                for ratio in step.quotients.values():
                    self._add(self._margin(ratio.den, place))

    def hear(self, said: Condition, place: _Place) -> None:
        """At what is said of a way to play."""
        self._add(self._of(said, holds(said, place.numbers, place.taken), place))

    def _add(self, margins: Iterable[Poly]) -> None:
        self.found.update(dict.fromkeys(margins))

    def _of(self, condition: Condition, truth: bool, place: _Place) -> list[Poly]:
        """The margins that make the condition as true or false as it is here."""
        match condition:
            case Sign(of):
                return self._margin(of, place)
            case Joined(parts, all_) if truth is all_:
                return [margin for part in parts for margin in self._of(part, truth, place)]
            case Joined(parts):
                return self._one_of([part for part in parts if holds(part, place.numbers, place.taken) is truth], place)
        return []

    def _one_of(self, parts: Sequence[Condition], place: _Place) -> list[Poly]:
        """The margins of that part, each of which settles the question, that has the fewest new ones."""
        best: list[Poly] | None = None
        fewest = 0
        for part in parts:
            truth = holds(part, place.numbers, place.taken)
            margins = self._of(part, truth, place)
            new = sum(margin not in self.found for margin in margins)
            if best is None or new < fewest:
                best, fewest = margins, new
            if not new:
                break
        return best or []

    def _margin(self, value: Poly, place: _Place) -> list[Poly]:
        """The numerator of the polynomial as a formula, up to sign and factor; nothing if it does not vary."""
        formula = sign(_put(value, place.formulas or {}).num, "==")
        return [formula.of] if isinstance(formula, Sign) else []
