"""Between which bounds everything lies that subgame-perfect play of alternating offers may pay, pure or mixed.

The argument is that of Shaked & Sutton (1984), Econometrica 52. Whatever happened before, nobody accepts less than the
least that its refusal may be worth, and nobody refuses more than the most that it may be worth. So bounds on payoffs in
one turn give bounds in the turn before, and these, applied over and over, close in. Where they leave no doubt in any
turn whether an agreement is made, mixing adds nothing; and where two players alternate, nothing is left but one payoff
for each, since a turn then moves payoffs by less than the next one's were moved.

Bounds are rounded outwards, so that they stay short; they are bounds all the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from games.forms import Entry
from games.forms.alternating_offers import AlternatingOffers
from games.solvers.limits import expired

STEPS = 5_000
"""How often the bounds are improved at most: enough for discount factors of 999/1000."""

GRAIN = 2**60


@dataclass(frozen=True)
class Bounds:
    """The least and the most that a number may be."""

    low: Fraction
    high: Fraction

    def at_least(self, value: Fraction | None) -> "Bounds":
        """The greater of it and the value, where there is one."""
        return self if value is None else Bounds(max(self.low, value), max(self.high, value))


@dataclass(frozen=True)
class _Turn:
    """Bounds on what everybody gets in a turn, and whether it is sure how the turn ends."""

    paid: Mapping[str, Bounds]
    sure: bool


class ShareBounds:
    """The bounds for a game in numbers without a last round.

    ``stationary``: with the inside options that the presser likes best alone, as it chooses where play does not depend
    on the past.
    """

    def __init__(self, game: AlternatingOffers, stationary: bool = True) -> None:
        self.game = game
        self.risk = Fraction(game.breakdown_risk)
        options = list(game.pressures.values())
        if game.presser and stationary:
            most = max(paid[game.presser] for paid in options)
            options = [paid for paid in options if paid[game.presser] == most]
        self.inside = {
            p: Bounds(Fraction(min(paid[p] for paid in options)), Fraction(max(paid[p] for paid in options)))
            for p in game.players
        }
        self.outside = {player: Fraction(value) for player, value in game.outside.items()}

    def leave_no_doubt(self) -> bool:
        """Whether in every turn it is sure if an agreement is made, and if not, whether somebody walks away."""
        states = list(self.game.states)
        known = dict.fromkeys(states, self._at_first())
        for number in range(STEPS):
            if number % 100 == 99 and expired():
                return False
            sure, closer = True, False
            for state in reversed(states):
                turn = self._turn(state, known[states[(states.index(state) + 1) % len(states)]])
                better = {p: _both(known[state][p], turn.paid[p]) for p in self.game.players}
                closer = closer or better != known[state]
                known[state] = better
                sure = sure and turn.sure
            if sure or not closer:
                return sure
        return False

    def _never(self, player: str, low: bool) -> Fraction:
        """What talks for ever pay at least, or at most."""
        factor = Fraction(self.game.discounts[player])
        inside = self.inside[player].low if low else self.inside[player].high
        now: Fraction = self.risk * self.game.breakdown[player] + (1 - self.risk) * (1 - factor) * inside
        return now / (1 - (1 - self.risk) * factor)

    def _at_first(self) -> dict[str, Bounds]:
        """Nobody gets less than by talking for ever, unless somebody walks away; and the rest bounds what one gets."""
        game, pie = self.game, Fraction(self.game.pie)
        lasting = {p: self._never(p, low=True) for p in game.players}
        most = {p: self._never(p, low=False) for p in game.players}
        away = self.outside if game.leavers else most
        least = {p: min(lasting[p], away[p]) for p in game.players}
        together = max(
            sum(most.values()),
            sum(max(most[p], away[p]) for p in game.players),
            pie + sum(most[p] - least[p] for p in game.players),
        )
        return {p: Bounds(least[p], together - sum(least.values()) + least[p]) for p in game.players}

    def _turn(self, state: str, later: Mapping[str, Bounds]) -> _Turn:
        game, proposer, responders = self.game, self.game.states[state], self.game.responders(state)
        talk = {p: self._talk(p, later[p]) for p in game.players}
        refusal = {p: talk[p].at_least(self.outside[p] if p in game.leavers else None) for p in responders}
        shares = {p: refusal[p].at_least(_exact(game.floors.get(p))) for p in responders}
        kinds = list(self._refusals(responders, talk))
        refused = {p: _span([_fixed(self.outside[p]) if left else talk[p] for left in kinds]) for p in game.players}
        own, least = refused[proposer], _exact(game.floors.get(proposer))
        kept = Bounds(*(Fraction(game.pie) - total for total in _total(shares)))
        if kept.low > own.high and (least is None or kept.low >= least):
            return _Turn({**shares, proposer: kept}, sure=True)
        if kept.high < own.low or (least is not None and kept.high < least):
            return _Turn(refused, sure=len(kinds) == 1)
        paid = {p: _span([refused[p], shares[p]]) for p in shares}
        low = max(own.low, kept.low) if least is None or kept.low >= least else own.low
        return _Turn({**paid, proposer: Bounds(low, max(own.high, kept.high))}, sure=False)

    def _refusals(self, responders: Sequence[str], talk: Mapping[str, Bounds]) -> Iterator[bool]:
        """What the refusal that a proposer provokes may lead to: talks that go on (False), or that are left (True)."""
        may = [p for p in responders if p in self.game.leavers]
        if len(may) < len(responders) or not may or any(talk[p].high >= self.outside[p] for p in may):
            yield False
        if any(talk[p].low <= self.outside[p] for p in may):
            yield True

    def _talk(self, player: str, later: Bounds) -> Bounds:
        factor, inside = Fraction(self.game.discounts[player]), self.inside[player]
        broken, waits = self.risk * self.game.breakdown[player], 1 - self.risk
        low, high = (
            broken + waits * ((1 - factor) * now + factor * then)
            for now, then in ((inside.low, later.low), (inside.high, later.high))
        )
        return Bounds(Fraction(floor(low * GRAIN), GRAIN), Fraction(ceil(high * GRAIN), GRAIN))


def _fixed(value: Fraction) -> Bounds:
    return Bounds(value, value)


def _total(shares: Mapping[str, Bounds]) -> tuple[Fraction, Fraction]:
    """The most and the least that they add up to."""
    return (
        sum((each.high for each in shares.values()), Fraction(0)),
        sum((each.low for each in shares.values()), Fraction(0)),
    )


def _span(several: Sequence[Bounds]) -> Bounds:
    return Bounds(min(one.low for one in several), max(one.high for one in several))


def _both(one: Bounds, other: Bounds) -> Bounds:
    return Bounds(max(one.low, other.low), min(one.high, other.high))


def _exact(value: Entry | None) -> Fraction | None:
    return None if value is None else Fraction(value)
