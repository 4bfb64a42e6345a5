"""What is found along one parameter, for a reader: sentences, a table, plain data, CSV."""

import csv
from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import escape
from io import StringIO
from typing import TYPE_CHECKING

from analyses.maps.exact_lines import Place, inner_ends, written
from analyses.maps.words import broken, check_points, in_csv, joined, plain_number, promises
from analyses.solution.report import glosses, opened
from analyses.writing import no_formula
from games.exact import readable
from games.formulas.values import evaluate
from games.roots import Real
from games.tables import Cell, Table

if TYPE_CHECKING:
    from analyses.maps.along import Along, Branch, Cut, Interval
    from analyses.maps.naming import Followed

CSV_HEADER = (
    "branch",
    "equilibrium",
    "value",
    "exact value",
    "quantity",
    "least",
    "greatest",
    "exact least",
    "exact greatest",
    "formula",
)
UNKNOWN = "bounds not worked out"


def findings(of: "Along") -> tuple[str, ...]:
    """How much there is, how far it is proved, where each equilibrium exists, and what changes at each cut."""
    return (*_promises(of), *(_sentence(of, branch) for branch in of.branches), *(_change(of, cut) for cut in of.cuts))


def _promises(of: "Along") -> Iterator[str]:
    where = f"{of.name} from {readable(of.low)} to {readable(of.high)}"
    yield from promises(of.solution, where, len(of.lasting), len(of.branches) - len(of.lasting), "at single values")
    if [(each.low, each.high) for each in of.admissible] != [(of.low, of.high)]:
        yield f"Assumptions and premises allow {_where(of, of.admissible)}."
    if of.uncovered:
        yield f"{'There is none' if of.complete else 'None was found'} for {_where(of, of.uncovered)}."
    yield from of.solution.remarks


def _where(of: "Along", intervals: "Sequence[Interval]") -> str:
    return joined([interval.said(of.name) for interval in intervals])


def _sentence(of: "Along", branch: "Branch") -> str:
    """Where a branch exists, and what is played and paid there."""
    told = "; ".join([*_mixing(of, branch), *_choices(of, branch), *_payoffs(of, branch)])
    place = "at" if branch.at_ties else "for"
    return f"{branch.number}. “{branch.name}” exists {place} {_where(of, branch.intervals)}; there {told}."


def _mixing(of: "Along", branch: "Branch") -> Iterator[str]:
    """Who mixes, and how; what is played for certain is in the name."""
    for place, own in branch.region.strategies.items():
        mixed = [choice for choice, weight in own.items() if weight not in (0, 1)]
        each = [f"{choice} with probability {_told(of, branch, branch.probability(place, choice))}" for choice in mixed]
        if each:
            yield f"{place} plays {joined(each)}"
    if not branch.at_ties:
        yield from map(opened, branch.region.open)


def _choices(of: "Along", branch: "Branch") -> Iterator[str]:
    for each in branch.followed:
        if each.kind == "choice":
            yield f"{each.whose} chooses {_told(of, branch, each)}"


def _payoffs(of: "Along", branch: "Branch") -> Iterator[str]:
    paid = [f"{_told(of, branch, each)} to {each.whose}" for each in branch.followed if each.kind == "payoff"]
    if paid:
        yield f"it pays {joined(paid)}"


def _told(of: "Along", branch: "Branch", each: "Followed") -> str:
    """A number where it is one, a range at a single value, else the formula with what it is at the ends."""
    if not branch.at_ties and not each.curve.formula.free_symbols:
        return readable(evaluate(each.curve.formula, {}))
    if branch.at_ties and len(branch.intervals) == 1:
        return _shown(each, {of.name: branch.intervals[0].low})
    if each.kind != "probability" or each.curve.is_band or len(branch.intervals) > 1:
        return str(each.curve.formula)
    (interval,) = branch.intervals
    ends = [_shown(each, {of.name: end}) for end in (interval.low, interval.high)]
    return f"{each.curve.formula} (from {ends[0]} to {ends[1]})"


def _shown(each: "Followed", place: Place) -> str:
    """What a quantity is at an exact place."""
    found = each.curve.at(place)
    if found is None:
        return UNKNOWN if each.curve.is_band else "no value"
    low, high = map(written, found)
    return low if low == high else f"anything from {low} to {high}"


