"""Whether a claim's conclusion holds at given payoffs; at many, in floats wherever these decide.

Where the cases of the claim's concept are in order, they say what is played: at one point in exact numbers, at many at
once on arrays (`games.bulk`), with every way of breaking a tie. Points that floats leave open are judged exactly, like
every point for any other concept, which is put to the ordinary solvers. What these give in floats counts only where a
comparison is clear: where it hangs on an equality, nothing is known.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from analyses.claims.bounded import bounded
from analyses.claims.claim import Claim, Exists, Holds, Unique
from analyses.claims.confirm import lists_all, told_at
from analyses.claims.setting import Setting
from analyses.sampling.draws import Draws
from games.bounds import Bounded, Flags
from games.bulk import in_order
from games.errors import InputError
from games.exact import Number
from games.forms.strategic import StrategicGame
from games.formulas.polynomials import Entries
from games.formulas.relations import (
    ORDERED,
    SIGNS,
    Denied,
    Every,
    Implied,
    Related,
    Relation,
    Some,
    divisors_of,
    holds_at,
    symbols_of,
)
from games.formulas.values import evaluate
from games.model import Point
from games.ordered import ManyWaysError, Ordered, Played, ordered
from games.play.quantities import Payoff, Quantity
from games.solvers.concept import solve
from games.solvers.equilibria import Equilibria, Equilibrium
from games.solvers.limits import expired, remaining
from games.terms import Poly, holds, names_in

HOLDS, FAILS, OPEN, UNSEEN = 1, 0, -1, -2
"""What is known of a point: `OPEN` where not all equilibria were found, `UNSEEN` where the time was up before."""

LONGEST = 10.0
"""The most seconds that one point may take."""

MOST_WAYS = 5_000
"""The most ways to play that are told apart at one point."""

BLOCK = 5_000
"""How many points are looked at together."""

CLEAR = Fraction(1, 10**6)
"""How far apart, as a share of the greater, two sides must be that were worked out from equilibria in floats."""


def judged(claim: Claim, point: Point) -> bool | None:
    """Whether the conclusion holds at ``point``; None if what it depends on was not found out.

    Raises `InputError` where a payoff divides by zero.
    """
    reading = reading_of(claim)
    return _by_solving(claim, point) if reading is None else reading.judged(point)


def judged_all(claim: Claim, draws: Draws) -> NDArray[np.int8]:
    """`HOLDS`, `FAILS`, `OPEN` or `UNSEEN` for each of the draws.

    They are judged in order, so that those seen before the time is up are as good a sample as all of them: which of
    them floats settle is no accident.
    """
    result = np.full(len(draws), UNSEEN, dtype=np.int8)
    for start in range(0, len(draws), BLOCK):
        if expired():
            break
        block = draws.where(slice(start, start + BLOCK))
        held, certain = _in_bulk(claim, block)
        found = np.where(held, HOLDS, FAILS).astype(np.int8)
        for row in np.flatnonzero(~certain):
            verdict = None if expired() else judged(claim, block.point(int(row)))
            if verdict is None and expired():
                result[start : start + row] = found[:row]
                return result
            found[row] = OPEN if verdict is None else HOLDS if verdict else FAILS
        result[start : start + len(block)] = found
    return result


def _in_bulk(claim: Claim, draws: Draws) -> tuple[Flags, Flags]:
    """Whether the conclusion holds, and where floats are certain of it."""
    reading = reading_of(claim)
    if reading is None or not len(draws):
        nowhere = np.zeros(len(draws), dtype=bool)
        return nowhere, nowhere
    return reading.in_bulk(draws)


class Reading:
    """The cases of a claim whose choices are in order."""

    def __init__(self, setting: Setting, cases: Ordered) -> None:
        self.claim, self.setting, self.cases = setting.claim, setting, cases
        entries = Entries()
        for model in self.claim.models:
            for entry in model.game.entries:
                entries(entry)
        self.entries = entries

    def judged(self, point: Point) -> bool | None:
        """Whether the conclusion holds at exact values; None where there are too many ways to play.

        Raises `InputError` where a payoff divides by zero.
        """
        whole = self.setting.whole(_by_name(point))
        if whole is None:
            # The model says which values make it divide by zero.
            for model in self.claim.models:
                model.game_at(point)
            return None
        try:
            return self._kept(self.cases.played(whole, MOST_WAYS))
        except ManyWaysError:
            return None

    def around(self, point: Point) -> tuple[bool | None, tuple[Poly, ...]]:
        """The same, and the polynomials in the parameters such that it stays so while none changes its sign.

        None where a payoff divides by zero, or where there are too many ways to play.
        """
        try:
            found = self.cases.around(_by_name(point), MOST_WAYS, self.entries.ways, self.setting.concluded)
        except ManyWaysError:
            return None, ()
        return self._kept(found.played) if found.defined else None, found.margins

    def _kept(self, played: Sequence[Played]) -> bool:
        """Whether the conclusion holds, given every way to play."""
        match self.claim.conclusion:
            case Exists():
                return bool(played)
            case Unique():
                return sum(one.count for one in played) <= 1
        kept = (holds(self.setting.concluded, one.numbers) for one in played)
        return all(kept) if self.claim.every else any(kept)

    def in_bulk(self, draws: Draws) -> tuple[Flags, Flags]:
        """Whether the conclusion holds, and where that is certain."""
        count = len(draws)
        nowhere = np.zeros(count, dtype=bool)
        alone = isinstance(self.claim.conclusion, Unique)
        known: dict[Any, Bounded] = {}
        columns = {symbol.name: column for symbol, column in draws.columns.items()}
        columns |= {name: bounded(entry, draws.columns, known) for name, entry in self.entries.formulas.items()}
        bulk = in_order(self.cases, columns, count, apart=alone)
        if alone:
            several = np.bincount(bulk.index, minlength=count) > 1
            return ~several, several | ~bulk.unsure
        truth = bulk.truth(self.setting.concluded)
        held, sure = (np.broadcast_to(flags, len(bulk)) for flags in (truth.held, truth.sure))
        # A single way to play settles that not every one is so, that some one is, or that there is one.
        breaks = self.claim.every and isinstance(self.claim.conclusion, Holds)
        settled = nowhere.copy()
        settled[bulk.index[sure & (~held if breaks else held)]] = True
        open_ = bulk.unsure.copy()
        open_[bulk.index[~sure]] = True
        return settled != breaks, settled | ~open_


def _by_name(point: Point) -> dict[str, Number]:
    return {symbol.name: value for symbol, value in point.items()}


_LATEST: deque[tuple[Claim, "Reading | None"]] = deque(maxlen=8)
"""The claims read last: a claim is judged at many points, and has parts without a hash by which to look it up."""


def reading_of(claim: Claim) -> "Reading | None":
    """The claim's cases in order; None where they are not."""
    for known, reading in _LATEST:
        if known is claim:
            return reading
    reading = _read(claim)
    _LATEST.append((claim, reading))
    return reading


