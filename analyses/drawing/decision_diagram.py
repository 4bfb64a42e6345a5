"""When an outcome is played, as a decision diagram: one question below another, until the answer is clear.

Questions that are asked in several places are drawn once. A line goes to what is asked next, or to one of the two
answers at the bottom: solid if the answer is yes, dashed if it is no. Lines to the same place run together.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from matplotlib.axes import Axes

from analyses.drawing.figures import Drawing
from analyses.drawing.flow_chart import Chart, Question, drawn, fits, on_pages
from analyses.drawing.place import Size, only_part
from analyses.when import When
from analyses.when.diagram import Asked, Diagram, answered_otherwise
from analyses.when.steps import Way
from games.errors import InputError
from games.terms import Sign

ELSEWHERE = "not in this part"
IN_THE_NEXT = "go on in the next part"


def draw_when(found: When, *, ax: Axes | None = None, size: Size | None = None) -> tuple[Drawing, ...]:
    """The diagrams of when an outcome is played, each of them at most a page.

    For a tree of perfect information there is one; where its conditions are too many for a page, or are not all known,
    it is asked decision by decision, in parts where it has many ways. For other games there is one of its being played
    for certain by every equilibrium, and one of its being played with positive probability by some. Raises `InputError`
    where neither is known.

    >>> from analyses.drawing.decision_diagram import draw_when
    >>> from analyses.when import when
    >>> from games.catalog import load
    >>> (drawing,) = draw_when(when(load("conflict-expectations"), "The target concedes"))
    >>> drawing.description[:50]
    'Decision diagram of when “The target concedes” is '
    """
    if found.possible is None:
        return _of_tree(found, ax, size)
    if not found.complete:
        raise InputError(f"not all conditions of “{found.outcome}” are known, so that there is no diagram of them")
    noun = found.claim.noun
    sure = found.conditions if found.otherwise is None else found.otherwise
    certain = found.diagram_of(found.names.gathered(sure))
    several = (
        (certain if found.otherwise is None else answered_otherwise(certain), f"every {noun} plays it for certain"),
        (found.diagram_of(found.names.gathered(found.possible)), f"some {noun} plays it with positive probability"),
    )
    only_part(len(several), ax)
    return tuple(drawn(_of_conditions(found, of, how), found.outcome, ax, size) for of, how in several)


def _of_tree(found: When, ax: Axes | None, size: Size | None) -> tuple[Drawing, ...]:
    if found.complete:
        try:
            return (drawn(_of_conditions(found, found.diagram(), "played"), found.outcome, ax, size),)
        except InputError:
            # Too large for a page; decision by decision it is not.
            pass
    return draw_by_decision(found, ax=ax, size=size)


def draw_by_decision(found: When, *, ax: Axes | None = None, size: Size | None = None) -> tuple[Drawing, ...]:
    """The diagrams of the decisions on the way to the outcome: as many parts as its ways need, each at most a page.

    >>> from analyses.drawing.decision_diagram import draw_by_decision
    >>> from analyses.when import when
    >>> from games.catalog import load
    >>> len(draw_by_decision(when(load("conflict-expectations"), "The target concedes")))
    1

    Raises `InputError` where it cannot be told so.
    """
    if not found.ways:
        raise InputError(f"“{found.outcome}” cannot be told decision by decision, and not all its conditions are known")
    charts = _parted(found)
    if len(charts) == 1:
        return (drawn(charts[0], found.outcome, ax, size),)
    only_part(len(charts), ax)
    numbered = (f"{found.outcome}, part {k} of {len(charts)}" for k in range(1, len(charts) + 1))
    return tuple(drawn(chart, title, ax, size) for chart, title in zip(charts, numbered, strict=True))


def _parted(found: When) -> list[Chart]:
    """The charts of the ways, each of at most a page: notes for which there is no room have pages of their own."""
    title = f"{found.outcome}, part 99 of 99"
    charts = _of_parts(found, title, noted=True)
    if all(fits(chart, title) for chart in charts):
        return charts
    bare = [page for chart in _of_parts(found, title, noted=False) for page in _pages(chart, title)]
    notes = dict.fromkeys(note for chart in charts for note in chart.notes)
    return [*bare, *(Chart((), "", "", page, first=0) for page in on_pages(tuple(notes)))]


def _of_parts(found: When, title: str, *, noted: bool) -> list[Chart]:
    """A chart for each part of the ways, with its notes or without."""

    def chart(ways: Sequence[Way], otherwise: str) -> Chart:
        whole = _of_ways(found, ways, otherwise)
        return whole if noted else replace(whole, notes=())

    def parts(ways: Sequence[Way]) -> list[Sequence[Way]]:
        """The ways in parts that fit on a page each, or are one way alone."""
        if len(ways) == 1 or fits(chart(ways, ELSEWHERE), title):
            return [ways]
        half = len(ways) // 2
        return [*parts(ways[:half]), *parts(ways[half:])]

    divided = parts(found.ways)
    return [chart(part, ELSEWHERE if len(divided) > 1 else "not played") for part in divided]


def _pages(chart: Chart, title: str) -> list[Chart]:
    """A chart of one way, cut between two questions where it is too long for a page."""
    if len(chart.questions) == 1 or fits(chart, title):
        return [chart]
    half = len(chart.questions) // 2
    first = replace(chart, questions=chart.questions[:half], played=IN_THE_NEXT)
    first = replace(first, questions=tuple(replace(q, yes=-1) if q.yes == half else q for q in first.questions))
    rest = [replace(q, yes=q.yes - half if q.yes >= 0 else q.yes) for q in chart.questions[half:]]
    return [*_pages(first, title), *_pages(replace(chart, questions=tuple(rest)), title)]


def _of_conditions(found: When, of: Diagram, how: str) -> Chart:
    """The chart of a diagram of conditions, each question once."""
    order: list[Diagram] = []
    for each in _visited(of):
        if each not in order:
            order.append(each)
    asked = [each for each in order if isinstance(each, Asked)]
    asked.sort(key=lambda each: -_depth(each))
    number: Mapping[Diagram, int] = {True: -1, False: -2, **{each: k for k, each in enumerate(asked)}}
    titles = question_words(found)
    questions = tuple(
        Question(
            titles.get(each.question, ""), f"{found.names.said(each.question)}?", number[each.yes], number[each.no]
        )
        for each in asked
    )
    said = " ".join(question.formula for question in questions)
    return Chart(questions, how, f"not {how}" if how == "played" else "not so", found.legend_of(said), number[of])


def _visited(of: Diagram) -> Iterator[Diagram]:
    yield of
    if isinstance(of, Asked):
        yield from _visited(of.yes)
        yield from _visited(of.no)


def _depth(of: Diagram) -> int:
    return 1 + max(_depth(of.yes), _depth(of.no)) if isinstance(of, Asked) else 0


def question_words(found: When) -> dict[Sign, str]:
    """For comparisons that decide a last decision by themselves, whose decision that is."""
    words: dict[Sign, str] = {}
    for step in found.last_decisions:
        for part in step.conditions or ():
            words.setdefault(Sign(part.of, ">"), f"{step.place}: {step.action} rather than {step.others[0]}?")
    return words


def _of_ways(found: When, ways: Sequence[Way], otherwise: str = "not played") -> Chart:
    """One question for each decision; where the outcome has several paths, the next path is asked about after a no."""
    questions: list[Question] = []
    for way in ways:
        start, last = len(questions), way is ways[-1]
        after = start + len(way.steps)
        for k, step in enumerate(way.steps, start=1):
            follows = start + k if k < len(way.steps) else -1
            title = f"{step.place}: {step.action}?"
            questions.append(Question(title, step.condition(found.names), follows, -2 if last else after))
    notes = [
        f"{'; '.join(each.places)}: {'. '.join(each.lines(found.names))}."
        for each in {one.places: one for way in ways for one in way.elsewhere}.values()
    ]
    said = " ".join([*(question.formula for question in questions), *notes])
    return Chart(tuple(questions), "played", otherwise, (*notes, *found.legend_of(said)))
