"""A solution for a reader: which region, where, what is played there, and what it pays."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from html import escape
from textwrap import fill
from typing import TYPE_CHECKING

import sympy

from analyses.proof.implicants import Conjunction
from analyses.solution.wording import Names
from games.errors import listed
from games.exact import amount, readable
from games.formulas.relations import SIGNS
from games.tables import Cell, Table
from games.terms import Sign

if TYPE_CHECKING:
    from analyses.solution.regions import Between, Region, Solution
    from games.model import Model

WIDTH = 100
MOST_SHOWN = 6
"""The most alternatives of a region that are written out; plain data has all of them."""

EVERYWHERE = "all admissible values"

FEW_FREE = 3
"""Up to so many free parameters the report says which regions meet."""


def findings(of: "Solution") -> tuple[str, ...]:
    """How many regions there are, and what is proved of them."""
    return (_counted(of), *_promises(of))


def _counted(of: "Solution") -> str:
    thick = [region for region in of.regions if not region.at_ties]
    ties = len(of.regions) - len(thick)
    kind = "in pure strategies " if of.of_plays else ""
    count = amount(len(thick), "region")
    more = f", and {ties} more where payoffs tie" if ties else ""
    nouns = of.posed.concept.noun[1]
    return (
        f"{of.model.title}: {of.posed.concept.title} {nouns} {kind}with {listed(of.free)} free have {count}{more}."
        if of.regions
        else f"{of.model.title}: no {of.posed.concept.title} {nouns} {kind}were found with {listed(of.free)} free."
    )


def _promises(of: "Solution") -> Iterator[str]:
    each = "play" if of.of_plays else "case"
    if of.complete:
        yield (
            f"Complete, and proved: in its region a {each} is an equilibrium, outside of it, it is none, and there are "
            "no others."
        )
    else:
        yield f"Not complete: {'; '.join(of.doubts)}. The regions that are listed are right as far as they go."
    if of.covers is not None:
        yield (
            "At all admissible values there is one."
            if of.covers
            else "There are admissible values at which there is none."
        )
    yield from of.remarks
    if of.shares is not None:
        yield f"Shares are those of the admissible values, {of.shares.method}."


def text(of: "Solution") -> str:
    """The whole as text."""
    lines = [fill(line, WIDTH) for line in findings(of)]
    for number, region in enumerate(of.regions, start=1):
        lines += ["", *_region(of, number, region)]
    spoken = {name for region in of.regions for each in region.alternatives for part in each for name in part.of.names}
    lines += ["", *glosses(of.model, spoken)]
    return "\n".join(lines).rstrip()


def glosses(model: "Model", names: Iterable[str]) -> Iterator[str]:
    """What these parameters stand for, indented as below the sentences that name them."""
    return (fill(line, WIDTH, initial_indent="  ", subsequent_indent="    ") for line in model.meanings(names))


def _region(of: "Solution", number: int, region: "Region") -> Iterator[str]:
    lead = f"{number}. "
    indent = " " * len(lead)
    yield fill(f"{region.played}{share(of, number)}", WIDTH, initial_indent=lead, subsequent_indent=indent)
    said = conditions(of.names, region)
    if len(said) == 1:
        lead = "at" if said[0] == EVERYWHERE else "where"
        yield fill(f"{lead} {said[0]}", WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")
    else:
        yield f"{indent}under {len(said)} conditions, any of which is enough:"
        for one in said[:MOST_SHOWN]:
            yield fill(f"- {one}", WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")
        if len(said) > MOST_SHOWN:
            yield f"{indent}- and {len(said) - MOST_SHOWN} more (all of them with --format json)"
    for line in (*mixtures(region), *chosen(region), payoffs(region), *map(opened, region.open)):
        yield fill(line, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")
    if len(of.free) <= FEW_FREE and of.neighbours[number - 1]:
        yield f"{indent}overlaps with or borders on {listed(map(str, of.neighbours[number - 1]))}"


def share(of: "Solution", number: int) -> str:
    """The share of a region in brackets; nothing where it is not known, or where payoffs tie."""
    if of.regions[number - 1].at_ties:
        return " (where payoffs tie)"
    if of.shares is None:
        return ""
    value, (low, high) = of.shares.values[number - 1], of.shares.intervals[number - 1]
    if isinstance(value, Fraction):
        return f" ({float(100 * value):.1f} %)"
    return f" ({float(100 * value):.1f} %, {float(100 * low):.1f} to {float(100 * high):.1f} %)"


def conditions(names: Names, region: "Region") -> list[str]:
    """The alternatives in words, short ones first."""
    found = [sentence(names, each) for each in sorted(region.alternatives, key=lambda each: (len(each), str(each)))]
    return list(dict.fromkeys(found))


def sentence(names: Names, conjunction: Conjunction) -> str:
    """What holds together: a parameter alone within an interval, all else as more than something."""
    alone: dict[str, list[tuple[str, Fraction]]] = {}
    others = []
    for part in conjunction:
        bound = _bound(part)
        if bound is None:
            others.append(names.said(part))
        else:
            alone.setdefault(bound[0], []).append(bound[1:])
    intervals = [_interval(name, ends) for name, ends in sorted(alone.items())]
    return " and ".join([*intervals, *sorted(others)]) or EVERYWHERE


def _bound(part: Sign) -> tuple[str, str, Fraction] | None:
    """A condition on one parameter alone, linear in it: how it stands to a number."""
    linear = [monomial for monomial in part.of.terms if monomial]
    if len(linear) != 1 or len(linear[0]) != 1:
        return None
    factor = part.of.terms[linear[0]]
    at = -Fraction(part.of.terms.get((), 0)) / factor
    return linear[0][0], SIGNS[part.op if factor > 0 else SIGNS[part.op].mirrored].shown, at


def _interval(name: str, ends: Sequence[tuple[str, Fraction]]) -> str:
    below = [(at, op) for op, at in ends if op in (">", "≥")]
    above = [(at, op) for op, at in ends if op in ("<", "≤")]
    rest = [f"{name} {op} {readable(at)}" for op, at in ends if op in ("=", "≠")]
    if len(below) == 1 and len(above) == 1:
        (low, first), (high, second) = below[0], above[0]
        words = f"{readable(low)} {'<' if first == '>' else '≤'} {name} {second} {readable(high)}"
        return " and ".join([f"{name} = {readable(low)}" if low == high else words, *rest])
    return " and ".join([*(f"{name} {op} {readable(at)}" for at, op in (*below, *above)), *rest])


def mixtures(region: "Region") -> Iterator[str]:
    """How a player mixes, with probabilities as formulas; pure play is told by the region's name."""
    for place, own in region.strategies.items():
        support = {choice: weight for choice, weight in own.items() if weight != 0}
        if len(support) > 1:
            yield f"{place}: {', '.join(f'{choice} with {weight}' for choice, weight in support.items())}"