def _read(claim: Claim) -> Reading | None:
    try:
        setting = Setting(claim)
    except InputError:
        # A concept or a game that nothing is proved about; the solver may still know it.
        return None
    cases = ordered(setting.cases, names_in(setting.concluded))
    return None if cases is None else Reading(setting, cases)


def _by_solving(claim: Claim, point: Point) -> bool | None:
    """Whether the conclusion holds, by the equilibria that the ordinary solvers list.

    Where there are more equilibria than those listed, these may still settle the question. Of a component of Nash
    equilibria the extreme ones do if the conclusion compares quantities: probabilities and payoffs are linear in each
    player's strategy, so that none in between goes beyond all of the extreme ones.
    """
    games = [model.game_at(point) for model in claim.models]
    solved = []
    for model, game in zip(claim.models, games, strict=True):
        concept = claim.concept_of(model)
        solved.append(solve(game, concept.listed_as or concept.name, time_limit=min(remaining(), LONGEST)))
    whole = all(map(lists_all, solved))
    match claim.conclusion:
        case Holds(formula=formula, where=where):
            forms = [found.game for found in solved]
            kept: list[bool | None] = []
            for chosen in product(*solved):
                values = told_at(claim, games, forms, chosen)
                rough = (
                    set() if all(map(_is_exact, chosen)) else {s for s, q in where.items() if _is_rough(q, values[s])}
                )
                kept.append(_clearly(formula, {**point, **values}, rough))
                if kept[-1] is not claim.every and kept[-1] is not None:
                    return kept[-1]
            if None in kept:
                return None
            return claim.every if whole or _extremes_tell(claim, solved) else None
        case Exists():
            if all(found.found for found in solved):
                return True
            return False if any(not found.found and lists_all(found) for found in solved) else None
        case Unique():
            return False if len(solved[0]) > 1 else (True if whole else None)
    raise AssertionError("a claim about a monotone dependence is first made one about two models")


def _is_exact(equilibrium: Equilibrium) -> bool:
    return not any(isinstance(weight, float) for mix in equilibrium.strategies.values() for weight in mix.values())


def _is_rough(quantity: Quantity, value: Fraction) -> bool:
    """Whether a value worked out from floats may be off: what is surely played, or surely not, is known exactly."""
    return isinstance(quantity, Payoff) or value not in (0, 1)


def _clearly(said: Relation, values: Mapping[sympy.Symbol, Fraction], rough: set[sympy.Symbol]) -> bool | None:
    """Whether the relation holds, where the values of ``rough`` symbols may be off a little; None if that decides."""
    match said:
        case Related(left, sign, right):
            if not rough & symbols_of(said):
                return holds_at(said, values)
            try:
                if any(abs(evaluate(divisor, values)) <= CLEAR for divisor in divisors_of(said)):
                    return None
                first, second = evaluate(left, values), evaluate(right, values)
            except ZeroDivisionError:
                return None
            if abs(first - second) <= CLEAR * max(Fraction(1), abs(first), abs(second)):
                return None
            return bool(SIGNS[sign].holds(first, second))
        case Denied(part):
            inner = _clearly(part, values, rough)
            return None if inner is None else not inner
        case Implied(first, second):
            return _clearly(Some((Denied(first), second)), values, rough)
        case Every(parts) | Some(parts):
            settles = isinstance(said, Some)
            found = [_clearly(part, values, rough) for part in parts]
            if settles in found:
                return settles
            return None if None in found else not settles


def _extremes_tell(claim: Claim, solved: Sequence[Equilibria]) -> bool:
    """Whether the extreme equilibria, all of which are listed, settle what is said of every one (or of some)."""
    assert isinstance(claim.conclusion, Holds)
    joined = Every if claim.every else Some
    formula = claim.conclusion.formula
    relations = formula.parts if isinstance(formula, joined) else (formula,)
    return (
        all(found.components and found.exact and found.complete for found in solved)
        and all(isinstance(model.game, StrategicGame) for model in claim.models)
        and all(isinstance(each, Related) and each.sign in ORDERED and not each.cancelled for each in relations)
        and all(_is_linear(each, claim.conclusion.where) for each in relations)
    )


def _is_linear(relation: Any, where: Mapping[sympy.Symbol, Quantity]) -> bool:
    """Whether the relation compares a sum of multiples of single quantities."""
    try:
        return int(sympy.Poly(relation.left - relation.right, *where).total_degree()) <= 1
    except (sympy.PolynomialError, sympy.GeneratorsError):
        return False
