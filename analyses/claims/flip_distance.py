"""How far payoffs must move before a claim's conclusion fails.

From payoffs at which the conclusion holds, the distance to others is the largest change of any parameter, each measured
in parts of its range (the weighted Chebyshev distance). The flip distance is the least distance, within the ranges,
assumptions and premises, at which the conclusion fails: a radius of stability in the sense of sensitivity analysis.

Above, it is bounded by payoffs at which the ordinary solver confirms that the conclusion fails; below, by a proof that
no payoffs within a smaller box break it. The search doubles the box until something breaks, then narrows the
gap.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from time import monotonic, perf_counter
from typing import Any

import sympy

from analyses.claims.check import STOPPED, TOO_HARD, Setting
from analyses.claims.claim import Claim, Holds, Monotone, Unique
from analyses.claims.confirm import Broken
from analyses.claims.inequalities import Answer
from analyses.claims.judgement import judged
from games.errors import InputError, listed, quoted
from games.exact import exact, readable
from games.formulas.relations import holds_at, in_words
from games.model import Point
from games.parameters import Parameter
from games.solvers.limits import expired, remaining, time_limit
from games.tables import Cell, Table

SECONDS = 20.0

FIRST_BOX = Fraction(1, 64)
"""The distance of the first box that is searched."""

GROWTH = 2
"""How many times as large each further box is until something breaks."""

PART = 0.3
"""The part of the time left that one box may take."""

FINEST = Fraction(1, 10**9)
"""The finest precision that may be asked for."""

DIGITS = (1, 2, 3, 4, 5, 6)
"""To how many decimals a parameter that moves is rounded, if one of them will do."""

SIMPLIFYING = 2.0
"""The most seconds that go into making the payoffs of one case readable."""

MOVE = 0.2
"""Seconds for one attempt to leave a parameter where it is, or at a decimal."""


@dataclass(frozen=True, repr=False)
class FlipDistance:
    """The least change that overturns a claim's conclusion lies above or at ``lower`` and at or below ``upper``.

    Both are distances in parts of the parameters' ranges. No payoffs nearer than ``lower`` break the conclusion: that
    is proved. At ``flips``, ``upper`` away, the ordinary solver confirms that it fails; without any (both None), it is
    proved to hold wherever the ranges, assumptions and premises allow. ``settled``: the two are no further apart than
    ``precision``; else ``remarks`` say why.
    """

    claim: Claim
    at: Mapping[str, Fraction]
    lower: Fraction
    upper: Fraction | None
    flips: Mapping[str, Fraction] | None
    precision: Fraction
    settled: bool
    remarks: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)

    @property
    def moved(self) -> tuple[str, ...]:
        """The parameters that the flipping payoffs change, those changed most, in parts of their ranges, first."""
        if self.flips is None:
            return ()
        widths = {p.name: p.high - p.low for p in self.claim.parameters.values()}
        changes = {name: abs(value - self.at[name]) / (widths[name] or 1) for name, value in self.flips.items()}
        return tuple(sorted((name for name in changes if changes[name]), key=lambda name: -changes[name]))

    def findings(self) -> tuple[str, ...]:
        """The distance and the payoffs that flip the conclusion, in sentences."""
        if self.flips is None or self.upper is None:
            if self.settled:
                sentence = "No change within the ranges, assumptions and premises overturns the conclusion: proved."
            else:
                sentence = (
                    f"No change of up to {percent(self.lower)} of the ranges overturns the conclusion: proved. "
                    "Whether a greater one does was not settled."
                )
            return (sentence, *self.remarks)
        changes = "; ".join(
            f"{name} from {readable(self.at[name], 6)} to {readable(self.flips[name], 6)}" for name in self.moved
        )
        gap = f"(to within {percent(self.upper - self.lower)})" if self.settled else "(which was not settled further)"
        return (
            f"The conclusion fails once payoffs change by {percent(self.upper)} of their ranges: {changes}.",
            f"No change of less than {percent(self.lower)} overturns it: proved {gap}.",
            *self.remarks,
        )

    def table(self) -> Table:
        """One row for each parameter that the flipping payoffs change."""
        rows = []
        for name in self.moved:
            assert self.flips is not None
            parameter = self.claim.parameter(name)
            change = self.flips[name] - self.at[name]
            rows.append(
                (
                    Cell(name),
                    Cell(parameter.meaning),
                    Cell(readable(self.at[name], 6)),
                    Cell(readable(self.flips[name], 6)),
                    Cell(percent(abs(change) / (parameter.high - parameter.low))),
                )
            )
        header = ("Parameter", "Meaning", "Holds at", "Fails at", "Part of the range")
        return Table(header, tuple(rows), numeric=frozenset({2, 3, 4}), caption=self.claim.name)

    def as_json(self) -> dict[str, object]:
        """The result as plain data, numbers as exact text."""
        return {
            "claim": self.claim.name,
            "at": {name: str(value) for name, value in self.at.items()},
            "lower": str(self.lower),
            "upper": None if self.upper is None else str(self.upper),
            "flips": None if self.flips is None else {name: str(value) for name, value in self.flips.items()},
            "precision": str(self.precision),
            "settled": self.settled,
            "remarks": list(self.remarks),
        }

    def __repr__(self) -> str:
        return "\n".join(self.findings())

    def _repr_html_(self) -> str:
        from html import escape

        said = "".join(f"<p>{escape(sentence)}</p>" for sentence in self.findings())
        return self.table().html() + said if self.moved else said


def percent(value: Fraction) -> str:
    return f"{float(100 * value):.4g} %"


def flip_distance(
    claim: Claim,
    at: Mapping[str, object] | None = None,
    precision: object = "1/1000",
    seconds: float | None = SECONDS,
) -> FlipDistance:
    """The least change from the payoffs ``at`` (defaults elsewhere) that overturns the claim's conclusion.

    ``precision`` is how close the proved bound and the flipping payoffs must come, in parts of the ranges. A parameter
    whose range is a single value cannot move.

    Raises `InputError` for payoffs outside the ranges, assumptions or premises, for such at which the conclusion does
    not hold in the first place, and for a claim about a monotone dependence.
    """
    finest = exact(precision, "the precision")
    if not FINEST <= finest <= 1:
        raise InputError(f"the precision is {precision}; give a part of the ranges from {FINEST} to 1")
    if isinstance(claim.conclusion, Monotone):
        raise InputError("a claim about a monotone dependence compares two points, so it has no flip distance")
    if not claim.bounded:
        raise InputError(f"{quoted(claim.name)} lets parameters leave their ranges, by which changes are measured")
    started = perf_counter()
    with time_limit(seconds):
        start = _start(claim, at or {})
        found = _Search(claim, start, finest).found()
    return replace(found, seconds=perf_counter() - started)


def _start(claim: Claim, at: Mapping[str, object]) -> dict[sympy.Symbol, Fraction]:
    """The exact point to start from."""
    known = [parameter.name for parameter in claim.parameters.values()]
    for name in at:
        if name not in known:
            raise InputError(f"{claim.model.name} has no parameter {quoted(name)}; it has {listed(known)}")
    point = {symbol: exact(at.get(p.name, p.default), p.name) for symbol, p in claim.parameters.items()}
    for symbol, parameter in claim.parameters.items():
        if not parameter.low <= point[symbol] <= parameter.high:
            raise InputError(
                f"{parameter.name} = {readable(point[symbol])} lies outside its range {readable(parameter.low)} to "
                f"{readable(parameter.high)}; choose a value within"
            )
    for model in claim.models:
        if broken := model.broken(point):
            raise InputError(f"{model.name} assumes {broken} ({broken.reason}), which these payoffs break")
    for premise in claim.premises:
        if not holds_at(premise, point):
            raise InputError(f"the premise {in_words(premise)} does not hold at these payoffs; choose others")
    verdict = judged(claim, point)
    if verdict is None:
        raise InputError("the solver does not list all equilibria at these payoffs, so whether the conclusion holds "
                         "there is not known; choose others")  # fmt: skip
    if not verdict:
        raise InputError(f"the conclusion of {quoted(claim.name)} already fails at these payoffs; choose others")
    return point


class _Search:
    """The gap between what is proved and what is found, narrowed box by box."""

    def __init__(self, claim: Claim, start: Point, precision: Fraction) -> None:
        self.claim, self.start, self.precision = claim, start, precision
        # What the search does not use up of the precision is left for rounding the flipping payoffs.
        self.fine = precision / 2
        self.widths = {s: p.high - p.low for s, p in claim.parameters.items() if p.low < p.high}
        ends = [
            max(start[s] - claim.parameters[s].low, claim.parameters[s].high - start[s]) / width
            for s, width in self.widths.items()
        ]
        self.farthest = max(ends, default=Fraction(0))
        self.lower = Fraction(0)
        self.best: dict[sympy.Symbol, Fraction] | None = None
        self.upper = self.farthest
        self.doubts: list[str] = []

    def found(self) -> FlipDistance:
        radius = min(FIRST_BOX, self.farthest)
        undecided = self.farthest
        while not expired():
            self.doubts = []
            with time_limit(PART * remaining() if remaining() < float("inf") else None):
                unbroken = self._searched(radius)
            if unbroken:
                self.lower = max(self.lower, radius)
            elif self.doubts:
                # A box that is too hard may still have a smaller one within that is not.
                undecided = min(undecided, radius)
            top = min(self.upper, undecided)
            if self._done() or top - self.lower <= self.fine:
                break
            known = self.best is not None or undecided < self.farthest
            radius = (self.lower + top) / 2 if known else min(GROWTH * radius, self.farthest)
        return self._result()

    def _done(self) -> bool:
        if self.best is None:
            return self.lower >= self.farthest
        return self.upper - self.lower <= self.precision

    def _searched(self, radius: Fraction) -> bool:
        """Looks for flips within the radius; whether there are certainly none. What is found moves ``upper``, and what
        is excluded below it, ``lower``."""
        setting = Setting(_boxed(self.claim, self.start, radius))
        language = setting.language
        distance = language.probability()
        language.give(distance >= language.number(0), distance <= language.number(radius))
        for symbol, width in self.widths.items():
            moved = language.variable(symbol) - language.number(self.start[symbol])
            reach = language.number(width) * distance
            language.give(moved <= reach, moved >= -reach)
        broken = False
        floor = radius
        for case in setting.breaks():
            flip, proved = self._narrowed(setting, case, distance)
            if flip is None:
                continue
            broken = True
            self.best, self.upper = flip, self._distance(flip)
            floor = min(floor, proved)
            language.give(distance <= language.number(max(self.upper - self.fine, Fraction(0))))
        if expired():
            setting.doubts.append(STOPPED)
        self.doubts += setting.doubts
        if broken and not setting.doubts and self._each_case_apart():
            self.lower = max(self.lower, min(floor, self.upper - self.fine))
        return not broken and not setting.doubts

    def _each_case_apart(self) -> bool:
        """Whether what breaks the claim is asked candidate by candidate, so that each can be narrowed down alone."""
        conclusion = self.claim.conclusion
        return isinstance(conclusion, Unique) or (isinstance(conclusion, Holds) and self.claim.every)

    def _narrowed(
        self, setting: Setting, case: Broken, distance: Any
    ) -> tuple[dict[sympy.Symbol, Fraction] | None, Fraction]:
        """A confirmed flip in this case, as near as the precision asks, and the distance up to which it has none."""
        language = setting.language
        low, point = self.lower, self._point(language, case.answer)
        if language.multiplied_out and not setting.doubts:
            setting.doubts.append(TOO_HARD)
        # Where inequalities are hard, a smaller box makes them easier; a mere bound on the distance does not.
        while not setting.doubts and point is not None and low < self._distance(point) - self.fine:
            middle = (low + self._distance(point)) / 2
            answer = language.ask(*case.formulas, distance <= language.number(middle))
            if answer.is_no:
                low = middle
                continue
            nearer = self._point(language, answer) if answer.is_yes else None
            if nearer is None:
                setting.doubts.append(STOPPED if expired() else TOO_HARD)
                break
            point = nearer
        if point is None:
            setting.doubts.append("a case holds only at irrational values, which were not verified exactly")
            return None, low
        for flip in (self._simplified(language, case, distance, point, low), point):
            if self._flips(flip):
                return flip, low
        setting.doubts.append("payoffs were found that the equilibrium solver does not confirm to flip the conclusion")
        return None, low

    def _simplified(
        self, language: Any, case: Broken, distance: Any, point: dict[sympy.Symbol, Fraction], proved: Fraction
    ) -> dict[sympy.Symbol, Fraction]:
        """The flip with as many parameters as possible left where they are, the others at short decimals.

        It may move away as far as the precision allows from the distance ``proved`` to have none.
        """
        fixed = [distance <= language.number(max(self._distance(point), proved + self.precision))]
        until = monotonic() + SIMPLIFYING
        for symbol, values in self._simpler(point):
            variable = language.variable(symbol)
            for value in values:
                there = variable == language.number(value)
                if point[symbol] != value:
                    if monotonic() > until:
                        break
                    answer = language.ask(*case.formulas, *fixed, there, most_seconds=MOVE)
                    moved = self._point(language, answer) if answer.is_yes else None
                    if moved is None:
                        continue
                    point = moved
                fixed.append(there)
                break
        return point

    def _polished(self) -> None:
        """Leaves more parameters where they are, one at a time, as far as the solver says that the conclusion fails."""
        assert self.best is not None
        until = monotonic() + SIMPLIFYING
        for symbol, values in self._simpler(self.best):
            for value in values:
                point = {**self.best, symbol: value}
                if value == self.best[symbol] or monotonic() > until or expired():
                    break
                if self._distance(point) <= max(self.upper, self.lower + self.precision) and self._flips(point):
                    self.best, self.upper = point, self._distance(point)
                    break

    def _simpler(self, point: Point) -> Iterator[tuple[sympy.Symbol, Sequence[Fraction]]]:
        """Parameters and simpler values to try: first where each was, then short decimals near where it is."""
        for symbol in self.widths:
            yield symbol, (self.start[symbol],)
        for symbol in self.widths:
            if point[symbol] != self.start[symbol]:
                yield symbol, [round(point[symbol], digits) for digits in DIGITS]

    def _point(self, language: Any, answer: Answer) -> dict[sympy.Symbol, Fraction] | None:
        """The exact payoffs found; None if some are irrational."""
        point = {}
        for symbol in self.claim.parameters:
            value = answer.value(language.variable(symbol))
            if value is None:
                return None
            point[symbol] = value
        return point

    def _flips(self, point: Point) -> bool:
        """Whether the premises hold at these payoffs and the ordinary solver says that the conclusion fails."""
        allowed = all(holds_at(premise, point) for premise in self.claim.premises) and not any(
            model.broken(point) for model in self.claim.models
        )
        return allowed and judged(self.claim, point) is False

    def _distance(self, point: Point) -> Fraction:
        return max((abs(point[s] - self.start[s]) / width for s, width in self.widths.items()), default=Fraction(0))

    def _result(self) -> FlipDistance:
        if self.best is not None:
            self._polished()
        settled = self._done()
        remarks = () if settled else tuple(dict.fromkeys(self.doubts or [STOPPED]))
        return FlipDistance(
            self.claim,
            {symbol.name: value for symbol, value in self.start.items()},
            self.lower,
            None if self.best is None else self.upper,
            None if self.best is None else {symbol.name: value for symbol, value in self.best.items()},
            self.precision,
            settled,
            tuple(f"Left open: {remark}." for remark in remarks),
        )


def _boxed(claim: Claim, start: Point, radius: Fraction) -> Claim:
    """The claim with every range cut down to the box of this radius around ``start``."""
    models = []
    for model in claim.models:
        parameters = []
        for parameter in model.parameters:
            reach = radius * (parameter.high - parameter.low)
            middle = start[parameter.symbol]
            low, high = max(parameter.low, middle - reach), min(parameter.high, middle + reach)
            p = parameter
            parameters.append(Parameter(p.symbol, p.meaning, middle, low, high, p.unit, p.source))
        models.append(replace(model, parameters=tuple(parameters)))
    return replace(claim, model=models[0], also=tuple(models[1:]))
