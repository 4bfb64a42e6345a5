"""How large a part of the admissible parameters lies in each region: exact in up to three parameters, else drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from analyses.sampling.draws import Drawing
from analyses.sampling.pieces import OutOfReachError, Pieces
from analyses.sampling.premise_set import PremiseSet
from analyses.solution.posing import Posed
from games.errors import InputError
from games.model import Point
from games.solvers.limits import OutOfTimeError
from games.terms import Condition, Poly, holds, names_in, signs

SAMPLES = 4_000
SEED = 1956


@dataclass(frozen=True)
class Shares:
    """The part of each region, a `Fraction` where it is ``exact``, and the ends of its 95 % interval."""

    values: tuple[Fraction | float, ...]
    intervals: tuple[tuple[Fraction | float, Fraction | float], ...]
    exact: bool
    method: str


def shares_of(posed: Posed, conditions: Sequence[Condition], samples: int = SAMPLES) -> Shares | None:
    """The share of each condition on the free parameters, all admissible values counting alike.

    None where premises are equations that are not linear, where hardly anything is found that satisfies them, and where
    the time is up.
    """
    try:
        return _exact(posed, conditions) or drawn(posed.premise_set, conditions, samples)
    except (InputError, OutOfTimeError):
        return None


def _exact(posed: Posed, conditions: Sequence[Condition]) -> Shares | None:
    symbols = {name: posed.model.by_name[name].symbol for name in posed.free}
    spoken = frozenset(symbols[name] for condition in conditions for name in names_in(condition))
    margins = list(dict.fromkeys(part.of for condition in conditions for part in signs(condition)))

    def around(point: Point) -> tuple[tuple[bool, ...], list[Poly]]:
        named = {symbol.name: value for symbol, value in point.items()}
        return tuple(holds(condition, named) for condition in conditions), margins

    try:
        pieces = Pieces(posed.premise_set, spoken, around)
        if not pieces.are_few:
            return None
        if not pieces.coordinates:
            return _fractions([Fraction(held) for held in around(pieces.point(()))[0]], "one set of regions everywhere")
        whole, parts = Fraction(0), [Fraction(0)] * len(conditions)
        for piece, admitted, inside in pieces:
            if admitted and inside is not None:
                volume = piece.volume
                whole += volume
                parts = [part + volume * held for part, held in zip(parts, inside, strict=True)]
    except OutOfReachError:
        return None
    noun = {1: "length", 2: "area", 3: "volume"}[len(pieces.coordinates)]
    return _fractions([part / whole for part in parts], f"exact {noun}") if whole else None


def _fractions(values: Sequence[Fraction], method: str) -> Shares:
    return Shares(tuple(values), tuple((value, value) for value in values), True, method)


def drawn(premises: PremiseSet, conditions: Sequence[Condition], samples: int) -> Shares | None:
    """The share of each condition from draws; None where nothing is found that satisfies the premises.

    Draws of chains depend on each other: their intervals are those of as many as they are worth.
    """
    from analyses.claims.share import interval, worth

    drawing = Drawing(premises, SEED)
    batches = list(drawing.batches(samples))
    draws = sum(map(len, batches))
    if not draws:
        return None
    held = [np.concatenate([batch.satisfying(condition) for batch in batches]) for condition in conditions]
    chains = [batch.chains for batch in batches if batch.chains is not None]
    columns = [*held, *np.concatenate([batch.odd for batch in batches]).T[drawing.walked]]
    effective = worth(np.concatenate(chains), columns) if chains else float(draws)
    values = tuple(float(each.mean()) for each in held)
    ends = tuple(interval(value * effective, value * effective, effective) for value in values)
    return Shares(values, ends, False, f"{draws:,} draws (seed {SEED}), 95 % intervals")
