"""The ways in which equilibria may look, factored: choices, each with its options, and what must hold.

An `Option` says what must hold where it is taken, and which variables it gives a value. A *case* is one option for each
choice. The product of the choices is never written out: a solver of inequalities chooses by Boolean variables, `played`
goes through what is left at exact numbers, arrays take the choices in order, and all of them read this one object.

A variable that nothing binds would prove anything. So making `Cases` fails where one is no parameter, no `Unknown` with
a condition of its own, and not given by every option of some choice.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from itertools import chain, combinations, product
from typing import TypeAlias

from games.exact import Number
from games.play.quantities import Quantity
from games.terms import (
    ZERO,
    Atom,
    Condition,
    Poly,
    Ratio,
    Taken,
    above,
    at_least,
    atoms,
    denied,
    equal,
    every,
    holds,
    mapped,
    names_in,
    put,
    sign,
    signs,
    some,
    total,
    var,
)

Taking: TypeAlias = Mapping[str, str]
"""The option taken, by choice."""

Values: TypeAlias = Mapping[str, Number]


CONTINUUM = "where payoffs tie, several mixtures of the same actions may be equilibria"


class UnboundError(Exception):
    """A definition has a variable that nothing binds, or one name for two things."""


@dataclass(frozen=True)
class Option:
    """May be taken where ``holds``, and then ``gives`` variables these values."""

    holds: Condition = True
    gives: Mapping[str, Poly] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """Exactly one of the options is taken: an action, a support, a plan, a state."""

    name: str
    options: Mapping[str, Option]

    @property
    def given(self) -> set[str]:
        """The variables that every option gives a value."""
        return set.intersection(*(set(option.gives) for option in self.options.values())) if self.options else set()


@dataclass(frozen=True)
class Unknown:
    """A variable that no option gives in every case: a probability, a belief, a best payoff; None where unbounded.

    What binds it stands among the conditions of the cases. ``free`` says why it may take several values while all else
    stays the same, as a belief off the path may; it is empty for one that the rest determines.
    """

    name: str
    low: Number | None = None
    high: Number | None = None
    free: str = ""

    @property
    def within(self) -> Condition:
        """That it keeps to its range: what is written without the unknown must not forget it."""
        itself = var(self.name)
        least = True if self.low is None else at_least(itself, self.low)
        return every([least, True if self.high is None else at_least(self.high, itself)])


@dataclass(frozen=True)
class Cases:
    """What it takes to be an equilibrium, for all payoffs at once.

    ``bound`` defines unknowns, ``conditions`` is what must hold besides; ``implied`` follows from both and spares a
    solver the nonlinear part. ``values`` are those of the quantities asked for. Choices stand in such an order that
    what an option says depends on earlier ones, parameters and unknowns alone.

    Raises `UnboundError` for a variable that nothing binds, and for a name given twice.
    """

    choices: tuple[Choice, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    bound: tuple[Condition, ...] = ()
    conditions: tuple[Condition, ...] = ()
    implied: tuple[Condition, ...] = ()
    values: Mapping[Quantity, Poly | Ratio] = field(default_factory=dict)
    is_written: InitVar[bool] = True

    def __post_init__(self, is_written: bool) -> None:
        # What is made from cases that were checked is bound as they are: with numbers put in, what binds an unknown may
        # have become true or false.
        if not is_written:
            return
        given = [name for choice in self.choices for name in {n: 0 for o in choice.options.values() for n in o.gives}]
        for names in ([choice.name for choice in self.choices], [unknown.name for unknown in self.unknowns], given):
            if len(set(names)) < len(names):
                raise UnboundError(f"a name is given twice among {spelled(names)}")
        if loose := self.unbound():
            raise UnboundError(f"nothing binds {', '.join(sorted(loose))}")

    def unbound(self) -> set[str]:
        """Variables that nothing binds: none should be left.

        An equation binds an unknown, or, where it is free for a reason that it states, any condition.
        """
        binding = [atom for condition in self._binding() for atom in signs(condition)]
        bound = {
            unknown.name
            for unknown in self.unknowns
            if any(unknown.name in atom.of.names and (unknown.free or atom.op == "==") for atom in binding)
        }
        bound.update(*(choice.given for choice in self.choices))
        return {name for name in self._used() if " " in name} - bound

    def _binding(self) -> Iterator[Condition]:
        """The conditions that may bind an unknown, what options hold among them."""
        yield from self.bound
        yield from self.conditions
        yield from (option.holds for choice in self.choices for option in choice.options.values())

    def _used(self) -> set[str]:
        names = {unknown.name for unknown in self.unknowns}
        for condition in chain(self._binding(), self.implied):
            names |= names_in(condition)
        for value in self.values.values():
            names |= value.num.names | value.den.names if isinstance(value, Ratio) else value.names
        for choice in self.choices:
            names.update(*(p.names for option in choice.options.values() for p in option.gives.values()))
        return names

    @property
    def is_ordered(self) -> bool:
        """Whether the choices, made one after another, settle everything: no unknowns, nothing left to hold."""
        return not self.unknowns and not self.bound and not self.conditions

    def given(self, taken: Taking) -> dict[str, Poly]:
        """What the options taken give, over parameters and unknowns alone."""
        given: dict[str, Poly] = {}
        for choice in self.choices:
            given.update({name: p.put(given) for name, p in choice.options[taken[choice.name]].gives.items()})
        return given

    def case(self, taken: Taking, *further: Condition) -> Iterator[tuple[frozenset[str], Condition]]:
        """The conditions of one case, ``further`` ones among them, over parameters and unknowns alone.

        Each stands with the choices that it rests on.
        """
        given: dict[str, Poly] = {}
        rests: dict[str, frozenset[str]] = {}

        def on(condition: Condition) -> frozenset[str]:
            found = [rests[name] for name in names_in(condition) if name in rests]
            return frozenset(a.choice for a in atoms(condition) if isinstance(a, Taken)).union(*found)

        for choice in self.choices:
            option = choice.options[taken[choice.name]]
            yield on(option.holds) | {choice.name}, put(option.holds, given, taken)
            for name, value in option.gives.items():
                given[name] = value.put(given)
                rests[name] = frozenset([choice.name]).union(*(rests[n] for n in value.names if n in rests))
        for condition in (*self.bound, *self.conditions, *further):
            yield on(condition), put(condition, given, taken)

    def expanded(self) -> Iterator[dict[str, str]]:
        """All cases, one by one; their number is the product of the choices'."""
        names = [choice.name for choice in self.choices]
        for labels in product(*(choice.options for choice in self.choices)):
            yield dict(zip(names, labels, strict=True))

    def played(self, at: Values) -> Iterator[tuple[dict[str, str], dict[str, Number]]]:
        """At exact numbers, where choices are in order: each equilibrium, as the options taken and all values."""
        if not self.is_ordered:
            raise ValueError("cases with unknowns are not settled by going through their choices")
        taken: dict[str, str] = {}
        values = dict(at)

        def allowed(depth: int) -> Iterator[str]:
            for label, option in self.choices[depth].options.items():
                if holds(option.holds, values, taken):
                    yield label

        if not self.choices:
            yield taken, values
        # What a later choice gives is overwritten before anything reads it, so nothing needs to be taken back.
        open_choices = [allowed(0)] if self.choices else []
        while open_choices:
            choice = self.choices[len(open_choices) - 1]
            label = next(open_choices[-1], None)
            if label is None:
                open_choices.pop()
                continue
            taken[choice.name] = label
            values.update({name: p.at(values) for name, p in choice.options[label].gives.items()})
            if len(open_choices) < len(self.choices):
                open_choices.append(allowed(len(open_choices)))
            else:
                yield dict(taken), dict(values)

    def one_played(self, at: Values, preferred: Taking) -> tuple[dict[str, str], dict[str, Number]] | None:
        """At exact numbers, where choices are in order: the equilibrium with the ``preferred`` options where these may
        be taken, and the first that may be elsewhere; None where none may."""
        taken: dict[str, str] = {}
        values = dict(at)
        for choice in self.choices:
            first = [preferred[choice.name]] if preferred.get(choice.name) in choice.options else []
            labels = (label for label in (*first, *choice.options) if holds(choice.options[label].holds, values, taken))
            label = next(labels, None)
            if label is None:
                return None
            taken[choice.name] = label
            values.update({name: p.at(values) for name, p in choice.options[label].gives.items()})
        return taken, values

    def put(self, given: Mapping[str, Poly]) -> "Cases":
        """With polynomials, such as numbers, for parameters."""
        return self._anew(given, lambda name: name)

    def renamed(self, suffix: str) -> "Cases":
        """The same with names of its own: a second equilibrium, or another model, beside the first.

        The suffix is repeated where a name would become another one: there may be players called A and A'.
        """
        own = {name for choice in self.choices for option in choice.options.values() for name in option.gives}
        own |= {unknown.name for unknown in self.unknowns}
        names, once = own | {choice.name for choice in self.choices}, suffix
        while suffix and any(name + suffix in names for name in names):
            suffix += once
        return self._anew({name: var(name + suffix) for name in own}, lambda name: name + suffix)

    def _anew(self, given: Mapping[str, Poly], named: Callable[[str], str]) -> "Cases":
        """With ``given`` for variables, and other names for choices, unknowns and what options give."""

        def atom(old: Atom) -> Condition:
            if isinstance(old, Taken):
                return Taken(named(old.choice), old.option, old.so)
            new = old.of.put(given)
            return old if new is old.of else sign(new, old.op)

        def all_of(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
            return tuple(mapped(condition, atom) for condition in conditions)

        def option(old: Option) -> Option:
            return Option(mapped(old.holds, atom), {named(name): p.put(given) for name, p in old.gives.items()})

        def value(old: Poly | Ratio) -> Poly | Ratio:
            return Ratio(old.num.put(given), old.den.put(given)) if isinstance(old, Ratio) else old.put(given)

        return Cases(
            tuple(Choice(named(c.name), {label: option(o) for label, o in c.options.items()}) for c in self.choices),
            tuple(Unknown(named(u.name), u.low, u.high, u.free) for u in self.unknowns),
            all_of(self.bound),
            all_of(self.conditions),
            all_of(self.implied),
            {quantity: value(v) for quantity, v in self.values.items()},
            is_written=False,
        )


def beside(*several: Cases) -> Cases:
    """Several at once, whose names do not meet; their quantities are left to each."""
    return Cases(
        tuple(choice for cases in several for choice in cases.choices),
        tuple(unknown for cases in several for unknown in cases.unknowns),
        tuple(condition for cases in several for condition in cases.bound),
        tuple(condition for cases in several for condition in cases.conditions),
        tuple(condition for cases in several for condition in cases.implied),
    )


class Draft:
    """Cases being written: a solution concept adds to it, and `cases` makes it final."""

    def __init__(self) -> None:
        self.choices: list[Choice] = []
        self.unknowns: list[Unknown] = []
        self.bound: list[Condition] = []
        self.conditions: list[Condition] = []
        self.implied: list[Condition] = []

    def unknown(self, name: str, low: Number | None = None, high: Number | None = None, free: str = "") -> Poly:
        """A new unknown, as a variable."""
        self.unknowns.append(Unknown(name, low, high, free))
        return var(name)

    def mixture(self, name: str, actions: Sequence[str]) -> "Mixture":
        """The choice of a support among ``actions``, and their probabilities: zero outside it, together one."""
        names = {action: f"probability of {action!r} at {name!r}" for action in actions}
        p = {action: var(names[action]) for action in actions}
        options = {}
        for support in supports(actions):
            gives = {names[action]: ZERO for action in actions if action not in support}
            gives[names[support[0]]] = 1 - total(p[action] for action in support[1:])
            inside = [above(gives.get(names[action], p[action]), 0) for action in support]
            options[spelled(support)] = Option(every(inside), gives)
        self.choices.append(Choice(name, options))
        if len(actions) > 1:
            self.unknowns += [Unknown(names[action], 0, 1, CONTINUUM) for action in actions]
        played = {
            action: some(Taken(name, spelled(support)) for support in supports(actions) if action in support)
            for action in actions
        }
        return Mixture(p, played)

    def best(self, name: str, pays: Mapping[str, Poly], played: Mapping[str, Condition]) -> Poly:
        """What is played pays the most: an unknown that nothing exceeds, and that what is played attains."""
        most = self.unknown(f"most {name}")
        for label, value in pays.items():
            self.conditions.append(at_least(most, value))
            self.conditions.append(some([denied(played[label]), equal(value, most)]))
        return most

    def cases(self, values: Mapping[Quantity, Poly | Ratio]) -> Cases:
        return Cases(
            tuple(self.choices),
            tuple(self.unknowns),
            tuple(self.bound),
            tuple(self.conditions),
            tuple(self.implied),
            values,
        )


@dataclass(frozen=True)
class Mixture:
    """The probabilities of a player's actions, and that each of them is played at all."""

    p: Mapping[str, Poly]
    played: Mapping[str, Condition]


def spelled(labels: Iterable[str]) -> str:
    """Labels as one name, such that different ones never have the same."""
    return ", ".join(map(repr, labels)) or "nothing"


def supports(actions: Sequence[str]) -> list[tuple[str, ...]]:
    """All nonempty subsets, small ones first."""
    return [chosen for size in range(1, len(actions) + 1) for chosen in combinations(actions, size)]


def not_dominated(faced: Sequence[tuple[Condition, Poly, Poly]], played: Condition) -> Condition:
    """If it is ``played``, a strategy pays more than a rival against something met, or as much against all that is.

    ``faced`` are what may be met, what the strategy pays against it, and what the rival does. This follows from the
    strategy's being a best response, and is linear.
    """
    return some(
        [
            denied(played),
            *(every([met, above(own, other)]) for met, own, other in faced),
            every(some([denied(met), at_least(own, other)]) for met, own, other in faced),
        ]
    )


def one_of(
    name: str,
    options: Mapping[str, Condition],
    asked: Sequence[Quantity],
    value: Callable[[Quantity, str], Poly | Ratio],
) -> Cases:
    """Cases of one choice: which of the ``options``, each with what must hold, and the values of quantities there.

    A value that is a quotient is an unknown that its equation defines inside the option.
    """
    draft = Draft()
    gives: dict[str, dict[str, Poly]] = {label: {} for label in options}
    defined: dict[str, list[Condition]] = {label: [] for label in options}
    values: dict[Quantity, Poly | Ratio] = {}
    for number, quantity in enumerate(asked):
        found = {label: value(quantity, label) for label in options}
        variable = values[quantity] = var(f"value {number}")
        if any(isinstance(each, Ratio) for each in found.values()):
            draft.unknown(f"value {number}")
        for label, each in found.items():
            if isinstance(each, Ratio):
                defined[label].append(equal(variable * each.den, each.num))
            elif any(isinstance(other, Ratio) for other in found.values()):
                defined[label].append(equal(variable, each))
            else:
                gives[label][f"value {number}"] = each
    draft.choices.append(
        Choice(
            name, {label: Option(every([holds_, *defined[label]]), gives[label]) for label, holds_ in options.items()}
        )
    )
    return draft.cases(values)