def chosen(region: "Region") -> Iterator[str]:
    """What is chosen where choices are numbers."""
    if region.numbers:
        yield "chosen: " + ", ".join(f"{player} {formula}" for player, formula in region.numbers.items())


def payoffs(region: "Region") -> str:
    return "payoffs: " + ", ".join(f"{player} {formula}" for player, formula in region.payoffs.items())


def opened(each: "Between") -> str:
    """What may have any value between bounds."""
    low = str(each.low[0]) if len(each.low) == 1 else f"the greatest of {', '.join(map(str, each.low))}"
    high = str(each.high[0]) if len(each.high) == 1 else f"the least of {', '.join(map(str, each.high))}"
    return f"any {each.symbol} from {low} to {high}, the {each.quantity}"


def table(of: "Solution") -> Table:
    """One row for each region."""
    rows = tuple(
        (
            Cell(str(number)),
            Cell(region.played),
            Cell(" or ".join(conditions(of.names, region)[:MOST_SHOWN])),
            Cell(
                "; ".join(
                    [
                        *mixtures(region),
                        *chosen(region),
                        *(f"{player} {formula}" for player, formula in region.payoffs.items()),
                    ]
                )
            ),
            Cell(share(of, number).strip(" ()")),
        )
        for number, region in enumerate(of.regions, start=1)
    )
    return Table(("", "Played", "Where", "Probabilities and payoffs", "Share"), rows, caption=of.model.title)


def html(of: "Solution") -> str:
    return table(of).html() + f"<p>{escape(' '.join(findings(of)))}</p>"


def plain(of: "Solution") -> dict[str, object]:
    """The result as plain data; formulas and exact numbers as text."""
    return {
        "model": of.model.name,
        "concept": of.posed.concept.name,
        "free": list(of.free),
        "fixed": {symbol.name: str(value) for symbol, value in of.point.items() if symbol.name not in of.free},
        "complete": of.complete,
        "covers": of.covers,
        "remarks": [*of.doubts, *of.remarks],
        "shares": None if of.shares is None else of.shares.method,
        "regions": [_plain_region(of, number, region) for number, region in enumerate(of.regions, start=1)],
    }


def _plain_region(of: "Solution", number: int, region: "Region") -> dict[str, object]:
    value = None if of.shares is None else of.shares.values[number - 1]
    return {
        "number": number,
        "played": region.played,
        "at_ties": region.at_ties,
        "conditions": conditions(of.names, region),
        "strategies": {place: _shown(own) for place, own in region.strategies.items()},
        "numbers": _shown(region.numbers),
        "payoffs": _shown(region.payoffs),
        "open": [
            {
                "symbol": str(e.symbol),
                "quantity": e.quantity,
                "low": list(map(str, e.low)),
                "high": list(map(str, e.high)),
            }
            for e in region.open
        ],
        "share": str(value) if isinstance(value, Fraction) else value,
    }


def _shown(formulas: Mapping[str, sympy.Expr]) -> dict[str, str]:
    return {name: str(formula) for name, formula in formulas.items()}
