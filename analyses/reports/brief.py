"""Page 1 of a report, for a reader who decides: what is predicted, why, what would change it, and how sure this is.

Everything is computed from the first chapter, the main model, and from the ledger; the case lends its words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import Any

from analyses.arguments import Case, PlainWords
from analyses.chances import chances
from analyses.drawing.figures import Drawing
from analyses.ledger import Ledger
from analyses.reports.certainty import certainty, is_rare
from analyses.reports.chapters import Chapter
from analyses.reports.differences import differences
from analyses.reports.pictures import picture_of_answer
from analyses.reports.reasons import why
from analyses.reports.telling import Telling, about, lower, several, upper
from analyses.reports.turning import changes

MOST_OUTCOMES = 4
"""The most outcomes that are named where several are possible."""

WIDTH = 100
"""The most characters of a line on the terminal."""


@dataclass(frozen=True, repr=False)
class Brief:
    """The question, the answer (what is predicted, why, what would change it), and how far it goes.

    ``changes`` are further ones like that of the last sentence of the answer.
    """

    question: str
    answer: tuple[str, ...]
    changes: tuple[str, ...]
    figure: Drawing | None
    sure: tuple[str, ...]
    not_known: tuple[str, ...]
    differ: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The brief as plain data."""
        return {
            "question": self.question,
            "answer": list(self.answer),
            "changes": list(self.changes),
            "figure": None if self.figure is None else "brief",
            "figure_alt": "" if self.figure is None else self.figure.description,
            "sure": list(self.sure),
            "not_known": list(self.not_known),
            "differ": list(self.differ),
        }

    def __repr__(self) -> str:
        """The brief for the terminal, all but its picture."""
        parts = ["\n".join(_wrapped(self.question, ""))] if self.question else []
        told = [line for sentence in self.answer for line in _wrapped(sentence, "")]
        parts.append("\n".join(told))
        for title, lines in (
            ("So would this, alone" if len(self.changes) == 1 else "So would each of these, alone", self.changes),
            ("How sure this is", self.sure),
            ("Where the models differ", self.differ),
            ("What is not known", self.not_known),
        ):
            if lines:
                parts.append("\n".join([f"{title}:", *_points(lines)]))
        return "\n\n".join(parts)


def _wrapped(text: str, indent: str) -> list[str]:
    return fill(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False).splitlines()


def _points(lines: Sequence[str]) -> list[str]:
    return [line for text in lines for line in _wrapped(f"• {text}", "  ")]


def brief(case: Case, chapters: Sequence[Chapter], found: Ledger) -> Brief:
    """The brief of a report with these chapters, the first being the main one; without any, of its claims alone."""
    if not chapters:
        return Brief(case.question, (), (), None, tuple(_proved(case, found)), case.not_known, ())
    main = chapters[0]
    telling = Telling(main.model, case.plain.get(main.model.name, PlainWords()))
    is_the_case = main.model in case.chapters and len(chapters) > 1
    turning = _turning(telling, main)
    return Brief(
        (case.question if is_the_case else "") or main.model.question,
        (_predicted(telling, main), f"Why: {why(telling, main.equilibria, main.proofs)}", _what_would(main, turning)),
        turning[1:],
        picture_of_answer(telling, main),
        (*certainty(telling, main), *_proved(case, found)),
        (case.not_known if is_the_case else ()) or main.model.unknown,
        tuple(differences(case, chapters)),
    )


def _predicted(telling: Telling, main: Chapter) -> str:
    """What the main model predicts, in a sentence."""
    equilibria, start = main.equilibria, "With the numbers given" if main.values else "With the numbers assumed here"
    if not telling.model.parameters:
        start = "With the numbers of the game"
    if not equilibria.found:
        return f"{start}, no outcome is stable: nothing can be predicted."
    each = [_told(telling, main, number) for number in range(len(equilibria))]
    possible = list(dict.fromkeys(each))
    if len(possible) > 1:
        listed = several(possible, MOST_OUTCOMES)
        return f"{start}, {len(possible)} outcomes are possible, and nothing here says which it will be: {listed}."
    only = "" if equilibria.complete else " (others were not ruled out)"
    elsewhere = " With most other numbers it is not." if is_rare(main) else ""
    return f"{start}, this is predicted{only}: {possible[0]}.{elsewhere}"


def _told(telling: Telling, main: Chapter, number: int) -> str:
    """What one equilibrium brings about: a path, an outcome in words, or several with their chances."""
    one = main.equilibria[number]
    reached = [outcome.path for outcome in one.outcomes if outcome.probability]
    if len(reached) == 1 and reached[0] in set(telling.game.paths):
        return telling.path(reached[0])
    told = chances(main.model, main.game, main.equilibria, one)
    if len(told) == 1:
        return telling.outcome(next(iter(told)))
    ranked = sorted(told.items(), key=lambda item: -item[1])
    return several([f"{telling.outcome(said)} with a chance of {about(odds * 100)} %" for said, odds in ranked], 3, ",")


def _turning(telling: Telling, main: Chapter) -> tuple[str, ...]:
    if main.sensitivity is None:
        return ()
    return changes(telling, main.sensitivity, tuple(outcome for outcome, _ in main.model.asked))


def _what_would(main: Chapter, turning: Sequence[str]) -> str:
    """What would change the prediction, or why that is not said."""
    if turning:
        return f"What would change it: {lower(turning[0])}"
    if not main.model.parameters:
        return "What would change it: other numbers may; those of this game are fixed, so none were tried."
    if any(_mixes(main)):
        return "What would change it: the chances shift with every number, little by little."
    if main.sensitivity is None:
        return "What would change it was not worked out for a game of this form."
    return "What would change it: no single number within its range; only several at once could."


def _mixes(main: Chapter) -> Iterator[bool]:
    for one in main.equilibria:
        for mix in one.strategies.values():
            yield len([weight for weight in mix.values() if weight]) > 1


def _proved(case: Case, found: Ledger) -> Iterator[str]:
    """What is proved or refuted whatever the numbers: the claims to be shown first, and how many there are."""
    if not len(found):
        return
    first = [entry for entry in found.entries if entry.id in case.shown_first]
    yield from (
        f"Proved, whatever the numbers: {upper(entry.claim.argument)}" for entry in first if entry.word == "proved"
    )
    counts = found.counts
    total, proved, refuted = len(found), counts.get("proved", 0), counts.get("refuted", 0)
    open_ = total - proved - refuted
    which = "statement" if total == 1 else "statements"
    said = (
        f"Of {total} {which} tested, {proved} {'holds' if proved == 1 else 'hold'} whatever the numbers and {refuted} "
        f"{'fails' if refuted == 1 else 'fail'} for some of them{f'; {open_} could not be settled' if open_ else ''}."
    )
    fails = " ".join(f"“{upper(entry.claim.argument)}”" for entry in first if entry.word == "refuted")
    yield f"{said} Among those that fail: {fails}" if fails else said
