"""Alternating offers as conditions on payoffs: the ways to play a round, and ways in all turns that fit together.

In a round it is settled which inside option goes on, who would walk away after refusing, whose refusal the proposer
likes best, whether an acceptable offer is made, and whose share is then at its floor. A `Way` is one answer to each.
What it pays is linear in what comes later, and it is best for everybody exactly if some inequalities hold, which are
linear in this, too. So with a last round the ways are found from that one back. Without one, ways for all turns make
linear equations, with one solution since delay is costly, which is put into the inequalities of every turn.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain, combinations, product
from math import prod
from typing import Any, TypeAlias

from games.errors import InputError
from games.exact import Number, counted
from games.forms.alternating_offers import (
    ACCEPTABLE,
    AGREEMENT,
    BREAKDOWN,
    LEAVE,
    TALK,
    UNACCEPTABLE,
    WALKED,
    AlternatingOffers,
    pressing,
    refusing,
)
from games.forms.game import Path
from games.solvers.limits import expired
from games.solvers.methods.linear_systems import adjugate
from games.terms import Condition, Poly, above, at_least, every, poly, some, var

Value: TypeAlias = Any
"""A number, or a polynomial in the parameters of the game."""

Paid: TypeAlias = Mapping[str, Value]
"""One payoff for each player."""

MOST_COMBINATIONS = 5_000
"""The most ways in all turns together that are tried."""


@dataclass(frozen=True)
class Way:
    """How a round is played: what goes on ``inside``, who is ``leaving`` after refusing, whether the refusal that the
    proposer likes best has ``left`` talks, whether all ``agreed``, and whose share is then ``bound`` by its floor."""

    inside: str
    leaving: frozenset[str]
    left: bool
    agreed: bool
    bound: frozenset[str]

    @property
    def goes_on(self) -> bool:
        """Whether the next offer may come."""
        return not self.agreed and not self.left


@dataclass(frozen=True)
class Round:
    """A way in a state and what it amounts to: ``holds`` says when it is best for everybody.

    ``refusal`` is what its own refusal is worth to each responder, and to the proposer the one that it likes best.
    """

    state: str
    way: Way
    holds: Condition
    paid: Paid
    refusal: Paid


@dataclass(frozen=True)
class _Amounts:
    """What talking on and walking away pay, each one's own refusal, the floors, the pie, and what is paid."""

    talk: Paid
    outside: Paid
    refusal: Paid
    floors: Paid
    pie: Value
    paid: Paid


