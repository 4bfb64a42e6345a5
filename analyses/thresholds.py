"""What `analyses.sensitivity` found, parameter by parameter for a reader, and as data for a script."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

import sympy

from analyses.outcomes import NOTHING
from analyses.sensitivity import Root, Sensitivity, Threshold, written
from games.exact import readable
from games.tables import Cell, Table


def in_sentences(found: Sensitivity) -> tuple[str, ...]:
    """What happens now; then for each parameter what it becomes beyond each threshold; then what changes nothing."""
    said = [f"At these values what happens is {_outcomes(found.outcomes)}."]
    if found.outcomes == (NOTHING,):
        said = ["At these values there is no equilibrium in pure strategies, of which alone thresholds are found here."]
    for name in found.ranges:
        own = [threshold for threshold in found.thresholds if threshold.parameter == name]
        if own:
            said.append("\n".join([_heading(found, name), *(f"  {line}" for line in _beyond(found, own))]))
    if found.idle:
        said.append(
            f"Alone and within its range, each of these changes what happens nowhere, but perhaps where payoffs tie: "
            f"{', '.join(found.idle)}."
        )
    return tuple(said)


def _heading(found: Sensitivity, name: str) -> str:
    parameter, limits = found.model.by_name[name], found.ranges[name]
    within = f", in {written(limits[0])} to {written(limits[1])}" if limits is not None else ""
    meaning = f" ({parameter.meaning})" if parameter.meaning else ""
    return f"{name}{meaning} is {readable(found.values[name])}{within}:"


def _beyond(found: Sensitivity, thresholds: Sequence[Threshold]) -> Iterator[str]:
    """What happens on each side of the thresholds of one parameter, in their order."""
    present = found.values[thresholds[0].parameter]
    yield f"below {written(thresholds[0].value)}: {_outcomes(thresholds[0].below)}{_here(None, present, thresholds[0])}"
    for number, threshold in enumerate(thresholds):
        following = thresholds[number + 1] if number + 1 < len(thresholds) else None
        up_to = "above" if following is None else "from"
        end = "" if following is None else f" to {written(following.value)}"
        here = _here(threshold, present, following)
        yield f"{up_to} {written(threshold.value)}{end}: {_outcomes(threshold.above)}{here}"
        if threshold.value == present:
            yield f"exactly at {written(present)}, as it is now: {_outcomes(threshold.there)}"


def _here(low: Threshold | None, present: Fraction, high: Threshold | None) -> str:
    """A mark behind what happens between two thresholds if the present value lies there."""
    return " (now)" if (low is None or low.value < present) and (high is None or present < high.value) else ""


def _outcomes(outcomes: Sequence[str]) -> str:
    return " or ".join(f"“{words}”" for words in outcomes) or "not defined"


def threshold_table(found: Sensitivity) -> Table:
    """One row for each threshold: the parameter in symbols and in words, and the outcomes on both sides."""
    rows = tuple(
        (
            Cell(t.parameter),
            Cell(found.model.by_name[t.parameter].meaning),
            Cell(readable(found.values[t.parameter])),
            Cell(written(t.value)),
            Cell(" or ".join(t.below)),
            Cell(" or ".join(t.above)),
        )
        for t in found.thresholds
    )
    header = ("Parameter", "Meaning", "Value", "Threshold", "Outcome below", "Outcome above")
    return Table(header, rows, numeric=frozenset({2, 3}))


def swing_table(found: Sensitivity) -> Table:
    """What each player may get while one parameter covers its range, those first that move a payoff most."""
    widest: dict[str, float] = {}
    for swing in found.swings:
        widest[swing.parameter] = max(widest.get(swing.parameter, 0.0), float(swing.width))
    moving = sorted((name for name, width in widest.items() if width > 0), key=lambda name: -widest[name])
    spans = {(swing.parameter, swing.player): swing for swing in found.swings}
    rows = []
    for name in moving:
        cells = [Cell(name)]
        for player in found.model.game.players:
            swing = spans[name, player]
            cells.append(Cell(f"{_short(swing.lowest)} to {_short(swing.highest)}" if swing.width else "–"))
        rows.append(tuple(cells))
    header = ("Parameter", *(f"payoff of {player}" for player in found.model.game.players))
    return Table(header, tuple(rows), numeric=frozenset(range(1, len(header))))


def _short(value: Root) -> str:
    return readable(value) if isinstance(value, Fraction) else f"≈ {readable(float(value))}"


def as_json(found: Sensitivity) -> dict[str, Any]:
    """The sensitivity as plain data: a rational number as text, another as its root and the nearest float."""
    return {
        "concept": found.concept,
        "outcomes": list(found.outcomes),
        "payoffs": {player: str(value) for player, value in found.payoffs.items()},
        "ranges": {name: None if ends is None else list(map(_plain, ends)) for name, ends in found.ranges.items()},
        **changes(found, _plain),
        "idle": list(found.idle),
        "findings": list(in_sentences(found)),
    }


def changes(found: Sensitivity, told: Callable[[Root], Any]) -> dict[str, list[dict[str, Any]]]:
    """The thresholds and the swings as plain data, with what is ``told`` of each number."""
    return {
        "thresholds": [
            {
                "parameter": threshold.parameter,
                "value": told(threshold.value),
                "below": list(threshold.below),
                "there": list(threshold.there),
                "above": list(threshold.above),
            }
            for threshold in found.thresholds
        ],
        "swings": [
            {
                "parameter": swing.parameter,
                "player": swing.player,
                "lowest": told(swing.lowest),
                "highest": told(swing.highest),
            }
            for swing in found.swings
        ],
    }


def _plain(value: Root) -> dict[str, Any]:
    exact = str(value) if isinstance(value, Fraction) else sympy.sstr(value)
    return {"exact": exact, "about": float(value)}
