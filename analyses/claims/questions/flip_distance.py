"""How far payoffs must move before a claim's conclusion fails.

From payoffs at which the conclusion holds, the distance to others is the largest change of any parameter, each measured
in parts of its range (the weighted Chebyshev distance). The flip distance is the least distance, within the ranges,
assumptions and premises, at which the conclusion fails: a radius of stability in the sense of sensitivity analysis.

The distance is one more variable of the questions that prove claims: no parameter moves by more. Above, the flip
distance is bounded by payoffs at which the ordinary solvers and the independent checks confirm that the conclusion
fails; below, by a proof that nothing within a smaller distance breaks it. The search doubles the distance until
something breaks, then narrows the gap.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import inf
from time import perf_counter

from analyses.claims.check import Proof
from analyses.claims.claim import Claim, check_is_claim
from analyses.claims.confirm import IRRATIONAL, by_symbol, verified
from analyses.claims.setting import Setting
from analyses.claims.verdicts import Refuted
from analyses.proof.questions import BRIEF, STOPPED, Answer, Effort
from analyses.proof.relaxation import Ends
from analyses.proof.solver import StuckError
from games.errors import InputError, listed, quoted
from games.exact import exact, readable
from games.formulas.relations import holds_at, in_words
from games.solvers.limits import OutOfTimeError, expired, remaining, time_limit
from games.tables import Cell, Table, Tabular
from games.terms import Condition, Poly, at_least, equal, var

FIRST_BOX = Fraction(1, 64)
"""The distance that is looked at first."""

GROWTH = 2
"""How many times as far each further look reaches until something breaks."""

FINEST = Fraction(1, 10**9)
"""The finest precision that may be asked for."""

DIGITS = (1, 2, 3, 4, 5, 6)
"""To how many decimals a parameter that moves is rounded, if one of them will do."""

LOOK = Effort(linear=50_000_000, nonlinear=400_000, core=20_000, cases=500, hard=5)
"""What one look may cost; there are as many as halve the gap to the precision, and a distance too hard is halved."""

MOST_CONFIRMED = 4
"""The most flips, from the nearest on, that are put to the ordinary solvers."""

DISTANCE = "[distance]"
"""The variable; no parameter has a bracket in its name."""

UNCONFIRMED = "payoffs were found that the equilibrium solver does not confirm to flip the conclusion"


@dataclass(frozen=True, repr=False)
class FlipDistance(Tabular):
    """The least change that overturns a claim's conclusion lies above or at ``lower`` and at or below ``upper``.

    Both are distances in parts of the parameters' ranges. No payoffs nearer than ``lower`` break the conclusion: that
    is proved. At ``flips``, ``upper`` away, the ordinary solver confirms that it fails; without any (both None), it is
    proved to hold wherever the ranges, assumptions and premises allow. ``settled``: the two are no further apart than
    ``precision``; else ``remarks`` say why.

    >>> from analyses.claims import Claim, always, flip_distance
    >>> from games.catalog import load
    >>> claim = Claim("all", "It gives in.", load("conflict-expectations"), always(("Demand", "Concede")))
    >>> found = flip_distance(claim)
    >>> sorted(found.flips), found.lower <= found.upper
    (['D', 'beta', 'c_s', 'c_t'], True)
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
    seconds: float | None = None,
) -> FlipDistance:
    """The least change from the payoffs ``at`` (defaults elsewhere) that overturns the claim's conclusion.

    ``precision`` is how close the proved bound and the flipping payoffs must come, in parts of the ranges. A parameter
    whose range is a single value cannot move. The work is bounded in steps; with a time limit in ``seconds`` the search
    may be cut, and then says so.

    >>> from analyses.claims import Claim, always, flip_distance
    >>> from games.catalog import load
    >>> claim = Claim("all", "It gives in.", load("conflict-expectations"), always(("Demand", "Concede")))
    >>> found = flip_distance(claim)
    >>> found.settled, round(float(found.upper), 3)
    (True, 0.028)

    Raises `InputError` for payoffs outside the ranges, assumptions or premises, for such at which the conclusion does
    not hold in the first place, and for a claim about a monotone dependence.
    """
    check_is_claim(claim)
    finest = exact(precision, "the precision")
    if not FINEST <= finest <= 1:
        raise InputError(f"the precision is {precision}; give a part of the ranges from {FINEST} to 1")
    if claim.conclusion.compares_payoffs:
        raise InputError("a claim about a monotone dependence compares two points, so it has no flip distance")
    if not claim.bounded:
        raise InputError(f"{quoted(claim.name)} lets parameters leave their ranges, by which changes are measured")
    started = perf_counter()
    with time_limit(seconds):
        found = _Search(claim, _start(claim, at or {}), finest).found()
    return replace(found, seconds=perf_counter() - started)


