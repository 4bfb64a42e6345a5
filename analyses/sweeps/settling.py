"""How points are settled: together on arrays wherever floats are certain, else one by one by the ordinary solver.

Where the cases of the concept are in order, `games.bulk` tells every way to play, ties included; all Nash equilibria of
two players with few strategies are told by `analyses.sweeps.supports`. A point is left to the solver as soon as
anything said of it is open: which ways there are, which outcomes they reach, and which of two ways
pays a player more. What is equal as a formula counts as equal. No answer hangs on a tolerance.
"""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analyses.sampling.draws import Draws
from analyses.sweeps.apart import told_apart, too_rough
from analyses.sweeps.induction import Induction, induction_of
from analyses.sweeps.solving import Listed, Way, amounts, listed
from analyses.sweeps.supports import Supports, supports_of
from analyses.sweeps.ways import (
    BULK,
    NUMERIC,
    REFUSED,
    SOLVED,
    Plays,
    Settled,
    Ways,
    ends,
    in_order_of_points,
    selected,
    with_company,
)
from games.bounds import Bounded, Flags
from games.bulk import Bulk, in_order
from games.errors import InputError
from games.exact import Number
from games.formulas.bounded import bounded
from games.formulas.polynomials import Entries
from games.model import Model, Point
from games.ordered import ManyWaysError, Ordered, Played, ordered
from games.play.quantities import Payoff, every_outcome
from games.solvers.concept import Concept
from games.solvers.equilibria import as_float
from games.solvers.limits import OutOfTimeError, expired, remaining
from games.terms import Poly, Ratio, sign

BLOCK = 2**14
"""How many points are looked at together."""

SECONDS = 5.0
"""How long the solver may take for one point."""

MOST_WAYS = 5_000
"""The most ways to play that are told apart at one point."""


@dataclass(frozen=True)
class Reading:
    """The cases of a concept in order, with the probability of each outcome in words and the payoffs."""

    cases: Ordered
    entries: Entries
    outcomes: tuple[str, ...]
    odds: tuple[Poly, ...]
    payoffs: tuple[Poly | Ratio, ...]
    induction: Induction | None = None

    def in_bulk(self, draws: Draws) -> tuple[Ways, Flags, float]:
        """The ways to play, the points at which something is open, which have no rows, and how far floats may be off
        in what they say of the others."""
        known: dict[object, Bounded] = {}
        columns = dict(draws.named)
        columns |= {name: bounded(entry, draws.columns, known) for name, entry in self.entries.formulas.items()}
        if self.induction is not None:
            return self.induction.in_bulk(columns, draws.premises.given, len(draws))
        bulk = in_order(self.cases, columns, len(draws))
        open_ = bulk.unsure.copy()
        odds = [self._odds(bulk, probability, open_) for probability in self.odds]
        paid = [_told_apart(bulk, payoff, open_) for payoff in self.payoffs]
        found = Ways(
            bulk.index,
            np.stack([reached for reached, _, _ in odds]).T,
            np.stack([probability for _, probability, _ in odds]).T,
            np.stack([value for value, _ in paid]).T,
        )
        settled = ~open_[bulk.index]
        errors = [np.broadcast_to(error, len(bulk))[settled] for _, _, error in odds]
        errors += [np.broadcast_to(error, len(bulk))[settled] for _, error in paid]
        return (
            found.where(settled) if open_.any() else found,
            open_,
            max((float(np.max(each, initial=0.0)) for each in errors), default=0.0),
        )

    @staticmethod
    def _odds(bulk: Bulk, probability: Poly, open_: Flags) -> tuple[Flags, NDArray[np.float64], Any]:
        truth = bulk.truth(sign(probability, ">"))
        held, sure = (np.broadcast_to(flags, len(bulk)) for flags in (truth.held, truth.sure))
        open_[bulk.index[~sure]] = True
        told = bulk.value(probability)
        value = np.broadcast_to(np.asarray(told.value, dtype=float), len(bulk))
        return held, np.where(held, value, 0.0), told.error

    def at(self, point: Point) -> Listed | None:
        """The same at one exact point; None where there are too many ways to play, or an entry is not defined."""
        at: dict[str, Number] = {symbol.name: value for symbol, value in point.items()}
        for name, value in list(self.entries.at(at)):
            if value is None:
                return None
            at[name] = value
        try:
            return Listed(tuple(map(self._way, self.cases.played(at, MOST_WAYS))), True, True)
        except ManyWaysError:
            return None

    def _way(self, played: Played) -> Way:
        odds = {words: value.at(played.numbers) for words, value in zip(self.outcomes, self.odds, strict=True)}
        paid = [played.value(quantity) for quantity in self.cases.cases.values if isinstance(quantity, Payoff)]
        return Way({words: value for words, value in odds.items() if value}, paid)