class Offers:
    """A game of alternating offers, in numbers or in polynomials, and the ways to play it."""

    def __init__(self, game: AlternatingOffers, plan: Mapping[str, str] | None = None) -> None:
        """With a ``plan`` the presser chooses the inside option that it says for each state, whatever it pays."""
        self.game = game
        self.plan = plan
        self.states = tuple(game.states)

    @cached_property
    def end(self) -> Paid:
        """What follows the refusal of the last offer: the deadline's payoffs, or the inside option for ever."""
        return self.game.deadline or next(iter(self.game.pressures.values()))

    @cached_property
    def slope(self) -> Paid:
        """What a payoff in the next state is worth after a refusal in this one."""
        waits = 1 - self.game.breakdown_risk
        return {player: waits * factor for player, factor in self.game.discounts.items()}

    @cached_property
    def now(self) -> Mapping[str, Paid]:
        """What is paid between a refusal and the next offer, by inside option: it, or breakdown."""
        game, risk = self.game, self.game.breakdown_risk
        return {
            name: {
                player: risk * game.breakdown[player] + (1 - risk) * (1 - game.discounts[player]) * paid[player]
                for player in game.players
            }
            for name, paid in game.pressures.items()
        }

    def ways(self, state: str) -> Iterator[Way]:
        """Every way to play a round in the state."""
        responders = self.game.responders(state)
        free = [player for player in responders if player in self.game.leavers]
        floored = [player for player in responders if player in self.game.floors]
        for inside, leaving in product(self._inside(state), _subsets(free)):
            for left in sorted({player in leaving for player in responders} or {False}):
                yield from (Way(inside, leaving, left, True, bound) for bound in _subsets(floored))
                yield Way(inside, leaving, left, False, frozenset())

    def outlines(self, state: str) -> Iterator[Way]:
        """Ways that among them pay whatever some way does: one for each set of bounds that the shares may be at."""
        game, responders = self.game, self.game.responders(state)
        bounds = [
            [option for option, may in (("", True), (LEAVE, p in game.leavers), ("floor", p in game.floors)) if may]
            for p in responders
        ]
        for inside in self._inside(state):
            for chosen in product(*bounds):
                at = dict(zip(responders, chosen, strict=True))
                leaving, bound = (frozenset(p for p in at if at[p] == option) for option in (LEAVE, "floor"))
                yield Way(inside, leaving, False, True, bound)
            for left in {False, any(player in game.leavers for player in responders)}:
                yield Way(inside, frozenset(), left, False, frozenset())

    def choices(self, state: str, way: Way) -> dict[str, str]:
        """What is chosen at each place of the state."""
        found = {state: ACCEPTABLE if way.agreed else UNACCEPTABLE}
        for player in self.game.responders(state):
            if player in self.game.leavers:
                found[refusing(state, player)] = LEAVE if player in way.leaving else TALK
        return {**found, pressing(state): way.inside} if self.game.presser else found

    def played(self, state: str, way: Way, later: Paid, whole: Value = 1) -> Round:
        """The way, if ``later`` is what the next state pays; all payoffs, these too, are times ``whole`` > 0."""
        of = self._amounts(state, way, later, whole)
        best = self._agreed(state, way, of) if way.agreed else [self._nothing_better(state, of)]
        holds = every(chain(self._pressed(way), self._stays(state, way, of), best))
        return Round(state, way, holds, of.paid, {player: of.refusal[player] for player in self.game.players})

    def turns(self, chosen: Sequence[Way]) -> tuple[dict[str, Paid], Value]:
        """Without a last round: what these ways, one for each turn, pay by state, times the divisor that is returned.

        The divisor is a determinant, positive as long as delay is costly to everybody; 1 of a game in numbers.
        """
        names = [f"later {number}" for number, _ in enumerate(self.game.players)]
        later: Paid = dict(zip(self.game.players, map(var, names), strict=True))
        backwards = list(zip(reversed(self.states), reversed(chosen), strict=True))
        for state, way in backwards:
            later = self._amounts(state, way, later).paid
        rows = [_linear(poly(later[player]), names) for player in self.game.players]
        left = [[(1 if i == j else 0) - row[j] for j in range(len(names))] for i, row in enumerate(rows)]
        inverse, whole = adjugate(left)
        parts = [sum(a * row[-1] for a, row in zip(line, rows, strict=True)) for line in inverse]
        if isinstance(whole, Poly):
            whole = whole.expand()
        if not isinstance(whole, Poly):
            parts, whole = [part * (Fraction(1) / whole) for part in parts], 1
        later, found = dict(zip(self.game.players, parts, strict=True)), {}
        for state, way in backwards:
            found[state] = later = self._amounts(state, way, later, whole).paid
        return {state: found[state] for state in self.states}, whole

    def following(self, paid: Mapping[str, Paid]) -> Iterator[tuple[str, Paid]]:
        """Without a last round: each state, and what is paid in the next one."""
        later = (*self.states[1:], self.states[0])
        return ((state, paid[after]) for state, after in zip(self.states, later, strict=True))

    def rounds(self, chosen: Sequence[Way]) -> tuple[list[Round], Value]:
        """Without a last round: these ways, one for each turn, with the divisor of all that they pay."""
        paid, whole = self.turns(chosen)
        several = zip(self.following(paid), chosen, strict=True)
        return [self.played(state, way, later, whole) for (state, later), way in several], whole

    def combinations(self, of: Callable[[str], Iterator[Way]]) -> Iterator[tuple[Way, ...]]:
        """Every way to play in all turns. Raises `InputError` where there are more than `MOST_COMBINATIONS`."""
        several = [list(of(state)) for state in self.states]
        count = prod(map(len, several))
        if count > MOST_COMBINATIONS:
            raise InputError(
                f"there are {counted(count)} ways to play in turn; at most {MOST_COMBINATIONS} are compared: leave out "
                "floors, players who may walk away, or turns"
            )
        return product(*several)

    def fitting(self) -> tuple[list[dict[str, str]], bool]:
        """The choices of all ways in turn that fit together in a game in numbers, and whether all were tried."""
        known: set[tuple[Number, ...]] = set()
        found: list[dict[str, str]] = []
        for number, chosen in enumerate(self.combinations(self.outlines)):
            if expired(f"{number} ways to play tried"):
                return found, False
            paid, _ = self.turns(chosen)
            amounts = tuple(value for each in paid.values() for value in each.values())
            if amounts not in known:
                known.add(amounts)
                found += [self.profile(rounds) for rounds in product(*self._best(paid))]
        return found, True

    def profile(self, rounds: Iterable[Round]) -> dict[str, str]:
        """What is chosen at each place."""
        return {place: own for each in rounds for place, own in self.choices(each.state, each.way).items()}

    def _best(self, paid: Mapping[str, Paid]) -> list[list[Round]]:
        """For each turn, the ways that are best for everybody and pay this; none at all if some turn has none."""
        several = []
        for state, later in self.following(paid):
            rounds = [self.played(state, way, later) for way in self.ways(state)]
            several.append([each for each in rounds if each.holds is True and each.paid == paid[state]])
            if not several[-1]:
                return [[]]
        return several

    def _inside(self, state: str) -> Iterable[str]:
        return self.game.pressures if self.plan is None else (self.plan[state],)

    def reach(self, state: str, way: Way, path: Path, later: Value) -> Value:
        """The probability that talks end in ``path`` from the state on, if from the next one on it is ``later``."""
        if not path:
            return 1
        if not way.goes_on:
            end = (state, AGREEMENT if way.agreed else WALKED)
            return int(path == end[: len(path)])
        risk = self.game.breakdown_risk
        return (risk if path == (BREAKDOWN,) else 0) + (1 - risk) * later

    def _amounts(self, state: str, way: Way, later: Paid, whole: Value = 1) -> _Amounts:
        game, proposer, responders = self.game, self.game.states[state], self.game.responders(state)
        now = self.now[way.inside]
        talk = {player: now[player] * whole + self.slope[player] * later[player] for player in game.players}
        outside = {player: value * whole for player, value in game.outside.items()}
        refusal = {player: outside[player] if player in way.leaving else talk[player] for player in responders}
        refusal[proposer] = outside[proposer] if way.left else talk[proposer]
        floors = {player: value * whole for player, value in game.floors.items()}
        pie = game.pie * whole
        if way.agreed:
            paid = {player: floors[player] if player in way.bound else refusal[player] for player in responders}
            paid[proposer] = pie - sum(paid.values())
        else:
            paid = outside if way.left else talk
        return _Amounts(talk, outside, refusal, floors, pie, {player: paid[player] for player in game.players})

    def _pressed(self, way: Way) -> Iterator[Condition]:
        """No other inside option is worth more to the one who chooses."""
        presser = self.game.presser
        if presser and self.plan is None:
            own = self.now[way.inside][presser]
            yield from (at_least(own, paid[presser]) for paid in self.now.values())

    def _stays(self, state: str, way: Way, of: _Amounts) -> Iterator[Condition]:
        """Whoever refuses does what is worth more to it, and the proposer provokes the refusal that it likes best."""
        proposer, responders = self.game.states[state], self.game.responders(state)
        for player in responders:
            if player in self.game.leavers:
                more, less = (of.outside, of.talk) if player in way.leaving else (of.talk, of.outside)
                yield at_least(more[player], less[player])
        if len({player in way.leaving for player in responders}) > 1:
            away, on = of.outside[proposer], of.talk[proposer]
            yield above(away, on) if way.left else at_least(on, away)

    def _agreed(self, state: str, way: Way, of: _Amounts) -> Iterator[Condition]:
        """The floors bind where they are said to, allow the offer, and no refusal is worth more to the proposer."""
        proposer = self.game.states[state]
        yield at_least(of.paid[proposer], of.refusal[proposer])
        for player, floor in of.floors.items():
            if player == proposer:
                yield at_least(of.paid[player], floor)
            elif player in way.bound:
                yield above(floor, of.refusal[player])
            else:
                yield at_least(of.refusal[player], floor)

    def _nothing_better(self, state: str, of: _Amounts) -> Condition:
        """What all would accept leaves the proposer no more than the refusal, or less than its floor."""
        proposer, responders = self.game.states[state], self.game.responders(state)
        least = [[of.refusal[p], of.floors[p]] if p in of.floors else [of.refusal[p]] for p in responders]
        found = []
        for chosen in product(*least):
            kept = of.pie - sum(chosen)
            found.append(at_least(of.refusal[proposer], kept))
            if proposer in of.floors:
                found.append(above(of.floors[proposer], kept))
        return some(found)


def _linear(value: Poly, names: Sequence[str]) -> list[Value]:
    """The coefficients of the unknowns, of which each monomial has at most one, and the rest."""
    parts: list[dict[tuple[str, ...], Number]] = [{} for _ in (*names, "")]
    for monomial, coefficient in value.terms.items():
        place = next((k for k, name in enumerate(names) if name in monomial), len(names))
        parts[place][tuple(name for name in monomial if name not in names)] = coefficient
    return [Poly(part).expand() for part in parts]


def _subsets(players: Sequence[str]) -> Iterable[frozenset[str]]:
    return map(frozenset, chain.from_iterable(combinations(players, size) for size in range(len(players) + 1)))
