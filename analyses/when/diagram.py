"""Conditions as a decision diagram: one question after another until the answer is clear.

Questions are asked in the order of play, of those about one decision first the one that most conditions hang on; where
that makes too many, first the one that most hang on, whatever it is about. Below each answer only what may still hold
there is left: conditions that it contradicts are dropped, and parts that it implies are not asked about again. Where
payoffs tie an answer may be another one, as where a condition holds with equality.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from analyses.proof.questions import SPARING, Questions
from games.errors import InputError
from games.terms import Condition, Sign, denied

MOST_QUESTIONS = 60
"""The most questions that a diagram has."""


@dataclass(frozen=True)
class Asked:
    """Whether something holds, and what follows if it does and if not."""

    question: Sign
    yes: "Diagram"
    no: "Diagram"


Diagram: TypeAlias = Asked | bool
"""A question, or the answer: whether it is played."""


def diagram(conditions: Sequence[frozenset[Sign]], payoffs: Questions, place: Callable[[Sign], int]) -> Diagram:
    """The decision diagram of conditions of which one must hold; ``payoffs`` asks what is admissible.

    ``place`` is the number, in the order of play, of the decision to which a comparison belongs. Raises `InputError`
    where there would be more than `MOST_QUESTIONS` questions.
    """
    try:
        return _Growing(payoffs, place).grown(list(conditions), ())
    except InputError:
        return _Growing(payoffs, lambda part: 0).grown(list(conditions), ())


def size(of: Diagram) -> int:
    """How many questions it has."""
    return 0 if isinstance(of, bool) else 1 + size(of.yes) + size(of.no)


def answered(of: Diagram, holds: dict[Sign, bool]) -> bool:
    """The answer where each question has this one."""
    while not isinstance(of, bool):
        of = of.yes if holds[of.question] else of.no
    return of


def answered_otherwise(of: Diagram) -> Diagram:
    """The same questions, with the other answer at the end of each way."""
    if isinstance(of, bool):
        return not of
    return Asked(of.question, answered_otherwise(of.yes), answered_otherwise(of.no))


def questions(of: Diagram) -> Iterator[Sign]:
    """Each question in it, as it is met."""
    if not isinstance(of, bool):
        yield of.question
        yield from questions(of.yes)
        yield from questions(of.no)


@dataclass
class _Growing:
    payoffs: Questions
    place: Callable[[Sign], int]
    asked: int = 0

    def grown(self, conditions: list[frozenset[Sign]], known: tuple[Condition, ...]) -> Diagram:
        left = [self._shorter(condition, known) for condition in conditions if self._possible(*known, *condition)]
        if not left:
            return False
        if frozenset() in left:
            return True
        self.asked += 1
        if self.asked > MOST_QUESTIONS:
            raise InputError(f"the diagram would have more than {MOST_QUESTIONS} questions; fix some parameters")
        counts = Counter(part for condition in left for part in sorted(condition, key=str))
        question = min(counts, key=lambda part: (self.place(part), -counts[part], len(part.of.terms), str(part)))
        yes = self.grown(left, (*known, question))
        no = self.grown(left, (*known, denied(question)))
        return yes if yes == no else Asked(question, yes, no)

    def _possible(self, *conditions: Condition) -> bool:
        return not self.payoffs.ask(*conditions, effort=SPARING).is_no

    def _shorter(self, condition: frozenset[Sign], known: tuple[Condition, ...]) -> frozenset[Sign]:
        """The condition without what is known to hold but for ties."""
        kept = set(condition)
        for part in sorted(condition, key=str):
            if not self._possible(*known, Sign(-part.of, ">"), *(kept - {part})):
                kept.discard(part)
        return frozenset(kept)


def text(of: Diagram, said: dict[Sign, str], outcome: str) -> str:
    """The diagram as indented lines."""
    return "\n".join(_lines(of, said, outcome))


def _lines(of: Diagram, said: dict[Sign, str], outcome: str) -> Iterator[str]:
    if isinstance(of, bool):
        yield outcome if of else "not played"
        return
    yield f"{said[of.question]}?"
    for lead, rail, branch in (("├─ yes: ", "│  ", of.yes), ("└─ no: ", "   ", of.no)):
        first, *below = _lines(branch, said, outcome)
        yield f"{lead}{first}"
        yield from (f"{rail}{line}" for line in below)