def _told_apart(bulk: Bulk, payoff: Poly | Ratio, open_: Flags) -> tuple[NDArray[np.float64], Any]:
    """The payoff in every row, so that two rows of a point differ in it just as far as the exact values do; and how far
    it may be off."""
    told = bulk.value(payoff)
    value, error = (np.broadcast_to(np.asarray(x, dtype=float), len(bulk)) for x in (told.value, told.error))
    open_[bulk.index[too_rough(value, error)]] = True
    rows = with_company(bulk.index)
    if not len(rows):
        return value.copy(), error
    apart, close = told_apart(bulk.index[rows], value[rows], error[rows], bulk.formulas(payoff)[rows])
    open_[close] = True
    found = value.copy()
    found[rows] = apart
    return found, error


@dataclass
class Settling:
    """Settles points of a model under a concept; plays and their sets keep their numbers from one call to the next.

    ``rounding`` is how far a float that was told so far may be off, ``refused`` why there was nothing to solve, where
    that happened first.
    """

    model: Model
    concept: Concept
    seconds: float = SECONDS

    def __post_init__(self) -> None:
        self.plays = Plays()
        self.rounding = 0.0
        self.refused = ""
        self._numbers = {words: k for k, words in enumerate(self.reading.outcomes if self.reading else ())}

    def afresh(self) -> "Settling":
        """The same with nothing met yet, and the cases read already."""
        fresh = copy(self)
        fresh.__post_init__()
        return fresh

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that were met, or may be, in words."""
        return tuple(self._numbers)

    @cached_property
    def amounts(self) -> tuple[str, ...]:
        return amounts(self.model)

    @cached_property
    def reading(self) -> "Reading | Supports | None":
        """None where the concept has no cases, or none that are read on arrays."""
        return reading_of(self.model, self.concept) or supports_of(self.model, self.concept)

    def blocks(self, draws: Draws, size: int = BLOCK) -> Iterator[Settled]:
        """The points in order, block by block, until the time is up: those seen are then as good a sample as all."""
        for start in range(0, len(draws), size):
            if expired(f"{start:,} of {len(draws):,} points"):
                return
            block = draws.where(slice(start, start + size))
            found = self._settled(block)
            yield found
            if len(found) < len(block):
                return

    def _settled(self, draws: Draws) -> Settled:
        """The points up to the first that is not settled in time."""
        count = len(draws)
        parts: list[Ways] = []
        open_ = np.ones(count, dtype=bool)
        how, complete = np.full(count, BULK, dtype=np.int8), np.ones(count, dtype=bool)
        if self.reading is not None:
            ways, open_, rounding = self.reading.in_bulk(draws)
            self.rounding = max(self.rounding, rounding)
            parts.append(ways)
        for row in np.flatnonzero(open_).tolist():
            seconds = min(self.seconds, remaining())
            solved = None if expired(f"{row:,} of {count:,} points") else self._solved(draws.point(row), seconds)
            if solved is None or (not solved.complete and expired()):
                count = row
                break
            how[row] = REFUSED if solved is REFUSAL else SOLVED if solved.exact else NUMERIC
            complete[row] = solved.complete
            parts.append(self._rows(row, solved.ways))
        ways = in_order_of_points([self._padded(part) for part in parts] or [self._rows(0, ())])
        return self._told(ways.where(ways.index < count) if count < len(draws) else ways, how[:count], complete[:count])

    def _solved(self, point: Point, seconds: float) -> Listed:
        try:
            found = listed(self.model, self.concept, point, seconds)
        except InputError as error:
            self.refused = self.refused or str(error)
            return REFUSAL
        except OutOfTimeError:
            return Listed((), False, True)
        whole = self.reading.at(point) if isinstance(self.reading, Reading) and not found.complete else None
        return whole or found

    def _rows(self, row: int, ways: Sequence[Way]) -> Ways:
        for way in ways:
            for words in way.outcomes:
                self._numbers.setdefault(words, len(self._numbers))
        shape = (len(ways), len(self._numbers))
        reached, probability = np.zeros(shape, dtype=bool), np.zeros(shape)
        paid = np.empty((len(ways), len(self.amounts)))
        for place in range(len(self.amounts)):
            paid[:, place] = _in_order([way.amounts[place] for way in ways])
        for number, way in enumerate(ways):
            for words, odds in way.outcomes.items():
                reached[number, self._numbers[words]] = True
                probability[number, self._numbers[words]] = float(odds)
        found = Ways(np.full(len(ways), row, dtype=np.intp), reached, probability, paid)
        if isinstance(self.reading, Reading) and self.reading.induction is not None:
            # In the order in which arrays have them.
            return found.where(np.argsort(reached.argmax(axis=1), kind="stable"))
        return found

    def _padded(self, ways: Ways) -> Ways:
        """With columns for the outcomes that were met later."""
        more = len(self._numbers) - ways.reached.shape[1]
        if not more:
            return ways
        wider = ((0, 0), (0, more))
        return Ways(ways.index, np.pad(ways.reached, wider), np.pad(ways.probability, wider), ways.amounts)

    def _told(self, ways: Ways, how: NDArray[np.int8], complete: Flags) -> Settled:
        count, players = len(how), len(self.model.game.players)
        play, kinds = self.plays.numbered(ways, count)
        paid, rows = selected(ways, players, count)
        selected_play = np.where(rows >= 0, play[rows], -1) if len(play) else np.full(rows.shape, -1)
        return Settled(
            kinds,
            self.plays.probabilities(ways, kinds),
            ends(ways.amounts, ways.index, count, np.nan),
            paid,
            selected_play,
            how,
            complete,
        )


def _in_order(values: Sequence[Number | float | None]) -> list[float]:
    """As floats, NaN for None; exact values that differ do so as floats, if by a last digit, and keep their order."""
    if any(value is None or isinstance(value, float) for value in values):
        return [
            np.nan if value is None else value if isinstance(value, float) else as_float(Fraction(value))
            for value in values
        ]
    found: dict[Fraction, float] = {}
    last = -np.inf
    for value in sorted({Fraction(value) for value in values if value is not None}):
        found[value] = last = max(as_float(value), float(np.nextafter(last, np.inf)))
    return [found[Fraction(value)] for value in values if value is not None]


REFUSAL = Listed((), True, True)
"""Where there is no game to solve, or the concept refuses it."""


def reading_of(model: Model, concept: Concept) -> Reading | None:
    """The model's cases in order; None where the concept has none, or its outcomes are no polynomials."""
    if concept.cases is None:
        return None
    entries = Entries()
    game = model.game.with_entries([entries(value) for value in model.game.entries]).written_out
    quantities = every_outcome(game)
    if game.paths and not quantities:
        return None
    payoffs = [Payoff(player) for player in game.players]
    if len(amounts(model)) > len(payoffs):
        return None
    cases = ordered(concept.cases(game, [*payoffs, *quantities.values()]))
    if cases is None:
        return None
    odds: dict[str, Poly] = {}
    for path, quantity in quantities.items():
        value = cases.cases.values[quantity]
        if isinstance(value, Ratio):
            return None
        words = model.outcome_words(path)
        odds[words] = odds[words] + value if words in odds else value
    outcomes = tuple(odds)
    paid = tuple(cases.cases.values[payoff] for payoff in payoffs)
    induction = induction_of(game, concept, list(map(model.outcome_words, game.paths)), outcomes)
    return Reading(cases, entries, outcomes, tuple(odds.values()), paid, induction)
