"""What the findings along a line and over a plane say in the same words, and how they write numbers as data."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from textwrap import fill

from analyses.maps.exact_lines import written
from analyses.solution import Solution
from analyses.solution.report import WIDTH
from analyses.writing import no_formula
from games.errors import InputError, check_kind
from games.roots import Real

MOST_POINTS = 10_000


def joined(parts: Sequence[str]) -> str:
    """The parts in a sentence, with "and" before the last."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def promises(of: Solution, where: str, lasting: int, ties: int, tied: str) -> Iterator[str]:
    """How many equilibria there are ``where``, so many of them ``tied``, and how far that is proved."""
    concept = of.posed.concept
    told = lasting or ties
    kind = f"{concept.title} {concept.noun[told != 1]}{' in pure strategies' if of.of_plays else ''}"
    more = f", and {ties} more {tied}" if lasting and ties else f", {tied} alone" if ties else ""
    yield f"{of.model.title}, {where}: {told} {kind}{more}."
    if of.complete:
        yield "Complete, and proved: each exists where it says and nowhere else, and there are no others."
    else:
        yield f"Not complete: {'; '.join(of.doubts)}. What is listed is right as far as it goes."


def broken(sentence: str) -> str:
    """A sentence over several lines; below its number, if it begins with one."""
    return fill(sentence, WIDTH, subsequent_indent="   " if sentence[:1].isdigit() else "")


def plain_number(number: Real) -> dict[str, object]:
    """An exact number as text, and the nearest float."""
    return {"exact": plain(number), "near": float(number)}


def plain(number: Real) -> str:
    """An exact number as text to be read back where it is rational."""
    return str(number) if isinstance(number, Fraction) else written(number)


def in_csv(number: Real) -> str:
    """The same for a spreadsheet."""
    return plain(number) if isinstance(number, Fraction) else no_formula(written(number))


def check_points(points: object, least: int, what: str) -> None:
    """Raises `InputError` unless it is a number of points that can be written."""
    check_kind(points, int, "the number of points", "a whole number such as 25")
    if isinstance(points, bool) or not isinstance(points, int) or not least <= points <= MOST_POINTS:
        raise InputError(f"{points} points {what} cannot be written; ask for {least} to {MOST_POINTS:,}")
