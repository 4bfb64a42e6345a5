"""What would change a prediction: for each other outcome the nearest value of one parameter at which it is played."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest

from analyses.outcomes import NOTHING
from analyses.reports.telling import Telling
from analyses.sensitivity import Root, Sensitivity, Threshold

MOST_CHANGES = 3
"""The most changes that are told, each to another outcome."""


@dataclass(frozen=True)
class Turn:
    """Beyond a value of one parameter another outcome is played; how far it is, as a part of the parameter's range.

    ``beyond`` is the next value in the same direction at which the outcome changes again, if there is one; ``direct``
    that there is no other such value on the way.
    """

    parameter: str
    value: Root
    upwards: bool
    outcomes: tuple[str, ...]
    distance: float
    beyond: Root | None
    direct: bool


def turns(found: Sensitivity, asked: tuple[str, ...] = ()) -> tuple[Turn, ...]:
    """The nearest change to each other outcome, those that are ``asked`` about first, then by distance.

    What is met first in its direction goes before what lies behind another outcome.
    """
    nearest: dict[tuple[str, ...], Turn] = {}
    for turn in sorted(_all(found), key=lambda turn: (not turn.direct, turn.distance)):
        if turn.outcomes != found.outcomes:
            nearest.setdefault(turn.outcomes, turn)
    return tuple(
        sorted(nearest.values(), key=lambda turn: (not _is_asked(turn.outcomes, asked), not turn.direct, turn.distance))
    )


def _is_asked(outcomes: tuple[str, ...], asked: tuple[str, ...]) -> bool:
    return any(words in outcome for words in asked for outcome in outcomes)


def _all(found: Sensitivity) -> Iterator[Turn]:
    for name in found.ranges:
        present = found.values[name]
        own = [threshold for threshold in found.thresholds if threshold.parameter == name]
        above = [threshold for threshold in own if threshold.value >= present]
        below = [threshold for threshold in reversed(own) if threshold.value <= present]
        for upwards, line in ((True, above), (False, below)):
            for threshold, following in zip_longest(line, line[1:]):
                yield _turn(found, threshold, upwards, following, threshold is line[0])


def _turn(found: Sensitivity, threshold: Threshold, upwards: bool, following: Threshold | None, direct: bool) -> Turn:
    parameter = found.model.by_name[threshold.parameter]
    wide = float(parameter.high - parameter.low) or 1.0
    return Turn(
        threshold.parameter,
        threshold.value,
        upwards,
        threshold.above if upwards else threshold.below,
        abs(float(threshold.value) - float(found.values[threshold.parameter])) / wide,
        None if following is None else following.value,
        direct,
    )


def changes(telling: Telling, found: Sensitivity, asked: tuple[str, ...]) -> tuple[str, ...]:
    """The nearest changes as items of a list: what would have to be different, and what would happen then."""
    said = []
    for turn in turns(found, asked)[:MOST_CHANGES]:
        parameter = telling.model.by_name[turn.parameter]
        side = "above" if turn.upwards else "below"
        where = f"{side} {_amount(telling, turn, turn.value)}"
        if turn.beyond is not None:
            low, high = sorted([turn.value, turn.beyond], key=float)
            where = f"between {_amount(telling, turn, low)} and {_amount(telling, turn, high)}"
        now = telling.amount(found.values[turn.parameter], parameter)
        than = found.outcomes[0] if len(found.outcomes) == 1 else ""
        said.append(
            f"If {telling.quantity(parameter)} is {where} (assumed here: {now}), {_then(telling, turn.outcomes, than)}."
        )
    return tuple(said)


def _then(telling: Telling, outcomes: tuple[str, ...], than: str) -> str:
    if outcomes == (NOTHING,):
        return "no outcome is stable, unless choices are left to chance"
    said = " or ".join(telling.outcome(outcome, than) for outcome in outcomes)
    return f"the outcome is {said}" if said.startswith("“") else said


def _amount(telling: Telling, turn: Turn, value: Root) -> str:
    number = value if isinstance(value, Fraction) else float(value)
    return telling.amount(number, telling.model.by_name[turn.parameter])