def _start(claim: Claim, at: Mapping[str, object]) -> dict[str, Fraction]:
    """The exact point to start from, which the claim is about."""
    known = {parameter.name: parameter for parameter in claim.parameters.values()}
    for name in at:
        if name not in known:
            raise InputError(f"{claim.model.name} has no parameter {quoted(name)}; it has {listed(known)}")
    point = {name: exact(at.get(name, parameter.default), name) for name, parameter in known.items()}
    for name, parameter in known.items():
        if not parameter.low <= point[name] <= parameter.high:
            raise InputError(
                f"{name} = {readable(point[name])} lies outside its range {readable(parameter.low)} to "
                f"{readable(parameter.high)}; choose a value within"
            )
    values = by_symbol(claim, point)
    for model in claim.models:
        if broken := model.broken(values):
            raise InputError(f"{model.name} assumes {broken} ({broken.reason}), which these payoffs break")
        model.game_at(values)
    for premise in claim.premises:
        if not holds_at(premise, values):
            raise InputError(f"the premise {in_words(premise)} does not hold at these payoffs; choose others")
    return point


class _Search:
    """The gap between what is proved and what is found, narrowed look by look."""

    def __init__(self, claim: Claim, start: Mapping[str, Fraction], precision: Fraction) -> None:
        self.claim, self.start, self.precision = claim, dict(start), precision
        # What the search does not use up of the precision is left for rounding the flipping payoffs.
        self.fine = precision / 2
        parameters = claim.parameters.values()
        self.widths = {p.name: p.high - p.low for p in parameters if p.low < p.high}
        self.ranges = {p.name: (p.low, p.high) for p in parameters}
        ends = [
            max(start[name] - self.ranges[name][0], self.ranges[name][1] - start[name]) / width
            for name, width in self.widths.items()
        ]
        self.farthest = max(ends, default=Fraction(0))
        self.lower = Fraction(0)
        self.broken_at: Fraction | None = None
        self.undecided: Fraction | None = None
        self.flips: list[dict[str, Fraction]] = []
        self.sure: dict[str, Fraction] | None = None
        self.doubts: list[str] = []
        self.proof: Proof | None = None
        self.reach = self.farthest
        self.regions: list[tuple[Fraction, Condition]] = []

    def found(self) -> FlipDistance:
        try:
            self.setting = Setting(self.claim)
            self._check_start()
            self._narrow()
            self._confirm()
        except (StuckError, OutOfTimeError):
            self.doubts.append(STOPPED)
        flip = self.sure
        upper = None if flip is None else self._distance(flip)
        settled = self.lower >= self.farthest if upper is None else upper - self.lower <= self.precision
        if expired():
            self.doubts.append(STOPPED)
        remarks = () if settled else tuple(dict.fromkeys(self.doubts))
        return FlipDistance(
            self.claim,
            dict(self.start),
            self.lower,
            upper,
            flip,
            self.precision,
            settled,
            tuple(f"Left open: {remark}." for remark in remarks),
        )

    def _check_start(self) -> None:
        """Raises `InputError` unless the claim holds at the start, by its cases at these exact payoffs."""
        if self.claim.conclusion.follows_from_existence and self.setting.claim.exists_because:
            return
        whole = self.setting.whole(self.start)
        assert whole is not None, "payoffs that a game has are defined"
        fails = Proof(self.setting).fails_at(whole)
        if fails:
            raise InputError(
                f"the conclusion of {quoted(self.claim.name)} already fails at these payoffs; choose others with at="
            )
        if fails is None and not expired():
            raise InputError(
                "whether the conclusion holds at these payoffs is too hard to find out exactly; choose others"
            )

    def _narrow(self) -> None:
        """Looks ever farther until something breaks or is too hard, then half-way to what is proved."""
        radius = min(FIRST_BOX, self.farthest)
        while not expired():
            self._look(radius)
            ends = [end for end in (self.broken_at, self.undecided) if end is not None]
            if self.lower >= self.farthest or (ends and min(ends) - self.lower <= self.fine):
                return
            radius = (self.lower + min(ends)) / 2 if ends else min(GROWTH * radius, self.farthest)

    def _look(self, radius: Fraction) -> None:
        """Whether anything within the distance breaks the claim."""
        answer = self._proof(radius).broken(at_least(radius, var(DISTANCE)), effort=LOOK)
        if answer.is_no:
            self.lower = radius
        elif answer.is_unknown:
            # What is too hard within this distance may not be so within a smaller one.
            self.undecided = radius
            self.doubts.append(answer.because)
        else:
            point = self._point(answer) or self._elsewhere(radius)
            if point is None:
                self.doubts.append(IRRATIONAL)
                self.broken_at = radius
            else:
                self.flips.append(point)
                self.broken_at = min(radius, self._distance(point))
                # Whatever is cut later, the first one found is confirmed; with little time, each.
                if (self.sure is None or remaining() < inf) and self._flips(point):
                    self.sure = point

    def _proof(self, radius: Fraction) -> Proof:
        """The questions about payoffs within the distance.

        One lot serves for all distances, unless products stand in it, which are the closer to what they multiply the
        smaller the ranges are. Regions of payoffs that keep the conclusion are not looked for twice.
        """
        old = self.proof
        if old is not None and radius <= self.reach and not (old.questions.relaxed.products and radius < self.reach):
            return old
        if old is not None and old.cover is not None:
            known = {region for _, region in self.regions}
            self.regions += [(self.reach, region) for region in old.cover.regions if region not in known]
        self.reach = self.farthest if old is None else radius
        self.proof = Proof(self.setting.within({name: self._ends(name, self.reach) for name in self.widths}))
        distance = self.proof.questions.variable(DISTANCE, (0, self.reach))
        for name, width in self.widths.items():
            moved: Poly = var(name) - self.start[name]
            self.proof.questions.give(at_least(width * distance, moved), at_least(width * distance, -moved))
        if self.proof.cover is not None:
            # A region was found within its ranges, and need not keep the conclusion beyond them.
            self.proof.cover.leave_out(*(region for reach, region in self.regions if reach >= self.reach))
        return self.proof

    def _ends(self, name: str, radius: Fraction) -> Ends:
        low, high = self.ranges[name]
        reach = radius * self.widths[name]
        return max(low, self.start[name] - reach), min(high, self.start[name] + reach)

    def _point(self, answer: Answer) -> dict[str, Fraction] | None:
        """The exact payoffs found; None if there are none, or some are irrational."""
        return answer.point(list(self.start)) if answer.is_yes else None

    def _elsewhere(self, radius: Fraction) -> dict[str, Fraction] | None:
        """Payoffs that break the claim, parameter by parameter where each was, if what was found is irrational."""
        kept: list[Condition] = [at_least(radius, var(DISTANCE))]
        for name in self.widths:
            there = equal(var(name), self.start[name])
            answer = self._proof(radius).broken(*kept, there, effort=BRIEF)
            if answer.is_yes:
                kept.append(there)
                if (point := self._point(answer)) is not None:
                    return point
        return None

    def _confirm(self) -> None:
        """Finds the nearest flip that is confirmed, made readable."""
        nearest = sorted(self.flips, key=self._distance)[:MOST_CONFIRMED]
        for point in nearest:
            for flip in (self._simplified(point), point):
                if flip == self.sure or self._flips(flip):
                    self.sure = flip
                    return
            self.doubts.append(UNCONFIRMED)

    def _flips(self, point: Mapping[str, Fraction]) -> bool:
        """Whether the ordinary solvers and the independent checks confirm that the claim fails there."""
        return isinstance(verified(self.setting, point, {}, ""), Refuted)

    def _simplified(self, point: dict[str, Fraction]) -> dict[str, Fraction]:
        """The flip with as many parameters as possible left where they are, the others at short decimals.

        It may move away as far as the precision allows from the distance that is proved to have none.
        """
        reach = min(max(self._distance(point), self.lower + self.precision), self.farthest)
        kept: list[Condition] = [at_least(reach, var(DISTANCE))]
        for simpler in (self._where_it_was, self._at_decimals):
            for name in self.widths:
                for value in simpler(name, point[name]):
                    there = equal(var(name), value)
                    if point[name] != value:
                        if expired():
                            return point
                        moved = self._point(self._proof(reach).broken(*kept, there, effort=BRIEF))
                        if moved is None:
                            continue
                        point = moved
                    kept.append(there)
                    break
        return point

    def _where_it_was(self, name: str, value: Fraction) -> Sequence[Fraction]:
        return [self.start[name]]

    def _at_decimals(self, name: str, value: Fraction) -> Sequence[Fraction]:
        return [] if value == self.start[name] else [round(value, digits) for digits in DIGITS]

    def _distance(self, point: Mapping[str, Fraction]) -> Fraction:
        return max(
            (abs(point[name] - self.start[name]) / width for name, width in self.widths.items()), default=Fraction(0)
        )
