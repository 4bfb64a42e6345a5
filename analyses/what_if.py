"""What a change of parameters changes: the equilibria, what happens, and what everybody gets, before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from analyses.chances import Chances, as_json, chances
from games.errors import InputError
from games.exact import Number, readable
from games.forms.game import mixture
from games.forms.telling import outcomes_in_words
from games.model import Model, check_is_model
from games.solvers.concept import solve
from games.solvers.equilibria import Equilibria, plain
from games.tables import Cell, Table

LONGEST_TOLD = 250
"""The most characters of what happens that stand in a sentence; more than that is listed."""


@dataclass(frozen=True)
class Side:
    """The equilibria at some values of the parameters, and for each what may happen."""

    values: Mapping[str, Fraction]
    equilibria: Equilibria
    outcomes: tuple[Chances, ...]

    def payoffs(self, player: str) -> tuple[Number | float, Number | float] | None:
        """The least and the most that the player gets in an equilibrium; None if there is no equilibrium."""
        paid = [each.payoffs[player] for each in self.equilibria if player in each.payoffs]
        return (min(paid), max(paid)) if paid else None

    def chosen(self, place: str) -> str:
        """What is chosen there, in each equilibrium that differs."""
        mixes = (mixture(each.strategies[place]) for each in self.equilibria if place in each.strategies)
        return "; or ".join(dict.fromkeys(mixes)) or "–"

    @property
    def happens(self) -> str:
        """What happens, in words."""
        if not self.outcomes:
            return "no equilibrium" if self.equilibria.complete else "no equilibrium that was found"
        return "; or, in another equilibrium, ".join(map(outcomes_in_words, self.ways))

    @property
    def ways(self) -> tuple[Chances, ...]:
        """What happens in each equilibrium in which it is something else."""
        return tuple({outcomes_in_words(told): told for told in self.outcomes}.values())

    def listed(self) -> str:
        """What happens, an outcome in a line, with its probability."""
        return "\n  or, in another equilibrium:\n".join(
            "\n".join(f"  {readable(weight):<5} “{words}”" for words, weight in told.items()) for told in self.ways
        )

    def as_json(self, name: str) -> dict[str, Any]:
        """The side as plain data."""
        listed = self.equilibria.as_json(name)
        told = zip(listed["equilibria"], self.outcomes, strict=True)  # type: ignore[call-overload]
        return {
            "values": {parameter: str(value) for parameter, value in self.values.items()},
            "concept": self.equilibria.concept,
            "exact": self.equilibria.exact,
            "complete": self.equilibria.complete,
            "equilibria": [
                {"strategies": one["strategies"], "payoffs": one["payoffs"], "happens": as_json(outcomes)}
                for one, outcomes in told
            ],
            "remarks": list(self.equilibria.remarks),
        }


@dataclass(frozen=True, repr=False)
class WhatIf:
    """A model before and after some of its parameters changed."""

    model: Model
    before: Side
    after: Side

    @property
    def changed(self) -> Mapping[str, tuple[Fraction, Fraction]]:
        """The parameters that differ, with both values."""
        pairs = {name: (old, self.after.values[name]) for name, old in self.before.values.items()}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    def findings(self) -> tuple[str, ...]:
        """What the change changes, in sentences."""
        given = " and ".join(
            f"{n} = {readable(new)} instead of {readable(old)}" for n, (old, new) in self.changed.items()
        )
        before, after = self.before.happens, self.after.happens
        if before == after:
            same = f": {after}" if self.is_short else ""
            said = f"With {given}, what happens stays the same{same}."
        elif self.is_short:
            said = f"With {given}, what happens is {after}. Before, it was {before}."
        else:
            said = f"With {given}, what may happen changes."
        return (said, *self._of_payoffs())

    @property
    def is_short(self) -> bool:
        """Whether what happens on both sides stands in a sentence."""
        return len(self.before.happens) + len(self.after.happens) <= LONGEST_TOLD

    def lists(self) -> tuple[str, ...]:
        """What happens on each side, with probabilities, where a sentence would be too long; else nothing."""
        if self.is_short:
            return ()
        if self.before.happens == self.after.happens:
            return (f"What happens, before and after, with its probability:\n{self.after.listed()}",)
        sides = (("before", self.before), ("after", self.after))
        return tuple(f"What happens {when}, with its probability:\n{side.listed()}" for when, side in sides)

    def choices(self) -> str:
        """What is chosen otherwise, a place in a line; empty if that is the same everywhere."""
        rows = [[cell.text for cell in row] for row in self.choice_table().rows]
        lines = [f"  {place}: {after} instead of {before}" for place, before, after in rows]
        return "\n".join(["Chosen otherwise:", *lines]) if lines else ""

    def notes(self) -> tuple[str, ...]:
        """What a reader should know besides of the equilibria."""
        return tuple(dict.fromkeys((*self.before.equilibria.remarks, *self.after.equilibria.remarks)))

    def _of_payoffs(self) -> Sequence[str]:
        told = [self._of(player) for player in self.model.game.players]
        said = "; ".join(filter(None, told))
        if not said:
            return ["Nobody's payoff changes."] if self.before.outcomes and self.after.outcomes else []
        return [f"{said}."]

    def _of(self, player: str) -> str:
        old, new = self.before.payoffs(player), self.after.payoffs(player)
        if old is None or new is None or old == new:
            return ""
        if (gain := self.gain(player)) is None:
            return f"{player} gets {_span(new)} instead of {_span(old)}"
        verb = "gains" if gain > 0 else "loses"
        return f"{player} {verb} {readable(gain if gain > 0 else -gain)}, {_span(new)} instead of {_span(old)}"

    def gain(self, player: str) -> Number | float | None:
        """What the change adds to the player's payoff; None where a side has several payoffs, or none."""
        old, new = self.before.payoffs(player), self.after.payoffs(player)
        if old is None or new is None or old[0] != old[1] or new[0] != new[1]:
            return None
        return new[0] - old[0]

    def payoff_table(self) -> Table:
        """One row for each player: its payoff before and after, and the change."""
        rows = []
        for player in self.model.game.players:
            old, new, gain = self.before.payoffs(player), self.after.payoffs(player), self.gain(player)
            sign = "+" if gain is not None and gain > 0 else ""
            change = "" if gain is None else f"{sign}{readable(gain)}"
            rows.append((Cell(player), Cell(_span(old)), Cell(_span(new)), Cell(change)))
        return Table(("Payoff", "before", "after", "change"), tuple(rows), numeric=frozenset({1, 2, 3}))

    def choice_table(self) -> Table:
        """What is chosen at each place where that differs, before and after."""
        places = dict.fromkeys((*self.before.equilibria.game.places, *self.after.equilibria.game.places))
        pairs = {place: (self.before.chosen(place), self.after.chosen(place)) for place in places}
        rows = tuple((Cell(place), *map(Cell, pair)) for place, pair in pairs.items() if pair[0] != pair[1])
        return Table(("Chosen otherwise", "before", "after"), rows)

    def as_json(self) -> dict[str, Any]:
        """The change as plain data."""
        payoffs = {}
        for player in self.model.game.players:
            gain = self.gain(player)
            payoffs[player] = {
                "before": _plain(self.before.payoffs(player)),
                "after": _plain(self.after.payoffs(player)),
                "change": None if gain is None else plain(gain),
            }
        return {
            "findings": list(self.findings()),
            "changed": {name: {"before": str(old), "after": str(new)} for name, (old, new) in self.changed.items()},
            "before": self.before.as_json(self.model.name),
            "after": self.after.as_json(self.model.name),
            "payoffs": payoffs,
        }

    def __repr__(self) -> str:
        parts = [*self.findings(), *self.lists(), self.payoff_table().text()]
        return "\n\n".join([*parts, self.choices()]).rstrip()

    def _repr_html_(self) -> str:
        return self.payoff_table().html() + self.choice_table().html()