def _change(of: "Along", cut: "Cut") -> str:
    """Which of the equilibria that were found exist on either side of a cut."""
    sides = [("below it", cut.below), ("there", cut.there), ("above it", cut.above)]
    told = [f"{where} {_numbers(numbers)}" for where, numbers in sides if numbers is not None]
    return f"At {of.name} = {cut.written}: {', '.join(told)}."


def _numbers(numbers: Sequence[int]) -> str:
    return joined([str(number) for number in numbers]) if numbers else "none"


def table(of: "Along") -> Table:
    """One row for each branch."""
    rows = tuple(
        (
            Cell(str(branch.number)),
            Cell(branch.name),
            Cell(_where(of, branch.intervals)),
            Cell("; ".join([*_mixing(of, branch), *_choices(of, branch)])),
            Cell("; ".join(_payoffs(of, branch)).removeprefix("it pays ")),
        )
        for branch in of.branches
    )
    return Table(("", "Equilibrium", "Exists", "Mixing", "Payoffs"), rows, caption=of.model.title)


def text(of: "Along") -> str:
    """The findings, broken into lines, and what the axis stands for."""
    return "\n".join([*map(broken, findings(of)), *glosses(of.model, [of.name])])


def html(of: "Along") -> str:
    return table(of).html() + f"<p>{escape(' '.join(_promises(of)))}</p>"


def plain(of: "Along") -> dict[str, object]:
    """Everything as plain data; exact numbers and formulas as text."""
    return {
        "model": of.model.name,
        "concept": of.solution.posed.concept.name,
        "parameter": of.name,
        "range": [str(of.low), str(of.high)],
        "fixed": {s.name: str(value) for s, value in of.solution.point.items() if s.name != of.name},
        "complete": of.complete,
        "remarks": [*of.doubts, *of.solution.remarks],
        "admissible": list(map(_plain_interval, of.admissible)),
        "uncovered": list(map(_plain_interval, of.uncovered)),
        "cuts": [
            {
                "value": plain_number(cut.value),
                "below": None if cut.below is None else list(cut.below),
                "there": list(cut.there),
                "above": None if cut.above is None else list(cut.above),
            }
            for cut in of.cuts
        ],
        "branches": [_plain_branch(branch) for branch in of.branches],
    }


def _plain_interval(interval: "Interval") -> dict[str, object]:
    return {
        "low": plain_number(interval.low),
        "high": plain_number(interval.high),
        "has_low": interval.has_low,
        "has_high": interval.has_high,
    }


def _plain_branch(branch: "Branch") -> dict[str, object]:
    return {
        "number": branch.number,
        "name": branch.name,
        "played": branch.region.played,
        "at_ties": branch.at_ties,
        "intervals": list(map(_plain_interval, branch.intervals)),
        "quantities": [
            {
                "kind": each.kind,
                "of": each.whose,
                "what": each.what,
                "formula": str(each.curve.formula),
                "band": each.curve.is_band,
            }
            for each in branch.followed
        ],
        "open": [opened(each) for each in branch.region.open],
    }


def csv_text(of: "Along", points: int) -> str:
    """The curves in rows: for each branch its exact ends, and ``points`` values inside each of its intervals."""
    check_points(points, 0, "inside each interval")
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_HEADER)
    for branch in of.branches:
        for interval in branch.intervals:
            for number in values_in(interval, points):
                writer.writerows(_rows(of, branch, number))
    return text.getvalue()


def values_in(interval: "Interval", points: int) -> Iterator[Real]:
    """The ends that an interval has, and as many values inside."""
    if interval.has_low:
        yield interval.low
    if interval.is_point:
        return
    low, high = inner_ends(interval.low, interval.high)
    yield from (low + (high - low) * Fraction(k, points + 1) for k in range(1, points + 1))
    if interval.has_high:
        yield interval.high


def _rows(of: "Along", branch: "Branch", number: Real) -> Iterator[list[object]]:
    for each in branch.followed:
        found = each.curve.at({of.name: number})
        ends: list[object] = [""] * 4 if found is None else [*map(float, found), *map(in_csv, found)]
        said = [no_formula(word) for word in (branch.name, each.label, str(each.curve.formula))]
        yield [branch.number, said[0], float(number), in_csv(number), said[1], *ends, said[2]]
