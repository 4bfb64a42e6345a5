"""What the pure subgame-perfect equilibria of an exact tree come to, however many there are.

Ties multiply equilibria: twenty tied decisions make a million. What they pay, and what some quantities are at them, has
far fewer values, and these are found by backward induction over sets: a decision may go on with any action that pays
the mover at least as much as *some* equilibrium of every other action. Each value comes with one equilibrium.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any, TypeAlias

from games.forms.extensive import Chance, Decision, ExtensiveGame, Node, Outcome, Path
from games.play.quantities import Chosen, Payoff, Quantity, Reach
from games.solvers.equilibria import Equilibrium
from games.solvers.limits import expired

MOST_WAYS = 20_000
"""The most ways in which a subgame may come out; with more, nothing is said."""

Choices: TypeAlias = tuple[Any, ...]
"""A path and the action there, or neither, and the same of every subgame, nested."""


@dataclass(frozen=True)
class _Way:
    """What a subgame pays, the marks that are told in it (None elsewhere), how, and in how many equilibria."""

    payoffs: tuple[Fraction, ...]
    told: tuple[Fraction | None, ...]
    choices: Choices
    count: int


@dataclass(frozen=True)
class Played:
    """One way in which equilibria come out: the quantities there, how many such equilibria there are, and one."""

    values: Mapping[Quantity, Fraction]
    count: int
    payoffs: tuple[Fraction, ...]
    choices: Choices


def ways_to_play(game: ExtensiveGame, quantities: Sequence[Quantity]) -> list[Played] | None:
    """Every way in which the pure equilibria of a tree of perfect information come out, as far as ``quantities`` tell.

    None if there are more than `MOST_WAYS`, or the time was up.
    """
    factors = {quantity: _factors(game, quantity) for quantity in quantities}
    marks = tuple(dict.fromkeys(mark for each in factors.values() for mark in each))
    ways = _Ways(game.players, marks).at(game.root, ())
    if ways is None:
        return None
    found: dict[tuple[Fraction, ...], Played] = {}
    for way in ways:
        known = {mark: value or Fraction(0) for mark, value in zip(marks, way.told, strict=True)}
        values = {
            quantity: prod((known[mark] for mark in each), start=Fraction(1)) for quantity, each in factors.items()
        }
        same = found.get(tuple(values.values()))
        if same:
            found[tuple(values.values())] = replace(same, count=same.count + way.count)
        else:
            found[tuple(values.values())] = Played(values, way.count, way.payoffs, way.choices)
    return list(found.values())


def _factors(game: ExtensiveGame, quantity: Quantity) -> list[Reach | Payoff]:
    """What has to be told so that the product is the quantity."""
    if isinstance(quantity, Chosen):
        return [Reach((action,), game.information_sets[name].paths[0]) for name, action in quantity.choices.items()]
    return [quantity]


def equilibrium_of(game: ExtensiveGame, way: Played) -> Equilibrium:
    """The one equilibrium that stands for this way."""
    chosen = dict(_listed(way.choices))
    strategies = {
        name: {action: Fraction(action == chosen[s.paths[0]]) for action in s.actions}
        for name, s in game.information_sets.items()
    }
    return Equilibrium(strategies, dict(zip(game.players, way.payoffs, strict=True)))


def _listed(choices: Choices) -> Iterator[tuple[Path, str]]:
    stack = [choices]
    while stack:
        if choices := stack.pop():
            where, action, below = choices
            if action is not None:
                yield where, action
            stack += below


class _Ways:
    """The ways to play the subgames of one tree."""

    def __init__(self, players: tuple[str, ...], marks: tuple[Reach | Payoff, ...]) -> None:
        self.players = players
        self.marks = marks
        self.ends = [(*m.after, *(m.path if isinstance(m, Reach) else ())) for m in marks]
        self.led_through = {end[:k] for end in self.ends for k in range(len(end) + 1)}

    def at(self, node: Node, path: Path) -> list[_Way] | None:
        if isinstance(node, Outcome):
            payoffs = tuple(map(Fraction, node.payoffs))
            return [_Way(payoffs, self.told(path, payoffs, {}, {}), (), 1)]
        steps = node.actions if isinstance(node, Decision) else {e: child for e, (_, child) in node.events.items()}
        below = {}
        for step, child in steps.items():
            inner = self.at(child, (*path, step))
            if inner is None:
                return None
            below[step] = inner
        found: dict[Any, _Way] = {}
        for number, way in enumerate(
            self.chosen(node, path, below) if isinstance(node, Decision) else self.drawn(node, path, below)
        ):
            if number % 64 == 0 and expired():
                return None
            same = found.get((way.payoffs, way.told))
            count = way.count + (same.count if same else 0)
            found[way.payoffs, way.told] = _Way(way.payoffs, way.told, way.choices, count)
            if len(found) > MOST_WAYS:
                return None
        return list(found.values())

    def chosen(self, node: Decision, path: Path, below: Mapping[str, list[_Way]]) -> Iterator[_Way]:
        """The ways with each action: what pays the mover as much as some way of every other."""
        mover = self.players.index(node.player)
        for action, own in below.items():
            for way in own:
                others = []
                for rival, ways in below.items():
                    if rival != action:
                        lesser = [w for w in ways if w.payoffs[mover] <= way.payoffs[mover]]
                        if lesser and (*path, rival) not in self.led_through:
                            lesser = [_Way((), lesser[0].told, lesser[0].choices, sum(w.count for w in lesser))]
                        others.append([(rival, w) for w in lesser])
                for taken in product([(action, way)], *others):
                    told = self.told(path, way.payoffs, dict(taken), {action: Fraction(1)})
                    choices = (path, action, tuple(w.choices for _, w in taken))
                    yield _Way(way.payoffs, told, choices, prod(w.count for _, w in taken))

    def drawn(self, node: Chance, path: Path, below: Mapping[str, list[_Way]]) -> Iterator[_Way]:
        """The ways of a chance move: all combinations of those of what follows."""
        weights = {event: Fraction(weight) for event, (weight, _) in node.events.items()}
        for ways in product(*below.values()):
            taken = dict(zip(below, ways, strict=True))
            payoffs = tuple(
                sum((weights[event] * way.payoffs[k] for event, way in taken.items()), Fraction(0))
                for k in range(len(self.players))
            )
            choices = (path, None, tuple(way.choices for way in ways))
            yield _Way(payoffs, self.told(path, payoffs, taken, weights), choices, prod(way.count for way in ways))

    def told(
        self, path: Path, payoffs: tuple[Fraction, ...], taken: Mapping[str, _Way], chances: Mapping[str, Fraction]
    ) -> tuple[Fraction | None, ...]:
        """The marks at a node, from those of what follows."""
        if path not in self.led_through:
            return (None,) * len(self.marks)
        depth = len(path)
        result: list[Fraction | None] = []
        for number, (mark, end) in enumerate(zip(self.marks, self.ends, strict=True)):
            if end[:depth] != path:
                result.append(None)
            elif depth == len(end):
                here = payoffs[self.players.index(mark.player)] if isinstance(mark, Payoff) else Fraction(1)
                result.append(here)
            else:
                step = end[depth]
                value = taken[step].told[number]
                assert value is not None
                result.append(value * chances.get(step, Fraction(0)) if depth >= len(mark.after) else value)
        return tuple(result)