def _span(paid: tuple[Number | float, Number | float] | None) -> str:
    if paid is None:
        return "–"
    return readable(paid[0]) if paid[0] == paid[1] else f"{readable(paid[0])} to {readable(paid[1])}"


def _plain(paid: tuple[Number | float, Number | float] | None) -> list[str | float] | None:
    return None if paid is None else list(map(plain, paid))


def what_if(
    model: Model,
    values: Mapping[str, object],
    before: Mapping[str, object] | None = None,
    concept: str | None = None,
    time_limit: float | None = None,
    **options: Any,
) -> WhatIf:
    """The model at ``values`` against the model at the values ``before``, with defaults elsewhere.

    What ``before`` changes stays changed after. ``concept`` and its ``options`` are those of `solve`; each side may
    take ``time_limit`` seconds. Raises `InputError` for values that change nothing.

    >>> from games.catalog import load
    >>> print(what_if(load("preventive-war"), {"p_2": "2/5"}).findings()[0])
    With p_2 = 0.4 instead of 0.5, what happens stays the same: “War now, before power shifts”.
    """
    check_is_model(model)
    first = {} if before is None else dict(before)
    sides = []
    for given in (first, {**first, **values}):
        game = model.at(**given)
        found = solve(game, concept, time_limit=time_limit, **options)
        point = {symbol.name: value for symbol, value in model.point(**given).items()}
        sides.append(Side(point, found, tuple(chances(model, game, found, each) for each in found)))
    result = WhatIf(model, *sides)
    if not result.changed:
        raise InputError(
            "the values given are the parameters' present ones, so that nothing changes; give others (`parley show` "
            "tells the present ones)"
        )
    return result
